"""What is done with an article in a process of its own: read, checked, put into the form asked for."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePath
from typing import Final

import msgspec

from inforce.checking import Report, check
from inforce.checking.compare import compare
from inforce.checking.compare_model import StoryComparison
from inforce.errors import UsageError
from inforce.reading import read
from inforce.reading.document import FROM_OPTION, SAY_ONE, document_from_text
from inforce.reading.formats.fetch import Fetched
from inforce.reading.formats.passed import Passed
from inforce.reading.formats.sources import Found, fetched_document, find_in
from inforce.reading.model import Document
from inforce.record.model import Record
from inforce.reports import html, story_html
from inforce.reports.annotations import annotation_collection
from inforce.reports.claim_review import claim_reviews
from inforce.reports.json_answers import check_answer
from inforce.reports.letter import letter, nothing_to_correct
from inforce.reports.story_json import compare_answer

#: The longest text that is checked here, in bytes of UTF-8; a file that it stands in may be larger.
LONGEST: Final = 2 * 1024 * 1024
#: Articles that are compared with each other.
FEWEST_TOLD: Final = 2
MOST_TOLD: Final = 12
#: Documents of one file that are checked.
MOST: Final = 20

_records: list[Record] = []


def begin(record: Record) -> None:
    """Take the record that this process checks against."""
    _records[:] = [record]


def warm_up() -> None:
    """Make what the first check makes, before somebody waits for it."""
    record = _records[0]
    document = document_from_text("Finland is a party to the Ottawa Convention.", "warm-up")
    check(document, read(document, record), record)


class Given(msgspec.Struct, frozen=True):
    """What somebody sent: bytes with the name they came under, a page fetched, or a document read before.

    `published` and `as_of` are days that were given with it, `today` the server's day.
    """

    label: str
    today: dt.date
    data: bytes = b""
    name: str = ""
    fetched: Fetched | None = None
    document: Document | None = None
    published: dt.date | None = None
    as_of: dt.date | None = None


class Checked(msgspec.Struct, frozen=True):
    """One document checked: its parts as markup, and its answers in JSON.

    `document` is what was read, to be sent again for another form of the answer.
    """

    title: str
    sums: str
    header: str
    article: str
    footer: str
    letter: str | None
    document: str
    answer: bytes


class Made(msgspec.Struct, frozen=True):
    """The documents that were checked, what could not be read, whether more were there than are checked."""

    checked: tuple[Checked, ...]
    unread: tuple[str, ...]
    more: bool


def checked(given: Given) -> Made:
    """Everything that was sent, checked. Raises `UsageError` where nothing of it can be read."""
    record = _records[0]
    reports, unread, more = _reports(given, record)
    return Made(tuple(_shown(report, record) for report in reports), unread, more)


def _shown(report: Report, record: Record) -> Checked:
    return Checked(
        title=html.title_of(report),
        sums=html.sums(report),
        header=html.header(report, "Checked"),
        article=html.article(report, record),
        footer=html.footer(report, record),
        letter=letter(report, record),
        document=msgspec.json.encode(report.document).decode(),
        answer=msgspec.json.encode(check_answer(report)),
    )


def report_file(given: Given, form: str) -> bytes:
    """One document's report as a file: `page`, `json`, `claimreview`, `annotations` or `letter`."""
    record = _records[0]
    reports, _, _ = _reports(given, record)
    return FILES[form][0](reports[0], record)


class Compared(msgspec.Struct, frozen=True):
    """Several articles compared: the page's markup, the answer in JSON, what was read, to be sent again."""

    title: str
    markup: str
    answer: bytes
    documents: str
    unread: tuple[str, ...]


def compared(given: Sequence[Given]) -> Compared:
    """Articles on one story side by side. Raises `UsageError` where fewer than two can be read."""
    story, unread, record = _story(given)
    return Compared(
        title=story_html.title_of(story),
        markup="\n".join(story_html.parts(story, record, "Compared")),
        answer=msgspec.json.encode(compare_answer(story, record)),
        documents=msgspec.json.encode([report.document for report in story.reports]).decode(),
        unread=unread,
    )


