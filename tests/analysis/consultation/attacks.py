"""Attacks on what a consultation publishes: each takes numbers that anybody can read, and gives the few whose answers it found.

A table is what a surface says of some people, as JSON would hold it:

    {"groups": ["Staff"], "schools": ["Ash"], "n": 12, "means": {"cost": 2.3}}

`groups` and `schools` say who is in it (left out: all), `means` are mean ranks rounded to a decimal. A row of an export has `group`,
`school` and `places`. What a picture looks like that changes while people answer is left to the surface: it is only compared.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Table = Mapping[str, Any]
    Cell = tuple[str, str]

FEWEST = 5
HALF = 0.5  # ties take the middle of their ranks, so that sums of ranks are halves
CLOSE = 1e-9


@dataclass(frozen=True)
class Found:
    """A few people whose answers were found together.

    Attributes:
        how: by which attack, and who they are.
        size: how many; fewer than five.
        sums: between which bounds the sum of their ranks lies, by criterion; equal bounds are the answer itself.
    """

    how: str
    size: int
    sums: dict[str, tuple[float, float]]

    @property
    def exact(self) -> bool:
        """Whether every sum is known: of one person, that is the whole ballot."""
        return bool(self.sums) and all(high - low < HALF for low, high in self.sums.values())


def bounds_of_sum(mean: float, n: int) -> tuple[float, float]:
    """Undo the rounding of a mean to a decimal, as a sum of n ranks is a half or whole number: of ten people or fewer it is exact."""
    low, high = (mean - 0.05) * n, (mean + 0.05) * n
    return math.ceil(low / HALF - CLOSE) * HALF, math.floor(high / HALF + CLOSE) * HALF


def whole_ranks(mean: float, n: int) -> tuple[float, float]:
    """Do the same where nobody ties, so that sums are whole numbers."""
    low, high = bounds_of_sum(mean, n)
    return math.ceil(low - CLOSE), math.floor(high + CLOSE)


def _bounds(table: Table, name: str) -> tuple[float, float]:
    return table["sums"][name] if "sums" in table else whole_ranks(table["means"][name], table["n"])


def difference(how: str, whole: Table, parts: Sequence[Table]) -> Iterator[Found]:
    """Take parts away from a whole: what is left is nobody's answer if it is nought or five, and else it is found."""
    if whole.get("n") is None or any(part.get("n") is None for part in parts):
        return
    size = whole["n"] - sum(part["n"] for part in parts)
    if not 0 < size < FEWEST:
        return
    sums = {}
    for name in whole["means"]:
        if all(name in part["means"] for part in parts):
            low, high = _bounds(whole, name)
            taken = [_bounds(part, name) for part in parts]
            sums[name] = (low - sum(most for _, most in taken), high - sum(least for least, _ in taken))
    yield Found(how, size, sums)


def small_tables(tables: Sequence[Table]) -> list[Found]:
    """Read what is shown of fewer than five as it stands."""
    return [found for table in tables for found in difference(f"shown of few: {_name(table)}", table, ())]


def totals_minus_parts(tables: Sequence[Table]) -> list[Found]:
    """Take the groups that are shown from all, and the schools that are shown from all (i, vii)."""
    wholes = [table for table in tables if "groups" not in table and "schools" not in table]
    groups = [table for table in tables if "groups" in table and "schools" not in table]
    by_school: dict[str, Table] = {}
    for table in sorted((one for one in tables if len(one.get("schools", ())) == 1 and one.get("n")), key=lambda one: one["n"]):
        by_school[table["schools"][0]] = table  # the one of most people, so that nobody is taken away twice
    schools = list(by_school.values())
    return [
        found
        for whole in wholes
        for parts in (groups, schools)
        if parts
        for found in difference("everybody less those who are shown", whole, parts)
    ]


def margins(tables: Sequence[Table], register: Mapping[Cell, int]) -> list[Found]:
    """Solve all tables at once (iii), by somebody who knows how many of each group came from each school.

    A few are found where some sum of tables, each times any number, has nobody else in it: where the tables' columns of all
    others have a smaller rank than all columns.
    """
    cells = [cell for cell, size in register.items() if size]
    usable = [table for table in tables if table.get("n")]
    matrix = np.array([[float(_has(table, cell)) for cell in cells] for table in usable]).reshape(len(usable), len(cells))
    few = [at for at, cell in enumerate(cells) if register[cell] < FEWEST]
    found = []
    for count in range(1, FEWEST):
        for chosen in combinations(few, count):
            size = sum(register[cells[at]] for at in chosen)
            if size < FEWEST and (sums := _solved(matrix, usable, chosen)) is not None:
                found.append(Found(f"margins: {[cells[at] for at in chosen]}", size, sums))
    return found


