"""What sessions came to, and the library."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _outcomes()
    _library()


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _outcomes() -> None:
    op.create_table(
        "attended",
        sa.Column("session", sa.Text, _of("sessions"), primary_key=True),
        sa.Column("person", sa.Text, _of("people"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index(None, "attended", ["person"])
    op.create_table(
        "outcomes",
        sa.Column("session", sa.Text, _of("sessions"), primary_key=True),
        sa.Column("attendance", sa.Integer, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
    )
    op.create_table(
        "outcome_lines",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("session", sa.Text, _of("sessions"), nullable=False),
        sa.Column("nth", sa.Integer, nullable=False),
        sa.Column("room", sa.Text, _of("rooms"), nullable=False),
        *_texts("record", "about"),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_texts("text", "name"),
        sa.Column("votes", sa.Integer, nullable=False),
        *_texts("heading", "answer"),
        sa.Column("part_of", sa.Text),
        *_texts("owner", "due", "choice"),
        sa.Column("version", sa.Integer),
        sa.UniqueConstraint("room", "record"),
    )
    op.create_index(None, "outcome_lines", ["session"])


def _library() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("community", sa.Text, _of("communities"), nullable=False),
        *_texts("status"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("line", sa.Text, sa.ForeignKey("outcome_lines.id", ondelete="SET NULL"), unique=True),
    )
    op.create_index(None, "items", ["community"])
    op.create_table(
        "versions",
        sa.Column("item", sa.Text, _of("items"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_texts("name", "type", "title", "summary", "body", "tags", "status"),
    )
    op.create_table(
        "contributors",
        sa.Column("item", sa.Text, _of("items"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
