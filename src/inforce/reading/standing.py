"""Denied joining as standing: "has not signed" says what a state is, not what it did."""

from __future__ import annotations

from inforce.vocabulary import ClaimKind

#: The standing that a state lacks where it has not done this.
LACKS = {"signed": "signatory", "ratified": "party", "acceded": "party", "joined": "party"}


def as_standing(kind: ClaimKind, predicate: str | None) -> tuple[ClaimKind, str | None]:
    """Kind and predicate of a denied act: of joining it is membership, of anything else itself."""
    return (ClaimKind.MEMBERSHIP, LACKS[predicate]) if predicate in LACKS else (kind, predicate)
