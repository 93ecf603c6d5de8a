"""What the ledger answers, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from inforce.checking.compare_align import telling_of
from inforce.checking.compare_model import Change
from inforce.checking.model import Finding
from inforce.dates import in_words
from inforce.law.derivation import listed
from inforce.ledger.ageing import Turned
from inforce.ledger.keeping import Overview
from inforce.ledger.model import ClaimEntry, DocumentEntry, Judgement
from inforce.ledger.programmes import Against, Beside, Statement
from inforce.ledger.telling import FirstWrong, Telling
from inforce.reading.model import Claim
from inforce.record.model import Record
from inforce.reports import wording
from inforce.reports.layout import EMPTY, Line, Piece, columns, indented, paragraph
from inforce.reports.naming import one_line, participant_name, shortened
from inforce.reports.story_words import change_words, telling_words
from inforce.reports.text import STYLES
from inforce.vocabulary import Verdict

_WORDS = 116
_SENSES = {"then": "as of its own day", "now": "as of the latest day"}


def found_claims(found: Sequence[ClaimEntry], width: int) -> list[Line]:
    """Claims in a table: number, verdict, words, and where they stood."""
    if not found:
        return paragraph("No claim answers this.", width)
    rows = [(str(entry.id), _verdict(entry.then), _claim(entry)) for entry in found]
    return columns(rows, width, gap=1, right=(0,))


def _verdict(verdict: Verdict) -> list[Piece]:
    return [Piece(str(verdict), STYLES[verdict])]


def _claim(entry: ClaimEntry) -> list[Piece]:
    said = wording.speaker(entry.claim.attribution)
    return [
        Piece(f"“{shortened(entry.claim.span.text, _WORDS)}”", "italic"),
        *([Piece(f"– says {said}", "dim")] if said else []),
        Piece(where(entry.document), "dim"),
        *([Piece(one_line(entry.correction))] if entry.correction else []),
        *_since(entry),
    ]


def _since(entry: ClaimEntry) -> list[Piece]:
    if entry.now is entry.then:
        return []
    since = f" since {in_words(entry.now_since)}" if entry.now_since else ""
    said = entry.correction_now or entry.reason_now
    return [Piece(f"(now {entry.now}{since}{f': {one_line(said)}' if said else ''})", "dim")]


def where(document: DocumentEntry) -> str:
    """Title or address, and the day: "Finland leaves (wire.txt), 10 January 2026"."""
    name = one_line(document.outlet or document.source)
    title = f"{shortened(document.title, 60)} ({name})" if document.title else name
    return f"{title}, {in_words(document.published) if document.published else 'undated'}"


def whole_claim(entry: ClaimEntry, rulings: Mapping[str, Sequence[Judgement]], width: int) -> list[Line]:
    """A claim and all rulings on it, with their reasons."""
    lines = [*found_claims([entry], width)]
    for sense, made in rulings.items():
        lines += [EMPTY, *paragraph(f"Rulings {_SENSES[sense]}", width, "bold")]
        for one in made:
            since = f", so since {in_words(one.since)}" if one.since else ""
            head = f"{in_words(one.as_of)}: {one.verdict}{since} (record {one.record[:12]})"
            lines += paragraph(head, width, STYLES[one.verdict])
            reasons = [one.correction, *(step["text"] for step in one.because)]
            for reason in dict.fromkeys(reason for reason in reasons if reason):
                lines += indented(paragraph(one_line(reason), width - 2), 2)
    return lines


def programme_statements(found: Sequence[Statement], record: Record, width: int) -> list[Line]:
    """Statements in the order of their days, with what changed and what the law says beside each."""
    if not found:
        return paragraph("No statement on a programme or stock answers this.", width)
    told: dict[str, int] = {}
    rows = [(f"#{one.id}", _day(one.document), [*_statement(one, record), *_law(one, told)]) for one in found]
    return columns(rows, width, gap=1, right=(0,))


def _law(one: Statement, told: dict[str, int]) -> Iterator[Piece]:
    """The law beside a statement; what was said beside an earlier one is only referred to."""
    steps = [one_line(step["text"]) for step in one.law]
    new = [step for step in steps if step not in told]
    earlier = tuple(dict.fromkeys(f"#{told[step]}" for step in steps if step in told))
    told.update(dict.fromkeys(new, one.id))
    rest = f"as beside {listed(earlier)}." if earlier else ""
    if not one.law and not one.claim.object.item:
        yield Piece("Law: none is set beside it, since it names no kind of weapon.", "dim")
    elif new:
        yield Piece(f"Law: {' '.join(new)}{f' The rest {rest}' if rest else ''}")
    elif rest:
        yield Piece(f"Law: {rest}")


def _day(document: DocumentEntry) -> str:
    return document.published.isoformat() if document.published else "undated"


def _statement(one: Statement, record: Record) -> list[Piece]:
    said = wording.speaker(one.claim.attribution)
    name = one_line(one.document.outlet or one.document.source)
    copies = f", repeated by {one.copies} more" if one.copies else ""
    return [
        Piece(statement_words(one.claim, record), "bold"),
        Piece(f"“{shortened(one.claim.span.text, _WORDS)}”", "italic"),
        Piece(f"– {f'says {said}' if said else 'the text itself'}, in {name}{copies}", "dim"),
        *(piece for against in one.against for piece in _against(against, record)),
    ]


def statement_words(claim: Claim, record: Record) -> str:
    """ "Lithuania: funding; planned; over 100,000,000 EUR; anti-personnel mines"."""
    told = telling_of(0, Finding(claim, Verdict.REPORTED, Verdict.REPORTED))
    states = ", ".join(participant_name(key, record) for key in claim.subject) or "no state named"
    return f"{states}: {telling_words(msgspec.structs.replace(told, attribution=None), record)}"


def _against(against: Against, record: Record) -> Iterator[Piece]:
    """What changed from an earlier statement, the weighty first."""
    for change in sorted(against.changes, key=lambda change: not change.weighty):
        sign, style = ("≠", "yellow") if change.weighty else ("·", "dim")
        yield Piece(f"{sign} {against_words(change, against, record)}", style)


def against_words(change: Change, against: Against, record: Record) -> str:
    """One sentence on what changed: "#28 tells as done what #5 tells as planned."."""
    base = telling_of(0, Finding(against.claim, Verdict.REPORTED, Verdict.REPORTED))
    words = change_words(change, base, record, "#{}".format)
    return f"The same speaker: {words}" if against.by is Beside.SPEAKER else words


def story_list(found: Sequence[Telling], width: int) -> list[Line]:
    """Stories with their documents: which came first, what tells it too, what only copies."""
    if not found:
        return paragraph("No article in this ledger tells a story.", width)
    rows = [(str(one.story), str(one.document.id), _part(one), where(one.document)) for one in found]
    return columns([("story", "doc", "part", "article"), *rows], width, gap=2, right=(0, 1))


def _part(one: Telling) -> str:
    return f"{one.part} of {one.copy_of}" if one.copy_of is not None else one.part


def first_wrong_lines(found: FirstWrong | None, width: int) -> list[Line]:
    """Where a story first went wrong; nothing where it did not."""
    if found is None:
        return []
    head = f"First wrong: {found.document.id}, {where(found.document)}; right before: {found.right.id}."
    said = f"{found.verdict}: “{shortened(found.claim.span.text, _WORDS)}”"
    return [
        *paragraph(head, width),
        *indented(paragraph(said, width - 2, STYLES[found.verdict]), 2),
        *(indented(paragraph(one_line(found.correction), width - 2), 2) if found.correction else []),
        EMPTY,
    ]


def turned_claims(turned: Sequence[Turned], told: Mapping[int, ClaimEntry], width: int) -> list[Line]:
    """Claims that stand otherwise than they did, since when, why, and the wording that is right now."""
    if not turned:
        return paragraph("Every claim stands as it did.", width)
    rows = [(str(one.claim), _turn(one, told[one.claim])) for one in turned]
    return [
        *columns(rows, width, gap=1, right=(0,)),
        EMPTY,
        *paragraph(f"{len(turned)} rulings turned.", width),
    ]


def _turn(one: Turned, entry: ClaimEntry) -> list[Piece]:
    since = f" since {in_words(one.since)}" if one.since else ""
    cause = "the record changed" if one.by == "record" else "time passed"
    return [
        Piece(f"{one.before} -> {one.after}{since} ({_SENSES[one.sense]}; {cause})", STYLES[one.after]),
        Piece(f"“{shortened(entry.claim.span.text, _WORDS)}”", "italic"),
        Piece(where(entry.document), "dim"),
        *([Piece(one_line(one.reason))] if one.reason else []),
    ]


def ledger_overview(found: Overview, width: int) -> list[Line]:
    """Counts and days."""
    rows: list[tuple[str, str]] = [("ledger", found.ledger)]
    rows += [(name, f"{count:,}") for name, count in found.counts.items()]
    rows += [
        ("published", f"{found.first_published or '-'} to {found.last_published or '-'}"),
        ("undated", f"{found.undated:,}"),
        ("records used", ", ".join(record[:12] for record in found.records) or "-"),
    ]
    return columns(rows, width)
