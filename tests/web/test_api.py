"""The API: each question's answer is the law's, as its document says it is; errors, pages of rows, tables."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from pyarrow import parquet
from texts import FINLAND, MEMBER, WRONG, put_in_story
from visiting import DAY, RECORD, ask, site

from inforce import law
from inforce.ledger.place import open_ledger
from inforce.reports.table_files import cell
from inforce.web import make_app
from inforce.web.api.endpoint import PREFIX, Endpoint
from inforce.web.api.ledger import LEDGER
from inforce.web.api.openapi import encoded
from inforce.web.api.routes import ENDPOINTS

FUNDS = (
    "Lithuania will spend 400 million euros on anti-personnel mines, Defence Minister Dovilė Šakalienė said. "
    "Lithuania is leaving the Ottawa Convention."
)
DOCUMENT = ask(f"{PREFIX}/openapi.json").json()
OF_RECORD = [one for one in ENDPOINTS if one.fixed]


def described(operation: str) -> dict[str, Any]:
    """What the document says of an operation's answer."""
    for methods in DOCUMENT["paths"].values():
        if "get" in methods and methods["get"]["operationId"] == operation:
            content: dict[str, Any] = methods["get"]["responses"]["200"]["content"]["application/json"]
            return content
    raise AssertionError(operation)


@pytest.mark.parametrize("endpoint", OF_RECORD, ids=lambda one: str(one.operation))
def test_each_example_is_answered_as_the_document_says(endpoint: Endpoint) -> None:
    told = ask(encoded(endpoint.example))
    assert (told.status_code, told.headers["content-type"]) == (200, "application/json")
    content = described(endpoint.operation)
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(told.json())
    if "examples" in content:
        assert content["examples"]["example"]["value"] == told.json()
    again = ask(encoded(endpoint.example), headers={"If-None-Match": told.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_most_examples_are_short_enough_to_be_shown() -> None:
    assert sum("examples" in described(one.operation) for one in OF_RECORD) >= 15


def answered(path: str) -> Any:
    told = ask(PREFIX + path)
    assert told.status_code == 200, told.text
    assert told.json()["record"]["sha256"] == RECORD.hash
    return told.json()["answer"]


def test_the_answers_are_those_of_the_law() -> None:
    status = answered("/status/Ottawa Convention/Finland?known-by=2025-06-30")
    known = DAY.replace(month=6, day=30)
    assert msgspec.convert(status, law.StatusAnswer) == law.status(
        RECORD, "FIN", "apmbc", on=DAY, known_by=known, today=DAY
    )
    parties = answered("/parties/XXVI-5")
    assert msgspec.convert(parties, law.PartiesAnswer) == law.parties(RECORD, "apmbc", on=DAY, today=DAY)
    count = answered("/count/apmbc/166?on=2025-12-01")
    assert msgspec.convert(count, law.CountAnswer) == law.count(
        RECORD, "apmbc", 166, first=DAY, last=DAY, today=DAY
    )


def test_what_is_supposed_is_said_and_changes_nothing_else() -> None:
    acts = "acts=POL accession apmbc 2027-01-15&on=2027-08-01"
    supposed = answered(f"/suppose/status/apmbc/POL?{acts}")
    assert (supposed["status"], supposed["supposed"][0]["effect"]) == ("party", "2027-07-01")
    assert answered("/status/apmbc/POL?on=2027-08-01")["status"] != "party"


def test_rows_come_by_pages_and_none_is_lost() -> None:
    whole = answered("/parties/apmbc")["participants"]
    rows: list[Any] = []
    address = f"{PREFIX}/parties/apmbc?limit=50"
    while address:
        told = ask(address).json()
        assert len(told["answer"]["participants"]) <= 50
        rows += told["answer"]["participants"]
        address = told["links"].get("next", "")
    assert rows == whole
    assert len(rows) > 150


def test_tables_hold_the_same_rows() -> None:
    whole = answered("/parties/apmbc")["participants"]
    given = list(csv.DictReader(io.StringIO(ask(f"{PREFIX}/parties/apmbc.csv").text)))
    packed = parquet.read_table(io.BytesIO(ask(f"{PREFIX}/parties/apmbc.parquet").content)).to_pylist()
    assert [(one["participant"], one["status"]) for one in given] == [
        (one["participant"], one["status"] or "|".join(one["possible"])) for one in whole
    ]
    truth = {"true": True, "false": False, "": None}
    assert [
        {name: truth[text] if name == "bound" else text or None for name, text in one.items()}
        for one in given
    ] == packed


@pytest.mark.parametrize("endpoint", [one for one in OF_RECORD if one.table], ids=lambda one: str(one.table))
def test_every_table_is_had_in_both_forms(endpoint: Endpoint) -> None:
    path, _, query = encoded(endpoint.example).partition("?")
    given = ask(f"{path}.csv?{query}")
    packed = parquet.read_table(io.BytesIO(ask(f"{path}.parquet?{query}").content))
    assert given.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(given.text)))
    assert rows[0] == packed.column_names
    assert len(rows) - 1 == packed.num_rows > 0


