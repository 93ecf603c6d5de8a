"""The gate: whether a document can be relevant at all, told before anything is extracted or tokenised.

`reader.read` says what is relevant: what names a treaty, or surely a weapon that one governs. The gate lets
all of that through, and little else. Two expressions are made of the same phrases (`gate_terms`): an exact
one over text (`gate_text`) and a loose one over bytes as they come (`gate_bytes`), which is the quicker and
finds a superset. What stands around its finds is put to the exact one, in the readings that tags allow
(`gate_page`). Where a page holds scripts it is then looked at once more without them: stories that a site
carries along as state are found in most of the pages that would be extracted in vain.
"""

from __future__ import annotations

import functools
from importlib.util import find_spec
from typing import Any

import re2

from inforce.errors import UsageError
from inforce.reading.encodings import decode_page, page_as_utf8
from inforce.reading.formats.part import Markup
from inforce.reading.gate_bytes import bytes_expression
from inforce.reading.gate_fast import FastLook, anchors
from inforce.reading.gate_page import readings, runs
from inforce.reading.gate_terms import Terms, terms_of
from inforce.reading.gate_text import text_expression
from inforce.reading.lexicon import lexicon
from inforce.reading.model import Document
from inforce.record.model import Record

#: Bytes on both sides of what the quick look at a page finds that are looked at again.
_AROUND = 4000
_MEMORY = 512 << 20  # RE2's own limit of 8 MB makes it build its states again and again


class Gate:
    """Asks of text and of markup whether a phrase is in it; compiles what it is asked for."""

    def __init__(self, terms: Terms, *, fast: bool | None = None) -> None:
        """`fast`: look with hyperscan first, or not; by default where it is installed."""
        self.terms = terms
        self._may_be_fast = fast is not False and (fast or find_spec("hyperscan") is not None)

    def passes(self, document: Document) -> bool:
        """Whether the document can be relevant, by its title and text."""
        return self.text(document.text) or bool(document.title and self.text(document.title))

    def text(self, text: str) -> bool:
        """Whether a phrase stands in the text."""
        data = text.encode("utf-8", "replace")
        if self._fast is not None and not self._fast.sees(text, data):
            return False
        return self._exact.search(data) is not None

    def markup(self, page: Markup) -> bool:
        """Whether the text of the page can hold a phrase, by what it is made from."""
        try:
            data = page_as_utf8(page.data, page.charset)
            return self._sees(data) and (
                b"<script" not in data.lower() or self._sees(_unscripted(page.data, page.charset))
            )
        except UsageError:
            return True  # to be told why it cannot be read

    def _sees(self, data: bytes) -> bool:
        at = asked = 0
        while at <= len(data) and (found := self._markup.search(data, at)):
            start, at = found.span()
            if at - start > _AROUND:
                return True  # so much between two words that it is for the extraction to tell
            if at > asked:
                if self._holds(data[max(0, start - _AROUND) : at + _AROUND]):
                    return True
                asked = at + _AROUND // 2
        return False

    def _holds(self, data: bytes) -> bool:
        """Whether some reading of a part of a page holds a phrase."""
        return any(map(self._says, readings(data, self._words, self._longest)))

    def _says(self, text: str) -> bool:
        return self._exact.search(text.encode("utf-8", "replace")) is not None

    def find(self, text: str) -> list[tuple[int, int]]:
        """Where phrases stand in the text, the longest at each place, none inside another."""
        data = text.encode("utf-8", "replace")
        found: list[tuple[int, int]] = []
        at = 0
        while match := self._exact.search(data, at):
            start, end = next(
                span for span in map(match.span, range(1, self._exact.groups + 1)) if span[0] >= 0
            )
            found.append((len(data[:start].decode()), len(data[:end].decode())))
            at = len(data[:end].decode()[:-1].encode())  # its last character bounds what follows
        return found

    @functools.cached_property
    def _fast(self) -> FastLook | None:
        found = anchors(self.terms) if self._may_be_fast else None
        return FastLook(found) if found else None

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(
            part for phrase in self.terms.phrases() for word in phrase.words for part in runs(word)
        )

    @functools.cached_property
    def _longest(self) -> int:
        return max(map(len, self._words), default=0)

    @functools.cached_property
    def _exact(self) -> Any:
        return re2.compile(text_expression(self.terms), _options(longest=True))

    @functools.cached_property
    def _markup(self) -> Any:
        options = _options(longest=False)
        options.encoding = re2.Options.Encoding.LATIN1
        options.never_capture = True
        return re2.compile(bytes_expression(self.terms).encode("ascii"), options)


def _unscripted(data: bytes, charset: str | None) -> bytes:
    """The page as its parser has it, without its scripts: a tenth of the time of the extraction."""
    from inforce.reading.page import without_scripts  # noqa: PLC0415 - trafilatura takes 0.3 s to import

    return without_scripts(decode_page(data, "page", charset)).encode("utf-8", "replace")


_built: dict[str, Gate] = {}


def gate(record: Record) -> Gate:
    """The gate for a record, built once for each version of it."""
    if record.hash not in _built:
        _built[record.hash] = Gate(terms_of(lexicon(record)))
    return _built[record.hash]


def _options(*, longest: bool) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = longest
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
