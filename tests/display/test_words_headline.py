"""The headline, what stands behind it and what would change it: nothing put in order too early, and ties called ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.display import phrases, words
from tests.display.saying import ORDER, TABLE, appraised, named
from tests.display.test_notebook import closed
from tests.making import make_judgement, make_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.appraisal import Appraisal


# The headline


def test_before_anybody_has_weighed_nothing_is_put_in_order() -> None:
    found = appraised(make_problem(TABLE, None))
    assert words.headline(found) == "Nobody has weighed yet, so nothing is put in order"
    assert words.explanation(found) == "The facts, the must-haves and what is closed stand already. Say what matters, and the rest follows."
    assert (words.switching(found), words.steady(found)) == ([], "")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("federation", "c1")], "1 starting assumption could change the answer: look at it before anything is put in order"),
        (
            [("federation", "c1"), ("new_mat", "c1")],
            "2 starting assumptions could change the answer: look at them before anything is put in order",
        ),
    ],
)
def test_while_a_decisive_cell_is_unconfirmed_the_headline_counts_and_puts_nothing_in_order(
    cells: list[tuple[str, str]], said: str
) -> None:
    table = {"stay": [90, 34], "federation": [(50, 74, 84), 66], "new_mat": [(10, 20, 100), 66]}
    found = appraised(make_problem(table, unconfirmed=cells))
    assert found.withheld == "unconfirmed"
    assert words.headline(found) == said


@pytest.mark.parametrize("weights", [None, ()])
def test_nothing_is_said_of_an_order_while_it_is_withheld(weights: tuple[float, ...] | None) -> None:
    problem = make_problem(TABLE, weights, unconfirmed=[("federation", "c1"), ("federation", "c2"), ("new_mat", "c1"), ("stay", "c1")])
    problem = problem.with_judgement(make_judgement("federation", "c1", (40, 74, 84), confirmed=False))
    found = appraised(problem)
    assert found.withheld == ("nobody_weighed" if weights is None else "unconfirmed")
    for sentence in [words.headline(found), words.explanation(found), words.unconfirmed(problem), words.steady(found)]:
        assert ORDER.search(sentence) is None, sentence
    assert words.switching(found) == []


def test_once_the_group_has_looked_the_headline_names_the_leader_and_its_share() -> None:
    found = appraised(make_problem({"stay": [90, 30], "federation": [60, 70], "new_mat": [10, 20]}, {"c1": 40, "c2": 60}))
    assert found.robustness is not None
    part = phrases.share(found.robustness.first_place_share("federation"))
    assert part.endswith(("of 10", "of 100", "always"))
    assert words.headline(found).startswith("Federation comes first in ")


@pytest.mark.parametrize("table", [{"stay": [50, 50], "federation": [90, 90]}, {"federation": [90, 90]}])
def test_a_leader_in_every_way_of_weighing_is_said_in_english(table: Mapping[str, list[float]]) -> None:
    """Not "comes first in always ways of weighing"."""
    found = appraised(make_problem(table))
    assert words.headline(found) in (
        "Federation always comes first",
        "Federation comes first in all ways of weighing",
        "Federation comes first in every way of weighing",
    )


def test_a_tie_is_called_a_tie_in_the_headline_and_in_the_order() -> None:
    found = appraised(make_problem({"stay": [60.4, 50], "federation": [50, 60], "new_mat": [10, 10]}))
    assert found.ranking == (("stay", "federation"), ("new_mat",))
    assert words.headline(found) == "Stay and federation cannot be separated by what we know"
    assert words.explanation(found) == "On the likely figures the order is: stay and federation (tied); new mat."


def test_what_cannot_be_separated_from_the_leader_is_named_with_it_in_the_order_of_the_ranking() -> None:
    table = {"new_mat": [10, 10], "federation": [(30, 58, 90), (30, 58, 90)], "stay": [(30, 60, 90), (30, 60, 90)]}
    found = appraised(make_problem(table))
    assert found.ranking == (("stay",), ("federation",), ("new_mat",))
    assert words.level_with_leader(found) == ("stay", "federation")
    assert words.headline(found) == "Stay and federation cannot be separated by what we know"


def test_options_that_cannot_be_separated_from_each_other_but_from_the_leader_are_not_named_with_it() -> None:
    table = {"new_mat": [(10, 20, 30), 20], "federation": [(10, 20, 30), 21], "stay": [90, 90]}
    found = appraised(make_problem(table))
    assert ("federation", "new_mat") in [tuple(sorted(pair)) for pair in found.cannot_separate]
    assert words.level_with_leader(found) == ("stay",)


def test_the_order_is_that_of_the_ranking_and_closed_options_are_named() -> None:
    found = appraised(make_problem({**TABLE, "la_trust": [99, 99]}, status={"la_trust": "closed"}))
    assert words.explanation(found) == "On the likely figures the order is: federation; stay; new mat. Closed: La trust."


def test_while_order_is_withheld_closed_options_are_named_too() -> None:
    problem = make_problem({**TABLE, "la_trust": [99, 99]}, status={"la_trust": "closed"}, unconfirmed=[("stay", "c1")])
    problem = problem.with_judgement(make_judgement("stay", "c1", (0, 90, 100), confirmed=False))
    found = appraised(problem.with_judgement(make_judgement("federation", "c1", (0, 74, 84), confirmed=False)))
    assert found.withheld == "unconfirmed"
    assert words.explanation(found) == (
        "Overall values are shown as ranges, in the order of the list, until the group has looked at these cells. Closed: La trust."
    )


# No option left


def gated(**fails: set[str]) -> Appraisal:
    """Appraise options that fail these must-haves."""
    gates = sorted(set().union(*fails.values()))
    outcome = {option: {gate: "fails" if gate in failed else "passes" for gate in gates} for option, failed in fails.items()}
    return appraised(make_problem({option: [1] for option in fails}, gates=outcome))


def test_where_no_option_is_left_the_smallest_sets_are_named_and_what_relaxing_each_reopens() -> None:
    found = gated(stay={"change"}, federation={"land", "way_out"}, new_mat={"way_out"})
    assert words.headline(found) == "No option is left"
    assert words.explanation(found) == (
        "Nothing passes “We insist on change” together with “We insist on way_out”. "
        "Without “We insist on change”, stay would be open again. "
        "Without “We insist on way_out”, new mat would be open again."
    )


def test_every_smallest_set_is_named() -> None:
    said = words.explanation(gated(stay={"a"}, federation={"b", "c"}))
    assert "“We insist on a” together with “We insist on b” and “We insist on a” together with “We insist on c”" in said
    assert said.endswith("Without “We insist on a”, stay would be open again.")


def test_where_no_must_have_alone_reopens_anything_that_is_said() -> None:
    said = words.explanation(gated(stay={"a", "b"}, federation={"a", "b"}))
    assert said == (
        "Nothing passes “We insist on a” and “We insist on b”. No must-have alone reopens an option; two or more would have to give way."
    )


def test_where_the_law_closes_everything_no_must_have_is_blamed() -> None:
    found = appraised(make_problem({"stay": [1], "federation": [2]}, status={"stay": "closed", "federation": "closed"}))
    assert words.explanation(found) == "The law leaves no option open to this group."


def test_on_the_ember_schools_three_must_haves_leave_nothing_and_one_reopens_four() -> None:
    said = words.explanation(closed().appraisal)
    pay = "Teachers who have national pay and conditions by law today keep them"
    assert f"All staff have an academy trust as their employer” together with “{pay}”" in said
    assert "Without “All staff have an academy trust as their employer”, " in said
    assert "staying as we are" in said
    assert ".”" not in said


# What would change it


def test_the_weight_that_changes_the_leader_is_named_with_the_weight_now() -> None:
    found = appraised(make_problem({"stay": [100, 40], "federation": [50, 100]}, {"c1": 30, "c2": 70}, criteria=named("Cost", "Staff")))
    assert words.switching(found) == [
        "If cost carried more than 55 of 100 (now 30), stay would come first.",
        "If staff carried less than 45 of 100 (now 70), stay would come first.",
    ]
    assert words.steady(found) == ""


def test_a_weight_that_makes_a_tie_is_said_as_a_tie() -> None:
    table = {"stay": [100, 40], "new_mat": [100, 40], "federation": [50, 100]}
    found = appraised(make_problem(table, {"c1": 30, "c2": 70}))
    assert all(sentence.endswith("stay and new mat would tie for first.") for sentence in words.switching(found))
    assert len(words.switching(found)) == 2


def test_weights_that_never_change_the_leader_are_named_together() -> None:
    found = appraised(make_problem({"stay": [90, 90], "federation": [10, 10]}, criteria=named("Cost", "Staff")))
    assert words.switching(found) == []
    assert words.steady(found) == "No weight of cost and staff alone would change who comes first."


def test_a_dominated_option_says_by_which_and_how_surely() -> None:
    found = appraised(make_problem({"stay": [90, 90], "federation": [(40, 60, 80), 80], "new_mat": [(0, 1, 99), 1]}))
    assert words.dominated(found) == [
        "Federation is nowhere better than stay, wherever in their ranges the judgements lie: no weights put it ahead.",
        "New mat is nowhere better than stay, on the likely figures. Elsewhere in the ranges it can be.",
        "New mat is nowhere better than federation, on the likely figures. Elsewhere in the ranges it can be.",
    ]
