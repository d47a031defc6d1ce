"""What changed on one day, written by hand from the passages: the knowledge base answers differently on the day before.

Where one of these fails, the passage decides which of the two is wrong; neither is to be bent to the other.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.knowledge.schema import parse_day
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import Fact
    from partnership_model.knowledge.parameters import Standing

TABLE: dict[str, list[dict[str, Any]]] = read_yaml(Path(__file__).parent / "cases" / "flips.yaml").value
FLIPS, STATUSES = TABLE["flips"], TABLE["statuses"]
NOTHING = "nothing"
REPEAL = dt.date(2026, 6, 29)
SMALLEST_TABLE = 55


def readable(one: dict[str, Any]) -> str:
    """Name an entry by what it asks and its day."""
    keys = ("parameter", "attribute", "option", "category", "form", "day")
    return " ".join(str(one[key]) for key in keys if key in one)


def found(one: dict[str, Any], day: dt.date, base: KnowledgeBase) -> Fact | Standing | None:
    """Look an entry up on a day; None where the knowledge base vouches for nothing."""
    knowledge = base.on(day)
    if "parameter" in one:
        return knowledge.parameter(one["parameter"])
    fact = knowledge.fact(one["attribute"], one["option"], one["category"], one.get("form", "alone"))
    return fact if fact.known or fact.since else None


def short(answer: Fact | Standing | None) -> str | float | None:
    """Give the code, or the likely amount, by which an answer is compared."""
    if answer is None:
        return NOTHING
    return answer.amount.likely if answer.amount else answer.code


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("flip", FLIPS, ids=readable)
def test_the_answer_flips_on_its_day_and_not_earlier(flip: dict[str, Any], side: str, base: KnowledgeBase) -> None:
    first = parse_day(flip["day"], "day")
    day = first if side == "after" else first - dt.timedelta(days=1)
    answer = found(flip, day, base)
    assert short(answer) == flip[side], f"{day}\nlaw: {flip['law']}\ndata: {answer.says if answer else NOTHING}"


@pytest.mark.parametrize("entry", STATUSES, ids=readable)
def test_what_is_passed_or_planned_is_told_from_what_is_in_force(entry: dict[str, Any], base: KnowledgeBase) -> None:
    answer = found(entry, parse_day(entry["day"], "day"), base)
    assert answer is not None, entry["law"]
    expected = {key: entry[key] for key in ("status", "code") if key in entry}
    assert {key: getattr(answer, key) for key in expected} == expected, f"law: {entry['law']}\ndata: {answer.says}"


def test_the_order_is_no_longer_a_duty_and_still_the_default(base: KnowledgeBase) -> None:
    """Law and policy are two facts; the words of the second name both, so that neither is read alone."""
    for category in ("community", "voluntary_aided", "foundation", "community_special"):
        policy = base.on(REPEAL).fact("intervention_policy", "stay", category)
        says = policy.says.casefold()
        assert "no longer a duty" in says
        assert "still the default" in says
        assert base.on(REPEAL - dt.timedelta(days=1)).fact("intervention_policy", "stay", category).says != policy.says


def test_what_it_means_for_us_says_on_both_days_that_an_order_may_come(base: KnowledgeBase) -> None:
    before, after = (base.on(day).fact("intervention_meaning", "stay", "community") for day in (REPEAL - dt.timedelta(days=1), REPEAL))
    assert "academy order" in before.answer.casefold()
    assert "academy order" in after.answer.casefold()
    assert "no longer by law" in after.answer.casefold()


def test_the_national_plan_is_told_on_every_day_of_its_turns(base: KnowledgeBase) -> None:
    """The plan holds between its turns as on the day of the turn: the last day of each stage is the same as its first."""
    turns = [one for one in FLIPS if one.get("attribute") == "national_plan"]
    days = sorted(parse_day(one["day"], "day") for one in turns)
    assert days == [dt.date(2016, 3, 17), dt.date(2016, 5, 6), dt.date(2016, 10, 27), dt.date(2022, 3, 28), dt.date(2026, 2, 23)]
    stages = ((days[0], days[1]), (days[1], days[2]), (days[2], days[3]))
    for first, following in stages:
        codes = {
            base.on(first + dt.timedelta(days=one)).fact("national_plan", "stay", "community").code
            for one in range((following - first).days)
        }
        assert len(codes) == 1, f"{first}: {codes}"


@pytest.mark.parametrize(
    ("option", "first"), [("new_mat", dt.date(2010, 7, 29)), ("umbrella_trust", dt.date(2010, 7, 29)), ("la_trust", dt.date(2026, 2, 23))]
)
def test_an_option_is_not_there_on_the_day_before_its_first(option: str, first: dt.date, base: KnowledgeBase) -> None:
    assert option not in base.on(first - dt.timedelta(days=1)).options
    assert option in base.on(first).options


def test_the_rule_on_groups_of_three_changes_the_grant_and_not_its_sum(base: KnowledgeBase) -> None:
    """From September 2024 the sum stays and the condition is new: three schools decided together, or nothing."""
    last, first = (base.on(day).fact("grant", "new_mat", "community") for day in (dt.date(2024, 8, 31), dt.date(2024, 9, 1)))
    assert "three" not in last.says
    assert "three" in first.says
    assert first.amount is not None
    assert (first.amount.low, first.amount.high) == (0, 25_000)


def test_every_flip_is_a_flip_of_something_that_exists(base: KnowledgeBase) -> None:
    assert len(FLIPS) >= SMALLEST_TABLE
    names = Counter(readable(one) for one in FLIPS)
    assert [name for name, count in names.items() if count > 1] == []
    assert [one for one in FLIPS if one["before"] == one["after"] or not one["law"]] == []
    assert {one["parameter"] for one in FLIPS + STATUSES if "parameter" in one} <= set(base.parameters)
    assert {one["attribute"] for one in FLIPS + STATUSES if "attribute" in one} <= set(base.attributes)
    assert dt.date(2007, 5, 25) in {parse_day(one["day"], "day") for one in FLIPS}
    assert [one for one in STATUSES if not {"status", "code"} & set(one) or not one["law"]] == []
