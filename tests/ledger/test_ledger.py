"""What goes into the ledger stays as it was, is found again, and ages by rulings added beside the old."""

from __future__ import annotations

import csv
import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from pyarrow import parquet
from texts import FINLAND, MEMBER, PROGRAMME, WRONG, put, put_document

from inforce.errors import UsageError
from inforce.ledger import searching
from inforce.ledger.ageing import recheck
from inforce.ledger.exporting import FORMATS, export
from inforce.ledger.keeping import backup, faults, overview, repair, restore
from inforce.ledger.model import Query
from inforce.ledger.place import Ledger, open_ledger
from inforce.ledger.searching import judgements, search
from inforce.ledger.tables import current_verdicts, sightings
from inforce.reading.model import Document
from inforce.record.model import Record
from inforce.reports.layout import printed
from inforce.reports.ledger_text import found_claims, turned_claims
from inforce.vocabulary import ClaimKind, Verdict

LATER = datetime(2026, 2, 1, tzinfo=UTC)


def found(ledger: Ledger, **query: object) -> list[str]:
    with ledger.reading() as connection:
        return [entry.claim.span.text for entry in search(connection, msgspec.convert(query, Query))]


def test_a_text_is_entered_once(ledger: Ledger, record: Record) -> None:
    first, again = put(ledger, record, FINLAND), put(ledger, record, FINLAND)
    assert (first.new, again.new) == (True, False)
    assert first.document == again.document
    assert first.claims == len(found(ledger)) > 0


def test_the_same_text_at_another_source_is_another_document(ledger: Ledger, record: Record) -> None:
    one = put(ledger, record, FINLAND)
    other = put(ledger, record, FINLAND, source="https://mirror.example/7")
    assert one.document != other.document
    with ledger.reading() as connection:
        contents = {entry.document.content for entry in search(connection, Query())}
    assert len(contents) == 1


def test_an_edited_text_is_a_new_document_and_names_the_one_before(ledger: Ledger, record: Record) -> None:
    first = put(ledger, record, WRONG)
    edited = put(ledger, record, FINLAND)
    back = put(ledger, record, WRONG)
    assert edited.before == first.document
    assert (back.new, back.before) == (False, edited.document)
    with ledger.reading() as connection:
        seen = connection.execute(sa.select(sightings.c.document_id).order_by(sightings.c.id)).scalars()
        assert list(seen) == [first.document, edited.document, first.document]


def test_claims_are_found_by_each_of_their_parts(ledger: Ledger, record: Record) -> None:
    put(ledger, record, WRONG)
    put(ledger, record, PROGRAMME.format(sum=500), source="b", published=date(2025, 7, 20))
    assert len(found(ledger, state="FIN")) == 1
    assert found(ledger, treaty="apmbc", state="FIN", verdict=Verdict.IMPRECISE) == found(ledger, state="FIN")
    assert found(ledger, kind=ClaimKind.PROGRAMME, state="LTU")
    assert found(ledger, speaker="Dovilė Šakalienė") == found(ledger, words="Šakalienė millions")
    assert found(ledger, speaker="šakalienė") == found(ledger, speaker="Dovilė Šakalienė") != []
    assert not found(ledger, speaker="Karolis Šakalienė")
    assert not found(ledger, speaker="mines")  # said, and nobody's name
    assert found(ledger, text="leaving million", treaty="apmbc") == found(ledger, source="b", treaty="apmbc")
    assert not found(ledger, text="leaving helicopter")
    assert found(ledger, words="spending euros", state="LTU")
    assert not found(ledger, words="helicopter")
    assert found(ledger, since=date(2025, 7, 20)) == found(ledger, source="b")
    assert found(ledger, until=date(2025, 7, 19), state="FIN") == found(ledger, state="FIN")
    assert not found(ledger, state="FIN", treaty="ccm")


