"""What a case gives has the same place whatever stands before it, and says nothing of who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.knowledge.case_inputs import given
from partnership_model.knowledge.cases import School, read_case
from partnership_model.knowledge.editions import public_edition
from partnership_model.knowledge.shipped import find_case
from tests.knowledge.test_editions import HIDDEN, written

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase


def test_every_value_has_one_place_made_of_keys_and_names(base: KnowledgeBase) -> None:
    found = given(read_case(find_case("ember-2016"), base).file)
    assert found["schools", "Infant A", "pupils"] == 270
    assert found["weights", "Governors", "values", "cost"] == 60
    assert found["weights", "Staff", "values"][3] == "autonomy = community_voice"  # type: ignore[index]
    assert found["options", "new_mat", "named"] == "Secondary F"
    assert ("as_of",) not in found


def test_a_school_that_is_added_in_front_moves_no_other(base: KnowledgeBase) -> None:
    file = read_case(find_case("ember-2016"), base).file
    new = School(name="New G", category="community", phase="primary", pupils=100, budget=500_000)
    more = given(file.model_copy(update={"schools": (new, *file.schools)}))
    before = given(file)
    assert {place: more[place] for place in before} == before
    assert {place[:2] for place in more.keys() - before.keys()} == {("schools", "New G")}


def test_entries_with_the_same_words_are_told_apart(base: KnowledgeBase) -> None:
    file = read_case(find_case("ember-2016"), base).file
    found = given(file.model_copy(update={"aims": (file.aims[0], file.aims[0])}))
    names = {place[1] for place in found if place[0] == "aims"}
    assert names == {file.aims[0].says, f"{file.aims[0].says} (2)"}


def test_of_a_public_edition_no_secret_is_given_and_nothing_says_for_whom(tmp_path: Path, base: KnowledgeBase) -> None:
    case = written(tmp_path, base)
    assert HIDDEN in repr(given(case.file))
    public = given(public_edition(case).file)
    assert HIDDEN not in repr(public)
    assert "98765" not in repr(public)
    assert not any("for" in place for place in given(case.file))
