"""States by treaties on a day, and what differs between two."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from visiting import DAY, RECORD, ask

from inforce import law


def answer(query: str) -> Any:
    told = ask(f"/matrix.json{query}")
    assert told.status_code == 200, told.text
    return told.json()["answer"]


def test_every_cell_is_the_law_s_status() -> None:
    told = answer("?treaty=apmbc&treaty=ccm&treaty=npt")
    rows = {row["participant"]: row["cells"] for group in told["groups"] for row in group["rows"]}
    assert set(rows) == {key for key, one in RECORD.participants.items() if one.kind != "other"}
    for who in ("FIN", "UKR", "USA", "PRK", "LTU"):
        for key, cell in zip(told["treaties"], rows[who], strict=True):
            status = law.status(RECORD, who, key, on=DAY, today=DAY).status
            assert cell["status"] == str(status or "open")


def test_two_days_show_what_differs_and_nothing_else() -> None:
    told = answer("?treaty=apmbc&on=2026-03-01&against=2025-12-01")
    rows = {row["participant"]: row["cells"][0] for group in told["groups"] for row in group["rows"]}
    assert {who for who, cell in rows.items() if cell["status"] == "former-party"} == {
        *("EST", "FIN", "LTU", "LVA", "POL")
    }
    assert rows["FIN"]["before"] == "party-withdrawal-notified"
    assert "Nothing differs" in ask("/matrix?on=2026-03-01&against=2026-03-01").text


def test_groups_are_those_of_the_day() -> None:
    first = answer("?treaty=apmbc&group=nato&on=2023-04-03")["groups"][0]
    then = answer("?treaty=apmbc&group=nato&on=2023-04-04")["groups"][0]
    assert {row["participant"] for row in then["rows"]} - {row["participant"] for row in first["rows"]} == {
        "FIN"
    }


def test_the_heads_are_names_that_people_know() -> None:
    page = ask("/matrix")
    assert len(page.content) < 100_000
    heads = page.text.partition("<thead>")[2].partition("</thead>")[0]
    links = re.findall('<a href="/treaties/([^?]*)[^"]*">(?:<abbr title="([^"]*)">)?([^<]*)<', heads)
    assert [key for key, _, _ in links] == list(RECORD.treaties)
    shown = {key: (name, whole) for key, whole, name in links}
    assert shown["apmbc"] == ("Mine Ban Convention", "Anti-Personnel Mine Ban Convention")
    assert shown["bwc"] == ("BWC", "Biological Weapons Convention")
    assert shown["new-start"] == ("New START", "")
    assert len({name for name, _ in shown.values()}) == len(shown)
    assert max(len(name) for name, _ in shown.values()) <= 24


def test_the_matrix_as_csv() -> None:
    rows = list(csv.reader(io.StringIO(ask("/matrix.csv?treaty=apmbc").text)))
    assert rows[0] == ["group", "participant", "apmbc"]
    assert ["Northern Europe", "FIN", "party-withdrawal-notified"] in rows


def test_bad_questions_are_told() -> None:
    for query, words in (("group=warsaw", "there is region, nato, eu"), ("treaty=otawa", "otawa")):
        told = ask(f"/matrix?{query}")
        assert told.status_code == 400
        assert words in told.text
