"""Robustness can be drawn again to the digit, in whole blocks, and says how exact it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from partnership_model.analysis.confidence import confidence_factors
from partnership_model.analysis.overall_spread import overall_spreads
from partnership_model.analysis.sampling import BLOCK, BlockSource, ordered_weights
from partnership_model.errors import PartnershipError
from tests.analysis.drawing import SEED, drawn, same
from tests.making import make_criterion, make_problem, make_range

UNSURE = make_problem({"o1": [(40, 60, 90), 30, 20], "o2": [50, (20, 40, 60), 30], "o3": [(0, 70, 80), 20, 50]}, weights=(3, 2, 1))


def test_the_same_seed_gives_the_same_numbers_and_another_seed_gives_others() -> None:
    same(drawn(UNSURE), drawn(UNSURE))
    assert not np.array_equal(drawn(UNSURE).acceptability, drawn(UNSURE, seed=SEED + 1).acceptability)
    assert drawn(UNSURE, seed=3).seed == 3


def test_one_changed_judgement_changes_the_numbers_and_changing_it_back_brings_them_back() -> None:
    before = drawn(UNSURE)
    lower = replace(UNSURE.judgements["o1", "c1"], amount=make_range((10, 60, 90)))
    after = drawn(UNSURE.with_judgement(lower))
    assert after.first_place_share("o1") < before.first_place_share("o1")
    for figure in range(10):  # more problems than anything could be kept of
        drawn(make_problem({"o1": [(0, figure, 100)], "o2": [50]}))
    same(drawn(UNSURE), before)


def test_another_value_function_for_the_same_judgements_changes_the_numbers() -> None:
    """Under the second one every judgement between the anchors is worth more."""
    table = {"o1": [(0, 0, 100), 0], "o2": [0, 50]}
    bent = {"c1": make_criterion(0, 100, ((0, 0), (20, 50), (100, 100))), "c2": make_criterion()}
    straight = drawn(make_problem(table)).first_place_share("o1")
    assert drawn(make_problem(table, criteria=bent)).first_place_share("o1") > straight + 0.05
    assert drawn(make_problem(table)).first_place_share("o1") == straight


def test_moving_a_weight_draws_the_same_judgements_again() -> None:
    """On one criterion that counts, which one it is makes no difference to what is drawn for it."""
    cells = {"o1": [(0, 60, 90), (0, 30, 60)], "o2": [50, (10, 20, 90)]}
    one, other = drawn(make_problem(cells, (1, 0))), drawn(make_problem(cells, (7, 0)))
    assert np.array_equal(one.pairwise, other.pairwise)
    swapped = drawn(make_problem(cells, (0, 1)))
    assert not np.array_equal(one.pairwise, swapped.pairwise)


def test_a_longer_run_extends_a_shorter_one() -> None:
    """What a run of two blocks counts is what the blocks count, each drawn by itself."""
    table = {"o1": [100, 0, 40], "o2": [0, 60, 50]}
    problem = make_problem(table, weights=(1, 1, 2))
    firsts = []
    for block in range(3):
        weights = ordered_weights(BlockSource(SEED, block), [1, 2]).astype(np.float64)  # c3, then c1 and c2
        first, second = (np.array([row[2], row[0], row[1]]) @ weights for row in table.values())
        firsts.append(int((first > second).sum()))
    assert len(set(firsts)) > 1
    for blocks in (1, 2, 3):
        found = drawn(problem, blocks * BLOCK)
        assert found.acceptability[0, 0] * found.samples == sum(firsts[:blocks])


def test_each_block_draws_judgements_of_its_own() -> None:
    """On one criterion the weights are always the same, so that only the judgements can make a difference."""
    problem = make_problem({"o1": [(0, 60, 90)], "o2": [50]})
    shares = [drawn(problem, blocks * BLOCK).first_place_share("o1") for blocks in (1, 2, 3, 4)]
    assert len(set(shares)) == 4


def test_counts_of_an_uncertain_problem_only_ever_grow_with_the_run() -> None:
    counts = [np.rint(drawn(UNSURE, blocks * BLOCK).acceptability * blocks * BLOCK) for blocks in (1, 2, 4)]
    for shorter, longer, added in ((counts[0], counts[1], BLOCK), (counts[1], counts[2], 2 * BLOCK)):
        assert (longer >= shorter).all()
        assert (longer - shorter).sum(axis=1).tolist() == [added] * 3


@pytest.mark.parametrize(("asked", "given_samples"), [(1, BLOCK), (BLOCK, BLOCK), (BLOCK + 1, 2 * BLOCK), (98_304, 98_304)])
def test_samples_come_in_whole_blocks_and_never_fewer_than_were_asked_for(asked: int, given_samples: int) -> None:
    assert drawn(make_problem({"o1": [90, 10], "o2": [10, 90]}), asked).samples == given_samples


def test_the_standard_error_is_that_of_a_share() -> None:
    found = drawn(UNSURE, 2 * BLOCK)
    share = found.first_place_share("o1")
    assert 0 < share < 1
    assert found.first_place_error("o1") == pytest.approx(math.sqrt(share * (1 - share) / (2 * BLOCK)))
    assert found.acceptability_error == pytest.approx(np.sqrt(found.acceptability * (1 - found.acceptability) / (2 * BLOCK)))


def test_runs_with_other_seeds_scatter_as_their_standard_error_says() -> None:
    problem = make_problem({"o1": [100, 0, 0], "o2": [0, 50, 50]})
    found = [drawn(problem, seed=seed) for seed in range(40)]
    scores = [(one.first_place_share("o1") - 4 / 9) / one.first_place_error("o1") for one in found]
    assert max(abs(score) for score in scores) < 4
    assert 0.7 < np.std(scores) < 1.35


@pytest.mark.parametrize("samples", [0, -1])
def test_a_number_of_samples_that_is_not_positive_is_refused(samples: int) -> None:
    with pytest.raises(PartnershipError, match="at least one sample and one open option"):
        drawn(UNSURE, samples)


def test_nothing_is_drawn_where_no_option_is_open() -> None:
    problem = make_problem({"o1": [90, 10]}, status={"o1": "closed"})
    with pytest.raises(PartnershipError, match="at least one sample and one open option"):
        drawn(problem)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_does_not_fit_is_refused_in_a_sentence(seed: int) -> None:
    with pytest.raises(PartnershipError, match="seed"):
        drawn(UNSURE, seed=seed)


def test_a_stored_result_is_drawn_again_to_the_last_digit_on_every_machine() -> None:
    """Counts and sums as they were first drawn, stored here; no library's order of adding and no logarithm may change them."""
    found = drawn(UNSURE)
    assert (found.acceptability * found.samples).tolist() == [[8740, 4922, 2722], [3187, 8013, 5184], [4457, 3449, 8478]]
    central = found.central_weights["o2"]
    assert central is not None
    assert [share.hex() for share in central.values()] == ["0x1.1876632bf0419p-1", "0x1.4d6735cdb7397p-2", "0x1.035807b4d086fp-3"]
    factors = confidence_factors(UNSURE, found)
    assert [one.share * found.samples for one in factors.values() if one] == [9522, 3553, 4883]
    spread = overall_spreads(UNSURE, found)["o1"]
    assert (spread.mean.hex(), spread.at(0.5).value.hex()) == ("0x1.89faddb819610p+5", "0x1.8138fe0000000p+5")
