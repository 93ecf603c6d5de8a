"""Answers as tables: one row a participant, act, date, rule or claim; what is nested is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from inforce.reports.naming import participant_name
from inforce.reports.table_files import Column, Table

if TYPE_CHECKING:
    from inforce.law.model import Between, CalendarAnswer, EffectRow, PartiesAnswer, Standing
    from inforce.record.model import Record
    from inforce.reports.ledger_json import FoundAnswer
    from inforce.reports.listings import ParticipantEntry, TreatyEntry
    from inforce.reports.obligation_rows import ObligationRow

Row = tuple[Any, ...]

_CODE: Final = "ISO 3166-1 alpha-3 code"

# fmt: off
_PARTIES = (
    Column("participant", "string", _CODE),
    Column("name", "string", "usual short name"),
    Column("status", "string", "status on the day; several with | between where the record leaves it open"),
    Column("since", "string", "first day of the status, or first and last day it can be"),
    Column("until", "string", "first day on which it is over, or first and last day it can be"),
    Column("bound", "boolean", "whether the treaty binds it on the day; empty where contested or open"),
)
_EFFECTS = (
    Column("treaty", "string", "the record's key"),
    Column("participant", "string", _CODE),
    Column("action", "string", "kind of treaty action"),
    Column("date", "string", "deposit or receipt, EDTF"),
    Column("effect_computed", "date", "day of effect by the clauses"),
    Column("effect_first", "date", "first day it can be, where the act's date is partial"),
    Column("effect_last", "date", "last day it can be"),
    Column("effect_published", "date", "as published"),
    Column("agrees", "boolean", "whether the two agree; empty where there is nothing to compare"),
    Column("explained", "string", "why the two differ"),
)
_CALENDAR = (
    Column("uid", "string", "stays when the day moves"),
    Column("kind", "string", "kind of date"),
    Column("treaty", "string", "the record's key"),
    Column("participant", "string", _CODE + "; empty for a date of the treaty itself"),
    Column("first", "date", "the day, or the first it can be"),
    Column("last", "date", "the day, or the last it can be"),
    Column("state", "string", "confirmed, tentative or cancelled"),
    Column("summary", "string", "what happens"),
    Column("sequence", "integer", "how often the date was changed"),
    Column("changed", "date", "when last"),
    Column("verified_through", "string", "to when the treaty's record is known complete, EDTF"),
)
_OBLIGATIONS = (
    Column("participant", "string", _CODE),
    Column("on", "date", "day asked about"),
    Column("known_by", "date", "as known on that day"),
    Column("kind", "string", "rule, provisional, custom, freedom, first-free-day, governing or in-common"),
    Column("treaty", "string", "the record's key"),
    Column("article", "string", "article of the treaty"),
    Column("activity", "string", "use, produce, stockpile, transfer, ..."),
    Column("item", "string", "weapon category"),
    Column("modality", "string", "prohibited, required, restricted, not-prohibited, ..."),
    Column("conditions", "string", "under which it holds"),
    Column("since", "date", "from that day"),
    Column("until", "date", "until that day, exclusive"),
    Column("deadline", "date", "by when it must be met"),
    Column("bound", "boolean", "empty where contested or open"),
    Column("because", "string", "why, for what is no rule"),
)
_TREATIES = (
    Column("key", "string", "the record's key"),
    Column("name", "string", "usual name"),
    Column("title", "string", "full title"),
    Column("mtdsg", "string", "number in the UN Treaty Collection"),
    Column("unts", "integer", "registration number in the UN Treaty Series"),
    Column("depositary", "string", "who keeps it"),
    Column("adopted", "date", "day of adoption"),
    Column("parent", "string", "treaty that it is a protocol of"),
    Column("actions", "integer", "recorded acts"),
    Column("verified_through", "string", "to when the record is known complete, EDTF"),
)
_STATES = (
    Column("key", "string", _CODE + "; EUE for the European Union"),
    Column("iso2", "string", "ISO 3166-1 alpha-2 code"),
    Column("kind", "string", "state, organisation or former-state"),
    Column("name", "string", "usual short name"),
    Column("formal_name", "string", "formal name"),
    Column("until", "date", "first day on which it was no more"),
)
_CLAIMS = (
    Column("id", "integer", "number of the claim in the ledger"),
    Column("document", "integer", "number of its document"),
    Column("source", "string", "address or file of the document"),
    Column("title", "string", "its title"),
    Column("published", "date", "day of publication"),
    Column("said", "string", "the words of the text"),
    Column("kind", "string", "kind of claim (inforce-check/1)"),
    Column("predicate", "string", "predicate of its kind"),
    Column("subject", "string", "codes of states, blanks between"),
    Column("treaty", "string", "the record's key"),
    Column("speaker", "string", "who says so in the text"),
    Column("verdict", "string", "as of its own day"),
    Column("correction", "string", "what was so on that day"),
    Column("verdict_now", "string", "as it stands now"),
    Column("correction_now", "string", "what is so now"),
)
# fmt: on


def table(name: str, answer: Any, record: Record) -> Table:
    """An answer as the table of that name in `TABLES`."""
    columns, rows = TABLES[name]
    return Table(name, columns, tuple(rows(answer, record)))


def _parties(answer: PartiesAnswer, record: Record) -> Iterable[Row]:
    for one in answer.participants:
        name = participant_name(one.participant, record)
        since, until = _day(one.since, one.since_between), _day(one.until, one.until_between)
        yield one.participant, name, _status(one), since, until, one.bound


def _status(one: Standing) -> str:
    return one.status or "|".join(one.possible)


def _day(day: date | None, between: Between | None) -> str | None:
    if day is not None:
        return day.isoformat()
    return f"{between[0]}/{between[1]}" if between else None


def _effects(answer: Sequence[EffectRow], record: Record) -> Iterable[Row]:
    for one in answer:
        first, last = one.effect_between or (None, None)
        yield (
            *(one.treaty, one.participant, one.action, one.date, one.effect_computed, first, last),
            *(one.effect_published, one.agrees, one.explained),
        )


def _fields(columns: Sequence[Column]) -> Callable[[Any], Row]:
    """A row of the fields that are called like the columns."""
    return lambda one: tuple(_plain(getattr(one, column.name)) for column in columns)


def _plain(value: Any) -> Any:
    """Words of a closed vocabulary as text; a key that the answer leaves out as no value."""
    if isinstance(value, str):
        return str(value)
    return value if isinstance(value, int | float | date) else None


def _calendar(answer: CalendarAnswer, record: Record) -> Iterable[Row]:
    return map(_fields(_CALENDAR), answer.entries)


def _obligations(answer: Sequence[ObligationRow], record: Record) -> Iterable[Row]:
    return map(_fields(_OBLIGATIONS), answer)


def _treaties(answer: Sequence[TreatyEntry], record: Record) -> Iterable[Row]:
    return map(_fields(_TREATIES), answer)


def _states(answer: Sequence[ParticipantEntry], record: Record) -> Iterable[Row]:
    return map(_fields(_STATES), answer)


def _claims(answer: Sequence[FoundAnswer], record: Record) -> Iterable[Row]:
    for held in (one.found for one in answer):
        said, document = held.claim, held.document
        yield (
            *(held.id, document.id, document.source, document.title, document.published),
            *(said.span.text, str(said.kind), said.predicate, " ".join(said.subject), said.treaty),
            said.attribution.speaker if said.attribution else None,
            *(str(held.then), held.correction, str(held.now), held.correction_now),
        )


#: The tables by name: their columns, and the rows of an answer.
TABLES: Final[dict[str, tuple[tuple[Column, ...], Callable[[Any, Record], Iterable[Row]]]]] = {
    "parties": (_PARTIES, _parties),
    "effects": (_EFFECTS, _effects),
    "calendar": (_CALENDAR, _calendar),
    "obligations": (_OBLIGATIONS, _obligations),
    "treaties": (_TREATIES, _treaties),
    "states": (_STATES, _states),
    "claims": (_CLAIMS, _claims),
}
