"""Why two answers differ: laws of comparing, and the documents that make the difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import ENTRY, PARTICIPANTS, TRIGGER, act, act_lists, conflict_lists, days, record, treaty

from inforce import law
from inforce.law.chronicle import chronicle
from inforce.law.diff import Point, diff_parties, diff_status
from inforce.law.documents import Document, facts_of, world_of
from inforce.record.model import Action, ArmedConflict, ContestedPoint, Reading, Record
from inforce.vocabulary import ActionKind, Status

unhurried = settings(deadline=None)  # a busy machine breaks no law
D = dt.date
Acts = list[Action]
Conflicts = list[ArmedConflict]
TODAY = D(2010, 1, 1)
who = st.sampled_from(sorted(PARTICIPANTS))


def stands(world: Record, participant: str, on: D, known_by: D | None = None) -> tuple[object, ...]:
    answer = law.status(world, participant, "pact", on=on, known_by=known_by, today=TODAY)
    readings = {one.id: one.bound for one in answer.readings}
    span = (answer.since, answer.until, answer.since_between, answer.until_between)
    return answer.status, answer.bound, answer.possible, *span, readings


@unhurried
@given(act_lists, conflict_lists, days, days, who)
def test_the_facts_known_by_a_day_make_a_record_that_answers_as_was_known_then(
    acts: Acts, conflicts: Conflicts, on: D, known_by: D, participant: str
) -> None:
    world = record(acts, conflicts)
    known = world_of(world, dict(facts_of(world, "pact", known_by, "first")))
    assert stands(known, participant, on) == stands(world, participant, on, known_by)


@unhurried
@given(act_lists, conflict_lists, st.tuples(days, days), st.tuples(days, days), who)
def test_the_documents_named_are_enough_and_none_can_be_left_out(
    acts: Acts, conflicts: Conflicts, on_days: tuple[D, D], known: tuple[D, D], participant: str
) -> None:
    (on, to_on), (known_by, to_known_by) = on_days, known
    world = record(acts, conflicts)
    first, second = Point(world, on, known_by), Point(world, to_on, to_known_by)
    answer = diff_status(first, second, participant, "pact", today=TODAY)
    before = dict(facts_of(world, "pact", known_by, "first"))
    after = dict(facts_of(world, "pact", to_known_by, "second"))
    wanted = stands(world, participant, to_on, to_known_by)
    assert bool(answer.changed) is (stands(world, participant, on, known_by) != wanted)
    if not answer.changed:
        assert answer.by_documents == ()
        return
    keys = {
        document: key
        for one, other in ((before, after), (after, before))
        for key, (document, _) in one.items()
        if key not in other
    }

    def given_with(documents: Sequence[Document]) -> tuple[object, ...]:
        changed = {keys[one] for one in documents}
        facts = {key: fact for key, fact in before.items() if key not in changed}
        facts |= {key: after[key] for key in changed if key in after}
        return stands(world_of(world, facts), participant, to_on)

    named = answer.by_documents
    assert given_with(named) == wanted
    assert all(given_with([one for one in named if one is not left]) != wanted for left in named)


@unhurried
@given(act_lists, conflict_lists, days, days)
def test_a_point_compared_with_itself_differs_in_nothing(
    acts: Acts, conflicts: Conflicts, on: D, known_by: D
) -> None:
    point = Point(record(acts, conflicts), on, known_by)
    answer = diff_parties(point, point, "pact", today=TODAY)
    assert answer.participants == ()
    assert all(one.first == one.second and not one.came and not one.went for one in answer.counts)


@unhurried
@given(act_lists, conflict_lists, days, days, days)
def test_counts_differ_by_those_who_came_and_went(
    acts: Acts, conflicts: Conflicts, on: D, to_on: D, known_by: D
) -> None:
    world = record(acts, conflicts)
    answer = diff_parties(Point(world, on, known_by), Point(world, to_on), "pact", today=TODAY)
    for one in answer.counts:
        assert one.second[1] - one.first[1] == len(one.came) - len(one.went)
    back = diff_parties(Point(world, to_on), Point(world, on, known_by), "pact", today=TODAY)
    assert [one.participant for one in back.participants] == [one.participant for one in answer.participants]


PARTY = act("TWO", ActionKind.RATIFICATION, "2000-02-01")
NOTICE = act("TWO", ActionKind.WITHDRAWAL, "2001-01-10", known="2001-02-01")


def test_of_all_that_became_known_only_what_the_answer_rests_on_is_named() -> None:
    objection = act("TWO", ActionKind.OBJECTION, "2001-01-15")
    world = record([PARTY, NOTICE, objection, act("ONE", ActionKind.SIGNATURE, "2001-01-20")])
    on = D(2001, 3, 1)
    answer = diff_status(Point(world, on, D(2001, 1, 9)), Point(world, on), "TWO", "pact")
    assert (answer.first.status, answer.second.status) == (Status.PARTY, Status.PARTY_WITHDRAWAL_NOTIFIED)
    assert answer.changed == ("status", "possible", "until")
    assert not answer.by_time
    (document,) = answer.by_documents
    assert (document.kind, document.at, document.known) == ("action", "second", "2001-02-01")
    assert document.text == "The depositary received Twoland's notice of withdrawal on 10 January 2001."


def test_days_alone_change_an_answer_by_the_acts_that_took_effect() -> None:
    world = record([PARTY, NOTICE])
    first, second = Point(world, D(2001, 7, 9)), Point(world, D(2001, 7, 10))
    answer = diff_status(first, second, "TWO", "pact")
    assert (answer.by_time, answer.by_documents) == (True, ())
    assert answer.taken_effect[1].text.startswith("Withdrawal in effect from 10 July 2001")


def test_the_treaty_s_own_entry_into_force_is_a_document_of_the_day_it_was_fixed() -> None:
    world = record([PARTY])
    day_before = TRIGGER - dt.timedelta(days=1)
    answer = diff_status(Point(world, ENTRY, day_before), Point(world, ENTRY), "TWO", "pact")
    (document,) = answer.by_documents
    assert (document.kind, document.participant, document.known) == ("entry", None, TRIGGER.isoformat())


def test_contested_points_and_conflicts_are_documents() -> None:
    readings = (Reading(id="A", holder="ONE", result="out"), Reading(id="B", holder="TWO", result="in"))
    point = ContestedPoint(
        id="p", kind="suspension", treaties=("pact",), participant="TWO", question="Is it bound?",
        since=D(2002, 1, 1), readings=readings,
    )  # fmt: skip
    world, on = record([PARTY], contested=[point]), D(2003, 1, 1)
    (document,) = diff_status(Point(world, on, D(2001, 1, 1)), Point(world, on), "TWO", "pact").by_documents
    assert (document.kind, document.text, document.known) == ("contested", "Is it bound?", "2002-01-01")
    war = ArmedConflict(participant="TWO", since=D(2001, 5, 1), claim="a conflict", source="a list")
    world, on = record([PARTY, NOTICE], [war]), D(2001, 8, 1)
    (document,) = diff_status(Point(world, on, D(2001, 4, 1)), Point(world, on), "TWO", "pact").by_documents
    assert (document.kind, document.source) == ("conflict", "a list")


def test_two_records_differ_in_rows_and_in_clauses() -> None:
    one, on = record([PARTY, NOTICE]), D(2001, 8, 1)
    without = record([msgspec.structs.replace(PARTY, line=7)])
    (document,) = diff_status(Point(one, on), Point(without, on), "TWO", "pact").by_documents
    assert (document.kind, document.at) == ("action", "first")
    closed = record([PARTY, NOTICE], pact=treaty(notice=None))
    answer = diff_status(Point(one, on), Point(closed, on), "TWO", "pact")
    assert {document.kind for document in answer.by_documents} == {"clauses"}
    assert chronicle(one).timeline("TWO", "pact", None).at(on).status is Status.FORMER_PARTY
