"""Word documents: their text in order, weak evidence of their day, and bounds on what they unpack to."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from made_files import SENTENCES, saved, word, zipped

from inforce.errors import UsageError
from inforce.reading.document import document_from_bytes
from inforce.reading.formats import docx
from inforce.reading.model import Document

NAMESPACE = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOMB = b"<!DOCTYPE a [<!ENTITY b 'lol'><!ENTITY c '&b;&b;&b;'>]>"


def xml(body: bytes, before: bytes = b"") -> bytes:
    return before + b"<w:document " + NAMESPACE + b"><w:body>" + body + b"</w:body></w:document>"


def read(data: bytes) -> Document:
    return document_from_bytes(data, "a.docx", name="a.docx")


def test_headings_paragraphs_lists_and_tables_come_in_order() -> None:
    made = word(title="Joining")
    made.add_heading("Who joined", 1)
    made.add_paragraph("Finland\tjoined in 2012.")
    made.add_paragraph("Poland", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, text in zip(cells, ("State", "Day", "Poland", "2012"), strict=True):
        cell.text = text
    inner = table.cell(1, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "inner"
    made.add_paragraph("The end.")
    got = read(saved(made))
    assert got.text.split("\n\n") == [
        "Who joined",
        "Finland joined in 2012.",
        "• Poland",
        "State | Day",
        "Poland | 2012",
        "inner",
        "The end.",
    ]
    assert (got.kind, got.title) == ("docx", "Joining")


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_is_read() -> None:
    made = word()
    paragraph = made.add_paragraph("Finland ")
    for tag, text in (("w:del", "left "), ("w:ins", "joined ")):
        change, run = OxmlElement(tag), OxmlElement("w:r")
        piece = OxmlElement("w:t" if tag == "w:ins" else "w:delText")
        piece.text = text
        piece.set(qn("xml:space"), "preserve")
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("secretly ").font.hidden = True
    paragraph.add_run("in 2012.")
    assert read(saved(made)).text == "Finland joined in 2012."


def test_the_day_of_making_is_weak_evidence_and_none_where_the_file_was_changed_later() -> None:
    made, changed = datetime(2025, 6, 20, 9), datetime(2025, 7, 1, 9)  # noqa: DTZ001 - python-docx wants none
    one = word(created=made, modified=made)
    one.add_paragraph(SENTENCES)
    got = read(saved(one))
    assert got.published == date(2025, 6, 20)
    assert got.published_from == "weak evidence: the file says it was made on 2025-06-20"
    two = word(created=made, modified=changed)
    two.add_paragraph(SENTENCES)
    got = read(saved(two))
    assert got.published is None
    assert "made on 2025-06-20 and changed on 2025-07-01, which does not date it" in (
        got.published_from or ""
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 cut short", "is a damaged Word document ("),
        (zipped(word__document_xml=b"<w:document"), "is a damaged Word document ("),
        (zipped(word__document_xml=xml(b"")), "holds no text to check"),
        (
            zipped(word__document_xml=xml(b"<w:p/>", BOMB)),
            "defines XML entities",
        ),
        (zipped(word__document_xml=b"<a>" * 10_000), "is a damaged Word document ("),
        (zipped(xl__workbook_xml=b"<a/>"), "is a spreadsheet; save it as DOCX"),
        (zipped(ppt__presentation_xml=b"<a/>"), "is a presentation; save it as DOCX"),
        (zipped(content_xml=b"<a/>"), "is an OpenDocument file; save it as DOCX"),
        (zipped(readme_txt=b"a"), "is a ZIP archive; unpack it"),
    ],
)
def test_what_is_no_word_document_is_told(data: bytes, words: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(data)
    assert str(raised.value).startswith("a.docx: ")
    assert words in str(raised.value)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "MAX_UNPACKED", 2**20)
    data = zipped(word__document_xml=xml(b"<w:p><w:r><w:t>" + b" " * 2**22 + b"</w:t></w:r></w:p>"))
    assert len(data) < 2**14
    with pytest.raises(UsageError, match="unpacks to more than 1 MB; save its text"):
        read(data)
