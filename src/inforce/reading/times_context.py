"""What the words around an expression say about it: whether it is a time, and how it opens or closes."""

from __future__ import annotations

from functools import cache

from inforce.reading.time_model import Reading, Relation
from inforce.reading.times_grammar import Candidate, words

#: How many code points on each side are looked at: a few words.
_WINDOW = 40
_APOSTROPHES = "'’"
_DASHES = "-–—‑"


def _before(text: str, start: int) -> list[str]:
    """The words right before, lower case, the nearest last; none across the end of a sentence."""
    left = text[max(0, start - _WINDOW) : start]
    for stop in (". ", "? ", "! ", "; ", ": ", "\n\n"):
        left = left.rpartition(stop)[2]
    return [w.strip("(“\"‘'[,").lower() for w in left.split()]


def _after(text: str, end: int) -> list[str]:
    right = text[end : end + _WINDOW]
    for stop in (". ", "? ", "! ", "; ", ": ", "\n\n"):
        right = right.partition(stop)[0]
    return [w.strip(")”\"’'].,;:") for w in right.split()]


def accepts(text: str, start: int, end: int, candidate: Candidate, reading: Reading) -> bool:
    """Whether the place of a candidate allows it to be a time."""
    if not _free_standing(text, start, end):
        return False
    match candidate.shape:
        case "year":
            return _is_year(text, start, end, candidate)
        case "year_pair" | "dotted" | "slashed" | "iso":
            return not _labelled(text, start)
        case "month":
            return (
                "year" in candidate.slots
                or "hint" in candidate.slots
                or _is_month(text, start, end, candidate)
            )
        case "day_month" | "anaphoric_month" | "deictic_month":
            return _is_day(text, start, end, candidate)
        case "weekday":
            return not (_before(text, start)[-1:] and _before(text, start)[-1] in ("every", "each", "any"))
        case "holiday":
            # "Christmas Island", "New Year Honours"
            return not (text[end : end + 1] == " " and text[end + 1 : end + 2].isupper())
        case "from_now":
            return _after(text, end)[:1] not in (["before"], ["after"], ["later"], ["earlier"], ["ago"])
        case "duration":
            return _is_length(text, start, end, candidate)
        case "shifted":
            return _is_shift(text, end, candidate)
        case _:
            return True


def _free_standing(text: str, start: int, end: int) -> bool:
    """Not a part of a longer word or number; RE2's own word boundary knows ASCII only."""
    if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return False
    if end < len(text) and (text[end].isalnum() or text[end] == "_"):
        return False
    if text[start].isdecimal() and start:
        left = text[start - 1]
        if left in "€$£¥#§/" or (left in ".,:" + _DASHES and start > 1 and text[start - 2].isdecimal()):
            return False
    if text[end - 1].isdecimal() and end < len(text):
        right = text[end]
        if right in "%°" or (right in ".,:" and end + 1 < len(text) and text[end + 1].isdecimal()):
            return False
    return True


def _labelled(text: str, start: int) -> bool:
    last = _before(text, start)[-1:]
    return bool(last) and last[0].rstrip(".") in words().number_labels


def _is_year(text: str, start: int, end: int, candidate: Candidate) -> bool:
    if len(candidate.slots) > 1 or not text[start].isdecimal():
        return True
    if _labelled(text, start) or _glued(text, start, end):
        return False
    before, after = _before(text, start), _after(text, end)
    counted = bool(after) and after[0] in words().counted_nouns
    if before and before[-1] in words().date_prepositions:
        return not counted or before[-1] in ("in", "since", "by", "until")
    return not counted and (
        is_name(text, start, end) or not after or not after[0][:1].islower() or _set_off(text, start)
    )


def _glued(text: str, start: int, end: int) -> bool:
    """A number in a compound ("2000-strong") is no year; "post-2014" and "2026-2029" are."""
    if end + 1 < len(text) and text[end] in "-‑" and text[end + 1].isalpha():
        return True
    return (
        start > 1
        and text[start - 1] in "-‑"
        and text[start - 2].isalpha()
        and not text[max(0, start - 5) : start - 1].lower().endswith(("pre", "post", "mid"))
    )


def _set_off(text: str, start: int) -> bool:
    """Right after an opening bracket, a comma, a dash or a quotation mark, or first in the text."""
    left = text[max(0, start - 2) : start].strip()
    return not left or left[-1] in '(,[“"' + _DASHES


def is_name(text: str, start: int, end: int) -> bool:
    """Whether a year is part of a name: "the 1997 convention", "the ban treaty of 2017"."""
    nouns = words().name_nouns
    for word in _after(text, end)[:5]:
        if word.lower() in nouns and not text[end : end + 1] in (",", ".", ";", ")"):
            return _before(text, start)[-1:] not in (["in"], ["since"], ["by"], ["until"], ["from"])
        if not (word[:1].isupper() or word.lower() in _NAME_FILLERS or "-" in word):
            break
    before = _before(text, start)
    return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in nouns


