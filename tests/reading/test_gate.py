"""The gate lets through whatever the reader finds relevant, and its engines find what the oracle finds."""

from __future__ import annotations

import functools
import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from gate_oracle import Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from inforce.errors import UsageError
from inforce.reading.document import document_from_html, open_document
from inforce.reading.formats.part import Markup
from inforce.reading.gate import Gate, gate
from inforce.reading.gate_fast import FastLook, anchors
from inforce.reading.gate_terms import Phrase, Step, Terms
from inforce.reading.lexicon import words
from inforce.reading.model import Document
from inforce.reading.scan import names_treaty, names_weapon, scan
from inforce.record import load

HERE = Path(__file__).parent
GOLD = sorted((HERE.parent / "gold").glob("*.txt"))
PUBLISHED = date(2025, 7, 10)

#: Words where boundaries and case are not those of ASCII.
NAMES = """Åland pact|Ålandic|TürkİYe|İzmir deal|straße ban|σοφος|att|icc's treaty|u.n. pact|kyoto (ii)
1949 act|nuke|mass|mine|mine ban|ban"""


def step(names: str, *, repeated: bool = False) -> Step:
    given = names.replace("\n", "|").split("|")
    return Step(tuple(Phrase(words(name), upper=name == "att") for name in given), repeated)


ABROAD = Terms(
    ways=(
        (step(NAMES),),
        (step("land mine|155 shells"), step("ban|pact")),
        (step("land mine|155 shells"), step(":")),
        (step("pact"), step("that bans|on"), step("use|of|,", repeated=True), step("land mine|155 shells")),
        (step("left"), step("oslo")),
        (step("joined"), step("the", repeated=True), step("icc|2nd court")),
    )
)
#: The same without what has no letter of ASCII, of which there is no quick look, and with common words alone.
LATIN = Terms(
    ways=(
        (step(f"{NAMES.replace('σοφος|', '')}|new start|test ban"),),
        *ABROAD.ways[1:],
    )
)
TRAPS = ["Å", "é", "İ", "ı", "ſ", "K", "ß", "ẞ", "ς", "_", "1", "²", "٣", "'", "’s", ".", ":", ",", "(", "/"]
BETWEEN = [" ", " ", " ", "", "-", "\n", "\u00a0", "  ", "\u2011", "\u200b", "\u3000", " – ", "'s ", "\r\n\t"]


@functools.cache
def gate_and_oracle(which: str) -> tuple[Gate, Oracle]:
    terms = {"abroad": ABROAD, "latin": LATIN}.get(which) or gate(load()).terms
    return Gate(terms, fast=False), Oracle(terms)


@functools.cache
def pieces_of(which: str) -> list[str]:
    gate_, _ = gate_and_oracle(which)
    phrases = [" ".join(phrase.words) for phrase in gate_.terms.phrases()]
    return [*phrases, *sorted({word for phrase in phrases for word in phrase.split()})]


def cased(text: str, how: str) -> str:
    return {"upper": text.upper(), "title": text.title(), "lower": text.lower()}.get(how, text)


def texts(which: str) -> st.SearchStrategy[str]:
    piece = st.tuples(
        st.sampled_from(pieces_of(which)) | st.sampled_from(TRAPS),
        st.sampled_from(["as is", "upper", "title", "lower"]),
        st.sampled_from(BETWEEN),
    )
    return st.lists(piece, max_size=12).map(lambda ps: "".join(cased(p, how) + gap for p, how, gap in ps))


@pytest.mark.parametrize("which", ["record", "abroad", "latin"])
def test_the_gate_finds_what_the_oracle_finds_match_by_match(which: str) -> None:
    engine, oracle = gate_and_oracle(which)

    @settings(max_examples=600, deadline=None)
    @given(texts(which) | st.text(max_size=40))
    def compare(text: str) -> None:
        found = oracle.find(text)
        assert engine.find(text) == found
        assert engine.text(text) is bool(found)

    compare()


def quick(terms: Terms) -> Gate:
    pytest.importorskip("hyperscan", reason="the extra `fast` is not installed")
    return Gate(terms, fast=True)


