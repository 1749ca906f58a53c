"""Sessions, which hold rooms; and of each room when it was unlinked from who did what there (C7)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column(
            "community", sa.Text, sa.ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("review", sa.Boolean, nullable=False),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
    )
    op.add_column("rooms", sa.Column("session", sa.Text))
    op.create_index(None, "rooms", ["session"])
    op.add_column("rooms", sa.Column("unlinked_on", sa.Date))
