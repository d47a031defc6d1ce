"""Hit-and-run: even draws from sets whose centroid and covariance are known otherwise, thin and flat ones too.

Seeds are fixed, so that a test always passes or always fails. Draws of one chain hang together a little, so that five
standard errors of independent draws are allowed where there are many figures.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis import hit_and_run as walking
from partnership_model.analysis.hit_and_run import CHAINS, KEPT, hit_and_run, rounded_set
from partnership_model.analysis.sampling import BLOCK, BlockSource
from partnership_model.errors import PartnershipError
from partnership_model.model.plausible_weights import Condition, ConditionedWeights
from partnership_model.model.weights import from_ranking
from tests.analysis.weight_making import agree, chain, chain_corners, meeting, moments_of_simplex, names_of, rejected
from tests.making import pure


def walked(plausible: ConditionedWeights, blocks: int = 2, seed: int = 2016) -> np.ndarray:
    """Draw some blocks."""
    return np.concatenate([hit_and_run(plausible, BlockSource(seed, block)) for block in range(blocks)], axis=1)


@pytest.mark.parametrize(("count", "times"), [(3, 1.0), (8, 1.0), (12, 1.0), (3, 2.0), (8, 2.0), (12, 2.0)])
def test_a_ranking_written_as_conditions_has_the_moments_of_the_simplex_that_it_is(count: int, times: float) -> None:
    """With ratios of two, the twelfth weight is at most 1/2048 of the first: long and thin, and walked as quickly."""
    agree(walked(chain(count, times)), *moments_of_simplex(chain_corners(count, times)), most=5)


def test_the_mean_of_a_full_ranking_is_the_rank_order_centroid() -> None:
    """Barron and Barrett 1996, which the corners above give as well."""
    centroid = from_ranking(names_of(8), "us").shares
    assert chain_corners(8).mean(axis=0) == pytest.approx(list(centroid.values()))
    drawn = walked(chain(8))
    error = drawn.std(axis=1) / np.sqrt(drawn.shape[1])
    assert (np.abs(drawn.mean(axis=1) - list(centroid.values())) <= 4 * error).all()


@pytest.mark.parametrize(
    "plausible",
    [
        meeting(4, [{0: 1, 1: -1}, {2: 1, 3: -2}]),
        meeting(5, [{0: 1, 1: 1, 2: -1}], {3: (0.1, 0.4), 4: (0.0, 0.3)}),
        meeting(8, [{0: 1, 1: -1}, {0: 1, 2: -1}, {3: 1, 4: -1}]),
        meeting(10, [{0: 1, 1: -2}], dict.fromkeys(range(10), (0.0, 0.4))),
    ],
)
def test_other_sets_have_the_moments_of_draws_that_were_thrown_away_where_they_do_not_fit(plausible: ConditionedWeights) -> None:
    plain = rejected(plausible, 200_000)
    agree(walked(plausible), plain.mean(axis=1), np.cov(plain), plain.shape[1], most=5)


@pytest.mark.parametrize("count", [8, 12])
def test_a_partial_order_of_two_chains_has_the_moments_of_weights_sorted_within_each(count: int) -> None:
    """Even weights keep their law when some trade places, so sorting within each chain gives even draws of the set."""
    half = count // 2
    chains = [{place: 1, place + 1: -1} for place in range(count - 1) if place != half - 1]
    plain = np.random.default_rng(5).dirichlet(np.ones(count), 300_000).T
    plain = np.concatenate([np.sort(plain[:half], axis=0)[::-1], np.sort(plain[half:], axis=0)[::-1]])
    agree(walked(meeting(count, chains)), plain.mean(axis=1), np.cov(plain), plain.shape[1], most=5)


def test_shares_of_the_set_beyond_a_cut_are_right_and_not_only_its_moments() -> None:
    """Of a full ranking of three the first is above 1/2 in three quarters of the area (see test_robustness)."""
    drawn = walked(chain(3), 4)
    share = (drawn[0] > 0.5).mean()
    assert abs(share - 0.75) <= 4 * np.sqrt(0.75 * 0.25 / drawn.shape[1])


@pytest.mark.parametrize("count", [4, 12])
def test_draws_of_one_chain_hardly_hang_together(count: int) -> None:
    """What the shown standard errors assume: the mean of a chain varies hardly more than that of independent draws."""
    mean, covariance = moments_of_simplex(chain_corners(count))
    chains = (walked(chain(count), 1) - mean[:, None]).reshape(count, KEPT, CHAINS)
    wider = chains.mean(axis=1).var(axis=1) * KEPT / np.diag(covariance)
    assert (wider < 1.25).all()
    assert (wider > 0.75).all()


# Sets with less room than there are criteria


def test_an_exact_ratio_leaves_an_edge_and_it_is_walked_evenly() -> None:
    """c1 is twice c2: from (2/3, 1/3, 0) to (0, 0, 1), so that c3 is even between 0 and 1."""
    drawn = walked(meeting(3, [{0: 1, 1: -2}, {0: -1, 1: 2}]))
    assert np.allclose(drawn[0], 2 * drawn[1], atol=1e-12)
    agree(drawn, *moments_of_simplex(np.array([[2 / 3, 1 / 3, 0], [0, 0, 1.0]])))


def test_a_fixed_weight_and_a_hidden_equation_are_kept() -> None:
    """c1 is 0.2; c2 and c3 together are at least 0.8, so that nothing is left for c4: c2 is even between 0 and 0.8."""
    fixed = meeting(4, ends={0: (0.2, 0.2)})
    both = Condition((("c2", 1.0), ("c3", 1.0)), 0.8)
    drawn = walked(ConditionedWeights(fixed.criteria, fixed.lowest, fixed.highest, (both,)))
    assert np.allclose(drawn[0], 0.2, atol=1e-9)
    assert np.abs(drawn[3]).max() < 1e-9
    agree(drawn, *moments_of_simplex(np.array([[0.2, 0.8, 0, 0], [0.2, 0, 0.8, 0]])))


def test_a_single_point_is_drawn_again_and_again() -> None:
    drawn = walked(meeting(3, [{0: 1, 1: -2}, {0: -1, 1: 2}, {1: 1, 2: -1}, {1: -1, 2: 1}]), 1)
    assert np.allclose(drawn, np.array([[0.5], [0.25], [0.25]]), atol=1e-9)
    assert np.allclose(walked(meeting(1), 1), 1.0)


def test_conditions_that_contradict_each_other_are_refused_and_never_walked() -> None:
    with pytest.raises(PartnershipError, match=r"^No weights meet these conditions: they contradict each other\.$"):
        walked(meeting(3, ends={0: (0.6, 1.0), 1: (0.5, 1.0)}))


# The same again


def test_the_same_numbers_give_the_same_weights_whatever_was_drawn_before() -> None:
    first = hit_and_run(chain(5), BlockSource(3, 1))
    hit_and_run(chain(5), BlockSource(3, 0))
    rounded_set.cache_clear()
    assert np.array_equal(hit_and_run(chain(5), BlockSource(3, 1)), first)
    assert not np.array_equal(hit_and_run(chain(5), BlockSource(3, 2)), first)
    assert first.shape == (5, BLOCK)


def test_blocks_do_not_hang_on_one_another() -> None:
    """They set out from the same places; after the first sweeps nothing is left of that."""
    one, other = (hit_and_run(chain(8), BlockSource(1, block)).reshape(8, KEPT, CHAINS)[:, 0] for block in (0, 1))
    for row in range(8):
        assert abs(np.corrcoef(one[row], other[row])[0, 1]) < 4 / np.sqrt(CHAINS)


def test_without_rounding_the_same_walk_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """Why sets are stretched first: the test of the moments can fail."""
    monkeypatch.setattr(walking, "ROUNDS", 0)
    rounded_set.cache_clear()
    try:
        with pytest.raises(AssertionError):
            agree(walked(chain(12, 2.0)), *moments_of_simplex(chain_corners(12, 2.0)), most=5)
    finally:
        rounded_set.cache_clear()


rows = st.lists(st.dictionaries(st.integers(0, 4), st.integers(-2, 2), min_size=2, max_size=3), max_size=3)


@pure(15)
@given(rows, st.lists(st.tuples(st.integers(0, 20), st.integers(20, 100)), min_size=5, max_size=5))
def test_every_draw_meets_every_condition(conditions: list[dict[int, int]], ends: list[tuple[int, int]]) -> None:
    plausible = meeting(5, conditions, {place: (low / 100, high / 100) for place, (low, high) in enumerate(ends)})
    try:
        drawn = walked(plausible, 1)
    except PartnershipError:
        assert not len(_sample(plausible))
        return
    assert np.allclose(drawn.sum(axis=0), 1.0, atol=1e-12)
    inside = np.array([plausible.contains(dict(zip(plausible.criteria, one, strict=True))) for one in drawn[:, ::997].T])
    assert inside.all()


def _sample(plausible: ConditionedWeights) -> np.ndarray:
    """Try many weights: where the conditions are called contradictory, none may meet them."""
    drawn = np.random.default_rng(3).dirichlet(np.ones(5), 20_000)
    return np.array([one for one in drawn if plausible.contains(dict(zip(plausible.criteria, one, strict=True)))])
