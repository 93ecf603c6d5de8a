"""What a request asks: its parameters, each read once, each unknown one an error that names it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection
from enum import StrEnum
from typing import Any, TypeVar

from litestar import Request

from inforce.dates import parse_day
from inforce.errors import Near, UnknownName, UsageError, as_written

Choice = TypeVar("Choice", bound=StrEnum)
#: A parameter longer than this is no date, name or number that anybody means.
_LONGEST = 500


def given(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """The query's parameters by their names; those of one name in the order in which they stand.

    The request holds them as a set of names, whose order changes from one process to the next.
    """
    return sorted(request.query_params.multi_items(), key=lambda pair: pair[0])


def parameters(
    request: Request[Any, Any, Any], known: Collection[str], several: Collection[str] = ()
) -> dict[str, str]:
    """The query's parameters, without the empty ones of a form that was sent unfilled.

    Those in `several` may stand more than once and are left to `repeated`. Raises `UsageError` for one
    that is not in `known`, is given twice or is too long.
    """
    asked: dict[str, str] = {}
    for name, value in given(request):
        if name in several:
            continue
        if name not in known:
            raise unknown(name, (*known, *several))
        if name in asked:
            raise UsageError(f"{name}: is given twice; give it once")
        if len(value) > _LONGEST:
            raise UsageError(f"{name}: is longer than {_LONGEST} characters")
        asked[name] = value.strip()
    return {name: value for name, value in asked.items() if value}


def repeated(request: Request[Any, Any, Any], name: str, most: int) -> tuple[str, ...]:
    """The values of a parameter that may stand up to `most` times; raises `UsageError` for more."""
    values = [value.strip() for value in request.query_params.getall(name, []) if value.strip()]
    if len(values) > most:
        raise UsageError(f"{name}: stands {len(values)} times; {most} are taken at most")
    if any(len(value) > _LONGEST for value in values):
        raise UsageError(f"{name}: is longer than {_LONGEST} characters")
    return tuple(values)


def day(asked: dict[str, str], name: str) -> dt.date | None:
    """A parameter that is a day, or None where it is not given; raises `UsageError` that names it."""
    if name not in asked:
        return None
    try:
        return parse_day(asked[name])
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None


def number(asked: dict[str, str], name: str, *, most: int = 2**62) -> int | None:
    """A parameter that is a whole number from 1 to `most`, or None where it is not given."""
    if name not in asked:
        return None
    text = asked[name]
    if not (text.isascii() and text.isdigit() and len(text) < 20) or not 1 <= int(text) <= most:
        raise UsageError(f"{name}: {as_written(text)} is no number from 1 to {most}")
    return int(text)


def choice(asked: dict[str, str], name: str, kind: type[Choice]) -> Choice | None:
    """A parameter that is one of a vocabulary, or None where it is not given."""
    if name not in asked:
        return None
    try:
        return kind(asked[name])
    except ValueError:
        known = ", ".join(str(one) for one in kind)
        raise UsageError(f"{name}: {as_written(asked[name])} is none of {known}") from None


def unknown(name: str, known: Collection[str]) -> UnknownName:
    """What is said against a name that is none of those known."""
    meant = difflib.get_close_matches(name, known, 1)
    hint = f"did you mean {meant[0]}?" if meant else f"known here: {', '.join(sorted(known)) or 'none'}"
    near = tuple(Near("parameter", one, one) for one in meant)
    return UnknownName(f"unknown parameter {as_written(name)}; {hint}", name, near)
