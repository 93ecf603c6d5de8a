"""A world that never was: treaties, participants and their acts, the same for the same seed.

Its acts follow each other as a depositary would let them: signature, consent, sometimes a consent or a
signature taken back, a notice of withdrawal, its revocation, or a return after it has taken effect. What
is public later than it was done keeps the order in which it was done.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from inforce.dates import edtf_of
from inforce.law.clauses import Instrument, Notice, effect_of_consent, effect_of_withdrawal
from inforce.law.entry import Entry, computed_entry, recounted_trigger
from inforce.record.model import (
    Action,
    Adoption,
    ArmedConflict,
    CarveOut,
    Condition,
    Delay,
    EntryIntoForce,
    FinalClauses,
    InitialEntry,
    LaterParties,
    Participant,
    Record,
    SignaturePeriod,
    Treaty,
    WithdrawalClause,
)
from inforce.vocabulary import ActionKind, DelayRule

FROM, TO = dt.date(1950, 1, 1), dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)

JOINING = (
    Delay(amount=6, unit="month", rule=DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER),
    Delay(amount=6, unit="month", rule=DelayRule.ADD_MONTHS),
    Delay(amount=30, unit="day", rule=DelayRule.ADD_DAYS),
    Delay(amount=90, unit="day", rule=DelayRule.ADD_DAYS),
    Delay(amount=60, unit="day", rule=DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY),
    Delay(amount=0, unit="day", rule=DelayRule.SAME_DAY),
)
LEAVING = (
    Delay(amount=6, unit="month", rule=DelayRule.ADD_MONTHS),
    Delay(amount=3, unit="month", rule=DelayRule.ADD_MONTHS),
    Delay(amount=1, unit="year", rule=DelayRule.ADD_YEARS),
    Delay(amount=90, unit="day", rule=DelayRule.ADD_DAYS),
)
CARVE_OUT = CarveOut(
    kind="armed_conflict",
    test_moment="expiry_of_notice",
    test="it is engaged in an armed conflict",
    effect="no effect before the end of that conflict",
    resumes="its end",
)


class Size(NamedTuple):
    treaties: int = 600
    participants: int = 200
    actions: int = 60_000


FULL = Size()


def world(size: Size = FULL, seed: int = 20261122) -> Record:
    """The record of a synthetic world of this size."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    participants = {key: _participant(key) for key in _keys(size.participants)}
    conflicts = tuple(_conflicts(chance, list(participants)))
    treaties: dict[str, Treaty] = {}
    actions: dict[str, tuple[Action, ...]] = {}
    left = size.actions
    for number in range(size.treaties):
        key = f"t{number:03}"
        wanted = left // (size.treaties - number)
        treaty = _treaty(chance, key)
        acts = _acts(chance, treaty, list(participants), conflicts, wanted)
        treaties[key], actions[key] = acts
        left -= len(acts[1])
    return Record(
        participants=participants,
        treaties=treaties,
        actions=actions,
        domestic=(),
        contested=(),
        conflicts=conflicts,
        items={},
        hash=f"synthetic {size} {seed}",
    )


def _keys(number: int) -> list[str]:
    return [f"{chr(65 + i // 26)}{chr(65 + i % 26)}X" for i in range(number)]


def _participant(key: str) -> Participant:
    return Participant(key=key, iso2=key[:2], kind="state", name=f"State of {key}")


def _conflicts(chance: random.Random, participants: list[str]) -> Iterator[ArmedConflict]:
    """A third of the participants have had an armed conflict or two; some go on."""
    for participant in participants[::3]:
        for _ in range(chance.choice((1, 2))):
            since = _day(chance, FROM, TO)
            until = None if chance.random() < 0.2 else since + DAY * chance.randrange(30, 5000)
            yield ArmedConflict(
                participant=participant, since=since, until=until, claim="a conflict", source="made up"
            )


