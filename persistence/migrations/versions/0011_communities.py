"""Communities that are begun by their owner, edited, several to a server, and removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("nth", sa.Integer, nullable=False, server_default="0"),
        sa.Column("begun", sa.Boolean, nullable=False, server_default="1"),
        sa.Column("preset", sa.Text, nullable=False, server_default="helping"),
        sa.Column("agreements", sa.Text, nullable=False, server_default=""),
        sa.Column("edition", sa.Integer, nullable=False, server_default="0"),
    ):
        op.add_column("communities", column)
    op.add_column("memberships", sa.Column("agreed", sa.Integer, nullable=False, server_default="0"))
    op.create_table("removals", sa.Column("room", sa.Text, primary_key=True), sqlite_with_rowid=False)
