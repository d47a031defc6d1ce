"""The store of consultations: what is written is whole, is never counted twice, and is acknowledged only once it is kept.

SQLAlchemy Core on SQLite (in the user's data folder, nothing to set up) or on a PostgreSQL server.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hmac
import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoRoomError

from partnership_model.delivery.consultation.codes import session_code
from partnership_model.delivery.consultation.database import engine_of
from partnership_model.delivery.consultation.erasing import rewrite
from partnership_model.delivery.consultation.schema import audit, ballots, comments, consultations, sessions, vouchers
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import Ballot, ballot_of
from partnership_model.knowledge.consultation.question_set import QuestionSet, read_question_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Row

    from partnership_model.knowledge.consultation.ballots import Channel

ID_BYTES = 16
SECRET_BYTES = 32
OPENED = "consultation opened"
TRIES = 20  # for a code that no other session has


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
        secret: what participants' marks are made from; None once it is closed.
        live: what was shown last, as the engine of privacy wrote it.
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
class Cast:
    """A ballot to be written, as `Store.cast` takes it."""

    session: str
    participant: str
    ballot: Ballot
    voucher: str = ""
    first: bool = False
    most: int | None = None  # ballots in this session; only those that are there already can be changed then


def mark_of(secret: bytes, about: str) -> str:
    """Make the mark of a participant, a voucher or a form, from which nobody gets back without the secret."""
    return hmac.new(secret, about.encode(), "sha256").hexdigest()


class Store:
    """Consultations in one database; every method is one transaction."""

    def __init__(self, address: str) -> None:
        """Connect, and bring the tables up to date.

        Raises:
            PartnershipError: the address is none, or the database cannot be used.
        """
        self.engine = engine_of(address)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Do something whole or not at all.

        Raises:
            StoreDownError: the database does not answer.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except (DBAPIError, sqlite3.Error, NoRoomError) as error:
            message = f"The store of ballots does not answer: {type(error).__name__}."
            raise StoreDownError(message) from error

    # Consultations and sessions

    def open_consultation(self, place: str, questions: QuestionSet, today: dt.date) -> Consultation:
        """Freeze the questions and open a consultation on them."""
        found = Consultation(
            new_id(), place, questions, today, None, questions.keep_until, secrets.token_bytes(SECRET_BYTES), "{}", revealed=False
        )
        values = {**vars(found), "questions": questions.text}
        with self.transaction() as connection:
            connection.execute(insert(consultations).values(values))
            note(connection, found.id, OPENED, questions.digest)
        return found

    def consultation(self, wanted: str) -> Consultation:
        """Give a consultation by its id."""
        with self.transaction() as connection:
            return _consultation(connection.execute(select(consultations).where(consultations.c.id == wanted)).one())

    def latest(self, place: str) -> Consultation | None:
        """Give the consultation of a case that was opened last, if there is one."""
        # By the order of what was done, and not by the day: clocks jump, and one day can see two.
        since = select(func.max(audit.c.id)).where(audit.c.consultation == consultations.c.id, audit.c.act == OPENED).scalar_subquery()
        wanted = select(consultations).where(consultations.c.place == place).order_by(since.desc())
        with self.transaction() as connection:
            found = connection.execute(wanted).first()
        return _consultation(found) if found else None

    def open_session(self, consultation: str, title: str, channel: Channel, today: dt.date) -> Session:
        """Open a session under a code of its own."""
        for _ in range(TRIES):
            found = Session(new_id(), consultation, session_code(), title, channel, today, None)
            try:
                with self.transaction() as connection:
                    refuse_closed(connection, consultation)
                    connection.execute(insert(sessions).values(vars(found)))
                    note(connection, consultation, "session opened", f"{title} ({channel})")
            except IntegrityError:
                continue
            return found
        message = "No free code was found for the session. Try again."
        raise PartnershipError(message)

    def sessions(self, consultation: str) -> tuple[Session, ...]:
        """Give the sessions of a consultation, the first first."""
        wanted = select(sessions).where(sessions.c.consultation == consultation).order_by(sessions.c.opened, sessions.c.title)
        with self.transaction() as connection:
            return tuple(Session(**row._mapping) for row in connection.execute(wanted))  # noqa: SLF001 - SQLAlchemy's own name for it

    def session(self, code: str) -> Session | None:
        """Give the session that has this code, open or closed."""
        with self.transaction() as connection:
            found = connection.execute(select(sessions).where(sessions.c.code == code)).first()
        return Session(**found._mapping) if found else None  # noqa: SLF001 - SQLAlchemy's own name for it

    def close_session(self, session: str, today: dt.date) -> None:
        """Take no more ballots; a ballot that is being written is in before, or refused."""
        with self.transaction() as connection:
            row = connection.execute(select(sessions).where(sessions.c.id == session).with_for_update()).first()
            if row is not None and row.closed is None:
                connection.execute(update(sessions).where(sessions.c.id == session).values(closed=today))
                note(connection, row.consultation, "session closed", row.title)

    def close_consultation(self, consultation: str, today: dt.date) -> None:
        """Close every session, and cut what led from a receipt to a ballot and from a ballot to its comment.

        Raises:
            ClosedError: it was closed before.
            PartnershipError: it is closed, but the links still stand in a file that another program has open.
        """
        with self.transaction() as connection:
            refuse_closed(connection, consultation)
            mine = sessions.c.consultation == consultation
            connection.execute(update(sessions).where(mine, sessions.c.closed.is_(None)).values(closed=today))
            connection.execute(update(ballots).where(ballots.c.consultation == consultation).values(participant=None))
            connection.execute(update(comments).where(comments.c.consultation == consultation).values(ballot=None))
            connection.execute(delete(vouchers).where(vouchers.c.consultation == consultation))
            connection.execute(update(consultations).where(consultations.c.id == consultation).values(closed=today, secret=None))
            note(connection, consultation, "consultation closed", "")
        rewrite(self.engine)

    # Ballots

    def cast(self, session: str, participant: str, ballot: Ballot, voucher: str = "", *, first: bool = False) -> int:
        """Write a ballot, or write it anew for a participant who has one; give how often it was changed, 1 at first.

        Args:
            session: its id.
            participant: the mark of who answers (see `mark_of`).
            ballot: what was said.
            voucher: the mark of the printed code, where one is asked for.
            first: whether it has to be this participant's first.

        Raises:
            ClosedError: the session was closed.
            EnteredError: it is not the first, and has to be.
            VoucherError: there is no such voucher.
            StoreDownError: nothing was written, as far as anybody knows; trying again never counts twice.
        """
        (outcome,) = self.cast_all([Cast(session, participant, ballot, voucher, first=first)])
        if isinstance(outcome, PartnershipError):
            raise outcome
        return outcome

    def cast_all(self, casts: Sequence[Cast]) -> list[int | PartnershipError]:
        """Write several ballots and wait for the disk once; give for each what `cast` gives, or why it alone was refused.

        Raises:
            StoreDownError: none of them was written, as far as anybody knows.
        """
        with self.transaction() as connection:
            return [_outcome(connection, one) for one in casts]

    def ballots(self, consultation: str) -> tuple[KeptBallot, ...]:
        """Give all ballots of a consultation, in no order that says when they came; comments stay where they are moderated."""
        wanted = select(ballots).where(ballots.c.consultation == consultation).order_by(ballots.c.id)
        with self.transaction() as connection:
            return tuple(_kept(row) for row in connection.execute(wanted))

    def ballot_of(self, consultation: str, participant: str) -> Ballot | None:
        """Give a participant's ballot as it stands, with the comment."""
        mine = (ballots.c.consultation == consultation) & (ballots.c.participant == participant)
        wanted = select(ballots, comments.c.written).join(comments, comments.c.ballot == ballots.c.id, isouter=True).where(mine)
        with self.transaction() as connection:
            row = connection.execute(wanted).first()
        return ballot_of(row.answers, row.stakeholders, row.school, row.channel, row.written or "") if row else None

    def state(self, consultation: str) -> tuple[object, ...]:
        """Give something that changes whenever what may be shown of a consultation could."""
        counted = select(func.count(), func.sum(ballots.c.revision)).where(ballots.c.consultation == consultation)
        about = select(consultations.c.closed, consultations.c.revealed).where(consultations.c.id == consultation)
        with self.transaction() as connection:
            return (*connection.execute(counted).one(), *connection.execute(about).one())

    # What is shown

    def keep_live(self, consultation: str, live: dict[str, Any], before: str) -> bool:
        """Keep what is shown from now on, so that the next picture is held against it after a restart too.

        Args:
            consultation: its id.
            live: what is to be shown.
            before: what it was held against, as it stood in the store.

        Returns:
            False, and nothing was kept, where something else was shown meanwhile or the consultation is closed: then it may not be shown.
        """
        same = (consultations.c.id == consultation) & (consultations.c.live == before) & consultations.c.closed.is_(None)
        with self.transaction() as connection:
            return connection.execute(update(consultations).where(same).values(live=json.dumps(live))).rowcount == 1

    def reveal(self, consultation: str, *, revealed: bool) -> None:
        """Show the pictures to the hall, or hide them; once it is closed that is no part of its record any more."""
        with self.transaction() as connection:
            mine = consultations.c.id == consultation
            connection.execute(update(consultations).where(mine).values(revealed=revealed))
            if connection.execute(select(consultations.c.closed).where(mine)).scalar_one() is None:
                note(connection, consultation, "pictures shown" if revealed else "pictures hidden", "")

    def acts(self, consultation: str) -> Sequence[tuple[dt.datetime, str, str]]:
        """Give what the facilitator did, the first first."""
        wanted = select(audit.c.at, audit.c.act, audit.c.about).where(audit.c.consultation == consultation).order_by(audit.c.id)
        with self.transaction() as connection:
            return [(row.at, row.act, row.about) for row in connection.execute(wanted)]


