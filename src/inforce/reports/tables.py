"""Answers of the law as text and tables for a person, and as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from inforce.dates import in_words
from inforce.law.model import (
    EffectRow,
    PartiesAnswer,
    ReadingAnswer,
    Standing,
    StatusAnswer,
    Step,
)
from inforce.record.finding import AuditFinding
from inforce.record.model import Record
from inforce.record.names import fold
from inforce.reports.layout import EMPTY, Cell, Line, Piece, columns, paragraph
from inforce.reports.naming import article_named, one_line, participant_name, treaty_name
from inforce.vocabulary import Status

STATUS_WORDS = {
    Status.NOT_OPEN: "the treaty could not be joined yet",
    Status.NONE: "no recorded act",
    Status.SIGNATORY: "signatory",
    Status.CONTRACTING: "contracting, not yet in force for it",
    Status.PARTY: "party",
    Status.PARTY_WITHDRAWAL_NOTIFIED: "party, withdrawal notified",
    Status.CONTESTED: "contested",
    Status.FORMER_PARTY: "former party",
    Status.FORMER_SIGNATORY: "former signatory",
}

#: Statuses as a table says them, where the words above would run over two lines.
_SHORT: dict[Status | None, str] = {Status.CONTRACTING: "contracting"}

_BOUND = {True: "bound", False: "not bound", None: "whether it is bound is open"}

_LEVELS = {"error": "bold red", "warning": "yellow", "note": "dim"}

COUNT_WORDS = {
    "in_force": "bound by the treaty (in force for them)",
    "contracting": "contracting: deposited, not yet in force for them",
    "deposited": "deposited and not withdrawn (by deposit)",
    "withdrawal_notified": "bound, with a notice of withdrawal running",
    "contested": "contested, counted as the depositary counts them",
    "signatories": "ever signed",
    "signatories_only": "signed and no more",
}


def status_table(answer: StatusAnswer, record: Record, *, why: bool, width: int) -> list[Line]:
    """One participant's status on a day, its readings where contested; with `why`, the derivation."""
    who, what = participant_name(answer.participant, record), treaty_name(answer.treaty, record)
    standing = _standing_words(answer.status, answer.possible, answer.bound) + _span_words(answer)
    return [
        *paragraph(f"{who} – {what}, on {in_words(answer.on)}", width, "bold"),
        *paragraph(standing, width),
        *([EMPTY, *readings_table(answer.readings, width)] if answer.readings else []),
        *([EMPTY, *derivation(answer.derivation, width)] if why else []),
        EMPTY,
        *paragraph(_extent(answer.verified_through, answer.coverage), width, "dim"),
    ]


def parties_table(answer: PartiesAnswer, record: Record, *, width: int) -> list[Line]:
    """The counts, each under its own name, and everyone with a recorded act."""
    counts = [(_count(answer, name), words) for name, words in COUNT_WORDS.items() if name in answer.counts]
    rows = [
        (
            participant_name(standing.participant, record),
            _SHORT.get(standing.status) or status_words(standing.status, standing.possible),
            _over_two_lines(_since(standing)),
            _over_two_lines(_until(standing)),
        )
        for standing in answer.participants
    ]
    rows.sort(key=lambda row: fold(row[0]))
    return [
        *paragraph(f"{treaty_name(answer.treaty, record)}, on {in_words(answer.on)}", width, "bold"),
        *columns(counts, width, right=(0,)),
        EMPTY,
        *_table(("participant", "status", "since", "until"), rows, width),
        *(line for note in answer.notes for line in (EMPTY, *paragraph(note, width))),
        EMPTY,
        *paragraph(_extent(answer.verified_through, answer.coverage), width, "dim"),
    ]


def effects_table(rows: Sequence[EffectRow], *, width: int) -> list[Line]:
    """Every action with the date of effect that the clauses give, beside the published one."""
    headings = ("treaty", "state", "action", "date", "computed", "published", "")
    cells = [
        (
            row.treaty,
            row.participant,
            row.action,
            _over_two_lines(row.date),
            _iso(row.effect_computed) or _over_two_lines(_between(row.effect_between)),
            _iso(row.effect_published),
            {True: "agrees", False: "explained" if row.accounted else "DIFFERS", None: ""}[row.agrees],
        )
        for row in rows
    ]
    explained = [
        f"{row.treaty} {row.participant} {row.action} {row.date}: {row.explained}"
        for row in rows
        if row.explained
    ]
    return [
        *_table(headings, cells, width),
        *(line for text in explained for line in (EMPTY, *paragraph(text, width))),
        EMPTY,
        *paragraph(_effects_words(rows), width, "bold"),
    ]


