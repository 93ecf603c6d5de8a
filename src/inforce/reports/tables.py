"""Answers of the law as text and tables for a person, and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from inforce.dates import in_words
from inforce.law.model import (
    EffectRow,
    FreedomAnswer,
    ObligationAnswer,
    ObligationsAnswer,
    PartiesAnswer,
    ReadingAnswer,
    Standing,
    StatusAnswer,
    Step,
)
from inforce.record.finding import AuditFinding
from inforce.record.model import Record
from inforce.reports.wording import one_line, participant_name, treaty_name
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

_BOUND = {True: "bound", False: "not bound", None: "whether it is bound is open"}

_LEVELS = {"error": "bold red", "warning": "yellow", "note": "dim"}

_COUNT_WORDS = {
    "in_force": "bound by the treaty (in force for them)",
    "contracting": "deposited, not yet in force for them",
    "deposited": "deposited and not withdrawn (by deposit)",
    "withdrawal_notified": "bound, with a notice of withdrawal running",
    "contested": "contested, counted as the depositary counts them",
    "signatories": "ever signed",
    "signatories_only": "signed and no more",
}


def status_table(answer: StatusAnswer, record: Record, *, why: bool) -> RenderableType:
    """One participant's status on a day, its readings where contested; with `why`, the derivation."""
    parts: list[RenderableType] = [
        Text.assemble(
            (participant_name(answer.participant, record), "bold"),
            " – ",
            (treaty_name(answer.treaty, record), "bold"),
            f", on {in_words(answer.on)}",
        ),
        Text(_standing_words(answer.status, answer.possible, answer.bound) + _span_words(answer)),
    ]
    if answer.readings:
        parts.append(Padding(_readings(answer.readings), (1, 0, 0, 0)))
    if why:
        parts.append(Padding(derivation(answer.derivation), (1, 0, 0, 0)))
    parts.append(Padding(Text(_extent(answer.verified_through, answer.coverage), style="dim"), (1, 0, 0, 0)))
    return Group(*parts)


def parties_table(answer: PartiesAnswer, record: Record) -> RenderableType:
    """The counts, each under its own name, and everyone with a recorded act."""
    counts = Table.grid(padding=(0, 2))
    counts.add_column(justify="right")
    counts.add_column()
    for name, words in _COUNT_WORDS.items():
        if name in answer.counts:
            counts.add_row(_count(answer, name), words)
    table = _table("participant", "status", "since", "until")
    for standing in answer.participants:
        table.add_row(
            participant_name(standing.participant, record),
            _status_words(standing.status, standing.possible),
            _since(standing),
            _iso(standing.until),
        )
    return Group(
        Text(f"{treaty_name(answer.treaty, record)}, on {in_words(answer.on)}", style="bold"),
        counts,
        Text(),
        table,
        *(Text(note) for note in answer.notes),
        Padding(Text(_extent(answer.verified_through, answer.coverage), style="dim"), (1, 0, 0, 0)),
    )


def parties_csv(answer: PartiesAnswer, record: Record) -> str:
    """The same table as CSV: participant (ISO code), name, status, since, until."""
    rows = (
        (s.participant, participant_name(s.participant, record), _status(s), _since(s), _iso(s.until))
        for s in answer.participants
    )
    return _csv(("participant", "name", "status", "since", "until"), rows)


def obligations_table(answer: ObligationsAnswer, record: Record) -> RenderableType:
    """The rules that bind a participant, then what no rule prohibits it."""
    about = f" in respect of {answer.item}" if answer.item else ""
    parts: list[RenderableType] = [
        Text(
            f"What binds {participant_name(answer.participant, record)}{about}, on {in_words(answer.on)}",
            style="bold",
        )
    ]
    if answer.rules:
        table = _table("treaty", "article", "rule", "since", "until", "by")
        for rule in answer.rules:
            table.add_row(
                rule.treaty,
                rule.article,
                _rule(rule),
                _iso(rule.since),
                _iso(rule.until),
                _iso(rule.deadline),
            )
        parts.append(table)
    else:
        parts.append(Text("No rule of the recorded treaties."))
    if answer.freedoms:
        parts.append(Text("\nNot prohibited", style="bold"))
        parts.extend(_freedom(freedom, record) for freedom in answer.freedoms)
    parts.extend(Text(line, style="dim") for line in answer.coverage)
    return Group(*parts)


