"""The forms in which English writes amounts, compiled from `data/amounts.yaml`, and what each is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import msgspec
import re2

from inforce.reading.amount_model import Comparator, Unit, Value
from inforce.reading.linear import re2_options
from inforce.reading.numerals import CARDINALS, ORDINALS, SCALES, read_number, read_ordinal

Meaning = tuple[Value, Unit, str | None]
Slots = dict[str, str]

_BLANK = r"(?:[\s\x{a0}\x{202f}]{1,2})"
_DASH = "[-–—‑]"
_GROUP = re.compile(r"\(\?P<\w+>")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\n": " ", "‑": "-"})
_DENOMINATORS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
_LONG_SCALES = tuple(scale for scale in SCALES if len(scale) > 3)


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    comparators: dict[str, Comparator]
    comparators_after: dict[str, Comparator]
    vague: dict[str, float]
    loose: dict[str, tuple[float, float, float]]
    nothing: tuple[str, ...]
    currency_signs: dict[str, str]
    currency_codes: str
    currency_names: dict[str, str | None]
    percent: tuple[str, ...]
    superlatives: str
    labels: str
    verbs_too: str
    clock: str
    compounds: str
    ordered: str
    pronoun_heads: str


@cache
def _words() -> _Words:
    raw = (resources.files("inforce.reading") / "data" / "amounts.yaml").read_bytes()
    return msgspec.yaml.decode(raw, type=_Words)


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the lists of `data/amounts.yaml` that are written as one text."""
    return frozenset(getattr(_words(), name).split())


def _any_of(options: Iterable[str]) -> str:
    ordered = sorted(options, key=lambda o: (-len(o), o))
    return "|".join(re.escape(o).replace(r"\ ", _BLANK) for o in ordered)


def _number_pattern() -> str:
    grouped = r"\d{1,3}(?:[,\x{a0}\x{202f} ]\d{3})+(?:\.\d{1,3})?|\d{1,3}(?:\.\d{3}){2,4}"
    digits = rf"(?:{grouped}|\d{{1,15}}(?:[.,]\d{{1,6}})?)"
    scale = rf"(?:{_any_of(_LONG_SCALES)})"
    attached = rf"(?:{_BLANK}?(?:bn|mn|mln|bln|tn)\b|[mk]\b|(?:{_DASH}|{_BLANK})(?:{scale}|dozen)\b)"
    word = rf"(?:{_any_of([*CARDINALS, *_LONG_SCALES, 'dozen', 'score'])})"
    spelled = rf"(?:an?{_BLANK})?{word}(?:(?:{_DASH}|{_BLANK}(?:and{_BLANK})?){word}){{0,8}}"
    and_half = rf"(?:{_BLANK}and{_BLANK}an?{_BLANK}half(?:{_BLANK}{scale})?)?"
    quarter = rf"an?{_BLANK}quarter{_BLANK}of{_BLANK}an?"
    part = rf"(?:half{_BLANK}an?|an?{_BLANK}half|{quarter}){_BLANK}(?:{scale}|dozen)"
    return rf"(?:{digits}{attached}?|{part}|{spelled}{and_half})"


def _ordinal_pattern() -> str:
    word = rf"(?:an?{_BLANK}hundred|{_any_of([*CARDINALS, *_LONG_SCALES])})"
    last = _any_of(ORDINALS)
    return rf"\d{{1,6}}(?:st|nd|rd|th)|(?:{word}(?:{_DASH}|{_BLANK}(?:and{_BLANK})?)){{0,4}}(?:{last})"


def _share_pattern() -> str:
    """ "A third of", "two fifths"; "a third" alone may be the third of its kind."""
    names = "|".join(_DENOMINATORS)
    gap = f"(?:{_DASH}|{_BLANK})"
    one = rf"(?:(?:an?|one){gap}(?:{names})|half){_BLANK}of\b"
    return rf"{one}|(?:two|three|four|five|seven|nine){gap}(?:{names})s"


def _money_patterns() -> tuple[str, str]:
    """Signs and codes before a sum, and names, codes and signs after it."""
    listed = _words()
    codes = _any_of(listed.currency_codes.split())
    before = rf"(?-i:{_any_of(listed.currency_signs)}|{codes}){_BLANK}?"
    names = rf"(?:{_any_of(listed.currency_names)})\b|(?-i:(?:{codes})\b|€|£|zł\b)"
    return before, names


@cache
def _forms() -> tuple[str, ...]:
    """The forms of an amount, with named groups. Where several fit, the first counts."""
    listed = _words()
    number, (sign, names) = _number_pattern(), _money_patterns()
    compared = rf"(?:(?P<cmp>{_any_of(listed.comparators)}){_BLANK})?"
    unit = rf"(?:{_BLANK}?(?P<percent>{_any_of(listed.percent)})|{_BLANK}?(?:of{_BLANK})?(?P<name>{names}))?"
    after = rf"(?:{_BLANK}(?P<after>{_any_of(listed.comparators_after)})\b|(?P<plus>\+|-plus\b))?"
    joint = rf"(?P<joint>{_BLANK}?{_DASH}{_BLANK}?|{_BLANK}(?:to|and|or){_BLANK})"
    vague = _any_of(listed.vague)
    loose = rf"(?:{_any_of(listed.loose)}){_BLANK}(?:{_any_of(_LONG_SCALES)}|dozen)"
    return (
        rf"{compared}(?:(?P<sign>{sign}))?(?P<number>{number}){unit}{after}",
        rf"{compared}(?:(?P<between>between){_BLANK})?(?:(?P<sign>{sign}))?(?P<number>{number}){joint}"
        rf"(?:{sign})?(?P<number2>{number}){unit}",
        rf"{compared}(?:(?:several|many|a{_BLANK}few){_BLANK})?"
        rf"(?P<vague>(?:{vague})(?:{_BLANK}of{_BLANK}(?:{vague}))?){unit}",
        rf"{compared}(?P<loose>{loose}){unit}",
        rf"(?P<ordinal>{_ordinal_pattern()})"
        rf"(?:(?:{_DASH}|{_BLANK})(?P<superlative>{_any_of(word_set('superlatives'))}))?",
        rf"{compared}(?P<share>{_share_pattern()})",
        rf"(?P<nothing>{_any_of(listed.nothing)})",
    )


