"""The answer of `compare` as JSON: format `inforce-compare/1`, one object for all articles."""

from __future__ import annotations

import msgspec

from inforce.checking.compare_model import (
    Change,
    ChangeField,
    ChangeSort,
    Matter,
    Row,
    SourceReason,
    StoryComparison,
    Telling,
)
from inforce.record.model import Record
from inforce.reports import story_words
from inforce.reports.json_answers import CheckAnswer, check_answer
from inforce.vocabulary import Verdict

FORMAT = "inforce-compare/1"


class ArticleAnswer(msgspec.Struct, frozen=True):
    """One article with the letter that names it here, and its whole answer of `check`."""

    article: str
    check: CheckAnswer


class GroundAnswer(msgspec.Struct, frozen=True):
    """A reason for the likely first source: `articles` are those it is seen in, `claims` how often."""

    reason: SourceReason
    articles: tuple[str, ...]
    claims: int


class FirstSourceAnswer(msgspec.Struct, frozen=True):
    """The likely first source, null where it is not known; `text` says it with the reasons."""

    article: str | None
    grounds: tuple[GroundAnswer, ...]
    text: str


class StageAnswer(msgspec.Struct, frozen=True):
    """How far each article says that states have come: the furthest act told as done, by article."""

    course: Matter
    subject: tuple[str, ...]
    treaty: str | None
    furthest: dict[str, str | None]


class TellingAnswer(msgspec.Struct, frozen=True):
    """What one article tells of a row: the ids of its claims there, and the gravest of their verdicts."""

    article: str
    claims: tuple[str, ...]
    verdict: Verdict


class ChangeAnswer(msgspec.Struct, frozen=True):
    """How article `to` tells a field otherwise than article `from`; `text` says it in one sentence.

    `weighty` is false where one tells more or less of the same.
    """

    field: ChangeField
    sort: ChangeSort
    from_: str = msgspec.field(name="from")
    to: str
    before: str | None
    after: str | None
    weighty: bool
    text: str


class RowAnswer(msgspec.Struct, frozen=True):
    """One thing told. `agreeing` are the articles that the record supports where it does not support all."""

    matter: Matter
    label: str
    subject: tuple[str, ...]
    treaty: str | None
    tellings: tuple[TellingAnswer, ...]
    missing: tuple[str, ...]
    changes: tuple[ChangeAnswer, ...]
    agreeing: tuple[str, ...]


class CompareAnswer(msgspec.Struct, frozen=True):
    """Several articles on one story; letters name them, A the first published, the undated last."""

    format: str
    articles: tuple[ArticleAnswer, ...]
    first_source: FirstSourceAnswer
    same_text: tuple[tuple[str, ...], ...]
    stages: tuple[StageAnswer, ...]
    rows: tuple[RowAnswer, ...]


def compare_answer(story: StoryComparison, record: Record) -> CompareAnswer:
    """The comparison in the shape of its answer."""
    source = story.first_source
    return CompareAnswer(
        format=FORMAT,
        articles=tuple(
            ArticleAnswer(story_words.letter(at), check_answer(report))
            for at, report in enumerate(story.reports)
        ),
        first_source=FirstSourceAnswer(
            article=None if source.article is None else story_words.letter(source.article),
            grounds=tuple(
                GroundAnswer(ground.reason, _named(ground.articles), ground.claims)
                for ground in source.grounds
            ),
            text=story_words.source_words(source),
        ),
        same_text=tuple(_named(group) for group in story.same_text),
        stages=tuple(
            StageAnswer(
                course=stage.matter,
                subject=stage.subject,
                treaty=stage.treaty,
                furthest={story_words.letter(at): act for at, act in enumerate(stage.furthest)},
            )
            for stage in story.stages
        ),
        rows=tuple(_row(story, row, record) for row in story.rows),
    )


def _named(articles: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(story_words.letter(article) for article in articles)


def _row(story: StoryComparison, row: Row, record: Record) -> RowAnswer:
    named = story_words.several_treaties(story)
    return RowAnswer(
        matter=row.matter,
        label=story_words.row_label(row, record, treaties=named),
        subject=row.subject,
        treaty=row.treaty,
        tellings=tuple(_telling(one) for one in row.tellings if one is not None),
        missing=_named(tuple(at for at, one in enumerate(row.tellings) if one is None)),
        changes=tuple(_change(change, row, record) for change in row.changes),
        agreeing=_named(row.agreeing),
    )


def _telling(one: Telling) -> TellingAnswer:
    return TellingAnswer(story_words.letter(one.article), one.claims, one.verdict)


def _change(change: Change, row: Row, record: Record) -> ChangeAnswer:
    return ChangeAnswer(
        field=change.field,
        sort=change.sort,
        from_=story_words.letter(change.base),
        to=story_words.letter(change.other),
        before=change.before,
        after=change.after,
        weighty=change.weighty,
        text=story_words.change_words(change, row.tellings[change.base], record),
    )
