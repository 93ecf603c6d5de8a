"""A file or standard input becomes a printed table; what is no table is refused and says what it is."""

from __future__ import annotations

import sys
from pathlib import Path

import re2

from inforce.errors import UsageError
from inforce.record.importing.model import PrintedTable

#: Largest file that is read. The longest status pages, with all declarations, have under 3 MB.
MAX_BYTES = 10 * 2**20
#: No treaty has more rows; a cell longer than this is no name, date or heading.
MAX_ROWS = 5_000
MAX_CELL = 500

STANDARD_INPUT = "-"

_DECLARED = re2.compile(r"(?i)(?:encoding|charset)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)")
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",  # what is so declared on the web is Windows-1252
    "latin1": "cp1252",
    "windows-1252": "cp1252",
}

#: Words of pages that stand in for a table, and what such a page is.
_STAND_INS = (
    (r"(?i)maintenance", 'an outage page ("maintenance")'),
    (r"(?i)(?:temporarily|currently|is) unavailable|service unavailable|bad gateway", "an outage page"),
    (r"(?i)an error (?:has )?occurred|server error|runtime error", "an error page"),
    (r"(?i)access denied|request (?:was )?(?:blocked|rejected)|captcha", "a page that denies access"),
    (r"(?i)page (?:was |could )?not (?:be )?found|error 404", 'a page that says "not found"'),
)
_PARTS_OF_PAGES = ("<table", "<div", "<form", "<body", "<main")
_PASSWORD = re2.compile(r"(?i)<input[^>]*type\s*=\s*[\"']?password")


def read_bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input where `name` is "-"; never of an address.

    Raises `UsageError` where there is no such file, or it is empty or over `MAX_BYTES`.
    """
    if "://" in name:
        raise UsageError(f"{name}: addresses are not fetched; save the page and give the file")
    if name == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UsageError(f"{name}: cannot be read ({reason}); give a saved status table") from None
    if len(data) > MAX_BYTES:
        raise UsageError(
            f"{shown(name)}: is over the limit of {MAX_BYTES // 2**20} MB; give the table of one treaty"
        )
    if not data.strip():
        raise UsageError(f"{shown(name)}: is empty; give a saved status table")
    return data


def shown(name: str) -> str:
    """How messages and answers call a file."""
    return "standard input" if name == STANDARD_INPUT else name


def printed_table(data: bytes, name: str) -> PrintedTable:
    """The table in a file of any of the known formats, told apart by their content.

    Raises `UsageError` with what the file is instead, where it holds no table.
    """
    label = shown(name)
    text = _decoded(data, label)
    start = text.lstrip()[:2000]
    if start.startswith(("{", "[")) and not start.startswith("[]"):
        from inforce.record.importing.unoda_json import read_json  # noqa: PLC0415 - one reader is needed

        table = read_json(text, label)
    elif start.startswith("<"):
        table = _markup(text, start.casefold(), label)
    else:
        from inforce.record.importing.table_csv import read_csv  # noqa: PLC0415

        table = read_csv(text, label)
    return _within_limits(table, label)


def _markup(text: str, start: str, label: str) -> PrintedTable:
    """A page, or the XML of a status; the libraries for either are loaded only here."""
    page = "<html" in start or "<!doctype html" in start or start.startswith(_PARTS_OF_PAGES)
    try:
        if page:
            from inforce.record.importing.untc_html import read_page  # noqa: PLC0415

            return read_page(text, label)
        from inforce.record.importing.untc_xml import read_xml  # noqa: PLC0415

        return read_xml(text, label)
    except UsageError:
        _refuse_stand_in(text, label)
        raise


def _refuse_stand_in(text: str, label: str) -> None:
    """Say what a page without a table is; nothing where it is none of the known."""
    if _PASSWORD.search(text):
        raise UsageError(f"{label}: is a login page, no table; save the public status page") from None
    for words, what in _STAND_INS:
        if re2.search(words, text):
            raise UsageError(f"{label}: is {what}, no table; save the status page again later") from None


def _decoded(data: bytes, label: str) -> str:
    declared = _DECLARED.search(data[:2000].decode("ascii", "replace"))
    encoding = _ENCODINGS.get(declared[1].casefold() if declared else "utf-8")
    if encoding is None:
        raise UsageError(f"{label}: declares the encoding {declared[1]!r}; save the file as UTF-8")
    for attempt in dict.fromkeys(("utf-8-sig", encoding)):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise UsageError(f"{label}: is a binary file; give a saved status table (HTML, XML, JSON, CSV)")
        return text
    raise UsageError(f"{label}: is neither UTF-8 nor in the encoding that it declares; save it as UTF-8")


def _within_limits(table: PrintedTable, label: str) -> PrintedTable:
    if not table.rows:
        raise UsageError(f"{label}: its table of participants is empty; save the status page again")
    if len(table.rows) > MAX_ROWS:
        raise UsageError(f"{label}: holds more rows than the {MAX_ROWS} that a treaty's table may have")
    for row in table.rows:
        for cell in row.cells:
            if len(cell.text) > MAX_CELL:
                raise UsageError(
                    f"{label}: row {row.number}: a cell of {len(cell.text)} characters holds no name or date"
                )
    return table
