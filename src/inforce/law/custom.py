"""Customary law: rules of no treaty, that bind every state whatever it has joined or left."""

from __future__ import annotations

from inforce.law.binding import modality_words
from inforce.law.categories import Related, relate
from inforce.law.chronicle import Asked
from inforce.law.derivation import sentence
from inforce.law.model import Step
from inforce.law.obligation_model import CustomAnswer
from inforce.record.model import Obligation, Record
from inforce.vocabulary import Activity


def custom_rules(asked: Asked, item: str | None, activity: Activity | None) -> tuple[CustomAnswer, ...]:
    """The rules of custom that bear on an item and an activity (None takes every one), for a state.

    Organisations and former states get none: the study the rules are taken from speaks of states and
    other parties to a conflict.
    """
    who = asked.record.participants[asked.participant]
    if who.kind != "state" or (who.until is not None and who.until <= asked.on):
        return ()
    found = []
    for rule in asked.record.custom:
        related = Related("same") if item is None else relate(asked.record, item, rule.item)
        if related is not None and activity in (None, rule.activity) and rule.addresses(asked.participant):
            found.append(_answer(asked.record, rule, related))
    return tuple(found)


def _answer(record: Record, rule: Obligation, related: Related) -> CustomAnswer:
    text = f"custom, for every state: {modality_words(record, rule)}"
    steps = [Step(sentence(text), article=rule.article, source=next(iter(rule.sources), None))]
    if related.words:
        steps.append(Step(sentence(related.words)))
    return CustomAnswer(
        id=rule.id,
        article=rule.article,
        activity=rule.activity,
        item=rule.item,
        modality=rule.modality,
        conditions=rule.conditions,
        applies=rule.applies,
        total=rule.total,
        relation=related.relation,
        derivation=tuple(steps),
        bears=related.words or None,
    )
