"""Programs that take part."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programs",
        sa.Column("person", sa.Text, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("community", sa.Text, sa.ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
        sa.Column("made_by", sa.Text, sa.ForeignKey("people.id", ondelete="SET NULL")),
        sa.Column("created_on", sa.Date, nullable=False),
    )
    op.create_index(None, "programs", ["community"])
