"""An article cut into paragraphs and runs, so that claims which nest or overlap can all be marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from inforce.reading.model import Span

#: Lines of hard-wrapped prose are about this long; longer ones are paragraphs of their own.
_WRAPPED = range(50, 101)


class Run(NamedTuple):
    """A stretch of text inside one paragraph. `covering` are the claims over it, the innermost last;
    `ending` those whose last character it holds. Both count from 0 in the order of the spans given.
    """

    text: str
    covering: tuple[int, ...]
    ending: tuple[int, ...]


class Paragraph(NamedTuple):
    """A paragraph's runs, and the claims that begin in it."""

    runs: tuple[Run, ...]
    claims: tuple[int, ...]


def paragraphs(text: str, spans: Sequence[Span]) -> tuple[Paragraph, ...]:
    """Cut `text` at its paragraphs and at both ends of every span; nothing but blank lines is lost."""
    order = sorted(range(len(spans)), key=lambda index: (spans[index].start, -spans[index].end))
    found = []
    at = 0
    reaching: list[int] = []  # claims of earlier paragraphs that go on
    for start, end in _bounds(text):
        while at < len(order) and spans[order[at]].end <= start:
            at += 1
        first = at
        while at < len(order) and spans[order[at]].start < end:
            at += 1
        touching = [i for i in (*reaching, *order[first:at]) if spans[i].end > start]
        claims = sorted(i for i in order[first:at] if spans[i].start >= start)
        found.append(Paragraph(_runs(text, start, end, touching, spans), tuple(claims)))
        reaching = [i for i in touching if spans[i].end > end]
    return tuple(found)


def _runs(text: str, start: int, end: int, touching: Sequence[int], spans: Sequence[Span]) -> tuple[Run, ...]:
    edges = {edge for i in touching for edge in (spans[i].start, spans[i].end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    runs = []
    at = 0
    over: list[int] = []
    for left, right in pairwise(cuts):
        over = [i for i in over if spans[i].end > left]
        while at < len(touching) and spans[touching[at]].start < right:
            over.append(touching[at])
            at += 1
        ending = tuple(i for i in over if left < spans[i].end <= right)
        runs.append(Run(text[left:right], tuple(over), ending))
    return tuple(runs)


def _bounds(text: str) -> list[tuple[int, int]]:
    """Start and end of every paragraph: a line, or a block of hard-wrapped lines."""
    found: list[tuple[int, int]] = []
    block: list[tuple[int, int]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if line.strip():
            block.append((at, at + len(line)))
        elif block:
            wrapped = len(block) > 1 and all(end - start in _WRAPPED for start, end in block[:-1])
            found.extend([(block[0][0], block[-1][1])] if wrapped else block)
            block = []
        at += len(line) + 1
    return found
