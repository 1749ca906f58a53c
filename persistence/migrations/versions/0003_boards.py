"""Boards: in which order a session's rooms came, and with which columns a board begins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rooms", sa.Column("nth", sa.Integer))
    op.add_column("rooms", sa.Column("template", sa.Text))
