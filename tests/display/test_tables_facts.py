"""Tables of facts, money, moves and the way out: each answer once, for whom it holds, with its mark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.display import fact_words, phrases, tables
from tests.display.test_notebook import BASE, DAY, EMBER, MARKED, ember
from tests.display.test_tables import column

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal


@pytest.fixture(scope="module")
def found() -> Appraisal:
    """Appraise the Ember case as it is."""
    return ember().appraisal


# Facts


def test_facts_with_the_same_answer_stand_in_one_row_with_mark_and_source() -> None:
    run = ember()
    knowledge = run.knowledge
    numbers = {one: place for place, one in enumerate(_references(run), 1)}
    frame = tables.fact_table(run.case, knowledge, run.appraisal.problem, "land", numbers)
    assert list(frame.columns) == ["Options", "For", "Answer", "In words", "Mark"]
    assert not frame.duplicated(["For", "Answer", "In words", "Mark"]).any()
    frame["Option"] = frame.pop("Options").str.split("; ")
    assert frame["Option"].map(len).max() > 1
    frame = frame.explode("Option")[["Option", "For", "Answer", "In words", "Mark"]]
    assert set(frame["Option"]) == {option.label for option in run.appraisal.problem.options}
    schools = {school.name: school.category for school in run.case.members}
    staying = [name for who in frame[frame["Option"] == "Stay as we are"]["For"] for name in _named(who, list(schools))]
    assert sorted(staying) == sorted(schools)
    for mark in frame["Mark"]:
        assert MARKED.fullmatch(mark), mark
        assert mark.startswith("sourced") or ": ask " in mark
    keys = {option.label: option.key for option in run.appraisal.problem.options}
    seen = set()
    for label, who, _, _, mark in frame.itertuples(index=False, name=None):
        for name in _named(who, list(schools)):
            fact = knowledge.fact("land", keys[label], schools[name])
            seen.add(fact.later_text)
            assert (", in a later text" in mark) == fact.later_text
    assert seen == {True, False}


def _named(who: str, schools: list[str]) -> list[str]:
    """Give the schools that a row is for."""
    listed = who.removeprefix("all but ").replace(" and ", ", ").split(", ")
    return [name for name in schools if (name not in listed if who.startswith("all") else name in listed)]


def _references(run: Any) -> list[Any]:  # noqa: ANN401 - a run
    return list(
        dict.fromkeys(
            one
            for option in run.appraisal.problem.options
            for school in run.case.members
            for one in run.knowledge.fact("land", option.key, school.category).references
        )
    )


def test_a_fact_that_holds_for_all_schools_says_all() -> None:
    run = ember()
    numbers = dict.fromkeys(_all_references("legal_body", run), 1)
    frame = tables.fact_table(run.case, run.knowledge, run.appraisal.problem, "legal_body", numbers)
    assert "all" in set(frame["For"])


def _all_references(name: str, run: Any) -> list[Any]:  # noqa: ANN401 - a run
    return [
        one
        for option in run.appraisal.problem.options
        for school in run.case.members
        for one in run.knowledge.fact(name, option.key, school.category).references
    ]


def test_a_comparison_says_which_questions_have_different_answers() -> None:
    knowledge = BASE.on(DAY)
    options = [("stay", "Stay"), ("new_mat", "A MAT")]
    found = tables.comparison(knowledge, EMBER.members[0], options, ["employer", "admissions_authority", "curriculum"])
    assert [one.attribute for one in found] == ["employer", "admissions_authority", "curriculum"]
    for one in found:
        assert [fact.option for fact in one.facts] == ["stay", "new_mat"]
        assert one.differs == (fact_words.told(one.facts[0]) != fact_words.told(one.facts[1]))
        assert one.same == [True, not one.differs]
    assert found[0].differs is True
    same = tables.comparison(knowledge, EMBER.members[0], [("stay", "Stay"), ("stay", "Stay")], ["employer"])
    assert same[0].differs is False


def test_other_steps_are_another_answer() -> None:
    """Steps have neither a code nor a figure: compared by these alone, no option would have steps of its own."""
    options = [("stay", "Stay"), ("federation", "A federation"), ("new_mat", "A MAT")]
    (one,) = tables.comparison(BASE.on(DAY), EMBER.members[0], options, ["steps"])
    assert one.facts[1].steps != one.facts[2].steps
    assert one.same == [True, False, False]


# Money and the way out


def test_a_school_without_a_place_in_an_option_has_no_cost_there() -> None:
    problem = ember().appraisal.problem
    screening = problem.options[1].screening
    without = replace(
        problem.options[1].money, by_school={school.school: problem.options[1].money.group for school in screening.schools[1:]}
    )
    changed = replace(problem, options=(problem.options[0], replace(problem.options[1], money=without)))
    frame = tables.money_table(changed)
    assert frame["Infant A"].tolist() == ["£0", "not in it"]
    nobody = replace(changed, options=(replace(problem.options[1], money=replace(without, by_school={})),))
    assert tables.money_table(nobody)["The group"].tolist() == ["not in it"]


def test_staying_costs_nothing_more_and_no_figure_has_a_minus_sign(found: Appraisal) -> None:
    frame = tables.money_table(found.problem)
    assert set(frame[frame["Option"] == "Stay as we are"].iloc[0, 1:]) == {"£0"}
    assert not any("-" in cell for row in frame.iloc[:, 1:].itertuples(index=False) for cell in row)


def test_the_way_out_says_who_decides_where_one_lands_and_which_doors_close(found: Appraisal) -> None:
    frame = tables.way_out_table(found.problem)
    assert list(frame.columns) == ["Option", "Who can take a school out", "Where it lands", "Doors still open", "No way found to"]
    assert all(cell for row in frame.itertuples(index=False) for cell in row)
    for option, row in zip(found.problem.options, frame.itertuples(index=False, name=None), strict=True):
        for cell, doors in ((row[3], option.way_out.doors), (row[4], option.way_out.closed_doors)):
            names = ["standing alone again" if key == "stay" else found.problem.option(key).in_a_sentence for key in doors]
            assert cell == phrases.listed(names)
    assert "none" in column(frame, "No way found to")
    assert any("standing alone again" in cell for cell in column(frame, "No way found to"))


@pytest.mark.parametrize("start", ["stay", "new_mat"])
def test_a_table_of_moves_says_what_each_takes_and_how_hard_the_way_back_is(found: Appraisal, start: str) -> None:
    knowledge = BASE.on(DAY)
    frame = tables.move_table(found.problem, knowledge, start)
    assert list(frame.columns) == [
        *("To", "Open", "Months", "Once, a school", "Who applies", "Who must consent", "What a school is then", "Way back", "Mark")
    ]
    moves = {option.key: knowledge.may_go(start, option.key) for option in found.problem.options if option.key != start}
    recorded = {key: move for key, move in moves.items() if move and move.mark}
    assert len(frame) == len(recorded) > 3
    for row, (key, move) in zip(frame.itertuples(index=False, name=None), recorded.items(), strict=True):
        assert row[0] == ("Standing alone again" if key == "stay" else found.problem.option(key).label)
        assert row[1] == ("Yes" if move.open else "No way found")
        assert (row[2:8] == ("",) * 6) == (not move.open)
        assert row[8].startswith(move.mark)
        assert move.mark == "sourced" or f": ask {move.ask}" in row[8]
    assert set(frame["Open"]) == ({"Yes"} if start == "stay" else {"Yes", "No way found"})


def test_an_answer_that_all_share_is_given_once_and_others_by_school() -> None:
    knowledge = BASE.on(DAY)
    same = [(school.name, knowledge.fact("legal_body", "new_mat", "community")) for school in EMBER.members[:2]]
    assert tables.by_answer(same) == fact_words.told(same[0][1])
    other = ("Primary D", knowledge.fact("land", "new_mat", "foundation"))
    first = ("Infant A", knowledge.fact("land", "new_mat", "community"))
    second = ("Junior B", knowledge.fact("land", "new_mat", "community"))
    assert tables.by_answer([first, other, second]) == (
        f"{fact_words.told(first[1])} (Infant A and Junior B); {fact_words.told(other[1])} (Primary D)"
    )
