"""Turns without labels: an interview in which a question's paragraph and an answer's take turns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from inforce.reading.model import Attribution
from inforce.reading.tokens import Sentence, Token
from inforce.reading.voices import listed

_QUESTIONS = 3  # that a text must ask before it is an interview
_FIRST_PERSON = frozenset("i we my our me us ours mine".split())

#: Tokens [first, last) of a paragraph.
Block = tuple[int, int]


def leading(blocks: Sequence[Block], tokens: Sequence[Token]) -> int:
    """How many paragraphs introduce an interview, up to that which says that somebody was met; 0 without."""
    for number, (first, last) in enumerate(blocks):
        if _asks(tokens, last):
            return 0
        if any(tokens[at].norm in listed("interviews") for at in range(first, last)):
            return number + 1
    return 0


def answers(
    blocks: Sequence[Block], tokens: Sequence[Token], lead: int, guest: Attribution
) -> list[tuple[int, int, Attribution | None]]:
    """Whose each paragraph behind the lead is, None for who asks; empty where it is no interview.

    Either the paragraphs alternate, or a question's opens an answer of any number of paragraphs. That the
    answers speak of "us" and "me" tells an interview from an explainer with questions as its headings.
    """
    told = blocks[lead:]
    asked = [number for number, (_, last) in enumerate(told) if _asks(tokens, last)]
    if len(asked) < _QUESTIONS:
        return []
    alternate = all(number % 2 == 0 for number in asked) and 4 * len(asked) >= len(told)
    found: list[tuple[int, int, Attribution | None]] = []
    for number, (first, last) in enumerate(told):
        asks = number % 2 == 0 if alternate else number in asked
        answering = not asks and (alternate or number > asked[0])
        found.append((first, last, guest if answering else None))
    own = [block for block in found if block[2] is not None]
    personal = sum(_is_personal(tokens, first, last) for first, last, _ in own)
    return found if 3 * personal >= len(own) > 0 else []


def blocks_of(sentences: Sequence[Sentence]) -> list[Block]:
    """The paragraphs of a text."""
    grouped = (list(each) for _, each in groupby(sentences, key=lambda sentence: sentence.block))
    return [(each[0].first, each[-1].last) for each in grouped]


def _asks(tokens: Sequence[Token], last: int) -> bool:
    return tokens[last - 1].text == "?"


def _is_personal(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(tokens[at].norm in _FIRST_PERSON for at in range(first, last))
