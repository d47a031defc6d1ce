"""What is found wrong with a file, and how often such files are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from partnership_model.errors import FaultsError

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("option", "low", "note")
LIGHT = settings(
    max_examples=150,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def faults_of(call: Callable[[], object]) -> list[tuple[int | None, str, str]]:
    """Line, field and words of every fault."""
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        call()
    return [(fault.line, fault.field, fault.says) for fault in error.value.faults]
