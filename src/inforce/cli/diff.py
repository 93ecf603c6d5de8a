"""`inforce diff`: two answers to one question, and which documents make the difference."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.options import (
    Commands,
    Parser,
    add_command,
    add_days,
    add_json,
    add_record,
    add_state,
    add_treaty,
    day,
    today,
)
from inforce.cli.output import show, show_json, width
from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.law.diff import Point

_POINTS = """
The first point is --on, --known-by and --record; the second --to-on, --to-known-by
and --to-record. What the second leaves out is as at the first, but --to-known-by,
which is then today: --known-by alone compares what was known with what is."""

_STATUS = f"""\
  inforce diff status FIN apmbc --on 2025-12-01 --known-by 2025-06-30
  inforce diff status FIN apmbc --on 2025-12-01 --to-on 2026-01-10
{_POINTS}"""
_PARTIES = f"""\
  inforce diff parties apmbc --on 2025-06-01 --to-on 2026-03-01
{_POINTS}"""
_COUNT = f"""\
  inforce diff count apmbc --on 2026-03-01 --known-by 2025-06-01
{_POINTS}"""


def add_to(commands: Commands) -> None:
    """Add the commands."""
    diff = add_command(commands, "diff", "two answers, and which documents make the difference", "")
    asked = diff.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    parser = add_command(asked, "status", "why a state's status differs between two points", _STATUS)
    add_state(parser)
    _add_points(parser)
    parser.set_defaults(run=status)
    parser = add_command(asked, "parties", "whose status differs between two points, and why", _PARTIES)
    _add_points(parser)
    parser.set_defaults(run=parties)
    parser = add_command(asked, "count", "which counts differ between two points, and by whom", _COUNT)
    _add_points(parser)
    parser.set_defaults(run=count)


def _add_points(parser: Parser) -> None:
    add_treaty(parser)
    add_days(parser)
    parser.add_argument("--to-on", metavar="DATE", help="the day of the second point (default: that of --on)")
    parser.add_argument("--to-known-by", metavar="DATE", help="knowledge of the second (default: today)")
    parser.add_argument("--to-record", metavar="DIR", type=Path, help="the folder laid over at the second")
    add_json(parser)
    add_record(parser)


def status(asked: argparse.Namespace) -> int:
    """Print how a participant's status differs."""
    first, second = _points(asked)
    from inforce import law
    from inforce.record.names import find_participant, find_treaty

    participant, treaty = (
        find_participant(first.record, asked.state).key,
        find_treaty(first.record, asked.treaty).key,
    )
    answer = law.diff_status(first, second, participant, treaty, today=today())
    if asked.json:
        show_json(answer)
    else:
        from inforce.reports.diff_tables import status_diff_table

        show(status_diff_table(answer, first.record, width=width()))
    return 0


def parties(asked: argparse.Namespace) -> int:
    """Print whose status differs, and the counts."""
    return _parties(asked, participants=True)


def count(asked: argparse.Namespace) -> int:
    """Print the counts that differ."""
    return _parties(asked, participants=False)


def _parties(asked: argparse.Namespace, *, participants: bool) -> int:
    first, second = _points(asked)
    from inforce import law
    from inforce.record.names import find_treaty

    treaty = find_treaty(first.record, asked.treaty).key
    answer = law.diff_parties(first, second, treaty, today=today())
    if asked.json:
        show_json(answer)
    else:
        from inforce.reports.diff_tables import parties_diff_table

        show(parties_diff_table(answer, first.record, participants=participants, width=width()))
    return 0


def _points(asked: argparse.Namespace) -> tuple[Point, Point]:
    """The two points; raises `UsageError` where they are the same."""
    on = day(asked.on, "--on") or today()
    to_on = day(asked.to_on, "--to-on") or on
    known_by, to_known_by = day(asked.known_by, "--known-by"), day(asked.to_known_by, "--to-known-by")
    to_record = asked.to_record or asked.record
    now = today()
    if (on, min(known_by or now, now), asked.record) == (to_on, min(to_known_by or now, now), to_record):
        raise UsageError("both points are the same; give --known-by, --to-on, --to-known-by or --to-record")
    from inforce.law.diff import Point
    from inforce.record import load

    first = load(asked.record)
    second = first if to_record == asked.record else load(to_record)
    return Point(first, on, known_by), Point(second, to_on, to_known_by)
