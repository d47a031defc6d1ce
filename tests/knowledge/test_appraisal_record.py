"""What a case says of its own appraisal: roles and no person, every fault at once, and for whom each entry is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.appraisal_record import AppraisalRecord
from partnership_model.knowledge.case_archive import CASE, pack
from partnership_model.knowledge.case_writing import as_yaml, with_keys
from partnership_model.knowledge.cases import case_of, read_case
from partnership_model.knowledge.editions import case_key, left_out, public_edition
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.record_entries import Entry
from tests.knowledge.record_making import EVERY_KEY_OF_A_RECORD, SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    """Read the knowledge base once."""
    return read_knowledge()


def case_with(base: KnowledgeBase, record: str = EVERY_KEY_OF_A_RECORD) -> Case:
    """Read the small case with a record."""
    return case_of({CASE: SMALL + record}, "two-schools", base)


def faults(base: KnowledgeBase, record: str) -> list[str]:
    """All faults of the small case with a record."""
    with pytest.raises(FaultsError, match=r"\d+ faults? found\.$") as error:
        case_with(base, f"appraisal:\n  {record}\n")
    return [str(fault) for fault in error.value.faults]


def test_every_key_of_a_record_is_read_and_none_has_to_be_given(base: KnowledgeBase) -> None:
    record = case_with(base).file.appraisal
    assert record.model_fields_set == set(AppraisalRecord.model_fields)
    assert record.consultation
    assert record.consultation[0].heard[0].option == "federation"
    assert case_with(base, "").file.appraisal == AppraisalRecord()


def test_an_empty_list_says_that_there_are_none_and_a_missing_key_says_nothing(base: KnowledgeBase) -> None:
    record = case_with(base, "appraisal: {absent: [], conflicts: [], criteria_left_out: []}\n").file.appraisal
    assert (record.absent, record.conflicts, record.criteria_left_out) == ((), (), ())
    assert record.took_part is None
    (found,) = faults(base, "risks: []")
    assert found == "case.yaml:12: appraisal.risks: expected at least 1 entry"


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("shortlist: [stay, federaton]", 'shortlist.1: "federaton" is not an option of this case. Did you mean "federation"?'),
        ("shortlist: [stay, stay]", 'shortlist.1: "stay" is repeated'),
        ("triger: []", 'triger: unknown key. Did you mean "triggers"?'),
        ("decide_by: soon", "decide_by: found 'soon'; expected a date that exists, such as 2016-04-15"),
        ("trend: [{says: a, source: source_01}]", 'trend.0.source: "source_01" is not a source. Did you mean "source_001"?'),
        ("equality: {looked_at: a, findings: [b], source: nowhere}", 'equality.source: "nowhere" is not a source.'),
        ("equality: {looked_at: a, findings: [b], signed: Clerk}", "equality: a signature has a role and a day"),
        ("overlaps_checked: [{criteria: [cost], says: a}]", "overlaps_checked.0.criteria: expected at least 2 entries"),
        (
            "overlaps_checked: [{criteria: [cost, stuff], says: a}]",
            'overlaps_checked.0.criteria.1: "stuff" is not a criterion of this case. Did you mean "staff"?',
        ),
        ("criteria_left_out: [{criterion: cost, why: a}]", 'criteria_left_out.0.criterion: "cost" is a criterion of this case'),
        ("consultation: [{asked: a, of: b, invited: 3, answered: 4}]", "consultation.0: 4 answered of 3 invited"),
        ("consultation: [{asked: a, of: b, opened: 2016-02-02, closed: 2016-02-01}]", "consultation.0: it closed on 2016-02-01, before"),
        (
            "consultation: [{asked: a, of: b, heard: [{option: stya, says: c}]}]",
            'consultation.0.heard.0.option: "stya" is not an option of this case. Did you mean "stay"?',
        ),
        (
            "policy_scenarios: [{name: a, says: b, means: [{option: stya, says: c}]}]",
            'policy_scenarios.0.means.0.option: "stya" is not an option of this case. Did you mean "stay"?',
        ),
        (
            "risks: [{risk: a, likely: perhaps, effect: slight, meet: b, who: c}]",
            "risks.0.likely: found 'perhaps'; expected 'unlikely', 'possible' or 'likely'",
        ),
        ("decisions: [{on: 2016-01-01, kind: weights, says: a, by: b}]", "decisions.0.kind: found 'weights'; expected"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(base: KnowledgeBase, record: str, says: str) -> None:
    (found,) = faults(base, record)
    assert found.startswith(f"case.yaml:12: appraisal.{says}")


def test_all_faults_of_a_record_are_said_at_once(base: KnowledgeBase) -> None:
    found = faults(base, "shortlist: [stya]\n  risks: [{risk: a}]\n  expires: never\n  trend: [{says: 5}]")
    assert len(found) == 7
    assert {line.split(":")[1] for line in found} == {"12", "13", "14", "15"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("write to head@school.sch.uk please", "an e-mail address"),
        ("01483 123456", "a telephone number"),
        ("call (020) 7946 0958 now", "a telephone number"),
        ("+44 20 7946 0958", "a telephone number"),
        ("mobile: 07700900123", "a telephone number"),
    ],
)
@pytest.mark.parametrize("place", ["trend: [{{says: {}}}]", "took_part: [{{role: Chair, interests: {}}}]", "took_part: [{{role: {}}}]"])
def test_what_looks_like_an_address_or_a_telephone_number_is_refused(base: KnowledgeBase, place: str, text: str, what: str) -> None:
    (found,) = faults(base, place.format(f'"{text}"'))
    assert f"this looks like {what}; name roles, such as chair of governors of Infant A, and no person" in found


@pytest.mark.parametrize("name", ["Mr Smith", "Mrs. A Jones", "dr Brown", "Cllr Green", "Revd White"])
def test_a_role_that_begins_like_a_name_is_refused(base: KnowledgeBase, name: str) -> None:
    (found,) = faults(base, f'assurance: [{{by: "{name}", on: 2016-01-01, checked: a, limits: b}}]')
    assert "this looks like a person's name; name roles" in found


@pytest.mark.parametrize(
    "text",
    [
        "From 2016-04-15 to 2016-05-15, 01-04-2016 and 01/04/2016 12 came.",
        "£1,180,000 a year, 0 to 100, 98304 draws, 3.14159265358979",
        "School number 123456, seed 2016, URN 0 1 2",
        "Head of Dr Challoner's, at 5 o'clock @ the hall",
        "1012016041500 rows",
    ],
)
def test_days_sums_and_figures_are_no_telephone_numbers(base: KnowledgeBase, text: str) -> None:
    record = case_with(base, f'appraisal:\n  trend: [{{says: "{text}"}}]\n').file.appraisal
    assert record.trend
    assert record.trend[0].says == text


# For whom


SECRET = "Tell-Nobody"  # noqa: S105 - a word to look for


TEXTS = re.compile(r"\b(says|did|interests|why|handled|fell|risk|meet|asked|how|changed|checked|limits|looked_at): (?=[A-Z])")


def seeded(text: str = EVERY_KEY_OF_A_RECORD) -> str:
    """Put a secret before the texts of a record."""
    return TEXTS.sub(rf"\1: {SECRET} ", text)


def test_no_entry_is_public_unless_it_says_so_or_a_source_says_it(base: KnowledgeBase) -> None:
    text = seeded().replace(", for: public", "").replace(", source: source_001", "")
    case = case_with(base, text)
    assert repr(case.file.appraisal).count(SECRET) >= 20
    public = public_edition(case).file.appraisal
    assert SECRET not in repr(public)
    assert public == AppraisalRecord(
        decide_by=case.file.appraisal.decide_by,
        expires=case.file.appraisal.expires,
        shortlist=("stay", "federation"),
        audience="governors",
    )


def test_what_is_marked_or_sourced_is_public_and_a_record_can_be_public_as_a_whole(base: KnowledgeBase) -> None:
    public = public_edition(case_with(base)).file.appraisal
    assert {key for key, _ in public.entries} == {"took_part", "trend", "equality"}
    whole = public_edition(case_with(base, EVERY_KEY_OF_A_RECORD.replace("  for: governors\n", "  for: public\n")))
    assert whole.file.appraisal == case_with(base, EVERY_KEY_OF_A_RECORD.replace("  for: governors\n", "  for: public\n")).file.appraisal
    one = "appraisal:\n  for: public\n  triggers: [{says: Ours., for: governors}, {says: Theirs.}]\n"
    triggers = public_edition(case_with(base, one)).file.appraisal.triggers
    assert triggers
    assert [entry.says for entry in triggers] == ["Theirs."]


def test_nobody_learns_from_the_public_edition_whether_there_were_none(base: KnowledgeBase) -> None:
    kept = public_edition(case_with(base, "appraisal: {absent: [], conflicts: []}\n")).file.appraisal
    assert (kept.absent, kept.conflicts) == (None, None)
    said = public_edition(case_with(base, "appraisal: {absent: [], for: public}\n")).file.appraisal
    assert said.absent == ()


def test_whoever_makes_the_public_edition_is_told_which_entries_are_not_in_it(base: KnowledgeBase) -> None:
    said = [one for one in left_out(case_with(base)) if "`appraisal`" in one]
    assert "risks (`appraisal`): 1 of 1" in said
    assert "long list (`appraisal`): 2 of 2" in said
    assert not any(one.startswith(("took part", "trend", "equality")) for one in said)


def test_the_name_of_a_case_hangs_on_its_public_entries_alone(base: KnowledgeBase) -> None:
    ours = case_key(case_with(base))
    assert case_key(case_with(base, EVERY_KEY_OF_A_RECORD.replace("Share a deputy", "Wait"))) == ours
    assert case_key(case_with(base, EVERY_KEY_OF_A_RECORD.replace("No harm was found", "Harm was found"))) != ours


# Saving


def test_a_record_is_kept_letter_by_letter_when_another_key_is_saved(base: KnowledgeBase) -> None:
    text = f"# Ours.\n{SMALL}# How we did it.\n{EVERY_KEY_OF_A_RECORD}who_counts: group  # one voice each\n"
    written = with_keys(text, {"as_of": "2016-05-01", "who_counts": "person"})
    assert EVERY_KEY_OF_A_RECORD in written
    assert "# How we did it.\n" in written
    again = case_of({CASE: written}, "two-schools", base).file
    assert again.appraisal == case_with(base).file.appraisal
    assert again.who_counts == "person"


def test_a_record_that_is_written_anew_is_read_as_the_same(base: KnowledgeBase) -> None:
    record = case_with(base).file.appraisal
    plain = record.model_dump(by_alias=True, exclude_none=True)
    written = with_keys(SMALL, {"appraisal": plain})
    assert case_of({CASE: written}, "two-schools", base).file.appraisal == record
    assert as_yaml({"appraisal": plain}) in written


def test_a_record_comes_back_from_the_zip_file_of_a_case(tmp_path: Path, base: KnowledgeBase) -> None:
    saved = tmp_path / "ours.zip"
    saved.write_bytes(pack("two-schools", {CASE: SMALL + EVERY_KEY_OF_A_RECORD}))
    assert read_case(saved, base).file.appraisal == case_with(base).file.appraisal


def test_each_entry_can_say_for_whom_it_is_and_name_a_source() -> None:
    kinds: list[Any] = [kind for kind in Entry.__subclasses__() if kind.__module__ == Entry.__module__]
    assert len(kinds) >= 14
    assert all({"source", "audience"} <= set(kind.model_fields) for kind in kinds)
