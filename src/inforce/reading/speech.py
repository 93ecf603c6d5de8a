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
_TAIL = 14  # words that may follow a closing verb of saying: "told a news conference in Vilnius on Friday"
_OPEN, _CLOSE = "“„«", "”»"


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

    def at(self, token: int) -> Attribution | None:
        """Who says the words at a token; None where it is the text itself."""
        for said in (_around(self.quotes, token), _around(self.stretches, token), turn_at(self.turns, token)):
            if said is not None and said.speaker is not None:
                return said.speaker
        return None

    def within(self, first: int, last: int) -> list[Quote]:
        """The quotes that share a token with [first, last)."""
        begin = bisect.bisect_right(self.quotes, first, key=lambda quote: quote.last)
        end = bisect.bisect_left(self.quotes, last, key=lambda quote: quote.first)
        return self.quotes[begin:end]


def _around(said: Sequence[Quote | Stretch], token: int) -> Quote | Stretch | None:
    index = bisect.bisect_right(said, token, key=lambda one: one.first) - 1
    return said[index] if index >= 0 and token < said[index].last else None


def find_quotes(tokens: list[Token], sentences: list[Sentence]) -> list[Quote]:
    """Stretches between quotation marks; a mark that never closes ends with its block."""
    quotes: list[Quote] = []
    blocks: dict[int, list[int]] = {}
    for sentence in sentences:
        first, last = blocks.get(sentence.block, [sentence.first, sentence.last])
        blocks[sentence.block] = [min(first, sentence.first), max(last, sentence.last)]
    for block, (first, last) in blocks.items():
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
        self.quotes = find_quotes(tokens, sentences)
        self.speakers = Speakers(tokens, lexicon, focus)
        self.turns = find_turns(tokens, sentences, masked, lexicon, self.speakers)
        self.speech = Speech(self.quotes, [], self.turns)
        self.block_speaker: dict[int, Attribution] = {}
        self.heard = 0  # quotes up to a sentence with a speaker: none of them waits for another

    def hear(self, sentence: Sentence, masked: Masked) -> None:
        """Take in one sentence: its speaker, what is quoted in it and what is reported."""
        words = self._past_label(sentence, masked.words)
        quotes = self.speech.within(sentence.first, sentence.last)
        outside = [not any(q.first <= w.first < q.last for q in quotes) for w in words]
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
        speaker = said.speaker
        self.speakers.last = speaker
        self.block_speaker[sentence.block] = speaker
        while self.heard < len(self.quotes) and self.quotes[self.heard].first < sentence.last:
            quote = self.quotes[self.heard]
            if quote.block == sentence.block and quote.speaker is None:
                quote.speaker = msgspec.structs.replace(speaker, quoted=True)
            self.heard += 1
        if said.verb is not None:
            self.speech.stretches.append(Stretch(*_reported(words, said, sentence), speaker))

    def _past_label(self, sentence: Sentence, words: list[Word]) -> list[Word]:
        """The words without the label of a turn that opens in the sentence."""
        turn = turn_at(self.turns, words[-1].first)
        if turn is None or not words[0].first < turn.first:
            return words
        if turn.quoted is not None:
            self.block_speaker[sentence.block] = self.speakers.last = turn.quoted
        return [word for word in words if word.first >= turn.first] or words

    def _signed_below(self, sentence: Sentence, words: list[Word]) -> None:
        """ "– Karolis Aleksa, Deputy Minister" on the line under a quotation."""
        speaker = self.speakers.signature(words)
        if speaker is None:
            return
        self.speakers.last = speaker
        above = bisect.bisect_right(self.quotes, sentence.first, key=lambda quote: quote.last) - 1
        block = self.quotes[above].block if above >= 0 else None
        while above >= 0 and self.quotes[above].block == block:
            quote = self.quotes[above]
            quote.speaker = quote.speaker or msgspec.structs.replace(speaker, quoted=True)
            above -= 1


def _reported(words: list[Word], said: Said, sentence: Sentence) -> tuple[int, int]:
    """The tokens that a speaker answers for: the sentence, what follows the verb, or what precedes."""
    verb, at = said.verb, said.at
    assert verb is not None  # noqa: S101 - asked only where a verb of saying stands
    if words[verb].text == "according" or (verb > at and _as_told(words, verb)):
        return sentence.first, sentence.last
    if at > verb:
        return sentence.first, words[verb].first
    closing = _closing_comma(words, at, verb)
    if closing is not None:
        return sentence.first, words[closing].first
    return words[verb].last, sentence.last


def _as_told(words: list[Word], verb: int) -> bool:
    """ ", as Autto stated": what comes before is the speaker's too."""
    return any(
        words[i].text == "as" and (i == 0 or words[i - 1].text == ",") for i in range(max(0, verb - 4), verb)
    )


def _closing_comma(words: list[Word], at: int, verb: int) -> int | None:
    """The comma before the speaker in "..., the ministry said on Friday": what is said precedes it."""
    comma = next((i for i in range(at - 1, max(0, at - 7), -1) if words[i].text == ","), None)
    if comma is None or comma < 3:
        return None
    tail = [w.text for w in words[verb + 1 :]]
    return None if len(tail) > _TAIL or _FINITE.intersection(tail) else comma
