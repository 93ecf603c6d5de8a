"""Arguments that several commands share, and how their values are read."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import NoReturn, TypeAlias

from inforce.dates import parse_day
from inforce.errors import UsageError

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


class Parser(argparse.ArgumentParser):
    """A parser whose errors are raised, to end on one line like all others."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage and leaving."""
        raise UsageError(f"{message}; see {self.prog} --help")


def add_command(commands: Commands, name: str, summary: str, more: str) -> Parser:
    """A command with one line for the list of commands, and its examples and exit status for its own help."""
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_state(parser: Parser) -> None:
    parser.add_argument("state", metavar="STATE", help="ISO code, name or common short form: FIN, Finland")


def add_treaty(parser: Parser) -> None:
    parser.add_argument(
        "treaty",
        metavar="TREATY",
        help="key, name, MTDSG or UNTS number: apmbc, 'Ottawa Convention', XXVI-5, 35597",
    )


def add_days(parser: Parser) -> None:
    """`--on` and `--known-by`."""
    parser.add_argument("--on", metavar="DATE", help="the day asked about, YYYY-MM-DD (default: today)")
    parser.add_argument("--known-by", metavar="DATE", help="as it was known on that day (default: today)")


def add_reading(parser: Parser) -> None:
    parser.add_argument(
        "--reading", metavar="ID", help="under one reading of a contested point: A, or POINT:A with its id"
    )


def add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def add_record(parser: Parser, *, default: object = argparse.SUPPRESS) -> None:
    """`--record`, which may stand before the command or after it.

    The root gives the default; a command has none, or it would undo what was given before it.
    """
    parser.add_argument(
        "--record",
        metavar="DIR",
        type=Path,
        default=default,
        help="a folder of treaties or corrections, laid over the record",
    )


def today() -> dt.date:
    """The day it is where the command runs."""
    return dt.datetime.now().astimezone().date()


def day(text: str | None, option: str) -> dt.date | None:
    """The value of a date option; raises `UsageError` that names the option."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None


def days(asked: argparse.Namespace) -> tuple[dt.date, dt.date | None]:
    """The day asked about (today if none is named), and the day of knowledge (None: all that is recorded)."""
    return day(asked.on, "--on") or today(), day(asked.known_by, "--known-by")
