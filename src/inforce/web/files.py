"""The explorer's own files: style, scripts, pictures. Read once; no address reaches the file system."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from litestar import Response, get
from litestar.params import FromPath

from inforce.reports.page import style_sheet
from inforce.web.problems import NotFound

_MEDIA: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_STATIC: Final = {one.name: one.read_bytes() for one in (Path(__file__).parent / "static").iterdir()}
_HEADERS: Final = {"Cache-Control": "max-age=3600"}


@get("/style.css", include_in_schema=False, sync_to_thread=False)
def style() -> Response[bytes]:
    """The explorer's style sheet behind those that it shares with the reports."""
    shared = "".join(map(style_sheet, ("palette.css", "claims.css"))).encode()
    return Response(shared + _STATIC["explorer.css"], media_type="text/css", headers=_HEADERS)


@get("/static/{name:str}", include_in_schema=False, sync_to_thread=False)
def static(name: FromPath[str]) -> Response[bytes]:
    """One file by its name."""
    if name not in _STATIC:
        raise NotFound("there is no such file; start from the first page")
    return Response(_STATIC[name], media_type=_MEDIA[Path(name).suffix], headers=_HEADERS)


FILES: Final = (style, static)
