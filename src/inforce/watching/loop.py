"""The loop of `inforce watch`: one process that visits, reads, enters, ages and tells, until it is stopped.

Fetching is done by threads, since most of it is waiting; reading and writing by the loop's own thread, one
transaction at a time. Whatever is interrupted was not done, and is done again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from inforce.errors import LedgerError, UsageError
from inforce.ledger.place import Ledger
from inforce.ledger.tables import finds, watched
from inforce.reading.formats.fetch import Fetched, Refusal, Terms
from inforce.record.model import Record
from inforce.watching.ageing import Ageing, age, is_due
from inforce.watching.articles import fail, get_article, judge, settle
from inforce.watching.delivery import Channel, deliver
from inforce.watching.depositary import look
from inforce.watching.followed import Roster
from inforce.watching.kept import Kept
from inforce.watching.manners import Guest, NotAllowed, Wait, later
from inforce.watching.plan import Plan, Source, known
from inforce.watching.visits import list_source, note, note_failure

log = logging.getLogger("inforce.watch")

#: How long the loop rests where nothing is due, and after the database failed, in seconds.
_REST, _DATABASE_REST = 1.0, 2.0
_AHEAD = 4  # finds fetched ahead, a thread


class Tally(msgspec.Struct):
    """What was done since the start: also the figures that `/metrics` shows."""

    visits: int = 0
    visit_failures: int = 0
    found: int = 0
    read: int = 0
    read_failures: int = 0
    entered: int = 0
    copies: int = 0
    claims: int = 0
    alerts: int = 0
    delivered: int = 0
    delivery_failures: int = 0
    database_failures: int = 0
    last_round: float = 0.0


class Watcher:
    """The loop and what it holds in memory: nothing that would be missed."""

    def __init__(
        self,
        ledger: Ledger,
        plan: Plan,
        record: Record,
        guest: Guest,
        ways: list[Channel],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        workers: int = 8,
        overlay: Path | None = None,
    ) -> None:
        self.ledger, self.record, self.ways = ledger, record, ways
        self.plan = known(plan, record)
        self.tally = Tally()
        self.stop = threading.Event()
        self._guest, self._now, self._workers, self._overlay = guest, now, workers, overlay
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="fetch")
        self._roster = Roster(self.plan.sources)
        self._flying: dict[Future[Any], tuple[str, Any]] = {}
        self._kept = Kept(ledger, self.plan, record)
        self._ageing: Ageing | None = None
        self._until = datetime.min.replace(tzinfo=UTC)  # what hosts put off is due again by then

    def run(self, *, once: bool) -> None:
        """Go round until stopped; with `once`, until nothing is due."""
        try:
            while not self.stop.is_set():
                try:
                    busy = self._round()
                except LedgerError as error:
                    self.tally.database_failures += 1
                    log.warning("the ledger failed", extra={"problem": str(error)})
                    self.stop.wait(_DATABASE_REST)
                    continue
                self.tally.last_round = self._now().timestamp()
                if once and not busy and not self._asked_to_wait():
                    break
                if not busy:
                    pause = (self._until - self._now()).total_seconds()
                    self.stop.wait(pause if 0 < pause < _REST else _REST)
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._kept.write(self._now(), self.tally.alerts, last=True)

    def _round(self) -> bool:
        """Start what is due, finish what came back, tell what is to be told; whether anything goes on."""
        self._roster.renew(self.ledger, self._now())
        self._start()
        self._finish()
        aged = self._age()
        told = self._tell()
        return bool(self._flying) or aged or told or self._anything_due()

    def _start(self) -> None:
        now = self._now()
        flying = {key for _, (key, _) in self._flying.items()}
        with self.ledger.reading() as connection:
            back = watched.c.visited > now + timedelta(minutes=1)  # the clock was set back
            ours = watched.c.name.in_(self._roster.sources)
            due = connection.execute(sa.select(watched).where(sa.or_(watched.c.due <= now, back), ours)).all()
            room = self._workers * _AHEAD - len(flying)
            todo = connection.execute(_due_finds(now).limit(max(room, 0) + len(flying))).all()
        for state in due:
            if f"source {state.name}" not in flying:
                source = self._roster.sources[state.name]
                self._submit(f"source {state.name}", state, self._visit, source, state)
        for find in todo:
            if f"find {find.id}" not in flying and len(self._flying) < self._workers * _AHEAD:
                self._get(find)

    def _submit(self, key: str, row: Any, work: Callable[..., Any], *given: Any) -> None:
        self._flying[self._pool.submit(work, *given)] = (key, row)

    def _get(self, find: Any) -> None:
        """Fetch an article; what lies on this machine is read at once, in the order in which it was found."""
        if find.url.startswith(("http://", "https://")):
            self._submit(f"find {find.id}", find, get_article, find, self._guest.get)
            return
        read: Future[Any] = Future()
        self._flying[read] = (f"find {find.id}", find)
        try:
            read.set_result(get_article(find, self._guest.get))
        except Exception as error:
            read.set_exception(error)

    def _visit(self, source: Source, state: Any) -> Any:
        if source.kind == "depositary":
            return look(source, state, self.record, self._guest.get, self._overlay)
        get = self._in_turn if source.kind == "sitemap" else self._guest.get
        return list_source(source, state, get, self.plan)

    def _in_turn(self, url: str, terms: Terms) -> Fetched:
        """What an address answers, once its host had its time: sitemaps are in many files of one host."""
        while True:
            try:
                return self._guest.get(url, terms)
            except Wait as pause:
                if self.stop.wait(max((pause.until - self._now()).total_seconds(), 0.01)):
                    raise

    def _finish(self) -> None:
        if not self._flying:
            return
        done, _ = wait(self._flying, timeout=_REST, return_when=FIRST_COMPLETED)
        if any(self._flying[one][0].startswith("source ") for one in done):
            self._roster.renew(self.ledger, self._now())  # a source may have been ended while it answered
        for future in [one for one in self._flying if one in done]:
            key, row = self._flying.pop(future)
            if key.startswith("source "):
                source = self._roster.sources.get(row.name)
                if source is not None and source.place == row.place:  # else it was ended meanwhile
                    self._finish_visit(source, future, row)
            else:
                self._finish_find(row, future)

    def _finish_visit(self, source: Source, future: Future[Any], state: Any) -> None:
        now, new = self._now(), 0
        try:
            listing = future.result()
            with self.ledger.writing() as connection:
                if source.kind == "depositary":
                    self.tally.alerts += listing.settle(connection, source, self.plan.rules, now)
                else:
                    new = note(connection, source, listing, now)
        except Wait as pause:
            self._put_off(watched, watched.c.name == source.name, pause)
            return
        except LedgerError:
            raise
        except Exception as error:
            self._fail_visit(source, state, error, now)
            return
        self.tally.visits += 1
        self.tally.found += new
        log.info("visited", extra={"source": source.name, "new": new})

    def _put_off(self, table: sa.Table, which: sa.ColumnElement[bool], pause: Wait) -> None:
        """Come back when the host had its time; nothing that a host puts off is over."""
        self._until = max(self._until, pause.until)
        with self.ledger.writing() as connection:
            connection.execute(sa.update(table).where(which).values(due=pause.until))

    def _asked_to_wait(self) -> bool:
        now = self._now()
        return now - timedelta(seconds=_REST) <= self._until <= now + timedelta(minutes=2)

    def _fail_visit(self, source: Source, state: Any, error: Exception, now: datetime) -> None:
        problem, pause_by = _problem(error), later(state.failures + 1, _asked_wait(error))
        self.tally.visit_failures += 1
        log.warning("a source failed", extra={"source": source.name, "problem": problem})
        with self.ledger.writing() as connection:
            note_failure(connection, source, problem, now, pause_by)

    def _finish_find(self, find: Any, future: Future[Any]) -> None:
        now = self._now()
        try:
            got = future.result()
            report = None if got.document is None else judge(got.document, self.record, now)
            with self.ledger.writing() as connection:
                done = settle(
                    connection, find, got, report, record=self.record, rules=self.plan.rules, now=now
                )
        except Wait as pause:
            self._put_off(finds, finds.c.id == find.id, pause)
            return
        except LedgerError:
            raise
        except Exception as error:
            self._fail_find(find, error, now)
            return
        self.tally.read += 1
        self.tally.alerts += done.alerts
        if done.entered is not None and done.entered.new:
            self.tally.entered += 1
            self.tally.claims += done.entered.claims
            self.tally.copies += bool(done.story and done.story.part == "copy")
            log.info("entered", extra={"url": find.url, "claims": done.entered.claims})

    def _fail_find(self, find: Any, error: Exception, now: datetime) -> None:
        problem = _problem(error)
        gone = isinstance(error, NotAllowed) or _is_gone(error)
        self.tally.read_failures += 1
        log.warning("an article failed", extra={"url": find.url, "problem": problem})
        with self.ledger.writing() as connection:
            pause_by = None if gone else later(find.failures + 1, _asked_wait(error))
            fail(connection, find, problem, now, pause_by)

    def _anything_due(self) -> bool:
        now = self._now()
        with self.ledger.reading() as connection:
            source = connection.execute(
                sa.select(watched.c.name).where(
                    watched.c.due <= now, watched.c.name.in_(self._roster.sources)
                )
            ).first()
            return source is not None or connection.execute(_due_finds(now).limit(1)).first() is not None

    def _age(self) -> bool:
        """Once a day, and for another record, weigh all claims again, a piece a round."""
        if self._ageing is None:
            now = self._now()
            with self.ledger.reading() as connection:
                if not is_due(connection, self.record, now):
                    return False
            self._ageing = Ageing(now)
        done = age(self.ledger, self._ageing, self.record, self.plan.rules)
        self.tally.alerts += done.alerts - self._ageing.alerts
        self._ageing = None if done.at is None else done
        return True

    def _tell(self) -> bool:
        told = False
        for way, problem in deliver(self.ledger, self.ways, self._now()):
            told = told or problem is None
            self.tally.delivered += problem is None
            self.tally.delivery_failures += problem is not None
            if problem:
                log.warning("an alert was not delivered", extra={"channel": way, "problem": problem})
        self._kept.write(self._now(), self.tally.alerts)
        return told


def _due_finds(now: datetime) -> sa.Select[Any]:
    back = finds.c.found > now + timedelta(minutes=1)  # the clock was set back
    due = sa.and_(finds.c.state == "waiting", sa.or_(finds.c.due <= now, back))
    return sa.select(finds).where(due).order_by(finds.c.due, finds.c.id)


def _problem(error: BaseException) -> str:
    if isinstance(error, UsageError):
        return str(error)
    log.exception("a defect of inforce", exc_info=error)
    return f"a defect of inforce: {type(error).__name__}: {error}"


def _asked_wait(error: BaseException) -> float | None:
    return error.wait if isinstance(error, Refusal) else None


def _is_gone(error: BaseException) -> bool:
    """Whether the host says that the page is not there, or not for us: asking again would change nothing."""
    return isinstance(error, Refusal) and error.status in (401, 403, 404, 410, 451)
