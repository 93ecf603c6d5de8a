"""Claims found again: by state, treaty, speaker, kind, verdict, day and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import re2
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from inforce.errors import UsageError
from inforce.ledger.model import ClaimEntry, DocumentEntry, Judgement, Query
from inforce.ledger.tables import claim_states, claims, current_verdicts, documents, verdicts
from inforce.reading.model import Claim
from inforce.vocabulary import Verdict

#: The most claims that one page of an answer holds, and that one question names: databases bound both.
MOST = 1000

#: So many claims are a short list: to look them all up takes some hundredths of a second.
_FEW = 20_000

_WORD = re2.compile(r"[\pL\pN]+")
DOCUMENT = (
    "id",
    "source",
    "title",
    "outlet",
    "url",
    "published",
    "published_from",
    "language",
    "kind",
    "fetched",
    "content",
)

_then, _now = current_verdicts.alias("then"), current_verdicts.alias("now")
_ruled_then, _ruled_now = verdicts.alias("ruled_then"), verdicts.alias("ruled_now")


def search(connection: Connection, query: Query) -> list[ClaimEntry]:
    """The claims that answer a query, the latest entered first."""
    if not 1 <= query.limit <= MOST:
        raise UsageError(f"--limit {query.limit}: give a number from 1 to {MOST}")
    keys = _keys(connection, query)
    return entries(connection, keys)


#: Rulings looked through for those that turned: enough for some weeks, and never a whole large ledger.
_RECENT = 20_000


def latest_turned(connection: Connection, limit: int) -> list[ClaimEntry]:
    """Claims that stand otherwise now than before, those ruled on last first, among recent rulings."""
    last = sa.select(sa.func.coalesce(sa.func.max(verdicts.c.id), 0)).scalar_subquery()
    turned = (
        sa.select(verdicts.c.claim_id, sa.func.max(verdicts.c.id).label("ruled"))
        .where(verdicts.c.sense == "now", verdicts.c.since.is_not(None), verdicts.c.id > last - _RECENT)
        .group_by(verdicts.c.claim_id)
        .order_by(sa.desc("ruled"))
        .limit(limit)
    )
    return entries(connection, [int(row.claim_id) for row in connection.execute(turned)])


def entries(connection: Connection, keys: Sequence[int]) -> list[ClaimEntry]:
    """The claims with these numbers, in their order. Raises `KeyError` where there is none."""
    return [
        entry
        for start in range(0, len(keys), MOST)
        for entry in _entries(connection, keys[start : start + MOST])
    ]


def _entries(connection: Connection, keys: Sequence[int]) -> list[ClaimEntry]:
    wanted = (
        sa.select(
            claims.c.id.label("key"),
            claims.c.claim,
            _ruled_then.c.verdict.label("then"),
            _ruled_then.c.correction.label("correction"),
            _ruled_now.c.verdict.label("now"),
            _ruled_now.c.as_of.label("now_as_of"),
            _ruled_now.c.since.label("now_since"),
            _ruled_now.c.correction.label("correction_now"),
            _ruled_now.c.because.label("because_now"),
            *(documents.c[name].label(f"document_{name}") for name in DOCUMENT),
        )
        .join(documents, documents.c.id == claims.c.document_id)
        .join(_then, sa.and_(_then.c.claim_id == claims.c.id, _then.c.sense == "then"))
        .join(_now, sa.and_(_now.c.claim_id == claims.c.id, _now.c.sense == "now"))
        .join(_ruled_then, _ruled_then.c.id == _then.c.verdict_id)
        .join(_ruled_now, _ruled_now.c.id == _now.c.verdict_id)
        .where(claims.c.id.in_(keys))
    )
    found = {row.key: _entry(row) for row in connection.execute(wanted)}
    return [found[key] for key in keys]


def _entry(row: Row[Any]) -> ClaimEntry:
    values = row._mapping
    return ClaimEntry(
        id=values["key"],
        document=DocumentEntry(**{name: values[f"document_{name}"] for name in DOCUMENT}),
        claim=msgspec.convert(values["claim"], Claim),
        then=Verdict(values["then"]),
        now=Verdict(values["now"]),
        now_as_of=values["now_as_of"],
        now_since=values["now_since"],
        correction=values["correction"],
        correction_now=values["correction_now"],
        reason_now=next((step["text"] for step in values["because_now"]), None),
    )


def _keys(connection: Connection, query: Query) -> list[int]:
    """The numbers of the claims on one page; only these are then looked up whole."""
    wanted = sa.select(claims.c.id).order_by(claims.c.id.desc()).limit(query.limit)
    for column, value in (
        (claims.c.treaty, query.treaty),
        (claims.c.kind, query.kind),
        (claims.c.predicate, query.predicate),
        (claims.c.document_id, query.document),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    for noted in _noted(query):
        wanted = wanted.where(_is_among(connection, noted))
    if query.since is not None:
        wanted = wanted.where(claims.c.published >= query.since)
    if query.until is not None:
        wanted = wanted.where(claims.c.published <= query.until)
    if query.source is not None:
        of_source = sa.select(documents.c.id).where(documents.c.source == query.source)
        wanted = wanted.where(claims.c.document_id.in_(of_source))
    if query.text is not None:
        of_text = _in_text(connection, query.text)
        wanted = wanted.where(claims.c.document_id.in_(of_text))
    if query.speaker is not None:
        wanted = wanted.where(_is_said_by(connection, query.speaker))
    if query.words is not None:
        wanted = wanted.where(_says(connection, query.words, alone=wanted.whereclause is None))
    if query.before is not None:
        wanted = wanted.where(claims.c.id < query.before)
    return [int(key) for key in connection.execute(wanted).scalars()]


def _noted(query: Query) -> Iterator[sa.Select[int]]:
    """What is asked for and noted of claims in other tables: the claims' numbers there."""
    if query.state is not None:
        yield sa.select(claim_states.c.claim_id).where(claim_states.c.state == query.state)
    for sense, verdict in (("then", query.verdict), ("now", query.verdict_now)):
        if verdict is not None:
            yield sa.select(current_verdicts.c.claim_id).where(
                current_verdicts.c.sense == sense, current_verdicts.c.verdict == str(verdict)
            )


