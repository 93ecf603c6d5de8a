"""Which story a document belongs to: a copy's is that of its original, another telling's that of its claims.

A text is a copy where most of its runs of words stand in another's (`likeness`). Otherwise two documents tell
one story where they are about the same acts of the same states within a few days. The first of a story keeps
its place: what is found later joins it, and is never moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.checking.compare_align import matter_of
from inforce.checking.compare_model import Matter
from inforce.ledger.entering import unless_there
from inforce.ledger.tables import (
    documents,
    signature_bands,
    signatures,
    stories,
    story_documents,
    topics,
)
from inforce.reading.model import Claim
from inforce.watching.likeness import COPY, bands, likeness, signature

#: Days between two tellings of one story, and between a text and its copies.
NEAR, COPIED = timedelta(days=4), timedelta(days=60)
#: The share of the smaller document's topics that two tellings have in common.
SHARED = 0.5
#: Matters that make a story; what a treaty says and how many its parties are stands in the background of all.
_TOLD = frozenset({Matter.LEAVING, Matter.JOINING, Matter.PROGRAMME, Matter.STOCKPILE})
_MOST_TOPICS = 200


class Place(msgspec.Struct, frozen=True):
    """A document's place: its story, its part in it ("first", "telling", "copy"), and whose copy it is."""

    story: int
    part: str
    copy_of: int | None = None


def topics_of(claims: Sequence[Claim]) -> frozenset[str]:
    """What claims are about: matter, state, and treaty or weapon."""
    found: set[str] = set()
    for claim in claims:
        matter = matter_of(claim)
        if matter in _TOLD:
            things = (claim.treaty,) if claim.treaty else claim.object.item or ("",)
            found.update(f"{matter}:{state}:{thing}" for state in claim.subject for thing in things)
    return frozenset(sorted(found)[:_MOST_TOPICS])


def place(
    connection: Connection, document: int, text: str, claims: Sequence[Claim], *, day: date, made: datetime
) -> Place | None:
    """Find the story of a document that was just entered, and note its place; None where it tells nothing.

    `day` is its day of publication, or that on which it was found.
    """
    about, mark = topics_of(claims), signature(text)
    original = _original(connection, document, mark, day)
    found: Place | None = None
    if original is not None:
        found = Place(original.story, "copy", original.document)
    elif about:
        story = _same_story(connection, document, about, day)
        found = Place(_new_story(connection, made), "first") if story is None else Place(story, "telling")
    if mark and (about or found):
        connection.execute(unless_there(connection, signatures), {"document_id": document, "signature": mark})
        rows = [{"band": band, "document_id": document} for band in bands(mark)]
        connection.execute(unless_there(connection, signature_bands), rows)
    if about:
        rows_about = [{"topic": one, "day": day, "document_id": document} for one in sorted(about)]
        connection.execute(unless_there(connection, topics), rows_about)
    if found is not None:
        row = {"document_id": document, "story_id": found.story, "part": found.part, "made": made}
        insertion = unless_there(connection, story_documents)
        connection.execute(insertion, row | {"copy_of": found.copy_of})
    return found


def _new_story(connection: Connection, made: datetime) -> int:
    return int(connection.execute(sa.insert(stories).returning(stories.c.id), {"made": made}).scalar_one())


class _Original(msgspec.Struct, frozen=True):
    document: int
    story: int


def _original(connection: Connection, document: int, mark: bytes, day: date) -> _Original | None:
    """The document whose copy this is: the likest, and of those equally like the first entered."""
    keys = bands(mark)
    if not keys:
        return None
    candidates = (
        sa.select(
            signatures.c.document_id,
            signatures.c.signature,
            story_documents.c.story_id,
            story_documents.c.copy_of,
            documents.c.published,
        )
        .join(story_documents, story_documents.c.document_id == signatures.c.document_id)
        .join(documents, documents.c.id == signatures.c.document_id)
        .where(
            signatures.c.document_id.in_(
                sa.select(signature_bands.c.document_id).where(signature_bands.c.band.in_(keys))
            ),
            signatures.c.document_id != document,
            sa.or_(
                documents.c.published.is_(None), documents.c.published.between(day - COPIED, day + COPIED)
            ),
        )
        .order_by(signatures.c.document_id)
    )
    best, most = None, COPY
    for row in connection.execute(candidates):
        like = likeness(mark, row.signature)
        if like >= most and (best is None or like > most):
            best, most = _Original(row.copy_of or row.document_id, row.story_id), like
    return best


def _same_story(connection: Connection, document: int, about: frozenset[str], day: date) -> int | None:
    """The story most of whose telling shares this one's topics; of several the one with most in common."""
    near = (
        sa.select(topics.c.document_id)
        .where(
            topics.c.topic.in_(sorted(about)),
            topics.c.day.between(day - NEAR, day + NEAR),
            topics.c.document_id != document,
        )
        .distinct()
    )
    wanted = (
        sa.select(topics.c.document_id, topics.c.topic, story_documents.c.story_id)
        .join(story_documents, story_documents.c.document_id == topics.c.document_id)
        .where(topics.c.document_id.in_(near))
    )
    told: dict[tuple[int, int], set[str]] = defaultdict(set)
    for row in connection.execute(wanted):
        told[row.story_id, row.document_id].add(row.topic)
    fitting = [
        (len(about & theirs), -story)
        for (story, _), theirs in told.items()
        if len(about & theirs) >= max(SHARED * min(len(about), len(theirs)), 1)
    ]
    return -max(fitting)[1] if fitting else None
