"""What a claim says besides who and when: the object of each kind, from the words beside its trigger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inforce.reading.clauses import is_treaty_approved, only_begins_so
from inforce.reading.frames import Hit, Masked
from inforce.reading.makers import suppliers_near
from inforce.reading.model import Claim, ClaimObject
from inforce.reading.quantities import (
    activities_near,
    clock_of,
    count_near,
    items_near,
    money_near,
    place_near,
    rank_near,
    recipients_near,
)
from inforce.reading.scan import Scan
from inforce.vocabulary import ClaimKind, Modality

_AFTER = 3  # words by which a word for an aim behind the trigger counts as nearer
_UNDOES = 9  # words behind "rescinding" among which what is rescinded stands
_STEM = 3  # letters up to which a word for undoing is taken whole
_ITSELF = 30  # a trigger tells least of its aim: parliaments ratify laws on leaving, too
_AIM_OF = {"left": "withdrawal", "notified-withdrawal": "withdrawal", "suspended": "suspension"}


def object_of(
    text: Scan, masked: Masked, hit: Hit, subject: tuple[str, ...], earlier: Sequence[Claim]
) -> ClaimObject:
    """The object of a hit's claim; `earlier` are the claims before it."""
    frame = hit.frame
    parts: dict[str, Any] = {}
    if frame.kind == "domestic-step":
        parts["action"] = _aim(text, masked, hit, earlier)
    if frame.kind == "treaty-fact" or frame.predicate == "signed":
        parts["place"] = place_near(masked, hit, lambda first, last: text.slice(first, last).text)
    if frame.kind == "notice-period":
        parts["duration"] = duration_of(masked, hit)
        parts["counted_from"] = clock_of(masked, hit)
    numbers = ("<N>", "<R>") if frame.kind == "party-count" else ("<N>",)
    if (frame.kind == "party-count" or "count" in frame.set) and (count := count_near(masked, hit, numbers)):
        parts["count"], parts["comparator"] = count
    if not frame.set:
        return ClaimObject(**parts)
    fillers: dict[str, Callable[[], Any]] = {
        "item": lambda: items_near(
            masked, hit, text.lexicon, _weapons_last_told(earlier) or _only_weapon(text, hit)
        ),
        "activities": lambda: activities_near(masked, hit, text.lexicon),
        "rank": lambda: rank_near(masked, hit),
        "money": lambda: money_near(masked, hit),
        "recipient": lambda: recipients_near(masked, hit, subject),
        "supplier": lambda: suppliers_near(masked, hit, text.lexicon, earlier),
    }
    parts.update({name: fillers[name]() for name in fillers.keys() & frame.set.keys()})
    return ClaimObject(**parts)


def _weapons_last_told(earlier: Sequence[Claim]) -> tuple[str, ...]:
    """The weapons of the claim before; a kind of mine told before "the mines" is what these are."""
    told = [claim.object.item for claim in reversed(earlier) if claim.object.item]
    if told and told[0] == _ANY_MINE:
        told = [items for items in told if items[0].endswith("-mine")][:1] or told
    return told[0] if told else ()


def _only_weapon(text: Scan, hit: Hit) -> tuple[str, ...]:
    """The one kind of weapon of which the text speaks, if it is one: what is made or held is that."""
    if hit.frame.kind not in (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE):
        return ()
    items = {mention.item for mention in text.mentions if mention.kind == "W" and mention.item}
    if items == _MINES:
        return ("anti-personnel-mine",)
    return tuple(items) if len(items) == 1 and "mine" not in items else ()


_MINES = {"mine", "anti-personnel-mine"}


_ANY_MINE = ("mine",)


def duration_of(masked: Masked, hit: Hit) -> str | None:
    """The length of time told in the match."""
    inside = [w.mention for w in masked.words[hit.first : hit.last] if w.text == "<U>"]
    time = inside[0].time if inside and inside[0] is not None else None
    return time.duration if time is not None else None


def can_be_notice(duration: str | None) -> bool:
    """Notice periods run for days or months, a year or two; clearing mines takes longer."""
    if duration is None or duration.endswith("M") or duration in ("P1Y", "P2Y"):
        return True
    return duration.endswith("D") and len(duration) > len("P9D")


def _aim(text: Scan, masked: Masked, hit: Hit, earlier: Sequence[Claim]) -> str:
    """What a step at home leads to: by its frame, the words around, or the story so far."""
    if hit.frame.action not in (None, "auto"):
        return str(hit.frame.action)
    stems = {aim: tuple(words) for aim, words in text.lexicon.terms["aims"].items()}
    ranked = []
    for index, word in enumerate(masked.words):
        aim = next((aim for aim, opening in stems.items() if word.text.startswith(opening)), None)
        if aim is not None and word.mention is None and not only_begins_so(word.text):
            bonus = _AFTER * (index > hit.trigger) - _ITSELF * (index == hit.trigger)
            ranked.append((abs(index - hit.trigger) - bonus, aim))
    if ranked:
        aim = str(min(ranked)[1])
        return "withdrawal" if aim == "joining" and _is_undone(masked, text, stems["joining"]) else aim
    if _is_undone(masked, text, ("<T>",)):
        return "withdrawal"
    return "joining" if is_treaty_approved(masked.words) else _aim_so_far(earlier)


def _is_undone(masked: Masked, text: Scan, joining: tuple[str, ...]) -> bool:
    """Whether joining is taken back: "rescinding the ratification", "repealed the law approving ..."."""
    undoing = text.lexicon.terms["undoing"]
    for index, word in enumerate(masked.words):
        if word.text in undoing or word.text.startswith(tuple(u for u in undoing if len(u) > _STEM)):
            behind = [w.text for w in masked.words[index + 1 : index + _UNDOES]]
            if any(other.startswith(joining) for other in behind):
                return True
    return False


def _aim_so_far(earlier: Sequence[Claim]) -> str:
    """The aim of the nearest step or act before; joining that is over is the aim of nothing that comes later.

    Only where nothing else was told of is it that of a step that came before it.
    """
    over = False
    for claim in reversed(earlier):
        if claim.object.action:
            return claim.object.action
        if claim.kind is ClaimKind.TREATY_ACTION:
            aim = _AIM_OF.get(claim.predicate or "", "joining")
            if aim != "joining" or claim.modality is not Modality.DONE or claim.negated:
                return aim
            over = True
    return "joining" if over else "withdrawal"
