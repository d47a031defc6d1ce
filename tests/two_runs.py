"""Results to compare: the Ember case as it is, and the same with parts of it changed, each worked out once."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from partnership_model.knowledge.run_result import run_result
from tests.display.test_notebook import as_json, ember

if TYPE_CHECKING:
    from partnership_model.knowledge.run_result import RunResult


@cache
def _as_it_is() -> str:
    return as_json(ember())


def data() -> dict[str, Any]:
    """Give the result of the Ember case, to change."""
    found: dict[str, Any] = json.loads(_as_it_is())
    return found


def run(changed: dict[str, Any] | None = None) -> RunResult:
    """Read a result back, or that of the Ember case."""
    return run_result(json.dumps(changed if changed is not None else data()), "result.json")


def given(of: dict[str, Any], *place: str) -> dict[str, Any]:
    """Give the row of one value of the case, to change."""
    found: dict[str, Any] = next(one for one in of["inputs"]["given"] if one["place"] == list(place))
    return found


def option(of: dict[str, Any], key: str) -> dict[str, Any]:
    """Give one option, to change."""
    found: dict[str, Any] = next(one for one in of["options"] if one["id"] == key)
    return found


def without(of: dict[str, Any], *keys: str) -> dict[str, Any]:
    """Give a result as an older version wrote it, without some of its keys."""
    return {key: value for key, value in copy.deepcopy(of).items() if key not in keys}
