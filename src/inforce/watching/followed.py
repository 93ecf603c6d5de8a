"""Sources that are followed on somebody's word over HTTP, and what a running watch makes of them.

They are feeds and sitemaps alone: a folder, a mailbox or a depositary is for whoever runs the watch to name,
in its plan. A source is added under a key and ended under a key; nothing of it is deleted.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import re2
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from inforce.errors import UsageError, as_written
from inforce.ledger.entering import unless_there
from inforce.ledger.keys import MARK
from inforce.ledger.place import Ledger
from inforce.ledger.tables import api_keys, followed, watched
from inforce.reading.formats.addresses import is_public
from inforce.watching.plan import Source, verify_source
from inforce.watching.visits import enlist

log = logging.getLogger("inforce.watch")

KINDS: Final = ("feed", "sitemap")
#: Sources that are followed at once at most.
MOST: Final = 500
#: A name stands in an address, and in tables and messages.
LONGEST_NAME: Final = 60
#: Its length is counted beside it: a class of many characters so many times over is a large expression.
_NAME: Final = re2.compile(r"[\pL\pN][\pL\pM\pN ._'’&,()+:-]*")

_GOES_ON: Final = followed.c.ended.is_(None)


class Taken(UsageError):
    """Another source has this name."""


class NotFollowed(UsageError):
    """No source of this name is followed."""


class Followed(msgspec.Struct, frozen=True):
    """A source with its whole story; `visited` and `problem` are of the last visit while it was followed."""

    id: int
    name: str
    kind: str
    address: str
    every: str
    since: datetime
    by: str
    visited: datetime | None
    problem: str | None
    ended: datetime | None
    ended_by: str | None


def verify(source: Source) -> None:
    """Raises `UsageError` where a source cannot be followed, or not on somebody's word over HTTP."""
    if any(MARK in str(text) for text in msgspec.structs.astuple(source)):
        raise UsageError("a key stands in it, and would be shown to all who read; take it out of use")
    if len(source.name) > LONGEST_NAME or source.name.endswith(" ") or not _NAME.fullmatch(source.name):
        raise UsageError(
            f"{as_written(source.name)} is no name of a source; give 1 to {LONGEST_NAME} letters, digits, "
            "blanks and . _ - ' & , ( ) + :, a letter or digit first"
        )
    verify_source(source, kinds=KINDS)
    if not _may_be_public(urlsplit(source.place).hostname or ""):
        raise UsageError(
            f"source {as_written(source.name)}: {source.kind}: is no public address; it would not be fetched"
        )


def _may_be_public(host: str) -> bool:
    """Whether a host is a name, which is looked at with each visit, or a public address."""
    try:
        return is_public(ip_address(host))
    except ValueError:
        return host.rpartition(".")[2] != "localhost"


def add(connection: Connection, source: Source, key: str, now: datetime) -> tuple[Followed, bool]:
    """The source as it is followed from now on the word of a key, and whether it is new.

    Raises `UsageError` where it cannot be followed, or too many are; `Taken` where its name is another's.
    """
    verify(source)
    held, every = _of_name(connection, source.name), "".join(source.every.split())
    if held is None:
        _verify_free(connection, source.name)
        row: dict[str, Any] = {
            "name": source.name,
            "kind": source.kind,
            "place": source.place,
            "every": every,
        }
        row |= {"added": now, "added_by": _number(key)}
        connection.execute(unless_there(connection, followed).values(row))
        here = sa.and_(watched.c.name == source.name, watched.c.place == source.place)
        connection.execute(sa.update(watched).where(here).values(due=now))
    stands = _of_name(connection, source.name)
    asked = (source.kind, source.place, every)
    if stands is None or (stands.kind, stands.address, stands.every) != asked:
        raise Taken(
            f"source {as_written(source.name)}: one of this name is followed; end it, or give another"
        )
    return stands, held is None


