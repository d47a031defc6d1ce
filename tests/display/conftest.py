"""What tests of pages and sections share: a page that is drawn quickly, and the Ember case in every state."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.appraisal import appraise
from partnership_model.display import pages
from tests.display.section_reading import RUNS

if TYPE_CHECKING:
    from partnership_model.display.notebook import AppraisalRun


@pytest.fixture(autouse=True)
def _one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw one block of samples for a page, which is enough for all but the last digits."""
    monkeypatch.setattr(pages, "appraise", partial(appraise, samples=1))


@pytest.fixture(scope="session")
def runs() -> dict[str, AppraisalRun]:
    """Open the Ember case in each state that an appraisal can be in."""
    return {state: run() for state, run in RUNS.items()}
