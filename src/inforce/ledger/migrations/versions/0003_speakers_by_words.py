"""Speakers by the words of their names: on PostgreSQL an index of its own; SQLite's tells columns apart."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_POSTGRES = (
    "CREATE INDEX claims_speaker_words ON claims USING gin "
    "(to_tsvector('simple', speaker)) WHERE speaker IS NOT NULL"
)


def upgrade() -> None:
    """Make the index."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES)
