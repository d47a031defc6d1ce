"""Sampling: plausible weights and judgements, the same on every machine and spread evenly.

Each sampled figure is held against its exact value within four standard errors; the seed is fixed, so that a test
either always passes or always fails.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from partnership_model.analysis.sampling import BLOCK, GRID, PARTS, BlockSource, on_grid, ordered_weights, sort_rows, uniform_weights
from partnership_model.model.weights import from_ranking

MASK = 2**64 - 1


def philox(counter: int, key: tuple[int, int], stream: int = 0) -> list[int]:
    """Philox4x64-10 from its description: Salmon, Moraes, Dror and Shaw, Parallel random numbers, SC11 (2011)."""
    words = [counter, 0, 0, stream]
    low_key, high_key = key
    for _ in range(10):
        first, second = 0xD2E7470EE14C6C93 * words[0], 0xCA5A826395121157 * words[2]
        words = [
            (second >> 64) ^ words[1] ^ low_key,
            second & MASK,
            (first >> 64) ^ words[3] ^ high_key,
            first & MASK,
        ]
        low_key, high_key = (low_key + 0x9E3779B97F4A7C15) & MASK, (high_key + 0xBB67AE8584CAA73B) & MASK
    return words


def test_our_own_philox_gives_the_published_known_answer() -> None:
    """Random123, tests/kat_vectors: philox4x64 with 10 rounds, counter and key zero."""
    published = [0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B]
    assert philox(0, (0, 0)) == published


@pytest.mark.parametrize(("seed", "block", "stream"), [(0, 0, 0), (2016, 0, 1), (2016, 5, 0), (2**63, 7, 1)])
def test_a_block_draws_the_bits_that_philox_prescribes(seed: int, block: int, stream: int) -> None:
    """Two numbers come of each word, the lower half first; the stream is the highest word of the counter."""
    words = [word for counter in (1, 2, 3) for word in philox(counter, (seed, block), stream)]
    halves = [half for word in words for half in (word & 0xFFFFFFFF, word >> 32)]
    expected = [(half >> 8) / 2**24 for half in halves]
    assert BlockSource(seed, block, stream).uniform(1)[0, : len(expected)].tolist() == expected


def test_uniform_numbers_lie_from_nought_up_to_but_never_one_and_are_spread_evenly() -> None:
    drawn = BlockSource(1, 0).uniform(20).astype(np.float64)
    assert drawn.shape == (20, BLOCK)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert abs(drawn.mean() - 1 / 2) < 4 * math.sqrt(1 / 12 / drawn.size)
    assert abs((drawn**2).mean() - 1 / 3) < 4 * math.sqrt(4 / 45 / drawn.size)
    counts = np.bincount((drawn * 16).astype(int).ravel(), minlength=16)
    assert ((counts - drawn.size / 16) ** 2 / (drawn.size / 16)).sum() < 15 + 4 * math.sqrt(30)


def test_the_largest_number_that_can_be_drawn_is_below_one() -> None:
    assert np.float32((2**32 - 1) >> 8) * np.float32(2.0**-24) < 1


def test_the_same_seed_block_and_stream_give_the_same_numbers_and_any_other_do_not() -> None:
    first = BlockSource(2016, 3, 1).uniform(2)
    assert np.array_equal(first, BlockSource(2016, 3, 1).uniform(2))
    for seed, block, stream in ((2017, 3, 1), (2016, 4, 1), (3, 2016, 1), (2016, 3, 0), (2016, 1, 3)):
        other = BlockSource(seed, block, stream).uniform(2)
        assert abs(np.corrcoef(first.ravel(), other.ravel())[0, 1]) < 4 / math.sqrt(first.size)


def test_numbers_asked_for_in_two_goes_are_those_of_one_go() -> None:
    whole = BlockSource(5, 0).uniform(3)
    source = BlockSource(5, 0)
    assert np.array_equal(whole, np.vstack([source.uniform(1), source.uniform(2)]))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 12, 13, 16, 17, 40])
def test_the_sorting_network_sorts(count: int) -> None:
    drawn = BlockSource(count, 0).uniform(count)
    before = drawn.copy()
    assert np.array_equal(sort_rows(drawn), np.sort(drawn, axis=0))
    assert np.array_equal(drawn, before)


@pytest.mark.parametrize("count", range(1, 11))
def test_the_sorting_network_sorts_every_pattern_of_noughts_and_ones_and_so_everything(count: int) -> None:
    """The zero-one principle: Knuth, volume 3, 5.3.4, theorem Z."""
    patterns = np.array([[number >> bit & 1 for number in range(2**count)] for bit in range(count)], dtype=np.float32)
    assert np.array_equal(sort_rows(patterns), np.sort(patterns, axis=0))


# Weights


def within(drawn: np.ndarray, expected: float, errors: float = 4) -> bool:
    """Whether the mean of what was drawn is within some standard errors of what is expected."""
    drawn = drawn.astype(np.float64)
    return abs(drawn.mean() - expected) <= errors * drawn.std() / math.sqrt(drawn.size)


@pytest.mark.parametrize("count", [1, 2, 3, 8, 12, 40])
def test_weights_are_not_negative_and_sum_to_one(count: int) -> None:
    drawn = uniform_weights(BlockSource(3, 0), count)
    assert drawn.shape == (count, BLOCK)
    assert drawn.min() >= 0
    assert drawn.astype(np.float64).sum(axis=0) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("count", [2, 3, 5, 8, 12])
def test_the_mean_of_uniform_weights_is_one_over_n_within_four_standard_errors(count: int) -> None:
    drawn = uniform_weights(BlockSource(11, 0), count)
    assert all(within(row, 1 / count) for row in drawn)


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_weights_are_uniform_on_the_simplex_and_not_only_right_in_the_mean(count: int) -> None:
    """Uniform: one weight is above t with chance (1 - t)^(n-1), all are above t with chance (1 - n t)^(n-1)."""
    drawn = uniform_weights(BlockSource(12, 0), count)
    for share in (0.1, 0.3, 0.6):
        for row in drawn:
            assert within(row > share, (1 - share) ** (count - 1))
    assert within(drawn.min(axis=0) > 0.5 / count, 0.5 ** (count - 1))
    assert within(drawn[0] * drawn[1], 1 / (count * (count + 1)))


def test_one_criterion_always_has_the_whole_weight() -> None:
    assert (uniform_weights(BlockSource(3, 0), 1) == 1).all()
    assert (ordered_weights(BlockSource(3, 0), [1]) == 1).all()


@pytest.mark.parametrize("steps", [[1, 1, 1], [1, 2, 1], [3, 2], [2, 3, 4, 1], [1] * 12])
def test_drawn_weights_keep_the_order_of_the_steps(steps: list[int]) -> None:
    drawn = ordered_weights(BlockSource(4, 0), steps)
    assert drawn.shape == (sum(steps), BLOCK)
    assert drawn.astype(np.float64).sum(axis=0) == pytest.approx(1, abs=1e-6)
    edges = np.cumsum([0, *steps])
    groups = [drawn[low:high] for low, high in pairwise(edges)]
    assert all((above.min(axis=0) >= below.max(axis=0)).all() for above, below in pairwise(groups))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 8, 12])
def test_the_centroid_of_ordered_weights_is_that_of_the_ranking(count: int) -> None:
    """The rank order centroid weights are the mean of all weights that keep the order."""
    centroid = from_ranking([f"c{place}" for place in range(count)], "us").shares.values()
    drawn = ordered_weights(BlockSource(7, 0), [1] * count)
    for row, expected in zip(drawn, centroid, strict=True):
        assert within(row, expected)


def test_the_centroid_of_weights_with_ties_is_that_of_the_ranking_with_ties() -> None:
    """One above two that tie: 11/18, and 7/36 each; of those two either is above the other half the time."""
    drawn = ordered_weights(BlockSource(8, 0), [1, 2])
    for row, expected in zip(drawn, (11 / 18, 7 / 36, 7 / 36), strict=True):
        assert within(row, expected)
    assert within(drawn[1] > drawn[2], 1 / 2)


def test_ordered_weights_are_uniform_and_not_only_right_in_the_mean() -> None:
    """Of three weights the largest is above 1/2 with chance 3 (1/2)^2, the smallest above 1/6 with (1 - 3/6)^2."""
    drawn = ordered_weights(BlockSource(9, 0), [1, 1, 1])
    assert within(drawn[0] > 1 / 2, 3 / 4)
    assert within(drawn[2] > 1 / 6, 1 / 4)


def test_weights_that_all_tie_are_uniform_without_any_order() -> None:
    drawn = ordered_weights(BlockSource(10, 0), [4])
    assert all(within(row, 1 / 4) for row in drawn)
    assert all(within(row == drawn.max(axis=0), 1 / 4) for row in drawn)


# What makes results exact


@pytest.mark.parametrize("drawn", [uniform_weights(BlockSource(5, 1), 12), ordered_weights(BlockSource(5, 1), [1, 4, 7])])
def test_every_weight_is_a_whole_number_of_steps_of_the_grid_and_none_is_nought(drawn: np.ndarray) -> None:
    steps = drawn.astype(np.float64) / GRID
    assert np.array_equal(steps, np.rint(steps))
    assert steps.min() >= 1


def test_weights_put_on_the_grid_move_by_half_a_step_at_most_and_stay_above_nought() -> None:
    given = np.random.default_rng(1).dirichlet(np.full(9, 0.2), 4000).T.astype(np.float32)
    given[3, :100] = 0
    found = on_grid(given)
    steps = found.astype(np.float64) / GRID
    assert np.array_equal(steps, np.rint(steps))
    assert np.array_equal(found > 0, given > 0)
    assert (abs(found.astype(np.float64) - given) <= np.where(given < GRID, GRID, GRID / 2)).all()


def test_coarse_numbers_are_the_middles_of_equal_parts_made_from_the_bits_of_philox() -> None:
    """Four numbers come of each word, the lowest sixteen bits first."""
    words = [word for counter in (1, 2, 3) for word in philox(counter, (2016, 4), 9)]
    expected = [(word >> shift & 0xFFFF) + 0.5 for word in words for shift in (0, 16, 32, 48)]
    drawn = BlockSource(2016, 4, 9).coarse()
    assert drawn.shape == (BLOCK,)
    assert drawn[: len(expected)].tolist() == expected


def test_coarse_rows_that_are_passed_over_are_those_that_would_have_been_drawn() -> None:
    one, other = BlockSource(7, 0), BlockSource(7, 0)
    rows = [one.coarse() for _ in range(6)]
    assert np.array_equal(other.coarse(2), rows[2])
    assert np.array_equal(other.coarse(), rows[3])
    assert np.array_equal(other.coarse(1), rows[5])


def test_coarse_numbers_are_spread_evenly() -> None:
    drawn = BlockSource(1, 0).coarse()
    assert drawn.min() > 0
    assert drawn.max() < PARTS
    counts = np.bincount((drawn * 16 / PARTS).astype(int), minlength=16)
    assert ((counts - BLOCK / 16) ** 2 / (BLOCK / 16)).sum() < 15 + 4 * math.sqrt(30)
