"""What states say they will make, buy, pass on, pay for or hold: statements over time, never facts.

Each statement stays under the name of whoever made it; beside it stands what the law allows the state on the
statement's day and on the planned one (the reasons of its verdict). It is held beside what the same speaker
said before of the same thing, and beside what other articles of its story tell of it; what differs is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.checking.compare import compare
from inforce.checking.compare_align import matter_of, telling_of
from inforce.checking.compare_changes import changes
from inforce.checking.compare_distance import crossing, items_meet, likeness, same_speaker
from inforce.checking.compare_model import Change, Telling
from inforce.checking.model import Finding, Report
from inforce.ledger.model import DocumentEntry
from inforce.ledger.searching import entries
from inforce.ledger.tables import claim_states, claims, current_verdicts, story_documents, verdicts
from inforce.reading.model import Claim, ClaimObject, Document
from inforce.record.model import Item, Record
from inforce.vocabulary import ClaimKind, Verdict

_KINDS = (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE)
#: Articles of one story that are held beside each other, the first published; what they differ in is
#: looked for pair by pair.
_MOST_TOLD = 26
#: What repeats another document but for its changes.
_REPEATS = ("copy", "edit")


class Beside(StrEnum):
    """Why two statements are held beside each other."""

    SPEAKER = "speaker"  # the same speaker said the earlier one on an earlier day
    STORY = "story"  # another article of the same story tells it


class Against(msgspec.Struct, frozen=True):
    """A statement's earlier counterpart, and what changed from it; `changes` count by the claims' numbers."""

    id: int
    claim: Claim
    by: Beside
    changes: tuple[Change, ...]


class Statement(msgspec.Struct, frozen=True):
    """One attributed statement about a programme or a stock.

    `law` are the steps that say what binds the state, on the day and on the planned one. `copies` counts
    the documents that repeat it: copies of its article, and edits that left it as it was.
    """

    id: int
    document: DocumentEntry
    claim: Claim
    law: tuple[dict[str, Any], ...]
    story: int | None = None
    copies: int = 0
    against: tuple[Against, ...] = ()


def statements(
    connection: Connection,
    record: Record,
    *,
    state: str | None = None,
    item: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[Statement]:
    """Statements on a state's programmes and stocks, in the order in which they were published.

    `item` is a weapon category; what is told of a wider or a narrower one counts too. What was published on
    no known day comes last. Statements before `since` are compared with, and not given.
    """
    found = _once(_found(connection, state, until))
    if item is not None:
        found = [one for one in found if _is_of(one.claim, item, record.items)]
    beside = _beside(found, record)
    return [
        msgspec.structs.replace(one, against=tuple(beside[one.id].values()))
        for one in found
        if since is None or (one.document.published is not None and one.document.published >= since)
    ]


_Held = tuple[Statement, Any]


def _found(connection: Connection, state: str | None, until: date | None) -> list[_Held]:
    """The statements with what the ledger notes of each: its meaning and its document's place in a story."""
    wanted = (
        sa.select(
            claims.c.id,
            claims.c.meaning,
            verdicts.c.because,
            story_documents.c.story_id,
            story_documents.c.part,
            story_documents.c.copy_of,
        )
        .join(
            current_verdicts,
            sa.and_(current_verdicts.c.claim_id == claims.c.id, current_verdicts.c.sense == "then"),
        )
        .join(verdicts, verdicts.c.id == current_verdicts.c.verdict_id)
        .outerjoin(story_documents, story_documents.c.document_id == claims.c.document_id)
        .where(claims.c.kind.in_([str(kind) for kind in _KINDS]))
        .order_by(claims.c.published.is_(None), claims.c.published, claims.c.id)
    )
    if state is not None:
        about = sa.select(claim_states.c.claim_id).where(
            claim_states.c.state == state, claim_states.c.part == "subject"
        )
        wanted = wanted.where(claims.c.id.in_(about))
    if until is not None:
        wanted = wanted.where(claims.c.published <= until)
    rows: list[Any] = list(connection.execute(wanted))
    told = entries(connection, [row.id for row in rows])
    return [
        (Statement(entry.id, entry.document, entry.claim, tuple(row.because), row.story_id), row)
        for entry, row in zip(told, rows, strict=True)
    ]


def _once(found: Sequence[_Held]) -> list[Statement]:
    """Each statement once: what a copy or an edit repeats unchanged is counted with its original."""
    original = {_said(row, one, one.document.id): one.id for one, row in reversed(found)}
    kept, copies = [], defaultdict[int, int](int)
    for one, row in found:
        first = original.get(_said(row, one, row.copy_of)) if row.part in _REPEATS else None
        if first is None:
            kept.append(one)
        else:
            copies[first] += 1
    return [msgspec.structs.replace(one, copies=copies[one.id]) for one in kept]


