"""Which conditions on weights cannot hold together, found exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from partnership_model.knowledge.weight_sets import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from partnership_model.errors import Fault
    from partnership_model.knowledge.files import Document
    from partnership_model.knowledge.weight_sets import Limit, WeightSet

ALL = Fraction(100)


def contradiction_faults(document: Document, asked: WeightSet, criteria: Sequence[str]) -> Iterator[Fault]:
    """Say which conditions of a case contradict each other, so that no weights meet them all."""
    limits = asked.limits
    if any(name not in criteria for one in limits for name, _ in one.factors):
        return
    found = contradiction(limits, criteria)
    if found:
        them = "this cannot hold" if len(found) == 1 else "these cannot hold together"
        says = f"{them}, since weights are never negative and sum to 100: {'; '.join(one.says for one in found)}"
        yield document.fault((KEY, *found[0].place), says)


def contradiction(limits: Sequence[Limit], criteria: Sequence[str]) -> tuple[Limit, ...]:
    """Give conditions that no weights meet together, and of which none can be spared for that; none where some weights meet all.

    Args:
        limits: on weights that are never negative and sum to 100.
        criteria: all of them, also those that no condition names.
    """
    found = _against(limits, criteria)
    if found is None:
        return ()
    for one in found:
        rest = [other for other in found if other is not one]
        if _against(rest, criteria) is not None:
            found = rest
    return tuple(found)


def _against(limits: Sequence[Limit], criteria: Sequence[str]) -> list[Limit] | None:
    """Give conditions that no weights meet together, or None where some weights meet all of them.

    The simplex method in fractions, beginning with all weights at nought: a condition that is missed is mended by
    raising something that helps it, both taken by their number (Bland, New finite pivoting rules for the simplex
    method, Mathematics of Operations Research 2, 1977, pages 103 to 107). Where nothing helps, the row itself says
    which conditions are against it.
    """
    count = len(criteria)
    rows = [[Fraction(1)] * count + [-ALL], [Fraction(-1)] * count + [ALL], *(_row(one, criteria) for one in limits)]
    inside, outside = list(range(count, count + len(rows))), list(range(count))
    while short := [(inside[row], row) for row in range(len(rows)) if rows[row][count] < 0]:
        _, row = min(short)
        helps = [(outside[column], column) for column in range(count) if rows[row][column] > 0]
        if not helps:
            against = {inside[row], *(outside[column] for column in range(count) if rows[row][column] < 0)}
            return [one for number, one in enumerate(limits, count + 2) if number in against]
        _, column = min(helps)
        _pivot(rows, row, column)
        inside[row], outside[column] = outside[column], inside[row]
    return None


def _row(limit: Limit, criteria: Sequence[str]) -> list[Fraction]:
    """Write by how much a condition is passed: a sum over the weights, and what is passed where all are nought."""
    factors = dict.fromkeys(criteria, Fraction(0)) | {name: Fraction(str(factor)) for name, factor in limit.factors}
    return [*factors.values(), -Fraction(str(limit.least))]


def _pivot(rows: list[list[Fraction]], row: int, column: int) -> None:
    """Solve a row for a column's amount and put it into all the others."""
    at = rows[row][column]
    solved = [-part / at for part in rows[row]]
    solved[column] = 1 / at
    for place, other in enumerate(rows):
        factor = other[column]
        if factor:
            other[column] = Fraction(0)
            rows[place] = [part + factor * more for part, more in zip(other, solved, strict=True)]
    rows[row] = solved
