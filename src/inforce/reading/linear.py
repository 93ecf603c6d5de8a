"""Linear-time expressions (RE2): options of the grammars of times and amounts; the short way to a match."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import re2

Spans = list[tuple[int, int]]  # of the match and of each of its groups, (-1, -1) where it has no part


def re2_options(*, longest: bool) -> Any:
    """Without case; with `longest` the longest match at a place, and no groups."""
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = longest
    options.never_capture = longest
    options.max_mem = 256 << 20
    options.log_errors = False
    return options


def spans_at(expression: Any) -> Callable[[bytes, int], Spans | None]:
    """What tells the spans of an expression of bytes that matches exactly at a place of a text.

    The package's own way makes a generator and a match for each; below it lies the same object of RE2, which
    is asked itself where it is to be had.
    """
    inner = getattr(expression, "_regexp", None)
    if inner is None:
        return lambda text, at: _spans(expression.match(text, at))
    ask, anchor = inner.Match, inner.Anchor.ANCHOR_START

    def spans(text: bytes, at: int) -> Spans | None:
        found: Spans = ask(anchor, text, at, len(text))
        return found if found[0][0] >= 0 else None

    return spans


def each_span(expression: Any, text: str) -> Iterator[tuple[int, int]]:
    """Where an expression of text matches, from left to right, in code points; it matches nothing empty."""
    inner = getattr(expression, "_regexp", None)
    if inner is None:
        yield from (match.span() for match in expression.finditer(text))
        return
    ask, anywhere = inner.Match, inner.Anchor.UNANCHORED
    data = text.encode()
    plain, size = len(data) == len(text), len(data)
    at = told = before = 0  # `before` is the number of code points up to byte `told`
    while True:
        start, end = ask(anywhere, data, at, size)[0]
        if start < 0:
            return
        if plain:
            yield start, end
        else:
            first = before + len(data[told:start].decode())
            before, told = first + len(data[start:end].decode()), end
            yield first, before
        at = max(end, start + 1)


def _spans(match: Any) -> Spans | None:
    return [match.span(group) for group in range(match.re.groups + 1)] if match else None
