"""Which treaties, participants and acts the arrays can follow, in one place, and those acts as columns.

Regular is what is named here and nothing else: a treaty, a participant or an act that uses any other field
of the record's nouns, or any other value, is irregular and walks one by one. So a clause that is new to the
record is answered by the law itself until it is named here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from inforce.law.chronicle import Chronicle
from inforce.law.clauses import opening
from inforce.law.entry import is_met
from inforce.law.walk import turns_status
from inforce.law.world_columns import Codes, Indexes, Pairs
from inforce.law.world_days import NEVER, RULES, Days, number, number_or
from inforce.law.world_walk import CONSENT, REVOKE, SIGN, WITHDRAW
from inforce.record.model import (
    Action,
    ArmedConflict,
    CarveOut,
    Delay,
    EntryIntoForce,
    FinalClauses,
    InitialEntry,
    LaterParties,
    Participant,
    Treaty,
    WithdrawalClause,
)
from inforce.vocabulary import ActionKind, DelayRule

#: Fields that the arrays apply, or that have no bearing on a timeline. Others must be left at their default.
_NAMED: Final[Mapping[type[msgspec.Struct], frozenset[str]]] = {
    Treaty: frozenset(
        "key title names aliases acronyms parent depositary depositaries mtdsg unts adopted final_clauses "
        "obligations after_leaving assertions differences complete verified_through verified_by sources "
        "family replaces actions_from".split()  # instruments of `actions_from` are in the record's actions
    ),
    FinalClauses: frozenset(
        "signature signature_article consent_article signatories_consent_by accession_to entry_into_force "
        "withdrawal reservations suspension provisional_application consent_only_with duration amendment "
        "scope relations".split()
    ),
    EntryIntoForce: frozenset("article initial later_parties sources".split()),
    InitialEntry: frozenset("condition delay trigger_date triggered_by published_date note".split()),
    # An act that itself names a day, or was notified on one, is irregular: those clauses bear on no other.
    LaterParties: frozenset("delay counted_from depositing_after named_date at_most note".split()),
    Delay: frozenset("amount unit rule phrase".split()),
    WithdrawalClause: frozenset(
        "allowed same_as article notice counted_from notify reasons_required grounds named_date carve_out "
        "accrued_obligations note sources".split()
    ),
    CarveOut: frozenset("kind test_moment test effect resumes".split()),
    Participant: frozenset(
        "key iso2 kind name formal_name names former demonyms capital capital_variants "
        "capital_names_government government_names ambiguous_names succession".split()
    ),
    ArmedConflict: frozenset("participant since until claim source".split()),
    Action: frozenset("participant treaty kind date known effect source note file line".split()),
}

#: What acts do in the walk. A succession reaches back, and walks one by one.
_ACTS: Final = {
    ActionKind.SIGNATURE: SIGN,
    ActionKind.DEFINITIVE_SIGNATURE: CONSENT,
    ActionKind.RATIFICATION: CONSENT,
    ActionKind.ACCEPTANCE: CONSENT,
    ActionKind.APPROVAL: CONSENT,
    ActionKind.ACCESSION: CONSENT,
    ActionKind.CONSENT_TO_BE_BOUND: CONSENT,
    ActionKind.WITHDRAWAL: WITHDRAW,
    ActionKind.REVOCATION: REVOKE,
}

#: Conditions whose fulfilment is a recorded day, and those that more instruments can only bring nearer.
_CONDITIONS: Final = frozenset(
    "count count_including_named count_including_some count_plus_named count_and_floor named_set "
    "double_threshold share per_state first_deposit exchange_of_instruments fixed_date".split()
)
_GROWING: Final = frozenset("count count_including_named count_plus_named named_set".split())
_STARTS: Final = frozenset("deposit notification_of_consent notification_by_depositary".split())
_TESTS: Final = {"expiry_of_notice": 1, "notification": 2}
_RULES: Final = tuple(DelayRule)

#: Years in which acts may lie, and the longest delays, so that no day leaves the calendar.
_YEARS: Final = range(1500, 3001)
_LONGEST: Final = 100_000


class Clauses(NamedTuple):
    """The clauses of all treaties, by treaty number; those of irregular treaties mean nothing."""

    opening: Days
    trigger: Days  # of the treaty's own entry into force; NEVER where there is none
    entry: Days
    until_entry: npt.NDArray[np.bool_]  # whoever deposits before the entry is bound with the treaty
    joining: tuple[Codes, Days]  # index of the delay's rule in `rules`, and its amount
    leaving: tuple[Codes, Days]
    carve_out: Codes  # 0 none, 1 tested at the end of the notice, 2 at notification
    rules: tuple[DelayRule, ...] = _RULES


class Conflicts(NamedTuple):
    """Armed conflicts by their number for the participant, and participant number; NEVER for none."""

    since: Days
    until: Days


class Acts(NamedTuple):
    """Acts that turn a status, of regular pairs, in no order; `pair` is as in `Columns`."""

    pair: Pairs
    day: Days
    act: Codes
    known: Days

    def take(self, index: Indexes) -> Acts:
        """The acts at these places, in that order."""
        return Acts(self.pair[index], self.day[index], self.act[index], self.known[index])


class Regular(NamedTuple):
    """What the arrays walk, and the pairs (treaty number, participant number) that must walk one by one."""

    acts: Acts
    clauses: Clauses
    conflicts: Conflicts
    irregular: list[tuple[int, int]]


def sort_out(book: Chronicle) -> Regular:
    """The regular pairs as columns, and which pairs are irregular.

    A pair without acts, points or anything irregular about its treaty and participant is in neither: its
    status is `none` since the treaty's opening.
    """
    record = book.record
    treaties, participants = list(record.treaties.values()), list(record.participants.values())
    regular_treaties = {one.key: _is_regular_treaty(one, record.actions[one.key]) for one in treaties}
    place = {one.key: number for number, one in enumerate(participants)}
    odd = {one.key for one in participants if one.until is not None or not _only_named(one)}
    odd |= {one.participant for one in record.conflicts if not _only_named(one)}
    rows: list[tuple[int, int, int, int]] = []
    irregular: list[tuple[int, int]] = []
    for number_, treaty in enumerate(treaties):
        key = treaty.key
        for participant in participants:
            pair = key, participant.key
            if not regular_treaties[key] or participant.key in odd or pair in book.points:
                irregular.append((number_, place[participant.key]))
            elif pair in book.acts:
                found = _rows(number_ * len(participants) + place[participant.key], book.acts[pair], treaty)
                if found is None:
                    irregular.append((number_, place[participant.key]))
                else:
                    rows += found
    flat = np.array(rows, np.int32).reshape(-1, 4)
    acts = Acts(flat[:, 0].copy(), flat[:, 1].copy(), flat[:, 2].astype(np.uint8), flat[:, 3].copy())
    return Regular(acts, _clauses(treaties, regular_treaties), _conflicts(book, place), irregular)


def _rows(pair: int, acts: list[Action], treaty: Treaty) -> list[tuple[int, int, int, int]] | None:
    """The acts of a pair as pair, day, act and day of knowledge; None where one of them is irregular."""
    rows = []
    for act in acts:
        if not turns_status(act.kind):
            continue
        day, code = act.date.exact, _ACTS.get(act.kind)
        if code is None or day is None or day.year not in _YEARS or not _only_named(act):
            return None
        if code == WITHDRAW and not _allows(treaty.final_clauses.withdrawal):
            return None
        known = act.known.last
        rows.append((pair, number(day), code, NEVER - 1 if known is None else number(known)))
    return rows


def _is_regular_treaty(treaty: Treaty, actions: Iterable[Action]) -> bool:
    clauses = treaty.final_clauses
    later, withdrawal = clauses.entry_into_force.later_parties, clauses.withdrawal
    carve_out = withdrawal.carve_out if withdrawal is not None else None
    parts = (treaty, clauses, clauses.entry_into_force, later, withdrawal, carve_out)
    return (
        all(part is None or _only_named(part) for part in parts)
        and _is_regular_entry(clauses.entry_into_force.initial, actions)
        and later is not None
        and later.counted_from in _STARTS
        and later.depositing_after in ("trigger", "entry_into_force")
        and _is_regular_delay(later.delay)
        and (not _allows(withdrawal) or _is_regular_delay(_notice(withdrawal)))
        and (carve_out is None or carve_out.test_moment in _TESTS)
    )


def _is_regular_entry(initial: InitialEntry, actions: Iterable[Action]) -> bool:
    """Whether the treaty's own entry into force and its trigger are recorded, or there is surely none.

    There is none, whatever was known when, where not even all that ever consented would meet the condition.
    """
    if not _only_named(initial) or initial.condition.type not in _CONDITIONS:
        return False
    if initial.trigger_date is not None and initial.published_date is not None:
        return True
    if initial.trigger_date is not None or initial.published_date is not None:
        return False
    consented = {act.participant for act in actions if act.kind.expresses_consent}
    return initial.condition.type in _GROWING and not is_met(initial.condition, consented)


def _allows(clause: WithdrawalClause | None) -> bool:
    """Whether a notice of withdrawal runs under a clause of the treaty."""
    return clause is not None and clause.allowed and clause.notice is not None


def _notice(clause: WithdrawalClause | None) -> Delay | None:
    return None if clause is None else clause.notice


def _is_regular_delay(delay: Delay | None) -> bool:
    return (
        delay is not None
        and _only_named(delay)
        and (delay.rule, delay.unit) in RULES
        and 0 <= delay.amount <= _LONGEST // {"day": 1, "month": 30, "year": 365}[delay.unit]
    )


def _only_named(noun: msgspec.Struct) -> bool:
    """Whether a noun says nothing beyond the fields that are named here."""
    return all(getattr(noun, name) == default for name, default in _others(type(noun)))


@functools.cache
def _others(noun: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """The other fields of a noun with their defaults; one without a default is never at it."""
    others = []
    for field in msgspec.structs.fields(noun):
        if field.name not in _NAMED.get(noun, ()):
            made = field.default_factory
            others.append((field.name, field.default if made is msgspec.NODEFAULT else made()))
    return tuple(others)


def _clauses(treaties: list[Treaty], regular: Mapping[str, bool]) -> Clauses:
    size = len(treaties)
    days = {name: np.full(size, NEVER, np.int32) for name in ("opening", "trigger", "entry")}
    rules = {name: np.zeros(size, np.uint8) for name in ("joining", "leaving", "carve_out")}
    amounts = {name: np.zeros(size, np.int32) for name in ("joining", "leaving")}
    until_entry = np.zeros(size, np.bool_)
    for place, treaty in enumerate(treaties):
        days["opening"][place] = number(opening(treaty))
        if not regular[treaty.key]:
            continue
        entry, withdrawal = treaty.final_clauses.entry_into_force, treaty.final_clauses.withdrawal
        days["trigger"][place] = number_or(entry.initial.trigger_date, NEVER)
        days["entry"][place] = number_or(entry.initial.published_date, NEVER)
        later, notice = entry.later_parties, _notice(withdrawal)
        if later is not None:
            until_entry[place] = later.depositing_after == "entry_into_force"
            rules["joining"][place] = _RULES.index(later.delay.rule)
            amounts["joining"][place] = later.delay.amount
        if withdrawal is not None and notice is not None and _allows(withdrawal):
            rules["leaving"][place] = _RULES.index(notice.rule)
            amounts["leaving"][place] = notice.amount
            if withdrawal.carve_out is not None:
                rules["carve_out"][place] = _TESTS[withdrawal.carve_out.test_moment]
    return Clauses(
        opening=days["opening"],
        trigger=days["trigger"],
        entry=days["entry"],
        until_entry=until_entry,
        joining=(rules["joining"], amounts["joining"]),
        leaving=(rules["leaving"], amounts["leaving"]),
        carve_out=rules["carve_out"],
    )


def _conflicts(book: Chronicle, place: Mapping[str, int]) -> Conflicts:
    most = max((len(found) for found in book.conflicts.values()), default=0)
    since = np.full((most, len(place)), NEVER, np.int32)
    until = np.full((most, len(place)), NEVER, np.int32)
    for participant, conflicts in book.conflicts.items():
        for index, conflict in enumerate(conflicts):
            since[index, place[participant]] = number(conflict.since)
            until[index, place[participant]] = number_or(conflict.until, NEVER)
    return Conflicts(since, until)
