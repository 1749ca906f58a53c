"""Invitations that let several people in, sign-in links by mail, passkeys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _invitations()
    _mail()
    _passkeys()


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("community", sa.Text, _of("communities"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, sa.ForeignKey("people.id", ondelete="SET NULL")),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("most", sa.Integer, nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("revoked", sa.Boolean, nullable=False),
    )
    op.create_index(None, "invitations", ["community"])


def _mail() -> None:
    op.create_table(
        "mail_addresses",
        sa.Column("person", sa.Text, _of("people"), primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("address_key", sa.Text, nullable=False, unique=True),
        sa.Column("confirmed_on", sa.Date, nullable=False),
    )
    op.create_table(
        "mail_links",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.Text, _of("people"), nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index(None, "mail_links", ["person"])


def _passkeys() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, _of("people"), nullable=False),
        sa.Column("credential", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("handle", sa.LargeBinary, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("uses", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
    )
    op.create_index(None, "passkeys", ["person"])
    op.create_table(
        "spent_challenges",
        sa.Column("challenge", sa.LargeBinary, primary_key=True),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index(None, "spent_challenges", ["expires_at"])
