"""A PostgreSQL server of the tests' own, from Debian's packages, that needs no network and no password."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import psycopg

_HOMES = ("/usr/lib/postgresql",)
_USER = "postgres"  # the server refuses to run as root; Debian's package makes this user
_START = 30.0


def programs() -> Path | None:
    """The folder of initdb and postgres: the latest version found."""
    for home in _HOMES:
        found = sorted(Path(home).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
        if found:
            return found[-1].parent
    found_on_path = shutil.which("initdb")
    return Path(found_on_path).parent if found_on_path else None


class Server:
    """A server in a folder: started, stopped, and killed as tests want."""

    def __init__(self, folder: Path) -> None:
        place = programs()
        if place is None:
            raise FileNotFoundError("initdb")
        self._programs = place
        self.folder, self.data = folder, folder / "data"
        self._as_root = os.geteuid() == 0
        self.port = _free_port()
        if self._as_root:
            shutil.chown(folder, _USER)
        self._run(
            "initdb", "-D", str(self.data), "-A", "trust", "-U", _USER, "-E", "UTF8", "--locale=C.UTF-8"
        )
        self._server: subprocess.Popen[bytes] | None = None

    def _options(self) -> dict[str, str]:
        return {"user": _USER} if self._as_root else {}

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            capture_output=True,
            cwd=self.folder,
            **self._options(),  # type: ignore[call-overload]
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(self._programs / "postgres"), "-D", str(self.data), "-p", str(self.port), "-F"]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [*command, "-h", "127.0.0.1", "-k", ""],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **self._options(),  # type: ignore[call-overload]
            )
        end = time.monotonic() + _START
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop it at once, as by a power failure: what was committed must come back."""
        if self._server is not None:
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")
            self._server.wait(timeout=_START)
            self._server = None

    def address(self, database: str) -> str:
        """How a client connects to a database of it."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, name: str) -> str:
        """The address of a new empty database."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.address(name)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
