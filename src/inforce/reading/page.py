"""The main text, title and date of an HTML page, by trafilatura.

Apart from `document`, because trafilatura and lxml take 0.3 s to import and plain text needs neither.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import re2
import trafilatura
from lxml import etree, html

from inforce.dates import parse_day
from inforce.errors import UsageError

#: Elements nested deeper than this are no article; the libraries below recurse.
MAX_DEPTH = 150
#: More elements than this take minutes to extract.
MAX_ELEMENTS = 100_000

_LANGUAGE = re2.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")


class Page(NamedTuple):
    """What a page says: main text, title, day of publication, language, outlet and its own address.

    None where it says none.
    """

    text: str
    title: str | None
    published: date | None
    language: str | None
    outlet: str | None
    url: str | None


def main_text(markup: str, source: str) -> Page:
    """Extract the main text of a page and what its metadata say. Raises `UsageError` where there is none.

    The date is the page's own metadata only: a day that merely stands in the text is no date of
    publication, and the day of reading never is.
    """
    tree = _tree(markup, source)
    found = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"},
    )
    text = getattr(found, "text", None)
    if found is None or not isinstance(text, str) or not text.strip():
        raise UsageError(f"{source}: no main text found in this page; save the article's text and give that")
    return Page(
        text=text,
        title=_one_line(getattr(found, "title", None)),
        published=_day(getattr(found, "date", None)),
        language=_language(tree),
        outlet=_one_line(getattr(found, "sitename", None)),
        url=_one_line(getattr(found, "url", None)),
    )


def _tree(markup: str, source: str) -> html.HtmlElement:
    """Parse the page; entities stay unexpanded and nothing is fetched."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UsageError(f"{source}: is no page that can be parsed ({str(error).splitlines()[0]})") from None
    deepest = count = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or count > MAX_ELEMENTS:
        raise UsageError(
            f"{source}: {count} elements, nested {deepest} deep, are over the limits of {MAX_ELEMENTS} and "
            f"{MAX_DEPTH} for a page; save the article's text and give that"
        )
    return tree


def _one_line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None


def _day(text: object) -> date | None:
    try:
        return parse_day(text) if isinstance(text, str) else None
    except UsageError:
        return None


def _language(tree: html.HtmlElement) -> str | None:
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return declared.split("-")[0].lower() if _LANGUAGE.search(declared) else None
