"""Fixtures of the ledger: every test of it runs on both databases."""

# ruff: noqa: PLC0415 - tests of other parts load these fixtures, and need no database

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from postgres import Server

    from inforce.ledger.place import Ledger
    from inforce.record.model import Record

#: Set by .ci/run: without PostgreSQL the tests then fail instead of being skipped.
REQUIRED = "INFORCE_TESTS_NEED_POSTGRESQL"


@pytest.fixture(scope="session")
def record() -> Record:
    from inforce.record import load

    return load()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    from postgres import Server, programs

    if programs() is None:
        if os.environ.get(REQUIRED):
            pytest.fail("PostgreSQL is not installed (Debian: apt install postgresql)")
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    # Not pytest's own folder: the server's user may not enter that.
    with tempfile.TemporaryDirectory(prefix="inforce-postgresql-") as folder:
        made = Server(Path(folder))
        made.start()
        yield made
        made.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: Server = request.getfixturevalue("server")
    return server.new_database(f"ledger-{uuid.uuid4().hex}")


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    from inforce.ledger.place import open_ledger

    opened = open_ledger(place)
    yield opened
    opened.close()
