"""Several articles on one story side by side: who says what, what changes from one to the other."""

from __future__ import annotations

import asyncio
from typing import Final

import msgspec
from litestar import Response, get, post
from markupsafe import Markup

from inforce.errors import UsageError
from inforce.web.asked import day, parameters
from inforce.web.desk.work import (
    FEWEST_TOLD,
    LONGEST,
    MOST_TOLD,
    Compared,
    Given,
    compared,
    comparison_file,
)
from inforce.web.posted import Sent, known_documents, posted, same_origin
from inforce.web.respond import Asking, attached, form, site_of, twin

_NUMBERS: Final = range(1, MOST_TOLD + 1)
_TEXTS: Final = {f"text-{n}": LONGEST for n in _NUMBERS} | {"documents": 8 * LONGEST}
_OTHERS: Final = {"as-of", "form", *(f"{name}-{n}" for name in ("address", "published") for n in _NUMBERS)}
_MEDIA: Final = {"page": ("html", "text/html; charset=utf-8"), "json": ("json", "application/json")}


class CompareForm(msgspec.Struct, frozen=True):
    """What can be sent here, by POST as a form: so many articles, each as `text-N`, `address-N` or a file."""

    fewest: int
    most: int
    fields: dict[str, str]
    forms: tuple[str, ...]


class ComparePage(msgspec.Struct, frozen=True):
    """The comparison, and what could not be read."""

    comparison: msgspec.Raw
    unread: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True):
    """What the page shows: its parts as markup, every text in them escaped."""

    title: str
    markup: Markup
    documents: str
    unread: tuple[str, ...]
    as_of: str | None


_FORM = CompareForm(
    FEWEST_TOLD,
    MOST_TOLD,
    {
        "text-N": "an article",
        "address-N": "or its address on the web",
        "published-N": "its day of publication, where it names none",
        "files": "articles as files, as many as there are",
        "as-of": "the verdicts as of another day",
        "form": "the comparison as a file",
    },
    tuple(_MEDIA),
)


@get("/compare", sync_to_thread=False, include_in_schema=False)
def compare_form(request: Asking) -> Response[bytes]:
    """The form."""
    parameters(request, ())
    return twin(request, "compare.html", lambda: _FORM)


@post("/compare", status_code=200, guards=[same_origin], include_in_schema=False)
async def compare_sent(request: Asking) -> Response[bytes]:
    """The articles, compared. Nothing of them is kept."""
    pool = site_of(request).pool
    with pool.place():
        sent = await posted(request, _TEXTS, _OTHERS)
        wanted = sent.fields.get("form")
        if wanted is not None and wanted not in _MEDIA:
            raise UsageError(f"form: there is {', '.join(_MEDIA)}")
        given = await _given(request, sent)
        if wanted is not None:
            ending, media = _MEDIA[wanted]
            return attached(
                await pool.run(comparison_file, given, wanted), f"inforce-compare.{ending}", media
            )
        made = await pool.run(compared, given)
    if form(request) == "json":
        page = ComparePage(msgspec.Raw(made.answer), made.unread)
        return twin(request, "compared.html", lambda: page, fixed=False)
    return twin(request, "compared.html", lambda: _shown(made, sent), fixed=False)


def _shown(made: Compared, sent: Sent) -> Shown:
    markup = Markup(made.markup)  # noqa: S704 - made by the reports, which escape what they are given
    return Shown(made.title, markup, made.documents, made.unread, sent.fields.get("as-of"))


async def _given(request: Asking, sent: Sent) -> list[Given]:
    """The articles in the order of the form, the files last."""
    fields, site = sent.fields, site_of(request)
    as_of, today = day(fields, "as-of"), site.today()
    if "documents" in fields:
        known = known_documents(fields["documents"])
        return [Given(one.source, today, document=one, as_of=as_of) for one in known]
    given: list[Given] = []
    addresses: list[tuple[int, str]] = []
    for n in _NUMBERS:
        text, address = fields.get(f"text-{n}"), fields.get(f"address-{n}")
        if text is not None and address is not None:
            raise UsageError(f"text-{n} and address-{n} are given; send each article in one way")
        published = day(fields, f"published-{n}")
        if address is not None:
            addresses.append((len(given), address))
        if text is not None or address is not None:
            data = (text or "").encode("utf-8", "replace")
            given.append(Given(address or f"Article {n}", today, data=data, published=published, as_of=as_of))
    given += [
        Given(one.name or "file", today, data=one.data, name=one.name, as_of=as_of) for one in sent.files
    ]
    if not FEWEST_TOLD <= len(given) <= MOST_TOLD and len(sent.files) != 1:
        raise UsageError(f"send {FEWEST_TOLD} to {MOST_TOLD} articles; these are {len(given)}")
    pages = await asyncio.gather(*(site.pool.fetched(address) for _, address in addresses))
    for (at, _), page in zip(addresses, pages, strict=True):
        given[at] = msgspec.structs.replace(given[at], fetched=page)
    return given
