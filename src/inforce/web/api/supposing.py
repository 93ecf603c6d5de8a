"""What if: the questions of the law, asked of the record with acts added that nobody did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from inforce import law, questions
from inforce.errors import UsageError
from inforce.reports.supposed import with_supposed
from inforce.web.api.endpoint import Endpoint, Parameter
from inforce.web.api.law import LAW
from inforce.web.site import Site

#: Acts of one question: a memo has a few.
MOST_ACTS: Final = 20

ACTS: Final = Parameter(
    "acts",
    "what is supposed, several acts parted by semicolons: STATE ACTION TREATY DATE, or "
    "STATE armed-conflict DATE",
    "POL accession apmbc 2027-01-15",
    required=True,
)

_JOINS: Final = "acts=POL accession apmbc 2027-01-15"
_DAYS: Final = "on=2027-08-01&known-by=2027-08-01"
_MINES: Final = "item=anti-personnel-mine"
_EXAMPLES: Final = {
    "status": f"/status/apmbc/POL?{_JOINS}&{_DAYS}",
    "parties": f"/parties/apmbc?{_JOINS}&{_DAYS}",
    "count": f"/count/apmbc/162?{_JOINS}&{_DAYS}",
    "condition": f"/condition/ctbt?acts=China, Egypt ratification ctbt 2027-01-15&{_DAYS}",
    "obligations": f"/obligations/POL?{_JOINS}&{_DAYS}&{_MINES}&activity=produce",
    "transfer": f"/transfer/POL/UKR?{_JOINS}&{_DAYS}&{_MINES}",
    "effects": f"/effects/apmbc?{_JOINS}",
    "calendar": f"/calendar?{_JOINS}&participant=POL&treaty=apmbc&from=2027-01-01&known-by=2027-08-01",
}


def _asking(endpoint: Endpoint) -> Any:
    def ask(site: Site, given: dict[str, Any]) -> dict[str, Any]:
        acts = [text for text in map(str.strip, given.pop("acts").split(";")) if text]
        if not 1 <= len(acts) <= MOST_ACTS:
            raise UsageError(f"acts: suppose 1 to {MOST_ACTS} acts, parted by semicolons")
        record = questions.supposing(site.record, acts)
        answer = endpoint.ask(Site(record, today=site.today), given)
        return with_supposed(answer, law.suppositions(record))

    return ask


def _supposed() -> Iterator[Endpoint]:
    for one in LAW:
        if one.supposable:
            yield one._replace(
                operation=f"suppose-{one.operation}",
                group="What if",
                path=f"/suppose{one.path}",
                summary=f"{one.summary}, if",
                description=(
                    "The same question of the record with acts added that nobody did; they stand in the "
                    "answer as `supposed`, each with what follows from it. A list stands under `rows`."
                ),
                ask=_asking(one),
                example=f"/suppose{_EXAMPLES[one.operation]}",
                parameters=(*one.parameters, ACTS),
                table=None,
                listed=None,
                page=None,
            )


SUPPOSING: Final = tuple(_supposed())
