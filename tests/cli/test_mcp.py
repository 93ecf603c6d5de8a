"""The server for language models, asked by the protocol's own client over standard input and output."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import Any

import anyio
import msgspec
from mcp import Client, StdioServerParameters

from inforce import law
from inforce.record import load

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("status", {"participant": "Finland", "treaty": "Ottawa Convention", "on": "2025-12-01"}),
    ("obligations", {"participant": "FIN", "item": "anti-personnel-mine", "activity": "produce"}),
    ("count", {"treaty": "apmbc", "number": 166, "on": "2025-12-01"}),
    ("check", {"text": "Finland left the Ottawa Convention on 10 July 2025.", "published": "2025-07-11"}),
    ("status", {"participant": "Finnland", "treaty": "apmbc"}),
    ("status", {"participant": "FIN", "treaty": "apmbc", "when": "2025"}),
    ("launder", {}),
)


async def _conversation() -> tuple[list[Any], list[Any]]:
    command = [sys.executable, "-m", "inforce", "mcp"]
    server = StdioServerParameters(command=command[0], args=command[1:], env=dict(os.environ))
    async with Client(server) as client:
        tools = (await client.list_tools()).tools
        return tools, [await client.call_tool(name, arguments) for name, arguments in ASKED]


def test_a_client_asks_and_is_told_with_sources() -> None:
    tools, told = anyio.run(_conversation)
    assert [one.name for one in tools] == ["status", "obligations", "count", "check"]
    assert all(one.description and one.input_schema["properties"] for one in tools)
    status, obligations, count, checked, misspelt, unknown, no_tool = told
    record = load()
    answer = status.structured_content["answer"]
    assert json.loads(status.content[0].text) == status.structured_content
    assert status.structured_content["record"]["sha256"] == record.hash
    on, today = (date.fromisoformat(answer[name]) for name in ("on", "known_by"))
    expected = law.status(record, "FIN", "apmbc", on=on, today=today)
    assert msgspec.convert(answer, law.StatusAnswer) == expected
    assert any(step.get("source") for step in answer["derivation"])
    assert obligations.structured_content["answer"]
    assert count.structured_content["answer"]["right"] is True
    (claim, *_) = checked.structured_content["answer"]["claims"]
    assert claim["because"]
    assert (misspelt.is_error, unknown.is_error, no_tool.is_error) == (True, True, True)
    assert "Finland" in misspelt.content[0].text
    assert "when" in unknown.content[0].text
