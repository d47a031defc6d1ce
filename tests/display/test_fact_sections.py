"""The sections that state facts: each answer with its mark and source, what changes for whom, research that sets no score."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest

from partnership_model.display import fact_sections, fact_words, phrases
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.fact_sections import beside_earlier
from partnership_model.knowledge.facts import Role
from partnership_model.knowledge.schema import plain_day
from tests.display.facts_made import LONG_AGO, make_sheet, make_study, unknown, with_roles, with_studies
from tests.display.section_reading import table, tables_of, text_of
from tests.display.test_notebook import BASE, DAY, EMBER, LATER, MARKED, blocks_of, ember

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.evidence import Study


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
    questions = fact_sections.first_questions(run.knowledge)
    assert len(questions) > 5
    assert fact_sections.POLICY_FIT not in questions
    for name in (*questions, fact_sections.POLICY_FIT):
        found = table(blocks_of(run, "facts"), BASE.attributes[name].question)
        named = [str(row[0]).split("; ") for row in found.rows]
        assert {label for labels in named for label in labels} == {option.label for option in run.appraisal.problem.options}
        assert all(MARKED.fullmatch(str(row[-1])) for row in found.rows)


def test_what_the_schools_own_paper_claims_is_kept_apart_from_the_facts(runs: dict[str, AppraisalRun]) -> None:
    blocks = blocks_of(runs["ranked"], "facts")
    assert Heading("What the schools' own paper claims", 3) in blocks
    assert Paragraph("These are claims of the paper. Where the law says otherwise, the tables above win.", "note") in blocks
    assert "claims" not in text_of(blocks_of(ember(claims=()), "facts"))


# Research


def researched(**studies: Study) -> list[Block]:
    """Say what research shows, with these studies in place of the knowledge base's own."""
    run = ember(base=with_studies(studies))
    return run.research().blocks


def test_research_gives_how_many_how_far_apart_what_to_mind_and_how_strong_strongest_first() -> None:
    weak = make_study(title="Weak", grade="C", year=2015)
    old, new = (make_study(title=f"Strong {year}", grade="A", year=year, n=264, direction="mixed") for year in (2010, 2014))
    found = table(researched(one=weak, two=old, three=new), "Studies, strongest first")
    assert found.columns == ("Study", "How many", "What it found", "How far apart", "Care", "Strength")
    assert [row[0] for row in found.rows] == ["Strong 2014 (2014)", "Strong 2010 (2010)", "Weak (2015)"]
    assert found.rows[0][1:] == (
        "264 schools",
        "Results rose. (said to be mixed, results not measured; sourced)",
        "Not seen.",
        "It is old.",
        "strong",
    )


def test_studies_later_than_the_day_are_left_out_of_the_report_and_counted() -> None:
    one, later = make_study(title="Of its time"), make_study(title="Too late", year=2017)
    blocks = researched(one=one, two=later, three=later)
    assert Paragraph("2 later studies left out: the question is asked for 15 April 2016.", "note") in blocks
    assert "Too late" not in text_of(blocks)
    assert "left out" not in text_of(researched(one=one))


def test_studies_of_options_that_nobody_asks_about_are_left_out_and_those_of_none_are_not() -> None:
    options = {"asked": ("federation",), "other": ("la_trust",), "any": ()}
    studies = {key: make_study(title=key, options=named) for key, named in options.items()}
    assert "la_trust" not in {one.option for one in EMBER.options}
    assert [row[0] for row in table(researched(**studies), "Studies").rows] == ["asked (2014)", "any (2014)"]


def test_a_withdrawn_study_and_a_percentage_that_cannot_be_are_named_in_the_report() -> None:
    odd = {"percent": 96, "of": 20, "what": "partnerships"}
    study = make_study(withdrawn=dt.date(2026, 11, 21), percentages=(odd,))
    (row,) = table(researched(one=study), "Studies").rows
    assert row[0] == "A study (2014), withdrawn"
    assert row[4] == "It is old. 96% of 20 partnerships cannot be: 19 of 20 is 95%."


