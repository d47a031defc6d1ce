"""Places are counted exactly: against sorting sample by sample, in fractions, and whatever the order of adding up."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.block_values import BlockValues
from partnership_model.analysis.place_counts import ENOUGH, PlaceCounts
from partnership_model.analysis.sampling import BLOCK, GRID, BlockSource, uniform_weights
from tests.making import pure

FEW = 40


def counted(scores: np.ndarray, weights: np.ndarray) -> PlaceCounts:
    """Count the places of certain values."""
    counts = PlaceCounts(*scores.shape)
    counts.add(weights, BlockValues(scores.astype(float), {}))
    return counts


@pure(60)
@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 10_000))
def test_places_pairs_and_central_weights_are_those_of_sorting_each_sample_in_fractions(rows: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 3, (rows, columns)) * 50  # many ties
    weights = uniform_weights(BlockSource(seed, 0), columns)[:, :FEW]
    found = counted(scores, weights)
    places, wins = np.zeros((rows, rows), dtype=object), np.zeros((rows, rows), dtype=int)
    firsts = np.zeros((rows, columns), dtype=object)
    for sample in weights.T.tolist():
        totals = [sum(Fraction(weight) * int(score) for weight, score in zip(sample, row, strict=True)) for row in scores]
        for row, mine in enumerate(totals):
            ahead, level = sum(other > mine for other in totals), sum(other == mine for other in totals)
            for place in range(ahead, ahead + level):
                places[row, place] += Fraction(1, level)
            if ahead == 0:
                firsts[row] += [Fraction(weight) / level for weight in sample]
            wins[row] += [mine > other for other in totals]
    assert found.samples == FEW
    assert np.array_equal(found.wins, wins)
    assert found.places == pytest.approx(places.astype(float), abs=1e-12)
    mean, _ = found.central_weights
    for row in range(rows):
        if places[row, 0]:
            assert mean[row] == pytest.approx([float(one / places[row, 0]) for one in firsts[row]], abs=1e-12)
        else:
            assert np.isnan(mean[row]).all()


def test_blocks_can_be_added_in_any_order_to_the_last_digit() -> None:
    scores = np.random.default_rng(3).uniform(0, 100, (5, 7)).round(2)
    blocks = [uniform_weights(BlockSource(1, block), 7) for block in range(4)]
    one, other = PlaceCounts(5, 7), PlaceCounts(5, 7)
    values = BlockValues(np.rint(scores * 2**16) / 2**16, {})
    for block in blocks:
        one.add(block, values)
    for block in (blocks[2], blocks[0], blocks[3], blocks[1]):
        other.add(np.ascontiguousarray(block[:, ::-1]), values)
    assert np.array_equal(one.standing, other.standing)
    assert np.array_equal(one.wins, other.wins)
    assert np.array_equal(one.central_weights[0], other.central_weights[0])


def test_what_is_nearer_than_rounding_is_decided_and_what_is_level_is_level() -> None:
    """One part in 2^16 of a point on the least weight, where float32 alone would see nothing."""
    weights = np.full((3, 8), 0.25, dtype=np.float32)
    weights[0] = 0.5 - GRID
    weights[2] = GRID
    least = 2.0**-16
    found = counted(np.array([[100, 60, 0], [100, 60, least], [100, 60, least]]), weights)
    assert found.wins.tolist() == [[0, 0, 0], [8, 0, 0], [8, 0, 0]]
    assert found.level.tolist() == [[0, 0, 0], [0, 0, 8], [0, 8, 0]]
    assert found.places.tolist() == [[0, 0, 8], [4, 4, 0], [4, 4, 0]]


def test_the_standard_error_of_central_weights_is_that_of_a_mean() -> None:
    """Of all weights of two criteria an option that is always first has a mean of 1/2 and a variance of 1/12."""
    counts = PlaceCounts(1, 2)
    for block in range(2):
        counts.add(uniform_weights(BlockSource(4, block), 2), BlockValues(np.array([[1.0, 1.0]]), {}))
    mean, error = counts.central_weights
    assert mean[0] == pytest.approx([0.5, 0.5], abs=0.01)
    assert error[0] == pytest.approx(np.sqrt(1 / 12 / (2 * BLOCK)), rel=4 / np.sqrt(2 * ENOUGH))


def test_weights_that_never_vary_have_no_standard_error() -> None:
    counts = PlaceCounts(1, 3)
    counts.add(np.full((3, BLOCK), 11184811 * GRID, dtype=np.float32), BlockValues(np.zeros((1, 3)), {}))
    assert counts.central_weights[1] == pytest.approx(0, abs=1e-6 / np.sqrt(BLOCK))


def test_more_options_than_a_byte_can_count() -> None:
    scores = np.arange(300.0)[:, None] / 4
    found = counted(scores, np.ones((1, 4), dtype=np.float32))
    assert found.places.argmax(axis=1).tolist() == list(range(299, -1, -1))
