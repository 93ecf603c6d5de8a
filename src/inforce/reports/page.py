"""The frame of every page: one file, its own style sheet, no script and nothing from elsewhere.

A Content-Security-Policy allows this file's style and nothing more, and every text is escaped, so that an
article cannot become markup.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from importlib import resources

from inforce.reports import wording
from inforce.reports.naming import printable


def page(title: str, parts: Iterable[str], *, language: str = "en") -> str:
    """A whole page of parts that are markup already; `title` is escaped here. Write it as UTF-8."""
    style = "".join(map(style_sheet, ("palette.css", "page.css", "claims.css")))
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{text(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{text(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            '<main class="report">',
            *parts,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def style_sheet(name: str) -> str:
    """A style sheet of this package. The explorer shares the palette and `claims.css`, the rules of what
    stands in an element of class `report`."""
    return resources.files("inforce.reports").joinpath(name).read_text("utf-8")


def text(words: str) -> str:
    """Any text as markup that shows it and nothing else."""
    return escape(printable(words), quote=True)


def legend() -> str:
    """The verdicts with their signs and meanings, as a list."""
    return "".join(
        f'<li class="{verdict}"><span class="tag">{wording.signed(verdict)}</span> – {text(meaning)}</li>'
        for verdict, meaning in wording.MEANING.items()
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
