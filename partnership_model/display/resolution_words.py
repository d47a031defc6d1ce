"""Who has to resolve what, and how far that has come, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display import phrases
from partnership_model.display.blocks import Heading, Paragraph, Table
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.display.blocks import Block
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.resolutions import Body, State
    from partnership_model.model.problem import DecisionProblem
    from partnership_model.model.resolutions import Standing

NAMES: dict[Body, tuple[str, str]] = {
    "governing_body": ("The governing body", "The governing bodies"),
    "trust_board": ("The academy trust's board", "The academy trusts' boards"),
    "trustees": ("The school's trustees", "The schools' trustees"),
    "diocese": ("The diocese or religious body", "The dioceses or religious bodies"),
    "foundation_trust": ("The foundation trust", "The foundation trusts"),
    "receiving_trust": ("The academy trust to be joined", "The academy trust to be joined"),
    "secretary_of_state": ("The Secretary of State", "The Secretary of State"),
    "council": ("The council", "The council"),
    "other": ("Another body", "Another body"),
}
STATES: dict[State, str] = {"not_asked": "Not yet asked", "asked": "Asked for", "passed": "Passed on", "refused": "Refused on"}
FORGOTTEN = "Not in the case"
NOT_PUBLIC = "Not in the public edition"
NO_WORDING = "Its wording is not given."
COLUMNS = ("Who resolves", "For which schools", "On which options", "The resolution, and where it stands")


def body_of(one: Standing) -> str:
    """Name the body."""
    if one.resolution and one.resolution.called:
        return one.resolution.called
    if one.body is None:
        return f"Not known: ask {phrases.listed(one.asks)}"
    return NAMES[one.body][len(one.schools) > 1]


def state_of(one: Standing, case: Case) -> str:
    """Say how far a resolution has come."""
    said = one.resolution
    if said is None:
        return FORGOTTEN if case.edition == "governors" else NOT_PUBLIC
    day = f" {plain_day(said.on)}" if said.on else ""
    return f"{STATES[said.state]}{day}" + (f" (quorum: {said.quorum})" if said.quorum else "")


def table(found: Sequence[Standing], case: Case, problem: DecisionProblem) -> list[Block]:
    """Give the bodies, what each has to resolve and where that stands."""
    if not found:
        return [Paragraph("No option that is left needs anybody to resolve.", "note")]
    schools = [one.name for one in case.file.schools]
    asked = [option.key for option in problem.options if any(option.key in one.options for one in found)]
    rows = tuple(
        (body_of(one), phrases.capital(phrases.those(one.schools, schools)), _options(one, asked, problem), _resolution(one, case))
        for one in found
    )
    forgotten = [body_of(one) for one in found if one.resolution is None]
    blocks: list[Block] = [Table("Each body, with its schools and options, and where its resolution stands", COLUMNS, rows)]
    if any(mark != "sourced" for one in found for mark in one.marks):
        asks = phrases.listed(phrases.unique(ask for one in found for ask in one.asks))
        note = f"Not all of these facts are sourced: ask {asks}." if asks != "none" else "Not all of these facts are sourced."
        blocks.append(Paragraph(f"{note} The law says who resolves; whether and when is for each body alone.", "note"))
    if forgotten and case.edition == "governors":
        names = phrases.listed(phrases.uncapital(name) for name in phrases.unique(forgotten))
        blocks.append(Paragraph(f"The case says nothing of a resolution by {names}.", "missing"))
    return blocks


def section(found: Sequence[Standing], case: Case, problem: DecisionProblem) -> list[Block]:
    """Give the part of the report on resolutions."""
    return [Heading("What each body has to resolve", 3), *table(found, case, problem)]


def _options(one: Standing, asked: Sequence[str], problem: DecisionProblem) -> str:
    if not one.options or list(one.options) == list(asked):
        return "Every one but staying"
    names = {key: problem.option(key).in_a_sentence for key in asked}
    return phrases.capital(phrases.those([names[key] for key in one.options if key in names], list(names.values())))


def _resolution(one: Standing, case: Case) -> str:
    if one.resolution is None:
        return state_of(one, case)
    return f"{f'“{one.resolution.says}”' if one.resolution.says else NO_WORDING} {state_of(one, case)}."


def data(found: Sequence[Standing]) -> list[dict[str, Any]]:
    """Give the resolutions for `result.json`."""
    return [
        {
            "body": one.body,
            "called": one.resolution.called if one.resolution else None,
            "schools": list(one.schools),
            "options": list(one.options),
            "says": one.resolution.says if one.resolution else None,
            "state": one.resolution.state if one.resolution else None,
            "on": one.resolution.on.isoformat() if one.resolution and one.resolution.on else None,
            "quorum": one.resolution.quorum if one.resolution else None,
            "marks": list(one.marks),
            "ask": list(one.asks),
        }
        for one in found
    ]
