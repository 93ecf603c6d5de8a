"""Finds the amounts in English prose: counts, sums of money, shares, ranks; and how exact each is said to be.

Words are data (`data/amounts.yaml`). One linear-time pattern finds candidates; a second look at the
short candidate alone reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Literal

import msgspec
import re2

from inforce.reading.numerals import CARDINALS, ORDINALS, SCALES, read_number, read_ordinal
from inforce.reading.time_model import Time
from inforce.reading.times import find_times

Comparator = Literal["=", ">", "<", "~"]
Unit = Literal["count", "money", "percent", "share", "rank", "ordinal"]


class Amount(msgspec.Struct, frozen=True):
    """An amount in a text; offsets count Unicode code points, `text` is exactly that slice.

    `value` and `comparator` follow the contract of the answer: the lower bound of a range or of "tens of
    thousands" with ">", the number itself otherwise. `low` and `high` are the bounds where the text has
    any. `unit` is "money" (then `currency` is its ISO 4217 code, None where the text leaves open whose
    crowns they are), "percent", "share" (of one: "a third" is 0.333), "rank" ("fifth largest"), "ordinal"
    ("112th"), else "count".
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    value: float
    comparator: Comparator
    unit: Unit = "count"
    currency: str | None = None


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
    pronoun_heads: str


class _Value(msgspec.Struct, frozen=True):
    low: float | None
    high: float | None
    value: float
    comparator: Comparator


_BLANK = r"(?:[\s\x{a0}\x{202f}]{1,2})"
_DASH = "[-–—‑]"
_GROUP = re.compile(r"\(\?P<\w+>")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\n": " ", "‑": "-"})
_DENOMINATORS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def find_amounts(text: str, times: tuple[Time, ...] | None = None) -> tuple[Amount, ...]:
    """The amounts in `text`, in order and without overlap, the longest at each place.

    Numbers inside `times` (found here where not given) are dates and lengths of time, no amounts.
    Offsets count code points. Raises nothing, on any text.
    """
    if not text.isascii():
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    taken = find_times(text, None) if times is None else times
    return tuple(_outside(_amounts(text), taken))


def _outside(amounts: Iterator[Amount], times: tuple[Time, ...]) -> Iterator[Amount]:
    place = 0
    for amount in amounts:
        while place < len(times) and times[place].end <= amount.start:
            place += 1
        if place == len(times) or times[place].start >= amount.end:
            yield amount


@cache
def _words() -> _Words:
    raw = (resources.files("inforce.reading") / "data" / "amounts.yaml").read_bytes()
    return msgspec.yaml.decode(raw, type=_Words)


def _any_of(options: Any) -> str:
    ordered = sorted(options, key=lambda o: (-len(o), o))
    return "|".join(re.escape(o).replace(r"\ ", _BLANK) for o in ordered)


@cache
def _patterns() -> dict[str, str]:
    listed = _words()
    digits = (
        r"\d{1,3}(?:[,\x{a0}\x{202f} ]\d{3})+(?:\.\d{1,3})?|\d{1,3}(?:\.\d{3}){2,4}|\d{1,15}(?:[.,]\d{1,6})?"
    )
    scale = "hundred|thousand|million|billion|trillion"
    short = "(?i:bn|mn|mln|bln|tn)|[mMkK]"
    word = "|".join(
        sorted([*CARDINALS, *(s for s in SCALES if len(s) > 3), "dozen", "score"], key=lambda w: -len(w))
    )
    spelled = rf"(?:an?{_BLANK})?(?:{word})(?:(?:{_DASH}|{_BLANK}|{_BLANK}and{_BLANK})(?:{word})){{0,8}}"
    part = rf"half{_BLANK}an?{_BLANK}(?:{scale}|dozen)|an?{_BLANK}quarter{_BLANK}of{_BLANK}an?{_BLANK}(?:{scale})"
    half = rf"(?:{_BLANK}and{_BLANK}an?{_BLANK}half(?:{_BLANK}(?:{scale}))?)?"
    number = rf"(?:(?:{digits})(?:{_BLANK}?(?:{short})\b|[ -]?{_BLANK}?(?:{scale}|dozen))?|{part}|(?:{spelled}){half})"
    vague = rf"(?:(?:several|many|a{_BLANK}few){_BLANK})?(?:{_any_of(listed.vague)})(?:{_BLANK}of{_BLANK}(?:{_any_of(listed.vague)}))?"
    loose = rf"(?:{_any_of(listed.loose)}){_BLANK}(?:hundred|thousand|million|billion|dozen)"
    sign = rf"(?-i:{_any_of([*listed.currency_signs, *listed.currency_codes.split()])})"
    names = rf"(?:{_any_of(listed.currency_names)})\b|(?-i:{_any_of(listed.currency_codes.split())})\b|€"
    return {
        "cmp": rf"(?P<cmp>{_any_of(listed.comparators)}){_BLANK}",
        "between": rf"(?P<between>between|from){_BLANK}",
        "sign": rf"(?P<sign>{sign}){_BLANK}?",
        "sign2": rf"(?:{sign}){_BLANK}?",
        "number": f"(?P<number>{number})",
        "number2": f"(?P<number2>{number})",
        "vague": f"(?P<vague>{vague})",
        "loose": f"(?P<loose>{loose})",
        "join": rf"(?:{_BLANK}?{_DASH}{_BLANK}?|{_BLANK}to{_BLANK}|{_BLANK}and{_BLANK})",
        "unit": rf"(?:{_BLANK}?(?P<percent>{_any_of(listed.percent)})|{_BLANK}?(?:of{_BLANK})?(?P<name>{names}))",
        "after": rf"(?:{_BLANK}(?P<after>{_any_of(listed.comparators_after)})\b|(?P<plus>\+))",
        "nothing": f"(?P<nothing>{_any_of(listed.nothing)})",
        "ordinal": rf"(?P<ordinal>\d{{1,6}}(?:st|nd|rd|th)|(?:(?:{word})(?:{_DASH}|{_BLANK}|{_BLANK}and{_BLANK})){{0,4}}"
        rf"(?:{_any_of(ORDINALS)}))",
        "superlative": rf"(?:{_DASH}|{_BLANK})(?P<superlative>{'|'.join(listed.superlatives.split())})",
        "share": rf"(?P<share>(?:an?|one|two|three|four){_DASH}?{_BLANK}?(?:halves|thirds?|quarters?|fifths?|sixths?|tenths?)|half)"
        rf"{_BLANK}(?:of|the|its|their|his|her|that|above|more){_BLANK}?",
    }


