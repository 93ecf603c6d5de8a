"""What a treaty's rules say of an activity with an item: a total ban, one under conditions, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import msgspec

from inforce.checking.evidence import published
from inforce.checking.wording import listed
from inforce.law.categories import COVERING, label, relate
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import Obligation, Record, Treaty
from inforce.vocabulary import Activity, ObligationModality

#: Activities as running text has them after "prohibits" and "requires".
GERUND: dict[str, str] = {
    "use": "using",
    "develop": "developing",
    "produce": "producing",
    "acquire": "acquiring",
    "stockpile": "stockpiling",
    "retain": "retaining",
    "transfer": "transferring",
    "assist": "assisting anyone with",
    "destroy": "destroying",
    "clear": "clearing",
    "report": "reporting on",
    "test": "testing",
    "mark": "marking",
    "record": "recording",
    "warn": "warning of",
}


class Reach(IntEnum):
    """How far a treaty's prohibitions reach for one activity and item, lowest first."""

    SILENT = 0  # no rule bears on it
    EXCEPTED = 1  # a rule says that it is not prohibited
    OPEN = 2  # what was asked may fall under a rule, on a test that the text does not decide
    RESTRICTED = 3  # regulated, not prohibited
    PARTLY = 4  # prohibited for one kind of the item
    CONDITIONAL = 5  # prohibited in the manners or to the recipients that the rule names
    TOTAL = 6  # prohibited altogether


class Found(msgspec.Struct, frozen=True):
    """How far the prohibitions reach for one pair, and the rules that say so."""

    activity: str | None
    item: str | None
    reach: Reach
    rules: tuple[Obligation, ...]


def prohibitions(record: Record, treaty: Treaty, activity: str | None, item: str | None) -> Found:
    """The furthest reach of the treaty's rules on a pair; None stands for any activity or item."""
    best = Reach.SILENT
    rules: list[Obligation] = []
    for rule in treaty.obligations:
        if activity is not None and rule.activity.value != activity:
            continue
        reach = _reach(record, rule, item)
        if reach > best:
            best, rules = reach, [rule]
        elif reach == best and reach is not Reach.SILENT:
            rules.append(rule)
    return Found(activity, item, best, tuple(rules))


def _reach(record: Record, rule: Obligation, item: str | None) -> Reach:
    relation = "same"
    if item is not None:
        related = relate(record, item, rule.item)
        if related is None:
            return Reach.SILENT
        relation = related.relation
    match rule.modality:
        case ObligationModality.PROHIBITED if relation in COVERING:
            return Reach.TOTAL if rule.total else Reach.CONDITIONAL
        case ObligationModality.PROHIBITED:
            return Reach.PARTLY if relation == "narrower" else Reach.OPEN
        case ObligationModality.RESTRICTED if relation != "may-be":
            return Reach.RESTRICTED
        case ObligationModality.PERMITTED_EXCEPTION if relation in COVERING and rule.exceptions == ():
            return Reach.EXCEPTED
        case _:
            return Reach.SILENT


def requirements(record: Record, treaty: Treaty, activity: str, item: str | None) -> tuple[Obligation, ...]:
    """The treaty's duties to do an activity, with this item or a wider or narrower one."""
    return tuple(
        rule
        for rule in treaty.obligations
        if rule.modality is ObligationModality.REQUIRED
        and rule.activity.value == activity
        and (item is None or relate(record, item, rule.item) is not None)
    )


def rule_step(record: Record, treaty: Treaty, rule: Obligation) -> Step:
    """A rule in plain words, with its article and source."""
    verb = {
        ObligationModality.PROHIBITED: "prohibits",
        ObligationModality.REQUIRED: "requires",
        ObligationModality.RESTRICTED: "restricts",
        ObligationModality.PERMITTED_EXCEPTION: "does not prohibit",
    }[rule.modality]
    name = treaty_name(treaty)
    text = f"{name[:1].upper()}{name[1:]} {verb} {what(record, [rule.activity.value], [rule.item])}"
    conditions = f" ({rule.conditions})" if rule.conditions else ""
    source = published(treaty, rule.sources)
    return Step(f"{text}{conditions}.", rule.article, source)


def what(record: Record, activities: Sequence[str], items: Sequence[str]) -> str:
    """ "using, producing and transferring anti-personnel mines"; what follows "prohibits"."""
    doing = listed([GERUND.get(activity, activity) for activity in activities])
    return f"{doing} {things(record, items)}".strip()


def things(record: Record, items: Sequence[str]) -> str:
    """Weapon categories in the plural: "anti-personnel mines and cluster munitions"."""
    return listed([_plural(record, item) for item in items]) or "the weapons it covers"


def _plural(record: Record, item: str) -> str:
    """The label in the plural; a label that is a whole definition stays in the singular."""
    name = label(record, item)
    if len(name.split()) > _LABEL_WORDS:
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    return name if name.endswith("s") else f"{name}s"


#: A label longer than this is a definition, not a name.
_LABEL_WORDS = 3

#: Activities that claims may name and rules may know; anything else in a claim is left alone.
KNOWN_ACTIVITIES = frozenset(activity.value for activity in Activity)
