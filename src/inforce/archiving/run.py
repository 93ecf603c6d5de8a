"""Many files, each exactly once: what is done is noted beside its part, and is not done again.

A part and its note are written under other names first and renamed, the part before the note. A note that
is there, for the same version of the file and the same record, is a file that is done.
"""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import date, timedelta
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

import msgspec

from inforce import __version__
from inforce.archiving.one_file import Outcome, one_file
from inforce.archiving.places import Input
from inforce.errors import UsageError
from inforce.record import load
from inforce.record.model import Record

FORMAT = "inforce-archive/1"
NOTES = "notes"
#: How often a file may take its process down with it before it is given up.
_TRIES = 2


class Job(msgspec.Struct, frozen=True):
    """What a worker needs to know: it is small, and can be sent anywhere."""

    folder: str
    overlay: str | None
    today: date


class Engine(Protocol):
    """Runs `work` for each input somewhere, and yields outcomes as they come."""

    def __call__(self, inputs: Sequence[Input], job: Job) -> Iterator[Outcome]:
        """The outcomes, in any order."""


@functools.lru_cache(maxsize=1)
def _record(overlay: str | None) -> Record:
    return load(None if overlay is None else Path(overlay))


def work(given: Input, job: Job) -> Outcome:
    """Read one input and note what became of it: the whole of what an engine has to run."""
    folder = Path(job.folder)
    outcome = one_file(given, folder, given.key, _record(job.overlay), job.today)
    _write(folder / NOTES / f"{given.key}.json", msgspec.json.encode(outcome))
    return outcome


def _write(place: Path, data: bytes) -> None:
    unfinished = place.with_name(f".{place.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(place)


def done(folder: Path, given: Input, record: Record) -> Outcome | None:
    """What became of an input in an earlier run; None where it, the record or the version is another."""
    try:
        outcome = msgspec.json.decode((folder / NOTES / f"{given.key}.json").read_bytes(), type=Outcome)
    except (OSError, msgspec.DecodeError):
        return None
    same = outcome.version == given.version and outcome.record == record.hash
    whole = outcome.part is None or (folder / outcome.part).is_file()
    return outcome if same and whole else None


def in_this_process(inputs: Sequence[Input], job: Job) -> Iterator[Outcome]:
    """One after another, here."""
    for given in inputs:
        yield work(given, job)


def pool(processes: int) -> Engine:
    """An engine of so many processes of this machine."""

    def engine(inputs: Sequence[Input], job: Job) -> Iterator[Outcome]:
        tries: Counter[str] = Counter()
        todo = list(inputs)
        while todo:
            left: list[Input] = []
            # Processes of their own from the start: a fork of one with threads can stop for ever.
            with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as made:
                yield from _gathered(made, todo, job, left, tries)
            todo = left

    return engine


def _gathered(
    made: ProcessPoolExecutor, todo: Sequence[Input], job: Job, left: list[Input], tries: Counter[str]
) -> Iterator[Outcome]:
    waiting: dict[Future[Outcome], Input] = {}
    queue = sorted(todo, key=lambda given: -given.size)  # the longest first, so that none is waited for alone
    broken = False
    while queue or waiting:
        while queue and not broken and len(waiting) < 2 * (made._max_workers):  # type: ignore[attr-defined]
            given = queue.pop(0)
            try:
                waiting[made.submit(work, given, job)] = given
            except BrokenProcessPool:
                broken = True
                queue.insert(0, given)
        if broken and not waiting:
            left.extend(queue)
            return
        finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            given = waiting.pop(future)
            try:
                yield future.result()
            except BrokenProcessPool:
                broken = True
                tries[given.name] += 1
                if tries[given.name] < _TRIES + 1:
                    left.append(given)
                else:
                    raise UsageError(f"{given.name}: ends the process that reads it; leave it out") from None


class Manifest(msgspec.Struct, frozen=True):
    """What the data set covers: totals, the days crawled with their documents, and the days between without.

    `broken` are files that were not read to their end, with the reason.
    """

    format: str
    inforce: str
    record: str
    inputs: int
    documents: int
    through_gate: int
    relevant: int
    claims: int
    bytes: int
    days: dict[str, int]
    gaps: tuple[str, ...]
    problems: dict[str, int]
    broken: dict[str, str]


def archive(
    inputs: Sequence[Input],
    job: Job,
    engine: Engine,
    tell: Callable[[Outcome, int, int], None] = lambda outcome, at, of: None,
) -> tuple[Manifest, int]:
    """Bring all inputs into the data set; the manifest, and how many files were done before.

    `tell` gets each outcome as it comes, with how many of how many files are done.
    """
    folder = Path(job.folder)
    try:
        (folder / NOTES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror})") from None
    record = _record(job.overlay)
    earlier = {given.name: outcome for given in inputs if (outcome := done(folder, given, record))}
    outcomes = dict(earlier)
    todo = [given for given in inputs if given.name not in earlier]
    for outcome in engine(todo, job) if todo else ():
        outcomes[outcome.input] = outcome
        tell(outcome, len(outcomes), len(inputs))
    made = manifest(outcomes.values(), record)
    _write(folder / "manifest.json", msgspec.json.format(msgspec.json.encode(made), indent=2))
    return made, len(earlier)


def manifest(outcomes: Iterable[Outcome], record: Record) -> Manifest:
    """The sum of what became of all inputs."""
    days: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    broken: dict[str, str] = {}
    totals: Counter[str] = Counter()
    for one in outcomes:
        days.update(one.days)
        problems.update(one.problems)
        if one.broken:
            broken[one.input] = one.broken
        for name in ("documents", "through_gate", "relevant", "claims", "bytes"):
            totals[name] += getattr(one, name)
        totals["inputs"] += 1
    return Manifest(
        format=FORMAT,
        inforce=__version__,
        record=record.hash,
        inputs=totals["inputs"],
        documents=totals["documents"],
        through_gate=totals["through_gate"],
        relevant=totals["relevant"],
        claims=totals["claims"],
        bytes=totals["bytes"],
        days=dict(sorted(days.items())),
        gaps=tuple(_gaps(sorted(days))),
        problems=dict(sorted(problems.items())),
        broken=dict(sorted(broken.items())),
    )


def _gaps(days: Sequence[str]) -> Iterator[str]:
    """Days without a document between the first and the last, as intervals: "2025-01-03/2025-01-07"."""
    known = []
    for text in days:
        try:
            known.append(date.fromisoformat(text))
        except ValueError:
            continue
    for before, after in pairwise(known):
        if (after - before).days > 1:
            yield f"{before + timedelta(1)}/{after - timedelta(1)}"
