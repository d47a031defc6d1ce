"""A case with the record of a consultation: whose weights count, what is refused, and what every reader is told."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.case_archive import CASE, CONSULTATION, JUDGEMENTS, pack
from partnership_model.knowledge.cases import read_case
from partnership_model.model.problem import build_problem
from tests.consulting import EXAMPLE, PARENTS, STAFF

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

RECORD = (EXAMPLE / CONSULTATION).read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "elm-hill")


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    path = folder / CASE
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path, base: KnowledgeBase) -> list[str]:
    with pytest.raises(FaultsError, match="fault") as refused:
        read_case(folder, base)
    return [str(one) for one in refused.value.faults]


def used(case: Case, base: KnowledgeBase) -> dict[str, int]:
    weights = build_problem(case, base.on(case.file.as_of)).weights  # type: ignore[arg-type]
    assert weights
    return {name: round(100 * share) for name, share in weights.shares.items()}


def test_the_groups_of_the_record_stand_beside_those_of_the_case(folder: Path, base: KnowledgeBase) -> None:
    case = read_case(folder, base)
    assert case.consulted
    assert [one.group for one in case.file.weights] == ["Governors", PARENTS, STAFF]
    said = case.file.weights[1]
    assert said.values == {one.criterion: one.weight for one in case.consulted.by_group[PARENTS].points}
    assert said.elicited.people == case.consulted.by_group[PARENTS].counted
    assert said.elicited.on == case.consulted.closed


def test_how_they_were_taken_says_how_many_of_how_many_in_which_unit_and_by_which_record(folder: Path, base: KnowledgeBase) -> None:
    case = read_case(folder, base)
    assert case.consulted
    seal = case.consulted.sealed["all"][:12]
    assert case.file.weights[2].elicited.how == (
        "the consultation of 2 November 2026 to 20 November 2026, which asked from the worst to the best of each criterion; "
        f"23 of 42 people who were invited answered; the record {seal}"
    )
    assert "a few who named another group, or none, are counted with them" in case.file.weights[1].elicited.how


def test_without_the_record_the_case_has_its_own_weights_alone(folder: Path, base: KnowledgeBase) -> None:
    (folder / CONSULTATION).unlink()
    without_answers(folder)
    case = read_case(folder, base)
    assert case.consulted is None
    assert [one.group for one in case.file.weights] == ["Governors"]


def test_a_group_that_stands_in_both_keeps_the_entry_of_the_case(folder: Path, base: KnowledgeBase) -> None:
    case = read_case(changed(folder, ("- group: Governors", f"- group: {STAFF}")), base)
    assert [one.group for one in case.file.weights] == [STAFF, PARENTS]
    assert case.file.weights[0].values["school_improvement"] == 40  # type: ignore[call-overload, index]


def without_answers(folder: Path) -> None:
    text = (folder / CASE).read_text(encoding="utf-8")
    (folder / CASE).write_text(text[: text.index("  themes:")], encoding="utf-8")


def test_the_hash_of_the_case_changes_with_the_record(folder: Path, base: KnowledgeBase) -> None:
    without_answers(folder)
    with_record = read_case(folder, base).digest
    (folder / CONSULTATION).unlink()
    assert read_case(folder, base).digest != with_record


def test_a_saved_case_carries_its_record(folder: Path, base: KnowledgeBase, tmp_path: Path) -> None:
    texts = read_case(folder, base).texts
    (tmp_path / "saved.zip").write_bytes(pack("elm-hill", texts))
    again = read_case(tmp_path / "saved.zip", base)
    assert again.consulted == read_case(folder, base).consulted
    assert JUDGEMENTS not in again.texts


def test_a_voice_for_each_school_is_that_of_the_record(folder: Path, base: KnowledgeBase) -> None:
    text = (folder / CASE).read_text(encoding="utf-8")
    own = text[text.index("weights:") : text.index("consultation:")]
    case = read_case(changed(folder, ("who_counts: group", "who_counts: school"), (own, "")), base)
    assert case.consulted
    school = case.consulted.counted_by("school")
    assert school
    assert used(case, base) == school.points
    problem = build_problem(case, base.on(case.file.as_of))  # type: ignore[arg-type]
    assert problem.weights
    assert problem.weights.said == "2 schools in the consultation, one voice for each school"


def test_a_voice_for_each_school_is_refused_where_nobody_knows_the_school(folder: Path, base: KnowledgeBase) -> None:
    assert faults(changed(folder, ("who_counts: group", "who_counts: school")), base) == [
        "case.yaml:15: who_counts: of Governors nobody knows the school; use group or person, or leave these weights out"
    ]
    (folder / CONSULTATION).unlink()
    found = faults(folder, base)
    assert any("who_counts: `school` needs a closed consultation" in one for one in found)
    assert any("consultation.themes: no closed consultation lies beside this case" in one for one in found)


def test_an_answer_to_a_theme_that_nobody_spoke_of_is_refused_and_so_is_a_second_answer(folder: Path, base: KnowledgeBase) -> None:
    theme = read_case(folder, base).file.consultation.themes[0].theme  # type: ignore[union-attr]
    assert "is not a theme of the consultation: " in faults(changed(folder, (f"- theme: {theme}", "- theme: buses_to_mars")), base)[0]
    again = read_case(EXAMPLE, base).file.consultation.themes[1].theme  # type: ignore[union-attr]
    assert "is answered twice" in faults(changed(folder, ("- theme: buses_to_mars", f"- theme: {again}")), base)[0]


def test_a_record_that_asked_about_what_the_case_no_longer_has_is_refused(folder: Path, base: KnowledgeBase) -> None:
    says = 'consultation.json: questions.criteria: people were asked about "autonomy", which is not a criterion of this case; '
    says += "add it to `criteria`, or take this file out"
    assert faults(changed(folder, ("autonomy, cost]", "cost]"), (" autonomy: 20,", "")), base) == [says]


def test_a_criterion_that_was_not_asked_about_has_no_weight_of_the_consultation(folder: Path, base: KnowledgeBase) -> None:
    case = read_case(changed(folder, ("autonomy, cost]", "autonomy, cost, resilience]"), ("cost: 10}", "cost: 5, resilience: 5}")), base)
    assert case.file.weights[1].values["resilience"] == 0  # type: ignore[call-overload, index]


def test_what_is_wrong_with_the_record_and_with_the_case_is_said_at_once(folder: Path, base: KnowledgeBase) -> None:
    (folder / CONSULTATION).write_text(RECORD.replace('"weight": 4', '"weight": 3', 1), encoding="utf-8")
    found = faults(changed(folder, ("status: consulting", "status: asking")), base)
    assert len({one.split(":")[0] for one in found}) == 2