def _said(row: Any, one: Statement, document: int | None) -> tuple[Any, ...]:
    said = one.claim.attribution
    return document, row.meaning, None if said is None else said.speaker


def _is_of(claim: Claim, item: str, items: dict[str, Item]) -> bool:
    told = _telling(0, claim)
    asked = msgspec.structs.replace(told, object=ClaimObject(item=(item,)))
    return bool(claim.object.item) and items_meet(told, asked, items)


def _telling(number: int, claim: Claim) -> Telling:
    return telling_of(number, Finding(claim, Verdict.REPORTED, Verdict.REPORTED))


def _beside(found: Sequence[Statement], record: Record) -> dict[int, dict[int, Against]]:
    """What each statement is held beside: its speaker's last word first, then another article's."""
    beside: dict[int, dict[int, Against]] = defaultdict(dict)
    for number, against in (*_of_speakers(found, record.items), *_of_stories(found, record)):
        held = beside[number].setdefault(against.id, against)
        both = tuple(dict.fromkeys((*held.changes, *against.changes)))
        beside[number][against.id] = msgspec.structs.replace(held, changes=both)
    return beside


def _of_speakers(found: Sequence[Statement], items: dict[str, Item]) -> Iterator[tuple[int, Against]]:
    """Each statement beside its speaker's last one on the same thing, of an earlier day."""
    earlier: dict[str, list[Statement]] = defaultdict(list)
    for one in found:
        said = one.claim.attribution
        if said is None or one.document.published is None or not one.claim.object.item:
            continue
        before = earlier[said.speaker.casefold().split()[-1]]
        last = _last_word(before, one, items)
        if last is not None:
            base, other = _telling(last.id, last.claim), _telling(one.id, one.claim)
            found_changes = changes(matter_of(one.claim), base, other, items)
            yield one.id, Against(last.id, last.claim, Beside.SPEAKER, found_changes)
        before.append(one)


def _last_word(before: Sequence[Statement], one: Statement, items: dict[str, Item]) -> Statement | None:
    """The nearest of the statements that the speaker made on the last day on which he spoke of this."""
    day, near = None, list[tuple[float, int, Statement]]()
    for other in reversed(before):
        if day is not None and other.document.published != day:
            break
        if other.document.published == one.document.published or not _one_voice(other.claim, one.claim):
            continue
        apart = _distance(other.claim, one.claim, items)
        if apart is not None:
            day = other.document.published
            near.append((apart, other.id, other))
    return min(near)[-1] if near else None


def _one_voice(one: Claim, other: Claim) -> bool:
    """Whether two statements are one speaker's on the means of one state."""
    mine, theirs = one.attribution, other.attribution
    if mine is None or theirs is None or not same_speaker(mine, theirs):
        return False
    return mine.of == theirs.of and not set(one.subject).isdisjoint(other.subject)


def _distance(one: Claim, other: Claim, items: dict[str, Item]) -> float | None:
    mine, theirs = _telling(0, one), _telling(1, other)
    near = likeness(mine, theirs, items)
    return crossing(mine, theirs, items) if near is None else near


def _of_stories(found: Sequence[Statement], record: Record) -> Iterator[tuple[int, Against]]:
    """Each statement beside what the first article of its story that tells the same thing says of it."""
    stories: dict[int, dict[int, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        if one.story is not None:
            stories[one.story][one.document.id].append(one)
    told = {one.id: one.claim for one in found}
    for by_document in stories.values():
        reports = [_report(group) for group in list(by_document.values())[:_MOST_TOLD]]
        if len(reports) > 1:
            yield from _compared(reports, told, record)


def _report(group: Sequence[Statement]) -> Report:
    """A document's statements alone, its claims called by their numbers in the ledger."""
    held = group[0].document
    document = Document(source=held.source, text=held.content, published=held.published, outlet=held.outlet)
    numbered = (msgspec.structs.replace(one.claim, id=str(one.id)) for one in group)
    findings = tuple(Finding(claim, Verdict.REPORTED, Verdict.REPORTED) for claim in numbered)
    return Report(document, held.published or held.fetched.date(), "", findings)


def _compared(
    reports: Iterable[Report], told: dict[int, Claim], record: Record
) -> Iterator[tuple[int, Against]]:
    for row in compare(list(reports), record).rows:
        numbers = [None if one is None else int(one.claims[0]) for one in row.tellings]
        base, *others = (number for number in numbers if number is not None)
        for other in others:
            made = tuple(
                msgspec.structs.replace(change, base=base, other=other)
                for change in row.changes
                if numbers[change.other] == other
            )
            yield other, Against(base, told[base], Beside.STORY, made)
