"""The tables. `migrations` makes them; a test holds the two equal.

The full-text index over `passages` is SQLite's own (FTS5) and stands in the migrations, with the triggers that keep it.
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
    Column("nth", Integer, nullable=False, server_default="0"),  # the order in which they came
    Column("begun", Boolean, nullable=False, server_default="1"),  # its owner said what it is called and for
    Column("preset", Text, nullable=False, server_default="helping"),
    Column("agreements", Text, nullable=False, server_default=""),
    Column("edition", Integer, nullable=False, server_default="0"),  # of its agreements: how often they changed
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
    Column("purpose", Text, nullable=False, server_default=""),
    Column("closes_at", BigInteger),  # until then closing can be taken back; null: it is final
    Column("before", Text),  # the state that taking it back leads to
    Column("turn", Integer, nullable=False, server_default="0"),  # how often it was locked or unlocked
    Column("swept_on", Date),  # since when its transcript is kept no longer
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
    Column("since", Date, nullable=False, server_default="1970-01-01"),
    Column("about", Text, nullable=False, server_default=""),  # what others may ask them about
    Column("agreed", Integer, nullable=False, server_default="0"),  # the edition of the agreements they accepted
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

news = Table(
    "news",
    metadata,
    Column("nth", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("community", _of("communities"), nullable=False),
    Column("person", Text),
    Column("sign_in", Text),
)
"""What changed about people and is still to be told (J9)."""

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

sweeps = Table("sweeps", metadata, Column("room", _of("rooms"), primary_key=True), sqlite_with_rowid=False)
"""Rooms whose transcript is gone from here, and perhaps not yet from the journal and the disk."""

staff_log = Table(
    "staff_log",
    metadata,
    Column("id", Text, primary_key=True),  # of an act in a room: the room, the entry, how manieth in it
    Column("community", _of("communities"), nullable=False),
    Column("at", BigInteger, nullable=False),  # to the minute
    Column("name", Text, nullable=False),  # what the one who did it was called
    Column("what", Text, nullable=False),
    Column("room", _of("rooms")),
    Column("record", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "community", "at"),
)

# --- what sessions came to, and the library ------------------------------------------------------------------------

attended = Table(
    "attended",
    metadata,
    Column("session", _of("sessions"), primary_key=True),
    Column("person", _of("people"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Who came into a session; gone, but for a number, once it is closed."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("session", _of("sessions"), primary_key=True),
    Column("attendance", Integer, nullable=False),
    Column("names", Text, nullable=False),  # a JSON list; empty unless every room was named (C7)
)

outcome_lines = Table(
    "outcome_lines",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session", _of("sessions"), nullable=False, index=True),
    Column("nth", Integer, nullable=False),  # their order
    Column("room", _of("rooms"), nullable=False),
    Column("record", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("votes", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("part_of", Text),  # the record it belongs to, in the same room
    Column("owner", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("choice", Text, nullable=False),  # open, kept, dropped
    Column("version", Integer),  # of its item: the last that closing or the harvest made
    UniqueConstraint("room", "record"),
)

items = Table(
    "items",
    metadata,
    Column("id", Text, primary_key=True),
    Column("community", _of("communities"), nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),  # the newest
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("line", ForeignKey("outcome_lines.id", ondelete="SET NULL"), unique=True),  # where it comes from
)

versions = Table(
    "versions",
    metadata,
    Column("item", _of("items"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("name", Text, nullable=False),  # who wrote it; "": Kring itself
    Column("type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("body", Text, nullable=False),  # Markdown
    Column("tags", Text, nullable=False),  # a JSON list
    Column("status", Text, nullable=False),
)

contributors = Table(
    "contributors",
    metadata,
    Column("item", _of("items"), primary_key=True),
    Column("name", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Whose words went into it, as far as their room allowed (C7)."""

passages = Table(
    "passages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("community", _of("communities"), nullable=False, index=True),
    Column("room", _of("rooms")),  # of what was said; null for an item
    Column("item", _of("items"), unique=True),
    Column("session", Text, index=True),
    Column("record", Text, nullable=False),  # of an item: its id
    Column("kind", Text, nullable=False),  # of the room, or "item"
    Column("about", Text, nullable=False),
    Column("n", Integer),  # where it stands in a chat
    Column("at", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("staff", Boolean, nullable=False),
    Column("type", Text),
    Column("status", Text),
    Column("tags", Text, nullable=False),  # a JSON list
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),  # this and what follows is what the index has: folded words of the heading,
    Column("said", Text, nullable=False),  # and of the text,
    Column("stems", Text, nullable=False),  # the stems of both,
    Column("scope", Text, nullable=False),  # and what a search may be narrowed to
    UniqueConstraint("room", "record"),
    Index(None, "room", "n"),
)
"""What can be searched for: items of the library, and what was said."""

# --- communities that are gone ---------------------------------------------------------------------------------------

removals = Table("removals", metadata, Column("room", Text, primary_key=True), sqlite_with_rowid=False)
"""Rooms that are gone from here, and perhaps not yet from the journal and the disk."""
# --- ways in: invitations, mail, passkeys ----------------------------------------------------------------------------

invitations = Table(
    "invitations",
    metadata,
    Column("id", Text, primary_key=True),  # names it, and is no secret
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("community", _of("communities"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("note", Text, nullable=False),  # for whom it is, in the maker's words
    Column("made_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_on", Date, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("most", Integer, nullable=False),  # how many people it lets in
    Column("used", Integer, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

mail_addresses = Table(
    "mail_addresses",
    metadata,
    Column("person", _of("people"), primary_key=True),
    Column("address", Text, nullable=False),
    Column("address_key", Text, nullable=False, unique=True),
    Column("confirmed_on", Date, nullable=False),
)
"""To where somebody has sign-in links sent; only addresses that they showed to be theirs."""

mail_links = Table(
    "mail_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person", _of("people"), nullable=False, index=True),
    Column("address", Text),  # to be confirmed by it; null: it signs in
    Column("expires_at", BigInteger, nullable=False),
)
"""Links that went out by mail and that nobody used yet."""

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", _of("people"), nullable=False, index=True),
    Column("credential", LargeBinary, nullable=False, unique=True),
    Column("handle", LargeBinary, nullable=False),  # what the device calls the person: random, and nothing else
    Column("public_key", LargeBinary, nullable=False),
    Column("uses", BigInteger, nullable=False),  # as the device counts them; 0: it doesn't
    Column("name", Text, nullable=False),
    Column("created_on", Date, nullable=False),
)

spent_challenges = Table(
    "spent_challenges",
    metadata,
    Column("challenge", LargeBinary, primary_key=True),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
"""Challenges that a passkey answered: none counts twice."""

# --- programs ---------------------------------------------------------------------------------------------------------

programs = Table(
    "programs",
    metadata,
    Column("person", _of("people"), primary_key=True),
    Column("community", _of("communities"), nullable=False, index=True),  # the only one it is part of
    Column("made_by", ForeignKey("people.id", ondelete="SET NULL")),
    Column("created_on", Date, nullable=False),
)
"""Which of the people are none: they are there by a token that an owner made."""