def _verify_free(connection: Connection, name: str) -> None:
    count = connection.execute(sa.select(sa.func.count()).select_from(followed).where(_GOES_ON)).scalar_one()
    if count >= MOST:
        raise UsageError(f"{MOST} sources are followed, and no more can be; end one first")
    ours = sa.exists().where(followed.c.name == watched.c.name, followed.c.place == watched.c.place)
    plan = sa.select(watched.c.name).where(watched.c.name == name, ~ours)
    if connection.execute(plan).first() is not None:
        raise Taken(
            f"source {as_written(name)}: stands in the plan of the watch, or stood; give another name"
        )


def end(connection: Connection, name: str, key: str, now: datetime) -> Followed:
    """The source as it was followed until now. Raises `NotFollowed` where none of this name is."""
    held = _of_name(connection, name)
    here = sa.update(followed).where(followed.c.name == name, _GOES_ON)
    ended = connection.execute(here.values(ended=now, ended_by=_number(key))).rowcount
    if held is None or not ended:
        raise NotFollowed(f"source {as_written(name)}: none of this name is followed; ask for the list")
    return msgspec.structs.replace(held, ended=now, ended_by=key)


def _number(key: str) -> sa.ScalarSelect[Any]:
    return sa.select(api_keys.c.id).where(api_keys.c.name == key).scalar_subquery()


def _of_name(connection: Connection, name: str) -> Followed | None:
    return next(iter(_told(connection, sa.and_(followed.c.name == name, _GOES_ON))), None)


def listed(connection: Connection) -> list[Followed]:
    """All sources in the order in which they were added, those that ended too."""
    return _told(connection, sa.true())


def _told(connection: Connection, which: sa.ColumnElement[bool]) -> list[Followed]:
    added_by, ended_by = api_keys.alias(), api_keys.alias()
    # Under a name, another source may have been followed before or since; a visit is of one of them.
    visit = sa.and_(
        watched.c.name == followed.c.name,
        watched.c.place == followed.c.place,
        watched.c.visited >= followed.c.added,
        sa.or_(_GOES_ON, watched.c.visited <= followed.c.ended),
    )
    joined = (
        followed.join(added_by, added_by.c.id == followed.c.added_by)
        .outerjoin(ended_by, ended_by.c.id == followed.c.ended_by)
        .outerjoin(watched, visit)
    )
    own = followed.c
    columns: list[Any] = [own.id, own.name, own.kind, own.place, own.every, own.added, added_by.c.name]
    columns += [watched.c.visited, watched.c.problem, own.ended, ended_by.c.name]
    wanted = sa.select(*columns).select_from(joined).where(which).order_by(own.id)
    return [Followed(*row) for row in connection.execute(wanted)]


class Roster:
    """The sources that a running watch follows: its plan's, and those that were added over HTTP."""

    def __init__(self, plan: Sequence[Source]) -> None:
        self._plan = {source.name: source for source in plan}
        self._seen: tuple[int, int] | None = None
        self.sources: Mapping[str, Source] = self._plan

    def renew(self, ledger: Ledger, now: datetime) -> None:
        """Take up what was added since, and leave what was ended: one small question where nothing was."""
        ended = sa.func.count(followed.c.ended)
        with ledger.reading() as connection:
            # Rows are never deleted, nor opened again: the two counts change with every change.
            total, over = connection.execute(sa.select(sa.func.count(), ended).select_from(followed)).one()
            if self._seen == (total, over):
                return
            added = _active(connection)
        for name in sorted(added.keys() & self._plan.keys()):
            log.warning("a source added over HTTP has the name of one in the plan", extra={"source": name})
        sources = added | self._plan
        began = self._seen is not None
        new = [one for name, one in sources.items() if not began or self.sources.get(name) != one]
        with ledger.writing() as connection:
            enlist(connection, new, now)
        for name in sorted(self.sources.keys() - sources.keys()):
            log.info("a source was ended", extra={"source": name})
        for one in new if began else ():
            log.info("a source was added", extra={"source": one.name})
        self.sources, self._seen = sources, (total, over)


def _active(connection: Connection) -> dict[str, Source]:
    own = followed.c
    wanted = sa.select(own.name, own.kind, own.place, own.every).where(_GOES_ON).order_by(own.id)
    return {
        row.name: Source(row.name, every=row.every, **{row.kind: row.place})
        for row in connection.execute(wanted)
    }