def new_id() -> str:
    """Draw an id, which says nothing of the order in which rows came."""
    return secrets.token_hex(ID_BYTES)


def _consultation(row: Row[Any]) -> Consultation:
    return Consultation(**{**row._mapping, "questions": read_question_set(row.questions)})  # noqa: SLF001 - SQLAlchemy's own name for it


def _kept(row: Row[Any]) -> KeptBallot:
    return KeptBallot(row.id, row.session, row.revision, ballot_of(row.answers, row.stakeholders, row.school, row.channel))


def refuse_closed(connection: Connection, consultation: str) -> None:
    """Make sure that a consultation is open, and stays so until this is done."""
    row = connection.execute(select(consultations.c.closed).where(consultations.c.id == consultation).with_for_update()).one()
    if row.closed is not None:
        message = "This consultation is closed."
        raise ClosedError(message)


def note(connection: Connection, consultation: str, act: str, about: str) -> None:
    """Write down what the facilitator did, to the minute; nothing is written of participants."""
    at = dt.datetime.now(dt.UTC).replace(tzinfo=None, second=0, microsecond=0)
    connection.execute(insert(audit).values(consultation=consultation, at=at, act=act, about=about))


def _outcome(connection: Connection, cast: Cast) -> int | PartnershipError:
    """Write one of several ballots whole or not at all, whatever becomes of the others."""
    try:
        try:
            with connection.begin_nested():
                return _cast(connection, cast)
        except IntegrityError:  # the same form was sent twice at once, and the other one is in by now
            with connection.begin_nested():
                return _cast(connection, cast)
    except (ClosedError, EnteredError, FullError, VoucherError) as error:
        return error


