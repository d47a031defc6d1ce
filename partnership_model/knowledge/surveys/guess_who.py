"""Guesses which column says of which group, or of which school, somebody is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from partnership_model.knowledge.surveys.cell_answers import RATHER_NOT, quoted
from partnership_model.knowledge.surveys.headings import alike
from partnership_model.knowledge.surveys.likeness import MOSTLY, NEAR, nearness, share
from partnership_model.knowledge.surveys.mapping import Who
from partnership_model.knowledge.surveys.personal import is_personal

if TYPE_CHECKING:
    from collections.abc import Mapping as Keyed
    from collections.abc import Sequence

    from partnership_model.knowledge.surveys.survey_table import SurveyTable

MOST_VALUES = 40  # different ones in a column of groups or schools
MOST_READ = 500  # rows from which is guessed
MOST_NAMED = 12
ASKED = 0.5  # what the heading counts for, beside what stands below it
ASKS = {
    "group": re.compile(r"\b(group|which of these|who are you|are you a|describes? you|your role|i am)\b"),
    "school": re.compile(r"\bschools?\b"),
}


def find_who(
    table: SurveyTable, columns: Sequence[str], key: Literal["group", "school"], names: Sequence[str]
) -> tuple[Who | None, list[str]]:
    """Find the column, what its cells mean, and what of that somebody has to look at."""
    known = {alike(name): name for name in names}
    found = max(((_likely(table, name, key, known), name) for name in columns), default=(0.0, ""))
    if found[0] < MOSTLY - 0.1:
        return None, []
    column = found[1]
    texts = sorted({text.rstrip("; ") for text in table.values(column)[:MOST_READ]})
    means = {text: one for text in texts if (one := _name_of(text, known)) is not None and one != text}
    strange = [text for text in texts if text not in means and alike(text) not in known and alike(text) not in RATHER_NOT]
    unsure = []
    if strange:
        says = ", ".join(map(quoted, strange[:MOST_NAMED]))
        unsure.append(f"say under `{key}`, `values` which {key} each of these is ({', '.join(names)}, or null): {says}")
    unsure += [f"{quoted(text)} was taken for the {key} {one}" for text, one in means.items() if alike(text) not in known]
    return Who(column=column, values=means), unsure


def _likely(table: SurveyTable, column: str, key: str, known: Keyed[str, str]) -> float:
    values = table.values(column)[:MOST_READ]
    different = set(values)
    if not values or len(different) > MOST_VALUES or is_personal(column, values):
        return 0
    fits = share(values, lambda text: _name_of(text, known) is not None)
    if not fits and 2 * len(different) > len(values):
        return 0  # nearly everybody wrote something else, as people do where they are asked for their names
    return fits + (ASKED if ASKS[key].search(alike(column)) else 0)


def _name_of(text: str, known: Keyed[str, str]) -> str | None:
    near = max(known, key=lambda one: nearness(alike(text), one), default="")
    return known[near] if near and nearness(alike(text), near) >= NEAR else None
