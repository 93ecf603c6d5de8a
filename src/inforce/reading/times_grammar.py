"""The shapes in which English writes dates and durations, compiled from `data/times.yaml`.

One linear-time pattern finds the longest candidate at each place; a second look at the short candidate
alone says which shape it has and what stands in its slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import msgspec
import re2

from inforce.reading.linear import re2_options
from inforce.reading.numerals import BELOW_HUNDRED, BELOW_THOUSAND, ORDINALS

_BLANK = r"(?:[\s\x{a0}\x{202f}]{1,2})"
_SLOT = re.compile(r"(?<!\?P)<(\w+)>")
_GROUP = re.compile(r"\(\?P<\w+>")


class Words(msgspec.Struct, frozen=True):
    """The word lists of `data/times.yaml`."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    seasons: dict[str, int]
    units: dict[str, str]
    holidays: dict[str, tuple[int, int]]
    deictic: dict[str, int]
    anaphoric: dict[str, int]
    relations_before: dict[str, str]
    relations_after: dict[str, str]
    fillers: frozenset[str]
    name_nouns: frozenset[str]
    name_adjectives: frozenset[str]
    number_labels: frozenset[str]
    counted_nouns: frozenset[str]
    date_prepositions: frozenset[str]
    length_heads: frozenset[str]
    after_lone_day: frozenset[str]


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, Any]
    slots: dict[str, str]
    shapes: dict[str, list[str]]


class Candidate(msgspec.Struct, frozen=True):
    """A shape's name, and the words that fill its slots."""

    shape: str
    slots: dict[str, str]


@cache
def _sheet() -> _Sheet:
    raw = (resources.files("inforce.reading") / "data" / "times.yaml").read_bytes()
    return msgspec.yaml.decode(raw, type=_Sheet)


@cache
def words() -> Words:
    """The word lists; a list given as one text is split at blanks."""
    lists = {k: v.split() if isinstance(v, str) else v for k, v in _sheet().words.items()}
    return msgspec.convert(lists, type=Words)


def _any_of(options: Any) -> str:
    # Longest first: the candidate's own pattern takes the first alternative that fits.
    return "|".join(re.escape(o).replace(r"\ ", _BLANK).replace("'", "['’]") for o in _longest_first(options))


def _longest_first(options: Any) -> list[str]:
    return sorted(options, key=lambda o: (-len(o), o))


def _month_pattern() -> str:
    plain = [m for m in words().months if m not in ("May", "March")]
    short = [form for m in words().month_abbreviations for form in (m, m.upper())]
    return f"{_any_of(plain)}|(?-i:May|MAY|March|MARCH|(?:{_any_of(short)})\\b\\.?)"


def _weekday_pattern() -> str:
    short = _any_of(words().weekday_abbreviations)
    return f"{_any_of(words().weekdays)}|(?-i:(?:{short})\\b\\.?)"


@cache
def _slot_patterns() -> dict[str, str]:
    listed = words()
    whole = rf"(?:{BELOW_THOUSAND}|\d{{1,4}}(?:\.\d)?)"
    return _sheet().slots | {
        "month": _month_pattern(),
        "weekday": _weekday_pattern(),
        "season": _any_of(listed.seasons),
        "unit": "days?|weeks?|fortnights?|months?|years?|decades?|century|centuries",
        "holiday": _any_of(listed.holidays),
        "deictic": _any_of(listed.deictic),
        "anaphoric": _any_of(listed.anaphoric),
        "dayword": f"(?:twenty|thirtieth|thirty)?[- ]?(?:{_any_of(o for o in ORDINALS if o != 'zeroth')})"
        r"|\d{1,2}(?:st|nd|rd|th)|last",
        "num": rf"{whole}(?:[- ]and[- ]a[- ]half)?|half an?|a half|half|a quarter of an?|a couple of|a dozen"
        rf"|an?|another|{BELOW_HUNDRED}",
    }


@cache
def _shape_patterns() -> tuple[tuple[str, str], ...]:
    """Each shape's name with each of its patterns, slots as named groups."""
    slots = _slot_patterns()

    def fill(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}>{slots[match[1]]})"

    def whole(pattern: str) -> str:
        # A shape that ends in an apostrophe says itself where its last word ends.
        filled = _SLOT.sub(fill, pattern).replace("[- ]", f"(?:[-‑]|{_BLANK})").replace(" ", _BLANK)
        return f"(?:{filled})" if filled.endswith("?") and "\\b" in pattern else f"(?:{filled})\\b"

    return tuple((name, whole(pattern)) for name, patterns in _sheet().shapes.items() for pattern in patterns)


def shape_names() -> frozenset[str]:
    """The names of all shapes."""
    return frozenset(_sheet().shapes)


@cache
def finder() -> Any:
    """One pattern for all shapes; of the matches at a place it takes the longest."""
    alternatives = "|".join(_GROUP.sub("(?:", p) for _, p in _shape_patterns())
    return re2.compile(rf"\b(?:{alternatives})".encode(), re2_options(longest=True))


def spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where candidates stand in this part of the text; it is searched as bytes, which costs a third."""
    part = text[start:end]
    data = part.encode()
    matches = finder().finditer(data)
    if len(data) == len(part):
        for match in matches:
            first, last = match.span()
            yield start + first, start + last
        return
    seen, at = 0, start
    for match in matches:
        first, last = match.span()
        at += len(data[seen:first].decode())
        yield at, at + len(data[first:last].decode())
        seen = first


@cache
def _shape_set() -> Any:
    chooser = re2.Set.FullMatchSet(re2_options(longest=True))
    for _, pattern in _shape_patterns():
        chooser.Add(_GROUP.sub("(?:", pattern))
    chooser.Compile()
    return chooser


@lru_cache(maxsize=512)
def _slot_reader(index: int) -> tuple[Any, tuple[tuple[str, int], ...]]:
    """The pattern of one shape, and the places of its named groups."""
    pattern = re2.compile(_shape_patterns()[index][1], re2_options(longest=False))
    return pattern, tuple(pattern.groupindex.items())


@lru_cache(maxsize=16384)
def candidates(span: str) -> tuple[Candidate, ...]:
    """The shapes that the whole of `span` can have, in the order of the sheet."""
    found = []
    for index in sorted(_shape_set().Match(span) or ()):
        reader, names = _slot_reader(index)
        match = reader.fullmatch(span)
        if match is not None:
            slots = {name: match[place] for name, place in names if match.start(place) >= 0}
            found.append(Candidate(_shape_patterns()[index][0], slots))
    return tuple(found)