def test_where_no_study_was_published_by_the_day_the_report_says_so() -> None:
    blocks = researched(one=make_study(year=2017))
    assert Paragraph("No study of these options was published by 15 April 2016.", "missing") in blocks
    assert tables_of(blocks) == []


def test_research_sets_no_score_and_the_report_says_so(runs: dict[str, AppraisalRun]) -> None:
    said = text_of(blocks_of(runs["ranked"], "research"))
    assert "No study sets a score here." in said
    assert said == text_of(blocks_of(runs["unweighed"], "research"))


# Fact sheets


def whole_tables(blocks: list[Block], caption: str, about: int) -> dict[str, dict[tuple[str, ...], tuple[str, ...]]]:
    """Read tables as a reader does: rows that are as for an earlier option stand in its table."""
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    captions = re.compile(rf"{caption}: (.+?)(?:\. The other (\d+) of (\d+) rows are as for “(.+)”)?")
    for block in tables_of(blocks):
        if said := captions.fullmatch(block.caption):
            own = {tuple(map(str, row[:about])): tuple(map(str, row[about:])) for row in block.rows}
            like = found[said[4]] if said[4] else {}
            found[said[1]] = {**like, **own}
            assert not like.items() & own.items(), "what is the same is said once"
            assert not like or (len(like) - len(own), len(like)) == (int(said[2]), int(said[3]))
    return found


