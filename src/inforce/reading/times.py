"""Finds the dates, intervals and lengths of time in English prose, and says which they are.

A word list and a grammar of shapes (`data/times.yaml`) find candidates in one linear pass; the words
around a candidate decide whether it is a time at all ("may pass", "1,340", "Article 20"), open or close
an interval ("since", "by"), and join two ("between 2003 and 2012").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from inforce.reading import times_calendar as cal
from inforce.reading.time_model import Kind, Lean, Offset, Prefer, Reading, Relation, Time
from inforce.reading.times_context import accepts, is_name, relation_at, separator
from inforce.reading.times_grammar import finder
from inforce.reading.times_resolve import follow, read

__all__ = ["Kind", "Offset", "Prefer", "Relation", "Time", "find_times", "reread", "resolve_relative"]

#: How far beyond a refused candidate another one that begins inside it may reach.
_REACH = 60


def find_times(text: str, published: date | None, prefer: Prefer | None = None) -> tuple[Time, ...]:
    """The expressions of time in `text`, in order and without overlap, the longest at each place.

    Relative ones are reckoned from `published`; where it is None they have no date. A date without its
    year is the nearest one, or, with `prefer`, the last or the next; a lone weekday is the last one
    unless `prefer` is "future". Offsets count code points. Raises nothing, on any text.
    """
    safe = _encodable(text)
    single = [t for t in _singles(safe, published, prefer)]
    joined = _join(safe, single)
    if safe is text:
        return tuple(joined)
    return tuple(msgspec.structs.replace(t, text=text[t.start : t.end]) for t in joined)


def reread(time: Time, published: date | None, prefer: Prefer | None) -> Time:
    """The same expression reckoned with another preference, for a caller who knows the tense."""
    inner = find_times(time.text, published, prefer)
    if len(inner) != 1 or inner[0].text != time.text:
        return time
    return msgspec.structs.replace(inner[0], start=time.start, end=time.end, name_like=time.name_like)


def resolve_relative(time: Time, reference: str, exact: bool = False) -> str | None:
    """What `time` means beside another date of the text, given as EDTF; None where that is not certain.

    "three years later" beside `2012` gives `2015`, "that December" beside `2005-05` `2005-12`. A date
    that lacks its year is put on or after the reference. The result is no finer than both the reference
    and the step ("two months before 9 January 2012": `2011-11`) unless `exact` asks for the day.
    """
    if time.offset is None:
        return time.edtf
    start, _, end = reference.partition("/")
    base = start if start not in ("", "..") else end
    offset = msgspec.structs.replace(time.offset, exact=True) if exact else time.offset
    point = follow(offset, base)
    return _related(point, time.relation) if point else None


def _encodable(text: str) -> str:
    """`text` with lone surrogates, which no encoding has, replaced one by one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _singles(text: str, published: date | None, prefer: Prefer | None) -> Iterator[Time]:
    done = 0
    for match in finder().finditer(text):
        start, end = match.span()
        if start < done:
            continue
        for time in _accepted(text, start, end, published, prefer):
            done = time.end
            yield time


def _accepted(
    text: str, start: int, end: int, published: date | None, prefer: Prefer | None
) -> Iterator[Time]:
    """The candidate, or, where the context refuses it, what begins inside it."""
    time = _single(text, start, end, published, prefer)
    if time is not None:
        yield time
        return
    begin = start
    while begin < end and text[begin].isalnum():
        begin += 1
    if begin >= end:
        return
    stop = min(len(text), end + _REACH)
    while stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
        stop -= 1
    match = finder().search(text[begin:stop])
    if match is not None and begin + match.start() < end:
        yield from _accepted(text, begin + match.start(), begin + match.end(), published, prefer)


