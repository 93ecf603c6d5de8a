"""The commands' root: help, version, and how every error ends: one line and an exit status.

Exit status: 0 done, 1 a check with findings, 2 usage or bad input, 70 a defect of our own.
"""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from inforce import __version__
from inforce.cli import (
    archive,
    ask,
    audit,
    calendar,
    checks,
    compare,
    condition,
    count,
    diff,
    duties,
    keys,
    ledger,
    mcp,
    serve,
    suppose,
    treaty,
    watch,
)
from inforce.cli.options import Parser, add_record
from inforce.cli.output import complain, own_defect
from inforce.errors import InforceError

EXIT_USAGE = 2
_EXIT_INTERRUPTED = 130

_ABOUT = """\
Which treaty law is in force, for whom, since when, on whose word;
and how press reports stand against it."""

_EXAMPLES = """\
  inforce check article.txt
  inforce status FIN apmbc --on 2025-12-01 --why

Treaties in the record:
{treaties}

Exit status: 0 done, 1 a check with findings, 2 usage or bad input."""

_TREATIES = Path(__file__).parents[1] / "treaties"


def parser() -> Parser:
    """The whole command line."""
    root = Parser(
        prog="inforce",
        description=_ABOUT,
        epilog=_EXAMPLES.format(treaties=_treaties()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"inforce {__version__}")
    add_record(root, default=None)
    root.set_defaults(supposed=())
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)
    asking = (ask, duties, count, condition, treaty, calendar, suppose, diff)
    for part in (checks, compare, *asking, audit, ledger, watch, archive, serve, keys, mcp):
        part.add_to(commands)
    return root


def _treaties() -> str:
    """The keys of the record's treaties, without loading it."""
    keys = sorted(folder.name for folder in _TREATIES.iterdir() if (folder / "treaty.yaml").is_file())
    row = ", ".join(keys)
    return textwrap.fill(row, 78, break_on_hyphens=False, initial_indent="  ", subsequent_indent="  ")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit the process."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding lacks is no reason to fail.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        own, question = suppose.split(sys.argv[1:] if arguments is None else arguments)
        asked = parser().parse_args(own)
        asked.question = question
        status: int = asked.run(asked)
        sys.stdout.flush()
    except InforceError as error:
        complain(str(error))
        return EXIT_USAGE
    except KeyboardInterrupt:
        return _EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is wrong, and nothing more can be said.
        _silence(sys.stdout)
        return 0
    except Exception:
        return own_defect("inforce")
    return status


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
