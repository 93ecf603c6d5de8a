"""How much one address may ask: a bucket of requests for each, that fills at a rate.

What makes work (an article to be checked) takes more out of it than what is looked up. The buckets are kept
in memory, those of the latest addresses; behind a proxy the server must be told of it, or all are one.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from inforce.web.problems import plain_problem
from inforce.web.site import Site

#: Seconds of the rate that may be asked at once.
_BURST: Final = 10
#: What a request that is sent something takes out.
_WORK: Final = 10
#: Addresses whose buckets are kept.
_ADDRESSES: Final = 20_000
_TOO_MANY: Final = "too many requests from this address; wait a moment"
_FREE: Final = ("/static/", "/style.css")


class Bucket(NamedTuple):
    """What is left in a bucket, and when that was so."""

    left: float
    at: float


class Limits:
    """Lets through what an address may ask; answers 429 to the rest. `clock` counts seconds."""

    def __init__(
        self, app: ASGIApp, site: Site, rate: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app, self.site, self.rate, self._clock = app, site, rate, clock
        self.most = rate * _BURST
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith(_FREE):
            await self.app(scope, receive, send)
            return
        cost = _WORK if scope["method"] == "POST" else 1
        wait, left = self.take(_who(scope), min(cost, self.most))
        headers = [
            (b"ratelimit-limit", str(self.most).encode()),
            (b"ratelimit-remaining", str(math.floor(left)).encode()),
            (b"ratelimit-reset", str(math.ceil((self.most - left) / self.rate)).encode()),
        ]
        if wait > 0:
            headers.append((b"retry-after", str(math.ceil(wait)).encode()))
            await plain_problem(self.site, scope, send, (429, _TOO_MANY), headers)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self.app(scope, receive, told)

    def take(self, who: str, cost: float) -> tuple[float, float]:
        """Take out of a bucket: seconds to wait (0: it was taken), and what is left."""
        now = self._clock()
        held = self._buckets.pop(who, Bucket(self.most, now))
        left = min(self.most, held.left + (now - held.at) * self.rate)
        wait = 0.0 if left >= cost else (cost - left) / self.rate
        self._buckets[who] = Bucket(left if wait else left - cost, now)
        if len(self._buckets) > _ADDRESSES:
            self._buckets.popitem(last=False)
        return wait, self._buckets[who].left


def _who(scope: Scope) -> str:
    """The address that asks; of IPv6 the network, since one household has all of it."""
    client = scope.get("client")
    if not client:
        return ""
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return client[0]
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
