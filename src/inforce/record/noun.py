"""The base of everything that is read from the record's files."""

from __future__ import annotations

from typing import Literal

import msgspec

#: Units of a period in a clause.
Unit = Literal["day", "month", "year"]


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of everything read from a file: frozen, and unknown keys are errors."""
