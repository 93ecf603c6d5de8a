"""By when a duty must be met: first deadlines, extensions, completions, days that recur."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from small_world import ENTRY, act, record, treaty

from inforce import law
from inforce.dates import day_of_each_year, parse_edtf
from inforce.errors import UsageError
from inforce.law.audit import audit_by_law
from inforce.record.audit import audit
from inforce.record.load import load
from inforce.record.model import Deadline, DeadlineExtension, Item, Obligation, Record
from inforce.vocabulary import ActionKind, Activity, ObligationModality

D = dt.date
FOUR_YEARS = Deadline(
    amount=4, unit="year", counted_from="entry-into-force-for-participant", recorded_through="2010"
)
HALF_A_YEAR = Deadline(amount=180, unit="day", counted_from="entry-into-force-for-participant")


def duty(deadline: Deadline, key: str = "clear") -> Obligation:
    return Obligation(
        id=key,
        article="5",
        activity=Activity.CLEAR,
        item="bow",
        modality=ObligationModality.REQUIRED,
        deadline=deadline,
    )


def extended(decided: str, until: str | None, obligation: str = "clear") -> DeadlineExtension:
    return DeadlineExtension(
        participant="ONE",
        treaty="pact",
        obligation=obligation,
        decided=parse_edtf(decided),
        until=parse_edtf(until) if until else None,
        decided_by="a meeting",
        source="its report",
        note="",
        file="extensions.csv",
        line=2,
    )


def world(
    *extensions: DeadlineExtension,
    rules: tuple[Obligation, ...] = (duty(FOUR_YEARS),),
    joined: str = "2000-02-01",
) -> Record:
    """Oneland under a duty to clear within four years of 1 June 2000."""
    pact = msgspec.structs.replace(treaty(), obligations=rules)
    base = record([act("ONE", ActionKind.RATIFICATION, joined)], pact=pact)
    return msgspec.structs.replace(base, items={"bow": Item(key="bow", label="bow")}, extensions=extensions)


def due(
    asked: Record, on: dt.date, known_by: dt.date | None = None, rule: str = "clear"
) -> law.DeadlineAnswer:
    answer = law.obligations(asked, "ONE", on=on, known_by=known_by)
    found = next(one.due for one in answer.rules if one.id == rule)
    assert found is not None
    return found


#: The worked examples of the first deadlines: treaty, rule, participant, day.
EXAMPLES = [
    ("apmbc", "apmbc-4", "FIN", D(2016, 7, 1)),
    ("apmbc", "apmbc-4", "POL", D(2017, 6, 1)),
    ("apmbc", "apmbc-5-1", "UKR", D(2016, 6, 1)),
    ("apmbc", "apmbc-7-1", "TON", D(2026, 5, 30)),
    ("ccm", "ccm-3-2", "CHE", D(2021, 1, 1)),
    ("ccm", "ccm-7-1", "NAM", D(2019, 7, 31)),
    ("tpnw", "tpnw-2", "IDN", D(2025, 1, 22)),
    ("cwc", "cwc-3-1", "SYR", D(2013, 11, 13)),
    ("bwc", "bwc-2", "FIN", D(1975, 12, 26)),
]


@pytest.mark.parametrize(("key", "rule", "participant", "day"), EXAMPLES)
def test_first_deadlines_count_from_the_participants_own_entry_into_force(
    key: str, rule: str, participant: str, day: dt.date
) -> None:
    bound = next(
        one.since for one in law.parties(load(), key, on=day).participants if one.participant == participant
    )
    answer = law.obligations(load(), participant, on=day)
    found = next(one.due for one in answer.rules if one.id == rule)
    assert found is not None
    assert (found.original, found.counted_from) == (day, bound)


def test_an_extension_counts_and_is_known_from_its_decision() -> None:
    asked = world(extended("2003-11-30", "2008-06-01"))
    assert due(asked, D(2003, 11, 29)).day == D(2004, 6, 1)
    found = due(asked, D(2003, 11, 30))
    assert (found.day, found.original, found.recorded_through) == (D(2008, 6, 1), D(2004, 6, 1), "2010")
    assert [(one.until, one.decided_by) for one in found.extensions] == [("2008-06-01", "a meeting")]
    assert due(asked, D(2005, 1, 1), known_by=D(2003, 11, 29)).day == D(2004, 6, 1)


def test_the_last_extension_prevails_and_a_deadline_met_is_no_longer_due() -> None:
    acts = (
        extended("2003-11-30", "2008-06-01"),
        extended("2007-11-30", "2010-01-01"),
        extended("2009-05-05", None),
    )
    assert due(world(*acts), D(2008, 1, 1)).day == D(2010, 1, 1)
    met = due(world(*acts), D(2009, 5, 5))
    assert (met.day, met.fulfilled, met.original) == (None, "2009-05-05", D(2004, 6, 1))
    again = due(world(*acts, extended("2011-06-01", "2013-01-01")), D(2011, 6, 1))
    assert (again.day, again.fulfilled) == (D(2013, 1, 1), None)


def test_a_partial_date_of_decision_or_deadline_gives_bounds() -> None:
    vague = world(extended("2003", "2008-06-01"))
    assert due(vague, D(2002, 12, 31)).day == D(2004, 6, 1)
    assert (due(vague, D(2003, 6, 1)).day, due(vague, D(2003, 6, 1)).between) == (
        None,
        (D(2004, 6, 1), D(2008, 6, 1)),
    )
    assert due(vague, D(2003, 12, 31)).day == D(2008, 6, 1)
    assert due(vague, D(2005, 1, 1), known_by=D(2003, 6, 1)).day == D(2004, 6, 1)
    found = due(world(extended("2003-11-30", "2008")), D(2004, 1, 1))
    assert (found.day, found.between) == (None, (D(2008, 1, 1), D(2008, 12, 31)))


def test_an_extension_from_a_time_before_the_participant_was_bound_anew_does_not_count() -> None:
    back = world(extended("2003-11-30", "2008-06-01"))
    acts = (
        *back.actions["pact"],
        act("ONE", ActionKind.WITHDRAWAL, "2004-01-15"),
        act("ONE", ActionKind.ACCESSION, "2005-01-15"),
    )
    again = msgspec.structs.replace(back, actions={"pact": acts})
    assert due(again, D(2006, 1, 1)).day == D(2009, 7, 1)


def test_a_period_from_the_treatys_entry_into_force_is_not_that_of_one_bound_after_it() -> None:
    period = msgspec.structs.replace(FOUR_YEARS, counted_from="entry-into-force-of-treaty")
    assert due(world(rules=(duty(period),), joined="2001-01-10"), D(2002, 1, 1)).day == D(2004, 6, 1)
    assert due(world(rules=(duty(period),), joined="2005-01-10"), D(2006, 1, 1)).day is None
    assert (ENTRY.year + 4, ENTRY.month) == (2004, 6)


@pytest.mark.parametrize(
    ("deadline", "on", "day"),
    [
        (Deadline(recurring="30 April each year"), D(2000, 7, 1), D(2001, 4, 30)),
        (Deadline(recurring="30 April each year, in words"), D(2001, 4, 30), D(2001, 4, 30)),
        (Deadline(recurring="30 April each year"), D(2001, 5, 1), D(2002, 4, 30)),
        (Deadline(recurring="30 April each year"), D(9999, 4, 30), D(9999, 4, 30)),
        (Deadline(recurring="30 April each year"), D(9999, 5, 1), None),
        (Deadline(recurring="1 October each year", after="first"), D(2000, 7, 1), D(2001, 10, 1)),
        (Deadline(recurring="31 May each year", full_year=True), D(2000, 7, 1), D(2002, 5, 31)),
        (Deadline(recurring="annually"), D(2000, 7, 1), None),
    ],
)
def test_what_recurs_falls_due_on_its_day_from_the_first_on(
    deadline: Deadline, on: dt.date, day: dt.date | None
) -> None:
    first = duty(msgspec.structs.replace(HALF_A_YEAR, amount=130), "first")
    asked = world(rules=(first, duty(deadline)))
    assert due(asked, on).day == day
    late = msgspec.structs.replace(first, deadline=HALF_A_YEAR)
    if deadline.after:
        assert due(world(rules=(late, duty(deadline))), on).first_due == D(2001, 10, 1)


def test_nothing_recurring_falls_due_after_a_withdrawal() -> None:
    asked = world(rules=(duty(Deadline(recurring="30 April each year")),))
    left = (*asked.actions["pact"], act("ONE", ActionKind.WITHDRAWAL, "2003-10-30"))
    leaving = msgspec.structs.replace(asked, actions={"pact": left})
    assert due(leaving, D(2003, 4, 30)).day == D(2003, 4, 30)
    assert due(leaving, D(2003, 5, 1)).day is None


@pytest.mark.parametrize("words", ["29 February each year", "31 April each year", "30 Aprl each year"])
def test_a_day_that_not_every_year_has_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="is no day of every year; write one such as 30 April"):
        day_of_each_year(words)


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (Deadline(recurring="29 February each year"), "'29 February' is no day of every year"),
        (Deadline(recurring="30 April, yearly"), 'write it as in "30 April each year"'),
        (Deadline(recurring="30 April each year", after="none"), 'after "none" is no obligation'),
        (msgspec.structs.replace(FOUR_YEARS, full_year=True), "nothing recurs"),
        (Deadline(amount=4), "a period needs amount, unit and counted_from"),
        (Deadline(extension="none"), "a deadline needs a period or a recurring day"),
    ],
)
def test_the_audit_finds_deadlines_that_cannot_be_counted(deadline: Deadline, text: str) -> None:
    found = [one.text for one in audit(world(rules=(duty(deadline),))) if one.level == "error"]
    assert any(text in one for one in found)


@pytest.mark.parametrize(
    ("extensions", "text"),
    [
        ((extended("2003-11-30", "2008", "other"),), '"other" is no obligation of pact with a deadline'),
        ((extended("2003-11-30", "2003-11-30"),), "not after the decision of 2003-11-30"),
        (
            (extended("2003-11-30", "2008"), extended("2002", "2009")),
            "decided 2002, not after the 2003-11-30",
        ),
        ((extended("2003", "2008"), extended("2005", "2006")), "extended until 2006, not beyond the 2008"),
    ],
)
def test_the_audit_finds_extensions_that_extend_nothing(
    extensions: tuple[DeadlineExtension, ...], text: str
) -> None:
    assert any(text in one.text for one in audit(world(*extensions)) if one.level == "error")


@pytest.mark.parametrize(
    ("extension", "text"),
    [
        (
            extended("2003-11-30", "2004-06-01"),
            "extended until 2004-06-01, not beyond its deadline of 2004-06-01",
        ),
        (extended("1999-11-30", "2004-06-02"), "decided 1999-11-30, when the treaty did not bind it"),
    ],
)
def test_the_law_finds_extensions_beside_the_original_deadline(
    extension: DeadlineExtension, text: str
) -> None:
    assert [one.text for one in audit_by_law(world(extension)) if "ONE clear" in one.text] == [
        f"ONE clear: {text}"
    ]


def test_an_extended_deadline_moves_in_the_calendar_and_one_that_was_met_is_cancelled() -> None:
    acts = (extended("2003-11-30", "2008-06-01"), extended("2007-11-30", "2010-01-01"))
    (moved,) = law.calendar(world(*acts), kinds=["deadline"]).entries
    assert (moved.first, moved.sequence, moved.changed) == (D(2010, 1, 1), 2, D(2007, 11, 30))
    (met,) = law.calendar(world(*acts, extended("2009-05-05", None)), kinds=["deadline"]).entries
    assert (met.first, met.sequence, met.state) == (D(2010, 1, 1), 3, "cancelled")
