"""What of a consultation may be shown: the one door through which ballots reach a screen, a projector, an export or a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from partnership_model.analysis.consultation.coarsening import ELSEWHERE, FULL, OTHERS, Cell, Protection, coarsen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from partnership_model.knowledge.consultation.ballots import Ballot
    from partnership_model.knowledge.consultation.question_set import QuestionSet

Why = Literal["few", "others"]


@dataclass(frozen=True)
class Withheld:
    """A group or a school without a picture.

    Attributes:
        why: `few`: fewer than five answered, or nobody (of a school: in each of its groups). `others`: with it, another group's
            answers could be computed, or an earlier picture's last few. Neither says how many.
    """

    name: str
    why: Why


@dataclass(frozen=True)
class Release:
    """The ballots that may be shown, in cells of five or more; groups, schools and the whole are sums of cells.

    Attributes:
        groups: the ballots of each group that is shown.
        takes_in: the group that counts the fewer than five answers of all other groups, and of no group; "" where there are none.
        others: the ballots of groups that are not shown, or of no group, where they are five or more together.
        schools: the ballots of each school that is shown, of those groups alone of which five or more answered there.
        counted_at: those groups, by school.
        together: everybody; None where fewer than five answered.
        cells: all of them, each in one cell of a group (or OTHERS) and a school (or ELSEWHERE).
        withheld_groups, withheld_schools: those without a picture.
        protection: how few are too few, for `saying`.
    """

    groups: dict[str, tuple[Ballot, ...]]
    takes_in: str
    others: tuple[Ballot, ...]
    schools: dict[str, tuple[Ballot, ...]]
    counted_at: dict[str, tuple[str, ...]]
    together: tuple[Ballot, ...] | None
    cells: dict[Cell, tuple[Ballot, ...]]
    withheld_groups: tuple[Withheld, ...]
    withheld_schools: tuple[Withheld, ...]
    protection: Protection = FULL

    def saying(self, says: Callable[[Ballot], bool]) -> Release:
        """Give what may be shown of one question, which some left out: again five or more behind each figure, in sums of the cells."""
        kept = [(cell, ballot) for cell, ballots in self.cells.items() for ballot in ballots if says(ballot)]
        asked = Asked(
            (*self.groups, *(one.name for one in self.withheld_groups)),
            (*self.schools, *(one.name for one in self.withheld_schools)),
            frozenset(one.name for one in (*self.withheld_groups, *self.withheld_schools) if one.why == "others"),
        )
        return released([cell for cell, _ in kept], [ballot for _, ballot in kept], asked, self.takes_in, self.protection)

    def label(self, group: str) -> str:
        """Give the shown group among whose answers somebody's count, or OTHERS: as much as may stand beside a comment."""
        return group if group in self.groups else self.takes_in


@dataclass(frozen=True)
class Asked:
    """Who may be named on a ballot.

    Attributes:
        for_others: those of them that were given up for others.
    """

    groups: tuple[str, ...]
    schools: tuple[str, ...]
    for_others: frozenset[str]


def asked_of(questions: QuestionSet) -> Asked:
    """Give the groups and schools that people may name on a ballot."""
    return Asked(tuple(one.group for one in questions.adults), tuple(questions.schools), frozenset())


def cells_of(ballots: Sequence[Ballot], asked: Asked) -> list[Cell]:
    """Give each ballot's group and school; what was not asked for counts as not said."""
    return [
        (ballot.group if ballot.group in asked.groups else OTHERS, ballot.school if ballot.school in asked.schools else ELSEWHERE)
        for ballot in ballots
    ]


def release(ballots: Sequence[Ballot], questions: QuestionSet, *, protection: Protection = FULL) -> Release:
    """Divide ballots into cells of five or more, and give what are sums of them.

    Where live pictures were shown before, `closing` holds the division against those too.
    """
    asked = asked_of(questions)
    return released(cells_of(ballots, asked), ballots, asked, "", protection)


def released(cells: Sequence[Cell], ballots: Sequence[Ballot], asked: Asked, takes_in: str, protection: Protection) -> Release:
    """Coarsen the cells in which ballots lie, and add them up by group and by school."""
    if not protection.secondary:
        return _only_the_small_hidden(cells, ballots, asked, protection)
    division = coarsen(cells, takes_in, protection.fewest)
    found: dict[Cell, list[Ballot]] = {}
    for cell, ballot in zip(division.cells, ballots, strict=True) if division else ():
        found.setdefault(cell, []).append(ballot)
    in_cells = {cell: tuple(found[cell]) for cell in sorted(found)}
    groups = {name: _sum(own for cell, own in in_cells.items() if cell[0] == name) for name in asked.groups}
    schools = {name: _sum(own for cell, own in in_cells.items() if cell[1] == name) for name in asked.schools}
    return Release(
        groups={name: own for name, own in groups.items() if own},
        takes_in=division.takes_in if division else "",
        others=in_cells.get((OTHERS, ELSEWHERE), ()),
        schools={name: own for name, own in schools.items() if own},
        counted_at={name: tuple(group for group in asked.groups if (group, name) in in_cells) for name, own in schools.items() if own},
        together=_sum(in_cells.values()) or None,
        cells=in_cells,
        withheld_groups=_withheld(groups, asked, [group for group, _ in cells], protection.fewest),
        withheld_schools=_withheld(schools, asked, _enough(cells, protection.fewest), protection.fewest),
        protection=protection,
    )


def _sum(parts: Iterable[tuple[Ballot, ...]]) -> tuple[Ballot, ...]:
    return tuple(chain.from_iterable(parts))


def _enough(cells: Sequence[Cell], fewest: int) -> list[str]:
    """Give the school of each ballot in whose own cell there are enough."""
    sizes = Counter(cells)
    return [cell[1] for cell in cells if cell[0] != OTHERS and sizes[cell] >= fewest]


def _withheld(shown: Mapping[str, tuple[Ballot, ...]], asked: Asked, counted: Sequence[str], fewest: int) -> tuple[Withheld, ...]:
    return tuple(
        Withheld(name, "others" if name in asked.for_others or counted.count(name) >= fewest else "few")
        for name, own in shown.items()
        if not own
    )


def _only_the_small_hidden(cells: Sequence[Cell], ballots: Sequence[Ballot], asked: Asked, protection: Protection) -> Release:
    """Hide what is small and nothing else, as a tally that means well would: so that tests show what that gives away."""
    at = list(zip(cells, ballots, strict=True))
    groups = {name: tuple(ballot for cell, ballot in at if cell[0] == name) for name in asked.groups}
    schools = {name: tuple(ballot for cell, ballot in at if cell[1] == name) for name in asked.schools}
    inner = {cell: tuple(ballot for other, ballot in at if other == cell) for cell in sorted(set(cells))}
    enough = protection.fewest
    return Release(
        groups={name: own for name, own in groups.items() if len(own) >= enough},
        takes_in="",
        others=(),
        schools={name: own for name, own in schools.items() if len(own) >= enough},
        counted_at={name: asked.groups for name, own in schools.items() if len(own) >= enough},
        together=tuple(ballots) if len(ballots) >= enough else None,
        cells={cell: own for cell, own in inner.items() if len(own) >= enough},
        withheld_groups=tuple(Withheld(name, "few") for name, own in groups.items() if len(own) < enough),
        withheld_schools=tuple(Withheld(name, "few") for name, own in schools.items() if len(own) < enough),
        protection=protection,
    )
