"""Which body has to resolve on what, and what the case says of it; expected bodies are written by hand from the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.knowledge.cases import CaseFile, read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import shipped
from partnership_model.model.problem import build_problem
from partnership_model.model.resolutions import Standing, standings

if TYPE_CHECKING:
    from partnership_model.knowledge.cases import Case

BASE = read_knowledge()
EMBER = read_case(shipped("data", "cases", "ember-2016"), BASE)
KNOWLEDGE = BASE.on(EMBER.file.as_of)  # type: ignore[arg-type]
FIVE = ("Infant A", "Junior B", "Primary C", "Primary D", "Primary E")
ACADEMIES = ("umbrella_trust", "new_mat", "established_mat")


def ember(*resolutions: dict[str, Any], **changes: Any) -> Case:  # noqa: ANN401 - keys of a case
    """Give the Ember case with other resolutions."""
    plain = EMBER.file.model_dump(by_alias=True)
    return EMBER.__class__(
        EMBER.folder, EMBER.name, CaseFile.model_validate(plain | {"resolutions": resolutions} | changes), EMBER.judgements
    )


def found(case: Case) -> list[Standing]:
    """Find what each body has to resolve."""
    return list(standings(case, build_problem(case, KNOWLEDGE), KNOWLEDGE))


def bodies(case: Case) -> dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]]:
    """Give the options by body and schools."""
    return {(one.body, one.schools): one.options for one in found(case)}


def test_the_bodies_of_five_maintained_schools_and_an_invited_academy() -> None:
    """By hand, from what each needs.

    Each governing body always; of the voluntary aided school its trustees and its diocese too, but not for a partnership that
    leaves its character alone; of an academy order the Secretary of State decides, and the trust signs.
    """
    every = ("collaboration", "federation", "co_operative_trust", *ACADEMIES)
    assert bodies(ember()) == {
        ("governing_body", FIVE): every,
        ("trust_board", ("Secondary F",)): tuple(key for key in every if key != "federation"),
        ("trustees", ("Primary E",)): ("federation", *ACADEMIES),
        ("diocese", ("Primary E",)): ("federation", *ACADEMIES),
        ("receiving_trust", FIVE): ACADEMIES,
        ("secretary_of_state", FIVE): ACADEMIES,
    }


def test_what_the_case_forgot_has_no_resolution_and_what_it_names_has_its_own() -> None:
    said = {
        "body": "governing_body",
        "schools": ("Infant A",),
        "options": ("co_operative_trust",),
        "state": "asked",
        "on": EMBER.file.as_of,
    }
    by_schools = {(one.schools, one.options): one.resolution for one in found(ember(said)) if one.body == "governing_body"}
    assert by_schools.pop((("Infant A",), ("co_operative_trust",))).state == "asked"  # type: ignore[union-attr]
    assert set(by_schools.values()) == {None}
    assert {school for schools, _ in by_schools for school in schools} == set(FIVE)


def test_a_resolution_without_schools_and_options_is_that_of_all() -> None:
    standing = found(ember({"body": "diocese", "state": "not_asked"}))
    assert [(one.schools, one.resolution.state) for one in standing if one.resolution] == [(("Primary E",), "not_asked")]


def test_what_only_the_case_names_comes_last_without_a_mark() -> None:
    *_, last = found(ember({"body": "other", "called": "The parish council", "state": "not_asked"}))
    assert (last.body, last.marks, last.schools) == ("other", (), FIVE)


def test_nobody_resolves_on_staying_on_a_closed_option_or_on_what_a_school_is_in_already() -> None:
    assert all("stay" not in one.options for one in found(ember()))
    options = ("stay", {"option": "co_operative_trust", "members_today": FIVE[:4]}, "federation")
    gate = {"id": "own", "says": "Our own board decides.", "attribute": "delegation", "accept": ("everything",)}
    codes = BASE.attributes["delegation"].codes
    gate["accept"] = tuple(code for code in codes if "Everything" in codes[code])
    asked = bodies(ember(options=options, non_negotiables=(gate,)))
    assert set(asked) == {("governing_body", ("Primary E",)), ("trust_board", ("Secondary F",))}


def test_each_row_carries_the_marks_of_its_facts_and_whom_to_ask() -> None:
    for one in found(ember()):
        assert one.marks
        assert one.asks or set(one.marks) == {"sourced"}
