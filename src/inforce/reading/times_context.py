"""What the words around an expression say about it: whether it is a time, and how it opens or closes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import cast

import msgspec

from inforce.reading.time_model import Relation
from inforce.reading.times_grammar import Candidate, words

#: How many code points on each side are looked at: a few words.
_WINDOW = 40
_APOSTROPHES = "'’"
_HYPHENS = "-‑"
_DASHES = "-–—‑"
_SENTENCE_ENDS = (". ", "? ", "! ", "; ", ": ", "\n\n")


class Related(msgspec.Struct, frozen=True):
    """An expression's bounds with the words that make an interval of it, and what they make."""

    relation: Relation | None
    start: int
    end: int


def _before(text: str, start: int) -> list[str]:
    """The words right before, lower case, the nearest last; none across the end of a sentence."""
    left = text[max(0, start - _WINDOW) : start]
    for stop in _SENTENCE_ENDS:
        left = left.rpartition(stop)[2]
    return [w.strip("(“\"‘'[,").lower() for w in left.split()]


def _last_before(text: str, start: int) -> str:
    return (_before(text, start) or [""])[-1]


def _after(text: str, end: int) -> list[str]:
    """The words right after, as written; none across the end of a sentence."""
    right = text[end : end + _WINDOW]
    for stop in _SENTENCE_ENDS:
        right = right.partition(stop)[0]
    return [w.strip(")”\"’'].,;:") for w in right.split()]


def _first_after(text: str, end: int) -> str:
    return (_after(text, end) or [""])[0]


