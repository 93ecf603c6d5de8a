"""`inforce check`: articles in, verdicts out."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the reader

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.check_pages import Pages
from inforce.cli.exports import Exports, add_exports
from inforce.cli.model_options import add_model, asked_server, tell_troubles
from inforce.cli.options import Commands, add_command, add_json, add_record, day, today
from inforce.cli.output import complain, own_defect, show, show_json, show_line, width, written
from inforce.errors import RecordError, UsageError
from inforce.vocabulary import Verdict

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.proposing.server import Server
    from inforce.reading.formats.passed import Passed
    from inforce.reading.formats.sources import Found
    from inforce.reading.model import Document
    from inforce.record.model import Record
    from inforce.reports.tally import Tally

EXIT_FINDINGS = 1
EXIT_BAD_INPUT = 2

#: Verdicts that make `check` exit with findings; what nobody could rule on does not.
FINDINGS = frozenset({Verdict.CONTRADICTED, Verdict.IMPRECISE, Verdict.OUTDATED})

_MORE = """\
  inforce check article.txt
  inforce check --published 2025-07-10 --html page.html article.html
  inforce check --json a.txt b.txt | jq -c '.claims[] | [.verdict, .span.text]'

Exit status: 1 where a claim is contradicted, imprecise or outdated; 2 where a
file could not be read, or a model not be asked (the rest is checked all the
same)."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "check", "check what articles say about treaty law", _MORE)
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="text, HTML, PDF, DOCX, EML, WARC, JSON lines, a folder, pattern, address; - is standard input",
    )
    parser.add_argument("--published", metavar="DATE", help="day of publication, where the file names none")
    parser.add_argument("--as-of", metavar="DATE", help="give the verdicts as of another day")
    answer = parser.add_mutually_exclusive_group()
    add_json(answer)
    answer.add_argument(
        "--html", metavar="FILE", type=Path, help="write a page; for several documents, a folder of pages"
    )
    parser.add_argument(
        "--no-gate",
        action="store_true",
        help="of many documents, report on those as well that name no treaty and no weapon of one",
    )
    add_model(parser)
    add_exports(parser)
    add_record(parser)
    parser.set_defaults(run=check)


def check(asked: argparse.Namespace) -> int:
    """Check every document; one that cannot be read is reported, and the others are checked all the same."""
    published, as_of = day(asked.published, "--published"), day(asked.as_of, "--as-of")
    server = asked_server(asked)
    from inforce.reading.formats.passed import Passed
    from inforce.reading.formats.sources import listed

    exports = Exports(asked)
    shown = _Shown(asked.json, exports)
    run = Run(published, as_of, shown.report)
    run.server = server
    inputs = []
    for argument in asked.files:
        passed = Passed()
        with run.unless_unreadable(argument):
            inputs.append((argument, listed(argument, passed), passed))
    files = [file for _, its, _ in inputs for file in its]
    run.pages = exports.places(files)
    if asked.html:
        shown.pages = Pages(files, asked.html)
        run.pages.append(shown.pages)

    from inforce.record import load

    run.record = shown.record = exports.record = load(asked.record)
    run.gated = not asked.no_gate
    for argument, files, passed in inputs:
        tally = run.argument(argument, files, passed)
        if tally is not None and asked.json:
            show_json(tally)
    exports.finish()
    return run.failed or (EXIT_FINDINGS if shown.wrong else 0)


class _Shown:
    """Reports shown in the face that was asked for, and whether one held a finding."""

    record: Record
    pages: Pages | None = None

    def __init__(self, json: bool, exports: Exports) -> None:
        self.json, self.exports = json, exports
        self.wrong = False
        self._some = False

    def report(self, report: Report, found: Found, file: str) -> None:
        """Show one report."""
        if self.json:
            _show_json(report)
        elif self.pages:
            _write_page(
                report, self.record, self.pages.place(found, file), told=not self.exports.to_standard_output
            )
        elif not self.exports.to_standard_output:
            _show_text(report, self.record, first=not self._some)
            self._some = True
        self.exports.add(report, found, file)
        self.wrong |= any(finding.verdict in FINDINGS for finding in report.findings)


