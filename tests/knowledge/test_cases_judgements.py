"""The judgements of a case: what a row changes or confirms, and which row is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import read_case
from tests.knowledge.three_schools import HEADING, ODD, messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase


def test_a_row_with_figures_changes_a_judgement_and_a_row_without_confirms_it(write: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = "new_mat,staff,10,30,60,D,We asked.\nfederation,staff,,,,B,We agree.\n\nstay,cost,-50,0,250,C,Our bursar.\n"
    found = read_case(write(judgements=HEADING + rows), base).judgements
    assert [(one.option, one.criterion, one.evidence, one.note) for one in found] == [
        ("new_mat", "staff", "D", "We asked."),
        ("federation", "staff", "B", "We agree."),
        ("stay", "cost", "C", "Our bursar."),
    ]
    assert found[0].amount is not None
    assert (found[0].amount.low, found[0].amount.likely, found[0].amount.high) == (10, 30, 60)
    assert found[1].amount is None
    assert found[2].amount is not None


def test_the_anchors_themselves_are_inside(write: Callable[..., Path], base: KnowledgeBase) -> None:
    least, most = sorted((base.criteria["cost"].scale.worst, base.criteria["cost"].scale.best))
    rows = f"stay,staff,0,0,0,A,x\nfederation,staff,100,100,100,A,x\nnew_mat,cost,{least},{most},{most},A,x\n"
    assert len(read_case(write(judgements=HEADING + rows), base).judgements) == 3


@pytest.mark.parametrize("figure", ["nan", "inf", "-inf", "1e999", "ten", "1,5", "0x10", "--5", "5%"])
def test_a_judgement_is_a_number_on_the_scale(figure: str, write: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = f'new_mat,staff,"{figure}",100,100,D,x\n'
    assert [one.split(": ")[:2] for one in messages(write(judgements=HEADING + rows), base)] == [["judgements.csv:2", "low"]]


def test_a_criterion_of_the_base_that_the_case_left_out_cannot_be_judged(write: Callable[..., Path], base: KnowledgeBase) -> None:
    (message,) = messages(write(judgements=HEADING + "stay,resilience,1,2,3,A,x\n"), base)
    assert '"resilience" is not a criterion of this case' in message


def test_each_wrong_row_is_reported_and_all_wrong_cells_of_it(write: Callable[..., Path], base: KnowledgeBase) -> None:
    rows = "stya,staff,1,2,3,A,x\nstay,staff,3,2,1,Z,\nstay,cost,0,0,9999,A,x\n"
    found = [re.split(r": ", one)[:2] for one in messages(write(judgements=HEADING + rows), base)]
    assert found == [
        ["judgements.csv:2", "option"],
        ["judgements.csv:3", "evidence"],
        ["judgements.csv:3", "low"],
        ["judgements.csv:3", "note"],
        ["judgements.csv:4", "high"],
    ]


def test_judgements_are_checked_even_where_the_case_itself_is_faulty(write: Callable[..., Path], base: KnowledgeBase) -> None:
    folder = write(("status: exploring", "status: thinking"), judgements=HEADING + "stay,staff,1,2,300,A,x\n")
    assert [one.split(": ")[0] for one in messages(folder, base)] == ["case.yaml:4", "judgements.csv:2"]


def test_a_column_more_says_how_figures_spread_and_rows_may_leave_it_empty(write: Callable[..., Path], base: KnowledgeBase) -> None:
    heading = HEADING.replace("note", "note,spread")
    rows = "stay,staff,10,40,60,A,x,\nfederation,staff,10,,60,A,x,even\nnew_mat,staff,,,,A,x,20: 30; 80: 70\nstay,autonomy,,,,B,x,\n"
    found = read_case(write(judgements=heading + rows), base).judgements
    assert [one.shape for one in found] == ["triangle", "even", "outcomes", "triangle"]
    assert [one.amount.likely if one.amount else None for one in found] == [40, 35, 62, None]
    assert found[2].outcomes == ((20, 0.3), (80, 0.7))


def test_a_heading_without_rows_is_no_judgement(write: Callable[..., Path], base: KnowledgeBase) -> None:
    assert read_case(write(judgements=HEADING), base).judgements == ()


@pytest.mark.parametrize("odd", [*ODD, "a,b", '"', '"a', "\r", "=1+1", "\u00e9", "9" * 5000])
def test_a_judgement_with_any_cell_spoilt_is_read_or_refused_and_nothing_else_happens(
    odd: str, write: Callable[..., Path], base: KnowledgeBase
) -> None:
    row = ["new_mat", "staff", "10", "30", "60", "D", "We asked."]
    for index in range(len(row)):
        cells: list[Any] = [*row]
        cells[index] = odd
        for text in (HEADING + ",".join(cells) + "\n", ",".join(cells) + "\n" + ",".join(row) + "\n"):
            try:
                read_case(write(judgements=text), base)
            except FaultsError as error:
                assert error.faults  # noqa: PT017 - some variants are in order
