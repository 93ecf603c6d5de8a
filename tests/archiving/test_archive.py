"""Archives: each file exactly once, whatever is killed, and nothing bad in one harms another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from crawls import crawl, record

from inforce.archiving.one_file import SCHEMA
from inforce.archiving.places import inputs
from inforce.archiving.run import Job, Manifest, archive, in_this_process, pool
from inforce.errors import UsageError

TODAY = date(2026, 1, 1)


@pytest.fixture
def crawls(tmp_path: Path) -> Path:
    folder = tmp_path / "crawls"
    folder.mkdir()
    for number, day in enumerate(("2025-01-01", "2025-01-04", "2025-01-05")):
        crawl(folder / f"c{number}.warc.gz", pages=30, every=10, day=day, first=number * 100)
    return folder


def run(folder: Path, out: Path, engine: Any = in_this_process) -> tuple[Manifest, int]:
    return archive(inputs([str(folder)]), Job(str(out), None, TODAY), engine)


def rows(out: Path) -> list[dict[str, Any]]:
    found = [row for file in sorted(out.glob("*.parquet")) for row in pq.read_table(file).to_pylist()]
    return sorted(found, key=lambda row: (row["input"], row["record"], row["claim"]))


def test_claims_of_all_files_with_what_they_cover(crawls: Path, tmp_path: Path) -> None:
    manifest, earlier = run(crawls, tmp_path / "out")
    assert (manifest.inputs, manifest.documents, manifest.relevant, earlier) == (3, 90, 9, 0)
    assert manifest.days == {"2025-01-01": 30, "2025-01-04": 30, "2025-01-05": 30}
    assert manifest.gaps == ("2025-01-02/2025-01-03",)
    found = rows(tmp_path / "out")
    assert len(found) == manifest.claims >= 9
    assert {row["verdict"] for row in found} >= {"supported"}
    assert all(row["published"] is not None and row["crawled"].startswith("2025-01") for row in found)
    assert all(len(row["said"]) == row["end"] - row["start"] for row in found)
    schema = pq.read_schema(next((tmp_path / "out").glob("*.parquet")))
    assert schema.names == SCHEMA.names
    assert all(schema.field(name).metadata[b"description"] for name in schema.names)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["claims"] == len(found)


def test_what_is_done_is_not_done_again_and_what_changed_is(crawls: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(crawls, out)
    before = {file.name: file.stat().st_mtime_ns for file in out.glob("*.parquet")}
    manifest, earlier = run(crawls, out)
    assert earlier == 3
    assert {file.name: file.stat().st_mtime_ns for file in out.glob("*.parquet")} == before
    crawl(crawls / "c1.warc.gz", pages=40, every=10, day="2025-01-04", first=100)
    manifest, earlier = run(crawls, out)
    assert (earlier, manifest.documents) == (2, 100)


def test_the_pool_gives_the_same_rows(crawls: Path, tmp_path: Path) -> None:
    run(crawls, tmp_path / "one")
    run(crawls, tmp_path / "two", pool(2))
    assert rows(tmp_path / "one") == rows(tmp_path / "two")


def test_ray_gives_the_same_rows(crawls: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="ray is not installed (pip install 'inforce[ray]')")
    from inforce.archiving.on_ray import on_ray  # noqa: PLC0415

    run(crawls, tmp_path / "one")
    run(crawls, tmp_path / "two", on_ray)
    assert rows(tmp_path / "one") == rows(tmp_path / "two")


def test_a_bad_record_is_counted_and_a_cut_file_told(crawls: Path, tmp_path: Path) -> None:
    bad = crawls / "c0.warc.gz"
    whole = bad.read_bytes()
    packed = record(7, b"\x1f\x8b not packed", "2025-01-02", "application/x-unknown")
    bad.write_bytes(packed + whole)
    cut = crawls / "c1.warc.gz"
    cut.write_bytes(cut.read_bytes()[:-300])
    (crawls / "c3.jsonl").write_text('{"text": "Finland is a party to the Ottawa Convention."}\nnonsense\n')
    manifest, _ = run(crawls, tmp_path / "out")
    assert list(manifest.broken) == [str(cut.resolve())]
    assert manifest.documents > 85
    assert any("application/x-unknown" in reason for reason in manifest.problems)
    assert any("is no JSON" in reason for reason in manifest.problems)
    assert any(row["input"].endswith(".jsonl") for row in rows(tmp_path / "out"))


def test_a_run_that_is_killed_is_taken_up_where_it_was(tmp_path: Path) -> None:
    folder, out = tmp_path / "crawls", tmp_path / "out"
    folder.mkdir()
    for number in range(8):
        crawl(folder / f"c{number}.warc.gz", pages=60, every=3, day="2025-01-01", first=number * 100)
    command = [sys.executable, "-m", "inforce", "archive", str(folder), "-o", str(out), "--processes", "1"]
    running = subprocess.Popen([*command, "--today", "2026-01-01"], stderr=subprocess.DEVNULL, env=os.environ)
    while len(list(out.glob("notes/*.json"))) < 2 and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    noted = len(list(out.glob("notes/*.json")))
    assert 2 <= noted < 8
    manifest, earlier = run(folder, out)
    assert earlier == noted
    run(folder, tmp_path / "other")
    assert rows(out) == rows(tmp_path / "other")
    assert manifest.claims == len(rows(out))


@pytest.mark.parametrize("given", ["nowhere/*.warc.gz", "pyproject.toml"])
def test_a_pattern_that_names_no_archive_is_told(given: str) -> None:
    with pytest.raises(UsageError, match="names no archive"):
        inputs([given])
