"""Runs the installed command as a person would, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path

from inforce.cli.app import parser

INFORCE = Path(sysconfig.get_path("scripts")) / "inforce"
ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "bad"
EXAMPLES = ROOT / "examples"


def every_command(asked: ArgumentParser | None = None) -> list[str]:
    """Each command as it is typed: `status`, `record audit`."""
    names = []
    for action in (asked or parser())._actions:
        if isinstance(action, _SubParsersAction):
            for name, command in action.choices.items():
                names += [f"{name} {inner}" for inner in every_command(command)] or [name]
    return names


def inforce(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `inforce` with the arguments from the project's folder; output as text."""
    done = subprocess.run(
        [str(INFORCE), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )
