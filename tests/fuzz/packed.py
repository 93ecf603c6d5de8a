"""A text in every format that is read, and its bytes damaged."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from random import Random

from fpdf import FPDF
from mutations import hostile_text, part

_TAGS = "p div span b blockquote table td li ul article section h1 a script style pre br svg meta".split()
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_text(random: Random, text: str) -> bytes:
    encoding = random.choices(["utf-8", "utf-16-le", "cp1252", "utf-8-sig"], [8, 1, 1, 1])[0]
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    return mark + text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _tag(random: Random) -> str:
    return random.choice(_TAGS)


def as_html(random: Random, text: str) -> bytes:
    """A page, sometimes nested deeply, sometimes with tags that do not match."""
    paragraphs = "".join(f"<p>{html.escape(line, quote=False)}</p>\n" for line in text.split("\n") if line)
    if random.random() < 0.3:
        paragraphs = text  # with its own < and &
    for _ in range(random.randrange(4)):
        tag, depth = _tag(random), random.choice([1, 10, 140, 3000])
        at = random.randrange(len(paragraphs) + 1)
        closing = f"</{random.choice([tag, _tag(random)])}>" * random.choice([depth, 0])
        paragraphs = paragraphs[:at] + f"<{tag} class='a'>" * depth + paragraphs[at:] + closing
    if random.random() < 0.2:
        paragraphs += "&#xD800;&#0;&#1114112;&nosuch;&lt;script&gt;<!-- <![CDATA[ ]]>"
    day = random.choice(["2025-07-10", "9999-99-99", part(random, text, 30).replace('"', "")])
    meta = f'<meta property="article:published_time" content="{day}">'
    charset = random.choice(["<meta charset=utf-8>", "", "<meta charset=x-none>", "<meta charset=utf-16>"])
    head = f"<head>{charset}{meta}<title>{part(random, text, 80)}</title></head>"
    page = f"<!doctype html><html>{head}<body><article>{paragraphs}</article></body></html>"
    return page.encode("utf-8", "surrogatepass")


def as_message(random: Random, text: str) -> bytes:
    subject = part(random, text, 60).replace("\n", " ")
    kind = random.choice(
        ["text/plain", "text/html", "multipart/mixed; boundary=b", "text/plain; charset=none"]
    )
    coding = random.choice(["8bit", "base64", "quoted-printable", "7bit"])
    date = random.choice(["Thu, 10 Jul 2025 10:00:00 +0200", "Thu, 99 Foo 99999", ""])
    body = text.encode("utf-8", "surrogatepass")
    if kind.startswith("multipart"):
        piece = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + b"\r\n"
        body = piece * random.randrange(1, 4) + random.choice([b"--b--", b"", b"--b--b--"])
    head = f"From: a@example.org\r\nSubject: {subject}\r\nDate: {date}\r\nContent-Type: {kind}\r\n"
    head += f"Content-Transfer-Encoding: {coding}\r\nMIME-Version: 1.0\r\n\r\n"
    return head.encode("utf-8", "surrogatepass") + body


def as_word(random: Random, text: str) -> bytes:
    runs = "".join(
        f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in text.split("\n") if line
    )
    wrap = random.choice([0, 0, 5, 2000])
    runs = "<w:tbl><w:tr><w:tc>" * wrap + runs + "</w:tc></w:tr></w:tbl>" * wrap
    xml = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{runs}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml.encode("utf-8", "surrogatepass"))
    return out.getvalue()


def as_pdf(random: Random, text: str) -> bytes:
    made = FPDF()
    made.set_compression(random.random() < 0.3)  # damaged, an unpacked one still shows the reader something
    made.add_page()
    made.set_font("Helvetica", size=10)
    made.multi_cell(0, text=text[:3000].encode("latin-1", "replace").decode("latin-1"))
    return bytes(made.output())


def as_archive(random: Random, text: str) -> bytes:
    """A WARC of up to three answers, plain or packed."""
    records: list[bytes] = []
    for _ in range(random.randrange(1, 4)):
        body = as_html(random, text) if random.random() < 0.5 else as_text(random, text)
        kind = random.choice(["text/html", "text/plain", "text/html; charset=latin1", "image/png"])
        coding = random.choice(["", "", "Content-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\n"])
        if "gzip" in coding and random.random() < 0.7:
            body = gzip.compress(body)
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{coding}\r\n".encode() + body
        length = len(answer) + random.choice([0, 0, 0, -7, 500])
        head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n"
        head += f"WARC-Target-URI: http://example.org/\r\nWARC-Record-ID: <urn:{len(records)}>\r\n"
        record = (
            (head + "Content-Type: application/http; msgtype=response\r\n\r\n").encode()
            + answer
            + b"\r\n\r\n"
        )
        records.append(record)
    packed = random.random() < 0.5
    return b"".join(gzip.compress(record) if packed else record for record in records)


def as_lines(random: Random, text: str) -> bytes:
    rows = []
    for _ in range(random.randrange(1, 4)):
        row: dict[str, object] = {
            "text": text,
            "published": random.choice(["2025-07-10", "10 July", 5, None]),
        }
        row |= random.choice(
            [{}, {"url": "http://example.org"}, {"title": [1]}, {part(random, text, 20): {}}]
        )
        rows.append(json.dumps(row, ensure_ascii=random.random() < 0.5))
    return "\n".join(rows).encode("utf-8", "surrogatepass")


FORMATS: dict[str, Callable[[Random, str], bytes]] = {
    ".txt": as_text,
    ".html": as_html,
    ".eml": as_message,
    ".docx": as_word,
    ".pdf": as_pdf,
    ".warc": as_archive,
    ".jsonl": as_lines,
}
_WEIGHTS = [10, 3, 2, 2, 1, 2, 2]
_BYTES = [
    b"\0",
    b"\xff",
    b"<",
    b"\xed\xa0\x80",
    b"\xf0",
    b"]]>",
    b"\r\n\r\n",
    b"&#",
    b"PK\x03\x04",
    b"endobj",
    b"9" * 40,
]


def damaged(random: Random, data: bytes) -> bytes:
    """Bytes turned, lost, doubled, or cut off."""
    made = bytearray(data)
    for _ in range(random.randrange(1, 12)):
        at, length = random.randrange(len(made) + 1), random.randrange(1, 60)
        match random.randrange(5):
            case 0:
                made[at : at + 1] = bytes([random.randrange(256)])
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * random.randrange(1, 20)
            case 3:
                made[at:at] = random.choice(_BYTES)
            case 4 if random.random() < 0.1:
                del made[at:]
    return bytes(made)


def hostile_file(seed: int) -> tuple[str, bytes]:
    """The suffix and the bytes of the document with this number; the same whenever it is asked for."""
    random = Random(seed)
    suffix = random.choices(list(FORMATS), _WEIGHTS)[0]
    data = FORMATS[suffix](random, hostile_text(random))
    if random.random() < (0.15 if suffix == ".txt" else 0.4):
        data = damaged(random, data)
    return (random.choice(list(FORMATS)) if random.random() < 0.05 else suffix), data