_NAME_FILLERS = frozenset(
    "mine landmine ban arms trade nuclear chemical biological weapons test peace open framework amended additional".split()
)


def _is_month(text: str, start: int, end: int, candidate: Candidate) -> bool:
    name = candidate.slots["month"]
    before, after = _before(text, start), _after(text, end)
    led = bool(before) and before[-1] in words().date_prepositions or "part" in candidate.slots
    if name.endswith(".") or len(name) == 3 and name.capitalize() != "May":
        return led
    if name[0].islower():
        return led
    if name.capitalize() in ("May", "March"):
        return led or text[end : end + 1] in tuple(_APOSTROPHES)
    # "August Zaleski", "April Ryan": a first name before a surname.
    return led or not (after and after[0][:1].isupper() and text[end : end + 1] == " ")


def _is_day(text: str, start: int, end: int, candidate: Candidate) -> bool:
    if candidate.shape == "day_month":
        # "in May 15 countries signed": no day stands after "in".
        month_first = text[start].isalpha() and "year" not in candidate.slots and text[end - 1].isdecimal()
        return not (month_first and _before(text, start)[-1:] == ["in"])
    # "that March 18": the day goes with the month.
    following = _after(text, end)[:1]
    return not (following and following[0].isdecimal() and len(following[0]) <= 2)


def _is_length(text: str, start: int, end: int, candidate: Candidate) -> bool:
    after = _after(text, end)
    glued = text[end : end + 4].lower()
    if glued in ("-old", " old") or after[:2] == ["of", "age"] or _before(text, start)[-1:] == ["aged"]:
        return False
    number = candidate.slots.get("num", "").lower()
    if number in ("a", "an") and len(candidate.slots) == 2 and text[end - 1] not in _APOSTROPHES:
        if "'s" in text[start:end] or "’s" in text[start:end]:
            return True
        before = _before(text, start)
        return not before or before[-1] in words().length_heads
    return True


def _is_shift(text: str, end: int, candidate: Candidate) -> bool:
    if candidate.slots["shift"].lower() != "on":
        return True
    # "ninety days on, ..." but not "two days on the road".
    return text[end : end + 1] in (",", ".", ";")


@cache
def _relations() -> tuple[tuple[tuple[str, ...], str], ...]:
    phrases = [(tuple(p.split()), r) for p, r in words().relations_before.items()]
    return tuple(sorted(phrases, key=lambda item: -len(item[0])))


def relation_at(text: str, start: int, end: int) -> tuple[Relation | None, int, int]:
    """The relation around an expression, and the expression's bounds with the words that make it."""
    for phrase in words().relations_after:
        if text[end : end + len(phrase) + 1].lower() == f" {phrase}" and _ends_word(
            text, end + len(phrase) + 1
        ):
            if phrase == "on" and not _opens(text, start):
                continue
            relation = words().relations_after[phrase]
            found = _relation_before(text, start)
            return relation, found[1] if found else start, end + len(phrase) + 1  # type: ignore[return-value]
    found = _relation_before(text, start)
    return (found[0], found[1], end) if found else (None, start, end)


def _opens(text: str, start: int) -> bool:
    return _before(text, start)[-1:] == ["from"]


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum()


def _relation_before(text: str, start: int) -> tuple[Relation, int] | None:
    left = text[max(0, start - _WINDOW) : start]
    places = _word_places(left)
    while places and places[-1][0] in words().fillers:
        places.pop()
    names = tuple(w for w, _ in places)
    for phrase, relation in _relations():
        if names[-len(phrase) :] == phrase:
            if relation == "none":
                return None
            return relation, max(0, start - _WINDOW) + places[-len(phrase)][1]  # type: ignore[return-value]
    return None


def _word_places(left: str) -> list[tuple[str, int]]:
    """Words with their places, from the last mark of punctuation on."""
    places: list[tuple[str, int]] = []
    begin: int | None = None
    for index, char in enumerate(left):
        if char.isalpha():
            begin = index if begin is None else begin
            continue
        if begin is not None:
            places.append((left[begin:index].lower(), begin))
            begin = None
        if not char.isspace():
            places.clear()
    return places if left[-1:].isspace() else []


_SEPARATORS = {
    "to": "to",
    "until": "to",
    "till": "to",
    "through": "to",
    "and": "and",
    ",": "list",
    "or": "list",
}


def separator(between: str) -> str | None:
    """How two neighbouring dates are joined: "to", "and", "list", or None."""
    if len(between) > 12:
        return None
    plain = between.strip()
    if len(plain) == 1 and plain in _DASHES:
        return "to"
    if plain == "" and between == "":
        return "to"
    return _SEPARATORS.get(plain.lower())
