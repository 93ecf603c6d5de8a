"""Sources that are followed on somebody's word over HTTP, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from inforce.dates import in_words
from inforce.reports.layout import Line, Piece, columns, paragraph
from inforce.reports.naming import one_line, shortened
from inforce.watching.followed import Followed

_WORDS = 200


def source_list(found: Sequence[Followed], width: int) -> list[Line]:
    """Sources with whose word they are followed on, and how the last visit went."""
    if not found:
        return paragraph("No source was added over HTTP.", width)
    rows = [(one.name, one.kind, one.every, _story(one)) for one in found]
    return columns([("source", "kind", "every", "address, and whose word it is"), *rows], width)


def _story(one: Followed) -> list[Piece]:
    lines = [Piece(shortened(one_line(one.address), _WORDS))]
    lines.append(Piece(f"added by {one.by}, {in_words(one.since.date())}", "dim"))
    if one.visited is not None:
        how = shortened(one_line(one.problem), _WORDS) if one.problem else "went well"
        lines.append(Piece(f"last visit {one.visited:%Y-%m-%d %H:%M} UTC: {how}", "dim"))
    if one.ended is not None:
        lines.append(Piece(f"ended by {one.ended_by}, {in_words(one.ended.date())}", "dim"))
    return lines
