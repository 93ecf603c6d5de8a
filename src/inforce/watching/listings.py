"""What a source lists: the entries of a feed or a sitemap, whatever their form, each once.

Feeds are read by feedparser, which takes the broken ones too; sitemaps by lxml, without entities.
"""

# ruff: noqa: PLC0415 - each form has its own library

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec

from inforce.errors import UsageError

#: Entries read of one listing: feeds have tens, sitemaps at most 50,000 (sitemaps.org).
MOST = 50_000
_LONGEST_ADDRESS = 2_000
#: Media types under which feeds and sitemaps are sent.
TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "application/xml",
        "text/xml",
        "text/html",
        "text/plain",
        "application/octet-stream",
        "application/gzip",
        "application/x-gzip",
        "",
    }
)


class Entry(NamedTuple):
    """An article that a source names; `published` is what the source says, None where it does not."""

    url: str
    title: str | None = None
    published: datetime | None = None


def feed_entries(body: bytes, url: str) -> list[Entry]:
    """The entries of an RSS, Atom or JSON feed. Raises `UsageError` where it is none of them."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _once(_json_entries(body, url), url)
    _refuse_entities(body, url)
    import feedparser

    found: Any = feedparser.parse(body, resolve_relative_uris=False, sanitize_html=False)
    if not found.get("version"):
        reason = " ".join(str(found.get("bozo_exception", "no feed")).split())[:120]
        raise UsageError(f"{url}: is no RSS, Atom or JSON feed ({reason})")
    return _once(map(_feed_entry, found.entries[:MOST]), url)


def _feed_entry(raw: Any) -> Entry:
    moment = raw.get("published_parsed") or raw.get("updated_parsed")
    published = None
    if moment is not None:
        try:
            published = datetime.fromtimestamp(calendar.timegm(moment), UTC)
        except (ValueError, OverflowError, OSError):
            published = None
    return Entry(str(raw.get("link") or raw.get("id") or ""), raw.get("title"), published)


class _JsonItem(msgspec.Struct):
    id: Any = None
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    date_published: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str
    items: list[_JsonItem]


def _json_entries(body: bytes, url: str) -> Iterator[Entry]:
    try:
        feed = msgspec.json.decode(body, type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{url}: is no JSON Feed ({error})") from None
    if "jsonfeed.org" not in feed.version:
        raise UsageError(f"{url}: is JSON, but no JSON Feed (version {feed.version[:60]!r})")
    for item in feed.items[:MOST]:
        yield Entry(
            item.url or item.external_url or str(item.id or ""), item.title, _moment(item.date_published)
        )


def _moment(text: str | None) -> datetime | None:
    """An RFC 3339 moment; one without a zone is taken for UTC."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def sitemap_entries(body: bytes, url: str) -> tuple[list[Entry], list[str]]:
    """The pages of a sitemap, and the further sitemaps of an index. Raises `UsageError` where it is none."""
    from lxml import etree

    _refuse_entities(body, url)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UsageError(f"{url}: is no sitemap ({' '.join(str(error).split())[:120]})") from None
    name = etree.QName(root).localname if root is not None else ""
    if name not in ("urlset", "sitemapindex"):
        raise UsageError(f"{url}: is no sitemap (its root is {name or 'nothing'!r})")
    entries = []
    for child in root.iterchildren(tag=etree.Element):
        parts = {
            etree.QName(part).localname: (part.text or "").strip() for part in child.iter(tag=etree.Element)
        }
        moment = _moment(parts.get("publication_date") or parts.get("lastmod"))
        entries.append(Entry(parts.get("loc", ""), parts.get("title"), moment))
        if len(entries) >= MOST:
            break
    found = _once(entries, url)
    return ([], [entry.url for entry in found]) if name == "sitemapindex" else (found, [])


def _refuse_entities(body: bytes, url: str) -> None:
    """No feed or sitemap has entities of its own; who declares them wants them multiplied, or a file read."""
    if b"<!entity" in body.lower():
        raise UsageError(f"{url}: declares entities, as no feed or sitemap does; it is not read")


def _once(entries: Any, base: str) -> list[Entry]:
    """Each address once, made whole, without its fragment; what is no http address is left out."""
    found: dict[str, Entry] = {}
    for entry in entries:
        address = _whole(entry.url, base)
        if address is not None:
            title = entry.title if isinstance(entry.title, str) else None
            found.setdefault(address, Entry(address, title, entry.published))
    return list(found.values())


def _whole(address: str, base: str) -> str | None:
    try:
        whole = urldefrag(urljoin(base, address.strip())).url
        parts = urlsplit(whole)
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and bool(parts.hostname) and whole.isprintable()
    return whole if usable and len(whole) <= _LONGEST_ADDRESS else None