@cache
def _forms() -> tuple[str, ...]:
    """The shapes of an amount, with named groups."""
    p = _patterns()
    return (
        rf"(?:{p['cmp']})?(?:{p['between']})?(?:{p['sign']})?{p['number']}{p['join']}(?:{p['sign2']})?{p['number2']}(?:{p['unit']})?",
        rf"(?:{p['cmp']})?(?:{p['sign']})?{p['number']}(?:{p['unit']})?(?:{p['after']})?",
        rf"(?:{p['cmp']})?(?:{p['vague']}|{p['loose']})(?:{p['unit']})?",
        rf"{p['ordinal']}(?:{p['superlative']})?",
        rf"(?:{p['cmp']})?{p['share']}",
        p["nothing"],
    )


def _options(longest: bool) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = longest
    options.never_capture = longest
    options.max_mem = 256 << 20
    options.log_errors = False
    return options


@cache
def _finder() -> Any:
    return re2.compile("|".join(_GROUP.sub("(?:", f) for f in _forms()), _options(longest=True))


@cache
def _readers() -> tuple[Any, ...]:
    return tuple(re2.compile(f, _options(longest=False)) for f in _forms())


def _amounts(text: str) -> Iterator[Amount]:
    done = 0
    for match in _finder().finditer(text):
        start, end = match.span()
        if start < done:
            continue
        for amount in _at(text, start, end):
            done = amount.end
            yield amount


def _at(text: str, start: int, end: int) -> Iterator[Amount]:
    """The candidate as one amount, or, where it is none, the amounts in it."""
    while start < end:
        if not _free_left(text, start):
            start = _next_word(text, start, end)
            continue
        stop = end
        amount = None
        while stop > start and amount is None:
            amount = _one(text, start, stop)
            if amount is None:
                stop = _previous_word(text, start, stop)
        if amount is None:
            start = _next_word(text, start, end)
        else:
            yield amount
            start = amount.end


def _next_word(text: str, start: int, end: int) -> int:
    place = start
    while place < end and (text[place].isalnum() or text[place] in ".,"):
        place += 1
    place = max(place, start + 1)
    while place < end and not text[place].isalnum():
        place += 1
    return place


def _previous_word(text: str, start: int, stop: int) -> int:
    place = stop
    while place > start and text[place - 1].isalnum():
        place -= 1
    place = min(place, stop - 1)
    while place > start and not text[place - 1].isalnum():
        place -= 1
    return place


def _one(text: str, start: int, end: int) -> Amount | None:
    while end > start and text[end - 1].isspace():
        end -= 1
    span = text[start:end]
    if not _free_right(text, end) or _is_label(text, start, span):
        return None
    read = _read(span)
    if read is None or (span.lower() == "one" and _is_pronoun(text, start)):
        return None
    value, unit, currency = read
    return Amount(start, end, span, value.low, value.high, value.value, value.comparator, unit, currency)


def _free_left(text: str, start: int) -> bool:
    if start == 0:
        return True
    left = text[start - 1]
    if left.isalnum() or left == "_":
        return False
    if text[start].isdecimal():
        if left in ".,:/" and start > 1 and text[start - 2].isalnum():
            return False
        return not (left in "-‑–" and start > 1 and text[start - 2].isalnum())
    return not (left in "-‑" and start > 1 and text[start - 2].isalnum())


