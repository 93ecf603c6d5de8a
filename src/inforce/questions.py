"""The questions as people put them: states, treaties and supposed acts in any of their words.

One function a question, of a record that is given, for every face that is no command line: the API, the
server for language models, and Python. The answers are the law's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from inforce import law
from inforce.errors import UsageError
from inforce.law.model import CalendarAnswer, EffectRow, PartiesAnswer, StatusAnswer
from inforce.law.obligation_model import TransferAnswer
from inforce.record.cases import worked_examples
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty
from inforce.record.supposition import read_supposition
from inforce.reports.obligation_rows import ObligationRow, obligation_rows
from inforce.reports.treaty_answer import TreatyAnswer, treaty_answer


def status(
    record: Record,
    treaty: str,
    participant: str,
    *,
    today: dt.date,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    reading: str | None = None,
) -> StatusAnswer:
    """Where a state stands towards a treaty on a day, as known on a day."""
    who, what = find_participant(record, participant).key, find_treaty(record, treaty).key
    return law.status(record, who, what, on=on or today, known_by=known_by, today=today, reading=reading)


def parties(
    record: Record,
    treaty: str,
    *,
    today: dt.date,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
) -> PartiesAnswer:
    """Who stands how towards a treaty, and how many."""
    what = find_treaty(record, treaty).key
    return law.parties(record, what, on=on or today, known_by=known_by, today=today)


def count(
    record: Record,
    treaty: str,
    number: int,
    *,
    today: dt.date,
    since: dt.date | None = None,
    until: dt.date | None = None,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
) -> law.CountAnswer:
    """By which way of counting, and on which days, a number of parties was right."""
    if on is not None and (since or until):
        raise UsageError("on asks about one day; leave out from and to")
    what = find_treaty(record, treaty).key
    first, last = on or since, on or until
    return law.count(record, what, number, first=first, last=last, known_by=known_by, today=today)


def condition(
    record: Record,
    treaty: str,
    *,
    today: dt.date,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
) -> law.EntryConditionAnswer:
    """What a treaty's entry into force asks and has."""
    what = find_treaty(record, treaty).key
    return law.entry_condition(record, what, on=on or today, known_by=known_by, today=today)


def obligations(
    record: Record,
    participant: str,
    *,
    today: dt.date,
    item: str | None = None,
    activity: str | None = None,
    towards: str | None = None,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    reading: str | None = None,
) -> tuple[ObligationRow, ...]:
    """What binds a state on a day, and what does not."""
    answer = law.obligations(
        record,
        find_participant(record, participant).key,
        item=item,
        activity=activity,
        on=on or today,
        known_by=known_by,
        today=today,
        reading=reading,
        towards=None if towards is None else find_participant(record, towards).key,
    )
    return tuple(obligation_rows(answer))


def transfer(
    record: Record,
    supplier: str,
    recipient: str,
    *,
    item: str,
    today: dt.date,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
) -> TransferAnswer:
    """What binds the supplier and the recipient of a transfer; no verdict joins the two."""
    ends = [find_participant(record, one).key for one in (supplier, recipient)]
    return law.transfer(record, *ends, item=item, on=on or today, known_by=known_by, today=today)


def _points(
    record: Record,
    *,
    today: dt.date,
    on: dt.date | None,
    known_by: dt.date | None,
    to_on: dt.date | None,
    to_known_by: dt.date | None,
) -> tuple[law.Point, law.Point]:
    """Two points of a comparison; what the second leaves out is as at the first, but knowledge is today's."""
    first, second = on or today, to_on or on or today
    if (first, min(known_by or today, today)) == (second, min(to_known_by or today, today)):
        raise UsageError("both points are the same; give known-by, to-on or to-known-by")
    return law.Point(record, first, known_by), law.Point(record, second, to_known_by)


def diff_status(
    record: Record,
    treaty: str,
    participant: str,
    *,
    today: dt.date,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    to_on: dt.date | None = None,
    to_known_by: dt.date | None = None,
) -> law.StatusDiff:
    """Why a state's status differs between two points."""
    points = _points(record, today=today, on=on, known_by=known_by, to_on=to_on, to_known_by=to_known_by)
    who, what = find_participant(record, participant).key, find_treaty(record, treaty).key
    return law.diff_status(*points, who, what, today=today)


def diff_parties(
    record: Record,
    treaty: str,
    *,
    today: dt.date,
    on: dt.date | None = None,
    known_by: dt.date | None = None,
    to_on: dt.date | None = None,
    to_known_by: dt.date | None = None,
) -> law.PartiesDiff:
    """Whose status differs between two points, and why."""
    points = _points(record, today=today, on=on, known_by=known_by, to_on=to_on, to_known_by=to_known_by)
    return law.diff_parties(*points, find_treaty(record, treaty).key, today=today)


def effects(record: Record, *, treaty: str | None = None, today: dt.date) -> tuple[EffectRow, ...]:
    """Dates of effect, computed beside published."""
    return tuple(law.effects(record, None if treaty is None else [find_treaty(record, treaty).key]))


def calendar(
    record: Record,
    *,
    today: dt.date,
    since: dt.date | None = None,
    until: dt.date | None = None,
    treaty: str | None = None,
    participant: str | None = None,
    kind: str | None = None,
    known_by: dt.date | None = None,
) -> CalendarAnswer:
    """Coming and past dates of treaty law, from today where no first day is given."""
    return law.calendar(
        record,
        since=since or today,
        until=until,
        treaties=[] if treaty is None else [find_treaty(record, treaty).key],
        participants=[] if participant is None else [find_participant(record, participant).key],
        kinds=[] if kind is None else [kind],
        known_by=known_by,
        today=today,
    )


def treaty(record: Record, treaty: str, *, today: dt.date) -> TreatyAnswer:
    """What the record says of a treaty, as of the day to which it is verified, whatever day it is."""
    key = find_treaty(record, treaty).key
    return treaty_answer(record, key, worked_examples(key))


def supposing(record: Record, acts: Sequence[str]) -> Record:
    """The record with acts added that nobody did, each in words: `POL accession apmbc 2027-01-15`."""
    return law.suppose(record, [one for text in acts for one in read_supposition(record, text)])
