"""What the commands print: answers to standard output, errors to standard error, a line each."""

# ruff: noqa: PLC0415 - what an answer does not need is not imported for it

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.reports.layout import Line

#: Exit status of a defect of our own (EX_SOFTWARE of sysexits.h).
EXIT_DEFECT = 70

#: Width where the output is no terminal, and the widest that a terminal's text may run.
_WIDTH = 80
_WIDEST = 100


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    from inforce.reports.naming import one_line

    sys.stdout.flush()
    sys.stderr.write(f"inforce: {one_line(message)}\n")


def own_defect(where: str) -> int:
    """Report the error being handled as a defect of ours, and give the exit status for it.

    It is neither a finding (1) nor bad input (2), and must not be taken for one.
    """
    traceback.print_exc()
    complain(f"{where}: a defect of inforce, not of your input; please report it with the lines above")
    return EXIT_DEFECT


def width() -> int:
    """How wide a line may be: the terminal's width within limits, else 80."""
    return min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else _WIDTH


def show(lines: Iterable[Line]) -> None:
    """Print for a person; colours on a terminal only, and not where NO_COLOR is set."""
    from inforce.reports.layout import printed

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    sys.stdout.write(printed(lines, colour=colour))


def show_line(text: str) -> None:
    """One line that names a file: never broken, so that the name can be copied."""
    from inforce.reports.layout import Piece

    show([(Piece(text),)])


def show_json(answer: object) -> None:
    """Print any answer as one line of JSON, in UTF-8 whatever the locale."""
    from inforce.reports.json_answers import encode

    sys.stdout.flush()
    sys.stdout.buffer.write(encode(answer).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def written(place: Path, text: str, option: str) -> None:
    """Write an answer to a file; raises `UsageError` that names the option where that cannot be done."""
    try:
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror
        raise UsageError(f"{option} {place}: cannot be written ({reason}); give another file") from None
