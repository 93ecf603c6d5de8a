"""Pages from templates: every text escaped and printable, the law's words those of the reports."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import jinja2
from litestar.types import Scope
from markupsafe import Markup, escape

from inforce import __version__
from inforce.dates import in_words
from inforce.law.categories import label
from inforce.record.model import Record
from inforce.record.names import fold
from inforce.reports import wording
from inforce.reports.ledger_text import where
from inforce.reports.naming import (
    article_named,
    participant_name,
    printable,
    sentence,
    short_treaty_name,
    treaty_name,
)
from inforce.reports.tables import COUNT_WORDS, status_words
from inforce.vocabulary import ClaimKind
from inforce.web.site import Site

#: The main pages in their order, by address.
NAVIGATION: Final = (
    ("/", "Today"),
    ("/treaties", "Treaties"),
    ("/states", "States"),
    ("/matrix", "Matrix"),
    ("/what-if", "What if"),
    ("/check", "Check"),
    ("/compare", "Compare"),
    ("/programmes", "Programmes"),
    ("/ledger", "Ledger"),
)


def twin_address(scope: Scope, form: str) -> str:
    """The address of this page's twin in another form: `/treaties/apmbc.json?on=2025-12-01`."""
    path = scope["path"]
    query = scope["query_string"].decode("latin-1")
    return f"{'/index' if path == '/' else path}.{form}{'?' if query else ''}{query}"


@functools.cache
def environment() -> jinja2.Environment:
    """The templates' environment: autoescape everywhere, a missing name is an error."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("inforce.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters |= {"in_words": _in_words, "sentence": sentence, "article": article_named}
    made.filters |= {"speaker": wording.speaker, "where": where, "quoted": _quoted, "ticked": _ticked}
    made.globals |= {
        "status_words": status_words,
        "count_words": COUNT_WORDS,
        "verdict_sign": wording.SIGNS,
        "claim_kinds": [str(kind) for kind in ClaimKind],
        "verdict_meaning": wording.MEANING,
        "inforce_version": __version__,
    }
    return made


def render(
    template: str,
    request: Any,
    answer: Any,
    links: Mapping[str, str],
    context: Mapping[str, Any] | None = None,
) -> str:
    """The page of an answer to a request."""
    return render_at((request.app.state.site, request.scope), template, answer, links, context)


def render_at(
    where: tuple[Site, Scope],
    template: str,
    answer: Any,
    links: Mapping[str, str],
    context: Mapping[str, Any] | None = None,
) -> str:
    """A page. Templates see `answer`, `site`, `path`, `links`, and the names of states."""
    site, scope = where
    record = site.record
    return (
        environment()
        .get_template(template)
        .render(
            answer=answer,
            site=site,
            path=scope["path"],
            site_nav=NAVIGATION,
            json_address=twin_address(scope, "json"),
            csv_address=twin_address(scope, "csv"),
            links=links,
            context=context or {},
            today=site.today(),
            name=lambda key: participant_name(key, record),
            by_name=lambda rows: sorted(rows, key=lambda one: _in_order(one.participant, record)),
            item=lambda key: label(record, key),
            treaty=lambda key: treaty_name(key, record),
            short_treaty=lambda key: short_treaty_name(key, record),
        )
    )


def _in_order(key: str, record: Record) -> str:
    """A participant's name as lists are ordered by it."""
    return fold(participant_name(key, record))


def _shown(value: Any) -> Any:
    """A text as it may be shown; what is None shows as nothing, and never as "None"."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) else escape(printable(str(value)))


def _ticked(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    code, plain = Markup("<code>{}</code>"), Markup("{}")
    parts = ((code if at % 2 else plain).format(part) for at, part in enumerate(text.split("`")))
    return Markup("").join(parts)


def _quoted(text: str) -> str:
    """A text as one part of a path."""
    return quote(text, safe="")


def _in_words(value: dt.date | None) -> str:
    return "" if value is None else in_words(value)
