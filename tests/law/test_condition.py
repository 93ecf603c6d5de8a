"""Conditions of a treaty's own entry into force, treaties not in force, and who must be told of a notice."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from small_world import CARVE_OUT, PARTICIPANTS, act, act_lists, days, record, treaty

from inforce import law
from inforce.law.condition import condition_words
from inforce.law.entry import recounted_trigger
from inforce.record.model import Action, Condition, ConditionKind, Participant, Treaty
from inforce.vocabulary import ActionKind, Status

SIGNATURE, RATIFICATION = ActionKind.SIGNATURE, ActionKind.RATIFICATION
WITHDRAWAL = ActionKind.WITHDRAWAL
D = dt.date


def asked(kind: ConditionKind, count: int | None, *named: str) -> Condition:
    return Condition(type=kind, count=count, instruments=(RATIFICATION,), named=named, phrase="the keepers")


def waiting(one: Condition) -> Treaty:
    """A treaty that is not in force."""
    pact = treaty()
    entry = pact.final_clauses.entry_into_force
    initial = msgspec.structs.replace(entry.initial, condition=one, trigger_date=None, published_date=None)
    entry = msgspec.structs.replace(entry, initial=initial)
    clauses = msgspec.structs.replace(pact.final_clauses, entry_into_force=entry)
    return msgspec.structs.replace(pact, final_clauses=clauses)


ACTS = (
    act("NEW", RATIFICATION, "2000-01-02"),
    act("ONE", RATIFICATION, "2000-01-03"),
    act("TWO", RATIFICATION, "2000-01-04"),
)


@pytest.mark.parametrize(
    ("one", "day"),
    [
        (asked("count", 2), D(2000, 1, 3)),
        (asked("count_including_named", 1, "ONE"), D(2000, 1, 3)),
        (asked("count_including_named", 2, "NEW"), D(2000, 1, 3)),
        (asked("count_including_named", 2, "TWO"), D(2000, 1, 4)),
        (asked("count_plus_named", 2, "NEW"), D(2000, 1, 4)),
        (asked("count_plus_named", 1, "NEW"), D(2000, 1, 3)),
        (asked("count_plus_named", 3, "NEW"), None),
        (asked("named_set", None, "ONE", "NEW"), D(2000, 1, 3)),
        (asked("named_set", None, "ONE", "OUT"), None),
    ],
)
def test_each_kind_of_condition_is_met_on_its_day(one: Condition, day: dt.date | None) -> None:
    assert recounted_trigger(one, ACTS) == day
    assert recounted_trigger(one, reversed(ACTS)) == day


def test_an_instrument_taken_back_no_longer_counts() -> None:
    back = act("NEW", WITHDRAWAL, "2000-01-03")
    # of one day, deposits come first
    assert recounted_trigger(asked("count", 2), (*ACTS, back)) == D(2000, 1, 3)
    assert recounted_trigger(asked("count", 3), (*ACTS, back)) is None


def test_what_is_missing_is_named_by_why_it_is() -> None:
    acts = (
        act("ONE", SIGNATURE, "2000-01-01"),
        act("TWO", SIGNATURE, "2000-01-01"),
        act("TWO", RATIFICATION, "2000-02-01"),
        act("TWO", WITHDRAWAL, "2001-01-01"),
    )
    world = record(acts, pact=waiting(asked("named_set", None, "ONE", "TWO", "NEW")))
    before = law.condition(world, "pact", on=D(2000, 12, 31))
    assert (before.counted, before.needed, before.missing) == (1, 3, ("ONE", "NEW"))
    after = law.condition(world, "pact", on=D(2001, 1, 1))
    assert after.missing == ("ONE", "TWO", "NEW")
    assert (after.missing_signed, after.missing_taken_back) == (("ONE",), ("TWO",))
    assert after.missing_unsigned == ("NEW",)
    assert condition_words(world, after) == (
        "entry into force needs the instruments of the keepers; on 1 January 2001 0 of 3 were there; "
        "missing: Oneland (signed only); Twoland (consent taken back); Newland (not signed)"
    )
    unaware = law.condition(world, "pact", on=D(2001, 1, 1), known_by=D(2000, 12, 31))
    assert unaware.missing == ("ONE", "NEW")


def test_consent_taken_back_before_entry_into_force_leaves_a_signatory() -> None:
    acts = (
        act("ONE", SIGNATURE, "2000-01-01"),
        act("ONE", RATIFICATION, "2000-02-01"),
        act("ONE", WITHDRAWAL, "2001-01-01"),
    )
    world = record(acts, pact=waiting(asked("named_set", None, "ONE", "NEW")))
    before = law.status(world, "ONE", "pact", on=D(2000, 12, 31))
    after = law.status(world, "ONE", "pact", on=D(2001, 1, 1))
    assert (before.status, before.until) == (Status.CONTRACTING, D(2001, 1, 1))
    assert (after.status, after.bound, after.since) == (Status.SIGNATORY, False, D(2001, 1, 1))
    texts = [step.text for step in after.derivation]
    assert "Oneland took back its consent, by notice to the depositary, on 1 January 2001." in texts
    assert any("is not in force and binds nobody" in text and "Oneland" in text for text in texts)


def test_a_condition_that_the_record_meets_gives_a_computed_entry_into_force() -> None:
    acts = (act("ONE", RATIFICATION, "2000-02-01"), act("TWO", RATIFICATION, "2000-03-20"))
    world = record(acts, pact=waiting(asked("count", 2)))
    before = law.status(world, "ONE", "pact", on=D(2001, 1, 1), known_by=D(2000, 3, 19))
    assert (before.status, before.until) == (Status.CONTRACTING, None)
    after = law.status(world, "ONE", "pact", on=D(2001, 1, 1), known_by=D(2000, 3, 20))
    assert (after.status, after.since) == (Status.PARTY, D(2000, 9, 1))
    assert any("no depositary has published a date" in step.text for step in after.derivation)


@given(act_lists, days)
def test_a_treaty_not_in_force_makes_nobody_a_party(acts: list[Action], on: dt.date) -> None:
    world = record(acts, pact=waiting(asked("count", len(PARTICIPANTS) + 1)))
    assert law.parties(world, "pact", on=on).counts["in_force"] == 0
    for participant in PARTICIPANTS:
        assert law.status(world, participant, "pact", on=on).bound is False


def test_the_earliest_of_several_deposits_counts() -> None:
    keepers = msgspec.structs.replace(treaty(), depositaries=("ONE", "TWO"))
    acts = (act("NEW", RATIFICATION, "2005-03-01"), act("NEW", RATIFICATION, "2001-03-01"))
    answer = law.status(record(acts, pact=keepers), "NEW", "pact", on=D(2003, 1, 1))
    assert (answer.status, answer.since) == (Status.PARTY, D(2001, 9, 1))
    texts = [step.text for step in answer.derivation]
    assert (
        "The depositaries are Oneland and Twoland; where deposits with them differ, the earliest counts."
        in texts
    )


def test_a_notice_to_all_names_whom_it_must_reach() -> None:
    pact = treaty(carve_out=CARVE_OUT)
    clause = pact.final_clauses.withdrawal
    assert clause is not None
    clause = msgspec.structs.replace(
        clause,
        counted_from="notice_to_all_addressees",
        notify=("all other parties", "the Security Council"),
        reasons_required=True,
    )
    clauses = msgspec.structs.replace(pact.final_clauses, withdrawal=clause)
    acts = (act("ONE", RATIFICATION, "2000-02-01"), act("ONE", WITHDRAWAL, "2001-01-15"))
    world = record(acts, pact=msgspec.structs.replace(pact, final_clauses=clauses))
    texts = [step.text for step in law.status(world, "ONE", "pact", on=D(2001, 2, 1)).derivation]
    assert "Oneland gave notice of withdrawal on 15 January 2001." in texts
    assert (
        "Notice must be given to all other parties and the Security Council, with a statement of the "
        "reasons; it runs from the day on which all have it." in texts
    )


def test_a_state_that_is_no_more_stands_nowhere() -> None:
    world = record((act("ONE", RATIFICATION, "2000-02-01"),))
    gone: Participant = msgspec.structs.replace(PARTICIPANTS["ONE"], until=D(2002, 1, 1))
    world = msgspec.structs.replace(world, participants={**PARTICIPANTS, "ONE": gone})
    before, after = (law.status(world, "ONE", "pact", on=day) for day in (D(2001, 12, 31), D(2002, 1, 1)))
    assert (before.status, before.until) == (Status.PARTY, D(2002, 1, 1))
    assert (after.status, after.bound) == (Status.NONE, False)
    assert after.derivation[0].text.startswith("Oneland is no more since 1 January 2002")
    assert law.parties(world, "pact", on=D(2002, 1, 1)).counts["in_force"] == 0
