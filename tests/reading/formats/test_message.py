"""E-mail messages: the best text part, the day of the Date header, attachments named."""

from __future__ import annotations

from datetime import date

import pytest
from made_files import SENTENCES, message

from inforce.errors import UsageError
from inforce.reading.document import document_from_bytes
from inforce.reading.model import Document

PAGE = f"<html><body><article><p>{SENTENCES * 4}</p></article><nav>Unsubscribe</nav></body></html>"


def read(data: bytes) -> Document:
    return document_from_bytes(data, "a.eml", name="a.eml")


def test_a_message_gives_its_text_subject_and_the_day_of_its_sender() -> None:
    made = message(Date="Fri, 20 Jun 2025 23:30:00 -0400")
    made.set_content(SENTENCES + "Türkiye too.\n")
    got = read(made.as_bytes())
    assert got.text == SENTENCES + "Türkiye too."
    assert (got.kind, got.title, got.published) == ("eml", "Joining", date(2025, 6, 20))
    assert got.published_from == "the message's Date header ('Fri, 20 Jun 2025 23:30:00 -0400')"


def test_plain_text_is_taken_before_the_page_unless_it_is_a_stub_beside_it() -> None:
    full, stub = message(), message()
    full.set_content(SENTENCES * 4)
    full.add_alternative(PAGE, subtype="html")
    assert read(full.as_bytes()).text == (SENTENCES * 4).strip()
    stub.set_content("View this message in your browser: https://example.org/")
    stub.add_alternative(PAGE, subtype="html")
    assert read(stub.as_bytes()).text == (SENTENCES * 4).strip()


def test_what_is_attached_is_named() -> None:
    made = message()
    made.set_content(SENTENCES)
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="note.pdf")
    made.add_attachment("text of its own", filename="second.txt")
    inner = message(Subject="forwarded")
    inner.set_content("inner text")
    made.add_attachment(inner)
    got = read(made.as_bytes())
    assert got.text == SENTENCES.strip()
    assert got.notes == (
        "attached and not read: note.pdf (application/pdf); check it by itself",
        "attached and not read: second.txt (text/plain); check it by itself",
        "attached and not read: without a name (message/rfc822); check it by itself",
    )


def test_soft_line_ends_are_no_line_ends() -> None:
    header = b"Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n"
    data = header + b"Finland joined \nthe ban.\nOn.\n"
    assert read(data).text == "Finland joined the ban.\nOn."


def test_a_message_without_a_day_is_undated_and_a_forwarded_one_says_whose_day_it_is() -> None:
    made = message()
    made.set_content(f"-----Original Message-----\nSent: 1 May 2012\n{SENTENCES}")
    got = read(made.as_bytes())
    assert got.published is None
    assert got.notes == ("holds a forwarded message; the day is that of the outer one",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Subject: a\nMIME-Version: 1.0\nContent-Type: image/png\n\nx", "holds no text part to check"),
        (
            b"Subject: a\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p></p>",
            "no text part to check (no main text",
        ),
        (b"Subject: a\n\n", "holds no text part to check"),
        (
            b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 600,
            "more than 500 parts",
        ),
        (b"Subject: a\nContent-Type: text/plain; charset=klingon\n\nx", "is no message that can be parsed ("),
    ],
)
def test_a_message_without_text_is_told(data: bytes, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(data)
    assert str(raised.value).startswith("a.eml: ")
    assert words in str(raised.value)
