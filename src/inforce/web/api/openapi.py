"""The API's description as an OpenAPI 3.1 document, drawn from what the handlers themselves go by.

The examples are the answers themselves, asked when the document is: none can be out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

import msgspec

from inforce import __version__
from inforce.law.suppose import Supposition
from inforce.reports.schemas import drawn, supposed_shape
from inforce.web.api.endpoint import PREFIX, Endpoint, Kind, Parameter
from inforce.web.api.law import LAW
from inforce.web.api.writing import Sending
from inforce.web.forms import MEDIA
from inforce.web.problems import Problem
from inforce.web.respond import FORMAT, RecordName

_PLACE: Final = "#/components/schemas/"
#: Bytes of an answer that is shown as an example; a longer one is had at its address.
_LONGEST_EXAMPLE: Final = 8_192

_ABOUT: Final = """\
Which treaty law is in force, for whom, since when, on whose word; and how press reports stand against it.

Every answer of a question stands in one envelope: `answer`, the `record` that gave it, the `address` asked
and `links`. The answers are those of the command line's `--json`. Errors are problem details (RFC 9457).
An answer that follows from the record, the day and the address carries an `ETag`; ask again with
`If-None-Match` and get 304 where nothing changed. Long lists come by pages: follow `links.next`. States and
treaties are taken by any of their names, and answered by their keys."""

_WRONG: Final = {
    "400": "The question cannot be meant so; `detail` says what to do.",
    "404": "There is nothing at this address.",
    "429": "Too many requests from this address; `Retry-After` says when to ask again.",
}

_WRONG_SENT: Final = {
    "403": "A browser sent this from a page of another site.",
    "408": "It took too long to come.",
    "413": "It is too large.",
    "415": "It is of another media type.",
    "503": "Too many articles are being checked; `Retry-After` says when to ask again.",
}
_KEYS: Final = "A key made by `inforce keys add`; it is sent in this header and never in an address."
_DAYS_SENT: Final = (
    Parameter("published", "day of publication, of an article sent as itself", "2025-07-11", Kind.DAY),
    Parameter(
        "as-of", "give the verdicts as of another day, of an article sent as itself", "2025-12-01", Kind.DAY
    ),
)


def document(
    endpoints: Sequence[Endpoint], sendings: Sequence[Sending], ask: Callable[[Endpoint], bytes]
) -> dict[str, Any]:
    """The document; `ask` gives the body that an endpoint's example is answered with."""
    asked = {one.operation: one for one in endpoints}
    plain = [one for one in endpoints if not one.operation.startswith("suppose-")]
    bodies = [one for one in sendings if one.body is not None]
    answering: list[Endpoint | Sending] = [*plain, *sendings]
    types = [one.answer for one in answering] + [one.body for one in bodies]
    (problem, record, supposition, *shapes), parts = drawn([Problem, RecordName, Supposition, *types], _PLACE)
    answers = {one.operation: shape for one, shape in zip(answering, shapes, strict=False)}
    sent = {one.operation: shape for one, shape in zip(bodies, shapes[-len(bodies) :], strict=True)}
    for one in LAW:
        if f"suppose-{one.operation}" in asked:
            name = f"Supposed-{one.operation}"
            parts[name] = supposed_shape(one.operation, answers[one.operation], supposition, parts)
            answers[f"suppose-{one.operation}"] = {"$ref": _PLACE + name}
    paths: dict[str, Any] = {}
    for one in endpoints:
        envelope = _envelope(answers[one.operation], record)
        paths[PREFIX + one.path] = {"get": _operation(one, _shown(one, envelope, ask), problem)}
        for ending in ("csv", "parquet") if one.table else ():
            paths[f"{PREFIX}{one.path}.{ending}"] = {"get": _table(one, ending, problem)}
    for sending in sendings:
        envelope, body = _envelope(answers[sending.operation], record), sent.get(sending.operation)
        operation = _sending(sending, body, envelope, problem)
        paths.setdefault(PREFIX + sending.path, {})[sending.method] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "inforce",
            "version": __version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(one.group for one in endpoints)],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(parts.items())),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": _KEYS}},
        },
    }


def encoded(title: str) -> str:
    """An example's address as it is sent."""
    return quote(PREFIX + title, safe="/?&=")


