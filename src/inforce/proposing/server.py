"""A server that speaks the chat completions of the OpenAI protocol, asked with every bound that can be set.

Nothing here believes the server: it may refuse, hang, send too much or something else altogether. All of it
ends in `Trouble`, one line that says what happened.
"""

from __future__ import annotations

import functools
import ipaddress
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

import msgspec

from inforce.errors import UsageError
from inforce.proposing.reasons import shown

if TYPE_CHECKING:
    import httpx

#: Bytes of an answer, and the tokens that are asked for at most.
LARGEST = 4 << 20
_TOKENS = 4_096

#: Seconds for one answer, unless told otherwise: a model on a laptop may need minutes.
PATIENCE = 300.0
_CONNECT = 10.0

#: Seconds before a server that is busy is asked again.
_PAUSES = (1.0, 4.0)

#: Settings that some servers refuse; the answer can do without them.
_DISPENSABLE = ("response_format", "temperature", "max_tokens")

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Trouble(Exception):
    """A question without an answer. `lasting` says that asking again, with another text, would not help."""

    def __init__(self, what: str, *, lasting: bool = False) -> None:
        super().__init__(what)
        self.lasting = lasting


class Reply(msgspec.Struct, frozen=True):
    """What a model wrote, and whether the server stopped it at its longest."""

    content: str
    cut_off: bool = False


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice] = []
    error: Any = None


class _Response(msgspec.Struct):
    """An HTTP answer, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Key(str):
    """A key, which shows itself nowhere."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "[key]"


