"""The condition of a treaty's own entry into force: what it asks, what is there on a day, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from inforce.dates import in_words
from inforce.law.chronicle import checked, is_known, knowledge
from inforce.law.model import ConditionAnswer
from inforce.record.model import Action, Condition, Record
from inforce.vocabulary import ActionKind


def condition(
    record: Record,
    treaty: str,
    *,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> ConditionAnswer:
    """What the condition of entry into force had on a day, as known by a day.

    Counted are participants whose instrument of a kind that the clause names was deposited and not taken
    back; one of partial date counts from the last day it can mean, and that of a former state until its
    end. Raises `UsageError` for a treaty the record does not have.
    """
    checked(record, None, treaty)
    known = knowledge(known_by, today)
    asked = record.treaties[treaty].final_clauses.entry_into_force.initial.condition
    acts = record.actions[treaty]
    done = [
        act for act in acts if act.date.last is not None and act.date.last <= on and is_known(act, known.by)
    ]
    ended = {key for key, one in record.participants.items() if one.until is not None and one.until <= on}
    standing = _standing(asked, done) - ended
    withdrawn = {act.participant for act in done if act.kind is ActionKind.WITHDRAWAL}
    signed = {act.participant for act in done if act.kind is ActionKind.SIGNATURE}
    missing = tuple(one for one in asked.named if one not in standing)
    return ConditionAnswer(
        treaty=treaty,
        on=on,
        known_by=known.shown,
        met=is_met(asked, standing),
        counted=len(_counting(asked, standing)),
        needed=len(asked.named) if asked.type == "named_set" else asked.count,
        missing=missing,
        missing_taken_back=tuple(one for one in missing if one in withdrawn),
        missing_signed=tuple(one for one in missing if one in signed and one not in withdrawn),
        missing_unsigned=tuple(one for one in missing if one not in signed and one not in withdrawn),
    )


def is_met(asked: Condition, standing: set[str]) -> bool:
    """Whether the participants whose instruments stand meet the condition."""
    if not standing.issuperset(asked.named):
        return False
    if asked.type == "named_set":
        return bool(asked.named)
    return asked.count is not None and len(_counting(asked, standing)) >= asked.count


def recounted_trigger(asked: Condition, actions: Iterable[Action]) -> dt.date | None:
    """The day on which today's record meets the condition of entry into force, or None if it never does.

    A check only: states that have vanished from today's tables change the count, so the published date
    prevails.
    """
    standing: set[str] = set()
    for day, act in _in_order(actions):
        _step(asked, standing, act)
        if is_met(asked, standing):
            return day
    return None


def _standing(asked: Condition, actions: Iterable[Action]) -> set[str]:
    """The participants whose instrument was deposited and not taken back."""
    standing: set[str] = set()
    for _, act in _in_order(actions):
        _step(asked, standing, act)
    return standing


def _in_order(actions: Iterable[Action]) -> list[tuple[dt.date, Action]]:
    """By day; of one day, deposits before what takes them back."""
    dated = [(act.date.first, act) for act in actions if act.date.first is not None]
    return sorted(dated, key=lambda one: (one[0], one[1].kind is ActionKind.WITHDRAWAL))


def _step(asked: Condition, standing: set[str], act: Action) -> None:
    if act.kind in asked.instruments:
        standing.add(act.participant)
    elif act.kind is ActionKind.WITHDRAWAL:
        standing.discard(act.participant)


def _counting(asked: Condition, standing: set[str]) -> set[str]:
    """Those of them who count towards the number asked for."""
    if asked.type == "count_plus_named":
        return standing.difference(asked.named)
    if asked.type == "named_set":
        return standing.intersection(asked.named)
    return standing


def condition_words(record: Record, answer: ConditionAnswer) -> str:
    """What is asked and what was missing on the day, without a full stop."""
    asked = record.treaties[answer.treaty].final_clauses.entry_into_force.initial.condition
    text = f"entry into force needs {_asked_words(asked)}; on {in_words(answer.on)} "
    if answer.met:
        return f"{text}the record meets that, and no entry into force is published"
    if asked.type != "named_set":
        of = "others" if asked.type == "count_plus_named" else "in all"
        text += f"{answer.counted} of {answer.needed} {of} were there"
        text += "; " if answer.missing else ""
    else:
        text += f"{answer.counted} of {answer.needed} were there; "
    groups = (
        ("signed only", answer.missing_signed),
        ("consent taken back", answer.missing_taken_back),
        ("not signed", answer.missing_unsigned),
    )
    said = [f"{_names(record, keys)} ({why})" for why, keys in groups if keys]
    return text + (f"missing: {'; '.join(said)}" if said else "")


def _asked_words(asked: Condition) -> str:
    who = asked.phrase or "the states named"
    texts = {
        "count": f"{asked.count} instruments",
        "count_including_named": f"{asked.count} instruments, among them those of {who}",
        "count_plus_named": f"the instruments of {who} and of {asked.count} others",
        "named_set": f"the instruments of {who}",
    }
    return texts[asked.type]


def _names(record: Record, keys: tuple[str, ...]) -> str:
    return ", ".join(record.participants[key].name for key in keys)
