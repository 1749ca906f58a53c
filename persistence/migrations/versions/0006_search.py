"""One search over the library and what was said in rooms of every kind; until now, over the messages of chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = ("title", "said", "stems", "scope")


def upgrade() -> None:
    _forget_messages()
    _passages()
    _search()


def _forget_messages() -> None:
    for name in ("put", "gone", "edited"):
        op.execute(f"DROP TRIGGER messages_{name}")
    op.execute("DROP TABLE search")
    op.drop_table("messages")


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("community", sa.Text, _of("communities"), nullable=False),
        sa.Column("room", sa.Text, _of("rooms")),
        sa.Column("item", sa.Text, _of("items"), unique=True),
        sa.Column("session", sa.Text),
        *_texts("record", "kind", "about"),
        sa.Column("n", sa.Integer),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_texts("name"),
        sa.Column("staff", sa.Boolean, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("status", sa.Text),
        *_texts("tags", "heading", "text", *COLUMNS),
        sa.UniqueConstraint("room", "record"),
    )
    op.create_index(None, "passages", ["community"])
    op.create_index(None, "passages", ["session"])
    op.create_index(None, "passages", ["room", "n"])


def _search() -> None:
    """The triggers keep it equal to the table however rows come and go; a vote changes a row, and not its words."""
    every = ", ".join(COLUMNS)
    op.execute(f"""
        CREATE VIRTUAL TABLE search USING fts5(
            {every}, content='passages', content_rowid='number', tokenize='ascii', prefix='1 2 3'
        )
    """)
    op.execute("CREATE VIRTUAL TABLE search_words USING fts5vocab(search, 'col')")
    new, old = (", ".join(f"{which}.{name}" for name in COLUMNS) for which in ("new", "old"))
    put = f"INSERT INTO search(rowid, {every}) VALUES (new.number, {new});"
    drop = f"INSERT INTO search(search, rowid, {every}) VALUES ('delete', old.number, {old});"
    changed = " OR ".join(f"old.{name} <> new.{name}" for name in ("number", *COLUMNS))
    op.execute(f"CREATE TRIGGER passages_put AFTER INSERT ON passages BEGIN {put} END")
    op.execute(f"CREATE TRIGGER passages_gone AFTER DELETE ON passages BEGIN {drop} END")
    op.execute(f"CREATE TRIGGER passages_edited AFTER UPDATE ON passages WHEN {changed} BEGIN {drop} {put} END")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
