"""Steps of reasoning: one fact of the record each, in plain English, with its article or source."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.checking.case import Case, Course, Membership
from inforce.checking.times import agrees, on_or_in, spoken
from inforce.checking.wording import did, first_capital, notice_start, step_told
from inforce.dates import Edtf, parse_edtf, within_years
from inforce.law.derivation import possessive, treaty_name
from inforce.law.model import Step
from inforce.record.model import Action, ContestedPoint, DomesticStep, Treaty
from inforce.vocabulary import ActionKind, DomesticAim


def act_step(course: Course, act: Action) -> Step:
    """The recorded act, with the depositary's entry or publication that it comes from."""
    return Step(first_capital(f"{course.name} {did(act, course.treaty)}."), source=act.source)


def exit_steps(course: Course, membership: Membership) -> tuple[Step, ...]:
    """The end of a membership: what the clause makes of the notice, and the notice."""
    if membership.notice is None:
        return _revoked_steps(course, membership)
    if membership.taken_back:
        return _taken_back_steps(course, membership.notice)
    clause = course.treaty.final_clauses.withdrawal
    article = None if clause is None else clause.article
    what = f"{possessive(course.name)} withdrawal from {treaty_name(course.treaty)}"
    if membership.until is None:
        text = f"{what} has no date of effect: it waits for the end of the armed conflict."
    else:
        verb = "took" if membership.until <= course.on else "takes"
        counted = "" if clause is None else f", {notice_start(course.treaty)}"
        text = f"{what} {verb} effect on {spoken(membership.until)}{counted}."
    source = published(course.treaty, () if clause is None else clause.sources)
    return Step(first_capital(text), article, source), act_step(course, membership.notice)


def _revoked_steps(course: Course, membership: Membership) -> tuple[Step, ...]:
    """A notice that was given and taken back, the taking back first."""
    if membership.revoked is None:
        return ()
    notice, revocation = membership.revoked
    text = f"{course.name} revoked its notice of withdrawal {on_or_in(revocation.date)}; it no longer runs."
    return Step(first_capital(text), source=revocation.source), act_step(course, notice)


def _taken_back_steps(course: Course, notice: Action) -> tuple[Step, ...]:
    """Consent that was taken back before the treaty bound, and whether a signature is left."""
    name = treaty_name(course.treaty)
    text = f"{course.name} took back its consent to {name} {on_or_in(notice.date)}, before it was bound."
    steps = [Step(first_capital(text), source=notice.source)]
    if not course.in_force:
        steps.append(not_in_force_step(course.treaty))
    if course.signature is not None:
        steps.append(act_step(course, course.signature))
    return tuple(steps)


def not_in_force_step(treaty: Treaty) -> Step:
    """That the treaty itself binds nobody yet."""
    clause = treaty.final_clauses.entry_into_force
    text = f"{treaty_name(treaty)} has not entered into force and binds no state."
    return Step(first_capital(text), clause.article, published(treaty, clause.sources))


def open_date_step(course: Course, act: Action) -> Step:
    """An act whose partial date leaves open whether it was done by the day asked about."""
    text = f"{course.name} {did(act, course.treaty)}; the record does not say on which day."
    return Step(first_capital(text), source=act.source)


def start_step(course: Course, membership: Membership) -> Step:
    """When the treaty enters into force for the participant."""
    clause = course.treaty.final_clauses.entry_into_force
    article, source = clause.article, published(course.treaty, clause.sources)
    if membership.since is None and not course.in_force:
        return not_in_force_step(course.treaty)
    if membership.since is None:
        return Step(
            f"From which day it is in force for {course.name} is open in the record.", article, source
        )
    verb = "entered" if membership.since <= course.on else "enters"
    return Step(f"It {verb} into force for {course.name} on {spoken(membership.since)}.", article, source)


