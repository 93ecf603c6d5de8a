"""What makes one story, what is a copy, and what of them is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
import sqlalchemy as sa
from texts import put

from inforce.checking import check
from inforce.ledger.entering import enter, meaning
from inforce.ledger.model import Entered
from inforce.ledger.place import Ledger
from inforce.ledger.tables import claims
from inforce.ledger.telling import first_wrong, tellings
from inforce.reading import read
from inforce.reading.document import document_from_bytes
from inforce.reading.model import Claim
from inforce.record.model import Record
from inforce.watching.events import of_report
from inforce.watching.likeness import COPY, likeness, signature
from inforce.watching.stories import Place, place

WORDS = " ".join(f"The {a} {b} stood by the {c}." for a in "abcdefgh" for b in "ijkl" for c in "mno")


def told(ledger: Ledger, record: Record, text: str, day: date) -> tuple[Entered, Place | None]:
    """Enter a text under a source of its own, and place it."""
    source = f"https://wire.example/{hash((text, day))}"
    document = document_from_bytes(text.encode(), source, name="a.txt", published=day)
    report = check(document, read(document, record), record, today=day)
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with ledger.writing() as connection:
        entered = enter(connection, report, record, source=source, fetched=now, today=day)
        found = [finding.claim for finding in report.findings]
        return entered, place(connection, entered.document, document.text, found, day=day, made=now)


def stories(ledger: Ledger, record: Record, *articles: tuple[str, date]) -> list[int | None]:
    """The story of each text."""
    return [found.story if (found := told(ledger, record, *one)[1]) else None for one in articles]


SIGNED = "Finland's president signed the law on leaving the Ottawa Convention on 4 July 2025."
NOTIFIED = "Finland notified its withdrawal from the Ottawa Convention on 10 July 2025."


def test_an_act_done_after_a_story_began_is_another_story(ledger: Ledger, record: Record) -> None:
    one, other, late = stories(
        ledger,
        record,
        (SIGNED, date(2025, 7, 7)),
        (NOTIFIED, date(2025, 7, 10)),
        (f"Readers wrote to us. {SIGNED}", date(2025, 7, 11)),
    )
    assert one != other
    assert late == one


def test_a_story_that_runs_on_stays_one(ledger: Ledger, record: Record) -> None:
    days = (10, 19)
    assert (
        len(set(stories(ledger, record, *((f"{day}: {NOTIFIED}", date(2025, 7, day)) for day in days)))) == 1
    )


def test_what_stands_further_down_joins_no_story(ledger: Ledger, record: Record) -> None:
    lithuania = "Lithuania notified its withdrawal from the Ottawa Convention on 27 June 2025."
    one, other = stories(
        ledger,
        record,
        (lithuania, date(2025, 7, 7)),
        (f"{NOTIFIED} {WORDS} {lithuania} {WORDS[:900]}", date(2025, 7, 10)),
    )
    assert one != other


def test_a_state_of_things_is_no_story(ledger: Ledger, record: Record) -> None:
    texts = (
        "Norway is a party to the Ottawa Convention.",
        "Norway acceded to the Ottawa Convention in 1998.",
    )
    assert stories(ledger, record, *((text, date(2025, 7, 7)) for text in texts)) == [None, None]


@pytest.mark.parametrize(("kept", "copied"), [(1.0, True), (0.6, True), (0.2, False)])
def test_a_copy_may_be_cut_and_a_brief_is_none(kept: float, copied: bool) -> None:
    whole = signature(WORDS)
    part = signature(f"By our staff. {WORDS[: int(len(WORDS) * kept)]}")
    assert (likeness(whole, part) >= COPY) is copied
    assert likeness(whole, part) == likeness(part, whole) <= 1.0


def test_a_copy_that_changes_a_claim_tells_it(ledger: Ledger, record: Record) -> None:
    first, _ = told(ledger, record, f"{NOTIFIED} {WORDS}", date(2025, 7, 10))
    text = f"{NOTIFIED.replace('10 July', '8 July')} {WORDS}"
    copy, found = told(ledger, record, text, date(2025, 7, 11))
    assert found == Place(found.story if found else 0, "copy", first.document)
    with ledger.reading() as connection:
        wrong = first_wrong(connection, found.story if found else 0)
        parts = [one.part for one in tellings(connection)]
        kept = connection.execute(sa.select(claims.c.meaning).where(claims.c.document_id == first.document))
        known = set(kept.scalars())
    assert parts == ["first", "copy"]
    assert wrong
    assert (wrong.document.id, wrong.right.id) == (copy.document, first.document)
    document = document_from_bytes(text.encode(), "b", name="b.txt", published=date(2025, 7, 11))
    report = check(document, read(document, record), record, today=date(2025, 7, 11))
    assert "imprecise" in [event.kind for event in of_report(report, copy.document, "B", told=known)]
    same = check(document, (), record, today=date(2025, 7, 11))
    assert not list(of_report(same, copy.document, "B", told=known))


def test_an_act_is_one_event_whoever_tells_it(record: Record) -> None:
    keys = set()
    for number, text in enumerate(
        (NOTIFIED, f"On Thursday {NOTIFIED}", NOTIFIED.replace("10 July", "9 July"))
    ):
        document = document_from_bytes(text.encode(), "b", name="b.txt", published=date(2025, 7, 11))
        report = check(document, read(document, record), record, today=date(2025, 7, 11))
        keys |= {e.key for e in of_report(report, number, "B") if e.kind == "withdrawal-notified"}
    assert len(keys) == 1


def test_a_claim_with_a_sum_means_the_same_when_it_comes_back(ledger: Ledger, record: Record) -> None:
    put(ledger, record, "Latvia will spend 758 million euros on anti-personnel mines.")
    with ledger.reading() as connection:
        (row,) = connection.execute(sa.select(claims.c.claim, claims.c.meaning)).all()

    assert meaning(msgspec.convert(row.claim, Claim)) == row.meaning
