"""The record audited by the law: counts, dates of effect and entries into force as they come out."""

from __future__ import annotations

from collections.abc import Iterator

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


def _explained(file: str, text: str, why: str | None) -> AuditFinding:
    return AuditFinding("note" if why else "error", file, None, f"{text}; {why or 'no explanation recorded'}")


def _file(treaty: str, name: str = "treaty.yaml") -> str:
    return f"treaties/{treaty}/{name}"
