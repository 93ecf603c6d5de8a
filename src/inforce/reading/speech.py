"""Who says what: quotations, reported speech, and the speaker of each stretch of a text."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from inforce.reading.frames import Masked, Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.model import Attribution
from inforce.reading.speakers import Said, Speakers
from inforce.reading.tokens import Sentence, Token
from inforce.reading.turns import Turn, find_turns, turn_at

#: Words that open a clause after a verb of saying; with none of them, what was said stands before it.
_FINITE = frozenset({
    "that", ":", '"', "it", "they", "he", "she", "is", "was", "were", "are", "has", "had", "have", "will",
    "would", "may", "could", "must", "can", "should",
})  # fmt: skip
_ADVERBIAL = frozenset(
    {"until", "by", "in", "at", "on", "since", "after", "before", "for", "from", "then", "now", "<D>", "<U>"}
)
_AUXILIARY = frozenset(
    {
        "is",
        "was",
        "were",
        "are",
        "has",
        "had",
        "have",
        "will",
        "would",
        "may",
        "could",
        "must",
        "can",
        "should",
    }
)
_TAIL = 14  # words that may follow a closing verb of saying: "told a news conference in Vilnius on Friday"
_OPEN, _CLOSE, _SINGLE = "“„«", "”»", "‘’'"


class Quote(msgspec.Struct):
    """Tokens [first, last) between quotation marks, inside one block; `speaker` once known."""

    first: int
    last: int
    block: int
    speaker: Attribution | None = None


class Stretch(msgspec.Struct):
    """Tokens [first, last) reported as said by `speaker`."""

    first: int
    last: int
    speaker: Attribution


class Speech(msgspec.Struct):
    """All that is said by somebody in a text; each list in order, none of its parts over another."""

    quotes: list[Quote]
    stretches: list[Stretch]
    turns: list[Turn]
    inner: list[Quote] = []  # quotations within another

    def at(self, token: int) -> Attribution | None:
        """Who says the words at a token; None where it is the text itself."""
        for said in (
            _around(self.inner, token),
            _around(self.quotes, token),
            _around(self.stretches, token),
            turn_at(self.turns, token),
        ):
            if said is not None and said.speaker is not None:
                return said.speaker
        return None

    def within(self, first: int, last: int) -> list[Quote]:
        """The quotes that share a token with [first, last)."""
        begin = bisect.bisect_right(self.quotes, first, key=lambda quote: quote.last)
        end = bisect.bisect_left(self.quotes, last, key=lambda quote: quote.first)
        return self.quotes[begin:end]


def _around(said: Sequence[Quote | Stretch], token: int) -> Quote | Stretch | None:
    if not said:
        return None
    index = bisect.bisect_right(said, token, key=lambda one: one.first) - 1
    return said[index] if index >= 0 and token < said[index].last else None


def find_quotes(tokens: list[Token], sentences: list[Sentence]) -> list[Quote]:
    """Stretches between quotation marks; a mark that never closes ends with its block."""
    quotes: list[Quote] = []
    for block, (first, last) in _extents(sentences).items():
        opened: int | None = None
        for at in range(first, last):
            text = tokens[at].text
            if opened is None and (text in _OPEN or text == '"'):
                opened = at + 1
            elif opened is not None and (
                text in _CLOSE or text == '"' or (text == "“" and _looks_closing(tokens, at))
            ):
                if at > opened:
                    quotes.append(Quote(opened, at, block))
                opened = None
    return quotes


def find_single_quotes(tokens: list[Token], sentences: list[Sentence]) -> list[Quote]:
    """The same between single marks: British quotations, and those within another."""
    quotes: list[Quote] = []
    for block, (first, last) in _extents(sentences).items():
        opened: int | None = None
        for at in range(first, last):
            text = tokens[at].text
            if text not in _SINGLE:
                continue
            if opened is None and text != "’" and _looks_opening(tokens, at, last):
                opened = at + 1
            elif (
                opened is not None and text != "‘" and tokens[at].norm != "'s" and _looks_closing(tokens, at)
            ):
                if at > opened:
                    quotes.append(Quote(opened, at, block))
                opened = None
    return quotes


def _extents(sentences: list[Sentence]) -> dict[int, tuple[int, int]]:
    """The tokens of each block."""
    blocks: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        first, last = blocks.get(sentence.block, (sentence.first, sentence.last))
        blocks[sentence.block] = min(first, sentence.first), max(last, sentence.last)
    return blocks


def _looks_opening(tokens: list[Token], at: int, last: int) -> bool:
    """A single mark before a word and not close behind one."""
    apart = at == 0 or tokens[at - 1].end < tokens[at].start or not tokens[at - 1].text[-1].isalnum()
    return apart and at + 1 < last and tokens[at + 1].start == tokens[at].end


def _outer_and_inner(double: list[Quote], single: list[Quote]) -> tuple[list[Quote], list[Quote]]:
    """Quotations that stand for themselves, and those within another, each in order."""
    ordered = sorted([*double, *single], key=lambda quote: (quote.first, -quote.last))
    outer: list[Quote] = []
    inner: list[Quote] = []
    for quote in ordered:
        within = outer and quote.first < outer[-1].last
        (inner if within else outer).append(quote)
    return outer, [one for n, one in enumerate(inner) if n == 0 or one.first >= inner[n - 1].last]


def _looks_closing(tokens: list[Token], at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start


class Listener:
    """Gives each quotation and each reported clause its speaker, sentence by sentence."""

    def __init__(
        self,
        tokens: list[Token],
        sentences: list[Sentence],
        masked: list[Masked],
        lexicon: Lexicon,
        focus: str | None,
    ):
        self.tokens = tokens
        self.quotes, inner = _outer_and_inner(
            find_quotes(tokens, sentences), find_single_quotes(tokens, sentences)
        )
        self.speakers = Speakers(tokens, lexicon, focus)
        self.voices = self.speakers.voices
        self.turns = find_turns(tokens, sentences, masked, lexicon, self.voices)
        self.speech = Speech(self.quotes, [], self.turns, inner)
        self.block_speaker: dict[int, Attribution] = {}
        self.heard = 0  # quotes up to a sentence with a speaker: none of them waits for another

    def hear(self, sentence: Sentence, masked: Masked) -> None:
        """Take in one sentence: its speaker, what is quoted in it and what is reported."""
        words = self._past_label(sentence, masked.words)
        quotes = self.speech.within(sentence.first, sentence.last)
        outside = _outside(words, quotes)
        said = self.speakers.find(words, outside) or (
            self.speakers.beside_quote(words, outside) if quotes else None
        )
        if said is None:
            speaker = self.block_speaker.get(sentence.block)
            for quote in quotes:
                if quote.speaker is None and speaker is not None:
                    quote.speaker = msgspec.structs.replace(speaker, quoted=True)
            self._signed_below(sentence, words)
            self.speakers.remember(words, outside)
            return
        self.voices.meet(words)
        self._told_within(words, quotes)
        speaker = said.speaker
        self.voices.last = speaker
        self.block_speaker[sentence.block] = speaker
        while self.heard < len(self.quotes) and self.quotes[self.heard].first < sentence.last:
            quote = self.quotes[self.heard]
            if quote.block == sentence.block and quote.speaker is None:
                quote.speaker = msgspec.structs.replace(speaker, quoted=True)
            self.heard += 1
        if said.verb is not None:
            self.speech.stretches.append(Stretch(*_reported(words, said, sentence), speaker))

    def _told_within(self, words: list[Word], quotes: list[Quote]) -> None:
        """ "“Colonel Z told me: ‘We have none,’” P said": whose the quotation in the quotation is."""
        if not self.speech.inner:
            return
        for quote in quotes:
            inside = [
                q for q in self.speech.inner if quote.first <= q.first < quote.last and q.speaker is None
            ]
            spoken = [quote.first <= w.first < quote.last for w in words]
            said = self.speakers.find(words, spoken) if inside else None
            for one in inside if said is not None else ():
                one.speaker = msgspec.structs.replace(said.speaker, quoted=True) if said is not None else None

    def _past_label(self, sentence: Sentence, words: list[Word]) -> list[Word]:
        """The words without the label of a turn that opens in the sentence."""
        turn = turn_at(self.turns, words[-1].first)
        if turn is None or not words[0].first < turn.first:
            return words
        if turn.quoted is not None:
            self.block_speaker[sentence.block] = self.voices.last = turn.quoted
        return [word for word in words if word.first >= turn.first] or words

    def _signed_below(self, sentence: Sentence, words: list[Word]) -> None:
        """ "– Karolis Aleksa, Deputy Minister" on the line under a quotation."""
        speaker = self.speakers.signature(words)
        if speaker is None:
            return
        self.voices.last = speaker
        above = bisect.bisect_right(self.quotes, sentence.first, key=lambda quote: quote.last) - 1
        block = self.quotes[above].block if above >= 0 else None
        while above >= 0 and self.quotes[above].block == block:
            quote = self.quotes[above]
            quote.speaker = quote.speaker or msgspec.structs.replace(speaker, quoted=True)
            above -= 1


def _outside(words: list[Word], quotes: list[Quote]) -> list[bool]:
    """Of each word whether it stands in none of the quotes."""
    outside = [True] * len(words)
    for quote in quotes:
        first = bisect.bisect_left(words, quote.first, key=lambda word: word.first)
        last = bisect.bisect_left(words, quote.last, key=lambda word: word.first)
        outside[first:last] = [False] * (last - first)
    return outside


def _reported(words: list[Word], said: Said, sentence: Sentence) -> tuple[int, int]:
    """The tokens that a speaker answers for: the sentence, what follows the verb, or what precedes."""
    verb, at = said.verb, said.at
    assert verb is not None  # noqa: S101 - asked only where a verb of saying stands
    if words[verb].text == "according" or (verb > at and _as_told(words, verb)):
        return sentence.first, sentence.last
    if at > verb:
        return sentence.first, words[verb].first
    closing = _closing_comma(words, at, verb)
    if closing is not None and (inserted := _inserted(words, closing)) is not None:
        return words[inserted].first, sentence.last
    if closing is not None:
        goes_on = _goes_on(words, verb)
        return sentence.first, sentence.last if goes_on else words[closing].first
    return words[verb].last, sentence.last


def _as_told(words: list[Word], verb: int) -> bool:
    """ ", as Autto stated": what comes before is the speaker's too."""
    return any(
        words[i].text == "as" and (i == 0 or words[i - 1].text == ",") for i in range(max(0, verb - 4), verb)
    )


