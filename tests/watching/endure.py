"""Nothing lost, nothing twice: a watch killed again and again, over thousands of articles.

    python tests/watching/endure.py --articles 5000 --kills 200 [--ledger postgresql://...]

Serves the articles on loopback, starts the watch, kills it with SIGKILL at random moments so many times,
lets it finish, and counts: every article entered once, every claim once, every alert once in the ledger and
delivered at least once. Prints the figures; exits with 1 where something is missing or double.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa
from newsroom import Server, Site

from inforce.ledger.keeping import faults
from inforce.ledger.place import open_ledger
from inforce.ledger.tables import alerts, claims, deliveries, documents, finds

HERE = Path(__file__).parent
#: Seconds that a start may take until the first request.
_LONGEST_START = 20.0


class Receiver(Server):
    """Takes webhooks, and remembers the id of each."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.got: list[str] = []
        Thread(target=self.serve_forever, daemon=True).start()


class _Taking(BaseHTTPRequestHandler):
    server: Receiver

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body)["id"])
        self.send_response(204)
        self.end_headers()


def plan_for(site: Site, receiver: Receiver, folder: Path) -> Path:
    """A plan that follows the site's feeds and tells the receiver of every contradiction."""
    sources = "".join(
        f"- {{name: feed {n}, feed: '{site.address}/feed-{n}.xml', every: 1d}}\n" for n in range(site.feeds)
    )
    hook = f"http://127.0.0.1:{receiver.server_address[1]}/"
    rules = "rules:\n- {name: errors, when: contradicted}\n"
    file = folder / "plan.yaml"
    file.write_text(f"sources:\n{sources}{rules}tell:\n- {{webhook: '{hook}', secret: SECRET}}\n")
    return file


def start(plan: Path, place: str) -> subprocess.Popen[bytes]:
    """The watch, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(HERE / "driver.py"), str(plan), place],
        env={**os.environ, "SECRET": "s"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def let_run(running: subprocess.Popen[bytes], site: Site, dice: random.Random, longest: float) -> bool:
    """Kill it at a random moment of its work, one in ten at its start; whether it was still running then."""
    asked = len(site.asked)
    end = time.monotonic() + _LONGEST_START
    if dice.random() < 0.9:
        while len(site.asked) == asked and running.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
    try:
        running.wait(timeout=dice.uniform(0, longest))
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return True
    return False


def endure(articles: int, kills: int, place: str, dice: random.Random, longest: float) -> dict[str, Any]:
    """Kill the watch so many times while it works, let it finish, and count."""
    site, receiver = Site(articles).start(), Receiver()
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        plan = plan_for(site, receiver, Path(folder))
        begun = time.monotonic()
        for _ in range(kills):
            killed += let_run(start(plan, place), site, dice, longest)
        last = start(plan, place)
        last.wait(timeout=3600)
        seconds = time.monotonic() - begun
    for server in (site, receiver):
        server.shutdown()
        server.server_close()
    return {"seconds": round(seconds, 1), "killed": killed, **count(place, receiver)}


def count(place: str, receiver: Receiver) -> dict[str, Any]:
    """What the ledger holds, and what the receiver got."""
    ledger = open_ledger(place)
    with ledger.reading() as connection:
        sources = Counter(connection.execute(sa.select(documents.c.source)).scalars())
        per_claim = Counter(connection.execute(sa.select(claims.c.document_id, claims.c.number)).all())
        waiting = connection.execute(
            sa.select(sa.func.count()).select_from(finds).where(finds.c.reads == 0)
        ).scalar()
        keys = set(connection.execute(sa.select(alerts.c.key)).scalars())
        delivered = connection.execute(
            sa.select(sa.func.count(sa.distinct(deliveries.c.alert_id))).where(
                deliveries.c.outcome == "delivered"
            )
        ).scalar()
        broken = [f"{fault.what}: {fault.rows}" for fault in faults(connection)]
    ledger.close()
    got = Counter(one.rpartition(":")[2] for one in receiver.got)
    return {
        "articles": len(sources),
        "articles_twice": sum(times > 1 for times in sources.values()),
        "claims": len(per_claim),
        "claims_twice": sum(times > 1 for times in per_claim.values()),
        "unread": waiting,
        "alerts": len(keys),
        "alerts_delivered": delivered,
        "alerts_missing": len(keys - set(got)),
        "alerts_unknown": len(set(got) - keys),
        "deliveries_repeated": sum(times - 1 for times in got.values()),
        "faults": broken,
    }


def holds(found: dict[str, Any], articles: int) -> bool:
    """Whether every article is there once, with its claim, and every alert arrived."""
    zero = ("articles_twice", "claims_twice", "unread", "alerts_missing", "alerts_unknown")
    whole = found["articles"] == articles and found["claims"] >= articles and not found["faults"]
    return whole and not any(found[name] for name in zero)


def main() -> int:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--ledger")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=1.2, help="seconds of work until a kill, at most")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.ledger or f"{folder}/ledger.db"
        found = endure(asked.articles, asked.kills, place, random.Random(asked.seed), asked.longest)  # noqa: S311
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return 0 if holds(found, asked.articles) else 1


if __name__ == "__main__":
    sys.exit(main())
