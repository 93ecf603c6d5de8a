"""What is sent to the API: articles to be checked, compared, or checked into the ledger."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, post

from inforce.checking.model import Report
from inforce.errors import UsageError
from inforce.ledger.entering import enter
from inforce.reports.json_answers import CheckAnswer
from inforce.reports.ledger_json import EnteredAnswer, entered_answer
from inforce.reports.story_json import CompareAnswer
from inforce.watching.stories import place_report
from inforce.web.api.endpoint import PREFIX
from inforce.web.api.writing import Sending, allowed, answered, sent_body, sent_json
from inforce.web.asked import day, parameters
from inforce.web.desk.work import (
    FEWEST_TOLD,
    LONGEST,
    MOST_TOLD,
    Given,
    comparison_file,
    report_file,
    reported,
)
from inforce.web.posted import same_origin
from inforce.web.problems import TooLarge
from inforce.web.respond import Asking, site_of
from inforce.web.site import Site

Text = Annotated[str, msgspec.Meta(min_length=1, description="the article as plain text or HTML")]
Url = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000, description="or its address on the web")]
Published = Annotated[dt.date, msgspec.Meta(description="day of publication, where the article names none")]
AsOf = Annotated[dt.date, msgspec.Meta(description="give the verdicts as of another day")]


class Article(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One article: its `text`, or the `url` where it is."""

    text: Text | None = None
    url: Url | None = None
    published: Published | None = None


class ArticleSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article to be checked: its `text`, or the `url` where it is."""

    text: Text | None = None
    url: Url | None = None
    published: Published | None = None
    as_of: AsOf | None = None


class ArticlesSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Articles on one story to be compared."""

    articles: Annotated[tuple[Article, ...], msgspec.Meta(min_length=FEWEST_TOLD, max_length=MOST_TOLD)]
    as_of: AsOf | None = None


class DocumentSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An article to be checked into the ledger; `source` is the name under which later versions are found."""

    text: Text | None = None
    url: Url | None = None
    published: Published | None = None
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)] | None = None


_EXAMPLE: Final = {"text": "Finland left the Ottawa Convention on 10 July 2025.", "published": "2025-07-11"}

SENDINGS: Final = (
    Sending(
        operation="check",
        group="Checking",
        path="/check",
        summary="Check an article",
        description=(
            "Its claims about treaty law, each with verdict, reason and the right wording. Send JSON, "
            "or the text itself as text/plain or text/html with its days as parameters. Nothing is kept."
        ),
        body=ArticleSent,
        answer=CheckAnswer,
        example=_EXAMPLE,
        plain=True,
    ),
    Sending(
        operation="compare",
        group="Checking",
        path="/compare",
        summary="Compare several articles on one story",
        description="Who tells what, what differs, and how each telling stands. Nothing is kept.",
        body=ArticlesSent,
        answer=CompareAnswer,
        example={"articles": [_EXAMPLE, {**_EXAMPLE, "text": "Finland will leave the Ottawa Convention."}]},
    ),
    Sending(
        operation="ledger-add",
        group="Ledger",
        path="/ledger/documents",
        summary="Check an article into the ledger",
        description="It needs a key of the scope `ledger`. A text that is there already is only seen again.",
        body=DocumentSent,
        answer=EnteredAnswer,
        example={**_EXAMPLE, "source": "wire-1"},
        scope="ledger",
    ),
)


@post(f"{PREFIX}/check", status_code=200, guards=[same_origin], include_in_schema=False)
async def check(request: Asking) -> Response[bytes]:
    """The article, checked."""
    site, sent = site_of(request), await _article(request)
    with site.pool.place():
        made = await site.pool.run(report_file, await _given(site, sent), "json")
    return answered(request, msgspec.Raw(made))


@post(f"{PREFIX}/compare", status_code=200, guards=[same_origin], include_in_schema=False)
async def compare(request: Asking) -> Response[bytes]:
    """The articles, compared."""
    parameters(request, ())
    site, sent = site_of(request), await sent_json(request, ArticlesSent)
    with site.pool.place():
        given = await asyncio.gather(*(_given(site, one, sent.as_of) for one in sent.articles))
        made = await site.pool.run(comparison_file, list(given), "json")
    return answered(request, msgspec.Raw(made))


@post(f"{PREFIX}/ledger/documents", status_code=200, guards=[allowed("ledger")], include_in_schema=False)
async def add(request: Asking) -> Response[bytes]:
    """The article, checked and entered."""
    parameters(request, ())
    site, sent = site_of(request), await sent_json(request, DocumentSent)
    with site.pool.place():
        report: Report = await site.pool.run(reported, await _given(site, sent))
    source = report.document.url or sent.source or f"sent with the key {request.scope['state']['key']}"
    return answered(request, await asyncio.to_thread(_entered, site, report, source))


def _entered(site: Site, report: Report, source: str) -> EnteredAnswer:
    now = dt.datetime.now(dt.UTC)
    with site.open_ledger().writing() as connection:
        entered = enter(connection, report, site.record, source=source, fetched=now, today=site.today())
        place = place_report(connection, entered, report, now) if entered.new else None
    return entered_answer(source, entered, place.story if place else None)


async def _article(request: Request[Any, Any, Any]) -> ArticleSent:
    """The article as JSON, or as itself with its days as parameters."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("text/plain", "text/html"):
        parameters(request, ())
        return await sent_json(request, ArticleSent)
    asked = parameters(request, {"published", "as-of"})
    text = (await sent_body(request)).decode("utf-8", "replace")
    return ArticleSent(text or None, None, day(asked, "published"), day(asked, "as-of"))


async def _given(
    site: Site, sent: Article | ArticleSent | DocumentSent, as_of: dt.date | None = None
) -> Given:
    """What was sent, as the desk takes it. Raises `UsageError` where it is not exactly one article."""
    as_of = sent.as_of if isinstance(sent, ArticleSent) else as_of
    days: dict[str, Any] = {"today": site.today(), "published": sent.published, "as_of": as_of}
    if (sent.text is None) == (sent.url is None):
        raise UsageError("send text or url, one of the two, for each article")
    if sent.url is not None:
        return Given(sent.url, fetched=await site.pool.fetched(sent.url), **days)
    data = str(sent.text).encode("utf-8", "replace")
    if len(data) > LONGEST:
        raise TooLarge(f"text: is over the limit of {LONGEST // 2**20} MB; send a part of it")
    return Given("text", data=data, **days)


SENT: Final = (check, compare, add)