def _closing_comma(words: list[Word], at: int, verb: int) -> int | None:
    """The comma before the speaker in "..., the ministry said on Friday": what is said precedes it."""
    comma = next((i for i in range(at - 1, max(0, at - 9), -1) if words[i].text == ","), None)
    if comma is None or (comma < 3 and not _goes_on(words, verb)):
        return None
    tail = [w.text for w in words[verb + 1 : _tail_end(words, verb)]]
    return None if len(tail) > _TAIL or _FINITE.intersection(tail) else comma


def _inserted(words: list[Word], comma: int) -> int | None:
    """ "..., and until then, Captain X says, its units train": what is told begins just before him."""
    start = next(
        (i + 1 for i in range(comma - 1, max(0, comma - 5), -1) if words[i].text in (",", ";", "and", "but")),
        None,
    )
    if start is None or start == comma or words[start].text not in _ADVERBIAL:
        return None
    return start


def _tail_end(words: list[Word], verb: int) -> int:
    """Where what hangs on a closing verb of saying ends: "said on Monday, although ..."."""
    return next((i for i in range(verb + 1, len(words)) if words[i].text in (",", ";", "–", "—")), len(words))


def _goes_on(words: list[Word], verb: int) -> bool:
    """ "The army has ordered 50,000, he added, and a partner will pay": the rest is his too."""
    end = min(_tail_end(words, verb), len(words) - 1)
    following = words[end + 1].text if end + 1 < len(words) else ""
    added = end == verb + 1 and following in ("and", "but", "or")
    return words[end].text == "," and (added or following in _AUXILIARY)
