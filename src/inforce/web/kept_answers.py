"""Answers that were cited, kept as they were given: a later record changes nothing in them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

#: Answers kept at most: whoever asks for all addresses in turn must not fill the disk.
_MOST = 100_000
_VERSION = re.compile(r"[0-9a-f]{12}", re.ASCII)


class KeptAnswers:
    """A folder with a file for each answer, by the version of the record that gave it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count: int | None = None

    def get(self, version: str, question: str) -> bytes | None:
        """The answer that this version gave to the question, or None where none was kept."""
        if not _VERSION.fullmatch(version):
            return None
        try:
            return self._file(version, question).read_bytes()
        except OSError:
            return None

    def keep(self, version: str, question: str, answer: bytes) -> bool:
        """Keep an answer, unless there is one already; False where it cannot be kept."""
        place = self._file(version, question)
        if place.exists():
            return True
        if self._counted() >= _MOST:
            return False
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent)
        except OSError:
            return False
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(answer)
            Path(name).replace(place)
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            return False
        self._count = self._counted() + 1
        return True

    def _counted(self) -> int:
        if self._count is None:
            self._count = sum(1 for _ in self.folder.glob("*/*/*.json"))
        return self._count

    def _file(self, version: str, question: str) -> Path:
        name = hashlib.sha256(question.encode()).hexdigest()
        return self.folder / version / name[:2] / f"{name}.json"
