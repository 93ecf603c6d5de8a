"""One document of several in a file, not opened yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from inforce.reading.model import Document


class Markup(NamedTuple):
    """A page before its text is extracted, and the charset that its transport declared."""

    data: bytes
    charset: str | None = None


class Part(NamedTuple):
    """A document's number in its file, its name in messages, how to open it, what its page is made from.

    `crawled` is the day on which a crawler got it: it tells which days an archive covers, and dates no text.
    """

    number: int
    label: str
    open: Callable[[date | None], Document]
    markup: Markup | None = None
    crawled: str | None = None
