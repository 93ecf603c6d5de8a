"""Sources that are followed on somebody's word over HTTP."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers rows only of an INTEGER
MOMENT = sa.DateTime(timezone=True)
GOES_ON = sa.text("ended IS NULL")


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "followed",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("every", sa.String(length=16), nullable=False),
        sa.Column("added", MOMENT, nullable=False),
        sa.Column("added_by", NUMBER, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("ended_by", NUMBER),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["added_by"], ["api_keys.id"]),
        sa.ForeignKeyConstraint(["ended_by"], ["api_keys.id"]),
    )
    op.create_index(
        "followed_name", "followed", ["name"], unique=True, sqlite_where=GOES_ON, postgresql_where=GOES_ON
    )
    op.create_index("followed_place", "followed", ["name", "place"])
