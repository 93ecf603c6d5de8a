"""`inforce check`: articles in, verdicts out."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the reader

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.options import Commands, add_command, add_json, add_record, day, today
from inforce.cli.output import complain, own_defect, show, show_json, width
from inforce.errors import RecordError, UsageError
from inforce.vocabulary import Verdict

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.record.model import Record

EXIT_FINDINGS = 1
EXIT_BAD_INPUT = 2

#: Verdicts that make `check` exit with findings; what nobody could rule on does not.
FINDINGS = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED})

_MORE = """\
  inforce check article.txt
  inforce check --published 2025-07-10 --html page.html article.html
  inforce check --json a.txt b.txt | jq -c '.claims[] | [.verdict, .span.text]'

Exit status: 1 where a claim is contradicted, imprecise or outdated; 2 where a
file could not be read (the others are checked all the same)."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "check", "check what articles say about treaty law", _MORE)
    parser.add_argument("files", metavar="FILE", nargs="+", help="plain text or HTML; - is standard input")
    parser.add_argument("--published", metavar="DATE", help="day of publication, where the file names none")
    parser.add_argument("--as-of", metavar="DATE", help="give the verdicts as of another day")
    answer = parser.add_mutually_exclusive_group()
    add_json(answer)
    answer.add_argument(
        "--html", metavar="FILE", type=Path, help="write a page; for several files, a folder of pages"
    )
    add_record(parser)
    parser.set_defaults(run=check)


def check(asked: argparse.Namespace) -> int:
    """Check every file; one that cannot be read is reported, and the others are checked all the same."""
    published, as_of = day(asked.published, "--published"), day(asked.as_of, "--as-of")
    pages = _pages(asked.files, asked.html) if asked.html else []

    from inforce.record import load

    record = load(asked.record)
    wrong = False
    failed = 0
    for number, file in enumerate(asked.files):
        try:
            report = _checked(file, record, published, as_of)
            if asked.json:
                _show_json(report)
            elif pages:
                _write_page(report, record, pages[number])
            else:
                _show_text(report, record, first=number == 0)
        except UsageError as error:
            complain(str(error))
            failed = max(failed, EXIT_BAD_INPUT)
        except (OSError, RecordError):
            raise
        except Exception:  # a defect met in one article must not lose the others
            failed = own_defect(file)
        else:
            wrong = wrong or any(finding.verdict in FINDINGS for finding in report.findings)
    return failed or (EXIT_FINDINGS if wrong else 0)


def _pages(files: list[str], html: Path) -> list[Path]:
    """Where each file's page goes: `html` itself, or a page named after the file in the folder `html`.

    Raises `UsageError` where a page would take the place of another, or of an article.
    """
    if not html.is_dir():
        if len(files) > 1:
            raise UsageError(f"--html {html}: for several files give a folder, to get a page each")
        pages = [html]
    else:
        pages = [html / f"{'stdin' if file == '-' else Path(file).stem}.html" for file in files]
    taken = {Path(file).resolve(): "the article itself" for file in files}
    for page, file in zip(pages, files, strict=True):
        if (there := taken.get(page.resolve())) is not None:
            raise UsageError(f"--html {page}: would overwrite {there}; give another place for {file}")
        taken[page.resolve()] = f"the page of {file}"
    return pages


def _checked(file: str, record: Record, published: dt.date | None, as_of: dt.date | None) -> Report:
    from inforce.checking import check as judge
    from inforce.reading import read
    from inforce.reading.document import open_document

    document = open_document(file, published=published)
    return judge(document, read(document, record), record, as_of=as_of, today=today())


def _show_json(report: Report) -> None:
    from inforce.reports.json_answers import check_answer

    show_json(check_answer(report))


def _show_text(report: Report, record: Record, *, first: bool) -> None:
    from inforce.reports.text import text_report

    show([*([] if first else [(), ()]), *text_report(report, record, width=width())])


def _write_page(report: Report, record: Record, page: Path) -> None:
    from inforce.reports.html import html_report
    from inforce.reports.layout import paragraph
    from inforce.reports.wording import counts_in_words

    try:
        page.write_text(html_report(report, record), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--html {page}: cannot be written ({error.strerror}); give another file") from None
    show(paragraph(f"{page}: {counts_in_words(report)}", width()))
