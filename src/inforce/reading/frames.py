"""Frames: how the press says what the contract knows, as data (data/frames/), matched in linear time.

A sentence is masked: each mention becomes its kind in angle brackets, all else is lower case, one
blank between words. How a pattern is written: patterns.py.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate, chain
from typing import Any

import msgspec
import re2

from inforce.reading.lexicon import data
from inforce.reading.linear import Spans, spans_at
from inforce.reading.mentions import Mention
from inforce.reading.patterns import Lists, compile_pattern, shape_of, word_lists
from inforce.reading.sieve import Choice, Places, Shape
from inforce.reading.tokens import Sentence, Token

#: Files of data/frames in the order in which their frames are tried: the narrower before the wider.
_FILES = (
    "suspension",
    "instruments",
    "steps",
    "ellipsis",
    "notices",
    "leaving",
    "joining",
    "membership",
    "treaty_facts",
    "counts",
    "notice_periods",
    "prohibitions",
    "stocks",
    "programmes",
    "weapons",
)
_IRREGULAR = {"won't": "will", "can't": "can", "shan't": "shall"}
_CONTRACTED = {"ll": "will", "ve": "have", "re": "are", "m": "am"}
_WORDS_KEPT = 1 << 15
_BLANK = 32  # a blank, as a byte
_ROWS = 4  # elements of a pattern that are looked for before its order is
_QUOTES = frozenset('"“”„«»‟')


#: Words within a row of others that say nothing of what the verb governs: dates, lengths of time.
_OPEN_TO_ALL = frozenset(
    {
        "<D>",
        "<U>",
        "last",
        "this",
        "next",
        "that",
        "late",
        "early",
        "mid",
        "the",
        "year",
        "week",
        "month",
        "day",
    }
)

_PARTICLES = frozenset({"from", "of", "out", "to", "with", "behind", "away", "into"})


class Word(msgspec.Struct, gc=False):
    """One word of a masked sentence: tokens [first, last), and the mention it stands for."""

    text: str
    first: int
    last: int
    mention: Mention | None = None


class Masked(msgspec.Struct):
    """A sentence as frames see it; `starts` are the words' offsets in `text`, which is UTF-8.

    `texts` are the words' texts, `named` the mentions with the indexes of their words.
    """

    words: list[Word]
    text: bytes
    starts: list[int]
    texts: list[str]
    named: list[tuple[int, Mention]]

    def word_at(self, offset: int) -> int:
        """Index of the word that holds a byte of the masked text."""
        return bisect_right(self.starts, offset) - 1


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way of saying one thing. See data/frames/words.yaml for what the fields do."""

    id: str
    kind: str  # a claim's kind, or "ellipsis": the claim before, said of somebody else
    say: tuple[str, ...]
    predicate: str | None = None
    subject: str = "need"  # need | may | none
    treaty: str = "context"  # need | context | item | none
    when: bool = True
    modality: str | None = None
    negated: bool | None = None
    action: str | None = None
    swallow: bool = False
    unless: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    unless_next: tuple[str, ...] = ()  # not where one of these words follows the trigger
    last_resort: bool = False  # not where the words already serve a claim of its sort, or a duty
    takes_treaty: bool = False  # not where the trigger's object is named and is no treaty
    set: dict[str, Any] = {}


class Hit(msgspec.Struct):
    """A frame found in a masked sentence: words [first, last), trigger word, marked subject word."""

    frame: Frame
    first: int
    last: int
    trigger: int
    subject: int | None


def mask(tokens: list[Token], sentence: Sentence, mentions: Mapping[int, Mention]) -> Masked:
    """The masked form of a sentence; `mentions` are those of the whole text by their first token."""
    words: list[Word] = []
    at = sentence.first
    while at < sentence.last:
        mention = mentions.get(at)
        if mention is not None:
            word, last = f"<{mention.kind}>", mention.last
        else:
            word, last = _plain(tokens[at].norm), at + 1
        words.append(Word(word, at, last, mention))
        at = last
    return masked_of(words)


