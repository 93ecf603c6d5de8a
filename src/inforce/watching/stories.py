"""Which story a document belongs to: a copy's is that of its original, another telling's that of its news.

A text is a copy where most of its runs of words stand in another's (`likeness`). Otherwise two documents tell
one story where their beginnings are about the same acts of the same states within a few days; what stands
further down is background, and joins nothing. An act done after a story began is another story. The first of
a story keeps its place: what is found later joins it, and is never moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.checking.compare_align import matter_of
from inforce.checking.compare_model import Matter
from inforce.checking.model import Report
from inforce.dates import Edtf, parse_edtf
from inforce.ledger.entering import unless_there
from inforce.ledger.model import Entered
from inforce.ledger.tables import (
    documents,
    signature_bands,
    signatures,
    stories,
    story_documents,
    topics,
)
from inforce.reading.model import Claim
from inforce.vocabulary import ClaimKind, Modality
from inforce.watching.likeness import COPY, bands, likeness, signature

#: Days between two tellings of one story; between two that name the same day or sum; between a text and its
#: copies.
NEAR, RUNS_ON, COPIED = timedelta(days=4), timedelta(days=14), timedelta(days=60)
#: The share of the smaller document's topics that two tellings have in common.
SHARED = 0.5
#: Characters at the beginning of a text that tell its news, or a third of it where that is more.
_LEAD = 600
#: An act that was done so long before is no news, wherever it stands.
_OLD = timedelta(days=30)
#: Matters that make a story; what a treaty says and how many its parties are stands in the background of all.
_TOLD = frozenset({Matter.LEAVING, Matter.JOINING, Matter.PROGRAMME, Matter.STOCKPILE})
_MOST_TOPICS = 200
#: Parts a topic from what marks one among several on it: the day of the act, or the sum.
_MARK = "@"


class Place(msgspec.Struct, frozen=True):
    """A document's place: its story, its part in it, and of which document it is a copy or an edit.

    `part` is "first", "telling", "copy", or "edit": what stands now where another version stood.
    """

    story: int
    part: str
    copy_of: int | None = None


def topics_of(claims: Sequence[Claim], text: str, day: date) -> frozenset[str]:
    """What a text's news is about: matter, state, treaty or weapon; the same with the day or the sum."""
    told = [(claim, matter) for claim in claims if (matter := _matter(claim, day)) is not None]
    end = max(_LEAD, len(text) // 3)
    lead = [pair for pair in told if pair[0].span.start < end] or told[:1]
    found: dict[str, None] = {}
    for claim, matter in lead:
        things = (claim.treaty,) if claim.treaty else claim.object.item or ("",)
        mark = _mark(claim)
        for topic in (f"{matter}:{state}:{thing}" for state in claim.subject for thing in things):
            found[topic] = None
            if mark:
                found[f"{topic}{_MARK}{mark}"] = None
    return frozenset(list(found)[:_MOST_TOPICS])


def _matter(claim: Claim, day: date) -> Matter | None:
    """The matter of a claim that may be news; None for a state of things, and for what was done long ago."""
    if claim.kind is ClaimKind.MEMBERSHIP:
        return Matter.LEAVING if claim.negated else None  # "is no longer a party"
    matter = matter_of(claim)
    if matter not in _TOLD or claim.kind is ClaimKind.TREATY_FACT:
        return None
    if matter is Matter.JOINING and claim.negated:
        return None
    done = _when_done(claim)
    old = done is not None and done.last is not None and done.last < day - _OLD
    return None if old else matter


def _when_done(claim: Claim) -> Edtf | None:
    """When an act was done, where the claim says so."""
    if claim.when is None or claim.modality is not Modality.DONE:
        return None
    return parse_edtf(claim.when)


_WHOLE_DAY = len("2025-07-10")


def _mark(claim: Claim) -> str | None:
    """What tells this act or statement from others on its topic."""
    if claim.treaty is not None:
        done = _when_done(claim)
        return None if done is None or done.exact is None else done.exact.isoformat()
    money = claim.object.money
    return None if money is None else f"{money.amount:.0f}{money.currency or ''}"


def place_report(connection: Connection, entered: Entered, report: Report, made: datetime) -> Place | None:
    """The place of a checked document that was just entered."""
    return place(
        connection,
        entered.document,
        report.document.text,
        [finding.claim for finding in report.findings],
        day=report.document.published or made.date(),
        made=made,
        before=entered.before,
    )


def place(
    connection: Connection,
    document: int,
    text: str,
    claims: Sequence[Claim],
    *,
    day: date,
    made: datetime,
    before: int | None = None,
) -> Place | None:
    """Find the story of a document that was just entered, and note its place; None where it tells nothing.

    `day` is its day of publication, or that on which it was found; `before` is the version that it replaces.
    """
    about, mark = topics_of(claims, text, day), signature(text)
    found = _edited(connection, before)
    if found is None:
        original = _original(connection, document, mark, day)
        if original is not None:
            found = Place(original.story, "copy", original.document)
        elif about:
            story = _same_story(connection, document, about, day)
            found = Place(_new_story(connection, made), "first") if story is None else Place(story, "telling")
    if found is not None:
        row = {"document_id": document, "story_id": found.story, "part": found.part, "made": made}
        insertion = unless_there(connection, story_documents)
        connection.execute(insertion, row | {"copy_of": found.copy_of})
        _remember(connection, document, mark, about, day)
    return found


def _remember(connection: Connection, document: int, mark: bytes, about: frozenset[str], day: date) -> None:
    """Keep that by which later documents find this one."""
    if mark:
        connection.execute(unless_there(connection, signatures), {"document_id": document, "signature": mark})
        rows = [{"band": band, "document_id": document} for band in bands(mark)]
        connection.execute(unless_there(connection, signature_bands), rows)
    if about:
        rows_about = [{"topic": one, "day": day, "document_id": document} for one in sorted(about)]
        connection.execute(unless_there(connection, topics), rows_about)


def _edited(connection: Connection, before: int | None) -> Place | None:
    """The place of a text that replaces another at its source: where that one is."""
    if before is None:
        return None
    held = sa.select(story_documents.c.story_id).where(story_documents.c.document_id == before)
    story = connection.execute(held).scalar()
    return None if story is None else Place(int(story), "edit", before)


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


class _Told(msgspec.Struct):
    """One telling that is near: its story, day and topics."""

    story: int
    day: date
    about: set[str]


def _same_story(connection: Connection, document: int, about: frozenset[str], day: date) -> int | None:
    """The story with a telling that shares this one's news; of several the likest, then the nearest."""
    marked = [topic for topic in about if _MARK in topic]
    near = (
        sa.select(topics.c.document_id)
        .where(
            sa.or_(
                sa.and_(topics.c.topic.in_(sorted(about)), topics.c.day.between(day - NEAR, day + NEAR)),
                sa.and_(topics.c.topic.in_(marked), topics.c.day.between(day - RUNS_ON, day + RUNS_ON)),
            ),
            topics.c.document_id != document,
        )
        .distinct()
    )
    wanted = (
        sa.select(topics.c.document_id, topics.c.topic, topics.c.day, story_documents.c.story_id)
        .join(story_documents, story_documents.c.document_id == topics.c.document_id)
        .where(topics.c.document_id.in_(near))
    )
    told: dict[int, _Told] = {}
    for row in connection.execute(wanted):
        told.setdefault(row.document_id, _Told(row.story_id, row.day, set())).about.add(row.topic)
    began = _began(connection, {one.story for one in told.values()})
    fitting = [
        (len(about & one.about), -abs((one.day - day).days), -one.story)
        for one in told.values()
        if _shares(about, one.about) and not _is_later(about, one.about, began[one.story], day)
    ]
    return -max(fitting)[-1] if fitting else None


def _began(connection: Connection, wanted: set[int]) -> dict[int, date]:
    """The day of the first telling of each story."""
    days = (
        sa.select(story_documents.c.story_id, sa.func.min(topics.c.day).label("day"))
        .join(topics, topics.c.document_id == story_documents.c.document_id)
        .where(story_documents.c.story_id.in_(wanted))
        .group_by(story_documents.c.story_id)
    )
    return {row.story_id: row.day for row in connection.execute(days)}


def _shares(about: frozenset[str], theirs: set[str]) -> bool:
    """Whether they have most of the smaller one's topics in common, whatever days and sums they name."""
    mine, other = ({topic for topic in one if _MARK not in topic} for one in (about, theirs))
    return len(mine & other) >= max(SHARED * min(len(mine), len(other)), 1)


def _is_later(about: frozenset[str], theirs: set[str], began: date, day: date) -> bool:
    """Whether one of them tells an act, on a topic of both, that was done after the other appeared."""
    common = {topic for topic in about & theirs if _MARK not in topic}
    mine, other = _last_act(about, common), _last_act(theirs, common)
    return (mine is not None and mine > began) or (other is not None and other > day)


def _last_act(about: Iterable[str], common: set[str]) -> date | None:
    days = []
    for topic in about:
        plain, _, mark = topic.partition(_MARK)
        if plain in common and len(mark) == _WHOLE_DAY and mark[4] == "-":
            days.append(date.fromisoformat(mark))
    return max(days, default=None)
