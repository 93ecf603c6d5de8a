"""The texts that a page, or a part of one, may have: told from its bytes without a parser.

What the quick look at a page finds is mostly nothing: a word of a menu, letters that tags keep apart. Before
the text of a page is extracted, which takes a hundred times as long, what stands around the find is looked at
again in readings of which one has whatever the extraction can give: with every tag a blank, and with the
letters on both sides of tags and unprinted marks put together where that makes a word of the gate.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

#: Stands where a tag was; no text has it, since it is no character of XML.
_TAG = "\x01"
_TAGS = re.compile(rb"<[A-Za-z/!?][^<>]*>")
#: A value in quotes, which may hold "<" and ">".
_VALUE = re.compile(rb"""=\s*"[^"]*"|=\s*'[^']*'""")
#: The values in which a page's head tells its title.
_TOLD = re.compile(rb"""(?i)content\s*=\s*("[^"]*"|'[^']*')""")
#: References as the readers of pages take them; of those without their end only what is a blank or nothing.
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][0-9A-Za-z]{1,30};|nbsp|shy)")
_ESCAPE = re.compile(r"\\(?:([bfnrt])|u([0-9A-Fa-f]{4}))")
#: What is not printed: control characters, marks of format, private characters.
UNPRINTED = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ue000-\uf8ff\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"
)
_APART = re.compile(f"[{UNPRINTED}]+")  # tags as well, by what stands for them
# Single classes, and looked at no further than a word is long: linear.
_RUN = re.compile(r"[^\W\d_]+|\d+")
_LAST_RUN = re.compile(r"(?:[^\W\d_]+|\d+)\Z")
_FAR = 64
#: The s behind an apostrophe, which is no run of letters to be put together with one.
_POSSESSIVE = re.compile(f"(['’])[{UNPRINTED}]+(?=[sS])")


def readings(data: bytes, words: Collection[str], longest: int) -> Iterator[str]:
    """Texts of a page in UTF-8, of which one holds each phrase that its own text holds.

    `words` are those that letters may be put together to, none longer than `longest`.
    """
    yield _plain(b"\n".join(_TOLD.findall(data)))
    plain = _TAGS.sub(_TAG.encode(), data)
    yield from _without_tags(_plain(plain), words, longest)
    bare = _TAGS.sub(_TAG.encode(), _VALUE.sub(b"", _without_comments(data)))
    if bare != plain:
        yield from _without_tags(_plain(bare), words, longest)


def runs(word: str) -> list[str]:
    """The letters and digits of a word of the gate, without case."""
    return [run.casefold() for run in _RUN.findall(word)]


def _plain(data: bytes) -> str:
    """The characters that are meant, with references and escapes replaced, twice where they are nested."""
    text = data.decode("utf-8", "replace")
    for _ in range(2 if "&" in text else 0):
        text = _REFERENCE.sub(_meant, text)
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    return html.unescape(found[0])


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[2], 16)) if found[2] else " "


def _without_comments(data: bytes) -> bytes:
    parts, at = [], 0
    while (start := data.find(b"<!--", at)) >= 0 and (end := data.find(b"-->", start + 4)) >= 0:
        parts.append(data[at:start])
        at = end + 3
    return b"<!>".join([*parts, data[at:]])


def _without_tags(text: str, words: Collection[str], longest: int) -> Iterator[str]:
    text = _POSSESSIVE.sub(r"\1", text)
    yield text.replace(_TAG, " ")
    chains = [(chain, [text[slice(*run)].casefold() for run in chain]) for chain in _chains(text)]
    # "Africa<br>n<b>on" can be "African on" and "Africa non"
    for found in (_words_from_left, _words_from_right):
        together = [
            (chain[start][0], chain[end - 1][1], chain[start:end])
            for chain, runs_of in chains
            for start, end in found(runs_of, words, longest)
        ]
        if not together:
            return
        yield _put_together(text, together)


def _put_together(text: str, together: list[tuple[int, int, list[tuple[int, int]]]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, its in together:
        parts += (text[done:start], *(text[slice(*run)] for run in its))
        done = end
    return "".join([*parts, text[done:]]).replace(_TAG, " ")


def _words_from_left(letters: list[str], words: Collection[str], longest: int) -> list[tuple[int, int]]:
    """Of runs of letters those that make words of the gate, always the longest."""
    found, at = [], 0
    while at < len(letters):
        word, best = letters[at], at + 1
        for end in range(at + 1, len(letters)):
            word += letters[end]
            if len(word) > longest:
                break
            if word in words:
                best = end + 1
        if best > at + 1:
            found.append((at, best))
        at = best
    return found


def _words_from_right(letters: list[str], words: Collection[str], longest: int) -> list[tuple[int, int]]:
    """The same, beginning with the last."""
    found, end = [], len(letters)
    while end > 0:
        word, best = letters[end - 1], end - 1
        for at in range(end - 2, -1, -1):
            word = letters[at] + word
            if len(word) > longest:
                break
            if word in words:
                best = at
        if best < end - 1:
            found.append((best, end))
        end = best
    return found[::-1]


def _chains(text: str) -> Iterator[list[tuple[int, int]]]:
    """Runs of letters with nothing but tags and unprinted marks between them, where they begin and end."""
    chain: list[tuple[int, int]] = []
    for apart in _APART.finditer(text):
        start, end = apart.span()
        if not (text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()):
            continue
        before = _LAST_RUN.search(text, max(0, start - _FAR), start)
        after = _RUN.match(text, end, end + _FAR)
        if not before or not after:
            continue
        if chain and chain[-1][1] == start:
            chain.append(after.span())
            continue
        if chain:
            yield chain
        chain = [before.span(), after.span()]
    if chain:
        yield chain