def membership_steps(course: Course, membership: Membership) -> tuple[Step, ...]:
    """The deposit, the entry into force and end of a membership, as far as it came; past ends first."""
    steps = [act_step(course, membership.consent), start_step(course, membership)]
    if membership.taken_back:
        return (*exit_steps(course, membership), steps[0])
    leaving = exit_steps(course, membership)
    steps = [*leaving, *steps] if course.left else [*steps, *leaving]
    if not course.covered:
        through = course.treaty.verified_through
        text = f"The record of {treaty_name(course.treaty)} is known complete to {through} only."
        steps.append(Step(text, source=course.treaty.verified_by))
    return tuple(steps)


def domestic_step(course: Course, step: DomesticStep) -> Step:
    """A recorded step of national procedure."""
    text = f"{step_told(course.name, step)} {on_or_in(step.date)}."
    return Step(first_capital(text), source=step.source)


def received_instead(course: Course, aim: DomesticAim) -> tuple[Step, ...]:
    """What reached the depositary where national procedure had aimed at something else.

    A decree to withdraw that was followed by a notice of suspension, say: the notice, also where it came
    after the day asked about, and the readings of what is contested about it.
    """
    if aim is not DomesticAim.WITHDRAWAL:
        return ()
    if any(one.notice is not None for one in course.memberships):
        return ()
    acts = [*(() if course.suspension is None else (course.suspension,)), *course.later]
    if any(act.kind is ActionKind.WITHDRAWAL for act in acts):
        return ()
    notice = next((act for act in acts if act.kind is ActionKind.SUSPENSION_NOTIFIED), None)
    if notice is None:
        return ()
    text = (
        f"What the depositary received of {course.name} {on_or_in(notice.date)} was a notice of suspension."
    )
    point = course.contested or course.contested_later
    return Step(text, source=notice.source), *(() if point is None else contest_steps(point))


def silence_step(course: Course, what: str) -> Step:
    """That the record holds nothing of the kind, and how far it reaches."""
    name = treaty_name(course.treaty)
    text = f"By {spoken(course.on)} the record of {name} shows no {what} by {course.name}."
    return Step(text, source=coverage(course.treaty))


def contest_steps(point: ContestedPoint) -> tuple[Step, ...]:
    """A contested point: the question, who reads it how, what the depositary did, what holds in any case."""
    return tuple(_contest(point))


def _contest(point: ContestedPoint) -> Iterator[Step]:
    source = point.sources[0] if point.sources else _first_source(point)
    yield Step(f"Contested: {point.question}", source=source)
    for reading in point.readings:
        basis = f" Basis: {reading.basis}." if reading.basis else ""
        yield Step(f"Reading {reading.id} ({reading.holder}): {reading.result}.{basis}", source=source)
    if point.depositary is not None:
        yield Step(f"Depositary: {point.depositary}.", source=source)
    if point.under_all_readings is not None:
        yield Step(f"Under every reading: {point.under_all_readings}.", source=source)


def _first_source(point: ContestedPoint) -> str | None:
    return next((source for event in point.timeline for source in event.sources), None)


def published(treaty: Treaty, keys: tuple[str, ...]) -> str | None:
    """Where the text of a clause or rule is published: the first of its sources that the treaty names."""
    return next((treaty.sources[key] for key in keys if key in treaty.sources), None)


def coverage(treaty: Treaty) -> str:
    """By which sources the record of a treaty is complete, and to what date."""
    return f"{treaty.verified_by} (complete to {treaty.verified_through})"


def suspension_begun(case: Case, course: Course) -> ContestedPoint | None:
    """The suspension that, as its author sees it, began on the day that the text gives."""
    for point in case.record.contested:
        if point.kind != "suspension" or course.treaty.key not in point.treaties or point.since is None:
            continue
        if course.participant in point.concerned and agrees(case.when, point.since):
            return point
    return None


def may_begin(notice: Action) -> Edtf | None:
    """The year after a notice of suspension: it may take effect later than it was given."""
    given = notice.date.last
    return None if given is None else parse_edtf(f"{given}/{within_years(given, 1)}")
