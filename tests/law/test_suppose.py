"""What if: laws of supposing, and what answers say of what is supposed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import PARTICIPANTS, act, act_lists, conflict_lists, days, record, treaty

from inforce import law
from inforce.dates import parse_edtf
from inforce.errors import UsageError
from inforce.record.model import Action, ArmedConflict, Record
from inforce.record.supposition import Supposed, SupposedAction, SupposedConflict
from inforce.vocabulary import ActionKind

unhurried = settings(deadline=None)  # a busy machine breaks no law
D = dt.date
Acts = list[Action]
Conflicts = list[ArmedConflict]


def as_supposed(one: Action) -> SupposedAction:
    return SupposedAction(
        participant=one.participant, treaty="pact", kind=one.kind, date=one.date, known=one.known
    )


def suppose_all(world: Record, acts: Acts, conflicts: Conflicts) -> Record:
    """Suppose every act once; the same act twice is an error."""
    distinct = {(one.participant, one.kind, one.date): as_supposed(one) for one in acts}
    wars = [
        SupposedConflict(participant=one.participant, since=one.since, until=one.until) for one in conflicts
    ]
    return law.suppose(world, [*distinct.values(), *wars])


def answers(world: Record, on: D, known_by: D | None = None) -> object:
    """What holds on a day, without the words and sources."""
    statuses = []
    for participant in PARTICIPANTS:
        answer = law.status(world, participant, "pact", on=on, known_by=known_by, today=on)
        readings = [(one.id, one.bound, one.intervals) for one in answer.readings]
        statuses.append((answer.status, answer.bound, answer.since, answer.until, answer.possible, readings))
    counts = law.parties(world, "pact", on=on, known_by=known_by, today=on).counts
    return statuses, counts, law.condition(world, "pact", on=on, known_by=known_by, today=on)


@given(act_lists, conflict_lists)
def test_with_nothing_supposed_the_record_is_the_same(acts: Acts, conflicts: Conflicts) -> None:
    world = record(acts, conflicts)
    assert law.suppose(world, []) is world
    assert law.suppositions(world) == ()


@unhurried
@given(act_lists, conflict_lists, days, days)
def test_what_is_supposed_has_the_effect_of_what_is_recorded(
    acts: Acts, conflicts: Conflicts, on: D, known_by: D
) -> None:
    distinct = list({(one.participant, one.kind, one.date): one for one in acts}.values())
    recorded, supposed = record(distinct, conflicts), suppose_all(record([]), distinct, conflicts)
    assert answers(recorded, on) == answers(supposed, on)
    assert answers(recorded, on, known_by) == answers(supposed, on, known_by)


@unhurried
@given(act_lists, st.integers(0, 9), days)
def test_supposing_one_after_the_other_is_supposing_all_at_once(acts: Acts, cut: int, on: D) -> None:
    distinct = [*{(one.participant, one.kind, one.date): as_supposed(one) for one in acts}.values()]
    at_once = law.suppose(record([]), distinct)
    in_turn = law.suppose(law.suppose(record([]), distinct[:cut]), distinct[cut:])
    assert answers(at_once, on) == answers(in_turn, on)
    assert answers(at_once, on) == answers(law.suppose(record([]), distinct[::-1]), on)
    assert law.suppose(record([]), distinct).hash == law.suppose(record([]), distinct[::-1]).hash


@unhurried
@given(act_lists, st.sampled_from(sorted(PARTICIPANTS)), days)
def test_what_is_supposed_of_one_leaves_the_others_as_they_are(acts: Acts, who: str, on: D) -> None:
    world = record(acts)
    supposed = suppose_all(world, [act(who, ActionKind.PROVISIONAL_APPLICATION, "2006-12-31")], [])
    supposed = suppose_all(supposed, [act(who, ActionKind.WITHDRAWAL, "2007-01-01")], [])
    for other in set(PARTICIPANTS) - {who}:
        before, after = (law.status(one, other, "pact", on=on, today=on) for one in (world, supposed))
        assert before == after


def supposed_accession(date: str = "2001-01-10", known: str | None = None) -> SupposedAction:
    return SupposedAction(
        participant="TWO",
        treaty="pact",
        kind=ActionKind.ACCESSION,
        date=parse_edtf(date),
        known=parse_edtf(known) if known else None,
    )


def test_a_derivation_names_the_supposed_act_as_supposed() -> None:
    world = law.suppose(record([]), [supposed_accession()])
    answer = law.status(world, "TWO", "pact", on=D(2002, 1, 1))
    step = answer.derivation[0]
    assert (
        step.text == "It is supposed that Twoland deposited its instrument of accession on 10 January 2001."
    )
    assert (step.source, step.facts) == ("supposed", ("supposed:1: TWO accession 2001-01-10",))


def test_a_second_instrument_may_come_before_one_whose_day_is_not_recorded() -> None:
    world = law.suppose(
        record([act("TWO", ActionKind.ACCESSION, "2001")]), [supposed_accession("2001-03-10")]
    )
    answer = law.status(world, "TWO", "pact", on=D(2002, 6, 1))
    told = [step.text for step in answer.derivation]
    assert any(text.endswith("unless that was given after it: its day is not recorded.") for text in told)
    assert not any("no effect" in text for text in told)


def test_each_supposed_act_is_told_with_what_follows_from_it() -> None:
    war = SupposedConflict(participant="ONE", since=D(2001, 1, 1), until=D(2001, 2, 1))
    world = law.suppose(record([]), [supposed_accession("2001-01", "2001-03-01"), war])
    act_told, war_told = law.suppositions(world)
    assert (act_told.action, act_told.treaty, act_told.date, act_told.known) == (
        "accession", "pact", "2001-01", "2001-03-01",
    )  # fmt: skip
    assert act_told.effect == D(2001, 7, 1)
    assert (war_told.action, war_told.treaty, war_told.until) == ("armed-conflict", None, D(2001, 2, 1))
    over_the_year = law.suppose(record([]), [supposed_accession("2001")])
    (told,) = law.suppositions(over_the_year)
    assert (told.effect, told.effect_between) == (None, (D(2001, 7, 1), D(2002, 6, 1)))


def test_an_act_without_effect_is_told_as_such() -> None:
    party = act("TWO", ActionKind.RATIFICATION, "2000-02-01")
    (told,) = law.suppositions(law.suppose(record([party]), [supposed_accession()]))
    assert told.effect is None
    assert told.derivation[0].text == "It has no effect: adds nothing to the consent already given."


def test_a_supposed_withdrawal_in_a_recorded_conflict_has_two_readings() -> None:
    party = act("TWO", ActionKind.RATIFICATION, "2000-02-01")
    war = ArmedConflict(participant="TWO", since=D(2001, 3, 1), claim="a conflict", source="a list")
    withdrawal = msgspec.structs.replace(supposed_accession(), kind=ActionKind.WITHDRAWAL)
    world = law.suppose(record([party], [war]), [withdrawal])
    answer = law.status(world, "TWO", "pact", on=D(2001, 7, 10))
    assert {one.id: one.bound for one in answer.readings} == {"deferred": True, "in-effect": False}


def test_supposed_instruments_bring_about_an_entry_into_force_that_nobody_published() -> None:
    clauses = treaty().final_clauses
    initial = msgspec.structs.replace(
        clauses.entry_into_force.initial, trigger_date=None, published_date=None
    )
    entry = msgspec.structs.replace(clauses.entry_into_force, initial=initial)
    pact = msgspec.structs.replace(
        treaty(), final_clauses=msgspec.structs.replace(clauses, entry_into_force=entry)
    )
    one = act("ONE", ActionKind.RATIFICATION, "2000-02-01")
    lacking = record([one], pact=pact)
    assert law.entry_condition(lacking, "pact", on=D(2003, 1, 1)).entry is None
    second = msgspec.structs.replace(supposed_accession("2002-03-15"), kind=ActionKind.RATIFICATION)
    answer = law.entry_condition(law.suppose(lacking, [second]), "pact", on=D(2003, 1, 1))
    assert (answer.met, answer.trigger, answer.entry, answer.published) == (
        True, D(2002, 3, 15), D(2002, 9, 1), False,
    )  # fmt: skip
    assert answer.there == ("ONE", "TWO")


def of_participant(key: str) -> Supposed:
    return msgspec.structs.replace(supposed_accession(), participant=key)


@pytest.mark.parametrize(
    ("supposed", "words"),
    [
        ([of_participant("XXX")], "unknown participant 'XXX'"),
        ([msgspec.structs.replace(supposed_accession(), treaty="nothing")], "unknown treaty 'nothing'"),
        ([supposed_accession("2000-02-01")], r"recorded already \(actions.csv:1\); leave it out"),
        ([supposed_accession(), supposed_accession()], "is supposed already; leave it out"),
        ([supposed_accession("1998")], "lies before the treaty was adopted, on 1999-12-01; suppose a later"),
        (
            [supposed_accession("2001-01-10", "2001-01-09")],
            "cannot be known by 2001-01-09, before it is done",
        ),
    ],
)
def test_what_cannot_be_supposed_is_told(supposed: list[Supposed], words: str) -> None:
    world = record([act("TWO", ActionKind.ACCESSION, "2000-02-01")])
    with pytest.raises(UsageError, match=words):
        law.suppose(world, supposed)


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30"])
def test_an_act_on_the_calendars_last_days_is_told_to_have_no_day_of_effect(day: str) -> None:
    world = law.suppose(record([]), [supposed_accession(day)])
    with pytest.raises(UsageError, match=f"6 months after {day} lies beyond the calendar"):
        law.suppositions(world)
