"""The first ledger: documents, claims, verdicts, stories, alerts, runs, and the search for words."""

from __future__ import annotations

from alembic import op

from inforce.ledger.tables import metadata

revision = "0001"
down_revision = None

_SQLITE = (
    # External content: the words are kept once, in the tables themselves.
    "CREATE VIRTUAL TABLE claim_words USING fts5(said, speaker, content='claims', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER claims_words AFTER INSERT ON claims BEGIN "
    "INSERT INTO claim_words(rowid, said, speaker) VALUES (new.id, new.said, new.speaker); END",
    "CREATE VIRTUAL TABLE document_words USING fts5(title, body, content='documents', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER documents_words AFTER INSERT ON documents BEGIN "
    "INSERT INTO document_words(rowid, title, body) VALUES (new.id, new.title, new.body); END",
)

_POSTGRES = (
    "ALTER TABLE claims ADD COLUMN words tsvector GENERATED ALWAYS AS "
    "(to_tsvector('english', said || ' ' || coalesce(speaker, ''))) STORED",
    "CREATE INDEX claims_words ON claims USING gin (words)",
    # A text longer than tsvector's limit is searched by its beginning.
    "ALTER TABLE documents ADD COLUMN words tsvector GENERATED ALWAYS AS "
    "(to_tsvector('english', coalesce(title, '') || ' ' || left(body, 200000))) STORED",
    "CREATE INDEX documents_words ON documents USING gin (words)",
)


def upgrade() -> None:
    """Make all tables."""
    metadata.create_all(op.get_bind())
    for statement in _POSTGRES if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