@cache
def finder() -> Any:
    """One pattern for all forms; of the matches at a place it takes the longest."""
    return re2.compile(
        "|".join(f"(?:{_GROUP.sub('(?:', form)})" for form in _forms()), re2_options(longest=True)
    )


@cache
def _readers() -> tuple[tuple[Any, tuple[tuple[str, int], ...]], ...]:
    """The pattern of each form, and the places of its named groups."""
    patterns = [re2.compile(form, re2_options(longest=False)) for form in _forms()]
    return tuple((pattern, tuple(pattern.groupindex.items())) for pattern in patterns)


@lru_cache(maxsize=16384)
def read(span: str) -> Meaning | None:
    """The meaning of one amount; None where the span is none."""
    for reader, names in _readers():
        match = reader.fullmatch(span)
        if match is None:
            continue
        meaning = _meaning({name: match[place] for name, place in names if match.start(place) >= 0})
        if meaning is not None:
            return meaning
    return None


def _meaning(slots: Slots) -> Meaning | None:
    if "nothing" in slots:
        return Value(0.0, 0.0, 0.0, "="), "count", None
    if "ordinal" in slots:
        number = read_ordinal(slots["ordinal"])
        unit: Unit = "rank" if "superlative" in slots else "ordinal"
        return (Value(number, number, number, "="), unit, None) if number else None
    if "share" in slots:
        share = _share(slots["share"])
        return (_compared(share, slots), "share", None) if share else None
    value = _quantity(slots)
    if value is None or "percent" in slots:
        return (value, "percent", None) if value else None
    if "sign" in slots or "name" in slots:
        return value, "money", _currency(slots)
    return value, "count", None


def _plain(text: str) -> str:
    return " ".join(text.translate(_SPACES).lower().split())


def _quantity(slots: Slots) -> Value | None:
    if "vague" in slots:
        least = 1.0
        for word in _plain(slots["vague"]).split():
            least *= _words().vague.get(word, 1.0)
        return Value(least, None, least, ">")
    if "loose" in slots:
        head, _, scale = _plain(slots["loose"]).rpartition(" ")
        unit = read_number(f"one {scale}") or 1.0
        about, low, high = _words().loose[head]
        return Value(low * unit, high * unit, about * unit, "~")
    if "number2" in slots:
        return _range(slots)
    number = read_number(slots["number"])
    return None if number is None else _compared(number, slots)


def _range(slots: Slots) -> Value | None:
    """Two numbers as the bounds of one amount; the scale of the second is also the first's, if that has none.

    "27 and 28" are two amounts; "between 27 and 28", "50 to 60 million", "two or three hundred" are one.
    """
    low, high, joint = (
        read_number(slots["number"]),
        read_number(slots["number2"]),
        slots["joint"].strip().lower(),
    )
    if low is None or high is None or (joint == "and") != ("between" in slots):
        return None
    scale = SCALES.get(_plain(slots["number2"]).replace("-", " ").split()[-1].lstrip("0123456789.,"), 1)
    shared = scale > low and not any(word in _plain(slots["number"]) for word in _LONG_SCALES)
    low = low * scale if shared else low
    # "190 or 191" gives two numbers to choose from.
    if low >= high or (joint == "or" and not shared):
        return None
    sign: Comparator = "~" if joint == "or" else ">"
    if "cmp" in slots:
        sign = _words().comparators[_plain(slots["cmp"])]
    return Value(low, high, high if sign == "<" else low, sign)


def _compared(number: float, slots: Slots) -> Value:
    sign: Comparator = "="
    if "cmp" in slots:
        sign = _words().comparators[_plain(slots["cmp"])]
    elif "after" in slots:
        sign = _words().comparators_after[_plain(slots["after"])]
    elif "plus" in slots:
        sign = ">"
    return Value(number if sign in "=>" else None, number if sign in "=<" else None, number, sign)


def _currency(slots: Slots) -> str | None:
    listed = _words()
    if "sign" in slots:
        sign = slots["sign"].strip()
        return listed.currency_signs.get(sign, sign)
    name = _plain(slots["name"])
    if name in listed.currency_names:
        return listed.currency_names[name]
    return listed.currency_signs.get(name) or name.upper()


def _share(text: str) -> float | None:
    words = _plain(text).replace("-", " ").split()
    if words[0] == "half":
        return 0.5
    parts = read_number(words[0])
    below = _DENOMINATORS.get(words[1]) or _DENOMINATORS.get(words[1].removesuffix("s"))
    return (1.0 if parts is None else parts) / below if below else None
