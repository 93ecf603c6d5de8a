"""What all requests share: the record, the world built of it, and where things are kept."""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inforce.law.world import World
from inforce.record.model import Record
from inforce.web.kept_answers import KeptAnswers

if TYPE_CHECKING:
    from inforce.ledger.place import Ledger
    from inforce.web.desk.pool import Pool

#: Answers kept in memory, by number and by size of one: enough for the pages that are asked for again.
_KEPT = 4096
_LARGEST = 512 * 1024


class Site:
    """One running explorer over one record. `ledger` is a place as `--ledger` takes it, None without one.

    `answers` is the folder in which answers that were cited are kept, None where they are not.

    `today` gives the day it is, so that a test can set it.
    """

    def __init__(
        self,
        record: Record,
        *,
        ledger: str | None = None,
        answers: Path | None = None,
        today: Callable[[], dt.date] | None = None,
    ) -> None:
        self.record = record
        self.ledger = ledger
        self.today = today or _today
        self.kept = Kept()
        self.answers = None if answers is None else KeptAnswers(answers)
        self._opening = threading.Lock()
        self._ledger: Ledger | None = None

    @property
    def version(self) -> str:
        """The record's name, as reports cite it."""
        return self.record.hash[:12]

    @functools.cached_property
    def world(self) -> World:
        """All timelines as columns; built when a page first needs them."""
        return World.of(self.record)

    @functools.cached_property
    def pool(self) -> Pool:
        """Where articles are checked; its processes begin when the server does, or with the first check."""
        from inforce.web.desk.pool import Pool  # noqa: PLC0415 - it tells in pages what it refuses

        return Pool(self.record)

    def open_ledger(self) -> Ledger:
        """The ledger, opened when it is first asked. Raises `NotFound` where the site has none."""
        from inforce.web.problems import NotFound  # noqa: PLC0415 - problems are told in pages of this site

        if self.ledger is None:
            raise NotFound(
                "this explorer has no ledger; whoever runs it can name one: inforce serve --ledger"
            )
        with self._opening:
            if self._ledger is None:
                from inforce.ledger.place import open_ledger  # noqa: PLC0415 - many sites have none

                self._ledger = open_ledger(self.ledger, create=False)
        return self._ledger


class Kept:
    """Bodies that need not be made anew: they follow from the record, the day and the address alone."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[Any, ...], make: Callable[[], bytes]) -> bytes:
        """The body kept under `key`, or made now."""
        with self._lock:
            if (body := self._bodies.get(key)) is not None:
                self._bodies.move_to_end(key)
                return body
        body = make()
        if len(body) <= _LARGEST:
            with self._lock:
                self._bodies[key] = body
                while len(self._bodies) > _KEPT:
                    self._bodies.popitem(last=False)
        return body


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
