"""The place of a quotation in a passage: found word for word, or not at all."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec

from inforce.proposing.passages import Passage
from inforce.proposing.reasons import Refused
from inforce.reading.model import Span

_LONGEST = 1_000  # code points of a quotation: a claim is a clause or two


class _Flat(msgspec.Struct):
    """A text with one blank for each run of white space, and where each of its characters stood."""

    text: str
    at: list[int]


def find(passage: Passage, quote: str, before: str | None) -> Span:
    """The place of `quote` in the whole text; `before` decides where it stands at several places.

    The words must be those of the text, letter for letter; only a line end and a blank are the same.
    Raises `Refused` where there is no such place, or more than one.
    """
    wanted = " ".join(quote.split())
    if not any(letter.isalnum() for letter in wanted):
        raise Refused("it quotes no words")
    if len(wanted) > _LONGEST:
        raise Refused(f"its quotation is longer than {_LONGEST} characters")
    flat = _flattened(passage.text)
    found = list(_occurrences(flat.text, wanted))
    if not found:
        raise Refused("the text does not hold these words")
    if len(found) > 1:
        found = _decided(flat.text, found, before)
    start = flat.at[found[0]]
    end = flat.at[found[0] + len(wanted) - 1] + 1
    return Span(passage.start + start, passage.start + end, passage.text[start:end])


def _decided(text: str, found: list[int], before: str | None) -> list[int]:
    ahead = " ".join((before or "").split())
    if not ahead:
        raise Refused(f"the text holds these words {len(found)} times, and nothing says which are meant")
    meant = [at for at in found if text[max(0, at - len(ahead) - 1) : at].rstrip().endswith(ahead)]
    if len(meant) != 1:
        raise Refused(
            f"the text holds these words {len(found)} times, {len(meant) or 'none'} behind the words given"
        )
    return meant


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    """Where `wanted` stands as whole words: "land" does not stand in "Finland"."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        cut = (wanted[0].isalnum() and text[at - 1 : at].isalnum()) or (
            wanted[-1].isalnum() and text[end : end + 1].isalnum()
        )
        if not cut:
            yield at
        at = text.find(wanted, at + 1)


@functools.lru_cache(maxsize=2)
def _flattened(text: str) -> _Flat:
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        if not letter.isspace():
            letters.append(letter)
        elif letters and letters[-1] != " ":
            letters.append(" ")
        else:
            continue
        at.append(place)
    return _Flat("".join(letters), at)
