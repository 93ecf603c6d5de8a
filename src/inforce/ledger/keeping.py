"""The ledger as a whole: counted, copied while in use, brought back, and looked over for damage."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.errors import UsageError
from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.schema import HEAD
from inforce.ledger.tables import (
    alerts,
    claims,
    current_verdicts,
    documents,
    stories,
    verdicts,
)

_COUNTED = {table.name: table for table in (documents, claims, verdicts, stories, alerts)}


class Overview(msgspec.Struct, frozen=True):
    """How much the ledger holds, and of what days."""

    ledger: str
    schema: str
    counts: dict[str, int]
    first_published: str | None
    last_published: str | None
    undated: int
    records: tuple[str, ...]


class Fault(msgspec.Struct, frozen=True):
    """Something that must not be: what, and in how many rows."""

    what: str
    rows: int


def overview(connection: Connection, ledger: Ledger) -> Overview:
    """Counts and days of everything held."""
    counts = {
        name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for name, table in _COUNTED.items()
    }
    day = documents.c.published
    first, last = connection.execute(sa.select(sa.func.min(day), sa.func.max(day))).one()
    undated = connection.execute(sa.select(sa.func.count()).where(day.is_(None))).scalar_one()
    used = connection.execute(sa.select(verdicts.c.record).distinct()).scalars()
    return Overview(
        ledger=ledger.label,
        schema=HEAD,
        counts=counts,
        first_published=None if first is None else str(first),
        last_published=None if last is None else str(last),
        undated=int(undated),
        records=tuple(sorted(used)),
    )


def faults(connection: Connection) -> Iterator[Fault]:
    """What the database finds damaged, and what the ledger's own rules forbid."""
    if connection.dialect.name == "sqlite":
        told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        yield from (Fault(what, 1) for what in told if what != "ok")
        broken = len(connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall())
        if broken:
            yield Fault("rows that refer to rows which are not there", broken)
    for what, wanted in _rules():
        rows = int(connection.execute(wanted).scalar_one())
        if rows:
            yield Fault(what, rows)


def _rules() -> Iterator[tuple[str, sa.Select[int]]]:
    number = sa.func.count()
    for sense in ("then", "now"):
        current = sa.select(current_verdicts.c.claim_id).where(current_verdicts.c.sense == sense)
        yield (
            f"claims without a verdict in the sense {sense!r}",
            sa.select(number).select_from(claims).where(claims.c.id.not_in(current)),
        )
    later = verdicts.alias()
    yield (
        "current verdicts that are not the latest",
        sa.select(number)
        .select_from(current_verdicts)
        .where(
            sa.exists().where(
                later.c.claim_id == current_verdicts.c.claim_id,
                later.c.sense == current_verdicts.c.sense,
                later.c.id > current_verdicts.c.verdict_id,
            )
        ),
    )
    outside = sa.or_(claims.c.start < 0, claims.c.end > sa.func.length(documents.c.body))
    of_document = documents.c.id == claims.c.document_id
    yield (
        "claims whose place lies outside their text",
        sa.select(number).select_from(claims.join(documents, of_document)).where(outside),
    )


def backup(ledger: Ledger, place: Path) -> None:
    """A copy of the whole ledger as it is at this moment, while others read and write.

    SQLite: a file that is itself a ledger. PostgreSQL: an archive of `pg_dump`. The copy appears under its
    name only when it is whole. Raises `UsageError`.
    """
    if place.exists():
        raise UsageError(f"backup {place}: is there already; name another file")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    except OSError as error:
        raise UsageError(f"backup {place}: cannot be written ({error.strerror})") from None
    os.close(handle)
    unfinished = Path(name)
    try:
        if ledger.is_postgres:
            _run_tool("pg_dump", ledger, "--format=custom", "--file", name)
        else:
            _copy_sqlite(Path(ledger.label), unfinished)
        _settle(unfinished)
        unfinished.replace(place)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(f"backup {place}: cannot be written ({error})") from None
    finally:
        for beside in ("", "-journal", "-wal", "-shm"):
            Path(f"{name}{beside}").unlink(missing_ok=True)


def restore(copy: Path, place: str) -> str:
    """Bring a backup back as a ledger at `place`, where none may be; what messages call it.

    Raises `UsageError`.
    """
    if not copy.is_file():
        raise UsageError(f"restore {copy}: there is no such file")
    if "://" in place and not place.startswith("sqlite"):
        return _restore_postgres(copy, place)
    target = Path(place.removeprefix("sqlite:///"))
    if target.exists():
        raise UsageError(f"restore to {target}: a ledger is there; move it away or name another place")
    if copy.read_bytes()[:16] != b"SQLite format 3\0":
        raise UsageError(f"restore {copy}: is no copy of a ledger kept in SQLite")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, unfinished)
        _settle(unfinished)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UsageError(f"restore to {target}: cannot be written ({error.strerror})") from None
    return str(target)


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").close()  # one file, with no other beside it


def _settle(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _restore_postgres(copy: Path, place: str) -> str:
    ledger = open_ledger(place, prepare=False)
    try:
        with ledger.reading() as connection:
            if sa.inspect(connection).has_table("documents"):
                raise UsageError(f"restore to {ledger.label}: a ledger is there; name an empty database")
        _run_tool("pg_restore", ledger, "--no-owner", "--exit-on-error", "--single-transaction", str(copy))
    finally:
        ledger.close()
    open_ledger(place).close()
    return ledger.label


def _run_tool(tool: str, ledger: Ledger, *arguments: str) -> None:
    """Run a tool of PostgreSQL on the ledger's database; the password goes by the environment alone."""
    found = shutil.which(tool)
    if found is None:
        raise UsageError(f"{tool}: not found; install PostgreSQL's client tools (Debian: postgresql-client)")
    url = ledger.engine.url
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(  # noqa: S603 - no shell; the tool was looked up, the address is one argument
        [found, "--dbname", address, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UsageError(f"{tool}: {' '.join(done.stderr.split()) or 'failed'}")


def repair(connection: Connection) -> int:
    """Make `current_verdicts` anew from all verdicts; the number of its rows."""
    connection.execute(sa.delete(current_verdicts))
    latest = (
        sa.select(verdicts.c.claim_id, verdicts.c.sense, sa.func.max(verdicts.c.id).label("verdict_id"))
        .group_by(verdicts.c.claim_id, verdicts.c.sense)
        .subquery()
    )
    rows: Any = sa.select(latest.c.claim_id, latest.c.sense, latest.c.verdict_id, verdicts.c.verdict).join(
        verdicts, verdicts.c.id == latest.c.verdict_id
    )
    connection.execute(
        sa.insert(current_verdicts).from_select(["claim_id", "sense", "verdict_id", "verdict"], rows)
    )
    return int(connection.execute(sa.select(sa.func.count()).select_from(current_verdicts)).scalar_one())
