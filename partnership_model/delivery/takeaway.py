"""Writes the take-away file of a case, whole or not at all, and says what the public edition leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.delivery.writing import write_whole
from partnership_model.display.takeaway import MARK, takeaway_page
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.editions import left_out
from partnership_model.knowledge.reading import read_knowledge

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

MOST_BYTES = 1_500_000  # what most mail programs take without asking


@dataclass(frozen=True)
class TakenAway:
    """What was written.

    Attributes:
        left_out: what of the case is for governors only, and so not in it.
    """

    path: Path
    size: int
    left_out: tuple[str, ...]


def write_takeaway(folder: Path, path: Path, today: dt.date, as_of: dt.date | None = None) -> TakenAway:
    """Write the take-away file of a case.

    Args:
        folder: the case.
        path: the file; one that this command wrote is written over, any other is left alone.
        today: the day on which it is made.
        as_of: the day whose law and facts count; the case's own, or today, where none is given.

    Raises:
        PartnershipError: faults of the case, an option that does not exist on the day, or a file that cannot be written.
    """
    if path.suffix.lower() not in (".html", ".htm"):
        message = f'{path}: the take-away is one HTML file. Give it a name that ends in ".html", so that a browser opens it.'
        raise PartnershipError(message)
    base = read_knowledge()
    case = read_case(folder, base)
    page = takeaway_page(case, base.on(as_of or case.as_of(today)), today)
    size = len(page.encode())
    if size > MOST_BYTES:
        message = f"{path} would have {size:,} bytes; to be mailed it may have {MOST_BYTES:,}. Leave out options, or schools of some kinds."
        raise PartnershipError(message)
    write_whole({path: page}, mark=MARK)
    return TakenAway(path, size, left_out(case))
