"""`inforce mcp`: the questions as tools of a language model, on standard input and output."""

# ruff: noqa: PLC0415 - help and errors of usage answer at once, without the server

from __future__ import annotations

import argparse

from inforce.cli.options import Commands, add_command, add_record, today
from inforce.errors import UsageError

_MORE = """\
  inforce mcp

A client starts it itself, told in its settings of the command inforce and the
argument mcp. Tools: status, obligations, count, check."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "mcp", "answer a language model's questions (MCP, on stdio)", _MORE)
    add_record(parser)
    parser.set_defaults(run=mcp)


def mcp(asked: argparse.Namespace) -> int:
    """Serve until the client ends the conversation."""
    try:
        import anyio
        from mcp import stdio_server

        from inforce.mcp_tools import make_server
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "anyio"):
            raise
        raise UsageError(f"mcp: {error.name} is missing; pip install 'inforce[mcp]'") from None
    from inforce.record import load

    server = make_server(load(asked.record), today)

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)
    return 0
