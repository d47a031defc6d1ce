"""The closing picture is held against every live one: together they single out nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership_model.analysis.consultation.ballot_orders import order_of
from partnership_model.analysis.consultation.closing import closing
from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.analysis.consultation.live_pictures import Live, mark_of, next_pictures
from partnership_model.analysis.consultation.release import Release, Withheld, release
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from tests import consultation_making as making
from tests.analysis.consultation import attacks
from tests.analysis.consultation.showing import means, said_what_matters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.knowledge.consultation.ballots import Ballot

GROUPS = ("Staff", "Parents")
SCHOOLS = ("Ash", "Elm")
QUESTIONS = making.questions(("a", "b", "c"), (), [ConsultedGroup(group=name) for name in GROUPS], SCHOOLS)
AT_ONCE = Protection(secondary=False, batch=1, held_back=0)


def hall(count: int, group: str = "Staff", steps: str = "abc", first: int = 0, school: str = "Ash") -> dict[str, Ballot]:
    """Make ballots that say the same, each by its identity."""
    return {f"{group}{at}": making.order(*steps, group=group, school=school) for at in range(first, first + count)}


def in_picture(live: Live, group: str) -> set[str]:
    """Give the ballots that are in a group's picture."""
    return {mark for mark, one in live.seen.items() if one.group == group and one.gone is None}


def closing_sets(live: Live, found: Release, ballots: dict[str, Ballot]) -> list[set[str]]:
    """Give the ballots behind every closing picture of what matters; one that was changed and changed back is another one."""
    gone = {mark for mark, one in live.seen.items() if one.gone is not None}
    marks = {id(ballot): mark_of(name, ballot) for name, ballot in ballots.items()}
    own = [{marks[id(ballot)] for ballot in cell} for cell in said_what_matters(found, QUESTIONS).cells.values()]
    return [{f"{mark} again" if mark in gone else mark for mark in cell} for cell in own]


def test_all_ballots_are_in_the_closing_picture_although_the_live_one_trails() -> None:
    ballots = hall(12)
    live = next_pictures(Live(), ballots, QUESTIONS)
    found = closing(live, ballots, QUESTIONS)
    assert live.tallies["Staff"].answers == 7
    assert found == release(list(ballots.values()), QUESTIONS)
    assert len(found.groups["Staff"]) == 12


def test_the_last_two_are_read_from_the_closing_picture_when_the_live_one_did_not_trail() -> None:
    ballots = hall(10)
    live = next_pictures(Live(), ballots, QUESTIONS, protection=AT_ONCE)
    last = {"Staff": {"n": live.tallies["Staff"].answers, "means": {"a": 1.0, "b": 2.0, "c": 3.0}}}
    ballots |= hall(2, steps="cba", first=10)
    found = closing(live, ballots, QUESTIONS, protection=AT_ONCE)
    (read,) = attacks.closing_minus_last(last, {"Staff": means(found.groups["Staff"], QUESTIONS)})
    assert read.size == 2
    assert all(low <= total <= high for (low, high), total in zip(read.sums.values(), (6, 4, 2), strict=True))
    held = next_pictures(Live(), hall(10), QUESTIONS)
    last["Staff"]["n"] = held.tallies["Staff"].answers
    closed = closing(held, ballots, QUESTIONS)
    assert not attacks.closing_minus_last(last, {"Staff": means(closed.groups["Staff"], QUESTIONS)})


def test_a_school_that_is_nearly_a_live_picture_is_given_up() -> None:
    """Six staff at Ash of whom five were in the live picture, and six at Elm: Ash less that picture would be one ballot."""
    ballots = hall(12)
    live = next_pictures(Live(), ballots, QUESTIONS)
    shown = sorted(in_picture(live, "Staff"))
    by_mark = {mark_of(name, ballot): name for name, ballot in ballots.items()}
    at_ash = {by_mark[mark] for mark in shown[:6]}  # school is in no live picture, so it may be set after it
    ballots = {name: making.order("a", "b", "c", school="Ash" if name in at_ash else "Elm") for name in ballots}
    found = closing(live, ballots, QUESTIONS)
    assert set(release(list(ballots.values()), QUESTIONS).schools) == {"Ash", "Elm"}
    assert not found.schools
    assert found.withheld_schools == (Withheld("Ash", "others"), Withheld("Elm", "others"))
    assert len(found.groups["Staff"]) == 12


