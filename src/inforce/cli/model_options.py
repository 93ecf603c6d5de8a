"""Options of `inforce check` that ask a model for claims, and what is told of it on standard error."""

# ruff: noqa: PLC0415 - without the option nothing of it is loaded

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING

from inforce.cli.output import complain
from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.proposing.server import Server


def add_model(parser: argparse.ArgumentParser) -> None:
    """`--model` and what goes with it."""
    group = parser.add_argument_group(
        "a model of your choice",
        "may propose claims that the reader misses; each is verified, and verdicts\n"
        "come from the record alone. Without --model nothing is sent anywhere.",
    )
    group.add_argument("--model", metavar="NAME", help="the model, by the name that its server knows")
    group.add_argument(
        "--model-url", metavar="URL", help="an OpenAI-compatible server: http://localhost:11434/v1"
    )
    group.add_argument("--model-key-env", metavar="VAR", help="environment variable that holds the key")
    group.add_argument("--model-timeout", metavar="SECONDS", help="for one answer (default: 300)")


def asked_server(asked: argparse.Namespace) -> Server | None:
    """The server that the options name, announced on standard error; None where no model is asked."""
    if asked.model is None:
        for option in ("model_url", "model_key_env", "model_timeout"):
            if getattr(asked, option) is not None:
                raise UsageError(f"--{option.replace('_', '-')}: needs --model NAME")
        return None
    if asked.model_url is None:
        raise UsageError("--model: needs --model-url, the address of the server that runs it")
    from inforce.proposing.server import PATIENCE, is_local, server

    patience = PATIENCE if asked.model_timeout is None else _seconds(asked.model_timeout)
    found = server(asked.model, asked.model_url, asked.model_key_env, patience)
    open_line = found.url.startswith("http:") and not is_local(found.url)
    complain(
        f"articles that name a treaty are sent to {found.url}"
        f"{', unencrypted,' if open_line else ''} for the model {found.model}"
    )
    return found


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:
        raise UsageError(
            f"--model-timeout: {text!r} is no number of seconds up to a day; write one such as 60"
        )
    return seconds


def tell_troubles(file: str, report: Report) -> bool:
    """Say on standard error what went wrong with the model; whether anything did."""
    troubles = report.model.troubles if report.model is not None else ()
    for trouble in troubles:
        complain(f"{file}: the model: {trouble}")
    return bool(troubles)
