"""Asks a model for claims, passage by passage, and takes those that hold."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inforce.proposing.answer import decoded
from inforce.proposing.grounds import Grounds, grounds
from inforce.proposing.merge import merge
from inforce.proposing.model import ModelPart, Proposals, Rejected
from inforce.proposing.passages import MOST, Passage, passages
from inforce.proposing.prompt import answer_schema, messages
from inforce.proposing.reasons import Refused, rejected
from inforce.proposing.server import Reply, Server, Trouble
from inforce.proposing.verify import verified
from inforce.reading.model import Claim, Document
from inforce.reading.scan import names_treaty, scan
from inforce.record.model import Record


class _Round(msgspec.Struct):
    """A document being asked about."""

    document: Document
    record: Record
    server: Server
    sent: int = 0
    proposed: int = 0
    claims: list[Claim] = []
    rejected: list[Rejected] = []
    troubles: list[str] = []

    def reject(self, item: object, reason: str) -> None:
        self.rejected.append(rejected(item, reason))


def propose(document: Document, read: Sequence[Claim], record: Record, server: Server) -> Proposals:
    """The claims read, with those that the model adds; and all that became of its proposals.

    The text is sent only if it names a treaty: nothing proposed from any other could hold. Raises nothing
    for the server's sake: what goes wrong there is told in `troubles`, and the claims read stand.
    """
    held = _Round(document, record, server)
    text = scan(document, record)
    if names_treaty(text):
        _ask_all(held, grounds(text, record))
    merged = merge(read, held.claims)
    part = ModelPart(
        name=server.model,
        server=server.url,
        passages=held.sent,
        proposed=held.proposed,
        agreed=merged.agreed,
        added=len(held.claims) - merged.agreed - merged.repeated,
        repeated=merged.repeated,
        rejected=tuple(held.rejected),
        without=server.without,
        troubles=tuple(held.troubles),
    )
    return Proposals(merged.claims, part)


def _ask_all(held: _Round, ground: Grounds) -> None:
    for number, passage in enumerate(passages(held.document.text)):
        if number == MOST:
            held.troubles.append(f"only the first {passage.start:,} characters were sent")
            return
        held.sent += held.server.down is None
        try:
            reply = held.server.ask(messages(passage, held.document, held.record), answer_schema())
        except Trouble as trouble:
            held.troubles.append(str(trouble))
            if trouble.lasting:
                return
        else:
            _take(held, reply, passage, ground)


def _take(held: _Round, reply: Reply, passage: Passage, ground: Grounds) -> None:
    """Verify what an answer proposes."""
    answer = decoded(reply.content, cut_off=reply.cut_off)
    held.troubles.extend(answer.troubles)
    held.proposed += len(answer.items) + len(answer.stray)
    for key in answer.stray:
        held.reject(None, f"{key!r} beside the claims: a model is asked for claims alone")
    for item in answer.items:
        try:
            held.claims.append(verified(item, passage, ground))
        except Refused as reason:
            held.reject(item, str(reason))
