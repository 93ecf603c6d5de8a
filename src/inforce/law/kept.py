"""Answers that are asked of one record again and again, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from inforce.record.model import Record

_RECORDS_KEPT = 4

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
_OfRecord = Callable[Concatenate[Record, _Asked], _Answer]


def kept(most: int) -> Callable[[_OfRecord[_Asked, _Answer]], _OfRecord[_Asked, _Answer]]:
    """Keep what a function of a record answers, up to `most` answers for each of the records last used.

    A record is known by identity, so that an edited copy is never mistaken for it. Questions are plain
    values given in order. What is kept is given out again as it is: it must be unchangeable.
    """

    def keep(work_out: _OfRecord[_Asked, _Answer]) -> _OfRecord[_Asked, _Answer]:
        books: list[tuple[Record, dict[Any, _Answer]]] = []

        @wraps(work_out)
        def ask(record: Record, /, *asked: _Asked.args, **named: _Asked.kwargs) -> _Answer:
            if not books or books[0][0] is not record:
                _to_front(books, record)
            answers = books[0][1]
            if asked in answers:
                return answers[asked]
            if len(answers) >= most:
                answers.clear()
            answers[asked] = answer = work_out(record, *asked, **named)
            return answer

        return ask

    return keep


def _to_front(books: list[tuple[Record, dict[Any, _Answer]]], record: Record) -> None:
    known = next((book for book in books if book[0] is record), (record, {}))
    books[:] = [known, *(book for book in books if book is not known)][:_RECORDS_KEPT]
