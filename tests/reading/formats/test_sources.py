"""Folders, patterns, JSON lines and standard input: everything is opened, told or counted."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from inforce.errors import UsageError
from inforce.reading.formats import jsonl
from inforce.reading.formats.kinds import Kind, sniff
from inforce.reading.formats.sources import find, listed
from inforce.reading.model import Document

BAD = Path(__file__).parents[2] / "bad"
TEXT = b"Finland joined the Ottawa Convention in 2012.\n"


def opened(file: Path, passed: Counter[str] | None = None) -> list[Document | str]:
    """Each document of a file, or the line that says why it is none."""
    documents: list[Document | str] = []
    for found in find(str(file), Counter() if passed is None else passed):
        try:
            documents.append(found.open(None))
        except UsageError as error:
            documents.append(str(error))
    return documents


def test_a_folder_is_read_in_order_and_what_is_passed_over_is_counted(
    tmp_path: Path,
) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/config", "A.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "pipe")
    passed: Counter[str] = Counter()
    assert listed(str(tmp_path), passed) == [str(tmp_path / name) for name in ("A.txt", "a/z.txt", "b.txt")]
    assert passed == {"hidden": 2, "links to folders": 1, "no regular files": 1}


def test_a_pattern_is_spread_out_here_where_the_shell_did_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html", "[x].txt"):
        (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "folder.txt").mkdir()
    passed: Counter[str] = Counter()
    assert listed(f"{tmp_path}/?.txt", passed) == [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    assert listed(f"{tmp_path}/[x].txt", passed) == [f"{tmp_path}/[x].txt"]
    listed(f"{tmp_path}/*.txt", passed)
    assert passed == {"folders": 1}


@pytest.mark.parametrize(
    ("argument", "words"),
    [("", "holds no file to read; give a folder"), ("/*.txt", "no file matches this pattern; check it")],
)
def test_nothing_to_read_is_told(argument: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words):
        listed(f"{tmp_path}{argument}", Counter())


def test_json_lines_are_read_each_by_itself_and_bad_ones_told_by_number() -> None:
    passed: Counter[str] = Counter()
    read = opened(BAD / "lines.jsonl", passed)
    words = (
        None,
        "line 2: is no JSON (",
        "line 3: is no JSON object; write one object a line",
        "line 4: 'text' is no string; write it in quotation marks",
        "line 5: has no text; give each line a key 'text'",
        "line 6: has no text; give each line a key 'text'",
        "line 7: 'published': '2012-02-30' names a day that does not exist",
    )
    for document, word in zip(read, words, strict=False):
        assert isinstance(document, str) == (word is not None)
        assert word is None or (isinstance(document, str) and word in document)
    last = read[-1]
    assert isinstance(last, Document)
    assert (last.source, last.title, last.published) == ("https://example.org/9", "Joining", date(2012, 7, 2))
    assert last.published_from == "'published' of this line ('2012-07-02T10:00:00+03:00')"
    assert last.found_in == f"{BAD / 'lines.jsonl'}, line 9"
    assert passed == {"key 'lang'": 1}


def test_a_line_over_the_limit_loses_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 100)
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "one"}\n{"text": "' + b"x" * 1000 + b'"}\n{"text": "three"}')
    first, second, third = opened(file)
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert "line 2: is over the limit" in str(second)
    assert third.text == "three"


def test_unknown_keys_without_end_are_counted_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("".join(f'{{"text": "a", "k{n}": 1}}\n' for n in range(100)))
    passed: Counter[str] = Counter()
    opened(file, passed)
    assert len(passed) == 21
    assert passed["for further reasons"] == 80


def test_characters_that_are_none_do_not_reach_the_reader(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "a\\u0000b\\r\\nc"}')
    (read,) = opened(file)
    assert isinstance(read, Document)
    assert read.text == "a\ufffdb\nc"


@pytest.mark.parametrize(
    ("head", "name", "kind", "told"),
    [
        (b"Finland joined.", "a.txt", Kind.TEXT, False),
        (b"Finland joined.", "a.pdf", Kind.TEXT, True),
        (b"Finland joined.", "", Kind.TEXT, False),
        (b"<p>Finland joined.", "a.html", Kind.HTML, False),
        (b"\xef\xbb\xbf <!DOCTYPE  HTML>", "a.txt", Kind.HTML, True),
        (b"%PDF-1.7\n", "a.html", Kind.PDF, True),
        (b"junk\r\n%PDF-1.4", "a", Kind.PDF, False),
        (b"The header of a PDF begins with %PDF-1.7.", "a.txt", Kind.TEXT, False),
        (b"PK\x03\x04", "a.docx", Kind.DOCX, False),
        (b"WARC/1.1\r\n", "crawl.warc", Kind.WARC, False),
        (b'{"text": "a"}', "", Kind.JSONL, False),
        (b'{"text": "a"}', "a.txt", Kind.TEXT, False),
        (b"no object", "a.jsonl", Kind.JSONL, False),
        (b"Subject: Joining\n\nFinland", "a.eml", Kind.EML, False),
        (b"Subject: Joining\nFrom: a@b\nMIME-Version: 1.0\n\nFinland", "", Kind.EML, False),
        (b"From: our man\nDate: 2 May\nSubject: mines\n\nFinland", "a.txt", Kind.TEXT, False),
        (b"Title: A\nPublished: 2025-01-01\n\nFinland", "a.txt", Kind.TEXT, False),
    ],
)
def test_the_kind_is_what_the_bytes_say_and_a_name_that_says_otherwise_is_told(
    head: bytes, name: str, kind: Kind, told: bool
) -> None:
    found = sniff(head, name, "label")
    assert found.kind is kind
    assert (found.mismatch is not None) == told


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"{\\rtf1", "is a rich-text document; save it as plain text or DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or encrypted Word document, or an Outlook message"),
        (b"\x1f\x8b\x08\x00", "is packed with gzip; unpack it"),
        (b"\x28\xb5\x2f\xfd", "is packed with zstd; unpack it"),
        (b"BZh91AY", "is packed with bzip2; unpack it"),
        (b"\xfd7zXZ\x00", "is packed with xz; unpack it"),
        (b"\x89PNG\r\n", "is a picture; give the article's text"),
        (b"\xff\xd8\xff\xe0", "is a picture; give the article's text"),
        (b"GIF89a", "is a picture; give the article's text"),
    ],
)
def test_formats_that_are_not_read_are_named(head: bytes, words: str) -> None:
    with pytest.raises(UsageError, match=f"^label: {words}"):
        sniff(head, "", "label")