def test_a_group_whose_held_back_ballots_went_away_is_given_up() -> None:
    ballots = hall(10) | hall(30, "Parents", "cab")
    live = next_pictures(Live(), ballots, QUESTIONS)
    shown = in_picture(live, "Staff")
    left = {name: ballot for name, ballot in ballots.items() if ballot.group == "Parents" or mark_of(name, ballot) in shown}
    left |= hall(1, steps="cba", first=50)
    found = closing(live, left, QUESTIONS)
    assert set(release(list(left.values()), QUESTIONS).groups) == {"Staff", "Parents"}
    assert not found.groups
    assert found.withheld_groups == (Withheld("Staff", "others"), Withheld("Parents", "others"))
    assert found.together is not None
    assert len(found.together) == 36


def test_nothing_new_is_shown_where_one_ballot_is_all_that_is_new() -> None:
    live = next_pictures(Live(), hall(10), QUESTIONS)
    shown = in_picture(live, "Staff")
    left = {name: ballot for name, ballot in hall(10).items() if mark_of(name, ballot) in shown} | hall(1, steps="cba", first=50)
    found = closing(live, left, QUESTIONS)
    assert found.together is None
    assert found.withheld_groups[0] == Withheld("Staff", "others")


def moments(seed: int, people: int, each: int) -> Iterator[dict[str, Ballot]]:
    """Play an evening: people answer, change their minds, their group and their school, and a few withdraw."""
    draw = np.random.default_rng(seed)
    ballots: dict[str, Ballot] = {}
    school_of_group = draw.random()  # from groups that are as good as a school to groups from everywhere
    for _ in range(6):
        for person in draw.integers(people, size=each):
            group = GROUPS[int(draw.random() < 0.4)]
            school = SCHOOLS[GROUPS.index(group)] if draw.random() < school_of_group else str(draw.choice(SCHOOLS))
            steps = draw.permutation(["a", "b", "c"]) if draw.random() < 0.5 else ["a", "b", "c"]
            ballots = {name: ballot for name, ballot in ballots.items() if name != str(person)}
            if draw.random() < 0.9:
                ballots[str(person)] = making.order(*steps, group=group, school=school)
        yield ballots


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(8, 40), st.integers(4, 30))
def test_live_and_closing_pictures_together_single_out_nobody(seed: int, people: int, each: int) -> None:
    live, pictures, ballots = Live(), [], {}
    for ballots in moments(seed, people, each):
        after = next_pictures(live, ballots, QUESTIONS)
        pictures += [in_picture(after, group) for group in after.tallies if after.tallies[group] != live.tallies.get(group)]
        live = after
    assert not attacks.singled_out(pictures)
    assert not attacks.singled_out([*pictures, *closing_sets(live, closing(live, ballots, QUESTIONS), ballots)])


def test_because_five_are_held_back_the_closing_picture_has_everybody() -> None:
    """Sixty evenings with many changes of mind; without what is held back, closing some of them could show nothing new at all."""
    whole = {}
    for protection in (Protection(), Protection(held_back=0)):
        closed = []
        for seed in range(60):
            live, ballots = Live(), {}
            for ballots in moments(seed, 30, 20):
                live = next_pictures(live, ballots, QUESTIONS, protection=protection)
            closed.append(closing(live, ballots, QUESTIONS))
        whole[protection.held_back] = [one.together is not None for one in closed]
    assert all(whole[5])
    assert not all(whole[0])


@settings(deadline=None)
@given(st.lists(making.ballots(("a", "b", "c")), max_size=40), st.integers(0, 40))
def test_a_ballot_that_says_nothing_of_what_matters_hides_nobody(drawn: list[Ballot], before: int) -> None:
    ballots = {str(at): ballot for at, ballot in enumerate(drawn)}
    questions = making.questions(("a", "b", "c"), ())
    live = next_pictures(Live(), dict(list(ballots.items())[:before]), questions)
    found = closing(live, ballots, questions)
    said = found.saying(lambda ballot: bool(order_of(ballot, ["a", "b", "c"])))
    marks = {id(ballot): mark_of(name, ballot) for name, ballot in ballots.items()}
    sets = [{marks[id(ballot)] for ballot in own} for own in said.cells.values()]
    live_sets = [in_picture(live, group) for group in live.tallies]
    assert not attacks.singled_out([*live_sets, *sets])
