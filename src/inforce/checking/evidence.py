"""Steps of reasoning and sentences of correction: facts of the record in plain English.

Sentences of correction are templates: `WHO` stands for the participants they turn out to be true of,
`IS`, `HAS` and `ITS` agree with them. `fill` puts them in, once it is known whether several share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inforce.checking.case import Course, Membership
from inforce.checking.times import on_or_in, spoken
from inforce.checking.wording import AIM_NOUN, DID, STEP_NOUN, listed, treaty_name
from inforce.law.model import Step
from inforce.record.model import Action, ContestedPoint, DomesticStep, Treaty
from inforce.vocabulary import ActionKind

WHO, IS, HAS, ITS, WAS = "⟨who⟩", "⟨is⟩", "⟨has⟩", "⟨its⟩", "⟨was⟩"


def fill(template: str, names: Sequence[str]) -> str:
    """The template as a sentence about these participants."""
    one = len(names) == 1
    words = {
        WHO: listed(names),
        IS: "is" if one else "are",
        HAS: "has" if one else "have",
        ITS: "its" if one else "their",
        WAS: "was" if one else "were",
    }
    for mark, word in words.items():
        template = template.replace(mark, word)
    template = template.strip().rstrip(".")
    return f"{template[:1].upper()}{template[1:]}."


# Steps: one fact each, with its source.


def act_step(course: Course, act: Action) -> Step:
    """The recorded act, with the depositary's entry or publication that it comes from."""
    return Step(f"{_named(course)} {did(act, course.treaty)}.", source=act.source)


def end_step(course: Course, membership: Membership) -> Step:
    """What the clause on withdrawal makes of a notice."""
    clause = course.treaty.final_clauses.withdrawal
    article = None if clause is None else clause.article
    if membership.until is None:
        text = "The notice of withdrawal has no date of effect: it waits for the end of the armed conflict."
        return Step(text, article)
    verb = "took" if membership.until <= course.on else "takes"
    phrase = "" if clause is None else f", {notice_phrase(course.treaty)} after receipt"
    return Step(f"The withdrawal {verb} effect on {spoken(membership.until)}{phrase}.", article)


def start_step(course: Course, membership: Membership) -> Step:
    """When the treaty enters into force for the participant."""
    article = course.treaty.final_clauses.entry_into_force.article
    if membership.since is None:
        return Step(f"The day of its entry into force for {course.name} is open in the record.", article)
    verb = "entered" if membership.since <= course.on else "enters"
    return Step(f"It {verb} into force for {course.name} on {spoken(membership.since)}.", article)


def domestic_step(course: Course, step: DomesticStep) -> Step:
    """A recorded step of national procedure."""
    return Step(f"{_named(course)}: {step_noun(step)} {on_or_in(step.date)}.", source=step.source)


def silence_step(course: Course, what: str) -> Step:
    """That the record holds nothing of the kind, and how far it reaches."""
    return Step(
        f"The record holds no {what} of {course.name} by {spoken(course.on)}.", source=coverage(course.treaty)
    )


def contest_steps(point: ContestedPoint) -> tuple[Step, ...]:
    """Who reads a contested point how."""
    source = point.sources[0] if point.sources else _first_source(point)
    readings = tuple(
        Step(f"Reading {reading.id}, held by {reading.holder}: {reading.result}.", source=reading.basis)
        for reading in point.readings
    )
    head = (Step(f"Contested: {point.question}", source=source),)
    depositary = (
        () if point.depositary is None else (Step(f"The depositary {point.depositary}.", source=source),)
    )
    return head + readings + depositary


def _first_source(point: ContestedPoint) -> str | None:
    return next((source for event in point.timeline for source in event.sources), None)


def coverage(treaty: Treaty) -> str:
    """By which source the record of a treaty is complete, and to what date."""
    return f"{treaty.verified_by} (complete to {treaty.verified_through})"


# Sentences.


def did(act: Action, treaty: Treaty) -> str:
    """ "acceded to the Convention on 9 January 2012"; what follows the participant's name."""
    where = on_or_in(act.date)
    match act.kind:
        case ActionKind.WITHDRAWAL:
            return f"notified the depositary of withdrawal from {treaty_name(treaty)} {where}"
        case ActionKind.SUSPENSION_NOTIFIED:
            return f"notified the depositary {where} that it suspends the operation of {treaty_name(treaty)}"
        case ActionKind.REVOCATION:
            return f"revoked a notification under {treaty_name(treaty)} {where}"
        case _:
            return f"{DID.get(act.kind, act.kind)} {treaty_name(treaty)} {where}"


def step_noun(step: DomesticStep) -> str:
    """ "parliament's approval of withdrawal (Seimas)"."""
    body = f" ({step.body})" if step.body else ""
    return f"{STEP_NOUN[step.kind]} {AIM_NOUN[step.aim]}{body}"


def notice_phrase(treaty: Treaty) -> str:
    """The length of notice in words: "six months"."""
    clause = treaty.final_clauses.withdrawal
    if clause is None:
        return "no period"
    return duration_words(clause.notice.amount, clause.notice.unit)


_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def duration_words(amount: int, unit: str) -> str:
    """ "six months", "one year", "90 days"."""
    number = _NUMBERS[amount] if amount < len(_NUMBERS) else str(amount)
    return f"{number} {unit}" + ("" if amount == 1 else "s")


def exit_sentence(course: Course, membership: Membership) -> str:
    """When notice of withdrawal was received and when it takes effect; a template."""
    name = treaty_name(course.treaty)
    if membership.notice is None:
        return f"{WHO} {HAS} notified no withdrawal from {name}"
    notified = f"{WHO} notified {ITS} withdrawal from {name} {on_or_in(membership.notice.date)}"
    if membership.until is None:
        return f"{notified}, and it has no effect before the end of the armed conflict"
    verb = "took" if membership.until <= course.on else "takes"
    return f"{notified}; it {verb} effect on {spoken(membership.until)}"


def entry_sentence(course: Course, membership: Membership) -> str:
    """When consent was deposited and since when the treaty binds; a template."""
    text = f"{WHO} {did(membership.consent, course.treaty)}"
    if membership.since is None:
        return text
    verb = "entered" if membership.since <= course.on else "enters"
    return f"{text}; it {verb} into force for {WHO} on {spoken(membership.since)}"


def step_sentence(course: Course, step: DomesticStep) -> str:
    """How far national procedure towards an act has come; a template."""
    name = treaty_name(course.treaty)
    by = spoken(course.on)
    return (
        f"by {by} the depositary had received no notice about {name} from {WHO}; "
        f"the furthest step recorded was {step_noun(step)} {on_or_in(step.date)}"
    )


def suspension_sentence(course: Course, act: Action) -> str:
    """That a notice was one of suspension; a template."""
    text = (
        f"{WHO} {HAS} not withdrawn from {treaty_name(course.treaty)}: the notice received "
        f"{on_or_in(act.date)} suspends its operation"
    )
    return text if course.contested is None else f"{text}, and whether it could do so is contested"


def contest_sentence(point: ContestedPoint) -> str:
    """The readings of a contested point and who holds each."""
    readings = "; ".join(f"{reading.holder}: {reading.result}" for reading in point.readings)
    return f"{point.question} Readings differ. {readings}"


def never_sentence(course: Course, day: date) -> str:
    """That a participant neither signed nor joined; a template."""
    return f"{WHO} {HAS} neither signed nor joined {treaty_name(course.treaty)} (as of {spoken(day)})"


def _named(course: Course) -> str:
    return course.name[:1].upper() + course.name[1:]
