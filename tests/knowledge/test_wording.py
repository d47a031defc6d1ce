"""Words that give away a mind that is made up, money by the point, and weights without ranges."""

from __future__ import annotations

import pytest

from partnership_model.display.saving import HOW
from partnership_model.knowledge.wording import made_up_mind, money_per_point, speaks_of_importance, speaks_of_ranges

DECIDED = [
    "We have decided to form a trust.",
    "The governors have already agreed on the trust.",
    "The decision has been made.",
    "The schools will become academies in May.",
    "There is no alternative.",
    "A trust is the only viable option.",
    "What do you think of our decision to join the trust?",
    "All schools will join the trust.",
]
OPEN = [
    "If the governors agree, the schools will become academies in May.",
    "Governors have not decided.",
    "Each governing body decides for its own school; no majority of the group can bind another.",
    "The trust would start with the school year 2016 to 2017.",
    "Everybody with an interest is being consulted; the governors decide in the end.",
    "Claygate Primary and Hinchley Wood Secondary have been offered ways to take part; nobody is shut out.",
    "Nothing has been decided.",
    "The governing bodies of the three schools meet on the report on 6 July 2017.",
    "Some say that every school will have to be an academy; others that nothing has to change.",
]


@pytest.mark.parametrize("sentence", DECIDED)
def test_words_of_a_mind_that_is_made_up_are_found(sentence: str) -> None:
    assert made_up_mind(f"We met in May. {sentence}", preferred=False) == sentence


@pytest.mark.parametrize("sentence", OPEN)
def test_words_of_a_mind_that_is_open_are_not(sentence: str) -> None:
    assert made_up_mind(sentence, preferred=True) == ""


def test_a_preferred_option_is_named_only_where_none_may_be_preferred_yet() -> None:
    sentence = "The trust is our preferred option."
    assert made_up_mind(sentence, preferred=True) == sentence
    assert made_up_mind(sentence, preferred=False) == ""


@pytest.mark.parametrize("sentence", ["It costs £40 per point.", "Cost for each point is lowest there.", "That is £1,200 a point."])
def test_money_divided_by_points_is_found(sentence: str) -> None:
    assert money_per_point(f"It is cheap. {sentence}") == sentence


@pytest.mark.parametrize("sentence", ["It costs £40 per pupil.", "Money is a point of concern.", "It has 40 points. It costs £2,000."])
def test_money_beside_points_is_not(sentence: str) -> None:
    assert money_per_point(sentence) == ""


def test_importance_is_told_from_lifts_and_ranges() -> None:
    assert speaks_of_importance("how important is each, 1 to 10")
    assert not speaks_of_importance("how important is each lift from worst to best")
    assert speaks_of_ranges("with the worst and the best of each in front of us")
    assert speaks_of_ranges(HOW)
    assert not speaks_of_ranges("a hundred points shared out by each governor, in a joint meeting")
