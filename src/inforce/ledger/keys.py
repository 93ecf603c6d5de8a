"""Keys of the API: who may write over HTTP, and what. A key is shown once; the ledger keeps its hash alone.

A key is 256 random bits, so that a plain SHA-256 of it tells nothing, and nobody finds it by trying.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

import msgspec
import re2
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from inforce.errors import UsageError, as_written
from inforce.ledger.scopes import SCOPES
from inforce.ledger.tables import api_keys

#: What every key begins with, so that one that got into a text is recognised.
MARK: Final = "inforce_key_"
_NAME: Final = re2.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,59}")


class Key(msgspec.Struct, frozen=True):
    """A key as the ledger knows it: never itself."""

    name: str
    scopes: tuple[str, ...]
    made: datetime
    revoked: datetime | None


def add(connection: Connection, name: str, scopes: Collection[str]) -> str:
    """A new key, to be shown once. Raises `UsageError` where the name was given before, or is none."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{as_written(name)} is no name of a key; give letters, digits and . _ - or blanks")
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise UsageError(f"scopes: choose of {', '.join(SCOPES)}")
    if connection.execute(sa.select(api_keys.c.id).where(api_keys.c.name == name)).first() is not None:
        raise UsageError(f"key {as_written(name)}: there is one of this name, or was; give another name")
    key = MARK + secrets.token_urlsafe(32)
    row = {
        "name": name,
        "hash": _hash(key),
        "scopes": " ".join(sorted(set(scopes))),
        "made": datetime.now(UTC),
    }
    connection.execute(sa.insert(api_keys), row)
    return key


def listed(connection: Connection) -> list[Key]:
    """All keys in the order in which they were made, revoked ones too."""
    return [_key(row) for row in connection.execute(sa.select(api_keys).order_by(api_keys.c.id))]


def revoke(connection: Connection, name: str) -> None:
    """From now on the key allows nothing. Raises `UsageError` where there is none of this name."""
    here = sa.update(api_keys).where(api_keys.c.name == name, api_keys.c.revoked.is_(None))
    if connection.execute(here.values(revoked=datetime.now(UTC))).rowcount == 0:
        raise UsageError(f"key {as_written(name)}: there is none in use; see inforce keys list")


def of(connection: Connection, key: str) -> Key | None:
    """The key that a request came with, where it is in use. It is found by its hash."""
    if not key.startswith(MARK):
        return None
    row = connection.execute(sa.select(api_keys).where(api_keys.c.hash == _hash(key))).first()
    return None if row is None or row.revoked is not None else _key(row)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _key(row: Row[tuple[object, ...]]) -> Key:
    return Key(row.name, tuple(row.scopes.split()), row.made, row.revoked)
