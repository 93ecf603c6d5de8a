"""The record that a question is asked of, and its answer; both as `suppose` may have changed them."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from inforce.cli.output import show, show_json, width

if TYPE_CHECKING:
    from inforce.record.model import Record
    from inforce.reports.layout import Line


def recorded(asked: argparse.Namespace) -> Record:
    """The record asked of, with the acts that `suppose` adds to it."""
    from inforce.record import load

    record = load(asked.record)
    if not asked.supposed:
        return record
    from inforce.law.suppose import suppose
    from inforce.record.supposition import read_supposition

    return suppose(record, [one for text in asked.supposed for one in read_supposition(record, text)])


def answer_json(asked: argparse.Namespace, record: Record, answer: object) -> None:
    """Print an answer as JSON; what is supposed stands in it as `supposed`."""
    if not asked.supposed:
        return show_json(answer)
    from inforce.law.suppose import suppositions
    from inforce.reports.supposed import with_supposed

    return show_json(with_supposed(answer, suppositions(record)))


def answer_text(asked: argparse.Namespace, record: Record, table: Callable[[int], Iterable[Line]]) -> None:
    """Print an answer for a person, under what is supposed. `table` lays it out in a width."""
    if asked.supposed:
        from inforce.law.suppose import suppositions
        from inforce.reports.supposed import supposed_lines

        show(supposed_lines(suppositions(record), record, width=width()))
    show(table(width()))
