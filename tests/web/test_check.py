"""Checking over HTTP: the same verdicts as everywhere, in every form, whatever strangers send."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
import pytest
from visiting import APP, DAY, RECORD, SITE, ask, assert_nothing_foreign

from inforce.checking import Report, check
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.reading.formats.addresses import Address, is_public
from inforce.reading.formats.fetch import Fetcher
from inforce.reports.annotations import annotation_collection
from inforce.reports.claim_review import claim_reviews
from inforce.reports.html import html_report
from inforce.reports.json_answers import check_answer
from inforce.reports.letter import letter

ARTICLE = (Path(__file__).parents[2] / "examples" / "midsummer-vote.txt").read_text("utf-8")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></article></main></body>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
)


@pytest.fixture(scope="module", autouse=True)
def _processes() -> Iterator[None]:
    yield
    SITE.pool.stop()


def send(path: str = "/check", *, files: Any = None, headers: Any = None, **fields: Any) -> httpx.Response:
    data = {name.replace("_", "-"): value for name, value in fields.items()}
    return ask(path, method="POST", data=data, files=files, headers=headers)


def direct(text: str = ARTICLE) -> Report:
    document = document_from_text(text, "Pasted text")
    return check(document, read(document, RECORD), RECORD, today=DAY)


def told(response: httpx.Response) -> str:
    return unescape(re.sub(r"<[^>]*>", "", response.text))


def test_the_form_and_its_twin_say_what_can_be_sent() -> None:
    page, twin = ask("/check"), ask("/check.json").json()["answer"]
    for field in ("text", "address", "file", "published"):
        assert f'name="{field}"' in page.text
        assert field in twin["fields"]
    assert set(twin["forms"]) == {"page", "json", "claimreview", "annotations", "letter"}


def test_a_text_is_checked_as_everywhere() -> None:
    page, twin = send(text=ARTICLE), send("/check.json", text=ARTICLE)
    (answer,) = twin.json()["answer"]["reports"]
    assert answer == json.loads(msgspec.json.encode(check_answer(direct())))
    assert page.headers["cache-control"] == twin.headers["cache-control"] == "no-store"
    for finding in direct().findings:
        assert str(finding.verdict) in page.text
        assert (finding.correction or "") in told(page)
    assert page.text.count("<details class=") == len(direct().findings) + 1


def test_every_file_of_a_report_is_that_of_the_command_line() -> None:
    page = send(text=ARTICLE).text
    document = unescape(re.findall(r'name="document" value="([^"]*)"', page)[0])
    report = direct()
    wanted = {
        "page": html_report(report, RECORD).encode(),
        "json": msgspec.json.encode(check_answer(report)),
        "claimreview": msgspec.json.encode(claim_reviews([report])),
        "annotations": msgspec.json.encode(annotation_collection([report])),
        "letter": (letter(report, RECORD) or "").encode(),
    }
    for form, data in wanted.items():
        got = send(document=document, form=form)
        assert got.content == data
        assert got.headers["content-disposition"].startswith("attachment")
        assert send(text=ARTICLE, form=form).content == data


def test_the_day_given_beats_none_and_is_told() -> None:
    text = "Finland is a party to the Ottawa Convention."
    undated, dated = send(text=text), send(text=text, published="2026-02-01")
    assert "give its day with it" in told(undated)
    assert "--published" not in undated.text
    assert "Verdicts as of 1 February 2026 (date of publication, from the sender)" in told(dated)
    (as_of,) = send("/check.json", text=text, as_of="2020-01-01").json()["answer"]["reports"]
    assert (as_of["as_of"], as_of["as_of_from"]) == ("2020-01-01", "asked for")


def test_files_are_read_by_their_kind() -> None:
    page = (
        b"<html><head><title>A page</title></head><body><article><p>"
        + b"Finland is a party to the Ottawa Convention. It acceded in 2012. " * 5
        + b"</p></article></body></html>"
    )
    got = send("/check.json", files={"file": ("a.html", page)}).json()["answer"]["reports"]
    assert [one["document"]["kind"] for one in got] == ["html"]
    lines = b"".join(
        json.dumps({"text": f"Finland left the Ottawa Convention in {year}."}).encode() + b"\n"
        for year in range(2000, 2025)
    )
    several = send(files={"file": ("a.jsonl", lines)})
    assert "20 documents checked" in several.text
    assert "There are more" in several.text
    assert len(send("/check.json", files={"file": ("a.jsonl", lines)}).json()["answer"]["reports"]) == 20


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_is_sent_becomes_markup(hostile: str) -> None:
    text = (
        f"Title: {hostile}\nSource: {hostile}\n\n“Finland left the Ottawa Convention in {hostile} 2020”, "
        f"{hostile} said. {hostile}"
    )
    # The name of a file is its sender's too; a browser writes " as %22 there.
    for page in (
        send(text=text),
        send(files={"file": (f"{hostile}.txt".replace('"', "%22"), text.encode())}),
    ):
        assert page.status_code == 200
        assert hostile in assert_nothing_foreign(page).text
    for refused in (
        send(address=hostile),
        send(text="x", form=hostile),
        send(text="x", published=hostile),
        send(text="x", **{hostile.replace("_", " "): "x"}),
    ):
        assert refused.status_code == 400
        assert_nothing_foreign(refused)


def test_a_document_that_was_tampered_with_is_refused() -> None:
    known = msgspec.to_builtins(direct().document)
    for change in ({"sha256": "x"}, {"url": "javascript:alert(1)"}, {"text": 3}):
        refused = send(document=json.dumps(known | change), form="annotations")
        assert (refused.status_code, "none that was read here" in refused.text) == (400, True)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 400, "send the text, its address or a file"),
        ({"text": "   "}, 400, "send the text, its address or a file"),
        ({"text": "x", "address": "https://a.example/"}, 400, "text and address are given"),
        ({"txt": "x"}, 400, "did you mean text?"),
        ({"text": "x", "published": "2025-02-30"}, 400, "published: "),
        ({"text": "x", "form": "docx"}, 400, "form: there is page, json"),
        ({"text": "x" * (2 * 1024 * 1024 + 1)}, 413, "over the limit of 2 MB"),
        ({"address": "file:///etc/passwd"}, 400, "is no http or https address"),
        ({"address": "x" * 3000}, 400, "longer than"),
    ],
)
def test_what_cannot_be_checked_is_told(fields: dict[str, str], status: int, words: str) -> None:
    for path in ("/check", "/check.json"):
        refused = send(path, **fields)
        assert refused.status_code == status
        detail = refused.json()["detail"] if path.endswith("json") else told(refused)
        assert words.lower() in detail.lower()


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b"<w:document>" + b" " * 300_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", _bomb, "unpacks to more than 100 mb"),
        ("a.gz", lambda: gzip.compress(b" " * 50_000_000), "is packed with gzip"),
        ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "is a picture"),
        ("a.txt", lambda: b"\0\1\2\3" * 100, "a.txt: "),
        ("a.txt", lambda: b"Finland. " * 300_000, "over 2 mb of text"),
        ("a.txt", lambda: b"", "is empty"),
    ],
)
def test_files_of_a_wrong_kind_or_size_are_refused(name: str, data: Any, words: str) -> None:
    refused = send(files={"file": (name, data())})
    assert refused.status_code == 400
    assert words in told(refused).lower()


def test_a_body_over_the_limit_is_refused() -> None:
    refused = send(files={"file": ("a.txt", b"x" * (21 * 1024 * 1024))})
    assert refused.status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://explorer.test"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({}, 200),
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str], status: int) -> None:
    assert send(text="Finland left.", headers=headers).status_code == status


class _Moving(BaseHTTPRequestHandler):
    """Sends whoever comes to a place inside, or gives an article."""

    def do_GET(self) -> None:
        inside = {
            "/loop": "http://127.0.0.1:1/",
            "/meta": "http://169.254.169.254/",
            "/lan": "http://10.0.0.1/",
        }
        if self.path in inside:
            self.send_response(302)
            self.send_header("Location", inside[self.path])
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(ARTICLE.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that stands for the internet, on an address which these tests alone permit."""
    answers = iter([["127.0.0.2"], ["127.0.0.1"]])

    def names(host: str, port: int) -> list[str]:
        known = {"page.example": ["127.0.0.2"], "inner.example": ["192.168.0.1"]}
        return next(answers) if host == "turning.example" else known.get(host) or [host]

    def permitted(address: Address) -> bool:
        return str(address) == "127.0.0.2" or is_public(address)

    monkeypatch.setattr(SITE.pool, "fetch", Fetcher(names, permitted).fetch)
    server = ThreadingHTTPServer(("127.0.0.2", 0), _Moving)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_is_fetched_and_checked(site_elsewhere: int) -> None:
    url = f"http://page.example:{site_elsewhere}/a"
    (answer,) = send("/check.json", address=url).json()["answer"]["reports"]
    assert answer["document"]["source"] == url
    assert [one["verdict"] for one in answer["claims"]] == [str(one.verdict) for one in direct().findings]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/a",
        "http://[::1]:{port}/a",
        "http://169.254.169.254/latest/meta-data/",
        "http://inner.example/",
        "http://page.example:{port}/loop",
        "http://page.example:{port}/meta",
        "http://page.example:{port}/lan",
        "http://0.0.0.0:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
    ],
)
def test_no_address_inside_is_reached(address: str, site_elsewhere: int) -> None:
    refused = send(address=address.format(port=site_elsewhere))
    assert refused.status_code == 400
    assert "no public address" in refused.text


