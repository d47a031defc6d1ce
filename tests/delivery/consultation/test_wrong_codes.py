"""Wrong codes are counted by where they come from, for a minute, in a memory that does not grow."""

from __future__ import annotations

from partnership_model.delivery.consultation.wrong_codes import MOST, MOST_ADDRESSES, WITHIN, WrongCodes


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
    assert len(wrong._tried) == MOST_ADDRESSES  # noqa: SLF001 - nothing else tells
