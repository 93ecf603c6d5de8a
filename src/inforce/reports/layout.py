"""Text laid out for a terminal: wrapped paragraphs and columns, with styles that can be left out.

Small on purpose: a terminal library takes longer to import than most questions take to answer
(docs/decisions/command-line.md).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

#: Words of a style and their ANSI codes ("bold red" is both).
_CODES = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


class Piece(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: str = ""


#: A printed line; a cell of a table is a few paragraphs, each in one style.
Line = tuple[Piece, ...]
Cell = Sequence[Piece]

EMPTY: Line = ()


def paragraph(text: str, width: int, style: str = "") -> list[Line]:
    """`text` wrapped to `width`; its own line ends are kept."""
    return [(Piece(line, style),) for line in _wrapped(text, width)]


def columns(
    rows: Sequence[Sequence[Cell | str]], width: int, *, gap: int = 2, right: Sequence[int] = ()
) -> list[Line]:
    """Rows as columns that fit `width`; the widest columns wrap first. `right` are set to the right."""
    if not rows:
        return []
    cells = [[(Piece(cell),) if isinstance(cell, str) else cell for cell in row] for row in rows]
    widths = _widths(cells, width - gap * (len(rows[0]) - 1))
    lines: list[Line] = []
    for row in cells:
        blocks = [_block(cell, widths[at]) for at, cell in enumerate(row)]
        for parts in zip_longest(*blocks, fillvalue=Piece("")):
            pieces: list[Piece] = []
            for at, part in enumerate(parts):
                filling = " " * (widths[at] - len(part.text))
                before, after = (filling, "") if at in right else ("", filling)
                pieces += [Piece(before), part, Piece(after + " " * gap)]
            lines.append(tuple(pieces))
    return lines


def indented(lines: Iterable[Line], by: int) -> list[Line]:
    """The lines moved to the right by `by` columns."""
    return [(Piece(" " * by), *line) for line in lines]


def printed(lines: Iterable[Line], *, colour: bool) -> str:
    """The lines as one text with no blanks at line ends; styles only where `colour` is set."""
    return "".join(_printed_line(line, colour) + "\n" for line in lines)


def _printed_line(line: Line, colour: bool) -> str:
    plain = "".join(piece.text for piece in line)
    if not colour:
        return plain.rstrip()
    left = len(plain.rstrip())
    out = ""
    for piece in line:
        text = piece.text[:left]
        left -= len(text)
        codes = ";".join(_CODES[word] for word in piece.style.split())
        out += f"\x1b[{codes}m{text}\x1b[0m" if codes and text.strip() else text
    return out


def _block(cell: Cell, width: int) -> list[Piece]:
    return [Piece(line, piece.style) for piece in cell for line in _wrapped(piece.text, width)]


def _wrapped(text: str, width: int) -> list[str]:
    wrapped = (textwrap.wrap(line, max(width, 1), break_on_hyphens=False) for line in text.split("\n"))
    return [line for lines in wrapped for line in lines or [""]]


def _widths(rows: Sequence[Sequence[Cell]], room: int) -> list[int]:
    """Each column's natural width; where all together are too wide, the widest give way."""
    widths = [
        max((len(line) for row in rows for piece in row[at] for line in piece.text.split("\n")), default=0)
        for at in range(len(rows[0]))
    ]
    while sum(widths) > room and max(widths) > 1:
        widest = widths.index(max(widths))
        others = sorted(widths)[-2] if len(widths) > 1 else 0
        widths[widest] = max(min(widths[widest] - 1, room - sum(widths) + widths[widest]), others - 1, 1)
    return widths
