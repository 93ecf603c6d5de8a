"""Alembic's entry: runs on the connection that `inforce.ledger.schema` gives it, in its transaction."""

from __future__ import annotations

from alembic import context

from inforce.ledger.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
