"""Claims: a frame found in a sentence, with its parts resolved against the story."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.reading.actors import is_neither, subject_of, treaty_of, with_companions
from inforce.reading.clauses import (
    is_committees,
    is_compound,
    is_conditioned,
    is_hypothetical,
    is_idle,
    is_in_prospect,
    is_left_open,
    is_left_so,
    is_of_anyone,
    is_other_matter,
    is_permission,
    is_soon,
    is_supposed,
    is_topic,
    is_under_way,
    is_urged,
    listed,
)
from inforce.reading.dating import count_date, has_own_date, is_still_ahead, lies_after, until_then, when_of
from inforce.reading.desk import Desk
from inforce.reading.ellipsis import a_date_each, counted_apiece, each_dated, gapped, repeated
from inforce.reading.frames import Hit, Masked
from inforce.reading.meant import meant
from inforce.reading.model import Claim
from inforce.reading.objects import can_be_notice, duration_of, object_of
from inforce.reading.quantities import counts_no_parties, is_of_clearing
from inforce.reading.scope import treaty_by_weapon, with_weapon
from inforce.reading.stance import denies_object, modality_at, modality_behind
from inforce.reading.standing import LACKS, as_standing
from inforce.vocabulary import ClaimKind, Modality

_NO_TREATY = (None,)
_UNTIL = frozenset({"until", "till", "before", "by"})
_OF_WEAPONS = (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE)
_OF_DAYS = (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP, ClaimKind.TREATY_FACT)
_ACTS = ("treaty-action", "domestic-step")


class _Stance(msgspec.Struct):
    """What a claim is after its polarity is known: "has not signed" is membership, not an act."""

    kind: ClaimKind
    predicate: str | None
    modality: Modality
    negated: bool


def claims_of(desk: Desk, masked: Masked, hit: Hit) -> list[Claim]:
    """The claims that a hit makes: one a treaty, and what ellipsis adds; none where a part is missing."""
    frame = hit.frame
    if frame.kind == "ellipsis":
        return repeated(desk, masked, hit)
    if _is_out_of_place(masked, hit):
        return []
    stance = _stance(masked, hit)
    joining = desk.story.joining and not desk.story.leaving
    if joining and stance.predicate == "notified-withdrawal" and _hands_papers(masked, hit):
        stance.predicate = "ratified"
    subject: tuple[str, ...] = ()
    named: int | None = None
    if frame.subject != "none":
        subject, named = subject_of(masked, hit, desk.story, desk.speech)
        if not subject and frame.subject == "need":
            return []
        label = named is None and _is_label(masked, hit)
        if label or _is_not_its_own(masked, hit, named) or _is_wish_of_the_former(masked, named, stance):
            return []
        if stance.kind in (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP):
            subject = with_companions(masked, named, subject)
        if stance.predicate == "intention-announced" and _is_governments_proposal(desk, masked, hit, named):
            stance.predicate = "government-proposed"
    treaties: tuple[str | None, ...] = _NO_TREATY
    if frame.treaty in ("context", "need"):
        treaties = treaty_of(masked, hit, desk.story, desk.text.lexicon)
        if is_neither(masked, hit):
            _deny(stance)
        if frame.id == "notified-partner":
            treaties = tuple(t for t in treaties if t in desk.text.lexicon.told_each_other)
    when = _when(desk, masked, hit, stance)
    claim = Claim(
        id="",
        span=desk.span(masked, hit, named, dated=when is not None),
        kind=stance.kind,
        predicate=stance.predicate,
        subject=subject,
        when=when,
        object=object_of(desk.text, masked, hit, subject, desk.claims),
        modality=stance.modality,
        negated=stance.negated,
        attribution=desk.speech.at(masked.words[hit.trigger].first),
    )
    made = [_under(desk, masked, hit, claim, treaty, further=n > 0) for n, treaty in enumerate(treaties)]
    if stance.kind is ClaimKind.PARTY_COUNT:
        made = counted_apiece(masked, hit, made)
    made = [each for one in made for each in a_date_each(desk, masked, hit, one, named)]
    made = [each for one in made for each in each_dated(desk, masked, one, named)]
    return made + [more for one in made for more in gapped(desk, masked, hit, one)]


def _is_wish_of_the_former(masked: Masked, named: int | None, stance: _Stance) -> bool:
    """Whether somebody who has left office wants or announces: no plan of the state's."""
    mention = masked.words[named].mention if named is not None else None
    if mention is None or not mention.former:
        return False
    return stance.modality is not Modality.DONE or stance.predicate == "intention-announced"


