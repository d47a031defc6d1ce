"""What is typed into a form becomes a ballot that says just that, or all that is wrong with it at once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.ballots import (
    CHANNELS,
    LONGEST_COMMENT,
    PLACE,
    SHARE,
    SUPPORT,
    SUPPORTS,
    Ballot,
    ballot_of,
    read_ballot,
)
from partnership_model.knowledge.consultation.question_set import QuestionSet, question_set
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case
from tests.making import DAY

if TYPE_CHECKING:
    from collections.abc import Mapping


def _questions() -> QuestionSet:
    base = read_knowledge()
    case = read_case(find_case("ember-2016"), base)
    assert case.file.consultation is not None
    return question_set(case, case.file.consultation, base, DAY)


QUESTIONS = _questions()
CRITERIA = [one.key for one in QUESTIONS.criteria]
OPTIONS = [one.key for one in QUESTIONS.options]
GROUPS = [one.group for one in QUESTIONS.adults]
LETTERS = st.characters(blacklist_categories=["Cc", "Cs", "Co", "Cn"])


def faults(typed: Mapping[str, str], **changed: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - fields of a question set
    ballot, found = read_ballot(typed, QUESTIONS.model_copy(update=changed), "session")
    assert (ballot is None) == bool(found)
    return [(one.at, one.key) for one in found]


def test_a_form_becomes_what_it_says() -> None:
    typed = {
        "group": "Staff",
        "school": "Infant A",
        "place.cost": "2",
        "place.staff": "1",
        "points.cost": "40",
        "points.staff": "60",
        "points.autonomy": "",
        "support.federation": "for",
        "support.stay": "",
        "comment": "  One line.\r\nAnother.  ",
        "participant": "x",
        "unheard of": "y",
    }
    ballot, found = read_ballot(typed, QUESTIONS, "open_form")
    assert found == ()
    assert ballot == Ballot(
        "Staff", "Infant A", "open_form", {"cost": 2, "staff": 1}, {"cost": 40, "staff": 60}, {"federation": "for"}, "One line.\nAnother."
    )


def test_a_comment_keeps_its_words_apart() -> None:
    """Pasted text parts them by tabs, old line ends and others that are no letters."""
    ballot, _ = read_ballot({"comment": "More\ttime\x0bfor\x85staff\rand\x00 pupils"}, QUESTIONS, "session")
    assert ballot is not None
    assert ballot.comment == "More time for staff\nand pupils"


def test_nobody_has_to_say_who_they_are_or_more_than_one_thing() -> None:
    for one in ({"place.cost": "1"}, {"comment": "A word."}, {"support.stay": "against"}, {"points.cost": "100"}):
        assert faults(one) == []
    ballot, _ = read_ballot({"place.cost": "8"}, QUESTIONS, "paper")
    assert ballot is not None
    assert (ballot.group, ballot.school, ballot.steps) == ("", "", (("cost",),))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, [("place.autonomy", "empty")]),
        ({"comment": " \n\t "}, [("place.autonomy", "empty")]),
        ({"points.cost": "0"}, [("place.autonomy", "empty")]),
        ({"comment": "x", "group": "The council"}, [("group", "group")]),
        ({"comment": "x", "group": "Learners"}, [("group", "group")]),  # an adult enters what they said
        ({"comment": "x", "school": "Elsewhere"}, [("school", "school")]),
        ({"place.cost": "0"}, [("place.cost", "place"), ("place.autonomy", "empty")]),
        ({"place.cost": "9", "comment": "x"}, [("place.cost", "place")]),
        ({"place.cost": "-1", "comment": "x"}, [("place.cost", "place")]),
        ({"place.cost": "1.0", "comment": "x"}, [("place.cost", "place")]),
        ({"place.cost": "first", "comment": "x"}, [("place.cost", "place")]),
        ({"place.cost": "²", "comment": "x"}, [("place.cost", "place")]),
        ({"place.cost": "9" * 5000, "comment": "x"}, [("place.cost", "place")]),
        ({"place.autonomy": "1", "place.cost": "1"}, [("place.cost", "level")]),
        ({"place.autonomy": "1", "place.cost": "1", "place.staff": "2", "place.resilience": "2"}, [
            ("place.cost", "level"), ("place.resilience", "level")]),
        ({"place.autonomy": "1", "place.cost": "1", "level": "yes"}, []),
        ({f"place.{name}": "3" for name in CRITERIA} | {"level": "yes"}, []),  # all the same is an answer too, where it is meant
        ({"points.cost": "99"}, [("points.autonomy", "points_sum")]),
        ({"points.cost": "101", "comment": "x"}, [("points.cost", "points")]),
        ({"points.cost": "30.5", "points.staff": "60"}, [("points.cost", "points")]),  # nothing is said of a sum that nobody can know
        ({"points.cost": "3\t0", "points.staff": "70"}, [("points.cost", "points")]),
        ({"points.cost": "٤٠", "points.staff": "۶۰"}, []),  # as keyboards in Arabic and in Urdu write 40 and 60
        ({"points.cost": "60", "points.staff": "60"}, [("points.autonomy", "points_sum")]),
        ({"support.stay": "maybe", "comment": "x"}, [("support.stay", "support")]),
        ({"support.another": "for", "comment": "x"}, []),
        ({"comment": "x" * LONGEST_COMMENT}, []),
        ({"comment": "x" * (LONGEST_COMMENT + 1)}, [("comment", "too_long")]),
        ({"comment": "x" * 1_000_000}, [("comment", "too_long")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(typed: Mapping[str, str], expected: list[tuple[str, str]]) -> None:
    assert faults(typed) == expected


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_form() -> None:
    typed = {"group": "?", "school": "?", "place.cost": "x", "points.cost": "x", "support.stay": "x", "comment": "x" * 3000}
    assert [key for _, key in faults(typed)] == ["group", "school", "place", "points", "support", "too_long"]


def test_what_is_not_asked_is_not_taken() -> None:
    typed = {"place.cost": "1", "points.cost": "100", "support.stay": "for", "comment": "A word."}
    ballot, found = read_ballot(typed, QUESTIONS.model_copy(update={"also": (), "options": ()}), "session")
    assert found == ()
    assert ballot == Ballot("", "", "session", {"cost": 1})
    assert faults({"comment": "A word."}, also=(), options=()) == [("place.autonomy", "empty")]


@given(
    places=st.dictionaries(st.sampled_from(CRITERIA), st.integers(1, 8), min_size=1),
    support=st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from(SUPPORTS)),
    whole=st.sampled_from(CRITERIA),
    group=st.sampled_from(["", *GROUPS]),
    channel=st.sampled_from(CHANNELS),
    comment=st.text(LETTERS, max_size=50),
)
def test_every_ballot_is_read_from_the_form_that_says_it_and_from_what_is_stored(  # noqa: PLR0913, PLR0917 - all that a ballot says
    places: dict[str, int],
    support: dict[str, Any],
    whole: str,
    group: str,
    channel: Any,  # noqa: ANN401 - one of some words
    comment: str,
) -> None:
    typed = {
        **{f"{PLACE}{name}": str(place) for name, place in places.items()},
        **{f"{SUPPORT}{name}": level for name, level in support.items()},
        f"{SHARE}{whole}": "100",
        "group": group,
        "level": "yes",
        "comment": comment,
    }
    ballot, found = read_ballot(typed, QUESTIONS, channel)
    assert found == ()
    assert ballot is not None
    assert (ballot.places, ballot.points, ballot.support) == (places, {whole: 100}, support)
    assert ballot.comment == comment.strip()
    assert sorted(name for step in ballot.steps for name in step) == sorted(places)
    again = ballot_of(ballot.answers, ballot.group, ballot.school, ballot.channel, ballot.comment)
    assert again == ballot
    assert again.answers == ballot.answers
    assert ballot.group not in ballot.answers or not ballot.group
    assert dataclasses.replace(ballot, comment="Another.").answers == ballot.answers


@given(
    typed=st.dictionaries(st.sampled_from([*(f"{PLACE}{one}" for one in CRITERIA[:3]), "group", "comment", "level"]), st.text(max_size=20))
)
def test_whatever_is_typed_it_is_a_ballot_or_has_a_fault_and_nothing_else_happens(typed: dict[str, str]) -> None:
    for at, _ in faults(typed):
        assert at in ("group", "school", "comment") or at.startswith((PLACE, SHARE, SUPPORT))
