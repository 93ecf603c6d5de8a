"""The compiled record: what is read from the cache is the record that its files hold, or nothing is."""

from __future__ import annotations

import importlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from inforce import cache
from inforce.errors import RecordError
from inforce.record import compiled, load
from inforce.record.layers import PACKAGED, record_files, shown
from inforce.record.model import Record

HEADER = "participant,action,date,known,effect,source,note\n"
ROW = "MMR,accession,2020-01-02,,,a list,\n"

module: Any = importlib.import_module("inforce.record.load")  # the package's `load` is the function


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that does not exist yet."""
    monkeypatch.setenv("INFORCE_CACHE", str(tmp_path / "below" / "cache"))
    return tmp_path / "below" / "cache"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes of the records parsed from their text since the test began."""
    done: list[str] = []
    parse = module._parsed

    def counted(source: object, content_hash: str) -> Record:
        done.append(content_hash)
        record: Record = parse(source, content_hash)
        return record

    monkeypatch.setattr(module, "_parsed", counted)
    return done


def overlay(root: Path, row: str = ROW) -> Path:
    folder = root / "apmbc"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "actions.add.csv").write_text(HEADER + row)
    return root


def only(folder: Path) -> Path:
    files = list(folder.iterdir())
    assert len(files) == 1
    return files[0]


def test_a_second_start_decodes_the_same_record(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    root = overlay(tmp_path / "mine")
    first = load(root)
    second = load(root)
    assert second == first
    assert second is not first
    assert parsed == [first.hash]
    assert list(second.treaties) == list(first.treaties)
    assert [one for acts in second.actions.values() for one in acts] == [
        one for acts in first.actions.values() for one in acts
    ]


def test_another_byte_in_a_file_is_another_record(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    load(overlay(tmp_path / "mine"))
    changed = load(overlay(tmp_path / "mine", ROW.replace("02,,", "03,,")))
    assert len(parsed) == 2
    added = [one for one in changed.actions["apmbc"] if one.participant == "MMR"]
    assert [str(one.date) for one in added] == ["2020-01-03"]


def test_messages_name_the_files_where_they_stand_now(
    folder: Path, tmp_path: Path, parsed: list[str]
) -> None:
    for place in ("here", "there"):
        record = load(overlay(tmp_path / place))
        files = {one.file for one in record.actions["apmbc"] if one.participant == "MMR"}
        assert files == {str(tmp_path / place / "apmbc" / "actions.add.csv")}


def test_a_bad_file_is_refused_each_time(folder: Path, tmp_path: Path) -> None:
    root = overlay(tmp_path / "mine", ROW.replace("MMR", "XYZ"))
    for _ in range(2):
        with pytest.raises(RecordError, match='unknown participant "XYZ"'):
            load(root)
    assert not folder.exists()


def damage_a_byte(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        damage_a_byte,
        lambda content: content[:-1],
        lambda content: b"",
        lambda content: b"something else altogether",
        lambda content: content.replace(b"inforce cache 1", b"inforce cache 0"),
    ],
    ids=["a byte", "its end", "empty", "foreign", "another format"],
)
def test_a_damaged_file_is_ignored_and_written_anew(
    folder: Path, tmp_path: Path, parsed: list[str], damage: Any
) -> None:
    root = overlay(tmp_path / "mine")
    record = load(root)
    file = only(folder)
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert load(root) == record
    assert file.read_bytes() == sound
    assert len(parsed) == 2


def test_a_file_under_another_name_is_ignored(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    load(overlay(tmp_path / "mine"))
    file = only(folder)
    other = load(overlay(tmp_path / "other"))
    (moved,) = set(folder.iterdir()) - {file}
    moved.write_bytes(file.read_bytes())
    assert load(tmp_path / "other") == other
    assert len(parsed) == 3


def test_what_decodes_to_no_record_is_ignored(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    root = overlay(tmp_path / "mine")
    record = load(root)
    names = [shown(path) for name, path in sorted(record_files(root).items()) if "cases" not in name]
    key = compiled._key(record.hash, names)
    assert key is not None
    assert compiled.read(record.hash, names) == record
    cache.write("record", key, b"\x81\xa4hash\xa1x")
    assert compiled.read(record.hash, names) is None
    assert load(root) == record


def test_another_version_of_the_code_reads_none_of_it(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = overlay(tmp_path / "mine")
    load(root)
    monkeypatch.setattr(cache, "code", lambda *_: "another")
    load(root)
    assert len(parsed) == 2


def test_the_key_covers_all_code_that_reads_a_record() -> None:
    covered = {path for pattern in compiled._CODE for path in PACKAGED.glob(pattern)}
    read = {PACKAGED / f"{name}.py" for name in ("dates", "vocabulary", "record/load", "record/model")}
    assert read <= covered


def test_without_readable_source_nothing_is_kept(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "code", lambda *_: None)
    load(overlay(tmp_path / "mine"))
    assert not folder.exists()


def test_files_are_for_this_user_alone(folder: Path, tmp_path: Path, parsed: list[str]) -> None:
    root = overlay(tmp_path / "mine")
    record = load(root)
    file = only(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o666)
    assert load(root) == record
    assert len(parsed) == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
def test_a_file_of_another_user_is_ignored(
    folder: Path, tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = overlay(tmp_path / "mine")
    load(root)
    owner = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)
    load(root)
    assert len(parsed) == 2


def test_where_nothing_can_be_written_there_is_no_cache(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder")
    monkeypatch.setenv("INFORCE_CACHE", str(blocked))
    root = overlay(tmp_path / "mine")
    assert load(root) == load(root)
    assert len(parsed) == 2


def test_a_write_that_fails_leaves_nothing_behind(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fails)
    load(overlay(tmp_path / "mine"))
    assert list(folder.iterdir()) == []


def test_only_the_latest_are_kept(folder: Path) -> None:
    for number in range(cache.KEPT + 3):
        cache.write("record", str(number), b"content")
        os.utime(folder / f"record-{number}", ns=(number, number))
    cache.write("world", "other", b"content")
    cache.write("record", "last", b"content")
    kept = {file.name for file in folder.iterdir()}
    assert len(kept) == cache.KEPT + 1
    assert {"record-last", "world-other"} <= kept
    assert "record-0" not in kept


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"INFORCE_CACHE": "/elsewhere"}, Path("/elsewhere")),
        ({"INFORCE_CACHE": ""}, None),
        ({"XDG_CACHE_HOME": "/caches"}, Path("/caches/inforce")),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/one"}, Path("/home/one/.cache/inforce")),
        ({"HOME": "/home/one"}, Path("/home/one/.cache/inforce")),
    ],
)
def test_where_the_cache_is(
    environment: dict[str, str], place: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("INFORCE_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cache.folder() == place
