"""What the command line names (files, folders, patterns, addresses, standard input) as documents to open.

Nothing is lost on the way: what is passed over is counted by its reason, and what cannot be read ends in a
`UsageError` of its own when it is opened, so that the others can still be.
"""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

import msgspec
import re2

from inforce.errors import UsageError
from inforce.reading.document import MAX_BYTES, STANDARD_INPUT, document_from_bytes, told, within_limits
from inforce.reading.formats.jsonl import json_lines
from inforce.reading.formats.kinds import CONTAINERS, HEAD, Kind, sniff
from inforce.reading.formats.part import Markup, Part
from inforce.reading.formats.passed import Passed
from inforce.reading.model import Document

if TYPE_CHECKING:
    from inforce.reading.formats.fetch import Fetched

_PATTERN = re2.compile(r"[*?\[]")


class Found(NamedTuple):
    """A document that can be opened: `label` is what messages call it, `stem` names its page.

    `part` says that it is one of several in its file. `markup` is what a page is made from.
    """

    label: str
    stem: str
    open: Callable[[date | None], Document]
    part: bool = False
    markup: Markup | None = None


class Container(Protocol):
    """Reads a kind that holds several documents, as they come."""

    def __call__(self, stream: BinaryIO, label: str, passed: Passed) -> Iterator[Part]:
        """Each document."""


def _web_archive(stream: BinaryIO, label: str, passed: Passed) -> Iterator[Part]:
    from inforce.reading.formats.warc import web_archive  # noqa: PLC0415 - compiled, for archives alone

    return web_archive(stream, label, passed)


_CONTAINERS: dict[Kind, Container] = {Kind.JSONL: json_lines, Kind.WARC: _web_archive}


def listed(argument: str, passed: Passed) -> list[str]:
    """The files that one argument names, in order; an address and standard input stand for themselves.

    A folder gives all files in it and its folders, hidden ones excepted. Raises `UsageError` where there
    are none.
    """
    if argument == STANDARD_INPUT or is_address(argument):
        return [argument]
    path = Path(argument)
    if _is_folder(path):
        return _in_folder(path, passed)
    if _PATTERN.search(argument) and not _exists(path):
        return _matching(argument, passed)
    return [argument]


def is_address(argument: str) -> bool:
    """Whether it is an address rather than a file."""
    return "://" in argument


def find(file: str, passed: Passed) -> Iterator[Found]:
    """The documents in one file, address or standard input, not opened yet.

    What a container passes over is counted in `passed`. Raises `UsageError` where the file cannot be
    opened, and where a container breaks off.
    """
    if is_address(file):
        yield Found(file, "page", partial(fetched_document, file))
        return
    label = "standard input" if file == STANDARD_INPUT else file
    stem = "stdin" if file == STANDARD_INPUT else Path(file).stem
    name = "" if file == STANDARD_INPUT else file
    with told(file), _opened(file) as stream:
        yield from find_in(stream, label, stem, passed, name=name, path=Path(file) if name else None)


def find_in(
    stream: BinaryIO, label: str, stem: str, passed: Passed, *, name: str = "", path: Path | None = None
) -> Iterator[Found]:
    """The documents in an open file, as `find` gives them; `name` is evidence of what kind it is."""
    head = stream.read(HEAD)
    kind, mismatch = sniff(head, name, label)
    if kind not in CONTAINERS:
        rest = stream.read(MAX_BYTES + 1 - len(head))
        data = within_limits(head + rest, label, path)
        yield _single(data, label, name, stem, Markup(data) if kind is Kind.HTML else None)
        return
    joined = io.BufferedReader(_Rejoined(head, stream))
    for part in _CONTAINERS[kind](joined, label, passed):
        opening = _noted(part.open, mismatch)
        yield Found(part.label, f"{stem}-{part.number}", opening, part=True, markup=part.markup)


def fetched_document(
    url: str, published: date | None = None, fetch: Callable[[str], Fetched] | None = None
) -> Document:
    """The document at an address. Raises `UsageError` where it cannot be had."""
    from inforce.reading.formats.fetch import Fetcher  # noqa: PLC0415 - files need no network

    got = (fetch or Fetcher().fetch)(url)
    # The media type is no evidence like a name: servers give it to whatever they serve.
    name = ".html" if got.media_type in ("text/html", "application/xhtml+xml") else ""
    document = document_from_bytes(
        got.body, url, name=name, published=published, charset=got.charset, url=got.url
    )
    notes = (f"redirected to {got.url}", *document.notes) if got.url != url else document.notes
    return msgspec.structs.replace(document, source=got.url, url=got.url, notes=notes)


def _single(data: bytes, label: str, name: str, stem: str, markup: Markup | None) -> Found:
    def opened(published: date | None) -> Document:
        return document_from_bytes(data, label, name=name, published=published)

    return Found(label, stem, opened, markup=markup)


def _noted(opening: Callable[[date | None], Document], note: str | None) -> Callable[[date | None], Document]:
    def opened(published: date | None) -> Document:
        document = opening(published)
        return msgspec.structs.replace(document, notes=(note, *document.notes)) if note else document

    return opened


def _opened(file: str) -> BinaryIO:
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb") if file == STANDARD_INPUT else Path(file).open("rb")


class _Rejoined(io.RawIOBase):
    """A stream from whose beginning some bytes were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest, self._at = head, rest, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:  # fastwarc asks where it is
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _in_folder(folder: Path, passed: Passed) -> list[str]:
    files = []
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        here = Path(place)
        hidden = [name for name in (*folders, *names) if name.startswith(".")]
        links = [name for name in folders if name not in hidden and (here / name).is_symlink()]
        passed["hidden"] += len(hidden)
        passed["links to folders"] += len(links)
        folders[:] = sorted(name for name in folders if name not in hidden and name not in links)
        for name in sorted(set(names) - set(hidden)):
            file = here / name
            if file.is_file() or not file.exists():  # a broken link is told when it is opened
                files.append(str(file))
            else:
                passed["no regular files"] += 1
    if failed:
        raise UsageError(f"{failed[0].filename}: cannot be looked into ({failed[0].strerror}); check it")
    if not files:
        raise UsageError(f"{folder}: holds no file to read; give a folder with articles in it")
    return sorted(files)


def _matching(pattern: str, passed: Passed) -> list[str]:
    files: list[str] = []
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob refuses absolute ones
        path = Path(match)
        if _is_folder(path):
            passed["folders"] += 1
        else:
            files.append(match)
    if not files:
        raise UsageError(f"{pattern}: no file matches this pattern; check it")
    return files


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