def _is_label(masked: Masked, hit: Hit) -> bool:
    """ "Signed but not ratified: the Marshall Islands": it is said of those behind the colon."""
    behind = masked.words[hit.trigger + 1 : hit.trigger + 2]
    return masked.words[hit.trigger].text in _LABELS and [word.text for word in behind] == [":"]


_LABELS = frozenset({"signed", "ratified", "acceded", "joined", "left", "out", "suspended"})


def _is_not_its_own(masked: Masked, hit: Hit, named: int | None) -> bool:
    """Whether a committee acts and not the house, or a house or court, which leave nothing themselves."""
    words = masked.words
    if named is None:
        return False
    if hit.frame.kind == "domestic-step":
        return is_committees(words, named, hit.trigger)
    return hit.frame.predicate == "left" and words[named].text in ("<P>", "<C>")


def _is_governments_proposal(desk: Desk, masked: Masked, hit: Hit, named: int | None) -> bool:
    """Whether a government as a body proposes: that is its step; a minister's proposal is an intention."""
    if named is None or not masked.words[hit.trigger].text.startswith("propos"):
        return False
    word = masked.words[named]
    norms = {token.norm for token in desk.text.tokens[word.first : word.last]}
    return not norms.isdisjoint(listed("bodies_that_propose"))


def _hands_papers(masked: Masked, hit: Hit) -> bool:
    """Whether what is handed over could be of any act: "its papers", "their instruments"."""
    told = {word.text for word in masked.words[hit.trigger : hit.last]}
    return not told.isdisjoint(listed("papers_of_any_act"))


def _joins_already(masked: Masked, hit: Hit) -> bool:
    """ "Has acceded to the treaty, handing its papers to the depositary": that is told already."""
    told = any(word.text in listed("acts_of_joining") for word in masked.words[: hit.trigger])
    return told and masked.words[hit.trigger].text.endswith("ing") and _hands_papers(masked, hit)


def _is_out_of_place(masked: Masked, hit: Hit) -> bool:
    """Whether the words say no such thing after all: a period too long, a count of others, a supposition."""
    frame = hit.frame
    if frame.subject != "none" and is_left_open(masked.words, hit.trigger):
        return True
    if frame.kind == "notice-period" and not can_be_notice(duration_of(masked, hit)):
        return True
    if frame.kind == "party-count" and counts_no_parties(masked, hit):
        return True
    if is_left_so(masked.words, hit.trigger):
        return True
    if frame.kind == "treaty-action" and hit.subject is None and is_of_anyone(masked.words, hit.trigger):
        return True
    if frame.kind == "programme" and _is_no_programme(masked, hit):
        return True
    if frame.kind == "membership" and is_supposed(masked.words, hit.trigger):
        return True
    if frame.subject != "need":
        return False
    if frame.kind in _ACTS and is_supposed(masked.words, hit.trigger):
        return True
    if frame.predicate == "left" and is_urged(masked.words, hit.trigger):
        return True
    if frame.predicate == "notified-withdrawal" and _joins_already(masked, hit):
        return True
    if frame.kind == "domestic-step" and is_other_matter(masked.words, hit.trigger):
        return True
    return hit.subject is None and is_hypothetical(masked.words, hit.trigger)