def _day(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + DAY * chance.randrange(max(1, (last - first).days))


def _treaty(chance: random.Random, key: str) -> Treaty:
    opened = _day(chance, FROM, dt.date(2005, 1, 1))
    later = LaterParties(
        delay=chance.choice(JOINING),
        counted_from="deposit",
        depositing_after=chance.choice(("trigger", "trigger", "entry_into_force")),
    )
    condition = Condition(type="count", count=chance.choice((3, 10, 20, 30, 40)))
    leaving = WithdrawalClause(
        article="20",
        notice=chance.choice(LEAVING),
        carve_out=CARVE_OUT if chance.random() < 0.4 else None,
    )
    return Treaty(
        key=key,
        title=f"Treaty {key}",
        depositary="a depositary",
        adopted=Adoption(date=opened - 60 * DAY, place="Nowhere"),
        final_clauses=FinalClauses(
            signature=(SignaturePeriod(opened=opened),),
            entry_into_force=EntryIntoForce(
                article="17",
                initial=InitialEntry(condition=condition, delay=later.delay),
                later_parties=later,
            ),
            withdrawal=leaving,
        ),
        verified_through="2026-11-22",
        verified_by="the generator",
    )


def _acts(
    chance: random.Random,
    treaty: Treaty,
    participants: list[str],
    conflicts: tuple[ArmedConflict, ...],
    wanted: int,
) -> tuple[Treaty, tuple[Action, ...]]:
    """A treaty with its acts, and with its entry into force as the deposits trigger it."""
    chance.shuffle(participants)
    joining: dict[str, list[Action]] = {}
    for who in participants:
        if sum(map(len, joining.values())) * 10 < wanted * 9:
            joining[who] = _joins(chance, treaty, who)
    initial = treaty.final_clauses.entry_into_force.initial
    trigger = recounted_trigger(initial.condition, [act for acts in joining.values() for act in acts])
    entry = Entry(None, None)
    if trigger is not None:
        entry = Entry(computed_entry(initial, trigger), trigger)
        initial = msgspec.structs.replace(initial, trigger_date=trigger, published_date=entry.day)
        treaty = _with_initial(treaty, initial)
    for who, acts in joining.items():
        if sum(map(len, joining.values())) < wanted:
            own = tuple(one for one in conflicts if one.participant == who)
            acts.extend(_leaves(chance, treaty, acts, entry, own))
    done = [act for acts in joining.values() for act in _published(chance, acts)]
    while len(done) < wanted:  # what turns no status stands in every table too
        done.append(
            _act(treaty, chance.choice(list(joining)), ActionKind.DECLARATION, _day(chance, FROM, TO))
        )
    return treaty, tuple(done[:wanted])


def _with_initial(treaty: Treaty, initial: InitialEntry) -> Treaty:
    clauses = treaty.final_clauses
    entry = msgspec.structs.replace(clauses.entry_into_force, initial=initial)
    return msgspec.structs.replace(
        treaty, final_clauses=msgspec.structs.replace(clauses, entry_into_force=entry)
    )


def _joins(chance: random.Random, treaty: Treaty, who: str) -> list[Action]:
    """Signature, consent, or both; a few signatures are taken back."""
    opened = treaty.final_clauses.signature[0].opened
    day = _day(chance, opened, min(TO, opened + 2000 * DAY))
    acts = []
    if chance.random() < 0.6:
        acts.append(_act(treaty, who, ActionKind.SIGNATURE, day))
        if chance.random() < 0.1:
            if chance.random() < 0.2 and day < TO:
                acts.append(_act(treaty, who, ActionKind.WITHDRAWAL, _day(chance, day + DAY, TO)))
            return acts
    if chance.random() > 0.05:
        day = _day(chance, day, TO)
    acts.append(_act(treaty, who, ActionKind.RATIFICATION if acts else ActionKind.ACCESSION, day))
    return acts


def _leaves(
    chance: random.Random,
    treaty: Treaty,
    acts: list[Action],
    entry: Entry,
    conflicts: tuple[ArmedConflict, ...],
) -> list[Action]:
    """A notice of withdrawal, and what comes of it; or a consent taken back before it had effect."""
    last = acts[-1]
    day = last.date.first
    if day is None or not last.kind.expresses_consent or chance.random() > 0.35:
        return []
    who = last.participant
    bound = effect_of_consent(treaty, Instrument(last.kind, day, day), entry).day
    if bound is None or bound > TO or chance.random() < 0.05:
        if day >= TO:
            return []
        return [_act(treaty, who, ActionKind.WITHDRAWAL, _day(chance, day + DAY, min(bound or TO, TO)))]
    if bound + DAY >= TO:
        return []
    notice = _day(chance, max(bound, day) + DAY, TO)
    left = [_act(treaty, who, ActionKind.WITHDRAWAL, notice)]
    effect = effect_of_withdrawal(treaty, Notice(notice), entry.day, conflicts)
    if effect.expiry is not None and effect.expiry > notice + DAY and chance.random() < 0.3:
        left.append(_act(treaty, who, ActionKind.REVOCATION, _day(chance, notice + DAY, effect.expiry)))
    elif effect.day is not None and effect.day + DAY < TO and chance.random() < 0.4:
        left.append(_act(treaty, who, ActionKind.ACCESSION, _day(chance, effect.day + DAY, TO)))
    return left


def _act(treaty: Treaty, who: str, kind: ActionKind, day: dt.date) -> Action:
    return Action(
        participant=who,
        treaty=treaty.key,
        kind=kind,
        date=edtf_of(day),
        known=edtf_of(day),
        effect=None,
        source="made up",
        note="",
        file="synthetic",
        line=1,
    )


def _published(chance: random.Random, acts: list[Action]) -> Iterator[Action]:
    """A third of the acts become public some weeks later, none before an earlier one of the same state."""
    before = dt.date.min
    for act in acts:
        day = act.date.first or TO
        before = max(before, day + DAY * (chance.randrange(1, 90) if chance.random() < 0.33 else 0))
        yield msgspec.structs.replace(act, known=edtf_of(before))
