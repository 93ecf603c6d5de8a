"""What the docs show is what the commands print; and every command and answer is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from consoles import ROOT, commands, documents, run
from running import every_command

from inforce.reports.schemas import NAMES

SHOWN = [
    pytest.param(command, output, id=f"{page.name}: {command}")
    for page in documents()
    for command, output in commands(page.read_text("utf-8"))
]


@pytest.mark.parametrize(("command", "output"), SHOWN)
def test_the_output_shown_is_the_real_one(command: str, output: str) -> None:
    assert output == run(command), "run: make docs, and read what changed"


def test_every_command_is_shown() -> None:
    shown = " ".join(str(parameter.values[0]) for parameter in SHOWN)
    for command in every_command():
        assert f"inforce {command}" in shown


def test_every_answer_s_schema_is_named_in_the_docs() -> None:
    text = (ROOT / "docs" / "answers" / "README.md").read_text("utf-8")
    assert all(f"{name}.schema.json" in text for name in NAMES)


@pytest.mark.parametrize("page", documents(), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
