"""A world answers as the law does: for every pair, on every day, as known by every day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import (
    CARVE_OUT,
    ENTRY,
    NOTICE,
    PARTICIPANTS,
    SIX_MONTHS,
    act,
    act_lists,
    conflict_lists,
    days,
    exact_acts,
    record,
    treaty,
)

from inforce import law
from inforce.errors import UsageError
from inforce.law.chronicle import chronicle
from inforce.law.timeline import Timeline
from inforce.law.world import World
from inforce.law.world_answers import Place
from inforce.record import load
from inforce.record.model import (
    Action,
    ArmedConflict,
    BoundInterval,
    CarveOut,
    ContestedPoint,
    Delay,
    Reading,
    Record,
    Treaty,
)
from inforce.vocabulary import ActionKind, DelayRule

RECORD = load()
DAY = dt.timedelta(days=1)

unhurried = settings(deadline=None, max_examples=60)


@pytest.fixture(scope="module")
def world() -> World:
    return World.of(RECORD)


def told(place: Place) -> tuple[object, ...]:
    return place.status, place.bound, place.possible, place.dispute


def lawful(line: Timeline, on: dt.date) -> tuple[object, ...]:
    """What the law's own timeline says of a day."""
    stretch = line.at(on)
    possible = stretch.possible if stretch.status is None else (stretch.status,)
    return stretch.status, stretch.bound, possible, stretch.dispute.id if stretch.dispute else None


def turning(line: Timeline) -> Iterator[dt.date]:
    """Every day on which a timeline turns, and the day before."""
    for start in line.starts:
        if start > dt.date.min:
            yield start - DAY
        yield start


def test_every_pair_of_the_record_stands_where_the_law_says_on_every_turn_and_the_day_before(
    world: World,
) -> None:
    for key in RECORD.treaties:
        for participant in RECORD.participants:
            line = law.timeline(RECORD, participant, key)
            for on in turning(line):
                assert told(world.status(participant, key, on)) == lawful(line, on), (participant, key, on)


def test_pairs_stood_there_as_known_by_every_day_on_which_anything_became_known(
    world: World,
) -> None:
    book, today = chronicle(RECORD), dt.date.max
    for key, participant in sorted(book.acts)[::7]:
        for news in book.news(participant, key):
            for known_by in {news, max(news, dt.date.min + DAY) - DAY}:
                line = law.timeline(RECORD, participant, key, known_by)
                for on in turning(line):
                    place = world.status(participant, key, on, known_by, today=today)
                    assert told(place) == lawful(line, on), (participant, key, on, known_by)


def test_a_place_lasts_as_long_as_nothing_differs(world: World) -> None:
    for key in RECORD.treaties:
        for participant in sorted(RECORD.participants)[::7]:
            line = law.timeline(RECORD, participant, key)
            for one in line.stretches:
                place = world.status(participant, key, one.start)
                assert place.start is None or place.start <= one.start
                assert place.end is None or (one.end is not None and one.end <= place.end)
                for day in (place.start, place.end - DAY if place.end else None):
                    assert day is None or lawful(line, day) == lawful(line, one.start)
                for day in (place.start - DAY if place.start else None, place.end):
                    assert day is None or lawful(line, day) != lawful(line, one.start)


def test_the_derivation_is_that_of_the_law(world: World) -> None:
    on, known_by = dt.date(2025, 12, 1), dt.date(2025, 8, 1)
    place = world.status("FIN", "apmbc", on, known_by)
    assert place.answer() == law.status(RECORD, "FIN", "apmbc", on=on, known_by=known_by)
    assert place.derivation == place.answer().derivation
    assert repr(place) == "<FIN apmbc on 2025-12-01 as known by 2025-08-01: party-withdrawal-notified>"
    lebanon = world.status("LBN", "apmbc", dt.date(2026, 5, 1))
    assert repr(lebanon) == "<LBN apmbc on 2026-05-01: none or contracting>"


def test_what_will_be_known_tomorrow_is_known_today_where_it_is_recorded(world: World) -> None:
    """As in the law: all that the record holds is known today."""
    on = dt.date(2025, 12, 1)
    early, today = dt.date(2025, 7, 1), dt.date(2025, 7, 1)
    assert told(world.status("FIN", "apmbc", on, early, today=today)) == told(
        world.status("FIN", "apmbc", on)
    )
    assert world.status("FIN", "apmbc", on, early).status == "party"


@pytest.mark.parametrize(("participant", "key"), [("XXX", "apmbc"), ("FIN", "xxx")])
def test_unknown_keys_are_refused_as_by_the_law(world: World, participant: str, key: str) -> None:
    with pytest.raises(UsageError) as said:
        law.status(RECORD, participant, key, on=ENTRY)
    with pytest.raises(UsageError) as also:
        world.status(participant, key, ENTRY)
    assert str(also.value) == str(said.value)


