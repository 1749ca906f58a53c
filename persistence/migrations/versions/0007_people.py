"""What members tell of themselves, since when they are there, and news of people that is still to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "news",
        sa.Column("nth", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("community", sa.Text, sa.ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person", sa.Text),
        sa.Column("sign_in", sa.Text),
    )
    op.add_column("memberships", sa.Column("since", sa.Date, nullable=False, server_default="1970-01-01"))
    op.add_column("memberships", sa.Column("about", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE memberships SET since = (SELECT created_on FROM people WHERE people.id = memberships.person)")
