"""The API described: the OpenAPI document, and a page in plain words."""

from __future__ import annotations

import json
from typing import Final

import msgspec
from litestar import Response, get

from inforce.errors import UsageError
from inforce.web.api.endpoint import PREFIX, Endpoint, Parameter
from inforce.web.api.openapi import document, encoded
from inforce.web.api.routes import ENDPOINTS, example
from inforce.web.api.sent import SENDINGS
from inforce.web.api.watching import WATCHING
from inforce.web.api.writing import Sending
from inforce.web.asked import parameters
from inforce.web.respond import Asking, form, kept, site_of, twin

_SENDINGS: Final = (*SENDINGS, *WATCHING)


class Question(msgspec.Struct, frozen=True):
    """One question as the page describes it."""

    operation: str
    address: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    example: str | None
    table: bool
    method: str = "GET"
    body: str | None = None


class ApiPage(msgspec.Struct, frozen=True):
    """The API in plain words: its questions by group, and where its OpenAPI document is."""

    openapi: str
    groups: dict[str, tuple[Question, ...]]


@get(f"{PREFIX}/openapi", sync_to_thread=True, include_in_schema=False)
def described(request: Asking) -> Response[bytes]:
    """The OpenAPI document."""
    parameters(request, ())
    if form(request) not in ("json", "html"):
        raise UsageError(f"the document is at {PREFIX}/openapi.json")
    site = site_of(request)

    def body() -> bytes:
        return msgspec.json.encode(document(ENDPOINTS, _SENDINGS, lambda one: example(one, site)))

    return kept(request, "json", body)


@get("/api", sync_to_thread=True, include_in_schema=False)
def described_in_words(request: Asking) -> Response[bytes]:
    """The page."""
    parameters(request, ())
    return twin(request, "api.html", _page)


def _page() -> ApiPage:
    groups: dict[str, list[Question]] = {}
    for one in ENDPOINTS:
        groups.setdefault(one.group, []).append(_question(one))
    for sending in _SENDINGS:
        groups.setdefault(sending.group, []).append(_sending(sending))
    return ApiPage(f"{PREFIX}/openapi.json", {name: tuple(one) for name, one in groups.items()})


def _sending(one: Sending) -> Question:
    return Question(
        operation=one.operation,
        address=f"{PREFIX}{one.path}",
        summary=one.summary,
        description=one.description,
        parameters=one.in_path,
        example=None,
        table=False,
        method=one.method.upper(),
        body=json.dumps(one.example, ensure_ascii=False, indent=1) if one.body else None,
    )


def _question(one: Endpoint) -> Question:
    return Question(
        operation=one.operation,
        address=f"{PREFIX}{one.path}",
        summary=one.summary,
        description=one.description,
        parameters=(*one.in_path, *one.query),
        example=encoded(one.example),
        table=one.table is not None,
    )
