"""What an expression of time says: a day, an interval or a length, or a step from another date."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from inforce.dates import parse_edtf

Kind = Literal["date", "duration", "span"]
Prefer = Literal["past", "future"]
#: Where a yearless date lies: behind, ahead, or, by the words before it, rather ahead than behind
#: ("ahead" after "until" or "by", "onward" after "from" or "as of"). "Last" asks for one that is over,
#: "next" for one that is to come.
Lean = Literal["past", "future", "ahead", "onward", "over", "to come"]
Relation = Literal["by", "before", "until", "since", "from", "after"]


class Offset(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step from another date.

    `amount` counts `unit`s ("day", "week", "month", "year"), negative for earlier, 0 for "the same".
    Where `month` (1-12, or 21-24 for a season), `day` or `weekday` (Monday 0) is set, the step leads to
    that one: in the year (week) `amount` away, or, where `seek` is set, to the first one on the way.
    "after" counts the reference itself ("September 24" beside 10 September 1996), "next" does not ("the
    following June"). `exact` asks for the day ("six months to the day after"); `year` sets the year ("the
    same day of this year").
    """

    amount: int
    unit: str
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    seek: Literal["after", "next", "before"] | None = None
    exact: bool = False
    year: int | None = None


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """An expression's meaning, apart from its place in a text."""

    kind: Kind
    precision: str
    point: str | None = None
    relative: bool = False
    duration: str | None = None
    offset: Offset | None = None
    anchor: bool = False


class Time(msgspec.Struct, frozen=True):
    """An expression of time in a text; offsets count Unicode code points, `text` is exactly that slice.

    `edtf` is what the whole expression says ("by 2035": `../2035`), `point` the date in it (`2035`).
    Both are None for a duration, for a relative expression in an undated text, and for one that hangs
    on another date of the text (`anchor`; see `resolve_relative`). `relative` marks what was reckoned
    from publication, also where only the year was left out. `duration` is ISO 8601 (`P6M`).
    `name_like` marks a year that is part of a name ("the 1997 convention").
    """

    start: int
    end: int
    text: str
    edtf: str | None
    precision: str
    relative: bool
    kind: Kind
    duration: str | None = None
    anchor: bool = False
    name_like: bool = False
    point: str | None = None
    relation: Relation | None = None
    offset: Offset | None = None

    @property
    def first(self) -> date | None:
        """First day the expression can mean; None where it is open or unknown."""
        return parse_edtf(self.edtf).first if self.edtf else None

    @property
    def last(self) -> date | None:
        """Last day the expression can mean; None where it is open or unknown."""
        return parse_edtf(self.edtf).last if self.edtf else None

    @property
    def yearless(self) -> bool:
        """Whether the year was supplied: another date of the text may know better."""
        return self.offset is not None and not self.anchor
