"""`inforce calendar`: coming and past dates, as text, JSON or iCalendar."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.asking import answer_json, answer_text, recorded
from inforce.cli.options import Commands, add_command, add_json, add_record, day, today
from inforce.cli.output import show_line
from inforce.errors import UsageError
from inforce.vocabulary import DateKind

if TYPE_CHECKING:
    from inforce.law import CalendarAnswer

_MORE = """\
  inforce calendar --state LTU --from 2025-01-01
  inforce calendar --treaty apmbc --kind withdrawal-effect --from 2025-01-01
  inforce calendar --ics treaties.ics

Kinds:
  {kinds}.

An entry of the iCalendar file keeps its UID when its day moves: read the file
again, and the entry is updated, not doubled."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    kinds = textwrap.fill(", ".join(DateKind), 76, break_on_hyphens=False, subsequent_indent="  ")
    parser = add_command(
        commands, "calendar", "coming and past dates of treaty law", _MORE.format(kinds=kinds)
    )
    parser.add_argument("--from", dest="since", metavar="DATE", help="first day (default: today)")
    parser.add_argument("--to", dest="until", metavar="DATE", help="last day (default: no end)")
    parser.add_argument("--treaty", metavar="TREATY", nargs="+", default=[], help="only these treaties")
    parser.add_argument("--state", metavar="STATE", nargs="+", default=[], help="only these states")
    parser.add_argument("--kind", metavar="KIND", nargs="+", default=[], help="only these kinds of date")
    parser.add_argument("--known-by", metavar="DATE", help="as it was known on that day (default: today)")
    parser.add_argument("--why", action="store_true", help="show the derivation, step by step")
    answer = parser.add_mutually_exclusive_group()
    add_json(answer)
    answer.add_argument("--ics", metavar="FILE", help="write iCalendar to a file; - is standard output")
    add_record(parser)
    parser.set_defaults(run=calendar)


def calendar(asked: argparse.Namespace) -> int:
    """Print or write the dates."""
    since, until = day(asked.since, "--from") or today(), day(asked.until, "--to")
    known_by = day(asked.known_by, "--known-by")
    from inforce import law
    from inforce.record.names import find_participant, find_treaty

    record = recorded(asked)
    answer = law.calendar(
        record,
        since=since,
        until=until,
        treaties=[find_treaty(record, name).key for name in asked.treaty],
        participants=[find_participant(record, name).key for name in asked.state],
        kinds=asked.kind,
        known_by=known_by,
        today=today(),
    )
    if asked.json:
        answer_json(asked, record, answer)
    elif asked.ics is not None:
        _write(answer, asked.ics)
    else:
        from inforce.reports.calendar_table import calendar_table

        answer_text(asked, record, lambda width: calendar_table(answer, why=asked.why, width=width))
    return 0


def _write(answer: CalendarAnswer, file: str) -> None:
    from inforce.reports.calendar_table import dates
    from inforce.reports.ical import ical

    content = ical(answer)
    if file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        Path(file).write_bytes(content)
    except OSError as error:
        raise UsageError(f"--ics {file}: cannot be written ({error.strerror}); give another file") from None
    show_line(f"{file}: {dates(len(answer.entries))}")
