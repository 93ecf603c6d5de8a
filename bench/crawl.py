"""A synthetic crawl from WARC to claims: speed, peak memory, share of bare decompression.

    python bench/crawl.py [--megabytes 100]

The size is that of the records before gzip. Five pages in a thousand are articles of tests/gold; the others
are ordinary news. Every page has menus, scripts, metadata and a footer around its text. The archive is made
in a temporary folder and removed. Times are of the processor.
"""

from __future__ import annotations

import argparse
import gzip
import html
import os
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator

from inforce.checking import check
from inforce.reading import read
from inforce.reading.document import document_from_html, open_document
from inforce.reading.formats.part import Markup
from inforce.reading.formats.passed import Passed
from inforce.reading.formats.sources import find
from inforce.reading.gate import Gate
from inforce.reading.gate import gate as gate_of
from inforce.record import load
from inforce.record.model import Record

GOLD = Path(__file__).parents[1] / "tests" / "gold"
RELEVANT = 0.005
WORDS = """the a of in on to and for with by from was is are has said after before new old late early city
council school road bridge price market harvest rain river team match season player court judge
company shares profit report mayor budget tax vote party election police fire station hospital
doctor nurse teacher student music film book author museum garden weather winter summer morning
evening night week month year people family child house nuclear weapons arms mine agreement deal
Oslo Ottawa Paris treaty""".split()
COMMON = 75  # so many of the words are drawn nearly always
MENU = "".join(
    f'<li class="nav-item"><a href="/section/{n}" data-track="menu-{n}">Section {n}</a></li>'
    for n in range(40)
)
SCRIPT = (
    "<script>window.data=window.data||[];function track(e){data.push({event:e,time:Date.now()})}</script>"
    * 12
)
STYLE = (
    "<style>.card{display:flex;margin:0 auto;padding:8px 12px;color:#222}.nav-item{float:left}</style>" * 15
)
FOOT = '<footer><p>All rights reserved.</p><div class="cookies">We use cookies.</div></footer>'


def page(title: str, paragraphs: list[str]) -> bytes:
    text = "".join(f'<p class="body-text">{html.escape(part)}</p>' for part in paragraphs)
    head = f'<head><meta charset="utf-8"><title>{html.escape(title)}</title>{STYLE}{SCRIPT}</head>'
    article = f"<article><h1>{html.escape(title)}</h1>{text}</article>"
    body = f"<header><nav><ul>{MENU}</ul></nav></header>{article}{FOOT}"
    return f'<!DOCTYPE html><html lang="en">{head}<body>{body}{SCRIPT}</body></html>'.encode()


def ordinary(draw: random.Random) -> bytes:
    def sentence() -> str:
        words = [
            draw.choice(WORDS[:COMMON] if draw.random() < 0.999 else WORDS)
            for _ in range(draw.randint(8, 24))
        ]
        return " ".join(words).capitalize() + "."

    title = sentence()[:60].rsplit(" ", 1)[0]
    return page(title, [" ".join(sentence() for _ in range(5)) for _ in range(draw.randint(5, 15))])


def make(file: BinaryIO, size: int) -> tuple[int, int]:
    """Write an archive; how many pages it has, and how many bytes its records have before gzip."""
    draw = random.Random(20250710)  # noqa: S311
    articles = [
        (d.title or "News", d.text.split("\n\n")) for d in map(open_document, sorted(GOLD.glob("*.txt")))
    ]
    number = made = 0
    while made < size:
        body = page(*draw.choice(articles)) if draw.random() < RELEVANT else ordinary(draw)
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: https://news.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        record = head.encode() + http + b"\r\n\r\n"
        file.write(gzip.compress(record, 6))
        number, made = number + 1, made + len(record)
    return number, made


def bare(place: str) -> float:
    """Seconds of fastwarc alone: unpack, parse, read every body."""
    start = time.process_time()
    with Path(place).open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True):
            record.reader.read()
    return time.process_time() - start


def warm(gate: Gate, record: Record) -> None:
    """Have everything imported and compiled that is so once."""
    text = open_document(min(GOLD.glob("*.txt"))).text
    data = page("The Ottawa Convention", text.split("\n\n"))
    gate.markup(Markup(data))
    document = document_from_html(data, "page")
    gate.passes(document)
    check(document, read(document, record), record)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=100)
    asked = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    record = load()
    gate = gate_of(record)
    with tempfile.TemporaryDirectory() as folder:
        place = f"{folder}/crawl.warc.gz"
        with Path(place).open("wb") as file:
            pages, size = make(file, asked.megabytes * 1_000_000)
        packed = Path(place).stat().st_size
        alone = bare(place)
        begun = time.process_time()
        warm(gate, record)
        first = time.process_time() - begun
        opened = relevant = claims = 0
        at_gate = extracting = reading = 0.0
        start = time.process_time()
        for found in find(place, Passed()):
            begun = time.process_time()
            through = found.markup is None or gate.markup(found.markup)
            at_gate += time.process_time() - begun
            if not through:
                continue
            begun = time.process_time()
            document = found.open(None)
            opened += 1
            extracting += time.process_time() - begun
            begun = time.process_time()
            if gate.passes(document):
                relevant += 1
                claims += len(check(document, read(document, record), record).findings)
            reading += time.process_time() - begun
        spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"archive    {pages} pages, {size / 1e6:.0f} MB, {packed / 1e6:.0f} MB packed")
    print(f"let through as they came {opened}, as text {relevant}, {claims} claims")
    print(f"before     {first:.1f} s for what is imported and compiled once")
    print(f"to claims  {spent:.1f} s: {size / 1e6 / spent:.1f} MB/s, {pages / spent:.0f} pages/s on one core")
    rest = spent - at_gate - extracting - reading
    print(
        f"of which   archive {rest:.1f} s, gate {at_gate:.1f} s: {alone / (rest + at_gate):.0%} of fastwarc"
    )
    print(f"           extracting {extracting:.1f} s, reading and checking {reading:.1f} s")
    print(f"fastwarc   {alone:.1f} s alone: {size / 1e6 / alone:.1f} MB/s; share reached {alone / spent:.0%}")
    print(f"memory     {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
