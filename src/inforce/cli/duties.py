"""What binds a state, and both ends of a transfer: `obligations`, `transfer`."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the record and the law

from __future__ import annotations

import argparse

from inforce.cli.asking import answer_json, answer_text, recorded
from inforce.cli.options import (
    Commands,
    add_command,
    add_days,
    add_json,
    add_reading,
    add_record,
    add_state,
    days,
    today,
)

_OBLIGATIONS = """\
  inforce obligations FIN --item anti-personnel-mine --on 2026-01-10
  inforce obligations Lithuania --item anti-personnel-mine --activity produce
  inforce obligations Ukraine --item anti-personnel-mine --reading B
  inforce obligations Lithuania --item mine --towards Russia"""
_TRANSFER = """\
  inforce transfer USA UKR --item cluster-munition --on 2023-07-07
  inforce transfer Germany Lithuania --item anti-personnel-mine --json

The law of both ends and nothing else: no verdict on a shipment is given."""


def add_to(commands: Commands) -> None:
    """Add the commands."""
    parser = add_command(
        commands, "obligations", "what binds a state on a day, and what does not", _OBLIGATIONS
    )
    add_state(parser)
    parser.add_argument("--item", metavar="ITEM", help="a weapon category: anti-personnel-mine, mine, ...")
    parser.add_argument("--activity", metavar="ACTIVITY", help="use, produce, stockpile, transfer, ...")
    parser.add_argument(
        "--towards",
        metavar="STATE",
        help="another state: which of the treaties bind it too, which text governs",
    )
    add_days(parser)
    add_reading(parser)
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=obligations)

    parser = add_command(
        commands, "transfer", "what binds the supplier and the recipient of a transfer", _TRANSFER
    )
    for name in ("supplier", "recipient"):
        parser.add_argument(
            name, metavar=name.upper(), help="ISO code, name or common short form: FIN, Finland"
        )
    parser.add_argument("--item", metavar="ITEM", required=True, help="a weapon category: missile, mine, ...")
    add_days(parser)
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=transfer)


def obligations(asked: argparse.Namespace) -> int:
    """Print the rules that bind a participant, and its freedoms."""
    on, known_by = days(asked)
    from inforce import law
    from inforce.record.names import find_participant

    record = recorded(asked)
    answer = law.obligations(
        record,
        find_participant(record, asked.state).key,
        item=asked.item,
        activity=asked.activity,
        on=on,
        known_by=known_by,
        today=today(),
        reading=asked.reading,
        towards=None if asked.towards is None else find_participant(record, asked.towards).key,
    )
    if asked.json:
        from inforce.reports.obligation_rows import obligation_rows

        answer_json(asked, record, obligation_rows(answer))
    else:
        from inforce.reports.obligations_text import obligations_table

        answer_text(asked, record, lambda width: obligations_table(answer, record, width=width))
    return 0


def transfer(asked: argparse.Namespace) -> int:
    """Print what binds each end of a transfer."""
    on, known_by = days(asked)
    from inforce import law
    from inforce.record.names import find_participant

    record = recorded(asked)
    answer = law.transfer(
        record,
        find_participant(record, asked.supplier).key,
        find_participant(record, asked.recipient).key,
        item=asked.item,
        on=on,
        known_by=known_by,
        today=today(),
    )
    if asked.json:
        answer_json(asked, record, answer)
    else:
        from inforce.reports.transfer_text import transfer_table

        answer_text(asked, record, lambda width: transfer_table(answer, record, width=width))
    return 0
