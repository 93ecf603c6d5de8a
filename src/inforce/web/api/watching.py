"""Sources that the watch follows on somebody's word over HTTP: listed for all, added and ended with a key."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Annotated, Any, Final

import msgspec
from litestar import Response, delete, post

from inforce.reports.followed_json import (
    AddedSourceAnswer,
    SourceAnswer,
    added_source_answer,
    source_answer,
)
from inforce.watching import followed
from inforce.watching.followed import LONGEST_NAME, MOST
from inforce.watching.plan import LONGEST_ADDRESS, Source
from inforce.web.api.endpoint import PREFIX, Endpoint, Listed, Parameter
from inforce.web.api.writing import Sending, allowed, answered, sent_json
from inforce.web.asked import parameters
from inforce.web.problems import Conflict, NotFound
from inforce.web.respond import Asking, form, site_of
from inforce.web.site import Site

_PATH: Final = "/watch/sources"
_NAME: Final = Parameter("name", "the name under which it was added", "Baltic wire")

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
Address = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_ADDRESS)]
Every = Annotated[str, msgspec.Meta(max_length=16, description="90s, 15m, 6h or 1d; 30m where left out")]


class SourceSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source to be followed: the address of its `feed` (RSS, Atom, JSON Feed) or of its `sitemap`."""

    name: Name
    feed: Address | None = None
    sitemap: Address | None = None
    every: Every | None = None

    @property
    def source(self) -> Source:
        """As a plan names it."""
        given = msgspec.structs.asdict(self)
        return Source(**{name: value for name, value in given.items() if value is not None})


def _sources(site: Site, given: dict[str, Any]) -> tuple[SourceAnswer, ...]:
    with site.open_ledger().reading() as connection:
        return tuple(map(source_answer, followed.listed(connection)))


@post(f"{PREFIX}{_PATH}", status_code=200, guards=[allowed("watch")], include_in_schema=False)
async def follow(request: Asking) -> Response[bytes]:
    """The source, followed from now on."""
    parameters(request, ())
    site, sent = site_of(request), await sent_json(request, SourceSent)
    key = request.scope["state"]["key"]
    return answered(request, await asyncio.to_thread(_follow, site, sent.source, key))


def _follow(site: Site, source: Source, key: str) -> AddedSourceAnswer:
    with site.open_ledger().writing() as connection:
        try:
            one, new = followed.add(connection, source, key, dt.datetime.now(dt.UTC))
        except followed.Taken as taken:
            raise Conflict(str(taken)) from None
    return added_source_answer(one, new=new)


@delete(
    f"{PREFIX}{_PATH}/{{name:str}}",
    status_code=200,
    guards=[allowed("watch")],
    include_in_schema=False,
    sync_to_thread=True,
)
def leave(request: Asking) -> Response[bytes]:
    """The source, followed no more."""
    parameters(request, ())
    name = str(request.path_params["name"])
    if request.scope["state"]["form_named"]:  # "nrc.html" is a name here, and no form of an answer
        name = f"{name}.{form(request)}"
    with site_of(request).open_ledger().writing() as connection:
        try:
            one = followed.end(connection, name, request.scope["state"]["key"], dt.datetime.now(dt.UTC))
        except followed.NotFollowed as unknown:
            raise NotFound(str(unknown)) from None
    return answered(request, source_answer(one))


WATCHED: Final = (
    Endpoint(
        operation="watch-sources",
        group="Watch",
        path=_PATH,
        summary="Sources that were added over HTTP",
        description=(
            "In the order in which they were added, those that were ended too; how the last visit went. "
            "What the watch follows by its plan is not among them."
        ),
        ask=_sources,
        answer=tuple[SourceAnswer, ...],
        listed=Listed(None, lambda row: str(row.id)),
        example=f"{_PATH}?limit=1",
        fixed=False,
    ),
)

WATCHING: Final = (
    Sending(
        operation="watch-add",
        group="Watch",
        path=_PATH,
        summary="Have the watch follow a source",
        description=(
            "It needs a key of the scope `watch`. A running watch takes it up with its next round, and reads "
            f"it as those of its plan. {MOST} can be followed at once. Its address is shown to all who ask."
        ),
        body=SourceSent,
        answer=AddedSourceAnswer,
        example={"name": _NAME.example, "feed": "https://wire.example/rss.xml", "every": "15m"},
        scope="watch",
        wrong={"409": "Another source has this name."},
    ),
    Sending(
        operation="watch-end",
        group="Watch",
        path=f"{_PATH}/{{name}}",
        summary="Have the watch follow a source no more",
        description=(
            "It needs a key of the scope `watch`. The source stays in the list as one that was ended; "
            "articles that it named before are still read."
        ),
        body=None,
        answer=SourceAnswer,
        example={},
        scope="watch",
        method="delete",
        in_path=(_NAME,),
    ),
)

FOLLOWING: Final = (follow, leave)
