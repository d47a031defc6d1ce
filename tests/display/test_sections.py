"""The sections of an appraisal: in the order in which people ask, nothing put in order too early, and what is missing said."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.switching import SwitchingValue
from partnership_model.display import sections, words
from partnership_model.display.blocks import Block, Bullets, Figure, Heading, Paragraph, Stamp, Table, html
from partnership_model.display.notebook import AppraisalRun
from partnership_model.knowledge.cases import ChosenOption, Recommendation, Said
from tests.display.test_blocks import ALLOWED, HOSTILE, Reader, harmless, squeezed
from tests.display.test_notebook import (
    ASKS,
    BASE,
    CLOSES_ALL,
    DAY,
    EMBER,
    GATES,
    MARKED,
    SECTIONS,
    blocks_of,
    closed,
    ember,
    unlooked,
    unweighed,
)
from tests.making import make_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from partnership_model.knowledge.base import KnowledgeBase

ANCHORS = ["summary", "why", "facts", "must-haves", "what-matters", "what-follows", "how-sure", "doors", "next", "annex"]
RUNS: dict[str, Callable[[], AppraisalRun]] = {"ranked": ember, "withheld": unlooked, "unweighed": unweighed, "closed": closed}
EACH = pytest.mark.parametrize("state", RUNS)
NOT_RANKED = pytest.mark.parametrize("state", ["withheld", "unweighed", "closed"])
# What the workbook itself says with these words while nothing is put in order: none of it is about options.
OTHER_FIRSTS = ("lift first", "by ranking (")
FIRSTS = re.compile(r"\b(first|ranking|ranked)\b", re.IGNORECASE)
CLAIMS = re.compile(r"(?:comes?|stays?|tie for|put) first|First over all|order is:|\d of 100?\s+|Place 1|ways of weighing", re.IGNORECASE)


@pytest.fixture(scope="module")
def runs() -> dict[str, AppraisalRun]:
    """Open the Ember case in each state that an appraisal can be in."""
    return {state: run() for state, run in RUNS.items()}


def text_of(blocks: list[Block]) -> str:
    """Read blocks as one text, drawings left out."""
    return Reader(html(blocks, dict.fromkeys(range(len(blocks)), "<svg></svg>"))).text


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    """Give every text of more than one word inside some data."""
    if isinstance(value, BaseModel):
        value = value.model_dump()
    if isinstance(value, str):
        yield from [squeezed(value)] if " " in value else []
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from strings(part)


def own_words(text: str, run: AppraisalRun) -> str:
    """Leave out of a text what the case and the knowledge base say, and what has been looked at and is fine."""
    base = run.knowledge.base
    said = [base.attributes, base.sources, base.criteria, base.options, base.categories, base.assumptions, base.glossary, base.derive]
    known = {*strings([list(part.values()) if isinstance(part, dict) else part for part in said]), *strings(run.case.file)}
    known |= {squeezed(one.note) for one in run.case.judgements}
    known |= {
        part for said in known for part in re.findall(r"(?:\S+ ){0,2}\S*\b(?:first|ranking|ranked)\b\S*(?: \S+){0,2}", said)
    }  # cut short
    for one in [*sorted(known, key=len, reverse=True), *OTHER_FIRSTS]:
        text = text.replace(one, " … ")
    return text


def tables_of(blocks: list[Block]) -> list[Table]:
    """Give the tables."""
    return [block for block in blocks if isinstance(block, Table)]


def table(blocks: list[Block], caption: str) -> Table:
    """Give one table by the beginning of its caption."""
    return next(block for block in tables_of(blocks) if block.caption.startswith(caption))


def hostile(text: str) -> AppraisalRun:
    """Open the Ember case with this in place of every text that a case or the knowledge base can hold."""
    said = (Said.model_construct(says=text, source="source_001"),)
    file = EMBER.file.model_copy(
        update={
            **dict.fromkeys(("title", "decision", "decides", "illustrative_note"), text),
            **dict.fromkeys(("why", "aims", "claims", "next_steps"), said),
            "schools": tuple(one.model_copy(update={"name": f"{text}{place}"}) for place, one in enumerate(EMBER.file.schools)),
            "options": tuple(ChosenOption.model_construct(option=one.option, label=f"{text}{one.option}") for one in EMBER.options),
            "weights": tuple(one.model_copy(update={"group": f"{text}{one.group}"}) for one in EMBER.file.weights),
            "non_negotiables": (GATES["way_out"].model_copy(update={"says": text}),),
            "recommendation": Recommendation.model_construct(says=text, conditions=(text,), dissent=(text,)),
        }
    )
    judgements = tuple(replace(one, note=text) for one in EMBER.judgements)
    case = replace(EMBER, name=text, file=file, judgements=judgements)
    return AppraisalRun(case, hostile_base(text).on(DAY), 1, 1)


def hostile_base(text: str) -> KnowledgeBase:
    """Put this in place of every text of the knowledge base."""
    attributes = {}
    for name, one in BASE.attributes.items():
        cells = [cell.model_copy(update={"values": tuple(_worded(value, text) for value in cell.values)}) for cell in one.cells]
        attributes[name] = one.model_copy(update={"question": text + name, "codes": dict.fromkeys(one.codes, text), "cells": tuple(cells)})
    fields = {"label": text, "worst": text, "best": text, "question": text, "plain": text, "term": text, "title": text}

    def reworded(parts: dict[str, Any]) -> dict[str, Any]:
        return {
            key: part.model_copy(update={name: value for name, value in fields.items() if name in type(part).model_fields})
            for key, part in parts.items()
        }

    return replace(
        BASE,
        attributes=attributes,
        sources=reworded(BASE.sources),
        categories=reworded(BASE.categories),
        criteria=reworded(BASE.criteria),
        glossary=reworded(BASE.glossary),
    )


def _worded(value: Any, text: str) -> Any:  # noqa: ANN401 - a dated value
    steps = tuple(step.model_copy(update={"do": text, "who": text}) for step in value.steps or ()) or None
    places = tuple(one.model_copy(update={"at": text}) for one in value.references)
    return value.model_copy(update={"says": value.says and text, "ask": value.ask and text, "steps": steps, "references": places})


# The order of the sections


@EACH
def test_sections_stand_in_the_order_in_which_people_ask_with_the_summary_before_everything(
    runs: dict[str, AppraisalRun], state: str
) -> None:
    blocks = blocks_of(runs[state])
    assert [block.anchor for block in blocks if isinstance(block, Heading) and block.anchor] == ANCHORS
    before = blocks[: next(place for place, block in enumerate(blocks) if getattr(block, "anchor", "") == "summary")]
    assert [type(block) for block in before] == [Heading, Stamp, Stamp, Paragraph]


@EACH
def test_there_is_one_title_and_no_level_of_heading_is_left_out(runs: dict[str, AppraisalRun], state: str) -> None:
    levels = [block.level for block in blocks_of(runs[state]) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert all(block.text.strip() for block in blocks_of(runs[state]) if isinstance(block, Heading))


@EACH
def test_every_chart_stands_before_a_table_with_the_same_numbers(runs: dict[str, AppraisalRun], state: str) -> None:
    blocks = blocks_of(runs[state])
    charts = [place for place, block in enumerate(blocks) if isinstance(block, Figure)]
    assert len(charts) == {"ranked": 4, "withheld": 1}.get(state, 0)
    assert all(isinstance(blocks[place + 1], Table) for place in charts)
    assert all(block.alternative and block.title for block in blocks if isinstance(block, Figure))


@EACH
def test_every_table_has_a_caption_of_its_own_and_rows(runs: dict[str, AppraisalRun], state: str) -> None:
    found = tables_of(blocks_of(runs[state]))
    captions = [one.caption for one in found]
    assert all(caption.strip() for caption in captions)
    assert len(set(captions)) == len(captions)
    assert all(one.columns[0] for one in found)


@EACH
def test_every_section_becomes_html_that_is_closed_properly(runs: dict[str, AppraisalRun], state: str) -> None:
    for name in SECTIONS:
        harmless(html(blocks_of(runs[state], name)), ALLOWED)


# Stamps


def test_an_illustrative_case_and_an_undecided_one_are_stamped() -> None:
    stamps = [block.text for block in ember().summary().blocks if isinstance(block, Stamp)]
    assert stamps == ["illustrative", "Consulting: nothing is decided"]
    assert "The schools (invented)" in [one.caption for one in tables_of(blocks_of(ember(), "why"))]


def test_a_real_case_is_not_stamped_illustrative() -> None:
    run = ember(illustrative=False, illustrative_note=None, status="emerging")
    blocks = run.summary().blocks
    assert [block.text for block in blocks if isinstance(block, Stamp)] == ["Emerging preferred option: not decided"]
    assert [type(block) for block in blocks[:3]] == [Heading, Stamp, Heading]
    assert "The schools" in [one.caption for one in tables_of(blocks_of(run, "why"))]


# What is withheld


@NOT_RANKED
def test_the_words_first_and_ranking_are_withheld_in_every_section(runs: dict[str, AppraisalRun], state: str) -> None:
    run = runs[state]
    for name in SECTIONS:
        text = own_words(text_of(blocks_of(run, name)), run)
        assert FIRSTS.findall(text) == [], name
        assert CLAIMS.findall(text) == [], name


def test_both_are_said_once_the_group_has_looked(runs: dict[str, AppraisalRun]) -> None:
    """The test above can fail."""
    run = runs["ranked"]
    said = {name: own_words(text_of(blocks_of(run, name)), run) for name in SECTIONS}
    assert {name for name, text in said.items() if FIRSTS.search(text)} >= {"summary", "how_sure"}
    assert {name for name, text in said.items() if CLAIMS.search(text)} >= {"summary", "how_sure"}


def test_while_a_decisive_cell_is_unconfirmed_the_cells_are_listed_and_ranges_shown(runs: dict[str, AppraisalRun]) -> None:
    run = runs["withheld"]
    blocks = blocks_of(run, "how_sure")
    listed = next(block for block in blocks if isinstance(block, Bullets)).items
    problem = run.appraisal.problem
    assert list(listed) == [
        f"{problem.option(one.option).label}: {problem.criteria[one.criterion].label.lower()}" for one in run.appraisal.to_confirm
    ]
    assert len(listed) == len(run.appraisal.to_confirm) > 0
    assert Paragraph(f"{words.headline(run.appraisal)}:", "missing") in blocks
    order = [row[0] for row in table(blocks, "Overall values").rows]
    assert order == [option.label for option in problem.ranked_options]
    assert all(re.fullmatch(r"\d+ to \d+", str(row[1])) for row in table(blocks, "Overall values").rows)
    everything = blocks_of(run)
    (drawn,) = [block.alternative for block in everything if isinstance(block, Figure)]
    assert "likely" not in drawn
    assert not any(one.caption.startswith("Points") for one in tables_of(everything))


def test_before_anybody_has_weighed_there_are_no_numbers_but_facts_must_haves_and_closed_options(runs: dict[str, AppraisalRun]) -> None:
    run = runs["unweighed"]
    captions = [one.caption for one in tables_of(blocks_of(run))]
    assert not any(caption.startswith(("Overall", "Points", "How often", "What would change")) for caption in captions)
    assert any(caption.startswith("Which options are open") for caption in captions)
    assert Paragraph("Nobody has weighed yet.", "missing") in blocks_of(run, "what_matters")
    assert "Nobody has weighed yet, so nothing is put in order" in text_of(blocks_of(run, "summary"))
    assert "Weights: nobody has weighed." in text_of(blocks_of(run, "annex"))


def test_before_anybody_has_weighed_dominated_options_are_named(runs: dict[str, AppraisalRun]) -> None:
    run = runs["unweighed"]
    said = text_of(blocks_of(run, "what_follows"))
    assert run.appraisal.dominated
    assert all(sentence in said for sentence in words.dominated(run.appraisal))


@EACH
@pytest.mark.parametrize("section", ["summary", "how_sure"])
def test_how_many_judgements_nobody_has_looked_at_is_always_said(runs: dict[str, AppraisalRun], state: str, section: str) -> None:
    run = runs[state]
    assert words.unconfirmed(run.appraisal.problem) in text_of(blocks_of(run, section))


# Closed options, and none left


def test_closed_options_stay_visible_with_their_reason_in_every_table_of_options() -> None:
    run = ember(non_negotiables=(GATES["way_out"],))
    closed_ones = [option for option in run.appraisal.problem.options if option.status == "closed"]
    assert len(closed_ones) == 4
    reasons = {row[0]: row[2] for row in table(blocks_of(run, "must_haves"), "Which options are open").rows}
    at_a_glance = dict(row[:2] for row in table(blocks_of(run, "summary"), "The options at a glance").rows)
    for option in closed_ones:
        assert reasons[option.label] == words.because(option)
        assert GATES["way_out"].says in words.because(option)
        assert at_a_glance[option.label] == "Closed"


def test_where_no_option_is_left_the_sets_and_what_they_reopen_come_in_summary_and_must_haves(runs: dict[str, AppraisalRun]) -> None:
    run = runs["closed"]
    said = words.explanation(run.appraisal)
    assert "together with" in said
    assert "would be open again" in said
    assert Heading("No option is left", 2, "summary") in blocks_of(run, "summary")
    assert Paragraph(said, "lead") in blocks_of(run, "summary")
    assert Paragraph(said, "lead") in blocks_of(run, "must_haves")
    assert {row[1] for row in table(blocks_of(run, "must_haves"), "Which options are open").rows} == {"Closed"}


def test_relaxing_the_must_have_that_is_named_really_reopens_those_options(runs: dict[str, AppraisalRun]) -> None:
    reopened = runs["closed"].appraisal.exclusion.reopened
    for gate, options in reopened.items():
        rest = tuple(one for one in CLOSES_ALL if one.id != gate)
        left = ember(non_negotiables=rest).appraisal.problem.ranked_options
        assert tuple(option.key for option in left) == options


def test_a_must_have_on_an_unknown_fact_says_whom_to_ask_in_the_report() -> None:
    run = ember(non_negotiables=(GATES["equal_partners"],))
    rows = [row for row in table(blocks_of(run, "must_haves"), "Which options are open").rows if row[1] == "Not decided: ask"]
    assert len(rows) == 2
    assert all(ASKS.match(str(row[2])) and GATES["equal_partners"].says in str(row[2]) for row in rows)


def test_where_there_are_no_must_haves_that_is_said() -> None:
    assert Paragraph("The group has named no must-haves.", "missing") in blocks_of(ember(), "must_haves")
    assert "Must-haves: the group named none." in text_of(blocks_of(ember(), "annex"))
    gate = GATES["way_out"]
    with_one = blocks_of(ember(non_negotiables=(gate,)), "must_haves", "annex")
    assert Bullets((gate.says,)) in with_one
    assert "the group named none" not in text_of(with_one)


# What follows, and what would change it


@EACH
def test_a_share_of_ways_of_weighing_never_stands_without_what_it_is_not(runs: dict[str, AppraisalRun], state: str) -> None:
    for name in SECTIONS:
        text = text_of(blocks_of(runs[state], name))
        shares = re.search(r"\d of 100? ways of weighing|Ways of weighing in which|Comes first in", text)
        assert shares is None or words.NOT_A_CHANCE in text, name
        assert "chance" not in text.replace(words.NOT_A_CHANCE, "").replace("left out by chance", ""), name


def test_shares_are_words_in_english() -> None:
    """With one option left it always comes first; nothing comes first "in always" or "in never"."""
    few = tuple(one for one in EMBER.options if one.option in ("stay", "federation", "new_mat"))
    run = ember(non_negotiables=(GATES["way_out"],), options=few)
    assert [option.key for option in run.appraisal.problem.ranked_options] == ["stay"]
    assert run.appraisal.withheld is None
    assert re.findall(r"\bin (?:always|never)\b", text_of(blocks_of(run, "summary", "how_sure"))) == []


def test_how_many_ways_were_drawn_and_how_exact_that_is_is_said(runs: dict[str, AppraisalRun]) -> None:
    said = text_of(blocks_of(runs["ranked"], "how_sure"))
    assert "16,384 were drawn; the standard error of a share is at most 0.4 of 100." in said


def test_a_tie_is_called_a_tie_in_the_summary(runs: dict[str, AppraisalRun]) -> None:
    said = text_of(blocks_of(runs["ranked"], "summary"))
    assert "a collaborative partnership and a co-operative trust (tied);" in said
    assert "cannot be separated by what we know" in said


def switching(*values: SwitchingValue) -> Appraisal:
    """Appraise three options, with these switching values in place of their own."""
    return replace(appraise(make_problem({"stay": [60, 60], "federation": [40, 40], "new_mat": [30, 30]}), 1), switching=values)


NEAR = SwitchingValue("c1", 0.30, 0.29, 0.90, ("federation",), ("new_mat",))
FAR = SwitchingValue("c2", 0.30, 0.0, 0.40, (), ("new_mat",))


def test_the_weights_that_need_to_move_least_come_before_the_others() -> None:
    said = sections.nearest_switches(switching(FAR, NEAR), 3)
    assert [re.findall(r"(?:more|less) than \d+", one) for one in said] == [["less than 29"], ["more than 40"], ["more than 90"]]
    assert sections.nearest_switches(switching(FAR, NEAR), 1) == said[:1]
    assert sections.switching_title(switching(FAR, NEAR)) == said[0].rstrip(".")


def test_the_nearest_weight_is_found_whatever_the_options_are_called() -> None:
    found = switching(FAR, NEAR)
    options = tuple(replace(one, in_a_sentence="sharing more than a head") for one in found.problem.options)
    named = replace(found, problem=replace(found.problem, options=options))
    assert "less than 29" in sections.nearest_switches(named, 1)[0]


def test_where_no_weight_changes_anything_the_title_says_so() -> None:
    assert sections.switching_title(switching()) == "No weight of one criterion alone changes who comes first"


def test_the_title_of_the_points_names_the_two_criteria_that_divide_the_options_most() -> None:
    problem = make_problem({"stay": [50, 10, 90], "federation": [52, 80, 30]})
    criteria = {name: one.model_copy(update={"label": label}) for (name, one), label in zip(problem.criteria.items(), "ABC", strict=True)}
    assert sections.contribution_title(appraise(replace(problem, criteria=criteria), 1)).lower() == "b and c divide the options most"
    one = make_problem({"stay": [50], "federation": [52]})
    assert sections.contribution_title(appraise(one, 1)) == "A criterion divides the options most"


def test_with_one_option_left_nothing_is_said_to_divide_the_options() -> None:
    assert "divide" not in sections.contribution_title(appraise(make_problem({"stay": [50, 60]}), 1))


# What matters, facts and sources


def test_each_group_is_named_with_how_many_people_when_and_how(runs: dict[str, AppraisalRun]) -> None:
    said = text_of(blocks_of(runs["ranked"], "what_matters"))
    assert "Governors: 14 people, 12 April 2016, by swing (swing cards, in a joint meeting, before any result was shown)." in said
    assert "Staff: 46 people, 13 April 2016" in said
    assert "In use: Governors and Staff, one voice for each group." in said


def test_criteria_that_may_overlap_are_named_once() -> None:
    criteria = {**BASE.criteria, "autonomy": BASE.criteria["autonomy"].model_copy(update={"overlaps": ("staff", "no_such")})}
    criteria["staff"] = criteria["staff"].model_copy(update={"overlaps": ("autonomy",)})
    said = text_of(blocks_of(ember(base=replace(BASE, criteria=criteria)), "what_matters"))
    assert said.count("Autonomy and Staff may overlap: ask whether anything is counted twice.") == 1
    assert "no_such" not in said


def test_every_number_that_a_fact_cites_stands_in_the_list_of_sources(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    listed = next(block for block in blocks_of(run, "annex") if isinstance(block, Bullets) and block.ordered)
    cited: set[int] = set()
    for one in tables_of(blocks_of(run, "facts")):
        for row in one.rows:
            cited |= {int(number) for group in re.findall(r"\(([\d, ]+)\)", str(row[-1])) for number in group.split(", ")}
    assert cited == set(range(1, len(listed.items) + 1))
    assert listed.linked


def test_a_source_says_where_when_it_was_read_and_whether_its_text_is_later(runs: dict[str, AppraisalRun]) -> None:
    listed = next(block for block in blocks_of(runs["ranked"], "annex") if isinstance(block, Bullets) and block.ordered).items
    assert all("; read on " in one or "; not read" in one for one in listed)
    assert any(", which is later than the day asked about" in one for one in listed)
    assert any("https://www.legislation.gov.uk/" in one for one in listed)


def test_every_first_question_is_answered_for_every_option_with_a_mark(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    questions = sections.first_questions(run.knowledge)
    assert len(questions) > 5
    assert sections.POLICY_FIT not in questions
    for name in (*questions, sections.POLICY_FIT):
        found = table(blocks_of(run, "facts"), BASE.attributes[name].question)
        assert {row[0] for row in found.rows} == {option.label for option in run.appraisal.problem.options}
        assert all(MARKED.fullmatch(str(row[-1])) for row in found.rows)


def test_what_the_schools_own_paper_claims_is_kept_apart_from_the_facts(runs: dict[str, AppraisalRun]) -> None:
    blocks = blocks_of(runs["ranked"], "facts")
    assert Heading("What the schools' own paper claims", 3) in blocks
    assert Paragraph("These are claims of the paper. Where the law says otherwise, the tables above win.", "note") in blocks
    assert "claims" not in text_of(blocks_of(ember(claims=()), "facts"))


def test_what_a_case_does_not_say_is_named_as_missing() -> None:
    run = ember(why=(), aims=(), next_steps=())
    missing = [block.text for block in blocks_of(run) if isinstance(block, Paragraph) and block.style == "missing"]
    assert "The case does not say why the group is asking." in missing
    assert "The case does not say what should get better." in missing
    assert "The case names no next steps." in missing
    assert any(one.startswith("The case gives no recommendation.") for one in missing)


def test_a_recommendation_with_its_conditions_and_dissent_is_the_cases_own_words_and_no_others() -> None:
    own = Recommendation(says="We suggest to wait.", conditions=("If the diocese agrees.",), dissent=("One school would rather join.",))
    blocks = blocks_of(ember(recommendation=own), "what_next")
    place = blocks.index(Heading("The recommendation", 3))
    assert blocks[place + 1 :] == [
        Paragraph("We suggest to wait."),
        Paragraph("Conditions:"),
        Bullets(("If the diocese agrees.",)),
        Paragraph("Dissent:"),
        Bullets(("One school would rather join.",)),
    ]
    assert "no recommendation" not in text_of(blocks_of(ember(recommendation=own), "summary"))
    assert "The case gives no recommendation yet, and the workbook never writes one." in text_of(blocks_of(ember(), "summary"))


def test_doors_that_close_for_good_are_the_finding(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    lead = next(block.text for block in blocks_of(run, "doors") if isinstance(block, Paragraph) and block.style == "lead")
    closing = [option.in_a_sentence for option in run.appraisal.problem.options if option.way_out.closed_doors]
    assert closing
    assert closing == [option.in_a_sentence for option in run.appraisal.problem.options if "stay" in option.way_out.closed_doors]
    assert lead == f"From {words.listed(closing)} no way back to a council-maintained school was found"
    nothing = replace(run.appraisal.problem.option("stay").way_out, closed_doors=())
    options = tuple(replace(one, way_out=replace(one.way_out, closed_doors=nothing.closed_doors)) for one in run.appraisal.problem.options)
    found = sections.doors(replace(run.appraisal, problem=replace(run.appraisal.problem, options=options)))
    assert Paragraph("No option closes a door, as far as the facts go", "lead") in found


def test_the_annex_has_every_judgement_in_use_the_method_and_what_is_not_given(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    blocks = blocks_of(run, "annex")
    assert len(table(blocks, "Every judgement in use").rows) == 56
    said = text_of(blocks)
    assert "Risks and how to meet them; equality impact." in said
    assert "Keeney and Raiffa 1976" in said
    assert dict(table(blocks, "How to run it again").rows)["seed"] == "2016"


# Whatever the words are


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_case_or_of_the_knowledge_base_breaks_out_of_a_report(text: str) -> None:
    run = hostile(text)
    for name in SECTIONS:
        blocks = blocks_of(run, name)
        reader = harmless(html(blocks, dict.fromkeys(range(len(blocks)), "<svg></svg>")), ALLOWED)
        if name != "how_sure":
            assert squeezed(text) in reader.text, name
        assert all(link["href"].startswith(("http://", "https://")) for link in reader.of("a"))
