"""A live picture moves by five ballots or more, trails by five, and says less than it was drawn from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.analysis.consultation.live_pictures import CoarseShare, Live, coarse_share, live_of, next_pictures
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests import consultation_making as making
from tests.analysis.consultation import attacks

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.ballots import Ballot

QUESTIONS = making.questions(("a", "b", "c"), (), [ConsultedGroup(group="Staff"), ConsultedGroup(group="Parents")], ("Ash", "Elm"))
AT_ONCE = Protection(batch=1, held_back=0)
ORDERS = ("abc", "acb", "bac", "bca", "cab", "cba")


def hall(count: int, group: str = "Staff", steps: str = "abc", first: int = 0) -> dict[str, Ballot]:
    """Make ballots that say the same, each by its identity."""
    return {f"{group}{at}": making.order(*steps, group=group, school="Ash") for at in range(first, first + count)}


def pages(protection: Protection, evening: list[dict[str, Ballot]], acts: list[int]) -> list[dict[str, Any]]:
    """Play an evening: what the projector showed of the staff after each moment; what it says too much, tests have switched on."""
    live, seen = Live(), []
    for ballots, done in zip(evening, acts, strict=True):
        live = next_pictures(live, ballots, QUESTIONS, protection=protection)
        if protection == AT_ONCE:  # what a tally that means well would show: how many, and their mean ranks
            shown: dict[str, Any] = {
                name: {"n": one.answers, "means": {key: round(total / one.answers, 1) for key, total in one.ranks.items()}}
                for name, one in live.tallies.items()
            }
        else:
            shown = dict(live.pictures)
        seen.append({"acts": {"Staff": done}, "pictures": shown})
    return seen


def test_the_first_picture_comes_with_ten_ballots_and_has_five() -> None:
    assert not next_pictures(Live(), hall(9), QUESTIONS).pictures
    assert next_pictures(Live(), hall(10), QUESTIONS).tallies["Staff"].answers == 5


def test_as_answers_come_in_a_picture_leaves_five_to_nine_of_them_out() -> None:
    live, left = Live(), []
    for count in range(10, 41):
        live = next_pictures(live, hall(count), QUESTIONS)
        left.append(count - live.tallies["Staff"].answers)
    assert left[:11] == [5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 5]
    assert set(left) == set(range(5, 10))


def test_nine_more_change_nothing_where_five_were_held_back_and_the_tenth_moves_the_picture() -> None:
    first = next_pictures(Live(), hall(10), QUESTIONS)
    assert next_pictures(first, hall(14, steps="cba") | hall(10), QUESTIONS) == first
    assert next_pictures(first, hall(15), QUESTIONS).tallies["Staff"].answers == 10


def test_a_changed_ballot_counts_as_new_and_a_withdrawn_one_moves_nothing() -> None:
    before = next_pictures(Live(), hall(20), QUESTIONS)
    assert next_pictures(before, hall(16), QUESTIONS) == before
    # Five were held back, and five more people change their minds.
    after = next_pictures(before, hall(20) | hall(20, steps="cba"), QUESTIONS)
    assert after.tallies["Staff"].answers == 15
    assert after.pictures["Staff"].order == (("c",), ("b",), ("a",))


def test_who_changes_group_is_gone_from_one_and_new_in_the_other() -> None:
    before = next_pictures(Live(), hall(20) | hall(9, "Parents"), QUESTIONS)
    assert set(before.pictures) == {"Staff"}
    moved = hall(20) | hall(9, "Parents") | {"Staff0": making.order("a", "b", "c", group="Parents")}
    assert set(next_pictures(before, moved, QUESTIONS).pictures) == {"Staff", "Parents"}


def test_a_ballot_that_went_back_to_what_it_said_is_not_new_again() -> None:
    shown = next_pictures(Live(), hall(10), QUESTIONS)
    changed = next_pictures(shown, hall(10) | hall(10, steps="cba"), QUESTIONS)
    assert changed.tallies["Staff"].answers == 5
    # All say again what they said: five of these answers were shown already, so there are not ten new ones.
    assert next_pictures(changed, hall(10), QUESTIONS) == changed


def test_a_picture_of_five_who_agree_leaves_two_in_doubt() -> None:
    picture = next_pictures(Live(), hall(10), QUESTIONS).pictures["Staff"]
    assert picture.first == {"a": CoarseShare(60, 100), "b": CoarseShare(0, 40), "c": CoarseShare(0, 40)}
    assert picture.at_least == 5


@given(st.integers(5, 300), st.data())
def test_a_share_has_its_own_value_and_two_others_between_its_ends(of: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, of))
    share = coarse_share(part, of)
    assert share.low <= 100 * part / of <= share.high
    assert share.low % 10 == share.high % 10 == 0
    assert part > 0 or share.high * of >= 100 * 2
    assert part < of or share.low * of <= 100 * (of - 2)


def test_the_whole_is_the_sum_of_the_pictures_that_are_shown() -> None:
    live = next_pictures(Live(), hall(20) | hall(10, "Parents", "cba") | hall(9, "", "bca"), QUESTIONS)
    assert live.together is not None
    assert live.together.at_least == 20
    assert next_pictures(live, hall(20) | hall(14, "Parents", "cba") | hall(30, "", "bca"), QUESTIONS).together == live.together


def test_what_was_shown_is_the_same_after_a_restart() -> None:
    live = next_pictures(next_pictures(Live(), hall(20), QUESTIONS), hall(12, steps="cba"), QUESTIONS)
    again = live_of(json.loads(json.dumps(live.as_json())))
    assert again == live
    assert live_of({}) == Live()


def test_the_ninth_ballot_is_read_from_two_successive_pictures_when_they_move_at_once() -> None:
    """The attack of the trial: a group's picture with eight ballots, and then with nine."""
    ninth = hall(8) | {"late": making.order("c", "a", "b", school="Ash")}
    (found,) = attacks.successive_pictures(pages(AT_ONCE, [hall(8), ninth], [8, 9]))
    assert found.exact
    assert found.sums == {"a": (2, 2), "b": (3, 3), "c": (1, 1)}
    assert not attacks.successive_pictures(pages(Protection(), [hall(8), ninth], [8, 9]))


def test_a_mind_that_changed_is_seen_when_pictures_move_at_once() -> None:
    """With revisions: ten have answered, and one person goes back to the phone."""
    changed = hall(10) | {"Staff0": making.order("c", "b", "a", school="Ash")}
    (found,) = attacks.successive_pictures(pages(AT_ONCE, [hall(10), changed], [10, 11]))
    assert found.size == 1
    assert not attacks.successive_pictures(pages(Protection(), [hall(10), changed], [10, 11]))


PEOPLE = st.integers(0, 15)
ACT = st.tuples(PEOPLE, st.sampled_from(ORDERS))


@given(st.lists(st.lists(ACT, min_size=1, max_size=6), max_size=25))
def test_no_picture_ever_moves_by_fewer_than_five_acts(evening: list[list[tuple[int, str]]]) -> None:
    ballots: dict[str, Ballot] = {}
    moments, acts = [], []
    for moment in evening:
        for person, steps in moment:
            ballots = ballots | {f"Staff{person}": making.order(*steps, school="Ash")}
        moments.append(ballots)
        acts.append((acts[-1] if acts else 0) + len(moment))
    assert not attacks.successive_pictures(pages(Protection(), moments, acts))
