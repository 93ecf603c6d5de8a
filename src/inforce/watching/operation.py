"""What an operator sees: logs as lines of JSON, figures for Prometheus, and whether the loop is alive."""

# ruff: noqa: PLC0415 - only where an address for the figures is given

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from inforce.errors import UsageError

#: A loop that finished no round for so many seconds is not well: longer than any fetch may take.
_STALE = 300.0
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class Lines(logging.Formatter):
    """One JSON object a line: time, level, event, and what belongs to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _PLAIN},
        }
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def log_to_stderr(level: int) -> None:
    """Structured lines of the watch's own log on standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    own = logging.getLogger("inforce.watch")
    own.handlers = [handler]
    own.setLevel(level)
    own.propagate = False


def serve_figures(address: str, tally: msgspec.Struct) -> Callable[[], None]:
    """Serve `/metrics` and `/health` at HOST:PORT; gives what ends it. Raises `UsageError`."""
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    host, _, port = address.rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise UsageError(f"--metrics {address}: give a port, or host:port")

    class Quiet(WSGIRequestHandler):
        timeout = 10

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a visit a second is no news."""

    try:
        server: WSGIServer = make_server(
            host or "127.0.0.1", int(port), _application(tally), handler_class=Quiet
        )
    except OSError as error:
        raise UsageError(f"--metrics {address}: cannot be served ({error.strerror})") from None
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()

    def end() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return end


def _application(tally: msgspec.Struct) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    class Figures:
        def collect(self) -> Iterable[Any]:
            for name, value in msgspec.structs.asdict(tally).items():
                if name == "last_round":
                    yield GaugeMetricFamily("inforce_last_round_timestamp", "End of the last round", value)
                else:
                    yield CounterMetricFamily(f"inforce_{name}", name.replace("_", " "), value)

    registry = CollectorRegistry()
    registry.register(Figures())

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/metrics":
            start("200 OK", [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")])
            return [generate_latest(registry)]
        if environ.get("PATH_INFO") == "/health":
            well = time.time() - getattr(tally, "last_round", 0.0) < _STALE
            start("200 OK" if well else "503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"well\n" if well else b"no round was finished lately\n"]
        start("404 Not Found", [("Content-Type", "text/plain")])
        return [b"/metrics or /health\n"]

    return answer
