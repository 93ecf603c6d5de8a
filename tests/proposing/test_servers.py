"""Servers as they are: each way to fail ends in one line, and never in a lost article."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from asked import FAREWELL, asked, proposal, proposals
from stub_server import (
    Behaviour,
    claims,
    drips,
    fails,
    floods,
    hangs,
    hangs_up,
    raw,
    running,
    says,
)

from inforce.errors import UsageError
from inforce.proposing.prompt import answer_schema
from inforce.proposing.server import LARGEST, Key, Server, is_local, server
from inforce.vocabulary import FoundBy

GOOD = json.dumps({"claims": [proposal()]})
CUT = GOOD[:-2] + ", " + json.dumps(proposal())[:80]


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (says(None, refusal="I can't help with that."), "the model refused: I can't help with that."),
        (says(None, finish="content_filter"), "content filter withheld"),
        (says(""), "the model's answer is empty"),
        (says(" \n", finish="length"), "stopped at its longest before it wrote any"),
        (says("I cannot read this article."), "it says: I cannot read this article."),
        (says('{"claims": {"a": 1}}'), "no JSON with a list of claims"),
        (says('{"claims": [nonsense]}'), "breaks off or is malformed; whole claims before that: 0"),
        (says('{"claims": [' + "[" * 5000), "breaks off or is malformed"),
        (says("[" * 100_000), "no JSON with a list of claims"),
        (raw(200, b"<html>Welcome</html>"), "no chat completion; it begins: <html>Welcome</html>"),
        (raw(200, b'{"choices": [{"text": "x"}]}'), "no chat completion"),
        (raw(200, b'{"choices": [{"message": {"content": 5}}]}'), "no chat completion"),
        (raw(200, b'{"choices": [{"message": {"content": "\xff"}}]}'), "no chat completion"),
        (raw(200, b'{"choices": []}'), "the server gave no answer"),
        (fails(200, "overloaded, sorry"), "the server gave no answer: overloaded, sorry"),
        (raw(200, b"", Content_Encoding="gzip"), "packs its answer"),
        (fails(500, "out of memory"), "HTTP 500: out of memory"),
        (fails(413, "too long"), "HTTP 413: too long"),
        (fails(401, "who are you?"), "HTTP 401: the server asks for a key (--model-key-env): who are you?"),
        (fails(404, "model 'm' not found"), "HTTP 404: no such model"),
        (raw(307, b"", Location="http://example.org/v1"), "redirects to http://example.org/v1"),
        (raw(500, b""), "HTTP 500: no reason given"),
        (fails(503, "loading"), "HTTP 503: loading"),
        (floods, f"larger than {LARGEST >> 20} MB"),
        (hangs_up, "cannot be asked"),
    ],
)
def test_what_goes_wrong_is_told_and_the_reader_stands(behaviour: Behaviour, words: str) -> None:
    found = proposals(behaviour)
    assert len(found.part.troubles) == 1
    assert words in found.part.troubles[0]
    assert found.part.proposed == found.part.added == 0
    assert {claim.found_by for claim in found.claims} == {FoundBy.READER}


@pytest.mark.parametrize("behaviour", [hangs, drips])
def test_a_server_that_hangs_is_given_up(behaviour: Behaviour) -> None:
    start = time.monotonic()
    (trouble,) = proposals(behaviour, patience=0.5).part.troubles
    assert time.monotonic() - start < 5
    assert "did not answer in time" in trouble or "no whole answer within 0.5 seconds" in trouble


def test_a_server_that_is_not_there_is_asked_once() -> None:
    with running(hangs) as stub:
        address = stub.url
    gone = Server(model="m", url=address)
    first, second = (asked(gone).part for _ in range(2))
    assert "cannot be asked" in first.troubles[0]
    assert second.troubles[0].startswith("not asked again: ")
    assert (first.passages, second.passages) == (1, 0)


@pytest.mark.parametrize(
    "content",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here are the claims:\n{GOOD}\nI hope this helps.",
        f'<think>Perhaps {{"claims": [{{"quote": "draft"}}]}}? No.</think>{GOOD}',
        json.dumps([proposal()]),
    ],
)
def test_json_is_found_in_what_models_write(content: str) -> None:
    part = proposals(says(content)).part
    assert (part.added, part.rejected, part.troubles) == (1, (), ())


def test_whole_claims_of_an_answer_that_was_cut_off_count() -> None:
    part = proposals(says(CUT, finish="length")).part
    assert part.added == 1
    assert part.troubles == ("the answer was cut off at its longest; whole claims before that: 1",)


def test_more_claims_than_anyone_makes_are_not_all_looked_at() -> None:
    part = proposals(claims(*[proposal()] * 500)).part
    assert part.proposed == 200
    assert "more than 200 claims" in part.troubles[0]


def test_a_busy_server_is_asked_again() -> None:
    busy = fails(429, "slow down", Retry_After="0")
    assert proposals(busy, busy, claims(proposal())).part.added == 1


@pytest.mark.parametrize(
    ("message", "setting"),
    [
        ("response_format is not supported", "response_format"),
        ("unknown field", "response_format"),
        ("Unsupported value: 'temperature' does not support 0", "temperature"),
        ("use max_completion_tokens in place of max_tokens", "max_tokens"),
    ],
)
def test_a_setting_that_the_server_refuses_is_left_out_and_told(message: str, setting: str) -> None:
    with running(fails(400, message), claims(proposal())) as stub:
        part = asked(Server(model="m", url=stub.url)).part
    assert part.added == 1
    assert part.without == (setting,)
    assert setting in stub.seen[0].payload
    assert setting not in stub.seen[1].payload


def test_a_server_that_refuses_everything_is_not_asked_for_ever() -> None:
    with running(fails(400, "no")) as stub:
        part = asked(Server(model="m", url=stub.url)).part
    assert part.troubles == ("HTTP 400: no",)
    assert len(stub.seen) == 2


def test_the_request_is_bound_and_asks_for_the_schema() -> None:
    with running(claims()) as stub:
        asked(Server(model="m", url=stub.url, key=Key("s3cret-key")))
    (seen,) = stub.seen
    assert seen.path == "/v1/chat/completions"
    assert seen.headers["Authorization"] == "Bearer s3cret-key"
    assert (seen.payload["model"], seen.payload["temperature"]) == ("m", 0)
    assert seen.payload["response_format"]["json_schema"]["schema"] == answer_schema()
    assert FAREWELL in seen.payload["messages"][1]["content"]


def test_a_key_that_the_server_sends_back_is_not_shown() -> None:
    with running(fails(401, "Incorrect key: s3cret-key")) as stub:
        asking = Server(model="m", url=stub.url, key=Key("s3cret-key"))
        (trouble,) = asked(asking).part.troubles
    assert "refuses the key: Incorrect key: [key]" in trouble
    assert "s3cret" not in repr(asking)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("m", "localhost:11434"), "--model-url: is no address"),
        (("m", "ftp://host/v1"), "--model-url: is no address"),
        (("m", "http:///v1"), "--model-url: is no address"),
        (("m", "http://host:99999/v1"), "--model-url: is no address"),
        (("m", "http://[/v1"), "--model-url: is no address"),
        (("m", "http://user:s3cret@host/v1"), "--model-url: holds a user, password or query"),
        (("m", "http://host/v1?key=s3cret"), "--model-url: holds a user, password or query"),
        ((" ", "http://host/v1"), "--model: is empty"),
        (("m", "http://host/v1", "sk-s3cret"), "takes the name of an environment variable, not the key"),
        (("m", "http://host/v1", "NO_SUCH_s3cret"), "names no environment variable that is set"),
        (("m", "http://host/v1", "BLANK"), "names no environment variable that is set"),
        (("m", "http://host/v1", "BROKEN"), "the variable holds no key"),
    ],
)
def test_bad_options_are_refused_without_repeating_a_key(
    arguments: tuple[Any, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLANK", " ")
    monkeypatch.setenv("BROKEN", "s3cret\nX-Other: 1")
    with pytest.raises(UsageError) as error:
        server(*arguments)
    assert words in str(error.value)
    assert "s3cret" not in str(error.value)


def test_only_this_machine_is_local() -> None:
    addresses = (
        "http://localhost:1/v1",
        "http://127.0.0.1/v1",
        "http://[::1]:8080/v1",
        "https://a.localhost",
    )
    assert all(map(is_local, addresses))
    assert not any(
        map(is_local, ("http://localhost.example.org/v1", "http://10.0.0.1/v1", "https://example.org"))
    )
