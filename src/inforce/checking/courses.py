"""Builds courses: what a participant did towards a treaty, from the record and the law's timeline."""

from __future__ import annotations

from datetime import date

import msgspec

from inforce.checking.case import Course, Membership
from inforce.checking.wording import state
from inforce.law.chronicle import chronicle, is_known, timeline
from inforce.law.kept import kept
from inforce.record.model import Action, ContestedPoint, DomesticStep, Record, Treaty
from inforce.vocabulary import ActionKind

_SIGNING = (ActionKind.SIGNATURE, ActionKind.DEFINITIVE_SIGNATURE)
_COURSES_KEPT = 4_000  # the same states come again and again in the articles of one day


def course_of(record: Record, treaty: Treaty, participant: str, day: date) -> Course:
    """The participant's course under a treaty as known by the end of `day`.

    Raises `UsageError` for a participant that the record does not have.
    """
    return _course(record, treaty.key, participant, day)


@kept(_COURSES_KEPT)
def _course(record: Record, key: str, participant: str, day: date) -> Course:
    treaty = record.treaties[key]
    line = timeline(record, participant, treaty.key, day)
    return Course(
        participant=participant,
        name=state(record, participant),
        treaty=treaty,
        on=day,
        signature=_first(record, treaty, participant, day, *_SIGNING),
        declined=_first(record, treaty, participant, day, ActionKind.NOT_TO_BECOME_PARTY),
        memberships=_memberships(record, treaty, participant, day),
        suspensions=_suspensions(record, treaty, participant, day),
        contested=line.at(day).dispute or _statehood(record, treaty, participant),
        contested_later=next(
            (
                point
                for point in chronicle(record).points.get((treaty.key, participant), ())
                if point.since is not None and point.since > day
            ),
            None,
        ),
        steps=_steps(record).get((participant, treaty.key), ()),
        later=tuple(act for act in _acts(record, treaty.key, participant) if not is_known(act, day)),
    )


@kept(1)
def _steps(record: Record) -> dict[tuple[str, str], tuple[DomesticStep, ...]]:
    """The recorded steps at home by participant and treaty, in the order of the record."""
    found: dict[tuple[str, str], tuple[DomesticStep, ...]] = {}
    for step in record.domestic:
        key = (step.participant, step.treaty)
        found[key] = (*found.get(key, ()), step)
    return found


def _statehood(record: Record, treaty: Treaty, participant: str) -> ContestedPoint | None:
    """The point on who acted for whom that speaks of a name which no depositary lists as a participant."""
    who = record.participants[participant]
    if who.kind != "other":
        return None
    for point in record.contested:
        if point.kind == "statehood" and treaty.key in point.treaties:
            told = " ".join([point.question, *(one.result for one in point.readings)])
            if any(name in told for name in (who.name, *who.names)):
                return point
    return None


@kept(_COURSES_KEPT)
def _acts(record: Record, treaty: str, participant: str) -> tuple[Action, ...]:
    acts = [act for act in record.actions.get(treaty, ()) if act.participant == participant]
    return tuple(sorted(acts, key=lambda act: (act.date.first or date.min, act.line)))


def _known(record: Record, treaty: Treaty, participant: str, day: date) -> list[Action]:
    return [act for act in _acts(record, treaty.key, participant) if is_known(act, day)]


def _first(record: Record, treaty: Treaty, participant: str, day: date, *kinds: ActionKind) -> Action | None:
    return next((act for act in _known(record, treaty, participant, day) if act.kind in kinds), None)


def _suspensions(record: Record, treaty: Treaty, participant: str, day: date) -> tuple[Action, ...]:
    """The notices of suspension that no later act took back: a wider one may follow a narrow one."""
    found: list[Action] = []
    for act in _known(record, treaty, participant, day):
        if act.kind is ActionKind.SUSPENSION_NOTIFIED:
            found.append(act)
        elif act.kind is ActionKind.REVOCATION:
            found.clear()
    return tuple(found)


def _memberships(record: Record, treaty: Treaty, participant: str, day: date) -> tuple[Membership, ...]:
    """Every time of belonging that the known acts yield, in order; acts without effect add none."""
    found: list[Membership] = []
    for ground in timeline(record, participant, treaty.key, day).grounds:
        act = ground.act
        if ground.effect.no_turn and ground.effect_last.no_turn:
            continue
        if act.kind is ActionKind.WITHDRAWAL and found:
            found[-1] = msgspec.structs.replace(found[-1], notice=act, until=ground.day)
        elif act.kind is ActionKind.REVOCATION and found:
            notice = found[-1].notice
            revoked = found[-1].revoked if notice is None else (notice, act)
            found[-1] = msgspec.structs.replace(found[-1], notice=None, until=None, revoked=revoked)
        elif act.kind.expresses_consent:
            found.append(Membership(consent=act, since=ground.day))
    return tuple(found)
