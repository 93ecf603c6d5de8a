"""Both ends of a transfer as text for a person: each end for itself."""

from __future__ import annotations

from inforce.dates import in_words
from inforce.law.obligation_model import TransferAnswer, TransferEnd, TransferOutcome
from inforce.record.model import Record
from inforce.reports.layout import EMPTY, Line, Piece, columns, paragraph
from inforce.reports.naming import participant_name
from inforce.reports.obligations_text import custom_table, rules_table
from inforce.vocabulary import Prohibition

_ANSWERS = {
    Prohibition.YES: "prohibited",
    Prohibition.NO: "not prohibited outright",
    Prohibition.PARTLY: "limited: not every manner, aim or recipient is prohibited",
    Prohibition.CONTESTED: "contested",
    Prohibition.UNKNOWN: "open",
}


def transfer_table(answer: TransferAnswer, record: Record, *, width: int) -> list[Line]:
    """What binds the supplier, then what binds the recipient; no word joins the two."""
    heading = f"Transfer of {answer.item} on {in_words(answer.on)}, by the recorded law of each end"
    lines = paragraph(heading, width, "bold")
    for role, end in (("Supplier", answer.supplier), ("Recipient", answer.recipient)):
        lines += [EMPTY, *paragraph(f"{role}: {participant_name(end.participant, record)}", width, "bold")]
        lines += _end(end, record, width)
    return [*lines, *(line for note in answer.coverage for line in (EMPTY, *paragraph(note, width, "dim")))]


def _end(end: TransferEnd, record: Record, width: int) -> list[Line]:
    lines = columns([(one.activity.value, _outcome(one)) for one in end.outcomes], width)
    lines += rules_table(end.rules, record, width)
    if end.custom:
        heading = paragraph("Custom, which binds every state (ICRC study)", width)
        lines += [EMPTY, *heading, *custom_table(end.custom, width)]
    if end.common:
        lines += [EMPTY, *(line for one in end.common for line in paragraph(one.because, width, "dim"))]
    return lines


def _outcome(one: TransferOutcome) -> list[Piece]:
    until = f" until {in_words(one.until)}" if one.until and one.answer is Prohibition.YES else ""
    return [Piece(f"{_ANSWERS[one.answer]}{until}"), Piece(one.because, "dim")]
