"""The reader's claims and a model's as one list: where both found the same, the reader's stands."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inforce.reading.model import Claim
from inforce.vocabulary import ClaimKind


class Merged(msgspec.Struct, frozen=True):
    """All claims in the order of the text, numbered; and how many of the proposed were no news."""

    claims: tuple[Claim, ...]
    agreed: int
    repeated: int


def merge(read: Sequence[Claim], proposed: Sequence[Claim]) -> Merged:
    """Add to the claims read what else was proposed.

    A proposal is the same as claims that say the same of the same states in the same words; states that
    none of these names make a claim of their own.
    """
    taken: list[Claim] = []
    agreed = repeated = 0
    for claim in proposed:
        rest = _beyond(claim, read)
        if rest is None:
            agreed += 1
            continue
        rest = _beyond(rest, taken)
        if rest is None:
            repeated += 1
            continue
        taken.append(rest)
    everything = sorted([*read, *taken], key=lambda claim: claim.span.start)
    numbered = tuple(msgspec.structs.replace(claim, id=f"c{n}") for n, claim in enumerate(everything, 1))
    return Merged(numbered, agreed, repeated)


def _beyond(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    """The claim for those states of which the others do not say it yet; None where they say all of it."""
    same = [other for other in others if _says_the_same(claim, other)]
    law = claim.kind is ClaimKind.PROHIBITION  # what a treaty forbids, it forbids whoever is named with it
    if not claim.subject:
        return None if any(law or not other.subject for other in same) else claim
    if law and any(not other.subject for other in same):
        return None
    told = {state for other in same for state in other.subject}
    left = tuple(state for state in claim.subject if state not in told)
    return msgspec.structs.replace(claim, subject=left) if left else None


def _says_the_same(claim: Claim, other: Claim) -> bool:
    return (
        (claim.kind, claim.treaty) == (other.kind, other.treaty)
        and _agree(claim.predicate, other.predicate)
        and claim.span.start < other.span.end
        and other.span.start < claim.span.end
    )


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two predicates are the same, or one is the act of joining and the other its exact name."""
    return one == other or ("joined" in (one, other) and {one, other} <= _JOINING)


_JOINING = frozenset({"joined", "ratified", "acceded"})
