"""Communities, their rooms and people; what rooms came to; the search over messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _communities()
    _people()
    _rooms()
    _messages()
    _search()


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _communities() -> None:
    op.create_table(
        "communities",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("lang", sa.Text, nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("community", sa.Text, _of("communities"), nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("code", sa.Text, unique=True),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("actor", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("lang", sa.Text),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("seen_on", sa.Date, nullable=False),
    )
    op.create_table(
        "memberships",
        sa.Column("community", sa.Text, _of("communities"), primary_key=True),
        sa.Column("person", sa.Text, _of("people"), primary_key=True, index=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.UniqueConstraint("community", "name_key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entrances",
        sa.Column("person", sa.Text, _of("people"), primary_key=True),
        sa.Column("room", sa.Text, _of("rooms"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("person", sa.Text, _of("people"), nullable=False, index=True),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("device", sa.Text),
    )
    op.create_table(
        "links",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("community", sa.Text, _of("communities"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("room", sa.Text, _of("rooms")),
        sa.Column("person", sa.Text, _of("people")),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )


def _rooms() -> None:
    op.create_table(
        "cursors",
        sa.Column("room", sa.Text, _of("rooms"), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("mark", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("room", sa.Text, _of("rooms"), primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "records",
        sa.Column("room", sa.Text, _of("rooms"), primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("n", sa.Integer),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index(None, "records", ["room", "n"], unique=True)
    op.create_table(
        "written",
        sa.Column("room", sa.Text, primary_key=True),
        sa.Column("record", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, primary_key=True),
        sa.ForeignKeyConstraint(["room", "seq"], ["entries.room", "entries.seq"], ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index(None, "written", ["room", "seq"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("room", sa.Text, _of("rooms"), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("staff", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("room", "record"),
    )
    op.create_index(None, "messages", ["room", "n"])


def _search() -> None:
    """The words of messages, by full text; the triggers keep it equal to the table however rows come and go."""
    op.execute("""
        CREATE VIRTUAL TABLE search USING fts5(
            text, content='messages', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
        )
    """)
    put = "INSERT INTO search(rowid, text) VALUES (new.number, new.text);"
    drop = "INSERT INTO search(search, rowid, text) VALUES ('delete', old.number, old.text);"
    op.execute(f"CREATE TRIGGER messages_put AFTER INSERT ON messages BEGIN {put} END")
    op.execute(f"CREATE TRIGGER messages_gone AFTER DELETE ON messages BEGIN {drop} END")
    op.execute(
        "CREATE TRIGGER messages_edited AFTER UPDATE ON messages "
        f"WHEN old.text <> new.text OR old.number <> new.number BEGIN {drop} {put} END"
    )
