"""What a page asks for beside moves: to save what was chosen as a file, and to open a file that was saved."""

from __future__ import annotations

import base64
import binascii
import datetime as dt  # noqa: TC003 - dataclass fields
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from partnership_model.display import phrases
from partnership_model.display.beside_parts import MOST_BESIDE, Beside
from partnership_model.display.history import Visit
from partnership_model.display.saving import Saved, moves_of, save, saved_by
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.case_archive import LARGEST_ARCHIVE
from partnership_model.knowledge.schema import Flag, Strict, Whole

if TYPE_CHECKING:
    from partnership_model.knowledge.saved_changes import SavedBy

LONGEST = 4 * (LARGEST_ARCHIVE // 3 + 1)  # letters that stand for the bytes of the largest file


class Save(Strict):
    """Save what was chosen; who saves and how many took part are read as they were typed."""

    do: Literal["save"]
    by: Annotated[str, Field(max_length=20_000)]
    people: Annotated[str, Field(max_length=20_000)]


class OpenFile(Strict):
    """Open a file: in place of what is chosen here, or beside it.

    Attributes:
        size: of the file in bytes; one that is too large is not sent.
        file: its bytes, written in letters (base64).
    """

    do: Literal["open_file"]
    beside: Flag
    size: Annotated[Whole, Field(ge=0)]
    file: Annotated[str, Field(max_length=LONGEST)]


class PutAway(Strict):
    """Put away what was opened beside ours, by its place."""

    do: Literal["put_away"]
    place: Annotated[Whole, Field(ge=1, le=MOST_BESIDE)]


KeepingMove = Annotated[Save | OpenFile | PutAway, Field(discriminator="do")]
KEEPING_MOVES: TypeAdapter[KeepingMove] = TypeAdapter(KeepingMove)


@dataclass(frozen=True)
class Desk:
    """A visit, and what somebody else saved that lies beside it."""

    visit: Visit
    beside: tuple[Beside, ...] = ()


def asked(message: object) -> KeepingMove | None:
    """Read what a page asks for; None where it is something else.

    Args:
        message: what the page sent; it may come from anybody and hold anything.
    """
    try:
        return KEEPING_MOVES.validate_python(message)
    except ValidationError:
        return None


def done(desk: Desk, move: KeepingMove, today: dt.date) -> tuple[Desk, Saved | None]:
    """Do what was asked for; what cannot be done leaves all as it was and says so beside its field.

    Returns:
        What is on the desk now, and a file to offer where one was saved.
    """
    visit = desk.visit
    try:
        match move:
            case Save():
                file = save(visit.now, visit.log, [one.says for one in visit.changes], saved_by(move.by, move.people, today))
                said = f"Saved as {file.name}. It is where your browser puts what it downloads."
                return replace(desk, visit=visit.telling(said)), file
            case OpenFile():
                return _opened(desk, move), None
            case PutAway():
                beside = tuple(one for place, one in enumerate(desk.beside, 1) if place != move.place)
                return Desk(visit.telling("Put away."), beside), None
    except PartnershipError as error:
        field = "save" if isinstance(move, Save) else "open_file"
        return replace(desk, visit=visit.refusing({field: str(error)})), None


def _opened(desk: Desk, move: OpenFile) -> Desk:
    visit = desk.visit
    who, moves = moves_of(_bytes(move), visit.start)
    if move.beside:
        return _beside(desk, who, Visit.replayed(visit.start, moves))
    opened = visit.opened(moves)
    if opened.refused:
        raise PartnershipError(opened.refused)
    back = " Undo brings back what you had chosen here before." if opened.aside is not None else ""
    return replace(desk, visit=opened.telling(f"Opened what {who.by} saved.{_left_out(opened)}{back}"))


def _beside(desk: Desk, who: SavedBy, theirs: Visit) -> Desk:
    if theirs.refused:
        raise PartnershipError(theirs.refused)
    if len(desk.beside) >= MOST_BESIDE:
        message = f"{MOST_BESIDE} files lie beside ours already. Put one away first."
        raise PartnershipError(message)
    visit = desk.visit.telling(f"What {who.by} saved lies beside ours, at the end of this page.{_left_out(theirs)}")
    return Desk(visit, (*desk.beside, Beside(who, theirs.now)))


def _left_out(visit: Visit) -> str:
    """Say how many moves could not be made again, if any."""
    if not visit.skipped:
        return ""
    return f" {phrases.counted(visit.skipped, 'move')} could not be made any more and {'is' if visit.skipped == 1 else 'are'} left out."


def _bytes(move: OpenFile) -> bytes:
    if move.size > LARGEST_ARCHIVE:
        message = f"The file is too large: at most {LARGEST_ARCHIVE // 1024:,} kilobytes are read."
        raise PartnershipError(message)
    try:
        return base64.b64decode(move.file, validate=True)
    except (binascii.Error, ValueError):
        message = "The file did not arrive whole. Choose it again."
        raise PartnershipError(message) from None
