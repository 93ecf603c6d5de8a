"""`inforce ledger`: its commands and their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from inforce.cli import ledger_commands as does
from inforce.cli.options import Commands, Parser, add_command, add_json, add_record
from inforce.vocabulary import PREDICATES, ClaimKind, Verdict

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
    _command(own, "sources", "sources of the watch that were added over HTTP, by whom", does.list_sources)
    _export(own)
    _command(own, "info", "how much it holds, and of what days", does.info)
    checking = _command(own, "check", "look it over for damage", does.check, "--repair")
    checking.add_argument("--repair", action="store_true", help="make what can be made anew")
    copying = _command(own, "backup", "copy it while it is used", does.backup, "ledger-2026-11-22.db")
    copying.add_argument("file", metavar="FILE", type=Path)
    bringing = _command(
        own, "restore", "bring a copy back", does.restore, "ledger-2026-11-22.db --ledger new.db"
    )
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
    parser = _command(own, "add", "check articles and enter them", does.add, "article.html wire.txt")
    parser.add_argument("files", metavar="FILE", nargs="+", help="as for inforce check")
    parser.add_argument("--published", metavar="DATE", help="day of publication, where the file names none")


def _search(own: Commands) -> None:
    parser = _command(
        own,
        "search",
        "find claims; all that is given must hold",
        does.search,
        '--state FIN --treaty apmbc --words "takes effect"',
    )
    parser.add_argument("--state", metavar="STATE", help="about it, said for it, or going to it")
    parser.add_argument("--treaty", metavar="TREATY")
    parser.add_argument("--speaker", metavar="NAME", help="the speaker's name, or part of it")
    parser.add_argument("--kind", choices=[str(kind) for kind in ClaimKind], metavar="KIND")
    predicates = sorted({predicate for known in PREDICATES.values() for predicate in known})
    parser.add_argument("--predicate", choices=predicates, metavar="PREDICATE", help="left, fund, party ...")
    verdicts = [str(verdict) for verdict in Verdict]
    for option, when in (("--verdict", "as it stood on its own day"), ("--verdict-now", "as it stands now")):
        parser.add_argument(option, choices=verdicts, metavar="VERDICT", help=when)
    parser.add_argument("--since", metavar="DATE", help="published on that day or later")
    parser.add_argument("--until", metavar="DATE", help="published on that day or earlier")
    parser.add_argument("--words", metavar="WORDS", help="words of the claim or its speaker, in any order")
    parser.add_argument("--text", metavar="WORDS", help="words of the whole article, in any order")
    parser.add_argument("--source", metavar="SOURCE", help="address or file of the document")
    parser.add_argument("--limit", metavar="N", type=int, default=50, help="so many at most (default: 50)")
    parser.add_argument("--before", metavar="N", type=int, help="the next page: claims numbered below N")


def _show(own: Commands) -> None:
    parser = _command(own, "show", "one claim with every ruling on it", does.show_claim, "12")
    parser.add_argument("claim", metavar="N", type=int)


def _programmes(own: Commands) -> None:
    parser = _command(
        own,
        "programmes",
        "what states say they will make, buy, give or hold",
        does.programmes,
        "LTU --item anti-personnel-mine",
    )
    parser.add_argument("state", metavar="STATE", nargs="?")
    parser.add_argument("--item", metavar="ITEM", help="weapon category: anti-personnel-mine")
    parser.add_argument("--since", metavar="DATE", help="published on that day or later")
    parser.add_argument("--until", metavar="DATE", help="published on that day or earlier")


def _stories(own: Commands) -> None:
    parser = _command(own, "stories", "stories, with their tellings and copies", does.list_stories)
    parser = _command(own, "story", "one story: its tellings compared", does.story, "3")
    parser.add_argument("story", metavar="N", type=int)


def _recheck(own: Commands) -> None:
    parser = _command(
        own,
        "recheck",
        "weigh all claims again, and tell which stand otherwise",
        does.recheck,
        "--treaty apmbc",
    )
    parser.add_argument("--treaty", metavar="TREATY", help="claims on this treaty alone")


def _export(own: Commands) -> None:
    parser = _command(
        own, "export", "all claims as a table with its dictionary", does.export, "claims/ --format jsonl"
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--format", choices=("csv", "jsonl", "parquet"), default="csv")