def _is_among(connection: Connection, noted: sa.Select[int]) -> sa.ColumnElement[bool]:
    """Whether a claim is among those noted: a short list is looked up, in a long one each claim is."""
    if _is_short(connection, noted):
        return _in_short(noted)
    (column,) = noted.selected_columns
    return noted.where(column == claims.c.id).correlate(claims).exists()


def _is_short(connection: Connection, noted: sa.Select[int]) -> bool:
    """Whether so few claims are noted that all are best looked up first.

    Neither database finds that out by itself: both guess by averages, and one state has a thousand times the
    claims of another.
    """
    some = sa.select(sa.func.count()).select_from(noted.limit(_FEW + 1).subquery())
    return int(connection.execute(some).scalar_one()) <= _FEW


def _in_short(noted: sa.Select[int]) -> sa.ColumnElement[bool]:
    listed = noted.cte().prefix_with("MATERIALIZED")  # or PostgreSQL would begin elsewhere all the same
    return claims.c.id.in_(sa.select(*listed.c))


def _says(connection: Connection, words: str, *, alone: bool) -> sa.ColumnElement[bool]:
    """All the words, in any order, in the database's own search; nothing in them is an operator.

    Where nothing else is asked (`alone`), PostgreSQL knows by itself whether the words are rare.
    """
    if not _is_postgres(connection):
        return claims.c.id.in_(_rows_with("claim_words", _fts("--words", words)))
    asked, other = _tsquery("english", "--words", words), claims.alias("other")
    noted = sa.select(other.c.id).where(sa.literal_column("other.words").op("@@")(asked))
    if not alone and _is_short(connection, noted):
        return _in_short(noted)
    return sa.literal_column("claims.words").op("@@")(asked)


def _is_said_by(connection: Connection, name: str) -> sa.ColumnElement[bool]:
    """A speaker with these words in the name, in capitals or not."""
    if not _is_postgres(connection):
        return claims.c.id.in_(_rows_with("claim_words", f"speaker : ({_fts('--speaker', name)})"))
    other = claims.alias("other")
    words = sa.func.to_tsvector(sa.literal_column("'simple'"), other.c.speaker)  # as the index has it
    matches = words.op("@@")(_tsquery("simple", "--speaker", name))
    return _is_among(connection, sa.select(other.c.id).where(other.c.speaker.is_not(None), matches))


def _in_text(connection: Connection, words: str) -> sa.Select[int]:
    """Documents with all the words in title or text."""
    if not _is_postgres(connection):
        return _rows_with("document_words", _fts("--text", words))
    matches = sa.literal_column("documents.words").op("@@")(_tsquery("english", "--text", words))
    return sa.select(documents.c.id).where(matches)


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _rows_with(index: str, asked: str) -> sa.Select[int]:
    """The rows that SQLite's index of words has for a question; each index is a table of its own name."""
    words = sa.table(index, sa.column("rowid", sa.Integer))
    return sa.select(words.c.rowid).where(sa.literal_column(index).op("MATCH")(asked))


def _fts(option: str, words: str) -> str:
    return " ".join(f'"{word}"' for word in _plain(option, words))


def _tsquery(language: str, option: str, words: str) -> sa.ColumnElement[Any]:
    return sa.func.plainto_tsquery(language, " ".join(_plain(option, words)))


def _plain(option: str, words: str) -> list[str]:
    found: list[str] = _WORD.findall(words)
    if not found:
        raise UsageError(f"{option} {words!r}: holds no word")
    return found


def judgements(connection: Connection, claim: int, sense: str) -> list[Judgement]:
    """Every ruling on a claim in one sense, the first first."""
    wanted = sa.select(verdicts).where(verdicts.c.claim_id == claim, verdicts.c.sense == sense)
    return [
        Judgement(
            verdict=Verdict(row.verdict),
            as_of=row.as_of,
            since=row.since,
            correct=row.correct,
            correction=row.correction,
            because=tuple(row.because),
            record=row.record,
            made=row.made,
        )
        for row in connection.execute(wanted.order_by(verdicts.c.id))
    ]
