"""The consoles shown in the docs: blocks of commands with their output, run for real.

A block is fenced as ```console; a line that begins with `$ inforce` is a command, what follows up to the
next `$` is its output. `python tests/cli/consoles.py` writes all outputs anew (make docs).
"""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Every page of the docs, the README first."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each `$ inforce` command of a page with the output shown for it."""
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE):
            command, _, output = part.partition("\n")
            if command.startswith("inforce "):
                yield command, output


def run(command: str) -> str:
    """The real output of a command, errors after it; one that crashes has none to show."""
    path = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env={**os.environ, "PATH": path, "INFORCE_LEDGER": f"{folder}/ledger.db"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert "Traceback" not in done.stderr, f"{command}: {done.stderr}"
    return done.stdout + done.stderr


def renewed(text: str) -> str:
    """The page with every output replaced by the real one."""
    return _BLOCK.sub(lambda block: _renewed_block(block[0]), text)


def _renewed_block(block: str) -> str:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    shown = [parts[0]]
    for part in parts[1:]:
        command = part.partition("\n")[0]
        shown.append(f"$ {command}\n{run(command)}" if command.startswith("inforce ") else f"$ {part}")
    return "".join(shown)


if __name__ == "__main__":
    for page in documents():
        old = page.read_text("utf-8")
        if (new := renewed(old)) != old:
            page.write_text(new, encoding="utf-8")
