"""How many answers came within the last minute, whenever somebody looked, and whatever the clock on the wall says."""

from __future__ import annotations

from partnership_model.delivery.consultation.bursts import WITHIN, Bursts
from tests.delivery.consultation.test_wrong_codes import Clock


def test_what_was_there_when_somebody_first_looked_did_not_just_come() -> None:
    bursts = Bursts(Clock())
    assert bursts.came({"a": 700}) == {"a": 0}
    assert bursts.came({"a": 701, "b": 3}) == {"a": 1, "b": 3}


def test_only_what_came_within_a_minute_counts_however_often_somebody_looks() -> None:
    for step in (0.5, 7.0):
        clock = Clock()
        bursts = Bursts(clock)
        number, steps = 0, int(3 * WITHIN / step)
        for _ in range(steps):
            found = bursts.came({"a": number})
            number += 2
            clock.now += step
        assert abs(found["a"] - 2 * WITHIN / step) <= 2
        clock.now += 2 * WITHIN
        bursts.came({"a": number})
        clock.now += WITHIN
        assert bursts.came({"a": number}) == {"a": 0}


def test_the_memory_of_them_does_not_grow() -> None:
    clock = Clock()
    bursts = Bursts(clock)
    for number in range(20_000):
        bursts.came({"a": number})
        clock.now += 0.5
    assert len(bursts._told) <= 2 * WITHIN + 2  # noqa: SLF001 - nothing else tells
