"""What followed from one change, in sentences: nothing put in order too early, and nothing said that did not change."""

from __future__ import annotations

import pytest

from partnership_model.display.what_followed import what_followed
from tests.display.saying import ORDER, appraised
from tests.making import make_problem

LEADS = {"stay": [50, 50], "federation": [(60, 70, 80), (60, 70, 80)], "new_mat": [10, 10]}
BEHIND = {**LEADS, "federation": [(20, 24, 30), (20, 26, 30)]}
TIED = {**LEADS, "federation": [(30, 50, 70), (30, 50, 70)]}


def test_a_change_that_changes_nothing_says_so() -> None:
    found = appraised(make_problem(LEADS))
    assert what_followed(found, found, "stay") == "The same as before: federation comes first in every way of weighing."


def test_another_leader_is_named_before_and_now_with_the_overall_value() -> None:
    said = what_followed(appraised(make_problem(LEADS)), appraised(make_problem(BEHIND)), "federation")
    assert said.startswith("Before, federation came first; now stay comes first in every way of weighing.")
    assert said.endswith("The overall value of federation was 60 to 80, likely 70; it is 20 to 30, likely 25 now.")


def test_what_can_be_separated_now_and_what_no_longer_can_is_named() -> None:
    told, tied = appraised(make_problem(LEADS)), appraised(make_problem(TIED))
    assert tied.cannot_separate
    assert "Stay and federation can no longer be separated." in what_followed(told, tied, "stay")
    assert "Stay and federation can be separated now." in what_followed(tied, told, "stay")
    assert what_followed(tied, told, "stay").startswith("Before, stay and federation could not be separated; now federation comes first")


def test_of_those_at_the_front_only_who_came_and_went_is_named() -> None:
    table = {"stay": [50, 50], "federation": [50, 50], "new_mat": [(40, 50, 60), (40, 50, 60)]}
    two = appraised(make_problem({**table, "new_mat": [10, 10]}))
    three = appraised(make_problem(table))
    assert what_followed(two, three, "new_mat").startswith("Of those at the front, which cannot be separated: now also new mat.")
    assert what_followed(three, two, "new_mat").startswith("Of those at the front, which cannot be separated: no longer new mat.")


@pytest.mark.parametrize("ranked_before", [True, False])
def test_while_the_order_is_withheld_nothing_is_said_of_an_order_or_of_likely_values(*, ranked_before: bool) -> None:
    table = {"stay": [90, 34], "federation": [(50, 74, 84), 66], "new_mat": [(10, 20, 30), 66]}
    unseen = appraised(make_problem(table, unconfirmed=[("federation", "c1")]))
    before = appraised(make_problem(table)) if ranked_before else unseen
    said = what_followed(before, unseen, "federation")
    assert said.startswith("1 starting assumption could change the answer")
    assert ("Before the change an order could be given." in said) == ranked_before
    assert ORDER.search(said) is None
    assert "likely" not in said


def test_what_is_put_in_order_at_last_is_said() -> None:
    table = {"stay": [90, 34], "federation": [(50, 74, 84), 66], "new_mat": [(10, 20, 30), 66]}
    unseen = appraised(make_problem(table, unconfirmed=[("federation", "c1")]))
    assert what_followed(unseen, appraised(make_problem(table)), "federation").startswith("Before, nothing could be put in order; now ")