def _single(text: str, start: int, end: int, published: date | None, prefer: Prefer | None) -> Time | None:
    relation = relation_at(text, start, end)[0]
    found = read(text[start:end], published, _lean(relation, prefer))
    if found is None or not accepts(text, start, end, *found):
        return None
    candidate, reading = found
    return _time(text, start, end, reading, name_like=candidate.shape == "year" and is_name(text, start, end))


def _lean(relation: Relation | None, prefer: Prefer | None) -> Lean | None:
    """ "Since July" looks back; "until July" rather ahead, where the tense is not known."""
    if relation == "since":
        return "past"
    if prefer or relation in (None, "after"):
        return prefer
    return "onward" if relation == "from" else "ahead"


def _time(text: str, start: int, end: int, reading: Reading, name_like: bool) -> Time:
    relation: Relation | None = None
    if reading.kind != "duration" and not name_like:
        relation, start, end = relation_at(text, start, end)
    point = reading.point
    opened = relation is not None
    return Time(
        start=start,
        end=end,
        text=text[start:end],
        edtf=_related(point, relation) if point else None,
        precision="interval" if opened else reading.precision,
        relative=reading.relative,
        kind="span" if opened else reading.kind,
        duration=reading.duration,
        anchor=reading.anchor,
        name_like=name_like,
        point=point,
        relation=relation,
        offset=reading.offset,
    )


def _related(point: str | None, relation: Relation | None) -> str | None:
    """The interval that a relation makes of a date."""
    if point is None or relation is None:
        return point
    first, _, last = point.partition("/")
    if relation in ("by", "before", "until"):
        last = last or first
        # By the end of a year is by that year.
        return f"../{last[:4] if len(last) == 7 and last.endswith('-12') else last}"
    return f"{first}/.."


def _join(text: str, times: list[Time]) -> list[Time]:
    """Put "between A and B", "from A to B" and "A-B" together, and give listed dates a shared year."""
    joined: list[Time] = []
    for time in times:
        previous = joined[-1] if joined else None
        how = separator(text[previous.end : time.start]) if previous else None
        if previous is None or how is None:
            joined.append(time)
            continue
        earlier = _with_year_of(previous, time)
        span = _span(text, earlier, time, how)
        if span is not None:
            joined[-1] = span
        else:
            joined[-1] = earlier
            joined.append(time)
    return joined


def _with_year_of(earlier: Time, later: Time) -> Time:
    """A listed date without year belongs before the dated one that ends the list ("27 June and 10 July 2025")."""
    offset = earlier.offset
    if (
        not earlier.yearless
        or offset is None
        or later.relative
        or later.point is None
        or offset.month is None
    ):
        return earlier
    if cal.fineness_of(later.point) != earlier.precision and earlier.relation is None:
        return earlier
    bounds = cal.span_of(later.point)
    if bounds is None:
        return earlier
    point = next(
        (
            p
            for year in (bounds[0].year, bounds[0].year - 1)
            if (p := cal.edtf(year, offset.month, offset.day)) and p < later.point
        ),
        None,
    )
    if point is None:
        return earlier
    return msgspec.structs.replace(
        earlier, point=point, edtf=_related(point, earlier.relation), relative=False
    )


def _span(text: str, first: Time, last: Time, how: str) -> Time | None:
    """One interval out of two dates; None where the words between and before them make none."""
    if first.point is None or last.point is None or last.relation not in (None, "until"):
        return None
    between = (
        text[: first.start].rstrip()[-8:].lower() == " between"[-8:]
        or text[: first.start].strip().lower() == "between"
    )
    if how == "and" and not (between and first.relation is None):
        return None
    if how == "list" or (how == "to" and first.relation not in (None, "from", "since")):
        return None
    edtf = f"{first.point}/{last.point}"
    if "/" in first.point or "/" in last.point or cal.span_of(edtf) is None:
        return None
    start = text[: first.start].lower().rindex("between") if how == "and" else first.start
    return Time(
        start,
        last.end,
        text[start : last.end],
        edtf,
        "interval",
        first.relative or last.relative,
        "span",
        point=edtf,
    )
