"""Rules and their labelled exceptions, one by one."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from small_world import CARVE_OUT, ENTRY, NOTICE, TRIGGER, act, record, treaty

from inforce import law
from inforce.errors import AmbiguousDate, RecordError, UsageError
from inforce.law.clauses import (
    Effect,
    Instrument,
    Notice,
    decide,
    effect_of_consent,
    effect_of_withdrawal,
)
from inforce.law.entry import NOT_IN_FORCE, Entry
from inforce.record.model import ArmedConflict, BoundInterval, ContestedPoint, Difference, Reading, Record
from inforce.vocabulary import ActionKind, Status
from inforce.vocabulary import Difference as DifferenceSort

RATIFICATION, ACCESSION = ActionKind.RATIFICATION, ActionKind.ACCESSION
SIGNATURE, SUCCESSION = ActionKind.SIGNATURE, ActionKind.SUCCESSION
WITHDRAWAL, REVOCATION = ActionKind.WITHDRAWAL, ActionKind.REVOCATION
D = dt.date
IN_FORCE = Entry(ENTRY, TRIGGER)
NOTICE_GIVEN = Notice(dt.date(2004, 1, 15))


def conflict(since: dt.date, until: dt.date | None = None) -> ArmedConflict:
    return ArmedConflict(participant="ONE", since=since, until=until, claim="a conflict", source="a list")


def status(world: Record, participant: str, on: dt.date, known_by: dt.date | None = None) -> Status | None:
    return law.status(world, participant, "pact", on=on, known_by=known_by, today=on).status


def test_two_exceptions_that_disagree_are_named() -> None:
    rule = Effect("rule", D(2001, 1, 1), "")
    one, other = Effect("one way", D(2001, 2, 1), ""), Effect("another", D(2001, 3, 1), "")
    with pytest.raises(AmbiguousDate, match=r"'one way'.*'another'"):
        decide(rule, (one, other))
    assert decide(rule, (one, one)) is one
    assert decide(rule, ()) is rule


@pytest.mark.parametrize(
    ("kind", "day", "label", "effect"),
    [
        (RATIFICATION, TRIGGER, "with-the-treaty", ENTRY),
        (RATIFICATION, D(2000, 3, 16), "own-delay", D(2000, 9, 1)),
        (ACCESSION, D(2005, 7, 31), "own-delay", D(2006, 1, 1)),
        (SUCCESSION, D(2004, 7, 31), "succession", D(2003, 2, 4)),
    ],
)
def test_consent(kind: ActionKind, day: dt.date, label: str, effect: dt.date) -> None:
    found = effect_of_consent(treaty(), Instrument(kind, day, D(2003, 2, 4)), IN_FORCE)
    assert (found.label, found.day) == (label, effect)


def test_consent_never_binds_before_the_treaty_does() -> None:
    at_once = msgspec.structs.replace(NOTICE, amount=0)
    found = effect_of_consent(
        treaty(later=at_once), Instrument(RATIFICATION, D(2000, 4, 1), D(2000, 4, 1)), IN_FORCE
    )
    assert (found.label, found.day) == ("not-before-the-treaty", ENTRY)


@pytest.mark.parametrize(
    ("day", "label", "effect"),
    [
        (TRIGGER, "with-the-treaty", ENTRY),
        (ENTRY - dt.timedelta(days=1), "with-the-treaty", ENTRY),
        (ENTRY, "own-delay", D(2000, 12, 1)),
    ],
)
def test_a_delay_for_those_that_come_after_the_treaty_s_entry_into_force_spares_all_before(
    day: dt.date, label: str, effect: dt.date
) -> None:
    pact = treaty()
    entry = pact.final_clauses.entry_into_force
    assert entry.later_parties is not None
    later = msgspec.structs.replace(entry.later_parties, depositing_after="entry_into_force")
    entry = msgspec.structs.replace(entry, later_parties=later)
    clauses = msgspec.structs.replace(pact.final_clauses, entry_into_force=entry)
    pact = msgspec.structs.replace(pact, final_clauses=clauses)
    found = effect_of_consent(pact, Instrument(RATIFICATION, day, day), IN_FORCE)
    assert (found.label, found.day) == (label, effect)


def test_a_succession_reaches_back_no_further_than_the_treaty() -> None:
    found = effect_of_consent(treaty(), Instrument(SUCCESSION, D(2000, 8, 1), D(1995, 1, 1)), IN_FORCE)
    assert found.day == ENTRY
    assert "not beyond" in found.text


def test_a_treaty_not_in_force_binds_nobody() -> None:
    found = effect_of_consent(treaty(), Instrument(RATIFICATION, D(2000, 2, 1), D(2000, 2, 1)), NOT_IN_FORCE)
    assert (found.label, found.day) == ("treaty-not-in-force", None)


def test_without_a_clause_a_notice_has_no_day() -> None:
    found = effect_of_withdrawal(treaty(notice=None), NOTICE_GIVEN, ENTRY, ())
    assert (found.label, found.day) == ("no-withdrawal-clause", None)
    world = record(
        [act("ONE", RATIFICATION, "2000-02-01"), act("ONE", WITHDRAWAL, "2004-01-15")],
        pact=treaty(notice=None),
    )
    answer = law.status(world, "ONE", "pact", on=D(2010, 1, 1))
    assert (answer.status, answer.bound, answer.until) == (Status.PARTY_WITHDRAWAL_NOTIFIED, True, None)


@pytest.mark.parametrize(
    ("moment", "since", "until", "label", "effect"),
    [
        ("expiry_of_notice", D(2004, 7, 15), None, "carve-out", None),
        ("expiry_of_notice", D(2004, 7, 16), None, "notice", D(2004, 7, 15)),
        ("expiry_of_notice", D(2004, 1, 1), D(2004, 7, 15), "notice", D(2004, 7, 15)),
        ("expiry_of_notice", D(2004, 1, 1), D(2004, 7, 16), "carve-out", D(2004, 7, 16)),
        ("notification", D(2004, 1, 16), None, "notice", D(2004, 7, 15)),
        ("notification", D(2004, 1, 15), None, "carve-out", None),
        ("notification", D(2004, 1, 1), D(2004, 3, 1), "carve-out", D(2004, 7, 15)),
        ("notification", D(2004, 1, 1), D(2005, 3, 1), "carve-out", D(2005, 3, 1)),
    ],
)
def test_an_armed_conflict_defers_a_withdrawal_if_it_covers_the_moment_of_the_test(
    moment: str, since: dt.date, until: dt.date | None, label: str, effect: dt.date | None
) -> None:
    carve_out = msgspec.convert({**msgspec.structs.asdict(CARVE_OUT), "test_moment": moment}, type(CARVE_OUT))
    found = effect_of_withdrawal(treaty(carve_out=carve_out), NOTICE_GIVEN, ENTRY, (conflict(since, until),))
    assert (found.label, found.day, found.expiry) == (label, effect, D(2004, 7, 15))


def test_of_several_conflicts_the_last_to_end_counts() -> None:
    both = (conflict(D(2004, 1, 1), D(2004, 9, 1)), conflict(D(2004, 6, 1), D(2004, 12, 1)))
    assert effect_of_withdrawal(treaty(), NOTICE_GIVEN, ENTRY, both).day == D(2004, 12, 1)
    assert effect_of_withdrawal(treaty(), NOTICE_GIVEN, ENTRY, (*both, conflict(D(2004, 7, 1)))).day is None


def test_an_end_of_conflict_not_yet_known_fixes_no_day() -> None:
    world = record(
        [act("ONE", RATIFICATION, "2000-02-01"), act("ONE", WITHDRAWAL, "2004-01-15")],
        [conflict(D(2004, 7, 1), D(2004, 12, 1))],
    )
    assert status(world, "ONE", D(2005, 1, 1)) is Status.FORMER_PARTY
    assert status(world, "ONE", D(2005, 1, 1), D(2004, 11, 30)) is Status.CONTESTED
    assert status(world, "ONE", D(2005, 1, 1), D(2004, 6, 30)) is Status.FORMER_PARTY


def test_a_deferred_withdrawal_can_still_be_revoked() -> None:
    world = record(
        [
            act("ONE", RATIFICATION, "2000-02-01"),
            act("ONE", WITHDRAWAL, "2004-01-15"),
            act("ONE", REVOCATION, "2005-01-01"),
        ],
        [conflict(D(2004, 7, 1), D(2006, 1, 1))],
    )
    answer = law.status(world, "ONE", "pact", on=D(2006, 6, 1))
    assert (answer.status, answer.since) == (Status.PARTY, ENTRY)


def test_a_signature_can_be_withdrawn() -> None:
    world = record([act("ONE", SIGNATURE, "2000-02-01"), act("ONE", WITHDRAWAL, "2004-01-15")])
    assert status(world, "ONE", D(2004, 1, 14)) is Status.SIGNATORY
    assert status(world, "ONE", D(2004, 1, 15)) is Status.FORMER_SIGNATORY


def test_a_definitive_signature_is_a_signature_and_a_consent() -> None:
    world = record([act("ONE", ActionKind.DEFINITIVE_SIGNATURE, "2004-01-15")])
    counts = law.parties(world, "pact", on=D(2004, 2, 1)).counts
    assert (counts["signatories"], counts["signatories_only"], counts["contracting"]) == (1, 0, 1)


def test_an_act_without_effect_is_told_and_not_dropped() -> None:
    world = record([act("ONE", REVOCATION, "2004-01-15"), act("ONE", WITHDRAWAL, "2004-02-15")])
    rows = law.effects(world)
    assert [row.effect_computed for row in rows] == [None, D(2004, 8, 15)]
    assert "no running notice" in rows[0].derivation[-1].text
    assert "The record holds no act that bound it before; if one did" in rows[1].derivation[-1].text
    assert status(world, "ONE", D(2004, 9, 1)) is Status.NONE


def test_a_succession_of_unknown_date_reaches_back_nobody_knows_how_far() -> None:
    world = record([act("ONE", SUCCESSION, "2004-01-15")])
    answer = law.status(world, "ONE", "pact", on=D(2003, 1, 1))
    assert (answer.status, answer.bound, answer.possible) == (None, None, (Status.NONE, Status.PARTY))
    assert status(world, "ONE", D(2004, 1, 15)) is Status.PARTY
    assert law.effects(world)[0].effect_between == (ENTRY, D(2004, 1, 15))


def test_too_many_partial_dates_are_refused_with_their_place() -> None:
    kinds = [SIGNATURE, RATIFICATION, WITHDRAWAL, REVOCATION] * 4
    world = record([act("ONE", kind, f"{2000 + i}") for i, kind in enumerate(kinds)])
    with pytest.raises(RecordError, match=r"actions\.csv:1: 16 acts of ONE have partial dates"):
        status(world, "ONE", D(2005, 1, 1))


def test_a_partial_date_counts_as_known_from_its_last_day() -> None:
    world = record([act("ONE", RATIFICATION, "2004")])
    assert status(world, "ONE", D(2006, 1, 1), D(2004, 12, 30)) is Status.NONE
    assert status(world, "ONE", D(2006, 1, 1), D(2004, 12, 31)) is Status.PARTY


def test_an_act_is_not_done_after_it_was_known() -> None:
    world = record([act("ONE", RATIFICATION, "2004", known="2004-03")])
    assert law.effects(world)[0].effect_between == (D(2004, 7, 1), D(2004, 9, 1))


def test_a_day_known_only_by_its_end_starts_with_the_treaty() -> None:
    world = record([act("ONE", RATIFICATION, "../2000-02-10")])
    answer = law.status(world, "ONE", "pact", on=D(2000, 2, 1))
    assert answer.possible == (Status.NONE, Status.CONTRACTING)
    assert status(world, "ONE", ENTRY) is Status.PARTY


def disputed(since: dt.date | None, until: dt.date | None = None) -> ContestedPoint:
    until_2004 = BoundInterval(since=ENTRY, until=D(2004, 1, 1))
    return ContestedPoint(
        id="point",
        kind="suspension",
        treaties=("pact",),
        participant="ONE",
        question="Is it bound?",
        since=since,
        until=until,
        readings=(
            Reading(id="A", holder="it", result="no", bound=(until_2004,)),
            Reading(id="B", holder="others", result="yes", bound=(BoundInterval(since=ENTRY),)),
            Reading(id="C", holder="nobody", result="who knows"),
        ),
    )


def contested_world(point: ContestedPoint) -> Record:
    acts = [
        act("ONE", RATIFICATION, "2000-02-01"),
        act("ONE", ActionKind.SUSPENSION_NOTIFIED, "2004-01-01", known="2004-01-05"),
    ]
    return record(acts, contested=[point])


def test_a_contested_point_holds_between_its_days_and_is_never_collapsed() -> None:
    world = contested_world(disputed(D(2004, 1, 1), D(2005, 1, 1)))
    before, within, after = (
        law.status(world, "ONE", "pact", on=day) for day in (D(2003, 12, 31), D(2004, 6, 1), D(2005, 1, 1))
    )
    assert (before.status, before.bound, before.until) == (Status.PARTY, True, D(2004, 1, 1))
    assert (within.status, within.bound) == (Status.CONTESTED, None)
    assert (within.since, within.until) == (D(2004, 1, 1), D(2005, 1, 1))
    assert {one.id: one.bound for one in within.readings} == {"A": False, "B": True, "C": None}
    assert (after.status, after.since) == (Status.PARTY, ENTRY)


def test_a_contested_point_is_known_with_the_act_that_raised_it() -> None:
    world = contested_world(disputed(D(2004, 1, 1)))
    assert status(world, "ONE", D(2004, 6, 1), D(2004, 1, 4)) is Status.PARTY
    assert status(world, "ONE", D(2004, 6, 1), D(2004, 1, 5)) is Status.CONTESTED


def test_a_question_without_a_date_makes_nobody_contested() -> None:
    assert status(contested_world(disputed(None)), "ONE", D(2004, 6, 1)) is Status.PARTY


@pytest.mark.parametrize(
    ("reading", "bound", "since", "until"),
    [
        ("A", False, D(2004, 1, 1), None),
        ("point:B", True, ENTRY, None),
        ("C", None, None, None),
    ],
)
def test_one_reading_can_be_picked(
    reading: str, bound: bool | None, since: dt.date | None, until: dt.date | None
) -> None:
    world = contested_world(disputed(D(2004, 1, 1)))
    answer = law.status(world, "ONE", "pact", on=D(2004, 6, 1), reading=reading)
    assert (answer.status, answer.bound) == (Status.PARTY, bound)
    assert (answer.since, answer.until) == (since, until)
    assert len(answer.readings) == 1
    assert reading[-1] in answer.derivation[-1].text
    assert law.status(world, "ONE", "pact", on=D(2003, 6, 1), reading=reading).bound is True


def test_an_unknown_reading_is_refused_with_those_there_are() -> None:
    world = contested_world(disputed(D(2004, 1, 1)))
    with pytest.raises(UsageError, match=r"unknown reading 'Z'.*point:A, point:B, point:C"):
        law.status(world, "ONE", "pact", on=D(2004, 6, 1), reading="Z")
    with pytest.raises(UsageError, match="there is none"):
        law.status(world, "TWO", "pact", on=D(2004, 6, 1), reading="A")


@pytest.mark.parametrize(("participant", "key"), [("ZZZ", "pact"), ("ONE", "treaty-of-nowhere")])
def test_unknown_keys_are_refused(participant: str, key: str) -> None:
    with pytest.raises(UsageError, match="unknown"):
        law.status(record([]), participant, key, on=D(2004, 6, 1))


def test_the_answer_says_where_the_record_ends() -> None:
    world = record([])
    assert law.status(world, "ONE", "pact", on=D(2020, 12, 31)).coverage is None
    assert "through 2020;" in (law.status(world, "ONE", "pact", on=D(2021, 1, 1)).coverage or "")
    later = law.status(world, "ONE", "pact", on=D(2019, 1, 1), known_by=D(2022, 1, 1))
    assert "through 2020;" in (later.coverage or "")
    gaps = record([], pact=msgspec.structs.replace(treaty(), complete=False))
    assert "incomplete" in (law.status(gaps, "ONE", "pact", on=D(2001, 1, 1)).coverage or "")
    assert "incomplete" in (law.parties(gaps, "pact", on=D(2001, 1, 1)).coverage or "")


def test_a_difference_from_the_published_date_is_shown_and_explained_by_name() -> None:
    one = msgspec.structs.replace(act("ONE", RATIFICATION, "2004-01-15"), effect=D(2004, 7, 15))
    plain = law.effects(record([one]))[0]
    assert (plain.effect_computed, plain.agrees, plain.accounted) == (D(2004, 7, 1), False, False)
    assert plain.difference is DifferenceSort.DAY_FOR_DAY
    difference = Difference(
        participant="ONE",
        action=RATIFICATION,
        date="2004-01-15",
        published=D(2004, 7, 15),
        because="counted by days",
    )
    pact = msgspec.structs.replace(treaty(), differences=(difference,))
    named = law.effects(record([one], pact=pact))[0]
    assert (named.agrees, named.explained, named.accounted) == (False, "counted by days", True)
    assert named.difference is DifferenceSort.NAMED_IN_RECORD


def test_the_published_date_of_effect_is_no_input() -> None:
    one = act("ONE", RATIFICATION, "2004-01-15")
    other = msgspec.structs.replace(one, effect=D(2010, 1, 1))
    for day in (D(2004, 6, 30), D(2004, 7, 1), D(2010, 1, 1)):
        assert status(record([one]), "ONE", day) is status(record([other]), "ONE", day)
