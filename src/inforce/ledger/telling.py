"""Stories as the ledger holds them: tellings and copies, and articles made whole again to be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.checking.compare_align import subjects
from inforce.checking.compare_model import Matter
from inforce.checking.model import Finding, Report
from inforce.law.model import Step
from inforce.ledger.model import DocumentEntry
from inforce.ledger.searching import DOCUMENT
from inforce.ledger.tables import claims, current_verdicts, documents, stories, story_documents, verdicts
from inforce.reading.model import Claim, Document
from inforce.vocabulary import Verdict


class Telling(msgspec.Struct, frozen=True):
    """A document's part in a story: "first", "telling" or "copy" (then of which document)."""

    story: int
    document: DocumentEntry
    part: str
    copy_of: int | None
    claims: int


def tellings(connection: Connection, story: int | None = None) -> list[Telling]:
    """The documents of one story, or of all, story by story in the order of publication."""
    count = (
        sa.select(sa.func.count())
        .where(claims.c.document_id == documents.c.id)
        .correlate(documents)
        .scalar_subquery()
    )
    wanted = (
        sa.select(
            story_documents.c.story_id,
            story_documents.c.part,
            story_documents.c.copy_of,
            count.label("told"),
            *(documents.c[name].label(f"document_{name}") for name in DOCUMENT),
        )
        .join(documents, documents.c.id == story_documents.c.document_id)
        .order_by(
            story_documents.c.story_id, documents.c.published.is_(None), documents.c.published, documents.c.id
        )
    )
    if story is not None:
        wanted = wanted.where(story_documents.c.story_id == story)
    return [
        Telling(
            story=row.story_id,
            document=DocumentEntry(**{name: row._mapping[f"document_{name}"] for name in DOCUMENT}),
            part=row.part,
            copy_of=row.copy_of,
            claims=row.told,
        )
        for row in connection.execute(wanted)
    ]


def latest_stories(connection: Connection, limit: int, before: int | None = None) -> list[int]:
    """The numbers of the stories that were begun last, the last first; `before` gives the next page."""
    wanted = sa.select(stories.c.id).order_by(stories.c.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(stories.c.id < before)
    return [int(key) for key in connection.execute(wanted).scalars()]


class FirstWrong(msgspec.Struct, frozen=True):
    """The first document of a story that told wrongly what an earlier one had right, and its claim."""

    document: DocumentEntry
    claim: Claim
    verdict: Verdict
    correction: str | None
    right: DocumentEntry
    appeared: date


def first_wrong(connection: Connection, story: int) -> FirstWrong | None:
    """Where a story first went wrong, copies and edited versions with the rest; None where it never did.

    A claim is wrong that stood contradicted or imprecise on its own day, where a document that had appeared
    before says something on the same matter, state and treaty that the record supports.
    """
    right: dict[tuple[str | None, ...], DocumentEntry] = {}
    for appeared, document, report in _as_they_appeared(connection, story):
        for finding in report.findings:
            before = next((right[one] for one in _courses(finding.claim) if one in right), None)
            if finding.verdict in _WRONG and before is not None:
                return FirstWrong(
                    document, finding.claim, finding.verdict, finding.correction, before, appeared
                )
        for finding in report.findings:
            if finding.verdict is Verdict.SUPPORTED:
                for one in _courses(finding.claim):
                    right.setdefault(one, document)
    return None


_WRONG = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE})


def _courses(claim: Claim) -> Iterator[tuple[str | None, ...]]:
    """What a claim is about, leaving and joining as one: whoever voted to leave "is no longer a party"."""
    for one in subjects(claim):
        course = one.matter in (Matter.LEAVING, Matter.JOINING)
        yield ("course" if course else one.matter, one.state, one.treaty, one.speaker)


def _as_they_appeared(connection: Connection, story: int) -> list[tuple[date, DocumentEntry, Report]]:
    """A story's documents by the day on which each appeared: of an edited text, when the edit was seen."""
    found, sources = [], set()
    for document in sorted((one.document for one in tellings(connection, story)), key=lambda one: one.id):
        edited = document.source in sources
        sources.add(document.source)
        seen = document.fetched.date()
        found.append((seen if edited else document.published or seen, document))
    found.sort(key=lambda pair: (pair[0], pair[1].id))
    return [(appeared, document, _report(connection, document.id)) for appeared, document in found]


def reports(connection: Connection, wanted: Sequence[int]) -> list[Report]:
    """Documents as they were checked on their own day, with the latest rulings as of it."""
    return [_report(connection, document) for document in wanted]


def _report(connection: Connection, key: int) -> Report:
    held = connection.execute(sa.select(documents).where(documents.c.id == key)).one()
    document = Document(
        source=held.outlet or held.source,
        text=held.body,
        title=held.title,
        published=held.published,
        published_from=held.published_from,
        language=held.language,
        outlet=held.outlet,
        url=held.url,
        kind=held.kind,
        found_in=held.found_in,
    )
    now = verdicts.alias("now")
    current, current_now = current_verdicts.alias("c"), current_verdicts.alias("n")
    rows = connection.execute(
        sa.select(claims.c.claim, verdicts, now.c.verdict.label("verdict_now"))
        .join(current, sa.and_(current.c.claim_id == claims.c.id, current.c.sense == "then"))
        .join(verdicts, verdicts.c.id == current.c.verdict_id)
        .join(current_now, sa.and_(current_now.c.claim_id == claims.c.id, current_now.c.sense == "now"))
        .join(now, now.c.id == current_now.c.verdict_id)
        .where(claims.c.document_id == key)
        .order_by(claims.c.id)
    ).all()
    as_of = rows[0].as_of if rows else held.published or held.fetched.date()
    return Report(document, as_of, "as entered in the ledger", tuple(map(_finding, rows)))


def _finding(row: Any) -> Finding:
    return Finding(
        claim=msgspec.convert(row.claim, Claim),
        verdict=Verdict(row.verdict),
        verdict_today=Verdict(row.verdict_now),
        correct=row.correct,
        correction=row.correction,
        because=tuple(Step(step["text"], step["source"], step["article"]) for step in row.because),
    )