def _is_no_programme(masked: Masked, hit: Hit) -> bool:
    """Whether what a weapon is named with is part of a word, clearing, a right or an idle phrase."""
    words, trigger = masked.words, hit.trigger
    return (
        is_compound(words, trigger)
        or is_of_clearing(masked, hit)
        or is_permission(words, trigger)
        or is_idle(words, trigger)
    )


def _will_be(masked: Masked, hit: Hit) -> bool:
    """Whether a verb behind a number tells it of the days to come: "161 will remain"."""
    behind = masked.texts[hit.trigger + 1 : hit.last + 1]
    return not {"will", "would"}.isdisjoint(behind) and "<D>" not in behind


def _stance(masked: Masked, hit: Hit) -> _Stance:
    """Kind, predicate, modality and negation of a hit, by the frame and the words before its trigger."""
    frame = hit.frame
    kind, predicate = ClaimKind(frame.kind), frame.predicate
    modality, negated = modality_at(masked, hit.trigger, hit.first)
    if kind in (ClaimKind.NOTICE_PERIOD, ClaimKind.PROHIBITION):
        modality, negated = Modality.DONE, kind is ClaimKind.PROHIBITION and negated
    if kind is ClaimKind.PARTY_COUNT:
        ahead = modality is Modality.PLANNED or _will_be(masked, hit)
        modality, negated = (Modality.PLANNED if ahead else Modality.DONE), False
    if kind is ClaimKind.TREATY_ACTION and modality is Modality.DONE and is_topic(masked.words, hit.trigger):
        modality = Modality.PLANNED
    if kind is ClaimKind.PROGRAMME and modality is Modality.DONE and not negated:
        modality, negated = modality_behind(masked, hit.trigger) or (modality, negated)
    if kind in _OF_WEAPONS and not negated and denies_object(masked, hit.trigger, hit.last):
        modality, negated = (Modality.DENIED if modality is Modality.PLANNED else modality), True
    under_way = is_under_way(masked.words, hit.trigger) or is_in_prospect(masked.words, hit.trigger)
    if predicate == "left" and modality is Modality.DONE and under_way:
        modality = Modality.DENIED if negated else Modality.PLANNED
    ahead = modality is Modality.PLANNED
    if frame.modality is not None:
        modality = Modality(frame.modality)
    if frame.negated is not None:
        negated = frame.negated
    if _is_lacking(hit) and (ahead or is_soon(masked.words, hit.trigger)):
        return _as_exit(masked, hit)
    if kind is ClaimKind.PROHIBITION:
        predicate, modality, negated = _as_law(predicate, modality, negated)
    if negated and modality is Modality.DONE:
        kind, predicate = as_standing(kind, predicate)
    return _Stance(kind, predicate, modality, negated)


def _is_lacking(hit: Hit) -> bool:
    """Whether the frame says of states that they are no parties: "is outside", "is no longer bound"."""
    frame = hit.frame
    return frame.kind == "membership" and frame.predicate == "party" and bool(frame.negated)


def _as_exit(masked: Masked, hit: Hit) -> _Stance:
    """ "Soon to be outside", "once it is no longer bound": an exit to come; "will stay outside" is none."""
    kind, predicate, negated = ClaimKind.TREATY_ACTION, "left", False
    if not listed("staying").isdisjoint(masked.texts[max(0, hit.trigger - 2) : hit.last]):
        kind, predicate, negated = ClaimKind.MEMBERSHIP, "party", True
    return _Stance(kind, predicate, Modality.PLANNED, negated)


def _deny(stance: _Stance) -> None:
    """ "Belongs to neither", "has joined neither the one nor the other"."""
    if stance.kind is ClaimKind.TREATY_ACTION and stance.modality is Modality.DONE and not stance.negated:
        stance.kind, stance.predicate = as_standing(stance.kind, stance.predicate)
        stance.negated = True
    stance.negated |= stance.kind is ClaimKind.MEMBERSHIP


