"""A case appraised again with one thing tried otherwise, and what that changes; nothing is written to the case."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from partnership_model.analysis.run_comparison import compare
from partnership_model.display.blocks import Heading, Shown
from partnership_model.display.comparison_blocks import blocks
from partnership_model.display.notebook import AppraisalRun
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.case_archive import CASE, JUDGEMENTS
from partnership_model.knowledge.case_writing import cell, figure, with_keys, with_rows
from partnership_model.knowledge.cases import case_of
from partnership_model.knowledge.run_result import run_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.display.blocks import Block
    from partnership_model.knowledge.run_result import RunResult

HOW = "tried out in a notebook"


def with_weights(run: AppraisalRun, points: Mapping[str, float], name: str = "A trial") -> AppraisalRun:
    """Weigh a case otherwise.

    Args:
        run: the case as it is.
        points: a number for each criterion, in any unit; only how they compare counts.
        name: what these weights are called.

    Raises:
        PartnershipError: a criterion is missing or not known, a number is negative, or the case is a public edition.
    """
    elicited = {"on": run.knowledge.day.isoformat(), "how": HOW, "people": 1}
    entry = {"group": name, "method": "points", "values": dict(points), "elicited": elicited}
    return _again(run, {CASE: with_keys(_text(run, CASE), {"weights_in_use": entry})})


def with_judgement(  # noqa: PLR0913, PLR0917 - a row of the case's table
    run: AppraisalRun, option: str, criterion: str, low: float, likely: float, high: float, why: str
) -> AppraisalRun:
    """Judge one option otherwise on one criterion, in the criterion's own unit.

    Raises:
        PartnershipError: a name or figure does not fit the case, or the case is a public edition.
    """
    figures = dict(zip(("low", "likely", "high"), map(figure, (low, likely, high)), strict=True))
    row = {"option": option, "criterion": criterion, **figures, "evidence": "D", "note": cell(why)}
    rows = with_rows(_text(run, JUDGEMENTS), {(option, criterion): row})
    return _again(run, {JUDGEMENTS: rows or ""})


def changes(before: AppraisalRun, after: AppraisalRun) -> Shown:
    """Show what differs between two runs, as `partnership diff` does: the first is A, the second B."""
    base = before.knowledge.base
    return Shown([_below_a_notebook(one) for one in blocks(compare(_result(before), _result(after), base), base)])


def _text(run: AppraisalRun, name: str) -> str:
    """Give a file of the case.

    Raises:
        PartnershipError: a public edition has no files.
    """
    if CASE not in run.case.texts:
        message = "A public edition cannot be tried otherwise, for it is not the whole case. Open the governors' edition."
        raise PartnershipError(message)
    return run.case.texts.get(name, "")


def _again(run: AppraisalRun, texts: Mapping[str, str]) -> AppraisalRun:
    case = case_of({**run.case.texts, **texts}, run.case.name, run.knowledge.base)
    return AppraisalRun(replace(case, folder=run.case.folder), run.knowledge, run.samples, run.seed)


def _result(run: AppraisalRun) -> RunResult:
    return run_result(json.dumps(run.result().data), f"the run of {run.case.name}")


def _below_a_notebook(block: Block) -> Block:
    """Let headings stand below those of the notebook."""
    return replace(block, level=3) if isinstance(block, Heading) else block
