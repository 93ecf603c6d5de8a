"""Every address of the app, with what nobody means: no defect, no echo as markup, errors that are told.

The addresses are the app's own and their parameters those that they name, so that a new page is asked too.
"""

from __future__ import annotations

import csv
import io
import itertools
import logging
import re
import string
from collections.abc import Callable, Iterator
from typing import Any, Final, cast

import msgspec
import pytest
from texts import FINLAND, WRONG, put_in_story
from visiting import RECORD, SITE, Headers, Told, ask, ask_raw, assert_nothing_foreign, site

from inforce.errors import UsageError
from inforce.ledger.place import open_ledger
from inforce.reports.table_files import cell
from inforce.web import make_app
from inforce.web.desk import work
from inforce.web.desk.pool import Pool

#: What stands for each part of a path.
PARTS: Final = {
    "treaty": "apmbc", "participant": "FIN", "supplier": "USA", "recipient": "UKR", "number": "164",
    "version": SITE.version, "on": "2025-12-01", "known_by": "2025-12-01", "claim": "1", "story": "1",
    "document": "1", "speaker": "Reuters", "name": "icon.svg",
}  # fmt: skip
MARKUP: Final = "%22'%3E%3Cb%20hostile%3E"
#: Days at both ends of the calendar and beyond.
DAYS: Final = ("0000-01-01", "0001-01-01", "9999-12-31")
#: As they stand in an address: markup, NUL, no UTF-8, a lone surrogate, no percent code, too long, numbers no
#: machine holds, lines that would be headers, directions.
OTHERS: Final = (
    "%00", "a%00b", "%FF%FE", "%ED%A0%80", "%zz%", "x" * 501, "9" * 30, "%D9%A3", "%22%20OR%20(",
    "a%0D%0AX-Hostile:%201", "%E2%80%AE%E2%80%A8", "..%2F..%2Fetc%2Fpasswd", "%7B%7B7*7%7D%7D",
    "%F0%9F%92%A3",
)  # fmt: skip
HOSTILE: Final = (MARKUP, *DAYS, *OTHERS)
#: Of the others so many at each parameter, in turn: an answer may be dear, and no parameter reads alone.
IN_TURN: Final = 3
ENDINGS: Final = (".json", ".csv", ".exe", ".", "/", "%00", ";a=b", ".json.json", "/" + "x" * 5000)
ACCEPTED: Final = (b"", b",;", b"\xff\xfe", b"image/png", b"text/html;q=x," * 500, b"application/json")
FORM: Final = b"application/x-www-form-urlencoded"


def _litestar(app: Any) -> Any:
    return app if hasattr(app, "routes") else _litestar(app.app)


def addresses(method: str) -> list[str]:
    """The app's own addresses that have a method."""
    return [one.path_format for one in _litestar(make_app(site())).routes if method in one.methods]


class Here(Pool):
    """The desk without its processes and without a network."""

    async def run(self, job: Callable[..., Any], *given: object) -> Any:
        """At once, in this process."""
        return job(*given)


def refuse(url: str) -> Any:
    raise UsageError(f"{url}: is not asked in tests")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = str(tmp_path_factory.mktemp("hostile") / "ledger.db")
    ledger = open_ledger(place)
    for number, text in enumerate((FINLAND, WRONG)):
        put_in_story(ledger, RECORD, text, source=f"=s{number}")
    ledger.close()
    asked = site(ledger=place)
    asked.pool = Here(RECORD, fetch=refuse)
    work.begin(RECORD)
    return make_app(asked)


def filled(address: str, **other: str) -> str:
    """An address with its parts, some of them others."""
    names = [name for _, name, _, _ in string.Formatter().parse(address) if name]
    return address.format_map({name: other.get(name, PARTS[name]) for name in names})


def named(answer: Told) -> list[str]:
    """The parameters that an error against an unknown one names."""
    assert answer.status == 400, answer
    detail = msgspec.json.decode(answer.body)["detail"]
    found = re.search("known here: (.+)", detail)
    assert found, detail
    return [] if found[1] == "none" else found[1].split(", ")


def look(answer: Told, what: object) -> None:
    """That an answer is sound, whatever was asked."""
    media, text = answer.headers.get("content-type", ""), answer.body.decode()
    assert answer.status < 500, what
    assert "default-src 'none'" in answer.headers["content-security-policy"], what
    assert "x-hostile" not in answer.headers, what
    if media.startswith(("text/html", "application/atom+xml")):
        assert "<b hostile" not in text, what
    if media.startswith("text/html") and "hostile" in text:
        assert_nothing_foreign(text)
    if answer.status < 400:
        return
    if media == "application/problem+json":
        problem = msgspec.json.decode(text)
        assert problem["status"] == answer.status, what
        assert problem["detail"].isprintable(), what
        assert 10 < len(problem["detail"]) < 1500, what
    else:
        assert media == "text/html; charset=utf-8", what
        assert "<h1" in text, what


def _questions(address: str, parameters: list[str]) -> Iterator[str]:
    """An address with hostile values, one in each, every other time as JSON."""
    plain, endings, others = filled(address), itertools.cycle(("", ".json")), itertools.cycle(OTHERS)
    path = plain if plain != "/" else "/index"
    for name in parameters:
        for value in (MARKUP, *DAYS, *itertools.islice(others, IN_TURN)):
            yield f"{path}{next(endings)}?{name}={value}"
        yield f"{plain}?{name}=1&{name}=2"
        yield f"{plain}?{name}%00=1"
    for value in HOSTILE:
        yield f"{plain}?{value}"
        yield f"{plain}?{value}=1"
    for name in (name for name in PARTS if f"{{{name}}}" in address):
        for value in HOSTILE:
            yield filled(address, **{name: value}) + next(endings)
    yield from (f"{plain}{ending}" for ending in ENDINGS)