def _solved(matrix: np.ndarray, tables: Sequence[Table], chosen: Sequence[int]) -> dict[str, tuple[float, float]] | None:
    """Find how often each table is to be taken so that nobody but the chosen is left; None where there is no way."""
    others = np.delete(matrix, chosen, axis=1)
    if np.linalg.matrix_rank(others) == np.linalg.matrix_rank(matrix):
        return None
    _, values, vectors = np.linalg.svd(others.T) if others.size else (None, np.zeros(0), np.eye(len(matrix)))
    free = vectors[int((values > CLOSE).sum()) :]
    times = max(free, key=lambda one: float(np.abs(one @ matrix).max()))
    times = times / np.abs(times @ matrix).max()
    sums = {}
    for name in tables[0]["means"]:
        if all(name in table["means"] for table in tables):
            bounds = [sorted(take * end for end in _bounds(table, name)) for take, table in zip(times, tables, strict=True)]
            sums[name] = (sum(low for low, _ in bounds), sum(high for _, high in bounds))
    return sums


def successive_pictures(seen: Sequence[Mapping[str, Any]]) -> list[Found]:
    """Watch pictures while people answer (ii), change their minds (iv) and the last ones come (v), and count who did.

    Args:
        seen: one after another, `{"acts": {"Staff": 12}, "pictures": {"Staff": ...}}`: how often a member of each group had handed in
            or changed a ballot by then (one who sits in the hall can count), and each group's picture, if there is one.
    """
    found = []
    before: dict[str, tuple[int, Any]] = {}
    for moment in seen:
        for group, picture in moment["pictures"].items():
            acts, last = before.get(group, (0, None))
            if picture == last:
                continue
            since = moment["acts"].get(group, 0) - acts
            if 0 < since < FEWEST:
                found.append(Found(f"the picture of {group} moved by {since}", since, _moved(last, picture)))
            before[group] = (moment["acts"].get(group, 0), picture)
    return found


def _moved(last: Any, picture: Any) -> dict[str, tuple[float, float]]:  # noqa: ANN401 - a picture is what its surface makes it
    """Take one picture from the next, where both say how many are in them and their mean ranks."""
    if not isinstance(picture, dict) or "means" not in picture or not isinstance(last, dict):
        return {}
    return next((found.sums for found in difference("", picture, [last])), {})


def closing_minus_last(last: Mapping[str, Table], closing: Mapping[str, Table]) -> list[Found]:
    """Take each group's last live picture from its closing one or the report's (v), where both say how many are in them."""
    return [
        found
        for group, table in closing.items()
        if group in last
        for found in difference(f"closing of {group} less its last picture", table, [last[group]])
    ]


def rows_against_tables(rows: Sequence[Mapping[str, Any]], tables: Sequence[Table]) -> list[Found]:
    """Take the rows of an export from the tables of the same people (vi), and look for rows that stand in a small cell."""
    found = []
    cells: dict[Cell, list[Mapping[str, Any]]] = {}
    for row in rows:
        cells.setdefault((row["group"], row["school"]), []).append(row)
    for cell, own in cells.items():
        if len(own) < FEWEST:
            found.append(Found(f"rows of {cell}", len(own), _sums(own, {name for row in own for name in row["places"]})))
    for table in tables:
        own = [row for row in rows if _has(table, (row["group"], row["school"]))]
        if own and len(table.get("groups", [""])) == 1:
            names = set(table["means"])
            found += difference(f"{_name(table)} less its rows", table, [_as_table(own, names)])
    return found


def _sums(rows: Sequence[Mapping[str, Any]], names: set[str]) -> dict[str, tuple[float, float]]:
    totals = {name: float(sum(row["places"].get(name, 0) for row in rows)) for name in names}
    return {name: (total, total) for name, total in totals.items()}


def _as_table(rows: Sequence[Mapping[str, Any]], names: set[str]) -> Table:
    return {"n": len(rows), "means": dict.fromkeys(names), "sums": _sums(rows, names)}


