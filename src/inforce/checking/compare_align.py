"""Which claims of several articles tell the same thing: by the claims' own fields, never by their words.

A claim on several states counts once for each, so that an article that names one of two states is held
beside one that names both. Within an article claims that say the same are taken together; between
articles the nearest are joined first, and a row holds one telling of each article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from inforce.checking.compare_distance import crossing, likeness, narrowest, repeats, same_amount
from inforce.checking.compare_model import Matter, Telling
from inforce.checking.model import Finding, Report
from inforce.checking.ruling import GRAVITY
from inforce.reading.model import Claim, ClaimObject
from inforce.record.model import Item
from inforce.vocabulary import ClaimKind, DomesticAim, Modality

_LEAVING = frozenset({"notified-withdrawal", "left", "suspended", "unsigned"})


class Subject(NamedTuple):
    """What a group of comparable claims is about: a matter, at most one state, at most one treaty."""

    matter: Matter
    state: str | None
    treaty: str | None
    speaker: str | None = None


Group = dict[int, Telling]
Distance = Callable[[Telling, Telling], float | None]


def aligned(reports: Sequence[Report], items: dict[str, Item]) -> Iterator[tuple[Subject, Group]]:
    """Each thing told, with the telling of every article that tells it, in the order of the articles."""
    found: dict[Subject, list[list[Finding]]] = defaultdict(lambda: [[] for _ in reports])
    for number, report in enumerate(reports):
        for finding in report.findings:
            for subject in subjects(finding.claim):
                found[subject][number].append(finding)
    for subject, by_article in found.items():
        tellings = [
            telling
            for number, findings in enumerate(by_article)
            for telling in _tellings(number, findings, items)
        ]
        for group in _groups(tellings, items):
            yield subject, group


def subjects(claim: Claim) -> Iterator[Subject]:
    """What a claim is about: claims that share a subject can be compared."""
    matter = matter_of(claim)
    if matter is Matter.STATEMENT:
        speaker = claim.attribution.speaker.casefold().split()[-1:] if claim.attribution else []
        yield Subject(matter, claim.subject[0] if claim.subject else None, None, "".join(speaker))
        return
    treaty = None if matter in (Matter.PROGRAMME, Matter.STOCKPILE) else claim.treaty
    for state in claim.subject or (None,):
        yield Subject(matter, state, treaty)


def matter_of(claim: Claim) -> Matter:
    """The matter of a claim; steps and acts of one course share one, so that a vote told as exit meets it."""
    match claim.kind:
        case ClaimKind.DOMESTIC_STEP:
            joining = claim.object.action == DomesticAim.JOINING
            return Matter.JOINING if joining else Matter.LEAVING
        case ClaimKind.TREATY_ACTION:
            return Matter.LEAVING if claim.predicate in _LEAVING else Matter.JOINING
        case ClaimKind.MEMBERSHIP:
            return Matter.JOINING
        case ClaimKind.TREATY_FACT if claim.subject:
            return Matter.JOINING
        case kind:
            return Matter(kind.value)


def _tellings(article: int, findings: Sequence[Finding], items: dict[str, Item]) -> list[Telling]:
    """An article's claims on one subject, those that repeat each other taken together."""
    found: list[Telling] = []
    for finding in findings:
        new = telling_of(article, finding)
        at = next((at for at, old in enumerate(found) if repeats(old, new, items)), None)
        if at is None:
            found.append(new)
        else:
            found[at] = _together(found[at], new, items)
    return found


def telling_of(article: int, finding: Finding) -> Telling:
    """One claim of an article as a telling."""
    claim = finding.claim
    return Telling(
        article=article,
        claims=(claim.id,),
        kind=claim.kind,
        predicate=claim.predicate,
        modality=claim.modality,
        negated=claim.negated or claim.modality is Modality.DENIED,
        when=claim.when,
        object=claim.object,
        attribution=claim.attribution,
        verdict=finding.verdict,
        words=_bare(claim.span.text) if claim.kind is ClaimKind.STATEMENT else "",
    )


def _bare(words: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())


def _together(old: Telling, new: Telling, items: dict[str, Item]) -> Telling:
    """Two claims of an article that say the same: what either gives; of two values the first.

    "Its own mines" after "anti-personnel mines" adds no second sort of mine.
    """
    parts = msgspec.structs.asdict(old.object)
    for name, value in msgspec.structs.asdict(new.object).items():
        if isinstance(value, tuple):
            parts[name] = tuple(dict.fromkeys((*parts[name], *value)))
        elif parts[name] is None:
            parts[name] = value
    parts["item"] = narrowest(parts["item"], items)
    if old.object.count is None and new.object.count is not None:
        parts["comparator"] = new.object.comparator
    return msgspec.structs.replace(
        old,
        claims=(*old.claims, *new.claims),
        when=old.when or new.when,
        object=ClaimObject(**parts),
        attribution=old.attribution or new.attribution,
        verdict=max(old.verdict, new.verdict, key=GRAVITY.index),
    )


def _groups(tellings: list[Telling], items: dict[str, Item]) -> list[Group]:
    """Tellings of one subject joined to rows: first the same act, then acts that were told as each other.

    At last a telling that is left alone is shown beside another article's claim of the same amount, which
    may stand in a row of its own already: the number of an order may stand elsewhere with a sum.
    """
    groups: list[Group] = [{one.article: one} for one in tellings]
    groups = _joined(groups, lambda one, other: likeness(one, other, items))
    groups = _joined(groups, lambda one, other: crossing(one, other, items))
    for group in groups:
        if len(group) == 1:
            (alone,) = group.values()
            for one in tellings:
                if one.article not in group and same_amount(alone, one, items):
                    group[one.article] = one
    return groups


def _joined(groups: list[Group], distance: Distance) -> list[Group]:
    """The nearest groups joined first, as long as they share no article."""
    near = sorted(
        (cost, i, j)
        for (i, one), (j, other) in combinations(enumerate(groups), 2)
        if (cost := _between(one, other, distance)) is not None
    )
    home = list(range(len(groups)))
    joined = [dict(group) for group in groups]
    for _, i, j in near:
        one, other = sorted((home[i], home[j]))
        if joined[one].keys().isdisjoint(joined[other]):
            joined[one] |= joined[other]
            joined[other] = {}
            home = [one if at == other else at for at in home]
    return [group for group in joined if group]


def _between(one: Group, other: Group, distance: Distance) -> float | None:
    if not one.keys().isdisjoint(other):
        return None
    pairs = (distance(mine, theirs) for mine in one.values() for theirs in other.values())
    return min((cost for cost in pairs if cost is not None), default=None)
