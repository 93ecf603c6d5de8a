"""Every JSON answer is as its schema in docs/answers says, and the schemas are those of the types."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from made_reports import RECORD, Said, made_report
from texts import FINLAND, MEMBER, WRONG, put_in_story

from inforce import law
from inforce.archiving.run import manifest
from inforce.checking.compare import compare
from inforce.cli.suppose import QUESTIONS
from inforce.ledger import keys
from inforce.ledger.ageing import recheck
from inforce.ledger.keeping import Fault, overview
from inforce.ledger.model import Query
from inforce.ledger.place import open_ledger
from inforce.ledger.programmes import statements
from inforce.ledger.searching import judgements, search
from inforce.ledger.telling import first_wrong, reports, tellings
from inforce.reading.model import Claim, ClaimObject, Money, Span
from inforce.record import load
from inforce.record.audit import audit
from inforce.record.importing import open_table
from inforce.record.importing.compare import compare_with_record
from inforce.record.importing.patch import patch
from inforce.record.supposition import read_supposition
from inforce.reports import ledger_json
from inforce.reports.annotations import annotation_collection
from inforce.reports.claim_review import claim_reviews
from inforce.reports.comparison import ImportAnswer
from inforce.reports.followed_json import keyed_source_answer
from inforce.reports.json_answers import check_answer, encode
from inforce.reports.obligation_rows import obligation_rows
from inforce.reports.schemas import ANSWERS, NAMES, SUPPOSABLE, schema_text
from inforce.reports.story_json import compare_answer
from inforce.reports.supposed import with_supposed
from inforce.reports.tally import Tally
from inforce.reports.treaty_answer import treaty_answer
from inforce.reports.watch_json import watch_answer
from inforce.vocabulary import ClaimKind, Verdict
from inforce.watching.followed import add as add_source
from inforce.watching.loop import Tally as WatchTally
from inforce.watching.plan import Source

SCHEMAS = Path(__file__).parents[2] / "docs" / "answers"
DAY = date(2025, 12, 1)


def answers() -> dict[str, Any]:
    article = "Finland joined in 2011."
    report = made_report(article, Said("Finland joined in 2011", Verdict.IMPRECISE, "It acceded in 2012."))
    return {
        "check": check_answer(report),
        "check-tally": Tally("shelf", checked=3, dropped=40, unread=1, passed_over={"hidden": 2}),
        "compare": compare_answer(compare([report, made_report(article)], RECORD), RECORD),
        "check-claimreview": claim_reviews([report]),
        "check-annotations": annotation_collection([report]),
        "status": law.status(RECORD, "UKR", "apmbc", on=DAY),
        "parties": law.parties(RECORD, "apmbc", on=DAY),
        "count": law.count(RECORD, "apmbc", 162, first=DAY),
        "diff-status": law.diff_status(
            law.Point(RECORD, DAY, date(2025, 6, 30)), law.Point(RECORD, DAY), "FIN", "apmbc"
        ),
        "diff-parties": law.diff_parties(
            law.Point(RECORD, DAY, date(2025, 6, 30)), law.Point(RECORD, date(2026, 3, 1)), "apmbc"
        ),
        "condition": law.entry_condition(RECORD, "ctbt", on=DAY),
        "obligations": obligation_rows(law.obligations(RECORD, "LTU", item="anti-personnel-mine", on=DAY)),
        "treaty": treaty_answer(RECORD, "apmbc", ("an example",)),
        "calendar": law.calendar(RECORD, participants=["FIN", "UKR", "GMB", "LBN"], today=DAY),
        "transfer": law.transfer(RECORD, "DEU", "UKR", item="anti-personnel-mine", on=DAY),
        "effects": law.effects(RECORD),
        "record-audit": audit(RECORD),
        "watch": watch_answer(WatchTally(visits=3)),
        "archive": manifest((), RECORD),
        **comparisons(),
        **ledger_answers(),
    }


_FUNDS = (
    "Lithuania will spend 400 million euros on {} mines, Defence Minister Dovilė Šakalienė said. Lithuania "
    "is leaving the Ottawa Convention."
)


def ledger_answers() -> dict[str, Any]:
    """Each answer of a small ledger in which one article went wrong and one claim has turned."""
    funds = [_FUNDS.format(mines) for mines in ("anti-tank mines and anti-personnel", "anti-personnel")]
    with TemporaryDirectory() as folder:
        ledger = open_ledger(f"{folder}/ledger.db")
        for number, text in enumerate((FINLAND, WRONG, MEMBER, *funds)):
            entered, story = put_in_story(ledger, RECORD, text, source=f"s{number}")
        turned = list(recheck(ledger, RECORD, today=date(2026, 2, 1), made=datetime.now(UTC)))
        with ledger.reading() as connection:
            held = {entry.id: entry for entry in search(connection, Query())}
            rulings = {sense: judgements(connection, turned[0].claim, sense) for sense in ("then", "now")}
            *_, statement = statements(connection, RECORD)
            stories = tellings(connection)
            first = [one for one in stories if one.story == stories[0].story]
            compared = compare(reports(connection, [one.document.id for one in first]), RECORD)
            wrong = first_wrong(connection, stories[0].story)
            found = overview(connection, ledger)
        with ledger.writing() as connection:
            keys.add(connection, "desk", ["watch"])
            wire = Source("Wire", feed="https://wire.example/rss.xml")
            source, _ = add_source(connection, wire, "desk", datetime.now(UTC))
        ledger.close()
    assert statement.against
    assert wrong is not None
    assert turned[0].since is not None
    return {
        "ledger-add": ledger_json.entered_answer("s4", entered, story.story if story else None),
        "ledger-search": ledger_json.found_answer(held[1]),
        "ledger-show": ledger_json.rulings_answer(held[turned[0].claim], rulings),
        "ledger-programmes": ledger_json.statement_answer(statement, RECORD),
        "ledger-stories": ledger_json.story_document_answer(stories[0]),
        "ledger-story": ledger_json.story_answer(stories[0].story, first, compared, wrong, RECORD),
        "ledger-recheck": ledger_json.turned_answer(turned[0], held[turned[0].claim]),
        "ledger-sources": keyed_source_answer(source),
        "ledger-export": ledger_json.export_answer(Path("claims"), "csv", 5),
        "ledger-info": ledger_json.info_answer(found),
        "ledger-check": ledger_json.check_answer("ledger.db", [Fault("torn", 2)], None),
        "ledger-backup": ledger_json.copy_answer("copied", Path("copy.db"), "ledger.db"),
    }


def comparisons() -> dict[str, Any]:
    """The example record beside the example table."""
    examples = Path(__file__).parents[2] / "examples"
    record = load(examples / "record")
    table = open_table(str(examples / "tables" / "skerry.html"), record, "skerry")
    comparison, pairing = compare_with_record(record, "skerry", table)
    proposed = patch(record, "skerry", pairing, "a list", examples / "record")
    return {
        "record-audit-against": comparison,
        "record-import": ImportAnswer(comparison, "a list", proposed),
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_in_the_docs_is_that_of_the_type(name: str) -> None:
    assert (SCHEMAS / f"{name}.schema.json").read_text("utf-8") == schema_text(name), "run: make schemas"


def test_every_answer_is_valid_by_its_schema() -> None:
    given = answers()
    assert set(given) == set(ANSWERS)
    for name, answer in given.items():
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
        checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        errors = [error.message for error in checker.iter_errors(json.loads(encode(answer)))]
        assert errors == [], name


def test_every_supposed_answer_is_valid_by_the_schema_of_suppose() -> None:
    supposed = law.suppositions(
        law.suppose(RECORD, read_supposition(RECORD, "NOR withdrawal apmbc 2027-01-15"))
    )
    schema = json.loads((SCHEMAS / "suppose.schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert set(SUPPOSABLE) == set(QUESTIONS)
    for name, answer in answers().items():
        if name in SUPPOSABLE:
            shape = json.loads(encode(with_supposed(answer, supposed)))
            assert not list(checker.iter_errors(shape)), name
            assert list(checker.iter_errors({**shape, "supposed": []})), name


def test_a_claim_has_the_keys_of_the_contract_and_no_others() -> None:
    answer = json.loads(encode(answers()["check"]))
    assert answer["format"] == "inforce-check/1"
    assert set(answer) == {"format", "document", "as_of", "as_of_from", "claims"}
    about = {"source", "title", "published", "language", "sha256", "kind", "found_in", "notes"}
    assert set(answer["document"]) == about | {"published_evidence", "text"}
    (claim,) = answer["claims"]
    assert list(claim) == [
        "id",
        "span",
        "kind",
        "predicate",
        "subject",
        "treaty",
        "when",
        "object",
        "modality",
        "negated",
        "attribution",
        "verdict",
        "verdict_today",
        "correct",
        "correction",
        "because",
    ]
    assert claim["span"] == {"start": 0, "end": 22, "text": "Finland joined in 2011"}
    assert claim["object"] == {}
    assert claim["because"][0] == {
        "text": "Finland deposited its instrument on 9 January 2012.",
        "source": "UNTC XXVI-5",
        "article": "17",
    }


@pytest.mark.parametrize(
    ("kind", "item"),
    [(ClaimKind.PROGRAMME, ["anti-personnel-mine"]), (ClaimKind.STOCKPILE, "anti-personnel-mine")],
)
def test_items_are_a_list_for_a_programme_and_one_elsewhere(kind: ClaimKind, item: object) -> None:
    money = Money(amount=85_500_000.0, currency="EUR", comparator="=")
    given = ClaimObject(item=("anti-personnel-mine",), count=10, money=money, recipient=("UKR",))
    answer = _object_of(kind, given)
    assert answer == {
        "item": item,
        "count": 10,
        "money": {"amount": 85500000, "currency": "EUR", "comparator": "="},
        "recipient": ["UKR"],
    }
    assert isinstance(answer["money"]["amount"], int)


@pytest.mark.parametrize(("amount", "written"), [(0.5, "0.5"), (24_000_000.0, "24000000"), (90, "90")])
def test_money_is_written_in_whole_units_where_it_is_whole(amount: float, written: str) -> None:
    answer = _object_of(ClaimKind.PROGRAMME, ClaimObject(money=Money(amount=amount)))
    assert json.dumps(answer) == f'{{"money": {{"amount": {written}}}}}'


def _object_of(kind: ClaimKind, given: ClaimObject) -> dict[str, Any]:
    report = made_report("It plans.", Said("It plans", Verdict.REPORTED))
    claim = Claim(id="c1", span=Span(0, 8, "It plans"), kind=kind, predicate="produce", object=given)
    finding = type(report.findings[0])(claim, Verdict.REPORTED, Verdict.REPORTED)
    answer = check_answer(type(report)(report.document, report.as_of, report.as_of_from, (finding,)))
    shape: dict[str, Any] = json.loads(encode(answer))["claims"][0]["object"]
    return shape
