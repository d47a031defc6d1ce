"""The sections on what is closed, what matters, what follows and what would change it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.switching import SwitchingValue
from partnership_model.display import phrases, screening_words, sections, words
from partnership_model.display.blocks import Bullets, Heading, Paragraph
from partnership_model.knowledge.cases import Recommendation
from tests.display.section_reading import EACH, table, text_of
from tests.display.test_notebook import (
    ASKS,
    BASE,
    CLOSES_ALL,
    EMBER,
    GATES,
    SECTIONS,
    blocks_of,
    ember,
)
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun
    from partnership_model.model.problem import ProblemOption


DENIED = re.compile(r"\bnot chances\b|\bnot by chance\b|Nothing here is a chance of success|Without chance|left out by chance")


# Closed options, and none left


def test_closed_options_stay_visible_with_their_reason_in_every_table_of_options() -> None:
    run = ember(non_negotiables=(GATES["way_out"],))
    closed_ones = [option for option in run.appraisal.problem.options if option.status == "closed"]
    assert len(closed_ones) == 4
    reasons = {row[0]: row[2] for row in table(blocks_of(run, "must_haves"), "Which options are open").rows}
    at_a_glance = dict(row[:2] for row in table(blocks_of(run, "summary"), "The options at a glance").rows)
    for option in closed_ones:
        assert reasons[option.label] == screening_words.because(option)
        assert GATES["way_out"].says in screening_words.because(option)
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
    lacks = "Must-haves that close options: the case does not give this. Fill in `non_negotiables`."
    assert lacks in text_of(blocks_of(ember(), "annex"))
    gate = GATES["way_out"]
    with_one = blocks_of(ember(non_negotiables=(gate,)), "must_haves", "annex")
    assert Bullets((gate.says,)) in with_one
    assert lacks not in text_of(with_one)


# What follows, and what would change it


@EACH
def test_a_share_of_ways_of_weighing_never_stands_without_what_it_is_not(runs: dict[str, AppraisalRun], state: str) -> None:
    for name in SECTIONS:
        text = text_of(blocks_of(runs[state], name))
        shares = re.search(r"\d of 100? ways of weighing|Ways of weighing in which|Comes first in", text)
        assert shares is None or words.NOT_A_CHANCE in text, name
        assert "chance" not in DENIED.sub("", text), name


def test_shares_are_words_in_english() -> None:
    """With one option left it always comes first; nothing comes first "in always" or "in never"."""
    few = tuple(one for one in EMBER.options if one.option in ("stay", "federation", "new_mat"))
    run = ember(non_negotiables=(GATES["way_out"],), options=few)
    assert [option.key for option in run.appraisal.problem.ranked_options] == ["stay"]
    assert run.appraisal.withheld is None
    assert re.findall(r"\bin (?:always|never)\b", text_of(blocks_of(run, "summary", "how_sure"))) == []


def test_how_many_ways_were_drawn_is_said_and_how_exact_that_is_in_the_annex_alone(runs: dict[str, AppraisalRun]) -> None:
    said = text_of(blocks_of(runs["ranked"], "how_sure"))
    assert "16,384 were drawn." in said
    assert "standard error" not in said
    annex = text_of(blocks_of(runs["ranked"], "annex"))
    assert "How each option comes first" not in annex
    assert "How often each option comes first: 16,384 draws; the standard error of a share is at most 0.4 of 100." in annex


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
    assert blocks[place + 1 : blocks.index(Heading("What each body has to resolve", 3))] == [
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
    assert lead == f"From {phrases.listed(closing)} no way back to a council-maintained school was found"
    nothing = replace(run.appraisal.problem.option("stay").way_out, closed_doors=())
    options = tuple(replace(one, way_out=replace(one.way_out, closed_doors=nothing.closed_doors)) for one in run.appraisal.problem.options)
    found = sections.doors(replace(run.appraisal, problem=replace(run.appraisal.problem, options=options)), run.knowledge)
    assert Paragraph("No option closes a door, as far as the facts go", "lead") in found


def test_an_option_that_is_closed_is_no_door_that_somebody_could_go_through() -> None:
    problem = ember().appraisal.problem
    closing = [one for one in problem.options if "stay" in one.way_out.closed_doors]

    def is_closed(option: ProblemOption) -> ProblemOption:
        return replace(option, screening=replace(option.screening, status="closed"))

    closed = tuple(is_closed(one) if one == closing[0] else one for one in problem.options)
    said = sections.door_finding(replace(problem, options=closed))
    assert said == f"From {phrases.listed(one.in_a_sentence for one in closing[1:])} no way back to a council-maintained school was found"
    closed = tuple(is_closed(one) if one in closing else one for one in problem.options)
    assert sections.door_finding(replace(problem, options=closed)) == "No option closes a door, as far as the facts go"


def test_the_annex_has_every_judgement_in_use_the_method_and_what_is_not_given(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    blocks = blocks_of(run, "annex")
    assert len(table(blocks, "Every judgement in use").rows) == 56
    said = text_of(blocks)
    assert "Risks, how likely and how bad, how each is met and by whom: the case does not give this. Fill in `appraisal.risks`." in said
    assert "guidance on multi-criteria decision analysis (May 2024) places scoring at the stage of the long list" in said
    assert "Keeney and Raiffa 1976" in said
    assert dict(table(blocks, "How to run it again").rows)["seed"] == "2016"
