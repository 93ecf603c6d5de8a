"""A date of the calendar in words: what happens on it, and why."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.dates import in_words
from inforce.law.categories import label
from inforce.law.clauses import BEFORE_ENTRY
from inforce.law.derivation import dispute_step, ground_steps, possessive, sentence, treaty_name
from inforce.law.model import Step
from inforce.law.moments import Moment
from inforce.record.model import Extension, Participant, Record, Term, Treaty
from inforce.vocabulary import DateKind

_PATTERNS = {
    DateKind.TREATY_ENTRY_INTO_FORCE: "{treaty} enters into force",
    DateKind.TERM_ENDS: "the term of {treaty} runs out",
    DateKind.TREATY_ENDS: "{treaty} ends",
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
    elif moment.state == "cancelled" and moment.participant is not None:
        yield from _no_more(record.participants[moment.participant], moment)
    if moment.dispute is not None and not moment.steps:
        yield dispute_step(moment.dispute)


def _no_more(who: Participant, moment: Moment) -> Iterator[Step]:
    """A former state that was no more when its act would have taken effect."""
    if who.until is not None and who.until <= moment.last:
        yield Step(sentence(f"{who.name} is no more since {in_words(who.until)}"))


def _of_treaty(record: Record, moment: Moment) -> Iterator[Step]:
    treaty = record.treaties[moment.treaty]
    name, clauses = treaty_name(treaty), treaty.final_clauses
    if moment.kind is DateKind.TREATY_ENTRY_INTO_FORCE:
        initial = clauses.entry_into_force.initial
        how = "computed from the recorded instruments" if initial.published_date is None else "as published"
        text = f"{name} enters into force on {in_words(moment.first)}, {how}"
        if initial.trigger_date is not None:
            text += f"; its condition was met on {in_words(initial.trigger_date)}"
        entry = clauses.entry_into_force
        yield Step(sentence(text), entry.article, _source(treaty, entry.sources), initial.triggered_by)
    if moment.kind is DateKind.TERM_ENDS and clauses.term is not None:
        term = clauses.term
        text = f"{name} is concluded for {_length(term)} from its entry into force"
        yield Step(sentence(text), term.article, _source(treaty, term.sources))
        for one in term.extensions:
            text = f"extended on {in_words(one.decided)} by {_length(one)}"
            yield Step(sentence(text), term.article, one.source)
    if clauses.ended is not None and (moment.kind is DateKind.TREATY_ENDS or moment.state == "cancelled"):
        ended = clauses.ended
        text = f"{name} ended on {in_words(ended.date)}: {ended.because}"
        yield Step(sentence(text), ended.article, _source(treaty, ended.sources))


def _length(of: Term | Extension) -> str:
    return f"{of.amount} {of.unit}{'' if of.amount == 1 else 's'}"


def _source(treaty: Treaty, keys: tuple[str, ...]) -> str:
    return next((treaty.sources[key] for key in keys if key in treaty.sources), treaty.verified_by)