@pytest.mark.parametrize("which", ["record", "abroad", "latin"])
def test_with_the_quick_look_the_answers_are_the_same(which: str) -> None:
    plain, oracle = gate_and_oracle(which)
    fast = quick(plain.terms)

    @settings(max_examples=600, deadline=None)
    @given(texts(which) | st.text(max_size=40))
    def compare(text: str) -> None:
        assert fast.text(text) is bool(oracle.find(text))

    compare()


def test_the_quick_look_is_taken_and_drops_what_holds_no_word_it_looks_for() -> None:
    found = anchors(LATIN)
    assert found
    assert anchors(ABROAD) is None
    pytest.importorskip("hyperscan", reason="the extra `fast` is not installed")
    look = FastLook(found)
    for text, seen in (
        ("undermined, examined", False),
        ("a mine", True),
        ("the newest start", False),
        ("a restart of new starts", False),
        ("New" + " " * 50 + "START", True),
        ("start" + " " * 50 + "new", False),
        ("the latest, a test", False),
        ("a test-ban", True),
        ("att", False),
        ("ATT", True),
        ("Ålandic", True),
        ("K", True),  # a sign that is a k without case
        ("undermined " * 2000, True),  # so often that the gate's own expression is the quicker
    ):
        assert look.sees(text, text.encode()) is seen, text


def test_the_quick_look_is_kept_and_is_the_same_in_every_thread() -> None:
    terms = gate(load()).terms
    texts = [open_document(file).text for file in GOLD]
    plain = Gate(terms, fast=False)
    wanted = [plain.text(text) for text in texts]
    again = quick(terms)
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            assert list(pool.map(again.text, texts)) == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Åland pact", ["Åland pact"]),
        ("the ÅLAND-PACT’s end", ["ÅLAND-PACT"]),
        ("Ålandics, Ålandic", ["Ålandic"]),
        ("TÜRKİYE and Türkiye", ["TÜRKİYE"]),  # the phrase is that with the dot: "Türkİye"
        ("Åmine, mineé, mine", ["mine"]),
        ("landmine 2mine _mine_ mine's", ["mine", "mine", "mine"]),
        ("the ATT, not att", ["ATT"]),
        ("Left Oslo. From Oslo.", ["Left Oslo"]),
        ("a pact that bans the\nuse", []),
        ("a pact that bans use, of land-mine", ["pact that bans use, of land-mine"]),
        ("land mines pact; land mine: pact", ["land mine:"]),
        ("kyoto(II) Kyoto (ii )", ["kyoto(II)", "Kyoto (ii )"]),
    ],
)
def test_boundaries_are_those_of_words(text: str, found: list[str]) -> None:
    engine, oracle = gate_and_oracle("abroad")
    assert [text[start:end] for start, end in engine.find(text)] == found
    assert engine.find(text) == oracle.find(text)


# -- nothing that is relevant is dropped -------------------------------------------------------------


def assert_not_lost(document: Document) -> None:
    text = scan(document, load())
    if names_treaty(text) or names_weapon(text):
        assert gate(load()).passes(document)


SPOKEN = """Ottawa|Oslo|the|left|from|outside|of|convention|treaty|pact|ban|one|on|banning|that bans|which
against|for|use|production|and|,|all|any|mines|anti-personnel|landmine|cluster bombs|nuclear weapons|the bomb
arms|trade|arms trade|155 millimetre cluster shells|1997|2008|'s|’s|:|.|(|)|Amended Protocol II|to the
ARMS TRADE|its|Finland|quit|deal|accord|instrument|texts|text|regime|chemical|test|tests|Convention|Protocol
ATT|NPT|mine|land|visitors|this year's|ICC|joined|member of|has|the spread of|sister|protocol
in space|outer space|napalm"""
WORDS = st.sampled_from(["\n", *SPOKEN.replace("\n", "|").split("|")])
READABLE = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), texts("record"), st.text(max_size=60))


@settings(max_examples=800, deadline=None)
@given(READABLE, st.none() | READABLE)
def test_whatever_is_relevant_passes(text: str, title: str | None) -> None:
    assert_not_lost(Document(source="test", text=text, title=title, published=PUBLISHED))


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_annotated_articles_pass_as_text_and_as_pages(file: Path) -> None:
    document = open_document(file)
    assert_not_lost(document)
    page = f"<html><title>{html.escape(document.title or '')}</title><body>{html.escape(document.text)}"
    if gate(load()).passes(document):
        assert gate(load()).markup(Markup(page.encode()))


