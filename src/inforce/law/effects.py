"""The computed date of effect of every action beside the published one, and recounts of the treaties' own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from inforce.law.chronicle import checked, chronicle
from inforce.law.derivation import ground_steps
from inforce.law.differences import Diagnosis, diagnose
from inforce.law.entry import computed_entry, is_countable, recounted_trigger
from inforce.law.model import EffectRow, EntryCheck
from inforce.law.timeline import Ground
from inforce.record.model import Action, Record, Treaty
from inforce.vocabulary import ActionKind, Difference


def effects(record: Record, treaties: Sequence[str] | None = None) -> list[EffectRow]:
    """One row for every action that has legal effect of its own, by treaty, participant and date.

    The computed date uses the clauses and the day of deposit or receipt alone; `agrees` compares it with
    the published one, and `explained` is the record's named reason where they differ.
    """
    rows: list[EffectRow] = []
    for treaty in sorted(record.treaties) if treaties is None else treaties:
        checked(record, None, treaty)
        book = chronicle(record)
        for participant in book.participants(treaty):
            grounds = book.timeline(participant, treaty, None).grounds
            rows.extend(_row(record, ground) for ground in sorted(grounds, key=_order) if _has_effect(ground))
    return rows


def _order(ground: Ground) -> tuple[dt.date, str, str]:
    return ground.first, ground.act.kind, ground.act.source


def _has_effect(ground: Ground) -> bool:
    return ground.act.kind is not ActionKind.SIGNATURE


def _row(record: Record, ground: Ground) -> EffectRow:
    act = ground.act
    first, last = ground.effect.day, ground.effect_last.day
    between = (first, last) if first is not None and last is not None and first != last else None
    agrees = _agrees(act.effect, ground.day, between)
    why = _why(record, ground) if agrees is False else None
    return EffectRow(
        participant=act.participant,
        treaty=act.treaty,
        action=act.kind,
        date=act.date.text,
        effect_computed=ground.day,
        effect_published=act.effect,
        agrees=agrees,
        explained=why.text if why else None,
        derivation=tuple(ground_steps(record, ground)),
        effect_between=between,
        difference=why.sort if why else None,
    )


def _agrees(
    published: dt.date | None, computed: dt.date | None, between: tuple[dt.date, dt.date] | None
) -> bool | None:
    """None where nothing was published, or where a range of days neither proves nor disproves it."""
    if published is None:
        return None
    if between is not None:
        return None if between[0] <= published <= between[1] else False
    return published == computed


def _why(record: Record, ground: Ground) -> Diagnosis | None:
    """The record's own reason for a difference, else the sort that arithmetic tells."""
    treaty = record.treaties[ground.act.treaty]
    named = _explained(treaty, ground.act)
    if named is not None:
        return Diagnosis(Difference.NAMED_IN_RECORD, named)
    return diagnose(treaty, chronicle(record).entry(treaty.key, None).day, ground)


def _explained(treaty: Treaty, act: Action) -> str | None:
    for one in treaty.differences:
        same = (one.participant, one.action, one.date) == (act.participant, act.kind, act.date.text)
        if same and one.published == act.effect:
            return one.because
    return None


def check_entries(record: Record) -> list[EntryCheck]:
    """Every treaty's own entry into force recounted from today's record, beside what was published."""
    checks = []
    for key in sorted(record.treaties):
        initial = record.treaties[key].final_clauses.entry_into_force.initial
        recounted = recounted_trigger(initial.condition, record.actions.get(key, ()))
        trigger = initial.trigger_date or recounted
        computed = None if trigger is None else computed_entry(initial, trigger)
        # Where nobody has published a date there is nothing to differ from.
        agrees = initial.published_date in (None, computed)
        if initial.trigger_date is not None and is_countable(initial.condition):
            agrees = agrees and recounted == initial.trigger_date
        checks.append(
            EntryCheck(
                treaty=key,
                trigger_recorded=initial.trigger_date,
                trigger_recounted=recounted,
                published=initial.published_date,
                computed=computed,
                agrees=agrees,
                explained=None if agrees else initial.note,
            )
        )
    return checks
