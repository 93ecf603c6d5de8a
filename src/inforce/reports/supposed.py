"""How an answer says that it rests on something supposed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from inforce.dates import in_words, parse_edtf
from inforce.law.suppose import Supposition
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, paragraph
from inforce.reports.naming import participant_name, treaty_name


def with_supposed(answer: object, supposed: Sequence[Supposition]) -> dict[str, Any]:
    """The answer as JSON values with one more key, `supposed`; an answer that is a list is its `rows`."""
    shape = msgspec.to_builtins(answer)
    named = {"supposed": msgspec.to_builtins(supposed)}
    return {**named, **shape} if isinstance(shape, dict) else {**named, "rows": shape}


def supposed_lines(supposed: Sequence[Supposition], record: Record, *, width: int) -> list[Line]:
    """What is supposed, and what follows from each act by itself."""
    lines = paragraph("Supposed, not recorded", width, "bold yellow")
    for one in supposed:
        lines += columns([("+", [Piece(supposed_words(one, record)), *_follows(one)])], width, gap=1)
    return [*lines, EMPTY]


def supposed_words(one: Supposition, record: Record) -> str:
    """A supposed act in words: whose, which, under which treaty, when."""
    what = f"{participant_name(one.participant, record)}: {one.action.replace('-', ' ')}"
    what += f", {treaty_name(one.treaty, record)}" if one.treaty else ""
    return f"{what}, {_when(one)}"


def _when(one: Supposition) -> str:
    day = parse_edtf(one.date).exact
    when = in_words(day) if day else one.date
    if one.until is not None:
        return f"from {when} until {in_words(one.until)}"
    if one.treaty is None:
        return f"from {when} on"
    return when if one.known == one.date else f"{when}, known {one.known}"


def _follows(one: Supposition) -> list[Piece]:
    return [Piece(step.text, "dim") for step in one.derivation[:1]]
