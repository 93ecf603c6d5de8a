"""A guest's manners: robots.txt is asked first, a host is given time, after failures longer."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from inforce import __version__
from inforce.errors import UsageError
from inforce.reading.formats.fetch import Fetched, Fetcher, Refusal, Terms

AGENT = f"inforce/{__version__} (follows news on treaties)"
_PRODUCT = "inforce"

#: Seconds between two requests to one host, and the longest that its robots.txt can ask for.
PACE, _SLOWEST = 1.0, 60.0
#: How long a host's robots.txt holds (RFC 9309, 2.4).
_HOLDS = timedelta(hours=24)
#: Waiting after the first failure, doubled with each further one.
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=24)
_ROBOTS = Terms(frozenset({"text/plain", "text/html", "application/octet-stream", ""}))
_CLIENT_ERROR, _SERVER_ERROR, _TOO_MANY = 400, 500, 429


class NotAllowed(UsageError):
    """The host's robots.txt asks not to fetch this address."""


class Wait(Exception):
    """The host wants time before the next request: come back at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until


class Guest:
    """Fetches with manners; shared by threads. `now` is the clock, which tests set."""

    def __init__(self, fetcher: Fetcher, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._fetcher, self._now = fetcher, now
        self._robots: dict[str, tuple[datetime, RobotFileParser | None]] = {}
        self._free: dict[str, datetime] = {}
        self._lock = Lock()

    def get(self, url: str, terms: Terms) -> Fetched:
        """What an address answers. Raises `Wait` where its host was asked a moment ago, else `UsageError`."""
        host = _host(url)
        robots = self._rules(host)
        if robots is not None and not robots.can_fetch(_PRODUCT, url):
            raise NotAllowed(f"{url}: its host's robots.txt asks not to fetch it")
        self._take_turn(host, robots)
        return self._fetcher.fetch(url, terms)

    def _take_turn(self, host: str, robots: RobotFileParser | None) -> None:
        asked = robots.crawl_delay(_PRODUCT) if robots is not None else None
        pause = min(max(PACE, float(asked or 0)), _SLOWEST)
        with self._lock:
            now = self._now()
            free = self._free.get(host)
            # A clock that was set back must not keep a host closed for long.
            if free is not None and now < free <= now + timedelta(seconds=_SLOWEST):
                raise Wait(free)
            self._free[host] = now + timedelta(seconds=pause)

    def _rules(self, host: str) -> RobotFileParser | None:
        """What the host's robots.txt says, None where it has none; `UsageError` where that is unknown."""
        held = self._robots.get(host)
        if held is not None and held[0] <= self._now() < held[0] + _HOLDS:
            return held[1]
        rules: RobotFileParser | None = None
        try:
            answer = self._fetcher.fetch(f"{host}/robots.txt", _ROBOTS)
            rules = RobotFileParser()
            rules.parse(answer.body[: 500 * 1024].decode("utf-8", "replace").splitlines())
        except Refusal as refusal:
            if not _CLIENT_ERROR <= refusal.status < _SERVER_ERROR or refusal.status == _TOO_MANY:
                raise
            # No robots.txt: all is allowed (RFC 9309, 2.3.1.3).
        except UsageError as error:
            if "is empty" not in str(error) and "no text" not in str(error):
                raise
        self._robots[host] = (self._now(), rules)
        return rules


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def later(failures: int, wait: float | None = None, dice: Callable[[], float] = random.random) -> timedelta:
    """How long to leave a source alone after failures in a row: with jitter, and no less than it asked."""
    # An address that many copies of inforce watch must not be asked by all of them in one second.
    grown: timedelta = min(_FIRST * int(2 ** min(max(failures - 1, 0), 20)), _LONGEST)
    return max(grown * (0.75 + dice() / 2), timedelta(seconds=wait or 0))