def test_a_name_that_turns_inside_is_looked_at_each_time(site_elsewhere: int) -> None:
    url = f"http://turning.example:{site_elsewhere}/a"
    assert send(address=url).status_code == 200
    assert "leads to 127.0.0.1" in send(address=url).text


def test_who_finds_no_place_is_told_when_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SITE.pool, "at_once", 0)
    refused = send("/check.json", text=ARTICLE)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert refused.json()["title"] == "Service Unavailable"


def test_a_check_over_its_time_is_ended_and_the_next_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SITE.pool, "seconds", 0.2)
    long = ARTICLE.split("\n\n", 1)[1] * 1000
    refused = send(text=long)
    assert (refused.status_code, "takes longer than" in refused.text) == (400, True)
    monkeypatch.setattr(SITE.pool, "seconds", 30.0)
    assert send(text=ARTICLE).status_code == 200


def test_fifty_checks_do_not_hold_up_a_page() -> None:
    ask("/")  # what is asked of a server that has answered before

    async def asked() -> tuple[list[int], int]:
        transport = httpx.ASGITransport(cast("Any", APP), raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://explorer.test", timeout=60
        ) as client:
            checks = [asyncio.create_task(client.post("/check", data={"text": ARTICLE})) for _ in range(50)]
            await asyncio.sleep(0)
            page = await client.get("/")
            waiting = sum(not one.done() for one in checks)
            assert page.status_code == 200
            return [(await one).status_code for one in checks], waiting

    codes, waiting = asyncio.run(asked())
    assert codes == [200] * 50
    assert waiting > 0
