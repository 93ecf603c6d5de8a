"""Where a claim stands in the text: from who acts to the date or weapon that closes it."""

from __future__ import annotations

from inforce.reading.clauses import clause_start
from inforce.reading.frames import Hit, Masked
from inforce.reading.which_date import is_parted

_REACH = 6  # words behind a match within which its date or weapon still belongs to its span
#: A span does not end, or begin, with one of these.
_LOOSE_ENDS = frozenset(
    ', . ; : " – — ( ) and or but the a an of to in on at with for by from as which that its'
    " their other".split()
)
_LOOSE_STARTS = frozenset(", . ; : and but that so – —".split())


def claim_words(masked: Masked, hit: Hit, named: int | None, *, dated: bool) -> tuple[int, int]:
    """The words [first, last) of a claim: its actor where the clause names it, its match, its date."""
    words = masked.words
    start = clause_start(words, hit.trigger)
    first = min(hit.trigger, max(hit.first, start))
    if named is not None and start <= named < first:
        first = named
    if dated and first - start <= _REACH and any(w.text == "<D>" for w in words[start:first]):
        first = start
    last = max(hit.last, hit.trigger + 1)
    for kind in ("<D>", "<W>", "<T>") if dated else ("<W>", "<T>"):
        last = max(last, _belongs(masked, hit, kind))
    while last > hit.trigger + 1 and words[last - 1].text in _LOOSE_ENDS:
        last -= 1
    while first < hit.trigger and words[first].text in _LOOSE_STARTS:
        first += 1
    return first, last


def _belongs(masked: Masked, hit: Hit, kind: str) -> int:
    """The end of the first mention of a kind shortly behind the match, in the same part of the sentence."""
    end = min(hit.last + _REACH, len(masked.words))
    for index in range(hit.last, end):
        if masked.words[index].text == kind:
            return 0 if is_parted(masked.words, hit.last - 1, index) else index + 1
    return 0
