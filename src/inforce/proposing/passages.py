"""A text cut into passages that a model can take at once: at the borders of paragraphs, overlapping."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

#: Code points of a passage: about 1,500 tokens, which leaves room in a context of 8,000 for the answer.
LONGEST = 6_000

#: A passage begins again with the last paragraphs of the one before, up to so many code points.
OVERLAP = 800

#: Passages of one text that are sent; what lies behind them is told, and not sent.
MOST = 40


class Passage(msgspec.Struct, frozen=True):
    """An unbroken part of a text: the code points [start, end)."""

    start: int
    end: int
    text: str


def passages(text: str, *, longest: int = LONGEST, overlap: int = OVERLAP) -> Iterator[Passage]:
    """The passages of a text, in order; together they cover all of it that is not blank.

    A paragraph that is longer than a passage is cut behind a sentence, else at a blank, else anywhere.
    """
    start = 0
    while start < len(text):
        end = _end(text, start, longest)
        if text[start:end].strip():
            yield Passage(start, end, text[start:end])
        if end == len(text):
            return
        start = _start(text, start, end, overlap)


def _end(text: str, start: int, longest: int) -> int:
    """Where the passage from `start` ends: in its second half, at the strongest border there."""
    limit = start + longest
    if limit >= len(text):
        return len(text)
    middle = start + longest // 2
    for border in ("\n\n", "\n", ". ", " "):
        at = text.rfind(border, middle, limit)
        if at >= 0:
            return at + len(border)
    return limit


def _start(text: str, start: int, end: int, overlap: int) -> int:
    """Where the passage after [start, end) begins: at a border within the overlap, else right at `end`."""
    earliest = max(start + 1, end - overlap)
    for border in ("\n\n", "\n", ". "):
        at = text.find(border, earliest, end - len(border))
        if at >= 0:
            return at + len(border)
    return end
