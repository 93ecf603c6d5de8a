"""`inforce check --model`, asked as a person would, against a server on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from asked import FAREWELL, TEXT, proposal
from stub_server import claims, fails, hangs, running, says

from inforce.reports.schemas import schema

UNASKED = {"found_by", "model"}


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(f"Title: Farewell\nPublished: 2026-02-01\n\n{TEXT}", encoding="utf-8")
    return str(path)


def check(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "inforce", "check", *arguments],
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_proposed_claim_is_shown_with_its_origin_and_a_verdict_of_the_record(article: str) -> None:
    invented = proposal(quote="Finland stayed")
    with running(claims(proposal(), invented)) as stub:
        model = ("--model", "m", "--model-url", stub.url)
        answer = check(article, *model, "--json")
        text = check(article, *model)
    told = json.loads(answer.stdout)
    jsonschema.validate(told, schema("check"))
    (added,) = [claim for claim in told["claims"] if claim["found_by"] == "model"]
    assert (added["span"]["text"], added["verdict"]) == (FAREWELL, "supported")
    assert {claim["found_by"] for claim in told["claims"]} == {"model", "reader"}
    assert (told["model"]["proposed"], told["model"]["added"]) == (2, 1)
    assert told["model"]["rejected"][0]["reason"] == "the text does not hold these words"
    notice = f"inforce: articles that name a treaty are sent to {stub.url} for the model m\n"
    assert answer.stderr == text.stderr == notice
    assert "(found by the model)" in text.stdout
    flat = " ".join(text.stdout.split())
    assert "proposed 2 claims: 1 added, 1 rejected." in flat
    assert "Rejected “Finland stayed” (treaty-action): the text does not hold these words" in flat
    assert all(len(line) <= 80 for line in text.stdout.splitlines())
    assert (answer.returncode, text.returncode) == (1, 1)  # for the count of parties, which is the reader's


def test_the_page_tells_it_too_and_nothing_a_model_says_becomes_markup(article: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    with running(claims(proposal(), proposal(quote="<script>x</script>"))) as stub:
        check(article, "--model", "<b>m", "--model-url", stub.url, "--html", str(page))
    html = page.read_text("utf-8")
    assert "found by the model" in html
    assert "&lt;b&gt;m at " in html
    assert "Rejected “&lt;script&gt;x&lt;/script&gt;”" in html
    assert "<script" not in html


def test_without_the_option_nothing_is_sent_and_the_answer_is_as_ever(article: str) -> None:
    with running(claims(proposal())) as stub:
        done = check(article, "--json", OPENAI_BASE_URL=stub.url, OPENAI_API_KEY="k")
    assert stub.seen == []
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert not UNASKED & {*told, *(key for claim in told["claims"] for key in claim)}


def test_a_server_that_fails_costs_the_status_and_not_the_verdicts(article: str) -> None:
    with running(fails(500, "out of memory")) as stub:
        done = check(article, "--model", "m", "--model-url", stub.url, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 2
    assert done.stderr.splitlines()[1] == f"inforce: {article}: the model: HTTP 500: out of memory"
    assert told["model"]["troubles"] == ["HTTP 500: out of memory"]
    assert told["claims"]


def test_a_server_that_hangs_is_not_waited_for_twice(article: str) -> None:
    with running(hangs) as stub:
        model = ("--model", "m", "--model-url", stub.url, "--model-timeout", "0.5")
        done = check(article, article, *model, "--json")
    assert done.returncode == 2
    assert len(stub.seen) == 1
    assert len(done.stdout.splitlines()) == 2
    assert "not asked again: " in done.stderr


def test_a_key_is_read_from_the_environment_and_never_printed(article: str) -> None:
    with running(says("s3cret-key is what I was sent")) as stub:
        model = ("--model", "m", "--model-url", stub.url, "--model-key-env", "MY_KEY")
        done = check(article, *model, "--json", MY_KEY="s3cret-key")
    assert stub.seen[0].headers["Authorization"] == "Bearer s3cret-key"
    assert "it says: [key] is what I was sent" in done.stderr
    assert "s3cret-key" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--model", "m"), "--model: needs --model-url"),
        (("--model-url", "http://localhost:1/v1"), "--model-url: needs --model NAME"),
        (("--model-key-env", "KEY"), "--model-key-env: needs --model NAME"),
        (("--model", "m", "--model-url", "nowhere"), "--model-url: is no address"),
        (
            ("--model", "m", "--model-url", "http://localhost:1", "--model-timeout", "soon"),
            "no number of seconds",
        ),
        (
            ("--model", "m", "--model-url", "http://localhost:1", "--model-timeout", "nan"),
            "no number of seconds",
        ),
    ],
)
def test_options_that_do_not_go_together_are_one_line(
    article: str, options: tuple[str, ...], words: str
) -> None:
    done = check(article, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_extra_one_line_says_what_to_install(article: str, tmp_path: Path) -> None:
    (tmp_path / "httpx.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    done = check(article, "--model", "m", "--model-url", "http://localhost:1", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "inforce: --model needs httpx, which is not installed: pip install 'inforce[llm]'\n"


def test_an_address_elsewhere_is_told_to_be_unencrypted() -> None:
    done = check("no-such.txt", "--model", "m", "--model-url", "http://192.0.2.1/v1")
    assert "sent to http://192.0.2.1/v1, unencrypted, for the model m" in done.stderr
