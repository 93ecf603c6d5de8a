"""PDFs: running text from printed lines, weak evidence of their day, and what has no text."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from made_files import SENTENCES, pdf

from inforce.errors import UsageError
from inforce.reading.document import document_from_bytes
from inforce.reading.formats import pdf as reader
from inforce.reading.formats.pages_joined import joined
from inforce.reading.model import Document


def read(data: bytes) -> Document:
    return document_from_bytes(data, "a.pdf", name="a.pdf")


def test_lines_become_paragraphs_over_the_end_of_a_page() -> None:
    deposited = "Finland deposited its instrument of acces-\nsion to the Ottawa Convention on 9 January"
    first = f"Joining the ban\n\n{deposited}"
    got = read(pdf(f"{first}\n1", "2012, the ministry said.\n\nPoland followed.\n2", title="Joining"))
    assert got.text.split("\n\n") == [
        "Joining the ban",
        "Finland deposited its instrument of accession to the Ottawa Convention on 9 January 2012, "
        "the ministry said.",
        "Poland followed.",
    ]
    assert (got.kind, got.title) == ("pdf", "Joining")


def test_the_day_of_making_is_weak_evidence_and_that_of_printing_none() -> None:
    made = datetime(2025, 6, 20, 9, tzinfo=UTC)
    got = read(pdf(SENTENCES, created=made))
    assert got.published == date(2025, 6, 20)
    assert got.published_from == "weak evidence: the file says it was made on 2025-06-20"
    got = read(pdf(SENTENCES, created=made, producer="Skia/PDF m131"))
    assert got.published is None
    assert "the file was printed on 2025-06-20 by fpdf2" not in (got.published_from or "")
    assert "printed on 2025-06-20" in (got.published_from or "")


def test_a_page_without_text_is_told() -> None:
    assert read(pdf(SENTENCES, "", SENTENCES)).notes == ("no text on page 2 (scanned?)",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf("", ""), "holds no text in its 2 pages (scanned?); save its text"),
        (pdf(SENTENCES, password="secret"), "is an encrypted PDF; remove its password"),  # noqa: S106
        (b"%PDF-1.7\nnothing", "is a damaged PDF ("),
        (pdf(SENTENCES)[:300], "is a damaged PDF ("),
    ],
)
def test_what_has_no_text_is_told(data: bytes, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(data)
    assert str(raised.value).startswith("a.pdf: ")
    assert words in str(raised.value)


def test_a_pdf_without_a_password_to_open_it_is_read() -> None:
    assert "Finland" in read(pdf(SENTENCES, password="")).text


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(SENTENCES, SENTENCES)
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(UsageError, match="has 2 pages, over the limit of 1"):
        read(data)
    monkeypatch.undo()
    monkeypatch.setattr(reader, "MAX_SECONDS", -1)
    with pytest.raises(UsageError, match="takes more than"):
        read(data)


RULE = "A self-evident rule."
WIDE = "This line is as wide as the lines of this page are, or nearly so, and"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([WIDE, "goes on."], [f"{WIDE} goes on."]),
        (
            ["A self-evident rule.", "", f"{WIDE} self-", "evident."],
            ["A self-evident rule.", f"{WIDE} self-evident."],
        ),
        ([f"{WIDE} the muni-", "tions."], [f"{WIDE} the munitions."]),
        ([f"{WIDE} the Anglo-", "French text."], [f"{WIDE} the Anglo-French text."]),
        ([f"{WIDE} 2011-", "2012."], [f"{WIDE} 2011- 2012."]),
        ([f"{WIDE} soft\u00ad", "ened."], [f"{WIDE} softened."]),
        ([WIDE, "• one", "• two"], [WIDE, "• one", "• two"]),
        ([f"{WIDE}.", "The end.", f"{WIDE} on."], [f"{WIDE}. The end.", f"{WIDE} on."]),
    ],
)
def test_line_ends(lines: list[str], paragraphs: list[str]) -> None:
    assert joined([lines]).split("\n\n") == paragraphs


def test_running_heads_and_numbers_of_pages_go() -> None:
    pages = [["The Skerry Courier, page 1", "", f"{WIDE}", "", "- 1 -"] for _ in range(3)]
    assert "Courier" not in joined(pages)
    assert "- 1 -" not in joined(pages)
