"""The middle of the weights that trade-offs leave: inside every answer, and the known middle where there is one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.weighings import Comparison
from partnership_model.model.trade_offs import centre, conditions
from partnership_model.model.weights import from_ranking
from tests.making import pure

NAMES = "abcde"
HIDDEN = st.lists(st.floats(0.02, 1), min_size=5, max_size=5).map(
    lambda weights: dict(zip(NAMES, np.array(weights) / sum(weights), strict=True))
)
PAIRS = st.lists(st.tuples(st.permutations(NAMES).map(lambda names: names[:2]), st.sampled_from([0.3, 0.8, 0.95])), max_size=8)


def answers_of(hidden: dict[str, float], pairs: list[tuple[list[str], float]]) -> list[Comparison]:
    """Let somebody with these weights say what holds of them, with some room."""
    return [Comparison(more=more, than=than, times=min(part * hidden[more] / hidden[than], 100)) for (more, than), part in pairs]


def test_without_an_answer_all_weights_are_equal() -> None:
    assert centre("abcd", []) == pytest.approx(dict.fromkeys("abcd", 0.25))


@pytest.mark.parametrize("count", range(1, 9))
def test_where_the_answers_are_a_whole_order_the_middle_is_the_rank_order_centroid(count: int) -> None:
    """Weights in order are a simplex, and a simplex has one middle: Barron and Barrett (1996)."""
    names = [f"c{place}" for place in range(count)]
    order = [Comparison(more=more, than=than) for more, than in pairwise(names)]
    assert centre(names, order) == pytest.approx(from_ranking(names, "").shares, abs=1e-9)


def test_a_ratio_moves_the_middle_as_the_closed_form_says() -> None:
    """With w_a >= 3 w_b the product (w_a - 3 w_b) w_b is greatest at w_b = 1/8."""
    assert centre("ab", [Comparison(more="a", than="b", times=3)]) == pytest.approx({"a": 0.875, "b": 0.125})


@pure(100)
@given(HIDDEN, PAIRS)
def test_the_middle_keeps_every_answer_with_room_and_sums_to_one(hidden: dict[str, float], pairs: list[tuple[list[str], float]]) -> None:
    answers = answers_of(hidden, pairs)
    found = centre(NAMES, answers)
    assert sum(found.values()) == pytest.approx(1)
    assert all(found[one.more] > one.times * found[one.than] for one in answers)
    assert all(share > 0 for share in found.values())


@pure(60)
@given(HIDDEN, PAIRS)
def test_no_weights_nearby_keep_the_answers_better(hidden: dict[str, float], pairs: list[tuple[list[str], float]]) -> None:
    """The middle maximises the product of the gaps: moving weight between any two criteria makes it smaller."""
    answers = answers_of(hidden, pairs)
    rows = conditions(NAMES, answers)
    middle = np.array(list(centre(NAMES, answers).values()))
    best = np.log(rows @ middle).sum()
    for to in range(5):
        for away in range(5):
            moved = middle.copy()
            moved[to] += 1e-4 * middle.min()
            moved[away] -= 1e-4 * middle.min()
            gaps = rows @ moved
            assert (gaps <= 0).any() or np.log(gaps).sum() <= best + 1e-9


@pure(60)
@given(HIDDEN, PAIRS)
def test_what_is_said_twice_or_follows_changes_nothing_and_the_order_of_criteria_plays_no_part(
    hidden: dict[str, float], pairs: list[tuple[list[str], float]]
) -> None:
    answers = answers_of(hidden, pairs)
    weaker = [one.model_copy(update={"times": one.times / 2}) for one in answers]
    found = centre(NAMES, answers)
    assert centre(NAMES, [*answers, *answers, *weaker]) == pytest.approx(found, abs=1e-8)
    assert centre(NAMES[::-1], answers[::-1]) == pytest.approx(found, abs=1e-8)


def test_answers_that_cannot_all_hold_are_refused_with_what_the_others_say() -> None:
    answers = [Comparison(more="a", than="b", times=2), Comparison(more="b", than="c", times=3), Comparison(more="c", than="a", times=0.5)]
    with pytest.raises(PartnershipError, match="cannot all hold: a is worth at least 6 times c"):
        centre("abc", answers)
