"""What a reader of one format hands on, and how text from elsewhere is made fit to be read."""

from __future__ import annotations

from datetime import date
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import re2

from inforce.dates import parse_day
from inforce.errors import UsageError

_ISO_DAY = re2.compile(r"^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[T ].*)?$")
#: Days that programs write where they know none.
_PLACEHOLDERS = frozenset(
    {date(1, 1, 1), date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1), date(1980, 1, 1)}
)


class Extract(NamedTuple):
    """Text and metadata of one document.

    `evidence` says what names `published`, in words that fit behind "from"; without `published` it is
    what was found and why it dates nothing. `notes` are for whoever asked: what was not read, and what
    was taken for something else.
    """

    text: str
    title: str | None = None
    published: date | None = None
    evidence: str | None = None
    language: str | None = None
    outlet: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()


def one_line(text: object) -> str | None:
    """A title or name on one line; None where there is none."""
    return " ".join(text.split()) or None if isinstance(text, str) else None


def clean(text: str) -> str:
    """Line ends as `\\n`; what is no character (lone surrogates, NUL) as U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def written_day(value: object) -> date | None:
    """The day of a timestamp as metadata write it: ISO 8601 or RFC 5322, in its own time zone.

    None for anything else, and for the days that programs write where they know none.
    """
    if not isinstance(value, str):
        return None
    value = value.strip()
    day = _iso_day(value) or _mail_day(value)
    return None if day in _PLACEHOLDERS else day


def _iso_day(value: str) -> date | None:
    found = _ISO_DAY.search(value)
    try:
        return parse_day("-".join(found.groups())) if found else None
    except UsageError:
        return None


def _mail_day(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def weak_day(created: date | None, changed: date | None) -> tuple[date | None, str | None]:
    """The day of a file that was made and last changed on one day, as weak evidence; else why none."""
    if created is None or created in _PLACEHOLDERS:
        return None, None
    if changed is None or changed == created:
        return created, f"weak evidence: the file says it was made on {created.isoformat()}"
    made = f"the file says it was made on {created.isoformat()} and changed on {changed.isoformat()}"
    return None, f"{made}, which does not date it"
