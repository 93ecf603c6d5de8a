"""Of many documents the gate drops those on no treaty, before they are read, and says how many."""

from __future__ import annotations

import json
from pathlib import Path

from running import inforce

ON = "Finland deposited its notice of withdrawal from the Ottawa Convention on 10 July 2025."
OFF = "The harvest was late this year, and a friend of mine says that prices will rise in the autumn."


def page(text: str) -> str:
    return (
        f"<html><head><title>News</title></head><body><article>{f'<p>{text}</p>' * 8}</article></body></html>"
    )


def archive(tmp_path: Path) -> Path:
    blocks = []
    for number, text in enumerate((OFF, ON, OFF)):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page(text)}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: https://a.example/{number}\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        blocks.append(head.encode() + http + b"\r\n\r\n")
    file = tmp_path / "crawl.warc"
    file.write_bytes(b"".join(blocks))
    return file


def test_archives_lines_and_folders_drop_what_is_on_no_treaty(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps({"text": text}) + "\n" for text in (OFF, ON, OFF)))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for name, text in (("a.txt", OFF), ("b.txt", ON), ("c.html", page(OFF))):
        (shelf / name).write_text(text)
    for place in (archive(tmp_path), lines, shelf):
        done = inforce("check", "--json", place)
        report, tally = map(json.loads, done.stdout.splitlines())
        assert "Ottawa" in report["document"]["text"]
        assert (tally["argument"], tally["format"]) == (str(place), "inforce-check-tally/1")
        assert (tally["checked"], tally["dropped"], tally["unread"]) == (1, 2, 0)
        told = f"inforce: {place}: 1 document checked, 2 on no treaty dropped, 0 could not be read"
        assert done.stderr.splitlines()[-1] == told


def test_the_gate_can_be_opened_and_is_not_there_for_a_single_file(tmp_path: Path) -> None:
    done = inforce("check", "--json", "--no-gate", archive(tmp_path))
    *reports, tally = map(json.loads, done.stdout.splitlines())
    assert len(reports) == 3
    assert (tally["checked"], tally["dropped"]) == (3, 0)
    single = tmp_path / "a.txt"
    single.write_text(OFF)
    done = inforce("check", "--json", single)
    assert json.loads(done.stdout)["claims"] == []
    assert done.stderr == ""
