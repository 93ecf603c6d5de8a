"""What is left unsaid because it was just said: "nor did Russia", "and Poland on 20 February"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inforce.reading.actors import subject_of
from inforce.reading.dating import lies_after, resolve_date, when_of
from inforce.reading.desk import Desk
from inforce.reading.frames import Hit, Masked
from inforce.reading.meant import meant
from inforce.reading.model import Claim, ClaimObject, Meant
from inforce.reading.stance import modality_at
from inforce.reading.standing import as_standing
from inforce.vocabulary import ClaimKind, Modality

_LOOK_BACK = 40  # claims among which an ellipsis finds what it repeats
_REPEATED = (ClaimKind.TREATY_ACTION, ClaimKind.MEMBERSHIP, ClaimKind.DOMESTIC_STEP)


def repeated(desk: Desk, masked: Masked, hit: Hit) -> list[Claim]:
    """The claim before, said of somebody else: "as have China and India", "Latvia's did so on Friday"."""
    model = _model(desk, masked, hit)
    if model is None or model.predicate not in hit.frame.set.get("of", (model.predicate,)):
        return []
    if "as" in hit.frame.set:
        return _in_effect(desk, masked, hit, model)
    subject, named = subject_of(masked, hit, desk.story, desk.speech)
    if not subject or subject == model.subject:
        return []
    polarity = hit.frame.set["polarity"]
    negated = model.negated if polarity == "same" else polarity == "neg"
    kind, predicate = as_standing(model.kind, model.predicate) if negated else (model.kind, model.predicate)
    modality, _ = modality_at(masked, hit.trigger, hit.first)
    denied = modality is Modality.DENIED
    if modality is Modality.DONE and negated and model.negated:
        modality = model.modality
    again = msgspec.structs.replace(
        model,
        kind=kind,
        predicate=predicate,
        subject=subject,
        span=desk.span(masked, hit, named, dated=not negated),
        when=None if negated else when_of(masked, hit, desk.story, modality, desk.dates),
        modality=modality,
        negated=negated or denied,
        attribution=desk.speech.at(masked.words[hit.trigger].first),
    )
    again = msgspec.structs.replace(again, meant=meant(desk, masked, hit.trigger, again))
    return [again, *gapped(desk, masked, hit, again)]


def _in_effect(desk: Desk, masked: Masked, hit: Hit, model: Claim) -> list[Claim]:
    """ "It becomes effective on 6 March": what was told, voted or signed just before takes effect."""
    if model.object.action not in (None, "withdrawal") or model.negated or model.modality is Modality.DENIED:
        return []
    modality, negated = modality_at(masked, hit.trigger, hit.first)
    when = when_of(masked, hit, desk.story, modality, desk.dates)
    if negated or when is None:
        return []
    if modality is Modality.DONE and lies_after(when, desk.text.document.published):
        modality = Modality.PLANNED
    return [
        msgspec.structs.replace(
            model,
            kind=ClaimKind.TREATY_ACTION,
            predicate=hit.frame.set["as"],
            object=ClaimObject(),
            span=desk.span(masked, hit, None, dated=True),
            when=when,
            modality=modality,
            attribution=desk.speech.at(masked.words[hit.trigger].first),
        )
    ]


def _model(desk: Desk, masked: Masked, hit: Hit) -> Claim | None:
    at = desk.text.tokens[masked.words[hit.trigger].first].start
    earlier = [c for c in desk.claims[-_LOOK_BACK:] if c.kind in _REPEATED and c.span.start < at]
    return max(reversed(earlier), key=lambda claim: claim.span.end, default=None)


def gapped(desk: Desk, masked: Masked, hit: Hit, claim: Claim) -> list[Claim]:
    """ "Finland will follow on 10 January and Poland on 20 February": the verb holds for both."""
    if claim.kind not in (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP) or claim.when is None:
        return []
    made = []
    words = masked.words
    at = next((index for index in range(hit.trigger, len(words)) if words[index].text == "<D>"), None)
    if at is not None and [word.text for word in words[at + 1 : at + 3]] == ["for", "<S>"]:
        at += 2  # "on 27 December for Latvia": the pair that the verb itself has
    while at is not None and (found := _next_pair(desk, masked, at)) is not None:
        state, dated = found
        at = max(found)
        mention = words[state].mention
        if mention is None:
            break
        when = resolve_date(masked, dated, desk.story, claim.modality)
        ahead = claim.modality is Modality.DONE and lies_after(when, desk.text.document.published)
        made.append(
            msgspec.structs.replace(
                claim,
                subject=mention.states,
                meant=Meant(treaties=claim.meant.treaties),
                when=when,
                span=desk.text.slice(words[min(found)].first, words[at].last),
                modality=Modality.PLANNED if ahead else claim.modality,
            )
        )
    return made


def _next_gap(desk: Desk, masked: Masked, at: int) -> tuple[int, int] | None:
    """The next state or parliament with a date of its own, and nothing between that is a verb."""
    words = masked.words
    terms = desk.text.lexicon.terms
    actor = _skip(masked, at + 1, terms["between_gaps"])
    if actor + 2 < len(words) and (words[actor + 1].text, words[actor + 2].text) == ("'s", "<P>"):
        actor += 2
    if actor >= len(words) or words[actor].text not in ("<S>", "<P>") or actor == at + 1:
        return None
    dated = _skip(masked, actor + 1, terms["within_gaps"])
    return (actor, dated) if dated < len(words) and words[dated].text == "<D>" else None


def _next_pair(desk: Desk, masked: Masked, at: int) -> tuple[int, int] | None:
    return _date_first(desk, masked, at) or _next_gap(desk, masked, at)


def _date_first(desk: Desk, masked: Masked, at: int) -> tuple[int, int] | None:
    """The next date with the state that it is for: "... and on 10 January for Finland"."""
    dated = _skip(masked, at + 1, desk.text.lexicon.terms["between_gaps"])
    following = [word.text for word in masked.words[dated : dated + 3]]
    return (dated + 2, dated) if following == ["<D>", "for", "<S>"] else None


def _skip(masked: Masked, at: int, passing: Sequence[str]) -> int:
    while at < len(masked.words) and masked.words[at].text in passing:
        at += 1
    return at
