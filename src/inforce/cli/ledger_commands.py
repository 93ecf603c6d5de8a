"""What the commands of `inforce ledger` do."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the database

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inforce.cli.checks import Run
from inforce.cli.options import day, today
from inforce.cli.output import complain, show, show_json, width
from inforce.errors import UsageError
from inforce.vocabulary import ClaimKind, Verdict

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.ledger.place import Ledger
    from inforce.reading.formats.sources import Found
    from inforce.reports.layout import Line

EXIT_FINDINGS = 1


def _told(asked: argparse.Namespace, answers: Iterable[object], lines: Callable[[], Iterable[Line]]) -> None:
    """Print answers as lines of JSON, or for a person."""
    if asked.json:
        for one in answers:
            show_json(one)
    else:
        show(lines())


def _span(asked: argparse.Namespace) -> tuple[dt.date | None, dt.date | None]:
    """The days of `--since` and `--until`."""
    since, until = day(asked.since, "--since"), day(asked.until, "--until")
    if since is not None and until is not None and until < since:
        raise UsageError(f"--until {until}: is before --since {since}; exchange them")
    return since, until


@contextmanager
def opened(asked: argparse.Namespace, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger that `--ledger` names, closed at the end."""
    from inforce.ledger.place import open_ledger

    ledger = open_ledger(asked.ledger, create=create)
    try:
        yield ledger
    finally:
        ledger.close()


def add(asked: argparse.Namespace) -> int:
    """Check every document and enter it; what cannot be read is told, and the others are entered."""
    from inforce.ledger.entering import enter
    from inforce.reading.formats.passed import Passed
    from inforce.reading.formats.sources import listed
    from inforce.record import load
    from inforce.reports.ledger_json import entered_answer
    from inforce.watching.stories import place_report

    published = day(asked.published, "--published")
    record = load(asked.record)
    with opened(asked, create=True) as ledger:
        tally = {"entered": 0, "known": 0, "claims": 0}

        def keep(report: Report, found: Found, file: str) -> None:
            now, source = dt.datetime.now(dt.UTC), report.document.url or found.label
            with ledger.writing() as connection:
                entered = enter(connection, report, record, source=source, fetched=now, today=today())
                place = place_report(connection, entered, report, now) if entered.new else None
            tally["entered" if entered.new else "known"] += 1
            tally["claims"] += entered.claims
            if asked.json:
                show_json(entered_answer(source, entered, place.story if place else None))

        run = Run(published, None, keep)
        run.record = record
        for argument in asked.files:
            passed = Passed()
            with run.unless_unreadable(argument):
                run.argument(argument, listed(argument, passed), passed)
    if not asked.json:
        complain(
            f"{tally['entered']} entered with {tally['claims']} claims, {tally['known']} were there already"
        )
    return run.failed


def search(asked: argparse.Namespace) -> int:
    """Print the claims that answer the query, the latest first."""
    from inforce.ledger.model import Query
    from inforce.ledger.searching import search as find
    from inforce.record import load
    from inforce.record.names import find_participant, find_treaty
    from inforce.reports.ledger_json import found_answer
    from inforce.reports.ledger_text import found_claims

    record = load(asked.record)
    since, until = _span(asked)
    query = Query(
        state=find_participant(record, asked.state).key if asked.state else None,
        treaty=find_treaty(record, asked.treaty).key if asked.treaty else None,
        speaker=asked.speaker,
        kind=ClaimKind(asked.kind) if asked.kind else None,
        predicate=asked.predicate,
        verdict=Verdict(asked.verdict) if asked.verdict else None,
        verdict_now=Verdict(asked.verdict_now) if asked.verdict_now else None,
        since=since,
        until=until,
        words=asked.words,
        text=asked.text,
        source=asked.source,
        limit=asked.limit,
        before=asked.before,
    )
    with opened(asked) as ledger, ledger.reading() as connection:
        found = find(connection, query)
    _told(asked, map(found_answer, found), lambda: found_claims(found, width()))
    return 0


def show_claim(asked: argparse.Namespace) -> int:
    """Print one claim with every ruling on it."""
    from inforce.ledger.searching import entries, judgements
    from inforce.record import load
    from inforce.reports.ledger_json import rulings_answer
    from inforce.reports.ledger_text import whole_claim

    load(asked.record)  # a record that cannot be read is told, though nothing of it is shown here
    with opened(asked) as ledger, ledger.reading() as connection:
        try:
            entry = entries(connection, [asked.claim])[0]
        except KeyError:
            raise UsageError(f"claim {asked.claim}: the ledger holds none of this number") from None
        rulings = {sense: judgements(connection, asked.claim, sense) for sense in ("then", "now")}
    _told(asked, [rulings_answer(entry, rulings)], lambda: whole_claim(entry, rulings, width()))
    return 0


def programmes(asked: argparse.Namespace) -> int:
    """Print statements on programmes and stocks in the order of their days."""
    from inforce.ledger.programmes import statements
    from inforce.record import load
    from inforce.record.names import find_participant, unknown_item
    from inforce.reports.ledger_json import statement_answer
    from inforce.reports.ledger_text import programme_statements

    record = load(asked.record)
    if asked.item is not None and asked.item not in record.items:
        raise UsageError(unknown_item(record, asked.item))
    state = find_participant(record, asked.state).key if asked.state else None
    since, until = _span(asked)
    with opened(asked) as ledger, ledger.reading() as connection:
        found = statements(
            connection,
            record,
            state=state,
            item=asked.item,
            since=since,
            until=until,
        )
    answers = (statement_answer(one, record) for one in found)
    _told(asked, answers, lambda: programme_statements(found, record, width()))
    return 0