def effects_table(rows: Sequence[EffectRow]) -> RenderableType:
    """Every action with the date of effect that the clauses give, beside the published one."""
    table = _table("treaty", "participant", "action", "date", "computed", "published", "")
    for row in rows:
        computed = _iso(row.effect_computed) or _between(row.effect_between)
        mark = {True: "agrees", False: "explained" if row.explained else "DIFFERS", None: ""}[row.agrees]
        table.add_row(
            row.treaty, row.participant, row.action, row.date, computed, _iso(row.effect_published), mark
        )
    explained = (
        Text(f"{row.treaty} {row.participant} {row.action} {row.date}: {row.explained}")
        for row in rows
        if row.explained
    )
    return Group(table, *explained, Text(_effects_words(rows), style="bold"))


def audit_table(findings: Sequence[AuditFinding], record: Record) -> RenderableType:
    """What an audit found, errors first, and how much was looked at."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for finding in findings:
        at = finding.file + (f", line {finding.line}" if finding.line else "")
        table.add_row(Text(finding.level, style=_LEVELS[finding.level]), one_line(f"{at}: {finding.text}"))
    found = Counter(str(finding.level) for finding in findings)
    actions = sum(len(rows) for rows in record.actions.values())
    words = ", ".join(f"{found[level]} {level}{'' if found[level] == 1 else 's'}" for level in _LEVELS)
    extent = f"{len(record.treaties)} treaties, {actions} actions, {len(record.participants)} participants"
    return Group(*([table] if findings else []), Text(f"{extent}: {words}.", style="bold"))


def derivation(steps: Sequence[Step]) -> RenderableType:
    """The steps of an answer, numbered, each with its article, source and facts."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(ratio=1)
    for number, step in enumerate(steps, 1):
        text = Text(step.text)
        where = ", ".join(part for part in (step.article and f"Art. {step.article}", step.source) if part)
        if where:
            text.append(f" [{where}]", style="dim")
        for fact in step.facts:
            text.append(f"\n{fact}", style="dim")
        table.add_row(str(number), text)
    return table


def _standing_words(status: Status | None, possible: Sequence[Status], bound: bool | None) -> str:
    words = _status_words(status, possible)
    return f"{words[0].upper()}{words[1:]}; {_BOUND[bound]}"


def _status_words(status: Status | None, possible: Sequence[Status]) -> str:
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


def _readings(readings: Sequence[ReadingAnswer]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    for reading in readings:
        basis = f" ({reading.basis})" if reading.basis else ""
        table.add_row(
            f"Reading {reading.id}",
            Text(f"{_BOUND[reading.bound]}: {reading.result}\nheld by {reading.holder}{basis}"),
        )
    return table


def _extent(verified_through: str, coverage: str | None) -> str:
    return f"Record complete through {verified_through}." + (f" {coverage}" if coverage else "")


def _count(answer: PartiesAnswer, name: str) -> str:
    least, most = answer.counts[name], answer.counts.get(f"{name}_max")
    return f"{least} to {most}" if most is not None and most != least else str(least)


def _rule(rule: ObligationAnswer) -> Text:
    text = Text(f"{rule.modality}: {rule.activity} {rule.item}")
    if rule.bound is None:
        text.append(" (contested)")
    for condition in (rule.conditions, *rule.exceptions):
        if condition:
            text.append(f"\n{condition}", style="dim")
    return text


def _freedom(freedom: FreedomAnswer, record: Record) -> RenderableType:
    since = f" since {in_words(freedom.not_prohibited_since)}" if freedom.not_prohibited_since else ""
    text = Text(f"{freedom.activity} {freedom.item}, {treaty_name(freedom.treaty, record)}{since}: ")
    text.append(freedom.because)
    for line in freedom.remaining:
        text.append(f"\nStill binds: {line}", style="dim")
    return Padding(text, (0, 0, 0, 2))


def _effects_words(rows: Sequence[EffectRow]) -> str:
    published = [row for row in rows if row.agrees is not None]
    agree = sum(1 for row in published if row.agrees)
    explained = sum(1 for row in published if not row.agrees and row.explained)
    words = f"{len(rows)} actions, {len(published)} with a published date of effect: {agree} agree"
    if explained:
        words += f", {explained} differ as the record explains"
    unexplained = len(published) - agree - explained
    return words + (f", {unexplained} DIFFER without an explanation." if unexplained else ".")


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _status(standing: Standing) -> str:
    return standing.status or "|".join(standing.possible)


def _since(standing: Standing) -> str:
    return _iso(standing.since) or _between(standing.since_between)


def _between(days: tuple[date, date] | None) -> str:
    return f"{days[0]}/{days[1]}" if days else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
