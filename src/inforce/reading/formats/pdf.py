"""A PDF's text by pypdf, page by page in the order of the file, its lines joined to paragraphs.

A scanned page holds a picture and no text; that is told. Metadata of a PDF say when the file was made,
which is weak evidence of the day of publication, and none at all where a browser printed the page.
"""

from __future__ import annotations

import io
import logging
import time
from datetime import date

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from inforce.errors import UsageError
from inforce.reading.formats.extract import Extract, clean, one_line, weak_day
from inforce.reading.formats.pages_joined import joined

#: The longest reports of meetings have some hundred pages.
MAX_PAGES = 2_000
#: Seconds after which a file is given up; between two pages, since one page is read in one go.
MAX_SECONDS = 120
MAX_TEXT = 20 * 1024 * 1024

_SAVE = "save its text and give that"
#: Programs that print what someone else published: the day they note is that of printing.
_PRINTERS = ("skia/pdf", "chromium", "mozilla", "firefox", "safari", "wkhtmltopdf", "quartz pdfcontext",
             "print to pdf", "ghostscript", "cairo", "puppeteer", "playwright", "webkit")  # fmt: skip


def read_pdf(data: bytes, label: str) -> Extract:
    """The text, title and, as weak evidence, the day of a PDF. Raises `UsageError` where it has no text."""
    # pypdf logs what it mends; what it cannot mend it raises, and that is told.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UsageError(f"{label}: is an encrypted PDF; remove its password, or {_SAVE}")
        pages = _pages(reader, label)
        title, day, evidence = _metadata(reader)
    except UsageError:
        raise
    except DependencyError:  # its cipher would need a library of its own
        raise UsageError(f"{label}: is an encrypted PDF; remove its password, or {_SAVE}") from None
    except (PyPdfError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise UsageError(f"{label}: is a damaged PDF ({_reason(error)}); {_SAVE}") from None
    except (RecursionError, NotImplementedError, ArithmeticError, AssertionError, MemoryError) as error:
        raise UsageError(f"{label}: is a PDF that cannot be read ({_reason(error)}); {_SAVE}") from None
    text = joined(pages)
    if not text.strip():
        raise UsageError(f"{label}: holds no text in its {_count(len(pages))} (scanned?); {_SAVE}")
    empty = [str(number) for number, page in enumerate(pages, 1) if not any(page)]
    note = f"no text on page {', '.join(empty[:10])}{' and others' if len(empty) > 10 else ''} (scanned?)"
    return Extract(text, title, day, evidence, notes=(note,) if empty else ())


def _pages(reader: PdfReader, label: str) -> list[list[str]]:
    """The lines of each page."""
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UsageError(f"{label}: has {count} pages, over the limit of {MAX_PAGES}; {_SAVE}")
    end = time.monotonic() + MAX_SECONDS
    pages, size = [], 0
    for page in reader.pages:
        text = clean(page.extract_text())
        size += len(text)
        if size > MAX_TEXT or time.monotonic() > end:
            raise UsageError(
                f"{label}: takes more than {MAX_SECONDS} s or {MAX_TEXT // 2**20} MB of text; {_SAVE}"
            )
        pages.append([" ".join(line.split()) for line in text.split("\n")])
    return pages


def _metadata(reader: PdfReader) -> tuple[str | None, date | None, str | None]:
    found = reader.metadata
    if found is None:
        return None, None, None
    title = one_line(clean(found.title)) if isinstance(found.title, str) else None
    programs = " ".join(str(name) for name in (found.creator, found.producer) if name)
    created, changed = _moment(found.creation_date_raw), _moment(found.modification_date_raw)
    if created and any(name in programs.lower() for name in _PRINTERS):
        made = f"the file was printed on {created.isoformat()} by {one_line(clean(programs))}"
        return title, None, f"{made}, which does not date it"
    return title, *weak_day(created, changed)


def _moment(value: object) -> date | None:
    """The day of a date of PDF (ISO 32000-1, 7.9.4): D:YYYYMMDDHHmmSS, in its own time zone."""
    digits = str(value).removeprefix("D:")[:8] if value else ""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if len(digits) == 8 else None
    except ValueError:
        return None


def _reason(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