def _free_right(text: str, end: int) -> bool:
    if end >= len(text):
        return True
    right, beyond = text[end], text[end + 1 : end + 2]
    if right.isalnum() or right in "_%°":
        return text[end - 1] in "€$£"
    if right in "-‑" and beyond.isalpha():
        # "155-millimetre" measures a thing; "300-strong" counts people.
        return text[end + 1 :].lower().startswith(("strong", "odd", "plus"))
    return not (right in ".,:/" and beyond.isdecimal() and text[end - 1].isdecimal())


def _is_label(text: str, start: int, span: str) -> bool:
    if not span[0].isdecimal():
        return False
    before = text[max(0, start - 24) : start].split()
    return bool(before) and before[-1].lower().strip("(.") in _labels()


@cache
def _labels() -> frozenset[str]:
    return frozenset(_words().labels.split())


@cache
def _pronoun_heads() -> frozenset[str]:
    return frozenset(_words().pronoun_heads.split())


def _is_pronoun(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start].split()
    return bool(before) and before[-1].lower() in _pronoun_heads()


@lru_cache(maxsize=16384)
def _read(span: str) -> tuple[_Value, Unit, str | None] | None:
    """The meaning of one amount; None where the span is none."""
    for reader in _readers():
        match = reader.fullmatch(span)
        if match is None:
            continue
        slots = {k: v for k, v in match.groupdict().items() if v is not None}
        found = _meaning(slots)
        if found is not None:
            return found
    return None


def _meaning(slots: dict[str, str]) -> tuple[_Value, Unit, str | None] | None:
    if "nothing" in slots:
        return _Value(0.0, 0.0, 0.0, "="), "count", None
    if "ordinal" in slots:
        number = read_ordinal(slots["ordinal"])
        unit: Unit = "rank" if "superlative" in slots else "ordinal"
        return (_Value(number, number, number, "="), unit, None) if number else None
    if "share" in slots:
        share = _share(slots["share"])
        return (_compared(share, slots), "share", None) if share else None
    value = _quantity(slots)
    if value is None:
        return None
    if "percent" in slots:
        return value, "percent", None
    if "sign" in slots or "name" in slots:
        return value, "money", _currency(slots)
    return value, "count", None


def _plain(text: str) -> str:
    return " ".join(text.translate(_SPACES).lower().split())


def _quantity(slots: dict[str, str]) -> _Value | None:
    if "vague" in slots:
        parts = [w for w in _plain(slots["vague"]).split() if w in _words().vague]
        least = 1.0
        for part in parts:
            least *= _words().vague[part]
        return _Value(least, None, least, ">")
    if "loose" in slots:
        head, _, scale = _plain(slots["loose"]).rpartition(" ")
        unit = read_number(f"one {scale}") or 1.0
        middle, low, high = _words().loose[head]
        return _Value(low * unit, high * unit, middle * unit, "~")
    if "number2" in slots:
        return _range(slots["number"], slots["number2"], slots.get("cmp"))
    number = read_number(slots["number"])
    return None if number is None else _compared(number, slots)


def _range(first: str, second: str, compared: str | None) -> _Value | None:
    """ "5 to 6 million": the scale of the second number is also that of the first, if that has none."""
    low, high = read_number(first), read_number(second)
    if low is None or high is None:
        return None
    scale = _plain(second).replace("-", " ").split()[-1].lstrip("0123456789.,")
    if (
        scale in SCALES
        and low < SCALES[scale]
        and not any(s in first.lower() for s in ("illion", "thousand", "bn"))
    ):
        low *= SCALES[scale]
    if low >= high:
        return None
    sign = _words().comparators[_plain(compared)] if compared else ">"
    return _Value(low, high, high if sign == "<" else low, sign if sign == "<" else ">")


def _compared(number: float, slots: dict[str, str]) -> _Value:
    sign: Comparator = "="
    if "cmp" in slots:
        sign = _words().comparators[_plain(slots["cmp"])]
    elif "after" in slots:
        sign = _words().comparators_after[_plain(slots["after"])]
    elif "plus" in slots:
        sign = ">"
    low = number if sign in "=>" else None
    high = number if sign in "=<" else None
    return _Value(low, high, number, sign)


def _currency(slots: dict[str, str]) -> str | None:
    listed = _words()
    if "sign" in slots:
        return listed.currency_signs.get(slots["sign"]) or slots["sign"]
    name = _plain(slots["name"])
    if name in listed.currency_names:
        return listed.currency_names[name]
    return listed.currency_signs.get(name) or name.upper()


def _share(text: str) -> float | None:
    words = _plain(text).replace("-", " ").split()
    if words == ["half"]:
        return 0.5
    parts = read_number(words[0])
    below = _DENOMINATORS.get(words[-1]) or _DENOMINATORS.get(words[-1].removesuffix("s"))
    return (1.0 if parts is None else parts) / below if below else None
