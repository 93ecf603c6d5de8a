"""Several articles on one story for a person at a terminal: who says what, and what changes."""

from __future__ import annotations

from collections.abc import Iterator

from inforce.checking.compare_model import Row, StoryComparison, Telling
from inforce.record.model import Record
from inforce.reports import story_words, wording
from inforce.reports.layout import EMPTY, Cell, Line, Piece, columns, indented, paragraph
from inforce.reports.naming import shortened
from inforce.reports.text import STYLES
from inforce.vocabulary import Verdict

#: A claim's words are shown up to about two lines of an 80-column terminal.
_CLAIM_WIDTH = 116
_INDENT = 3
#: From this number of articles on the table's columns stand closer.
_MANY = 8


def story_report(story: StoryComparison, record: Record, *, width: int) -> list[Line]:
    """The whole comparison as lines of at most `width` columns."""
    lines = [*_articles(story, width), EMPTY, *_source(story, width)]
    if not any(report.findings for report in story.reports):
        return [*lines, EMPTY, *paragraph("No statement about treaty law was found in these texts.", width)]
    for title, part in (
        ("How far each says that it has come", _stages(story, record, width)),
        ("Who says what", _table(story, record, width)),
        ("What changes", _changes(story, record, width)),
    ):
        if part:
            lines += [EMPTY, *paragraph(title, width, "bold"), *part]
    return [*lines, *_notes(story, record, width)]


def _articles(story: StoryComparison, width: int) -> list[Line]:
    rows = [
        (
            [Piece(story_words.letter(at), "bold")],
            [Piece(story_words.headline(story, at)), Piece(story_words.article_line(story, at), "dim")],
        )
        for at in range(len(story.reports))
    ]
    return columns(rows, width)


def _source(story: StoryComparison, width: int) -> list[Line]:
    return [
        *paragraph(story_words.source_words(story.first_source), width),
        *(line for group in story.same_text for line in paragraph(story_words.same_text_words(group), width)),
    ]


def _stages(story: StoryComparison, record: Record, width: int) -> list[Line]:
    lines: list[Line] = []
    for stage in story.stages:
        told = "; ".join(
            f"{story_words.letter(at)} {story_words.stage_words(act)}"
            for at, act in enumerate(stage.furthest)
        )
        lines += paragraph(f"{story_words.stage_label(stage, record)}: {told}.", width)
    return lines


def _table(story: StoryComparison, record: Record, width: int) -> list[Line]:
    named = story_words.several_treaties(story)
    articles = range(len(story.reports))
    head: tuple[Cell | str, ...] = ("", "", *([Piece(story_words.letter(at), "bold")] for at in articles), "")
    gap = 1 if len(articles) > _MANY else 2
    room = width - len(str(len(story.rows))) - (gap + 1) * (len(articles) + 1) - gap
    rows: list[tuple[Cell | str, ...]] = [
        (
            str(number),
            shortened(story_words.row_label(row, record, treaties=named), room),
            *([_sign(one)] for one in row.tellings),
            "≠" if any(change.weighty for change in row.changes) else "",
        )
        for number, row in enumerate(story.rows, 1)
    ]
    used = dict.fromkeys(one.verdict for row in story.rows for one in row.tellings if one is not None)
    legend = ", ".join(wording.signed(verdict) for verdict in wording.VERDICTS if verdict in used)
    return [
        *columns([head, *rows], width, gap=gap, right=(0,)),
        *paragraph(f"{legend}, – not told, ≠ told otherwise", width, "dim"),
    ]


def _sign(one: Telling | None) -> Piece:
    if one is None:
        return Piece("–", "dim")
    return Piece(wording.SIGNS[one.verdict], STYLES[one.verdict])


def _changes(story: StoryComparison, record: Record, width: int) -> list[Line]:
    lines: list[Line] = []
    named = story_words.several_treaties(story)
    for number, row in enumerate(story.rows, 1):
        if not row.changes and not row.agreeing:
            continue
        label = f"{number} {story_words.row_label(row, record, treaties=named)}"
        body = [
            *columns(list(_told(story, row, record)), width - _INDENT),
            *columns(list(_said(row, record)), width - _INDENT, gap=1),
        ]
        lines += [*([EMPTY] if lines else []), *paragraph(label, width), *indented(body, _INDENT)]
    return lines


def _told(story: StoryComparison, row: Row, record: Record) -> Iterator[tuple[list[Piece], ...]]:
    for one in row.tellings:
        if one is None:
            continue
        words = story_words.claim_words(story, one)
        yield (
            [Piece(story_words.letter(one.article), "bold")],
            [Piece(str(one.verdict), STYLES[one.verdict])],
            [
                Piece(story_words.telling_words(one, record)),
                Piece(f"“{shortened(words, _CLAIM_WIDTH)}”", "italic"),
            ],
        )


def _said(row: Row, record: Record) -> Iterator[tuple[Cell, Cell]]:
    """What changes, the weighty first, and whom the record bears out."""
    for change in sorted(row.changes, key=lambda change: not change.weighty):
        sign, style = ("≠", "") if change.weighty else ("·", "dim")
        yield (
            [Piece(sign)],
            [Piece(story_words.change_words(change, row.tellings[change.base], record), style)],
        )
    agreement = story_words.agreement_words(row)
    if agreement is not None:
        style = STYLES[Verdict.SUPPORTED]
        yield [Piece("✓", style)], [Piece(agreement, style)]


def _notes(story: StoryComparison, record: Record, width: int) -> list[Line]:
    notes = [f"{story_words.letter(at)}: {wording.dating(report)}" for at, report in enumerate(story.reports)]
    notes += dict.fromkeys(line for report in story.reports for line in wording.coverage(report, record))
    return [EMPTY, *(line for note in notes for line in paragraph(note, width, "dim"))]
