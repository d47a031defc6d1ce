"""The register of schools: every type code is mapped or said to be outside, and the flags give the present form."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.register import IN_MAT, WITH_TRUST, Registered, registered

BASE = read_knowledge()
HERE = Path(__file__).resolve().parents[1] / "cases" / "gias_types.csv"
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "gias_establishment_types.csv"
CODE, NAME, FURTHER = "type-of-establishment-code", "type-of-establishment-name", "further-education-type-name-applicable"
IN_MAT_NAME, WITH_TRUST_NAME = "Supported by a multi-academy trust", "Supported by a trust"
with HERE.open(encoding="utf-8", newline="") as file:
    TYPES = list(csv.DictReader(file))
COVERED = {
    "1": "community", "2": "voluntary_aided", "3": "voluntary_controlled", "5": "foundation", "7": "community_special",
    "8": "non_maintained_special", "12": "foundation_special", "14": "pupil_referral_unit", "15": "maintained_nursery",
    "28": "academy", "33": "special_academy", "34": "academy", "35": "academy", "36": "special_academy",
    "38": "alternative_provision_academy", "39": "sixteen_to_nineteen_academy", "40": "academy", "41": "academy",
    "42": "alternative_provision_academy", "43": "alternative_provision_academy", "44": "special_academy",
    "45": "sixteen_to_nineteen_academy", "46": "sixteen_to_nineteen_academy",
}  # fmt: skip
COLLEGES = ("Sixth Form College (General)", "Sixth Form College (Voluntary Aided)", "Sixth Form College (Voluntary Controlled)")


def test_the_types_of_the_register_are_all_there() -> None:
    """50 rows, of which some tell kinds of college apart."""
    assert len(TYPES) == 50
    assert len({one[CODE] for one in TYPES}) == 39


def test_the_copy_of_the_types_is_the_register_itself() -> None:
    if not REFERENCE.is_file():
        pytest.skip("the documents behind the project are not on this machine")
    assert HERE.read_text(encoding="utf-8") == REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", TYPES, ids=lambda row: f"{row[CODE]} {row[NAME]} {row[FURTHER]}".strip())
def test_every_type_of_the_register_is_mapped_or_said_to_be_outside(row: dict[str, str]) -> None:
    found = registered(BASE, row[CODE], row[FURTHER])
    expected = "sixth_form_college" if row[FURTHER] in COLLEGES else COVERED.get(row[CODE])
    assert found.category == expected
    assert found.form == "alone"
    assert bool(found.why_outside) is (expected is None)


def test_no_code_is_mapped_that_the_register_does_not_have() -> None:
    known = {one[CODE] for one in TYPES} | {f"{one[CODE]}/{one[FURTHER]}" for one in TYPES}
    mapped = {code for about in BASE.categories.values() for code in about.gias}
    assert (mapped | set(BASE.outside)) - known == set()


def test_a_college_that_is_no_sixth_form_college_is_outside_and_says_why() -> None:
    for further in ("", "General Further Education College", "Sixth Form College"):
        found = registered(BASE, "18", further)
        assert found.category is None
        assert "college" in found.why_outside.lower()


@pytest.mark.parametrize(
    ("code", "flag", "federated", "form"),
    [
        ("34", IN_MAT_NAME, False, "in_mat"),
        ("34", "Supported by a single-academy trust", False, "alone"),
        ("34", "Supported by a multi-academy trust ", False, "in_mat"),
        ("34", "SUPPORTED BY A MULTI-ACADEMY TRUST", False, "in_mat"),
        ("34", WITH_TRUST_NAME, False, "alone"),
        ("34", IN_MAT_NAME, True, "in_mat"),
        ("34", "Not applicable", True, "alone"),
        ("5", WITH_TRUST_NAME, False, "with_trust"),
        ("5", "", False, "alone"),
        ("5", WITH_TRUST_NAME, True, "federated"),
        ("12", WITH_TRUST_NAME, False, "with_trust"),
        ("1", "Not applicable", True, "federated"),
        ("1", "", False, "alone"),
        ("1", WITH_TRUST_NAME, False, "alone"),
        ("1", IN_MAT_NAME, False, "alone"),
        ("2", "", True, "federated"),
        ("15", "", True, "federated"),
        ("14", "", True, "alone"),
        ("8", "", True, "alone"),
    ],
)
def test_the_flags_of_the_register_give_the_present_form_that_the_category_can_have(
    code: str,
    flag: str,
    federated: bool,  # noqa: FBT001
    form: str,
) -> None:
    found = registered(BASE, code, trust_flag=flag, federated=federated)
    assert found == Registered(COVERED[code], form)
    assert form in BASE.categories[COVERED[code]].forms


def test_the_flags_are_compared_in_small_letters() -> None:
    assert (IN_MAT_NAME.lower(), WITH_TRUST_NAME.lower()) == (IN_MAT, WITH_TRUST)


@pytest.mark.parametrize(
    ("code", "words"),
    [("344", 'Did you mean "44"?'), ("1 ", 'Did you mean "1'), ("", "Known: 1, 10, 11"), ("Community school", "Known: 1, 10, 11")],
)
def test_a_code_that_is_not_known_is_refused_with_the_nearest(code: str, words: str) -> None:
    with pytest.raises(PartnershipError, match=rf'^"{code}" is not a type code of the register that the workbook knows\. ') as error:
        registered(BASE, code)
    assert words in str(error.value)
