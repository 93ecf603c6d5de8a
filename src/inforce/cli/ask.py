"""The questions behind the verdicts: `status`, `parties`, `effects`."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse
import sys

from inforce.cli.asking import answer_json, answer_text, recorded
from inforce.cli.options import (
    Commands,
    add_command,
    add_days,
    add_json,
    add_reading,
    add_record,
    add_state,
    add_treaty,
    days,
    today,
)

EXIT_FINDINGS = 1

_STATUS = """\
  inforce status FIN apmbc --on 2025-12-01 --why
  inforce status Finland "Ottawa Convention" --known-by 2025-06-30"""
_PARTIES = """\
  inforce parties apmbc --on 2026-02-20
  inforce parties ccm --csv > ccm.csv"""
_EFFECTS = """\
  inforce effects apmbc
  inforce effects --json

Exit status: 1 where a published date differs and the record does not say why."""


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = add_command(commands, "status", "where a state stands towards a treaty on a day", _STATUS)
    add_state(parser)
    add_treaty(parser)
    add_days(parser)
    add_reading(parser)
    parser.add_argument("--why", action="store_true", help="show the derivation, step by step")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=status)

    parser = add_command(commands, "parties", "who stands how towards a treaty, and how many", _PARTIES)
    add_treaty(parser)
    add_days(parser)
    answer = parser.add_mutually_exclusive_group()
    add_json(answer)
    answer.add_argument("--csv", action="store_true", help="print the table as CSV")
    add_record(parser)
    parser.set_defaults(run=parties)

    parser = add_command(commands, "effects", "dates of effect, computed beside published", _EFFECTS)
    parser.add_argument("treaties", metavar="TREATY", nargs="*", help="treaties; all where none is named")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=effects)


def status(asked: argparse.Namespace) -> int:
    """Print a participant's status."""
    on, known_by = days(asked)
    from inforce import law
    from inforce.record.names import find_participant, find_treaty

    record = recorded(asked)
    participant, treaty = find_participant(record, asked.state).key, find_treaty(record, asked.treaty).key
    answer = law.status(
        record, participant, treaty, on=on, known_by=known_by, today=today(), reading=asked.reading
    )
    if asked.json:
        answer_json(asked, record, answer)
    else:
        from inforce.reports.tables import status_table

        answer_text(asked, record, lambda width: status_table(answer, record, why=asked.why, width=width))
    return 0


def parties(asked: argparse.Namespace) -> int:
    """Print a treaty's counts and participants."""
    on, known_by = days(asked)
    from inforce import law
    from inforce.record.names import find_treaty
    from inforce.reports import tables

    record = recorded(asked)
    treaty = find_treaty(record, asked.treaty).key
    answer = law.parties(record, treaty, on=on, known_by=known_by, today=today())
    if asked.json:
        answer_json(asked, record, answer)
    elif asked.csv:
        from inforce.reports.answer_tables import table
        from inforce.reports.table_files import csv_bytes

        sys.stdout.write(csv_bytes(table("parties", answer, record)).decode())
    else:
        answer_text(asked, record, lambda width: tables.parties_table(answer, record, width=width))
    return 0


def effects(asked: argparse.Namespace) -> int:
    """Print dates of effect; findings are differences without an explanation."""
    from inforce import law
    from inforce.record.names import find_treaty

    record = recorded(asked)
    keys = [find_treaty(record, name).key for name in asked.treaties]
    rows = law.effects(record, keys or None)
    if asked.json:
        answer_json(asked, record, rows)
    else:
        from inforce.reports.tables import effects_table

        answer_text(asked, record, lambda width: effects_table(rows, width=width))
    return EXIT_FINDINGS if not all(row.accounted for row in rows) else 0
