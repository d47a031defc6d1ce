"""What was said before it becomes weights: its shape fits its method, and answers pair by pair are followed to their end."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from partnership_model.knowledge.weighings import Comparison, GroupWeights, Implied
from tests.making import DAY, pure

ELICITED = {"on": DAY, "how": "with cards", "people": 3}
PAIR = {"more": "a", "than": "b", "times": 3}


def group(method: str, values: Any, **more: Any) -> GroupWeights:  # noqa: ANN401 - whatever a case may hold
    return GroupWeights.model_validate({"group": "Governors", "method": method, "values": values, "elicited": ELICITED} | more)


@pytest.mark.parametrize(
    ("method", "values"),
    [("swing", {"a": 1}), ("points", {"a": 1}), ("ranking", ["a"]), ("pairs", [PAIR]), ("trade_offs", [PAIR])],
)
def test_each_method_takes_values_of_its_own_shape_and_no_other(method: str, values: Any) -> None:  # noqa: ANN401
    assert group(method, values).method == method
    shapes = {"swing": 0, "points": 0, "ranking": 1, "pairs": 2, "trade_offs": 2}
    for other, shape in shapes.items():
        if shape != shapes[method]:
            with pytest.raises(ValidationError, match=r"needs a (number|list)|is a list of criteria"):
                group(other, values)


def test_the_second_weighing_stands_beside_the_first_and_may_be_by_another_method() -> None:
    found = group("swing", {"a": 1}, again={"method": "ranking", "by": "rank_sum", "values": ["a"], "elicited": ELICITED})
    assert [one.method for one in found.weighings] == ["swing", "ranking"]
    assert len(group("swing", {"a": 1}).weighings) == 1


def test_an_empty_list_of_comparisons_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs a list of comparisons"):
        group("pairs", [])


NAMES = "abcd"
CHAINS = st.lists(
    st.tuples(st.permutations(NAMES).map(lambda names: tuple(names[:2])), st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(2)])),
    max_size=7,
)


def by_paths(answers: list[Comparison], more: str, than: str) -> Fraction:
    """Follow every path without a circle from the one to the other: the greatest product of its answers."""
    best = Fraction(0)
    for length in range(len(NAMES) - 1):
        for between in permutations([name for name in NAMES if name not in (more, than)], length):
            path = [more, *between, than]
            product = Fraction(1)
            for upper, lower in pairwise(path):
                product *= max((Fraction(one.times) for one in answers if (one.more, one.than) == (upper, lower)), default=Fraction(0))
            best = max(best, product)
    return best


@pure(150)
@given(CHAINS)
def test_what_follows_is_the_greatest_product_along_any_chain_and_a_refuted_answer_closes_a_circle(
    drawn: list[tuple[tuple[str, str], Fraction]],
) -> None:
    said, kept = Implied(), list[Comparison]()
    for (more, than), times in drawn:
        answer = Comparison(more=more, than=than, times=float(times))
        assert said.refutes(answer) == (by_paths(kept, than, more) * times >= 1)
        if not said.refutes(answer):
            said.add(answer)
            kept.append(answer)
    for more, than in permutations(NAMES, 2):
        assert said.at_least(more, than) == by_paths(kept, more, than)
