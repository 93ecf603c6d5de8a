"""Where archives are: files, patterns and folders on this machine, or addresses that fsspec knows (s3://)."""

# ruff: noqa: PLC0415 - fsspec is an extra, and only for addresses

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from inforce.errors import UsageError

_ENDINGS = (".warc", ".warc.gz", ".wet", ".wet.gz", ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


class Input(msgspec.Struct, frozen=True):
    """An archive file: its path or address, its size in bytes, and what changes when the file does."""

    name: str
    size: int
    version: str

    @property
    def is_lines(self) -> bool:
        """Whether it holds JSON lines; else it is a web archive."""
        return self.name.endswith(_LINES)

    @property
    def key(self) -> str:
        """A name for its part of the data set."""
        return hashlib.sha256(self.name.encode("utf-8", "surrogateescape")).hexdigest()[:20]


def inputs(patterns: Sequence[str]) -> list[Input]:
    """The archive files that patterns name, each once, by name; `UsageError` where one names none."""
    found: dict[str, Input] = {}
    for pattern in patterns:
        its = list(_remote(pattern) if "://" in pattern else _local(pattern))
        if not its:
            raise UsageError(f"{pattern}: names no archive; archives end in {', '.join(_ENDINGS)}")
        found |= {one.name: one for one in its}
    return [found[name] for name in sorted(found)]


def _local(pattern: str) -> Iterator[Input]:
    path = Path(pattern)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.name.endswith(_ENDINGS))
    elif path.is_file():
        files = [path]
    else:
        files = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - absolute patterns too
    for file in files:
        if file.is_file() and file.name.endswith(_ENDINGS):
            about = file.stat()
            yield Input(str(file.resolve()), about.st_size, f"{about.st_size}-{about.st_mtime_ns}")


def _remote(pattern: str) -> Iterator[Input]:
    system, path = _system(pattern)
    scheme = pattern.partition("://")[0]
    try:
        for name in sorted(system.glob(path)):
            if name.endswith(_ENDINGS):
                about = system.info(name)
                mark = about.get("ETag") or about.get("LastModified") or about.get("created") or ""
                size = int(about.get("size") or 0)
                yield Input(f"{scheme}://{name.lstrip('/')}", size, f"{size}-{mark}")
    except (OSError, ValueError) as error:
        raise UsageError(f"{pattern}: cannot be listed ({error})") from None


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise UsageError(f"{address}: fsspec is missing; pip install 'inforce[s3]'") from None
    try:
        return cast("tuple[Any, str]", url_to_fs(address))
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: cannot be opened ({error})") from None


@contextmanager
def opened(given: Input) -> Iterator[BinaryIO]:
    """The bytes of an input. Raises `UsageError` where it cannot be opened."""
    try:
        if "://" in given.name:
            system, path = _system(given.name)
            with system.open(path, "rb") as stream:
                yield stream
        else:
            with Path(given.name).open("rb") as stream:
                yield stream
    except OSError as error:
        raise UsageError(f"{given.name}: cannot be read ({error.strerror or error})") from None
