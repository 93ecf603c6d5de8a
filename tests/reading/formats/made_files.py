"""Files of each format, made here, so that none of unknown origin is kept."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import docx
from docx.document import Document as WordDocument
from fpdf import FPDF

SENTENCES = (
    "Finland deposited its instrument of accession to the Ottawa Convention on 9 January 2012, the "
    "ministry said, and became a party six months later. "
)


def pdf(*pages: str, created: datetime | None = None, password: str | None = None, **named: str) -> bytes:
    """A PDF of plain lines; `named` are its title, creator and producer."""
    made = FPDF()
    made.set_creation_date(created or datetime(2025, 6, 20, 12, tzinfo=UTC))
    for key, value in named.items():
        getattr(made, f"set_{key}")(value)
    if password is not None:
        made.set_encryption(owner_password="owner", user_password=password)  # noqa: S106
    made.set_font("Helvetica", size=10)
    for text in pages:
        made.add_page()
        for line in text.split("\n"):
            if line:
                made.cell(text=line, new_x="LMARGIN", new_y="NEXT", h=5)
            else:
                made.ln(5)
    return bytes(made.output())


def word(**core: object) -> WordDocument:
    """An empty Word document with these core properties."""
    made = docx.Document()
    for key, value in core.items():
        setattr(made.core_properties, key, value)
    return made


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    """A ZIP archive; in names `__` stands for / and `_` for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {"From": "desk@example.org", "Subject": "Joining", **headers}.items():
        made[name] = value
    return made
