"""Sentences of correction, as templates that fit one state or several.

`WHO` stands for the states a sentence turns out to be true of; `HAS`, `ITS`, `IT` and `WAS` agree with
them. `fill` puts them in once it is known who shares a sentence. A line break parts two sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inforce.checking.case import Course, Membership
from inforce.checking.times import on_or_in, spoken
from inforce.checking.wording import did, first_capital, listed, step_noun
from inforce.law.derivation import treaty_name
from inforce.record.model import Action, ContestedPoint, DomesticStep, Reading
from inforce.vocabulary import ActionKind

WHO, HAS, ITS, IT, WAS = "⟨who⟩", "⟨has⟩", "⟨its⟩", "⟨it⟩", "⟨was⟩"


def fill(template: str, names: Sequence[str]) -> str:
    """One line of a template as a sentence about these participants."""
    one = len(names) == 1
    words = {
        WHO: listed(names),
        HAS: "has" if one else "have",
        ITS: "its" if one else "their",
        IT: "it" if one else "them",
        WAS: "was" if one else "were",
    }
    for mark, word in words.items():
        template = template.replace(mark, word)
    text = first_capital(template.strip())
    return text if text.endswith((".", "?")) else f"{text}."


def acted(course: Course, act: Action) -> str:
    """What was done, and when; of consent also from when the treaty binds."""
    text = f"{WHO} {did(act, course.treaty)}"
    joined = next((one for one in course.memberships if one.consent is act), None)
    if joined is None or joined.since is None:
        return text
    return f"{text}, in force for {IT} from {spoken(joined.since)}"


def never_signed(course: Course, consent: Action) -> str:
    """Consent was given, and no signature before it."""
    return f"{WHO} never signed {treaty_name(course.treaty)} but {did(consent, course.treaty, 'it')}"


def signed_only(course: Course, signature: Action) -> str:
    """A signature that no consent followed."""
    return f"{WHO} {did(signature, course.treaty)} and {HAS} not ratified it"


def declined(course: Course, notice: Action) -> str:
    """A signatory's notice that it will not become a party: the depositary keeps its signature listed."""
    return f"{WHO} {did(notice, course.treaty)}, and {ITS} signature stays listed"


def entry(course: Course, membership: Membership) -> str:
    """When consent to this membership was deposited and from when the treaty binds."""
    return acted(course, membership.consent)


def exit_notified(course: Course, membership: Membership) -> str:
    """When notice of withdrawal was received and when it takes effect."""
    name = treaty_name(course.treaty)
    if membership.notice is None and membership.revoked is not None:
        notice, revocation = membership.revoked
        return (
            f"{WHO} notified {ITS} withdrawal from {name} {on_or_in(notice.date)} and revoked the notice "
            f"{on_or_in(revocation.date)}"
        )
    if membership.notice is None:
        return f"{WHO} {HAS} notified no withdrawal from {name}"
    if membership.taken_back:
        instrument = f"{ITS} {consent_noun(membership.consent)} of {name}"
        text = f"{WHO} took back {instrument} {on_or_in(membership.notice.date)}"
        return text if course.signature is None else f"{text} and remained a signatory"
    notified = f"{WHO} notified {ITS} withdrawal from {name} {on_or_in(membership.notice.date)}"
    if membership.until is None:
        return f"{notified}, without effect before the end of the armed conflict"
    return f"{notified}, with effect from {spoken(membership.until)}"


def consent_noun(consent: Action) -> str:
    """The instrument as a noun."""
    plain = consent.kind in (ActionKind.RATIFICATION, ActionKind.ACCEPTANCE, ActionKind.APPROVAL)
    return consent.kind.value if plain else "consent"


def not_in_force(course: Course) -> str:
    """That the treaty itself binds nobody, and how far a participant came with it."""
    name = treaty_name(course.treaty)
    nobody = f"{name} had not entered into force by {spoken(course.on)} and bound no state"
    if course.last is not None and course.left:
        return f"{exit_notified(course, course.last)}; {nobody}"
    if course.last is not None:
        return f"{WHO} {did(course.last.consent, course.treaty)}; {nobody}"
    if course.signature is not None:
        return f"{WHO} {did(course.signature, course.treaty)}; {nobody}"
    return f"{never_joined(course, course.on)}; {nobody}"


def still_in(course: Course, membership: Membership) -> str:
    """That a participant was a party on the day, and what it has or has not done to leave."""
    if membership.since is not None and membership.since > course.on:
        return acted(course, membership.consent)
    since = "" if membership.since is None else f", in force for {IT} since {spoken(membership.since)}"
    text = f"on {spoken(course.on)} {WHO} {WAS} bound by {treaty_name(course.treaty)}{since}"
    if membership.notice is None and membership.revoked is not None:
        revoked, revocation = membership.revoked
        given = f"the withdrawal notified {on_or_in(revoked.date)} was revoked"
        return f"{text}; {given} {on_or_in(revocation.date)}"
    if membership.notice is None:
        return f"{text}; no withdrawal had been notified"
    notice = f"the withdrawal notified {on_or_in(membership.notice.date)}"
    if membership.until is None:
        return f"{text}; {notice} has no effect before the end of the armed conflict"
    return f"{text}; {notice} takes effect on {spoken(membership.until)}"


def only_at_home(course: Course, step: DomesticStep) -> str:
    """How far national procedure had come, with nothing before the depositary."""
    act = "no withdrawal from" if step.aim.value == "withdrawal" else f"no {_ACT_OF[step.aim.value]}"
    nothing = f"by {spoken(course.on)} {WHO} had notified {act} {treaty_name(course.treaty)}"
    if step.aim.value == "joining":
        nothing = f"by {spoken(course.on)} {WHO} had not joined {treaty_name(course.treaty)}"
    return f"{nothing}\nthe furthest step of {WHO} was {step_noun(step)} {on_or_in(step.date)}"


_ACT_OF = {"suspension": "withdrawal from, and no suspension of,", "joining": ""}


def suspended_only(course: Course, act: Action) -> str:
    """That a notice was one of suspension, not of withdrawal."""
    text = (
        f"{WHO} {HAS} not withdrawn from {treaty_name(course.treaty)}: the notice received "
        f"{on_or_in(act.date)} suspends its operation"
    )
    return text if course.contested is None else f"{text}, and whether it could do so is contested"


def contested(point: ContestedPoint) -> str:
    """The question, and each reading with its holder; one sentence each."""
    readings = (f"reading {one.id}, held by {_holder(one)}: {one.result}" for one in point.readings)
    return "\n".join([f"contested: {point.question}", *readings])


def _holder(reading: Reading) -> str:
    return reading.holder.replace("; ", ", ")


def never_joined(course: Course, day: date) -> str:
    """That a participant neither signed nor joined."""
    return f"by {spoken(day)} {WHO} had neither signed nor joined {treaty_name(course.treaty)}"


def steps_recorded(steps: Sequence[DomesticStep]) -> str:
    """The steps of one kind that the record holds."""
    return f"recorded of {WHO}: {listed([f'{step_noun(step)} {on_or_in(step.date)}' for step in steps])}"
