"""Starting assumptions: who must have one, what it may rest on, and what it may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.reading import read_knowledge
from tests.knowledge.small import ASSUMPTIONS, MOVES, Row, faults, named, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LAST = "federation,autonomy,20,45,70,C,act;fact:grant,One body decides.\n"
NEW_OPTION = """\
  new_trust:
    label: A new trust
    in_a_sentence: a new trust
    plain: Rules to come.
    first_day: 2026-02-23
    family: academy
    ranked: {}
"""
NEW_MOVES = """\
  - {from: new_trust, to: [stay, federation], values: [{from: 2026-02-23, open: false, says: No., mark: memory, ask: us}]}
  - {from: [stay, federation], to: new_trust, values: [{from: 2026-02-23, open: false, says: No., mark: memory, ask: us}]}
"""


def with_new_trust(data: Callable[..., Path], ranked: str, rows: str = "") -> Path:
    """The small knowledge base with a third option, and more assumptions."""
    folder = data((ASSUMPTIONS, LAST, LAST + rows), ("facts/employer.yaml", "[stay, federation]", "any"))
    for file, text in (("options.yaml", NEW_OPTION.format(ranked)), (MOVES, NEW_MOVES)):
        with (folder / file).open("a", encoding="utf-8") as more:
            more.write(text)
    return folder


def test_an_assumption_may_rest_on_sources_facts_studies_and_parameters(data: Callable[..., Path]) -> None:
    base = read_knowledge(data((ASSUMPTIONS, "act;fact:grant", "act; fact:grant ;study:survey_2014; parameter:charge;")))
    found = base.assumptions["federation", "autonomy"]
    assert found.evidence == ("act", "fact:grant", "study:survey_2014", "parameter:charge")
    assert (found.amount.low, found.amount.likely, found.amount.high) == (20, 45, 70)
    assert (found.grade, found.reasoning) == ("C", "One body decides.")


# file, old words, new words, line, words of the message
ONE_FAULT: list[Row] = [
    (ASSUMPTIONS, "act;fact:grant", "study:survey_2015", 3, 'is not a source, a fact or a study. Did you mean "study:survey_2014"?'),
    (ASSUMPTIONS, "act;fact:grant", "parameter:charges", 3, 'Did you mean "parameter:charge"?'),
    (ASSUMPTIONS, "act;fact:grant", "survey_2014", 3, '"survey_2014" is not a source'),
    (ASSUMPTIONS, LAST, f"{LAST}stay,cost,0,0,0,A,act,x\n", 4, "Cost is computed from facts; take the row out"),
    (ASSUMPTIONS, "20,45,70", "-1,45,70", 3, "found -1; Autonomy runs from 0 to 100"),
    (ASSUMPTIONS, "20,45,70", "20,45,inf", 3, 'found "inf"; expected a number'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), ONE_FAULT, ids=named(ONE_FAULT))
def test_a_fault_of_an_assumption_is_found_with_its_line(  # noqa: PLR0913, PLR0917 - a row of a table
    file: str, old: str, new: str, line: int, words: str, data: Callable[..., Path]
) -> None:
    one_fault(data((file, old, new)), file, line, words)


def test_every_wrong_cell_of_a_row_is_named(data: Callable[..., Path]) -> None:
    found = faults(data((ASSUMPTIONS, LAST, LAST + "fedration,autonomi,9,8,7,Z,acct,\n")))
    assert [one.split(": ")[:2] for one in found] == [
        [f"{ASSUMPTIONS}:4", column] for column in ("criterion", "evidence", "grade", "low", "option", "reasoning")
    ]


# Who must have one


def test_an_option_that_is_ranked_has_a_row_for_each_default_criterion(data: Callable[..., Path]) -> None:
    folder = with_new_trust(data, "true")
    one_fault(folder, ASSUMPTIONS, None, "no row gives new_trust on autonomy")


def test_an_option_that_is_only_shown_needs_none(data: Callable[..., Path]) -> None:
    assert set(read_knowledge(with_new_trust(data, "false")).assumptions) == {("stay", "autonomy"), ("federation", "autonomy")}


def test_an_option_that_is_only_shown_may_have_one(data: Callable[..., Path]) -> None:
    folder = with_new_trust(data, "false", "new_trust,autonomy,0,50,100,D,act,Nobody knows.\n")
    assert ("new_trust", "autonomy") in read_knowledge(folder).assumptions


def test_a_criterion_that_is_no_default_needs_a_row_only_where_there_is_evidence(data: Callable[..., Path]) -> None:
    chosen = data(
        ("criteria.yaml", "    derived: money\n    default: true\n", "    default: false\n"),
        (ASSUMPTIONS, LAST, LAST + "federation,cost,-50,0,250,D,act,It depends.\n"),
    )
    assert set(read_knowledge(chosen).assumptions) == {("stay", "autonomy"), ("federation", "autonomy"), ("federation", "cost")}


def test_a_row_that_is_wrong_is_not_called_missing_as_well(data: Callable[..., Path]) -> None:
    found = faults(data((ASSUMPTIONS, "70,C", "70,E")))
    assert [one for one in found if "no row gives" in one] == []