def comparison_file(given: Sequence[Given], form: str) -> bytes:
    """The comparison as a file: `page` or `json`."""
    story, _, record = _story(given)
    if form == "json":
        return msgspec.json.encode(compare_answer(story, record))
    return story_html.story_page(story, record).encode("utf-8", "replace")


def _story(given: Sequence[Given]) -> tuple[StoryComparison, tuple[str, ...], Record]:
    record = _records[0]
    reports: list[Report] = []
    unread: list[str] = []
    for one in given:
        try:
            found, unread_of_it, _ = _reports(one, record)
        except UsageError as error:
            unread.append(str(error))
            continue
        reports += found
        unread += unread_of_it
    if not FEWEST_TOLD <= len(reports) <= MOST_TOLD:
        told = "".join(f"; {words}" for words in unread)
        raise UsageError(
            f"compares {FEWEST_TOLD} to {MOST_TOLD} articles, and {len(reports)} can be read{told}"
        )
    return compare(reports, record), tuple(unread), record


def reported(given: Given) -> Report:
    """The report on one document, for what is done with it beside the server."""
    reports, _, _ = _reports(given, _records[0])
    return reports[0]


def _page(report: Report, record: Record) -> bytes:
    return html.html_report(report, record).encode("utf-8", "replace")


def _letter(report: Report, record: Record) -> bytes:
    return (letter(report, record) or f"{nothing_to_correct(report)}\n").encode()


#: Files of a report: how each is made, its name's ending, its media type, what it is called.
FILES: Final[dict[str, tuple[Callable[[Report, Record], bytes], str, str, str]]] = {
    "page": (_page, "html", "text/html; charset=utf-8", "One HTML file"),
    "json": (
        lambda report, record: msgspec.json.encode(check_answer(report)), "json", "application/json", "JSON",
    ),
    "claimreview": (
        lambda report, record: msgspec.json.encode(claim_reviews([report])), "claimreview.jsonld",
        "application/ld+json", "ClaimReview",
    ),
    "annotations": (
        lambda report, record: msgspec.json.encode(annotation_collection([report])), "annotations.jsonld",
        "application/ld+json", "W3C annotations",
    ),
    "letter": (_letter, "letter.txt", "text/plain; charset=utf-8", "Letter as a text"),
}  # fmt: skip


def _reports(given: Given, record: Record) -> tuple[list[Report], tuple[str, ...], bool]:
    reports: list[Report] = []
    unread: list[str] = []
    documents = _documents(given)
    for open_one in itertools.islice(documents, MOST):
        try:
            document = _bounded(open_one(), given.label)
            reports.append(
                check(document, read(document, record), record, as_of=given.as_of, today=given.today)
            )
        except UsageError as error:
            unread.append(str(error))
    if not reports:
        raise UsageError(unread[0] if unread else f"{given.label}: holds no article; send one with a text")
    return reports, tuple(unread), next(documents, None) is not None


def _documents(given: Given) -> Iterator[Callable[[], Document]]:
    """What was sent, document by document, not read yet."""
    if given.document is not None:
        known = given.document
        yield lambda: known
    elif given.fetched is not None:
        got = given.fetched
        yield lambda: _here(fetched_document(given.label, given.published, fetch=lambda _: got))
    else:
        stem = PurePath(given.name).stem or "article"
        found = find_in(io.BytesIO(given.data), given.label, stem, Passed(), name=given.name)
        yield from (_opening(one, given.published) for one in found)


def _opening(found: Found, published: dt.date | None) -> Callable[[], Document]:
    return lambda: _here(found.open(published))


def _here(document: Document) -> Document:
    """The document, with what it says of its day in words that hold for a form and for the API alike."""
    evidence = document.published_from or ""
    evidence = evidence.replace(SAY_ONE, "give its day with it").replace(FROM_OPTION, "the sender")
    return msgspec.structs.replace(document, published_from=evidence or None)


def _bounded(document: Document, label: str) -> Document:
    if len(document.text.encode()) > LONGEST:
        raise UsageError(f"{label}: holds over {LONGEST // 2**20} MB of text; send a part of it")
    return document