def record_tables(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read the tables of a consultation's record, `consultation.json`."""
    asked = [one["group"] for one in record["questions"]["groups"]]
    shown = record["by_group"]
    hidden = [*(name for name in asked if name not in shown), ""]
    tables = [_weights_table(record["together"], {})] if record["together"] else []
    for group, weights in shown.items():
        tables.append(_weights_table(weights, {"groups": [group, *hidden] if group == record["takes_in"] else [group]}))
    for school, one in record.get("by_school", {}).items():
        tables.append(_weights_table(one["said"], {"groups": one["groups"], "schools": [school]}))
    return tables


def _weights_table(weights: Mapping[str, Any], who: dict[str, Any]) -> dict[str, Any]:
    return {**who, "n": weights["counted"], "means": {one["criterion"]: one["mean_rank"] for one in weights["points"]}}


def counts_of_support(record: Mapping[str, Any]) -> list[Found]:
    """Look for counts of fewer than five, as they stand and in what is left of all when groups are taken away.

    Groups may be counted by coarser levels than all of them: then those of all are added up first.
    """
    found = []
    for one in record["support"]:
        levels = dict(zip(map(tuple, one["cells"]), one["together"], strict=True))
        for at, cell in enumerate(map(set, one["group_cells"])):
            inside = [count for level, count in levels.items() if set(level) <= cell]
            groups = [row[at] for row in one["by_group"].values()]
            counts = [*groups, sum(inside) - sum(groups)]
            found += [Found(f"support for {one['option']}", count, {}) for count in counts if 0 < count < FEWEST]
        found += [Found(f"support for {one['option']}", count, {}) for count in one["together"] if 0 < count < FEWEST]
    return found


def singled_out(pictures: Sequence[set[str]]) -> set[str]:
    """Find a few people by adding and subtracting pictures, each times any number, where it is known who is in each.

    Nobody knows more than that: whoever finds nobody here finds nobody by subtraction. People who are in the same pictures
    cannot be told apart, so that only whole kinds of them are tried.
    """
    kinds: dict[tuple[bool, ...], set[str]] = {}
    for person in set().union(*pictures):
        kinds.setdefault(tuple(person in picture for picture in pictures), set()).add(person)
    patterns = list(kinds)
    matrix = np.array(patterns, dtype=float).T.reshape(len(pictures), len(patterns))
    rank = np.linalg.matrix_rank(matrix) if matrix.size else 0
    few = [at for at, pattern in enumerate(patterns) if len(kinds[pattern]) < FEWEST]
    for count in range(1, FEWEST):
        for chosen in combinations(few, count):
            people = set().union(*(kinds[patterns[at]] for at in chosen))
            rest = np.delete(matrix, chosen, axis=1)
            if len(people) < FEWEST and (np.linalg.matrix_rank(rest) if rest.size else 0) < rank:
                return people
    return set()


def told_by_channel(record: Mapping[str, Any], shuffled: Mapping[str, Any]) -> list[str]:
    """Compare the records of two consultations that differ in one thing alone: which of the same answers came by which channel.

    Where anything differs, somebody who guesses another's answers and hands them in by another channel can read in it whether the guess was
    right: in the one consultation the two came by two channels and are alike, in the other they came by one, as others do.
    """
    return [name for name, said in record.items() if name not in ("ballots_sha256", "sealed") and said != shuffled[name]]


def groups_of_quotations(comments: Mapping[str, Any]) -> list[Found]:
    """Look for words beside which the counts of their themes put one group alone."""
    apart = {one["theme"]: {name for name, count in one["by_group"].items() if count} for one in comments["themes"] if one["by_group"]}
    found = []
    for one in comments["quotations"]:
        said = [apart[theme] for theme in one["themes"] if theme in apart]
        if said and len(set.intersection(*said)) == 1:
            found.append(Found(f"the group of {one['says']!r}", 1, {}))
    return found


def hidden_sizes(tables: Sequence[Table], groups: Sequence[str], total: int) -> dict[str, int]:
    """Find how many of a hidden group answered: all, as counted aloud, less the groups that are shown, where one alone is left."""
    shown = [table for table in tables if "groups" in table and "schools" not in table]
    named = {name for table in shown for name in table["groups"]}
    hidden = [name for name in groups if name not in named]
    return {hidden[0]: total - sum(table["n"] for table in shown)} if len(hidden) == 1 else {}


def _has(table: Table, cell: Cell) -> bool:
    return cell[0] in table.get("groups", [cell[0]]) and cell[1] in table.get("schools", [cell[1]])


def _name(table: Table) -> str:
    return f"{table.get('groups', 'all groups')} at {table.get('schools', 'all schools')}"
