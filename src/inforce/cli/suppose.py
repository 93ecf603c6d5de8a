"""`inforce suppose`: a question asked of the record with acts added that nobody did."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from inforce.cli.options import Commands, Parser, add_command, add_json, add_record
from inforce.errors import UsageError

#: The questions that can be asked of a supposed record.
QUESTIONS = ("status", "parties", "count", "condition", "obligations", "transfer", "effects", "calendar")

#: Answers in a form that has no place to say what is supposed.
_MUTE = ("csv", "ics")

_MORE = """\
  inforce suppose "POL accession apmbc 2027-01-15" -- status POL apmbc --on 2027-08-01
  inforce suppose "FIN withdrawal ccw-ap2 2027-01-15 known 2027-02-01" -- status FIN ccw-ap2
  inforce suppose "China, Egypt ratification ctbt 2027-01-15" -- condition ctbt --on 2027-02-01
  inforce suppose "NOR withdrawal apmbc 2027-01-15" "NOR armed-conflict 2027-06-01" \\
    -- status NOR apmbc --on 2027-09-01

Each act is STATE ACTION TREATY DATE, with known, named or notified and a DATE
where they differ; or STATE armed-conflict DATE [until DATE]. Names of states and
treaties are those of all commands; several states are parted by commas. A date
may be partial (2027, 2027-03): the answer then gives bounds."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "suppose", "ask what would follow from acts not done", _MORE)
    parser.usage = 'inforce suppose [-h] [--json] [--record DIR] "ACT" ["ACT" ...] -- QUESTION ...'
    parser.add_argument("acts", metavar="ACT", nargs="*", help='such as "POL accession apmbc 2027-01-15"')
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=suppose)


def split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """What stands before the first `--` of a `suppose`, and the question behind it.

    The question is a command line of its own. No other command is split.
    """
    given = list(arguments)
    if _command(given) != "suppose" or "--" not in given:
        return given, []
    at = given.index("--")
    return given[:at], given[at + 1 :]


def _command(arguments: Sequence[str]) -> str | None:
    """The first argument that is neither an option of the root nor the value of one."""
    before = ""
    for one in arguments:
        if not one.startswith("-") and before != "--record":
            return one
        before = one
    return None


def suppose(asked: argparse.Namespace) -> int:
    """Ask the question of the record with the supposed acts."""
    if not asked.acts:
        raise UsageError('nothing is supposed; write an act, such as "POL accession apmbc 2027-01-15"')
    if not asked.question:
        raise UsageError('no question; write it after "--", such as -- status POL apmbc --on 2027-08-01')
    inner = _question(asked.question)
    inner.supposed = tuple(asked.acts)
    inner.record = inner.record or asked.record
    inner.json = inner.json or asked.json
    mute = next((form for form in _MUTE if getattr(inner, form, None)), None)
    if mute:
        raise UsageError(f"--{mute} has no place to say what is supposed; leave it out, or use --json")
    status: int = inner.run(inner)
    return status


def _question(question: Sequence[str]) -> argparse.Namespace:
    from inforce.cli.app import parser  # noqa: PLC0415 - the app holds this command

    if question[0] not in QUESTIONS:
        offered = ", ".join(QUESTIONS)
        raise UsageError(f"{question[0]!r} cannot be asked of what is supposed; ask {offered}")
    whole: Parser = parser()
    return whole.parse_args(list(question))
