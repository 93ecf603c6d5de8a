"""Pages of the ledger: what it holds, found by every filter, and none of it as markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from texts import FINLAND, PROGRAMME, WRONG
from visiting import RECORD, ask, assert_nothing_foreign, site

from inforce.checking import check
from inforce.ledger.entering import enter
from inforce.ledger.place import open_ledger
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.watching.stories import place_report
from inforce.web import make_app

HOSTILE = '"><script>alert(1)</script>'
READ = dt.datetime(2025, 7, 12, 9, 30, tzinfo=dt.UTC)
BODY = (
    "Finland notified its withdrawal from the Ottawa Convention on 10 July 2025, Minister Elina Valtonen "
    "said. The Finnish government announced the decision in Helsinki this week after a long debate in "
    "parliament, and officials in other capitals took note of it on Friday."
)
TEXTS = (
    ("wire.example/1", FINLAND, dt.date(2025, 7, 10)),
    ("wire.example/2", BODY, dt.date(2025, 7, 11)),
    ("copy.example/2", BODY.replace("notified its withdrawal from", "left"), dt.date(2025, 7, 12)),
    ("wire.example/3", WRONG, dt.date(2025, 7, 13)),
    ("paper.example/4", PROGRAMME.format(sum=500), dt.date(2025, 7, 14)),
    ("paper.example/5", PROGRAMME.format(sum=300), dt.date(2025, 8, 14)),
    (
        f"javascript:alert(1){HOSTILE}",
        f"Title: {HOSTILE}\nSource: {HOSTILE}\n\n“Finland left the Ottawa Convention {HOSTILE} in 2020”, "
        f"Jane {HOSTILE} Doe said. " + PROGRAMME.format(sum=5),
        dt.date(2025, 9, 1),
    ),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    place = str(tmp_path_factory.mktemp("ledger") / "ledger.db")
    ledger = open_ledger(place)
    for source, text, day in TEXTS:
        document = document_from_text(text, source, published=day)
        report = check(document, read(document, RECORD), RECORD, today=dt.date(2025, 12, 1))
        with ledger.writing() as connection:
            entered = enter(
                connection, report, RECORD, source=source, fetched=READ, today=dt.date(2025, 12, 1)
            )
            place_report(connection, entered, report, READ)
    ledger.close()
    here = site(ledger=place)
    yield make_app(here)
    opened = here.open_ledger()
    assert opened is not None
    opened.close()


def found(app: Any, query: str = "") -> list[Any]:
    answer = ask(f"/ledger.json{query}", app=app).json()["answer"]
    return [(one["id"], one["claim"]["span"]["text"]) for one in answer["found"]]


@pytest.mark.parametrize(
    "path",
    [
        "/ledger",
        "/ledger/stories",
        "/programmes",
        "/ledger/claims/1",
        "/ledger/stories/1",
        "/ledger/speakers/X",
    ],
)
def test_without_a_ledger_a_page_says_how_to_have_one(path: str) -> None:
    page = ask(path)
    assert page.status_code == 200
    assert "inforce serve --ledger" in page.text
    assert ask(f"{path}.json").json()["answer"]["configured"] is False


def test_claims_are_found_by_every_filter(app: Any) -> None:
    everything = found(app)
    assert len(everything) > 6
    for query in (
        "?state=Finland", "?treaty=Ottawa+Convention", "?kind=programme", "?verdict=imprecise",
        "?words=millions",
        "?verdict-now=supported", "?since=2025-08-01", "?until=2025-07-10", "?source=wire.example/3",
        "?speaker=Elina+Valtonen", "?predicate=notified-withdrawal", "?document=1", "?text=officials",
    ):  # fmt: skip
        some = found(app, query)
        assert 0 < len(some) < len(everything), query
        assert set(some) <= set(everything)
        page = ask(f"/ledger{query}", app=app)
        assert all(f'href="/ledger/claims/{number}"' in page.text for number, _ in some)


def test_pages_follow_each_other_and_lose_nothing(app: Any) -> None:
    path, gathered = "/ledger.json?limit=3", []
    while path:
        answer = ask(path, app=app).json()
        gathered += [one["id"] for one in answer["answer"]["found"]]
        path = answer["links"].get("next", "").replace("/ledger?", "/ledger.json?")
    assert gathered == [number for number, _ in found(app)]


def test_a_claim_has_all_its_rulings(app: Any) -> None:
    ((number, words),) = found(app, "?source=wire.example/3")
    page = ask(f"/ledger/claims/{number}", app=app)
    rulings = ask(f"/ledger/claims/{number}.json", app=app).json()["answer"]["rulings"]
    assert words in page.text
    assert [one["verdict"] for one in rulings["then"]] == ["imprecise"]
    assert rulings["then"][0]["correction"] in page.text
    for missing in ("999999", str(2**70)):
        assert ask(f"/ledger/claims/{missing}", app=app).status_code == 404


def test_a_story_tells_who_copied_and_what_became_of_it(app: Any) -> None:
    (story, *_) = [
        story
        for story in ask("/ledger/stories.json", app=app).json()["answer"]["stories"]
        if any(one["part"] == "copy" for one in story)
    ]
    number = story[0]["story"]
    answer = ask(f"/ledger/stories/{number}.json", app=app).json()["answer"]
    page = ask(f"/ledger/stories/{number}", app=app)
    assert page.status_code == 200
    (mutation,) = answer["mutations"]
    assert any("tells of an exit where" in words for words in mutation["changes"])
    assert answer["story"]["first_wrong"]["verdict"] in ("contradicted", "imprecise")
    assert "Where it first went wrong" in page.text
    assert ask("/ledger/stories/99999", app=app).status_code == 404


def test_a_speaker_is_followed(app: Any) -> None:
    page = ask("/ledger/speakers/Dovil%C4%97%20%C5%A0akalien%C4%97", app=app)
    assert page.text.count("says <a") == 3
    assert "Šakalienė</h1>" in page.text


def test_programmes_stand_beside_the_law_and_what_was_said_before(app: Any) -> None:
    answer = ask("/programmes.json?state=Lithuania", app=app).json()["answer"]
    assert [one["statement"]["document"]["published"] for one in answer["statements"]] == [
        "2025-09-01", "2025-08-14", "2025-07-14",
    ]  # fmt: skip
    page = ask("/programmes?state=LTU&until=2025-08-30", app=app)
    assert "200,000,000 EUR less" in page.text
    assert "The law beside it" in page.text
    assert ask("/programmes.json?state=Finland", app=app).json()["answer"]["total"] == 0


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/ledger?kind=x", "kind: 'x' is none of"),
        ("/ledger?limit=1000", "is no number from 1 to 200"),
        ("/ledger?before=-1", "before: '-1' is no number"),
        ("/ledger?stat=FIN", "did you mean state?"),
        ("/programmes?item=spoon", "unknown item"),
        ("/ledger?words=%22%22", "holds no word"),
    ],
)
def test_a_wrong_question_is_told(path: str, words: str, app: Any) -> None:
    refused = ask(path, app=app, headers={"Accept": "application/json"})
    assert (refused.status_code, words in refused.json()["detail"]) == (400, True), refused.text


def test_what_was_stored_stays_text(app: Any) -> None:
    pages: list[httpx.Response] = [
        ask(path, app=app) for path in ("/ledger", "/ledger/stories", "/programmes")
    ]
    pages += [ask(f"/ledger/claims/{number}", app=app) for number, _ in found(app, "?since=2025-09-01")]
    for story in ask("/ledger/stories.json", app=app).json()["answer"]["stories"]:
        pages.append(ask(f"/ledger/stories/{story[0]['story']}", app=app))
    pages.append(
        ask("/ledger/speakers/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", ""), app=app)
    )
    pages.append(
        ask("/ledger?words=%3Cscript%3Ealert(1)&state=FIN&source=%22%3E%3Cimg+onerror%3Dx%3E", app=app)
    )
    for page in pages:
        assert page.status_code == 200
        assert_nothing_foreign(page)
    assert sum(HOSTILE in assert_nothing_foreign(page).text for page in pages) >= 4
