"""Questions of the law."""

from __future__ import annotations

from typing import Final

from inforce import law, questions
from inforce.law.model import CalendarAnswer, EffectRow, PartiesAnswer, StatusAnswer
from inforce.law.obligation_model import TransferAnswer
from inforce.reports.obligation_rows import ObligationRow
from inforce.vocabulary import Activity, DateKind
from inforce.web.api.endpoint import (
    DAYS,
    KNOWN_BY,
    PARTICIPANT,
    READING,
    TREATY,
    Endpoint,
    Kind,
    Listed,
    Parameter,
    of_record,
)

_TO = (
    Parameter(
        "to-on", "the day of the second point; that of `on` where it is left out", "2026-01-10", Kind.DAY
    ),
    Parameter(
        "to-known-by", "knowledge of the second point; today's where it is left out", "2026-02-01", Kind.DAY
    ),
)
_ITEM = Parameter(
    "item", "a weapon category: anti-personnel-mine, cluster-munition, missile", "anti-personnel-mine"
)
_ACTIVITY = Parameter("activity", "one activity", "produce", Kind.CHOICE, choices=tuple(map(str, Activity)))
_SINCE = Parameter("from", "the first day; today where it is left out", "2025-01-01", Kind.DAY, to="since")
_UNTIL = Parameter("to", "the last day; no end where it is left out", "2025-12-31", Kind.DAY, to="until")

LAW: Final = (
    Endpoint(
        operation="status",
        group="Law",
        path="/status/{treaty}/{participant}",
        summary="Where a state stands towards a treaty",
        description=(
            "The status on a day, as known on a day, with its derivation, clause by clause and source by "
            "source. `bound` is null where the point is contested; `readings` then say who holds what."
        ),
        ask=of_record(questions.status),
        answer=StatusAnswer,
        parameters=(TREATY, PARTICIPANT, *DAYS, READING),
        example="/status/apmbc/FIN?on=2025-12-01&known-by=2025-12-01",
        page="/status/{treaty}/{participant}",
        supposable=True,
    ),
    Endpoint(
        operation="parties",
        group="Law",
        path="/parties/{treaty}",
        summary="Who stands how towards a treaty, and how many",
        description="The counts, each under its own name, and everyone with a recorded act.",
        ask=of_record(questions.parties),
        answer=PartiesAnswer,
        parameters=(TREATY, *DAYS),
        example="/parties/apmbc?on=2025-12-01&known-by=2025-12-01&limit=2",
        table="parties",
        listed=Listed("participants", lambda row: str(row.participant)),
        page="/treaties/{treaty}",
        supposable=True,
    ),
    Endpoint(
        operation="count",
        group="Law",
        path="/count/{treaty}/{number}",
        summary="By which way of counting, and when, a number of parties was right",
        description="Where it was right on none of the days asked about, what is nearest to it.",
        ask=of_record(questions.count),
        answer=law.CountAnswer,
        parameters=(
            TREATY,
            Parameter("number", "the number of states", "164", Kind.NUMBER),
            Parameter("from", "the first day asked about", "2025-12-01", Kind.DAY, to="since"),
            Parameter("to", "the last day asked about, included", "2025-12-31", Kind.DAY, to="until"),
            Parameter("on", "that day alone", "2025-12-01", Kind.DAY),
            KNOWN_BY,
        ),
        example="/count/ccm/111?on=2025-12-01&known-by=2025-12-01",
        supposable=True,
    ),
    Endpoint(
        operation="condition",
        group="Law",
        path="/condition/{treaty}",
        summary="What a treaty's entry into force asks and has",
        description="The condition of the treaty's own entry into force on a day, and what is missing.",
        ask=of_record(questions.condition),
        answer=law.EntryConditionAnswer,
        parameters=(TREATY, *DAYS),
        example="/condition/apmbc?on=1998-09-15&known-by=2025-12-01",
        supposable=True,
    ),
    Endpoint(
        operation="obligations",
        group="Law",
        path="/obligations/{participant}",
        summary="What binds a state on a day, and what does not",
        description="One row a rule, and for what none prohibits one that says so, since when and why.",
        ask=of_record(questions.obligations),
        answer=tuple[ObligationRow, ...],
        parameters=(
            PARTICIPANT,
            _ITEM,
            _ACTIVITY,
            Parameter("towards", "another state: which of the treaties bind it too", "RUS"),
            *DAYS,
            READING,
        ),
        example="/obligations/FIN?item=anti-personnel-mine&activity=produce&on=2026-01-10&known-by=2026-01-10",
        table="obligations",
        supposable=True,
    ),
    Endpoint(
        operation="transfer",
        group="Law",
        path="/transfer/{supplier}/{recipient}",
        summary="What binds the supplier and the recipient of a transfer",
        description="The law of both ends and nothing else: no verdict on a shipment is given.",
        ask=of_record(questions.transfer),
        answer=TransferAnswer,
        parameters=(
            PARTICIPANT._replace(name="supplier", example="DEU"),
            PARTICIPANT._replace(name="recipient", example="UKR"),
            _ITEM._replace(required=True),
            *DAYS,
        ),
        example="/transfer/USA/UKR?item=cluster-munition&on=2023-07-07&known-by=2023-07-07",
        supposable=True,
    ),
    Endpoint(
        operation="diff-status",
        group="Law",
        path="/diff/status/{treaty}/{participant}",
        summary="Why a state's status differs between two points",
        description="Two days, or two states of knowledge; and the documents that make the difference.",
        ask=of_record(questions.diff_status),
        answer=law.StatusDiff,
        parameters=(TREATY, PARTICIPANT, *DAYS, *_TO),
        example="/diff/status/apmbc/FIN?on=2025-12-01&known-by=2025-06-30&to-known-by=2025-12-01",
    ),
    Endpoint(
        operation="diff-parties",
        group="Law",
        path="/diff/parties/{treaty}",
        summary="Whose status differs between two points, and why",
        description="Counts and participants that differ, each with its documents.",
        ask=of_record(questions.diff_parties),
        answer=law.PartiesDiff,
        parameters=(TREATY, *DAYS, *_TO),
        example="/diff/parties/ccm?on=2025-03-05&known-by=2025-12-01&to-on=2025-03-06&to-known-by=2025-12-01",
    ),
    Endpoint(
        operation="effects",
        group="Law",
        path="/effects/{treaty}",
        summary="Dates of effect, computed beside published",
        description="Every recorded action with the day that the clauses give and the published one.",
        ask=of_record(questions.effects),
        answer=tuple[EffectRow, ...],
        parameters=(TREATY,),
        example="/effects/apmbc?limit=1",
        table="effects",
        listed=Listed(None, lambda row: f"{row.participant} {row.action} {row.date}"),
        supposable=True,
    ),
    Endpoint(
        operation="calendar",
        group="Law",
        path="/calendar",
        summary="Coming and past dates of treaty law",
        description="Entries into force, ends of notices, deadlines: each with its reasons and its history.",
        ask=of_record(questions.calendar),
        answer=CalendarAnswer,
        parameters=(
            _SINCE,
            _UNTIL,
            TREATY,
            PARTICIPANT,
            Parameter(
                "kind",
                "one kind of date",
                "withdrawal-effect",
                Kind.CHOICE,
                choices=tuple(map(str, DateKind)),
            ),
            KNOWN_BY,
        ),
        example="/calendar?participant=FIN&treaty=apmbc&from=2025-12-01&known-by=2025-12-01&limit=1",
        table="calendar",
        listed=Listed("entries", lambda row: str(row.uid)),
        supposable=True,
    ),
)
