"""`inforce treaty`: what the record says of a treaty."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse

from inforce.cli.options import Commands, add_command, add_json, add_record, add_treaty
from inforce.cli.output import show, show_json, width

_MORE = """\
  inforce treaty apmbc
  inforce treaty "Rome Statute" --json"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "treaty", "clauses, obligations and parties of a treaty", _MORE)
    add_treaty(parser)
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=treaty)


def treaty(asked: argparse.Namespace) -> int:
    """Print what the record says of a treaty, as of the day to which it is verified."""
    from inforce.record import load
    from inforce.record.cases import worked_examples
    from inforce.record.names import find_treaty
    from inforce.reports.treaty_answer import treaty_answer

    record = load(asked.record)
    key = find_treaty(record, asked.treaty).key
    answer = treaty_answer(record, key, worked_examples(key, asked.record))
    if asked.json:
        show_json(answer)
    else:
        from inforce.reports.treaty_table import treaty_table

        show(treaty_table(answer, record, width=width()))
    return 0
