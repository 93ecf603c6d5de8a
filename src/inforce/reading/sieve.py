"""Where in a sentence a pattern of frames can begin, told from its words alone, all places at once.

A set of places is one whole number, bit n for word n. A pattern is gone through from its end: the
places from which its last element holds, then those from which the one before leads there, and so on.
That costs a few operations on numbers an element, however long the sentence, and is exact; so the
expressions of RE2, which tell what stands where, are asked only of sentences in which they match.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

ARTICLES = ("the", "its", "their")
_ARTICLE = frozenset(ARTICLES)
#: Characters that no word of a gap may hold, by the kind of gap.
_CLOSED = {"~": frozenset(';:,"()'), "~~": frozenset(';"')}


class Choice(msgspec.Struct, frozen=True):
    """An element: one of these words, or phrases of several by their first word."""

    words: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    optional: bool
    article: bool  # may have its article before it

    def firsts(self) -> frozenset[str]:
        """The words that it can begin with, but for the article."""
        return self.words.union(self.phrases)


class Gap(msgspec.Struct, frozen=True):
    """Up to `most` words of any sort; `kind` says at which marks it stops."""

    kind: str
    most: int


Shape = tuple[Choice | Gap, ...]


def choice(phrases: Sequence[str], *, optional: bool, article: bool) -> Choice:
    """The element that stands for any of these phrases."""
    longer: dict[str, list[tuple[str, ...]]] = {}
    rows = [tuple(phrase.split()) for phrase in phrases]
    for first, *rest in rows:
        if rest:
            longer.setdefault(first, []).append(tuple(rest))
    single = frozenset(row[0] for row in rows if len(row) == 1)
    return Choice(single, {first: tuple(rests) for first, rests in longer.items()}, optional, article)


class Places:
    """Where each word of a masked sentence stands; `offsets` are the bytes at which words begin."""

    def __init__(self, text: bytes) -> None:
        self.by_word: dict[str, int] = {}
        self.offsets: list[int] = []
        bit, offset = 1, 0
        for part in text.split():
            word = part.decode()
            self.by_word[word] = self.by_word.get(word, 0) | bit
            self.offsets.append(offset)
            offset += len(part) + 1
            bit <<= 1
        self.anywhere = (bit << 1) - 1  # with the place behind the last word
        self._known: dict[frozenset[str], int] = {}
        self._open: dict[str, int] = {}

    def of(self, words: frozenset[str]) -> int:
        """Where one of these words stands."""
        found = self._known.get(words)
        if found is None:
            found = 0
            for word in words & self.by_word.keys():
                found |= self.by_word[word]
            self._known[words] = found
        return found

    def open_to(self, kind: str) -> int:
        """Where a word stands that a gap of this kind may pass over."""
        found = self._open.get(kind)
        if found is None:
            found = self.anywhere >> 1
            for word, places in self.by_word.items():
                if not _CLOSED[kind].isdisjoint(word):
                    found &= ~places
            self._open[kind] = found
        return found

    def starts(self, shape: Shape) -> int:
        """All places where a pattern of this shape holds."""
        ends = self.anywhere
        for element in reversed(shape):
            if isinstance(element, Gap):
                ends = self._through_gap(element, ends)
            else:
                ends = self._before_choice(element, ends)
            if not ends:
                return 0
        return ends

    def _through_gap(self, gap: Gap, ends: int) -> int:
        passable = self.open_to(gap.kind)
        for _ in range(gap.most):
            wider = ends | (ends >> 1 & passable)
            if wider == ends:
                break
            ends = wider
        return ends

    def _before_choice(self, element: Choice, ends: int) -> int:
        by_word = self.by_word
        found = self.of(element.words) & ends >> 1
        for first in element.phrases.keys() & by_word.keys():
            for rest in element.phrases[first]:
                behind = ends >> len(rest)
                for step, word in enumerate(rest):
                    behind &= by_word.get(word, 0) >> step
                found |= by_word[first] & behind >> 1
        if element.article:
            found |= self.of(_ARTICLE) & found >> 1
        return found | ends if element.optional else found
