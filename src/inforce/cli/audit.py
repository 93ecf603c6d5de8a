"""`inforce record audit`: whether the record holds together."""

# ruff: noqa: PLC0415 - help answers at once, without the record

from __future__ import annotations

import argparse

from inforce.cli.options import Commands, Parser, add_command, add_json, add_record
from inforce.cli.output import show, show_json, width

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
    from inforce.law.audit import audit_by_law
    from inforce.record import load
    from inforce.record.audit import audit as audited

    record = load(asked.record)
    findings = (*audited(record), *audit_by_law(record))
    if asked.json:
        show_json(findings)
    else:
        from inforce.reports.tables import audit_table

        show(audit_table(findings, record, width=width()))
    return EXIT_FINDINGS if any(finding.level == "error" for finding in findings) else 0
