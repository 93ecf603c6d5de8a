"""The iCalendar file, read back by a parser: what it says, and that it stays the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from icalendar import Calendar
from made_reports import RECORD

from inforce import law
from inforce.law.model import CalendarAnswer
from inforce.record.model import ArmedConflict, Record
from inforce.reports.ical import ical

TODAY = dt.date(2026, 11, 22)
HOSTILE = 'Fin;la,nd\\\r\nEND:VEVENT\r\nBEGIN:VALARM\x1b[2J \u202e"ё' + "ä" * 80

SHOWN_AS = dict.fromkeys((0x0D, 0x1B, 0x202E), "\N{REPLACEMENT CHARACTER}")


def answer(record: Record = RECORD, known_by: dt.date | None = None) -> CalendarAnswer:
    return law.calendar(
        record,
        treaties=["apmbc", "rome-statute", "npt"],
        participants=["FIN", "GMB", "LBN", "PRK"],
        known_by=known_by,
        today=TODAY,
    )


def events(content: bytes) -> dict[str, Any]:
    found = {str(event["UID"]): event for event in Calendar.from_ical(content).walk("VEVENT")}
    assert len(found) == content.count(b"BEGIN:VEVENT")
    return found


def named(name: str) -> Record:
    finland = msgspec.structs.replace(RECORD.participants["FIN"], name=name)
    return msgspec.structs.replace(RECORD, participants={**RECORD.participants, "FIN": finland})


@pytest.mark.parametrize("record", [RECORD, named(HOSTILE)], ids=["packaged", "hostile"])
def test_a_parser_reads_back_every_entry(record: Record) -> None:
    given = answer(record)
    content = ical(given)
    found = events(content)
    assert len(found) == len(given.entries) > 10
    for entry in given.entries:
        event = found[entry.uid]
        assert event.decoded("DTSTART") == entry.first
        assert event.decoded("DTEND") == entry.last + dt.timedelta(days=1)
        assert event.decoded("DTSTAMP").date() == event.decoded("LAST-MODIFIED").date() == entry.changed
        assert (event["SEQUENCE"], event["STATUS"]) == (entry.sequence, entry.state.upper())
        assert event["SUMMARY"].split() == entry.summary.translate(SHOWN_AS).split()
        assert entry.because[0].text.split()[0] in event["DESCRIPTION"]
    assert {event.name for event in Calendar.from_ical(content).walk()} == {"VCALENDAR", "VEVENT"}


def test_lines_are_folded_at_75_octets_and_no_character_is_cut() -> None:
    lines = ical(answer(named(HOSTILE))).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any("ä".encode() * 20 in line for line in lines)
    for line in lines:
        line.decode("utf-8")
        assert not any(octet < 0x20 and octet != 0x09 for octet in line), line


def test_a_day_not_recorded_is_an_event_over_the_days_it_can_be() -> None:
    event = next(
        event
        for event in events(ical(answer())).values()
        if str(event["SUMMARY"]).endswith("a day not recorded")
    )
    assert "Lebanon" in event["SUMMARY"]
    assert event.decoded("DTEND") - event.decoded("DTSTART") > dt.timedelta(days=30)


def test_a_revoked_notice_updates_its_event_and_doubles_nothing() -> None:
    early, late = (events(ical(answer(known_by=known))) for known in (dt.date(2016, 12, 1), None))
    uid = "rome-statute.gmb.withdrawal-1.effect@inforce"
    assert (early[uid]["STATUS"], early[uid]["SEQUENCE"]) == ("CONFIRMED", 0)
    assert (late[uid]["STATUS"], late[uid]["SEQUENCE"]) == ("CANCELLED", 1)
    assert late[uid].decoded("DTSTAMP") > early[uid].decoded("DTSTAMP")
    assert early.keys() <= late.keys()


def test_a_deferred_effect_moves_its_event() -> None:
    conflict = ArmedConflict(
        participant="FIN",
        since=dt.date(2025, 12, 1),
        until=dt.date(2026, 6, 15),
        claim="supposed",
        source="nobody",
    )
    supposed = msgspec.structs.replace(RECORD, conflicts=(*RECORD.conflicts, conflict))
    early, late = (events(ical(answer(supposed, known))) for known in (dt.date(2025, 11, 1), None))
    uid = "apmbc.fin.withdrawal-1.effect@inforce"
    assert early[uid].decoded("DTSTART") == dt.date(2026, 1, 10)
    assert late[uid].decoded("DTSTART") == dt.date(2026, 6, 15)
    assert late[uid]["SEQUENCE"] > early[uid]["SEQUENCE"]
    assert "Earlier: 10 January 2026." in late[uid]["DESCRIPTION"]


def test_the_same_record_gives_the_same_bytes_on_any_day_and_in_any_process() -> None:
    script = (
        "import datetime as dt, hashlib; from inforce import law; from inforce.record import load;"
        "from inforce.reports.ical import ical;"
        "answer = law.calendar(load(), treaties=['apmbc'], today=dt.date({year}, 12, 31));"
        "print(hashlib.sha256(ical(answer)).hexdigest())"
    )
    given = ical(law.calendar(RECORD, treaties=["apmbc"], today=TODAY))
    for year in (2026, 2040):
        told = subprocess.run(
            [sys.executable, "-c", script.format(year=year)],
            env={**os.environ, "PYTHONHASHSEED": str(year), "TZ": "Pacific/Kiritimati"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.strip() == hashlib.sha256(given).hexdigest()
