"""What a page can ask of a visit as a whole: to take changes back, bring them back, begin again, or open what was kept or sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from partnership_model.display import phrases
from partnership_model.display.state_text import MOST_TEXT, read
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.schema import Strict, plain_day

if TYPE_CHECKING:
    from partnership_model.display.history import Visit


class Undo(Strict):
    """Take the newest change back."""

    do: Literal["undo"]


class BringBack(Strict):
    """Make the change again that was undone last."""

    do: Literal["bring_back"]


class StartAgain(Strict):
    """Take every change back."""

    do: Literal["start_again"]


class Open(Strict):
    """Go on from a text: one that this browser kept, one from a link, or one that somebody pasted."""

    do: Literal["open"]
    source: Literal["kept", "sent"]
    text: Annotated[str, Field(max_length=MOST_TEXT)]


HistoryMove = Annotated[Undo | BringBack | StartAgain | Open, Field(discriminator="do")]
HISTORY_MOVES: TypeAdapter[HistoryMove] = TypeAdapter(HistoryMove)


def acted(visit: Visit, message: object, key: str) -> Visit:
    """Do what a page asks for, whether that is a move or something about the visit as a whole; never raises.

    Args:
        message: what the page sent; it may come from anybody and hold anything.
        key: the name of the case.
    """
    try:
        move = HISTORY_MOVES.validate_python(message)
    except ValidationError:
        return visit.made(message)
    match move:
        case Undo():
            return visit.undone()
        case BringBack():
            return visit.brought_back()
        case StartAgain():
            return visit.started_again()
    return _opened(visit, move, key)


def _opened(visit: Visit, move: Open, key: str) -> Visit:
    try:
        found = read(move.text, key)
    except PartnershipError as error:
        return visit.refusing({"open": str(error)})
    opened = visit.opened(found.log)
    if opened.refused:
        return visit.refusing({"open": opened.refused})
    kept = move.source == "kept"
    said = ["What you had chosen is back." if kept else f"Opened, with {phrases.counted(len(opened.changes), 'change')}."]
    if opened.skipped:
        said.append(
            f"{phrases.counted(opened.skipped, 'move')} could not be made any more and {'is' if opened.skipped == 1 else 'are'} left out."
        )
    if found.day != visit.start.knowledge.day:
        said.append(f"It was made with the facts of {plain_day(found.day)}; here they are of {plain_day(visit.start.knowledge.day)}.")
    if opened.aside is not None:
        said.append("Undo brings back what you had chosen here before.")
    return replace(opened, told=" ".join(said))
