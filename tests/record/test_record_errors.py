"""Every way a file can be wrong has its words: file, line, value and the nearest known value."""

from __future__ import annotations

from pathlib import Path

import pytest

from inforce.errors import RecordError
from inforce.record import load

BAD = Path(__file__).parent / "bad"
MESSAGES = {
    name.strip(): message
    for name, message in (
        line.split(" | ", 1) for line in (BAD / "messages.txt").read_text(encoding="utf-8").splitlines()
    )
}


def test_every_bad_folder_has_its_message() -> None:
    assert sorted(MESSAGES) == sorted(path.name for path in BAD.iterdir() if path.is_dir())


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_message_says_where_and_what(name: str) -> None:
    with pytest.raises(RecordError) as caught:
        load(BAD / name)
    assert str(caught.value).replace(f"{BAD / name}/", "") == MESSAGES[name]


def test_an_overlay_must_exist_and_hold_something(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such folder; give --record a folder with treaties/ or data/"):
        load(tmp_path / "none")
    with pytest.raises(RecordError, match="no file of a record in it"):
        load(tmp_path)
    (tmp_path / "README.md").write_text("only words")
    (tmp_path / ".hidden").write_text("")
    with pytest.raises(RecordError, match="no file of a record in it"):
        load(tmp_path)


@pytest.mark.parametrize("text", [f"title: {'[' * 5000}{']' * 5000}", "title: &same [*same]"])
def test_what_is_nested_without_end_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "apmbc").mkdir()
    (tmp_path / "apmbc" / "treaty.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match="nested too deeply"):
        load(tmp_path)


def test_a_message_is_one_line() -> None:
    assert not any("\n" in message for message in MESSAGES.values())
