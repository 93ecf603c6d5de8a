"""The app: every address, and what goes around all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from inforce.errors import InforceError
from inforce.web import problems
from inforce.web.api import API
from inforce.web.feeds import FEEDS
from inforce.web.files import FILES
from inforce.web.forms import Forms
from inforce.web.guard import Guard
from inforce.web.heads import Heads
from inforce.web.limits import Limits
from inforce.web.pages import PAGES
from inforce.web.secrets_in_addresses import Secrets
from inforce.web.site import Site

if TYPE_CHECKING:
    from litestar.types import ASGIApp

#: The largest body of a request in bytes: an article with its markup, several times over.
LARGEST_BODY = 20 * 1024 * 1024


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
            *FILES,
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
    inner: ASGIApp = cast("ASGIApp", Forms(cast("ASGIApp", Heads(cast("ASGIApp", app)))))
    if rate is not None:
        inner = cast("ASGIApp", Limits(inner, site, rate))
    return cast("ASGIApp", Guard(cast("ASGIApp", Secrets(inner, site))))
