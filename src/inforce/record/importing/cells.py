"""Names and days as depositaries print them: "[Lithuania 2, 3]", "18 Sep 1997", " 9 Jan\\t 2012 a".

Digits glued to a name or a day are marks of notes: no name of a state ends in a digit, and a year has four.
"""

from __future__ import annotations

from typing import NamedTuple

import re2

from inforce.dates import Edtf, parse_edtf
from inforce.errors import UsageError
from inforce.record.importing.model import Printed

_MONTHS = {
    name[:3]: at
    for at, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NAME_MARKS = re2.compile(r"^(.*?[^\d\s,])[\s,]*((?:\d{1,3}[\s,]*)*)$")
_DIGITS = re2.compile(r"\d{1,3}")
#: A day in one of the printed forms; marks may be glued to the year, letters follow, marks again.
_MARKS = r"(?:\s*,?\s*\d{1,3}\b)*"
_DAY = re2.compile(
    r"^[\s,;]*(?P<opened>\[?)\s*(?:"
    r"(?P<day>\d{1,2})\s+(?P<month>" + _MONTH + r")\.?\s+(?P<year>\d{4})"  # 18 Sep 1997
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0+)?Z?)?"  # 1997-09-18
    r"|(?P<european>\d{2}/\d{2}/\d{4})"  # 18/09/1997
    r"|(?P<partial>(?:(?P<in_month>" + _MONTH + r")\.?\s+)?(?P<in_year>\d{4}))"  # Sep 1997, 1997
    r")(?P<glued>(?:\d{1,3}\b)?" + _MARKS + r")\s*,?\s*(?P<letters>[A-Za-z]{1,2}\b)?"
    r"(?P<more>" + _MARKS + r")\s*(?P<closed>\]?)"
)


class PrintedName(NamedTuple):
    """A participant as printed, without its marks; `left` where it stands in brackets."""

    name: str
    marks: tuple[str, ...]
    left: bool


class PrintedDay(NamedTuple):
    """A day with the letters of its act and its marks; `left` where it stands in brackets."""

    date: Edtf
    letters: str
    marks: tuple[str, ...]
    left: bool


def read_name(cell: Printed) -> PrintedName:
    """The participant's name in a cell, which `record.names` then finds."""
    text = cell.text.translate(_SUPERSCRIPTS).strip()
    left = text.startswith("[")
    text = text.replace("[", " ").replace("]", " ").strip() if left else text
    found = _NAME_MARKS.search(text)
    if found is None:
        return PrintedName(text, cell.marks, left)
    return PrintedName(found[1].strip(" ,*"), (*cell.marks, *_DIGITS.findall(found[2])), left)


def read_days(cell: Printed, where: str) -> tuple[PrintedDay, ...]:
    """The days in a cell, none where it is empty; raises `UsageError` where any of it is no day."""
    days: list[PrintedDay] = []
    rest = cell.text.translate(_SUPERSCRIPTS).strip()
    while rest.strip(" ,;"):
        found = _DAY.search(rest)
        if found is None or _runs_on(rest, found.end()):
            raise UsageError(f"{where}: {cell.text[:60]!r} is no day of a depositary's table (18 Sep 1997)")
        days.append(_day(found.groupdict(), where))
        rest = rest[found.end() :]
    if days and cell.marks:
        days[-1] = days[-1]._replace(marks=(*days[-1].marks, *cell.marks))
    return tuple(days)


def _runs_on(text: str, end: int) -> bool:
    """Whether a word or number goes on where a day was found to end."""
    return end < len(text) and text[end - 1].isalnum() and text[end].isalnum()


def _day(parts: dict[str, str | None], where: str) -> PrintedDay:
    try:
        date = parse_edtf(_edtf(parts))
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from None
    marks = (*_DIGITS.findall(parts["glued"] or ""), *_DIGITS.findall(parts["more"] or ""))
    return PrintedDay(date, parts["letters"] or "", marks, bool(parts["opened"] or parts["closed"]))


def _edtf(parts: dict[str, str | None]) -> str:
    """The day as EDTF writes it."""
    if parts["month"]:
        return f"{parts['year']}-{_number(parts['month']):02}-{int(parts['day'] or 0):02}"
    if parts["european"]:
        return "-".join(reversed(parts["european"].split("/")))
    if parts["in_month"]:
        return f"{parts['in_year']}-{_number(parts['in_month']):02}"
    return parts["iso"] or parts["in_year"] or ""


def _number(month: str) -> int:
    return _MONTHS[month[:3].casefold()]
