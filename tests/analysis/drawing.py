"""What tests of robustness share: problems that are drawn, and when a sampled share is near enough to the exact one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from partnership_model.analysis.robustness import Robustness, robustness
from partnership_model.analysis.sampling import BLOCK
from partnership_model.model.plausible_weights import keeping_order
from tests.making import make_problem

if TYPE_CHECKING:
    from partnership_model.model.problem import DecisionProblem

SEED = 2016
EIGHT = (100, 90, 80, 70, 60, 50, 40, 30)
THREE = st.tuples(*[st.integers(0, 100)] * 3).map(lambda figures: tuple(sorted(figures)))


def drawn(problem: DecisionProblem, samples: int = BLOCK, seed: int = SEED) -> Robustness:
    """Draw with the problem's own weights."""
    assert problem.weights is not None
    return robustness(problem, keeping_order(problem.weights), samples, seed)


@st.composite
def problems(draw: st.DrawFn, *, certain: bool = False, most: int = 4) -> DecisionProblem:
    """Draw a problem of a few options and criteria with ties and zero weights among them."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, 4))
    cell = st.integers(0, 4).map(lambda figure: 25 * figure) if certain else THREE
    table = {f"o{row}": draw(st.lists(cell, min_size=columns, max_size=columns)) for row in range(1, rows + 1)}
    return make_problem(table, draw(st.lists(st.integers(0, 3), min_size=columns, max_size=columns).filter(any)))


def near(found: float, exact: float, samples: int, errors: float = 4) -> bool:
    """Whether a sampled share is within some standard errors of the exact one."""
    return abs(found - exact) <= errors * math.sqrt(exact * (1 - exact) / samples)


def same(one: Robustness, other: Robustness) -> None:
    """Assert that two results are the same to the last digit."""
    assert np.array_equal(one.acceptability, other.acceptability)
    assert np.array_equal(one.acceptability_error, other.acceptability_error)
    assert np.array_equal(one.pairwise, other.pairwise)
    assert one.central_weights == other.central_weights
    assert one.central_weights_error == other.central_weights_error
    assert (one.options, one.criteria, one.samples) == (other.options, other.criteria, other.samples)
