"""The ledger: claims found again, one with all its rulings, stories and their tellings, a speaker's word."""

from __future__ import annotations

from typing import Final

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from markupsafe import Markup

from inforce.checking.compare import compare
from inforce.checking.model import Report
from inforce.ledger.model import Query
from inforce.ledger.place import Ledger
from inforce.ledger.searching import entries, judgements, search
from inforce.ledger.telling import Telling, first_wrong, latest_stories, reports, tellings
from inforce.record.names import find_participant, find_treaty
from inforce.reports import story_html
from inforce.reports.ledger_json import (
    HeldClaim,
    RulingsAnswer,
    StoryAnswer,
    StoryDocumentAnswer,
    held_claim,
    rulings_answer,
    story_answer,
    story_document_answer,
)
from inforce.reports.story_words import change_words, row_label
from inforce.vocabulary import ClaimKind, Verdict
from inforce.web.asked import choice, day, number, parameters
from inforce.web.problems import NotFound
from inforce.web.respond import Asking, address, form, site_of, twin
from inforce.web.site import Site

_FILTERS: Final = (
    "state", "treaty", "speaker", "kind", "predicate", "verdict", "verdict-now", "since", "until", "words",
    "text", "source", "document",
)  # fmt: skip
_PAGE: Final = 50
_MOST: Final = 200
_STORIES: Final = 30
#: Tellings that are compared with each other, and documents whose copying is followed.
_TOLD: Final = 12
_REPEATS: Final = ("copy", "edit")


class LedgerPage(msgspec.Struct, frozen=True):
    """Claims that a search found, the latest first; `configured` says whether there is a ledger here."""

    configured: bool
    asked: dict[str, str]
    found: tuple[HeldClaim, ...]


class ClaimPage(msgspec.Struct, frozen=True):
    """One claim with every ruling on it."""

    rulings: RulingsAnswer


class StoriesPage(msgspec.Struct, frozen=True):
    """Stories with their documents, the last begun first."""

    configured: bool
    stories: tuple[tuple[StoryDocumentAnswer, ...], ...]


class Mutation(msgspec.Struct, frozen=True):
    """What became of the claims from a document to one that copies or edits it, in sentences."""

    document: int
    copy_of: int
    changes: tuple[str, ...]


class StoryPage(msgspec.Struct, frozen=True):
    """One story, its tellings compared, and how its claims changed from copy to copy."""

    story: StoryAnswer
    mutations: tuple[Mutation, ...]
    left: int
    markup: str | msgspec.UnsetType = msgspec.UNSET


@get("/ledger", sync_to_thread=True, include_in_schema=False)
def ledger(request: Asking) -> Response[bytes]:
    """Claims that answer what is asked; all that is given must hold."""
    asked = parameters(request, {*_FILTERS, "limit", "before"})
    return _found(request, asked, "ledger.html")


@get("/ledger/speakers/{speaker:str}", sync_to_thread=True, include_in_schema=False)
def speaker_page(request: Asking, speaker: FromPath[str]) -> Response[bytes]:
    """What one speaker said, as texts name the speaker, the latest first."""
    asked = parameters(request, {*_FILTERS, "limit", "before"} - {"speaker"})
    return _found(request, asked | {"speaker": speaker}, "speaker.html")


def _found(request: Asking, asked: dict[str, str], template: str) -> Response[bytes]:
    site = site_of(request)
    query = _query(site, asked)
    place = held(site)
    found: tuple[HeldClaim, ...] = ()
    if place is not None:
        with place.reading() as connection:
            found = tuple(map(held_claim, search(connection, query)))
    more = {"next": address(request, before=str(found[-1].id))} if len(found) == query.limit else {}
    page = LedgerPage(place is not None, asked, found)
    return twin(request, template, lambda: page, links=more, fixed=False)


def held(site: Site) -> Ledger | None:
    """The ledger; None where none is configured, which a page tells."""
    return None if site.ledger is None else site.open_ledger()


def _query(site: Site, asked: dict[str, str]) -> Query:
    record = site.record
    return Query(
        state=find_participant(record, asked["state"]).key if "state" in asked else None,
        treaty=find_treaty(record, asked["treaty"]).key if "treaty" in asked else None,
        speaker=asked.get("speaker"),
        kind=choice(asked, "kind", ClaimKind),
        predicate=asked.get("predicate"),
        verdict=choice(asked, "verdict", Verdict),
        verdict_now=choice(asked, "verdict-now", Verdict),
        since=day(asked, "since"),
        until=day(asked, "until"),
        words=asked.get("words"),
        text=asked.get("text"),
        source=asked.get("source"),
        document=number(asked, "document"),
        limit=number(asked, "limit", most=_MOST) or _PAGE,
        before=number(asked, "before"),
    )


