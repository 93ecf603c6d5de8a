"""The migrations make what the tables say, and the search for words, on both databases."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from texts import FINLAND, put

import inforce.ledger
from inforce.ledger.place import Ledger
from inforce.ledger.schema import HEAD
from inforce.ledger.tables import metadata
from inforce.record.model import Record

#: What each database keeps for the search for words: SQLite in tables of its own, PostgreSQL in columns.
_PARTS = ("", "_config", "_data", "_docsize", "_idx")
_WORDS = {
    "table": {f"{of}_words{part}" for of in ("claim", "document") for part in _PARTS},
    "column": {"words"},
    "index": {"claims_words", "documents_words", "claims_speaker_words"},
}
_SQLITE = {
    "claims_words": "AFTER INSERT ON claims",
    "documents_words": "AFTER INSERT ON documents",
    "claim_words": "fts5(said, speaker, content='claims', content_rowid='id'",
    "document_words": "fts5(title, body, content='documents', content_rowid='id'",
}


def differences(connection: Connection) -> list[object]:
    """What the database has otherwise than the tables, types and all, but for the search for words."""

    def ours(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not reflected or name not in {*_WORDS.get(kind, ()), "alembic_version"}

    context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
    return list(compare_metadata(context, metadata))


def test_the_schema_is_that_of_the_tables(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        assert differences(connection) == []


def test_a_difference_would_be_seen(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.execute(sa.text("DROP INDEX claims_meaning"))
        connection.execute(sa.text("ALTER TABLE stories ADD COLUMN words_of TEXT"))
    with ledger.reading() as connection:
        kinds = {str(one[0]) for one in differences(connection) if isinstance(one, tuple)}
    assert kinds == {"add_index", "remove_column"}


def test_words_are_indexed_as_rows_come(ledger: Ledger, record: Record) -> None:
    put(ledger, record, FINLAND)
    if ledger.is_postgres:
        with ledger.reading() as connection:
            for table, of in (("claims", "said"), ("documents", "title")):
                columns = {one["name"]: one for one in sa.inspect(connection).get_columns(table)}
                assert of in columns["words"]["computed"]["sqltext"]
                bare = connection.execute(sa.text(f"SELECT count(*) FROM {table} WHERE words IS NULL"))  # noqa: S608
                assert bare.scalar() == 0
                made = connection.execute(
                    sa.text("SELECT indexdef FROM pg_indexes WHERE indexname = :name"),
                    {"name": f"{table}_words"},
                )
                assert "USING gin (words)" in made.scalar_one()
        return
    with ledger.writing() as connection:
        held = {
            row.name: row.sql for row in connection.execute(sa.text("SELECT name, sql FROM sqlite_master"))
        }
        assert {name for name, text in _SQLITE.items() if text in held[name]} == set(_SQLITE)
        for name in ("claim_words", "document_words"):
            # FTS5 compares its index with the rows, and fails where one is missing.
            connection.execute(sa.text(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)"))  # noqa: S608


def test_the_latest_revision_is_named() -> None:
    scripts = ScriptDirectory(str(Path(inforce.ledger.__file__).parent / "migrations"))
    assert scripts.get_heads() == [HEAD]
