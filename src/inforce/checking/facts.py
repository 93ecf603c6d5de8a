"""Facts of the treaty itself: adoption, opening for signature, entry into force; date and place."""

from __future__ import annotations

from datetime import date
from typing import Any

from inforce.checking import sentences
from inforce.checking.case import Case, Course
from inforce.checking.evidence import act_step, published, start_step
from inforce.checking.ruling import Ruling, reported, supported, unrecorded, wrong
from inforce.checking.times import agrees, near, spoken
from inforce.checking.wording import first_capital
from inforce.law.chronicle import last_verified
from inforce.law.clauses import opening
from inforce.law.condition import condition, condition_words
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import Treaty
from inforce.vocabulary import Modality, Verdict

_PASSIVE = {
    "adopted": "was adopted",
    "opened-for-signature": "was opened for signature",
    "entered-into-force": "entered into force",
}


def rule_on_fact(case: Case) -> Ruling:
    """How a text that dates or places an event of the treaty's own life stands."""
    events = _events(case.treaty)
    event = events.get(case.claim.predicate or "")
    if event is None and case.claim.predicate == "entered-into-force":
        return _never_in_force(case)
    if event is None:
        return unrecorded(f"The record of {treaty_name(case.treaty)} has no such event.")
    day, place, article = event
    if day > case.on and case.done and not case.claim.negated:
        return wrong(Verdict.CONTRADICTED, _told(case, day, place), {"when": day.isoformat()})
    because = (Step(_told(case, day, place) + ".", article, _source(case.treaty)),)
    if not case.done and day <= case.on:
        text = "What is still to come of a treaty in force concerns a state, and the text names none."
        return Ruling(Verdict.UNRECORDED, (Step(text), *because))
    right_date = agrees(case.when, day)
    right_place = _same_place(_known_place(case), place)
    if case.claim.negated:
        return _negated(case, right_date, day, because)
    if right_date and right_place is not False:
        return supported(*because)
    correct: dict[str, Any] = {}
    if not right_date:
        correct["when"] = day.isoformat()
    if right_place is False:
        correct["object"] = {"place": place}
    others = [other for name, other in events.items() if name != case.claim.predicate]
    verdict = _how_wrong(case, right_date, right_place, day, others)
    return wrong(verdict, _told(case, day, place), correct, because)


def _never_in_force(case: Case) -> Ruling:
    """A treaty of which no entry into force is published: what its condition asks, and what was missing."""
    treaty = case.treaty
    asked = condition(case.record, treaty.key, on=case.on, known_by=case.on)
    clause = treaty.final_clauses.entry_into_force
    words = first_capital(condition_words(case.record, asked))
    name = first_capital(treaty_name(treaty))
    because = (Step(f"{words}.", clause.article, published(treaty, clause.sources)),)
    if case.claim.negated:
        return supported(*because)
    if not case.done or not treaty.complete or case.on > last_verified(treaty):
        return Ruling(Verdict.UNRECORDED, because)
    sentence = f"{name} had not entered into force by {spoken(case.on)}"
    return wrong(Verdict.CONTRADICTED, sentence, {"negated": True}, because)


def rule_on_entry_for(case: Case, course: Course) -> Ruling:
    """Entry into force for one participant."""
    last = course.last
    if last is None:
        if not case.done or case.claim.modality is not Modality.DONE:
            return reported()
        return unrecorded(
            f"The record holds no consent of {course.name}, from which entry into force would count."
        )
    because = (act_step(course, last.consent), start_step(course, last))
    if last.since is None and not course.in_force:
        if case.claim.negated:
            return supported(*because)
        if case.done:
            sentence = sentences.not_in_force(course)
            return wrong(Verdict.CONTRADICTED, sentence, {"negated": True}, because)
    if last.since is None:
        return Ruling(Verdict.UNRECORDED, because)
    happened = last.since <= case.on
    if case.claim.negated:
        if happened and (case.when is None or agrees(case.when, last.since)):
            return wrong(Verdict.CONTRADICTED, sentences.entry(course, last), {"negated": False}, because)
        return supported(*because)
    if agrees(case.when, last.since) and (happened or not case.done or case.when is not None):
        return supported(*because)
    deposit = case.when is not None and agrees(case.when, last.consent.date)
    close = deposit or case.when is None or near(case.when, last.since)
    correct = {"when": last.since.isoformat()}
    sentence = sentences.entry(course, last)
    return wrong(Verdict.IMPRECISE if close else Verdict.CONTRADICTED, sentence, correct, because)


def _events(treaty: Treaty) -> dict[str, tuple[date, str | None, str | None]]:
    """Day, place and article of each event in the treaty's life."""
    clauses = treaty.final_clauses
    entry = clauses.entry_into_force
    events: dict[str, tuple[date, str | None, str | None]] = {
        "adopted": (treaty.adopted.date, treaty.adopted.place, None),
    }
    if entry.initial.published_date is not None:
        events["entered-into-force"] = (entry.initial.published_date, None, entry.article)
    if clauses.signature:
        day = opening(treaty)
        place = next((period.place for period in clauses.signature if period.opened == day), None)
        events["opened-for-signature"] = (day, place, clauses.signature_article)
    return events


def _known_place(case: Case) -> str | None:
    """The place that the claim gives, where the record knows it; other words are not judged."""
    said = case.claim.object.place
    if said is None:
        return None
    record = case.record
    known = {one.capital for one in record.participants.values()}
    for treaty in record.treaties.values():
        known |= {treaty.adopted.place, *(period.place for period in treaty.final_clauses.signature)}
    folded = {place.casefold() for place in known if place is not None}
    return said if said.strip().casefold() in folded else None


def _same_place(said: str | None, recorded: str | None) -> bool | None:
    """Whether two places are one; None where either side names none."""
    if said is None or recorded is None:
        return None
    return said.strip().casefold() == recorded.strip().casefold()


def _how_wrong(
    case: Case,
    right_date: bool,
    right_place: bool | None,
    day: date,
    others: list[tuple[date, str | None, str | None]],
) -> Verdict:
    """The date and place of another event of the same treaty make it imprecise; of none, contradicted."""
    elsewhere = [other for other in others if right_date or agrees(case.when, other[0])]
    if not right_date and case.when is not None and near(case.when, day):
        return Verdict.IMPRECISE
    if right_place is False:
        said = _known_place(case)
        elsewhere = [other for other in elsewhere if _same_place(said, other[1])]
    return Verdict.IMPRECISE if elsewhere else Verdict.CONTRADICTED


def _negated(case: Case, right_date: bool, day: date, because: tuple[Step, ...]) -> Ruling:
    if right_date and (day <= case.on or case.when is not None):
        return wrong(Verdict.CONTRADICTED, because[0].text, {"negated": False}, because)
    return supported(*because)


def _told(case: Case, day: date, place: str | None) -> str:
    where = f" in {place}" if place else ""
    name = treaty_name(case.treaty)
    return f"{first_capital(name)} {_PASSIVE[case.claim.predicate or '']}{where} on {spoken(day)}"


def _source(treaty: Treaty) -> str:
    return f"{treaty.depositary}, {treaty.mtdsg}" if treaty.mtdsg else treaty.depositary
