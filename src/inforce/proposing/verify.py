"""A proposal held against the text and the record: a claim if every part of it holds, else why not."""

from __future__ import annotations

from typing import Any

import msgspec

from inforce.proposing.grounds import Grounds
from inforce.proposing.model import Proposal, ProposedAttribution, ProposedObject
from inforce.proposing.passages import Passage
from inforce.proposing.places import find
from inforce.proposing.reasons import Refused
from inforce.reading.lexicon import data
from inforce.reading.model import Attribution, Claim, ClaimObject, Money
from inforce.vocabulary import OBJECT_KEYS, PREDICATES, ClaimKind, FoundBy

_LONGEST = 200  # code points of any text but the quotation: names, dates, words before
_MOST = 40  # states of a claim, or entries of any list

#: Kinds that say something of a treaty and of nobody.
_OF_NOBODY = frozenset({ClaimKind.PARTY_COUNT, ClaimKind.NOTICE_PERIOD})

#: What a claim of a kind says nothing without.
_NEEDED = {ClaimKind.PARTY_COUNT: "count", ClaimKind.DOMESTIC_STEP: "action"}


def verified(item: object, passage: Passage, grounds: Grounds) -> Claim:
    """The claim that a proposal makes; raises `Refused` with the first thing in it that does not hold.

    `item` is JSON as decoded. The claim's span is looked up in the passage, its names in the record; its id
    is left empty.
    """
    proposal = _shaped(item)
    _bound(msgspec.to_builtins(proposal))
    span = find(passage, proposal.quote, proposal.before)
    _check_predicate(proposal)
    return Claim(
        id="",
        span=span,
        kind=proposal.kind,
        predicate=proposal.predicate,
        subject=_subject(proposal, grounds),
        treaty=None if proposal.treaty is None else grounds.treaty(proposal.treaty),
        when=None if proposal.when is None else grounds.when(proposal.when),
        object=_object(proposal.kind, proposal.object, grounds),
        modality=proposal.modality,
        negated=proposal.negated,
        attribution=None if proposal.attribution is None else _attribution(proposal.attribution, grounds),
        found_by=FoundBy.MODEL,
    )


def _shaped(item: object) -> Proposal:
    try:
        return msgspec.convert(item, Proposal)
    except msgspec.ValidationError as error:
        raise Refused(f"it is not of the schema: {error}") from None


def _bound(part: Any) -> None:
    """Refuse texts and lists that are longer than a claim can have; the quotation has a bound of its own."""
    match part:
        case str() if len(part) > _LONGEST:
            raise Refused(f"it holds a text of more than {_LONGEST} characters")
        case list() | tuple():
            if len(part) > _MOST:
                raise Refused(f"it holds a list of more than {_MOST} entries")
            for one in part:
                _bound(one)
        case dict():
            for key, value in part.items():
                if key != "quote":
                    _bound(value)


def _check_predicate(proposal: Proposal) -> None:
    known = PREDICATES[proposal.kind]
    if proposal.predicate in known or (not known and proposal.predicate is None):
        return
    told = ", ".join(known) or "none"
    raise Refused(f"a claim of the kind {proposal.kind} has no predicate {proposal.predicate!r}, but {told}")


def _subject(proposal: Proposal, grounds: Grounds) -> tuple[str, ...]:
    if proposal.subject and proposal.kind in _OF_NOBODY:
        raise Refused(f"a claim of the kind {proposal.kind} is about no state")
    return tuple(dict.fromkeys(grounds.participant(name) for name in proposal.subject))


def _object(kind: ClaimKind, given: ProposedObject, grounds: Grounds) -> ClaimObject:
    said = {key: value for key, value in msgspec.structs.asdict(given).items() if value not in (None, ())}
    for key in said:
        if key not in OBJECT_KEYS[kind]:
            raise Refused(f"a claim of the kind {kind} has no {key}")
    needed = _NEEDED.get(kind)
    if needed is not None and needed not in said:
        raise Refused(f"a claim of the kind {kind} says nothing without its {needed}")
    for number in (given.count, given.rank):
        if number is not None:
            grounds.number(number)
    return ClaimObject(
        action=given.action,
        place=None if given.place is None else grounds.words(given.place, "the place"),
        count=given.count,
        comparator=given.comparator or (None if given.count is None else "="),
        rank=given.rank,
        duration=None if given.duration is None else grounds.duration(given.duration),
        counted_from=None if given.counted_from is None else _clock(given.counted_from),
        activities=tuple(given.activities or ()),
        item=tuple(grounds.item(key) for key in given.item or ()),
        money=_money(given, grounds),
        recipient=tuple(grounds.participant(name) for name in given.recipient or ()),
        supplier=tuple(grounds.words(name, "the supplier") for name in given.supplier or ()),
    )


def clocks() -> tuple[str, ...]:
    """The events from which a text can count a period of notice."""
    return tuple(data("dating.yaml")["clocks"])


def _clock(event: str) -> str:
    if event not in clocks():
        raise Refused(f"counted_from is one of {', '.join(clocks())}, not {event!r}")
    return event


def _money(given: ProposedObject, grounds: Grounds) -> Money | None:
    if given.money is None:
        return None
    grounds.sum_of(given.money.amount, given.money.currency)
    return Money(given.money.amount, given.money.currency, given.money.comparator or "=")


def _attribution(given: ProposedAttribution, grounds: Grounds) -> Attribution:
    return Attribution(
        speaker=grounds.words(given.speaker, "the speaker"),
        role=None if given.role is None else grounds.words(given.role, "the role"),
        of=None if given.of is None else grounds.participant(given.of),
        quoted=given.quoted,
    )
