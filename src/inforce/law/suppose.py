"""What if: the record with acts added that nobody did. Every other question can be asked of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence

import msgspec

from inforce.errors import UsageError
from inforce.law.chronicle import checked, chronicle
from inforce.law.derivation import effect_steps
from inforce.law.model import Between, Step
from inforce.law.timeline import Ground
from inforce.record.model import SUPPOSED, Action, ArmedConflict, Record
from inforce.record.supposition import CONFLICT, Supposed, SupposedAction, SupposedConflict


class Supposition(msgspec.Struct, frozen=True):
    """One supposed act as an answer names it, and what follows from it by itself.

    `treaty` is None and `until` may be set for a supposed armed conflict. `effect` is the computed day of
    effect, `effect_between` its range where the date is partial; `derivation` says why.
    """

    participant: str
    action: str
    treaty: str | None
    date: str
    known: str
    until: dt.date | None = None
    effect: dt.date | None = None
    effect_between: Between | None = None
    derivation: tuple[Step, ...] = ()


def suppose(record: Record, supposed: Sequence[Supposed]) -> Record:
    """The record with the supposed acts beside the recorded ones, under a hash of its own.

    Nothing supposed is the record itself. Raises `UsageError` where an act is recorded or supposed already,
    lies before the treaty was adopted, or would be known before it was done.
    """
    if not supposed:
        return record
    actions = dict(record.actions)
    conflicts = record.conflicts
    for one in supposed:
        checked(record, one.participant, one.treaty if isinstance(one, SupposedAction) else None)
        if isinstance(one, SupposedConflict):
            conflicts = (*conflicts, _conflict(one))
        else:
            there = actions.get(one.treaty, ())
            _check(record, there, one)
            actions[one.treaty] = (*there, _action(one, 1 + sum(act.supposed for act in there)))
    return msgspec.structs.replace(
        record, actions=actions, conflicts=conflicts, hash=_hash(record.hash, supposed)
    )


def suppositions(record: Record) -> tuple[Supposition, ...]:
    """What is supposed in a record, by treaty in the order in which it was supposed."""
    return (*_actions_in(record), *_conflicts_in(record))


def _actions_in(record: Record) -> Iterator[Supposition]:
    for treaty in sorted(record.actions):
        for act in record.actions[treaty]:
            if act.supposed:
                ground = _ground(record, act)
                between = None if ground is None else _between(ground)
                yield Supposition(
                    participant=act.participant,
                    action=act.kind,
                    treaty=treaty,
                    date=act.date.text,
                    known=act.known.text,
                    effect=None if ground is None or ground.effect.no_turn else ground.day,
                    effect_between=between,
                    derivation=() if ground is None else tuple(effect_steps(record, ground)),
                )


def _conflicts_in(record: Record) -> Iterator[Supposition]:
    for one in record.conflicts:
        if one.supposed:
            day = one.since.isoformat()
            yield Supposition(one.participant, CONFLICT, None, day, day, until=one.until)


def _ground(record: Record, act: Action) -> Ground | None:
    """What follows from an act; None where it turns no status."""
    line = chronicle(record).timeline(act.participant, act.treaty, None)
    return next((ground for ground in line.grounds if ground.act == act), None)


def _between(ground: Ground) -> Between | None:
    first, last = ground.effect.day, ground.effect_last.day
    return (first, last) if first is not None and last is not None and first != last else None


def _check(record: Record, there: Sequence[Action], one: SupposedAction) -> None:
    what = f"{one.participant} {one.kind} {one.treaty} {one.date}"
    for act in there:
        if (act.participant, act.kind, act.date) == (one.participant, one.kind, one.date):
            where = "supposed already" if act.supposed else f"recorded already ({act.file}:{act.line})"
            raise UsageError(f"{what} is {where}; leave it out")
    adopted = record.treaties[one.treaty].adopted.date
    if one.date.last is None or one.date.last < adopted:
        raise UsageError(f"{what} lies before the treaty was adopted, on {adopted}; suppose a later day")
    if one.known is not None and (one.known.last is None or one.known.last < (one.date.first or adopted)):
        raise UsageError(f"{what} cannot be known by {one.known}, before it is done; suppose a later day")


def _action(one: SupposedAction, number: int) -> Action:
    return Action(
        participant=one.participant,
        treaty=one.treaty,
        kind=one.kind,
        date=one.date,
        known=one.known or one.date,
        effect=None,
        source=SUPPOSED,
        note="",
        file=SUPPOSED,
        line=number,
        named=one.named,
        notified=one.notified,
    )


def _conflict(one: SupposedConflict) -> ArmedConflict:
    return ArmedConflict(
        participant=one.participant,
        since=one.since,
        until=one.until,
        claim="supposed, not recorded",
        source=SUPPOSED,
    )


def _hash(recorded: str, supposed: Sequence[Supposed]) -> str:
    """Names the record and what is supposed in it, in whatever order it was supposed."""
    lines = sorted(msgspec.json.encode(one).decode() for one in supposed)
    return hashlib.sha256("\n".join((recorded, *lines)).encode()).hexdigest()