def _cast(connection: Connection, cast: Cast) -> int:
    # The lock is shared among ballots and not with a closing, so that none slips in behind it.
    row = connection.execute(select(sessions).where(sessions.c.id == cast.session).with_for_update(read=True)).first()
    if row is None or row.closed is not None:
        message = "This session is closed."
        raise ClosedError(message)
    if cast.voucher:
        _use(connection, row.consultation, cast.voucher)
    if cast.first and _is_in(connection, row.consultation, cast.participant):
        message = "This ballot was entered already."
        raise EnteredError(message)
    if (
        cast.most is not None
        and _number(connection, cast.session) >= cast.most
        and not _is_in(connection, row.consultation, cast.participant)
    ):
        message = "This session has all the ballots that it takes."
        raise FullError(message)
    return write_ballot(connection, row.consultation, cast.session, cast.participant, cast.ballot)


def _number(connection: Connection, session: str) -> int:
    return int(connection.execute(select(func.count()).where(ballots.c.session == session)).scalar_one())


def _use(connection: Connection, consultation: str, voucher: str) -> None:
    mine = (vouchers.c.mark == voucher) & (vouchers.c.consultation == consultation)
    row = connection.execute(select(vouchers.c.until).where(mine).with_for_update()).first()
    if row is None:
        message = "This printed code is not one of this consultation's."
        raise VoucherError(message)
    if row.until is not None and row.until < dt.datetime.now(dt.UTC).date():
        message = "This printed code is out of date."
        raise VoucherError(message, row.until)
    connection.execute(update(vouchers).where(mine).values(used=True))


