"""What a form of this site sends: its fields, each known and given once, and its files, within bounds."""

from __future__ import annotations

import asyncio
import urllib.parse
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
import re2
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler

from inforce.errors import UsageError
from inforce.reading.document import web_address
from inforce.reading.model import Document
from inforce.reports.naming import one_line
from inforce.web.asked import unknown
from inforce.web.problems import Forbidden, TooLarge

Handed = TypeVar("Handed", Document, list[Document])
_SHA256: Final = re2.compile("[0-9a-f]{64}")
#: Characters of any other field, and of a file's name.
_LONGEST: Final = 2_000
_LONGEST_NAME: Final = 120
#: Seconds within which a whole form must have come.
SECONDS: Final = 60.0


class Upload(NamedTuple):
    """A file as it was sent; its name is the sender's, shortened and on one line."""

    name: str
    data: bytes


class Sent(NamedTuple):
    """A form's fields without the empty ones, and its files without the empty ones."""

    fields: dict[str, str]
    files: tuple[Upload, ...]


def same_origin(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard: what a browser sends must come from a page of this site. Programs send neither header."""
    sent_from = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    if sent_from is not None:
        allowed = sent_from in ("same-origin", "none")
    else:
        allowed = origin is None or _host(origin) == connection.headers.get("host")
    if not allowed:
        raise Forbidden("a form of another site was sent here; open this page and send it from there")


def _host(origin: str) -> str | None:
    try:
        return urllib.parse.urlsplit(origin).netloc
    except ValueError:
        return None


async def posted(request: Request[Any, Any, Any], texts: Mapping[str, int], others: Collection[str]) -> Sent:
    """The form; `texts` are fields that may be long, with their limits in bytes.

    Files come in the fields `file` and `files`. Raises `UsageError` for a field that is neither, or is given
    twice; `TooLarge` for one that is too long.
    """
    try:
        async with asyncio.timeout(SECONDS):
            form = await request.form()
    except TimeoutError:
        raise HTTPException(status_code=408, detail="what was sent took too long to come") from None
    except (UnicodeDecodeError, LookupError):  # LookupError: a part names an encoding that is none
        raise UsageError("what was sent is no form in UTF-8; send it as this page does") from None
    fields: dict[str, str] = {}
    files: list[Upload] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if name not in ("file", "files"):
                raise unknown(name, {"file", "files"})
            files.append(Upload(one_line(value.filename)[-_LONGEST_NAME:], await value.read()))
            continue
        if name in ("file", "files"):
            continue  # no file was chosen
        _take(fields, name, str(value), texts, others)
    await form.close()
    return Sent(
        {name: value for name, value in fields.items() if value.strip()},
        tuple(one for one in files if one.name or one.data),
    )


def _take(
    fields: dict[str, str], name: str, value: str, texts: Mapping[str, int], others: Collection[str]
) -> None:
    if name not in texts and name not in others:
        raise unknown(name, {*texts, *others})
    if name in fields:
        raise UsageError(f"{name}: is given twice; give it once")
    if name in texts:
        if len(value.encode("utf-8", "replace")) > texts[name]:
            raise TooLarge(f"{name}: is over the limit of {texts[name] / 2**20:.0f} MB; send a part of it")
    elif len(value) > _LONGEST:
        raise UsageError(f"{name}: is longer than {_LONGEST} characters")
    else:
        value = value.strip()
    fields[name] = value


def known_document(text: str) -> Document:
    """What a page of ours hands back; whoever sends it may have changed it, so that it is looked at anew."""
    return _looked_at(text, Document)


def known_documents(text: str) -> list[Document]:
    """Several of them."""
    return _looked_at(text, list[Document])


def _looked_at(text: str, shape: type[Handed]) -> Handed:
    try:
        given = msgspec.json.decode(text, type=shape)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise UsageError(f"document: is none that was read here ({error}); send the text") from None
    for one in given if isinstance(given, list) else [given]:
        if not _SHA256.fullmatch(one.sha256) or one.url != web_address(one.url):
            raise UsageError("document: is none that was read here; send the text")
    return given
