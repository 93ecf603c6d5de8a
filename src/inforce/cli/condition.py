"""`inforce condition`: what a treaty's entry into force asks, what is there, what is missing."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse

from inforce.cli.asking import answer_json, answer_text, recorded
from inforce.cli.options import Commands, add_command, add_days, add_json, add_record, add_treaty, day, today

_MORE = """\
  inforce condition ctbt
  inforce condition apmbc --on 1998-09-15"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "condition", "what a treaty's entry into force asks and has", _MORE)
    add_treaty(parser)
    add_days(parser)
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=condition)


def condition(asked: argparse.Namespace) -> int:
    """Print the condition of a treaty's own entry into force on a day."""
    on, known_by = day(asked.on, "--on") or today(), day(asked.known_by, "--known-by")
    from inforce import law
    from inforce.record.names import find_treaty

    record = recorded(asked)
    treaty = find_treaty(record, asked.treaty).key
    answer = law.entry_condition(record, treaty, on=on, known_by=known_by, today=today())
    if asked.json:
        answer_json(asked, record, answer)
    else:
        from inforce.reports.condition_table import condition_table

        answer_text(asked, record, lambda width: condition_table(answer, record, width=width))
    return 0