def masked_of(words: list[Word]) -> Masked:
    """A masked sentence of these words."""
    texts = [word.text for word in words]
    named = [(index, word.mention) for index, word in enumerate(words) if word.mention is not None]
    text = (" ".join(texts) + " ").encode(errors="replace")
    sizes = map(len, texts if text.isascii() else (part.encode(errors="replace") for part in texts))
    starts = [0, *accumulate(size + 1 for size in sizes)]
    starts.pop()
    return Masked(words, text, starts, texts, named)


@functools.lru_cache(maxsize=_WORDS_KEPT)
def _plain(norm: str) -> str:
    """A word as frames see it: quotation marks alike, contractions written out."""
    if norm in _QUOTES:
        return '"'
    if "'" in norm and len(norm) > 2:
        if norm.endswith("n't"):
            return f"{_IRREGULAR.get(norm, norm[:-3])} not"
        stem, _, ending = norm.rpartition("'")
        if ending in _CONTRACTED:
            return f"{stem} {_CONTRACTED[ending]}"
    return norm


class Pattern(msgspec.Struct, frozen=True):
    """A row of elements: what it can begin with tells its shape, what stands where its RE2 expression."""

    frame: Frame
    say: str
    shape: Shape


class Grammar(msgspec.Struct, frozen=True):
    """All patterns in the order of the file.

    `rows` tells for each word in which patterns it can be the first, second, ... element that must be
    there: a bit for each pattern, row upon row; `short` has the bits of those that have no such element.
    """

    patterns: tuple[Pattern, ...]
    rows: dict[str, int]
    short: int
    deepest: int
    guards: dict[str, Shape]
    vocabulary: frozenset[str]  # all words with which an element can begin
    closed: frozenset[str]  # words that can follow a verb without being its object
    of_treaty: frozenset[str]  # nouns that stand for a treaty as an object: "its membership"
    finite: frozenset[str]  # verbs that open the rest of a clause behind an aside
    joins: frozenset[str]  # words that join a verb to the actor before them
    before_joined: frozenset[str]  # and what may stand between the two


def _options() -> Any:
    options = re2.Options()
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


@functools.cache
def grammar() -> Grammar:
    """All frames, read once; an expression is compiled where its pattern first holds."""
    lists = _lists()
    patterns: list[Pattern] = []
    guards: dict[str, Shape] = {}
    frames = [f for name in _FILES for f in data(f"frames/{name}.yaml")]
    for frame in (msgspec.convert(f, Frame, strict=False) for f in frames):
        patterns.extend(Pattern(frame, say, shape_of(say, lists)) for say in frame.say)
        guards.update((guard, shape_of(guard, lists)) for guard in (*frame.unless, *frame.only_if))
    needs = [
        [part for part in pattern.shape if isinstance(part, Choice) and not part.optional]
        for pattern in patterns
    ]
    deepest = min(max(map(len, needs)), _ROWS)
    short = 0
    by_choice: dict[frozenset[str], int] = {}
    for number, needed in enumerate(needs):
        for row in range(deepest):
            bit = 1 << (row * len(needs) + number)
            if row >= len(needed):
                short |= bit
            else:
                firsts = needed[row].firsts
                by_choice[firsts] = by_choice.get(firsts, 0) | bit
    rows: dict[str, int] = {}
    for firsts, bits in by_choice.items():
        for word in firsts:
            rows[word] = rows.get(word, 0) | bits
    names = ("closed", "of_treaty", "finite", "verb_joins", "before_joined")
    words = (frozenset(lists[name]) for name in names)
    shapes = (*(pattern.shape for pattern in patterns), *guards.values())
    choices = (part for shape in shapes for part in shape if isinstance(part, Choice))
    vocabulary = frozenset(chain.from_iterable(part.firsts for part in choices))
    return Grammar(tuple(patterns), rows, short, deepest, guards, vocabulary, *words)


@functools.cache
def _lists() -> Lists:
    return word_lists(data("frames/words.yaml"))


@functools.cache
def expression(say: str) -> tuple[Callable[[bytes, int], Spans | None], int, int]:
    """What matches a pattern at a place, with the groups of its trigger and its subject, 0 for none."""
    compiled = re2.compile(compile_pattern(say, _lists()).encode(), _options())
    groups = compiled.groupindex
    return spans_at(compiled), groups.get(b"v", 0), groups.get(b"s", 0)


