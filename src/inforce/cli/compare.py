"""`inforce compare`: one story, several tellings."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the reader

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.checks import Run
from inforce.cli.options import Commands, add_command, add_json, add_record, day
from inforce.cli.output import show, show_json, show_line, width, written
from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.record.model import Record

#: Articles are named by letters, so many at most.
MOST = 26
FEWEST = 2

_MORE = """\
  inforce compare wire.txt gazette.txt portal.html
  inforce compare a.txt b.txt --published 2025-07-10 --published 2025-07-12
  inforce compare a.txt b.txt --json | jq -r '.rows[].changes[].text'

--published is given once for all files, or once for each in their order.
Exit status: 2 where a file could not be read (the others are compared all the
same, as long as two are left)."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "compare", "compare what several articles say of one story", _MORE)
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="text, HTML or JSON lines, or a folder; - is standard input"
    )
    parser.add_argument(
        "--published",
        metavar="DATE",
        action="append",
        default=[],
        help="day of publication, for all files or for each",
    )
    parser.add_argument("--as-of", metavar="DATE", help="give the verdicts as of another day")
    answer = parser.add_mutually_exclusive_group()
    add_json(answer)
    answer.add_argument("--html", metavar="FILE", type=Path, help="write a page")
    add_record(parser)
    parser.set_defaults(run=compare)


def compare(asked: argparse.Namespace) -> int:
    """Check every document and compare them; one that cannot be read is reported and left out."""
    published, as_of = _days(asked.published, len(asked.files)), day(asked.as_of, "--as-of")
    if asked.html is not None and asked.html.is_dir():
        raise UsageError(f"--html {asked.html}: is a folder; name one page for all articles")
    from inforce.reading.formats.passed import Passed
    from inforce.reading.formats.sources import listed

    reports: list[Report] = []
    run = Run(None, as_of, lambda report, found, file: reports.append(report))
    inputs = []
    for argument, on in zip(asked.files, published, strict=True):
        passed = Passed()
        with run.unless_unreadable(argument):
            inputs.append((argument, on, listed(argument, passed), passed))
    if asked.html is not None and _is_one_of(asked.html, [file for *_, files, _ in inputs for file in files]):
        raise UsageError(f"--html {asked.html}: would overwrite an article; give another file")

    from inforce.record import load

    run.record = load(asked.record)
    for argument, on, files, passed in inputs:
        run.published = on
        run.argument(argument, files, passed)
    if not FEWEST <= len(reports) <= MOST:
        raise UsageError(
            f"compares {FEWEST} to {MOST} articles, and {len(reports)} can be read; give as many"
        )
    _answer(asked, reports, run.record)
    return run.failed


def _is_one_of(page: Path, files: list[str]) -> bool:
    return page.exists() and any(Path(file).exists() and page.samefile(file) for file in files)


def _days(given: list[str], files: int) -> list[dt.date | None]:
    days = [day(text, "--published") for text in given]
    if len(days) not in (0, 1, files):
        raise UsageError(
            f"--published is given {len(days)} times for {files} files; give it once, or for each"
        )
    return days if len(days) == files else [*days, None][:1] * files


def _answer(asked: argparse.Namespace, reports: list[Report], record: Record) -> None:
    from inforce.checking.compare import compare as side_by_side

    story = side_by_side(reports, record)
    if asked.json:
        from inforce.reports.story_json import compare_answer

        show_json(compare_answer(story, record))
        return
    if asked.html is not None:
        from inforce.reports.story_html import story_page
        from inforce.reports.story_words import counted

        written(asked.html, story_page(story, record), "--html")
        show_line(f"{asked.html}: {counted(story)}")
        return
    from inforce.reports.story_text import story_report

    show(story_report(story, record, width=width()))
