"""How a ballot is written inside a transaction: whole, once, under a lock that no closing slips past."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from partnership_model.delivery.consultation.kept_rows import ClosedError, FullError, VoucherError
from partnership_model.delivery.consultation.marks import new_id
from partnership_model.delivery.consultation.schema import ballots, comments, sessions, vouchers

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from partnership_model.errors import PartnershipError
    from partnership_model.knowledge.consultation.ballots import Ballot


@dataclass(frozen=True)
class Cast:
    """A ballot to be written, as `Store.cast` takes it."""

    session: str
    participant: str
    ballot: Ballot
    voucher: str = ""
    most: int | None = None  # ballots in this session; once they are in, only those who are among them can change theirs


def outcome_of(connection: Connection, cast: Cast) -> int | PartnershipError:
    """Write one of several ballots whole or not at all, whatever becomes of the others."""
    try:
        try:
            with connection.begin_nested():
                return _cast(connection, cast)
        except IntegrityError:  # the same form was sent twice at once, and the other one is in by now
            with connection.begin_nested():
                return _cast(connection, cast)
    except (ClosedError, FullError, VoucherError) as error:
        return error


def _cast(connection: Connection, cast: Cast) -> int:
    # The lock is shared among ballots and not with a closing, so that none slips in behind it.
    row = connection.execute(select(sessions).where(sessions.c.id == cast.session).with_for_update(read=True)).first()
    if row is None or row.closed is not None:
        message = "This session is closed."
        raise ClosedError(message)
    if cast.voucher:
        _use(connection, row.consultation, cast.voucher)
    if cast.most is not None and _full(connection, cast.session, cast.most) and not _is_in(connection, row.consultation, cast.participant):
        message = "This session has all the ballots that it takes."
        raise FullError(message)
    return write_ballot(connection, row.consultation, cast.session, cast.participant, cast.ballot)


def _full(connection: Connection, session: str, most: int) -> bool:
    number = select(func.count()).where(ballots.c.session == session)
    return int(connection.execute(number).scalar_one()) >= most


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
        own, revision = new_id(), 1
        about = {"consultation": consultation, "session": session, "participant": participant, "channel": ballot.channel}
        connection.execute(insert(ballots).values(id=own, revision=revision, **about, **values))
        _write_comment(connection, consultation, own, ballot)
    else:
        own, revision = old.id, old.revision
        _still_open(connection, old.session)
        same = all(getattr(old, name) == value for name, value in values.items())
        if not _write_comment(connection, consultation, own, ballot) or not same:
            revision += 1
            connection.execute(update(ballots).where(ballots.c.id == own).values(revision=revision, **values))
    return revision


def _still_open(connection: Connection, session: str) -> None:
    """Make sure that what was said in a session that is closed is not changed by way of another one."""
    row = connection.execute(select(sessions.c.closed).where(sessions.c.id == session).with_for_update(read=True)).one()
    if row.closed is not None:
        message = "The session in which this was said is closed."
        raise ClosedError(message)


def _write_comment(connection: Connection, consultation: str, own: str, ballot: Ballot) -> bool:
    """Keep a comment for moderation, and say whether it is the same; one that was changed has to be looked at again."""
    old = connection.execute(select(comments).where(comments.c.ballot == own)).first()
    same = (old.written if old is not None else "") == ballot.comment
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
    return same