def find_hits(masked: Masked) -> Iterator[Hit]:
    """All places where a frame's pattern holds, in the order of the frames."""
    known = grammar()
    places = Places(masked.text, known.vocabulary)
    guarded: dict[str, bool] = {}
    for pattern in _able(known, places):
        starts = places.starts(pattern.shape)
        if starts and _is_guarded(pattern.frame, places, known.guards, guarded):
            yield from _hits(masked, places, pattern, starts, known)


def _able(known: Grammar, places: Places) -> Iterator[Pattern]:
    """The patterns of which each element that must be there has a word in the sentence, in order."""
    width = len(known.patterns)
    met = known.short
    for word in places.by_word:
        met |= known.rows.get(word, 0)
    able = (1 << width) - 1
    for row in range(known.deepest):
        able &= met >> (row * width)
    while able:
        lowest = able & -able
        yield known.patterns[lowest.bit_length() - 1]
        able ^= lowest


def _is_guarded(frame: Frame, places: Places, guards: dict[str, Shape], known: dict[str, bool]) -> bool:
    """Whether the sentence holds none of the patterns that bar a frame, and one of those it asks for."""
    for guard in (*frame.unless, *frame.only_if):
        if guard not in known:
            known[guard] = places.starts(guards[guard]) != 0
    if any(known[guard] for guard in frame.unless):
        return False
    return not frame.only_if or any(known[guard] for guard in frame.only_if)


def _hits(masked: Masked, places: Places, pattern: Pattern, starts: int, known: Grammar) -> Iterator[Hit]:
    frame = pattern.frame
    spans_of, trigger_group, subject_group = expression(pattern.say)
    at = _next_start(places, starts, 0)
    while at >= 0 and (spans := spans_of(masked.text, at)):
        start, end = spans[0]
        start += masked.text[start] == _BLANK
        first, last = masked.word_at(start), masked.word_at(end - 1) + 1
        said, told = spans[trigger_group] if trigger_group else (-1, -1)
        acting = spans[subject_group][0] if subject_group else -1
        trigger = masked.word_at(said) if said >= 0 else first
        if acting < 0 and _has_another_actor(masked.words, first, trigger, known):
            at = _next_start(places, starts, start + 1)
            continue
        behind = masked.word_at(told - 1) + 1 if trigger_group else first + 1
        following = masked.words[behind].text if behind < len(masked.words) else ""
        barred = following in frame.unless_next or (
            frame.takes_treaty and _has_other_object(masked.words, behind, known)
        )
        if not barred:
            yield Hit(frame, first, last, trigger, masked.word_at(acting) if acting >= 0 else None)
        at = _next_start(places, starts, said + 1 if said >= 0 else end - 1)


def _has_another_actor(words: list[Word], first: int, trigger: int, known: Grammar) -> bool:
    """Whether words between a conjunction and the verb it was taken to join name who acts: "and 178 have"."""
    if words[first].text not in known.joins:
        return False
    between = [word.text for word in words[first + 1 : trigger]]
    if words[first].text == "," and not (between and between[0] in known.finite):
        return True
    return any(text not in known.before_joined and not text.endswith("ly") for text in between)


def _next_start(places: Places, starts: int, at: int) -> int:
    """The first byte from `at` on at which a match can begin, with the blank before it; -1 where none."""
    first = bisect_left(places.offsets, at + 1) if at else 0
    left = starts >> first << first
    if not left:
        return -1
    return max(places.offsets[(left & -left).bit_length() - 1] - 1, 0)


def _has_other_object(words: list[Word], at: int, compiled: Grammar) -> bool:
    """Whether the verb before word `at` governs a thing that is no treaty: "left the room"."""
    governed = False
    while at < len(words) and words[at].text in _PARTICLES:
        at += 1
    for word in words[at : at + 8]:
        if word.text == "<T>" or word.text in compiled.of_treaty:
            return False
        if word.text in compiled.closed or not (word.text[0].isalnum() or word.text[0] == "<"):
            return governed
        if word.text not in _OPEN_TO_ALL and not word.text.endswith("ly"):
            governed = True
    return governed
