"""Several articles compared over HTTP: the same comparison as everywhere, whatever strangers send."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from visiting import DAY, RECORD, SITE, ask, assert_nothing_foreign

from inforce.checking import check
from inforce.checking.compare import compare
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.reports.story_html import story_page
from inforce.reports.story_json import compare_answer

STORY = sorted((Path(__file__).parents[2] / "examples" / "story").iterdir())
TEXTS = [
    *(path.read_text("utf-8") for path in STORY),
    "Title: Out\nPublished: 2025-04-01\n\nLithuania left the Ottawa Convention in March 2025.",
]


@pytest.fixture(scope="module", autouse=True)
def _processes() -> Iterator[None]:
    yield
    SITE.pool.stop()


def send(path: str = "/compare", *, files: Any = None, **fields: str) -> httpx.Response:
    data = {name.replace("_", "-"): value for name, value in fields.items()}
    return ask(path, method="POST", data=data, files=files)


def told(number: int) -> dict[str, str]:
    return {f"text_{n}": text for n, text in enumerate(TEXTS[:number], 1)}


def direct() -> Any:
    documents = [document_from_text(text, f"Article {n}") for n, text in enumerate(TEXTS, 1)]
    return compare([check(one, read(one, RECORD), RECORD, today=DAY) for one in documents], RECORD)


def test_the_form_has_a_place_for_every_article() -> None:
    page, twin = ask("/compare"), ask("/compare.json").json()["answer"]
    assert (twin["fewest"], twin["most"]) == (2, 12)
    assert page.text.count("<textarea") == 12


def test_articles_are_compared_as_everywhere() -> None:
    assert len(TEXTS) == 3
    answer = send("/compare.json", **told(3)).json()["answer"]["comparison"]
    assert answer == json.loads(msgspec.json.encode(compare_answer(direct(), RECORD)))
    page = send(**told(3))
    assert "One story, 3 tellings" in page.text
    for row in answer["rows"]:
        assert row["label"] in unescape(page.text)
    documents = unescape(re.findall(r'name="documents" value="([^"]*)"', page.text)[0])
    assert send(documents=documents, form="page").text == story_page(direct(), RECORD)
    assert send(documents=documents, form="json").json() == answer


def test_files_and_texts_are_taken_together() -> None:
    files = [("files", (f"{n}.txt", text.encode())) for n, text in enumerate(TEXTS[1:])]
    page = send(files=files, **told(1))
    assert "One story, 3 tellings" in page.text


def test_what_cannot_be_read_is_told_and_the_others_are_compared() -> None:
    page = send(files=[("files", ("a.png", b"\x89PNG\r\n"))], **told(2))
    assert "One story, 2 tellings" in page.text
    assert "A.png: is a picture" in page.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "send 2 to 12 articles; these are 0"),
        ({"text_1": "Finland left."}, "these are 1"),
        ({"text_1": "x", "address_1": "https://a.example"}, "text-1 and address-1"),
        ({"text_13": "x"}, "did you mean text-"),
        ({"text_1": "x", "text_2": "y", "form": "letter"}, "form: there is page, json"),
        ({"documents": "[]"}, "compares 2 to 12 articles, and 0"),
        ({"documents": "[{}]"}, "none that was read here"),
        ({"address_1": "http://127.0.0.1/", "text_2": "x"}, "no public address"),
    ],
)
def test_what_cannot_be_compared_is_told(fields: dict[str, Any], words: str) -> None:
    refused = send("/compare.json", **fields)
    assert (refused.status_code, words in refused.json()["detail"]) == (400, True), refused.text


def test_nothing_that_is_sent_becomes_markup() -> None:
    for hostile in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)"):
        head = f"Title: {hostile}\nSource: {hostile}\n\n"
        page = send(
            text_1=f"{head}Finland {hostile} left the Ottawa Convention in 2020, {hostile} said.",
            text_2=f"{head}Finland left the Ottawa Convention, {hostile}.",
        )
        assert hostile in assert_nothing_foreign(page).text
