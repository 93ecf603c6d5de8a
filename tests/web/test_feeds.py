"""Feeds read back by parsers: what they hold, and that an entry stays itself when a day is corrected."""

from __future__ import annotations

import feedparser
import msgspec
import pytest
from icalendar import Calendar
from visiting import DAY, RECORD, ask

from inforce import law
from inforce.dates import parse_edtf
from inforce.record.model import Record
from inforce.reports.act_feed import act_entries
from inforce.vocabulary import ActionKind


@pytest.mark.parametrize(
    ("path", "treaty", "participant"),
    [("/treaties/apmbc/calendar.ics", "apmbc", None), ("/states/Finland/calendar.ics", None, "FIN")],
)
def test_a_calendar_holds_the_dates_of_the_law(
    path: str, treaty: str | None, participant: str | None
) -> None:
    told = ask(path)
    assert told.headers["content-type"].startswith("text/calendar")
    expected = law.calendar(
        RECORD,
        treaties=[treaty] if treaty else [],
        participants=[participant] if participant else [],
        today=DAY,
    )
    found = {str(event["UID"]): event for event in Calendar.from_ical(told.content).walk("VEVENT")}
    assert found.keys() == {entry.uid for entry in expected.entries}
    assert len(found) > 5
    assert all(found[one.uid].decoded("DTSTART") == one.first for one in expected.entries)
    assert ask(path, headers={"If-None-Match": told.headers["etag"]}).status_code == 304


def test_the_calendar_of_all_begins_a_year_ago() -> None:
    events = Calendar.from_ical(ask("/calendar.ics").content).walk("VEVENT")
    assert events
    assert min(event.decoded("DTEND") for event in events).year >= DAY.year - 1


@pytest.mark.parametrize("path", ["/treaties/apmbc/actions.atom", "/states/FIN/actions.atom", "/latest.atom"])
def test_a_feed_of_acts_is_atom(path: str) -> None:
    told = ask(path)
    assert told.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(told.content)
    assert not feed.bozo
    assert 10 < len(feed.entries) <= 100
    ids = [one.id for one in feed.entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("tag:inforce,2026:act:") for one in ids)
    moments = [one.updated for one in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.feed.updated == moments[0] <= str(DAY.replace(day=2))


def test_an_entry_tells_the_effect_and_the_source() -> None:
    entries = {one.id: one for one in act_entries(RECORD, DAY, treaty="apmbc")}
    notice = entries["tag:inforce,2026:act:apmbc.fin.withdrawal-1"]
    assert notice.updated == "2025-07-10T00:00:00+00:00"
    assert "It takes effect on 10 January 2026." in notice.content
    assert "Source: " in notice.content


def test_an_entry_stays_itself_when_its_day_is_corrected() -> None:
    later = parse_edtf("2025-07-20")

    def moved(record: Record) -> Record:
        acts = tuple(
            msgspec.structs.replace(act, date=later, known=later)
            if (act.participant, act.kind) == ("FIN", ActionKind.WITHDRAWAL)
            else act
            for act in record.actions["apmbc"]
        )
        return msgspec.structs.replace(record, actions={**record.actions, "apmbc": acts}, hash="moved")

    before, after = (
        {one.id: one.updated for one in act_entries(record, DAY, treaty="apmbc", participant="FIN")}
        for record in (RECORD, moved(RECORD))
    )
    assert before.keys() == after.keys()
    changed = {one for one in before if before[one] != after[one]}
    assert changed == {"tag:inforce,2026:act:apmbc.fin.withdrawal-1"}


def test_other_forms_and_names_are_told() -> None:
    assert "there is .ics" in ask("/treaties/apmbc/calendar.json").json()["detail"]
    assert ask("/treaties/nonsense/actions.atom").status_code == 400
    assert ask("/states/FIN/actions.atom?from=2020-01-01").status_code == 400
