"""The questions behind the verdicts: `status`, `parties`, `obligations`, `effects`."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import sys
from typing import Annotated

import typer

from inforce.cli.options import AsJson, KnownBy, On, RecordFolder, State, Treaty, day, today
from inforce.cli.output import show, show_json
from inforce.errors import UsageError

EXIT_FINDINGS = 1


def status(
    state: State,
    treaty: Treaty,
    *,
    on: On = None,
    known_by: KnownBy = None,
    why: Annotated[bool, typer.Option("--why", help="Show the derivation, step by step.")] = False,
    as_json: AsJson = False,
    record: RecordFolder = None,
) -> None:
    """Where a state stands towards a treaty on a day.

    \b
    inforce status FIN apmbc --on 2025-12-01 --why
    inforce status Finland "Ottawa Convention" --known-by 2025-06-30
    """
    asked, known = day(on, "--on") or today(), day(known_by, "--known-by")
    from inforce import law
    from inforce.record import load
    from inforce.record.names import find_participant, find_treaty

    held = load(record)
    participant, key = find_participant(held, state), find_treaty(held, treaty)
    answer = law.status(held, participant, key, on=asked, known_by=known, today=today())
    if as_json:
        show_json(answer)
    else:
        from inforce.reports.tables import status_table

        show(status_table(answer, held, why=why))


def parties(
    treaty: Treaty,
    *,
    on: On = None,
    known_by: KnownBy = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")] = False,
    record: RecordFolder = None,
) -> None:
    """Who stands how towards a treaty, and how many.

    \b
    inforce parties apmbc --on 2026-02-20
    inforce parties ccm --csv > ccm.csv
    """
    if as_json and as_csv:
        raise UsageError("--json and --csv are two answers; ask for one")
    asked, known = day(on, "--on") or today(), day(known_by, "--known-by")
    from inforce import law
    from inforce.record import load
    from inforce.record.names import find_treaty

    held = load(record)
    answer = law.parties(held, find_treaty(held, treaty), on=asked, known_by=known, today=today())
    if as_json:
        show_json(answer)
        return
    from inforce.reports import tables

    if as_csv:
        sys.stdout.write(tables.parties_csv(answer, held))
    else:
        show(tables.parties_table(answer, held))


def obligations(
    state: State,
    *,
    item: Annotated[
        str | None,
        typer.Option("--item", metavar="ITEM", help="A weapon category: anti-personnel-mine, mine, ..."),
    ] = None,
    activity: Annotated[
        str | None, typer.Option("--activity", metavar="ACTIVITY", help="use, produce, transfer, ...")
    ] = None,
    on: On = None,
    known_by: KnownBy = None,
    as_json: AsJson = False,
    record: RecordFolder = None,
) -> None:
    """What binds a state on a day, and what does not.

    \b
    inforce obligations FIN --item anti-personnel-mine --on 2026-01-10
    inforce obligations Lithuania --item anti-personnel-mine --activity produce
    """
    asked, known = day(on, "--on") or today(), day(known_by, "--known-by")
    from inforce import law
    from inforce.record import load
    from inforce.record.names import find_participant

    held = load(record)
    answer = law.obligations(
        held,
        find_participant(held, state),
        item=item,
        activity=activity,
        on=asked,
        known_by=known,
        today=today(),
    )
    if as_json:
        from inforce.reports.json_answers import obligation_rows

        show_json(obligation_rows(answer))
    else:
        from inforce.reports.tables import obligations_table

        show(obligations_table(answer, held))


def effects(
    treaties: Annotated[
        list[str] | None, typer.Argument(metavar="[TREATY]", help="Treaties; all where none is named.")
    ] = None,
    *,
    as_json: AsJson = False,
    record: RecordFolder = None,
) -> None:
    """Dates of effect, computed beside published.

    \b
    inforce effects apmbc
    inforce effects --json

    Exit status: 1 where a published date differs and the record does not explain it.
    """
    from inforce import law
    from inforce.record import load
    from inforce.record.names import find_treaty

    held = load(record)
    rows = law.effects(held, [find_treaty(held, treaty) for treaty in treaties] if treaties else None)
    if as_json:
        show_json(rows)
    else:
        from inforce.reports.tables import effects_table

        show(effects_table(rows))
    if any(row.agrees is False and not row.explained for row in rows):
        raise typer.Exit(EXIT_FINDINGS)
