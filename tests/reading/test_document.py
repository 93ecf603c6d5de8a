"""Files, pages and standard input become documents; what is no article gets one clear line."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from inforce.errors import UsageError
from inforce.reading import document as documents
from inforce.reading.document import document_from_html, document_from_text, open_document

TEXT = "Finland joined the Ottawa Convention in 2012.\n"
PARAGRAPH = "<p>Finland deposited its instrument of accession on 9 January 2012, the ministry said.</p>"


def page(body: str = PARAGRAPH, head: str = "", language: str = "") -> bytes:
    return f"<!doctype html><html{language}><head>{head}</head><body>{body}</body></html>".encode()


def test_the_header_gives_title_day_and_source_and_is_no_part_of_the_text() -> None:
    read = document_from_text(f"Title: Joining\nPublished: 2012-07-02\nSource: The Post\n\n{TEXT}", "a.txt")
    assert (read.title, read.published, read.source) == ("Joining", date(2012, 7, 2), "The Post")
    assert read.text == TEXT
    assert read.published_from == "the text's header"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"Finland: an overview\n\n{TEXT}",
        f"Title: a header without its blank line\n{TEXT}",
        f"Title: one\nTitle: two\n\n{TEXT}",
        f"\nTitle: after a blank line\n\n{TEXT}",
        "Title: nothing but this line",
    ],
)
def test_what_only_looks_like_a_header_stays_text(text: str) -> None:
    read = document_from_text(text, "a.txt")
    assert read.text == text
    assert read.title is None
    assert read.published is None
    assert "--published" in (read.published_from or "")


def test_the_day_that_is_asked_for_beats_the_header_and_the_page() -> None:
    asked = date(2020, 1, 1)
    texts = document_from_text(f"Published: 2012-07-02\n\n{TEXT}", "a.txt", published=asked)
    pages = document_from_html(
        page(head='<meta name="date" content="2012-07-02">'), "a.html", published=asked
    )
    assert {texts.published, pages.published} == {asked}
    assert texts.published_from == "given with --published, over 2012-07-02 from the text's header"
    assert pages.published_from is not None
    assert pages.published_from.startswith("given with --published, over 2012-07-02 from the page's metadata")
    alike = document_from_text(f"Published: 2020-01-01\n\n{TEXT}", "a.txt", published=asked)
    assert alike.published_from == "given with --published"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_a_byte_order_mark(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("Türkiye and Côte d’Ivoire".encode(encoding))
    read = open_document(file)
    assert read.text == "Türkiye and Côte d’Ivoire"
    assert read.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_line_ends_of_other_systems_count_as_one_character(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"Title: A\r\n\r\none\r\ntwo\rthree")
    assert open_document(file).text == "one\ntwo\nthree"


def test_a_page_gives_its_main_text_title_day_and_language() -> None:
    head = (
        '<title>Joining</title><meta property="article:published_time" content="2012-07-02T23:30:00Z">'
        "<script>var finland = 'no text';</script>"
    )
    body = f'<nav><a href="/">Home</a></nav><article>{PARAGRAPH * 3}</article><footer>© 2026</footer>'
    read = document_from_html(page(body, head, ' lang="en-GB"'), "a.html")
    assert read.text.startswith("Finland deposited")
    assert "no text" not in read.text
    assert "Home" not in read.text
    assert (read.title, read.published, read.language) == ("Joining", date(2012, 7, 2), "en")
    assert read.published_from == "the page's metadata (article:published_time '2012-07-02T23:30:00Z')"


def test_a_day_in_the_text_of_a_page_is_no_day_of_publication() -> None:
    assert document_from_html(page(PARAGRAPH * 4), "a.html").published is None


def test_a_page_is_decoded_as_it_declares() -> None:
    body = page("<p>Café in Côte d’Ivoire</p>", '<meta charset="windows-1252">').decode().encode("cp1252")
    assert "Café in Côte d’Ivoire" in document_from_html(body, "a.html").text


def test_entities_of_a_page_are_not_expanded_without_end() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><html><body><p>&a11;</p>{PARAGRAPH}</body></html>'
    assert len(document_from_html(bomb.encode(), "a.html").text) < len(bomb)


def test_pages_are_known_by_their_beginning_where_the_name_does_not_tell(tmp_path: Path) -> None:
    file = tmp_path / "saved"
    file.write_bytes(b"\n" + page())
    assert open_document(file).text.startswith("Finland deposited")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.txt", "is empty"),
        ("blank.txt", "is empty"),
        ("binary.txt", "is a binary file"),
        ("windows-1252.txt", "is not UTF-8: byte 0xE9 at offset 10; convert it"),
        ("article.pdf", "is a damaged PDF ("),
        ("article.docx", "is a damaged Word document ("),
        ("article.rtf", "is a rich-text document"),
        ("header-only.txt", "holds no text to check"),
        ("impossible-date.txt", "line 2: Published: '2025-02-30' names a day that does not exist"),
        ("no-date.txt", "line 2: Published: 'last Friday' is no date"),
        ("no-main-text.html", "no main text found"),
        ("unknown-encoding.html", "declares the unknown encoding 'x-klingon'"),
        ("nested.html", "over the limits"),
        ("no-such-file.txt", "no such file"),
        (".", "is a folder"),
    ],
)
def test_what_is_no_article_gets_one_line_with_its_name(name: str, words: str) -> None:
    file = Path(__file__).parent.parent / "bad" / name
    with pytest.raises(UsageError) as raised:
        open_document(file)
    message = str(raised.value)
    assert message.startswith(str(file))
    assert words in message
    assert "\n" not in message


def test_a_text_over_the_limit_is_refused_with_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 2 * 2**20)
    file = tmp_path / "long.txt"
    file.write_bytes(b"Finland. " * 400_000)
    with pytest.raises(UsageError, match=r"long\.txt: is 3 MB, over the limit of 2 MB"):
        open_document(file)


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        open_document("a\0b.txt")
