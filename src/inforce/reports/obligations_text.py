"""What binds a participant, as text for a person: rules by treaty, their deadlines, what is left free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from inforce.dates import in_words
from inforce.law.obligation_model import (
    DeadlineAnswer,
    ExceptionAnswer,
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
    """The rules that bind a participant, by treaty; then what no rule prohibits it."""
    about = f" in respect of {answer.item}" if answer.item else ""
    who = participant_name(answer.participant, record)
    rules = _rules(answer.rules, record, width) or paragraph("No rule of the recorded treaties.", width)
    freedoms = _freedoms(answer, record, width)
    return [
        *paragraph(f"What binds {who}{about}, on {in_words(answer.on)}", width, "bold"),
        *rules,
        *(
            [EMPTY, *paragraph("What no treaty prohibits outright", width, "bold"), *freedoms]
            if freedoms
            else []
        ),
        *(line for note in answer.coverage for line in (EMPTY, *paragraph(note, width, "dim"))),
    ]


def _rules(rules: Sequence[ObligationAnswer], record: Record, width: int) -> list[Line]:
    """The rules of each treaty under its name and the time in which it binds."""
    grouped: dict[tuple[str, date | None, date | None], list[ObligationAnswer]] = {}
    for rule in rules:
        grouped.setdefault((rule.treaty, rule.since, rule.until), []).append(rule)
    lines: list[Line] = []
    for (treaty, since, until), alike in grouped.items():
        bound = f"{treaty_name(treaty, record)}, binding since {_iso(since)}" + (
            f" until {_iso(until)}" if until else ""
        )
        rows = [(article_named(rule.article), _rule(rule)) for rule in alike if not _told_above(rule, alike)]
        lines += [EMPTY, *paragraph(bound, width), *readings_table(alike[0].readings, width)]
        lines += columns(rows, width)
    return lines


def _told_above(rule: ObligationAnswer, alike: Sequence[ObligationAnswer]) -> bool:
    """Whether a permission stands already under each rule shown that it limits."""
    limited = {other.id for other in alike}.intersection(rule.excepts)
    return rule.modality is ObligationModality.PERMITTED_EXCEPTION and bool(limited)


def _rule(rule: ObligationAnswer) -> list[Piece]:
    doubt = "" if rule.bound is not None else " (contested)" if rule.readings else " (open whether bound)"
    told = {one.id for one in rule.excepted_by}
    details = [
        rule.conditions,
        *(_deadline_words(rule.due) if rule.due else ()),
        *(_exception(one) for one in rule.excepted_by),
        *(f"except: {text}" for text in rule.exceptions if text not in told),
    ]
    return [
        Piece(f"{rule.activity} {rule.item}: {rule.modality}{_by(rule.due)}{doubt}"),
        *(Piece(text, "dim") for text in details if text),
    ]


def _exception(one: ExceptionAnswer) -> str:
    """An exception or a connected duty, under the rule that it limits."""
    says = f": {one.conditions}" if one.conditions else ""
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
    if due.recorded_through:
        yield f"extensions and completions recorded as of {due.recorded_through}"


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
