"""A treaty's own entry into force and end: published, or computed where nothing is published.

What is published prevails in law. A recount of today's record serves where nobody published a date, and
as a check: states that have vanished from the tables change the count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from inforce.dates import add_period
from inforce.law.delays import delayed
from inforce.record.model import Action, Condition, InitialEntry, Record, Treaty
from inforce.vocabulary import ActionKind


class Entry(NamedTuple):
    """The treaty's own entry into force: `day` None before it was known that the condition is met.

    `trigger` is the day on which the condition was met, None where the record cannot tell; `published`
    whether the day is the depositary's, or computed from the record.
    """

    day: dt.date | None
    trigger: dt.date | None
    published: bool = True


NOT_IN_FORCE = Entry(None, None)


def entry_of_treaty(treaty: Treaty, actions: Iterable[Action], known_by: dt.date | None) -> Entry:
    """The treaty's own entry into force as known by a day; `actions` are those of the treaty so known."""
    initial = treaty.final_clauses.entry_into_force.initial
    if initial.published_date is None:
        trigger = initial.trigger_date or recounted_trigger(initial.condition, actions)
        if trigger is None:
            return NOT_IN_FORCE
        return Entry(computed_entry(initial, trigger), trigger, published=False)
    trigger = initial.trigger_date or _trigger_of(initial, actions)
    known = trigger or initial.published_date
    if known_by is not None and known_by < known:
        return NOT_IN_FORCE
    return Entry(initial.published_date, trigger)


def computed_entry(initial: InitialEntry, trigger: dt.date) -> dt.date:
    """The entry into force that follows from the day on which the condition was met."""
    day = delayed(initial.delay, trigger)
    floor = initial.condition.not_before
    return day if floor is None else max(day, floor)


def _trigger_of(initial: InitialEntry, actions: Iterable[Action]) -> dt.date | None:
    """The trigger of a published entry into force that names none.

    The recounted one if it leads there; else the first deposit that does; else none, and whoever deposits
    is bound by the own delay, but not before the treaty.
    """
    acts = list(actions)
    recounted = recounted_trigger(initial.condition, acts)
    kinds = _counting_kinds(initial.condition)
    leading = sorted(
        day
        for day, act in _in_order(acts)
        if act.kind in kinds and computed_entry(initial, day) == initial.published_date
    )
    if recounted is not None and (recounted in leading or not leading):
        published = initial.published_date
        return recounted if published is not None and recounted <= published else None
    return leading[0] if leading else None


def end_of_treaty(treaty: Treaty, entry: dt.date | None, known_by: dt.date | None) -> dt.date | None:
    """The first day on which the treaty itself is no more, as known by a day; None where none is fixed."""
    ended = known_end(treaty, known_by)
    return ended if ended is not None else end_of_term(treaty, entry, known_by)


def contested_end(record: Record, treaty: str, ended: dt.date | None, by: dt.date | None) -> str | None:
    """What is contested of the day that the treaty's end names: whether it was still in force on it."""
    if ended is None or (by is not None and by < ended):
        return None
    points = (one for one in record.contested if treaty in one.treaties and one.since == ended)
    return next((one.question for one in points if one.until is not None), None)


def known_end(treaty: Treaty, known_by: dt.date | None) -> dt.date | None:
    """The day on which the treaty ended otherwise than by its term, once that was known."""
    ended = treaty.final_clauses.ended
    if ended is None or (known_by is not None and known_by < (ended.known or ended.date)):
        return None
    return ended.date


def end_of_term(treaty: Treaty, entry: dt.date | None, known_by: dt.date | None) -> dt.date | None:
    """The end of the treaty's term with the extensions decided by then; None where it has none."""
    term = treaty.final_clauses.term
    if term is None or entry is None:
        return None
    day = add_period(entry, term.amount, term.unit)
    for extension in term.extensions:
        if known_by is None or extension.decided <= known_by:
            day = add_period(day, extension.amount, extension.unit)
    return day


def news_of_treaty(treaty: Treaty) -> set[dt.date]:
    """Days on which something became known about the treaty itself."""
    clauses = treaty.final_clauses
    initial = clauses.entry_into_force.initial
    days = {day for day in (initial.trigger_date, initial.published_date) if day is not None}
    if clauses.ended is not None:
        days.add(clauses.ended.known or clauses.ended.date)
    if clauses.term is not None:
        days |= {extension.decided for extension in clauses.term.extensions}
    return days


def is_countable(asked: Condition) -> bool:
    """Whether the record can tell when the condition is met."""
    if asked.type == "double_threshold":
        return bool(asked.weights)
    return asked.type != "cumulative_waivable"


def is_met(asked: Condition, standing: set[str]) -> bool:
    """Whether the participants whose instruments stand meet the condition, apart from its floor of time."""
    number, named = len(counting(asked, standing)), len(standing.intersection(asked.named))
    enough = asked.count is not None and number >= asked.count
    match asked.type:
        case "count" | "count_and_floor":
            return enough
        case "count_including_named" | "count_plus_named":
            return enough and named == len(asked.named)
        case "count_including_some":
            return enough and asked.at_least is not None and named >= asked.at_least
        case "named_set" | "exchange_of_instruments":
            return bool(asked.named) and named == len(asked.named)
        case "double_threshold":
            weight = sum(asked.weights.get(one, 0.0) for one in standing)
            return enough and is_countable(asked) and asked.share is not None and weight >= asked.share
        case "share":
            return asked.share is not None and named * 100 >= asked.share * len(asked.named) > 0
        case "per_state":
            return number >= 2
        case "first_deposit":
            return number >= 1
        case "fixed_date":
            return True
        case "cumulative_waivable":
            return False


def counting(asked: Condition, standing: set[str]) -> set[str]:
    """Those of them who count towards the number asked for."""
    if asked.type == "count_plus_named":
        return standing.difference(asked.named)
    if asked.type in ("named_set", "share", "exchange_of_instruments"):
        return standing.intersection(asked.named)
    return standing


def recounted_trigger(asked: Condition, actions: Iterable[Action]) -> dt.date | None:
    """The day on which today's record meets the condition of entry into force, or None if it never does."""
    if asked.type == "fixed_date":
        return asked.not_before
    if not is_countable(asked):
        return None
    kinds = _counting_kinds(asked)
    standing: set[str] = set()
    for day, act in _in_order(actions):
        _step(kinds, standing, act)
        if is_met(asked, standing):
            return day
    return None


def standing_instruments(asked: Condition, actions: Iterable[Action]) -> set[str]:
    """The participants whose instrument was deposited and not taken back."""
    kinds = _counting_kinds(asked)
    standing: set[str] = set()
    for _, act in _in_order(actions):
        _step(kinds, standing, act)
    return standing


def _in_order(actions: Iterable[Action]) -> list[tuple[dt.date, Action]]:
    """By the last day that each can mean; of one day, deposits before what takes them back."""
    dated = [(act.date.last, act) for act in actions if act.date.last is not None]
    return sorted(dated, key=lambda one: (one[0], one[1].kind is ActionKind.WITHDRAWAL))


def _counting_kinds(asked: Condition) -> frozenset[ActionKind]:
    """The kinds of instruments that count; every kind that expresses consent where the clause names none."""
    return frozenset(asked.instruments or (kind for kind in ActionKind if kind.expresses_consent))


def _step(kinds: frozenset[ActionKind], standing: set[str], act: Action) -> None:
    if act.kind in kinds:
        standing.add(act.participant)
    elif act.kind is ActionKind.WITHDRAWAL:
        standing.discard(act.participant)
