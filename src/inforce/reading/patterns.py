"""The language that frames are written in: a pattern is a row of elements:

    word|word      one of these words; a_b: "a b"   [word]     an optional element
    {name}         a word list of the file          ~3  ~~3    up to 3 words; the first kind stops at commas
    <S>            a mention of that kind           !element   the trigger: modality and negation before it
    @<S>           the mention that is the subject   !@<S>  trigger and subject in one

A row becomes an expression, which tells what stands where, and a shape, which tells where it holds at all.
"""

from __future__ import annotations

import re
from typing import Any

from inforce.reading.inflection import inflected
from inforce.reading.sieve import ARTICLES, Choice, Gap, Shape, choice, gap

#: A mention within a pattern may have its article: "signed by <S>" holds for "signed by the <S>".
_ARTICLE = f"(?:(?:{'|'.join(ARTICLES)}) )?"
_GAP = re.compile(r"(~{1,2})(\d+)")
_ELEMENT = re.compile(r"[!@]?\[[^\]]*\]|\S+")
#: These lists say only that somebody acts; who it is, the clause tells.
_ANY_ACTOR = frozenset({"@{who}", "@{actor}", "@{body}", "@{doer}"})


Lists = dict[str, tuple[str, ...]]


def _alternatives(element: str, lists: Lists) -> tuple[str, ...]:
    """The phrases an element stands for; all but braces is literal."""
    body = element[1:-1] if _is_optional(element) else element
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
        between = _GAP.fullmatch(element)
        if between:
            word = r'[^\s;"]+' if between[1] == "~~" else r'[^\s;:,"()]+'
            parts.append(f"(?:{word} ){{0,{between[2]}}}?")
            continue
        optional = _is_optional(element)
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


def shape_of(pattern: str, lists: Lists) -> Shape:
    """A frame's pattern as the sieve takes it: what compile_pattern says of what stands where left out."""
    shape: list[Choice | Gap] = []
    inner = False
    for element in _ELEMENT.findall(pattern):
        between = _GAP.fullmatch(element)
        if between:
            shape.append(gap(between[1], int(between[2])))
        else:
            phrases = _alternatives(element, lists)
            article = inner and any(phrase[0] == "<" for phrase in phrases)
            shape.append(choice(phrases, optional=_is_optional(element), article=article))
        inner = True
    return tuple(shape)


def _is_optional(element: str) -> bool:
    return element.startswith("[") and element.endswith("]")


def word_lists(raw: dict[str, Any]) -> Lists:
    lists: Lists = {}
    for name, value in raw.items():
        phrases: list[str] = []
        for phrase in value.split() if isinstance(value, str) else value:
            if phrase.startswith("{"):
                phrases.extend(lists[phrase[1:-1]])
            else:
                phrases.extend(" ".join(p.replace("-", " - ").split()) for p in inflected(phrase))
        lists[name] = tuple(dict.fromkeys(phrases))
    return lists
