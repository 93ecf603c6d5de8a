"""A text's tokens and mentions, to be found by where they begin, where they end and what they cover."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain

from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.tokens import Sentence, Token


class Scene:
    """The stage on which mentions are put together; every change keeps the indexes true."""

    def __init__(
        self, tokens: list[Token], sentences: list[Sentence], mentions: list[Mention], lexicon: Lexicon
    ) -> None:
        self.tokens = tokens
        self._norms = [token.norm for token in tokens]
        self._places: dict[str, list[int]] = {}
        for at, norm in enumerate(self._norms):
            self._places.setdefault(norm, []).append(at)
        self._size = len(tokens)
        self.sentences = sentences
        self.lexicon = lexicon
        self._by_first: dict[int, Mention] = {}
        self._by_last: dict[int, Mention] = {}
        for mention in mentions:
            self.add(mention)

    def norm(self, at: int) -> str:
        """The token at an index in lower case; empty beyond either end."""
        return self._norms[at] if 0 <= at < self._size else ""

    def where(self, words: Container[str]) -> list[int]:
        """The indexes of all tokens that are one of some words."""
        return sorted(chain.from_iterable(at for norm, at in self._places.items() if norm in words))

    def norms(self, first: int, last: int) -> tuple[str, ...]:
        """The tokens [first, last) in lower case."""
        if 0 <= first <= last <= self._size:
            return tuple(self._norms[first:last])
        return tuple(self.norm(at) for at in range(first, last))

    def mentions(self, kinds: str = "") -> list[Mention]:
        """All mentions, or those of some kinds, in order."""
        found = [m for m in self._by_first.values() if not kinds or m.kind in kinds]
        return sorted(found, key=lambda m: m.first)

    def begins(self, at: int) -> Mention | None:
        """The mention that begins at a token."""
        return self._by_first.get(at)

    def ends(self, at: int) -> Mention | None:
        """The mention that ends just before a token."""
        return self._by_last.get(at)

    def covered(self, kinds: str) -> set[int]:
        """Every token inside a mention of these kinds."""
        return {at for m in self._by_first.values() if m.kind in kinds for at in range(m.first, m.last)}

    def add(self, mention: Mention) -> None:
        """Put a mention on; those that it covers go."""
        self._clear(mention.first, mention.last)
        self._enter(mention)

    def drop(self, mention: Mention) -> None:
        """Take a mention off."""
        if self._by_first.get(mention.first) is mention:
            del self._by_first[mention.first]
        if self._by_last.get(mention.last) is mention:
            del self._by_last[mention.last]

    def stretch(self, mention: Mention, first: int, last: int) -> None:
        """Let a mention grow to cover [first, last); those that it covers now go.

        What it covered already was cleared before: a list of states grows one at a time, and may be long.
        """
        self.drop(mention)
        self._clear(first, mention.first)
        self._clear(mention.last, last)
        mention.first, mention.last = first, last
        self._enter(mention)

    def _clear(self, first: int, last: int) -> None:
        for at in range(first, last):
            inside = self._by_first.get(at)
            if inside is not None:
                self.drop(inside)

    def _enter(self, mention: Mention) -> None:
        self._by_first[mention.first] = mention
        self._by_last[mention.last] = mention
