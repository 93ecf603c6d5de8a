"""`inforce count`: by which way of counting, and on which days, a number of parties was right."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse

from inforce.cli.asking import answer_json, answer_text, recorded
from inforce.cli.options import Commands, add_command, add_json, add_record, add_treaty, day, today
from inforce.errors import UsageError

_MORE = """\
  inforce count apmbc 166
  inforce count apmbc 164 --from 2025-12-01 --to 2025-12-31 --why
  inforce count "Ottawa Convention" 162 --on 2026-07-01

Exit status: 0 whatever the answer; 2 for bad input."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "count", "by which counting and when a number was right", _MORE)
    add_treaty(parser)
    parser.add_argument("number", metavar="N", help="the number of states: 164")
    parser.add_argument("--from", dest="first", metavar="DATE", help="the first day asked about")
    parser.add_argument("--to", dest="last", metavar="DATE", help="the last day asked about, included")
    parser.add_argument("--on", metavar="DATE", help="that day alone")
    parser.add_argument("--known-by", metavar="DATE", help="as it was known on that day (default: today)")
    parser.add_argument("--why", action="store_true", help="show the acts that begin and end each stretch")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=count)


def count(asked: argparse.Namespace) -> int:
    """Print when a number was right."""
    number = _number(asked.number)
    if asked.on and (asked.first or asked.last):
        raise UsageError("--on asks about one day; leave out --from and --to")
    on = day(asked.on, "--on")
    first, last = on or day(asked.first, "--from"), on or day(asked.last, "--to")
    known_by = day(asked.known_by, "--known-by")
    from inforce import law
    from inforce.record.names import find_treaty

    record = recorded(asked)
    treaty = find_treaty(record, asked.treaty).key
    answer = law.count(record, treaty, number, first=first, last=last, known_by=known_by, today=today())
    if asked.json:
        answer_json(asked, record, answer)
    else:
        from inforce.reports.count_tables import count_table

        answer_text(asked, record, lambda width: count_table(answer, record, why=asked.why, width=width))
    return 0


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise UsageError(f"{text[:60]!r} is no number of states; write it in figures, such as 164")
    return int(text)
