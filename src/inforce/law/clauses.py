"""Final clauses applied: a rule and its labelled exceptions, from the day of an act to its day of effect.

Every function is arithmetic over a treaty's recorded clauses. No published date of effect of an action is
read here; only the treaty's own entry into force is taken as published, because it prevails in law.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

import msgspec

from inforce.dates import add_period, in_words
from inforce.errors import AmbiguousDate
from inforce.law.delays import delay_words, delayed
from inforce.law.entry import Entry
from inforce.record.model import (
    ArmedConflict,
    Earliest,
    EntryIntoForce,
    LaterParties,
    Treaty,
    WithdrawalClause,
)
from inforce.vocabulary import ActionKind

#: Label of a withdrawal by one whose consent had not taken effect.
BEFORE_ENTRY: Final = "before-entry-into-force"
NOTHING_NEW: Final = "nothing-new"
#: Label of a withdrawal by one that no recorded act bound.
WITHOUT_CONSENT: Final = "without-consent"
#: Labels of the effects of a notice of withdrawal that runs.
RUNNING: Final = frozenset({"notice", "named-date", "not-before", "carve-out", "premise"})


class Instrument(NamedTuple):
    """An instrument of consent and what bears on its effect.

    `succeeded` is the day of the succession of states, used for a notification of succession only (VCSST
    Art 23). `named` is the day of effect that the instrument names, `notified` the day of the depositary's
    notification. `completed` is the day on which the last of the acts that the clause asks for besides was
    there, None while one is missing.
    """

    kind: ActionKind
    day: dt.date
    succeeded: dt.date
    named: dt.date | None = None
    notified: dt.date | None = None
    completed: dt.date | None = dt.date.min


class Notice(NamedTuple):
    """A notice of withdrawal: `received` by the depositary, `notified` to the last required addressee.

    `since` is the withdrawing party's own entry into force, `named` the day of effect the notice names.
    """

    received: dt.date
    since: dt.date | None = None
    named: dt.date | None = None
    notified: dt.date | None = None


class Effect(msgspec.Struct, frozen=True):
    """When an act takes effect, and the label of the rule or exception that decides it.

    `day` is None where no day is fixed. `expiry` is the end of a notice, also where the effect is
    deferred beyond it by `conflict`, or open under the clause's premise.
    """

    label: str
    day: dt.date | None
    text: str
    article: str | None = None
    expiry: dt.date | None = None
    conflict: ArmedConflict | None = None
    no_turn: bool = False  # the act changes nobody's status


def decide(rule: Effect, exceptions: tuple[Effect, ...]) -> Effect:
    """The rule's effect, or that of the exceptions which apply.

    Raises `AmbiguousDate`, naming both, where two of them give different days.
    """
    if not exceptions:
        return rule
    first = exceptions[0]
    for other in exceptions[1:]:
        if other.day != first.day:
            raise AmbiguousDate(
                f"the exceptions {first.label!r} ({first.day}) and {other.label!r} ({other.day}) disagree; "
                "mend the clause so that one of them yields"
            )
    return first


def opening(treaty: Treaty) -> dt.date:
    """The day from which the treaty can be joined: the first day for signature, else its adoption."""
    periods = treaty.final_clauses.signature
    return min((period.opened for period in periods), default=treaty.adopted.date)


def effect_of_consent(
    treaty: Treaty, instrument: Instrument, entry: Entry, conflicts: tuple[ArmedConflict, ...] = ()
) -> Effect:
    """Entry into force for a participant that deposited `instrument`.

    `entry` is the treaty's own entry into force as known, `conflicts` are the participant's recorded armed
    conflicts as known. What the instrument itself names yields to nothing; then effect at once in armed
    conflict; then being bound with the treaty.
    """
    clause = treaty.final_clauses.entry_into_force
    if entry.day is None:
        text = "on no day: the condition of the treaty's own entry into force was not yet met"
        return Effect("treaty-not-in-force", None, text, clause.article)
    if instrument.completed is None:
        text = "on no day yet: an act that the clause asks for besides the instrument is missing"
        return Effect("act-missing", None, text, clause.article)
    if instrument.kind is ActionKind.SUCCESSION:
        return _succession(instrument.succeeded, entry.day)
    later = clause.later_parties
    if later is None:
        return _closed(instrument.day, clause, entry, entry.day)
    rule = _own_delay(later, instrument, clause.article)
    named = _named_date(later, instrument, rule, entry.day)
    at_once = _at_once(later, instrument, rule, entry.day, conflicts)
    if named is not None or at_once is not None:
        return named or at_once or rule
    exceptions = (
        _with_the_treaty(instrument.day, clause, entry, entry.day),
        _not_before_the_treaty(rule, entry.day),
    )
    return decide(rule, tuple(exception for exception in exceptions if exception is not None))


def _own_delay(later: LaterParties, instrument: Instrument, article: str | None) -> Effect:
    """The rule: the delay for instruments of this kind, counted from the event that the clause names."""
    own = next((one for one in later.by_instrument if instrument.kind in one.instruments), None)
    delay = (own.delay if own is not None else None) or later.delay
    counted_from = (own.counted_from if own is not None else None) or later.counted_from
    start, text = instrument.day, delay_words(delay)
    if counted_from == "notification_by_depositary":
        start = instrument.notified or instrument.day
        text += ", counted from the depositary's notification"
        if instrument.notified is None:
            text += ", whose day is not recorded: the day of the instrument is the earliest it can be"
    if later.requires and instrument.completed is not None:
        start = max(start, instrument.completed)
        text += ", counted from the last of the acts asked for"
    return Effect("own-delay", delayed(delay, start), text, article)


def _named_date(later: LaterParties, instrument: Instrument, rule: Effect, entry: dt.date) -> Effect | None:
    """The later day that the instrument names, within the limit of the clause."""
    named = instrument.named
    if later.named_date is None or named is None or rule.day is None or named <= rule.day:
        return None
    limit = later.at_most
    latest = None if limit is None else add_period(instrument.day, limit.amount, limit.unit)
    text = "the later day that the instrument itself names"
    if latest is not None and latest < named:
        named, text = latest, f"{text}, but not beyond {limit.amount} {limit.unit}s" if limit else text
    return Effect("named-date", max(named, entry), text, rule.article)


def _at_once(
    later: LaterParties,
    instrument: Instrument,
    rule: Effect,
    entry: dt.date,
    conflicts: tuple[ArmedConflict, ...],
) -> Effect | None:
    """Effect at once in armed conflict: from the deposit, or from the outbreak before the delay has run."""
    clause = later.immediate
    if clause is None or rule.day is None or rule.day <= entry:
        return None
    bearing = [
        conflict
        for conflict in conflicts
        if conflict.since < rule.day and (conflict.until is None or conflict.until > instrument.day)
    ]
    if not bearing:
        return None
    conflict = min(bearing, key=lambda one: (one.since, one.claim))
    day = max(entry, instrument.day, conflict.since)
    text = f"{clause.effect}; recorded: {conflict.claim.strip().rstrip('.')}"
    return Effect("immediate", day, text, clause.article, conflict=conflict)


def _closed(day: dt.date, clause: EntryIntoForce, entry: Entry, in_force: dt.date) -> Effect:
    """A treaty that only those of its condition can join: with it, or on no day."""
    if entry.trigger is None or day <= entry.trigger:
        return Effect("with-the-treaty", in_force, "with the treaty's own entry into force", clause.article)
    return Effect("closed", None, "on no day: the treaty is closed to later parties", clause.article)


def _succession(succeeded: dt.date, entry: dt.date) -> Effect:
    text = f"reaching back to the succession of states on {in_words(succeeded)}"
    if succeeded < entry:
        text += ", but not beyond the treaty's own entry into force"
    return Effect("succession", max(succeeded, entry), text, "VCSST Art 23")


def _with_the_treaty(day: dt.date, clause: EntryIntoForce, entry: Entry, in_force: dt.date) -> Effect | None:
    """Whoever deposited before the time from which the delay for later parties runs."""
    later = clause.later_parties
    if later is None or later.requires:
        return None
    if later.depositing_after == "entry_into_force":
        text = "with the treaty's own entry into force, before which the instrument was there"
        return Effect("with-the-treaty", in_force, text, clause.article) if day < in_force else None
    trigger = entry.trigger
    if trigger is None or day > trigger:
        return None
    text = f"with the treaty's own entry into force, whose condition was met on {in_words(trigger)}"
    return Effect("with-the-treaty", in_force, text, clause.article)


def _not_before_the_treaty(rule: Effect, entry: dt.date) -> Effect | None:
    if rule.day is None or rule.day >= entry:
        return None
    text = "with the treaty's own entry into force, not before"
    return Effect("not-before-the-treaty", entry, text, rule.article)


def effect_of_withdrawal(
    treaty: Treaty, notice: Notice, entry: dt.date | None, conflicts: tuple[ArmedConflict, ...]
) -> Effect:
    """The end of being bound for a party that gave `notice`.

    `entry` is the treaty's own entry into force. `conflicts` are the withdrawing participant's recorded
    armed conflicts as known. Where one covers the moment at which the carve-out is tested, the effect waits
    for its end and no day is fixed before that. A clause that allows leaving on a premise only gives the
    day that follows if the premise is there, under the label `premise`.
    """
    clause = treaty.final_clauses.withdrawal
    if clause is None or not clause.allowed or clause.notice is None:
        text = "on no day: the treaty has no clause under which the notice could take effect"
        return Effect("no-withdrawal-clause", None, text, clause.article if clause else None)
    start = _start_of_notice(clause, notice)
    bar = _bar(clause.earliest, entry, notice.since)
    if bar is not None and clause.earliest is not None and clause.earliest.bars == "notice" and start < bar:
        text = f"no notice can be given before {in_words(bar)}"
        return Effect("too-early", None, text, clause.article, no_turn=True)
    rule = _end_of_notice(clause, notice, delayed(clause.notice, start, entry), bar)
    carved = _carved_out(clause, rule, start, conflicts)
    if carved is not None:
        return carved
    if clause.premise is not None:
        text = f"{rule.text}, if there is what alone allows leaving: {clause.premise_words}"
        return msgspec.structs.replace(rule, label="premise", text=text)
    return rule


def _start_of_notice(clause: WithdrawalClause, notice: Notice) -> dt.date:
    if clause.counted_from == "notice_to_all_addressees" and notice.notified is not None:
        return notice.notified
    return notice.received


def _bar(earliest: Earliest | None, entry: dt.date | None, since: dt.date | None) -> dt.date | None:
    """The day before which the clause bars a notice, or its effect."""
    if earliest is None:
        return None
    if earliest.date is not None:
        return earliest.date
    start = entry if earliest.counted_from == "treaty_entry" else since
    if start is None or earliest.amount is None or earliest.unit is None:
        return None
    return add_period(start, earliest.amount, earliest.unit)


def _end_of_notice(clause: WithdrawalClause, notice: Notice, expiry: dt.date, bar: dt.date | None) -> Effect:
    """The day on which the notice runs out, or the later one that it names or the clause asks for."""
    delay = clause.notice
    text = f"{delay_words(delay)}, counted from {_start_words(clause)}" if delay else ""
    if notice.named is not None and notice.named > expiry:
        text = f"the later day that the notice itself names, beyond {text}"
        return Effect("named-date", notice.named, text, clause.article, notice.named)
    if bar is not None and clause.earliest is not None and clause.earliest.bars == "effect" and bar > expiry:
        return Effect(
            "not-before", bar, "the first day on which a withdrawal can take effect", clause.article, bar
        )
    return Effect("notice", expiry, text, clause.article, expiry)


def _carved_out(
    clause: WithdrawalClause, rule: Effect, start: dt.date, conflicts: tuple[ArmedConflict, ...]
) -> Effect | None:
    """The exception for armed conflict, where a recorded one covers the moment at which it is tested."""
    carve_out, expiry = clause.carve_out, rule.expiry
    if carve_out is None or expiry is None:
        return None
    moment = expiry if carve_out.test_moment == "expiry_of_notice" else start
    covering = [conflict for conflict in conflicts if _covers(conflict, moment)]
    if not covering:
        return None
    conflict = max(covering, key=_last_to_end)
    ends = None if conflict.until is None else max(expiry, conflict.until)
    return Effect("carve-out", ends, carve_out.effect, clause.article, expiry, conflict)


def _start_words(clause: WithdrawalClause) -> str:
    """The event from which a notice runs, in words."""
    return "receipt" if clause.counted_from == "receipt_by_depositary" else "notice to all addressees"


def _last_to_end(conflict: ArmedConflict) -> tuple[dt.date, dt.date, str]:
    """Orders conflicts by their end; of those that end together the later to begin comes last."""
    return conflict.until or dt.date.max, conflict.since, conflict.claim


def _covers(conflict: ArmedConflict, day: dt.date) -> bool:
    return conflict.since <= day and (conflict.until is None or day < conflict.until)


def known_conflicts(
    conflicts: tuple[ArmedConflict, ...], known_by: dt.date | None
) -> tuple[ArmedConflict, ...]:
    """The armed conflicts that had begun by `known_by`, each without an end that came later."""
    if known_by is None:
        return conflicts
    begun = (conflict for conflict in conflicts if conflict.since <= known_by)
    return tuple(
        msgspec.structs.replace(conflict, until=None)
        if conflict.until is not None and conflict.until > known_by
        else conflict
        for conflict in begun
    )
