"""A comparison as text, page and JSON: every row and change is there, and no article becomes markup."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from made_reports import RECORD, Said, made_report

from inforce.checking import Report
from inforce.checking.compare import compare
from inforce.checking.compare_model import ChangeField, ChangeSort, StoryComparison
from inforce.reading.model import Attribution, ClaimObject, Money
from inforce.reports.json_answers import encode
from inforce.reports.layout import printed
from inforce.reports.story_html import story_page
from inforce.reports.story_json import compare_answer
from inforce.reports.story_text import story_report
from inforce.reports.story_words import change_words, row_label, source_words, telling_words
from inforce.vocabulary import ClaimKind, Modality, Verdict


def told(words: str, verdict: Verdict = Verdict.REPORTED, **fields: Any) -> Report:
    """An article of one claim, by default that Finland joined."""
    report = made_report(words, Said(words, verdict))
    (finding,) = report.findings
    claim = msgspec.structs.replace(finding.claim, **fields)
    return msgspec.structs.replace(report, findings=(msgspec.structs.replace(finding, claim=claim),))


def story(one: Report, other: Report) -> StoryComparison:
    return compare([one, other], RECORD)


def sentences(one: Report, other: Report) -> list[str]:
    found = story(one, other)
    return [
        change_words(change, row.tellings[change.base], RECORD)
        for row in found.rows
        for change in row.changes
    ]


MEANS = {"kind": ClaimKind.PROGRAMME, "predicate": "fund", "subject": ("LTU",), "treaty": None}
BOTH = ("anti-vehicle-mine", "anti-personnel-mine")
SUM = Money(85_500_000, "EUR", "~")


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ({"predicate": "acceded"}, {}, "B tells of a joining where A tells of an accession."),
        ({"modality": Modality.PLANNED}, {}, "B tells as done what A tells as planned."),
        ({}, {"negated": True}, "B denies what A affirms."),
        ({"negated": True}, {}, "B affirms what A denies."),
        ({"when": "2011"}, {"when": "2012-01"}, "B has another date: January 2012, where A has 2011."),
        (
            {"when": "2012"},
            {"when": "2012-01"},
            "B is more exact in the date: January 2012, where A has 2012.",
        ),
        (
            {"when": "2012-01"},
            {"when": "2012"},
            "B is less exact in the date: 2012, where A has January 2012.",
        ),
        ({"when": "2012"}, {}, "B drops the date: 2012."),
        ({}, {"when": "2012"}, "B adds the date: 2012."),
        (
            {**MEANS, "object": ClaimObject(item=BOTH, money=SUM)},
            {**MEANS, "object": ClaimObject(item=BOTH[1:], money=SUM)},
            "B gives for anti-personnel mines the sum that A gives for anti-vehicle mines and "
            "anti-personnel mines.",
        ),
        (
            {**MEANS, "object": ClaimObject(item=BOTH, count=9)},
            {**MEANS, "object": ClaimObject(item=BOTH[1:], count=9)},
            "B gives for anti-personnel mines the number that A gives for anti-vehicle mines and "
            "anti-personnel mines.",
        ),
        (
            {**MEANS, "object": ClaimObject(item=BOTH[1:])},
            {**MEANS, "object": ClaimObject(item=("mine",))},
            "B tells for mines what A tells for anti-personnel mines.",
        ),
        (
            {**MEANS, "object": ClaimObject(money=SUM)},
            {**MEANS, "object": ClaimObject(money=Money(90_000_000, "EUR", "="))},
            "B has another sum: 90,000,000 EUR, where A has about 85,500,000 EUR.",
        ),
        (
            {**MEANS, "object": ClaimObject(recipient=("UKR", "POL"))},
            {**MEANS, "object": ClaimObject(recipient=("UKR",))},
            "B leaves out of the recipient: Poland.",
        ),
        (
            {"attribution": Attribution("Jane Roe")},
            {"attribution": Attribution("John Doe")},
            "B gives it as the word of John Doe, A as that of Jane Roe.",
        ),
    ],
)
def test_a_change_is_said_in_one_sentence(one: dict[str, Any], other: dict[str, Any], sentence: str) -> None:
    assert sentences(told("One.", **one), told("Other.", **other)) == [sentence]


def test_every_field_and_sort_of_change_has_words() -> None:
    row = story(told("One."), told("Other.")).rows[0]
    for field in ChangeField:
        value = "2012" if field is not ChangeField.MODALITY else "done"
        for sort in ChangeSort:
            if field in _NUMBERS and sort in (ChangeSort.NARROWED, ChangeSort.WIDENED):
                continue  # only a list has parts
            change = msgspec.structs.replace(_CHANGE, field=field, sort=sort, before=value, after=value)
            assert re.fullmatch(r"B .+\.", change_words(change, row.tellings[0], RECORD))


_NUMBERS = (ChangeField.COUNT, ChangeField.MONEY)
_CHANGE = next(
    change for row in story(told("One.", when="2011"), told("Other.")).rows for change in row.changes
)


def test_what_no_article_singles_out_is_not_known() -> None:
    assert "not known" in source_words(story(told("One."), told("Other.")).first_source)


def test_the_text_keeps_to_its_width_and_names_every_row() -> None:
    long = "Finland joined the Ottawa Convention " * 10
    found = story(told(long.strip(), when="2011"), told("Finland joined", Verdict.SUPPORTED, when="2012"))
    lines = printed(story_report(found, RECORD, width=80), colour=False).splitlines()
    assert max(map(len, lines)) <= 80
    assert "1  Finland: joining  ”  ✓  ≠" in lines
    assert any("B has another date: 2012, where A has 2011." in line for line in lines)


def test_texts_without_a_claim_say_so() -> None:
    found = story(made_report("Nothing here."), made_report("Nor here."))
    assert "No statement about treaty law" in printed(story_report(found, RECORD, width=80), colour=False)
    assert "No statement about treaty law" in story_page(found, RECORD)


class _Tags(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}
        self.ids |= {value or "" for name, value in attrs if name == "id"}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


_OURS = set(
    "html head meta title style body main header section footer h1 h2 h3 div p a b ul li br span "
    "details summary q dl dt dd table thead tbody tr th td".split()
)


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</td></table><style>*{}</style>"],
)
def test_no_article_becomes_markup(hostile: str) -> None:
    words = f"Finland {hostile} joined"
    one = told(words, when="2011", attribution=Attribution(hostile, hostile))
    document = msgspec.structs.replace(one.document, title=hostile, source=hostile, outlet=hostile)
    hostile_one = msgspec.structs.replace(one, document=document)
    place = told("Other.", object=ClaimObject(place=hostile, supplier=(hostile,), counted_from=hostile))
    read = _Tags(story_page(story(hostile_one, place), RECORD))
    assert read.open == []
    assert read.tags <= _OURS
    assert not any(name.startswith("on") for name in read.names)
    assert {link.removeprefix("#") for link in read.links} <= read.ids


def test_the_answer_says_the_same_as_the_text() -> None:
    found = story(told("One.", when="2011"), told("Other.", Verdict.SUPPORTED, when="2012"))
    answer = json.loads(encode(compare_answer(found, RECORD)))
    (row,) = answer["rows"]
    assert answer["format"] == "inforce-compare/1"
    assert [one["article"] for one in answer["articles"]] == ["A", "B"]
    assert [(one["article"], one["claims"], one["verdict"]) for one in row["tellings"]] == [
        ("A", ["c1"], "reported"),
        ("B", ["c1"], "supported"),
    ]
    assert row["changes"] == [
        {
            "field": "when",
            "sort": "moved",
            "from": "A",
            "to": "B",
            "before": "2011",
            "after": "2012",
            "weighty": True,
            "text": "B has another date: 2012, where A has 2011.",
        }
    ]


@pytest.mark.parametrize(
    ("predicate", "label", "cell"),
    [("signatory", "Finland: no signatory", "no signatory"), ("party", "Finland: no party", "no party")],
)
def test_a_standing_that_all_deny_is_named_as_denied(predicate: str, label: str, cell: str) -> None:
    denied: dict[str, Any] = {"kind": ClaimKind.MEMBERSHIP, "predicate": predicate, "negated": True}
    found = story(told("One.", **denied), told("Two.", **denied))
    (row,) = found.rows
    assert row_label(row, RECORD, treaties=False) == label
    assert all(one is not None and telling_words(one, RECORD).startswith(cell) for one in row.tellings)


def test_a_row_in_which_one_affirms_keeps_its_plain_name() -> None:
    party: dict[str, Any] = {"kind": ClaimKind.MEMBERSHIP, "predicate": "party"}
    (row,) = story(told("One.", **party), told("Two.", **party, negated=True)).rows
    assert row_label(row, RECORD, treaties=False) == "Finland: membership"


def test_every_cell_names_its_article_for_narrow_pages() -> None:
    shown = story_page(
        story(told("One.", Verdict.REPORTED, **MEANS), told("Two.", Verdict.REPORTED, **MEANS)), RECORD
    )
    assert re.findall(r'<td data-article="(.)">', shown) == ["A", "B"]
    assert not re.search(r"<td(?! data-article)[^>]*>(?!</td>)", shown)
    assert "content: attr(data-article)" in shown