class Run:
    """One run over all documents that arguments name; `use` gets each report, as soon as it is made.

    With a `server` the model there is asked for claims as well. `gated`: where one argument names several
    documents, those that can hold no claim are dropped unread.
    """

    record: Record
    server: Server | None = None
    pages: Sequence[Pages] = ()
    gated = False

    def __init__(
        self, published: dt.date | None, as_of: dt.date | None, use: Callable[[Report, Found, str], None]
    ) -> None:
        self.published, self.as_of, self._use = published, as_of, use
        self.failed = 0
        self.checked = self.unread = self.dropped = 0

    @contextmanager
    def unless_unreadable(self, label: str) -> Iterator[None]:
        """What cannot be read is told and counted; a defect met in one document does not lose the others."""
        try:
            yield
        except UsageError as error:
            complain(str(error))
            self.unread += 1
            self.failed = max(self.failed, EXIT_BAD_INPUT)
        except (OSError, RecordError):
            raise
        except Exception:
            self.unread += 1
            self.failed = own_defect(label)

    def argument(self, argument: str, files: list[str], passed: Passed) -> Tally | None:
        """Check the documents of one argument; where they were several, say what became of them."""
        from inforce.reports.tally import Tally, tally_in_words

        self.checked = self.unread = self.dropped = 0
        several = files != [argument]
        for file in files:
            several |= self._file(file, passed, several)
        if not several:
            return None
        over = {reason: count for reason, count in sorted(passed.items()) if count}
        tally = Tally(argument, self.checked, self.dropped, self.unread, over)
        complain(tally_in_words(tally))
        return tally

    def _file(self, file: str, passed: Passed, of_several: bool) -> bool:
        """Check the documents of one file; whether it is of a kind that holds several."""
        from inforce.reading.formats.sources import find

        several = False
        with self.unless_unreadable(file):
            for found in find(file, passed):
                several = found.part
                for pages in self.pages if several else ():
                    pages.need_folder(file)
                with self.unless_unreadable(found.label):
                    self._document(found, file, self.gated and (several or of_several))
        return several

    def _document(self, found: Found, file: str, gated: bool) -> None:
        document = self._let_through(found) if gated else found.open(self.published)
        if document is None:
            self.dropped += 1
            return
        report = self._judged(document)
        if tell_troubles(found.label, report):
            self.failed = max(self.failed, EXIT_BAD_INPUT)
        self._use(report, found, file)
        self.checked += 1

    def _let_through(self, found: Found) -> Document | None:
        """The document, or None where the gate drops it, if it can before its text is extracted."""
        from inforce.reading.gate import gate

        at_gate = gate(self.record)
        if found.markup is not None and not at_gate.markup(found.markup):
            return None
        document = found.open(self.published)
        return document if at_gate.passes(document) else None

    def _judged(self, document: Document) -> Report:
        from inforce.checking import check as judge
        from inforce.reading import read

        claims, part = read(document, self.record), None
        if self.server is not None:
            from inforce.proposing.propose import propose

            proposals = propose(document, claims, self.record, self.server)
            claims, part = proposals.claims, proposals.part
        return judge(document, claims, self.record, as_of=self.as_of, today=today(), model=part)


def _show_json(report: Report) -> None:
    from inforce.reports.json_answers import check_answer

    show_json(check_answer(report))


def _show_text(report: Report, record: Record, *, first: bool) -> None:
    from inforce.reports.text import text_report

    show([*([] if first else [(), ()]), *text_report(report, record, width=width())])


def _write_page(report: Report, record: Record, page: Path, *, told: bool) -> None:
    from inforce.reports.html import html_report
    from inforce.reports.wording import counts_in_words

    written(page, html_report(report, record), "--html")
    if told:
        show_line(f"{page}: {counts_in_words(report)}")
