"""The tables in which consultations are kept; no table holds a name, an address, a browser or the time of a ballot."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
ID = String(32)  # drawn at random, so that it says nothing of the order in which rows came
LABEL = String(120)


def _of_consultation(*, key: bool = False) -> Column[str]:
    return Column("consultation", ID, ForeignKey("consultation.id", ondelete="CASCADE"), nullable=False, primary_key=key)


consultations = Table(
    "consultation",
    metadata,
    Column("id", ID, primary_key=True),
    Column("place", Text, nullable=False),  # the case's folder, by its whole path
    Column("questions", Text, nullable=False),
    Column("opened", Date, nullable=False),
    Column("closed", Date),
    Column("keep_until", Date, nullable=False),
    Column("secret", LargeBinary(32)),  # from which participants' marks are made; gone once it is closed
    Column("live", Text, nullable=False),  # what was shown last, so that the next picture tells nothing of a few
    Column("revealed", Boolean, nullable=False),
)
sessions = Table(
    "session",
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("code", String(6), nullable=False, unique=True),
    Column("title", LABEL, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("opened", Date, nullable=False),
    Column("closed", Date),
)
ballots = Table(
    "ballot",
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("session", ID, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("participant", String(64)),  # a mark from which nobody can be found; gone once the consultation is closed
    Column("channel", String(20), nullable=False),
    Column("stakeholders", LABEL, nullable=False),
    Column("school", LABEL, nullable=False),
    Column("answers", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("consultation", "participant"),
    sqlite_with_rowid=False,  # else SQLite itself would keep the order in which ballots came
)
comments = Table(
    "comment",
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("ballot", ID, ForeignKey("ballot.id", ondelete="CASCADE"), unique=True),  # nothing once the consultation is closed
    Column("stakeholders", LABEL, nullable=False),
    Column("written", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("shown", Text, nullable=False),  # what others may read of it
    Column("reason", Text, nullable=False),
    Column("themes", Text, nullable=False),
    sqlite_with_rowid=False,
)
vouchers = Table(
    "voucher",
    metadata,
    Column("mark", String(64), primary_key=True),
    _of_consultation(),
    Column("used", Boolean, nullable=False),
    Column("until", Date),  # the last day on which it can be used, if there is one
    sqlite_with_rowid=False,
)
voucher_runs = Table(
    "voucher_run",  # how many were printed for whom; which of them were used, nobody can say
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("stakeholders", LABEL, nullable=False),
    Column("printed", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("until", Date),
)
paper_runs = Table(
    "paper_run",  # the numbers on ballots of paper that were printed; they lead to nobody
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("session", ID, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("address", Text, nullable=False),
)
imports = Table(
    "import",
    metadata,
    Column("digest", String(64), primary_key=True),
    _of_consultation(key=True),
    Column("session", ID, ForeignKey("session.id", ondelete="CASCADE"), nullable=False),
    Column("name", LABEL, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
)
sheets = Table(
    "class_sheet",
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("stakeholders", LABEL, nullable=False),
    Column("school", LABEL, nullable=False),
    Column("learners", Integer, nullable=False),
    Column("answers", Text, nullable=False),
)
meetings = Table(
    "meeting",
    metadata,
    Column("id", ID, primary_key=True),
    _of_consultation(),
    Column("kind", String(20), nullable=False),
    Column("title", LABEL, nullable=False),
    Column("stakeholders", LABEL, nullable=False),
    Column("school", LABEL, nullable=False),
    Column("held", Date, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("themes", Text, nullable=False),
)
frozen = Table(
    "frozen",  # what a closed consultation says, as it was written at the closing: never worked out again
    metadata,
    _of_consultation(key=True),
    Column("record", Text, nullable=False),
    Column("rows", Text, nullable=False),
)
sittings = Table(
    "sitting",  # those that are over at a device which several share, so that nothing revives them
    metadata,
    Column("mark", String(64), primary_key=True),
    _of_consultation(),
    sqlite_with_rowid=False,
)
due = Table(
    "due",  # since when a clock says that it is time to delete a consultation; it has to say so twice
    metadata,
    _of_consultation(key=True),
    Column("seen", DateTime, nullable=False),
)
erasures = Table(
    "erasure",  # something was deleted, and the files were not written anew since
    metadata,
    Column("id", ID, primary_key=True),
)
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_consultation(),
    Column("at", DateTime, nullable=False),  # of what the facilitator did; nothing is written of participants
    Column("act", String(40), nullable=False),
    Column("about", Text, nullable=False),
)
Index("ix_ballot_session", ballots.c.session)
Index("ix_consultation_place", consultations.c.place)
