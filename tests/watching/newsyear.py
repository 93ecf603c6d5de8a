"""A year of articles with known truth: which tell one story, which copy, which are wrong, which were edited.

Stories are real acts of the record and programmes of states, told by invented outlets in sentences of
`newsyear.yaml`; every choice is drawn from one seed, so that a year is the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

import yaml

WORLD = yaml.safe_load(Path(__file__).with_name("newsyear.yaml").read_text())
#: A year of about 1,000 articles.
STORIES, UNRELATED = 110, 260
_FIRST = date(2025, 1, 1)


class Story(NamedTuple):
    """One thing that happened: an act of states on a treaty, or a programme of a state."""

    number: int
    day: date
    states: tuple[str, ...]
    treaty: str | None
    kind: str
    news: date  # when it became known
    speaker: str = ""
    item: str = ""
    sum: int = 0


class Version(NamedTuple):
    """An article as it stands from a moment on, and whether its claims differ from those before."""

    since: datetime
    title: str
    paragraphs: tuple[str, ...]
    changed: bool = False


class Article(NamedTuple):
    """An article and the truth on it: `story` is None where it tells none; `copy_of` is a number."""

    number: int
    outlet: str
    versions: tuple[Version, ...]
    story: int | None = None
    copy_of: int | None = None
    wrong: bool = False

    @property
    def published(self) -> datetime:
        """When it appeared."""
        return self.versions[0].since

    def page(self, now: datetime) -> bytes:
        """The page as it stands at a moment."""
        version = [one for one in self.versions if one.since <= now][-1]
        body = "".join(f"<p>{paragraph}</p>" for paragraph in version.paragraphs)
        return (
            f"<!doctype html><html lang=en><head><title>{version.title}</title>"
            f'<meta property="og:site_name" content="{self.outlet}">'
            f'<meta property="article:published_time" content="{self.published.isoformat()}"></head>'
            f"<body><article><h1>{version.title}</h1>{body}</article></body></html>"
        ).encode()


def stories(dice: random.Random, number: int) -> list[Story]:
    """All acts of the year, and programmes until there are so many, by day."""
    made = [
        Story(n, day, tuple(states), treaty, kind, (known or [day])[0])
        for n, (day, states, treaty, kind, *known) in enumerate(WORLD["acts"])
    ]
    taken: list[tuple[str, str, date]] = []
    while len(made) < number:
        state, speaker, item = dice.choice(WORLD["programmes"])
        day = _FIRST + timedelta(days=dice.randrange(355))
        # Two sums of one minister for one thing within a fortnight are one story also to a reader.
        if all((state, item) != near[:2] or abs((day - near[2]).days) > 14 for near in taken):
            taken.append((state, item, day))
            made.append(
                Story(
                    len(made), day, (state,), None, "programme", day, speaker, item, dice.randrange(20, 900)
                )
            )
        elif len(taken) > 150:
            break
    return sorted(made, key=lambda story: (story.day, story.number))


class _Desk:
    """Writes articles."""

    def __init__(self, dice: random.Random, year: list[Story]) -> None:
        self.dice, self.year = dice, year
        self.made: list[Article] = []

    def _filler(self, sentences: int = 5) -> str:
        """Sentences about nothing, different each time."""
        words = WORLD["words"]
        return " ".join(
            f"The {' '.join(self.dice.choice(words) for _ in range(self.dice.randrange(7, 12)))}."
            for _ in range(sentences)
        )

    def sentence(self, story: Story, given: str, states: tuple[str, ...], wrong_day: date) -> str:
        """A sentence of the year's file with the story's names and days in it."""
        several = len(states) > 1
        name = f"{', '.join(states[:-1])} and {states[-1]}" if several else states[0]
        told = given.format(
            S=name,
            T=self.dice.choice(WORLD["treaties"].get(story.treaty, ["convention"])),
            D=_words(story.day),
            X=_words(wrong_day),
            L=WORLD["parliaments"].get(states[0], "parliament"),
            P=story.speaker,
            I=story.item,
            M=story.sum,
            it="they" if several else "it",
            its="their" if several else "its",
            **{"is": "are" if several else "is", "has": "have" if several else "has"},
        )
        return told[:1].upper() + told[1:]

    def _background(self, story: Story, day: date) -> list[str]:
        """What stands further down: what is always right, and what others did earlier."""
        if story.treaty is None:
            return [self._filler(2)]
        found = [self.sentence(story, one, story.states, day) for one in WORLD["background"][story.treaty]]
        for other in self.year:
            if other.treaty == story.treaty and other.kind in WORLD["earlier"] and other.day < story.day:
                found.append(self.sentence(other, WORLD["earlier"][other.kind], other.states, other.day))
        return self.dice.sample(found, min(len(found), self.dice.randrange(0, 3)))

    def write(self, story: Story, moment: datetime, outlet: str, *, wrong: bool = False) -> Article:
        """One outlet's telling."""
        states = story.states
        if len(states) > 1 and self.dice.random() < 0.25:
            states = (self.dice.choice(states),)
        lead = self._lead(story, states, wrong=wrong)
        background = " ".join(self._background(story, story.day))
        paragraphs = [f"{lead} {self._filler(1)}", self._filler(6), self._filler(4), background]
        title = " ".join(self._filler(1).split()[1:6]).title()
        first = Version(moment, title, tuple(filter(None, paragraphs)))
        return self._keep(Article(len(self.made), outlet, (first,), story.number, wrong=wrong))

    def _lead(self, story: Story, states: tuple[str, ...], *, wrong: bool) -> str:
        given = self.dice.choice(WORLD["wrong" if wrong else "tell"][story.kind])
        return self.sentence(story, given, states, story.day - timedelta(days=self.dice.randrange(3, 11)))

    def copy(self, original: Article, moment: datetime, outlet: str) -> Article:
        """The text under a new headline, its last paragraphs cut, sometimes with a line before it."""
        held = original.versions[0].paragraphs
        kept = held[: max(len(held) - self.dice.randrange(0, 2), 2)]
        before = (f"By {outlet} staff.",) if self.dice.random() < 0.3 else ()
        title = " ".join(self._filler(1).split()[1:6]).title()
        version = Version(moment, title, (*before, *kept))
        return self._keep(
            original._replace(
                number=len(self.made), outlet=outlet, versions=(version,), copy_of=original.number
            )
        )

    def edit(self, article: Article, story: Story, *, changed: bool) -> None:
        """Edit an article in silence a day or so later: its news told wrongly now, or words around it."""
        first = article.versions[0]
        moment = first.since + timedelta(hours=self.dice.randrange(14, 60))
        lead, *rest = first.paragraphs
        if changed:
            lead = f"{self._lead(story, story.states, wrong=True)} {self._filler(1)}"
        else:
            rest[0] = self._filler(6)
        edited = Version(moment, first.title, (lead, *rest), changed)
        self.made[article.number] = article._replace(versions=(first, edited))

    def unrelated(self, moment: datetime) -> None:
        """An article that tells no act."""
        treaties = [name for names in WORLD["treaties"].values() for name in names]
        given = self.dice.choice(WORLD["unrelated"])
        words = given.format(
            W=self._filler(3), O=self.dice.choice(WORLD["words"]), T=self.dice.choice(treaties)
        )
        title = " ".join(self._filler(1).split()[1:6]).title()
        version = Version(moment, title, (words, self._filler(5)))
        self._keep(Article(len(self.made), self.dice.choice(WORLD["outlets"]), (version,)))

    def _keep(self, article: Article) -> Article:
        self.made.append(article)
        return article


