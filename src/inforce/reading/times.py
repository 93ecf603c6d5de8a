"""Finds the dates, intervals and lengths of time in English prose, and says which they are.

A word list and a grammar of shapes (`data/times.yaml`) find candidates in one linear pass; the words
around a candidate decide whether it is a time at all ("may pass", "1,340", "Article 20"), open or close
an interval ("since", "by"), and join two ("between 2003 and 2012").
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from inforce.reading.time_model import Kind, Lean, Offset, Prefer, Reading, Relation, Time
from inforce.reading.times_context import Related, accepts, is_name, relation_at
from inforce.reading.times_grammar import spans
from inforce.reading.times_join import join, related
from inforce.reading.times_relative import follow
from inforce.reading.times_resolve import read
from inforce.reading.times_slots import Seen

__all__ = ["Kind", "Offset", "Prefer", "Relation", "Time", "find_times", "reread", "resolve_relative"]

#: How far beyond a refused candidate another one that begins inside it may reach (code points).
_REACH = 60


def find_times(text: str, published: date | None, prefer: Prefer | None = None) -> tuple[Time, ...]:
    """The expressions of time in `text`, in order and without overlap, the longest at each place.

    Relative ones are reckoned from `published`; where it is None they have no date. A date without its
    year is the nearest one, or, with `prefer`, the last or the next; a lone weekday is the last one
    unless `prefer` is "future". Offsets count code points. Raises nothing, on any text.
    """
    safe = encodable(text)
    times = join(safe, list(_singles(safe, Seen(published, prefer))))
    if safe is text:
        return tuple(times)
    return tuple(msgspec.structs.replace(t, text=text[t.start : t.end]) for t in times)


def reread(time: Time, published: date | None, prefer: Prefer | None) -> Time:
    """The same expression reckoned with another preference, for a caller who knows the tense.

    A date that needed its neighbour (a year shared in a list) is returned as it is.
    """
    if not time.relative:
        return time
    inner = find_times(time.text, published, prefer)
    if len(inner) != 1 or inner[0].text != time.text:
        return time
    return msgspec.structs.replace(inner[0], start=time.start, end=time.end, name_like=time.name_like)


def resolve_relative(
    time: Time, reference: str, *, exact: bool = False, inverse: bool = False, point: bool = False
) -> str | None:
    """What `time` means beside another date of the text, given as EDTF; None where that is not certain.

    "three years later" beside `2012` gives `2015`, "that December" beside `2005-05` `2005-12`. A date
    that lacks its year is put on or after the reference. The result is no finer than both the reference
    and the step ("two months before 9 January 2012": `2011-11`) unless `exact` asks for the day.
    `inverse` goes the other way: "eight years after it signed", said of an act of `2025-09`, dates the
    signature (`2017`). `point` leaves out what a word like "until" makes of the date. An absolute `time`
    is returned as it is.
    """
    if time.offset is None:
        return time.point if point else time.edtf
    start, _, end = reference.partition("/")
    offset = time.offset
    if exact or inverse:
        amount = -offset.amount if inverse else offset.amount
        offset = msgspec.structs.replace(offset, amount=amount, exact=exact or offset.exact)
    found = follow(offset, start if start not in ("", "..") else end)
    return found if point or found is None else related(found, time.relation)


def encodable(text: str) -> str:
    """`text` with lone surrogates, which no encoding has, replaced one by one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _singles(text: str, seen: Seen) -> Iterator[Time]:
    done = 0
    for start, end in spans(text):
        time = _first_accepted(text, start, end, done, seen) if start >= done else None
        if time is not None:
            done = time.end
            yield time


def _first_accepted(text: str, start: int, end: int, floor: int, seen: Seen) -> Time | None:
    """The candidate, or, where the context refuses it, the first one that begins inside it and stands."""
    limit = end
    while True:
        time = _single(text, start, end, floor, seen)
        if time is not None:
            return time
        while start < limit and text[start].isalnum():
            start += 1
        stop = min(len(text), limit + _REACH)
        while limit < stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
            stop -= 1
        found = next(spans(text, start, stop), None) if start < limit else None
        if found is None or found[0] >= limit:
            return None
        start, end = found


def _single(text: str, start: int, end: int, floor: int, seen: Seen) -> Time | None:
    around = relation_at(text, start, end, floor)
    found = read(text[start:end], seen.published, _lean(around.relation, seen.lean))
    if found is None or not accepts(text, start, end, found[0]):
        return None
    candidate, reading = found
    name_like = candidate.shape == "year" and is_name(text, start, end)
    if name_like or reading.kind == "duration":
        around = Related(None, start, end)
    return _time(text, around, reading, name_like)


def _lean(relation: Relation | None, prefer: Lean | None) -> Lean | None:
    """ "Since July" looks back; "until July" rather ahead, where the tense is not known."""
    if relation == "since":
        return "past"
    if prefer or relation in (None, "after"):
        return prefer
    return "onward" if relation == "from" else "ahead"


def _time(text: str, around: Related, reading: Reading, name_like: bool) -> Time:
    relation = around.relation
    return Time(
        start=around.start,
        end=around.end,
        text=text[around.start : around.end],
        edtf=related(reading.point, relation),
        precision="interval" if relation else reading.precision,
        relative=reading.relative,
        kind="span" if relation else reading.kind,
        duration=reading.duration,
        anchor=reading.anchor,
        name_like=name_like,
        point=reading.point,
        relation=relation,
        offset=reading.offset,
    )
