"""The questions in Python: `import inforce`, and ask. Answers are the law's own types.

    >>> import inforce
    >>> inforce.status("Finland", "apmbc", on="2025-12-01").status
    <Status.PARTY_WITHDRAWAL_NOTIFIED: 'party-withdrawal-notified'>

States and treaties are taken by any of their names, days as dates or `YYYY-MM-DD`. `record` is another record
than the packaged one (`inforce.record.load`).
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable
from typing import Any, Literal

from inforce import questions
from inforce.checking import Report
from inforce.dates import parse_day
from inforce.errors import UsageError
from inforce.law import CountAnswer
from inforce.law.model import CalendarAnswer, EffectRow, PartiesAnswer, StatusAnswer
from inforce.law.world import World
from inforce.record.load import load
from inforce.record.model import Record
from inforce.reports.answer_tables import table
from inforce.reports.layout import Line
from inforce.reports.listings import ParticipantEntry, TreatyEntry, participant_entries, treaty_entries
from inforce.reports.obligation_rows import ObligationRow
from inforce.reports.table_files import Table, pandas_frame, polars_frame

Day = dt.date | str
_WIDTH = 100

__all__ = [
    "calendar",
    "check",
    "count",
    "effects",
    "frame",
    "list_states",
    "list_treaties",
    "obligations",
    "parties",
    "show",
    "status",
    "suppose",
    "world",
]


def status(
    participant: str,
    treaty: str,
    *,
    on: Day | None = None,
    known_by: Day | None = None,
    reading: str | None = None,
    record: Record | None = None,
) -> StatusAnswer:
    """Where a state stands towards a treaty on a day (today), as known on a day (today)."""
    return questions.status(
        _record(record),
        treaty,
        participant,
        today=_today(),
        on=_day(on),
        known_by=_day(known_by),
        reading=reading,
    )


def parties(
    treaty: str, *, on: Day | None = None, known_by: Day | None = None, record: Record | None = None
) -> PartiesAnswer:
    """Who stands how towards a treaty, and how many."""
    return questions.parties(_record(record), treaty, today=_today(), on=_day(on), known_by=_day(known_by))


def obligations(
    participant: str,
    *,
    item: str | None = None,
    activity: str | None = None,
    towards: str | None = None,
    on: Day | None = None,
    known_by: Day | None = None,
    record: Record | None = None,
) -> tuple[ObligationRow, ...]:
    """What binds a state on a day, and what does not: one row a rule."""
    return questions.obligations(
        _record(record),
        participant,
        today=_today(),
        item=item,
        activity=activity,
        towards=towards,
        on=_day(on),
        known_by=_day(known_by),
    )


def count(
    treaty: str,
    number: int,
    *,
    on: Day | None = None,
    since: Day | None = None,
    until: Day | None = None,
    known_by: Day | None = None,
    record: Record | None = None,
) -> CountAnswer:
    """By which way of counting, and on which days, a number of parties was right."""
    return questions.count(
        _record(record),
        treaty,
        number,
        today=_today(),
        on=_day(on),
        since=_day(since),
        until=_day(until),
        known_by=_day(known_by),
    )


def calendar(
    *,
    since: Day | None = None,
    until: Day | None = None,
    treaty: str | None = None,
    participant: str | None = None,
    kind: str | None = None,
    known_by: Day | None = None,
    record: Record | None = None,
) -> CalendarAnswer:
    """Coming and past dates of treaty law, from today where no first day is given."""
    return questions.calendar(
        _record(record),
        today=_today(),
        since=_day(since),
        until=_day(until),
        treaty=treaty,
        participant=participant,
        kind=kind,
        known_by=_day(known_by),
    )


def effects(treaty: str | None = None, *, record: Record | None = None) -> tuple[EffectRow, ...]:
    """Dates of effect, computed beside published."""
    return questions.effects(_record(record), treaty=treaty, today=_today())


def list_treaties(*, record: Record | None = None) -> tuple[TreatyEntry, ...]:
    """The treaties of the record."""
    return treaty_entries(_record(record))


def list_states(*, record: Record | None = None) -> tuple[ParticipantEntry, ...]:
    """The states and organisations of the record."""
    return participant_entries(_record(record))


def suppose(*acts: str, record: Record | None = None) -> Record:
    """The record with acts added that nobody did; ask the questions of it with `record=`."""
    return questions.supposing(_record(record), acts)


def check(
    text: str, *, published: Day | None = None, as_of: Day | None = None, record: Record | None = None
) -> Report:
    """What an article says about treaty law: its claims, each with its verdict."""
    from inforce.checking import check as judge  # noqa: PLC0415 - the reader is loaded for articles alone
    from inforce.reading import read  # noqa: PLC0415
    from inforce.reading.document import document_from_text  # noqa: PLC0415

    held = _record(record)
    document = document_from_text(text, "text", published=_day(published))
    return judge(document, read(document, held), held, as_of=_day(as_of), today=_today())


def world(*, record: Record | None = None) -> World:
    """All timelines as columns, for many questions at once (docs/world.md)."""
    return World.of(_record(record))


def frame(
    answer: object, kind: Literal["polars", "pandas"] = "polars", *, record: Record | None = None
) -> Any:
    """An answer that is a table as a frame of Polars or pandas. Raises `UsageError` for one that is none."""
    return (polars_frame if kind == "polars" else pandas_frame)(_table(answer, _record(record)))


class Shown:
    """An answer with a face: laid out as the command line prints it, escaped where a notebook shows it."""

    def __init__(self, answer: object, record: Record) -> None:
        self.answer = answer
        self._text, self._html = _faces(answer, record)

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html


def show(answer: object, *, record: Record | None = None) -> Shown:
    """An answer as a notebook and a terminal can show it; the answer itself is its `answer`."""
    return Shown(answer, _record(record))


_ROWS: dict[type, str] = {
    EffectRow: "effects",
    ObligationRow: "obligations",
    TreatyEntry: "treaties",
    ParticipantEntry: "states",
}


def _table(answer: object, record: Record) -> Table:
    if isinstance(answer, PartiesAnswer):
        return table("parties", answer, record)
    if isinstance(answer, CalendarAnswer):
        return table("calendar", answer, record)
    if isinstance(answer, tuple) and answer and type(answer[0]) in _ROWS:
        return table(_ROWS[type(answer[0])], answer, record)
    raise UsageError("this answer is no table; give that of parties, calendar, effects or obligations")


def _faces(answer: object, record: Record) -> tuple[str, str]:
    """As text, and as HTML in which every text is escaped."""
    from inforce.reports.layout import printed  # noqa: PLC0415 - what is not shown needs no face

    lines = _laid_out(answer, record)
    if lines is not None:
        text = printed(lines, colour=False)
        return text, f"<pre>{html.escape(text)}</pre>"
    held = _table(answer, record)
    head = "".join(f"<th>{html.escape(one.name)}</th>" for one in held.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{_escaped(value)}</td>' for value in row)}</tr>" for row in held.rows)
    text = "\n".join("  ".join("" if value is None else str(value) for value in row) for row in held.rows)
    return text, f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _escaped(value: object) -> str:
    return "" if value is None else html.escape(str(value))


def _laid_out(answer: object, record: Record) -> Iterable[Line] | None:
    """The lines of the command line, for answers that are no table alone."""
    from inforce.reports.count_tables import count_table  # noqa: PLC0415
    from inforce.reports.tables import parties_table, status_table  # noqa: PLC0415
    from inforce.reports.text import text_report  # noqa: PLC0415

    if isinstance(answer, StatusAnswer):
        return status_table(answer, record, why=True, width=_WIDTH)
    if isinstance(answer, PartiesAnswer):
        return parties_table(answer, record, width=_WIDTH)
    if isinstance(answer, CountAnswer):
        return count_table(answer, record, why=True, width=_WIDTH)
    if isinstance(answer, Report):
        return text_report(answer, record, width=_WIDTH)
    return None


def _record(given: Record | None) -> Record:
    return load() if given is None else given


def _day(given: Day | None) -> dt.date | None:
    return parse_day(given) if isinstance(given, str) else given


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