class Server(msgspec.Struct):
    """Where to ask which model.

    `without` names settings that the server has refused so far; `down` says why it is not asked any more.
    """

    model: str
    url: str
    key: Key | None = None
    patience: float = PATIENCE
    pauses: tuple[float, ...] = _PAUSES
    without: tuple[str, ...] = ()
    down: str | None = None

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Reply:
        """The model's answer to the messages; raises `Trouble`.

        After a trouble that lasts nothing is sent any more: many articles must not wait for one dead server.
        """
        if self.down is not None:
            raise Trouble(f"not asked again: {self.down}", lasting=True)
        try:
            return self._asked(messages, schema)
        except Trouble as trouble:
            self.down = str(trouble) if trouble.lasting else None
            raise

    def _asked(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Reply:
        pauses = list(self.pauses)
        while True:
            payload = self._payload(messages, schema)
            response = _within(self.patience, functools.partial(self._post, payload))
            if response.status == HTTPStatus.OK:
                return self._reply(response.body)
            if self._does_without(payload, response):
                continue
            if not (_is_busy(response.status) and pauses):
                raise self._refused(response)
            time.sleep(_pause(response, pauses.pop(0)))

    def _payload(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> dict[str, Any]:
        form = {"name": "claims", "strict": True, "schema": schema}
        settings = {
            "temperature": 0,
            "max_tokens": _TOKENS,
            "response_format": {"type": "json_schema", "json_schema": form},
        }
        kept = {name: value for name, value in settings.items() if name not in self.without}
        return {"model": self.model, "messages": messages, "stream": False, **kept}

    def _does_without(self, payload: dict[str, Any], response: _Response) -> bool:
        """Whether the server refuses a setting that can be left out: that which it names, else the schema."""
        if response.status not in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY):
            return False
        left = [name for name in _DISPENSABLE if name in payload]
        if not left:
            return False
        said = response.body.decode("utf-8", "replace")
        named = [name for name in left if name in said]
        if not named and "response_format" not in left:
            return False
        self.without = (*self.without, (named or ["response_format"])[0])
        return True

    def _post(self, payload: dict[str, Any]) -> _Response:
        httpx = _httpx()
        headers = {"Accept-Encoding": "identity"} | (
            {"Authorization": f"Bearer {self.key}"} if self.key else {}
        )
        timeout = httpx.Timeout(self.patience, connect=min(_CONNECT, self.patience))
        # A server on this machine is not asked through a proxy elsewhere.
        client = httpx.Client(timeout=timeout, follow_redirects=False, trust_env=not is_local(self.url))
        try:
            with (
                client,
                client.stream(
                    "POST", f"{self.url}/chat/completions", json=payload, headers=headers
                ) as response,
            ):
                body = _read(response)
                # A server may send the key back, and what it sends may be shown.
                body = body.replace(self.key.encode(), b"[key]") if self.key else body
                return _Response(response.status_code, response.headers, body)
        except httpx.TimeoutException:
            raise Trouble(f"{self.url} did not answer in time", lasting=True) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            why = self._safe(str(error) or type(error).__name__)
            raise Trouble(f"{self.url} cannot be asked: {why}", lasting=True) from None

    def _reply(self, body: bytes) -> Reply:
        try:
            completion = msgspec.json.decode(body, type=_Completion)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            said = self._safe(body[:1000].decode("utf-8", "replace"))
            raise Trouble(f"the server's answer is no chat completion; it begins: {said}") from None
        if not completion.choices:
            raise Trouble(f"the server gave no answer: {self._safe(_error_text(body))}")
        choice = completion.choices[0]
        if choice.message.refusal:
            raise Trouble(f"the model refused: {self._safe(choice.message.refusal)}")
        if choice.finish_reason == "content_filter":
            raise Trouble("the server's content filter withheld the answer")
        cut_off = choice.finish_reason == "length"
        if not (choice.message.content or "").strip():
            why = "; it was stopped at its longest before it wrote any" if cut_off else ""
            raise Trouble(f"the model's answer is empty{why}")
        return Reply(choice.message.content or "", cut_off)

    def _refused(self, response: _Response) -> Trouble:
        status = response.status
        name = f"HTTP {status}"
        if 300 <= status < 400:
            where = self._safe(response.headers.get("location", "elsewhere"))
            return Trouble(f"{name}: the server redirects to {where}; give that address", lasting=True)
        said = self._safe(_error_text(response.body))
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            whose = "refuses the key" if self.key else "asks for a key (--model-key-env)"
            return Trouble(f"{name}: the server {whose}: {said}", lasting=True)
        if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            return Trouble(f"{name}: no such model, or no such service at {self.url}: {said}", lasting=True)
        return Trouble(f"{name}: {said}", lasting=_is_busy(status))

    def _safe(self, text: str) -> str:
        """Foreign text as it may be repeated, without the key that a server may send back."""
        return shown(text.replace(self.key, "[key]") if self.key else text)


def server(model: str, url: str, key_variable: str | None = None, patience: float = PATIENCE) -> Server:
    """The server at `url`, with the key that the environment variable holds.

    Raises `UsageError` where httpx is not installed, the address is none, or the variable holds no key. No
    message repeats what could be a key.
    """
    _httpx()
    if not model.strip():
        raise UsageError("--model: is empty; give the name that the server knows the model by")
    return Server(model=model, url=_address(url), key=_key(key_variable), patience=patience)


def is_local(url: str) -> bool:
    """Whether an address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _httpx() -> Any:
    try:
        import httpx  # noqa: PLC0415 - an extra, and 0.1 s
    except ImportError:
        raise UsageError("--model needs httpx, which is not installed: pip install 'inforce[llm]'") from None
    return httpx


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable() or " " in url:
        raise UsageError("--model-url: is no address; give one such as http://localhost:11434/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError(
            "--model-url: holds a user, password or query; give the bare address; keys by --model-key-env"
        )
    return url.rstrip("/").removesuffix("/chat/completions")


def _key(variable: str | None) -> Key | None:
    if variable is None:
        return None
    if not _VARIABLE.fullmatch(variable):
        raise UsageError("--model-key-env: takes the name of an environment variable, not the key itself")
    key = os.environ.get(variable, "").strip()
    if not key:
        raise UsageError("--model-key-env: names no environment variable that is set; export it first")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UsageError("--model-key-env: the variable holds no key: blanks or letters that no key has")
    return Key(key)


def _within(seconds: float, ask: Callable[[], _Response]) -> _Response:
    """What `ask` returns or raises, unless that takes longer; raises `Trouble` then.

    No setting of a client bounds the whole of a question (a name that does not resolve, a byte now and
    then). A thread that is given up ends with its own time-out, or with the process.
    """
    told: queue.Queue[_Response | BaseException] = queue.Queue(maxsize=1)

    def run() -> None:
        try:
            told.put(ask())
        except BaseException as error:  # handed to whoever waits
            told.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = told.get(timeout=seconds)
    except queue.Empty:
        raise Trouble(f"no whole answer within {seconds:g} seconds", lasting=True) from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _read(response: httpx.Response) -> bytes:
    """The body as it was sent; raises `Trouble` where it is packed, though asked not to be, or too large."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise Trouble("the server packs its answer, though asked not to", lasting=True)
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > LARGEST:
            raise Trouble(f"the answer is larger than {LARGEST >> 20} MB")
    return bytes(body)


def _is_busy(status: int) -> bool:
    return status in (408, 429, 502, 503, 504)


def _pause(response: _Response, otherwise: float) -> float:
    """How long to wait: as the server asks, if that is a few seconds."""
    asked = response.headers.get("retry-after", "")
    return min(float(asked), 20.0) if asked.isascii() and asked.isdecimal() else otherwise


def _error_text(body: bytes) -> str:
    """What the server says of an error, in any of the usual shapes."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return body[:1000].decode("utf-8", "replace") or "no reason given"
    for key in ("error", "message", "detail"):
        if isinstance(said, dict) and key in said:
            said = said[key]
    return said if isinstance(said, str) else body[:1000].decode("utf-8", "replace")
