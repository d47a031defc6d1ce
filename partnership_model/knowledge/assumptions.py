"""Starting assumptions: what an option is likely to be worth on a criterion before anybody in the group has looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, nearest
from partnership_model.knowledge.catalogue import Assumption
from partnership_model.knowledge.csv_file import Row, read_csv
from partnership_model.knowledge.schema import Range

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from partnership_model.knowledge.catalogue import Criterion, Option

COLUMNS = ("option", "criterion", "low", "likely", "high", "grade", "evidence", "reasoning")
GRADES = ("A", "B", "C", "D")
FIGURES = ("low", "likely", "high")


@dataclass(frozen=True)
class _Known:
    """What the rows may name."""

    options: Mapping[str, Option]
    criteria: Mapping[str, Criterion]
    evidence: Collection[str]


def read_assumptions(
    path: Path, options: Mapping[str, Option], criteria: Mapping[str, Criterion], evidence: Collection[str], inside: Path
) -> tuple[dict[tuple[str, str], Assumption], list[Fault]]:
    """Read the starting assumptions by option and criterion.

    Args:
        evidence: what a row may rest on: keys of sources, `fact:QUESTION` and `study:KEY`.

    Returns:
        What could be read, and everything that is wrong. Each option that is ranked has a row for each default
        criterion that is not computed; the others have one where there is evidence.
    """
    try:
        name, rows = read_csv(path, COLUMNS, inside=inside)
    except FaultsError as error:
        return {}, list(error.faults)
    found: dict[tuple[str, str], Assumption] = {}
    faults: list[Fault] = []
    for row in rows:
        try:
            one = _assumption(name, row, _Known(options, criteria, evidence))
        except FaultsError as error:
            faults += error.faults
            continue
        if (one.option, one.criterion) in found:
            faults.append(Fault(name, row.line, "option", f"{one.option} on {one.criterion} stands in two rows; keep one"))
        found[one.option, one.criterion] = one
    named = {(row.cells["option"], row.cells["criterion"]) for row in rows}
    faults += [
        Fault(name, None, "", f"no row gives {option} on {criterion}")
        for option, chosen in options.items()
        for criterion, about in criteria.items()
        if chosen.ranked and about.default and not about.derived and (option, criterion) not in named
    ]
    return found, faults


def _assumption(name: str, row: Row, known: _Known) -> Assumption:
    rests_on = tuple(part.strip() for part in row.cells["evidence"].split(";") if part.strip())
    lists = (("option", known.options), ("criterion", known.criteria), ("grade", GRADES))
    faults = [
        Fault(name, row.line, column, f'"{row.cells[column]}" is not known. {nearest(row.cells[column], names)}')
        for column, names in lists
        if row.cells[column] not in names
    ]
    faults += [
        Fault(name, row.line, "evidence", f'"{one}" is not a source, a fact or a study. {nearest(one, known.evidence)}')
        for one in rests_on
        if one not in known.evidence
    ]
    faults += [Fault(name, row.line, "evidence", "say what this rests on")] if not rests_on else []
    faults += [Fault(name, row.line, "reasoning", "say why in one sentence")] if not row.cells["reasoning"] else []
    criterion = known.criteria.get(row.cells["criterion"])
    if criterion and criterion.derived:
        faults.append(Fault(name, row.line, "criterion", f"{criterion.label} is computed from facts; take the row out"))
    amount, wrong = range_of(name, row)
    faults += wrong
    if amount and criterion:
        faults += outside_anchors(name, row, amount, criterion)
    if faults or amount is None:
        raise FaultsError(faults)
    chosen = {column: row.cells[column] for column in ("option", "criterion", "grade", "reasoning")}
    return Assumption.model_validate({**chosen, "amount": amount, "evidence": rests_on})


def range_of(name: str, row: Row) -> tuple[Range | None, list[Fault]]:
    """Read the columns low, likely and high of a row; None where any of them is wrong."""
    numbers: list[float] = []
    faults: list[Fault] = []
    for column in FIGURES:
        try:
            number = float(row.cells[column])
        except ValueError:
            number = float("nan")
        if number - number != 0:  # not a number, or infinite
            faults.append(Fault(name, row.line, column, f'found "{row.cells[column]}"; expected a number'))
        numbers.append(number)
    if not faults and not numbers[0] <= numbers[1] <= numbers[2]:
        shown = ", ".join(f"{number:g}" for number in numbers)
        faults.append(Fault(name, row.line, "low", f"expected low <= likely <= high, found {shown}"))
    if faults:
        return None, faults
    return Range(low=numbers[0], likely=numbers[1], high=numbers[2]), []


def outside_anchors(name: str, row: Row, amount: Range, criterion: Criterion) -> list[Fault]:
    """Complain of figures outside the criterion's anchors."""
    least, most = sorted((criterion.scale.worst, criterion.scale.best))
    return [
        Fault(name, row.line, column, f"found {number:g}; {criterion.label} runs from {least:g} to {most:g}")
        for column, number in (("low", amount.low), ("likely", amount.likely), ("high", amount.high))
        if not least <= number <= most
    ]
