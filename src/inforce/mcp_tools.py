"""The questions as tools of a language model (Model Context Protocol): each answer with its sources.

A tool answers with what the command line prints as JSON, and names the record that it is from. Nothing is
written, and nothing is fetched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Final, NamedTuple

import msgspec
from mcp.server.lowlevel import Server
from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations

from inforce import __version__, questions
from inforce.checking import check
from inforce.errors import InforceError, UsageError
from inforce.reading import read
from inforce.reading.document import document_from_text
from inforce.record.model import Record
from inforce.reports.json_answers import check_answer

#: The longest text that is checked, in bytes of UTF-8.
LONGEST: Final = 2 * 1024 * 1024

State = Annotated[str, msgspec.Meta(description="ISO code, name or common short form: FIN, Finland")]
Treaty = Annotated[str, msgspec.Meta(description="key, name, MTDSG or UNTS number: apmbc, Ottawa Convention")]
On = Annotated[dt.date, msgspec.Meta(description="the day asked about; today where it is left out")]
KnownBy = Annotated[dt.date, msgspec.Meta(description="as it was known on that day")]
Reading = Annotated[str, msgspec.Meta(description="under one reading of a contested point: A")]


class StatusAsked(msgspec.Struct, forbid_unknown_fields=True):
    """Where a state stands towards a treaty on a day, with derivation and sources."""

    participant: State
    treaty: Treaty
    on: On | None = None
    known_by: KnownBy | None = None
    reading: Reading | None = None


class ObligationsAsked(msgspec.Struct, forbid_unknown_fields=True):
    """What binds a state on a day, and what does not any more, across all recorded treaties."""

    participant: State
    item: Annotated[str, msgspec.Meta(description="a weapon category: anti-personnel-mine, mine")] | None = (
        None
    )
    activity: Annotated[str, msgspec.Meta(description="use, produce, stockpile, transfer")] | None = None
    towards: State | None = None
    on: On | None = None
    known_by: KnownBy | None = None


class CountAsked(msgspec.Struct, forbid_unknown_fields=True):
    """By which way of counting, and on which days, a number of parties to a treaty was right."""

    treaty: Treaty
    number: Annotated[int, msgspec.Meta(ge=0, le=999_999, description="the number of states")]
    on: On | None = None
    since: Annotated[dt.date, msgspec.Meta(description="the first day asked about")] | None = None
    until: Annotated[dt.date, msgspec.Meta(description="the last day asked about")] | None = None
    known_by: KnownBy | None = None


class CheckAsked(msgspec.Struct, forbid_unknown_fields=True):
    """What an article says about treaty law: each claim with verdict, reason, right wording and sources."""

    text: Annotated[str, msgspec.Meta(min_length=1, description="the article as plain text")]
    published: Annotated[dt.date, msgspec.Meta(description="its day of publication")] | None = None
    as_of: Annotated[dt.date, msgspec.Meta(description="give the verdicts as of another day")] | None = None


class _Tool(NamedTuple):
    name: str
    asked: Any
    answer: Callable[[Record, dt.date, Any], Any]


def _law(function: Callable[..., Any]) -> Callable[[Record, dt.date, Any], Any]:
    return lambda record, today, asked: function(record, today=today, **msgspec.structs.asdict(asked))


def _checked(record: Record, today: dt.date, asked: CheckAsked) -> Any:
    if len(asked.text.encode("utf-8", "replace")) > LONGEST:
        raise UsageError(f"text: is over the limit of {LONGEST // 2**20} MB; send a part of it")
    document = document_from_text(asked.text, "text", published=asked.published)
    return check_answer(check(document, read(document, record), record, as_of=asked.as_of, today=today))


TOOLS: Final = (
    _Tool("status", StatusAsked, _law(questions.status)),
    _Tool("obligations", ObligationsAsked, _law(questions.obligations)),
    _Tool("count", CountAsked, _law(questions.count)),
    _Tool("check", CheckAsked, _checked),
)

_INSTRUCTIONS: Final = (
    "Which treaty law is in force, for whom, since when, on whose word. Give the sources of an answer with "
    "it. Where `bound` is null the point is contested: tell the readings and who holds them. `coverage` "
    "says where the record ends; beyond it nothing is known. It is no legal advice."
)


def make_server(record: Record, today: Callable[[], dt.date]) -> Server[Any]:
    """The server over a record; `today` gives the day it is."""

    async def list_tools(context: Any, asked: Any) -> ListToolsResult:
        return ListToolsResult(tools=[_described(one) for one in TOOLS])

    async def call_tool(context: Any, asked: Any) -> CallToolResult:
        return answered(record, today(), asked.name, asked.arguments or {})

    return Server(
        "inforce",
        version=__version__,
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def answered(record: Record, today: dt.date, name: str, arguments: dict[str, Any]) -> CallToolResult:
    """What a tool answers; what cannot be meant is told as the tool's error, for the model to mend."""
    tool = next((one for one in TOOLS if one.name == name), None)
    try:
        if tool is None:
            raise UsageError(f"no tool {name!r}; there is {', '.join(one.name for one in TOOLS)}")
        answer = tool.answer(record, today, msgspec.convert(arguments, tool.asked))
    except (InforceError, msgspec.ValidationError) as error:
        return CallToolResult(content=[TextContent(type="text", text=str(error))], is_error=True)
    whole = {"answer": answer, "record": {"version": record.hash[:12], "sha256": record.hash}}
    text = msgspec.json.encode(whole).decode()
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=msgspec.json.decode(text)
    )


def _described(tool: _Tool) -> Tool:
    schema = msgspec.json.schema(tool.asked)
    shape = schema["$defs"][tool.asked.__name__]
    return Tool(
        name=tool.name,
        description=shape.pop("description"),
        input_schema={**shape, "additionalProperties": False},
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True),
    )
