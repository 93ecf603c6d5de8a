"""The schema's versions: Alembic brings an older ledger up to date, and refuses one of a later inforce."""

# ruff: noqa: PLC0415 - Alembic takes longer to import than most questions to answer, and is rarely needed

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from inforce.errors import UsageError

#: The latest revision in `migrations/versions`.
HEAD = "0004"

_LOCK = 0x1F0CE  # PostgreSQL: one process at a time changes the schema


def bring_up_to_date(engine: Engine, label: str) -> None:
    """Make or upgrade the tables. Raises `UsageError` where a later inforce has written them."""
    with engine.connect() as connection:
        at = _revision(connection)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise UsageError(
            f"ledger {label}: its schema {at} was made by a later inforce, and this one knows {HEAD}; "
            "upgrade inforce"
        )
    with engine.connect().execution_options(ledger_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _revision(connection) != HEAD:  # another process may have done it while we waited
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
