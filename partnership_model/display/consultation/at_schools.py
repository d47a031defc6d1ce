"""What matters at each school, beside what matters to each group: the same ballots, added up the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import phrases
from partnership_model.display.blocks import Block, Heading, Paragraph, Table
from partnership_model.display.consultation import words
from partnership_model.display.consultation.frames import schools_frame

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.results import ConsultationResults

FEWEST = 2  # schools that are asked: of one alone, everybody is the school
BESIDE = 4  # schools in one table
WHO = (
    "The same answers as above, added up by the school that people named. A school counts a group only if five or more of it said there "
    "what matters to them, and if no smaller number can be worked out with it: so these are not all answers, and schools with different "
    "groups differ for that alone."
)


def at_each_school(results: ConsultationResults) -> list[Block]:
    """Give the weights of each school of which they can be shown; nothing where only one school is asked about."""
    if len(results.questions.schools) < FEWEST:
        return []
    if not results.by_school:
        says = "Of no school can it be shown what matters there: of no group did five or more name the same one and say so."
        return [Heading("What matters at each school", 3), Paragraph(says, "missing")]
    blocks: list[Block] = [Heading(_finding(results), 3)]
    schools = list(results.by_school)
    for start in range(0, len(schools), BESIDE):
        more = " (more schools)" if start else ""
        blocks.append(
            Table.of_rows(f"What matters at each school, in weights of 100{more}", _rows(results, schools[start : start + BESIDE]))
        )
    if missing := [name for name in results.questions.schools if name not in results.by_school]:
        blocks.append(Paragraph(f"Not shown, since too few answered or others could be worked out: {phrases.listed(missing)}.", "missing"))
    return [*blocks, Paragraph(WHO, "note")]


def _finding(results: ConsultationResults) -> str:
    """Say what weighs most at which school: the title."""
    first: dict[tuple[str, ...], list[str]] = {}
    for name, one in results.by_school.items():
        first.setdefault(one.said.heaviest, []).append(name)
    if len(first) > words.MOST_PARTS:
        return (
            f"Schools differ in what matters most there: {words.criteria(results, phrases.unique(key for keys in first for key in keys))}"
        )
    parts = [f"at {phrases.listed(_named(results, names))}: {words.level(results, keys)}" for keys, names in first.items()]
    return f"What matters most {'; '.join(parts)}"


def counted_differently(results: ConsultationResults) -> str:
    """Say that schools cannot be compared where different groups are counted there; "" where they can be."""
    if _alike(results):
        return ""
    named = "; ".join(f"{name}: {phrases.listed(map(phrases.uncapital, one.groups))}" for name, one in results.by_school.items())
    return f"Schools cannot be compared in this, since different groups are counted there ({named})."


def _alike(results: ConsultationResults) -> bool:
    return len({one.groups for one in results.by_school.values()}) <= 1


def _named(results: ConsultationResults, schools: list[str]) -> list[str]:
    """Name schools, and the groups that are counted there where these differ: else a difference of groups is taken for one of schools."""
    if _alike(results):
        return schools
    return [f"{name} ({phrases.listed(map(phrases.uncapital, results.by_school[name].groups))})" for name in schools]


def _rows(results: ConsultationResults, schools: list[str]) -> list[dict[str, str]]:
    """Put a row for each criterion, after those that say who is counted."""
    frame = schools_frame(results).set_index(["school", "criterion"])
    groups = {school: str(frame.loc[school, "groups"].iloc[0]) for school in schools}
    counted = {school: str(frame.loc[school, "counted"].iloc[0]) for school in schools}
    rows = [{"Criterion": "Groups counted", **groups}, {"Criterion": "Answers", **counted}]
    for key in words.by_weight(results):
        cells = {school: frame.loc[(school, key)] for school in schools}
        said = {school: f"{cell['weight']} ({cell['low']} to {cell['high']})" for school, cell in cells.items()}
        rows.append({"Criterion": words.criterion(results, key), **said})
    return rows