def test_a_search_finds_the_same_by_short_lists_and_by_long_ones(
    ledger: Ledger, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put(ledger, record, FINLAND, source=f"f{number}")
        put(ledger, record, PROGRAMME.format(sum=500 + number), source=f"p{number}")
    asked: list[dict[str, object]] = [
        {"state": "LTU", "words": "millions"},
        {"state": "FIN", "verdict": Verdict.SUPPORTED, "treaty": "apmbc"},
        {"verdict": Verdict.SUPPORTED, "verdict_now": Verdict.SUPPORTED, "words": "withdrawal"},
        {"state": "FIN", "words": "spending"},
    ]
    short = [found(ledger, **query) for query in asked]
    monkeypatch.setattr(searching, "_FEW", 0)
    assert [found(ledger, **query) for query in asked] == short
    assert [len(texts) for texts in short] == [3, 3, 3, 0]


def test_words_that_look_like_operators_are_words(ledger: Ledger, record: Record) -> None:
    put(ledger, record, FINLAND)
    for words in ('withdrawal" OR "x', "withdrawal NOT NEAR(", "withdrawal:*", "'; DROP TABLE claims"):
        assert isinstance(found(ledger, words=words), list)
    assert found(ledger, words="WITHDRAWAL")
    with pytest.raises(UsageError, match="holds no word"):
        found(ledger, words="?!")


def test_pages_of_an_answer_join_without_gap_or_repetition(ledger: Ledger, record: Record) -> None:
    for number in range(5):
        put(ledger, record, FINLAND, source=str(number))
    keys: list[int] = []
    with ledger.reading() as connection:
        while page := search(connection, Query(limit=2, before=keys[-1] if keys else None)):
            keys += [entry.id for entry in page]
        everything = [entry.id for entry in search(connection, Query(limit=1000))]
    assert keys == everything
    with pytest.raises(UsageError, match="--limit 0"):
        found(ledger, limit=0)


def test_time_turns_a_ruling_on_the_day_on_which_the_law_did(ledger: Ledger, record: Record) -> None:
    put(ledger, record, MEMBER)
    turned = list(recheck(ledger, record, today=date(2026, 2, 1), made=LATER))
    assert [(one.sense, one.before, one.by) for one in turned] == [("now", Verdict.SUPPORTED, "time")]
    assert turned[0].since == date(2026, 1, 10)  # six months after 10 July 2025: Art. 20(3)
    assert turned[0].correction and "10 January 2026" in turned[0].correction
    with ledger.reading() as connection:
        entry = search(connection, Query())[0]
        rulings = judgements(connection, entry.id, "now")
    assert entry.then is Verdict.SUPPORTED
    assert [one.verdict for one in rulings] == [Verdict.SUPPORTED, entry.now]
    assert entry.now is not Verdict.SUPPORTED
    assert not list(recheck(ledger, record, today=date(2026, 2, 1), made=LATER))


OUT = "Finland is no longer a party to the Ottawa Convention."


@pytest.mark.parametrize("days", [date(2025, 12, 1), date(2026, 2, 1)], ids=["rechecked", "entered late"])
def test_a_wrong_claim_that_came_true_says_since_when_and_why(
    ledger: Ledger, record: Record, days: date
) -> None:
    put(ledger, record, OUT, published=date(2025, 12, 1), today=days)
    turned = list(recheck(ledger, record, today=date(2026, 2, 1), made=LATER))
    with ledger.reading() as connection:
        (entry,) = search(connection, Query())
    assert (entry.then, entry.now) == (Verdict.CONTRADICTED, Verdict.SUPPORTED)
    assert entry.now_since == date(2026, 1, 10)
    assert entry.reason_now
    assert "10 January 2026" in entry.reason_now
    page = printed(found_claims([entry], 80), colour=False)
    assert "(now supported since 10 January 2026: Finland's withdrawal" in " ".join(page.split())
    if turned:
        assert [(one.before, one.after, one.since) for one in turned] == [
            (Verdict.CONTRADICTED, Verdict.SUPPORTED, date(2026, 1, 10))
        ]
        told = " ".join(printed(turned_claims(turned, {entry.id: entry}, 80), colour=False).split())
        assert "contradicted -> supported since 10 January 2026" in told
        assert entry.reason_now in told
    assert bool(turned) is (days == date(2025, 12, 1))


def test_a_changed_record_turns_a_ruling_on_its_own_day(ledger: Ledger, record: Record) -> None:
    put(ledger, record, FINLAND)
    acts = tuple(
        act for act in record.actions["apmbc"] if (act.participant, act.kind) != ("FIN", "withdrawal")
    )
    without = msgspec.structs.replace(record, actions=record.actions | {"apmbc": acts}, hash="0" * 64)
    turned = list(recheck(ledger, without, today=date(2025, 7, 12), made=LATER))
    assert {(one.sense, one.by) for one in turned} == {("then", "record"), ("now", "record")}
    with ledger.reading() as connection:
        rulings = judgements(connection, turned[0].claim, "then")
    assert [one.record for one in rulings] == [record.hash, "0" * 64]


def test_what_no_database_takes_is_entered_with_its_places_kept(ledger: Ledger, record: Record) -> None:
    text = f"A\0B {FINLAND}"
    put_document(ledger, record, Document(source="a", text=text, published=date(2025, 7, 11)))
    with ledger.reading() as connection:
        assert not list(faults(connection))
        claim = search(connection, Query())[0].claim
    assert claim.span.end - claim.span.start == len(claim.span.text)


def test_faults_are_found_and_mended(ledger: Ledger, record: Record) -> None:
    put(ledger, record, FINLAND)
    with ledger.reading() as connection:
        assert not list(faults(connection))
    with ledger.writing() as connection:
        connection.execute(sa.delete(current_verdicts).where(current_verdicts.c.sense == "now"))
    with ledger.reading() as connection:
        assert [fault.rows for fault in faults(connection)] == [len(found_all(ledger))]
    with ledger.writing() as connection:
        repair(connection)
    with ledger.reading() as connection:
        assert not list(faults(connection))


def found_all(ledger: Ledger) -> list[int]:
    with ledger.reading() as connection:
        return list(connection.execute(sa.text("SELECT id FROM claims")).scalars())


def test_a_backup_made_in_use_comes_back_whole(ledger: Ledger, record: Record, tmp_path: Path) -> None:
    put(ledger, record, FINLAND)
    with ledger.reading() as connection:
        before = overview(connection, ledger).counts
    copy = tmp_path / "copy"
    backup(ledger, copy)
    with pytest.raises(UsageError, match="is there already"):
        backup(ledger, copy)
    put(ledger, record, WRONG, source="later")
    if ledger.is_postgres:
        with pytest.raises(UsageError, match="a ledger is there"):
            restore(copy, str(ledger.engine.url).replace("+psycopg", ""))
        return
    with pytest.raises(UsageError, match="a ledger is there"):
        restore(copy, ledger.label)
    restore(copy, str(tmp_path / "back.db"))
    back = open_ledger(str(tmp_path / "back.db"))
    with back.reading() as connection:
        assert overview(connection, back).counts == before
    back.close()


def test_a_backup_of_postgresql_comes_back(server: object, record: Record, tmp_path: Path) -> None:
    one, other = (server.new_database(f"{name}-{tmp_path.name}") for name in ("one", "other"))  # type: ignore[attr-defined]
    ledger = open_ledger(one)
    put(ledger, record, FINLAND)
    backup(ledger, tmp_path / "copy")
    restore(tmp_path / "copy", other)
    back = open_ledger(other)
    with back.reading() as connection:
        assert overview(connection, back).counts["documents"] == 1
        assert search(connection, Query(words="withdrawal"))
    put(back, record, WRONG)  # numbering goes on where it was
    back.close()
    ledger.close()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("mysql://u@h/d", "only SQLite and PostgreSQL"),
        ("://", "not an address of a database"),
        ("/dev/null/x/ledger.db", "its folder cannot be made"),
    ],
)
def test_a_place_that_is_none_is_named(place: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        open_ledger(place)


def test_a_ledger_of_a_later_inforce_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    open_ledger(str(file)).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(UsageError, match="made by a later inforce"):
        open_ledger(str(file))


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    file.write_text("not a database, but long enough to be taken for one" * 50)
    with pytest.raises(UsageError, match="file is not a database"):
        open_ledger(str(file))


def test_a_password_is_in_no_message() -> None:
    with pytest.raises(UsageError) as raised:
        open_ledger("postgresql://u:secret@127.0.0.1:1/none")
    assert "secret" not in str(raised.value)


def test_an_exported_cell_is_no_formula_and_comes_back_whole(
    ledger: Ledger, record: Record, tmp_path: Path
) -> None:
    titles = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "plain"]
    for number, title in enumerate(titles):
        document = Document(source="=s", text=f"{FINLAND} {number}", title=title, published=date(2025, 7, 11))
        put_document(ledger, record, document, source=f"@{number}")
    with ledger.reading() as connection:
        for form in FORMATS:
            assert export(connection, tmp_path, form) == len(titles)
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [row["title"] for row in cells] == [*(f"'{title}" for title in titles[:-1]), "plain"]
    assert all(
        not value.startswith(("=", "+", "-", "@", "\t", "\r")) for row in cells for value in row.values()
    )
    lines = (tmp_path / "claims.jsonl").read_text("utf-8").split("\n")[:-1]
    assert [json.loads(line)["title"] for line in lines] == titles
    assert parquet.read_table(tmp_path / "claims.parquet").column("title").to_pylist() == titles


def test_a_moment_without_a_zone_is_refused(ledger: Ledger, record: Record) -> None:
    with pytest.raises(sa.exc.StatementError, match="time zone"):
        put(ledger, record, FINLAND, read_at=datetime(2025, 7, 12) - timedelta(0))  # noqa: DTZ001
