"""A server on this machine that speaks chat completions, and answers as a test wants it to."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

#: What a stub does with a request: it is given the handler and the request's JSON.
Behaviour = Callable[["Handler", dict[str, Any]], None]


class Seen(msgspec.Struct):
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    payload: dict[str, Any]


class Stub(ThreadingHTTPServer):
    """Behaves as the list says, one entry a request, the last for all that follow."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *behaviours: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours = list(behaviours)
        self.seen: list[Seen] = []
        self.done = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in mid-answer is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append(Seen(self.path, dict(self.headers), payload))
        behaviours = self.server.behaviours
        behave = behaviours.pop(0) if len(behaviours) > 1 else behaviours[0]
        behave(self, payload)

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextlib.contextmanager
def running(*behaviours: Behaviour) -> Iterator[Stub]:
    with Stub(*behaviours) as stub:
        thread = threading.Thread(target=stub.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stub
        finally:
            stub.done.set()
            stub.shutdown()
            thread.join()


def says(content: str | None, finish: str = "stop", refusal: str | None = None) -> Behaviour:
    """Answers with that text, in the protocol's shape."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {"object": "chat.completion", "choices": [{"message": message, "finish_reason": finish}]}
    return raw(200, json.dumps(body).encode())


def claims(*proposals: dict[str, Any], **others: Any) -> Behaviour:
    """Answers with these proposals."""
    return says(json.dumps({"claims": proposals, **others}))


def raw(status: int, body: bytes, **headers: str) -> Behaviour:
    return lambda handler, _: handler.send(status, body, **headers)


def fails(status: int, message: str, **headers: str) -> Behaviour:
    """An error in the protocol's shape."""
    return raw(status, json.dumps({"error": {"message": message, "type": "error"}}).encode(), **headers)


def hangs(handler: Handler, _: dict[str, Any]) -> None:
    """Never answers."""
    handler.server.done.wait(30)


def drips(handler: Handler, _: dict[str, Any]) -> None:
    """Sends a byte now and then, so that no time-out between two bytes ends it."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        while not handler.server.done.wait(0.05):
            handler.wfile.write(b" ")


def floods(handler: Handler, _: dict[str, Any]) -> None:
    """Never stops sending."""
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        for _n in range(100):
            handler.wfile.write(b" " * (1 << 20))


def hangs_up(handler: Handler, _: dict[str, Any]) -> None:
    """Closes the connection without an answer."""
    time.sleep(0.01)
    handler.close_connection = True
