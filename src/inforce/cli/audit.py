"""`inforce record`: whether the record holds together, what a depositary's table says otherwise, and a
patch that would bring it in.
"""

# ruff: noqa: PLC0415 - help answers at once, without the record

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inforce.cli.options import Commands, Parser, add_command, add_json, add_record, day
from inforce.cli.output import complain, show, show_json, width
from inforce.errors import UsageError

if TYPE_CHECKING:
    from inforce.record.importing.model import Table
    from inforce.record.model import Record

EXIT_FINDINGS = 1

_AUDIT = """\
  inforce record audit
  inforce record audit --record my-corrections
  inforce record audit --against status.html --treaty apmbc
  inforce record audit --against july.xml --and august.xml --treaty apmbc

Exit status: 1 where an error or a difference is found, 2 where a file cannot be
read as a record or as a whole status table."""
_IMPORT = """\
  inforce record import status.html --treaty apmbc > apmbc.patch
  git apply apmbc.patch

FILE is a saved status page of the UN Treaty Collection (HTML or XML), the page
of a registered treaty, the UNODA's JSON, or a table as CSV; - is standard
input. Nothing is fetched, and the record is not written.

Exit status: 0 no difference, 1 differences, 2 no whole status table."""


def add_to(commands: Commands) -> None:
    """Add the commands and what they can be asked."""
    record = add_command(commands, "record", "the record behind the answers", "")
    asked = record.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    parser = add_command(asked, "audit", "check the record, by itself or against another source", _AUDIT)
    parser.add_argument("--against", metavar="FILE", help="a saved status table to compare the record with")
    parser.add_argument("--and", metavar="FILE", dest="other", help="a second table, in the record's place")
    _add_table_options(parser, required=False)
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=audit)

    parser = add_command(asked, "import", "propose a depositary's table as a patch of the record", _IMPORT)
    parser.add_argument("file", metavar="FILE", help="a saved status table; - is standard input")
    _add_table_options(parser, required=True)
    parser.add_argument("--source", metavar="TEXT", help="what new rows name as their source")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="write the patch there")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=propose)


def _add_table_options(parser: Parser, *, required: bool) -> None:
    parser.add_argument("--treaty", metavar="TREATY", required=required, help="the treaty the table is of")
    parser.add_argument(
        "--status-of", metavar="DATE", help="the day of the table, where the file does not say it"
    )
    parser.add_argument("--partial", action="store_true", help="the table is known to hold only a part")


def audit(asked: argparse.Namespace) -> int:
    """Print what is wrong with the record, or how it differs from a table."""
    if asked.against is not None:
        return _audit_against(asked)
    for given, option in (
        (asked.other, "--and"),
        (asked.treaty, "--treaty"),
        (asked.status_of, "--status-of"),
        (asked.partial or None, "--partial"),
    ):
        if given is not None:
            raise UsageError(f"{option}: say also with which table, --against FILE")
    from inforce.law.audit import audit_by_law
    from inforce.record import load
    from inforce.record.audit import audit as audited

    record = load(asked.record)
    findings = (*audited(record), *audit_by_law(record))
    if asked.json:
        show_json(findings)
    else:
        from inforce.reports.tables import audit_table

        show(audit_table(findings, record, width=width()))
    return EXIT_FINDINGS if any(finding.level == "error" for finding in findings) else 0


def _audit_against(asked: argparse.Namespace) -> int:
    if asked.treaty is None:
        raise UsageError("--against: say which treaty's table it is, --treaty KEY")
    from inforce.record import load
    from inforce.record.importing.compare import compare_tables, compare_with_record
    from inforce.reports.comparison import comparison_table

    record = load(asked.record)
    treaty, table = _opened(asked, record, asked.against)
    if asked.other is None:
        comparison, _ = compare_with_record(record, treaty, table)
    else:
        comparison = compare_tables(treaty, table, _opened(asked, record, asked.other)[1])
    if asked.json:
        show_json(comparison)
    else:
        show(comparison_table(comparison, record, width=width()))
    return EXIT_FINDINGS if comparison.differences or comparison.to_read else 0


def propose(asked: argparse.Namespace) -> int:
    """Print, or write where asked, the patch that a table proposes."""
    from inforce.record import load
    from inforce.record.importing.compare import compare_with_record
    from inforce.record.importing.patch import patch
    from inforce.reports.comparison import ImportAnswer, patch_preamble

    record = load(asked.record)
    treaty, table = _opened(asked, record, asked.file)
    comparison, pairing = compare_with_record(record, treaty, table)
    source = asked.source or _source(table)
    answer = ImportAnswer(comparison, source, patch(record, treaty, pairing, source, asked.record))
    if asked.output is not None:
        _write(asked.output, patch_preamble(answer, record) + answer.patch)
    if asked.json:
        show_json(answer)
    elif asked.output is None:
        sys.stdout.write(patch_preamble(answer, record) + answer.patch)
    else:
        rows = "nothing to change" if not answer.patch else "a patch to review, then: git apply"
        complain(f"{asked.output}: {rows}")
    return EXIT_FINDINGS if comparison.differences or comparison.to_read else 0


def _opened(asked: argparse.Namespace, record: Record, file: str) -> tuple[str, Table]:
    from inforce.record.importing import open_table
    from inforce.record.names import find_treaty

    treaty = find_treaty(record, asked.treaty).key
    status_of = day(asked.status_of, "--status-of")
    return treaty, open_table(file, record, treaty, status_of=status_of, partial=asked.partial)


def _source(table: Table) -> str:
    """What new rows name as their source, where the file itself says which table of which day it is."""
    if table.number is None or table.status_of is None:
        raise UsageError(
            f"{table.file}: does not say which table of which day it is; name it for the new rows with "
            "--source"
        )
    return f"UN Treaty Collection {table.number}, status of {table.status_of}"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
