"""Points of several panels added up: how much of the say each panel had because of its size, and what each says alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from partnership_model.analysis.audit.places import first_place

if TYPE_CHECKING:
    from partnership_model.analysis.audit.rules import Fitted
    from partnership_model.knowledge.scoring_table import Better, ScoringTable


@dataclass(frozen=True)
class Panel:
    """One panel's part in the totals.

    Attributes:
        people: how many; None where the table does not say.
        points: its share of all points that were added.
        spread: its share of the differences between options: between the best and the worst of its own points, of the sum of
            these over all panels.
        first: the options that it puts first.
    """

    name: str
    columns: tuple[int, ...]
    people: int | None
    points: Fraction
    spread: Fraction
    first: tuple[int, ...]


@dataclass(frozen=True)
class Panels:
    """What adding up panels does.

    Attributes:
        first: the options that come first by the totals.
        equal_say: those that come first if every panel's points are scaled to the same sum.
        each_person: those that come first if every panel's points are divided by its people; None where these are not given.
    """

    panels: tuple[Panel, ...]
    first: tuple[int, ...]
    equal_say: tuple[int, ...]
    each_person: tuple[int, ...] | None


def panels(table: ScoringTable, fitted: Fitted, better: Better) -> Panels | None:
    """Take the points of a table apart by panel.

    Columns belong to a panel where the table has a row `panel`; with a row `people` alone, each column is a panel.

    Returns:
        None where there are not two panels, a score is blank, or points are taken away.
    """
    groups: dict[str, list[int]] = {}
    for column, one in enumerate(table.criteria):
        name = one.panel or (one.label if one.people else "")
        if name:
            groups.setdefault(name, []).append(column)
    if len(groups) < 2 or table.blanks or any(factor < 0 for factor in fitted.factors):  # noqa: PLR2004 - a panel beside another
        return None
    points = {name: [_points(table, fitted, option, columns) for option in range(len(table.options))] for name, columns in groups.items()}
    added = {name: sum(of) for name, of in points.items()}
    ranges = {name: max(of) - min(of) for name, of in points.items()}
    if not all(added.values()) or not sum(ranges.values()):
        return None
    sizes = {name: _people(table, columns) for name, columns in groups.items()}
    found = tuple(
        Panel(
            name,
            tuple(columns),
            sizes[name],
            Fraction(added[name], sum(added.values())),
            Fraction(ranges[name], sum(ranges.values())),
            first_place(points[name], better),
        )
        for name, columns in groups.items()
    )
    scaled = [sum((points[name][option] / added[name] for name in groups), Fraction(0)) for option in range(len(table.options))]
    by_person = None
    if all(sizes.values()):
        each = [sum((points[name][option] / (sizes[name] or 1) for name in groups), Fraction(0)) for option in range(len(table.options))]
        by_person = first_place(each, better)
    return Panels(found, first_place(fitted.totals, better), first_place(scaled, better), by_person)


def _points(table: ScoringTable, fitted: Fitted, option: int, columns: list[int]) -> Fraction:
    return sum(
        (fitted.factors[column] * (score.value if (score := table.scores[option][column].number) else 0) for column in columns), Fraction(0)
    )


def _people(table: ScoringTable, columns: list[int]) -> int | None:
    """Give how many people a panel has; None where its columns do not agree."""
    found = {one.value for column in columns if (one := table.criteria[column].people)}
    return int(found.pop()) if len(found) == 1 else None
