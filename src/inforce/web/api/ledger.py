"""What the ledger holds: who said what where, and how it stood and stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy.engine import Connection

from inforce.checking.compare import compare
from inforce.errors import UsageError
from inforce.ledger.model import Query
from inforce.ledger.programmes import statements
from inforce.ledger.searching import entries, judgements, search
from inforce.ledger.telling import first_wrong, reports, tellings
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty, unknown_item
from inforce.reports import ledger_json
from inforce.reports.ledger_json import (
    FoundAnswer,
    RulingsAnswer,
    StatementAnswer,
    StoryAnswer,
    StoryDocumentAnswer,
)
from inforce.vocabulary import ClaimKind, Verdict
from inforce.web.api.endpoint import MOST, TREATY, Answering, Endpoint, Kind, Listed, Parameter
from inforce.web.problems import NotFound
from inforce.web.site import Site

#: Tellings of one story that are compared at most: articles are named by letters.
_TELLINGS: Final = 26


def _held(function: Callable[..., Any]) -> Answering:
    """A question of the site's ledger, in one state of it."""

    def ask(site: Site, given: dict[str, Any]) -> Any:
        with site.open_ledger().reading() as connection:
            return function(connection, site.record, **given)

    return ask


def _search(
    connection: Connection,
    record: Record,
    *,
    limit: int = 50,
    state: str | None = None,
    treaty: str | None = None,
    kind: str | None = None,
    verdict: str | None = None,
    verdict_now: str | None = None,
    **given: Any,
) -> tuple[FoundAnswer, ...]:
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit: give a number from 1 to {MOST}")
    query = Query(
        state=None if state is None else find_participant(record, state).key,
        treaty=None if treaty is None else find_treaty(record, treaty).key,
        kind=None if kind is None else ClaimKind(kind),
        verdict=None if verdict is None else Verdict(verdict),
        verdict_now=None if verdict_now is None else Verdict(verdict_now),
        limit=limit,
        **given,
    )
    return tuple(map(ledger_json.found_answer, search(connection, query)))


def _claim(connection: Connection, record: Record, *, number: int) -> RulingsAnswer:
    try:
        (entry,) = entries(connection, [number])
    except KeyError:
        raise NotFound(f"claim {number}: the ledger holds none of this number") from None
    rulings = {sense: judgements(connection, number, sense) for sense in ("then", "now")}
    return ledger_json.rulings_answer(entry, rulings)


def _stories(connection: Connection, record: Record) -> tuple[StoryDocumentAnswer, ...]:
    return tuple(map(ledger_json.story_document_answer, tellings(connection)))


def _story(connection: Connection, record: Record, *, number: int) -> StoryAnswer:
    found = tellings(connection, number)
    if not found:
        raise NotFound(f"story {number}: the ledger holds none of this number")
    told = [one.document.id for one in found if one.part not in ("copy", "edit")]
    compared = compare(reports(connection, told[:_TELLINGS]), record)
    return ledger_json.story_answer(number, found, compared, first_wrong(connection, number), record)


def _programmes(
    connection: Connection, record: Record, *, state: str | None = None, item: str | None = None, **given: Any
) -> tuple[StatementAnswer, ...]:
    if item is not None and item not in record.items:
        raise UsageError(f"item: {unknown_item(record, item)}")
    who = None if state is None else find_participant(record, state).key
    found = statements(connection, record, state=who, item=item, **given)
    return tuple(ledger_json.statement_answer(one, record) for one in found)


_STATE = Parameter("state", "about it, said for it, or going to it: FIN, Finland", "FIN")
_NUMBER = Parameter("number", "its number in the ledger", "1", Kind.NUMBER)
_VERDICTS = tuple(map(str, Verdict))
_PUBLISHED = (
    Parameter("since", "published on that day or later", "2025-01-01", Kind.DAY),
    Parameter("until", "published on that day or earlier", "2025-12-31", Kind.DAY),
)

LEDGER: Final = (
    Endpoint(
        operation="ledger-search",
        group="Ledger",
        path="/ledger/claims",
        summary="Claims of the ledger, the latest entered first",
        description="All that is given must hold. The next page is linked as `next`.",
        ask=_held(_search),
        answer=tuple[FoundAnswer, ...],
        parameters=(
            _STATE,
            TREATY,
            Parameter("speaker", "as the text names the speaker", "Petteri Orpo"),
            Parameter("kind", "kind of claim", "withdrawal", Kind.CHOICE, choices=tuple(map(str, ClaimKind))),
            Parameter("predicate", "predicate of its kind", "withdrawal"),
            Parameter(
                "verdict", "as it stood on its own day", "contradicted", Kind.CHOICE, choices=_VERDICTS
            ),
            Parameter("verdict-now", "as it stands now", "outdated", Kind.CHOICE, choices=_VERDICTS),
            *_PUBLISHED,
            Parameter("words", "words of the claim or its speaker, in any order", "takes effect"),
            Parameter("source", "address or file of the document", "https://wire.example/1"),
            Parameter(
                "limit", f"so many claims at most, 1 to {MOST}; 50 where it is left out", "50", Kind.NUMBER
            ),
            Parameter("before", "claims numbered below this: the next page", "120", Kind.NUMBER),
        ),
        example="/ledger/claims?state=FIN&limit=1",
        table="claims",
        page="/ledger",
        fixed=False,
    ),
    Endpoint(
        operation="ledger-claim",
        group="Ledger",
        path="/ledger/claims/{number}",
        summary="One claim with every ruling on it",
        description="How it stood as of its own day and as of later ones, under which version of the record.",
        ask=_held(_claim),
        answer=RulingsAnswer,
        parameters=(_NUMBER,),
        example="/ledger/claims/1",
        fixed=False,
    ),
    Endpoint(
        operation="ledger-stories",
        group="Ledger",
        path="/ledger/stories",
        summary="Stories with their tellings and copies",
        description="One row a document: its story, and its part in it.",
        ask=_held(_stories),
        answer=tuple[StoryDocumentAnswer, ...],
        listed=Listed(None, lambda row: str(row.document.id)),
        example="/ledger/stories?limit=1",
        fixed=False,
    ),
    Endpoint(
        operation="ledger-story",
        group="Ledger",
        path="/ledger/stories/{number}",
        summary="One story: its tellings compared",
        description="Copies and edits left out of the comparison; and where the story first went wrong.",
        ask=_held(_story),
        answer=StoryAnswer,
        parameters=(_NUMBER,),
        example="/ledger/stories/1",
        fixed=False,
    ),
    Endpoint(
        operation="ledger-programmes",
        group="Ledger",
        path="/ledger/programmes",
        summary="What states say they will make, buy, give or hold",
        description=(
            "Statements, never facts: each under its speaker's name, with what the law allows and what "
            "changed since the same speaker's last one."
        ),
        ask=_held(_programmes),
        answer=tuple[StatementAnswer, ...],
        parameters=(
            _STATE,
            Parameter("item", "a weapon category", "anti-personnel-mine"),
            *_PUBLISHED,
        ),
        listed=Listed(None, lambda row: str(row.id)),
        example="/ledger/programmes?limit=1",
        page="/programmes",
        fixed=False,
    ),
)
