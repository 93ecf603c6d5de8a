"""The ledger's tables: one schema for SQLite and PostgreSQL.

Everything but `current_verdicts`, which only finds the latest verdict quickly and can be made anew, is
written once and never changed. The search for words is by each database's own means (`migrations`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData()

#: SQLite numbers rows by itself only where the column is called INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. SQLite has no type for it and keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """In UTC; a moment without a zone is nobody's, and refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """With its zone, whichever database kept it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_GOES_ON = "ended IS NULL"


def _key() -> Column[int]:
    return Column("id", Number, primary_key=True, autoincrement=True)


def _of(table: str, name: str | None = None, **more: Any) -> Column[int]:
    return Column(name or f"{table.removesuffix('s')}_id", Number, ForeignKey(f"{table}.id"), **more)


#: One row for each text that stood at a source: an edited article is a row of its own.
documents = Table(
    "documents",
    metadata,
    _key(),
    Column("source", Text, nullable=False),
    Column("content", String(64), nullable=False),  # SHA-256 of title, day of publication and text
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", Date),
    Column("published_from", Text),
    Column("language", String(35), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("found_in", Text),
    Column("fetched", Instant, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("source", "content"),
    Index("documents_content", "content"),
    Index("documents_published", "published"),
)

#: When which text of a source was seen: written when it is another than the time before.
sightings = Table(
    "sightings",
    metadata,
    _key(),
    _of("documents", nullable=False),
    Column("source", Text, nullable=False),
    Column("seen", Instant, nullable=False),
    Index("sightings_source", "source", "id"),
)

#: What a text says, in the terms of `inforce-check/1`; `meaning` is equal where two claims say the same.
claims = Table(
    "claims",
    metadata,
    _key(),
    _of("documents", nullable=False),
    Column("number", String(16), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("said", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("predicate", String(32)),
    Column("treaty", String(64)),
    Column("dated", Text),  # EDTF, the claim's `when`
    Column("modality", String(16), nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("speaker", Text),
    Column("role", Text),
    Column("speaks_for", String(8)),
    Column("quoted", Boolean),
    Column("meaning", String(32), nullable=False),
    Column("published", Date),
    Column("claim", JSON, nullable=False),
    UniqueConstraint("document_id", "number"),
    Index("claims_treaty", "treaty", "id"),
    Index("claims_kind", "kind", "predicate", "id"),
    Index("claims_speaker", "speaker", "id"),
    Index("claims_published", "published", "id"),
    Index("claims_meaning", "meaning"),
)

#: The states of a claim: whom it is about, to whom something goes, for whom the speaker speaks.
claim_states = Table(
    "claim_states",
    metadata,
    _of("claims", primary_key=True),
    Column("state", String(8), primary_key=True),
    Column("part", String(10), primary_key=True),
    Index("claim_states_state", "state", "part", "claim_id"),
)

#: Every ruling ever made. `sense` is "then" (as of the text's own day) or "now" (as of `as_of`); `since` is
#: the first day on which the claim stood so, where it stood otherwise before.
verdicts = Table(
    "verdicts",
    metadata,
    _key(),
    _of("claims", nullable=False),
    Column("sense", String(4), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("since", Date),
    Column("verdict", String(16), nullable=False),
    Column("correct", JSON),
    Column("correction", Text),
    Column("because", JSON, nullable=False),
    Column("record", String(64), nullable=False),
    Column("made", Instant, nullable=False),
    Index("verdicts_claim", "claim_id", "sense", "id"),
)

#: The latest verdict of each claim and sense; made anew by `ledger check --repair`.
current_verdicts = Table(
    "current_verdicts",
    metadata,
    _of("claims", primary_key=True),
    Column("sense", String(4), primary_key=True),
    _of("verdicts", nullable=False),
    Column("verdict", String(16), nullable=False),
    Index("current_verdicts_verdict", "sense", "verdict", "claim_id"),
)

stories = Table("stories", metadata, _key(), Column("made", Instant, nullable=False))

#: A document's place in a story: "first", "telling" or "copy"; for a copy, of which document.
story_documents = Table(
    "story_documents",
    metadata,
    _of("documents", primary_key=True),
    _of("stories", "story_id", nullable=False, index=True),
    Column("part", String(8), nullable=False),
    _of("documents", "copy_of"),
    Column("made", Instant, nullable=False),
)

#: What somebody wanted to be told. `key` names the event, so that one event is one alert.
alerts = Table(
    "alerts",
    metadata,
    _key(),
    Column("key", String(64), nullable=False, unique=True),
    Column("rule", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("made", Instant, nullable=False),
)

#: Each attempt to deliver an alert; `outcome` is "delivered" or "failed".
deliveries = Table(
    "deliveries",
    metadata,
    _key(),
    _of("alerts", nullable=False),
    Column("channel", Text, nullable=False),
    Column("tried", Instant, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("detail", Text),
    Index("deliveries_alert", "alert_id", "channel", "id"),
)

#: What is remembered of each watched source: which version was seen, and when it is asked again.
watched = Table(
    "watched",
    metadata,
    Column("name", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("visited", Instant),
    Column("due", Instant, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("problem", Text),
)

#: Each article that a source named, once; `state` is "waiting" until `due`, or "done". One that was read
#: waits again, to see whether it is edited.
finds = Table(
    "finds",
    metadata,
    _key(),
    Column("url", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("title", Text),
    Column("published", Instant),
    Column("found", Instant, nullable=False),
    Column("due", Instant, nullable=False),
    Column("state", String(8), nullable=False),
    Column("reads", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("problem", Text),
    Column("etag", Text),
    Column("modified", Text),
    Index("finds_due", "state", "due"),
)

#: How a document's text is recognised in others (`watching.likeness`).
signatures = Table(
    "signatures",
    metadata,
    _of("documents", primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)
signature_bands = Table(
    "signature_bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    _of("documents", primary_key=True),
)

#: What a document is about, by which it finds its story: "leaving:FIN:apmbc"; `day` is that of the telling.
topics = Table(
    "topics",
    metadata,
    Column("topic", String(120), primary_key=True),
    Column("day", Date, primary_key=True),
    _of("documents", primary_key=True),
    Index("topics_document", "document_id"),
)

#: What was done with the ledger as a whole: when, with which record, with what result.
runs = Table(
    "runs",
    metadata,
    _key(),
    Column("kind", String(16), nullable=False),
    Column("began", Instant, nullable=False),
    Column("ended", Instant),
    Column("record", String(64)),
    Column("version", String(32), nullable=False),
    Column("outcome", JSON),
)

#: Who may write over HTTP (`ledger.keys`). A key is not kept, its SHA-256 is; one that was revoked stays.
api_keys = Table(
    "api_keys",
    metadata,
    _key(),
    Column("name", Text, nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("revoked", Instant),
)

#: Sources that are followed on somebody's word over HTTP, beside those of a plan. One that is taken out is
#: ended, by a key as well, and its row stays. A name is followed once at a time.
followed = Table(
    "followed",
    metadata,
    _key(),
    Column("name", Text, nullable=False),
    Column("kind", String(8), nullable=False),  # "feed" or "sitemap"
    Column("place", Text, nullable=False),
    Column("every", String(16), nullable=False),
    Column("added", Instant, nullable=False),
    _of("api_keys", "added_by", nullable=False),
    Column("ended", Instant),
    _of("api_keys", "ended_by"),
    Index("followed_name", "name", unique=True, sqlite_where=text(_GOES_ON), postgresql_where=text(_GOES_ON)),
    Index("followed_place", "name", "place"),
)
