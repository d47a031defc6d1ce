"""What was drawn lately is given again only where drawing it anew would give the same, and cannot be written over."""

from __future__ import annotations

import numpy as np
import pytest

from partnership_model.analysis import kept_robustness
from partnership_model.analysis.kept_robustness import KEPT
from partnership_model.analysis.robustness import robustness
from partnership_model.analysis.sampling import BLOCK
from partnership_model.model.plausible_weights import near
from tests.analysis.drawing import same
from tests.making import make_problem

TABLE = {"o1": [(40, 60, 90), 30, 20], "o2": [50, (20, 40, 60), 30], "o3": [(0, 70, 80), 20, 50]}
BEFORE = make_problem(TABLE, weights=(30, 20, 10))


def kept(problem, plausible=None, samples=BLOCK, seed=1):  # noqa: ANN001, ANN201
    """Ask as an appraisal does."""
    return kept_robustness.kept_robustness(problem, plausible or problem.plausible, samples, seed)


def test_a_weight_that_moves_without_a_change_of_order_gives_the_very_same_and_as_it_would_be_drawn() -> None:
    moved = make_problem(TABLE, weights=(31, 20, 10))
    assert kept(moved) is kept(BEFORE)
    same(kept(moved), robustness(moved, moved.plausible, BLOCK, 1))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"problem": make_problem(TABLE, weights=(15, 20, 10))}, id="another order"),
        pytest.param({"problem": make_problem({**TABLE, "o2": [51, (20, 40, 60), 30]}, weights=(30, 20, 10))}, id="a certain judgement"),
        pytest.param({"problem": make_problem({**TABLE, "o2": [50, (20, 41, 60), 30]}, weights=(30, 20, 10))}, id="a range"),
        pytest.param({"problem": make_problem(dict(list(TABLE.items())[:2]), weights=(30, 20, 10))}, id="an option less"),
        pytest.param({"problem": make_problem({"other": TABLE["o1"], **TABLE}, weights=(30, 20, 10))}, id="an option more"),
        pytest.param({"problem": BEFORE, "plausible": near(BEFORE.weights, 5)}, id="another set"),
        pytest.param({"problem": BEFORE, "seed": 2}, id="another seed"),
        pytest.param({"problem": BEFORE, "samples": 2 * BLOCK}, id="more samples"),
    ],
)
def test_whatever_else_changes_is_drawn_anew(other) -> None:  # noqa: ANN001
    before, found = kept(BEFORE), kept(**other)
    assert found is not before
    problem = other["problem"]
    same(found, robustness(problem, other.get("plausible", problem.plausible), other.get("samples", BLOCK), other.get("seed", 1)))


def test_what_is_kept_is_bounded_and_what_was_asked_for_last_stays() -> None:
    first = kept(BEFORE)
    for seed in range(2, KEPT + 1):
        kept(BEFORE, seed=seed)
    assert kept(BEFORE) is first
    for seed in range(KEPT + 1, 2 * KEPT + 2):
        kept(BEFORE, seed=seed)
    assert kept(BEFORE) is not first
    assert len(kept_robustness._KEPT) == KEPT  # noqa: SLF001 - the bound is what is tested


def test_what_is_kept_cannot_be_written_over() -> None:
    with pytest.raises(ValueError, match="read-only"):
        kept(BEFORE).acceptability[0, 0] = 1
    assert not np.isnan(kept(BEFORE).pairwise).any()
