"""What the API can be asked: an address, its parameters, who answers, and in which type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import msgspec

from inforce.dates import parse_day
from inforce.errors import UsageError, as_written
from inforce.web.site import Site

#: Where all of it stands; what changes so that a client would break gets another number.
PREFIX: Final = "/api/v1"

#: Rows that one answer holds at most.
MOST: Final = 1000


class Kind(StrEnum):
    """What a parameter is."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    CHOICE = "choice"


class Parameter(NamedTuple):
    """One part of a question: its name in the address, what it means, and its name where it is answered."""

    name: str
    description: str
    example: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    to: str = ""

    @property
    def keyword(self) -> str:
        """What the function that answers calls it."""
        return self.to or self.name.replace("-", "_")

    def read(self, text: str) -> Any:
        """The value; raises `UsageError` that names the parameter."""
        try:
            return _READERS[self.kind](text, self.choices)
        except UsageError as error:
            raise UsageError(f"{self.name}: {error}") from None


class Listed(NamedTuple):
    """The rows that an answer lists: the field that holds them (None: it is the list), and a row's name."""

    field: str | None
    key: Callable[[Any], str]

    def rows(self, answer: Any) -> Sequence[Any]:
        """All rows of an answer."""
        rows: Sequence[Any] = answer if self.field is None else getattr(answer, self.field)
        return rows

    def with_rows(self, answer: Any, rows: Sequence[Any]) -> Any:
        """The answer with these rows alone."""
        return rows if self.field is None else msgspec.structs.replace(answer, **{self.field: rows})


Answering = Callable[[Site, dict[str, Any]], Any]


class Endpoint(NamedTuple):
    """One question. `example` is its address with parameters; `page` the explorer's page of the same.

    `table` names the table that the answer is also given as, `listed` its rows, which are given by pages.
    `fixed` says that the answer follows from the record, the day and the address.
    """

    operation: str
    group: str
    path: str
    summary: str
    description: str
    ask: Answering
    answer: Any
    example: str
    parameters: tuple[Parameter, ...] = ()
    table: str | None = None
    listed: Listed | None = None
    page: str | None = None
    fixed: bool = True
    supposable: bool = False

    @property
    def query(self) -> tuple[Parameter, ...]:
        """The parameters behind the question mark."""
        own = tuple(one for one in self.parameters if f"{{{one.name}}}" not in self.path)
        return (*own, *(PAGING if self.listed else ()))

    @property
    def in_path(self) -> tuple[Parameter, ...]:
        """The parameters in the path."""
        return tuple(one for one in self.parameters if f"{{{one.name}}}" in self.path)

    def given(self, path: Mapping[str, str], query: Mapping[str, str]) -> dict[str, Any]:
        """The values by the names under which they are answered. Raises `UsageError`."""
        missing = next((one for one in self.query if one.required and one.name not in query), None)
        if missing is not None:
            raise UsageError(f"{missing.name}: is missing; give it, such as {missing.example}")
        texts = {**query, **path}
        return {one.keyword: one.read(texts[one.name]) for one in self.parameters if one.name in texts}


def _day(text: str, _: tuple[str, ...]) -> dt.date:
    return parse_day(text)


def _number(text: str, _: tuple[str, ...]) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise UsageError(f"{as_written(text)} is no number; write it in figures, such as 164")
    return int(text)


def _choice(text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise UsageError(f"unknown {as_written(text)}; choose one of {', '.join(choices)}")
    return text


_READERS: Final[dict[Kind, Callable[[str, tuple[str, ...]], Any]]] = {
    Kind.TEXT: lambda text, _: text,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
}

#: How the rows of a long answer are had by pages; the next one is linked as `next`.
PAGING: Final = (
    Parameter("limit", f"so many rows at most, 1 to {MOST}", "2", Kind.NUMBER),
    Parameter("after", "the row after which the page begins, as the link `next` names it", "AFG"),
)

TREATY = Parameter("treaty", "key, name, MTDSG or UNTS number: apmbc, Ottawa Convention, XXVI-5", "apmbc")
PARTICIPANT = Parameter("participant", "ISO code, name or common short form: FIN, Finland", "FIN")
ON = Parameter("on", "the day asked about; today where it is left out", "2025-12-01", Kind.DAY)
KNOWN_BY = Parameter(
    "known-by", "as it was known on that day; today where it is left out", "2025-12-01", Kind.DAY
)
READING = Parameter("reading", "under one reading of a contested point: A, or POINT:A with its id", "A")
DAYS = (ON, KNOWN_BY)


def of_record(function: Callable[..., Any]) -> Answering:
    """A question of `inforce.questions`, asked of the site's record on its day."""
    return lambda site, given: function(site.record, today=site.today(), **given)
