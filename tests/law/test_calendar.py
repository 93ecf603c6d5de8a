"""The calendar: which dates there are, and how an entry follows a day that moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import act, act_lists, conflict_lists, days, record, treaty

from inforce import law
from inforce.errors import UsageError
from inforce.law.model import CalendarEntry
from inforce.record import load
from inforce.record.model import Action, ArmedConflict, Ended, Extension, Record, Term
from inforce.vocabulary import ActionKind, DateKind

RECORD = load()
NOTICE = [
    act("ONE", ActionKind.RATIFICATION, "2000-03-01"),
    act("ONE", ActionKind.WITHDRAWAL, "2004-01-31"),
]
EFFECT = "pact.one.withdrawal-1.effect@inforce"


def entries(asked: Record, known_by: dt.date | None = None) -> dict[str, CalendarEntry]:
    """All entries by UID, as known by a day long before today."""
    answer = law.calendar(asked, known_by=known_by, today=dt.date(2030, 1, 1))
    found = {entry.uid: entry for entry in answer.entries}
    assert len(found) == len(answer.entries), "two entries of one UID"
    return found


def once(acts: list[Action]) -> list[Action]:
    """The acts as a record may hold them: none given twice."""
    return list({(one.participant, one.kind, one.date.text): one for one in acts}.values())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("uid", "before", "after", "stood"),
    [
        ("rome-statute.gmb.withdrawal-1.effect@inforce", "2016-12-01", "2017-02-10", "2017-11-10"),
        ("rome-statute.zaf.withdrawal-1.effect@inforce", "2016-12-01", "2017-03-07", "2017-10-19"),
        ("rome-statute.mys.consent-1.effect@inforce", "2019-03-05", "2019-04-29", "2019-06-01"),
    ],
)
def test_an_act_taken_back_cancels_the_entry_under_its_uid(
    uid: str, before: str, after: str, stood: str
) -> None:
    first, then = (entries(RECORD, day(known))[uid] for known in (before, after))
    assert (first.state, first.sequence, first.first) == ("confirmed", 0, day(stood))
    assert (then.state, then.sequence, then.first) == ("cancelled", 1, day(stood))
    assert then.changed == day(after)
    assert then.because[: len(first.because)] == first.because
    assert len(then.because) > len(first.because)


def test_a_revocation_is_the_last_reason_of_a_cancelled_withdrawal() -> None:
    gambia = entries(RECORD)["rome-statute.gmb.withdrawal-1.effect@inforce"]
    assert "revocation" in gambia.because[-2].text
    assert gambia.because[-2].source == "UN spokesman 2017-02"


def test_a_supposed_armed_conflict_moves_the_end_of_a_notice() -> None:
    conflict = ArmedConflict(
        participant="FIN", since=day("2025-12-01"), until=day("2026-06-15"), claim="supposed", source="nobody"
    )
    supposed = msgspec.structs.replace(RECORD, conflicts=(*RECORD.conflicts, conflict))
    uid = "apmbc.fin.withdrawal-1.effect@inforce"
    known = [entries(supposed, day(text)) for text in ("2025-11-01", "2026-01-01", "2026-06-20")]
    told = [(one[uid].first.isoformat(), one[uid].state, one[uid].sequence) for one in known]
    assert told == [
        ("2026-01-10", "confirmed", 0),
        ("2026-01-10", "tentative", 1),
        ("2026-06-15", "confirmed", 2),
    ]
    assert known[2][uid].before == ((day("2026-01-10"), day("2026-01-10")),)
    notice = known[2]["apmbc.fin.withdrawal-1.notice@inforce"]
    assert (notice.kind, notice.first) == (DateKind.END_OF_NOTICE, day("2026-01-10"))
    assert [reading.id for reading in known[1][uid].readings] == ["deferred", "in-effect"]


def test_a_second_notice_is_another_entry() -> None:
    again = [
        *NOTICE,
        act("ONE", ActionKind.REVOCATION, "2004-03-01"),
        act("ONE", ActionKind.WITHDRAWAL, "2005-01-31"),
    ]
    found = entries(record(again))
    assert found[EFFECT].state == "cancelled"
    second = found["pact.one.withdrawal-2.effect@inforce"]
    assert (second.state, second.first, second.sequence) == ("confirmed", day("2005-07-31"), 0)


def test_a_day_not_recorded_is_a_range_and_said_to_be_one() -> None:
    found = entries(record([*NOTICE[:1], act("ONE", ActionKind.WITHDRAWAL, "2004-01")]))[EFFECT]
    assert (found.first, found.last) == (day("2004-07-01"), day("2004-07-31"))
    assert found.summary.endswith(", on a day not recorded")


def test_a_contested_point_gives_its_days_and_those_of_its_readings() -> None:
    found = [entry for uid, entry in entries(RECORD).items() if ".contested.dprk-npt." in uid]
    assert sorted(entry.first.isoformat() for entry in found) == ["2003-01-11", "2003-01-11", "2003-04-10"]
    assert {entry.state for entry in found} == {"tentative"}
    assert all(entry.readings for entry in found)


def test_what_lapses_by_leaving_is_cancelled_and_what_is_past_by_then_is_not() -> None:
    lapsed = entries(RECORD)["cwc.pse.consent-1.deadline.cwc-3-1@inforce"]
    assert lapsed.state == "cancelled"
    finland = entries(RECORD)
    assert finland["apmbc.fin.consent-1.deadline.apmbc-4@inforce"].first == day("2016-07-01")
    assert finland["apmbc.fin.consent-1.deadline.apmbc-4@inforce"].state == "confirmed"
    assert finland["apmbc.fin.consent-1.effect@inforce"].first == day("2012-07-01")
    assert finland["apmbc.treaty.entry@inforce"].first == day("1999-03-01")


def test_a_former_state_that_was_no_more_is_the_reason_of_a_cancelled_entry() -> None:
    found = entries(RECORD)["open-skies.csk.consent-1.effect@inforce"]
    assert found.state == "cancelled"
    assert "is no more since" in found.because[-1].text


def test_a_term_extended_moves_its_end_under_the_same_uid() -> None:
    term = Term(
        amount=5,
        unit="year",
        extensions=(Extension(decided=day("2005-03-01"), amount=2, unit="year", source="a list"),),
    )
    early, late = (entries(ended_record(term=term), day(known)) for known in ("2005-02-28", "2005-03-01"))
    uid = "pact.treaty.term@inforce"
    assert (early[uid].first, early[uid].sequence) == (day("2005-06-01"), 0)
    assert (late[uid].first, late[uid].sequence, late[uid].changed) == (
        day("2007-06-01"),
        1,
        day("2005-03-01"),
    )
    assert late[uid].kind is DateKind.TERM_ENDS


def test_a_treaty_that_ended_before_its_term_has_an_end_and_no_end_of_term() -> None:
    ended = Ended(date=day("2004-08-02"), known=day("2004-02-01"), because="both parties left")
    found = entries(ended_record(term=Term(amount=5, unit="year"), ended=ended))
    assert (found["pact.treaty.term@inforce"].state, found["pact.treaty.term@inforce"].sequence) == (
        "cancelled",
        1,
    )
    assert found["pact.treaty.end@inforce"].first == day("2004-08-02")
    assert found["pact.treaty.end@inforce"].changed == day("2004-02-01")
    assert "both parties left" in found["pact.treaty.end@inforce"].because[-1].text


def ended_record(**clauses: Any) -> Record:
    pact = treaty()
    changed = msgspec.structs.replace(pact.final_clauses, **clauses)
    return record(NOTICE[:1], pact=msgspec.structs.replace(pact, final_clauses=changed))


def test_the_window_the_states_the_treaties_and_the_kinds_narrow_the_calendar() -> None:
    answer = law.calendar(
        RECORD,
        since=day("2025-12-27"),
        until=day("2026-02-20"),
        treaties=["apmbc"],
        participants=["LTU", "FIN"],
        kinds=["withdrawal-effect"],
        today=day("2026-11-22"),
    )
    assert [(entry.participant, entry.first.isoformat()) for entry in answer.entries] == [
        ("LTU", "2025-12-27"),
        ("FIN", "2026-01-10"),
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kinds": ["party"]}, "unknown kind of date 'party'; choose one of treaty-entry-into-force"),
        ({"since": dt.date(2026, 1, 2), "until": dt.date(2026, 1, 1)}, "before it begins on 2026-01-02"),
        ({"treaties": ["apmcb"]}, "unknown treaty 'apmcb'"),
        ({"participants": ["FIM"]}, "unknown participant 'FIM'"),
    ],
)
def test_what_cannot_be_asked_is_refused(asked: dict[str, Sequence[str]], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        law.calendar(RECORD, **asked)  # type: ignore[arg-type]


@settings(deadline=None)
@given(act_lists, conflict_lists, days, st.integers(0, 900))
def test_later_knowledge_keeps_every_uid_and_counts_every_change(
    acts: list[Action], conflicts: list[ArmedConflict], known: dt.date, later: int
) -> None:
    asked = record(once(acts), conflicts)
    early, late = entries(asked, known), entries(asked, known + dt.timedelta(days=later))
    assert early.keys() <= late.keys()
    for uid, before in early.items():
        after = late[uid]
        assert after.sequence >= before.sequence
        assert after.changed >= before.changed
        if (before.first, before.last, before.state) != (after.first, after.last, after.state):
            assert after.sequence > before.sequence


@settings(deadline=None)
@given(act_lists, conflict_lists, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    acts: list[Action], conflicts: list[ArmedConflict], order: Random
) -> None:
    acts = once(acts)
    mixed = list(acts)
    order.shuffle(mixed)
    assert entries(record(acts, conflicts)) == entries(record(mixed, conflicts))
