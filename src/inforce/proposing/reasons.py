"""Why a proposal is not taken, and how it is shown."""

from __future__ import annotations

from inforce.proposing.model import Rejected

_SHOWN = 160  # code points of a proposal that are shown


class Refused(Exception):
    """A proposal that does not hold; its text says why, as the end of "rejected: ..."."""


def rejected(item: object, reason: str) -> Rejected:
    """The proposal, whatever it is, as it is listed."""
    told = item if isinstance(item, dict) else {}
    quote, kind = told.get("quote"), told.get("kind")
    return Rejected(
        quote=shown(quote) if isinstance(quote, str) else "",
        kind=shown(kind) if isinstance(kind, str) else None,
        reason=shown(reason),
    )


def shown(text: str) -> str:
    """Foreign text as a message may repeat it: on one line, shortened, and in characters that exist."""
    line = " ".join(text[: 4 * _SHOWN].encode("utf-8", "replace").decode("utf-8").split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
