"""What is kept of a closed consultation, what is still to be erased, and marks that nobody can try answers against.

Revision ID: 0002
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from partnership_model.delivery.consultation.migrations.no_statistics import keep_no_statistics

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and key the marks of what is open."""
    op.create_table(
        "frozen",
        _of_consultation(),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["consultation"], ["consultation.id"], name=op.f("fk_frozen_consultation"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("consultation", name=op.f("pk_frozen")),
    )
    op.create_table(
        "sitting",
        sa.Column("mark", sa.String(length=64), nullable=False),
        _of_consultation(),
        sa.ForeignKeyConstraint(["consultation"], ["consultation.id"], name=op.f("fk_sitting_consultation"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sitting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "due",
        _of_consultation(),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["consultation"], ["consultation.id"], name=op.f("fk_due_consultation"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("consultation", name=op.f("pk_due")),
    )
    op.create_table(
        "erasure", sa.Column("id", sa.String(length=32), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure"))
    )
    keep_no_statistics(op.get_bind())
    _key_marks(op.get_bind())


def _of_consultation() -> sa.Column[str]:
    return sa.Column("consultation", sa.String(length=32), nullable=False)


def _key_marks(connection: sa.Connection) -> None:
    """Key the marks of what was shown with the consultation's secret; those of one that is closed go when it is frozen."""
    consultations = sa.table("consultation", sa.column("id"), sa.column("secret", sa.LargeBinary()), sa.column("live", sa.Text()))
    erasures = sa.table("erasure", sa.column("id"))
    for row in connection.execute(sa.select(consultations).where(consultations.c.secret.is_not(None))).all():
        live = json.loads(row.live)
        live |= {"seen": {_keyed(mark, bytes(row.secret)): one for mark, one in live.get("seen", {}).items()}} if live else {}
        connection.execute(sa.update(consultations).where(consultations.c.id == row.id).values(live=json.dumps(live)))
        connection.execute(sa.insert(erasures).values(id=row.id))


def _keyed(mark: str, key: bytes) -> str:
    return hashlib.blake2b(mark.encode(), key=key, digest_size=12).hexdigest()


def downgrade() -> None:
    """Refuse: what is frozen is not thrown away by going back."""
    message = "What was frozen at a closing would be lost; go back to a copy of the store instead."
    raise NotImplementedError(message)
