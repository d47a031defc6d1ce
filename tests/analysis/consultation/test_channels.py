"""How many may have answered by two channels is said from what is published alone: nobody can try a guess of answers against it."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.channels import channels_of
from partnership_model.knowledge.consultation.ballots import CHANNELS, Ballot
from tests.analysis.consultation.attacks import told_by_channel
from tests.analysis.consultation.test_recording import made
from tests.consultation_making import ballots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from partnership_model.analysis.consultation.channels import Channels

ORDERS = [dict(zip("abc", order, strict=True)) for order in permutations((1, 2, 3))]


def of(answers: Sequence[Ballot]) -> Channels:
    return channels_of(made(list(answers))[1].response)


def by(channel: str, count: int, group: str = "Staff", order: int = 0) -> list[Ballot]:
    return [Ballot(group, "", channel, ORDERS[order])] * count  # type: ignore[arg-type]


def alike_across(answers: Sequence[Ballot]) -> int:
    """Count ballots that say what one of another channel says, as a tally that means well would (and as ours once did)."""
    cells = {(one.group, one.school, one.answers) for one in answers}
    counts = [Counter(one.channel for one in answers if (one.group, one.school, one.answers) == cell) for cell in cells]
    return sum(one.total() - max(one.values()) for one in counts)


def data(answers: Sequence[Ballot]) -> dict[str, Any]:
    return made(list(answers))[1].model_dump(mode="json")


def test_a_guess_that_is_planted_by_another_channel_is_confirmed_by_a_count_of_equal_answers_and_by_nothing_in_the_record() -> None:
    """A guess comes on paper. In one evening the victim sent just that; in the other somebody else's answers came by the victim's phone."""
    others = by("session", 9, order=2) + by("paper", 9, order=3)
    right = [*others, *by("session", 1, order=0), *by("paper", 1, order=0), *by("paper", 1, order=1)]
    wrong = [*others, *by("session", 1, order=1), *by("paper", 2, order=0)]
    assert (alike_across(right), alike_across(wrong)) == (1, 0)
    assert told_by_channel({"repeats": alike_across(right)}, {"repeats": alike_across(wrong)}) == ["repeats"]
    assert told_by_channel(data(right), data(wrong)) == []


@given(st.lists(ballots(), max_size=25), st.randoms(use_true_random=False))
def test_the_record_says_nothing_of_which_answers_came_by_which_channel(answers: list[Ballot], chance: Any) -> None:  # noqa: ANN401 - a Random
    channels = [one.channel for one in answers]
    channels = [one.channel for one in answers]
    chance.shuffle(channels)
    moved = [
        Ballot(one.group, one.school, channel, one.places, one.points, one.support, one.comment)
        for one, channel in zip(answers, channels, strict=True)
    ]
    assert told_by_channel(data(answers), data(moved)) == []


def test_all_outside_the_largest_channel_may_be_second_ballots() -> None:
    found = of(by("session", 30) + by("paper", 12) + by("survey", 7))
    assert (dict(found.answered), found.most) == ({"session": 30, "paper": 12, "survey": 7}, 19)
    assert of(by("session", 30)).most == 0
    assert of(by("session", 2)).most is None


def test_a_channel_of_a_few_is_not_shown_and_may_hold_second_ballots_all_the_same() -> None:
    """By hand: with 20 and 3 neither is shown, so the largest has an even part of 23 at least; with a third, of 6, these two are hidden."""
    few = of(by("session", 20) + by("paper", 3))
    assert (dict(few.answered), few.most) == ({"session": None, "paper": None}, 11)
    three = of(by("session", 20) + by("paper", 3) + by("survey", 6))
    assert (dict(three.answered), three.most) == ({"session": 20, "paper": None, "survey": None}, 9)


@given(st.lists(ballots(), max_size=40))
def test_what_may_be_second_ballots_is_never_fewer_than_there_are_outside_the_largest_channel(answers: list[Ballot]) -> None:
    found, came = of(answers), Counter(one.channel for one in answers)
    if found.most is not None:
        assert len(answers) - max(came.values()) <= found.most < len(answers)
    assert set(found.answered) <= set(CHANNELS)
