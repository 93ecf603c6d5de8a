"""The gate's phrases as one expression over plain text, with the boundaries of words that Python knows.

RE2's `\\b` and its letters are not those of the reader: `\\b` is ASCII, and its tables of Unicode are of
another year than Python's. The classes here are made of Python's own.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator

from inforce.reading.gate_terms import Phrase, Step, Terms, Way, alternatives

#: What may stand between the words of a phrase: blanks, hyphens and dashes, marks that are not printed.
SEPARATORS = (
    "\t-\r\x1c- \x85\xa0\xad\u1680\u2000-\u2015\u2028-\u202f\u205f-\u2064\u2066-\u206f\u2212\u3000\ufeff\\-"
)
#: The characters of words and of numbers, as the tokenizer has them.
LETTER, DIGIT = r"[^\W\d_]", r"\d"
_BETWEEN = f"[{SEPARATORS}]"


def text_expression(terms: Terms) -> str:
    """An expression one of whose groups is what goes a way, standing by itself; UTF-8, without case."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for way in terms.ways:
        for first, last, source in _written(way):
            grouped.setdefault((first, last), []).append(source)
    return "|".join(
        f"{_LEFT[first]()}({'|'.join(sources)}){_RIGHT[last]()}"
        for (first, last), sources in sorted(grouped.items())
    )


def _written(way: Way) -> Iterator[tuple[str, str, str]]:
    """The way by the sorts of its first and its last character."""
    step, *rest = way
    for first, before, source in _by_ends(step.phrases):
        for last, behind in _behind(before, rest):
            yield first, last, source + behind


def _behind(before: str, steps: list[Step]) -> Iterator[tuple[str, str]]:
    """What follows a character of the sort `before`, with the sort of its own last character."""
    if not steps:
        yield before, ""
        return
    step, *rest = steps
    if not step.repeated:
        for after, last, source in _by_ends(step.phrases):
            for end, behind in _behind(last, rest):
                yield end, f"{_gap(before, after)}{source}{behind}"
        return
    marks = [phrase for phrase in step.phrases if not sort(phrase.words[0][0])]
    between = f"(?:{_BETWEEN}|{_any(marks)})" if marks else _BETWEEN
    # two words without a mark between them need a blank
    apart = f"(?:{_BETWEEN}+|{_BETWEEN}*{_any(marks)}{between}*)" if marks else f"{_BETWEEN}+"
    fillers = f"(?:{apart}{_any(phrase for phrase in step.phrases if phrase not in marks)})*"
    following, *rest = rest
    for after, last, source in _by_ends(following.phrases):
        for end, behind in _behind(last, rest):
            yield end, f"{fillers}{apart if after == 'letter' else f'{between}*'}{source}{behind}"


def _by_ends(phrases: Iterable[Phrase]) -> Iterator[tuple[str, str, str]]:
    """The phrases in groups of those that begin and end with the same sort of character."""
    groups: dict[tuple[str, str], list[Phrase]] = {}
    for phrase in phrases:
        ends = sort(phrase.words[0][0]), sort(phrase.words[-1][-1])
        groups.setdefault(ends, []).append(phrase)
    for (first, last), members in groups.items():
        yield first, last, _any(members)


def _any(phrases: Iterable[Phrase]) -> str:
    return f"(?:{alternatives(phrases, _spelt, _separated)})"


def _spelt(word: str, upper: bool) -> str:
    return f"(?-i:{_word(word.upper())})" if upper else _word(word)


def _separated(before: str, after: str) -> str:
    return _gap(sort(before[-1]), sort(after[0]))


def _gap(before: str, after: str) -> str:
    return f"{_BETWEEN}{'+' if before == after != '' else '*'}"


def _word(word: str) -> str:
    if word == "'s":
        return "['’]s?"  # of a plural the apostrophe alone
    return "".join(_CHARACTERS.get(c) or re.escape(c) for c in word.replace(_DOTTED, "İ"))


#: How Python writes İ in lower case: i and a combining dot. RE2 keeps it as it is.
_DOTTED = "i\u0307"
_CHARACTERS = {"'": "['’]", " ": "\\x20"}


def sort(character: str) -> str:
    if re.match(LETTER, character):
        return "letter"
    return "digit" if character.isdecimal() else ""


@functools.cache
def _class(members: str) -> str:
    """The characters that an expression of Python's matches, as ranges."""
    runs = re.finditer(f"{members}+", _all_characters())
    return "".join(f"\\x{{{ord(run[0][0]):x}}}-\\x{{{ord(run[0][-1]):x}}}" for run in runs)


def _all_characters() -> str:
    return "".join(map(chr, range(sys.maxunicode + 1)))


_LEFT: dict[str, Callable[[], str]] = {
    "letter": lambda: f"(?:^|[^{_class(LETTER)}])",
    "digit": lambda: f"(?:^|[^{_class(DIGIT)}])",
    "": lambda: "",
}
_RIGHT: dict[str, Callable[[], str]] = {
    "letter": lambda: f"(?:[^{_class(LETTER)}]|$)",
    "digit": lambda: f"(?:[^{_class(DIGIT)}]|$)",
    "": lambda: "",
}
