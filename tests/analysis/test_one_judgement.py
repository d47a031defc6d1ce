"""What one judgement is worth: nothing is lost or counted twice on the way to the overall value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.one_judgement import worth
from partnership_model.analysis.overall import overall_values, values_of
from partnership_model.model.weights import from_points
from tests.making import make_cost, make_problem, pure

FIGURES = st.tuples(*[st.integers(0, 100)] * 3).map(lambda three: tuple(map(float, sorted(three))))


@pure(50)
@given(st.lists(FIGURES, min_size=2, max_size=4), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_the_points_of_an_options_judgements_add_up_to_its_overall_value(cells: list[tuple[float, ...]], points: list[int]) -> None:
    weights = from_points({f"c{place}": float(points[place - 1]) for place in range(1, len(cells) + 1)}, "so said")
    problem = make_problem({"stay": cells}, criteria=None).with_weights(weights)
    values = values_of(problem)
    whole = overall_values(values, weights.array(values.criteria))["stay"]
    parts = [worth(values, weights, "stay", name).points for name in values.criteria]
    for end in ("low", "likely", "high"):
        assert sum(getattr(part, end) for part in parts) == pytest.approx(getattr(whole, end))


def test_a_cost_goes_through_the_shared_value_function() -> None:
    values = values_of(make_problem({"stay": [(0, 100, 250)]}, criteria={"cost": make_cost()}))
    found = worth(values, from_points({"cost": 1.0}, "so said"), "stay", "cost")
    assert found.value.model_dump() == {"low": 0, "likely": 40, "high": 85}
    assert (found.share, found.points) == (1, found.value)


def test_before_anybody_has_weighed_a_judgement_has_a_value_and_no_points() -> None:
    values = values_of(make_problem({"stay": [50.0]}))
    found = worth(values, None, "stay", "c1")
    assert (found.value.likely, found.share, found.points) == (50, None, None)
