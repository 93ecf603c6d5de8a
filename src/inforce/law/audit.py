"""The record audited by the law: counts, dates of effect and entries into force as they come out."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.law.chronicle import Asked
from inforce.law.deadlines import deadline
from inforce.law.effects import check_entries, effects
from inforce.law.parties import check_assertions
from inforce.record.finding import AuditFinding
from inforce.record.model import Record


def audit_by_law(record: Record) -> Iterator[AuditFinding]:
    """What shows only when the law is applied: counts, dates of effect, entries into force."""
    for count in check_assertions(record):
        if not count.agrees:
            least, most = count.counts
            text = (
                f"{count.counted} on {count.on}: {count.asserted} by {count.source}, {least} to {most} here"
            )
            yield AuditFinding("error", _file(count.treaty), None, text)
    for entry in check_entries(record):
        if entry.published is None and entry.computed is not None:
            text = f"in force on {entry.computed} by its condition, and nobody has published a date"
            yield AuditFinding("note", _file(entry.treaty), None, text)
        if not entry.agrees:
            text = f"entry into force published {entry.published}, recounted {entry.computed}"
            yield _explained(_file(entry.treaty), text, entry.explained)
    for row in effects(record):
        if row.agrees is False:
            text = (
                f"{row.participant} {row.action} {row.date}: in effect {row.effect_published} as published, "
            )
            text += f"{row.effect_computed} by the clauses"
            if row.accounted:
                yield _explained(_file(row.treaty, "actions.csv"), text, row.explained)
            else:
                told = f"by arithmetic, {row.explained}; " if row.explained else ""
                text = f"{text}; {told}name the difference in treaty.yaml, or mend the row"
                yield AuditFinding("error", _file(row.treaty, "actions.csv"), None, text)
    yield from _extensions(record)


def _extensions(record: Record) -> Iterator[AuditFinding]:
    """Extensions that extend nothing: of one never bound by then, or not beyond the original deadline."""
    for act in record.extensions:
        treaty = record.treaties[act.treaty]
        rule = next((one for one in treaty.obligations if one.id == act.obligation), None)
        on = act.decided.last
        if rule is None or on is None:
            continue
        asked = Asked(record, act.participant, on, None)
        line = asked.line(act.treaty)
        if line.at(on).recorded_bound is False:
            text = f"decided {act.decided}, when the treaty did not bind it"
        else:
            due = deadline(asked, treaty, rule, line.bound_span(on))
            original = None if due is None else due.original
            if original is None or act.until is None or act.until.last is None or act.until.last > original:
                continue
            text = f"extended until {act.until}, not beyond its deadline of {original}"
        name = f"{act.participant} {act.obligation}"
        yield AuditFinding("error", "data/extensions.csv", act.line, f"{name}: {text}")


def _explained(file: str, text: str, why: str | None) -> AuditFinding:
    return AuditFinding("note" if why else "error", file, None, f"{text}; {why or 'no explanation recorded'}")


def _file(treaty: str, name: str = "treaty.yaml") -> str:
    return f"treaties/{treaty}/{name}"
