"""Sources of the watch over the API: added and ended with a key, read by the watch as long as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import httpx
import pytest
from jsonschema import Draft202012Validator
from newsroom import Site as News
from visiting import ask, site
from watchers import Make, feed, rows

from inforce.ledger import keys
from inforce.ledger.place import Ledger
from inforce.ledger.scopes import SCOPES
from inforce.ledger.tables import documents, followed
from inforce.web import make_app
from inforce.web.api.endpoint import PREFIX
from inforce.web.api.watching import WATCHING

DOCUMENT = ask(f"{PREFIX}/openapi.json").json()
PATH = f"{PREFIX}/watch/sources"
ADD = next(one for one in WATCHING if one.operation == "watch-add")


class Desk(NamedTuple):
    """An app over a ledger, and its keys by what they allow."""

    app: Any
    keys: dict[str, str]

    def add(self, body: Any, scope: str | None = "watch", path: str = "") -> httpx.Response:
        return ask(PATH + path, app=self.app, method="POST", json=body, headers=self.headers(scope))

    def end(self, name: str, scope: str | None = "watch") -> httpx.Response:
        return ask(f"{PATH}/{name}", app=self.app, method="DELETE", headers=self.headers(scope))

    def listed(self) -> list[Any]:
        return list(as_described("get", "", ask(PATH, app=self.app)))

    def headers(self, scope: str | None) -> dict[str, str]:
        return {} if scope is None else {"Authorization": f"Bearer {self.keys[scope]}"}


@pytest.fixture
def desk(ledger: Ledger, place: str) -> Iterator[Desk]:
    with ledger.writing() as connection:
        held = {scope: keys.add(connection, f"for-{scope}", [scope]) for scope in SCOPES}
        held["revoked"] = keys.add(connection, "gone", ["watch"])
        keys.revoke(connection, "gone")
    asked = site(ledger=place)
    yield Desk(make_app(asked), held | {"unknown": keys.MARK + "x"})
    asked.open_ledger().close()


def as_described(method: str, path: str, told: httpx.Response) -> Any:
    """The answer, after looking that it is as the document says."""
    assert told.status_code == 200, told.text
    operation = DOCUMENT["paths"][PATH + path][method]
    content = operation["responses"]["200"]["content"]["application/json"]
    Draft202012Validator({**content["schema"], "components": DOCUMENT["components"]}).validate(told.json())
    return told.json()["answer"]


def test_the_example_is_added_once_listed_and_ended(desk: Desk) -> None:
    first, again = (as_described("post", "", desk.add(ADD.example)) for _ in range(2))
    assert (first["new"], again["new"], again["source"]) == (True, False, first["source"])
    name, example = ADD.example["name"], DOCUMENT["paths"][f"{PATH}/{{name}}"]["delete"]["parameters"][0]
    assert example["example"] == name
    (one,) = desk.listed()
    assert (one["name"], one["kind"], one["address"], one["every"]) == (
        name,
        "feed",
        "https://wire.example/rss.xml",
        "15m",
    )
    assert (one["visited"], one["problem"], one["ended"]) == (None, None, None)
    assert "for-watch" not in ask(PATH, app=desk.app).text
    ended = as_described("delete", "/{name}", desk.end(name))
    assert [ended] == desk.listed()
    assert ended["ended"]
    told = desk.end(name)
    assert (told.status_code, told.json()["detail"]) == (
        404,
        "source 'Baltic wire': none of this name is followed; ask for the list",
    )


def test_a_name_is_one_source_whatever_it_ends_in(desk: Desk) -> None:
    for name in ("nrc.html", "feed.json", "Правда (UA)", "a.b.csv"):
        assert desk.add({"name": name, "sitemap": "https://a.example/map.xml"}).status_code == 200
        other = desk.add({"name": name, "feed": "https://b.example/"})
        assert (other.status_code, other.headers["content-type"]) == (409, "application/problem+json")
        assert desk.end(name).json()["answer"]["name"] == name
    assert all(one["ended"] for one in desk.listed())
    first = ask(f"{PATH}.json?limit=3", app=desk.app).json()
    assert len(ask(first["links"]["next"], app=desk.app).json()["answer"]) == 1


@pytest.mark.parametrize(
    ("scope", "status", "words"),
    [
        (None, 401, "needs a key"),
        ("unknown", 401, "not in use"),
        ("revoked", 401, "not in use"),
        ("ledger", 403, "does not allow watch"),
    ],
)
def test_a_key_of_this_scope_is_needed(desk: Desk, scope: str | None, status: int, words: str) -> None:
    assert desk.add({"name": "Kept", "feed": "https://a.example/"}).status_code == 200
    for told in (desk.add(ADD.example, scope), desk.end("Kept", scope)):
        assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
        assert words in told.json()["detail"]
    assert [(one["name"], one["ended"]) for one in desk.listed()] == [("Kept", None)]
    entering = ask(
        f"{PREFIX}/ledger/documents",
        app=desk.app,
        method="POST",
        json={"text": "x"},
        headers=desk.headers("watch"),
    )
    assert entering.status_code == 403


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": "<script>alert(1)</script>"}, "no name of a source"),
        ({"name": "a\nb"}, "no name of a source"),
        ({"name": "a\u0000"}, "no name of a source"),
        ({"name": "x" * 10_000}, "name"),
        ({"feed": "file:///etc/passwd"}, "no http or https address"),
        ({"feed": "https://user:secret@a.example/"}, "name or password"),
        ({"feed": "https://a.example/<script>"}, "is no address"),
        ({"feed": "https://a.example/\u0000"}, "is no address"),
        ({"feed": "https://a.example/" + "x" * 10_000}, "feed"),
        ({"feed": "http://127.0.0.1:8000/"}, "no public address"),
        ({"feed": "http://169.254.169.254/"}, "no public address"),
        ({"feed": None}, "exactly one of feed, sitemap"),
        ({"sitemap": "https://a.example/"}, "exactly one of feed, sitemap"),
        ({"folder": "/etc"}, "unknown field `folder`"),
        ({"depositary": "https://a.example/"}, "unknown field `depositary`"),
        ({"every": "often"}, "no length of time"),
        ({"every": "1" * 10_000}, "every"),
        ({"every": 5}, "every"),
        ({"name": 1}, "name"),
    ],
)
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_what_cannot_be_followed_is_told_in_one_line(desk: Desk, body: Any, words: str) -> None:
    told = desk.add({"name": "Wire", "feed": "https://a.example/rss.xml"} | body)
    assert (told.status_code, told.headers["content-type"]) == (400, "application/problem+json")
    detail = told.json()["detail"]
    assert words in detail
    assert "secret" not in detail
    assert detail.isprintable()
    assert len(detail) < 300
    assert desk.listed() == []


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_key_in_the_address_or_among_what_is_shown_is_refused(desk: Desk) -> None:
    key = desk.keys["watch"]
    for told in (desk.add(ADD.example, path=f"?key={key}"), desk.end(key), desk.add({"name": key[:60]})):
        assert told.status_code == 400
        assert key not in told.text
    told = desk.add({"name": "Wire", "feed": f"https://a.example/?k={key}"})
    assert (told.status_code, key in told.text) == (400, False)
    assert desk.listed() == []


def test_the_watch_reads_what_was_added_and_no_more_what_was_ended(
    desk: Desk, ledger: Ledger, make: Make, site: News
) -> None:
    now = [datetime.now(UTC)]
    address = f"http://wire.example:{site.server_address[1]}/own.xml"  # the tests' own server, under a name
    running = {"now": lambda: now[0], "resolve": lambda host, port: ["127.0.0.1"]}
    site.pages["/own.xml"] = feed(f"{site.address}/a/50")
    assert desk.add({"name": "Wire", "feed": address, "every": "30m"}).status_code == 200
    now[0] += timedelta(minutes=1)
    make(**running).run(once=True)
    assert f"{site.address}/a/50" in {row.source for row in rows(ledger, documents)}
    (one,) = desk.listed()
    assert (one["visited"] is None, one["problem"]) == (False, None)
    assert desk.end("Wire").status_code == 200
    site.asked.clear()
    now[0] += timedelta(hours=2)
    make(**running).run(once=True)
    assert {"/feed-0.xml", "/a/50"} <= {path for path, _ in site.asked}  # for edits
    assert "/own.xml" not in {path for path, _ in site.asked}
    (row,) = rows(ledger, followed)
    assert row.ended_by == row.added_by
