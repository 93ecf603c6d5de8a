"""Which treaty law is in force, for whom, since when, and on whose word.

The questions can be asked here, `inforce.status("FIN", "apmbc")`; they are loaded when the first one is.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inforce.api import (
        calendar,
        check,
        count,
        effects,
        frame,
        list_states,
        list_treaties,
        obligations,
        parties,
        show,
        status,
        suppose,
        world,
    )

__version__ = "0.1.0"

__all__ = [
    "calendar",
    "check",
    "count",
    "effects",
    "frame",
    "list_states",
    "list_treaties",
    "obligations",
    "parties",
    "show",
    "status",
    "suppose",
    "world",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from inforce import api  # noqa: PLC0415 - to import inforce alone loads nothing

    return getattr(api, name)
