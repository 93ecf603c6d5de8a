"""Frames: how the press says what the contract knows, as data (data/frames/), matched in linear time.

A sentence is masked: each mention becomes its kind in angle brackets, all else is lower case, one
blank between words. A pattern is a row of elements:

    word|word      one of these words; a_b: "a b"   [word]     an optional element
    {name}         a word list of the file          ~3  ~~3    up to 3 words; the first kind stops at commas
    <S>            a mention of that kind           !element   the trigger: modality and negation before it
    @<S>           the mention that is the subject   !@<S>  trigger and subject in one
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import re2

from inforce.reading.lexicon import data
from inforce.reading.mentions import Mention
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
)
#: A mention within a pattern may have its article: "signed by <S>" holds for "signed by the <S>".
_ARTICLE = "(?:(?:the|its|their) )?"
_GAP = re.compile(r"(~{1,2})(\d+)")
_ELEMENT = re.compile(r"[!@]?\[[^\]]*\]|\S+")
_IRREGULAR = {"won't": "will", "can't": "can", "shan't": "shall"}
_CONTRACTED = {"ll": "will", "ve": "have", "re": "are", "m": "am"}
_QUOTES = frozenset('"“”„«»‟')


#: These lists say only that somebody acts; who it is, the clause tells.
_ANY_ACTOR = frozenset({"@{who}", "@{actor}", "@{body}"})


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


class Word(msgspec.Struct):
    """One word of a masked sentence: tokens [first, last), and the mention it stands for."""

    text: str
    first: int
    last: int
    mention: Mention | None = None


class Masked(msgspec.Struct):
    """A sentence as frames see it; `starts` are the words' offsets in `text`."""

    words: list[Word]
    text: str
    starts: list[int]

    def word_at(self, offset: int) -> int:
        """Index of the word that holds a character of the masked text."""
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
            words.append(Word(f"<{mention.kind}>", at, mention.last, mention))
            at = mention.last
        else:
            words.append(Word(_plain(tokens[at].norm), at, at + 1))
            at += 1
    text, starts, length = "", [], 0
    parts = []
    for word in words:
        starts.append(length)
        parts.append(word.text)
        length += len(word.text) + 1
    text = " ".join(parts) + " "
    return Masked(words, text, starts)


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
    """A compiled row of elements; of each set in `needs` a sentence must hold a word."""

    frame: Frame
    expression: Any
    needs: tuple[frozenset[str], ...]


class Grammar(msgspec.Struct, frozen=True):
    """All patterns in the order of the file; `by_key` finds those that a word can set off."""

    patterns: tuple[Pattern, ...]
    by_key: dict[str, tuple[int, ...]]
    guards: dict[str, Any]
    closed: frozenset[str]  # words that can follow a verb without being its object
    of_treaty: frozenset[str]  # nouns that stand for a treaty as an object: "its membership"


Lists = dict[str, tuple[str, ...]]


def _alternatives(element: str, lists: Lists) -> tuple[str, ...]:
    """The phrases an element stands for; all but braces is literal."""
    body = element[1:-1] if element.startswith("[") and element.endswith("]") else element
    body = body.lstrip("!@") if len(body) > 1 else body
    phrases: list[str] = []
    for part in body.split("|"):
        name = part.removeprefix("!").removeprefix("@").strip("{}")
        literal = " ".join(part.replace("_", " ").replace("-", " - ").split())
        phrases.extend(lists[name] if part.endswith("}") else [literal])
    return tuple(phrases)


def compile_pattern(pattern: str, lists: Lists) -> str:
    """A frame's pattern as an RE2 expression over masked text."""
    parts = []
    for element in _ELEMENT.findall(pattern):
        gap = _GAP.fullmatch(element)
        if gap:
            word = r'[^\s;"]+' if gap[1] == "~~" else r'[^\s;:,"()]+'
            parts.append(f"(?:{word} ){{0,{gap[2]}}}")
            continue
        optional = element.startswith("[") and element.endswith("]")
        mark = element[1:2] if optional else element[:1]
        marked = len(element) > 1 and element not in _ANY_ACTOR
        group = {"!": "?P<v>", "@": "?P<s>"}.get(mark, "?:") if marked else "?:"
        phrases = _alternatives(element, lists)
        body = "|".join(re.escape(phrase) for phrase in phrases)
        if element[:2] in ("!@", "@!"):
            group, body = "?P<v>", f"(?P<s>{body})"
        article = _ARTICLE if parts and any(phrase[0] == "<" for phrase in phrases) else ""
        parts.append(f"(?:{article}({group}{body}) )?" if optional else f"{article}({group}{body}) ")
    return "(?:^| )" + "".join(parts)