def _is_in(connection: Connection, consultation: str, participant: str) -> bool:
    mine = (ballots.c.consultation == consultation) & (ballots.c.participant == participant)
    return connection.execute(select(ballots.c.id).where(mine)).first() is not None


def write_ballot(connection: Connection, consultation: str, session: str, participant: str | None, ballot: Ballot) -> int:
    """Write a ballot and its comment; what is sent again as it stands changes nothing, and a ballot stays where it was cast first.

    Who has no mark has no ballot yet.
    """
    mine = (ballots.c.consultation == consultation) & (ballots.c.participant == participant)
    values = {"stakeholders": ballot.group, "school": ballot.school, "answers": ballot.answers}
    old = None if participant is None else connection.execute(select(ballots).where(mine).with_for_update()).first()
    if old is None:
        own = new_id()
        revision = 1
        connection.execute(
            insert(ballots).values(
                id=own,
                consultation=consultation,
                session=session,
                participant=participant,
                channel=ballot.channel,
                revision=revision,
                **values,
            )
        )
    else:
        own = old.id
        _still_open(connection, old.session)
        same = all(getattr(old, name) == value for name, value in values.items())
        revision = old.revision if same else old.revision + 1
        connection.execute(update(ballots).where(ballots.c.id == own).values(revision=revision, **values))
    _write_comment(connection, consultation, own, ballot)
    return revision


def _still_open(connection: Connection, session: str) -> None:
    """Make sure that what was said in a session that is closed is not changed by way of another one."""
    row = connection.execute(select(sessions.c.closed).where(sessions.c.id == session).with_for_update(read=True)).one()
    if row.closed is not None:
        message = "The session in which this was said is closed."
        raise ClosedError(message)


def _write_comment(connection: Connection, consultation: str, own: str, ballot: Ballot) -> None:
    """Keep a comment for moderation; one that was changed has to be looked at again."""
    old = connection.execute(select(comments).where(comments.c.ballot == own)).first()
    if old is not None and (old.written, old.stakeholders) != (ballot.comment, ballot.group):
        connection.execute(delete(comments).where(comments.c.id == old.id))
        old = None
    if old is None and ballot.comment:
        connection.execute(
            insert(comments).values(
                id=new_id(),
                consultation=consultation,
                ballot=own,
                stakeholders=ballot.group,
                written=ballot.comment,
                state="waiting",
                shown="",
                reason="",
                themes="[]",
            )
        )
