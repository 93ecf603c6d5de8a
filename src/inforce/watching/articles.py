"""One found article: fetched, read, checked, entered, put into its story, its alerts raised, and done with.

All of it is one transaction: whoever is killed in the midst of it has done nothing, and does it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from inforce.checking import check
from inforce.checking.model import Report
from inforce.errors import UsageError
from inforce.ledger.entering import enter, meaning
from inforce.ledger.model import Entered
from inforce.ledger.tables import claims, finds
from inforce.reading import read
from inforce.reading.document import document_from_bytes
from inforce.reading.formats.fetch import PAGE, Fetched, Terms
from inforce.reading.model import Claim, Document
from inforce.record.model import Record
from inforce.watching.events import Event, of_edit, of_report, raise_alerts
from inforce.watching.plan import Rule
from inforce.watching.stories import Place, place_report
from inforce.watching.visits import Get, had, message_bytes, missed

#: After which times an article is read again, to see whether it was edited in silence; then no more.
AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7))
#: Failures after which an article is given up.
GIVE_UP = 8
_MOST_FILE = 20 << 20


class Got(msgspec.Struct, frozen=True):
    """What a find gave: a document, or nothing new."""

    document: Document | None
    etag: str | None = None
    modified: str | None = None


class Done(msgspec.Struct, frozen=True):
    """What became of a find: how it was entered (None: not changed), its place, its new alerts."""

    entered: Entered | None
    story: Place | None = None
    alerts: int = 0


def get_article(find: Row[tuple[object, ...]], get: Get) -> Got:
    """Fetch and extract the article of a find. Raises `UsageError` where it cannot be had."""
    url = str(find.url)
    scheme = urlsplit(url).scheme
    if scheme == "file":
        file = Path(unquote(urlsplit(url).path))
        return Got(_of_file(file, url))
    if scheme in ("maildir", "mbox"):
        return Got(document_from_bytes(message_bytes(url), url, name="message.eml"))
    answer = get(url, Terms(PAGE.types, find.etag, find.modified))
    if answer.unchanged:
        return Got(None, answer.etag, answer.modified)
    return Got(_of_page(answer, url), answer.etag, answer.modified)


def _of_file(file: Path, url: str) -> Document:
    try:
        if file.stat().st_size > _MOST_FILE:
            raise UsageError(f"{file}: is over {_MOST_FILE >> 20} MB")
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    return document_from_bytes(data, url, name=file.name)


def _of_page(answer: Fetched, url: str) -> Document:
    name = ".html" if answer.media_type in ("text/html", "application/xhtml+xml") else ""
    document = document_from_bytes(answer.body, url, name=name, charset=answer.charset, url=answer.url)
    return msgspec.structs.replace(document, source=answer.url, url=answer.url)


def judge(document: Document, record: Record, now: datetime) -> Report:
    """The document's claims with their verdicts; works outside any transaction."""
    return check(document, read(document, record), record, today=now.date())


def settle(
    connection: Connection,
    find: Row[tuple[object, ...]],
    got: Got,
    report: Report | None,
    *,
    record: Record,
    rules: Sequence[Rule],
    now: datetime,
) -> Done:
    """Keep what a find gave, and note when it is read again. To be called in one transaction."""
    done = Done(None)
    if report is not None:
        done = _keep(connection, find, report, record=record, rules=rules, now=now)
    reads = int(find.reads) + 1
    over = reads > len(AGAIN)
    values = {
        "state": "done" if over else "waiting",
        "due": now if over else now + AGAIN[reads - 1],
        "reads": reads,
        **had(got),
    }
    connection.execute(sa.update(finds).where(finds.c.id == find.id).values(values))
    return done


def _keep(
    connection: Connection,
    find: Row[tuple[object, ...]],
    report: Report,
    *,
    record: Record,
    rules: Sequence[Rule],
    now: datetime,
) -> Done:
    url, source = str(find.url), str(find.source)
    entered = enter(connection, report, record, source=url, fetched=now, today=now.date())
    if not entered.new:
        return Done(entered)
    made = [finding.claim for finding in report.findings]
    story = place_report(connection, entered, report, now)
    before = [] if entered.before is None else _claims(connection, entered.before)
    copied = _claims(connection, story.copy_of) if story and story.copy_of is not None else []
    # A copy, or an edit, tells only what was not told already: often one figure that came out wrong.
    told = {meaning(claim) for claim in (*before, *copied)}
    events: list[Event] = list(
        of_report(report, entered.document, source, told=told, story=None if story is None else story.story)
    )
    if entered.before is not None:
        events += of_edit(before, made, entered.document, source, url)
    return Done(entered, story, raise_alerts(connection, events, rules, now))


def _claims(connection: Connection, document: int) -> list[Claim]:
    wanted = sa.select(claims.c.claim).where(claims.c.document_id == document).order_by(claims.c.id)
    return [msgspec.convert(claim, Claim) for claim in connection.execute(wanted).scalars()]


def fail(
    connection: Connection, find: Row[tuple[object, ...]], problem: str, now: datetime, wait: timedelta | None
) -> None:
    """Note that an article could not be had: it waits, or is given up (`wait` None)."""
    failures = int(find.failures) + 1
    over = wait is None or failures >= GIVE_UP
    values = {
        "state": "done" if over else "waiting",
        "due": now + (wait or timedelta(0)),
        **missed(failures, problem),
    }
    connection.execute(sa.update(finds).where(finds.c.id == find.id).values(values))
