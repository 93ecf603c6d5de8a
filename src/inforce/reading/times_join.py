"""Puts neighbouring expressions of time together: "between A and B", "A to B", "two weeks after A", lists."""

from __future__ import annotations

import msgspec

from inforce.reading import times_calendar as cal
from inforce.reading.time_model import Relation, Time
from inforce.reading.times_relative import follow

_DASHES = "-–—‑"
_JOINTS = {"to": "to", "until": "to", "till": "to", "through": "to", "and": "and", ",": "list", "or": "list"}
#: The longest joint, with its blanks (code points).
_JOINT_REACH = 12


def related(point: str | None, relation: Relation | None) -> str | None:
    """The interval that a word like "since" or "by" makes of a date."""
    if point is None or relation is None:
        return point
    first, _, last = point.partition("/")
    if relation in ("by", "before", "until"):
        last = last or first
        # What is so by the end of December is so by the end of the year.
        return f"../{last[:4] if len(last) == 7 and last.endswith('-12') else last}"
    return f"{first}/.."


def join(text: str, times: list[Time]) -> list[Time]:
    """The expressions with intervals, steps and lists of dates put together."""
    joined: list[Time] = []
    for time in times:
        previous = joined[-1] if joined else None
        how = _joint(text[previous.end : time.start]) if previous else None
        if previous is None or how is None:
            joined.append(time)
            continue
        if how == "adjacent":
            joined[-1:] = _stepped(text, previous, time)
            continue
        if how == "list" and (headed := _headed_by_year(text, previous, time)) is not None:
            joined[-1:] = [headed]
            continue
        earlier = _with_year_of(previous, time)
        span = _span(text, earlier, time, how)
        joined[-1:] = [span] if span else [earlier, time]
    return joined


def _joint(between: str) -> str | None:
    """How two neighbours are joined: "to", "and", "list", "adjacent", or not at all."""
    if len(between) > _JOINT_REACH:
        return None
    plain = between.strip()
    if not plain:
        return "adjacent"
    return "to" if len(plain) == 1 and plain in _DASHES else _JOINTS.get(plain.lower())


def _stepped(text: str, first: Time, second: Time) -> list[Time]:
    """Two neighbours with only a blank between them.

    "Six months after 27 June" is one date, the same day of the month as far as that is known; "from
    January until March" one interval.
    """
    if second.relation in ("until", "by"):
        span = _span(text, first, second, "to")
        return [span] if span else [first, second]
    step = first.offset
    if step is None or not first.anchor or not first.text.lower().endswith(("after", "before", "following")):
        return [first, second]
    if second.point is None or "/" in second.point or second.relation is not None:
        return [first, second]
    point = follow(msgspec.structs.replace(step, exact=True), second.point)
    if point is None:
        return [first, second]
    return [
        Time(
            start=first.start,
            end=second.end,
            text=text[first.start : second.end],
            edtf=related(point, first.relation),
            precision=cal.fineness_of(point),
            relative=second.relative,
            kind=first.kind,
            duration=first.duration,
            point=point,
            relation=first.relation,
        )
    ]


def _headed_by_year(text: str, year: Time, day: Time) -> Time | None:
    """ "1997, 18 September: ..." at the head of a line is one date."""
    offset = day.offset
    head = text[: year.start].rstrip(" \t-–—•*·")
    if not year.text.isdigit() or year.relation or not day.yearless or (head and head[-1] != "\n"):
        return None
    if offset is None or offset.month is None or day.relation is not None:
        return None
    point = cal.edtf(int(year.text), offset.month, offset.day)
    if point is None:
        return None
    return msgspec.structs.replace(
        day,
        start=year.start,
        text=text[year.start : day.end],
        edtf=point,
        point=point,
        relative=False,
        offset=None,
    )


def _with_year_of(earlier: Time, later: Time) -> Time:
    """A date without year in a list takes the one that puts it before the list's dated end.

    "27 June and 10 July 2025": 27 June 2025; "27 December and 10 January 2026": 27 December 2025.
    """
    offset = earlier.offset
    if (
        not earlier.yearless
        or offset is None
        or offset.month is None
        or later.relative
        or later.point is None
    ):
        return earlier
    last = later.point.partition("/")[0]
    bounds = cal.span_of(last)
    if bounds is None or cal.fineness_of(last) == "year":
        return earlier
    years = (bounds[0].year, bounds[0].year - 1)
    point = next((p for y in years if (p := cal.edtf(y, offset.month, offset.day)) and p < last), None)
    if point is None:
        return earlier
    return msgspec.structs.replace(
        earlier, point=point, edtf=related(point, earlier.relation), relative=False, offset=None
    )


def _span(text: str, first: Time, last: Time, how: str) -> Time | None:
    """One interval out of two dates; None where the words before and between them make none."""
    if not first.point or not last.point or "/" in first.point or "/" in last.point:
        return None
    start = first.start
    if how == "and":
        lead = text[max(0, start - 12) : start].lower().rstrip()
        if not lead.endswith("between") or first.relation or last.relation:
            return None
        start -= len(text[max(0, start - 12) : start]) - len(lead) + len("between")
    elif (
        how == "list"
        or first.relation not in (None, "from", "since")
        or last.relation not in (None, "until", "by")
    ):
        return None
    end = _not_before(first.point, last)
    edtf = f"{first.point}/{end}"
    if end is None or cal.span_of(edtf) is None:
        return None
    relative = first.relative or last.relative
    return Time(start, last.end, text[start : last.end], edtf, "interval", relative, "span", point=edtf)


def _not_before(first: str, last: Time) -> str | None:
    """The end of an interval; where its year was left out, the first such date after the beginning."""
    bounds = cal.span_of(first)
    if bounds is None or last.point is None or not last.yearless or last.offset is None:
        return last.point
    end = cal.span_of(last.point)
    if end and end[0] >= bounds[0] and end[0].year - bounds[0].year <= 1:
        return last.point
    return follow(last.offset, bounds[0].isoformat())
