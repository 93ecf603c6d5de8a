"""Where the pages of checked documents go: none may take the place of another, or of an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.reading.formats.sources import Found

_LONGEST_NAME = 80


class Pages:
    """Each document's page: `html` itself, or one named after the document in the folder `html`."""

    def __init__(
        self, files: list[str], html: Path, *, option: str = "--html", suffix: str = ".html"
    ) -> None:
        """Raises `UsageError` where pages of `files` would overwrite one another, or an article.

        `option` is what messages name, `suffix` what ends the pages' names.
        """
        self._html, self._option, self._suffix = html, option, suffix
        if not html.is_dir() and len(files) > 1:
            raise UsageError(f"{option} {html}: for several files give a folder, to get a page each")
        self._taken = {_resolved(file): "the article itself" for file in files}
        self._pages = {
            file: self._take(self._page(_stem(file)), f"the page of {file}", file) for file in files
        }

    def need_folder(self, file: str) -> None:
        """Raises `UsageError` where several documents would have one page."""
        if not self._html.is_dir():
            raise UsageError(
                f"{self._option} {self._html}: {file} holds several documents; give a folder of pages"
            )

    def place(self, found: Found, file: str) -> Path:
        """The page of a document of `file`. Raises `UsageError` where it would overwrite something."""
        if not found.part:
            return self._pages[file]
        return self._take(self._page(found.stem), f"the page of {found.label}", found.label)

    def _page(self, stem: str) -> Path:
        return self._html / f"{stem}{self._suffix}" if self._html.is_dir() else self._html

    def _take(self, page: Path, what: str, asking: str) -> Path:
        there = self._taken.get(page.resolve())
        if there is not None:
            raise UsageError(
                f"{self._option} {page}: would overwrite {there}; give another place for {asking}"
            )
        self._taken[page.resolve()] = what
        return page


def _stem(file: str) -> str:
    if file == "-":
        return "stdin"
    if "://" in file:
        plain = "".join(c if c.isascii() and c.isalnum() else " " for c in file.partition("://")[2])
        return "-".join(plain.split())[:_LONGEST_NAME] or "page"
    return Path(file).stem


def _resolved(file: str) -> Path:
    try:
        return Path(file).resolve()
    except (OSError, ValueError):
        return Path(file)
