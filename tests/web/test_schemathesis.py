"""The whole API asked with what its own document allows, and with what it does not: no defect, no surprise.

INFORCE_EXAMPLES asks more of each question (make fuzzapi).
"""

from __future__ import annotations

import atexit
import os
import tempfile
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema
from texts import FINLAND, WRONG, put_in_story
from visiting import RECORD, site

from inforce.errors import UsageError
from inforce.ledger import keys
from inforce.ledger.place import open_ledger
from inforce.ledger.scopes import SCOPES
from inforce.web import make_app
from inforce.web.desk.pool import Pool

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_FOLDER = tempfile.TemporaryDirectory()
atexit.register(_FOLDER.cleanup)


def refuse(url: str) -> Any:
    raise UsageError(f"{url}: is not asked in tests")


def app() -> tuple[Any, str]:
    """The API over a small ledger, without a way to the network, and a key that allows all."""
    place = f"{_FOLDER.name}/ledger.db"
    ledger = open_ledger(place)
    for number, text in enumerate((FINLAND, WRONG)):
        put_in_story(ledger, RECORD, text, source=f"s{number}")
    with ledger.writing() as connection:
        key = keys.add(connection, "trial", SCOPES)
    ledger.close()
    asked = site(ledger=place)
    asked.pool = Pool(RECORD, fetch=refuse)
    atexit.register(asked.pool.stop)
    inner = make_app(asked)

    async def standing(scope: Any, receive: Any, send: Any) -> None:
        """The app as a server has it: begun once, not for each request as schemathesis does."""
        if scope["type"] == "lifespan":
            for answer in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{answer}.complete"})
            return
        await inner(scope, receive, send)

    return standing, key


APP, KEY = app()
#: What is there to be asked: of names taken at random hardly one is known, and nothing behind it is asked.
KNOWN: Final[dict[str, list[Any]]] = {
    "treaty": ["apmbc", "ccm", "new-start", "Ottawa Convention", "XXVI-5"],
    "participant": ["UKR", "FIN", "RUS", "Palestine", "European Union"],
    "towards": ["RUS", "FIN"],
    "item": ["anti-personnel-mine", "cluster-munition"],
    "number": [1, 0, 164],
    "reading": ["A", "B"],
    "acts": [
        "POL accession apmbc 2027-01-15; FIN armed-conflict 2026-01-01",
        "LTU revocation ccm 2026-01-01",
        "POL accession apmbc 9999-12-31",
    ],
}
DAYS: Final[list[Any]] = ["2025-12-01", "2025-07-17", "2027-01-16", "0001-01-01", "9999-12-31"]
EXAMPLES: Final = int(os.environ.get("INFORCE_EXAMPLES", "2"))


def with_known(document: dict[str, Any]) -> None:
    """Has every value be one that is known: the example of the document, or one of those above."""
    for path in document["paths"].values():
        for parameter in path.get("get", {}).get("parameters", ()):
            if parameter["schema"].get("format") == "date":
                known = DAYS
            else:
                known = KNOWN.get(parameter["name"], [parameter["example"]])
            parameter["schema"].setdefault("enum", known)
            parameter["example"] = parameter["schema"]["enum"][0]


def loaded() -> OpenApiSchema:
    """What the app's own document says can be asked."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)
    # The cases that schemathesis makes of every limit by itself are many: those of the long run.
    schema.config.phases.coverage.enabled = "INFORCE_EXAMPLES" in os.environ
    return schema


SCHEMA, SCHEMA_OF_KNOWN = loaded(), loaded().include(method="GET")
with_known(SCHEMA_OF_KNOWN.raw_schema)
SCHEMA_OF_KNOWN.config.generation.update(modes=[GenerationMode.POSITIVE])
ASKED: Final = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="INFORCE_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@SCHEMA.parametrize()
@ASKED
def test_every_question_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    headers = {"Authorization": f"Bearer {KEY}"} if case.operation.definition.raw.get("security") else None
    # The first check waits for its process to begin.
    case.call_and_validate(checks=CHECKS, timeout=60, headers=headers)


@SCHEMA_OF_KNOWN.parametrize()
@ASKED
def test_what_is_there_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=CHECKS, timeout=60)
