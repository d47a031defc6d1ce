"""What every page says of the visit so far: what was changed, what undoing takes back, and the text that a link carries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display.state_text import MOST_IN_LINK, written

if TYPE_CHECKING:
    from partnership_model.display.history import Visit

MOST_LISTED = 50


@dataclass(frozen=True)
class Panel:
    """The visit as a page shows it.

    Attributes:
        count: how many changes there are.
        changes: the newest of them as sentences, the newest first.
        undo, bring_back: what these two buttons are about; empty where there is nothing to do.
        told: what the last thing done has led to.
        text: the visit as text, for the browser to keep; empty while nothing was done.
    """

    count: int = 0
    changes: tuple[str, ...] = ()
    undo: str = ""
    bring_back: str = ""
    told: str = ""
    text: str = ""

    @property
    def fits_link(self) -> bool:
        """Say whether a link can carry it."""
        return len(self.text) <= MOST_IN_LINK


NOTHING = Panel()


def panel_of(visit: Visit, key: str) -> Panel:
    """Describe a visit.

    Args:
        key: the name of its case.
    """
    changes = visit.changes
    return Panel(
        count=len(changes),
        changes=tuple(one.says for one in reversed(changes[-MOST_LISTED:])),
        undo=visit.to_undo,
        bring_back=visit.to_bring_back,
        told=visit.told,
        text=written(visit, key),
    )
