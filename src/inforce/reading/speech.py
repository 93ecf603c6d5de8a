"""Who says what: quotations, reported speech, and the speaker of each stretch of a text."""

from __future__ import annotations

import msgspec

from inforce.reading.frames import Masked, Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.model import Attribution
from inforce.reading.tokens import Sentence, Token

_SPEAKERS = frozenset({"<X>", "<G>", "<H>", "<P>", "<F>", "<O>", "<S>", "<C>"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
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
    """All that is said by somebody in a text."""

    quotes: list[Quote]
    stretches: list[Stretch]

    def at(self, token: int) -> Attribution | None:
        """Who says the words at a token; None where it is the text itself."""
        for quote in self.quotes:
            if quote.first <= token < quote.last:
                return quote.speaker
        found = [s for s in self.stretches if s.first <= token < s.last]
        return min(found, key=lambda s: s.last - s.first).speaker if found else None

    def in_quote(self, token: int) -> bool:
        return any(q.first <= token < q.last for q in self.quotes)


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
            elif opened is not None and (text in _CLOSE or text == '"' or (text == "“" and _looks_closing(tokens, at))):
                if at > opened:
                    quotes.append(Quote(opened, at, block))
                opened = None
    return quotes


def _looks_closing(tokens: list[Token], at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start


def _as_told(words: list[Word], verb: int) -> bool:
    """", as Autto stated": what comes before is the speaker's too."""
    return any(words[i].text == "as" and i > 0 and words[i - 1].text == "," for i in range(max(1, verb - 4), verb))


class Listener:
    """Finds the speaker of each quotation and each reported clause, sentence by sentence."""

    def __init__(self, tokens: list[Token], sentences: list[Sentence], lexicon: Lexicon, focus: str | None):
        self.tokens = tokens
        self.lexicon = lexicon
        self.focus = focus
        self.said = set(lexicon.terms["said"])
        self.unnamed = set(lexicon.terms["unnamed_speakers"])
        self.quotes = find_quotes(tokens, sentences)
        self.speech = Speech(self.quotes, [])
        self.last: Attribution | None = None
        self.block_speaker: dict[int, Attribution] = {}

    def hear(self, sentence: Sentence, masked: Masked) -> None:
        """Take in one sentence: its speaker, what is quoted in it and what is reported."""
        words = masked.words
        quotes = [q for q in self.quotes if q.first < sentence.last and q.last > sentence.first]
        found = self._speaker(words, sentence)
        if found is None:
            for quote in quotes:
                quote.speaker = quote.speaker or self.block_speaker.get(sentence.block)
            self._signed_below(sentence, words)
            return
        speaker, verb, before = found
        self.last = speaker
        self.block_speaker[sentence.block] = speaker
        for quote in self.quotes:
            if quote.block == sentence.block and quote.speaker is None and quote.first < sentence.last:
                quote.speaker = msgspec.structs.replace(speaker, quoted=True)
        region = self._reported(words, verb, before, sentence)
        if region is not None:
            self.speech.stretches.append(Stretch(*region, speaker))

    # -- finding the speaker ------------------------------------------------------------------

    def _speaker(self, words: list[Word], sentence: Sentence) -> tuple[Attribution, int, bool] | None:
        """The speaker, the index of the verb of saying, and whether the speaker stands before it."""
        for index, word in enumerate(words):
            if word.text == "according" and index + 1 < len(words) and words[index + 1].text == "to":
                at = next((i for i in range(index + 2, min(index + 7, len(words))) if words[i].text in _SPEAKERS), None)
                if at is not None and words[at].text in ("<X>", "<G>", "<O>", "<H>"):
                    return self._attribution(words, at), index, False
            if word.text not in self.said or self._inside_quote(word):
                continue
            after = self._speaker_after(words, index)
            if after is not None:
                return self._attribution(words, after), index, False
            before = self._speaker_before(words, index)
            if before is not None:
                return before, index, True
        return None

    def _inside_quote(self, word: Word) -> bool:
        return any(q.first <= word.first < q.last for q in self.quotes)

    def _speaker_after(self, words: list[Word], verb: int) -> int | None:
        """"..., said X" and "..., said the retired colonel X"."""
        if verb == 0 or words[verb - 1].text not in (",", '"', "–", "—"):
            return None
        for at in range(verb + 1, min(verb + 9, len(words))):
            if words[at].text in ("<X>", "<O>", "<G>", "<H>", "<F>", "<P>", "<S>") and self._speaks(words[at]):
                later = next((i for i in range(at + 1, min(at + 5, len(words))) if words[i].text == "<X>"), None)
                direct = words[at].text == "<X>" or words[at].mention is not None and words[at].mention.name
                return at if direct or later is None or words[later - 1].text == "," else later
            if words[at].text in (".", ";", '"'):
                return None
        return None

    def _speaker_before(self, words: list[Word], verb: int) -> Attribution | None:
        for at in range(verb - 1, max(-1, verb - 22), -1):
            text = words[at].text
            if text in ('"', ";", ":"):
                break
            if text in _SPEAKERS and not self._is_object(words, at) and self._speaks(words[at]):
                return self._attribution(words, at)
            if text in ("he", "she", "they") and at >= verb - 3 and self.last is not None:
                return self.last
            if text in self.unnamed and at >= verb - 8:
                return self._unnamed(words, at)
            if text in self.said:
                break
        return None

    def _speaks(self, word: Word) -> bool:
        """Whether a mention can be quoted by name: no list of states, no "officials"."""
        mention = word.mention
        if mention is None or (mention.kind == "S" and len(mention.states) != 1):
            return False
        return mention.name is not None or self.tokens[mention.last - 1].norm not in self.lexicon.terms["no_speakers"]

    def _is_object(self, words: list[Word], at: int) -> bool:
        before = words[at - 1].text if at else ""
        return before in ("of", "from", "to", "with", "for", "on", "at", "in", "by", "against") and words[at].text in ("<S>", "<O>")

    def _unnamed(self, words: list[Word], at: int) -> Attribution:
        first = at
        while first > 0 and words[first - 1].text not in (".", ",", ";", '"', "that", "and", "–", "—", ":") and at - first < 4:
            first -= 1
        text = self._text(words[first].first, words[at].last)
        return Attribution(speaker=text, of=None)

    def _attribution(self, words: list[Word], at: int) -> Attribution:
        mention = words[at].mention
        assert mention is not None  # noqa: S101 - only words that stand for mentions are speakers
        role_text = self._role(words, at)
        name = mention.name or self._institution(mention.first, mention.last)
        states = mention.states if mention.kind != "O" else ()
        state = states[0] if len(states) == 1 else None
        role = role_text or None
        if state is None and role and self._is_office(role):
            state = self._state_in(words, at) or self.focus
        return Attribution(speaker=name, role=role, of=state)

    def _institution(self, first: int, last: int) -> str:
        text = self._text(first, last)
        return text[4:] if text.lower().startswith("the ") else text

    def _state_in(self, words: list[Word], at: int) -> str | None:
        for index in range(max(0, at - 6), min(len(words), at + 12)):
            mention = words[index].mention
            if mention is not None and index != at and mention.kind in "SAPGHF" and len(mention.states) == 1:
                return mention.states[0]
        return None

    def _role(self, words: list[Word], at: int) -> str:
        """The office in apposition: before the name or between commas behind it."""
        mention = words[at].mention
        parts = [mention.role] if mention is not None and mention.role and not mention.role.startswith(("person", "generic")) else []
        if at + 1 < len(words) and words[at + 1].text == ",":
            end = next((i for i in range(at + 2, min(at + 18, len(words))) if words[i].text in (",", ".", '"', ";")), min(at + 18, len(words)))
            parts.append(self._text(words[at + 2].first, words[end - 1].last) if end > at + 2 else "")
        before = at
        while before > 0 and words[before - 1].text not in (",", ".", '"', "–", "—", ":", ";") and at - before < 6:
            if words[before - 1].text in self.said:
                break
            before -= 1
        if before < at:
            parts.append(self._text(words[before].first, words[at - 1].last))
        return ", ".join(p for p in parts if p)

    def _is_office(self, role: str) -> bool:
        low = set(role.lower().replace("-", " ").replace(",", " ").split())
        if low & set(self.lexicon.terms["ranks"]):
            return True
        return bool(low & set(self.lexicon.terms["offices"])) and not low & set(self.lexicon.terms["private_roles"])

    def _text(self, first: int, last: int) -> str:
        parts = [self.tokens[first].text]
        for one, other in zip(self.tokens[first:last], self.tokens[first + 1 : last], strict=False):
            parts.append((" " if other.start > one.end else "") + other.text)
        return "".join(parts)

    # -- what is reported ----------------------------------------------------------------------

    def _reported(self, words: list[Word], verb: int, before: bool, sentence: Sentence) -> tuple[int, int] | None:
        if words[verb].text == "according":
            return sentence.first, sentence.last
        if before and _as_told(words, verb):
            return sentence.first, sentence.last
        if before:
            return words[verb].last, sentence.last
        return sentence.first, words[verb].first

    def _signed_below(self, sentence: Sentence, words: list[Word]) -> None:
        """"– Karolis Aleksa, Deputy Minister" on the line under a quotation."""
        if words[0].text not in ("–", "—", "-") or len(words) < 2:
            return
        at = next((i for i in range(1, min(4, len(words))) if words[i].text in ("<X>", "<G>", "<H>", "<O>")), None)
        if at is None:
            return
        speaker = self._attribution(words, at)
        self.last = speaker
        for quote in reversed(self.quotes):
            if quote.last <= sentence.first:
                block = quote.block
                for other in self.quotes:
                    if other.block == block and other.speaker is None:
                        other.speaker = msgspec.structs.replace(speaker, quoted=True)
                break
