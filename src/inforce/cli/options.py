"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from inforce.dates import parse_day
from inforce.errors import UsageError

State: TypeAlias = Annotated[
    str, typer.Argument(metavar="STATE", help="ISO code, name or common short form: FIN, Finland.")
]
Treaty: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="TREATY", help="Key, name, MTDSG or UNTS number: apmbc, 'Ottawa Convention', XXVI-5, 35597."
    ),
]
On: TypeAlias = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day asked about, YYYY-MM-DD; default today.")
]
KnownBy: TypeAlias = Annotated[
    str | None,
    typer.Option("--known-by", metavar="DATE", help="As it was known on that day; default today."),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
RecordFolder: TypeAlias = Annotated[
    Path | None,
    typer.Option("--record", metavar="DIR", help="A folder of treaties or corrections laid over the record."),
]


def today() -> dt.date:
    """The day it is where the command runs."""
    return dt.datetime.now().astimezone().date()


def day(text: str | None, option: str) -> dt.date | None:
    """The value of a date option; raises `UsageError` that names the option."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except UsageError as error:
        raise UsageError(f"{option}: {error}") from None
