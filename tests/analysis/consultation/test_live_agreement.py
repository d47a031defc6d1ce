"""How far groups agree is worked out from the shown orders alone, on a scale on which two unrelated orders agree on nothing."""

from __future__ import annotations

import pytest

from partnership_model.analysis.consultation.live_agreement import shown_agreement
from partnership_model.analysis.consultation.live_pictures import LivePicture


def shown(*orders: str) -> dict[str, LivePicture]:
    return {str(at): LivePicture(tuple(tuple(step) for step in order.split()), {}, 10) for at, order in enumerate(orders)}


def test_two_equal_orders_agree_wholly_and_two_opposite_ones_are_opposed() -> None:
    assert shown_agreement(shown("a b c d", "a b c d")) == pytest.approx(1)
    assert shown_agreement(shown("a b c d", "d c b a")) == pytest.approx(-1)


def test_two_orders_with_nothing_in_common_agree_on_nothing() -> None:
    assert shown_agreement(shown("a b c d", "b d a c")) == pytest.approx(0)  # ranks 3 1 4 2 against 1 2 3 4: 1 - 6 x 10 / 60


def test_ties_share_their_places() -> None:
    assert shown_agreement(shown("a bc d", "a b c d")) == pytest.approx(0.9487, abs=0.001)


def test_one_group_agrees_with_nobody() -> None:
    assert shown_agreement(shown("a b c")) is None
