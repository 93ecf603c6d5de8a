"""Where the ledger is, and how it is opened.

`open_ledger` gives a `Ledger`; `reading()` and `writing()` are its transactions. In SQLite a writer takes
its place at the beginning of the transaction, so that two of them wait for each other instead of failing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from inforce.errors import LedgerError, UsageError

#: How long a writer waits for another, in seconds.
PATIENCE = 60.0

#: Connections: kept open, and more while many read at once; who finds none waits as long as a writer.
_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 56, "pool_timeout": PATIENCE}

_VARIABLE = "INFORCE_LEDGER"
_POSTGRES = "postgresql"


class Ledger(msgspec.Struct, frozen=True):
    """An open ledger. `label` is what messages call it: never with a password."""

    engine: Engine
    label: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the ledger, unchanged until the end of the block."""
        options = {"isolation_level": "REPEATABLE READ"} if self.is_postgres else {}
        with self._told(), self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept or, after an error, none."""
        with (
            self._told(),
            self.engine.connect().execution_options(ledger_writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def is_postgres(self) -> bool:
        """Whether it is kept by PostgreSQL."""
        return self.engine.dialect.name == _POSTGRES

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise LedgerError(
                f"ledger {self.label}: {_reason(error)}; nothing was lost, try again"
            ) from error
        except DatabaseError as error:
            if not isinstance(error.orig, Exception) or "malformed" not in str(error.orig):
                raise
            raise LedgerError(
                f"ledger {self.label}: the file is damaged; run inforce ledger check"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def default_place() -> str:
    """`INFORCE_LEDGER`, else `inforce/ledger.db` in `XDG_DATA_HOME` or `~/.local/share`."""
    return os.environ.get(_VARIABLE) or str(data_folder() / "ledger.db")


def data_folder() -> Path:
    """`inforce` in `XDG_DATA_HOME` or `~/.local/share`: where is kept what cannot be made anew."""
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not base.is_absolute():
        base = Path.home() / ".local" / "share"
    return base / "inforce"


def open_ledger(place: str | None = None, *, create: bool = True, prepare: bool = True) -> Ledger:
    """The ledger at a path or a PostgreSQL address, its schema made or brought up to date.

    Raises `UsageError` where it cannot be opened; without `create` also where there is none. Without
    `prepare` the tables are left as they are.
    """
    given = place or default_place()
    url = _url(given)
    if url.get_backend_name() == _POSTGRES:
        shown = url.set(drivername=_POSTGRES).render_as_string(hide_password=True)
        ledger = Ledger(_postgres(url), shown)
    else:
        path = Path(url.database or "")
        if not path.exists():
            if not create:
                raise UsageError(
                    f"ledger {path}: there is none; enter articles with inforce ledger add, or name another "
                    "with --ledger"
                )
            _make_folder(path)
        ledger = Ledger(_sqlite(url), str(path))
    if not prepare:
        return ledger
    from inforce.ledger.schema import bring_up_to_date  # noqa: PLC0415 - it imports this module's types

    try:
        with ledger._told():
            bring_up_to_date(ledger.engine, ledger.label)
    except DatabaseError as error:
        ledger.close()
        raise UsageError(f"ledger {ledger.label}: {_reason(error)}") from error
    except UsageError:
        ledger.close()
        raise
    return ledger


def _url(place: str) -> URL:
    """A path as an address of SQLite; an address as itself, with the driver that comes with inforce."""
    if "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser()))
    try:
        url = make_url(place)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise UsageError(
            "--ledger: not an address of a database; give a path, or postgresql://user@host/name"
        ) from None
    if backend in (_POSTGRES, "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return url
    raise UsageError(f"--ledger {backend}://...: only SQLite and PostgreSQL keep a ledger")


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"ledger {path}: its folder cannot be made ({error.strerror})") from None


def _sqlite(url: URL) -> Engine:
    engine = sa.create_engine(
        url,
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
        json_serializer=_dumped,
        json_deserializer=msgspec.json.decode,
        **_POOL,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("ledger_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: URL) -> Engine:
    try:
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            json_serializer=_dumped,
            json_deserializer=msgspec.json.decode,
            connect_args={"connect_timeout": 10},
            **_POOL,
        )
    except ModuleNotFoundError:
        raise UsageError(
            "--ledger postgresql://...: the driver is missing; pip install 'inforce[postgresql]'"
        ) from None


def _dumped(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _reason(error: DatabaseError) -> str:
    """The database's own words, on one line."""
    return " ".join(str(error.orig).split())
