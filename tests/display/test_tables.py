"""Tables: words and whole numbers, one row a line, and every option and text as the case has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.overall import whole
from partnership_model.display import screening_words, tables
from partnership_model.display.blocks import Table
from tests.display.test_blocks import HOSTILE
from tests.display.test_notebook import ASKS, BASE, EMBER, GATES, closed, ember, unlooked, unweighed
from tests.making import make_problem, make_range

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pandas as pd

TABLE = {"stay": [60, 40], "federation": [90, 70], "new_mat": [(10, 20, 40), 20], "la_trust": [99, 99]}
FRAMES: dict[str, Callable[[Appraisal], pd.DataFrame]] = {
    "status": lambda found: tables.status_table(found.problem),
    "membership": lambda found: tables.membership_table(found.problem),
    "weights": lambda found: tables.weight_table(found.problem),
    "judgements": lambda found: tables.judgement_table(found.problem),
    "money": lambda found: tables.money_table(found.problem),
    "money items": lambda found: tables.money_items_table(found.problem, found.problem.options[0].screening.schools[0].school),
    "way out": lambda found: tables.way_out_table(found.problem),
    "switching": tables.switching_table,
    "places": tables.place_table,
    "summary": tables.summary_table,
    "overall": tables.overall_table,
    "points": tables.contribution_table,
}
WEIGHED_ONLY = {"overall", "points"}


@pytest.fixture(scope="module")
def found() -> Appraisal:
    """Appraise the Ember case as it is."""
    return ember().appraisal


def small(**changes: Any) -> Appraisal:  # noqa: ANN401
    """Appraise three open options and a closed one."""
    fields: dict[str, Any] = {"status": {"la_trust": "closed"}}
    return appraise(make_problem(TABLE, **(fields | changes)), 1)


def column(frame: pd.DataFrame, name: str) -> list[Any]:
    """Give one column."""
    return list(frame[name])


# What every table is


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("run", [ember, unlooked, unweighed, closed], ids=["ranked", "withheld", "unweighed", "closed"])
def test_every_table_holds_words_and_whole_numbers_only(name: str, run: Callable[[], Any]) -> None:
    """A cell that is missing, or a number with decimals, would end the page or be cut off."""
    appraisal = run().appraisal
    if name in WEIGHED_ONLY and appraisal.overall is None:
        return
    frame = FRAMES[name](appraisal)
    for row in frame.itertuples(index=False, name=None):
        for cell in row:
            assert isinstance(cell, str) or int(cell) == cell
    table = Table.of(name, frame)
    assert len(table.rows) == len(frame)
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("name", ["status", "membership", "money", "way out", "summary"])
@pytest.mark.parametrize("run", [ember, unlooked, unweighed, closed], ids=["ranked", "withheld", "unweighed", "closed"])
def test_closed_options_stay_visible(name: str, run: Callable[[], Any]) -> None:
    appraisal = run().appraisal
    shown = column(FRAMES[name](appraisal), "Option")
    assert sorted(shown) == sorted(option.label for option in appraisal.problem.options)


# Status and membership


def test_the_status_table_gives_the_reason_in_the_cases_order() -> None:
    problem = ember(non_negotiables=(GATES["way_out"],)).appraisal.problem
    frame = tables.status_table(problem)
    assert list(frame.columns) == ["Option", "Status", "Why"]
    assert column(frame, "Option") == [option.label for option in problem.options]
    assert column(frame, "Status") == ["Open", "Open", "Closed", "Open", "Closed", "Closed", "Closed"]
    assert column(frame, "Why") == [screening_words.because(option) for option in problem.options]


def test_a_status_that_nobody_knows_says_ask() -> None:
    problem = ember(non_negotiables=(GATES["equal_partners"],)).appraisal.problem
    frame = tables.status_table(problem)
    asked = frame[frame["Status"] == "Not decided: ask"]
    assert list(asked["Option"]) == ["Co-operative trust", "Umbrella trust"]
    assert all(ASKS.match(why) and why.startswith(f"“{GATES['equal_partners'].says}” ") for why in asked["Why"])


def test_each_school_has_its_place_in_each_option(found: Appraisal) -> None:
    frame = tables.membership_table(found.problem)
    assert list(frame.columns) == ["Option", *(school.name for school in EMBER.members)]
    row = frame[frame["Option"] == "Co-operative trust"].iloc[0]
    assert (row["Infant A"], row["Primary E"]) == ("full member", "associate")


def test_the_schools_are_given_with_their_part() -> None:
    frame = tables.school_table(EMBER, BASE)
    assert list(frame.columns) == ["School", "Category", "Phase", "Pupils", "Role"]
    assert column(frame, "Role") == ["decides"] * 5 + ["invited"]
    assert column(frame, "Pupils") == [270, 360, 420, 210, 205, 1150]


# Weights and judgements


def test_weights_are_given_by_group_and_as_they_are_used(found: Appraisal) -> None:
    frame = tables.weight_table(found.problem)
    assert list(frame.columns) == ["Criterion", "From", "To", "Governors", "Staff", "In use"]
    for group in ("Governors", "Staff", "In use"):
        assert 96 <= sum(frame[group]) <= 104
    assert found.problem.weights is not None
    assert column(frame, "In use") == [whole(share * 100) for share in found.problem.weights.shares.values()]


def test_before_anybody_has_weighed_criteria_are_given_from_worst_to_best() -> None:
    frame = tables.weight_table(unweighed().appraisal.problem)
    assert list(frame.columns) == ["Criterion", "From", "To"]
    assert len(frame) == 8


def test_every_judgement_in_use_is_given_with_its_reason_and_none_on_a_closed_option() -> None:
    found = ember(non_negotiables=(GATES["way_out"],)).appraisal
    frame = tables.judgement_table(found.problem)
    open_ = [option.label for option in found.problem.ranked_options]
    assert sorted(set(column(frame, "Option"))) == sorted(open_)
    assert len(frame) == len(open_) * 8
    assert all(frame["Why"])
    assert sum(rests.endswith("; looked at") for rests in frame["Rests on"]) == len(frame) - len(found.problem.unconfirmed)


def test_a_judgement_that_spreads_otherwise_says_so_in_the_table() -> None:
    problem = ember().appraisal.problem
    one = replace(problem.judgements["stay", "staff"], amount=make_range((20, 40, 60)), shape="even")
    frame = tables.judgement_table(problem.with_judgement(one))
    assert column(frame, "Judgement").count("anywhere from 20 to 60 alike") == 1


# Whatever the words are


@pytest.mark.parametrize("text", HOSTILE)
def test_every_table_keeps_every_text_as_it_is(text: str) -> None:
    found = ember().appraisal
    problem = found.problem
    options = tuple(replace(one, label=f"{text}{place}", in_a_sentence=text) for place, one in enumerate(problem.options))
    criteria = {name: one.model_copy(update={"label": text + name, "worst": text}) for name, one in problem.criteria.items()}
    named = replace(found, problem=replace(problem, options=options, criteria=criteria))
    for name, make in FRAMES.items():
        table = Table.of(text, make(named))
        first = {row[0] for row in table.rows}
        expected = {one.label for one in (criteria.values() if name in ("weights", "switching") else options)}
        assert first == expected, name
