"""A quicker first look at text, with hyperscan (the extra `fast`): whether a word is there that must be.

Every way of the gate has a step each of whose phrases holds a word, or two together, that is rare in the
press. hyperscan looks for these words as plain bytes, and what stands beside a find is looked at on the
spot. Where none stands in a text, nothing does; where one may, the gate's own expression decides, so that
the answers are the same with hyperscan and without.
"""

from __future__ import annotations

import hashlib
import platform
import re
import threading
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from inforce import cache
from inforce.reading.gate_terms import Phrase, Step, Terms
from inforce.reading.lexicon import data

_PLAIN = re.compile(r"[a-z]+")
_ENOUGH = 1000  # finds refused in one text, after which the gate's own expression is the quicker


class Anchor(NamedTuple):
    """A word that must be in a text; with `before` or `after`, beside that other word."""

    word: str
    cased: bool = False
    whole: bool = True
    before: str = ""
    after: str = ""


def anchors(terms: Terms) -> tuple[Anchor, ...] | None:
    """What one of must be in a text that passes; None where a phrase has no letter of ASCII."""
    common = frozenset(data("gate.yaml")["common"])
    found = set()
    for way in terms.ways:
        step = min((step for step in way if not step.repeated), key=lambda step: _share(step, common))
        for phrase in step.phrases:
            anchor = _anchor(phrase, common)
            if anchor is None:
                return None
            found.add(anchor)
    return tuple(sorted(found))


def _share(step: Step, common: frozenset[str]) -> float:
    """The share of phrases without a rare word."""
    return sum(not any(_rare(phrase, common)) for phrase in step.phrases) / len(step.phrases)


def _rare(phrase: Phrase, common: frozenset[str]) -> Iterator[str]:
    return (word for word in phrase.words if _PLAIN.fullmatch(word) and word not in common)


def _anchor(phrase: Phrase, common: frozenset[str]) -> Anchor | None:
    """What is wherever the phrase is: best a long rare word, then an acronym, then two words together."""
    rare = max(_rare(phrase, common), key=len, default="")
    if phrase.upper and _PLAIN.fullmatch(phrase.words[0]):
        first = phrase.words[0]
        return Anchor(rare) if len(rare) > len(first) and rare != first else Anchor(first.upper(), cased=True)
    if rare:
        return Anchor(rare)
    plain = [word for word in phrase.words if _PLAIN.fullmatch(word)]
    pairs = [pair for pair in zip(phrase.words, phrase.words[1:], strict=False) if set(pair) <= set(plain)]
    if pairs:
        one, other = max(pairs, key=lambda pair: sum(map(len, pair)) - 9 * len(_EVERYWHERE & set(pair)))
        return Anchor(other, before=one) if len(other) > len(one) else Anchor(one, after=other)
    if plain:
        return Anchor(max(plain, key=len))
    written = " ".join(phrase.words).replace("i\u0307", "İ")
    part = max(_PLAIN.findall(written), key=len, default="")
    return Anchor(part, whole=False) if len(part) > 1 else None


_EVERYWHERE = frozenset(
    "a an and at by for had has in its of on or such that the these this those to".split()
)


class FastLook:
    """The anchors as a database of hyperscan, kept in the cache; may be asked by several threads."""

    def __init__(self, given: Iterable[Anchor]) -> None:
        import hyperscan  # noqa: PLC0415 - an extra

        words: dict[tuple[str, bool], list[Anchor]] = {}
        for anchor in given:
            words.setdefault((anchor.word, anchor.cased), []).append(anchor)
        self._looks = [_Look(word, among) for (word, _), among in words.items()]
        self._stop, self._scratch = hyperscan.ScanTerminated, hyperscan.Scratch
        self._database = _database(tuple(words), hyperscan)
        self._own = threading.local()  # a scratch that two threads share loses matches

    def sees(self, text: str, encoded: bytes) -> bool:
        """Whether an anchor may be in the text, also given in UTF-8."""
        if not text.isascii() and ("ſ" in text or "\u212a" in text):
            return True  # an s and a k without case
        try:
            scratch = self._own.scratch
        except AttributeError:
            scratch = self._own.scratch = self._scratch(self._database)
        try:
            self._database.scan(encoded, self._met, context=[encoded, 0], scratch=scratch)
        except self._stop:
            return True
        return False

    def _met(self, number: int, _start: int, end: int, _flags: int, seen: list[Any]) -> bool:
        if number >= len(self._looks) or self._looks[number].holds(seen[0], end):
            return True
        seen[1] += 1
        return bool(seen[1] > _ENOUGH)


_IS_LETTER = bytes(chr(byte).isascii() and chr(byte).isalpha() for byte in range(256))
_FAR = 20  # bytes between two words that are not looked behind


class _Look:
    """What has to stand beside a word for it to count."""

    def __init__(self, word: str, among: list[Anchor]) -> None:
        self._size = len(word)
        self._whole = all(anchor.whole for anchor in among)
        self._alone = any(not anchor.before and not anchor.after for anchor in among)
        after = "|".join(sorted(anchor.after for anchor in among if anchor.after))
        before = "|".join(sorted(anchor.before for anchor in among if anchor.before))
        self._reach = _FAR + len(before)
        self._after = re.compile(rf"[^0-9A-Za-z]*(?:{after})(?![A-Za-z])".encode(), re.I) if after else None
        ending = rf"(?:(?:{before})[^0-9A-Za-z]*|[^0-9A-Za-z]{{{_FAR}}})\Z"
        self._before = re.compile(ending.encode(), re.I) if before else None

    def holds(self, text: bytes, end: int) -> bool:
        start = end - self._size
        if self._whole and (
            (start and _IS_LETTER[text[start - 1]]) or (end < len(text) and _IS_LETTER[text[end]])
        ):
            return False
        if self._alone or (self._after and self._after.match(text, end)):
            return True
        return self._before is not None and bool(
            self._before.search(text[max(0, start - self._reach) : start])
        )


#: hyperscan takes steps as long as its shortest literal allows and then looks at a few of the bytes alone,
#: which serves badly where all are of five letters and more: measured, one of three makes it 3 times faster.
_SHORT = b"\x01\x02\x03"


def _database(words: tuple[tuple[str, bool], ...], hyperscan: Any) -> Any:
    literals = [word.encode() for word, _ in words] + [_SHORT]
    flags = [0 if cased else hyperscan.HS_FLAG_CASELESS for _, cased in words] + [0]
    told = (hyperscan.__version__, platform.machine(), literals, flags)
    key = hashlib.sha256(repr(told).encode()).hexdigest()
    kept = cache.read("gate", key)
    if kept is not None:
        try:
            return hyperscan.loadb(kept, mode=hyperscan.HS_MODE_BLOCK)
        except hyperscan.error:
            pass  # of another processor: made anew
    made = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    made.compile(
        expressions=literals,
        ids=list(range(len(literals))),
        elements=len(literals),
        flags=flags,
        literal=True,
    )
    cache.write("gate", key, hyperscan.dumpb(made))
    return made
