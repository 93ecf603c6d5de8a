"""Where articles are checked: processes beside the server, so that no article can hold it up.

A check that runs over its time is ended with its process (docs/decisions/check-apart.md). What is asked
beyond what can be waited for is refused at once, with the time at which to ask again.
"""

from __future__ import annotations

import asyncio
import atexit
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from pebble import ProcessExpired, ProcessPool

from inforce.errors import UsageError
from inforce.reading.formats.fetch import Fetched, Fetcher
from inforce.record.model import Record
from inforce.web.desk import work
from inforce.web.problems import Busy

Answer = TypeVar("Answer")

#: Seconds that one check may run.
SECONDS: Final = 30.0
#: Checks under way and waiting; addresses asked for at once.
AT_ONCE: Final = 64
FETCHES: Final = 8


class Pool:
    """The processes, started with the first check or by `start`; `fetch` gets the page at an address."""

    def __init__(
        self,
        record: Record,
        *,
        seconds: float = SECONDS,
        at_once: int = AT_ONCE,
        fetch: Callable[[str], Fetched] | None = None,
    ) -> None:
        self._record, self.seconds, self.at_once = record, seconds, at_once
        self.fetch = fetch or Fetcher().fetch
        self._lock = threading.Lock()
        self._processes: ProcessPool | None = None
        self._fetchers: ThreadPoolExecutor | None = None
        self._here = self._fetching = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place among those who are served or wait, for as long as the block; raises `Busy` without one."""
        with self._lock:
            if self._here >= self.at_once:
                raise Busy(f"{self._here} articles are being checked or wait; send it again in a few seconds")
            self._here += 1
        try:
            yield
        finally:
            with self._lock:
                self._here -= 1

    async def run(self, job: Callable[..., Answer], *given: object) -> Answer:
        """What a function of `work` answers. Raises what it raises; `UsageError` where it takes too long."""
        future = self.start().schedule(job, args=given, timeout=self.seconds)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            told = f"takes longer than {self.seconds:.0f} s to read; send a part of it"
        except ProcessExpired:
            told = "cannot be read to its end; send its text alone"
        raise UsageError(f"what was sent {told}")

    async def fetched(self, url: str) -> Fetched:
        """The page at an address, by the one way to the network. Raises `UsageError`, and `Busy`."""
        if self._fetching >= FETCHES:
            raise Busy(f"{self._fetching} addresses are being asked; send it again in a few seconds")
        if self._fetchers is None:
            self._fetchers = ThreadPoolExecutor(FETCHES, thread_name_prefix="fetch")
        self._fetching += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._fetchers, self.fetch, url)
        finally:
            self._fetching -= 1

    def start(self) -> ProcessPool:
        """Start the processes where they are not running."""
        with self._lock:
            if self._processes is None:
                # A fork of a process that has threads can stand still for good.
                fresh = multiprocessing.get_context("spawn")
                workers = max(1, os.cpu_count() or 1)
                self._processes = ProcessPool(
                    workers, initializer=work.begin, initargs=[self._record], context=fresh
                )
                for _ in range(workers):
                    self._processes.schedule(work.warm_up)
                atexit.register(self.stop)
            return self._processes

    def stop(self) -> None:
        """End the processes and what they do."""
        with self._lock:
            processes, self._processes = self._processes, None
        if processes is not None:
            atexit.unregister(self.stop)
            processes.stop()  # type: ignore[no-untyped-call]
            processes.join()
        if self._fetchers is not None:
            self._fetchers.shutdown(wait=False, cancel_futures=True)
            self._fetchers = None
