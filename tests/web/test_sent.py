"""What is sent to the API: checked as everywhere, entered with a key alone; keys and rates kept."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest
import uvicorn
from jsonschema import Draft202012Validator
from texts import FINLAND
from visiting import DAY, RECORD, SITE, Parsed, ask, assert_nothing_foreign, site

from inforce.checking import check
from inforce.ledger import keys
from inforce.ledger.place import open_ledger
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.reports.json_answers import check_answer
from inforce.web import make_app
from inforce.web.api.endpoint import PREFIX
from inforce.web.api.sent import SENDINGS
from inforce.web.limits import Limits

DOCUMENT = ask(f"{PREFIX}/openapi.json").json()
LATER = "Finland will leave the Ottawa Convention on 10 January 2026."


class Keyed(NamedTuple):
    """An app with a ledger, its place, and a key for it."""

    app: Any
    place: str
    key: str

    def send(self, body: Any = None, *, key: str | None = "", path: str = "", **parts: Any) -> httpx.Response:
        headers = {} if key is None else {"Authorization": f"Bearer {key or self.key}"}
        sent = {"text": FINLAND, "source": "wire-1"} if body is None else body
        address = f"{PREFIX}/ledger/documents{path}"
        return ask(address, app=self.app, method="POST", json=sent, headers=headers, **parts)


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyed]:
    place = str(tmp_path_factory.mktemp("keys") / "ledger.db")
    ledger = open_ledger(place)
    with ledger.writing() as connection:
        key = keys.add(connection, "newsroom", ["ledger"])
    ledger.close()
    with_ledger = site(ledger=place)
    yield Keyed(make_app(with_ledger), place, key)
    with_ledger.pool.stop()
    SITE.pool.stop()


def sent(path: str, body: Any) -> httpx.Response:
    return ask(PREFIX + path, method="POST", json=body)


def as_described(operation: str, told: httpx.Response) -> Any:
    """The answer, after looking that it is as the document says."""
    assert told.status_code == 200, told.text
    (one,) = [each for each in SENDINGS if each.operation == operation]
    content = DOCUMENT["paths"][PREFIX + one.path]["post"]["responses"]["200"]["content"]["application/json"]
    Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]}).validate(told.json())
    return told.json()["answer"]


def test_an_article_is_checked_as_everywhere() -> None:
    document = document_from_text(FINLAND, "text", published=DAY)
    expected = check_answer(check(document, read(document, RECORD), RECORD, today=DAY))
    told = as_described("check", sent("/check", {"text": FINLAND, "published": str(DAY)}))
    assert told["claims"] == msgspec.json.decode(msgspec.json.encode(expected.claims))
    assert told["claims"]
    plain = ask(
        f"{PREFIX}/check?published={DAY}",
        method="POST",
        content=FINLAND.encode(),
        headers={"Content-Type": "text/plain"},
    )
    assert as_described("check", plain)["claims"] == told["claims"]


def test_articles_are_compared() -> None:
    told = as_described("compare", sent("/compare", {"articles": [{"text": FINLAND}, {"text": LATER}]}))
    assert len(told["articles"]) == 2


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/check", {}, 400, "send text or url"),
        ("/check", {"text": "x", "url": "https://x.example"}, 400, "send text or url"),
        ("/check", {"txt": "x"}, 400, "txt"),
        ("/check", {"text": "x", "published": "yesterday"}, 400, "published"),
        ("/check", [], 400, "object"),
        ("/check", {"text": "x" * (2**21 + 1)}, 413, "over the limit"),
        ("/check", {"url": "http://127.0.0.1/"}, 400, "127.0.0.1"),
        ("/check", {"url": "http://169.254.169.254/latest"}, 400, "169.254.169.254"),
        ("/compare", {"articles": [{"text": "x"}]}, 400, "articles"),
        ("/ledger/documents", {"text": "x"}, 401, "needs a key"),
    ],
)
def test_what_cannot_be_meant_is_told(path: str, body: Any, status: int, words: str) -> None:
    told = sent(path, body)
    assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
    assert words in told.json()["detail"]


def test_other_media_types_and_other_sites_are_refused() -> None:
    form = ask(f"{PREFIX}/check", method="POST", data={"text": "x"})
    assert form.status_code == 415
    foreign = {"Origin": "https://elsewhere.example", "Content-Type": "text/plain"}
    assert ask(f"{PREFIX}/check", method="POST", content=b"x", headers=foreign).status_code == 403


def test_a_key_lets_an_article_into_the_ledger_once(keyed: Keyed) -> None:
    first, again = (as_described("ledger-add", keyed.send()) for _ in range(2))
    assert (first["new"], again["new"], first["source"]) == (True, False, "wire-1")
    found = ask(f"{PREFIX}/ledger/claims?source=wire-1", app=keyed.app).json()["answer"]
    assert len(found) == first["claims"] > 0


def test_without_a_key_in_use_nothing_is_written(keyed: Keyed) -> None:
    for key in (None, "wrong", keys.MARK + "wrong", keyed.key + "x", keyed.key.upper()):
        told = keyed.send({"text": LATER, "source": "unwanted"}, key=key)
        assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
    assert ask(f"{PREFIX}/ledger/claims?source=unwanted", app=keyed.app).json()["answer"] == []


def test_a_key_is_kept_as_its_hash_and_can_be_revoked(keyed: Keyed) -> None:
    ledger = open_ledger(keyed.place)
    with ledger.writing() as connection:
        short = keys.add(connection, "desk", ["ledger"])
        assert keyed.key not in str(keys.listed(connection))
    assert keyed.send(key=short).status_code == 200
    with ledger.writing() as connection:
        keys.revoke(connection, "desk")
        assert [(one.name, one.revoked is None) for one in keys.listed(connection)] == [
            ("newsroom", True),
            ("desk", False),
        ]
    ledger.close()
    assert keyed.send(key=short).status_code == 401
    files = Path(keyed.place).parent.iterdir()
    assert not any(short.encode() in file.read_bytes() for file in files)


@pytest.mark.parametrize("how", ["?key={}", "?api_key=something-else", "?on={}", "/{}", "?token="])
def test_a_key_in_an_address_is_refused(keyed: Keyed, how: str) -> None:
    for method in ("GET", "POST"):
        told = ask(f"{PREFIX}/states{how.format(keyed.key)}", app=keyed.app, method=method)
        assert (told.status_code, told.headers["content-type"]) == (400, "application/problem+json")
        assert "no place in an address" in told.json()["detail"]
        assert keyed.key not in told.text


def test_no_key_comes_into_the_access_log(keyed: Keyed, caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(keyed.app, port=port, log_config=None, lifespan="off"))
    running = threading.Thread(target=server.run, daemon=True)
    with caplog.at_level(logging.DEBUG):
        running.start()
        while not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
            headers = {"Authorization": f"Bearer {keyed.key}"}
            body = {"text": FINLAND, "source": "wire-1"}
            assert client.post(f"{PREFIX}/ledger/documents", json=body, headers=headers).status_code == 200
            for path in (f"?key={keyed.key}", f"/{keyed.key}", f"?on=%69{keyed.key[1:]}"):
                assert client.get(f"{PREFIX}/states{path}").status_code == 400
        server.should_exit = True
        running.join(10)
    ours = (one for one in caplog.records if not one.name.startswith(("httpx", "httpcore")))  # the client's
    logged = [one.getMessage() for one in ours]
    assert sum(f"{PREFIX}/" in line for line in logged) == 4
    assert not any(keyed.key[len(keys.MARK) :] in line for line in logged)


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("is not asked here")


def test_a_bucket_fills_at_its_rate() -> None:
    now = [0.0]
    limits = Limits(_nothing, SITE, 2, lambda: now[0])
    assert [limits.take("a", 1)[0] for _ in range(20)] == [0.0] * 20
    assert limits.take("a", 1)[0] == 0.5
    assert limits.take("b", 10) == (0.0, 10.0)
    now[0] = 0.5
    assert limits.take("a", 1)[0] == 0.0
    now[0] = 1_000.0
    assert limits.take("a", 20) == (0.0, 0.0)


#: What Chromium says that it accepts.
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"}


def test_who_asks_too_much_waits() -> None:
    app = make_app(SITE, rate=1)
    told = [ask(f"{PREFIX}/states?limit=1", app=app) for _ in range(11)]
    assert [one.status_code for one in told] == [200] * 10 + [429]
    assert [one.headers["ratelimit-remaining"] for one in told[:3]] == ["9", "8", "7"]
    assert int(told[-1].headers["retry-after"]) == 1
    assert told[-1].headers["content-type"] == "application/problem+json"
    assert "content-security-policy" in told[-1].headers
    assert ask("/style.css", app=app).status_code == 200
    page = ask("/states", app=app, headers=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert int(page.headers["retry-after"]) >= 1
    assert "Too many requests from this address; wait a moment." in Parsed(page.text).text
    assert ask("/states.json", app=app, headers=BROWSER).headers["content-type"] == "application/problem+json"
    assert ask("/states", app=app).headers["content-type"] == "application/problem+json"


def test_a_browser_is_refused_with_a_page(keyed: Keyed) -> None:
    for path, method, status, words in (
        (f"/states?key={keyed.key}", "GET", 400, "A key has no place in an address"),
        (f"{PREFIX}/states/{keyed.key}", "GET", 400, "A key has no place in an address"),
        (f"{PREFIX}/ledger/documents", "POST", 401, "This needs a key: send it as the header"),
        (f"{PREFIX}/status/apmbc/Finnland", "GET", 400, "did you mean Finland (FIN)?"),
    ):
        told = ask(path, app=keyed.app, method=method, headers=BROWSER)
        assert (told.status_code, told.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert words in assert_nothing_foreign(told).text
        assert keyed.key not in told.text
        program = ask(path, app=keyed.app, method=method, headers={"Accept": "application/json, text/html"})
        assert program.headers["content-type"] == "application/problem+json"
