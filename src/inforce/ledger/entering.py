"""A checked document into the ledger: once, whole, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from inforce.checking.checker import rule_on
from inforce.checking.model import Finding, Report
from inforce.checking.ruling import Ruling
from inforce.law.model import Step
from inforce.ledger.model import Entered
from inforce.ledger.tables import (
    claim_states,
    claims,
    current_verdicts,
    documents,
    sightings,
    verdicts,
)
from inforce.ledger.turning import first_day, same
from inforce.reading.model import Claim, ClaimObject, Document
from inforce.record.model import Record
from inforce.vocabulary import Verdict


def content_hash(document: Document) -> str:
    """SHA-256 of what a reader sees: title, day of publication and text, not the page around them."""
    parts = (document.title or "", str(document.published or ""), document.text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def meaning(claim: Claim) -> str:
    """Equal for two claims that say the same of the same, whoever says it and in whatever words."""
    said = (
        claim.kind,
        claim.predicate,
        sorted(claim.subject),
        claim.treaty,
        claim.when,
        _whole_amount(claim.object),
        claim.modality,
        claim.negated,
    )
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]


def _whole_amount(said: ClaimObject) -> ClaimObject:
    """A sum written in one way: 5 from a text is 5.0 when it comes back from the ledger."""
    if said.money is None or not float(said.money.amount).is_integer():
        return said
    money = msgspec.structs.replace(said.money, amount=int(said.money.amount))
    return msgspec.structs.replace(said, money=money)


def enter(
    connection: Connection, report: Report, record: Record, *, source: str, fetched: datetime, today: date
) -> Entered:
    """Enter a checked document with its claims and verdicts; a text already there is only seen again.

    `source` is the address or file under which later versions of it will be found, `fetched` when it was
    read, with its time zone. The verdicts are those of the report, and beside them those as of `today`.
    """
    document = report.document
    content, place = content_hash(document), _storable(source)
    before = _standing(connection, place)
    key = _insert_document(connection, document, place, content, fetched)
    new = key is not None
    if key is None:
        key = _known(connection, place, content)
    if before != key:
        connection.execute(sa.insert(sightings), {"document_id": key, "source": place, "seen": fetched})
    if new:
        judged = _Judged(record, fetched, report.as_of, max(today, report.as_of))
        _insert_claims(connection, key, report, judged)
    return Entered(key, new, len(report.findings) if new else 0, before if before != key else None)


def _standing(connection: Connection, source: str) -> int | None:
    """The document that was seen last at a source."""
    latest = sa.select(sightings.c.document_id).where(sightings.c.source == source)
    found: int | None = connection.execute(latest.order_by(sightings.c.id.desc()).limit(1)).scalar()
    return found


def _known(connection: Connection, source: str, content: str) -> int:
    wanted = sa.select(documents.c.id).where(documents.c.source == source, documents.c.content == content)
    return int(connection.execute(wanted).scalar_one())


def unless_there(connection: Connection, table: sa.Table) -> Any:
    """An insertion into `table` that does nothing where a row with the same key is there already."""
    made = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    return made.on_conflict_do_nothing()


def _insert_document(
    connection: Connection, document: Document, source: str, content: str, fetched: datetime
) -> int | None:
    """The new document's number, or None where the same text from the same source is there."""
    row = {
        "source": source,
        "content": content,
        "title": _storable(document.title),
        "outlet": _storable(document.outlet or (document.source if document.source != source else None)),
        "url": _storable(document.url),
        "published": document.published,
        "published_from": _storable(document.published_from),
        "language": document.language,
        "kind": document.kind,
        "found_in": _storable(document.found_in),
        "fetched": fetched,
        "body": _storable(document.text),
    }
    insertion = unless_there(connection, documents).values(row).returning(documents.c.id)
    found: int | None = connection.execute(insertion).scalar()
    return found


def _storable(text: Any) -> Any:
    """Text as a database takes it: PostgreSQL holds no NUL, and neither holds half a surrogate pair.

    Each is replaced by one character, so that the offsets of spans stay true.
    """
    if text is None:
        return None
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


class _Judged(msgspec.Struct, frozen=True):
    """By which record and when the claims of a document are ruled on, and as of which days."""

    record: Record
    made: datetime
    then: date
    now: date


