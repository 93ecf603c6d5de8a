"""Laws of the law: what must hold for any record."""

from __future__ import annotations

import datetime as dt
from itertools import product

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import PARTICIPANTS, act, act_lists, conflict_lists, days, kinds, record, treaty

from inforce import law
from inforce.dates import edtf_of
from inforce.record.model import Action, ArmedConflict, Delay, Record
from inforce.vocabulary import ActionKind, DelayRule, Status

unhurried = settings(deadline=None)  # a busy machine breaks no law

Acts = list[Action]
Conflicts = list[ArmedConflict]


def standing(
    world: Record, participant: str, on: dt.date, known_by: dt.date | None = None
) -> tuple[object, ...]:
    """What holds on a day, leaving out what is still to come."""
    answer = law.status(world, participant, "pact", on=on, known_by=known_by, today=on)
    return answer.status, answer.bound, answer.since, answer.possible


@unhurried
@given(act_lists, conflict_lists, st.randoms(use_true_random=False), days)
def test_the_order_of_rows_does_not_matter(
    acts: Acts, conflicts: Conflicts, random: object, on: dt.date
) -> None:
    shuffled = list(acts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = record(acts, conflicts), record(shuffled, conflicts[::-1])
    for participant in PARTICIPANTS:
        assert (
            law.timeline(one, participant, "pact").starts == law.timeline(other, participant, "pact").starts
        )
        assert law.status(one, participant, "pact", on=on, today=on) == law.status(
            other, participant, "pact", on=on, today=on
        )
    assert law.parties(one, "pact", on=on, today=on) == law.parties(other, "pact", on=on, today=on)


@unhurried
@given(act_lists, conflict_lists, days)
def test_a_later_act_changes_nothing_unless_it_reaches_back(
    acts: Acts, conflicts: Conflicts, on: dt.date
) -> None:
    until_then = [
        one for one in acts if one.kind is ActionKind.SUCCESSION or (one.date.last or dt.date.max) <= on
    ]
    for participant in PARTICIPANTS:
        full = standing(record(acts, conflicts), participant, on)
        assert full == standing(record(until_then, conflicts), participant, on)


@unhurried
@given(act_lists, conflict_lists, days, days)
def test_what_became_known_later_changes_nothing(
    acts: Acts, conflicts: Conflicts, on: dt.date, known_by: dt.date
) -> None:
    public = [one for one in acts if one.known.last is not None and one.known.last <= known_by]
    begun = [one for one in conflicts if one.since <= known_by]
    for participant in PARTICIPANTS:
        full = law.status(record(acts, conflicts), participant, "pact", on=on, known_by=known_by)
        less = law.status(record(public, begun), participant, "pact", on=on, known_by=known_by)
        assert full == less


@unhurried
@given(act_lists, conflict_lists, days)
def test_all_that_is_recorded_is_known_in_the_end(acts: Acts, conflicts: Conflicts, on: dt.date) -> None:
    world = record(acts, conflicts)
    for participant in PARTICIPANTS:
        in_the_end = standing(world, participant, on, dt.date(2100, 1, 1))
        assert standing(world, participant, on) == in_the_end


@unhurried
@given(act_lists, conflict_lists, days)
def test_stretches_leave_no_gap_and_a_day_lies_within_its_ends(
    acts: Acts, conflicts: Conflicts, on: dt.date
) -> None:
    world = record(acts, conflicts)
    for participant in PARTICIPANTS:
        line = law.timeline(world, participant, "pact")
        assert line.stretches[0].start == dt.date.min
        assert line.stretches[-1].end is None
        for one, after in zip(line.stretches, line.stretches[1:], strict=False):
            assert one.start < after.start
            assert one.end == after.start
        answer = law.status(world, participant, "pact", on=on, today=on)
        assert answer.since is None or answer.since <= on
        assert answer.until is None or on < answer.until
        assert answer.derivation


@unhurried
@given(act_lists, conflict_lists, days)
def test_counts_never_exceed_the_consents_recorded(acts: Acts, conflicts: Conflicts, on: dt.date) -> None:
    counts = law.parties(record(acts, conflicts), "pact", on=on, today=on).counts
    consented = {
        one.participant
        for one in acts
        if one.kind.expresses_consent
        and one.date.first is not None
        and (one.kind is ActionKind.SUCCESSION or one.date.first <= on)
    }
    assert counts["in_force"] + counts["contracting"] == counts["deposited"] <= len(consented)
    assert counts["withdrawal_notified"] <= counts["in_force"]
    assert counts["signatories_only"] <= counts["signatories"]


@unhurried
@given(act_lists, days, days)
def test_nobody_leaves_without_a_withdrawal(acts: Acts, one: dt.date, other: dt.date) -> None:
    early, late = sorted([one, other])
    joining = [one for one in acts if one.kind is not ActionKind.WITHDRAWAL]
    world = record(joining)
    before, after = (law.parties(world, "pact", on=day, today=day).counts for day in (early, late))
    assert before["deposited"] <= after["deposited"]
    assert before["in_force"] <= after["in_force"]
    assert before["signatories"] <= after["signatories"]


@unhurried
@given(act_lists, conflict_lists)
def test_every_act_of_consent_or_withdrawal_has_its_row_of_effect(acts: Acts, conflicts: Conflicts) -> None:
    rows = law.effects(record(acts, conflicts))
    turning = [
        one
        for one in acts
        if one.kind.expresses_consent or one.kind in (ActionKind.WITHDRAWAL, ActionKind.REVOCATION)
    ]
    assert len(rows) == len(turning)
    for row in rows:
        assert row.derivation
        if row.effect_computed is not None and row.action != ActionKind.SUCCESSION:
            assert row.effect_computed.isoformat() >= row.date


@unhurried
@given(act_lists, conflict_lists, days)
def test_an_answer_is_the_same_each_time_it_is_asked(acts: Acts, conflicts: Conflicts, on: dt.date) -> None:
    world = record(acts, conflicts)
    copy = msgspec.structs.replace(world, hash="copy")
    for participant in PARTICIPANTS:
        first = law.status(world, participant, "pact", on=on, today=on)
        assert first == law.status(world, participant, "pact", on=on, today=on)
        assert first == law.status(copy, participant, "pact", on=on, today=on)


windows = st.tuples(st.integers(0, 300), st.integers(1, 12)).map(
    lambda pair: (
        dt.date(2000, 2, 1) + dt.timedelta(days=pair[0]),
        dt.date(2000, 2, 1) + dt.timedelta(days=pair[0] + pair[1]),
    )
)
short_delays = st.sampled_from(
    [
        Delay(amount=7, unit="day", rule=DelayRule.ADD_DAYS),
        Delay(amount=0, unit="day", rule=DelayRule.SAME_DAY),
        Delay(amount=1, unit="month", rule=DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER),
    ]
)


@unhurried
@given(
    st.lists(st.tuples(kinds, windows), min_size=1, max_size=2),
    st.lists(st.tuples(kinds, windows.map(lambda window: window[0])), max_size=3),
    short_delays,
    short_delays,
    st.dates(dt.date(2000, 1, 15), dt.date(2001, 3, 1)),
)
def test_a_partial_date_leaves_open_exactly_what_some_choice_of_days_gives(
    partial: list[tuple[ActionKind, tuple[dt.date, dt.date]]],
    exact: list[tuple[ActionKind, dt.date]],
    later: Delay,
    notice: Delay,
    on: dt.date,
) -> None:
    pact = treaty(later=later, notice=notice, carve_out=None)
    known = [act("ONE", kind, day.isoformat()) for kind, day in exact]
    open_acts = [act("ONE", kind, f"{first}/{last}") for kind, (first, last) in partial]
    answer = law.status(record([*known, *open_acts], pact=pact), "ONE", "pact", on=on, today=on)
    tried: set[Status | None] = set()
    for choice in product(*(_days(one) for one in open_acts)):
        chosen = [
            msgspec.structs.replace(one, date=edtf_of(day), known=edtf_of(day))
            for one, day in zip(open_acts, choice, strict=True)
        ]
        tried.add(law.status(record([*known, *chosen], pact=pact), "ONE", "pact", on=on, today=on).status)
    assert set(answer.possible) == tried
    assert (answer.status is None) is (len(tried) > 1)


def _days(one: Action) -> list[dt.date]:
    assert one.date.first is not None
    assert one.date.last is not None
    return [one.date.first + dt.timedelta(days=n) for n in range((one.date.last - one.date.first).days + 1)]
