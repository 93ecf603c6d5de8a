"""The whole API asked with what its own document allows, and with what it does not: no defect, no surprise.

INFORCE_EXAMPLES asks more of each question (make fuzz-api).
"""

from __future__ import annotations

import atexit
import os
import tempfile
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
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
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)
# The cases that schemathesis makes of every limit by itself are many: those of the long run.
SCHEMA.config.phases.coverage.enabled = "INFORCE_EXAMPLES" in os.environ


@SCHEMA.parametrize()
@settings(
    max_examples=int(os.environ.get("INFORCE_EXAMPLES", "2")),
    deadline=None,
    derandomize="INFORCE_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_question_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    headers = {"Authorization": f"Bearer {KEY}"} if case.operation.definition.raw.get("security") else None
    # The first check waits for its process to begin.
    case.call_and_validate(checks=CHECKS, timeout=60, headers=headers)
