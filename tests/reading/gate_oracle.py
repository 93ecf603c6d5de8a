"""What the gate must find, told slowly: a text taken apart by Python, and every phrase tried at every word.

Nothing of this is shared with the gate but the phrases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from inforce.reading.gate_terms import Phrase, Terms

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_UNPRINTED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff" + "".join(
    map(chr, [*range(0x2060, 0x2065), *range(0x2066, 0x2070)])
)


class Piece(NamedTuple):
    """A run of letters, a run of digits, or one other character; blanks and hyphens are none."""

    start: int
    end: int
    text: str
    key: str


def pieces(text: str) -> list[Piece]:
    found: list[Piece] = []
    for at, character in enumerate(text):
        if character.isspace() or character in _HYPHENS + _UNPRINTED:
            continue
        last = found[-1] if found else None
        if last is not None and last.end == at and _sort(character) == _sort(last.text[0]) != "":
            found[-1] = Piece(last.start, at + 1, last.text + character, last.key + _key(character))
        else:
            found.append(Piece(at, at + 1, character, _key(character)))
    return found


def _sort(character: str) -> str:
    if character.isdecimal():
        return "digit"
    return "letter" if character.isalnum() else ""


def _key(character: str) -> str:
    """Without case, one character for one; typewriter and printer's apostrophe are the same."""
    folded = character.casefold()
    return "'" if character == "’" else folded if len(folded) == 1 else character.lower()


class Oracle:
    def __init__(self, terms: Terms) -> None:
        self.ways = [[(_by_first(step.phrases), step.repeated) for step in way] for way in terms.ways]

    def find(self, text: str) -> list[tuple[int, int]]:
        """Spans of what goes a way: leftmost, the longest there, none inside another."""
        read = pieces(text)
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(read):
            ends = {end for way in self.ways for end in _ends(way, read, at)}
            if ends:
                found.append((read[at].start, read[max(ends) - 1].end))
                at = max(ends)
            else:
                at += 1
        return found


def _ends(way: list[tuple[dict[str, list[Phrase]], bool]], read: list[Piece], at: int) -> set[int]:
    """Behind which pieces a way ends that begins at a piece."""
    reached = {at}
    for phrases, repeated in way:
        onward = {end for here in reached for end in _step(phrases, read, here)}
        while repeated and not onward <= reached:
            reached |= onward
            onward = {end for here in reached for end in _step(phrases, read, here)}
        reached = reached if repeated else onward
    return reached


def _step(phrases: dict[str, list[Phrase]], read: list[Piece], at: int) -> Iterator[int]:
    """Where phrases that begin at a piece end."""
    if at >= len(read):
        return
    for phrase in phrases.get(read[at].key, ()):
        for words in _spellings(phrase.words):
            end = _end(words, read, at)
            if end is not None and (not phrase.upper or read[at].text == phrase.words[0].upper()):
                yield end


def _by_first(phrases: tuple[Phrase, ...]) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        found[_parts(phrase.words[0])[0]].append(phrase)
    return found


def _parts(word: str) -> list[str]:
    return ["i\u0307" if p.key == "İ" else p.key for p in pieces(word.replace("i\u0307", "İ"))]


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The possessive of a plural has no s."""
    yield words
    if "'s" in words:
        yield tuple("'" if word == "'s" else word for word in words)


def _end(words: tuple[str, ...], read: list[Piece], at: int) -> int | None:
    for number, word in enumerate(words):
        for part, key in enumerate(_parts(word)):
            if at >= len(read) or read[at].key != key:
                return None
            apart = read[at].start > read[at - 1].end if at else True
            if (part and apart) or (number and not part and words[number - 1] == "'" and not apart):
                return None
            at += 1
    # The apostrophe alone ends a plural only where no letter goes on behind it.
    goes_on = at < len(read) and read[at].start == read[at - 1].end and _sort(read[at].text[0]) == "letter"
    return None if words[-1] == "'" and goes_on else at
