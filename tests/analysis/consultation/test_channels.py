"""Each channel has its own number; how many answered by two of them is estimated, and the estimate says what it cannot know."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.channels import channels_of
from partnership_model.display.consultation.channel_words import repeat_lines
from partnership_model.knowledge.consultation.ballots import CHANNELS, Ballot
from tests.delivery.consultation.hall_serving import questions

CRITERIA = tuple(one.key for one in questions().criteria)
ORDERS = list(permutations(range(1, 5)))


def said(order: tuple[int, ...], channel: str, group: str = "Staff", school: str = "Infant A") -> Ballot:
    """A ballot that puts every criterion in order, the first four as given."""
    places = (*order, *range(5, len(CRITERIA) + 1))
    return Ballot(group, school, channel, dict(zip(CRITERIA, places, strict=True)))


def test_channels_are_counted_apart() -> None:
    found = channels_of([said(ORDERS[0], "session"), said(ORDERS[1], "paper"), said(ORDERS[2], "paper")], questions())
    assert dict(found.answered) == {"session": 1, "paper": 2}
    assert (found.compared, found.upper, found.most) == (3, 0, 1)


def test_the_same_answers_by_two_channels_may_be_one_person_and_by_one_channel_may_not() -> None:
    """By hand: three of the evening and two on paper say the same; at most the two on paper repeat an evening's."""
    alike = [said(ORDERS[0], "session")] * 3 + [said(ORDERS[0], "paper")] * 2
    found = channels_of(alike, questions())
    assert (found.lower, found.upper, found.by_chance) == (0, 2, None)
    assert channels_of([said(ORDERS[0], "session")] * 5, questions()).upper == 0


@pytest.mark.parametrize("other", [{"group": "Governors"}, {"school": "Junior B"}])
def test_the_same_answers_for_another_group_or_school_are_not_taken_for_one_person(other: dict[str, str]) -> None:
    assert channels_of([said(ORDERS[0], "session"), said(ORDERS[0], "paper", **other)], questions()).upper == 0


def test_a_ballot_that_leaves_out_criteria_is_not_compared() -> None:
    short = [Ballot("Staff", "", channel, {"cost": 1}) for channel in ("session", "paper")]
    found = channels_of(short, questions())
    assert (found.compared, found.upper) == (0, 0)


def test_what_is_alike_by_chance_is_taken_off() -> None:
    """Two orders alone, drawn by a coin: about half of all pairs are alike, within a channel and across, and nobody answers twice."""
    coin = np.random.default_rng(4)
    ballots = [said(ORDERS[side], channel) for channel in ("session", "open_form") for side in coin.integers(0, 2, 60)]
    found = channels_of(ballots, questions())
    assert found.by_chance == pytest.approx(60 * 60 / 2, rel=0.1)
    assert found.lower <= 0.1 * 60 * 60
    assert found.upper <= 60


def test_people_who_do_answer_twice_are_found() -> None:
    """Sixty orders that nobody shares, twenty of them sent by two channels."""
    orders = [tuple(order) for order in permutations(range(1, 7))][:60]

    def whole(order: tuple[int, ...], channel: str) -> Ballot:
        return Ballot("Staff", "", channel, dict(zip(CRITERIA, (*order, 7, 8), strict=True)))

    ballots = [whole(one, "session") for one in orders] + [whole(one, "open_form") for one in orders[:20]]
    found = channels_of(ballots, questions())
    assert (found.lower, found.upper, found.by_chance) == (20, 20, 0.0)
    assert found.most == 20
    assert "between 20 and 20 are repeats" in repeat_lines(found, "open")[0]


def test_more_ballots_than_invitations_are_said() -> None:
    """Governors: 56 were invited."""
    found = channels_of([said(ORDERS[0], "session", "Governors")] * 59, questions())
    assert found.over_invited == 3
    assert any("3 ballots more than invitations" in line for line in repeat_lines(found, "open"))


@given(st.lists(st.tuples(st.sampled_from(ORDERS[:3]), st.sampled_from(CHANNELS), st.sampled_from(["Staff", "Governors"])), max_size=40))
def test_the_estimate_is_in_order_and_never_more_than_nobody_could_rule_out(drawn: list[tuple[tuple[int, ...], str, str]]) -> None:
    found = channels_of([said(*one) for one in drawn], questions())
    assert 0 <= found.lower <= found.upper <= found.most <= len(drawn)
    assert sum(found.answered.values()) == len(drawn)
