"""`inforce keys`: who may write over HTTP, and what."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the database

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from inforce.cli.ledger_commands import opened
from inforce.cli.options import Commands, Parser, add_command, add_json, add_record
from inforce.cli.output import complain, show_json, show_line
from inforce.ledger.scopes import SCOPES

_MORE = """\
  inforce keys add newsroom --ledger claims.db
  inforce keys add desk --scope watch --ledger claims.db
  inforce keys list --ledger claims.db
  inforce keys revoke newsroom --ledger claims.db

A program sends its key as "Authorization: Bearer KEY", never in an address.
To read needs no key."""


def add_to(commands: Commands) -> None:
    """Add the command and its own commands."""
    parser = add_command(commands, "keys", "who may write over HTTP, and what", _MORE)
    own = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    adding = _command(own, "add", "make a key; it is shown once, on standard output", add, " newsroom")
    adding.add_argument("name", metavar="NAME", help="whose it is")
    allowed = ", ".join(f"{scope} to {words}" for scope, words in SCOPES.items())
    adding.add_argument(
        "--scope",
        action="append",
        choices=tuple(SCOPES),
        metavar="SCOPE",
        help=f"what it allows, given once or more: {allowed} (default: ledger)",
    )
    _command(own, "list", "the keys, and which are revoked", list_keys, "")
    revoking = _command(own, "revoke", "make a key worthless, at once", revoke, " newsroom")
    revoking.add_argument("name", metavar="NAME")


def _command(
    own: Commands, name: str, summary: str, run: Callable[[argparse.Namespace], int], example: str
) -> Parser:
    parser = add_command(own, name, summary, f"  inforce keys {name}{example}")
    parser.add_argument("--ledger", metavar="PLACE", help="a file, or postgresql://user@host/name")
    add_json(parser)
    add_record(parser)
    parser.set_defaults(run=run)
    return parser


def add(asked: argparse.Namespace) -> int:
    """Make a key and print it."""
    from inforce.ledger import keys

    scopes = asked.scope or ["ledger"]
    with opened(asked, create=True) as ledger, ledger.writing() as connection:
        key = keys.add(connection, asked.name, scopes)
    if asked.json:
        show_json({"name": asked.name, "scopes": scopes, "key": key})
    else:
        sys.stdout.write(f"{key}\n")
        may = " and ".join(words for scope, words in SCOPES.items() if scope in scopes)
        complain(f"{asked.name}: may {may}; the key is shown this once")
    return 0


def list_keys(asked: argparse.Namespace) -> int:
    """Print the keys' names, what they allow, and whether they still do."""
    from inforce.ledger import keys

    with opened(asked) as ledger, ledger.reading() as connection:
        found = keys.listed(connection)
    if asked.json:
        show_json(found)
        return 0
    for one in found:
        show_line(f"{one.name}: {', '.join(one.scopes)}{', revoked' if one.revoked else ''}")
    return 0


def revoke(asked: argparse.Namespace) -> int:
    """Revoke a key."""
    from inforce.ledger import keys

    with opened(asked) as ledger, ledger.writing() as connection:
        keys.revoke(connection, asked.name)
    if asked.json:
        show_json({"name": asked.name, "revoked": True})
    else:
        complain(f"{asked.name}: revoked")
    return 0
