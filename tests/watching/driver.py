"""`inforce watch` with leave to ask loopback, for tests alone: the command asks public addresses only."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from inforce.ledger.place import open_ledger
from inforce.reading.formats.fetch import Fetcher
from inforce.record import load
from inforce.watching import manners
from inforce.watching.delivery import channels
from inforce.watching.loop import Watcher
from inforce.watching.plan import load_plan


def watcher(plan: Path, place: str) -> Watcher:
    """A watcher that may ask any address, and waits for no host."""
    manners.PACE = 0.0
    guest = manners.Guest(Fetcher(permitted=lambda address: True, agent="tests"))
    made = load_plan(plan)
    return Watcher(open_ledger(place), made, load(), guest, channels(made))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("plan", type=Path)
    parser.add_argument("ledger")
    asked = parser.parse_args()
    running = watcher(asked.plan, asked.ledger)
    signal.signal(signal.SIGTERM, lambda *_: running.stop.set())
    running.run(once=True)
