"""`inforce watch`: follow sources, remember what they say, tell what matters."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once

from __future__ import annotations

import argparse
import logging
import signal
from pathlib import Path

from inforce.cli.options import Commands, add_command, add_json, add_record
from inforce.cli.output import complain, show_json

_MORE = """\
  inforce watch sources.yaml
  inforce watch sources.yaml --once
  inforce watch sources.yaml --ledger postgresql://watch@db/ledger --metrics 9464

The file says which sources are followed and what is told to whom; its form is in
docs/watch.md. Ends cleanly on SIGTERM and Ctrl-C; what was interrupted is done
again at the next start."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands, "watch", "follow sources, remember what they say, tell what matters", _MORE
    )
    parser.add_argument("plan", metavar="SOURCES", type=Path, help="a YAML file")
    parser.add_argument("--ledger", metavar="PLACE", help="a file, or postgresql://user@host/name")
    parser.add_argument("--once", action="store_true", help="stop when nothing is due")
    parser.add_argument("--metrics", metavar="PORT", help="serve /metrics and /health at [host:]port")
    parser.add_argument("--quiet", action="store_true", help="log only what goes wrong")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=watch)


def watch(asked: argparse.Namespace) -> int:
    """Watch until told to stop."""
    from inforce.ledger.place import open_ledger
    from inforce.reading.formats.fetch import Fetcher
    from inforce.record import load
    from inforce.watching.delivery import channels
    from inforce.watching.loop import Watcher
    from inforce.watching.manners import AGENT, Guest
    from inforce.watching.operation import log_to_stderr, serve_figures
    from inforce.watching.plan import load_plan

    plan = load_plan(asked.plan)
    ways = channels(plan, in_json=asked.json)
    record = load(asked.record)
    log_to_stderr(logging.WARNING if asked.quiet else logging.INFO)
    ledger = open_ledger(asked.ledger)
    try:
        watcher = Watcher(ledger, plan, record, Guest(Fetcher(agent=AGENT)), ways, overlay=asked.record)
        end = serve_figures(asked.metrics, watcher.tally) if asked.metrics else None
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: watcher.stop.set())
        watcher.run(once=asked.once)
        if end is not None:
            end()
    finally:
        ledger.close()
    tally = watcher.tally
    if asked.json:
        from inforce.reports.watch_json import watch_answer

        show_json(watch_answer(tally))
        return 0
    complain(
        f"visits: {tally.visits}; articles entered: {tally.entered} with {tally.claims} claims, "
        f"{tally.copies} of them copies; alerts: {tally.alerts}"
    )
    return 0
