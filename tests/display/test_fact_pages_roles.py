"""What changes for whom: gained and lost only where the answers stand in an order for that person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pytest

from partnership_model.display import fact_words
from partnership_model.knowledge.facts import Role
from tests.display.exploring import START, moved, opened
from tests.display.facts_made import unknown, with_roles
from tests.display.page_reading import page, part
from tests.display.test_blocks import Reader, squeezed
from tests.display.test_notebook import BASE, DAY, EMBER

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration


def for_role(state: Exploration, option: str) -> Reader:
    """Read what changes for somebody with one option."""
    return part(page(state, "facts").html, f"role-{option}")


def changed(reader: Reader) -> dict[str, str]:
    """Give the kind of change by question, from every table."""
    rows = [row for caption in reader.texts("caption") for row in reader.rows(caption)[1:]]
    return {row[1]: row[0] for row in rows}


EMPLOYER = BASE.attributes["employer"].question  # the council today, the trust in a multi-academy trust


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        (["academy_trust", "local_authority"], "Lost"),
        (["local_authority", "academy_trust"], "Gained"),
        ([["academy_trust", "local_authority"]], "Changed"),
        (["local_authority", "governing_body"], "Changed"),
        ([], "Changed"),
    ],
    ids=["down the order", "up the order", "the same step", "one of them outside the order", "no order"],
)
def test_gained_and_lost_are_said_only_where_the_answers_stand_in_an_order(order: list[Any], kind: str) -> None:
    base = with_roles({"employer": {"parent": order}})
    state = moved({"do": "role", "value": "parent"}, state=replace(START, knowledge=base.on(DAY)))
    reader = for_role(state, "established_mat")
    assert changed(reader) == {EMPLOYER: kind}
    assert reader.texts("p")[0] == f"Of 1 questions that concern a parent: 1 {kind.lower()} and 0 kept."
    (row,) = reader.rows(reader.texts("caption")[0])[1:]
    assert row[2] == "The council"
    assert row[3].startswith("The academy trust sourced")


def test_what_nobody_knows_is_neither_gained_nor_lost() -> None:
    base = unknown("employer", with_roles({"employer": {"parent": ["academy_trust", "local_authority", "unknown"]}}))
    state = moved({"do": "role", "value": "parent"}, state=replace(START, knowledge=base.on(DAY)))
    reader = for_role(state, "established_mat")
    assert changed(reader) == {EMPLOYER: "Not known"}
    assert "ask the council" in reader.text


def test_what_is_kept_is_named_and_folded_away() -> None:
    base = with_roles({"employer": {"parent": []}, "admissions_authority": {"parent": []}})
    state = moved({"do": "role", "value": "parent"}, state=replace(START, knowledge=base.on(DAY), compared=("collaboration",)))
    reader = for_role(state, "collaboration")
    assert reader.texts("summary") == ["Kept: 2"]
    assert sorted(reader.texts("li")) == sorted(BASE.attributes[name].question for name in ("employer", "admissions_authority"))
    assert changed(reader) == {}


@pytest.mark.parametrize("role", get_args(Role))
def test_each_role_sees_the_questions_that_concern_it_and_no_others(role: str) -> None:
    reader = for_role(moved({"do": "role", "value": role}), "established_mat")
    concern = {squeezed(one.question) for one in BASE.attributes.values() if role in one.roles}
    assert concern
    assert {*changed(reader), *reader.texts("li")} == concern
    assert reader.texts("p")[0].startswith(f"Of {len(concern)} questions that concern {fact_words.ROLES[role]}: ")


def test_what_changes_depends_on_the_kind_of_school() -> None:
    base = with_roles({"employer": {"governor": ["academy_trust", "local_authority", "governing_body"]}})
    state = replace(START, knowledge=base.on(DAY), compared=("co_operative_trust",))
    looks = [moved({"do": "school", "value": name}, state=state) for name in ("Infant A", "Primary E")]
    community, aided = (for_role(one, "co_operative_trust") for one in looks)
    assert changed(community) == {EMPLOYER: "Gained"}  # from the council to the governing body
    assert changed(aided) == {}  # it employs its staff already, and stays as it is
    assert aided.texts("summary") == ["Kept: 1"]


def test_an_option_that_is_not_open_to_a_school_says_only_that() -> None:
    academy = EMBER.file.schools[0].model_copy(update={"category": "academy"})
    state = replace(opened(schools=(academy, *EMBER.file.schools[1:])), compared=("federation",))
    reader = for_role(state, "federation")
    assert reader.texts("p") == ["Not open to this school."]
    assert reader.of("table") == []


def test_the_role_that_was_chosen_is_the_one_that_is_shown_as_chosen() -> None:
    reader = part(page(moved({"do": "role", "value": "support_staff"}), "facts").html, "part-role")
    assert [about["value"] for about in reader.of("option") if "selected" in about] == ["support_staff"]
    assert reader.texts("option") == list(fact_words.ROLES.values())