def list_stories(asked: argparse.Namespace) -> int:
    """Print all stories with their documents."""
    from inforce.ledger.telling import tellings
    from inforce.reports.ledger_json import story_document_answer
    from inforce.reports.ledger_text import story_list

    with opened(asked) as ledger, ledger.reading() as connection:
        found = tellings(connection)
    _told(asked, map(story_document_answer, found), lambda: story_list(found, width()))
    return 0


def story(asked: argparse.Namespace) -> int:
    """Compare the tellings of a story, its copies left out, and say where it first went wrong."""
    from inforce.checking.compare import compare
    from inforce.cli.compare import MOST
    from inforce.ledger.telling import first_wrong, reports, tellings
    from inforce.record import load
    from inforce.reports.ledger_json import story_answer
    from inforce.reports.ledger_text import first_wrong_lines, story_list
    from inforce.reports.story_text import story_report

    record = load(asked.record)
    with opened(asked) as ledger, ledger.reading() as connection:
        found = tellings(connection, asked.story)
        told = [one.document.id for one in found if one.part not in ("copy", "edit")]
        if not found:
            raise UsageError(f"story {asked.story}: the ledger holds none of this number")
        compared = compare(reports(connection, told[:MOST]), record)
        wrong = first_wrong(connection, asked.story)
    if asked.json:
        show_json(story_answer(asked.story, found, compared, wrong, record))
        return 0
    show([*story_list(found, width()), (), *first_wrong_lines(wrong, width())])
    if len(told) > MOST:
        complain(f"story {asked.story}: has {len(told)} tellings; the first {MOST} are compared")
    show(story_report(compared, record, width=width()))
    return 0


def recheck(asked: argparse.Namespace) -> int:
    """Weigh all claims again; exit status 1 where one turned."""
    from inforce.ledger.ageing import recheck as weigh
    from inforce.ledger.searching import entries
    from inforce.record import load
    from inforce.record.names import find_treaty
    from inforce.reports.ledger_json import turned_answer
    from inforce.reports.ledger_text import turned_claims

    record = load(asked.record)
    treaty = find_treaty(record, asked.treaty).key if asked.treaty else None
    with opened(asked) as ledger:
        turned = list(weigh(ledger, record, today=today(), made=dt.datetime.now(dt.UTC), treaty=treaty))
        with ledger.reading() as connection:
            told = {entry.id: entry for entry in entries(connection, [one.claim for one in turned])}
    answers = (turned_answer(one, told[one.claim]) for one in turned)
    _told(asked, answers, lambda: turned_claims(turned, told, width()))
    return EXIT_FINDINGS if turned else 0


def list_sources(asked: argparse.Namespace) -> int:
    """Print the sources that the watch follows on the word of a key, and those that were ended."""
    from inforce.reports.followed_json import keyed_source_answer
    from inforce.reports.followed_text import source_list
    from inforce.watching.followed import listed

    with opened(asked) as ledger, ledger.reading() as connection:
        found = listed(connection)
    _told(asked, map(keyed_source_answer, found), lambda: source_list(found, width()))
    return 0


def export(asked: argparse.Namespace) -> int:
    """Write all claims as a table."""
    from inforce.ledger.exporting import export as write
    from inforce.reports.ledger_json import export_answer

    with opened(asked) as ledger, ledger.reading() as connection:
        count = write(connection, asked.folder, asked.format)
    if asked.json:
        show_json(export_answer(asked.folder, asked.format, count))
        return 0
    complain(f"{asked.folder}/claims.{asked.format}: {count} claims; columns in datapackage.json")
    return 0


def info(asked: argparse.Namespace) -> int:
    """Print how much the ledger holds."""
    from inforce.ledger.keeping import overview
    from inforce.reports.ledger_json import info_answer
    from inforce.reports.ledger_text import ledger_overview

    with opened(asked) as ledger, ledger.reading() as connection:
        found = overview(connection, ledger)
    _told(asked, [info_answer(found)], lambda: ledger_overview(found, width()))
    return 0


def check(asked: argparse.Namespace) -> int:
    """Look the ledger over; exit status 1 where something is wrong."""
    from inforce.ledger.keeping import faults, repair
    from inforce.reports.ledger_json import check_answer

    made = None
    with opened(asked) as ledger:
        if asked.repair:
            with ledger.writing() as connection:
                made = repair(connection)
            complain(f"{made} current verdicts made anew")
        with ledger.reading() as connection:
            found = list(faults(connection))
    if asked.json:
        show_json(check_answer(ledger.label, found, made))
    else:
        for fault in found:
            complain(f"ledger {ledger.label}: {fault.what}: {fault.rows}")
        if not found:
            complain(f"ledger {ledger.label}: no fault found")
    return EXIT_FINDINGS if found else 0


def backup(asked: argparse.Namespace) -> int:
    """Copy the ledger."""
    from inforce.ledger.keeping import backup as copy

    with opened(asked) as ledger:
        copy(ledger, asked.file)
        _done(asked, "copied", ledger.label)
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Bring a copy back where no ledger is."""
    from inforce.ledger.keeping import restore as bring_back
    from inforce.ledger.place import default_place

    label = bring_back(asked.file, asked.ledger or default_place())
    _done(asked, "restored", label)
    return 0


def _done(asked: argparse.Namespace, what: str, ledger: str) -> None:
    from inforce.reports.ledger_json import copy_answer

    if asked.json:
        show_json(copy_answer(what, asked.file, ledger))
    else:
        complain(f"{asked.file}: {what}" if what == "copied" else f"{asked.file}: {what} to {ledger}")
