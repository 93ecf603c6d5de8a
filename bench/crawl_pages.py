"""Made-up pages as a crawl of news has them: a site's frame around a text, for the benches of archives.

What is assumed, and why. Common Crawl tells of 394 TiB in 2.64 billion pages for December 2024, which is 164
kB a page on average, and of 220 TiB in 2.65 billion for August 2018, which is 91 kB, packed to 67.8 TiB.
Sizes of pages are skewed, so that the median lies below the average. Here it is 80 kB and the average 93 kB,
which pack 3.1 times smaller (2018: 3.2). The text is a small part of a page; the rest are styles, scripts,
state as JSON, menus, cards of other articles.
"""

from __future__ import annotations

import base64
import gzip
import html
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from inforce.reading.document import open_document

GOLD = Path(__file__).parents[1] / "tests" / "gold"
MEDIAN, SPREAD = 75_000, 0.5
SITES = 24
#: Words of the press, the most frequent first; those of the second list are near the gate's own.
COMMON = """the to of and a in that for on is it with was as at by be has he are from have an this will
said not his but they who their had were its more which been one about after or new her she would also
there when out up people we can over first year last all than into two other could time him some years
government them what if so before against may now during state just police while made most no being
week many where only between under home three because city how president day since back court down
million company since then off public according through work next local still family market part
health school team season party second game report minister former country set money world group
children told life early high did including place way business service national support days law
place long month area open end very women men house office both such even council until four night
later own case any used without road water land food right good help take top club players officers
leader members campaign election vote prices growth energy sales rate bank tax budget spending cut
cuts plan plans deal talks agreement union workers pay strike trade economy hospital doctors patients
care university students research study film music star show book series league cup win won match
goal coach fans stadium weather rain storm fire river bridge car driver train airport flight travel
street centre building park community event history church museum art site online data technology
phone software user video story photo image editor""".split()
NEAR = """mine mines nuclear treaty convention weapons arms Ottawa Oslo Geneva pact accord court space
white start chemical biological atomic bomb bombs landmark minefield undermine examine determined
ban bans agent outer test testing protocol missile missiles gas riot Hague Rome skies nerve toxic
floor frozen cluster clusters mining miner orbit""".split()
_SYLLABLES = """ka ro mi len tor va sha bel dun ing mar wes ton ley gre har by sto bri ad el fre ch ny
pol ste ven ric san dro li na""".split()


class Frame(NamedTuple):
    """What all pages of one site have in common."""

    name: str
    head: str
    menu: str
    foot: str
    script: str
    mark: str


