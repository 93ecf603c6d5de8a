"""`inforce ledger`: what was read, who said what, how it stood then and stands now."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the database

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.checks import Run
from inforce.cli.options import Commands, Parser, add_command, add_json, add_record, day, today
from inforce.cli.output import complain, show, show_json, width
from inforce.errors import UsageError
from inforce.vocabulary import ClaimKind, Verdict

if TYPE_CHECKING:
    from inforce.checking.model import Report
    from inforce.ledger.place import Ledger
    from inforce.reading.formats.sources import Found

EXIT_FINDINGS = 1

_MORE = """\
  inforce ledger add article.html wire.txt
  inforce ledger search --state FIN --treaty apmbc --words "takes effect"
  inforce ledger programmes LTU --item anti-personnel-mine
  inforce ledger recheck
  inforce ledger export claims/ --format parquet

The ledger is a file of SQLite: INFORCE_LEDGER, or inforce/ledger.db in the
user's data folder; --ledger names another, or a PostgreSQL database
(postgresql://user@host/name)."""


def add_to(commands: Commands) -> None:
    """Add the command and its own commands."""
    parser = add_command(commands, "ledger", "what was said, by whom, and how it stands", _MORE)
    own = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(own)
    _search(own)
    _show(own)
    _programmes(own)
    _stories(own)
    _recheck(own)
    _export(own)
    _command(own, "info", "how much it holds, and of what days", info)
    checking = _command(own, "check", "look it over for damage", check, "--repair")
    checking.add_argument("--repair", action="store_true", help="make what can be made anew")
    copying = _command(own, "backup", "copy it while it is used", backup, "ledger-2026-11-22.db")
    copying.add_argument("file", metavar="FILE", type=Path)
    bringing = _command(own, "restore", "bring a copy back", restore, "ledger-2026-11-22.db --ledger new.db")
    bringing.add_argument("file", metavar="FILE", type=Path)


def _command(
    own: Commands, name: str, summary: str, run: Callable[[argparse.Namespace], int], example: str = ""
) -> Parser:
    parser = add_command(own, name, summary, f"  inforce ledger {name} {example}".rstrip())
    parser.add_argument("--ledger", metavar="PLACE", help="a file, or postgresql://user@host/name")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=run)
    return parser


def _add(own: Commands) -> None:
    parser = _command(own, "add", "check articles and enter them", add, "article.html wire.txt")
    parser.add_argument("files", metavar="FILE", nargs="+", help="as for inforce check")
    parser.add_argument("--published", metavar="DATE", help="day of publication, where the file names none")


def _search(own: Commands) -> None:
    parser = _command(
        own,
        "search",
        "find claims; all that is given must hold",
        search,
        '--state FIN --treaty apmbc --words "takes effect"',
    )
    parser.add_argument("--state", metavar="STATE", help="about it, said for it, or going to it")
    parser.add_argument("--treaty", metavar="TREATY")
    parser.add_argument("--speaker", metavar="NAME", help="as the text names the speaker")
    parser.add_argument("--kind", choices=[str(kind) for kind in ClaimKind], metavar="KIND")
    parser.add_argument("--predicate", metavar="PREDICATE")
    verdicts = [str(verdict) for verdict in Verdict]
    for option, when in (("--verdict", "as it stood on its own day"), ("--verdict-now", "as it stands now")):
        parser.add_argument(option, choices=verdicts, metavar="VERDICT", help=when)
    parser.add_argument("--since", metavar="DATE", help="published on that day or later")
    parser.add_argument("--until", metavar="DATE", help="published on that day or earlier")
    parser.add_argument("--words", metavar="WORDS", help="words of the claim or its speaker, in any order")
    parser.add_argument("--source", metavar="SOURCE", help="address or file of the document")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="so many at most (default: 50)")
    parser.add_argument("--before", metavar="N", type=int, help="the next page: claims numbered below N")


