"""What the record holds: treaties, states and organisations."""

from __future__ import annotations

from typing import Final

from inforce import questions
from inforce.reports.listings import ParticipantEntry, TreatyEntry, participant_entries, treaty_entries
from inforce.reports.treaty_answer import TreatyAnswer
from inforce.web.api.endpoint import TREATY, Endpoint, Listed, of_record

RECORD: Final = (
    Endpoint(
        operation="treaties",
        group="Record",
        path="/treaties",
        summary="The treaties of the record",
        description="Keys, names and numbers, and to when each is known complete.",
        ask=lambda site, given: treaty_entries(site.record),
        answer=tuple[TreatyEntry, ...],
        example="/treaties?limit=1",
        table="treaties",
        listed=Listed(None, lambda row: str(row.key)),
        page="/treaties",
    ),
    Endpoint(
        operation="treaty",
        group="Record",
        path="/treaties/{treaty}",
        summary="What the record says of a treaty",
        description=(
            "Its clauses and obligations as recorded and in words, parties, deadlines and contested points, "
            "as of the day to which it is verified, whatever day it is."
        ),
        ask=of_record(questions.treaty),
        answer=TreatyAnswer,
        parameters=(TREATY,),
        example="/treaties/ccw-am1",
        page="/treaties/{treaty}",
    ),
    Endpoint(
        operation="states",
        group="Record",
        path="/states",
        summary="The states and organisations of the record",
        description="Codes and names.",
        ask=lambda site, given: participant_entries(site.record),
        answer=tuple[ParticipantEntry, ...],
        example="/states?limit=2",
        table="states",
        listed=Listed(None, lambda row: str(row.key)),
        page="/states",
    ),
)
