"""Which ballots on paper were printed, so that the numbers on them can be told from slips of the pen.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

from partnership_model.delivery.consultation.migrations.no_statistics import keep_no_statistics

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "paper_run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("consultation", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["consultation"], ["consultation.id"], name=op.f("fk_paper_run_consultation"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_paper_run_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_run")),
    )
    keep_no_statistics(op.get_bind())


def downgrade() -> None:
    """Refuse: numbers that were printed could be entered twice."""
    message = "It would be forgotten which ballots were printed; go back to a copy of the store instead."
    raise NotImplementedError(message)
