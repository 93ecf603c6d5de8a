"""The condition of a treaty's own entry into force: what it asks, what is there on a day, what is missing."""

from __future__ import annotations

import datetime as dt
from math import ceil

from inforce.dates import in_words
from inforce.law.chronicle import checked, is_known, knowledge
from inforce.law.entry import counting, is_countable, is_met, standing_instruments
from inforce.law.model import ConditionAnswer
from inforce.record.model import Condition, Record
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
    standing = standing_instruments(asked, done) - ended
    withdrawn = {act.participant for act in done if act.kind is ActionKind.WITHDRAWAL}
    signed = {act.participant for act in done if act.kind is ActionKind.SIGNATURE}
    missing = tuple(one for one in asked.named if one not in standing)
    return ConditionAnswer(
        treaty=treaty,
        on=on,
        known_by=known.shown,
        met=is_met(asked, standing),
        counted=len(counting(asked, standing)),
        needed=_needed(asked),
        missing=missing,
        missing_taken_back=tuple(one for one in missing if one in withdrawn),
        missing_signed=tuple(one for one in missing if one in signed and one not in withdrawn),
        missing_unsigned=tuple(one for one in missing if one not in signed and one not in withdrawn),
    )


def _needed(asked: Condition) -> int | None:
    """How many must have deposited, where the clause says a number."""
    match asked.type:
        case "named_set" | "exchange_of_instruments":
            return len(asked.named)
        case "share":
            return None if asked.share is None else ceil(len(asked.named) * asked.share / 100)
        case "per_state":
            return 2
        case "first_deposit":
            return 1
    return asked.count


def condition_words(record: Record, answer: ConditionAnswer) -> str:
    """What is asked and what was missing on the day, without a full stop."""
    asked = record.treaties[answer.treaty].final_clauses.entry_into_force.initial.condition
    text = f"entry into force needs {asked_words(asked)}; on {in_words(answer.on)} "
    if not is_countable(asked):
        return f"{text}the record cannot tell whether that was there"
    if answer.met:
        return f"{text}the record meets that, and no entry into force is published"
    if asked.type in ("named_set", "exchange_of_instruments"):
        text += f"{answer.counted} of {answer.needed} were there; "
    else:
        of = "others" if asked.type == "count_plus_named" else "in all"
        text += f"{answer.counted} of {answer.needed} {of} were there"
        text += "; " if answer.missing else ""
    groups = (
        ("signed only", answer.missing_signed),
        ("consent taken back", answer.missing_taken_back),
        ("not signed", answer.missing_unsigned),
    )
    said = [f"{_names(record, keys)} ({why})" for why, keys in groups if keys]
    return text + (f"missing: {'; '.join(said)}" if said else "")


def asked_words(asked: Condition) -> str:
    """What a condition asks, in plain words without a full stop."""
    who = asked.phrase or "the states named"
    floor = f", not before {in_words(asked.not_before)}" if asked.not_before else ""
    match asked.type:
        case "count" | "count_and_floor":
            text = f"{asked.count} instruments"
        case "count_including_named":
            text = f"{asked.count} instruments, among them those of {who}"
        case "count_including_some":
            text = f"{asked.count} instruments, among them those of {asked.at_least} of {who}"
        case "count_plus_named":
            text = f"the instruments of {who} and of {asked.count} others"
        case "named_set":
            text = f"the instruments of {who}"
        case "exchange_of_instruments":
            text = f"the exchange of the instruments of {who}"
        case "double_threshold":
            total = asked.phrase or "the total"
            text = f"{asked.count} instruments that reach {asked.share:g} per cent of {total}"
        case "share":
            text = f"the instruments of {asked.share:g} per cent of {who}"
        case "per_state":
            text = "the instruments of two states, and binds each two that have deposited"
        case "first_deposit":
            text = "the record of the first deposit"
        case "fixed_date":
            return f"nothing but its day, {in_words(asked.not_before)}" if asked.not_before else "its day"
        case "cumulative_waivable":
            text = f"all of: {'; '.join(asked.conditions)} (each may waive them for itself)"
    return text + floor


def _names(record: Record, keys: tuple[str, ...]) -> str:
    return ", ".join(record.participants[key].name for key in keys)
