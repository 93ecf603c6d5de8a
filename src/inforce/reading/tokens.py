"""Text to blocks, sentences and tokens, each with its offsets in code points."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

import msgspec
import sentencex

# One character class after another, no nesting: linear on any input.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|[^\w\s]|_"
)
_MISSED_END = re.compile(r"[.] (?=[A-Z])")
_ENDS_WORD = re.compile(r"[a-z]{2}$|\bNo$")  # what stands before such an end
_SHORT = frozenset(
    "mr mrs ms dr st vs gen col lt capt maj adm sen rep gov jr sr art arts no nos para"
    " jan feb mar apr jun jul aug sept oct nov dec".split()
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_BULLET = "•*-–—·▪►"
_SENTENCE_END = '.!?:;”"’)'
_APOSTROPHES = frozenset({"'", "’"})
_LONGEST = 400  # tokens after which a sentence is cut: looking through one costs the square of its length
_WINDOW = 4000  # characters of a block that are cut into sentences at a time
_WRAPPED = 50  # a line this long without a sentence end is taken to be wrapped
# The segmenter fails on blanks of more than one byte before a stop ("K\u00a0."), so it sees plain ones.
_PLAIN_BLANKS = {ord(c): " " for c in "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"} | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
_ODD_BLANK = re.compile(f"[{''.join(map(chr, _PLAIN_BLANKS))}]")
_ABBREVIATIONS = ("Art.", "Arts.", "No.", "Nos.", "para.", "paras.")
_TAIL = 24  # characters at the end of a sentence among which its last word stands
_NORMS_KEPT = 1 << 15
_TITLES = ("Gen.", "Col.", "Lt.", "Capt.", "Maj.", "Adm.")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or mark; `norm` is lower case with a straight apostrophe."""

    start: int
    end: int
    text: str
    norm: str


class Sentence(NamedTuple):
    """A run of tokens [first, last) of one block; `block` numbers the paragraph or list item."""

    first: int
    last: int
    block: int


def tokenize(text: str) -> list[Token]:
    """Tokens of a text; "U.S." is one token, the possessive 's is one of its own, also where it has no s."""
    words = _TOKEN.findall(text)
    starts, at = [], 0
    for word in words:  # between tokens stand only blanks, and no token holds one
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    ends = map(add, starts, map(len, words))
    tokens = list(map(Token, starts, ends, words, map(_norm, words)))
    quoted = False
    for at in [at for at, token in enumerate(tokens) if token.text in _APOSTROPHES]:
        token = tokens[at]
        before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
        opens = not before.strip() and bool(after.strip())
        if not quoted and not opens and _is_possessive(text, tokens, at):
            tokens[at] = msgspec.structs.replace(token, norm="'s")
        quoted = opens
    return tokens


@functools.lru_cache(maxsize=_NORMS_KEPT)
def _norm(text: str) -> str:
    return text.lower().replace("’", "'")


def _is_possessive(text: str, tokens: list[Token], at: int) -> bool:
    """ "the Philippines' exit": an apostrophe close behind an s, a word behind it."""
    close = at > 0 and tokens[at - 1].end == tokens[at].start and tokens[at - 1].norm.endswith("s")
    return close and at + 1 < len(tokens) and tokens[at + 1].text[0].isalnum() and text[tokens[at].end] == " "


def split_sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    """Sentences in order; a sentence never crosses a line break that ends a block."""
    sentences: list[Sentence] = []
    starts = [token.start for token in tokens]
    at = 0
    for block, (start, end) in enumerate(_blocks(text)):
        for first, last in _sentence_spans(text, start, end):
            begin = bisect_left(starts, first, at)
            at = bisect_left(starts, last, begin)
            sentences.extend(
                Sentence(part, min(part + _LONGEST, at), block) for part in range(begin, at, _LONGEST)
            )
    return sentences


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs, list items and lines that stand for themselves; a hard-wrapped line joins the next."""
    blocks: list[tuple[int, int]] = []
    start = 0
    wrapped = False
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        end = start + len(line)
        if stripped:
            if wrapped and stripped[0] not in _BULLET:
                blocks[-1] = (blocks[-1][0], end)
            else:
                blocks.append((start, end))
        wrapped = len(stripped) >= _WRAPPED and stripped[-1] not in _SENTENCE_END
        start = end
    return blocks


def _sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    edges = [*_begins(text, start, end), end]
    spans = [part for a, b in pairwise(edges) for part in _split_again(text, a, b)]
    spans = [(a, b) for a, b in spans if text[a:b].strip()]
    return _merge_abbreviations(text, spans)


def _begins(text: str, start: int, end: int) -> list[int]:
    """Where the sentences of a block begin.

    The segmenter takes quadratic time over quotation marks that nobody closes, so it gets a window at a time,
    which goes on from the last sentence that begins in it.
    """
    begins = [start]
    while start < end:
        window = text[start : min(end, start + _WINDOW)]
        if not window.isascii() and _ODD_BLANK.search(window):
            window = window.translate(_PLAIN_BLANKS)
        found = [start + b["start_index"] for b in sentencex.get_sentence_boundaries("en", window)][1:]
        begins += found
        if start + len(window) >= end:
            break
        start = found[-1] if found else start + len(window)
        if not found:
            begins.append(start)
    return begins


def _split_again(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ends that the segmenter passes over: a word that is no short form, a stop, a blank, a capital."""
    cuts = []
    for match in _MISSED_END.finditer(text, start, end):
        tail = text[max(0, match.start() - _TAIL) : match.start()]
        word = text[max(start, match.start() - _TAIL) : match.start()].rsplit(" ", maxsplit=1)[-1]
        if _ENDS_WORD.search(tail) and word.lower() not in _SHORT:
            cuts.append(match.end())
    edges = [start, *cuts, end]
    return list(pairwise(edges))


def _merge_abbreviations(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins what was cut behind "Art." before a number, behind a title, behind initials."""
    merged: list[tuple[int, int]] = []
    for span in spans:
        end = merged[-1][1] if merged else 0
        word = next(iter(text[max(0, end - _TAIL) : end].split()[-1:]), "")
        numbered = word in _ABBREVIATIONS and text[span[0]].isdigit()
        if merged and (numbered or word in _TITLES or _INITIALS.fullmatch(word)):
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return merged


def printed(tokens: Sequence[Token], first: int, last: int) -> str:
    """Tokens [first, last) with the spaces between them as in the text, each as one."""
    parts = [tokens[first].text]
    for one, other in zip(tokens[first:last], tokens[first + 1 : last], strict=False):
        parts.append((" " if other.start > one.end else "") + other.text)
    return "".join(parts)
