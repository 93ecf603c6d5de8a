"""The gate's phrases as one expression over bytes as they come: markup, in any encoding that is like ASCII.

It finds more than is there and never less: whatever the extraction of a page's text can make of the bytes
has a match here where the expression over that text has one. Between the words of a phrase may stand any
blanks, marks, tags, comments, scripts, entities, escapes and bytes that are not ASCII; within a word tags,
comments, entities, escapes and marks that are not printed ("<b>O</b>ttawa", "land&shy;mine"). A letter that
is written as a reference ("&#79;") is passed without looking further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from inforce.reading.gate_terms import Phrase, Terms, Way, alternatives

# In quotes an attribute may hold "<" and ">"; where quotes do not pair, the tag ends with the first ">".
_TAG = r"""<[^<>]*>|<(?:[^<>"']|"[^"]*"|'[^']*')*>"""
_ENTITY = "&(?:[#0-9A-Za-z]+;|nbsp|shy)"
_ESCAPE = r"\\(?:[bfnrt]|u....)"
# Not the dashes, quotation marks and dots of U+2010 to U+2027: "it’s" is no "its".
_NOT_PRINTED = (
    r"[\x00-\x08\x0e-\x1f\x7f\x80-\xc1\xc3-\xe1\xe3-\xff]"
    r"|\xc2[\x80-\xbf]|\xe2(?:[\x81-\xbf]|\x80[\x80-\x8f\xa8-\xbf])"
)
_BETWEEN = f"(?:[^0-9A-Za-z]|{_TAG}|{_ENTITY}|{_ESCAPE})*"
_WITHIN = f"(?:<[^<>]*>|{_ENTITY}|{_ESCAPE}|{_NOT_PRINTED})"
_OTHER = rf"(?:[\x80-\xff]+|{_ENTITY}|{_ESCAPE})"

#: References to letters and digits of ASCII, and to the two other characters that are their like.
_REFERENCE = (
    r"&#0*(?:4[89]|5[0-7]|6[5-9]|[78][0-9]|90|9[7-9]|1[01][0-9]|12[0-2]|383|8490)[^0-9]"
    r"|&#x0*(?:3[0-9]|[46][1-9a-f]|[57][0-9a]|17f|212a)[^0-9a-f]"
    r"|\\u00(?:3[0-9]|[46][1-9a-f]|[57][0-9a])|\\u(?:017f|212a)"
)
#: The same two characters in UTF-8: ſ is an s without case, K a k.
_LIKE_ASCII = r"\xc5\xbf|\xe2\x84\xaa"

_LEFT, _RIGHT = f"(?:^|[^A-Za-z]|{_ESCAPE}|&nbsp|&shy)", "(?:[^A-Za-z]|$)"
_CHUNK = re.compile(r"([0-9A-Za-z]+)|([^\x00-\x7f]+)")


def bytes_expression(terms: Terms) -> str:
    """An expression that matches bytes wherever their text can hold a phrase; Latin-1, without case."""
    ways = "|".join(map(_written, terms.ways))
    broken = "|".join(_broken(word) for word in _vocabulary(terms))
    return f"{_LEFT}(?:(?:{ways}){_RIGHT}|{broken})|{_REFERENCE}|{_LIKE_ASCII}"


def _written(way: Way) -> str:
    *steps, last = way
    before = (
        f"(?:{_any(s.phrases)}{_BETWEEN})*" if s.repeated else f"{_any(s.phrases)}{_BETWEEN}" for s in steps
    )
    return "".join(before) + _any(last.phrases)


def _vocabulary(terms: Terms) -> list[str]:
    """The words of ASCII that can be broken, once each."""
    chunks = (chunk for phrase in terms.phrases() for word in phrase.words for chunk in _chunks(word))
    return sorted({chunk for chunk in chunks if chunk and len(chunk) > 1})


def _broken(word: str) -> str:
    """The word with something in it behind its first, second ... letter, and perhaps behind the next one."""
    ways = []
    for at in range(1, len(word)):
        behind = word[at + 1] if at + 1 < len(word) else _RIGHT
        ways.append(f"{word[:at]}{_WITHIN}+{word[at]}(?:{behind}|{_WITHIN})")
    return "|".join(ways)


def _any(phrases: Iterable[Phrase]) -> str:
    return f"(?:{alternatives(phrases, _spelt, lambda before, after: _BETWEEN)})"


def _spelt(word: str, upper: bool) -> str:
    """A word; its apostrophes and stops may be written in any way, and letters beyond ASCII as well."""
    if word == ":":
        return word  # where it alone makes the difference
    if word == "'s":
        return "s?"  # of a plural the apostrophe alone
    chunks = _chunks(word.upper() if upper else word)
    written = _BETWEEN.join(_OTHER if chunk is None else chunk for chunk in chunks)
    return f"(?-i:{written})" if upper else written


def _chunks(word: str) -> Iterator[str | None]:
    """The parts of a word that are ASCII, and None for what is not."""
    for ascii_part, _ in _CHUNK.findall(word.replace("i\u0307", "İ")):
        yield ascii_part or None