def test_probes_pass() -> None:
    for file in sorted((HERE / "probes").glob("*.yaml")):
        for probe in yaml.safe_load(file.read_text("utf-8")) or []:
            assert_not_lost(Document(source="probe", text=probe["text"], published=PUBLISHED))


def test_ordinary_news_is_dropped() -> None:
    for text in (
        "The Ottawan took a mine of information from the Vienna convention centre.",
        "Undermined by attacks, the inf lation of prices went on; a friend of mine agrees.",
        "The city of Ottawa Ontario-based firm said its deal with Genevan partners stands.",
    ):
        assert not gate(load()).passes(Document(source="x", text=text.replace("city of Ottawa", "Ottawa")))


# -- pages before their text is extracted --------------------------------------------------------------

FILLER = (
    "<p>This is a long paragraph of plain words on the weather of the week, day after day, and no more.</p>"
    * 3
)


def page_with(markup: str, charset: str = "utf-8") -> bytes:
    head = f"<html><head><meta charset={charset}><title>News</title></head><body><article><h1>News</h1>"
    said = f"<p>It was said that the {markup} is named.</p>"
    return f"{head}{FILLER}{said}{FILLER}</article></body></html>".encode(charset)


@pytest.mark.parametrize(
    "markup",
    [
        "Ottawa&nbsp;Convention",  # blanks by name, by number, without the semicolon
        "Ottawa&#160;Convention",
        "Ottawa&#xA0;Convention",
        "Ottawa&nbspConvention",
        "Ottawa\u00a0\u00a0Convention",
        "Ottawa\r\n\t Convention",  # line breaks within a name
        "Ottawa<br/>Convention",
        "Ottawa</p><p>Convention",
        "<a href='/x'>Ottawa</a> <b>Convention</b>",  # tags between words
        "Ottawa <!-- an advertisement --> Convention",
        'Ottawa <a title="a > b">Convention</a>',
        "<span class=drop>O</span>ttawa Convention",  # tags, references and soft hyphens within words
        "<b>O</b><i>tt</i>awa Con<wbr>vention",
        "Otta&shy;wa Con\u00advention",
        "Ottawa\u200b Con\u200bvention",
        "&#79;ttawa &#x43;onvention",
        "Mine-Ban&#8209;Treaty",  # hyphens
        "anti&#8209;personnel mine ban",
        "ICC&rsquo;s founding treaty",  # apostrophes
        "OTTAWA CONVENTION",
        "A<i>T</i>T",  # acronyms
        "la Convention, and the <em>landmine</em> ban",
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "shift_jis"])
def test_a_page_whose_text_is_relevant_passes_as_it_came(markup: str, charset: str) -> None:
    try:
        data = page_with(markup, charset)
    except UnicodeEncodeError:
        pytest.skip("has no such character")
    assert gate(load()).markup(Markup(data))


BREAKS = [
    "<b>",
    "</b>",
    "<span class='x y'>",
    "</span>",
    "<!-- c -->",
    "&shy;",
    "\u00ad",
    "\u200b",
    "<wbr>",
    "",
]
GAPS = [
    " ",
    "&nbsp;",
    "\n",
    "<br>",
    "</p>\n<p>",
    "</i> <b>",
    "&#8209;",
    "-",
    "\u2011",
    "\u00a0",
    "&#x20;",
    "  ",
]


#: What may stand before and behind a phrase, so that it lies in a script, or only seems to.
SCRIPTS = [
    "",
    "<script>let a = '",
    "<script type='application/json'>",
    '<SCRIPT TYPE=\'application/LD+JSON\'>{"articleBody": "',
    "</script>",
    "</scripts>",
    "</p><script>x</script><p>",
    "<!-- <script> -->",
    "<i title='<script>'>",
    "<textarea><script></textarea>",
    "<noscript><p>",
    "<svg><script>",
    "<![CDATA[<script>]]>",
    "<script/>",
    "'\"};</script>",
]


