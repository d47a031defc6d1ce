"""Who leads as one weight moves, or two: by hand, in fractions, at points all over, and without a gap or an overlap."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.overall import Values
from partnership_model.analysis.switching import switching_values
from partnership_model.analysis.two_way import TRIANGLE, Polygon, TwoWay, area, centre, dividing, one_way, two_way
from tests.making import make_values, pure

PLACES = st.integers(0, 4).map(lambda place: 25 * place)


@st.composite
def cases(draw: st.DrawFn, criteria: int = 4, most: int = 5, figures: st.SearchStrategy[int] = PLACES) -> tuple[Values, np.ndarray]:
    """Draw values with many ties, and weights with zeros among them."""
    rows = draw(st.lists(st.lists(figures, min_size=criteria, max_size=criteria), min_size=1, max_size=most))
    raw = draw(st.lists(st.integers(0, 5), min_size=criteria, max_size=criteria).filter(any))
    return make_values(rows), np.array(raw) / sum(raw)


def weights_at(weights: np.ndarray, columns: tuple[int, ...], at: tuple[float, ...]) -> np.ndarray:
    """Give these weights to some criteria, the rest keeping its proportions, or equal ones where it has none."""
    found = np.zeros(len(weights))
    rest = [column for column in range(len(weights)) if column not in columns]
    shares = weights[rest] / weights[rest].sum() if weights[rest].sum() > 0 else np.full(len(rest), 1 / len(rest))
    found[rest] = (1 - sum(at)) * shares
    found[list(columns)] = at
    return found


def fronts(values: Values, weights: np.ndarray, within: float = 1e-7) -> set[str]:
    """Give the options that are behind the best by no more than this."""
    totals = values.likely @ weights
    return {option for option, total in zip(values.options, totals, strict=True) if total >= totals.max() - within}


def holds(polygon: Polygon, point: tuple[float, float], margin: float = 1e-9) -> bool:
    """Say whether a point lies in a polygon without dents, or on its border."""
    turns = [
        (x - before_x) * (point[1] - before_y) - (y - before_y) * (point[0] - before_x)
        for (before_x, before_y), (x, y) in zip([polygon[-1], *polygon[:-1]], polygon, strict=True)
    ]
    return all(turn >= -margin for turn in turns) or all(turn <= margin for turn in turns)


def mapped(values: Values, weights: np.ndarray) -> TwoWay:
    """Map the first two criteria."""
    found = two_way(values, weights, "c1", "c2")
    assert found is not None
    return found


# One weight, by hand


def test_three_lines_and_their_two_crossings_by_hand() -> None:
    """With c2 and c3 alike: o1 from 0 to 90, o2 from 60 to 0, o3 from 50 to 40.

    o2 and o3 cross at 10 / 50 = 0.2, o3 and o1 where 50 - 10x = 90x: 0.5.
    """
    found = one_way(make_values([[90, 0, 0], [0, 60, 60], [40, 50, 50]]), np.array([0.3, 0.5, 0.2]), "c1")
    assert {name: pytest.approx(ends) for name, ends in found.lines.items()} == {"o1": (0, 90), "o2": (60, 0), "o3": (50, 40)}
    assert [one.options for one in found.leading] == [("o2",), ("o3",), ("o1",)]
    assert [one.highest for one in found.leading] == pytest.approx([0.2, 0.5, 1.0])
    assert (found.criterion, found.current) == ("c1", 0.3)


def test_options_that_are_level_all_the_way_lead_together() -> None:
    found = one_way(make_values([[90, 0], [90, 0], [0, 60]]), np.array([0.5, 0.5]), "c1")
    assert [one.options for one in found.leading] == [("o3",), ("o1", "o2")]
    assert found.leading[0].highest == pytest.approx(0.4)


def test_one_criterion_alone_has_flat_lines() -> None:
    found = one_way(make_values([[90], [40]]), np.array([1.0]), "c1")
    assert found.lines == {"o1": (90, 90), "o2": (40, 40)}
    assert [one.options for one in found.leading] == [("o1",)]


def test_example_of_triantaphyllou_and_sanchez() -> None:
    """Decision Sciences 28 (1997), pages 151 to 194: four options and criteria, figures from memory of the paper.

    The second draws level with the first where the weight of c3 falls by 0.0394 / 0.2112 and all are scaled to one again.
    """
    matrix = [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1172, 0.3184, 0.1215],
    ]
    weights = np.array([0.3277, 0.3058, 0.2876, 0.0790])
    found = one_way(make_values(100 * np.array(matrix)), weights / weights.sum(), "c3")
    fall = (0.3162 - 0.2768) / (0.3867 - 0.1755)
    level = (0.2876 - fall) / (1 - fall)
    border = next(one for one in found.leading if one.options == ("o1",)).lowest
    assert border == pytest.approx(level, abs=0.002)


# One weight, always


@pure(100)
@given(cases(), st.sampled_from(["c1", "c4"]))
def test_the_stretches_follow_each_other_from_nought_to_one_and_name_who_leads(case: tuple[Values, np.ndarray], name: str) -> None:
    values, weights = case
    found = one_way(values, weights, name)
    column = values.criteria.index(name)
    assert (found.leading[0].lowest, found.leading[-1].highest) == (0, 1)
    for one, other in pairwise(found.leading):
        assert one.highest == other.lowest
        assert one.options != other.options
        assert {*one.options, *other.options} <= fronts(values, weights_at(weights, (column,), (one.highest,)))
    for one in found.leading:
        for part in (0.01, 0.3, 0.99):
            at = one.lowest + part * (one.highest - one.lowest)
            assert fronts(values, weights_at(weights, (column,), (at,)), 1e-11) == set(one.options) or one.highest - one.lowest < 1e-3
        middle = (one.lowest + one.highest) / 2
        totals = values.likely @ weights_at(weights, (column,), (middle,))
        for option, (at_zero, at_one) in found.lines.items():
            assert at_zero + middle * (at_one - at_zero) == pytest.approx(totals[values.row(option)])


@pure(60)
@given(cases())
def test_the_stretch_of_today_ends_where_the_switching_values_say(case: tuple[Values, np.ndarray]) -> None:
    values, weights = case
    for one in switching_values(values, weights):
        found = one_way(values, weights, one.criterion)
        inside = [part for part in found.leading if part.lowest + 1e-9 < one.current < part.highest - 1e-9]
        if inside:
            assert (inside[0].lowest, inside[0].highest) == (pytest.approx(one.lowest), pytest.approx(one.highest))


# Two weights, by hand


def test_three_options_that_are_each_best_on_one_criterion_share_the_triangle_evenly() -> None:
    found = mapped(make_values([[90, 0, 0], [0, 90, 0], [0, 0, 90]]), np.array([0.5, 0.3, 0.2]))
    assert [one.options for one in found.regions] == [("o1",), ("o2",), ("o3",)]
    assert [one.share for one in found.regions] == pytest.approx([1 / 3] * 3)
    assert {(round(x, 6), round(y, 6)) for x, y in found.regions[0].polygon} == {(1, 0), (0.5, 0.5), (0.5, 0), (0.333333, 0.333333)}
    assert (found.across, found.up, found.current, found.now) == ("c1", "c2", (0.5, 0.3), ("o1",))


def test_a_line_across_the_triangle_by_hand() -> None:
    """o1 has 100 on c1 and o2 60 on all else: 100x = 60(1 - x), so x = 0.375 and o1 leads on 0.625 squared of the area."""
    found = mapped(make_values([[100, 0, 0], [0, 60, 60]]), np.array([0.2, 0.4, 0.4]))
    assert [one.share for one in found.regions] == pytest.approx([0.625**2, 1 - 0.625**2])
    assert {(round(x, 9), round(y, 9)) for x, y in found.regions[0].polygon} == {(1, 0), (0.375, 0), (0.375, 0.625)}


def test_what_is_level_everywhere_has_one_region_and_what_never_leads_has_none() -> None:
    found = mapped(make_values([[50, 50, 50], [50, 50, 50], [40, 40, 50]]), np.array([0.2, 0.4, 0.4]))
    assert [(one.options, one.share) for one in found.regions] == [(("o1", "o2"), 1.0)]
    assert set(found.regions[0].polygon) == set(TRIANGLE)


def test_of_two_criteria_there_is_no_map() -> None:
    assert two_way(make_values([[90, 0], [0, 90]]), np.array([0.5, 0.5]), "c1", "c2") is None


def test_where_the_rest_has_no_weight_its_criteria_count_alike() -> None:
    found = mapped(make_values([[0, 0, 100, 0], [40, 40, 40, 40]]), np.array([0.5, 0.5, 0, 0]))
    # at the corner of the rest o1 has 50, and 50(1 - x - y) = 40 at x + y = 0.2
    assert [one.share for one in found.regions] == pytest.approx([0.04, 0.96])


# Two weights, always


@pure(100)
@given(cases())
def test_regions_fill_the_triangle(case: tuple[Values, np.ndarray]) -> None:
    found = mapped(*case)
    assert sum(one.share for one in found.regions) == pytest.approx(1, abs=1e-6)
    for one in found.regions:
        assert one.share == pytest.approx(2 * area(one.polygon))
        assert all(x >= -1e-9 and y >= -1e-9 and x + y <= 1 + 1e-9 for x, y in one.polygon)


@pure(60)
@given(cases(), st.integers(0, 2**32 - 1))
def test_at_every_point_the_region_is_that_of_who_leads(case: tuple[Values, np.ndarray], seed: int) -> None:
    """Points all over the triangle: whoever leads clearly has the region there, and nobody else."""
    values, weights = case
    found = mapped(values, weights)
    for rest, across, up in np.random.default_rng(seed).dirichlet(np.ones(3), 40):
        assert rest >= 0
        first = fronts(values, weights_at(weights, (0, 1), (across, up)), 1e-3)
        holding = [one for one in found.regions if holds(one.polygon, (across, up))]
        assert holding
        clear = [one for one in found.regions if set(one.options) == first]
        if clear:
            assert holding == clear
        assert all(set(one.options) & first for one in holding)


def in_fractions(values: Values, row: int) -> Fraction:
    """Give the share of a region exactly: planes and clipping in whole numbers and their ratios; the third criterion is the rest."""
    polygon = [(Fraction(0), Fraction(0)), (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))]
    table = [[Fraction(int(figure)) for figure in line] for line in values.likely]
    for other, line in enumerate(table):
        if other == row:
            continue
        lead = [mine - theirs for mine, theirs in zip(table[row], line, strict=True)]
        heights = [lead[2] + (lead[0] - lead[2]) * x + (lead[1] - lead[2]) * y for x, y in polygon]
        kept = []
        for place, (x, y) in enumerate(polygon):
            if heights[place] * heights[place - 1] < 0:
                part = heights[place - 1] / (heights[place - 1] - heights[place])
                before = polygon[place - 1]
                kept.append((before[0] + part * (x - before[0]), before[1] + part * (y - before[1])))
            if heights[place] >= 0:
                kept.append((x, y))
        polygon = kept
    return abs(sum((x * polygon[place - 1][1] - y * polygon[place - 1][0] for place, (x, y) in enumerate(polygon)), Fraction(0)))


@pure(100)
@given(cases(criteria=3, figures=st.integers(0, 100)))
def test_shares_are_those_of_exact_fractions(case: tuple[Values, np.ndarray]) -> None:
    values, weights = case
    found = {one.options[0]: one.share for one in mapped(values, weights).regions}
    for row, option in enumerate(values.options):
        copies = [other for other in range(row) if np.array_equal(values.likely[other], values.likely[row])]
        if not copies:
            assert found.get(option, 0.0) == pytest.approx(float(in_fractions(values, row)), abs=1e-7)


@pure(60)
@given(cases(), st.permutations(range(5)))
def test_options_in_another_order_have_the_same_regions(case: tuple[Values, np.ndarray], order: list[int]) -> None:
    values, weights = case
    rows = [row for row in order if row < len(values.options)]
    likely = values.likely[rows]
    mixed = Values(tuple(values.options[row] for row in rows), values.criteria, likely, likely, likely)
    one = {frozenset(region.options): region.share for region in mapped(values, weights).regions}
    other = {frozenset(region.options): region.share for region in mapped(mixed, weights).regions}
    assert other == pytest.approx(one, abs=1e-6)


@pure(40)
@given(cases())
def test_the_other_way_round_the_map_is_mirrored(case: tuple[Values, np.ndarray]) -> None:
    values, weights = case
    one, other = mapped(values, weights), two_way(values, weights, "c2", "c1")
    assert other is not None
    assert other.current == one.current[::-1]
    assert {region.options: region.share for region in other.regions} == pytest.approx(
        {region.options: region.share for region in one.regions}, abs=1e-9
    )
    for region, mirrored in zip(one.regions, other.regions, strict=True):
        x, y = centre(region.polygon)
        assert centre(mirrored.polygon) == pytest.approx((y, x), abs=1e-6)


@pure(60)
@given(cases())
def test_the_centre_lies_inside(case: tuple[Values, np.ndarray]) -> None:
    assert all(holds(one.polygon, centre(one.polygon)) for one in mapped(*case).regions)


# Which criteria divide


def test_criteria_that_divide_most_come_first() -> None:
    """Spreads 90, 50 and 100 at 0.2, 0.7 and 0.1: 18, 35 and 10 points."""
    assert dividing(make_values([[90, 50, 0], [0, 0, 100]]), np.array([0.2, 0.7, 0.1])) == ("c2", "c1", "c3")
