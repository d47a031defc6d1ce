"""What the import of one file gives: its ballots, and everything that was not taken over as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.ballots import Ballot, Channel

SameBy = Literal["respondent", "identical"]


@dataclass(frozen=True)
class Rejection:
    """Something in one row that was not taken over.

    Attributes:
        row: in the file, as a spreadsheet counts.
        column: the heading; "" where it is about the row.
        says: what was found, what was expected and how to mend it; no name or address.
        whole: whether the row gives no ballot, or one without this part.
    """

    row: int
    column: str
    says: str
    whole: bool = True


@dataclass(frozen=True)
class Duplicate:
    """Rows that may come from one person.

    Attributes:
        by: the same respondent by the tool's own account, or the same answers and words.
        dropped: those of the rows that were left out, because that was asked for.
    """

    rows: tuple[int, ...]
    by: SameBy
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True)
class Dropped:
    """A column of which nothing was kept, and why."""

    column: str
    because: str


@dataclass(frozen=True)
class ImportedBallots:
    """The ballots of one file.

    Attributes:
        ballots: in the order of the file.
        rows: of each ballot, its row in the file; it is not stored.
        source: the name of the file, without folders.
        digest: the hash of its bytes, by which the same file is known again.
        answers: how many answers the file has, those that were rejected included.
        notes: what was assumed in reading it.
    """

    ballots: tuple[Ballot, ...]
    rows: tuple[int, ...]
    channel: Channel
    source: str
    digest: str
    answers: int
    rejected: tuple[Rejection, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rejected_rows(self) -> tuple[int, ...]:
        """Give the rows that give no ballot, each once."""
        return tuple(sorted({one.row for one in self.rejected if one.whole}))
