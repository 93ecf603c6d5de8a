"""Statements: quotations that hold no other claim, under the name of whoever says them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, groupby

from inforce.reading.model import Claim
from inforce.reading.scan import Scan
from inforce.reading.speech import Quote, Speech
from inforce.reading.tokens import Sentence
from inforce.reading.turns import Turn, turn_at
from inforce.vocabulary import ClaimKind

_SHORTEST = 4  # tokens of a quotation that is a statement, where its speaker is known
_SHORTEST_UNSIGNED = 7  # and where nobody is named
_FULL = 7  # tokens from which a sentence of a turn says something
_PHRASE = 6  # tokens from which a quotation in mid-sentence says something by itself

_FACTS = "TWDUNMQ"  # kinds of mentions that an opinion does without


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
    covered = _Covered([(claim.span.start, claim.span.end) for claim in (*claims, *made)])
    return [*made, *_answers(text, speech, covered)]


def _answers(text: Scan, speech: Speech, covered: _Covered) -> list[Claim]:
    """What is said in a turn, a statement a paragraph, where the paragraph holds no other claim."""
    made: list[Claim] = []
    if not speech.turns:
        return made
    facts = {mention.first for mention in text.mentions if mention.kind in _FACTS}
    for _, group in groupby(text.sentences, key=lambda sentence: sentence.block):
        block = list(group)
        turn = turn_at(speech.turns, block[-1].last - 1)
        if turn is None or turn.speaker is None or text.tokens[block[-1].last - 1].text in "?:":
            continue
        whole = text.slice(max(block[0].first, turn.first), block[-1].last)
        said = next((one for one in block if _is_opinion(one, turn, facts)), None)
        if said is None or covered.touches(whole.start, whole.end):
            continue
        span = text.slice(max(said.first, turn.first), said.last)
        subject = (turn.speaker.of,) if turn.speaker.of else ()
        made.append(Claim("", span, ClaimKind.STATEMENT, None, subject, attribution=turn.speaker))
    return made


def _is_opinion(sentence: Sentence, turn: Turn, facts: set[int]) -> bool:
    """Whether a sentence of a turn says something, and nothing of treaties, weapons, dates or numbers."""
    first = max(sentence.first, turn.first)
    return sentence.last - first > _FULL and facts.isdisjoint(range(first, sentence.last))


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
    return not said.isdisjoint(text.lexicon.sets["says_by_itself"])


class _Covered:
    """Stretches of a text, to be asked whether any touches another."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self.starts = [start for start, _ in ordered]
        self.furthest = list(accumulate((end for _, end in ordered), max))

    def touches(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and self.furthest[before - 1] > start
