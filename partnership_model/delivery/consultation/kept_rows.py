"""What the store keeps as the rest of the program sees it: consultations, sessions and ballots, and why one was not written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import ballot_of
from partnership_model.knowledge.consultation.question_set import read_question_set

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Row

    from partnership_model.knowledge.consultation.ballots import Ballot, Channel
    from partnership_model.knowledge.consultation.question_set import QuestionSet


class StoreDownError(PartnershipError):
    """The database does not answer; what was to be written is not."""


class ClosedError(PartnershipError):
    """The session takes no ballots any more."""


class FullError(PartnershipError):
    """The session has all the ballots that it takes."""


class EnteredError(PartnershipError):
    """A ballot with this number was entered already."""


class VoucherError(PartnershipError):
    """The printed code is not one of this consultation's, or is out of date.

    Attributes:
        until: the last day on which it could be used, where it is out of date.
    """

    def __init__(self, message: str, until: dt.date | None = None) -> None:
        """Say what is wrong with it."""
        super().__init__(message)
        self.until = until


@dataclass(frozen=True)
class Consultation:
    """One consultation.

    Attributes:
        place: the case's folder, by its whole path.
        secret: what all marks are made from; None once it is closed.
        live: what was shown last and of whom, as the engine of privacy wrote it; empty once it is closed.
        revealed: whether the hall sees the pictures.
    """

    id: str
    place: str
    questions: QuestionSet
    opened: dt.date
    closed: dt.date | None
    keep_until: dt.date
    secret: bytes | None
    live: str
    revealed: bool


@dataclass(frozen=True)
class Session:
    """One evening, one form that is open for weeks, or one pile of paper."""

    id: str
    consultation: str
    code: str
    title: str
    channel: Channel
    opened: dt.date
    closed: dt.date | None


@dataclass(frozen=True)
class KeptBallot:
    """A ballot with what tells whether it changed since it was looked at last."""

    id: str
    session: str
    revision: int
    ballot: Ballot


@dataclass(frozen=True)
class Frozen:
    """What a closed consultation says, written once at its closing.

    Attributes:
        record: the record, as `consultation.json` has it.
        rows: the export of rows.
    """

    record: str
    rows: str


def consultation_of(row: Row[Any]) -> Consultation:
    """Read a consultation."""
    return Consultation(**{**row._mapping, "questions": read_question_set(row.questions)})  # noqa: SLF001 - SQLAlchemy's own name for it


def session_of(row: Row[Any]) -> Session:
    """Read a session."""
    return Session(**row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for it


def kept_ballot_of(row: Row[Any]) -> KeptBallot:
    """Read a ballot; its comment stands among those to be moderated."""
    return KeptBallot(row.id, row.session, row.revision, ballot_of(row.answers, row.stakeholders, row.school, row.channel))
