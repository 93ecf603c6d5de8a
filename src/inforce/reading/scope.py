"""Weapon and treaty of what a law says, where the words give one of them and the other follows."""

from __future__ import annotations

import msgspec

from inforce.reading.clauses import listed
from inforce.reading.desk import Desk
from inforce.reading.frames import Hit, Masked
from inforce.reading.model import Claim


def with_weapon(desk: Desk, masked: Masked, hit: Hit, claim: Claim, treaty: str | None) -> Claim:
    """The claim with the weapon its treaty is about, where the words only point: "may not transfer them"."""
    if claim.object.item or treaty is None:
        return claim
    told = {word.text for word in masked.words[hit.first : hit.last + 2]}
    about = desk.text.lexicon.terms["item_by_treaty"].get(treaty)
    if about is None or ("<W>" not in told and told.isdisjoint(listed("pronouns_of_things"))):
        return claim
    return msgspec.structs.replace(claim, object=msgspec.structs.replace(claim.object, item=(about,)))


def treaty_by_weapon(desk: Desk, masked: Masked, hit: Hit, claim: Claim, treaty: str | None) -> str | None:
    """The treaty meant: "the convention bans cluster bombs" is said of that on them, if the text names it.

    Only where the words do not name the treaty, and the one that they point at is about another weapon.
    """
    named = any(
        word.mention is not None and word.mention.kind == "T" and not word.mention.anaphor
        for word in masked.words[hit.first : hit.last]
    )
    about = desk.text.lexicon.terms["item_by_treaty"]
    weapons = set(claim.object.item)
    if named or treaty not in about or not weapons or claim.negated or about[treaty] in weapons:
        return treaty
    told = {key for key, item in about.items() if item in weapons and key in desk.story.treaties}
    return told.pop() if len(told) == 1 else treaty
