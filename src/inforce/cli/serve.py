"""`inforce serve`: the explorer and the API."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the server

from __future__ import annotations

import argparse
from pathlib import Path

from inforce.cli.options import Commands, add_command, add_json, add_record
from inforce.cli.output import complain, show_json
from inforce.errors import UsageError

_MORE = """\
  inforce serve
  inforce serve --bind 0.0.0.0:8000 --ledger postgresql://web@db/ledger

Pages at http://127.0.0.1:8000, each with a JSON twin. Ends on Ctrl-C and SIGTERM.
Behind another ASGI server: inforce.web.make_app(Site(record))."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "serve", "the explorer and the API, for a browser and for programs", _MORE)
    parser.add_argument(
        "--bind", metavar="[HOST:]PORT", default="127.0.0.1:8000", help="(default: %(default)s)"
    )
    parser.add_argument("--ledger", metavar="PLACE", help="a file, or postgresql://user@host/name")
    parser.add_argument(
        "--answers",
        metavar="DIR",
        type=Path,
        help="where cited answers are kept",
    )
    parser.add_argument("--access-log", action="store_true", help="a line on standard error for each request")
    parser.add_argument(
        "--rate-limit",
        metavar="N",
        default="20",
        help="requests a second that one address may make on average, or off (default: %(default)s)",
    )
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=serve)


def serve(asked: argparse.Namespace) -> int:
    """Serve until told to stop."""
    try:
        import uvicorn

        from inforce.web import Site, make_app
        from inforce.web.patience import Patient
    except ModuleNotFoundError as error:
        if error.name not in ("uvicorn", "litestar", "jinja2", "pebble"):
            raise
        raise UsageError(f"serve: {error.name} is missing; pip install 'inforce[web]'") from None
    from inforce.ledger.place import data_folder
    from inforce.record import load

    host, port = _bound(asked.bind)
    rate = _rate(asked.rate_limit)
    site = Site(load(asked.record), ledger=asked.ledger, answers=asked.answers or data_folder() / "answers")
    if asked.ledger is not None:
        site.open_ledger()  # a wrong place is told now, and not to whoever comes first
    where = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if asked.json:
        show_json({"url": where, "record": site.record.hash})
    else:
        complain(f"{where} (Ctrl-C ends it)")
    config = uvicorn.Config(
        make_app(site, rate=rate),
        host=host,
        port=port,
        log_level="warning",
        access_log=asked.access_log,
        timeout_keep_alive=10,
        server_header=False,
        limit_concurrency=4_000,
        http=Patient,
    )
    _allow_many_connections()
    uvicorn.Server(config).run()
    return 0


def _rate(text: str) -> int | None:
    if text == "off":
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= 100_000:
        raise UsageError(f"--rate-limit {text}: give a number of requests a second, or off")
    return int(text)


def _bound(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65_536:
        raise UsageError(f"--bind {text}: give a port, or an address and a port: 127.0.0.1:8000")
    return host.strip("[]") or "127.0.0.1", int(port)


def _allow_many_connections() -> None:
    """Let as many be open as this user may have; the usual limit is that of a program for one person."""
    try:
        import resource
    except ModuleNotFoundError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
