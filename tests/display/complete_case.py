"""The complete case, with some of it changed: what tests of the report's own sections share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from partnership_model.display.notebook import AppraisalRun
from partnership_model.knowledge.cases import Case, read_case
from tests.display.test_notebook import BASE, DAY

COMPLETE = read_case(Path(__file__).parents[1] / "complete_case", BASE)


def changed(**keys: Any) -> Case:  # noqa: ANN401
    """Give the complete case with other keys in `case.yaml`."""
    return replace(COMPLETE, file=COMPLETE.file.model_copy(update=keys))


def record(**keys: Any) -> Case:  # noqa: ANN401
    """Give the complete case with other keys in its record."""
    return changed(appraisal=COMPLETE.file.appraisal.model_copy(update=keys))


def run_of(case: Case = COMPLETE) -> AppraisalRun:
    """Open a case with one block of samples on the day of the complete one."""
    return AppraisalRun(case, BASE.on(DAY), 1, 1)
