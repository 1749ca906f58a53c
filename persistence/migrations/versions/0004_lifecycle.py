"""A session's purpose, and its life: planned, open, locked, closing with a grace, closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("purpose", sa.Text, nullable=False, server_default=""))
    op.add_column("sessions", sa.Column("closes_at", sa.BigInteger))
    op.add_column("sessions", sa.Column("before", sa.Text))
    op.add_column("sessions", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
