"""Where in a sentence a pattern of frames can begin, told from its words alone, all places at once.

A set of places is one whole number, bit n for word n. A pattern is gone through from its end: the
places from which its last element holds, then those from which the one before leads there, and so on.
That costs a few operations on numbers an element, however long the sentence, and is exact; so the
expressions of RE2, which tell what stands where, are asked only of sentences in which they match.
"""

from __future__ import annotations

import functools
import re
from itertools import accumulate

import msgspec

ARTICLES = ("the", "its", "their")
_LONGEST_STRIDE = 16
#: Characters that no word of a gap may hold, by the kind of gap.
_CLOSED = {"~": frozenset(';:,"()'), "~~": frozenset(';"')}
_INNER_MARK = re.compile(rb'[^ ][;:,"()]|[;:,"()][^ ]')  # one within a word: "1,000"


class Choice(msgspec.Struct, frozen=True):
    """An element: one of these phrases; equal ones of a language have one `key`."""

    key: int
    words: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]  # those of several words, by the first
    firsts: frozenset[str]  # all words that it can begin with, but for the article
    optional: bool
    article: bool  # may have its article before it


class Gap(msgspec.Struct, frozen=True):
    """Up to `most` words of any sort; `kind` says at which marks it stops.

    `strides` are the numbers of words to go at once, so that few steps reach as far: 1, 2, 4 and the rest;
    `longest` is the most of these.
    """

    kind: str
    most: int
    strides: tuple[int, ...]
    longest: int


Shape = tuple[Choice | Gap, ...]


def gap(kind: str, most: int) -> Gap:
    """A gap of up to so many words."""
    strides: list[int] = []
    reached = 0
    while reached < most:
        strides.append(min(reached + 1, most - reached, _LONGEST_STRIDE))
        reached += strides[-1]
    return Gap(kind, most, tuple(strides), max(strides, default=0))


_keys: dict[tuple[str, ...], int] = {}


@functools.cache
def choice(phrases: tuple[str, ...], *, optional: bool, article: bool) -> Choice:
    """The element that stands for any of these phrases."""
    longer: dict[str, list[tuple[str, ...]]] = {}
    rows = [tuple(phrase.split()) for phrase in phrases]
    for first, *rest in rows:
        if rest:
            longer.setdefault(first, []).append(tuple(rest))
    single = frozenset(row[0] for row in rows if len(row) == 1)
    key = _keys.setdefault(phrases, len(_keys))
    by_first = {first: tuple(rests) for first, rests in longer.items()}
    return Choice(key, single, by_first, single.union(by_first), optional, article)


class Places:
    """Where each word of a masked sentence stands; `offsets` are the bytes at which words begin.

    `vocabulary` holds all words with which an element of the shapes asked for can begin; None for any word.
    """

    def __init__(self, text: bytes, vocabulary: frozenset[str] | None = None) -> None:
        parts = text.decode().split()
        self.by_word: dict[str, int] = {}
        by_word = self.by_word
        bit = 1
        for word in parts:
            by_word[word] = by_word.get(word, 0) | bit
            bit <<= 1
        sizes = map(len, parts if text.isascii() else text.split())
        self.offsets = [0, *accumulate(size + 1 for size in sizes)]
        self.anywhere = (bit << 1) - 1  # with the place behind the last word
        self.articles = by_word.get("the", 0) | by_word.get("its", 0) | by_word.get("their", 0)
        self._words = frozenset(by_word) if vocabulary is None else vocabulary.intersection(by_word)
        self._known: dict[int, tuple[tuple[int, int], ...]] = {}
        self._runs: dict[str, list[int]] = {}
        self._has_inner_marks = _INNER_MARK.search(text) is not None

    def starts(self, shape: Shape) -> int:
        """All places where a pattern of this shape holds."""
        ends = self.anywhere
        for element in reversed(shape):
            if type(element) is Gap:
                runs = self._runs.get(element.kind) or self._open_runs(element.kind)
                while len(runs) <= element.longest:
                    runs.append(runs[-1] & runs[-1] >> 1)
                for stride in element.strides:
                    ends |= ends >> stride & runs[stride]
                continue
            assert type(element) is Choice  # noqa: S101 - there is no third sort of element
            held = self._known.get(element.key)
            if held is None:
                held = self._known[element.key] = self._holds(element)
            found = 0
            for length, places in held:
                found |= ends >> length & places
            if element.article:
                found |= self.articles & found >> 1
            if element.optional:
                ends |= found
            elif found:
                ends = found
            else:
                return 0
        return ends

    def _holds(self, element: Choice) -> tuple[tuple[int, int], ...]:
        """Where the element's phrases stand, by their number of words."""
        by_word = self.by_word
        found: dict[int, int] = {}
        for first in element.firsts.intersection(self._words):  # goes through the shorter of the two
            if first in element.words:
                found[1] = found.get(1, 0) | by_word[first]
            for rest in element.phrases.get(first, ()):
                places = by_word[first]
                for step, word in enumerate(rest, 1):
                    places &= by_word.get(word, 0) >> step
                if places:
                    found[len(rest) + 1] = found.get(len(rest) + 1, 0) | places
        return tuple(found.items())

    def _open_runs(self, kind: str) -> list[int]:
        """For each number of words, none and one so far, where so many stand that a gap may pass over."""
        passable = self.anywhere >> 1
        closed = _CLOSED[kind]
        if self._has_inner_marks:
            marks = [word for word in self.by_word if not closed.isdisjoint(word)]
        else:
            marks = [*closed.intersection(self.by_word)]
        for word in marks:
            passable ^= self.by_word[word]
        runs = self._runs[kind] = [self.anywhere, passable]
        return runs
