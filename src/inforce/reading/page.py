"""The main text, title and date of an HTML page, by trafilatura.

Apart from `document`, because trafilatura and lxml take 0.3 s to import and plain text needs neither.
"""

from __future__ import annotations

from datetime import date

import re2
import trafilatura
from lxml import etree, html

from inforce.errors import UsageError
from inforce.reading.formats.extract import Extract, clean, one_line, written_day
from inforce.reading.formats.page_dates import Dated, address_day, changed_days, doubtful_days, published_day

#: Elements nested deeper than this are no article; the libraries below recurse.
MAX_DEPTH = 150
#: More elements than this take minutes to extract.
MAX_ELEMENTS = 100_000

_LANGUAGE = re2.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$")


def main_text(markup: str, source: str, *, url: str | None = None) -> Extract:
    """Extract the main text of a page and what its metadata say. Raises `UsageError` where there is none.

    The date is that of the page's own metadata, markup or address (`url`): a day that merely stands in
    the text is no date of publication, and the day of reading never is.
    """
    tree = _tree(markup, source)
    by_metadata, language = published_day(tree), _language(tree)
    changed, doubtful = changed_days(tree), doubtful_days(tree)
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
    dated = by_metadata
    if dated.day is None:
        dated = _by_markup(getattr(found, "date", None), changed, doubtful, url)
    return Extract(
        text=clean(text),
        title=one_line(getattr(found, "title", None)),
        published=dated.day,
        evidence=dated.evidence,
        language=language,
        outlet=one_line(getattr(found, "sitename", None)),
        url=one_line(getattr(found, "url", None)) or url,
    )


def without_scripts(markup: str) -> str:
    """The page with its scripts empty, by the parser of `main_text`, which reads those of JSON alone.

    Raises `UsageError` where it cannot be parsed.
    """
    tree = _tree(markup, "page")
    for script in tree.iter("script"):
        if "json" not in (script.get("type") or "").lower():
            script.text = None
    return str(html.tostring(tree, encoding="unicode"))


def _by_markup(found: object, changed: frozenset[date], doubtful: frozenset[date], url: str | None) -> Dated:
    """What htmldate found, unless it is the day of a change or a doubtful one; else a day in the address."""
    day = written_day(found)
    if day is not None and day not in changed | doubtful:
        return Dated(day, "the page's markup, as htmldate reads it")
    dated = address_day(url)
    if dated.day is None and changed:
        first = min(changed).isoformat()
        return Dated(None, f"the page says only when it was changed ({first}), which does not date it")
    return dated


#: lxml asks Python for the class of each element it hands out; these few classes it knows by itself.
_CLASSES = etree.ElementDefaultClassLookup(
    element=html.HtmlElement,
    comment=html.HtmlComment,
    pi=html.HtmlProcessingInstruction,
    entity=html.HtmlEntity,
)


def _tree(markup: str, source: str) -> html.HtmlElement:
    """Parse the page; entities stay unexpanded and nothing is fetched."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
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


def _language(tree: html.HtmlElement) -> str | None:
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return declared.split("-")[0].lower() if _LANGUAGE.search(declared) else None
