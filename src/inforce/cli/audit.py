"""`inforce record audit`: whether the record holds together."""

# ruff: noqa: PLC0415 - help answers at once, without the record

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from inforce.cli.options import Commands, Parser, add_command, add_json, add_record
from inforce.cli.output import show, show_json, width

if TYPE_CHECKING:
    from inforce.record.finding import AuditFinding
    from inforce.record.model import Record

EXIT_FINDINGS = 1

_MORE = """\
  inforce record audit
  inforce record audit --record my-corrections

Exit status: 1 where an error is found, 2 where a file cannot be read as a record."""


def add_to(commands: Commands) -> None:
    """Add the command and what it can be asked."""
    record = add_command(commands, "record", "the record behind the answers", "")
    asked = record.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    parser = add_command(asked, "audit", "check files, counts and dates of effect of the record", _MORE)
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=audit)


def audit(asked: argparse.Namespace) -> int:
    """Print what is wrong with the record; findings are errors."""
    from inforce.record import load
    from inforce.record.audit import audit as audited

    record = load(asked.record)
    findings = (*audited(record), *_by_law(record))
    if asked.json:
        show_json(findings)
    else:
        from inforce.reports.tables import audit_table

        show(audit_table(findings, record, width=width()))
    return EXIT_FINDINGS if any(finding.level == "error" for finding in findings) else 0


def _by_law(record: Record) -> Iterator[AuditFinding]:
    """What shows only when the law is applied: counts, dates of effect, entries into force."""
    from inforce import law
    from inforce.record.finding import AuditFinding

    for count in law.check_assertions(record):
        if not count.agrees:
            least, most = count.counts
            text = (
                f"{count.counted} on {count.on}: {count.asserted} by {count.source}, {least} to {most} here"
            )
            yield AuditFinding("error", _file(count.treaty), None, text)
    for entry in law.check_entries(record):
        if not entry.agrees:
            text = f"entry into force published {entry.published}, recounted {entry.computed}"
            yield _explained(_file(entry.treaty), text, entry.explained)
    for row in law.effects(record):
        if row.agrees is False:
            text = (
                f"{row.participant} {row.action} {row.date}: in effect {row.effect_published} as published, "
            )
            text += f"{row.effect_computed} by the clauses"
            yield _explained(_file(row.treaty, "actions.csv"), text, row.explained)


def _explained(file: str, text: str, why: str | None) -> AuditFinding:
    from inforce.record.finding import AuditFinding

    return AuditFinding("note" if why else "error", file, None, f"{text}; {why or 'no explanation recorded'}")


def _file(treaty: str, name: str = "treaty.yaml") -> str:
    return f"treaties/{treaty}/{name}"
