"""What `check` writes besides its report: letters, ClaimReview and annotations."""

# ruff: noqa: PLC0415 - what is not asked for is not imported

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.check_pages import Pages
from inforce.cli.output import show_json, show_line, written
from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.reading.formats.sources import Found
    from inforce.record.model import Record

_STANDARD_OUTPUT = "-"
_OPTIONS = ("letter", "claimreview", "annotations")


def add_exports(parser: argparse.ArgumentParser) -> None:
    """The options; each takes a file, or - for standard output in place of the report."""
    parser.add_argument(
        "--letter", metavar="FILE", help="draft a request for correction; for several documents, a folder"
    )
    parser.add_argument("--claimreview", metavar="FILE", help="write schema.org ClaimReview (JSON-LD)")
    parser.add_argument("--annotations", metavar="FILE", help="write W3C Web Annotations (JSON-LD)")


class Exports:
    """The exports of one run. `to_standard_output` says that one takes the report's place there."""

    record: Record

    def __init__(self, asked: argparse.Namespace) -> None:
        """Raises `UsageError` where two answers would be mixed on standard output."""
        self.letter: str | None = asked.letter
        self.claimreview: str | None = asked.claimreview
        self.annotations: str | None = asked.annotations
        out = [f"--{name} -" for name in _OPTIONS if getattr(asked, name) == _STANDARD_OUTPUT]
        out += ["--json"] if asked.json and out else []
        if len(out) > 1:
            raise UsageError(f"{out[0]} and {out[1]} both print to standard output; give one a file")
        self.to_standard_output = bool(out)
        self._told = not (asked.json or out)
        self._reports: list[Report] = []
        self._letters: Pages | None = None

    def places(self, files: list[str]) -> list[Pages]:
        """Where letters go; raises `UsageError` where one would overwrite another or an article."""
        for name in ("claimreview", "annotations"):
            place = getattr(self, name)
            if place in (None, _STANDARD_OUTPUT):
                continue
            if Path(place).is_dir():
                raise UsageError(f"--{name} {place}: is a folder; name one file for all documents")
            if any(Path(place).resolve() == Path(file).resolve() for file in files):
                raise UsageError(f"--{name} {place}: would overwrite an article; give another file")
        if self.letter is None or self.letter == _STANDARD_OUTPUT:
            return []
        self._letters = Pages(files, Path(self.letter), option="--letter", suffix=".letter.txt")
        return [self._letters]

    def add(self, report: Report, found: Found, file: str) -> None:
        """Draft the report's letter, and keep the report for the exports of all documents."""
        if self.claimreview is not None or self.annotations is not None:
            self._reports.append(report)
        if self.letter is None:
            return
        from inforce.reports.letter import letter, nothing_to_correct

        text = letter(report, self.record)
        if text is None:
            if self._told or self._letters is None:
                self._tell(nothing_to_correct(report))
        elif self._letters is None:
            sys.stdout.write(text)
        else:
            place = self._letters.place(found, file)
            written(place, text, "--letter")
            self._done(place, "a request for correction, as a draft")

    def finish(self) -> None:
        """Write the exports of all documents."""
        if self.claimreview is not None:
            from inforce.reports.claim_review import claim_reviews

            reviews = claim_reviews(self._reports)
            self._write(self.claimreview, reviews, "--claimreview", _counted(len(reviews), "review"))
        if self.annotations is not None:
            from inforce.reports.annotations import annotation_collection

            found = annotation_collection(self._reports)
            self._write(self.annotations, found, "--annotations", _counted(found.total, "annotation"))

    def _write(self, place: str, answer: object, option: str, what: str) -> None:
        from inforce.reports.json_answers import encode

        if place == _STANDARD_OUTPUT:
            show_json(answer)
        else:
            written(Path(place), f"{encode(answer)}\n", option)
            self._done(Path(place), what)

    def _done(self, place: Path, what: str) -> None:
        if self._told:
            self._tell(f"{place}: {what}")

    def _tell(self, line: str) -> None:

        show_line(line)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
