"""Files that only save time, in the user's cache directory: each can be lost, or be wrong, without harm.

`INFORCE_CACHE` names another directory, or switches all of it off where it is empty. Where nothing can
be written there is silently no cache. What is read back is exactly what was written under that name by
this user, or nothing: a file that is damaged, renamed or another's is passed over, and written anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import stat
from pathlib import Path

_MARK = b"inforce cache 1\n"
_DIGEST = 32
_PACKAGE = Path(__file__).parent

#: Files kept of each kind, the latest written; a record that is being edited leaves one with every change.
KEPT = 8


def folder() -> Path | None:
    """Where the cache is: `INFORCE_CACHE`, else `inforce` in `XDG_CACHE_HOME` or `~/.cache`; None is off."""
    named = os.environ.get("INFORCE_CACHE")
    if named is not None:
        return Path(named) if named else None
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not base.is_absolute():  # the XDG specification has relative paths ignored
        try:
            base = Path.home() / ".cache"
        except RuntimeError:
            return None
    return base / "inforce"


@functools.cache
def code(*patterns: str) -> str | None:
    """Names the present source of these files of the package, so that nothing made by other code is read.

    None where the source cannot be read.
    """
    digest = hashlib.sha256()
    try:
        for path in sorted({path for pattern in patterns for path in _PACKAGE.glob(pattern)}):
            content = path.read_bytes()
            digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    except OSError:
        return None
    return digest.hexdigest()


def read(kind: str, key: str) -> bytes | None:
    """What was last written under this kind and key, or None."""
    root = folder()
    if root is None:
        return None
    try:
        whole = _own(root / _name(kind, key))
    except (OSError, ValueError):
        return None
    start = len(_MARK) + _DIGEST
    content = whole[start:]
    return content if whole[:start] == _MARK + _digest(kind, key, content) else None


def write(kind: str, key: str, content: bytes) -> None:
    """Keep `content` under this kind and key, at once and wholly, or not at all."""
    import tempfile  # noqa: PLC0415 - a start that finds all it needs writes nothing

    root = folder()
    if root is None:
        return
    unfinished = None
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix=".", dir=root)  # for this user alone
        with os.fdopen(handle, "wb") as file:
            file.write(_MARK + _digest(kind, key, content) + content)
        Path(unfinished).replace(root / _name(kind, key))
        _forget(root, kind)
    except (OSError, ValueError):
        if unfinished is not None:
            with contextlib.suppress(OSError):
                Path(unfinished).unlink()


def _name(kind: str, key: str) -> str:
    return f"{kind}-{key}"


def _digest(kind: str, key: str, content: bytes) -> bytes:
    return hashlib.sha256(_name(kind, key).encode() + b"\0" + content).digest()


def _own(path: Path) -> bytes:
    """The bytes of a file that nobody but this user can have written; raises `OSError` otherwise."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        others = stat.S_IWGRP | stat.S_IWOTH
        if hasattr(os, "getuid") and (about.st_uid != os.getuid() or about.st_mode & others):
            raise PermissionError(path)
        return file.read()


def _forget(root: Path, kind: str) -> None:
    """Remove all but the latest files of a kind."""
    files = sorted(root.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)
