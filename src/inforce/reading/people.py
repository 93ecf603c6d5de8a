"""Persons and organisations: capitalised names that no gazetteer holds, with their roles."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from inforce.reading.lexicon import Lexicon
from inforce.reading.mentions import Mention
from inforce.reading.tokens import Sentence, Token, printed

_SPEAKING = frozenset({"said", "says", "told", "added"})


def find_people(
    tokens: list[Token], sentences: list[Sentence], mentions: list[Mention], lexicon: Lexicon
) -> list[Mention]:
    """The mentions with persons (X) and organisations (O) added, and offices joined to their holders."""
    namer = _Namer(tokens, mentions, lexicon)
    added = [mention for sentence in sentences for mention in namer.names_in(sentence)]
    return _join_offices(sorted([*mentions, *added], key=lambda mention: mention.first), tokens)


class _Namer:
    """Finds names in one text; a surname alone is whoever bore it before."""

    def __init__(self, tokens: list[Token], mentions: Iterable[Mention], lexicon: Lexicon):
        self.tokens = tokens
        self.particles = lexicon.sets["name_particles"]
        self.no_names = lexicon.sets["no_names"]
        self.roles = lexicon.sets["role_words"]
        self.makers = lexicon.sets["maker_words"]
        self.taken: set[int] = set()
        self.surnames: dict[str, Mention] = {}
        upper = (at for at, token in enumerate(tokens) if token.text[0].isupper())
        self.capital = {at for at in upper if self._can_be_name(tokens[at])}
        for mention in mentions:
            self.taken.update(range(mention.first, mention.last))
            if _is_person(mention):
                mention.name = printed(tokens, mention.first, mention.last)
                self.surnames[tokens[mention.last - 1].norm] = mention
        self.openings = sorted(self.capital - self.taken)

    def names_in(self, sentence: Sentence) -> Iterator[Mention]:
        if self._is_headline(sentence):
            return
        end = sentence.first
        here = bisect_left(self.openings, sentence.first), bisect_left(self.openings, sentence.last)
        for at in self.openings[slice(*here)]:
            if at < end:
                continue
            end = self._end(at, sentence)
            mention = self._name(at, end, sentence)
            if mention is not None:
                yield mention

    def _is_headline(self, sentence: Sentence) -> bool:
        """A sentence in which nearly every longer word is capitalised: capitals tell no names there."""
        if self.tokens[sentence.first].norm in "–—-":
            return False  # a name under a quotation
        if self.tokens[sentence.last - 1].norm == ".":
            return False  # headlines have no full stop
        words = [token.text for token in self.tokens[sentence.first : sentence.last]]
        longer = [word for word in words if len(word) > 3 and word.isalpha()]
        return len(longer) > 3 and sum(word[0].isupper() for word in longer) > 0.8 * len(longer)

    def _end(self, at: int, sentence: Sentence) -> int:
        """Where the name that begins here ends."""
        end = at + 1
        while end < sentence.last and end not in self.taken:
            if end in self.capital:
                end += 1
            elif self._joins(end) and end + 1 < sentence.last and end + 1 in self.capital:
                end += 2
            else:
                break
        return end

    def _can_be_name(self, token: Token) -> bool:
        """Whether a word with a capital can be part of a name: no title word, nothing shouted."""
        return token.norm not in self.no_names and not (len(token.text) > 3 and token.text.isupper())

    def _joins(self, at: int) -> bool:
        return self.tokens[at].norm in self.particles or self.tokens[at].norm in ("-", "&")

    def _name(self, begin: int, last: int, sentence: Sentence) -> Mention | None:
        """A person or organisation from capitalised words, the first of which may tell a role."""
        first = begin
        while first < last and (
            self.tokens[first].norm in self.roles or (first > begin and self.tokens[first].norm == "-")
        ):
            first += 1
        if first == last:
            return None
        name = printed(self.tokens, first, last)
        surname = self.tokens[last - 1].norm
        if self._is_maker(first, last):
            return Mention("O", first, last, name=name)
        if last - first == 1 and surname in self.surnames:
            known = self.surnames[surname]
            return Mention("X", first, last, states=known.states, role=known.role, name=known.name)
        if last - first == 1 and first == begin:
            if self._opens(first, sentence) and not self._speaks(first, last, sentence):
                return None
            return Mention("O", first, last, name=name)
        role = printed(self.tokens, begin, first) if begin < first else None
        mention = Mention("X", first, last, role=role, name=name)
        self.surnames[surname] = mention
        return mention

    def _is_maker(self, first: int, last: int) -> bool:
        beside = self.tokens[max(0, first - 1) : last + 1]
        return any(token.norm in self.makers for token in beside)

    def _opens(self, first: int, sentence: Sentence) -> bool:
        """Whether only marks stand before, so that any word would be capitalised."""
        return all(not self.tokens[i].text[0].isalnum() for i in range(sentence.first, first))

    def _speaks(self, first: int, last: int, sentence: Sentence) -> bool:
        beside = (i for i in (first - 1, last, last + 1, last + 2) if sentence.first <= i < sentence.last)
        return any(self.tokens[i].norm in _SPEAKING for i in beside)


def _is_person(mention: Mention) -> bool:
    return bool(mention.role and mention.role.startswith("person"))


def _join_offices(mentions: list[Mention], tokens: list[Token]) -> list[Mention]:
    """ "President Volodymyr Zelensky", "deputy defence minister X": one mention, the person in the office."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last is None or last.last != mention.first:
            joined.append(mention)
        elif last.kind == "X" and _is_person(mention) and mention.last - mention.first == 1:
            last.name = f"{last.name} {mention.name}"  # another bearer of a known surname
            last.last = mention.last
        elif last.kind in "GHPF" and mention.kind in "XGH" and mention.name:
            last.name = mention.name
            last.role = printed(tokens, last.first, mention.first)
            last.states = last.states or mention.states
            last.last = mention.last
            mention.states = last.states
        else:
            joined.append(mention)
    return joined
