"""Contradictions: conditions on weights that cannot hold together are found exactly, and none is named that could be spared."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.contradictions import contradiction
from partnership_model.knowledge.weight_sets import Limit, WeightSet
from tests.making import pure

NAMES = ("a", "b", "c")


def asked(**keys: Any) -> WeightSet:  # noqa: ANN401 - as in a case
    """Write conditions as a case does."""
    return WeightSet.model_validate(keys, by_alias=True, by_name=False)


def against(criteria: tuple[str, ...] = NAMES, **keys: Any) -> list[str]:  # noqa: ANN401 - as in a case
    """Say which conditions contradict each other."""
    return [one.says for one in contradiction(asked(**keys).limits, criteria)]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"ranges": {"a": [60, 100], "b": [50, 100]}}, ["a at least 60", "b at least 50"]),
        ({"ranges": {"a": [0, 30], "b": [0, 30], "c": [0, 30]}}, ["a at most 30", "b at most 30", "c at most 30"]),
        ({"at_least": [{"criterion": "a", "than": "b"}, {"criterion": "b", "times": 2, "than": "a"}], "ranges": {"a": [1, 100]}},
         ["a at least 1", "a at least b", "b at least 2 times a"]),
        ({"conditions": [{"sum": {"a": 1, "b": 1}, "at_most": 20}, {"sum": {"a": 2}, "at_least": 41}]},
         ["a + b at most 20", "2 x a at least 41"]),
        ({"conditions": [{"sum": {"a": 1}, "at_least": 100.001}]}, ["a at least 100.001"]),
    ],
)  # fmt: skip
def test_what_contradicts_what_is_named_and_nothing_else(keys: dict[str, Any], says: list[str]) -> None:
    """Each by hand: weights are never negative and sum to 100."""
    assert against(**keys) == says
    spared: dict[str, Any] = {"ranges": {**keys.get("ranges", {}), "d": [0, 90]}}
    assert against((*NAMES, "d"), **(keys | spared)) == ([] if says[0] == "a at most 30" else says)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"ranges": {"a": [60, 100], "b": [40, 100]}},
        {"ranges": {"a": [0, 33.4], "b": [0, 33.3], "c": [0, 33.3]}},
        {"ranges": {"a": [33.4, 100], "b": [33.3, 100], "c": [33.3, 100]}},
        {"at_least": [{"criterion": "a", "than": "b"}, {"criterion": "b", "times": 2, "than": "a"}]},  # c may carry all
        {"ranges": {"a": [20, 20], "b": [30, 30], "c": [50, 50]}},
        {"conditions": [{"sum": {"a": 0.1, "b": 0.2, "c": 0.3}, "at_least": 30}]},
    ],
)
def test_what_only_just_holds_together_is_no_contradiction(keys: dict[str, Any]) -> None:
    """Tenths add up exactly: in floating-point numbers some of these would miss by a hair."""
    assert against(**keys) == []


factors = st.lists(st.integers(-2, 2), min_size=3, max_size=3)
limits = st.lists(st.tuples(factors, st.integers(-60, 60)), max_size=4)


@pure(150)
@given(limits)
def test_a_contradiction_is_found_where_no_corner_of_the_weights_meets_all_conditions(rows: list[tuple[list[int], int]]) -> None:
    """Of three weights every corner lies where two faces cross: where some weights meet all conditions, a corner does."""
    found = [
        Limit(tuple((name, float(factor)) for name, factor in zip(NAMES, row, strict=True)), float(least), str(place), ("x", place))
        for place, (row, least) in enumerate(rows)
    ]
    assert bool(contradiction(found, NAMES)) == (not _corner(rows))
    for some in itertools.combinations(contradiction(found, NAMES), max(len(contradiction(found, NAMES)) - 1, 0)):
        assert _corner([rows[int(one.says)] for one in some]), "one of them could be spared"


def _corner(rows: list[tuple[list[int], int]]) -> bool:
    """Try each crossing of two faces in the plane of a and b, where c is what is left of 100 (Cramer's rule, whole numbers)."""
    flat = [([row[0] - row[2], row[1] - row[2]], least - 100 * row[2]) for row, least in rows]
    flat += [([1, 0], 0), ([0, 1], 0), ([-1, -1], -100)]
    for ((p, q), r), ((s, t), u) in itertools.combinations(flat, 2):
        by = p * t - q * s
        if by and all((x * (r * t - q * u) + y * (p * u - r * s)) * by >= least * by * by for (x, y), least in flat):
            return True
    return False
