"""Several articles on one story as one page: who says what, what changes, and the articles' own words."""

from __future__ import annotations

from collections.abc import Iterator

from inforce import __version__
from inforce.checking.compare_model import Row, StoryComparison, Telling
from inforce.record.model import Record
from inforce.reports import story_words, wording
from inforce.reports.naming import one_line
from inforce.reports.page import legend, page, text


def story_page(story: StoryComparison, record: Record) -> str:
    """The whole page as a string; write it as UTF-8."""
    return page(f"{title_of(story)} – compared by inforce", parts(story, record, "inforce compare"))


def title_of(story: StoryComparison) -> str:
    """How many articles tell it."""
    return f"One story, {len(story.reports)} tellings"


def parts(story: StoryComparison, record: Record, kicker: str) -> Iterator[str]:
    """What stands in an element of class `report`, from the articles to the notes."""
    yield _header(story, kicker)
    if story.stages:
        yield _stages(story, record)
    yield _table(story, record)
    yield _changes(story, record)
    yield _footer(story, record)


def _header(story: StoryComparison, kicker: str) -> str:
    articles = "".join(
        f"<dt>{story_words.letter(at)}</dt><dd>{text(story_words.headline(story, at))}"
        f'<br><span class="by">{text(story_words.article_line(story, at))}</span></dd>'
        for at in range(len(story.reports))
    )
    same = "".join(f"<br>{text(story_words.same_text_words(group))}" for group in story.same_text)
    return (
        f'<header>\n<p class="kicker">{text(kicker)}</p>\n'
        f'<h1>{text(title_of(story))}</h1>\n<dl class="articles">{articles}</dl>\n'
        f"<p>{text(story_words.source_words(story.first_source))}{same}</p>\n</header>"
    )


def _stages(story: StoryComparison, record: Record) -> str:
    articles = range(len(story.reports))
    rows = "".join(
        f'<tr><th scope="row">{text(story_words.stage_label(stage, record))}</th>'
        + "".join(_cell(at, text(story_words.stage_words(act))) for at, act in enumerate(stage.furthest))
        + "</tr>"
        for stage in story.stages
    )
    head = "".join(f'<th scope="col">{story_words.letter(at)}</th>' for at in articles)
    return (
        '<section class="story" tabindex="0" aria-label="How far each says that it has come">\n'
        "<h2>How far each says that it has come</h2>\n"
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>\n</section>"
    )


def _table(story: StoryComparison, record: Record) -> str:
    head = "".join(f'<th scope="col">{story_words.letter(at)}</th>' for at in range(len(story.reports)))
    rows = "\n".join(_table_row(story, number, row, record) for number, row in enumerate(story.rows, 1))
    nothing = "" if story.rows else "<p>No statement about treaty law was found in these texts.</p>"
    return (
        '<section class="story" tabindex="0" aria-label="Who says what">\n'
        f"<h2>Who says what</h2>\n{nothing}"
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>\n</section>"
    )


def _table_row(story: StoryComparison, number: int, row: Row, record: Record) -> str:
    label = text(story_words.row_label(row, record, treaties=story_words.several_treaties(story)))
    if row.changes or row.agreeing:
        label = f'<a href="#row-{number}">{label}</a>'
    different = ' <b title="told otherwise">≠</b>' if any(change.weighty for change in row.changes) else ""
    cells = "".join(
        _cell(at, "–" if one is None else _telling(story, one, record)) for at, one in enumerate(row.tellings)
    )
    return f'<tr><th scope="row">{number} {label}{different}</th>{cells}</tr>'


def _cell(article: int, markup: str) -> str:
    """A cell that names its article itself: on a narrow page the cells stand below each other."""
    return f'<td data-article="{story_words.letter(article)}">{markup}</td>'


def _telling(story: StoryComparison, one: Telling, record: Record) -> str:
    return (
        f'<details class="{one.verdict}"><summary><span class="tag">{wording.signed(one.verdict)}</span> '
        f"{text(story_words.telling_words(one, record))}</summary>\n"
        f'<div class="more"><p><q>{text(one_line(story_words.claim_words(story, one)))}</q></p>'
        f"{_correction(story, one)}</div></details>"
    )


def _correction(story: StoryComparison, one: Telling) -> str:
    findings = {finding.claim.id: finding for finding in story.reports[one.article].findings}
    told = dict.fromkeys(words for key in one.claims if (words := findings[key].correction))
    return "".join(f"<p>{text(one_line(words))}</p>" for words in told)


def _changes(story: StoryComparison, record: Record) -> str:
    parts = "\n".join(
        _row_changes(story, number, row, record)
        for number, row in enumerate(story.rows, 1)
        if row.changes or row.agreeing
    )
    return f'<section class="story">\n<h2>What changes</h2>\n{parts or "<p>Nothing.</p>"}\n</section>'


def _row_changes(story: StoryComparison, number: int, row: Row, record: Record) -> str:
    label = text(story_words.row_label(row, record, treaties=story_words.several_treaties(story)))
    lines = []
    for change in sorted(row.changes, key=lambda change: not change.weighty):
        sign = "<b>≠</b> " if change.weighty else ""
        lines.append(
            f"<li>{sign}{text(story_words.change_words(change, row.tellings[change.base], record))}</li>"
        )
    agreement = story_words.agreement_words(row)
    if agreement is not None:
        lines.append(f'<li class="supported"><span class="tag">✓</span> {text(agreement)}</li>')
    return f'<div id="row-{number}"><h3>{number} {label}</h3><ul>{"".join(lines)}</ul></div>'


def _footer(story: StoryComparison, record: Record) -> str:
    notes = [f"{story_words.letter(at)}: {wording.dating(report)}" for at, report in enumerate(story.reports)]
    notes += dict.fromkeys(line for report in story.reports for line in wording.coverage(report, record))
    lines = "".join(f"<p>{text(line)}</p>" for line in notes)
    return (
        f"<footer>\n<ul>{legend()}</ul>\n{lines}\n"
        f"<p>inforce {text(__version__)}, record {text(record.hash[:12])}. Programmes, stockpiles and "
        "statements are entered under the name of whoever says so.</p>\n</footer>"
    )
