"""Small articles for the ledger, and how they get into it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from inforce.checking import check
from inforce.ledger.entering import enter
from inforce.ledger.model import Entered
from inforce.ledger.place import Ledger
from inforce.reading import read
from inforce.reading.document import document_from_bytes
from inforce.reading.model import Document
from inforce.record.model import Record
from inforce.watching.stories import Place, place_report

FINLAND = "Finland notified its withdrawal from the Ottawa Convention on 10 July 2025."
MEMBER = "Finland is a party to the Ottawa Convention."
WRONG = "Finland left the Ottawa Convention on 10 July 2025."
PROGRAMME = (
    "Lithuania will spend {sum} million euros on anti-personnel mines, Defence Minister Dovilė Šakalienė "
    "said. It is leaving the Ottawa Convention."
)

READ = datetime(2025, 7, 12, 9, 30, tzinfo=UTC)


def put(
    ledger: Ledger,
    record: Record,
    text: str,
    *,
    source: str = "https://wire.example/1",
    published: date | None = date(2025, 7, 11),
    today: date = date(2025, 7, 12),
    read_at: datetime = READ,
) -> Entered:
    """Read, check and enter a text."""
    document = document_from_bytes(text.encode(), source, name="a.txt", published=published)
    return put_document(ledger, record, document, source=source, today=today, read_at=read_at)


def put_document(
    ledger: Ledger,
    record: Record,
    document: Document,
    *,
    source: str = "https://wire.example/1",
    today: date = date(2025, 7, 12),
    read_at: datetime = READ,
) -> Entered:
    """Read, check and enter a document."""
    report = check(document, read(document, record), record, today=today)
    with ledger.writing() as connection:
        return enter(connection, report, record, source=source, fetched=read_at, today=today)


def put_in_story(
    ledger: Ledger, record: Record, text: str, *, source: str, published: date = date(2025, 7, 11)
) -> tuple[Entered, Place | None]:
    """Read, check and enter a text as it appears, and put it into its story."""
    document = document_from_bytes(text.encode(), source, name="a.txt", published=published)
    report = check(document, read(document, record), record, today=published)
    now = datetime.combine(published, READ.timetz())
    with ledger.writing() as connection:
        entered = enter(connection, report, record, source=source, fetched=now, today=published)
        return entered, place_report(connection, entered, report, now) if entered.new else None
