"""JSON lines: one object a line with `text`, and where it is known `url`, `published` and `title`.

Other keys are counted and told, not read; a line that is no such object is refused by its number, and the
others are read all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO

import msgspec

from inforce.dates import parse_day
from inforce.errors import UsageError, as_written
from inforce.reading.document import MAX_BYTES, document_of, sha256_of
from inforce.reading.formats.extract import Extract, clean, one_line, written_day
from inforce.reading.formats.kinds import Kind
from inforce.reading.formats.part import Part
from inforce.reading.formats.passed import Passed, pass_over
from inforce.reading.model import Document

_KNOWN = ("text", "url", "published", "title")
_EXAMPLE = '{"text": "...", "url": "...", "published": "YYYY-MM-DD"}'


def json_lines(stream: BinaryIO, label: str, passed: Passed) -> Iterator[Part]:
    """Each line's document; empty lines are none, unknown keys go to `passed`."""
    number = 0
    while line := stream.readline(MAX_BYTES + 2):
        number += 1
        whole = len(line) <= MAX_BYTES + 1
        while not line.endswith(b"\n") and (more := stream.readline(MAX_BYTES)):
            line, whole = line[:1] + more[-1:], False
        if line.strip():
            place = f"{label}, line {number}"
            yield Part(number, place, _opening(line if whole else None, place, passed))


def _opening(line: bytes | None, place: str, passed: Passed) -> Callable[[date | None], Document]:
    def opened(published: date | None) -> Document:
        if line is None:
            raise UsageError(
                f"{place}: is over the limit of {MAX_BYTES // 2**20} MB; give one article a line"
            )
        return _document(line, place, passed, published)

    return opened


def _document(line: bytes, place: str, passed: Passed, published: date | None) -> Document:
    given = _object(line, place)
    for key in given.keys() - set(_KNOWN):
        pass_over(passed, f"key {key!r}")
    text, url, title = (_string(given, key, place) for key in ("text", "url", "title"))
    if text is None or not text.strip():
        raise UsageError(f"{place}: has no text; give each line a key 'text' with the article's text")
    day, evidence = _published(given, place)
    found = Extract(clean(text), one_line(title), day, evidence, url=url)
    document = document_of(found, url or place, Kind.JSONL, sha256_of(line.strip()), published=published)
    return msgspec.structs.replace(document, found_in=place)


def _object(line: bytes, place: str) -> dict[str, object]:
    try:
        given = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = str(error).splitlines()[0] if str(error) else "no JSON"
        raise UsageError(f"{place}: is no JSON ({why}); write one object a line: {_EXAMPLE}") from None
    if not isinstance(given, dict):
        raise UsageError(f"{place}: is no JSON object; write one object a line: {_EXAMPLE}")
    return given


def _string(given: dict[str, object], key: str, place: str) -> str | None:
    value = given.get(key)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{place}: {key!r} is no string; write it in quotation marks, or leave it out")
    return value


def _published(given: dict[str, object], place: str) -> tuple[date | None, str | None]:
    value = _string(given, "published", place)
    if not value:
        return None, None
    day = written_day(value)
    if day is None:
        try:
            day = parse_day(value)
        except UsageError as error:
            raise UsageError(f"{place}: 'published': {error}") from None
    return day, f"'published' of this line ({as_written(value)})"
