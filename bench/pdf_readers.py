"""Which library reads the text of PDFs: pypdf beside pdfminer.six, on files made here.

python bench/pdf_readers.py

For each layout the share of the articles' runs of five words that come out in order, and MB of text a
second; what each gives is joined by the project's own rules.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from inforce.reading.formats.pages_joined import joined

ARTICLES = sorted((Path(__file__).parents[1] / "tests" / "gold").glob("own-*.txt"))


def main() -> None:
    bodies = [body(path) for path in ARTICLES]
    # Six together, so that columns and pages are filled.
    texts = ["\n".join(bodies[at : at + 6]) for at in range(0, len(bodies), 6)]
    print(f"{len(texts)} documents of six articles, {sum(map(len, texts)) / 1e3:.0f} kB of text")
    for label, make in LAYOUTS.items():
        files = [make(text) for text in texts]
        for name, reads in (("pypdf", by_pypdf), ("pdfminer.six", by_pdfminer)):
            start = time.process_time()
            pages = [reads(file) for file in files]
            spent = time.process_time() - start
            read = [joined(each) for each in pages]
            found = sum(recall(text, out) for text, out in zip(texts, read, strict=True)) / len(texts)
            rate = sum(map(len, texts)) / 1e6 / spent
            print(f"{label:34} {name:14} recall {found:.3f}  {rate:.3f} MB/s")


def body(path: Path) -> str:
    return path.read_text("utf-8").partition("\n\n")[2].replace("\u2028", " ")


def recall(text: str, out: str) -> float:
    """The share of runs of five words of `text` that stand in `out`."""
    given, came = runs(text), set(runs(out))
    return sum(run in came for run in given) / len(given)


def runs(text: str) -> list[tuple[str, ...]]:
    words = text.split()
    return list(zip(*(words[at:] for at in range(5)), strict=False))


def by_pypdf(data: bytes) -> list[list[str]]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [[line.strip() for line in page.extract_text().splitlines()] for page in reader.pages]


def by_pdfminer(data: bytes) -> list[list[str]]:
    pages = []
    for page in extract_pages(io.BytesIO(data)):
        lines: list[str] = []
        for box in page:
            if isinstance(box, LTTextContainer):
                lines += [*(line.strip() for line in box.get_text().splitlines()), ""]
        pages.append(lines)
    return pages


def paragraphs(text: str) -> Iterator[str]:
    return (part for part in text.replace("<", "‹").replace("&", "and").split("\n") if part.strip())


def flowing(columns: int, align: int = 0, hyphens: bool = False) -> Callable[[str], bytes]:
    """Text set by reportlab in one or two columns, the columns one after the other in the file."""

    def made(text: str) -> bytes:
        out = io.BytesIO()
        width, gap = A4[0] - 100, 20
        each = (width - gap * (columns - 1)) / columns
        frames = [Frame(50 + (each + gap) * n, 50, each, A4[1] - 100) for n in range(columns)]
        document = BaseDocTemplate(out, pagesize=A4, invariant=True)
        document.addPageTemplates(PageTemplate(frames=frames, onPage=header))
        style = ParagraphStyle("a", fontSize=10, leading=12, spaceAfter=6, alignment=align)
        if hyphens:
            style.hyphenationLang, style.embeddedHyphenation = "en_GB", 1
            style.uriWasteReduce = 0.3
        document.build([Paragraph(part, style) for part in paragraphs(text)])
        return out.getvalue()

    return made


def header(page: canvas.Canvas, document: BaseDocTemplate) -> None:
    page.setFont("Helvetica", 8)
    page.drawString(50, A4[1] - 40, "The Skerry Courier")
    page.drawString(300, 30, str(document.page))


def lines_of(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; long words are broken with a hyphen, as a printer does."""
    lines = []
    for part in paragraphs(text):
        line = ""
        for whole in part.split():
            word = whole
            while len(line) + 1 + len(word) > width:
                room = width - len(line) - 2
                if word.isalpha() and len(word) > 8 and room >= 4 and len(word) - room >= 3:
                    line, word = f"{line} {word[:room]}-".strip(), word[room:]
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    return lines


def drawn(columns: int, width: int, *, across: bool = False) -> Callable[[str], bytes]:
    """Lines drawn one by one, with hyphens; `across` draws both columns row by row."""

    def made(text: str) -> bytes:
        out = io.BytesIO()
        page = canvas.Canvas(out, pagesize=A4, invariant=True)
        lines, rows = lines_of(text, width), 60
        for start in range(0, len(lines), rows * columns):
            chunk = lines[start : start + rows * columns]
            places = [(at // rows, at % rows, line) for at, line in enumerate(chunk)]
            page.setFont("Helvetica", 9)
            for column, row, line in sorted(places, key=lambda each: each[1]) if across else places:
                page.drawString(50 + 260 * column, A4[1] - 60 - 12 * row, line)
            page.showPage()
        page.save()
        return out.getvalue()

    return made


LAYOUTS = {
    "one column": flowing(1),
    "one column, justified": flowing(1, TA_JUSTIFY),
    "two columns": flowing(2),
    "one column, words broken": drawn(1, 90),
    "two columns, words broken": drawn(2, 48),
    "two columns drawn row by row": drawn(2, 48, across=True),
}

if __name__ == "__main__":
    main()