def _insert_claims(connection: Connection, document: int, report: Report, judged: _Judged) -> None:
    if not report.findings:
        return
    day = report.document.published
    rows = [_claim_row(document, finding.claim, day) for finding in report.findings]
    by_key = dict(zip(_insert_in_order(connection, claims, rows), report.findings, strict=True))
    states = [row for key, finding in by_key.items() for row in _states(key, finding)]
    if states:
        connection.execute(sa.insert(claim_states), states)
    rulings = [row for key, finding in by_key.items() for row in _first_verdicts(key, finding, judged)]
    about = {"record": judged.record.hash, "made": judged.made}
    add_verdicts(connection, [row | about for row in rulings])


def _claim_row(document: int, claim: Claim, published: date | None) -> dict[str, Any]:
    said = claim.attribution
    return {
        "document_id": document,
        "number": claim.id,
        "start": claim.span.start,
        "end": claim.span.end,
        "said": _storable(claim.span.text),
        "kind": str(claim.kind),
        "predicate": claim.predicate,
        "treaty": claim.treaty,
        "dated": claim.when,
        "modality": str(claim.modality),
        "negated": claim.negated,
        "speaker": _storable(said.speaker) if said else None,
        "role": _storable(said.role) if said else None,
        "speaks_for": said.of if said else None,
        "quoted": said.quoted if said else None,
        "meaning": meaning(claim),
        "published": published,
        "claim": storable_tree(msgspec.to_builtins(claim)),
    }


def storable_tree(value: Any) -> Any:
    """A tree of JSON whose texts a database takes."""
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, dict):
        return {key: storable_tree(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable_tree(inner) for inner in value]
    return value


def _states(key: int, finding: Finding) -> Iterator[dict[str, Any]]:
    claim = finding.claim
    speaks_for = (claim.attribution.of,) if claim.attribution and claim.attribution.of else ()
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("subject", claim.subject),
        ("recipient", claim.object.recipient),
        ("speaker", speaks_for),
    )
    for part, states in parts:
        for state in dict.fromkeys(states):
            yield {"claim_id": key, "state": state, "part": part}


def _first_verdicts(key: int, finding: Finding, judged: _Judged) -> Iterator[dict[str, Any]]:
    then = Ruling(finding.verdict, finding.because, finding.correct, finding.correction)
    yield verdict_row(key, "then", judged.then, then)
    if judged.now == judged.then:
        yield verdict_row(key, "now", judged.now, then)
        return
    now = rule_on(finding.claim, judged.record, judged.now)
    turned = not same(then, now)
    since = first_day(finding.claim, judged.record, now, judged.then, judged.now) if turned else None
    yield verdict_row(key, "now", judged.now, now, since=since)


def verdict_row(
    claim: int, sense: str, as_of: date, ruling: Ruling, *, since: date | None = None
) -> dict[str, Any]:
    """A row of `verdicts` but for the record by which it was made, and when."""
    return {
        "claim_id": claim,
        "sense": sense,
        "as_of": as_of,
        "since": since,
        "verdict": str(ruling.verdict),
        "correct": storable_tree(msgspec.to_builtins(ruling.correct)),
        "correction": _storable(ruling.correction),
        "because": [_reason(step) for step in ruling.because],
    }


def _reason(step: Step) -> dict[str, Any]:
    return {"text": step.text, "source": step.source, "article": step.article}


def add_verdicts(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add rulings, and let them be the current ones of their claims."""
    if not rows:
        return
    keys = _insert_in_order(connection, verdicts, rows)
    is_postgres = connection.dialect.name == "postgresql"
    insertion: Any = postgresql.insert(current_verdicts) if is_postgres else sqlite.insert(current_verdicts)
    newer = {name: insertion.excluded[name] for name in ("verdict_id", "verdict")}
    connection.execute(
        insertion.on_conflict_do_update(index_elements=["claim_id", "sense"], set_=newer),
        [
            {
                "claim_id": row["claim_id"],
                "sense": row["sense"],
                "verdict_id": key,
                "verdict": Verdict(row["verdict"]),
            }
            for key, row in zip(keys, rows, strict=True)
        ],
    )


def _insert_in_order(connection: Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and give their numbers in the same order."""
    returned = sa.insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(key) for key in connection.execute(returned, list(rows)).scalars()]
