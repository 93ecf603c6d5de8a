"""The day on which a page says that it was published, and what in the page says so.

In this order: schema.org's `datePublished` in JSON-LD, Open Graph and the other metadata that name a day
of publication, what htmldate finds in the markup besides, a day in the address. A day of change dates
nothing: between it and publication there may be weeks, and "on Friday" would be another Friday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec
import re2
from lxml import html

from inforce.errors import as_written
from inforce.reading.formats.extract import written_day


class Dated(NamedTuple):
    """A day, None where nothing names one, and the evidence in words that fit behind "from"."""

    day: date | None
    evidence: str | None


#: Metadata that name a day of publication; `name`, `property` and `itemprop` are compared in lower case.
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
    *("datepublished", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "dcterms.created"),
    *("dc.date.created", "citation_publication_date", "citation_online_date", "citation_date"),
    *("parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publication_date", "pubdate"),
    *("publishdate", "rnews:datepublished", "date"),
)
_CHANGED = frozenset(
    {"article:modified_time", "og:article:modified_time", "og:updated_time", "og:modified_time"}
    | {"article:modified", "datemodified", "dcterms.modified", "dc.date.modified", "last-modified"}
    | {"lastmodified", "modified", "revised"}
)
_ARTICLES = frozenset(
    {"article", "newsarticle", "analysisnewsarticle", "askpublicnewsarticle", "backgroundnewsarticle"}
    | {"opinionnewsarticle", "reportagenewsarticle", "reviewnewsarticle", "blogposting", "liveblogposting"}
    | {
        "report",
        "techarticle",
        "scholarlyarticle",
        "socialmediaposting",
        "webpage",
        "advertisercontentarticle",
    }
)
_IN_ADDRESS = re2.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
_DATED_IN_SCRIPT = re2.compile(r'(?i)"date(?:published|created|modified)"\s*:\s*"([^"]{8,40})"')
_LONGEST_JSON = 1_000_000
_DEEPEST = 30


def published_day(tree: html.HtmlElement) -> Dated:
    """The day of publication by the page's own metadata; where they differ, the first, and it says so."""
    found = [*_linked_data(tree), *_metadata(tree, _PUBLISHED)]
    if not found:
        return Dated(None, None)
    day, evidence = found[0]
    other = next(((d, e) for d, e in found[1:] if d != day), None)
    if other is not None:
        evidence += f"; {other[1]} says {other[0].isoformat()}"
    return Dated(day, f"the page's metadata ({evidence})")


def address_day(url: str | None) -> Dated:
    """A day that stands in the address, as /2025/06/20/ does."""
    found = _IN_ADDRESS.search(url) if url else None
    day = written_day(f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}") if found else None
    return Dated(day, f"the page's address ({found[0]})") if found and day else Dated(None, None)


def changed_days(tree: html.HtmlElement) -> frozenset[date]:
    """Days on which the page says it was changed; never taken for that of publication."""
    linked = (written_day(part.get("dateModified")) for part in _linked_parts(tree))
    named = (day for day, _ in _metadata(tree, tuple(_CHANGED)))
    return frozenset({day for day in linked if day} | set(named))


def doubtful_days(tree: html.HtmlElement) -> frozenset[date]:
    """Days that JSON-LD names for something that need not be this article."""
    texts = (script.text or "" for script in tree.iter("script"))
    return frozenset(
        day
        for text in texts
        if len(text) <= _LONGEST_JSON
        for value in _DATED_IN_SCRIPT.findall(text)
        if (day := written_day(value))
    )


def _linked_data(tree: html.HtmlElement) -> list[tuple[date, str]]:
    """`datePublished` of the one article that JSON-LD describes; of several with other days, none."""
    found = []
    for part in _linked_parts(tree):
        kinds = part.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        day = written_day(part.get("datePublished"))
        name = next((n for n in names if isinstance(n, str) and n.lower() in _ARTICLES), None)
        if day and name:
            found.append(
                (name.lower() == "webpage", day, f"JSON-LD datePublished {as_written(part['datePublished'])}")
            )
    found.sort(key=lambda each: each[0])
    articles = [each for each in found if not each[0]] or found
    return [articles[0][1:]] if len({day for _, day, _ in articles}) == 1 else []


def _linked_parts(tree: html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        kind, text = (script.get("type") or "").lower(), script.text or ""
        if "ld+json" not in kind or len(text) > _LONGEST_JSON:
            continue
        try:
            yield from _objects(msgspec.json.decode(text.strip().encode("utf-8", "replace")), 0)
        except (msgspec.DecodeError, RecursionError):
            continue


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Objects on top and in `@graph`; articles that one only mentions are not those of the page."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity"):
            yield from _objects(value.get(key), depth + 1)


def _metadata(tree: html.HtmlElement, names: tuple[str, ...]) -> list[tuple[date, str]]:
    """Days that `meta` and `time` elements with one of these names hold, in the order of the names."""
    found: dict[str, tuple[date, str]] = {}
    for element in tree.iter("meta", "time"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            value = element.get("content") or element.get("datetime")
            day = written_day(value)
            if name in names and day:
                found.setdefault(name, (day, f"{name} {as_written(value)}"))
    return [found[name] for name in names if name in found]
