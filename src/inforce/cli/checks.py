"""`inforce check`: articles in, verdicts out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inforce.cli.options import AsJson, RecordFolder, day, today
from inforce.cli.output import complain, show, show_json
from inforce.errors import UsageError
from inforce.vocabulary import Verdict

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.record.model import Record

EXIT_FINDINGS = 1
EXIT_BAD_INPUT = 2

#: Verdicts that make `check` exit with findings; what nobody could rule on does not.
_FINDINGS = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED})


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Articles, plain text or HTML; - is standard input."),
    ],
    *,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Day of publication, where the file names none."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Give the verdicts as of another day.")
    ] = None,
    as_json: AsJson = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page; a folder where there are several files."),
    ] = None,
    record: RecordFolder = None,
) -> None:
    """Check what articles say about treaty law.

    \b
    inforce check article.txt
    inforce check --published 2025-07-10 --html page.html article.html
    inforce check --json a.txt b.txt | jq -c '.claims[] | [.verdict, .span.text]'

    Exit status: 1 where a claim is contradicted, imprecise or outdated; 2 where a
    file could not be read (the others are checked all the same).
    """
    if as_json and html:
        raise UsageError("--json and --html are two answers; ask for one")
    if html and len(files) > 1 and not html.is_dir():
        raise UsageError(
            f"--html {html}: there are several files; give a folder that exists, one page a file"
        )
    days = day(published, "--published"), day(as_of, "--as-of")

    from inforce.record import load  # noqa: PLC0415 - help and errors of usage need no record

    held = load(record)
    wrong = bad = False
    for number, file in enumerate(files):
        try:
            report = _checked(file, held, *days)
            _present(report, held, as_json, _page(html, file), first=number == 0)
        except UsageError as error:
            complain(str(error))
            bad = True
            continue
        wrong = wrong or any(finding.verdict in _FINDINGS for finding in report.findings)
    raise typer.Exit(EXIT_BAD_INPUT if bad else EXIT_FINDINGS if wrong else 0)


def _checked(file: str, record: Record, published: dt.date | None, as_of: dt.date | None) -> Report:
    from inforce.checking import check as judge  # noqa: PLC0415 - see `check`
    from inforce.reading import read  # noqa: PLC0415
    from inforce.reading.document import open_document  # noqa: PLC0415

    document = open_document(file, published=published)
    return judge(document, read(document, record), record, as_of=as_of, today=today())


def _present(report: Report, record: Record, as_json: bool, page: Path | None, *, first: bool) -> None:
    if as_json:
        from inforce.reports.json_answers import check_answer  # noqa: PLC0415

        show_json(check_answer(report))
    elif page:
        _write_page(report, record, page)
    else:
        from inforce.reports.text import text_report  # noqa: PLC0415

        if not first:
            show("")
        show(text_report(report, record))


def _write_page(report: Report, record: Record, page: Path) -> None:
    from inforce.reports.html import html_report  # noqa: PLC0415
    from inforce.reports.wording import counts_in_words  # noqa: PLC0415

    try:
        page.write_text(html_report(report, record), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--html {page}: cannot be written ({error.strerror}); give another file") from None
    show(f"{page}: {counts_in_words(report)}")


def _page(html: Path | None, file: str) -> Path | None:
    """Where a file's page goes: FILE itself, or in the folder FILE under the article's name."""
    if html is None or not html.is_dir():
        return html
    return html / f"{'stdin' if file == '-' else Path(file).stem}.html"
