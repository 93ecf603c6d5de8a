"""A reading under way: what is shared by all who make claims of a text."""

from __future__ import annotations

import msgspec

from inforce.reading.frames import Hit, Masked
from inforce.reading.model import Claim, Span
from inforce.reading.scan import Scan
from inforce.reading.spans import claim_words
from inforce.reading.speech import Speech
from inforce.reading.story import Story
from inforce.vocabulary import ClaimKind


class Desk(msgspec.Struct):
    """A reading under way: the text, what it has told so far, and the claims found in it."""

    text: Scan
    story: Story
    speech: Speech
    claims: list[Claim] = []
    dates: set[int] = set()  # words of the sentence that already date a claim
    asked: Claim | None = None  # what the question just before would say, were it told
    sentence_start: int = 0  # index of the first claim of the sentence

    def open_sentence(self) -> None:
        """Begin a sentence: its dates are free, its claims are none."""
        self.dates = set()
        self.sentence_start = len(self.claims)

    def enter(self, claim: Claim) -> None:
        """Take a claim down, unless the sentence said the same at the same place."""
        if not any(_is_same(claim, other) for other in self.claims[self.sentence_start :]):
            self.claims.append(claim)

    def span(self, masked: Masked, hit: Hit, named: int | None, *, dated: bool) -> Span:
        """The claim's place in the text, from who acts to what closes it."""
        first, last = claim_words(masked, hit, named, dated=dated)
        return self.text.slice(masked.words[first].first, masked.words[last - 1].last)


def _is_same(claim: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same: at one place, or one step at home told twice."""
    if (other.kind, other.predicate, other.treaty) != (claim.kind, claim.predicate, claim.treaty):
        return False
    law = claim.kind is ClaimKind.PROHIBITION and not (claim.subject and other.subject)
    if not law and set(other.subject) != set(claim.subject):
        return False
    again = (claim.modality, claim.when) == (other.modality, other.when)
    touching = other.span.start < claim.span.end and claim.span.start < other.span.end
    return touching or (claim.kind is ClaimKind.DOMESTIC_STEP and again)