def _needs(pattern: str, lists: Lists) -> tuple[frozenset[str], ...]:
    """For each element that must be there the first words of its phrases; the trigger's come first."""
    elements = [e for e in _ELEMENT.findall(pattern) if not _GAP.fullmatch(e) and not e.startswith("[")]
    elements.sort(key=lambda e: not (e.startswith("!") and len(e) > 1))
    return tuple(frozenset(phrase.split()[0] for phrase in _alternatives(e, lists)) for e in elements)


def _word_lists(raw: dict[str, Any]) -> Lists:
    lists: Lists = {}
    for name, value in raw.items():
        phrases: list[str] = []
        for phrase in value.split() if isinstance(value, str) else value:
            phrases.extend(
                lists[phrase[1:-1]]
                if phrase.startswith("{")
                else [" ".join(phrase.replace("-", " - ").split())]
            )
        lists[name] = tuple(dict.fromkeys(phrases))
    return lists


def _options() -> Any:
    options = re2.Options()
    options.max_mem = 64 << 20
    options.log_errors = False
    return options


@functools.cache
def grammar() -> Grammar:
    """All frames, compiled once."""
    lists = _word_lists(data("frames/words.yaml"))
    options = _options()
    patterns: list[Pattern] = []
    guards: dict[str, Any] = {}
    by_key: dict[str, list[int]] = {}
    frames = [f for name in _FILES for f in data(f"frames/{name}.yaml")]
    for frame in (msgspec.convert(f, Frame, strict=False) for f in frames):
        for say in frame.say:
            needs = _needs(say, lists)
            for key in needs[0]:
                by_key.setdefault(key, []).append(len(patterns))
            patterns.append(Pattern(frame, re2.compile(compile_pattern(say, lists), options), needs))
        for guard in (*frame.unless, *frame.only_if):
            guards[guard] = re2.compile(compile_pattern(guard, lists), options)
    return Grammar(
        tuple(patterns),
        {k: tuple(v) for k, v in by_key.items()},
        guards,
        frozenset(lists["closed"]),
        frozenset(lists["of_treaty"]),
    )


def find_hits(masked: Masked) -> Iterator[Hit]:
    """All places where a frame's pattern holds, in the order of the frames."""
    compiled = grammar()
    words = set(masked.text.split())
    able = {index for word in words for index in compiled.by_key.get(word, ())}
    for index in sorted(able):
        pattern = compiled.patterns[index]
        if any(need.isdisjoint(words) for need in pattern.needs):
            continue
        if pattern.expression.search(masked.text) and _guarded(pattern.frame, masked, compiled.guards):
            yield from _hits(masked, pattern.frame, pattern.expression, compiled)


def _guarded(frame: Frame, masked: Masked, guards: dict[str, Any]) -> bool:
    if any(guards[g].search(masked.text) for g in frame.unless):
        return False
    return not frame.only_if or any(guards[g].search(masked.text) for g in frame.only_if)


def _hits(masked: Masked, frame: Frame, pattern: Any, compiled: Grammar) -> Iterator[Hit]:
    at = 0
    trigger_group, subject_group = pattern.groupindex.get("v", 0), pattern.groupindex.get("s", 0)
    while match := pattern.search(masked.text, at):
        start = match.start() + (masked.text[match.start()] == " ")
        first, last = masked.word_at(start), masked.word_at(match.end() - 1) + 1
        said = match.start(trigger_group) if trigger_group else -1
        acting = match.start(subject_group) if subject_group else -1
        trigger = masked.word_at(said) if said >= 0 else first
        behind = masked.word_at(match.end(trigger_group) - 1) + 1 if trigger_group else first + 1
        following = masked.words[behind].text if behind < len(masked.words) else ""
        barred = following in frame.unless_next or (
            frame.takes_treaty and _has_other_object(masked.words, behind, compiled)
        )
        if not barred:
            yield Hit(frame, first, last, trigger, masked.word_at(acting) if acting >= 0 else None)
        at = said + 1 if said >= 0 else match.end() - 1


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