def accepts(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """Whether the place of a candidate allows it to be a time."""
    guard = _GUARDS.get(candidate.shape)
    return _free_standing(text, start, end) and (guard is None or guard(text, start, end, candidate))


def _free_standing(text: str, start: int, end: int) -> bool:
    """Not a part of a longer word or number; RE2's own word boundary knows ASCII only."""
    left, right = text[start - 1 : start], text[end : end + 1]
    if left.isalnum() or left == "_" or right.isalnum() or right == "_":
        return False
    if text[start].isdecimal() and left:
        if left in "#/" or text[max(0, start - 2) : start].rstrip()[-1:] in ("€", "$", "£", "¥", "§"):
            return False
        if left in ".,:" + _DASHES and text[start - 2 : start - 1].isdecimal():
            return False
    if text[end - 1].isdecimal() and right:
        return not (right in "%°" or (right in ".,:" and text[end + 1 : end + 2].isdecimal()))
    return True


def _labelled(text: str, start: int) -> bool:
    return _last_before(text, start).rstrip(".") in words().number_labels


def _is_year(text: str, start: int, end: int, candidate: Candidate) -> bool:
    if len(candidate.slots) > 1 or not text[start].isdecimal():
        return True
    if _labelled(text, start) or _glued(text, start, end):
        return False
    if text[start - 1 : start].isspace() and text[start - 2 : start - 1].isdecimal():
        return False
    before, after = _last_before(text, start), _first_after(text, end)
    counted = after in words().counted_nouns
    if before in words().date_prepositions:
        return not counted or before in ("in", "since", "by", "until")
    if text[end : end + 1] in tuple(_APOSTROPHES) or _paired(text, end):
        return True
    # "the 2026 budget"; "the 2026 budgets" may be as many.
    attributive = before in ("the", "its", "their", "this", "a") and not after.endswith("s")
    alone = not after[:1].islower() or attributive or _set_off(text, start)
    return not counted and (alone or is_name(text, start, end))


def _paired(text: str, end: int) -> bool:
    """ "2026 or 2027": the first of two years."""
    after = _after(text, end)[:2]
    return len(after) == 2 and after[0] in ("and", "or", "to") and after[1].isdecimal() and len(after[1]) == 4


def _glued(text: str, start: int, end: int) -> bool:
    """A number in a compound ("2000-strong") is no year; "post-2014" and "mid-1997" are."""
    if text[end : end + 1] in tuple(_HYPHENS) and text[end + 1 : end + 2].isalpha():
        return True
    if text[start - 1 : start] not in tuple(_HYPHENS) or not text[start - 2 : start - 1].isalpha():
        return False
    return not text[max(0, start - 5) : start - 1].lower().endswith(("pre", "post", "mid"))


def _set_off(text: str, start: int) -> bool:
    """Right after an opening bracket, a comma, a dash or a quotation mark, or first in the text."""
    left = text[max(0, start - 2) : start].strip()
    return not left or left[-1] in '(,[“"' + _DASHES


def is_name(text: str, start: int, end: int) -> bool:
    """Whether a year is part of a name: "the 1997 convention", "the ban treaty of 2017"."""
    before = _before(text, start)
    last = before[-1] if before else ""
    if last == "of":
        return len(before) > 1 and before[-2] in words().name_nouns
    if last in words().date_prepositions or text[end : end + 1] in tuple(",.;:)"):
        return False
    for word in _after(text, end)[:5]:
        if word.lower() in words().name_nouns:
            return True
        if not (word[:1].isupper() or word.lower() in words().name_adjectives or "-" in word):
            return False
    return False


def _is_month(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """A lone month's name needs a preposition where it may be a verb ("may", "march") or a first name."""
    if "year" in candidate.slots or "hint" in candidate.slots or "part" in candidate.slots:
        return True
    name = candidate.slots["month"]
    before = _last_before(text, start)
    # "August Zaleski", "April Ryan": a first name before a surname.
    if before in ("", "and", "or") and text[end : end + 1] == " " and _first_after(text, end)[:1].isupper():
        return False
    if before in words().date_prepositions:
        return True
    if name[0].islower() or name.endswith(".") or name.capitalize() in words().month_abbreviations:
        return False
    if name.capitalize() in ("May", "March"):
        return text[end : end + 1] in tuple(_APOSTROPHES)
    return not (text[end : end + 1] == " " and _first_after(text, end)[:1].isupper())


def _is_day(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """ "In May 15 countries signed": no day of the month stands after "in"."""
    month_first = text[start].isalpha() and text[end - 1].isdecimal() and "dayword" not in candidate.slots
    bare = month_first and not {"year", "weekday"} & candidate.slots.keys()
    return not (bare and _last_before(text, start) == "in")


def _is_length(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """Neither an age ("45-year-old", "45 years of age") nor a rate ("1,000 a year")."""
    after = _after(text, end)[:2]
    if text[end : end + 4].lower() in ("-old", " old") or after == ["of", "age"]:
        return False
    before = _last_before(text, start)
    if before == "aged":
        return False
    number = candidate.slots.get("num", "").lower()
    bare = number in ("a", "an") and not {"exact", "plain", "half"} & candidate.slots.keys()
    if not bare or any(mark in text[start:end] for mark in _APOSTROPHES):
        return True
    return not before or before in words().length_heads


def _is_number(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """A date in figures, and no number of an article or a file."""
    return not _labelled(text, start)


def _has_no_day(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """ "That March 18": the day goes with the month."""
    following = _first_after(text, end)
    return not (following.isdecimal() and len(following) <= 2)


def _is_season(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """ "Spring" and "fall" are verbs, too."""
    led = _last_before(text, start) in ("in", "by", "since", "until", "before", "after", "during")
    return led or len(candidate.slots) > 1 or " " in text[start:end]


def _is_one_weekday(text: str, start: int, end: int, candidate: Candidate) -> bool:
    return _last_before(text, start) not in ("every", "each", "any")


def _is_holiday(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """And no "Christmas Island", no "New Year Honours"."""
    return not (text[end : end + 1] == " " and text[end + 1 : end + 2].isupper())


def _is_ahead(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """ "In three months" may go on: "in, three months before"."""
    return _first_after(text, end) not in ("before", "after", "later", "earlier", "ago", "following")


def _is_step(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """ "Ninety days on, ..." but not "two days on the road"."""
    return candidate.slots["shift"].lower() != "on" or text[end : end + 1] in (",", ".", ";")


def _is_lone_day(text: str, start: int, end: int, candidate: Candidate) -> bool:
    """ "On the 13th", not "on the 13th floor" or "the 4th Infantry"."""
    if _last_before(text, start) not in ("on", "by", "until"):
        return False
    following = text[end : end + 1]
    return not following.isspace() or _first_after(text, end) in words().after_lone_day


_GUARDS: dict[str, Callable[[str, int, int, Candidate], bool]] = {
    "year": _is_year,
    "year_pair": _is_number,
    "dotted": _is_number,
    "slashed": _is_number,
    "iso": _is_number,
    "month": _is_month,
    "day_month": _is_day,
    "anaphoric_month": _has_no_day,
    "deictic_month": _has_no_day,
    "season": _is_season,
    "weekday": _is_one_weekday,
    "holiday": _is_holiday,
    "from_now": _is_ahead,
    "duration": _is_length,
    "shifted": _is_step,
    "day_alone": _is_lone_day,
}


@cache
def _relations() -> tuple[tuple[tuple[str, ...], str], ...]:
    phrases = [(tuple(p.split()), r) for p, r in words().relations_before.items()]
    return tuple(sorted(phrases, key=lambda item: -len(item[0])))


@cache
def _relation_words() -> frozenset[str]:
    """The words in which such a phrase can end."""
    return frozenset(phrase[-1] for phrase, _ in _relations())


@cache
def _first_letters_after() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in words().relations_after)


def relation_at(text: str, start: int, end: int, floor: int) -> Related:
    """The relation around an expression, and its bounds with the words that make it.

    `floor` is where the expression before it ends: words of that one are not taken again.
    """
    before = _relation_before(text, start, floor)
    left = before[1] if before else start
    if text[end : end + 1] == " " and text[end + 1 : end + 2].lower() in _first_letters_after():
        for phrase, relation in words().relations_after.items():
            stop = end + 1 + len(phrase)
            if text[end + 1 : stop].lower() != phrase or text[stop : stop + 1].isalnum():
                continue
            # "from 27 June on", but not "on 27 June on the border".
            if phrase != "on" or (before and before[0] == "from"):
                return Related(cast(Relation, relation), left, stop)
    if before and before[0] != "none":
        return Related(cast(Relation, before[0]), left, end)
    return Related(None, start, end)


_OPENING = "(“\"‘'"


def _relation_before(text: str, start: int, floor: int) -> tuple[str, int] | None:
    """The relation that the words right before make, and where they begin."""
    base = max(floor, start - _WINDOW)
    left = text[base:start]
    if not left[-1:].isspace():
        return None
    fillers = words().fillers
    last = left.rsplit(None, 1)[-1:]
    if not last or not ((word := last[0].lower()) in fillers or word.lstrip(_OPENING) in _relation_words()):
        return None  # as nearly everywhere
    tokens = left.lower().split()
    while tokens and tokens[-1] in fillers:
        tokens.pop()
    if not tokens or tokens[-1].lstrip(_OPENING) not in _relation_words():
        return None
    for phrase, relation in _relations():
        size = len(phrase)
        if len(tokens) < size or tuple(tokens[1 - size :] if size > 1 else ()) != phrase[1:]:
            continue
        if tokens[-size].lstrip("(“\"‘'—–") == phrase[0]:
            return relation, base + _place(left, len(tokens) - size, phrase[0])
    return None


def _place(left: str, index: int, word: str) -> int:
    """Where the word number `index` begins, after any opening mark."""
    place = 0
    for _ in range(index):
        while left[place].isspace():
            place += 1
        while not left[place].isspace():
            place += 1
    return left.lower().index(word, place)