def _operation(one: Endpoint, content: dict[str, Any], problem: dict[str, Any]) -> dict[str, Any]:
    fixed = (
        {"304": {"description": "Nothing changed since the answer with this `ETag`."}} if one.fixed else {}
    )
    return {
        "operationId": one.operation,
        "tags": [one.group],
        "summary": one.summary,
        "description": one.description,
        "parameters": _parameters(one),
        "responses": {
            "200": {"description": "The answer.", "content": {MEDIA["json"]: content}},
            **fixed,
            **_problems(problem),
        },
    }


def _sending(
    one: Sending, body: dict[str, Any] | None, envelope: dict[str, Any], problem: dict[str, Any]
) -> dict[str, Any]:
    content: dict[str, Any] = {MEDIA["json"]: {"schema": body or {}, "example": one.example}}
    if one.plain:
        text = {"schema": {"type": "string", "minLength": 1}, "example": one.example["text"]}
        content |= {"text/plain": text, "text/html": text}
    keyed = {"401": "No key in use was sent.", "403": "The key does not allow this."} if one.scope else {}
    words = {**_WRONG, **(_WRONG_SENT if body else {}), **keyed, **one.wrong}
    in_query = _DAYS_SENT if one.plain else ()
    return {
        "operationId": one.operation,
        "tags": [one.group],
        "summary": one.summary,
        "description": one.description,
        "parameters": [
            *(_parameter(each, "path") for each in one.in_path),
            *(_parameter(each, "query") for each in in_query),
        ],
        **({"requestBody": {"required": True, "content": content}} if body else {}),
        "responses": {
            "200": {"description": "The answer.", "content": {MEDIA["json"]: {"schema": envelope}}},
            **_problems(problem, words),
        },
        **({"security": [{"key": []}]} if one.scope else {}),
    }


def _table(one: Endpoint, ending: str, problem: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "string"} if ending == "csv" else {}
    return {
        "operationId": f"{one.operation}-{ending}",
        "tags": [one.group],
        "summary": f"{one.summary}, as {'CSV' if ending == 'csv' else 'Parquet'}",
        "description": "All rows, or those of one page." if one.listed else "The rows.",
        "parameters": _parameters(one),
        "responses": {
            "200": {"description": "The table.", "content": {MEDIA[ending]: {"schema": schema}}},
            **({"304": {"description": "Nothing changed."}} if one.fixed else {}),
            **_problems(problem),
        },
    }


def _problems(problem: dict[str, Any], told: Mapping[str, str] = _WRONG) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": problem}}
    return {status: {"description": words, "content": content} for status, words in sorted(told.items())}


def _parameters(one: Endpoint) -> list[dict[str, Any]]:
    return [_parameter(each, "path") for each in one.in_path] + [
        _parameter(each, "query") for each in one.query
    ]


def _parameter(one: Parameter, place: str) -> dict[str, Any]:
    schemas: dict[Kind, dict[str, Any]] = {
        Kind.TEXT: {"type": "string", "minLength": 1, "maxLength": 500},
        Kind.DAY: {"type": "string", "format": "date"},
        Kind.NUMBER: {"type": "integer", "minimum": 0, "maximum": 999_999_999},
        Kind.CHOICE: {"type": "string", "enum": list(one.choices)},
    }
    return {
        "name": one.name,
        "in": place,
        "required": one.required or place == "path",
        "description": f"{one.description[0].upper()}{one.description[1:]}.",
        "schema": schemas[one.kind],
        "example": int(one.example) if one.kind is Kind.NUMBER else one.example,
    }


def _envelope(answer: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "answer": answer,
        "record": record,
        "address": {"type": "string", "description": "What was asked, without its form."},
        "links": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Where to read on: `next` page, `page` of the explorer, `csv`, `parquet`.",
        },
        "format": {"const": FORMAT},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _shown(one: Endpoint, schema: dict[str, Any], ask: Callable[[Endpoint], bytes]) -> dict[str, Any]:
    """The schema with the example's answer, where that is short and the same at any time."""
    if not one.fixed:
        return {"schema": schema}
    body = ask(one)
    if len(body) > _LONGEST_EXAMPLE:
        return {"schema": schema}
    example = {"summary": encoded(one.example), "value": msgspec.json.decode(body)}
    return {"schema": schema, "examples": {"example": example}}
