"""Finds the amounts in English prose: counts, sums of money, shares, ranks; and how exact each is said to be.

A linear-time pattern finds candidates, the characters and words around each decide whether it is an
amount at all ("Article 20", "155-millimetre", "09:12"), and `amounts_grammar` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from inforce.reading.amount_model import Amount, Comparator, Unit
from inforce.reading.amounts_grammar import finder, read, word_set
from inforce.reading.linear import each_span
from inforce.reading.time_model import Time
from inforce.reading.times import encodable, find_times

__all__ = ["Amount", "Comparator", "Unit", "find_amounts"]

#: How many code points before a number are looked at: a word or two.
_WINDOW = 24
_HYPHENS = ("-", "‑")
_DASHES = ("-", "‑", "–", "—")
_CURRENCY_SIGNS = ("€", "$", "£", "+")


def find_amounts(text: str, times: tuple[Time, ...] | None = None) -> tuple[Amount, ...]:
    """The amounts in `text`, in order and without overlap, the longest at each place.

    Numbers inside `times` (found here where not given) are dates and lengths of time, no amounts.
    Offsets count code points. Raises nothing, on any text.
    """
    safe = encodable(text)
    taken = find_times(safe, None) if times is None else times
    return tuple(_outside(_amounts(safe), taken))


def _outside(amounts: Iterator[Amount], times: tuple[Time, ...]) -> Iterator[Amount]:
    place = 0
    for amount in amounts:
        while place < len(times) and times[place].end <= amount.start:
            place += 1
        if place == len(times) or times[place].start >= amount.end:
            yield amount


def _amounts(text: str) -> Iterator[Amount]:
    done = 0
    for start, end in each_span(finder(), text):
        if start < done:
            continue
        for amount in _inside(text, start, end):
            done = amount.end
            yield amount


def _inside(text: str, start: int, end: int) -> Iterator[Amount]:
    """The candidate as one amount, or else the longest ones in it, from left to right."""
    while start < end:
        amount = None
        stop = end
        while stop > start and amount is None and _free_left(text, start):
            amount = _one(text, start, stop)
            stop = _previous_word_end(text, start, stop)
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
    while place < end and text[place].isspace():
        place += 1
    return place


def _previous_word_end(text: str, start: int, stop: int) -> int:
    place = stop
    while place > start and text[place - 1].isalnum():
        place -= 1
    place = min(place, stop - 1)
    while place > start and not text[place - 1].isalnum():
        place -= 1
    return place


def _one(text: str, start: int, end: int) -> Amount | None:
    span = text[start:end]
    found = read(span)
    if found is None or not _free_right(text, end) or not _counts(text, start, end):
        return None
    value, unit, currency = found
    # "From 161 to 166" are two amounts.
    if value.low != value.high and " to " in span and _last_word(text, start) == "from":
        return None
    if unit == "share" and _last_word(text, start) in word_set("ordered"):
        return None
    return Amount(start, end, span, value.low, value.high, value.value, value.comparator, unit, currency)


def _free_left(text: str, start: int) -> bool:
    """Not the end of a longer word or number ("F-16", "1-1", "+370 5", "#4")."""
    left, beyond = text[start - 1 : start], text[max(0, start - 2) : max(0, start - 1)]
    if left.isalnum() or left in ("_", "#", "+"):
        return False
    if left in _DASHES and beyond.isalnum():
        return False
    if not text[start].isdecimal():
        return True
    if left in ("'", "’"):
        # "'97" is a year.
        return text[start + 2 : start + 3].isdecimal()
    if left in (".", ",", ":", "/"):
        return not beyond.isalnum()
    return not (left.isspace() and beyond.isdecimal())


def _free_right(text: str, end: int) -> bool:
    """Not the beginning of a longer word or number ("155-millimetre", "09:12", "5 000 0000")."""
    right, beyond = text[end : end + 1], text[end + 1 : end + 2]
    if right.isalnum():
        return text[end - 1] in _CURRENCY_SIGNS
    if right in ("_", "%", "°"):
        return False
    if right in _HYPHENS and beyond.isalpha():
        return _first_letters(text, end + 1) in word_set("compounds")
    if text[end - 1].isdecimal() and beyond.isdecimal():
        return right not in (".", ",", ":", "/", " ", "\u00a0", *_DASHES)
    return True


def _counts(text: str, start: int, end: int) -> bool:
    """Whether a number counts something, and is not a label, a time of day, an age, a list's numeral."""
    if text[start].isdecimal():
        last = _last_word(text, start)
        label = last.rstrip(".") in word_set("labels") and not (
            last in word_set("verbs_too") and _grouped(text, start, end)
        )
        if label or _next_word_after(text, end) in word_set("clock"):
            return False
        return not _is_numeral(text, start, end)
    word = text[start:end].lower()
    return not (word == "one" and _last_word(text, start) in word_set("pronoun_heads"))


def _is_numeral(text: str, start: int, end: int) -> bool:
    """ "3. What remains banned": the number of a paragraph or of an item in a list."""
    if end - start > 2 or text[end : end + 1] not in (".", ")") or not text[end + 1 : end + 2].isspace():
        return False
    before = text[max(0, start - 3) : start]
    opens = not before.strip() or "\n" in before or before.rstrip()[-1:] in (".", ":", ";")
    return opens and not text[end + 1 : end + 3].strip()[:1].islower()


def _grouped(text: str, start: int, end: int) -> bool:
    """Whether the thousands of a number are set apart, as in no number of a thing: "to order 85,000"."""
    return any(mark in text[start:end] for mark in ",  ")


def _last_word(text: str, start: int) -> str:
    words = text[max(0, start - _WINDOW) : start].split()
    return words[-1].lower().strip("(“\"‘'") if words else ""


def _first_letters(text: str, start: int) -> str:
    end = start
    while end < len(text) and end < start + _WINDOW and text[end].isalpha():
        end += 1
    return text[start:end].lower()


def _next_word_after(text: str, end: int) -> str:
    words = text[end : end + _WINDOW].split()
    return words[0].lower().rstrip(",;:)") if words else ""
