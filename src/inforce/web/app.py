"""The app: every address, and what goes around all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from litestar import Litestar, Response, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router

from inforce.errors import InforceError
from inforce.reports.page import style_sheet
from inforce.web import problems
from inforce.web.api import API
from inforce.web.feeds import FEEDS
from inforce.web.forms import Forms
from inforce.web.guard import Guard
from inforce.web.limits import Limits
from inforce.web.pages import PAGES
from inforce.web.secrets_in_addresses import Secrets
from inforce.web.site import Site

if TYPE_CHECKING:
    from litestar.types import ASGIApp

#: The largest body of a request in bytes: an article with its markup, several times over.
LARGEST_BODY = 20 * 1024 * 1024
_STATIC = Path(__file__).parent / "static"


@get("/style.css", include_in_schema=False, sync_to_thread=False)
def style() -> Response[str]:
    """The explorer's style sheet behind those that it shares with the reports."""
    shared = "".join(map(style_sheet, ("palette.css", "claims.css")))
    sheet = shared + (_STATIC / "explorer.css").read_text("utf-8")
    return Response(sheet, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


def _begin(app: Litestar) -> None:
    app.state.site.pool.start()


def _end(app: Litestar) -> None:
    app.state.site.pool.stop()


def make_app(site: Site, *, rate: int | None = None) -> ASGIApp:
    """The ASGI app over a site; any ASGI server runs it.

    `rate` is how many requests a second one address may make on average; None is no limit.
    """
    app = Litestar(
        route_handlers=[
            *PAGES,
            *API,
            *FEEDS,
            style,
            create_static_files_router("/static", [_STATIC], include_in_schema=False),
        ],
        state=State({"site": site}),
        exception_handlers={
            InforceError: problems.of_ours,
            HTTPException: problems.of_http,
            Exception: problems.of_defect,
        },
        openapi_config=None,
        logging_config=None,
        on_startup=[_begin],
        on_shutdown=[_end],
        request_max_body_size=LARGEST_BODY,
    )
    inner: ASGIApp = cast("ASGIApp", Forms(cast("ASGIApp", app)))
    if rate is not None:
        inner = cast("ASGIApp", Limits(inner, rate))
    return cast("ASGIApp", Guard(cast("ASGIApp", Secrets(inner))))
