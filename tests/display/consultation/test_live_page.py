"""What a hall reads while ballots come in: who put what first, how far groups agree, who is absent, and who came too often."""

from __future__ import annotations

import datetime as dt
import html
from pathlib import Path

import pytest

from partnership_model.analysis.consultation.live_pictures import CoarseShare, LivePicture
from partnership_model.display.consultation.live_page import FOR_SHARES, TRAILS, answered_at, finding, pictures_html
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.question_set import QuestionSet, question_set
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

STAFF, GOVERNORS = "Staff", "Governors"


@pytest.fixture(scope="module")
def questions() -> QuestionSet:
    base = read_knowledge()
    case = read_case(find_case("ember-2016"), base)
    return question_set(case, case.file.consultation, base, dt.date(2026, 11, 22))


def picture(questions: QuestionSet, *first: str) -> LivePicture:
    names = [one.key for one in questions.criteria]
    order = (first, *((name,) for name in names if name not in first))
    return LivePicture(order, {name: CoarseShare(30, 40) for name in names}, 10)


def test_the_finding_names_what_each_group_put_first_in_the_order_of_the_questions(questions: QuestionSet) -> None:
    seen = {GOVERNORS: picture(questions, "autonomy"), STAFF: picture(questions, "staff")}
    assert finding(questions, seen) == "First for staff: Staff; for governors: Autonomy"


def test_groups_that_put_the_same_first_are_said_to(questions: QuestionSet) -> None:
    seen = {GOVERNORS: picture(questions, "staff"), STAFF: picture(questions, "staff")}
    assert finding(questions, seen) == "First for all groups shown: Staff"


def test_more_groups_than_a_title_holds_are_said_to_differ(questions: QuestionSet) -> None:
    first = ("staff", "cost", "autonomy", "resilience")
    seen = {one.group: picture(questions, key) for one, key in zip(questions.adults, first, strict=True)}
    assert finding(questions, seen) == "Groups differ in what comes first: staff, cost, autonomy and coping with trouble"


def test_a_tie_is_called_level_and_both_have_the_same_place(questions: QuestionSet) -> None:
    seen = {STAFF: picture(questions, "staff", "cost")}
    assert finding(questions, seen) == "First for staff: Staff and Cost, level"
    page = pictures_html(questions, seen, seen[STAFF], {STAFF: 15}, None)
    assert page.count("1st =") == 2
    assert "3rd" in page
    assert "2nd" not in page


def test_who_is_absent_is_counted_beside_the_pictures_and_who_came_too_often_is_named(questions: QuestionSet) -> None:
    seen = {STAFF: picture(questions, "staff")}
    page = pictures_html(questions, seen, seen[STAFF], {STAFF: 200, GOVERNORS: 55}, None)
    assert "Staff: at least 200 of 192 people, which is more than were invited" in page
    assert "Governors: at least 55 of 56 people<" in page
    assert "Neighbours and community: fewer than 5; nobody counted who was invited" in page
    assert "Named no group" not in page
    assert "<li>Named no group: at least 5</li>" in pictures_html(questions, seen, seen[STAFF], {STAFF: 200, "": 5}, None)


def test_a_group_is_counted_in_one_place_and_shares_wait_until_their_bounds_say_something(questions: QuestionSet) -> None:
    names = [one.key for one in questions.criteria]
    few = picture(questions, "staff")
    many = LivePicture(few.order, {name: CoarseShare(30, 40) for name in names}, FOR_SHARES)
    page = pictures_html(questions, {STAFF: few}, few, {STAFF: 15}, None)
    assert page.count("at least") == 1  # 15 answered; that the picture has ten of them is no second number
    assert "30 to 40" not in page
    assert "put it first" not in page
    later = pictures_html(questions, {STAFF: many}, many, {STAFF: 25}, None)
    assert later.count("30 to 40") == len(names)
    assert "rows in the order of all groups shown together" in later
    head = f'<th scope="col">{STAFF}<span class="hint">place, and how many of 100 put it first</span></th>'
    assert head in later
    assert head not in page


def test_the_wall_says_how_far_a_picture_trails_in_the_words_of_the_guide(questions: QuestionSet) -> None:
    seen = {STAFF: picture(questions, "staff")}
    page = pictures_html(questions, seen, seen[STAFF], {STAFF: 15}, None)
    assert TRAILS in html.unescape(page)
    guide = " ".join((Path(__file__).parents[3] / "docs" / "consultation.md").read_text(encoding="utf-8").split())
    assert TRAILS.removesuffix(".") in guide


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (0.71, "put things in much the same order"),
        (0.5, "agree in part"),
        (0.34, "agree on little"),
        (0.0, "have no order in common"),
        (-0.4, "put things in different orders, in part the other way round"),
        (-1.0, "put things in opposite orders"),
    ],
)
def test_agreement_is_said_in_words_that_fit_the_number_beside_them(questions: QuestionSet, value: float, says: str) -> None:
    seen = {STAFF: picture(questions, "staff"), GOVERNORS: picture(questions, "cost")}
    page = pictures_html(questions, seen, seen[STAFF], {}, value)
    assert f"Of the groups shown, Staff and Governors {says} (mean rank correlation {value:.1f}" in page


def test_who_named_which_school_is_counted_in_fives_of_how_many_were_invited_there(questions: QuestionSet) -> None:
    first, second = questions.schools[:2]
    asked = questions.model_copy(update={"groups": tuple(one for one in questions.groups if one.group in (STAFF, GOVERNORS))})
    found = answered_at(asked, {first: 25})
    assert found[0] == f"{first}: at least 25 of {sum(one.invited[first] for one in asked.adults)} people"
    assert found[1].startswith(f"{second}: fewer than 5 of ")
    mixed = questions.model_copy(update={"groups": tuple(one for one in questions.groups if one.group in ("Parents and carers", STAFF))})
    assert answered_at(mixed, {})[0] == f"{first}: fewer than 5; groups were counted in different units"
    assert answered_at(questions, {})[0] == f"{first}: fewer than 5; nobody counted all who were invited"
    assert answered_at(questions.model_copy(update={"schools": (first,)}), {}) == []
