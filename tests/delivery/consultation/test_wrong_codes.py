"""Wrong codes are counted by where they come from, for a minute, in a memory that does not grow."""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.consultation import serving
from partnership_model.delivery.consultation.wrong_codes import FORGOTTEN_EVERY, MOST, MOST_ADDRESSES, WITHIN, WrongCodes

if TYPE_CHECKING:
    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.delivery.consultation.store import Store

MINUTE = 60


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


def test_ten_thousand_wrong_codes_are_too_many_until_a_minute_after_the_last() -> None:
    clock = Clock()
    wrong = WrongCodes(clock)
    said = []
    for _ in range(10_000):
        said.append(wrong.too_many("10.0.0.1"))
        wrong.count("10.0.0.1")
        clock.now += 0.01
    assert said == [False] * MOST + [True] * (10_000 - MOST)
    assert not wrong.too_many("10.0.0.2")
    clock.now += WITHIN - 1
    assert wrong.too_many("10.0.0.1")
    clock.now += 1
    assert not wrong.too_many("10.0.0.1")


@pytest.mark.parametrize("looks", [1, 2])
def test_time_that_goes_by_while_it_is_asked_makes_no_fault(looks: int) -> None:
    """The code is forgotten between one look at the clock and the next."""
    clock = itertools.chain([0.0] * looks, [WITHIN - 0.1], itertools.repeat(WITHIN + 0.1))
    wrong = WrongCodes(lambda: next(clock))
    wrong.count("10.0.0.1")
    assert not wrong.too_many("10.0.0.1")


def test_a_wrong_code_now_and_then_is_never_too_many() -> None:
    clock = Clock()
    wrong = WrongCodes(clock)
    for _ in range(200):
        assert not wrong.too_many("10.0.0.1")
        wrong.count("10.0.0.1")
        clock.now += WITHIN / MOST + 0.01


def test_whoever_has_a_network_of_addresses_is_still_one() -> None:
    wrong = WrongCodes(Clock())
    for number in range(MOST):
        wrong.count(f"2001:db8:0:1::{number:x}")
    assert wrong.too_many("2001:db8:0:1:ffff::1")
    assert not wrong.too_many("2001:db8:0:2::1")


def test_the_memory_of_them_does_not_grow() -> None:
    wrong = WrongCodes(Clock())
    for number in range(MOST_ADDRESSES + 500):
        wrong.count(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(wrong) == MOST_ADDRESSES


def test_no_address_is_known_for_longer_than_a_minute_whoever_asks_meanwhile_or_nobody() -> None:
    clock = Clock()
    wrong = WrongCodes(clock)
    for number in range(50):
        wrong.count(f"10.0.0.{number}")
        clock.now += 1
    assert len(wrong) == 50
    clock.now += MINUTE - 50
    wrong.count("10.0.1.1")  # whoever is counted next
    assert len(wrong) == 49
    clock.now += MINUTE - FORGOTTEN_EVERY
    wrong.forget()  # as the server does each second
    assert len(wrong) == 0


def test_an_address_that_goes_on_is_known_for_as_long_as_it_does() -> None:
    clock = Clock()
    wrong = WrongCodes(clock)
    wrong.count("10.0.0.1")
    wrong.count("10.0.0.2")
    clock.now += WITHIN - 1
    wrong.count("10.0.0.1")
    clock.now += 2
    assert not wrong.too_many("10.0.0.2")
    assert len(wrong) == 1


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_the_server_forgets_by_itself(store: Store, consultation: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "FORGOTTEN_EVERY", 0.01)
    hall = serving.Hall(store, consultation, [], "http://192.168.1.20:8080")
    clock = hall._wrong._clock = Clock()  # noqa: SLF001 - the server's own clock cannot be set

    async def run() -> int:
        await hall.begin()
        hall._wrong.count("10.0.0.1")  # noqa: SLF001 - as a handler does
        clock.now += MINUTE
        await asyncio.sleep(0.2)
        left = len(hall._wrong)  # noqa: SLF001 - nothing else tells
        await hall.end()
        return left

    assert asyncio.run(run()) == 0
