"""Other ways of weighing side by side: which sets make sense, and shares that are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.analysis.sampling import BLOCK
from partnership_model.knowledge.weight_sets import WeightSet
from partnership_model.model.weights import Weights, from_points
from tests.analysis.drawing import near
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.analysis.ways_of_weighing import UnderSet

TABLE = {"stay": [100, 0, 0], "federation": [0, 100, 100]}  # staying is ahead where c1 carries more than half


def found(
    weights: tuple[float, ...] = (3, 2, 1),
    groups: dict[str, Weights] | None = None,
    samples: int = 6 * BLOCK,
    **keys: Any,  # noqa: ANN401 - as in a case
) -> Appraisal:
    """Appraise with what a case says of plausible weights."""
    problem = replace(make_problem(TABLE, weights), weight_set=WeightSet.model_validate(keys, by_alias=True, by_name=False))
    return appraise(replace(problem, group_weights=groups or {}, voices={"staff": 3} if groups else {}), samples)


def shares(appraisal: Appraisal) -> dict[str, UnderSet]:
    """Give what was counted by the name of the set."""
    return {one.kind: one for one in appraisal.under_each_set}


def test_the_share_under_each_set_by_hand() -> None:
    """Staying is ahead where w1 > 1/2.

    Any weights: a triangle of half the side, 1/4. Order kept: 3/4 (see test_robustness). The groups': the staff, three
    voices of four, put c1 at 0.2, the governors at 0.8. Conditions: c1 between 0.4 and 0.6 and exactly four times c2,
    so that it is even between its ends, and 1/2.
    """
    groups = {"governors": from_points({"c1": 8, "c2": 1, "c3": 1}, "g"), "staff": from_points({"c1": 2, "c2": 4, "c3": 4}, "s")}
    ratio = [{"criterion": "c1", "times": 4, "than": "c2"}]
    exact = {"sum": {"c1": 1, "c2": -4}, "at_most": 0}
    got = shares(found(groups=groups, set="order", ranges={"c1": [40, 60]}, at_least=ratio, conditions=[exact]))
    by_hand = {"order": 3 / 4, "any": 1 / 4, "groups": 1 / 4, "conditions": 1 / 2}
    assert set(got) == {*by_hand, "near"}
    for kind, share in by_hand.items():
        assert near(got[kind].first["stay"], share, got[kind].samples), kind
        assert got[kind].first["stay"] + got[kind].first["federation"] == pytest.approx(1)
        assert got[kind].errors["stay"] == pytest.approx((share * (1 - share) / got[kind].samples) ** 0.5, rel=0.02)


def test_the_share_near_the_weights_in_use_by_hand() -> None:
    """Within 10 points of (0.5, 0.3, 0.2) no end is cut, and every move has its opposite: half of them raise c1."""
    got = shares(found((5, 3, 2), within=10))["near"]
    assert near(got.first["stay"], 1 / 2, got.samples)
    assert got.leaders == ("stay", "federation")


def test_the_set_in_use_is_not_drawn_again_and_has_the_shares_of_the_appraisal() -> None:
    for kind in ("order", "near", "any"):
        appraisal = found(samples=1, set=kind)
        assert appraisal.robustness is not None
        assert shares(appraisal)[kind].first == {one: appraisal.robustness.first_place_share(one) for one in TABLE}
        assert shares(appraisal)[kind].samples == BLOCK


def test_choosing_another_set_gives_what_stood_beside() -> None:
    beside = shares(found(samples=1))["any"].first
    chosen = found(samples=1, set="any").robustness
    assert chosen is not None
    assert {one: chosen.first_place_share(one) for one in TABLE} == beside


def test_what_cannot_stand_side_by_side_is_left_out() -> None:
    assert [one.kind for one in found(samples=1).under_each_set] == ["order", "near", "any"]
    assert [one.kind for one in found((1, 1, 1), samples=1).under_each_set] == ["order", "near"]
    assert [one.kind for one in found((1, 1, 0), samples=1).under_each_set] == ["order", "near", "any"]
    alone = appraise(make_problem({"stay": [1, 2]}), 1)
    assert alone.robustness is not None
    assert alone.under_each_set == ()
    assert appraise(make_problem({"stay": [1], "federation": [2]}), 1).under_each_set == ()
    assert appraise(make_problem(TABLE, None), 1).under_each_set == ()
    withheld = appraise(make_problem({"stay": [(0, 50, 100), 0], "federation": [50, 1]}, unconfirmed=[("stay", "c1")]), 1)
    assert (withheld.withheld, withheld.under_each_set) == ("unconfirmed", ())
