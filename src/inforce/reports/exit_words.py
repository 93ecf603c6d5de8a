"""Clauses on leaving and on the end of a treaty, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.dates import in_words
from inforce.law.derivation import listed
from inforce.record.model import CarveOut, Earliest, FinalClauses, Record, WithdrawalClause
from inforce.reports.delay_words import delay, length
from inforce.reports.naming import sentence, treaty_name

_COUNTED_FROM = {
    "receipt_by_depositary": "receipt of the notice by the depositary",
    "notice_to_all_addressees": "the day on which all addressees have the notice",
}
_PREMISES = {"breach": "after a breach by another party", "amendment": "after an amendment"}
_BARS = {"notice": "no notice can be given", "effect": "no withdrawal takes effect"}
_STARTS = {
    "treaty_entry": "the treaty's own entry into force",
    "participant_entry": "the entry into force for the participant",
}
_CARVE_OUTS = {
    "armed_conflict": "armed conflict",
    "armed_conflict_or_occupation": "armed conflict or occupation",
}
_MOMENTS = {"expiry_of_notice": "at the end of the notice", "notification": "when notice is given"}


def withdrawal(given: WithdrawalClause | None, record: Record) -> Iterator[str]:
    """How a participant leaves, in sentences; says so where nothing is recorded."""
    if given is None:
        yield "Nothing is recorded on withdrawal."
        return
    if given.same_as is not None:
        yield f"The clause is that of the {treaty_name(given.same_as, record)}."
    if given.allowed and given.premise is None:
        yield "A party may withdraw."
    elif given.allowed and given.premise is not None:
        yield f"A party may withdraw only {_PREMISES[given.premise]}: {given.premise_words}."
        yield "Whether that is so is for the parties to say; what follows is shown as two readings."
    else:
        yield "The treaty has no clause that allows withdrawal."
    yield from _notice(given)
    if given.earliest is not None:
        yield _earliest(given.earliest)
    if given.carve_out is not None:
        yield from _carve_out(given.carve_out)
    if given.accrued_obligations:
        yield sentence(f"what stays: {given.accrued_obligations}")
    if given.note:
        yield sentence(given.note)


def _notice(given: WithdrawalClause) -> Iterator[str]:
    start = f"counted from {_COUNTED_FROM[given.counted_from]}"
    if given.notice is not None:
        yield f"It takes effect {delay(given.notice)}, {start}."
    if given.notify:
        yield f"Notice goes to: {listed(given.notify)}."
    if given.reasons_required is not None:
        yield "The notice must state its reasons." if given.reasons_required else "No reasons need be given."
    if given.grounds:
        yield sentence(f"grounds: {given.grounds}")
    if given.named_date is not None:
        yield f"The notice may itself name a {given.named_date} day."


def _earliest(given: Earliest) -> str:
    if given.date is not None:
        return sentence(f"{_BARS[given.bars]} before {in_words(given.date)}")
    run = (
        length(given.amount, given.unit) if given.amount is not None and given.unit is not None else "a time"
    )
    start = _STARTS[given.counted_from] if given.counted_from else "a day not recorded"
    return sentence(f"{_BARS[given.bars]} before {run} from {start} have run")


def _carve_out(given: CarveOut) -> Iterator[str]:
    yield sentence(
        f"exception for {_CARVE_OUTS[given.kind]}, tested {_MOMENTS[given.test_moment]}: {given.test}"
    )
    yield sentence(f"then: {given.effect}; until: {given.resumes}")


def ending(
    final: FinalClauses,
) -> Iterator[tuple[str, str | None, tuple[str, ...], tuple[str, ...]]]:
    """The term and the end of the treaty itself: heading, article, sentences and sources of each."""
    term, ended = final.term, final.ended
    if term is not None:
        extensions = (
            f"Extended on {in_words(one.decided)} by {length(one.amount, one.unit)} ({one.source})."
            for one in term.extensions
        )
        run = f"Concluded for {length(term.amount, term.unit)}, counted from its entry into force."
        yield "Term", term.article, (run, *extensions), term.sources
    if ended is not None:
        known = f", which became known on {in_words(ended.known)}" if ended.known else ""
        text = sentence(f"the treaty ended on {in_words(ended.date)}{known}: {ended.because}")
        yield "End", ended.article, (text,), ended.sources
