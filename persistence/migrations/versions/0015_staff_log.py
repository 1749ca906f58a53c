"""What staff did, for owners to read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_log",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("community", sa.Text, sa.ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("room", sa.Text, sa.ForeignKey("rooms.id", ondelete="CASCADE")),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index(None, "staff_log", ["community", "at"])
