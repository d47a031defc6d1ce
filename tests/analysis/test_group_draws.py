"""Weights of the stakeholder groups: drawn by voices, exactly or around what each group said."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.group_draws import gamma, group_weights
from partnership_model.analysis.sampling import BLOCK, BlockSource
from partnership_model.model.plausible_weights import GroupMixture
from tests.making import pure

NAMES = ("autonomy", "cost", "staff")
GOVERNORS, STAFF = (0.6, 0.3, 0.1), (0.0, 0.25, 0.75)


def mixed(voices: tuple[int, int] = (1, 3), spread: float | None = None, seed: int = 2016, blocks: int = 4) -> np.ndarray:
    """Draw from the weights of two groups."""
    mixture = GroupMixture(NAMES, (GOVERNORS, STAFF), voices, spread)
    return np.concatenate([group_weights(BlockSource(seed, block), mixture) for block in range(blocks)], axis=1)


def test_without_spread_only_the_groups_own_weights_are_drawn_each_by_its_voices() -> None:
    drawn = mixed()
    found, counts = np.unique(drawn, axis=1, return_counts=True)
    assert sorted(map(tuple, found.T.tolist())) == sorted([GOVERNORS, STAFF])
    of_staff = counts[found[0] == 0.0][0]
    assert abs(of_staff / drawn.shape[1] - 3 / 4) <= 4 * math.sqrt(3 / 16 / drawn.shape[1])


@pytest.mark.parametrize("spread", [0.02, 0.07, 0.25])
def test_around_a_group_weights_have_its_own_as_their_mean_and_the_spread_that_was_asked_for(spread: float) -> None:
    """A Dirichlet distribution: variance w (1 - w) / (c + 1), which for a weight of one half is the square of the spread."""
    mixture = GroupMixture(NAMES, (GOVERNORS,), (1,), spread)
    assert mixture.concentration is not None
    assert math.sqrt(0.25 / (mixture.concentration + 1)) == pytest.approx(spread)
    drawn = np.concatenate([group_weights(BlockSource(3, block), mixture) for block in range(4)], axis=1)
    variance = np.array([share * (1 - share) for share in GOVERNORS]) / (mixture.concentration + 1)
    assert (np.abs(drawn.mean(axis=1) - GOVERNORS) <= 4 * np.sqrt(variance / drawn.shape[1])).all()
    squares = (drawn - np.array(GOVERNORS)[:, None]) ** 2
    assert (np.abs(squares.mean(axis=1) - variance) <= 4 * squares.std(axis=1) / math.sqrt(drawn.shape[1])).all()
    assert np.allclose(drawn.sum(axis=0), 1)


def test_a_weight_of_nought_stays_nought() -> None:
    mixture = GroupMixture(NAMES, (STAFF,), (1,), 0.2)
    assert np.abs(group_weights(BlockSource(1, 0), mixture)[0]).max() == 0


@pytest.mark.parametrize("shape", [0.05, 0.5, 1.0, 1.0001, 2.5, 40.0, 2000.0])
def test_gamma_draws_have_the_moments_of_the_distribution(shape: float) -> None:
    """Mean, variance and the third central moment are the shape, the shape and twice the shape."""
    drawn = np.concatenate([gamma(BlockSource(2016, block), np.full((1, BLOCK), shape)) for block in range(8)], axis=1)[0]
    apart = drawn - shape
    for power, exact in ((1, 0.0), (2, shape), (3, 2 * shape)):
        found = apart**power
        assert abs(found.mean() - exact) <= 4 * found.std() / math.sqrt(len(found)), power


def test_a_gamma_draw_of_shape_one_is_an_exponential_one() -> None:
    """Its logarithm to the base of one half is beyond k in 2^-k of all draws."""
    drawn = np.concatenate([gamma(BlockSource(9, block), np.ones((1, BLOCK))) for block in range(8)], axis=1)[0]
    for power in (1, 2, 5):
        share, exact = (drawn > power * math.log(2)).mean(), 2.0**-power
        assert abs(share - exact) <= 4 * math.sqrt(exact * (1 - exact) / len(drawn))


def test_gamma_draws_agree_with_numpys_own_at_every_tenth() -> None:
    shapes = np.full((1, BLOCK), 0.3)
    drawn = np.concatenate([gamma(BlockSource(4, block), shapes) for block in range(8)], axis=1)[0]
    plain = np.random.default_rng(1).standard_gamma(0.3, 400_000)
    for tenth in range(1, 10):
        at = np.quantile(plain, tenth / 10)
        assert abs((drawn <= at).mean() - tenth / 10) <= 4 * math.sqrt(tenth / 10 * (1 - tenth / 10) * (1 / len(drawn) + 1 / len(plain)))


@pure(15)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=5).filter(any), st.sampled_from([0.01, 0.1, 0.25]), st.integers(0, 99))
def test_every_draw_is_a_weighting_and_the_same_numbers_give_the_same(points: list[int], spread: float, seed: int) -> None:
    shares = tuple(point / sum(points) for point in points)
    mixture = GroupMixture(tuple(f"c{place}" for place in range(len(points))), (shares, shares[::-1]), (2, 1), spread)
    drawn = group_weights(BlockSource(seed, 0), mixture)
    assert (drawn >= 0).all()
    assert np.allclose(drawn.sum(axis=0), 1)
    assert np.array_equal(drawn, group_weights(BlockSource(seed, 0), mixture))
