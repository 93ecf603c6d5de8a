"""A document made ready for reading: tokens, sentences, mentions, and what its title speaks of."""

from __future__ import annotations

import msgspec

from inforce.reading.compose import compose
from inforce.reading.frames import Masked, mask
from inforce.reading.lexicon import Lexicon, lexicon
from inforce.reading.mentions import Mention, tag
from inforce.reading.model import Document, Span
from inforce.reading.people import find_people
from inforce.reading.story import Story, open_story
from inforce.reading.tokens import Sentence, Token, split_sentences, tokenize
from inforce.record.model import Record


class Scan(msgspec.Struct):
    """The parts of a document that every later stage looks at."""

    document: Document
    lexicon: Lexicon
    tokens: list[Token]
    sentences: list[Sentence]
    mentions: list[Mention]
    title: list[Mention]

    def slice(self, first: int, last: int) -> Span:
        """The text of tokens [first, last) with its offsets."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return self.between(start, end)

    def between(self, start: int, end: int) -> Span:
        """The text between two offsets."""
        return Span(start, end, self.document.text[start:end])

    def masked(self) -> list[Masked]:
        """The sentences as frames see them."""
        by_first = {mention.first: mention for mention in self.mentions}
        return [mask(self.tokens, sentence, by_first) for sentence in self.sentences]

    def story(self) -> Story:
        """The story before its first sentence."""
        return open_story(self.mentions, self.document.published, self.title, self.lexicon)


def scan(document: Document, record: Record) -> Scan:
    """Tokens, sentences and mentions of a document, by what the record and the reading data know."""
    known = lexicon(record)
    tokens = tokenize(document.text)
    sentences = split_sentences(document.text, tokens)
    tagged = tag(document.text, tokens, known, document.published)
    composed = compose(tokens, sentences, tagged, known)
    people = find_people(tokens, sentences, composed, known)
    return Scan(document, known, tokens, sentences, people, _title_mentions(document.title or "", known))


def _title_mentions(title: str, known: Lexicon) -> list[Mention]:
    tokens = tokenize(title)
    return compose(tokens, split_sentences(title, tokens), tag(title, tokens, known, None), known)


def names_treaty(read: Scan) -> bool:
    """Whether the text names a treaty, or its title does and the text speaks of weapons and states.

    An acronym that is mostly of other things names none by itself: there are more interfaces than protocols.
    """
    named = [m for m in read.mentions if m.kind == "T" and not m.anaphor and m.treaty]
    if any(not _is_of_many(read, m) for m in named) or (named and _is_of_field(read)):
        return True
    if not any(m.kind == "T" and m.treaty for m in read.title):
        return False
    return names_weapon(read) or (
        _is_of_field(read, "of_weapons") and _is_of_field(read, "of_acts") and _names_states(read)
    )


def _names_states(read: Scan) -> bool:
    """Whether the text names states, two at least: treaties are between them."""
    return (
        len({states for m in read.mentions if m.kind in "SPGH" and not m.anaphor for states in m.states}) > 1
    )


def _is_of_many(read: Scan, mention: Mention) -> bool:
    acronyms = read.lexicon.sets["acronyms_of_many"]
    return mention.last - mention.first == 1 and read.tokens[mention.first].norm in acronyms


def _is_of_field(read: Scan, words: str = "of_the_field") -> bool:
    """Whether some word of the text begins as those of the field do."""
    beginnings = tuple(read.lexicon.terms[words])
    return any(token.norm.startswith(beginnings) for token in read.tokens)


def names_weapon(read: Scan) -> bool:
    """Whether the text names a weapon that is nothing else: what states do with it is law's concern."""
    governed = read.lexicon.sets["governed"]
    return any(m.kind == "W" and m.item in governed and _is_surely_weapon(read, m) for m in read.mentions)


def _is_surely_weapon(read: Scan, mention: Mention) -> bool:
    return (
        mention.last - mention.first > 1
        or bool(mention.item and mention.item != "mine")
        or read.tokens[mention.first].norm.startswith("landmine")
    )
