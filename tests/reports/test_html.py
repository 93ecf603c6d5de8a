"""The page: well formed, every claim reachable, and no way for an article to become markup."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser

import msgspec
import pytest
from made_reports import RECORD, Said, made_report

from inforce.reports.html import html_report
from inforce.vocabulary import Verdict

ARTICLE = "Poland left and Finland joined in 2011."
CLAIMS = (
    Said("Poland left and Finland joined in 2011", Verdict.CONTRADICTED, "Finland acceded in 2012."),
    Said("Poland left", Verdict.SUPPORTED),
    Said("Finland joined in 2011", Verdict.IMPRECISE, "Finland acceded on 9 January 2012."),
)

#: Elements the report is made of; anything else would come from the article.
OURS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "article", "section", "footer"),
    *(
        "h1",
        "div",
        "p",
        "a",
        "b",
        "ul",
        "ol",
        "li",
        "br",
        "span",
        "details",
        "summary",
        "q",
        "dl",
        "dt",
        "dd",
    ),
}
VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a browser would see: elements in order, attributes, the text, and whether tags nest."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def attributes(self, tag: str, name: str) -> list[str | None]:
        return [attributes[name] for at, attributes in self.elements if at == tag and name in attributes]


def page(text: str = ARTICLE, *said: Said) -> Page:
    read = Page(html_report(made_report(text, *said), RECORD))
    assert read.open == []
    return read


def test_every_claim_opens_to_its_verdict_correction_reason_and_source() -> None:
    read = page(ARTICLE, *CLAIMS)
    assert len(read.attributes("details", "class")) == 3
    for words in (
        "contradicted",
        "Finland acceded on 9 January 2012.",
        "Finland deposited its instrument on 9 January 2012.",
        "Art. 17",
        "UNTC XXVI-5",
    ):
        assert words in read.text


def test_every_link_leads_to_a_claim_of_the_page() -> None:
    read = page(ARTICLE, *CLAIMS)
    links = read.attributes("a", "href")
    assert (
        set(links)
        == {f"#{name}" for name in read.attributes("div", "id")}
        == {"#claim-1", "#claim-2", "#claim-3"}
    )


def test_claims_that_nest_keep_the_text_and_never_nest_links() -> None:
    markup = html_report(made_report(ARTICLE, *CLAIMS), RECORD)
    assert not re.search(r"<a [^>]*>[^<]*<a ", markup)
    words = re.sub(r'<a class="n .*?</a>|<[^>]+>', "", markup.split("<article", 1)[1].split("</p>")[0])
    assert words.endswith(ARTICLE)


def test_a_verdict_is_said_in_words_and_signs_not_by_colour_alone() -> None:
    read = page(ARTICLE, *CLAIMS)
    labels = [label for label in read.attributes("a", "aria-label") if label]
    assert labels == ["Claim 2: supported", "Claim 1: contradicted", "Claim 3: imprecise"]
    assert "1✗" in read.text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</p></article></main></body><style>*{display:none}</style>",
        "<!-- no end",
        "&lt;script&gt;",
        "]]><svg onload=alert(1)>",
        "' onmouseover='alert(1)",
        "\x00\x1b[31m\x07",
    ],
)
def test_an_article_cannot_become_markup(hostile: str) -> None:
    text = f"Finland {hostile} joined in 2011."
    report = made_report(text, Said(text.rstrip("."), Verdict.IMPRECISE, f"It {hostile} is so."))
    document = msgspec.structs.replace(report.document, title=hostile, source=hostile)
    read = Page(html_report(msgspec.structs.replace(report, document=document), RECORD))
    assert {tag for tag, _ in read.elements} <= OURS
    assert not any(name.startswith("on") for _, attributes in read.elements for name in attributes)
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in hostile)
    assert read.text.count(shown) >= 4


def test_the_policy_lets_in_the_page_s_own_style_and_nothing_else() -> None:
    markup = html_report(made_report(ARTICLE, *CLAIMS), RECORD)
    style = re.search(r"<style>(.*?)</style>", markup, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in markup
    assert "<script" not in markup
    assert "url(" not in markup
    assert ' style="' not in markup


def test_a_text_without_a_claim_and_without_a_date() -> None:
    report = made_report("Nothing here about law.")
    read = Page(html_report(msgspec.structs.replace(report, as_of=date(2026, 1, 2)), RECORD))
    assert "No statement about treaty law was found" in read.text
    assert "no date given" in read.text
    assert "--published" in read.text