def test_no_cell_is_a_formula() -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1", "＋1", "－1", "＠A1"):
        assert cell(text) == "'" + text
    assert [cell(one) for one in ("Åland", -1, None, DAY, True)] == ["Åland", -1, None, "2025-12-01", "true"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/status/apmbc/Finnland", 400, "Finland"),
        ("/status/apmbc/FIN?onn=2020-01-01", 400, "did you mean on?"),
        ("/status/apmbc/FIN?on=2020-02-30", 400, "on: "),
        ("/status/apmbc/FIN.csv", 400, "no .csv of this; there is .json"),
        ("/count/apmbc/many", 400, "number: 'many' is no number"),
        ("/parties/apmbc?limit=0", 400, "limit: "),
        ("/parties/apmbc?after=XXX", 400, "after: 'XXX' is no row"),
        ("/transfer/USA/UKR", 400, "item: is missing"),
        ("/obligations/FIN?activity=juggle", 400, "choose one of"),
        ("/suppose/status/apmbc/POL", 400, "acts: is missing"),
        ("/suppose/status/apmbc/POL?acts=;", 400, "suppose 1 to 20"),
        ("/ledger/claims", 404, "no ledger"),
        ("/nowhere", 404, "nothing is at this address"),
    ],
)
def test_an_error_is_a_problem_document(path: str, status: int, words: str) -> None:
    told = ask(PREFIX + path)
    assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
    assert words in told.json()["detail"]
    assert told.json()["instance"].startswith(PREFIX)


@pytest.fixture(scope="module")
def with_ledger(tmp_path_factory: pytest.TempPathFactory) -> Any:
    place = str(tmp_path_factory.mktemp("ledger") / "ledger.db")
    ledger = open_ledger(place)
    for number, text in enumerate((FINLAND, WRONG, MEMBER, FUNDS)):
        put_in_story(ledger, RECORD, text, source=f"s{number}")
    ledger.close()
    return make_app(site(ledger=place))


@pytest.mark.parametrize("endpoint", LEDGER, ids=lambda one: str(one.operation))
def test_the_ledger_answers_as_the_document_says(endpoint: Endpoint, with_ledger: Any) -> None:
    told = ask(encoded(endpoint.example), app=with_ledger)
    assert (told.status_code, told.headers["cache-control"]) == (200, "no-store")
    schema = {**described(endpoint.operation)["schema"], "components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(told.json())
    assert told.json()["answer"]


def test_claims_come_by_pages(with_ledger: Any) -> None:
    address, found = f"{PREFIX}/ledger/claims?limit=2", []
    while address:
        told = ask(address, app=with_ledger).json()
        found += [one["found"]["id"] for one in told["answer"]]
        address = told["links"].get("next", "")
    assert found == sorted(found, reverse=True)
    assert found[-1] == 1
    table = ask(f"{PREFIX}/ledger/claims.csv?state=FIN", app=with_ledger).text
    assert len(list(csv.reader(io.StringIO(table)))) > 1


def test_a_number_that_the_ledger_has_not_is_not_found(with_ledger: Any) -> None:
    for path in ("claims/999", "stories/999"):
        assert ask(f"{PREFIX}/ledger/{path}", app=with_ledger).status_code == 404
    assert ask(f"{PREFIX}/ledger/programmes?item=spoon", app=with_ledger).status_code == 400


def test_a_page_describes_every_question() -> None:
    page = ask("/api").text
    assert all(f'id="{one.operation}"' in page for one in ENDPOINTS)
    assert "<script" not in page


def test_every_parameter_is_described_in_the_document() -> None:
    operations = [one for methods in DOCUMENT["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) > 35
    for one in operations:
        assert one["summary"]
        assert all(each["description"] and "example" in each for each in one["parameters"])
