"""Errors, by who must mend them. Every message says what is wrong, where, and what to do."""

from __future__ import annotations

from typing import NamedTuple


class InforceError(Exception):
    """Root of all errors that inforce raises on purpose; the command line prints its text on one line."""


class UsageError(InforceError):
    """The person asking must mend it: an unknown state, an impossible date, a file that is no article."""


class Near(NamedTuple):
    """What comes near to a name that nothing has: a `state`, `treaty` or `parameter`; its label as told."""

    kind: str
    key: str
    label: str


class UnknownName(UsageError):
    """`written` names nothing, or several; the message offers each of `near` by its label."""

    def __init__(self, message: str, written: str, near: tuple[Near, ...]) -> None:
        super().__init__(message)
        self.written, self.near = written, near


class LedgerError(UsageError):
    """The database did not do what it was asked: it is gone, full or damaged. What was asked was not done."""


class RecordError(InforceError):
    """Whoever keeps the record must mend it; the message names file, line and value."""


class AmbiguousDate(InforceError):
    """The text of the law does not decide the arithmetic; a named reading must."""


#: How much of what somebody wrote a message repeats.
_REPEATED = 60


def as_written(value: object) -> str:
    """What somebody wrote as a message repeats it: in quotation marks, of bounded length."""
    written = str(value)
    return repr(written if len(written) <= _REPEATED else written[: _REPEATED - 1] + "…")
