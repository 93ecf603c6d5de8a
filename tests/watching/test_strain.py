"""Under strain: a full disk, a crowd of readers."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from driver import watcher
from newsroom import Site
from texts import FINLAND, put

from inforce.errors import UsageError
from inforce.ledger.keeping import backup, faults
from inforce.ledger.model import Query
from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.searching import search
from inforce.ledger.tables import documents
from inforce.record.model import Record
from inforce.watching import loop, manners


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_stops_nothing_for_good(
    small_disk: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manners, "PACE", 0.0)
    site = Site(80, feeds=1).start()
    plan = tmp_path / "plan.yaml"
    plan.write_text(f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml'}}\n")
    place = small_disk / "ledger.db"
    running = watcher(plan, str(place))
    thread = threading.Thread(target=running.run, kwargs={"once": True})
    thread.start()
    while running.tally.entered < 3 and thread.is_alive():
        threading.Event().wait(0.01)
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    while not running.tally.database_failures and thread.is_alive():
        threading.Event().wait(0.02)
    assert thread.is_alive()
    ballast.unlink()
    thread.join(timeout=120)
    assert not thread.is_alive()
    told = {str(getattr(record, "problem", "")) for record in caplog.records}
    assert any("disk is full" in problem and "nothing was lost" in problem for problem in told)
    assert not any("\n" in problem for problem in told)
    with running.ledger.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(documents)).scalar() == 80
        assert not list(faults(connection))
    running.ledger.close()
    site.shutdown()
    site.server_close()


def test_a_disk_that_is_full_from_the_start_is_waited_for(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(FINLAND)
    (tmp_path / "plan.yaml").write_text("sources:\n- {name: F, folder: in}\n")
    monkeypatch.setattr(loop, "_DATABASE_REST", 0.1)
    running = watcher(tmp_path / "plan.yaml", str(small_disk / "ledger.db"))
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    thread = threading.Thread(target=running.run, kwargs={"once": True})
    thread.start()
    while not running.tally.database_failures and thread.is_alive():
        threading.Event().wait(0.02)
    assert thread.is_alive()
    ballast.unlink()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert running.tally.entered == 1
    running.ledger.close()


def test_a_backup_that_does_not_fit_leaves_nothing_behind(
    small_disk: Path, record: Record, tmp_path: Path
) -> None:
    ledger = open_ledger(str(tmp_path / "ledger.db"))
    put(ledger, record, FINLAND)
    (small_disk / "ballast").write_bytes(bytes((16 << 20) - (64 << 10)))
    with pytest.raises(UsageError, match=r"backup .*: cannot be written \(.*full"):
        backup(ledger, small_disk / "copy.db")
    assert [file.name for file in small_disk.iterdir()] == ["ballast"]
    ledger.close()


def test_a_writer_and_fifty_readers_wait_for_nobody_in_vain(ledger: Ledger, record: Record) -> None:
    put(ledger, record, FINLAND)
    problems: list[BaseException] = []
    over = threading.Event()
    reads: list[int] = []

    def read_on() -> None:
        try:
            while not over.is_set():
                with ledger.reading() as connection:
                    reads.append(len(search(connection, Query(state="FIN", words="withdrawal"))))
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=read_on) for _ in range(50)]
    for thread in threads:
        thread.start()
    for number in range(10):
        put(ledger, record, FINLAND, source=f"w{number}")
    over.set()
    for thread in threads:
        thread.join()
    assert not problems
    assert len(reads) >= 50
    assert min(reads) >= 1
    with ledger.reading() as connection:
        assert len(search(connection, Query(state="FIN", limit=100))) == 11