# Small worlds: any clauses, acts, conflicts and points.

delays = st.sampled_from(
    [
        SIX_MONTHS,
        NOTICE,
        Delay(amount=0, unit="day", rule=DelayRule.SAME_DAY),
        Delay(amount=30, unit="day", rule=DelayRule.ADD_DAYS),
        Delay(amount=90, unit="day", rule=DelayRule.FULL_DAYS_ELAPSED),
        Delay(amount=60, unit="day", rule=DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY),
        Delay(amount=3, unit="month", rule=DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH),
        Delay(amount=1, unit="year", rule=DelayRule.ADD_YEARS),
        Delay(amount=1, unit="day", rule=DelayRule.ADD_DAYS, after=NOTICE),
    ]
)


@st.composite
def treaties(draw: st.DrawFn) -> Treaty:
    """A treaty in force or not, that can be left or not."""
    carve_out: CarveOut | None = draw(
        st.sampled_from([None, CARVE_OUT, msgspec.structs.replace(CARVE_OUT, test_moment="notification")])
    )
    pact = treaty(draw(delays), draw(st.none() | delays), carve_out)
    entry = pact.final_clauses.entry_into_force
    assert entry.later_parties is not None
    later = msgspec.structs.replace(
        entry.later_parties, depositing_after=draw(st.sampled_from(["trigger", "entry_into_force"]))
    )
    initial = entry.initial
    if draw(st.integers(0, 4)) == 0:
        condition = msgspec.structs.replace(initial.condition, count=draw(st.sampled_from([2, 9])))
        initial = msgspec.structs.replace(
            initial, condition=condition, trigger_date=None, published_date=None
        )
    entry = msgspec.structs.replace(entry, later_parties=later, initial=initial)
    clauses = msgspec.structs.replace(pact.final_clauses, entry_into_force=entry)
    return msgspec.structs.replace(pact, final_clauses=clauses)


@st.composite
def partial_acts(draw: st.DrawFn) -> Action:
    """An act of which only a few days are known in which it lies."""
    first = draw(days)
    last = first + dt.timedelta(days=draw(st.integers(1, 20)))
    kind = draw(st.sampled_from([ActionKind.SIGNATURE, ActionKind.RATIFICATION, ActionKind.WITHDRAWAL]))
    return act("TWO", kind, f"{first}/{last}", draw(st.sampled_from([None, str(last), f"{last}/.."])))


points = st.builds(
    lambda since, length: ContestedPoint(
        id="a-point",
        kind="suspension",
        treaties=("pact",),
        participant="TWO",
        question="Is it bound?",
        since=since,
        until=None if length is None else since + dt.timedelta(days=length),
        readings=(
            Reading(id="A", holder="one", result="bound", bound=(BoundInterval(since=since),)),
            Reading(id="B", holder="other", result="not bound"),
        ),
    ),
    days,
    st.none() | st.integers(1, 900),
)


def agrees(small: Record, when: Iterable[dt.date], known: Iterable[dt.date | None]) -> None:
    """Every participant stands where the law says on these days as known by those."""
    world, today = World.of(small, cached=False), dt.date.max
    for participant in PARTICIPANTS:
        for known_by in known:
            line = law.timeline(small, participant, "pact", known_by)
            for on in {*when, *turning(line)}:
                answer = law.status(small, participant, "pact", on=on, known_by=known_by, today=today)
                dispute = line.at(on).dispute
                there = answer.status, answer.bound, answer.possible, dispute.id if dispute else None
                assert told(world.status(participant, "pact", on, known_by, today=today)) == there


@unhurried
@given(act_lists, conflict_lists, treaties(), days, days)
def test_small_worlds_agree(
    acts: list[Action], conflicts: list[ArmedConflict], pact: Treaty, on: dt.date, known_by: dt.date
) -> None:
    agrees(record(acts, conflicts, pact=pact), [on], [None, known_by])


@unhurried
@given(st.lists(exact_acts(), max_size=9), conflict_lists, treaties())
def test_small_worlds_agree_on_every_day_of_news(
    acts: list[Action], conflicts: list[ArmedConflict], pact: Treaty
) -> None:
    small = record(acts, conflicts, pact=pact)
    news = {day for who in PARTICIPANTS for day in chronicle(small).news(who, "pact")}
    agrees(small, [], sorted({*news, *(day - DAY for day in news)}))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(exact_acts(), max_size=4),
    st.lists(partial_acts(), max_size=1),
    st.lists(points, max_size=1),
    treaties(),
    st.tuples(days, days),
)
def test_worlds_with_partial_dates_and_contested_points_agree(
    acts: list[Action],
    partial: list[Action],
    contested: list[ContestedPoint],
    pact: Treaty,
    asked: tuple[dt.date, dt.date],
) -> None:
    small = record([*acts, *partial], contested=contested, pact=pact)
    agrees(small, asked[:1], [None, asked[1]])
