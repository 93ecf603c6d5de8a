"""A date of the calendar in words: what happens on it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.dates import in_words
from inforce.law.categories import label
from inforce.law.clauses import BEFORE_ENTRY
from inforce.law.derivation import dispute_step, ground_steps, possessive, sentence, treaty_name
from inforce.law.model import Step
from inforce.law.moments import Moment
from inforce.record.model import Record
from inforce.vocabulary import DateKind

_PATTERNS = {
    DateKind.TREATY_ENTRY_INTO_FORCE: "{treaty} enters into force",
    DateKind.ENTRY_INTO_FORCE: "{treaty} enters into force for {who}",
    DateKind.WITHDRAWAL_EFFECT: "{whose} withdrawal from {treaty} takes effect",
    DateKind.END_OF_NOTICE: "{whose} notice of withdrawal from {treaty} runs out",
    DateKind.DEADLINE: "deadline for {who} under {treaty}: {what}",
    DateKind.CONTESTED: "{who} and {treaty}: {detail}",
}
_TAKEN_BACK = "{whose} consent to {treaty} is taken back"
_SIGNATURE_BACK = "{whose} signature of {treaty} is withdrawn"


def summary(record: Record, moment: Moment) -> str:
    """What happens on the day, in one clause; says so where the day itself is not recorded."""
    pattern = _PATTERNS[moment.kind]
    if moment.ground is not None and moment.kind is DateKind.WITHDRAWAL_EFFECT:
        labels = {BEFORE_ENTRY: _TAKEN_BACK, "signature-withdrawn": _SIGNATURE_BACK}
        pattern = labels.get(moment.ground.effect.label, pattern)
    who = record.participants[moment.participant].name if moment.participant else ""
    text = pattern.format(
        who=who,
        whose=possessive(who),
        treaty=treaty_name(record.treaties[moment.treaty]),
        what=_duty(record, moment),
        detail=moment.detail or "",
    )
    if moment.first != moment.last:
        text += ", on a day not recorded"
    return f"{text[0].upper()}{text[1:]}"


def _duty(record: Record, moment: Moment) -> str:
    if moment.rule is None:
        return ""
    rule = moment.rule
    return f"{rule.activity.value.replace('-', ' ')} ({label(record, rule.item)}), Art {rule.article}"


def because(record: Record, moment: Moment) -> Iterator[Step]:
    """The steps that lead to the date, and those of the act that undid it."""
    if moment.ground is not None:
        yield from ground_steps(record, moment.ground)
    yield from moment.steps
    if moment.participant is None:
        yield from _of_treaty(record, moment)
    if moment.undone_by is not None:
        yield from ground_steps(record, moment.undone_by)
    elif moment.state == "cancelled":
        yield from _no_more(record, moment)
    if moment.dispute is not None and not moment.steps:
        yield dispute_step(moment.dispute)


def _no_more(record: Record, moment: Moment) -> Iterator[Step]:
    """A former state that was no more when its act would have taken effect."""
    who = record.participants[moment.participant or ""]
    if who.until is not None and who.until <= moment.last:
        yield Step(sentence(f"{who.name} is no more since {in_words(who.until)}"))


def _of_treaty(record: Record, moment: Moment) -> Iterator[Step]:
    treaty = record.treaties[moment.treaty]
    entry = treaty.final_clauses.entry_into_force
    initial = entry.initial
    text = f"{treaty_name(treaty)} entered into force on {in_words(moment.first)}, as published"
    if initial.trigger_date is not None:
        text += f"; its condition was met on {in_words(initial.trigger_date)}"
    source = next((treaty.sources[key] for key in entry.sources if key in treaty.sources), treaty.verified_by)
    yield Step(sentence(text), article=entry.article, source=source, facts=initial.triggered_by)