def _words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def articles(
    seed: int = 1,
    number: int = STORIES,
    unrelated: int = UNRELATED,
    days: tuple[date, date] = (_FIRST, date(2025, 12, 31)),
) -> list[Article]:
    """The year's articles on stories of these days, each under its number."""
    dice = random.Random(seed)  # noqa: S311 - drawn for tests
    year = stories(dice, number)
    desk = _Desk(dice, year)
    for story in year:
        if days[0] <= story.day <= days[1]:
            _tell(desk, story, dice)
    length = (days[1] - days[0]).days + 1
    for _ in range(unrelated):
        desk.unrelated(_moment(days[0] + timedelta(days=dice.randrange(length)), dice))
    return desk.made


def _tell(desk: _Desk, story: Story, dice: random.Random) -> None:
    """A story's tellings over some days, their copies, their edits; the first telling is right."""
    outlets = dice.sample(WORLD["outlets"], len(WORLD["outlets"]))
    begun = datetime.combine(story.news, time(dice.randrange(6, 10)), UTC)
    first = desk.write(story, begun, outlets.pop())
    longest = 10 if dice.random() < 0.2 else 3  # some stories run on
    told = [first]
    for _ in range(dice.randrange(4, 9) if story.treaty else dice.randrange(2, 6)):
        moment = _moment(story.news + timedelta(days=dice.randrange(1, longest + 1)), dice)
        wrong = story.kind in WORLD["wrong"] and dice.random() < 0.3
        told.append(desk.write(story, moment, outlets.pop(), wrong=wrong))
    for original in told:
        while outlets and dice.random() < 0.3:
            hours = timedelta(hours=dice.randrange(2, 30))
            desk.copy(original, original.published + hours, outlets.pop())
    for article in told:
        if article.wrong or dice.random() > 0.2:
            continue
        copied = any(one.copy_of == article.number for one in desk.made)
        changed = story.kind in WORLD["wrong"] and not copied and dice.random() < 0.5
        desk.edit(article, story, changed=changed)


def _moment(day: date, dice: random.Random) -> datetime:
    return datetime.combine(day, time(dice.randrange(6, 22), dice.randrange(60)), UTC)


def by_moment(made: list[Article]) -> Iterator[tuple[datetime, Article]]:
    """In the order in which they appeared."""
    yield from sorted(((one.published, one) for one in made), key=lambda pair: (pair[0], pair[1].number))