@settings(max_examples=240, deadline=None)
@given(st.data())
def test_a_page_whose_extracted_text_passes_passes_as_it_came(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(gate(load()).terms.ways[0][0].phrases))
    written = []
    for number, norm in enumerate(phrase.words):
        word = norm.upper() if phrase.upper and not number else norm
        at = data.draw(st.integers(0, len(word)))
        written.append(word[:at] + data.draw(st.sampled_from(BREAKS)) + word[at:])
        written.append(data.draw(st.sampled_from(GAPS)))
    around = st.sampled_from(SCRIPTS)
    page = page_with("".join([data.draw(around), *written, data.draw(around)]))
    try:
        document = document_from_html(page, "page")
    except UsageError:
        return
    if gate(load()).passes(document):
        assert gate(load()).markup(Markup(page))


def test_titles_of_pages_count_wherever_they_stand() -> None:
    for head in (
        '<meta property="og:title" content="The Ottawa&#160;Convention">',
        '<script type="application/ld+json">{"headline": "The Ottawa\\u00a0Convention"}</script>',
        '<script type="application/ld+json">{"headline": "News:\\nOttawa Convention"}</script>',
    ):
        assert gate(load()).markup(Markup(f"<html><head>{head}</head><body>{FILLER}</body></html>".encode()))


def test_a_page_that_cannot_be_decoded_passes_to_be_told() -> None:
    assert gate(load()).markup(Markup(b"<html>\x00</html>"))
    assert gate(load()).markup(Markup(FILLER.encode(), "x-unheard-of"))
    assert not gate(load()).markup(Markup(FILLER.encode()))


@pytest.mark.parametrize(
    "script",
    [
        "<script>var examine={determined:1};function mine(){return 'undermine'}</script>",
        "<script>state=[{'title': 'They leave the Ottawa Convention'}]</script>",
        "<script type=module>say('the Ottawa Convention </b>')</script>",
    ],
)
def test_scripts_and_styles_alone_do_not_make_a_page_pass(script: str) -> None:
    assert not gate(load()).markup(Markup((script + FILLER).encode()))
    assert gate(load()).markup(Markup((script + FILLER + "<p>The Ottawa Convention</p>").encode()))


@pytest.mark.parametrize(
    "menu",
    [
        "<li><a href=/a>A</a></li><li><a href=/p>Plans</a></li>",  # "apl" would be a mine
        "<a>There</a><a>Officers</a>",
        "<h3>In</h3><span>Story</span>",
        "<b>mi</b><p>nes</p>, un<i>Ottawan</i> Convention",
        "<a title='Ottawa'>Convention</a>",
        "<p>nuclear</p><p>power <b>treat</b>ed</p>",
    ],
)
def test_words_that_tags_keep_apart_do_not_make_a_page_pass(menu: str) -> None:
    assert not gate(load()).markup(Markup((menu + FILLER).encode()))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_name_in_any_pieces_passes(data: st.DataObject) -> None:
    page = ""
    for number, word in enumerate(("Ottawa", "Convention")):
        cuts = sorted(data.draw(st.sets(st.integers(1, len(word) - 1), max_size=4)))
        pieces = [word[start:end] for start, end in pairwise([0, *cuts, len(word)])]
        breaks = data.draw(st.lists(st.sampled_from(BREAKS[:-1]), min_size=len(cuts), max_size=len(cuts)))
        page += data.draw(st.sampled_from(GAPS)) if number else ""
        page += pieces[0] + "".join(
            between + piece for between, piece in zip(breaks, pieces[1:], strict=True)
        )
    assert gate(load()).markup(Markup(f"{FILLER}<p>The {page} is named</p>{FILLER}".encode()))


def test_what_is_far_behind_something_in_vain_is_found() -> None:
    for size in (0, 10, 1_000, 3_900, 4_100, 20_000):
        page = "<a>There</a><a>Officers</a>" + "x " * size + "the Ottawa <b>Convention</b>" + FILLER
        assert gate(load()).markup(Markup(page.encode())), size


def test_a_search_takes_linear_time_on_hostile_text() -> None:
    engine = gate(load())
    for text in (
        "ban on the " * 20_000,
        "mine " * 40_000,
        "<" * 200_000,
        "&shy;" * 40_000,
        "convention on " * 9_000,
    ):
        assert not engine.text(text) or re.search("mine", text)
        engine.markup(Markup(text.encode()))
