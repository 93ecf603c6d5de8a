"""How fast the explorer and the API answer, fifty clients at once on loopback; beside Datasette.

    python bench/web_speed.py [--seconds 5] [--clients 50] [--datasette PATH/TO/datasette]

Clients are those of wrk. Pages of a state and answers of a status are asked at
190 addresses in turn, after the first round from what is kept; `check` is one article, sent again and again,
that is never kept. Datasette serves the same rows from a file of SQLite.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from inforce import questions
from inforce.record import load
from inforce.reports.answer_tables import table
from inforce.reports.table_files import Table

DAY = "2025-12-01"
ARTICLE = (Path(__file__).parents[1] / "examples" / "midsummer-vote.txt").read_text("utf-8")


class Result(NamedTuple):
    """Requests a second, and milliseconds within which half and 99 in a hundred were answered."""

    rate: float
    p50: float
    p99: float
    wrong: int


def paths() -> dict[str, list[str]]:
    """Addresses by what they show."""
    states = [key for key, one in load().participants.items() if one.kind == "state"][:190]
    days = [f"{year}-{month:02}-15" for year in range(2008, 2025) for month in range(1, 13)][:200]
    return {
        "page: today": ["/"],
        "page: status": [f"/status/apmbc/{key}?on={DAY}" for key in states],
        "page: treaty": ["/treaties/apmbc"],
        "page: state": [f"/states/{key}" for key in states],
        "page: matrix": ["/matrix"],
        "page: API": ["/api"],
        "status": [f"/api/v1/status/apmbc/{key}?on={DAY}" for key in states],
        "parties, days in turn": [f"/api/v1/parties/apmbc?on={day}" for day in days],
        "parties, one day": [f"/api/v1/parties/apmbc?on={DAY}"],
        "actions of a treaty": ["/api/v1/effects/apmbc"],
        "check (POST)": ["/api/v1/check"],
    }


def datasette_paths() -> dict[str, list[str]]:
    """The same tables there: rows of parties on one day, of actions of one treaty."""
    return {
        "parties, one day": ["/world/parties.json?_size=1000"],
        "actions of a treaty": ["/world/effects.json?_size=1000&treaty=apmbc"],
        "page: parties": ["/world/parties?_size=1000"],
        "one row": ["/world/parties.json?participant=FIN"],
    }


def asked(base: str, addresses: list[str], clients: int, seconds: int, body: str | None) -> Result:
    """What wrk measured."""
    sent = "" if body is None else f"wrk.method='POST'; wrk.body=[==[{body}]==]; "
    sent += "" if body is None else "wrk.headers['Content-Type']='application/json'; "
    listed = ",".join(f"'{one}'" for one in addresses)
    script = f"""{sent}
local paths = {{{listed}}}; local at = math.random(#paths)
request = function() at = at % #paths + 1; return wrk.format(nil, paths[at]) end
done = function(summary, latency)
  io.write(string.format("%f %f %d\\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read))
end
"""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        wrk = ["wrk", "-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", file.name, base]
        told = subprocess.run(wrk, capture_output=True, text=True, check=True).stdout
    p50, p99, wrong = told.strip().splitlines()[-1].split()
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return Result(float(rate[1]) if rate else 0.0, float(p50), float(p99), int(wrong))


@contextmanager
def serving(command: list[str], port: int) -> Iterator[str]:
    """A server, once it answers."""
    base = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{base}/", timeout=10).close()  # noqa: S310
                    break
                except OSError:
                    time.sleep(0.1)
            yield base
        finally:
            process.terminate()
            process.wait(20)


def there(base: str, path: str) -> bool:
    """Whether a page is there."""
    try:
        urllib.request.urlopen(f"{base}{path}", timeout=60).close()  # noqa: S310
    except OSError:
        return False
    return True


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def as_sqlite(place: Path) -> None:
    """The tables of parties on a day and of all dates of effect."""
    record = load()
    import datetime as dt  # noqa: PLC0415

    day = dt.date.fromisoformat(DAY)
    tables: list[Table] = [
        table("parties", questions.parties(record, "apmbc", on=day, today=day), record),
        table("effects", questions.effects(record, today=day), record),
    ]
    with sqlite3.connect(place) as connection:
        for one in tables:
            names = ", ".join(column.name for column in one.columns)
            connection.execute(f"CREATE TABLE {one.name} ({names})")
            marks = ", ".join("?" for _ in one.columns)
            rows = [[str(value) if value is not None else None for value in row] for row in one.rows]
            connection.executemany(f"INSERT INTO {one.name} VALUES ({marks})", rows)  # noqa: S608
        connection.execute("CREATE INDEX effects_treaty ON effects (treaty)")
    connection.close()


def measured(base: str, of: dict[str, list[str]], clients: int, seconds: int) -> dict[str, Result]:
    """Each in turn, after it was asked once."""
    found = {}
    body = json.dumps({"text": ARTICLE})
    for name, addresses in of.items():
        sent = body if "POST" in name else None
        if sent is None and not there(base, addresses[0]):
            print(f"{name:24}  is not there")
            continue
        found[name] = one = asked(base, addresses, clients, seconds, sent)
        print(
            f"{name:24} {one.rate:9.0f} /s  p50 {one.p50:8.1f} ms  p99 {one.p99:8.1f} ms  wrong {one.wrong}"
        )
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--datasette", default="datasette")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing (Debian: apt install wrk)")
    port = free_port()
    print(f"inforce, {given.clients} clients, {given.seconds} s each")
    ours_command = [sys.executable, "-m", "inforce", "serve", "--bind", str(port), "--rate-limit", "off"]
    with serving(ours_command, port) as base:
        ours = measured(base, paths(), given.clients, given.seconds)
    if shutil.which(given.datasette) is None:
        print("Datasette is not there: not compared")
        return
    with tempfile.TemporaryDirectory() as folder:
        file, port = Path(folder) / "world.db", free_port()
        as_sqlite(file)
        command = [
            given.datasette,
            "serve",
            "-i",
            str(file),
            "-p",
            str(port),
            "--setting",
            "max_returned_rows",
            "1000",
        ]
        print("Datasette")
        with serving(command, port) as base:
            theirs = measured(base, datasette_paths(), given.clients, given.seconds)
    for name in ours.keys() & theirs.keys():
        print(
            f"{name}: {ours[name].rate / theirs[name].rate:.1f} times the requests a second, "
            f"p99 {ours[name].p99 / theirs[name].p99:.2f} of Datasette's"
        )


if __name__ == "__main__":
    main()
