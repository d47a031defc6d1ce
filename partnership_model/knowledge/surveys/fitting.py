"""Holds a mapping against the table that it is to read: a form whose headings changed is another form until somebody has looked."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from partnership_model.errors import FaultsError, printable
from partnership_model.knowledge.surveys.headings import plain
from partnership_model.knowledge.surveys.personal import mostly_personal
from partnership_model.knowledge.surveys.tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.files import Document
    from partnership_model.knowledge.surveys.mapping import Mapping
    from partnership_model.knowledge.surveys.survey_table import SurveyTable

_NEAR = 0.6
_COMPARED = 160  # letters from the end, where the headings of a grid differ


def refuse_misfit(mapping: Mapping, document: Document | None, table: SurveyTable) -> None:
    """Refuse a mapping that was made for another form.

    Raises:
        FaultsError: every column that one of them has and the other lacks, with the nearest.
    """
    faults = [*_misfits(mapping, document, table), *_addresses(mapping, table)]
    if faults:
        raise FaultsError(faults)


def _misfits(mapping: Mapping, document: Document | None, table: SurveyTable) -> Iterator[Fault]:
    if mapping.tool not in (table.tool, "other"):
        says = (
            f"the mapping is for {TOOLS[mapping.tool].label}, and the headings are those of a {TOOLS[table.tool].label}"
            " export: use the mapping that was made for this file"
        )
        yield document.fault(("tool",), says) if document else table.fault(None, "", says)
        return
    named = {plain(name): place for place, name in mapping.columns()}
    strange = [name for name in table.names if name not in named]
    explained = set()
    for name, place in named.items():
        if name not in table.names:
            near = near_heading(name, strange) or near_heading(name, table.names)
            explained.add(near)
            hint = f'The nearest heading is "{printable(near)}".' if near else f"The file has {len(table.names)} other columns."
            says = f'the file {printable(table.source)} has no column "{printable(name)}". {hint} Write it here if the question is the same'
            yield document.fault(place, says) if document else table.fault(table.heading_row, "", says)
    for name in strange:
        if name not in explained:
            says = "this column is not in the mapping: name it there under what it answers, or under `drop`"
            yield table.fault(table.heading_row, printable(name), says)


def near_heading(name: str, among: Collection[str]) -> str:
    """Give the heading that is nearest to another, or ""."""
    ends = {one[-_COMPARED:]: one for one in among}
    found = difflib.get_close_matches(name[-_COMPARED:], ends, 1, _NEAR)
    return ends[found[0]] if found else ""


def _addresses(mapping: Mapping, table: SurveyTable) -> Iterator[Fault]:
    """Refuse to take for comments what are names and addresses."""
    for name in mapping.comment:
        if plain(name) in table.names and mostly_personal(table.values(plain(name))):
            says = (
                "this column holds addresses or numbers by which people can be reached, and no comments; put it under `drop` in the mapping"
            )
            yield table.fault(None, printable(name), says)