def _as_law(predicate: str | None, modality: Modality, negated: bool) -> tuple[str | None, Modality, bool]:
    """What a law says, it says: "may" and "must" are its content; "does not allow" forbids."""
    if predicate == "allows" and negated:
        predicate, negated = "prohibits", False
    return (
        predicate,
        Modality.DONE if modality in (Modality.POSSIBLE, Modality.REQUIRED) else modality,
        negated,
    )


def _when(desk: Desk, masked: Masked, hit: Hit, stance: _Stance) -> str | None:
    """The claim's date; a date ahead makes a plan of an act, "not until" an act of its denial."""
    if stance.kind is ClaimKind.PARTY_COUNT:
        when = count_date(masked, hit, desk.story, stance.modality)
    elif hit.frame.when:
        when = when_of(masked, hit, desk.story, stance.modality, desk.dates)
    else:
        when = None
    if when is None and stance.kind is ClaimKind.MEMBERSHIP and not stance.negated:
        when = until_then(masked, hit, desk.story)
    if when is None and stance.kind in _OF_DAYS and not has_own_date(masked, hit.trigger):
        when = desk.story.line_day  # "August 2020. Niue ratifies."
    if when is None:
        return None
    if stance.kind is ClaimKind.TREATY_FACT or stance.predicate == "left":
        when = when.removesuffix("/..")
    if stance.negated and when.startswith("../"):
        when = _not_until(masked, hit, stance, when)
        if when is None:
            return None
    published = desk.text.document.published
    if stance.kind is ClaimKind.MEMBERSHIP:
        return _of_standing(hit, stance, when, published)
    if stance.predicate == "allows" and not lies_after(when, desk.text.document.published):
        return None  # a freedom that is to come has its day; "may now" has today's
    if stance.modality is Modality.DONE and (
        lies_after(when, published)
        or (stance.predicate == "left" and is_still_ahead(masked, hit, when, published))
    ):
        stance.modality = Modality.PLANNED
    return when


def _of_standing(hit: Hit, stance: _Stance, when: str, published: date | None) -> str | None:
    """The time of a standing, which is no day; "come 20 February it is no longer a party" tells an exit."""
    if not (_is_lacking(hit) and lies_after(when, published)):
        return when if ".." in when else None
    stance.kind, stance.predicate = ClaimKind.TREATY_ACTION, "left"
    stance.modality, stance.negated = Modality.PLANNED, False
    return when.removesuffix("/..")


def _not_until(masked: Masked, hit: Hit, stance: _Stance, when: str) -> str | None:
    """ "Did not ratify it until 2012", "did not enter into force until 2002": then it did."""
    joining, until = hit.frame.predicate in LACKS, not _UNTIL.isdisjoint(masked.texts)
    if joining and not until:
        return None  # no day of the sentence's own
    if joining:
        stance.kind, stance.predicate = ClaimKind.TREATY_ACTION, hit.frame.predicate
    elif not until or stance.kind is not ClaimKind.TREATY_FACT:
        return when
    stance.negated = False
    return when.removeprefix("../")


def _under(desk: Desk, masked: Masked, hit: Hit, claim: Claim, treaty: str | None, *, further: bool) -> Claim:
    """The claim under one treaty; under a further one of a list it reaches to where that is named."""
    span = claim.span
    if further:
        ends = [
            desk.text.tokens[word.last - 1].end
            for word in masked.words
            if word.mention is not None and word.mention.kind == "T" and word.mention.treaty == treaty
        ]
        span = desk.text.between(span.start, max([span.end, *ends[:1]]))
    if claim.kind is ClaimKind.PROHIBITION:
        treaty = treaty_by_weapon(desk, masked, hit, claim, treaty)
        claim = with_weapon(desk, masked, hit, claim, treaty)
    under = msgspec.structs.replace(claim, treaty=treaty, span=span)
    also = meant(desk, masked, hit.trigger, under)
    if claim.kind is ClaimKind.PROHIBITION:
        also = msgspec.structs.replace(also, conditioned=is_conditioned(masked.words, hit.last))
    return msgspec.structs.replace(under, meant=also)
