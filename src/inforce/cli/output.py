"""What the commands print: reports to standard output, errors to standard error, a line each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Tables fit this width where the output is no terminal, and on a terminal never run wider than that.
_WIDTH = 80
_WIDEST = 100


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    from inforce.reports.wording import one_line  # noqa: PLC0415 - errors alone need it

    sys.stdout.flush()
    print(f"inforce: {one_line(message)}", file=sys.stderr)  # noqa: T201 - this is the one place that prints


def show(renderable: RenderableType) -> None:
    """Print for a person; colours on a terminal only, and not where NO_COLOR is set."""
    from rich.console import Console  # noqa: PLC0415 - JSON answers do without

    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, _WIDEST) if console.is_terminal else _WIDTH
    with console.capture() as captured:
        console.print(renderable)
    lines = captured.get().split("\n")
    sys.stdout.write("\n".join(line.rstrip() for line in lines))


def show_json(answer: object) -> None:
    """Print any answer as one line of JSON, in UTF-8 whatever the locale."""
    from inforce.reports.json_answers import encode  # noqa: PLC0415 - tables do without

    sys.stdout.flush()
    sys.stdout.buffer.write(encode(answer).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()
