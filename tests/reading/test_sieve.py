"""The sieve must say exactly what RE2 says: where a pattern of frames can begin, in any row of words."""

from __future__ import annotations

import re2
from hypothesis import given
from hypothesis import strategies as st

from inforce.reading.frames import expression, grammar
from inforce.reading.patterns import compile_pattern, shape_of
from inforce.reading.sieve import Choice, Places

LISTS = {"leave": ("left", "pulled out", "pulled out of"), "treaty": ("<T>",)}
PATTERNS = (
    "@<S> ~3 !{leave} {treaty}",
    "!{leave} [the] {treaty}",
    "[not] !left|quit ~~2 <T>|treaty .|,",
    "<S> ~1 [<T>] !quit",
    "~2 !left",
    "!pulled_out|the [pulled] out of",
)
WORDS = st.sampled_from(
    '<S> <T> the its left pulled out of quit not treaty , . ; " : ( ) – naïve 1998'.split()
)


def _starts_by_expression(pattern: str, words: list[str]) -> list[int]:
    """Each word at which RE2 finds the pattern, tried one by one."""
    compiled = re2.compile(compile_pattern(pattern, LISTS).removeprefix("(?:^| )"))
    return [n for n in range(len(words)) if compiled.match(" ".join(words[n:]) + " ")]


@given(st.sampled_from(PATTERNS), st.lists(WORDS, max_size=14))
def test_the_sieve_tells_every_start(pattern: str, words: list[str]) -> None:
    found = Places(" ".join([*words, ""]).encode()).starts(shape_of(pattern, LISTS))
    places = [n for n in range(len(words)) if found >> n & 1]
    assert places == _starts_by_expression(pattern, words)


def test_a_gap_takes_no_more_words_than_it_may() -> None:
    shape = shape_of("<S> ~2 !left", LISTS)
    assert Places(b"<S> has not left ").starts(shape) == 1
    assert Places(b"<S> has not yet left ").starts(shape) == 0
    assert Places(b"<S> , it left ").starts(shape) == 0
    assert Places(b"<S> , it left ").starts(shape_of("<S> ~~2 !left", LISTS)) == 1


def test_every_pattern_of_the_frames_compiles() -> None:
    for pattern in grammar().patterns:
        assert expression(pattern.say)
        assert any(isinstance(element, Choice) and not element.optional for element in pattern.shape)