def _show(own: Commands) -> None:
    parser = _command(own, "show", "one claim with every ruling on it", show_claim, "12")
    parser.add_argument("claim", metavar="N", type=int)


def _programmes(own: Commands) -> None:
    parser = _command(
        own,
        "programmes",
        "what states say they will make, buy, give or hold",
        programmes,
        "LTU --item anti-personnel-mine",
    )
    parser.add_argument("state", metavar="STATE", nargs="?")
    parser.add_argument("--item", metavar="ITEM", help="weapon category: anti-personnel-mine")
    parser.add_argument("--until", metavar="DATE", help="published on that day or earlier")


def _stories(own: Commands) -> None:
    parser = _command(own, "stories", "stories, with their tellings and copies", list_stories)
    parser = _command(own, "story", "one story: its tellings compared", story, "3")
    parser.add_argument("story", metavar="N", type=int)


def _recheck(own: Commands) -> None:
    parser = _command(
        own, "recheck", "weigh all claims again, and tell which stand otherwise", recheck, "--treaty apmbc"
    )
    parser.add_argument("--treaty", metavar="TREATY", help="claims on this treaty alone")


def _export(own: Commands) -> None:
    parser = _command(
        own, "export", "all claims as a table with its dictionary", export, "claims/ --format jsonl"
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--format", choices=("csv", "jsonl", "parquet"), default="csv")


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

    published = day(asked.published, "--published")
    record = load(asked.record)
    with opened(asked, create=True) as ledger:
        tally = {"entered": 0, "known": 0, "claims": 0}

        def keep(report: Report, found: Found, file: str) -> None:
            now, source = dt.datetime.now(dt.UTC), report.document.url or found.label
            with ledger.writing() as connection:
                entered = enter(connection, report, record, source=source, fetched=now, today=today())
            tally["entered" if entered.new else "known"] += 1
            tally["claims"] += entered.claims
            if asked.json:
                show_json({"source": source, "entered": entered})

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
    from inforce.reports.ledger_text import found_claims

    record = load(asked.record)
    query = Query(
        state=find_participant(record, asked.state).key if asked.state else None,
        treaty=find_treaty(record, asked.treaty).key if asked.treaty else None,
        speaker=asked.speaker,
        kind=ClaimKind(asked.kind) if asked.kind else None,
        predicate=asked.predicate,
        verdict=Verdict(asked.verdict) if asked.verdict else None,
        verdict_now=Verdict(asked.verdict_now) if asked.verdict_now else None,
        since=day(asked.since, "--since"),
        until=day(asked.until, "--until"),
        words=asked.words,
        source=asked.source,
        limit=asked.limit,
        before=asked.before,
    )
    with opened(asked) as ledger, ledger.reading() as connection:
        found = find(connection, query)
    if asked.json:
        for entry in found:
            show_json(entry)
    else:
        show(found_claims(found, record, width()))
    return 0


def show_claim(asked: argparse.Namespace) -> int:
    """Print one claim with every ruling on it."""
    from inforce.ledger.searching import entries, judgements
    from inforce.record import load
    from inforce.reports.ledger_text import whole_claim

    with opened(asked) as ledger, ledger.reading() as connection:
        try:
            entry = entries(connection, [asked.claim])[0]
        except KeyError:
            raise UsageError(f"claim {asked.claim}: the ledger holds none of this number") from None
        rulings = {sense: judgements(connection, asked.claim, sense) for sense in ("then", "now")}
    if asked.json:
        show_json({"claim": entry, "judgements": rulings})
    else:
        show(whole_claim(entry, rulings, load(asked.record), width()))
    return 0


def programmes(asked: argparse.Namespace) -> int:
    """Print statements on programmes and stocks in the order of their days."""
    from inforce.ledger.programmes import statements
    from inforce.record import load
    from inforce.record.names import find_participant, unknown_item
    from inforce.reports.ledger_text import programme_statements

    record = load(asked.record)
    if asked.item is not None and asked.item not in record.items:
        raise UsageError(unknown_item(record, asked.item))
    state = find_participant(record, asked.state).key if asked.state else None
    with opened(asked) as ledger, ledger.reading() as connection:
        found = statements(connection, state=state, item=asked.item, until=day(asked.until, "--until"))
    if asked.json:
        for one in found:
            show_json(one)
    else:
        show(programme_statements(found, record, width()))
    return 0


def list_stories(asked: argparse.Namespace) -> int:
    """Print all stories with their documents."""
    from inforce.ledger.telling import tellings
    from inforce.reports.ledger_text import story_list

    with opened(asked) as ledger, ledger.reading() as connection:
        found = tellings(connection)
    if asked.json:
        for one in found:
            show_json(one)
    else:
        show(story_list(found, width()))
    return 0


def story(asked: argparse.Namespace) -> int:
    """Compare the tellings of a story, its copies left out, and say where it first went wrong."""
    import msgspec

    from inforce.checking.compare import compare
    from inforce.cli.compare import MOST
    from inforce.ledger.telling import first_wrong, reports, tellings
    from inforce.record import load
    from inforce.reports.ledger_text import first_wrong_lines, story_list
    from inforce.reports.story_json import compare_answer
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
        show_json({**msgspec.structs.asdict(compare_answer(compared, record)), "first_wrong": wrong})
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
    from inforce.reports.ledger_text import turned_claims

    record = load(asked.record)
    treaty = find_treaty(record, asked.treaty).key if asked.treaty else None
    with opened(asked) as ledger:
        turned = list(weigh(ledger, record, today=today(), made=dt.datetime.now(dt.UTC), treaty=treaty))
        with ledger.reading() as connection:
            told = {entry.id: entry for entry in entries(connection, [one.claim for one in turned])}
    if asked.json:
        for one in turned:
            show_json({"turned": one, "claim": told[one.claim]})
    else:
        show(turned_claims(turned, told, record, width()))
    return EXIT_FINDINGS if turned else 0


def export(asked: argparse.Namespace) -> int:
    """Write all claims as a table."""
    from inforce.ledger.exporting import export as write

    with opened(asked) as ledger, ledger.reading() as connection:
        count = write(connection, asked.folder, asked.format)
    if asked.json:
        show_json({"folder": asked.folder, "format": asked.format, "claims": count})
        return 0
    complain(f"{asked.folder}/claims.{asked.format}: {count} claims; columns in datapackage.json")
    return 0


def info(asked: argparse.Namespace) -> int:
    """Print how much the ledger holds."""
    from inforce.ledger.keeping import overview
    from inforce.reports.ledger_text import ledger_overview

    with opened(asked) as ledger, ledger.reading() as connection:
        found = overview(connection, ledger)
    if asked.json:
        show_json(found)
    else:
        show(ledger_overview(found, width()))
    return 0


def check(asked: argparse.Namespace) -> int:
    """Look the ledger over; exit status 1 where something is wrong."""
    from inforce.ledger.keeping import faults, repair

    with opened(asked) as ledger:
        if asked.repair:
            with ledger.writing() as connection:
                made = repair(connection)
            complain(f"{made} current verdicts made anew")
        with ledger.reading() as connection:
            found = list(faults(connection))
    if asked.json:
        show_json({"ledger": ledger.label, "faults": found})
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
    _done(asked, "copied")
    return 0


def restore(asked: argparse.Namespace) -> int:
    """Bring a copy back where no ledger is."""
    from inforce.ledger.keeping import restore as bring_back
    from inforce.ledger.place import default_place

    place = asked.ledger or default_place()
    bring_back(asked.file, place)
    _done(asked, "restored")
    return 0


def _done(asked: argparse.Namespace, what: str) -> None:
    if asked.json:
        show_json({"file": asked.file, "done": what})
    else:
        complain(f"{asked.file}: {what}")
