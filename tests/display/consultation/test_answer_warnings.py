"""The facilitator is told of more answers than a hall gives, in words that do not change with each answer."""

from __future__ import annotations

from partnership_model.display.consultation.answer_warnings import BURST, answer_warnings


def test_nothing_is_said_of_a_hall_that_answers() -> None:
    assert answer_warnings({"a": 300, "b": 0}, {"a": BURST - 1, "b": 0}, 1000) == {}


def test_a_burst_is_told_of_the_session_in_which_it_came_and_says_what_to_do() -> None:
    said = answer_warnings({"a": 300, "b": 12}, {"a": 267, "b": 12}, 1000)
    assert list(said) == ["a"]
    assert said["a"].startswith("200 answers or more came within a minute.")
    assert "close this session and open another" in said["a"]
    assert said == answer_warnings({"a": 301, "b": 12}, {"a": 268, "b": 12}, 1000)


def test_a_form_that_is_nearly_full_and_one_that_is_say_how_there_is_more_room() -> None:
    quiet = {"a": 0}
    assert answer_warnings({"a": 800}, quiet, 1000) == {}
    assert answer_warnings({"a": 801}, quiet, 1000)["a"].startswith("More than four fifths of the 1000 answers")
    assert answer_warnings({"a": 1000}, quiet, 1000)["a"].startswith("This form is full: it takes 1000 answers")
    assert "most_answers" in answer_warnings({"a": 1000}, quiet, 1000)["a"]
