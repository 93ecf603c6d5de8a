"""Statements: quotations that hold no other claim, under the name of whoever says them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from inforce.reading.model import Claim
from inforce.reading.scan import Scan
from inforce.reading.speech import Quote, Speech
from inforce.vocabulary import ClaimKind

_SHORTEST = 4  # tokens of a quotation that is a statement, where its speaker is known
_SHORTEST_UNSIGNED = 7  # and where nobody is named
_PHRASE = 6  # tokens from which a quotation in mid-sentence says something by itself


def statements(text: Scan, speech: Speech, claims: Sequence[Claim]) -> list[Claim]:
    """One statement a paragraph and speaker, where none of the claims stands in the quotation."""
    covered = _Covered([(claim.span.start, claim.span.end) for claim in claims])
    made: list[Claim] = []
    told: set[tuple[int, str]] = set()
    for quote in speech.quotes:
        teller = (quote.block, quote.speaker.speaker if quote.speaker else "")
        if teller in told or not _says_something(text, quote):
            continue
        span = text.slice(quote.first, quote.last)
        if covered.touches(span.start, span.end):
            continue
        told.add(teller)
        subject = (quote.speaker.of,) if quote.speaker and quote.speaker.of else ()
        made.append(Claim("", span, ClaimKind.STATEMENT, None, subject, attribution=quote.speaker))
    return made


def _says_something(text: Scan, quote: Quote) -> bool:
    """Whether a quotation is a sentence or near one, and no title or phrase."""
    length = quote.last - quote.first
    if length < (_SHORTEST if quote.speaker else _SHORTEST_UNSIGNED):
        return False
    if quote.speaker is None and text.tokens[quote.last - 1].text not in ",.!?…":
        return False
    opens_in_mid_sentence = text.tokens[quote.first].text[:1].islower()
    if length >= _PHRASE or not opens_in_mid_sentence:
        return True
    said = {token.norm for token in text.tokens[quote.first : quote.last]}
    return not said.isdisjoint(text.lexicon.terms["says_by_itself"])


class _Covered:
    """Stretches of a text, to be asked whether any touches another."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self.starts = [start for start, _ in ordered]
        self.furthest = list(accumulate((end for _, end in ordered), max))

    def touches(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and self.furthest[before - 1] > start