def audit_table(findings: Sequence[AuditFinding], record: Record, *, width: int) -> list[Line]:
    """What an audit found, errors first, and how much was looked at."""
    rows = []
    for finding in findings:
        at = finding.file + (f", line {finding.line}" if finding.line else "")
        rows.append(([Piece(finding.level, _LEVELS[finding.level])], one_line(f"{at}: {finding.text}")))
    found = Counter(str(finding.level) for finding in findings)
    actions = sum(len(rows) for rows in record.actions.values())
    words = ", ".join(f"{found[level]} {level}{'' if found[level] == 1 else 's'}" for level in _LEVELS)
    extent = f"{len(record.treaties)} treaties, {actions} actions, {len(record.participants)} participants"
    return [*columns(rows, width, gap=1), *paragraph(f"{extent}: {words}.", width, "bold")]


def derivation(steps: Sequence[Step], width: int) -> list[Line]:
    """The steps of an answer, numbered, each with its article, source and facts."""
    rows = []
    for number, step in enumerate(steps, 1):
        where = ", ".join(
            part for part in (step.article and article_named(step.article), step.source) if part
        )
        keys = ", ".join(fact for fact in step.facts if fact.isupper() and fact.isalpha())
        facts = (fact for fact in step.facts if not (fact.isupper() and fact.isalpha()))
        below = [Piece(text, "dim") for text in (where, *facts, keys) if text]
        rows.append((str(number), [Piece(step.text), *below]))
    return columns(rows, width, gap=1, right=(0,))


def _standing_words(status: Status | None, possible: Sequence[Status], bound: bool | None) -> str:
    words = status_words(status, possible)
    return f"{words[0].upper()}{words[1:]} ({_BOUND[bound]})"


def status_words(status: Status | None, possible: Sequence[Status]) -> str:
    """A status in words; where a partial date leaves it open, all that it can be."""
    if status is not None:
        return STATUS_WORDS[status]
    return "open: " + " or ".join(STATUS_WORDS[one] for one in possible)


def _span_words(answer: StatusAnswer) -> str:
    words = ""
    if answer.since:
        words += f", since {in_words(answer.since)}"
    elif answer.since_between:
        words += f", since between {' and '.join(map(in_words, answer.since_between))}"
    if answer.until:
        words += f", until {in_words(answer.until)}"
    elif answer.until_between:
        words += f", until between {' and '.join(map(in_words, answer.until_between))}"
    return words + "."


def readings_table(readings: Sequence[ReadingAnswer], width: int) -> list[Line]:
    """Each reading of a contested point: what it yields, its intervals, and who holds it on what basis."""
    rows = []
    for reading in readings:
        basis = f" ({reading.basis})" if reading.basis else ""
        held = Piece(f"held by {reading.holder}{basis}", "dim")
        spans = "; ".join(
            f"{since}{f' until {until}' if until else ''}" for since, until in reading.intervals
        )
        cell = [Piece(f"{_BOUND[reading.bound]}: {reading.result}")]
        cell += [Piece(f"bound from {spans}")] if spans else []
        cell.append(held)
        rows.append(([Piece(f"Reading {reading.id}", "bold")], cell))
    return columns(rows, width)


def _extent(verified_through: str, coverage: str | None) -> str:
    return coverage or f"Record complete through {verified_through}."


def _count(answer: PartiesAnswer, name: str) -> str:
    least, most = answer.counts[name], answer.counts.get(f"{name}_max")
    return f"{least} to {most}" if most is not None and most != least else str(least)


def _effects_words(rows: Sequence[EffectRow]) -> str:
    published = [row for row in rows if row.agrees is not None]
    agree = sum(1 for row in published if row.agrees)
    explained = sum(1 for row in published if not row.agrees and row.accounted)
    told = sum(1 for row in published if not row.accounted and row.explained)
    words = f"{len(rows)} actions, {len(published)} with a published date of effect: {agree} agree"
    if explained:
        words += f", {explained} differ as the record explains"
    if told:
        words += f", {told} DIFFER in a way that arithmetic tells"
    bare = len(published) - agree - explained - told
    return words + (f", {bare} DIFFER without an explanation." if bare else ".")


def _table(headings: Sequence[str], rows: Sequence[Sequence[Cell | str]], width: int) -> list[Line]:
    return columns([[[Piece(heading, "dim")] for heading in headings], *rows], width)


def _status(standing: Standing) -> str:
    return standing.status or "|".join(standing.possible)


def _since(standing: Standing) -> str:
    return _iso(standing.since) or _between(standing.since_between)


def _until(standing: Standing) -> str:
    return _iso(standing.until) or _between(standing.until_between)


def _between(days: tuple[date, date] | None) -> str:
    return f"{days[0]}/{days[1]}" if days else ""


def _over_two_lines(interval: str) -> str:
    """An interval broken after its stroke, so that a narrow column breaks neither of its days."""
    return interval.replace("/", "/\n")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
