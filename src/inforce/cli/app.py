"""The commands' root: help, version, and how every error ends: one line and an exit status.

Exit status: 0 done, 1 a check with findings, 2 usage or bad input.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from inforce import __version__
from inforce.cli import ask, audit, checks
from inforce.cli.output import complain
from inforce.errors import InforceError

EXIT_USAGE = 2
_EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="inforce",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
app.command()(checks.check)
app.command()(ask.status)
app.command()(ask.parties)
app.command()(ask.obligations)
app.command()(ask.effects)
app.add_typer(audit.app, name="record")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"inforce {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Which treaty law is in force, for whom, since when, on whose word; and how
    press reports stand against it.

    \b
    inforce check article.txt
    inforce status FIN apmbc --on 2025-12-01 --why

    Exit status: 0 done, 1 a check with findings, 2 usage or bad input.
    """


def main() -> None:
    """Run the command line and exit the process."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="replace"
            )  # a name outside the terminal's encoding is no reason to fail
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except InforceError as error:
        complain(str(error))
        code = EXIT_USAGE
    except typer.TyperException as error:
        code = _misused(error)
    except (KeyboardInterrupt, typer.Abort):
        code = _EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone (`| head`): nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code or 0)


def _misused(error: typer.TyperException) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "inforce"
    message = error.format_message()
    if "Usage:" in message:  # asked for nothing at all: the whole help is the answer
        sys.stderr.write(message + "\n")
    else:
        complain(f"{message.rstrip('.')}; see {command} --help")
    return EXIT_USAGE
