"""What of a record is known by a day, fact by fact, and a record of any choice of such facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from inforce.law.chronicle import chronicle, is_known, raised
from inforce.law.clauses import known_conflicts
from inforce.law.derivation import act_words, sentence
from inforce.record.model import Action, ArmedConflict, ContestedPoint, Record, Treaty

#: Which of two points has a document that the other has not.
Side = Literal["first", "second"]

DocumentKind = Literal["action", "contested", "conflict", "entry", "ended", "extension", "clauses"]


class Document(msgspec.Struct, frozen=True):
    """A document that one point has and the other has not: `at` says which. `known` is EDTF."""

    kind: DocumentKind
    at: Side
    treaty: str | None
    participant: str | None
    text: str
    known: str | None
    source: str | None


#: What a fact adds to a record.
Payload = Action | ContestedPoint | ArmedConflict | Treaty | tuple[object, ...]

#: Facts by what they say, so that equal rows of two records are one.
Facts = Mapping[tuple[object, ...], tuple[Document, Payload]]


def _related(record: Record, treaty: str) -> list[str]:
    """The treaty and those on whose acts it depends: its parents."""
    found: list[str] = []
    key: str | None = treaty
    while key is not None and key in record.treaties and key not in found:
        found.append(key)
        key = record.treaties[key].parent
    return found


def facts_of(
    record: Record, treaty: str, known_by: dt.date | None, at: Side
) -> Iterator[tuple[tuple[object, ...], tuple[Document, Payload]]]:
    """What is known at a point: each fact under a key that says all of it that the law reads."""
    for key in _related(record, treaty):
        yield from _treaty_facts(record, key, known_by, at)
        for act in record.actions.get(key, ()):
            if is_known(act, known_by):
                text = sentence(act_words(record, act))
                document = Document("action", at, key, act.participant, text, act.known.text, act.source)
                yield _act_key(act), (document, act)
        yield from _points(record, key, known_by, at)
    for conflict in known_conflicts(record.conflicts, known_by):
        text = f"Armed conflict since {conflict.since}"
        text += f" until {conflict.until}: {conflict.claim}" if conflict.until else f": {conflict.claim}"
        known = (conflict.until or conflict.since).isoformat()
        document = Document("conflict", at, None, conflict.participant, text, known, conflict.source)
        yield ("conflict", conflict), (document, conflict)


def _points(
    record: Record, treaty: str, known_by: dt.date | None, at: Side
) -> Iterator[tuple[tuple[object, ...], tuple[Document, Payload]]]:
    """The contested points raised by then, one for each participant concerned."""
    book = chronicle(record)
    for point in record.contested:
        for who in point.concerned if treaty in point.treaties else ():
            if raised(point, book.acts.get((treaty, who), []), known_by):
                own = msgspec.structs.replace(point, participant=who, participants=(), treaties=(treaty,))
                source = next(iter(point.sources), None)
                document = Document("contested", at, treaty, who, point.question, str(point.since), source)
                yield ("contested", own), (document, own)


def _act_key(act: Action) -> tuple[object, ...]:
    return "action", act.treaty, act.participant, act.kind, act.date, act.known, act.named, act.notified


def _treaty_facts(
    record: Record, key: str, known_by: dt.date | None, at: Side
) -> Iterator[tuple[tuple[object, ...], tuple[Document, Payload]]]:
    """The clauses, and what became known of the treaty itself: its entry into force, end and extensions."""
    treaty = record.treaties[key]
    clauses, initial = treaty.final_clauses, treaty.final_clauses.entry_into_force.initial
    bare = _bare(treaty)
    document = Document(
        "clauses", at, key, None, f"Final clauses of {treaty.title}", None, treaty.verified_by
    )
    yield ("clauses", key, msgspec.json.encode(bare.final_clauses)), (document, bare)
    entry = chronicle(record).entry(key, known_by)
    if initial.published_date is not None and entry.day is not None:
        text = f"Entry into force on {initial.published_date}, as published"
        known = str(initial.trigger_date or initial.published_date)
        document = Document(
            "entry", at, key, None, text, known, next(iter(clauses.entry_into_force.sources), None)
        )
        dates = (initial.trigger_date, initial.published_date)
        yield ("entry", key, *dates), (document, dates)
    ended = clauses.ended
    if ended is not None and (known_by is None or (ended.known or ended.date) <= known_by):
        text = f"The treaty ended on {ended.date}: {ended.because}"
        document = Document(
            "ended", at, key, None, text, str(ended.known or ended.date), next(iter(ended.sources), None)
        )
        yield ("ended", key, ended.date), (document, (ended,))
    for one in clauses.term.extensions if clauses.term is not None else ():
        if known_by is None or one.decided <= known_by:
            text = f"Extension by {one.amount} {one.unit}, decided on {one.decided}"
            document = Document("extension", at, key, None, text, str(one.decided), one.source)
            yield ("extension", key, one.decided, one.amount, one.unit), (document, (one,))


def _bare(treaty: Treaty) -> Treaty:
    """The treaty without what became known of it on a day."""
    clauses = treaty.final_clauses
    initial = msgspec.structs.replace(
        clauses.entry_into_force.initial, trigger_date=None, published_date=None, triggered_by=()
    )
    term = clauses.term and msgspec.structs.replace(clauses.term, extensions=())
    return msgspec.structs.replace(
        treaty,
        final_clauses=msgspec.structs.replace(
            clauses,
            entry_into_force=msgspec.structs.replace(clauses.entry_into_force, initial=initial),
            ended=None,
            term=term,
        ),
    )


def world_of(base: Record, facts: Facts) -> Record:
    """A record of these facts and no others."""
    treaties = dict(base.treaties)
    actions: dict[str, list[Action]] = {key: [] for key in base.treaties}
    contested: list[ContestedPoint] = []
    conflicts: list[ArmedConflict] = []
    for key, (_, payload) in facts.items():
        match payload:
            case Treaty():
                treaties[str(key[1])] = payload
            case Action():
                actions.setdefault(payload.treaty, []).append(payload)
            case ContestedPoint():
                contested.append(payload)
            case ArmedConflict():
                conflicts.append(payload)
    for key, (document, payload) in facts.items():
        if document.kind in ("entry", "ended", "extension") and isinstance(payload, tuple):
            name = str(key[1])
            treaties[name] = _told(treaties[name], document.kind, payload)
    return msgspec.structs.replace(
        base,
        treaties=treaties,
        actions={key: tuple(acts) for key, acts in actions.items()},
        contested=tuple(dict.fromkeys(contested)),
        conflicts=tuple(conflicts),
    )


def _told(treaty: Treaty, kind: DocumentKind, payload: tuple[object, ...]) -> Treaty:
    """The treaty with one more thing known of it."""
    clauses = treaty.final_clauses
    if kind == "entry":
        trigger, published = payload
        initial = msgspec.structs.replace(
            clauses.entry_into_force.initial, trigger_date=trigger, published_date=published
        )
        entry = msgspec.structs.replace(clauses.entry_into_force, initial=initial)
        clauses = msgspec.structs.replace(clauses, entry_into_force=entry)
    elif kind == "ended":
        clauses = msgspec.structs.replace(clauses, ended=payload[0])
    elif clauses.term is not None:
        term = msgspec.structs.replace(clauses.term, extensions=(*clauses.term.extensions, payload[0]))
        clauses = msgspec.structs.replace(clauses, term=term)
    return msgspec.structs.replace(treaty, final_clauses=clauses)
