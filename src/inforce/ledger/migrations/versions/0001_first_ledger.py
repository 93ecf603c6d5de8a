"""The first ledger: documents, claims, verdicts, stories, alerts, runs, and the search for words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers rows only of an INTEGER
MOMENT = sa.DateTime(timezone=True)

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
    _documents()
    _claims()
    _verdicts()
    _stories()
    _alerts()
    _watching()
    for statement in _POSTGRES if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)


def _documents() -> None:
    """What was read, when, and where."""
    op.create_table(
        "documents",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("published_from", sa.Text()),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("found_in", sa.Text()),
        sa.Column("fetched", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "content"),
    )
    op.create_index("documents_content", "documents", ["content"])
    op.create_index("documents_published", "documents", ["published"])
    op.create_table(
        "sightings",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sightings_source", "sightings", ["source", "id"])


def _claims() -> None:
    """What the documents say."""
    op.create_table(
        "claims",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("predicate", sa.String(length=32)),
        sa.Column("treaty", sa.String(length=64)),
        sa.Column("dated", sa.Text()),
        sa.Column("modality", sa.String(length=16), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("speaks_for", sa.String(length=8)),
        sa.Column("quoted", sa.Boolean()),
        sa.Column("meaning", sa.String(length=32), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("claim", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "number"),
    )
    op.create_index("claims_kind", "claims", ["kind", "predicate", "id"])
    op.create_index("claims_meaning", "claims", ["meaning"])
    op.create_index("claims_published", "claims", ["published", "id"])
    op.create_index("claims_speaker", "claims", ["speaker", "id"])
    op.create_index("claims_treaty", "claims", ["treaty", "id"])
    op.create_table(
        "claim_states",
        sa.Column("claim_id", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"]),
        sa.PrimaryKeyConstraint("claim_id", "state", "part"),
    )
    op.create_index("claim_states_state", "claim_states", ["state", "part", "claim_id"])


def _verdicts() -> None:
    """Every ruling, and which is the latest."""
    op.create_table(
        "verdicts",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("claim_id", NUMBER, nullable=False),
        sa.Column("sense", sa.String(length=4), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("correct", sa.JSON()),
        sa.Column("correction", sa.Text()),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("verdicts_claim", "verdicts", ["claim_id", "sense", "id"])
    op.create_table(
        "current_verdicts",
        sa.Column("claim_id", NUMBER, nullable=False),
        sa.Column("sense", sa.String(length=4), nullable=False),
        sa.Column("verdict_id", NUMBER, nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"]),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdicts.id"]),
        sa.PrimaryKeyConstraint("claim_id", "sense"),
    )
    op.create_index("current_verdicts_verdict", "current_verdicts", ["sense", "verdict", "claim_id"])


def _stories() -> None:
    """Which documents belong together, and by what they are recognised."""
    op.create_table(
        "stories",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "story_documents",
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("story_id", NUMBER, nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("copy_of", NUMBER),
        sa.Column("made", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["copy_of"], ["documents.id"]),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"]),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("ix_story_documents_story_id", "story_documents", ["story_id"])
    op.create_table(
        "signatures",
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_table(
        "signature_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("band", "document_id"),
    )
    op.create_table(
        "topics",
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"]),
        sa.PrimaryKeyConstraint("topic", "day", "document_id"),
    )
    op.create_index("topics_document", "topics", ["document_id"])


def _alerts() -> None:
    """What was told to whom."""
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("alert_id", NUMBER, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("tried", MOMENT, nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("deliveries_alert", "deliveries", ["alert_id", "channel", "id"])


def _watching() -> None:
    """What is watched, and what was done with the ledger as a whole."""
    op.create_table(
        "watched",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("visited", MOMENT),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "finds",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", MOMENT),
        sa.Column("found", MOMENT, nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reads", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
    )
    op.create_index("finds_due", "finds", ["state", "due"])
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("began", MOMENT, nullable=False),
        sa.Column("ended", MOMENT),
        sa.Column("record", sa.String(length=64)),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.JSON()),
        sa.PrimaryKeyConstraint("id"),
    )
