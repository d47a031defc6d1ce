"""Where imported ballots go: the consultation of a case, as it was opened, or as it would be."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, insert, make_url, select

from partnership_model.delivery.consultation.acts import note, refuse_closed, refuse_more
from partnership_model.delivery.consultation.ballot_writing import write_ballot
from partnership_model.delivery.consultation.codes import session_code
from partnership_model.delivery.consultation.database import default_address
from partnership_model.delivery.consultation.marks import new_id
from partnership_model.delivery.consultation.retention import refuse_overdue
from partnership_model.delivery.consultation.schema import ballots, imports, sessions
from partnership_model.delivery.consultation.store import Store
from partnership_model.display import phrases
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.question_set import question_set
from partnership_model.knowledge.consultation.typed_text import title_line
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Row

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.surveys.imported import ImportedBallots

Earlier = Literal["replace", "keep"]
LONGEST_NAME = 120
ALMOST_ALL = 0.8  # of an earlier file's ballots, from which on a file is taken for a later export of the same form


@dataclass(frozen=True)
class Titled:
    """What the survey is called in the report, and the days on which it was open, as far as they were said."""

    title: str
    opened: dt.date
    closed: dt.date


@dataclass
class Target:
    """A case's consultation, which is opened once ballots are really stored."""

    place: str
    address: str
    questions: QuestionSet
    store: Store | None
    consultation: Consultation | None

    def add(self, found: ImportedBallots, today: dt.date, titled: Titled, earlier: Earlier | None) -> str:
        """Store the ballots, all or none, and say so.

        Raises:
            PartnershipError: they are in already, the consultation is closed, or the store does not answer.
        """
        opened = ""
        if self.store is None:
            self.store = Store(self.address)
        if self.consultation is None:
            self.consultation = self.store.open_consultation(self.place, self.questions, today)
            opened = " A consultation was opened for them, on the questions that the case asks today."
        add_ballots(self.store, self.consultation.id, found, titled, earlier)
        return f"{phrases.counted(len(found.ballots), 'ballot')} stored.{opened}"


@contextlib.contextmanager
def target(case: str, address: str) -> Iterator[Target]:
    """Find the consultation of a case; a store that is not there yet is not made for a look.

    Raises:
        PartnershipError: there is no such case, it asks nothing, its ballots are to be gone by today, or the store cannot be used.
    """
    folder, base = find_case(case), read_knowledge()
    read, address = read_case(folder, base), address or default_address()
    place = str(folder.resolve())
    store = Store(address) if _is_there(address) else None
    try:
        consultation = store.latest(place) if store else None
        refuse_overdue(consultation, dt.datetime.now(dt.UTC).date())
        if consultation is not None:
            yield Target(place, address, consultation.questions, store, consultation)
            return
        if read.file.consultation is None:
            message = f"{case} asks nothing yet: give it the key `consultation` (docs/consultation.md)."
            raise PartnershipError(message)
        questions = question_set(read, read.file.consultation, base, dt.datetime.now(dt.UTC).date())
        found = Target(place, address, questions, store, None)
        yield found
        store = found.store
    finally:
        if store:
            store.close()


def add_ballots(store: Store, consultation: str, found: ImportedBallots, titled: Titled, earlier: Earlier | None) -> None:
    """Write the ballots of one file as a session of their own, which is closed at once; all or none.

    Raises:
        ClosedError: the consultation was closed.
        PartnershipError: the file is in already, or many of its answers are in an earlier file and nobody said what becomes of that.
    """
    with store.transaction() as connection:
        refuse_closed(connection, consultation)
        refuse_more(connection, consultation, sessions)
        for row, again in _imported_before(connection, consultation, found):
            _settle(connection, row, found, again, earlier)
        session, name, title = new_id(), found.source[:LONGEST_NAME], title_line(titled.title)
        about = {
            "id": session,
            "code": session_code(),
            "title": title,
            "channel": found.channel,
            "opened": titled.opened,
            "closed": titled.closed,
        }
        connection.execute(insert(sessions).values(consultation=consultation, **about))
        counts = {"taken": len(found.ballots), "rejected": len(found.rejected_rows)}
        connection.execute(insert(imports).values(digest=found.digest, consultation=consultation, session=session, name=name, **counts))
        for ballot in found.ballots:  # under ids drawn at random, so that the order of the file is lost
            write_ballot(connection, consultation, session, None, ballot)
        note(connection, consultation, "ballots imported", f"{title} ({found.channel})")


def _imported_before(connection: Connection, consultation: str, found: ImportedBallots) -> list[tuple[Row[Any], int]]:
    """Give each file that was imported before, and how many of its ballots the new one has again."""
    both = select(imports, sessions.c.channel, sessions.c.title).join(sessions, sessions.c.id == imports.c.session)
    new = Counter((one.group, one.school, one.answers) for one in found.ballots)
    files = []
    for row in connection.execute(both.where(imports.c.consultation == consultation)).all():
        theirs = connection.execute(select(ballots).where(ballots.c.session == row.session))
        old = Counter((one.stakeholders, one.school, one.answers) for one in theirs)
        files.append((row, (new & old).total() if row.channel == found.channel else 0))
    return files


def _settle(connection: Connection, row: Row[Any], found: ImportedBallots, again: int, earlier: Earlier | None) -> None:
    """Refuse a file that is in, and one that holds most of an earlier one, unless it was said what becomes of that."""
    if row.digest == found.digest:
        message = f'This very file was imported before, as "{row.name}" ({row.taken} ballots); its ballots are not counted twice.'
        raise PartnershipError(message)
    if again < ALMOST_ALL * max(row.taken, 1) or earlier == "keep":
        return
    if earlier is None:
        message = (
            f'{again} of the {row.taken} ballots of "{row.name}", which was imported before, are in this file too. If it is a later export '
            "of the same form, add --earlier replace; if it is another form and they only answered alike, add --earlier keep."
        )
        raise PartnershipError(message)
    connection.execute(delete(sessions).where(sessions.c.id == row.session))
    note(connection, row.consultation, "import taken out", row.title)


def _is_there(address: str) -> bool:
    """Say whether a store may have something in it: a file of SQLite that is not there has not."""
    with contextlib.suppress(Exception):  # what is no address is refused by the store itself
        url = make_url(address)
        return url.get_backend_name() != "sqlite" or bool(url.database and Path(url.database).exists())
    return True
