"""Lines of a printed page put together as running text: paragraphs on one line each, words whole again.

A paragraph ends at an empty line, at a line that ends a sentence well before the right margin, before a
bullet, and after a heading; it runs on over the end of a page where its sentence does. A hyphen at the
end of a line goes, unless the word is written with it elsewhere in the document.
"""

from __future__ import annotations

from collections import Counter

import re2

_BULLET = re2.compile(r"^(?:[•▪►‣◦·*–—-]|\(?[a-z0-9]{1,3}[.)])\s")
_PAGE_NUMBER = re2.compile(r"^(?:(?i:page|p\.)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?$")
_HYPHENED = re2.compile(r"[\pL]+(?:-[\pL]+)+")
_LAST_WORD = re2.compile(r"([\pL]+(?:-[\pL]+)*)-$")
_FIRST_WORD = re2.compile(r"^([\pL]+(?:-[\pL]+)*)")
_SENTENCE_END = '.!?:;”"’)…'
#: A line shorter than this share of the widest ones does not reach the margin.
_SHORT = 0.8
#: On so many pages a line must stand first or last to be taken for a running head or foot.
_REPEATED = 3


def joined(pages: list[list[str]]) -> str:
    """The text of pages, given as lines; empty lines part paragraphs, as they do in the result."""
    heads = _running_lines(pages)
    kept = [_without_edges(page, heads) for page in pages]
    lines = [line for page in kept for line in page]
    written = Counter(word.lower() for line in lines for word in _HYPHENED.findall(line))
    widths = sorted(len(line) for line in lines if line)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    paragraphs: list[str] = []
    open_ = False
    for number, page in enumerate(kept):
        for at, line in enumerate(page):
            if not line:
                open_ = False
                continue
            first_on_page = at == 0 and number > 0
            if first_on_page and paragraphs:
                open_ = _runs_on(paragraphs[-1], line)
            if open_ and paragraphs and not _BULLET.search(line):
                paragraphs[-1] = _with(paragraphs[-1], line, written)
            else:
                paragraphs.append(line)
            open_ = not (line[-1] in _SENTENCE_END and len(line) < width * _SHORT) and not _is_heading(
                line, width
            )
    return "\n\n".join(paragraphs)


def _runs_on(paragraph: str, line: str) -> bool:
    """Whether the first line of a page goes on with the last paragraph of the page before."""
    return paragraph[-1] not in _SENTENCE_END or line[0].islower()


def _is_heading(line: str, width: int) -> bool:
    """A short line without an end, of which nothing points to a sentence that goes on."""
    return (
        len(line) < width * 0.6
        and line[-1] not in ",-–—"
        and not line[0].islower()
        and not _BULLET.search(line)
    )


def _with(paragraph: str, line: str, written: Counter[str]) -> str:
    if not paragraph.endswith(("-", "\u00ad")):
        return f"{paragraph} {line}"
    if paragraph.endswith("\u00ad"):
        return paragraph[:-1] + line
    before, after = _LAST_WORD.search(paragraph[-80:]), _FIRST_WORD.search(line)
    if before is None or after is None:
        return paragraph + line if before else f"{paragraph} {line}"
    whole = f"{before[1]}-{after[1]}".lower()
    keeps = written[whole] > 0 or after[1][0].isupper() or "-" in before[1]
    return paragraph + line if keeps else paragraph[:-1] + line


def _running_lines(pages: list[list[str]]) -> frozenset[str]:
    """Lines that stand first or last on many pages, whatever their numbers."""
    edges: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line]
        edges.update({_numberless(line) for line in (*filled[:1], *filled[-1:])})
    most = max(_REPEATED, len(pages) // 2)
    return frozenset(line for line, count in edges.items() if count >= most)


def _without_edges(page: list[str], heads: frozenset[str]) -> list[str]:
    """The page without its running head, foot and number, and without empty lines at its edges."""
    lines = list(page)
    for end in (0, -1):
        while lines and not lines[end]:
            del lines[end]
        while lines and (_numberless(lines[end]) in heads or _PAGE_NUMBER.search(lines[end])):
            del lines[end]
            while lines and not lines[end]:
                del lines[end]
    return lines


def _numberless(line: str) -> str:
    return "".join("#" if character.isdigit() else character for character in line)
