"""Mentions: the named and described things of a text, typed, before anything is resolved.

Kinds are the letters that frames are written in:
S states, A adjective of a state, L place, T treaty, P parliament, G government, H head of state,
F armed forces, C court, Q depositary, W weapon, D date, U duration, N number, M money, R rank,
X person, O organisation.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import msgspec

from inforce.reading.amounts import Amount, find_amounts
from inforce.reading.lexicon import Entry, Lexicon, find_phrases
from inforce.reading.times import Time, find_times
from inforce.reading.tokens import Token


class Mention(msgspec.Struct):
    """Tokens [first, last) and what they name; `anaphor` where they only point back at it.

    `lent` where the states are not named there but the story's: "parliament", "the government"; `former`
    where somebody held the office once.
    """

    kind: str
    first: int
    last: int
    states: tuple[str, ...] = ()
    treaty: str | None = None
    item: str | None = None
    role: str | None = None
    anaphor: bool = False
    cardinal: int | None = None
    time: Time | None = None
    amount: Amount | None = None
    name: str | None = None
    lent: bool = False
    former: bool = False


def tag(text: str, tokens: list[Token], lexicon: Lexicon, published: date | None) -> list[Mention]:
    """All mentions of a text, in order, none overlapping."""
    found = [_of_entry(m.first, m.last, m.entry) for m in find_phrases(lexicon.trie, tokens)]
    found = [m for m in found if not _is_look_alike(m, tokens, lexicon)]
    taken = _Taken(len(tokens))
    for mention in found:
        taken.take(mention)
    starts = [t.start for t in tokens]
    times = find_times(text, published)
    for time in times:
        first, last = _token_range(starts, time.start, time.end)
        taken.offer(_of_time(time, first, last, tokens), found)
    for amount in find_amounts(text, times):
        if _is_plain_word(amount):
            continue
        first, last = _token_range(starts, amount.start, amount.end)
        if amount.text.lower() == "one" and last < len(tokens) and tokens[last].norm in ("of", "."):
            continue  # a pronoun: "Cuba is one of them"
        kind = {"money": "M", "rank": "R", "ordinal": "R", "percent": "%", "share": "%"}.get(amount.unit, "N")
        taken.offer(Mention(kind, first, last, amount=amount), found)
    return sorted(found, key=lambda m: m.first)


def _is_plain_word(amount: Amount) -> bool:
    """Whether a number in words counts nothing for certain: "no", "not one", "first"."""
    spelt = not any(c.isdigit() for c in amount.text)
    return spelt and (amount.value == 0 or (amount.unit == "ordinal" and amount.text.isalpha()))


class _Taken:
    """Which tokens already belong to a mention."""

    def __init__(self, size: int) -> None:
        self.used = bytearray(size)

    def take(self, mention: Mention) -> None:
        self.used[mention.first : mention.last] = b"\1" * (mention.last - mention.first)

    def offer(self, mention: Mention, found: list[Mention]) -> None:
        if mention.first < mention.last and not any(self.used[mention.first : mention.last]):
            self.take(mention)
            found.append(mention)


def _token_range(starts: list[int], start: int, end: int) -> tuple[int, int]:
    return bisect_left(starts, start), bisect_left(starts, end)


#: Words that belong to an expression of time but that frames want to see.
_BEFORE_TIME = frozenset(
    {
        "since",
        "from",
        "until",
        "till",
        "by",
        "before",
        "after",
        "in",
        "for",
        "within",
        "on",
        "at",
        "only",
        "another",
    }
)
_AFTER_TIME = frozenset({"after", "from", "following", "of", "the", "day"})


def _of_time(time: Time, first: int, last: int, tokens: list[Token]) -> Mention:
    """A date (D), or a length of time (U) also where it is counted from an event ("six months after")."""
    pointed = time.offset is not None and _is_pointed_at(tokens, last)
    counted = time.duration is not None and tokens[last - 1].norm in _AFTER_TIME and not pointed
    last += pointed  # "a fortnight after that"
    while last - first > 1 and tokens[first].norm in _BEFORE_TIME:
        first += 1
    while counted and last - first > 1 and tokens[last - 1].norm in _AFTER_TIME:
        last -= 1
    return Mention("U" if time.kind == "duration" or counted else "D", first, last, time=time)


def _is_pointed_at(tokens: list[Token], at: int) -> bool:
    """Whether "that" stands alone behind "a fortnight after": no "that letter"."""
    if at >= len(tokens) or tokens[at].norm not in ("that", "this"):
        return False
    return at + 1 == len(tokens) or not tokens[at + 1].text[0].isalnum()


def _of_entry(first: int, last: int, entry: Entry) -> Mention:
    return Mention(
        entry.kind,
        first,
        last,
        states=entry.states,
        treaty=entry.treaty.partition("+")[0] if entry.treaty else None,
        name=entry.treaty if entry.treaty and "+" in entry.treaty else None,
        item=entry.item,
        role=entry.role,
        anaphor=entry.role == "anaphor",
    )


#: Last words of weapons that are told by their adjective alone: "anti-tank and anti-personnel".
_ADJECTIVES = frozenset({"tank", "antitank", "vehicle", "antivehicle", "personnel", "antipersonnel"})


def _is_look_alike(mention: Mention, tokens: list[Token], lexicon: Lexicon) -> bool:
    """A mine that is a pit, a state's name that is a person's: taken only without counter-evidence."""
    before = tokens[mention.first - 1] if mention.first else None
    after = tokens[mention.last] if mention.last < len(tokens) else None
    if mention.kind == "W" and mention.item == "mine":
        if tokens[mention.first].norm == "mine" and before is not None and before.norm == "of":
            return mention.first < 2 or tokens[mention.first - 2].norm not in lexicon.sets["sorts"]
        return (before is not None and before.norm in lexicon.sets["not_a_weapon_before"]) or (
            after is not None and after.norm in lexicon.sets["not_a_weapon_after"]
        )
    if mention.kind == "A" and mention.role == "of-group":
        return after is None or after.norm not in lexicon.terms["acts_of_groups"]
    if mention.kind == "W" and tokens[mention.last - 1].norm in _ADJECTIVES:
        return after is not None and after.norm in lexicon.sets["no_mines"]
    if mention.kind == "T":
        if (
            before is not None
            and before.norm == "'s"
            and mention.first > 1
            and tokens[mention.first - 2].norm in ("year", "week", "month")
        ):
            return True  # "this year's Ottawa convention" is a gathering
        return after is not None and after.norm in lexicon.sets["no_treaty_before"]
    if mention.kind == "S" and mention.role == "risky":
        return after is not None and after.text[:1].isupper() and after.norm not in ("and", "or")
    return False
