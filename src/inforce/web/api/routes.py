"""The handlers of the API: each question read, asked and answered in the form that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from inforce.errors import UsageError, as_written
from inforce.reports.answer_tables import table
from inforce.reports.table_files import csv_bytes, parquet_bytes
from inforce.web.api.endpoint import MOST, PREFIX, Endpoint, Listed
from inforce.web.api.law import LAW
from inforce.web.api.ledger import LEDGER
from inforce.web.api.record import RECORD
from inforce.web.api.supposing import SUPPOSING
from inforce.web.api.watching import WATCHED
from inforce.web.asked import parameters
from inforce.web.respond import address, enveloped, form, kept, no_form, query_of, site_of
from inforce.web.site import Site

#: Every question that is asked by GET.
ENDPOINTS: Final = (*LAW, *SUPPOSING, *RECORD, *LEDGER, *WATCHED)

_TABLES: Final = {"csv": csv_bytes, "parquet": parquet_bytes}


def answered(endpoint: Endpoint, request: Request[Any, Any, Any]) -> Response[bytes]:
    """The answer to a request. Raises `UsageError` and `NotFound`."""
    query = parameters(request, {one.name for one in endpoint.query})
    path = {name: str(value) for name, value in request.path_params.items()}
    endpoint.given(path, query)
    if endpoint.listed is not None:
        _limit(query)
    named = request.scope["state"]["form_named"]
    asked = form(request) if named else "json"
    there = ("json", *_TABLES) if endpoint.table else ("json",)
    if asked not in there:
        raise no_form(asked, there)
    site = site_of(request)

    def body() -> bytes:
        answer, links = _asked(endpoint, site, path, query, whole=asked != "json")
        if asked == "json":
            return enveloped(site, answer, address(request), links)
        return _TABLES[asked](table(str(endpoint.table), answer, site.record))

    return kept(request, asked, body, fixed=endpoint.fixed)


def _asked(
    endpoint: Endpoint, site: Site, path: Mapping[str, str], query: Mapping[str, str], *, whole: bool = False
) -> tuple[Any, dict[str, str]]:
    """The answer, or one page of it, and where to read on."""
    given = endpoint.given(path, query)
    answer, links = endpoint.ask(site, given), _links(endpoint, path, query)
    if endpoint.listed is not None:
        answer, further = _page(endpoint.listed, answer, query, most=None if whole else MOST)
        if further is not None:
            links["next"] = _address(endpoint, path, {**query, "after": further})
    elif endpoint.operation == "ledger-search" and len(answer) == given.get("limit", 50):
        links["next"] = _address(endpoint, path, {**query, "before": str(answer[-1].found.id)})
    return answer, links


def example(endpoint: Endpoint, site: Site) -> bytes:
    """What a site answers to an endpoint's example."""
    place, _, query = endpoint.example.partition("?")
    named = zip(endpoint.path.split("/"), place.split("/"), strict=True)
    path = {name[1:-1]: value for name, value in named if name.startswith("{")}
    answer, links = _asked(endpoint, site, path, dict(parse_qsl(query)))
    return enveloped(site, answer, _address(endpoint, path, dict(parse_qsl(query))), links)


def _page(
    listed: Listed, answer: Any, query: Mapping[str, str], *, most: int | None
) -> tuple[Any, str | None]:
    """The rows of one page in their answer, and the last one's name where more follow."""
    rows, key = listed.rows(answer), listed.key
    limit = _limit(query) or most
    start = 0
    if "after" in query:
        start = next((at + 1 for at, row in enumerate(rows) if key(row) == query["after"]), -1)
        if start < 0:
            raise UsageError(
                f"after: {as_written(query['after'])} is no row of this answer; begin without it"
            )
    end = len(rows) if limit is None else start + limit
    page = rows[start:end]
    return listed.with_rows(answer, page), key(page[-1]) if end < len(rows) and page else None


def _limit(query: Mapping[str, str]) -> int | None:
    """How many rows are asked for; None where that is not said."""
    if "limit" not in query:
        return None
    text = query["limit"]
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
        raise UsageError(f"limit: {as_written(text)}: give a number from 1 to {MOST}")
    return int(text)


def _links(endpoint: Endpoint, path: Mapping[str, str], query: Mapping[str, str]) -> dict[str, str]:
    """Where the same is had as a page and as tables, and what describes it."""
    links = {"describedby": f"{PREFIX}/openapi.json"}
    if endpoint.page is not None:
        own = {name: value for name, value in query.items() if name in ("on", "known-by", "reading")}
        links["page"] = _filled(endpoint.page, path) + query_of(own.items())
    if endpoint.table is not None:
        for ending in _TABLES:
            links[ending] = _address(endpoint, path, query, f".{ending}")
    return links


def _address(endpoint: Endpoint, path: Mapping[str, str], query: Mapping[str, str], ending: str = "") -> str:
    return f"{PREFIX}{_filled(endpoint.path, path)}{ending}{query_of(query.items())}"


def _filled(path: str, values: Mapping[str, str]) -> str:
    return path.format_map({name: quote(value, safe="") for name, value in values.items()})


def _handler(endpoint: Endpoint) -> HTTPRouteHandler:
    def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
        return answered(endpoint, request)

    path = PREFIX + endpoint.path
    for one in endpoint.in_path:
        path = path.replace(f"{{{one.name}}}", f"{{{one.name}:str}}")
    return get(path, name=f"api-{endpoint.operation}", sync_to_thread=True, include_in_schema=False)(answer)


HANDLERS: Final = tuple(map(_handler, ENDPOINTS))
