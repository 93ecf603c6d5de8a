"""Text to blocks, sentences and tokens, each with its offsets in code points."""

from __future__ import annotations

import re
from typing import NamedTuple

import sentencex

# One character class after another, no nesting: linear on any input.
_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*|[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*|['’]s\b|[^\w\s]|_"
)
_MISSED_END = re.compile(r"(?<=[a-z]{2})[.] (?=[A-Z])|(?<=\bNo)[.] (?=[A-Z])")
_SHORT = frozenset(
    "mr mrs ms dr st vs gen col lt art sen rep gov jr sr sept oct nov dec jan feb mar apr jun jul aug capt maj adm arts nos para".split()
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.){2,}")
_BULLET = "•*-–—·▪►"
_SENTENCE_END = '.!?:;”"’)'
_APOSTROPHES = frozenset({"'", "’"})
_WRAPPED = 50  # a line this long without a sentence end is taken to be wrapped
_ABBREVIATIONS = ("Art.", "Arts.", "No.", "Nos.", "para.", "paras.")
_TITLES = ("Gen.", "Col.", "Lt.", "Capt.", "Maj.", "Adm.")


class Token(NamedTuple):
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
    tokens = [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in _TOKEN.finditer(text)
    ]
    quoted = False
    for at, token in enumerate(tokens):
        if token.text not in _APOSTROPHES:
            continue
        before, after = text[token.start - 1 : token.start], text[token.end : token.end + 1]
        opens = not before.strip() and bool(after.strip())
        if not quoted and not opens and _is_possessive(text, tokens, at):
            tokens[at] = token._replace(norm="'s")
        quoted = opens
    return tokens


def _is_possessive(text: str, tokens: list[Token], at: int) -> bool:
    """"the Philippines' exit": an apostrophe close behind an s, a word behind it."""
    close = at > 0 and tokens[at - 1].end == tokens[at].start and tokens[at - 1].norm.endswith("s")
    return close and at + 1 < len(tokens) and tokens[at + 1].text[0].isalnum() and text[tokens[at].end] == " "


def split_sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    """Sentences in order; a sentence never crosses a line break that ends a block."""
    sentences: list[Sentence] = []
    at = 0
    for block, (start, end) in enumerate(_blocks(text)):
        for first, last in _sentence_spans(text, start, end):
            while at < len(tokens) and tokens[at].start < first:
                at += 1
            begin = at
            while at < len(tokens) and tokens[at].start < last:
                at += 1
            if at > begin:
                sentences.append(Sentence(begin, at, block))
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
    block = text[start:end]
    bounds = (
        [start + b["start_index"] for b in sentencex.get_sentence_boundaries("en", block)] if block else []
    )
    edges = [*(bounds or [start]), end]
    edges[0] = start
    spans = [part for a, b in zip(edges, edges[1:], strict=False) for part in _split_again(text, a, b)]
    spans = [(a, b) for a, b in spans if text[a:b].strip()]
    return _merge_abbreviations(text, spans)


def _split_again(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ends that the segmenter passes over: a word of four letters or more, a stop, a blank, a capital."""
    cuts = [
        start + m.end()
        for m in _MISSED_END.finditer(text[start:end])
        if text[max(start, start + m.start() - 8) : start + m.start()].split(" ")[-1].lower() not in _SHORT
    ]
    edges = [start, *cuts, end]
    return list(zip(edges, edges[1:], strict=False))


def _merge_abbreviations(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in spans:
        before = text[merged[-1][0] : merged[-1][1]].rstrip() if merged else ""
        if (
            before.endswith(_ABBREVIATIONS)
            and text[span[0] : span[0] + 1].isdigit()
            or before.endswith(_TITLES)
        ) or (before and _INITIALS.fullmatch(before.split()[-1])):
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return merged
