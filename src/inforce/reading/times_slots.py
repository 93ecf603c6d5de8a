"""What the words in a slot of a shape stand for: a month's number, a unit, how many, whose year."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.reading import times_calendar as cal
from inforce.reading.numerals import read_number
from inforce.reading.time_model import Lean, Offset, Reading
from inforce.reading.times_grammar import words

Slots = dict[str, str]

_QUOTES = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "‑": "-"})
_FEW = {
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a half": 0.5,
    "a quarter of a": 0.25,
    "a quarter of an": 0.25,
}
_FEW |= {"a": 1.0, "an": 1.0, "another": 1.0, "a couple of": 2.0}

#: The month in which a part of the year lies.
PART_OF_YEAR = {"beginning": 1, "start": 1, "turn": 1, "middle": 6, "end": 12, "close": 12}


class Seen(msgspec.Struct, frozen=True):
    """From where a text is read: the day of publication, if known, and which way its dates lean."""

    published: date | None
    lean: Lean | None

    def year(self, away: int) -> int | None:
        """The year so many away from that of publication; None where there is none."""
        year = self.published.year + away if self.published else 0
        return year if 1 <= year <= 9999 else None


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single blanks."""
    return " ".join(text.translate(_QUOTES).lower().split())


def month_of(slots: Slots) -> int:
    name = slots["month"].rstrip(".").capitalize()
    return words().months.get(name) or words().month_abbreviations[name]


def weekday_of(slots: Slots) -> int | None:
    name = slots.get("weekday", "").rstrip(".")
    return words().weekdays.get(name.lower(), words().weekday_abbreviations.get(name.capitalize()))


def unit_of(slots: Slots) -> str:
    name = slots["unit"].lower()
    return words().units.get(name) or words().units[name.removesuffix("s")]


def deictic(slots: Slots) -> int:
    """Which one as seen from publication: -1 the last, 0 this, 1 the next."""
    return words().deictic[plain(slots["deictic"])]


def anaphoric(slots: Slots) -> int:
    """Which one as seen from another date: -1 the one before, 0 the same, 1 the one after."""
    if "anaphoric" in slots:
        return words().anaphoric[plain(slots["anaphoric"])]
    return -1 if slots["side"].lower() in ("before", "earlier") else 1


def part_of(slots: Slots) -> str:
    return plain(slots.get("part", "")).removeprefix("the ").removesuffix(" of")


def is_exact(slots: Slots) -> bool:
    shifted = plain(slots.get("shift", "")) + plain(slots.get("sharp", ""))
    return (
        plain(slots.get("exact", "")) in ("exactly", "precisely")
        or "to the day" in shifted
        or "today" in shifted
    )


def length_of(slots: Slots) -> Offset | None:
    """How long: number and unit; None where no whole number of days, weeks, months or years is that long."""
    few = plain(slots["num"]).replace("-", " ")
    amount = _FEW[few] if few in _FEW else read_number(few)
    if amount is None:
        return None
    return cal.step(amount + (0.5 if slots.get("half") else 0.0), unit_of(slots))


def hint_of(slots: Slots) -> tuple[str, int] | None:
    """Whose year a hint names: that of "published" or of a "reference" in the text, and how many on."""
    hint = plain(slots.get("hint", ""))
    if not hint:
        return None
    if hint == "the new year":
        return "published", 1
    word = hint.removesuffix(" year")
    if word in words().anaphoric:
        return "reference", words().anaphoric[word]
    if hint.startswith("the year"):
        return "reference", 1 if hint.endswith("after") else -1
    return "published", words().deictic[word]


def dated(precision: str, point: str | None, relative: bool = False, offset: Offset | None = None) -> Reading:
    return Reading("date", precision, point, relative, offset=offset)


def anchored(precision: str, offset: Offset, duration: str | None = None) -> Reading:
    return Reading("date", precision, None, True, duration, offset, anchor=True)


def interval(point: str | None, relative: bool = False, precision: str = "interval") -> Reading:
    return Reading("span", precision, point, relative)


def grain(offset: Offset) -> str:
    """How finely a step by such units is told."""
    return "day" if offset.exact or offset.unit == "week" else offset.unit
