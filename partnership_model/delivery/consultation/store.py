"""The store of consultations: what is written is whole, is never counted twice, and is acknowledged only once it is kept.

SQLAlchemy Core on SQLite (in the user's data folder, nothing to set up) or on a PostgreSQL server.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoRoomError

from partnership_model.delivery.consultation.acts import OPENED, note, refuse_closed, refuse_more
from partnership_model.delivery.consultation.ballot_writing import Cast, outcome_of
from partnership_model.delivery.consultation.codes import session_code
from partnership_model.delivery.consultation.database import engine_of
from partnership_model.delivery.consultation.kept_rows import (
    Consultation,
    Session,
    StoreDownError,
    consultation_of,
    kept_ballot_of,
    session_of,
)
from partnership_model.delivery.consultation.marks import new_id, new_secret
from partnership_model.delivery.consultation.schema import audit, ballots, comments, consultations, sessions
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import ballot_of
from partnership_model.knowledge.consultation.typed_text import title_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from partnership_model.delivery.consultation.kept_rows import KeptBallot
    from partnership_model.knowledge.consultation.ballots import Ballot, Channel
    from partnership_model.knowledge.consultation.question_set import QuestionSet

TRIES = 20  # for a code that no other session has


class Store:
    """Consultations in one database; every method is one transaction."""

    def __init__(self, address: str) -> None:
        """Connect, and bring the tables up to date.

        Raises:
            PartnershipError: the address is none, or the database cannot be used.
        """
        self.engine = engine_of(address)
        self._here = threading.local()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Do something whole or not at all; what is done inside, by whatever method in this thread, is a part of it.

        Raises:
            StoreDownError: the database does not answer.
        """
        inside: Connection | None = getattr(self._here, "connection", None)
        if inside is not None:
            yield inside
            return
        try:
            with self.engine.begin() as connection:
                self._here.connection = connection
                try:
                    yield connection
                finally:
                    self._here.connection = None
        except IntegrityError:
            raise
        except (DBAPIError, sqlite3.Error, NoRoomError) as error:
            message = f"The store of ballots does not answer: {type(error).__name__}."
            raise StoreDownError(message) from error

    # Consultations and sessions

    def open_consultation(self, place: str, questions: QuestionSet, today: dt.date) -> Consultation:
        """Freeze the questions and open a consultation on them."""
        found = Consultation(new_id(), place, questions, today, None, questions.keep_until, new_secret(), "{}", revealed=False)
        values = {**vars(found), "questions": questions.text}
        with self.transaction() as connection:
            connection.execute(insert(consultations).values(values))
            note(connection, found.id, OPENED, questions.digest)
        return found

    def consultation(self, wanted: str) -> Consultation:
        """Give a consultation by its id."""
        with self.transaction() as connection:
            return consultation_of(connection.execute(select(consultations).where(consultations.c.id == wanted)).one())

    def latest(self, place: str) -> Consultation | None:
        """Give the consultation of a case that was opened last, if there is one."""
        # By the order of what was done, and not by the day: clocks jump, and one day can see two.
        since = select(func.max(audit.c.id)).where(audit.c.consultation == consultations.c.id, audit.c.act == OPENED).scalar_subquery()
        wanted = select(consultations).where(consultations.c.place == place).order_by(since.desc())
        with self.transaction() as connection:
            found = connection.execute(wanted).first()
        return consultation_of(found) if found else None

    def open_session(self, consultation: str, title: str, channel: Channel, today: dt.date) -> Session:
        """Open a session under a code of its own.

        Raises:
            ClosedError: the consultation is closed.
            PartnershipError: its title says nothing, or there are as many sessions as a record holds.
        """
        title = title_line(title)
        if not title:
            message = "Give the session a title."
            raise PartnershipError(message)
        for _ in range(TRIES):
            found = Session(new_id(), consultation, session_code(), title, channel, today, None)
            try:
                with self.transaction() as connection:
                    refuse_closed(connection, consultation)
                    refuse_more(connection, consultation, sessions)
                    connection.execute(insert(sessions).values(vars(found)))
                    note(connection, consultation, "session opened", f"{title} ({channel})")
            except IntegrityError:
                continue
            return found
        message = "No free code was found for the session. Try again."
        raise PartnershipError(message)

    def sessions(self, consultation: str) -> tuple[Session, ...]:
        """Give the sessions of a consultation, the first first."""
        order = (sessions.c.opened, sessions.c.title, sessions.c.id)  # by id too: what stands in the record is held against this again
        wanted = select(sessions).where(sessions.c.consultation == consultation).order_by(*order)
        with self.transaction() as connection:
            return tuple(session_of(row) for row in connection.execute(wanted))

    def session(self, code: str) -> Session | None:
        """Give the session that has this code, open or closed."""
        with self.transaction() as connection:
            found = connection.execute(select(sessions).where(sessions.c.code == code)).first()
        return session_of(found) if found else None

    def close_session(self, session: str, today: dt.date) -> None:
        """Take no more ballots; a ballot that is being written is in before, or refused."""
        with self.transaction() as connection:
            row = connection.execute(select(sessions).where(sessions.c.id == session).with_for_update()).first()
            if row is not None and row.closed is None:
                connection.execute(update(sessions).where(sessions.c.id == session).values(closed=today))
                note(connection, row.consultation, "session closed", row.title)

    # Ballots

    def cast(self, session: str, participant: str, ballot: Ballot, voucher: str = "") -> int:
        """Write a ballot, or write it anew for a participant who has one; give which version of it this is, 1 for the first.

        Args:
            session: its id.
            participant: the mark of who answers (see `mark_of`).
            ballot: what was said.
            voucher: the mark of the printed code, where one is asked for.

        Raises:
            ClosedError: the session was closed.
            VoucherError: there is no such voucher.
            StoreDownError: nothing was written, as far as anybody knows; trying again never counts twice.
        """
        (outcome,) = self.cast_all([Cast(session, participant, ballot, voucher)])
        if isinstance(outcome, PartnershipError):
            raise outcome
        return outcome

    def cast_all(self, casts: Sequence[Cast]) -> list[int | PartnershipError]:
        """Write several ballots and wait for the disk once; give for each what `cast` gives, or why it alone was refused.

        Raises:
            StoreDownError: none of them was written, as far as anybody knows.
        """
        with self.transaction() as connection:
            return [outcome_of(connection, one) for one in casts]

    def ballots(self, consultation: str) -> tuple[KeptBallot, ...]:
        """Give all ballots of a consultation, in no order that says when they came; comments stay where they are moderated."""
        wanted = select(ballots).where(ballots.c.consultation == consultation).order_by(ballots.c.id)
        with self.transaction() as connection:
            return tuple(kept_ballot_of(row) for row in connection.execute(wanted))

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
        # A ballot that is taken back, and entered otherwise, leaves both as they were; taking it back is an act.
        acts = select(func.count()).select_from(audit).where(audit.c.consultation == consultation)
        about = select(consultations.c.closed, consultations.c.revealed).where(consultations.c.id == consultation)
        with self.transaction() as connection:
            return (*connection.execute(counted).one(), *connection.execute(acts).one(), *connection.execute(about).one())

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
