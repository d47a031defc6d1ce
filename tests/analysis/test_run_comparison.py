"""Two runs compared: nothing differs that does not, and all that does is named once, with both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.facts_apart import facts_apart, rules_apart
from partnership_model.analysis.run_comparison import BEYOND, RESULTS, Change, Comparison, compare
from tests import two_runs
from tests.display.test_notebook import BASE, DAY, LATER, ember

if TYPE_CHECKING:
    from collections.abc import Callable


def changed(change: Callable[[dict[str, Any]], object]) -> Comparison:
    """Compare the Ember case with the same result in which something was changed by hand."""
    data = two_runs.data()
    change(data)
    return compare(two_runs.run(), two_runs.run(data), BASE)


def test_between_a_run_and_itself_nothing_differs() -> None:
    found = compare(two_runs.run(), two_runs.run(), BASE)
    assert (found.changes, found.facts, found.rules, found.first) == ((), (), (), "same")


def test_what_differs_one_way_differs_the_other_way_round() -> None:
    data = two_runs.data()
    two_runs.given(data, "schools", "Infant A", "pupils")["value"] = 280
    data["warnings"].append("New.")
    two_runs.option(data, "stay")["overall"]["likely"] += 2
    there, back = compare(two_runs.run(), two_runs.run(data), BASE), compare(two_runs.run(data), two_runs.run(), BASE)
    assert {(one.part, one.place, one.before, one.after) for one in there.changes if not isinstance(one.before, dict)} == {
        (one.part, one.place, one.after, one.before) for one in back.changes if not isinstance(one.before, dict)
    }
    assert len(there.changes) == len(back.changes) == 3


def test_one_input_is_one_change_at_its_place() -> None:
    found = changed(lambda data: two_runs.given(data, "weights", "Governors", "values", "cost").update(value=100.0))
    assert found.changes == (Change("weights", ("weights", "Governors", "values", "cost"), 60.0, 100.0),)


def test_a_school_that_is_gone_is_one_change_and_not_one_for_each_option() -> None:
    def without_primary_d(data: dict[str, Any]) -> None:
        rows = data["inputs"]["given"]
        rows[:] = [one for one in rows if one["place"][:2] != ["schools", "Primary D"]]
        for one in data["options"]:
            del one["membership"]["Primary D"]

    (one,) = changed(without_primary_d).changes
    assert (one.part, one.place, one.after) == ("schools", ("schools", "Primary D"), None)
    assert one.before["pupils"] == 210


def test_the_judgements_of_an_option_in_one_run_alone_are_counted() -> None:
    def without_federation(data: dict[str, Any]) -> None:
        rows = data["inputs"]["judgements"]
        rows[:] = [one for one in rows if one["option"] != "federation"]

    assert changed(without_federation).changes == (Change("judgements", ("federation",), 8, None),)


def test_between_two_editions_reasons_and_what_is_not_public_are_not_compared() -> None:
    def public(data: dict[str, Any]) -> None:
        data["edition"] = "public"
        data["inputs"]["judgements"][0]["why"] = "Not public."
        data["checklist"][0]["state"] = "not_public"

    assert [one.place for one in changed(public).changes] == [("edition",)]

    def reason(data: dict[str, Any]) -> None:
        data["inputs"]["judgements"][0]["why"] = "We counted again."

    (one,) = changed(reason).changes
    assert (one.place, one.after) == (("stay", "autonomy", "why"), "We counted again.")


@pytest.mark.parametrize(("errors", "many"), [(BEYOND * 0.99, 0), (BEYOND * 1.01, 1)])
def test_a_share_of_first_places_differs_only_beyond_what_chance_does(errors: float, many: int) -> None:
    def moved(data: dict[str, Any]) -> None:
        one = two_runs.option(data, "stay")
        one["rank_acceptability"][0] += errors * 2**0.5 * one["rank_acceptability_error"][0]

    assert len(changed(moved).of("first_places")) == many


def test_another_seed_alone_moves_no_share_beyond_chance_and_no_order() -> None:
    found = compare(two_runs.run(), two_runs.run(ember(seed=7).result().data), BASE)
    assert [one.place for one in found.of("settings")] == [("seed",)]
    assert found.of("first_places", "order", "overall", "status") == ()


def test_an_overall_value_differs_where_its_whole_number_does() -> None:
    def moved(by: float) -> Callable[[dict[str, Any]], None]:
        def move(data: dict[str, Any]) -> None:
            two_runs.option(data, "stay")["overall"].update(low=44.1 + by)

        return move

    assert changed(moved(0.0)).of("overall") == changed(moved(0.3)).of("overall")
    assert len(changed(moved(1.0)).of("overall")) == 1


def test_ties_are_said_on_both_sides() -> None:
    found = changed(lambda data: data.update(ranking=[["co_operative_trust"], ["collaboration"], *data["ranking"][1:]]))
    assert found.first == "changed"
    assert found.of("order") == (
        Change("order", ("collaboration",), {"place": 1, "with": ["co_operative_trust"]}, {"place": 2, "with": []}),
        Change("order", ("co_operative_trust",), {"place": 1, "with": ["collaboration"]}, {"place": 1, "with": []}),
    )


@pytest.mark.parametrize(
    ("before", "after", "first"),
    [
        ([["stay"]], [["stay"]], "same"),
        ([["stay"], ["federation"]], [["federation"], ["stay"]], "changed"),
        (None, [["stay"]], "now_ordered"),
        ([["stay"]], None, "no_longer_ordered"),
        (None, None, "never_ordered"),
    ],
)
def test_what_became_of_the_first_place(before: list[list[str]] | None, after: list[list[str]] | None, first: str) -> None:
    runs = (two_runs.run(two_runs.data() | {"ranking": ranking}) for ranking in (before, after))
    assert compare(*runs, BASE).first == first


def test_a_change_of_the_first_place_between_options_that_neither_run_separates_is_known_as_such() -> None:
    swapped = [["stay"], ["federation"]], [["federation"], ["stay"]]
    for pairs, told in (([["federation", "stay"]], False), ([], True)):
        runs = (two_runs.run(two_runs.data() | {"ranking": ranking, "cannot_separate": pairs}) for ranking in swapped)
        assert compare(*runs, BASE).told_apart is told


def test_a_sentence_in_which_only_a_figure_differs_is_one_change() -> None:
    def fewer(data: dict[str, Any]) -> None:
        data["warnings"][0] = data["warnings"][0].replace("33", "12")
        data["mistakes"]["found"][0]["says"] += " More."

    found = changed(fewer)
    assert [(one.part, one.before is None, one.after is None) for one in found.changes] == [
        ("warnings", False, False),
        ("mistakes", False, False),
    ]


def test_an_older_run_is_compared_by_its_settings_and_results_alone() -> None:
    older = two_runs.without(two_runs.data(), "inputs", "mistakes", "checklist") | {"seed": 1}
    found = compare(two_runs.run(older), two_runs.run(), BASE)
    assert not found.compared
    assert [one.place for one in found.changes] == [("seed",)]


def test_options_and_kinds_of_school_that_the_knowledge_base_does_not_know_are_no_fault() -> None:
    data = two_runs.data()
    two_runs.option(data, "stay")["id"] = "an_own_option"
    two_runs.given(data, "schools", "Infant A", "category")["value"] = "castle"
    data["as_of"] = "2016-06-01"
    found = compare(two_runs.run(), two_runs.run(data), BASE)
    assert [(one.place, one.before is None) for one in found.of(*RESULTS)] == [(("stay",), False), (("an_own_option",), True)]


# The facts and the law of two days

KINDS = [("community", "alone"), ("foundation", "alone")]


def test_on_the_same_day_no_fact_and_no_law_differs() -> None:
    assert facts_apart(BASE, DAY, DAY, BASE.options, KINDS) == ()  # type: ignore[arg-type]
    assert rules_apart(BASE, DAY, DAY) == ()


def test_every_answer_that_differs_is_named_for_just_the_options_and_schools_for_which_it_does() -> None:
    day = LATER.replace(year=2026)
    found = facts_apart(BASE, DAY, day, BASE.options, KINDS)  # type: ignore[arg-type]
    named = {(one.attribute, option, *kind) for one in found for option in one.options for kind in one.kinds}
    assert sum(len(one.options) * len(one.kinds) for one in found) == len(named)
    first, second = BASE.on(DAY), BASE.on(day)
    for attribute in BASE.attributes:
        for option in BASE.options:
            for kind in KINDS:
                a, b = first.fact(attribute, option, *kind), second.fact(attribute, option, *kind)  # type: ignore[arg-type]
                differs = (a.code, a.amount, a.says, a.mark, a.status, a.steps) != (b.code, b.amount, b.says, b.mark, b.status, b.steps)
                assert differs == ((attribute, option, *kind) in named) or a.price_year != b.price_year, (attribute, option, kind)
    assert {one.answered for one in found} == {True, False}


def test_a_rule_that_ended_or_began_stands_against_none() -> None:
    found = {one.parameter: one for one in rules_apart(BASE, DAY, LATER.replace(year=2026))}
    assert found["trust_directions"].before is None
    assert found["trust_directions"].after is not None
    assert found["trust_directions"].answered
