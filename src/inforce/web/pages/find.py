"""Looking a state or treaty up by any of its names: the address that the search field asks."""

from __future__ import annotations

from litestar import Response, get
from litestar.response import Redirect

from inforce.errors import UnknownName, UsageError
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty
from inforce.web.asked import parameters
from inforce.web.problems import NotFound
from inforce.web.respond import Asking, site_of


@get("/find", sync_to_thread=True, include_in_schema=False)
def find(request: Asking) -> Response[object]:
    """Redirect to the page of what `q` names."""
    words = parameters(request, {"q"}).get("q")
    if words is None:
        raise UsageError("q: name a state or a treaty")
    return Redirect(_address(site_of(request).record, words))


def _address(record: Record, words: str) -> str:
    try:
        return f"/states/{find_participant(record, words).key}"
    except UsageError as no_state:
        try:
            return f"/treaties/{find_treaty(record, words).key}"
        except UsageError as no_treaty:
            near = (one.near for one in (no_state, no_treaty) if isinstance(one, UnknownName))
            raise NotFound(f"{no_state}; {no_treaty}", sum(near, start=())) from None
