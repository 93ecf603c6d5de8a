"""An article pasted, sent as a file or named by its address; its claims marked, each with its verdict."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
from litestar import Response, get, post
from markupsafe import Markup
from msgspec.structs import replace

from inforce.errors import UsageError
from inforce.reading.document import MAX_BYTES
from inforce.web.asked import day, parameters
from inforce.web.desk.work import FILES, LONGEST, Checked, Given, checked, report_file
from inforce.web.posted import Sent, known_document, posted, same_origin
from inforce.web.respond import Asking, attached, form, site_of, twin

#: Fields that may be long. A document is longer than its text: it is JSON.
_TEXTS: Final = {"text": LONGEST, "document": 4 * LONGEST}
_OTHERS: Final = ("address", "published", "as-of", "form")
#: Parts of a report that are markup already, every text in them escaped.
_MARKUP: Final = ("sums", "header", "article", "footer")
#: How a pasted text is called where it has no title.
PASTED: Final = "Pasted text"


class CheckForm(msgspec.Struct, frozen=True):
    """What can be sent here, by POST as a form: one of `text`, `address` and `file`.

    `forms` are the files in which a report can be had, by the value of `form`.
    """

    fields: dict[str, str]
    forms: dict[str, str]
    longest_text: int
    largest_file: int


class CheckPage(msgspec.Struct, frozen=True):
    """The documents that were sent, checked; what could not be read; whether there were more."""

    reports: tuple[msgspec.Raw, ...]
    unread: tuple[str, ...]
    more: bool


_FORM = CheckForm(
    fields={
        "text": "the article",
        "address": "its address on the web",
        "file": "text, HTML, PDF, DOCX, EML, WARC or JSON lines",
        "published": "day of publication, where the article names none: 2025-07-10",
        "as-of": "the verdicts as of another day",
        "form": "a file of the report",
    },
    forms={name: words for name, (_, _, _, words) in FILES.items()},
    longest_text=LONGEST,
    largest_file=MAX_BYTES,
)


@get("/check", sync_to_thread=False, include_in_schema=False)
def check_form(request: Asking) -> Response[bytes]:
    """The form."""
    parameters(request, ())
    return twin(request, "check.html", lambda: _FORM)


@post("/check", status_code=200, guards=[same_origin], include_in_schema=False)
async def check_sent(request: Asking) -> Response[bytes]:
    """The article, checked. Nothing of it is kept."""
    pool = site_of(request).pool
    with pool.place():
        sent = await posted(request, _TEXTS, _OTHERS)
        wanted = sent.fields.get("form")
        if wanted is not None and wanted not in FILES:
            raise UsageError(f"form: there is {', '.join(FILES)}")
        given = await _given(request, sent)
        if wanted is not None:
            _, ending, media, _ = FILES[wanted]
            return attached(await pool.run(report_file, given, wanted), f"inforce-check.{ending}", media)
        made = await pool.run(checked, given)
    if form(request) == "json":
        page = CheckPage(tuple(msgspec.Raw(one.answer) for one in made.checked), made.unread, made.more)
        return twin(request, "checked.html", lambda: page, fixed=False)
    return twin(
        request, "checked.html", lambda: Shown.of(made.checked, made.unread, made.more, given), fixed=False
    )


class Shown(msgspec.Struct, frozen=True):
    """What the page shows: of each report its parts, and what was read, to be sent again."""

    reports: tuple[dict[str, str | Markup | None], ...]
    unread: tuple[str, ...]
    more: bool
    as_of: dt.date | None
    files: dict[str, str]

    @classmethod
    def of(cls, reports: tuple[Checked, ...], unread: tuple[str, ...], more: bool, given: Given) -> Shown:
        """The page of what was checked."""
        shown = tuple(
            {
                "title": one.title,
                "letter": one.letter,
                "document": one.document,
                **{part: Markup(getattr(one, part)) for part in _MARKUP},  # noqa: S704
            }
            for one in reports
        )
        return cls(shown, unread, more, given.as_of, _FORM.forms)


async def _given(request: Asking, sent: Sent) -> Given:
    """The one thing that was sent, as the desk takes it."""
    fields = sent.fields
    ways = [name for name in ("text", "document", "address") if name in fields] + ["file"] * len(sent.files)
    if len(ways) != 1:
        raise UsageError(
            "send the text, its address or a file"
            if not ways
            else f"{' and '.join(dict.fromkeys(ways))} are given; send one article, in one way"
        )
    site = site_of(request)
    given = Given(PASTED, site.today(), published=day(fields, "published"), as_of=day(fields, "as-of"))
    if sent.files:
        (upload,) = sent.files
        return replace(given, label=upload.name or "file", name=upload.name, data=upload.data)
    if "document" in fields:
        if given.published is not None:
            raise UsageError("published: a document that was read has its day; give it with the text")
        return replace(given, document=known_document(fields["document"]))
    if "address" in fields:
        url = fields["address"]
        return replace(given, label=url, fetched=await site.pool.fetched(url))
    return replace(given, data=fields["text"].encode("utf-8", "replace"))