@get("/ledger/claims/{claim:int}", sync_to_thread=True, include_in_schema=False)
def claim_page(request: Asking, claim: FromPath[int]) -> Response[bytes]:
    """One claim and every ruling on it, the first first."""
    parameters(request, ())
    place = held(site_of(request))
    if place is None:
        return _unconfigured(request)
    with place.reading() as connection:
        try:
            entry = entries(connection, [claim])[0]
        except (KeyError, OverflowError):
            raise NotFound(f"claim {claim}: the ledger holds none of this number") from None
        rulings = {sense: judgements(connection, claim, sense) for sense in ("then", "now")}
    return twin(request, "claim.html", lambda: ClaimPage(rulings_answer(entry, rulings)), fixed=False)


@get("/ledger/stories", sync_to_thread=True, include_in_schema=False)
def stories_page(request: Asking) -> Response[bytes]:
    """Stories, the last begun first."""
    asked = parameters(request, {"before"})
    place = held(site_of(request))
    found: list[tuple[StoryDocumentAnswer, ...]] = []
    if place is not None:
        with place.reading() as connection:
            for one in latest_stories(connection, _STORIES, number(asked, "before")):
                found.append(tuple(map(story_document_answer, tellings(connection, one))))
    told = tuple(one for one in found if one)
    more = {"next": address(request, before=str(told[-1][0].story))} if len(found) == _STORIES else {}
    page = StoriesPage(place is not None, told)
    return twin(request, "stories.html", lambda: page, links=more, fixed=False)


@get("/ledger/stories/{story:int}", sync_to_thread=True, include_in_schema=False)
def story_page(request: Asking, story: FromPath[int]) -> Response[bytes]:
    """One story: who told it, who copied, where it first went wrong, what became of its claims."""
    parameters(request, ())
    site = site_of(request)
    place = held(site)
    if place is None:
        return _unconfigured(request)
    with place.reading() as connection:
        try:
            documents = tellings(connection, story)
        except OverflowError:
            documents = []
        if not documents:
            raise NotFound(f"story {story}: the ledger holds none of this number")
        told = [one.document.id for one in documents if one.part not in _REPEATS]
        compared = compare(reports(connection, told[:_TOLD]), site.record)
        wrong = first_wrong(connection, story)
        repeats = [one for one in documents if one.part in _REPEATS and one.copy_of is not None]
        mutations = [_mutation(site, one, reports(connection, [one.copy_of or 0, one.document.id]))
                     for one in repeats[:_TOLD]]  # fmt: skip
    page = StoryPage(
        story_answer(story, documents, compared, wrong, site.record),
        tuple(mutations),
        max(0, len(told) - _TOLD) + max(0, len(repeats) - _TOLD),
    )
    if form(request) == "html":
        parts = story_html.parts(compared, site.record, f"Story {story}")
        markup = Markup("\n".join(parts))  # noqa: S704 - made by the reports, which escape what they are given
        page = msgspec.structs.replace(page, markup=markup)
    return twin(request, "story.html", lambda: page, fixed=False)


def _mutation(site: Site, one: Telling, pair: list[Report]) -> Mutation:
    """The claims of a copy beside those of its original, named by the numbers of their documents."""
    numbers = (one.copy_of or 0, one.document.id)
    story = compare(pair, site.record)
    order = [0, 1] if story.reports[0] is pair[0] else [1, 0]
    named = [f"document {numbers[at]}" for at in order]
    said: list[str] = []
    for row in story.rows:
        label = row_label(row, site.record, treaties=False)
        for change in row.changes:
            words = change_words(change, row.tellings[change.base], site.record, named.__getitem__)
            said.append(f"{label}: {words}")
        for at in (0, 1):
            if row.tellings[at] is None:
                said.append(f"{label}: {named[1 - at]} alone tells it.")
    return Mutation(one.document.id, numbers[0], tuple(said))


def _unconfigured(request: Asking) -> Response[bytes]:
    page = LedgerPage(configured=False, asked={}, found=())
    return twin(request, "ledger.html", lambda: page, fixed=False)
