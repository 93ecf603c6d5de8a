"""What binds a participant, as text for a person: rules by treaty, their deadlines, what is left free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from inforce.dates import in_words
from inforce.law.deadlines import recording_words
from inforce.law.obligation_model import (
    CustomAnswer,
    DeadlineAnswer,
    ExceptionAnswer,
    FirstFreeDay,
    FreedomAnswer,
    ObligationAnswer,
    ObligationsAnswer,
)
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, indented, paragraph
from inforce.reports.naming import article_named, participant_name, treaty_name
from inforce.reports.tables import readings_table
from inforce.vocabulary import ObligationModality


def obligations_table(answer: ObligationsAnswer, record: Record, *, width: int) -> list[Line]:
    """The rules that bind a participant, by treaty, then custom; what is left free, and from when."""
    about = f" in respect of {answer.item}" if answer.item else ""
    who = participant_name(answer.participant, record)
    rules = rules_table(answer.rules, record, width) or paragraph("No rule of the recorded treaties.", width)
    between = [*(one.because for one in answer.governing), *(one.because for one in answer.common)]
    return [
        *paragraph(f"What binds {who}{about}, on {in_words(answer.on)}", width, "bold"),
        *rules,
        *_part("Custom, which binds every state (ICRC study)", custom_table(answer.custom, width), width),
        *_part("Which texts hold", [line for text in between for line in paragraph(text, width)], width),
        *_part("What no treaty prohibits outright", _freedoms(answer, record, width), width),
        *_part("When it would stop being prohibited", _first_free(answer, width), width),
        *(line for note in answer.coverage for line in (EMPTY, *paragraph(note, width, "dim"))),
    ]


def _part(heading: str, lines: list[Line], width: int) -> list[Line]:
    return [EMPTY, *paragraph(heading, width, "bold"), *lines] if lines else []


def rules_table(rules: Sequence[ObligationAnswer], record: Record, width: int) -> list[Line]:
    """The rules of each treaty under its name and the time in which it binds."""
    grouped: dict[tuple[str, bool, date | None, date | None], list[ObligationAnswer]] = {}
    for rule in rules:
        grouped.setdefault((rule.treaty, rule.provisional, rule.since, rule.until), []).append(rule)
    lines: list[Line] = []
    for (treaty, provisional, since, until), alike in grouped.items():
        how = "applied provisionally" if provisional else "binding"
        end = " until its entry into force for it" if provisional and until is None else ""
        end = f" until {_iso(until)}" if until else end
        told: set[str] = set()
        rows = [
            (article_named(rule.article), _rule(rule, told)) for rule in alike if not _told_above(rule, alike)
        ]
        lines += [EMPTY, *paragraph(f"{treaty_name(treaty, record)}, {how} since {_iso(since)}{end}", width)]
        lines += [*readings_table(alike[0].readings, width), *columns(rows, width)]
        lines += _disputed(alike, width)
    return lines


def _disputed(rules: Sequence[ObligationAnswer], width: int) -> list[Line]:
    """The contested points on how far these rules reach, each once, with all its readings."""
    points = {one.id: one for rule in rules for one in rule.disputed}
    lines: list[Line] = []
    for point in points.values():
        lines += paragraph(f"contested: {point.question}", width)
        rows = [
            ([Piece(f"  Reading {one.id}", "dim")], [Piece(f"{one.result} (held by {one.holder})", "dim")])
            for one in point.readings
        ]
        lines += columns(rows, width)
    return lines


def custom_table(rules: Sequence[CustomAnswer], width: int) -> list[Line]:
    """Rules of custom by their number."""
    rows = []
    for rule in rules:
        when = f" ({rule.applies})" if rule.applies else ""
        cell = [Piece(f"{rule.activity} {rule.item}: {rule.modality}{when}")]
        bears = rule.bears if rule.relation != "wider" else None
        cell += [Piece(text, "dim") for text in (bears, rule.conditions) if text]
        rows.append((rule.article.removeprefix("ICRC study, "), cell))
    return columns(rows, width)


def _first_free(answer: ObligationsAnswer, width: int) -> list[Line]:
    """What has the same day and reason is said once, with all its activities; hypotheses are marked."""
    grouped: dict[tuple[date | None, bool, str], list[FirstFreeDay]] = {}
    for one in answer.first_free:
        grouped.setdefault((one.day, one.hypothetical, one.because), []).append(one)
    lines: list[Line] = []
    for (day, hypothetical, because), alike in grouped.items():
        what = f"{', '.join(one.activity for one in alike)} {alike[0].item}"
        when = f"from {in_words(day)}" if day else "no day follows"
        marked = f"HYPOTHETICAL, {when}" if hypothetical else when
        lines += paragraph(f"{what}: {marked}", width)
        lines += indented(paragraph(because, width - 2, "dim"), 2)
    return lines


def _told_above(rule: ObligationAnswer, alike: Sequence[ObligationAnswer]) -> bool:
    """Whether a permission stands already under each rule shown that it limits."""
    limited = {other.id for other in alike}.intersection(rule.excepts)
    return rule.modality is ObligationModality.PERMITTED_EXCEPTION and bool(limited)


def _rule(rule: ObligationAnswer, told: set[str]) -> list[Piece]:
    """One rule, its deadline, and its exceptions: in full where they come first, by article after that."""
    doubt = "" if rule.bound is not None else " (contested)" if rule.readings else " (open whether bound)"
    named = {one.id for one in rule.excepted_by}
    details = [
        rule.bears if rule.relation != "wider" else None,
        rule.conditions,
        *(_deadline_words(rule.due) if rule.due else ()),
        *(_exception(one, told) for one in rule.excepted_by),
        *(f"except: {text}" for text in rule.exceptions if text not in named),
    ]
    return [
        Piece(f"{rule.activity} {rule.item}: {rule.modality}{_by(rule.due)}{doubt}"),
        *(Piece(text, "dim") for text in details if text),
    ]


def _exception(one: ExceptionAnswer, told: set[str]) -> str:
    """An exception or a connected duty, under the rule that it limits."""
    says = f": {one.conditions}" if one.conditions and one.id not in told else ""
    told.add(one.id)
    return f"except {article_named(one.article)} ({one.activity}, {one.modality}){says}"


def _by(due: DeadlineAnswer | None) -> str:
    if due is None:
        return ""
    if due.fulfilled:
        return ", declared met"
    if due.between:
        return f", by a day between {due.between[0]} and {due.between[1]}"
    return f", {'next ' if due.recurring else ''}by {due.day}" if due.day else ""


def _deadline_words(due: DeadlineAnswer) -> Iterator[str]:
    """What lies behind the deadline: its first day, who extended it, to when that is recorded."""
    if due.recurring:
        yield f"due {due.recurring}"
    if due.original and due.original != due.day:
        yield f"first deadline {due.original}"
    for one in due.extensions:
        what = f"extended to {one.until}" if one.until else "declared met"
        yield f"{what}, {one.decided}: {one.decided_by}"
    recording = recording_words(due)
    if recording:
        yield recording


def _freedoms(answer: ObligationsAnswer, record: Record, width: int) -> list[Line]:
    """What has the same reason is said once, with all its activities; so is what binds still."""
    grouped: dict[tuple[str, str, date | None, str], list[FreedomAnswer]] = {}
    for one in answer.freedoms:
        grouped.setdefault((one.treaty, one.item, one.not_prohibited_since, one.because), []).append(one)
    lines: list[Line] = []
    for (treaty, item, since, because), alike in grouped.items():
        when = f", {'from' if since > answer.on else 'since'} {in_words(since)}" if since else ""
        what = f"{', '.join(dict.fromkeys(one.activity for one in alike))} {item}"
        lines += paragraph(f"{what}: by {treaty_name(treaty, record)}{when}", width)
        lines += indented(paragraph(because, width - 2, "dim"), 2)
    remaining = dict.fromkeys(text for one in answer.freedoms for text in one.remaining)
    for text in remaining:
        lines += columns([("binds still", [Piece(text, "dim")])], width)
    return lines


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
