"""Sittings that are over are remembered, without end only as far as memory allows."""

from __future__ import annotations

from partnership_model.delivery.consultation import sittings
from partnership_model.delivery.consultation.codes import receipt_code
from partnership_model.delivery.consultation.sittings import Sittings


def test_a_sitting_is_over_once_the_next_person_began_and_not_before() -> None:
    here = Sittings()
    mine, other = receipt_code(), receipt_code()
    assert not here.over(mine)
    here.leave(mine)
    assert here.over(mine)
    assert not here.over(other)


def test_what_is_no_sitting_is_neither_remembered_nor_given_back() -> None:
    here = Sittings()
    for made_up in ("", "x" * 10_000, "' OR 1=1", "abcdefghabcdefgh"):
        here.leave(made_up)
        assert not here.over(made_up)
        assert here.named(made_up) != made_up
    own = receipt_code()
    assert here.named(own) == own


def test_only_so_many_are_remembered_the_latest_among_them() -> None:
    here = Sittings()
    all_of_them = [receipt_code() for _ in range(sittings.MOST + 2)]
    for one in all_of_them:
        here.leave(one)
    assert not here.over(all_of_them[0])
    assert here.over(all_of_them[2])
    assert here.over(all_of_them[-1])
