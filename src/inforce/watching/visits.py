"""What sources list, noted once: each new article waits in the ledger until it was read.

Noting is one transaction with the source's new state, so that a listing that was seen is a listing whose
articles are known.
"""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from inforce.errors import UsageError
from inforce.ledger.entering import storable_tree, unless_there
from inforce.ledger.tables import finds, watched
from inforce.reading.formats.fetch import Fetched, Terms
from inforce.watching.listings import TYPES, Entry, feed_entries, sitemap_entries
from inforce.watching.plan import Plan, Source

#: Sitemaps read of one index.
_MOST_SITEMAPS = 50
_CHUNK = 500

Get = Callable[[str, Terms], Fetched]


class Version(Protocol):
    """What a server calls the version that it sent."""

    @property
    def etag(self) -> str | None: ...
    @property
    def modified(self) -> str | None: ...


def had(seen: Version) -> dict[str, Any]:
    """What is noted of a source or an article that was had: no failures, and its version."""
    return {"failures": 0, "problem": None, "etag": seen.etag, "modified": seen.modified}


def missed(failures: Any, problem: str) -> dict[str, Any]:
    """What is noted of one that could not be had: how often in a row, and why."""
    return {"failures": failures, "problem": storable_tree(problem[:500])}


class Listing(NamedTuple):
    """What a source lists now, and what it calls this version of the list."""

    entries: list[Entry]
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


def enlist(connection: Connection, sources: Sequence[Source], now: datetime) -> None:
    """Note sources that are new in the plan, due at once; one whose place changed is new."""
    for source in sources:
        row = {"name": source.name, "place": source.place, "due": now, "failures": 0}
        connection.execute(unless_there(connection, watched), row)
        moved = sa.and_(watched.c.name == source.name, watched.c.place != source.place)
        connection.execute(sa.update(watched).where(moved).values(row | {"etag": None, "modified": None}))


def list_source(source: Source, state: Row[tuple[object, ...]], get: Get, plan: Plan) -> Listing:
    """What a source lists now. Raises `UsageError` where it cannot be had."""
    match source.kind:
        case "folder":
            return Listing(list(_files(plan.path(source.place))))
        case "mail":
            return Listing(list(_messages(plan.path(source.place))))
        case "feed":
            answer = get(source.place, Terms(TYPES, state.etag, state.modified))
            if answer.unchanged:
                return Listing([], answer.etag, answer.modified, unchanged=True)
            return Listing(feed_entries(answer.body, answer.url), answer.etag, answer.modified)
        case _:
            return _sitemap(source.place, state, get)


def _sitemap(place: str, state: Row[tuple[object, ...]], get: Get) -> Listing:
    answer = get(place, Terms(TYPES, state.etag, state.modified))
    if answer.unchanged:
        return Listing([], answer.etag, answer.modified, unchanged=True)
    found, further = sitemap_entries(answer.body, answer.url)
    for address in further[:_MOST_SITEMAPS]:
        part = get(address, Terms(TYPES))
        found += sitemap_entries(part.body, part.url)[0]
    # The version of an index says nothing of its parts: it is read anew each time.
    return Listing(found) if further else Listing(found, answer.etag, answer.modified)


def _files(folder: Path) -> Iterator[Entry]:
    """The files of a folder; a file that is written anew is a new version of itself."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder")
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield Entry(file.resolve().as_uri(), file.name)


def _messages(place: Path) -> Iterator[Entry]:
    """The messages of a Maildir folder, or of an mbox file by the hash of each."""
    if place.is_dir():
        for part in ("cur", "new"):
            for file in sorted((place / part).glob("*")):
                # A message that was read moves from `new` to `cur` and gets flags behind its name.
                yield Entry(f"maildir:{place.resolve()}#{file.name.partition(':')[0]}")
        return
    if not place.is_file():
        raise UsageError(f"{place}: is neither a Maildir folder nor an mbox file")
    box = mailbox.mbox(str(place), create=False)
    try:
        for key in box.keys():  # noqa: SIM118 - a mailbox is no dictionary
            mark = hashlib.sha256(box.get_bytes(key)).hexdigest()
            yield Entry(f"mbox:{place.resolve()}#{mark}")
    finally:
        box.close()


def message_bytes(url: str) -> bytes:
    """The message that an entry names. Raises `UsageError` where it is gone."""
    scheme, _, rest = url.partition(":")
    place, _, name = rest.rpartition("#")
    if scheme == "maildir":
        for part in ("cur", "new"):
            for file in (Path(place) / part).glob(f"{name}*"):
                if file.name.partition(":")[0] == name:
                    return file.read_bytes()
        raise UsageError(f"{url}: the message is gone")
    box = mailbox.mbox(place, create=False)
    try:
        for key in box.keys():  # noqa: SIM118 - a mailbox is no dictionary
            data = bytes(box.get_bytes(key))
            if hashlib.sha256(data).hexdigest() == name:
                return data
    finally:
        box.close()
    raise UsageError(f"{url}: the message is gone")


def note(connection: Connection, source: Source, listing: Listing, now: datetime) -> int:
    """Note what a source lists, and when it is asked again; the number of articles that are new."""
    new = 0
    for chunk in _chunks(listing.entries):
        rows = [
            {
                "url": entry.url,
                "source": source.name,
                "title": storable_tree(entry.title),
                "published": entry.published,
                "found": now,
                "due": now,
                "state": "waiting",
                "reads": 0,
                "failures": 0,
            }
            for entry in chunk
        ]
        insertion = unless_there(connection, finds).values(rows).returning(finds.c.id)
        new += len(connection.execute(insertion).all())
    note_visit(connection, source, listing, now)
    return new


def note_visit(connection: Connection, source: Source, seen: Version, now: datetime) -> None:
    """Note that a source was had, in which version, and when it is asked again."""
    values = {"visited": now, "due": now + source.pause, **had(seen)}
    connection.execute(sa.update(watched).where(watched.c.name == source.name).values(values))


def note_failure(
    connection: Connection, source: Source, problem: str, now: datetime, wait: timedelta
) -> None:
    """Note that a source could not be had, and when it is asked again."""
    values = {
        "visited": now,
        "due": now + max(wait, timedelta(0)),
        **missed(watched.c.failures + 1, problem),
    }
    connection.execute(sa.update(watched).where(watched.c.name == source.name).values(values))


def _chunks(entries: Sequence[Entry]) -> Iterable[Sequence[Entry]]:
    return (entries[at : at + _CHUNK] for at in range(0, len(entries), _CHUNK))
