"""What in a page names its day of publication, and what does not."""

from __future__ import annotations

from datetime import date

import pytest

from inforce.reading.document import document_from_html

ARTICLE = '{"@type": "Article", "datePublished": "%s"}'
BODY = (
    "<article>"
    + "<p>Finland deposited its instrument on 9 January 2012, the ministry said.</p>" * 4
    + "</article>"
)


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("head", "day", "evidence"),
    [
        (
            linked('{"@type": "NewsArticle", "datePublished": "2025-06-20T08:00:00+03:00"}'),
            date(2025, 6, 20),
            "the page's metadata (JSON-LD datePublished '2025-06-20T08:00:00+03:00')",
        ),
        (
            linked(
                '{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-02"},'
                ' {"@type": ["Article"], "datePublished": "2025-06-20"}]}'
            ),
            date(2025, 6, 20),
            "the page's metadata (JSON-LD datePublished '2025-06-20')",
        ),
        (
            meta("article:published_time", "2025-06-20") + linked(ARTICLE % "2025-06-21"),
            date(2025, 6, 21),
            "(JSON-LD datePublished '2025-06-21'; article:published_time '2025-06-20' says 2025-06-20)",
        ),
        (meta("DC.date.issued", "20250620"), date(2025, 6, 20), "(dc.date.issued '20250620')"),
        (meta("citation_publication_date", "2025/06/20"), date(2025, 6, 20), "(citation_publication_date"),
        (meta("pubdate", "Fri, 20 Jun 2025 23:30:00 -0400"), date(2025, 6, 20), "(pubdate 'Fri, 20 Jun 2025"),
    ],
)
def test_metadata_date_a_page_and_are_shown_as_evidence(head: str, day: date, evidence: str) -> None:
    read = document_from_html(f"<html><head>{head}</head><body>{BODY}</body></html>".encode(), "a.html")
    assert read.published == day
    assert evidence in (read.published_from or "")


@pytest.mark.parametrize(
    "head",
    [
        "",
        meta("article:modified_time", "2025-06-20T08:00:00Z"),
        linked('{"@type": "NewsArticle", "dateModified": "2025-06-20"}'),
        meta("article:published_time", "1970-01-01T00:00:00Z"),
        linked('{"@type": "Product", "datePublished": "2025-06-20"'),
        linked(f"[{ARTICLE % '2025-06-20'}, {ARTICLE % '2024-06-20'}]"),
        linked("[" * 100_000),
    ],
)
def test_changes_placeholders_and_doubts_date_nothing(head: str) -> None:
    read = document_from_html(f"<html><head>{head}</head><body>{BODY}</body></html>".encode(), "a.html")
    assert read.published is None
    assert "say one with --published" in (read.published_from or "")


def test_a_page_that_says_only_when_it_was_changed_says_so() -> None:
    head = meta("article:modified_time", "2025-06-20T08:00:00Z")
    read = document_from_html(f"<html><head>{head}</head><body>{BODY}</body></html>".encode(), "a.html")
    assert read.published_from == (
        "the page says only when it was changed (2025-06-20), which does not date it; "
        "say one with --published YYYY-MM-DD"
    )


def test_an_address_with_a_day_dates_a_page_that_does_not_date_itself() -> None:
    page = f"<html><body>{BODY}</body></html>".encode()
    read = document_from_html(page, "a", url="https://example.org/2025/6/20/finland")
    assert (read.published, read.published_from) == (date(2025, 6, 20), "the page's address (/2025/6/20/)")