class Pages:
    """Pages in an order that the seed tells."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)  # noqa: S311
        rank = [1 / (at + 8) for at in range(len(COMMON))]
        self._weights = [sum(rank[: at + 1]) for at in range(len(rank))]
        self._names = [self._name() for _ in range(4_000)]
        self._sentences = [self._sentence() for _ in range(6_000)]
        self._headlines = [self._headline() for _ in range(3_000)]
        self._slugs = [line.lower().replace(" ", "-") for line in self._headlines]
        self._frames = [self._frame(number) for number in range(SITES)]

    def ordinary(self) -> bytes:
        """A page on something else."""
        paragraphs = [self._paragraph() for _ in range(self._draw.randint(6, 22))]
        return self.page(self._draw.choice(self._headlines), paragraphs)

    def page(self, title: str, paragraphs: list[str]) -> bytes:
        """A page of some site around a text, of a size as drawn."""
        draw, frame = self._draw, self._draw.choice(self._frames)
        size = MEDIAN * math.exp(SPREAD * draw.gauss(0, 1))
        text = "".join(self._written(paragraph, frame) for paragraph in paragraphs)
        top = self._top(title, frame)
        parts = [top, f"<article class='{frame.mark}-story'><h1>{html.escape(title)}</h1>{text}</article>"]
        length = len(frame.head) + len(frame.menu) + len(frame.foot) + sum(map(len, parts))
        while length < 0.55 * size:
            parts.append(self._card(frame))
            length += len(parts[-1])
        while length < size:
            parts.append(self._state(frame))
            length += len(parts[-1])
        body = f"<body>{frame.menu}<main>{''.join(parts[1:])}</main>{frame.foot}{frame.script}</body></html>"
        return f"<!DOCTYPE html>\n<html lang='en'><head>{frame.head}{top}</head>{body}".encode()

    def _words(self, number: int) -> list[str]:
        draw = self._draw
        words = draw.choices(COMMON, cum_weights=self._weights, k=number)
        for at in range(number):
            luck = draw.random()
            if luck < 0.12:
                words[at] = draw.choice(self._names)
            elif luck < 0.1205:
                words[at] = draw.choice(NEAR)
        return words

    def _sentence(self) -> str:
        words = self._words(self._draw.randint(8, 30))
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def _paragraph(self) -> str:
        return " ".join(self._draw.choices(self._sentences, k=self._draw.randint(1, 4)))

    def _headline(self) -> str:
        return " ".join(self._words(self._draw.randint(6, 12))).capitalize()

    def _name(self) -> str:
        return "".join(self._draw.choices(_SYLLABLES, k=self._draw.randint(2, 4))).capitalize()

    def _token(self, size: int) -> str:
        return f"{self._draw.getrandbits(4 * size):0{size}x}"

    def _written(self, paragraph: str, frame: Frame) -> str:
        text = html.escape(paragraph)
        if self._draw.random() < 0.3:
            first, _, rest = text.partition(". ")
            text = f'<a href="/{self._token(8)}" class="{frame.mark}-link">{first}</a>. {rest}'
        return f'<p class="{frame.mark}-text" data-id="{self._token(6)}">{text}</p>\n'

    def _top(self, title: str, frame: Frame) -> str:
        draw, name = self._draw, html.escape(title, quote=True)
        author = draw.choice(self._names)
        day = f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        address = f"https://{frame.name}.example/{self._token(12)}"
        linked = (
            f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{name}",'
            f'"datePublished":"{day}T08:00:00Z","author":{{"@type":"Person","name":"{author}"}}}}'
        )
        return (
            f'<title>{name} | {frame.name}</title><meta property="og:title" content="{name}">'
            f'<meta property="og:url" content="{address}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{day}T08:00:00Z">'
            f'<link rel="canonical" href="{address}"><script type="application/ld+json">{linked}</script>\n'
        )

    def _card(self, frame: Frame) -> str:
        draw = self._draw
        title = draw.choice(self._headlines)
        picture = f"https://img.{frame.name}.example/{self._token(20)}"
        sizes = ", ".join(f"{picture}-{width}.jpg {width}w" for width in (320, 640, 1280))
        return (
            f'<div class="{frame.mark}-card"><a href="/{self._token(8)}-{self._token(8)}">'
            f'<img loading="lazy" srcset="{sizes}" alt="{draw.choice(self._headlines)}"></a>'
            f'<h3 class="{frame.mark}-title"><a href="/{self._token(8)}">{title}</a></h3>'
            f'<span class="{frame.mark}-time">{draw.randint(1, 23)} hours ago</span></div>\n'
        )

    def _state(self, frame: Frame) -> str:
        draw = self._draw
        entries = ",".join(
            f'{{"id":"{self._token(16)}","slug":"{draw.choice(self._slugs)}",'
            f'"views":{draw.randint(0, 99999)},'
            f'"title":"{draw.choice(self._headlines)}","tags":["{draw.choice(COMMON)}","{draw.choice(COMMON)}"]}}'
            for _ in range(6)
        )
        blob = base64.b64encode(draw.randbytes(90)).decode()
        return f'<script>window.__{frame.mark}=[{entries}];load("{blob}",{{"lazy":true}})</script>\n'

    def _frame(self, number: int) -> Frame:
        draw = self._draw
        mark = "".join(draw.choices("bcdfghjklmnpqrstvwxz", k=3))
        rules = "".join(
            f".{mark}-{draw.choice(COMMON)}{{margin:{draw.randint(0, 40)}px;"
            f"color:#{self._token(6)};display:flex}}"
            for _ in range(120)
        )
        code = "".join(
            f"function {mark}{at}(e,t){{var n=e.{draw.choice(COMMON)}||{{}};"
            f"return n&&t.push([{draw.randint(0, 999)},"
            f'"{self._token(6)}"]),n.{draw.choice(COMMON)}}}'
            for at in range(90)
        )
        items = "".join(
            f'<li class="{mark}-item"><a href="/{word}" data-track="menu-{at}">{word.capitalize()}</a></li>'
            for at, word in enumerate(draw.sample(COMMON, 70))
        )
        links = "".join(f'<a href="/about/{at}">{draw.choice(COMMON).capitalize()}</a>' for at in range(30))
        return Frame(
            name=f"news{number}",
            head='<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<style>{rules}</style><script>{code}</script>",
            menu=f'<header><nav class="{mark}-menu"><ul>{items}</ul></nav></header>',
            foot=f"<footer>{links}<p>&copy; 2025 All rights reserved.</p></footer>",
            script=f"<script>{code[: len(code) // 2]}</script>",
            mark=mark,
        )


def records(seed: int, relevant: float) -> Iterator[tuple[bytes, bool]]:
    """Records of a web archive without end, of which so large a share holds an article of tests/gold."""
    pages = Pages(seed)
    draw = random.Random(seed + 1)  # noqa: S311
    articles = [
        (d.title or "News", d.text.split("\n\n")) for d in map(open_document, sorted(GOLD.glob("*.txt")))
    ]
    number = 0
    while True:
        chosen = draw.random() < relevant
        body = pages.page(*draw.choice(articles)) if chosen else pages.ordinary()
        yield _record(f"{seed}-{number}", body), chosen
        number += 1


def _record(number: str, body: bytes) -> bytes:
    http = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\n"
        f"Cache-Control: max-age=60\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Date: 2025-07-10T00:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(body)}\r\n\r\n"
    )
    return head.encode() + http + body + b"\r\n\r\n"


def write(file: BinaryIO, size: int, seed: int, relevant: float = 0.005) -> tuple[int, int, int]:
    """Write an archive of so many bytes before gzip: its pages, how many are relevant, its bytes."""
    pages = chosen = made = 0
    for record, is_relevant in records(seed, relevant):
        if made >= size:
            break
        file.write(gzip.compress(record, 6))
        pages, chosen, made = pages + 1, chosen + is_relevant, made + len(record)
    return pages, chosen, made
