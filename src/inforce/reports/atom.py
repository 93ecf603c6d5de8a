"""Feeds as Atom (RFC 4287): entries that carry the change itself, under ids that never change."""

from __future__ import annotations

from typing import Any, NamedTuple

from lxml import etree

#: When a feed without entries was last changed: never.
_NEVER = "1970-01-01T00:00:00+00:00"


class Entry(NamedTuple):
    """One thing that happened; `updated` is a moment with its zone, `related` an address it came from."""

    id: str
    title: str
    updated: str
    category: str
    content: str
    related: Any = None
    page: str | None = None


class Feed(NamedTuple):
    """The latest entries, the latest first; `address` is where the feed is, where it has one."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    address: str | None = None


def atom(feed: Feed) -> bytes:
    """The feed as XML."""
    root = etree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _child(root, "id", feed.id)
    _child(root, "title", feed.title)
    _child(root, "updated", max((one.updated for one in feed.entries), default=_NEVER))
    if feed.address is not None:
        etree.SubElement(root, "link", href=feed.address, rel="self", type="application/atom+xml")
    author = etree.SubElement(root, "author")
    _child(author, "name", "inforce")
    for one in feed.entries:
        entry = etree.SubElement(root, "entry")
        _child(entry, "id", one.id)
        _child(entry, "title", one.title)
        _child(entry, "updated", one.updated)
        etree.SubElement(entry, "category", term=one.category)
        if one.page is not None:
            etree.SubElement(entry, "link", href=one.page, rel="alternate", type="text/html")
        if url := _link(one.related):
            etree.SubElement(entry, "link", href=url, rel="related")
        _child(entry, "content", one.content).set("type", "text")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _child(parent: Any, name: str, text: str) -> Any:
    child = etree.SubElement(parent, name)
    child.text = "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")
    )
    return child


def _link(url: Any) -> str | None:
    return (
        url
        if isinstance(url, str) and url.startswith(("http://", "https://")) and url.isprintable()
        else None
    )