@pytest.mark.parametrize("address", addresses("GET"))
def test_no_address_is_harmed_by_what_it_is_asked(app: Any, address: str) -> None:
    path = filled(address)
    own = path.startswith(("/style", "/static"))
    form = next((one for one in (".json", ".ics", ".atom") if _is(app, path + one)), ".json")
    asked = f"{'/index' if path == '/' else path}{form}?qqqqqqqqqqqq=1"
    for question in _questions(address, [] if own else named(ask_raw(asked, app=app))):
        look(ask_raw(question, app=app), question)


def _is(app: Any, path: str) -> bool:
    return ask_raw(path, app=app).status == 200


@pytest.mark.parametrize("address", addresses("GET"))
def test_no_address_is_harmed_by_how_it_is_asked(app: Any, address: str) -> None:
    path = filled(address)
    for accepted in ACCEPTED:
        look(ask_raw(path, app=app, headers=[(b"accept", accepted)]), accepted)
    for tag in (b"*", b'"', b"\xff", b"x" * 9000):
        headers: Headers = [(b"if-none-match", tag), (b"range", b"bytes=9-1,-0"), (b"if-modified-since", tag)]
        look(ask_raw(path, app=app, headers=headers), tag)
    for method in ("PUT", "DELETE", "TRACE", "get", "HOSTILE"):
        told = ask_raw(path, app=app, method=method)
        look(told, method)
        assert told.status == 405
        assert {"GET", "HEAD", "OPTIONS"} <= set(told.headers["allow"].split(", "))
    whole, head = ask_raw(path, app=app), ask_raw(path, app=app, method="HEAD")
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def _bodies(fields: list[str]) -> Iterator[tuple[bytes, bytes]]:
    """Media types with what is sent as such."""
    for name, value in itertools.product(fields, HOSTILE):
        yield FORM, f"{name}={value}".encode()
    for value in (MARKUP, *DAYS):
        yield FORM, f"text={FINLAND}&text-1={FINLAND}&text-2={WRONG}&as-of={value}".encode()
    for value in HOSTILE:
        yield FORM, f"{value}=1".encode()
    deep = b"[" * 50_000
    for body in (b"", b"&" * 9000, b"\xff\xfe", b"%", deep, b'{"a":' * 50_000, b'{"text": ' + deep):
        for media in (
            FORM,
            b"application/json",
            b"multipart/form-data; boundary=B",
            b"\xff",
            b"text/plain",
            b"",
        ):
            yield media, body
    for field in (b"document", b"documents"):
        yield FORM, field + b'={"zzz":' + deep
    for head in (b'name="text"; filename=""', b'name="file"; filename="\xff"', b'name="\xff"', b""):
        for media in (b"text/plain; charset=utf-99", b"application/json", b"image/png"):
            part = b"--B\r\nContent-Disposition: form-data; " + head + b"\r\nContent-Type: " + media
            yield b"multipart/form-data; boundary=B", part + b"\r\n\r\n\x1f\x8b{\r\n--B--\r\n"


@pytest.mark.parametrize("address", addresses("POST"))
def test_no_address_is_harmed_by_what_it_is_sent(app: Any, address: str) -> None:
    path = filled(address)
    unknown = ask_raw(
        f"{path}.json", app=app, method="POST", headers=[(b"content-type", FORM)], body=b"qqqqqq=1"
    )
    fields = [] if path.startswith("/api/") else named(unknown)
    for number, (media, body) in enumerate(_bodies(fields)):
        sent = [(b"content-type", media), (b"authorization", b"Bearer \xff")]
        form = ("", ".json")[number % 2]
        look(ask_raw(path + form, app=app, method="POST", headers=sent, body=body), (media, body[:80]))
    for origin in (b"http://[", b"null", b"\xff", b"//"):
        told = ask_raw(path, app=app, method="POST", headers=[(b"content-type", FORM), (b"origin", origin)])
        look(told, origin)
        assert told.status in (401, 403)


def test_no_file_beside_the_explorers_own_is_given(app: Any) -> None:
    assert ask("/static/explorer.css").headers["content-type"] == "text/css; charset=utf-8"
    for name in ("", "..%2Fapp.py", "%2e%2e/app.py", "x" * 5000, "explorer.css%00", "/etc/passwd"):
        told = ask_raw(f"/static/{name}", app=app)
        look(told, name)
        assert told.status == 404


def test_no_table_of_the_site_has_a_formula(app: Any) -> None:
    tables = 0
    for address in addresses("GET"):
        told = ask_raw(f"{filled(address)}.csv", app=app)
        if told.status == 200 and told.headers["content-type"].startswith("text/csv"):
            tables += 1
            for row in csv.reader(io.StringIO(told.body.decode())):
                assert all(re.fullmatch("-?[0-9.]+", one) or cell(one) == one for one in row), row
    assert tables > 5


def test_a_defect_is_logged_on_one_line_without_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    broken = site()
    broken.world = cast("Any", None)
    headers = [(b"authorization", b"Bearer inforce_hostile"), (b"cookie", b"hostile=1")]
    with caplog.at_level(logging.INFO):
        told = ask_raw("/treaties/apmbc%0A?on=2025-01-01", app=make_app(broken), headers=headers)
    assert told.status == 500
    assert b"defect of inforce" in told.body
    assert b"NoneType" not in told.body
    assert caplog.messages == ["defect at /treaties/apmbc"]
    assert "NoneType" in caplog.text
    assert "Bearer" not in caplog.text
