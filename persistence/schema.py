"""The tables. `migrations` makes them; a test holds the two equal.

The full-text index over `messages` is SQLite's own (FTS5) and stands in the migrations, with the triggers that keep it.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id", ondelete="CASCADE")


# --- communities, rooms, people ------------------------------------------------------------------------------------

communities = Table(
    "communities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("lang", Text, nullable=False),
    Column("created_on", Date, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("community", _of("communities"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("level", Text, nullable=False),  # how people ask, at least (C7)
    Column("review", Boolean, nullable=False),
    Column("code", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("created_on", Date, nullable=False),
    Column("closed_on", Date),
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("community", _of("communities"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),  # 32 random bytes: command keys are made with it (C1)
    Column("code", Text, unique=True),  # what people type to get in; a session's rooms go by the session's code
    Column("session", Text, index=True),
    Column("unlinked_on", Date),  # since when nothing tells who did what in it (C7)
    Column("nth", Integer),  # the order in which a session's boards came
    Column("template", Text),  # the columns a board begins with
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),  # never leaves the server
    Column("actor", Text, nullable=False, unique=True),  # the named actor id (C7)
    Column("name", Text, nullable=False),
    Column("lang", Text),
    Column("created_on", Date, nullable=False),
    Column("seen_on", Date, nullable=False),  # a day, never a time (C7)
)

memberships = Table(
    "memberships",
    metadata,
    Column("community", _of("communities"), primary_key=True),
    Column("person", _of("people"), primary_key=True, index=True),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    UniqueConstraint("community", "name_key"),
    sqlite_with_rowid=False,
)

entrances = Table(
    "entrances",
    metadata,
    Column("person", _of("people"), primary_key=True),
    Column("room", _of("rooms"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""The rooms that guests and screens came into by code or link."""

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("person", _of("people"), nullable=False, index=True),
    Column("created_on", Date, nullable=False),
    Column("device", Text),
)

links = Table(
    "links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("community", _of("communities"), nullable=False),
    Column("role", Text, nullable=False),
    Column("room", _of("rooms")),
    Column("person", _of("people")),
    Column("expires_at", BigInteger, nullable=False),
)
"""Sign-in links nobody used yet."""

# --- what rooms came to --------------------------------------------------------------------------------------------

cursors = Table(
    "cursors",
    metadata,
    Column("room", _of("rooms"), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("mark", LargeBinary, nullable=False),
)
"""Up to where the journal has been taken in."""

entries = Table(
    "entries",
    metadata,
    Column("room", _of("rooms"), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("mark", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The transcript: journal entries, without the words of what was removed."""

records = Table(
    "records",
    metadata,
    Column("room", _of("rooms"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("n", Integer),  # orders the pages (C6)
    Column("seq", BigInteger, nullable=False),  # the entry that last changed it
    Column("body", LargeBinary, nullable=False),
    Index(None, "room", "n", unique=True),
)

written = Table(
    "written",
    metadata,
    Column("room", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    ForeignKeyConstraint(["room", "seq"], ["entries.room", "entries.seq"], ondelete="CASCADE"),
    Index(None, "room", "seq"),
    sqlite_with_rowid=False,
)
"""Which entries hold words of a record."""

messages = Table(
    "messages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("room", _of("rooms"), nullable=False),
    Column("record", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("staff", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("room", "record"),
    Index(None, "room", "n"),
)
"""What can be searched for."""