def test_every_option_has_the_same_sheet_and_what_changes_but_staying_changes_nothing(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    blocks = blocks_of(run, "fact_sheets")
    questions = [BASE.attributes[name].question for name in BASE.fact_sheet]
    assert len(questions) > 20
    kinds = dict.fromkeys((school.category, school.form) for school in EMBER.members)
    sheets = whole_tables(blocks, "Fact sheet", 1)
    assert list(sheets) == [option.label for option in run.appraisal.problem.options]
    for option in run.appraisal.problem.options:
        whole = fact_sections.sheet_table(option, kinds, run.knowledge)
        assert list(whole["Question"]) == questions
        assert sheets[option.label] == {(question,): (answer, mark) for question, answer, mark in whole.itertuples(index=False)}
        assert all(cell.strip() for _, cells in sheets[option.label].items() for cell in cells)
    changed = whole_tables(blocks, "What changes, and for whom", 2)
    assert list(changed) == [option.label for option in run.appraisal.problem.options if option.key != "stay"]
    for option in run.appraisal.problem.options[1:]:
        rows = fact_sections.changes_table(option, kinds, run.knowledge).itertuples(index=False)
        assert changed[option.label] == {(role, what): (asked,) for role, what, asked in rows}


def test_rows_that_options_share_are_said_once(runs: dict[str, AppraisalRun]) -> None:
    """Tables that share too little, or are about other things, stand whole; one that is the same all over is a sentence."""
    tables = [one for one in tables_of(blocks_of(runs["ranked"], "fact_sheets")) if one.caption.startswith("Fact sheet: ")]
    assert tables[0].caption == "Fact sheet: Stay as we are"
    assert re.fullmatch(r"Fact sheet: Collaborative .*\. The other \d+ of \d+ rows are as for “Stay as we are”", tables[1].caption)
    assert len(tables[0].rows) == len(BASE.fact_sheet)
    assert sum(len(one.rows) for one in tables) < 0.7 * len(BASE.fact_sheet) * len(EMBER.options)
    kinds = dict.fromkeys((school.category, school.form) for school in EMBER.members)
    sheet = fact_sections.sheet_table(ember().appraisal.problem.option("stay"), kinds, BASE.on(DAY)).head(6)
    others = {"few": sheet.assign(Answer=["other", "other", *sheet["Answer"][2:]]), "about": sheet.iloc[::-1].reset_index(drop=True)}
    assert beside_earlier("Sheet", "B", sheet, {**others, "A": sheet}, 1) == [Paragraph("Sheet: B. All as for “A”.")]
    assert beside_earlier("Sheet", "B", sheet, others, 1) == [Table.of("Sheet: B", sheet)]


def test_closed_options_have_their_sheet_too(runs: dict[str, AppraisalRun]) -> None:
    captions = {one.caption for one in tables_of(blocks_of(runs["closed"], "fact_sheets"))}
    assert captions == {one.caption for one in tables_of(blocks_of(runs["ranked"], "fact_sheets"))}


def test_each_answer_of_a_sheet_carries_its_mark_and_whom_to_ask(runs: dict[str, AppraisalRun]) -> None:
    run = runs["ranked"]
    blocks = blocks_of(run, "fact_sheets")
    sheets = whole_tables(blocks, "Fact sheet", 1)
    for option in run.appraisal.problem.options:
        for name in BASE.fact_sheet:
            answer, mark = sheets[option.label][BASE.attributes[name].question,]
            for school in EMBER.members:
                fact = run.knowledge.fact(name, option.key, school.category, school.form)
                assert fact_words.told(fact) in answer
                assert fact.mark in mark
                assert f": ask {fact.ask}" in mark if fact.ask else fact.mark == "sourced"


def test_where_kinds_of_school_differ_each_has_its_own_answer_and_all_are_there() -> None:
    run = ember()
    kinds = dict.fromkeys((school.category, school.form) for school in EMBER.members)
    frame = fact_sections.sheet_table(run.appraisal.problem.option("stay"), kinds, run.knowledge)
    answers = dict(zip(frame["Question"], frame["Answer"], strict=True))
    said = answers[BASE.attributes["employer"].question]
    assert [key for key, _ in kinds] == ["community", "foundation", "voluntary_aided"]
    assert said == "The council (community school); Our own governing body (all but community school)"
    assert answers[BASE.attributes["accountable_body"].question] == "Our own governing body"


def test_answers_that_differ_from_staying_and_those_that_nobody_knows_are_counted() -> None:
    def counts(base: KnowledgeBase) -> list[tuple[int, ...]]:
        said = [
            block.text for block in ember(base=base).fact_sheets().blocks if isinstance(block, Paragraph) and "Not known: " in block.text
        ]
        return [tuple(map(int, re.findall(r"\d+", one))) for one in said]

    kinds = len({(school.category, school.form) for school in EMBER.members})
    before, now = counts(BASE), counts(unknown("employer"))
    assert len(before) == len(EMBER.options)
    every = len(BASE.attributes) * kinds
    assert before[0][1] == every
    assert [one[1] for one in before[1:]] == [every] * 6
    assert [one[-2] for one in now] == [one[-2] + kinds for one in before]
    run = ember()
    for (differ, *_), option in zip(before[1:], run.appraisal.problem.options[1:], strict=True):
        told = [
            [fact_words.told(run.knowledge.fact(name, key, school.category, school.form)) for key in ("stay", option.key)]
            for name in BASE.attributes
            for school in {(one.category, one.form): one for one in EMBER.members}.values()
        ]
        assert differ == sum(today != then for today, then in told)


def changes_of(base: KnowledgeBase, option: str = "established_mat") -> dict[str, dict[str, str]]:
    """Say what an option changes for each role."""
    run = ember(base=base)
    kinds = dict.fromkeys((school.category, school.form) for school in EMBER.members)
    frame = fact_sections.changes_table(run.appraisal.problem.option(option), kinds, run.knowledge)
    assert list(frame.columns) == ["For", "What", "Answers to these questions"]
    found = {role: dict.fromkeys(("Lost", "Gained", "Changed", "Not known"), "") for role in frame["For"]}
    for role, what, asked in frame.itertuples(index=False):
        if what == "Nothing":
            assert list(frame["For"]).count(role) == 1
        else:
            found[role][what] = asked
    return found


def test_what_changes_has_a_row_for_each_role() -> None:
    assert list(changes_of(BASE)) == [phrases.capital(fact_words.ROLES[role]) for role in get_args(Role)]


@pytest.mark.parametrize(
    ("order", "column"),
    [
        (["academy_trust", ["local_authority", "governing_body"]], "Lost"),
        ([["local_authority", "governing_body"], "academy_trust"], "Gained"),
        ([["local_authority", "governing_body", "academy_trust"]], "Changed"),
        ([], "Changed"),
    ],
)
def test_lost_and_gained_are_said_only_where_the_answers_stand_in_an_order(order: list[Any], column: str) -> None:
    found = changes_of(with_roles({"employer": {"parent": order}}))
    question = BASE.attributes["employer"].question
    assert found["A parent"] == dict.fromkeys(("Lost", "Gained", "Changed", "Not known"), "") | {column: question}
    assert set(found["A teacher"].values()) == {""}


def test_a_change_for_some_kinds_of_school_names_them() -> None:
    """A voluntary aided school and a foundation school employ their staff already."""
    found = changes_of(with_roles({"employer": {"parent": ["academy_trust", "local_authority", "governing_body"]}}), "co_operative_trust")
    question = BASE.attributes["employer"].question
    gained = found["A parent"]["Gained"]
    assert gained.startswith(f"{question} (")
    assert BASE.categories["community"].label in gained
    assert BASE.categories["voluntary_aided"].label not in gained


def test_what_nobody_knows_stands_in_its_own_column() -> None:
    found = changes_of(unknown("employer", with_roles({"employer": {"parent": ["academy_trust", "local_authority"]}})))
    assert found["A parent"]["Not known"] == BASE.attributes["employer"].question
    assert found["A parent"]["Lost"] == found["A parent"]["Gained"] == ""


# Other routes, and rules that no option changes


def test_other_routes_are_given_as_they_stood_on_the_day() -> None:
    sheet = make_sheet(("Who decides?", LONG_AGO, "The old rule."), ("Who decides?", LATER, "The new rule."), ("Then?", LATER, "More."))
    coming = sheet.facts[0].model_copy(update={"status": "enacted", "question": "And soon?"})
    sheet = sheet.model_copy(update={"facts": (*sheet.facts, coming)})
    base = replace(BASE, fact_sheets={"one": sheet, "later": make_sheet(("Who?", LATER, "They."), label="Later")})
    april, june = (ember(day, base=base).fact_sheets().blocks for day in (DAY, LATER))
    assert table(april, "A route: Another way.").rows == (
        ("Who decides?", "The old rule.", "memory: ask the council"),
        ("And soon?", "The old rule.", "memory, passed, not yet in force: ask the council"),
    )
    assert [row[:2] for row in table(june, "A route").rows] == [
        ("Who decides?", "The new rule."),
        ("And soon?", "The old rule."),
        ("Then?", "More."),
    ]
    assert not any(one.caption.startswith("Later") for one in tables_of(april))
    assert any(one.caption.startswith("Later") for one in tables_of(june))


def test_the_rules_and_amounts_are_those_of_the_day_with_the_place_where_they_hold() -> None:
    april, june = (fact_sections.standing_table(BASE.on(day)) for day in (DAY, LATER))
    assert list(april.columns) == ["Question", "Answer", "Since", "Mark"]
    assert list(april["Answer"]) != list(june["Answer"])
    standing = {name: BASE.on(DAY).parameter(name) for name in BASE.parameters}
    known = {name: one for name, one in standing.items() if one}
    assert len(april) == len(known) < len(BASE.parameters)
    for row, (name, one) in zip(april.itertuples(index=False), known.items(), strict=True):
        where = BASE.parameters[name].holds_for
        assert row.Question == one.question + (f" ({where})" if where else "")
        assert row.Since == plain_day(one.since)
        assert one.since <= DAY
        assert one.says in row.Answer
        assert row.Mark == one.mark + (f": ask {one.ask}" if one.ask else "")
    assert any(one.holds_for for one in BASE.parameters.values())


def test_a_rule_that_is_not_in_force_says_so() -> None:
    name = next(name for name, one in BASE.parameters.items() if one.kind == "rule" and BASE.on(DAY).parameter(name))
    about = BASE.parameters[name]
    values = tuple(one.model_copy(update={"status": "announced"}) for one in about.values)
    base = replace(BASE, parameters={name: about.model_copy(update={"values": values})})
    (row,) = fact_sections.standing_table(base.on(DAY)).itertuples(index=False)
    assert " (announced). " in row.Answer
