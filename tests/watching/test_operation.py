"""The command as an operator runs it: figures, health, lines of log, a clean stop; unit and container."""

from __future__ import annotations

import configparser
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inforce.errors import UsageError
from inforce.watching.loop import Tally
from inforce.watching.operation import serve_figures

EXAMPLES = Path(__file__).parents[2] / "examples" / "watch"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def asked(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def test_the_command_serves_figures_and_health_and_stops_on_sigterm(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Finland is a party to the Ottawa Convention.")
    plan = tmp_path / "plan.yaml"
    plan.write_text("sources:\n- {name: A, folder: in}\n- {name: B, folder: missing}\n")
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", "inforce", "watch", str(plan), "--metrics", str(port), "--json"],
        env={**os.environ, "INFORCE_LEDGER": str(tmp_path / "ledger.db")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 300
    while "inforce_entered_total 1.0" not in (told := asked(port, "/metrics")[1]):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < end, told
        time.sleep(0.1)
    health = asked(port, "/health")
    running.send_signal(signal.SIGTERM)
    out, log = running.communicate(timeout=120)
    assert running.returncode == 0
    assert health == (200, "well\n")
    assert "inforce_visit_failures_total 1.0" in told
    assert "# TYPE inforce_last_round_timestamp gauge" in told
    assert json.loads(out)["done"]["entered"] == 1
    events = [json.loads(line) for line in log.splitlines()]
    assert {event["event"] for event in events} == {"visited", "entered", "a source failed"}
    assert all(event["time"] and event["level"] in ("info", "warning") for event in events)


@pytest.mark.parametrize(("ago", "status"), [(0, 200), (299, 200), (301, 503), (10**9, 503)])
def test_a_loop_that_stands_still_is_not_well(ago: int, status: int) -> None:
    port = free_port()
    end = serve_figures(str(port), Tally(last_round=time.time() - ago))
    try:
        assert asked(port, "/health")[0] == status
        assert asked(port, "/elsewhere")[0] == 404
        with pytest.raises(UsageError, match="cannot be served"):
            serve_figures(str(port), Tally())
    finally:
        end()


def test_the_unit_starts_what_there_is_and_gives_it_a_place() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(EXAMPLES / "inforce-watch.service")
    service = dict(unit["Service"])
    command = service["ExecStart"].split()[1:]
    shown = subprocess.run(
        [sys.executable, "-m", "inforce", command[0], "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(option in shown for option in command if option.startswith("--"))
    assert "/var/lib/inforce/" in service["Environment"]
    assert service["StateDirectory"] == "inforce"


def test_the_container_copies_what_there_is() -> None:
    root = EXAMPLES.parents[1]
    lines = (EXAMPLES / "Containerfile").read_text().splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert copied
    assert all((root / name).exists() for name in copied)
