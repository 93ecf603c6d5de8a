"""What states say they will make, buy, give or hold: under the speaker's name, beside the law of the day."""

from __future__ import annotations

from typing import Final

import msgspec
from litestar import Response, get

from inforce.errors import UsageError
from inforce.ledger.programmes import Statement, statements
from inforce.record.model import Record
from inforce.record.names import find_participant, unknown_item
from inforce.reports.ledger_json import StatementAnswer, statement_answer
from inforce.reports.ledger_text import statement_words
from inforce.web.asked import day, number, parameters
from inforce.web.pages.ledger import held
from inforce.web.respond import Asking, address, site_of, twin

_PAGE: Final = 50


class Said(msgspec.Struct, frozen=True):
    """One statement, and what it says in words."""

    words: str
    statement: StatementAnswer


class ProgrammesPage(msgspec.Struct, frozen=True):
    """Statements, the latest first; `total` are those that answer, of which these begin after `after`."""

    configured: bool
    asked: dict[str, str]
    total: int
    after: int
    statements: tuple[Said, ...]


@get("/programmes", sync_to_thread=True, include_in_schema=False)
def programmes(request: Asking) -> Response[bytes]:
    """Statements on programmes and stocks."""
    asked = parameters(request, {"state", "item", "since", "until", "after"})
    site = site_of(request)
    record, item = site.record, asked.get("item")
    if item is not None and item not in record.items:
        raise UsageError(unknown_item(record, item))
    state = find_participant(record, asked["state"]).key if "state" in asked else None
    since, until, after = day(asked, "since"), day(asked, "until"), number(asked, "after") or 0
    place = held(site)
    found: list[Statement] = []
    if place is not None:
        with place.reading() as connection:
            found = statements(connection, record, state=state, item=item, since=since, until=until)
    shown = found[::-1][after : after + _PAGE]
    more = {"next": address(request, after=str(after + _PAGE))} if after + _PAGE < len(found) else {}
    page = ProgrammesPage(
        place is not None, asked, len(found), after, tuple(_said(one, record) for one in shown)
    )
    return twin(request, "programmes.html", lambda: page, links=more, fixed=False)


def _said(one: Statement, record: Record) -> Said:
    return Said(statement_words(one.claim, record), statement_answer(one, record))
