"""Who speaks in a sentence: the verb of saying, the name or office before or behind it."""

from __future__ import annotations

import functools

import msgspec

from inforce.reading.frames import Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.model import Attribution
from inforce.reading.tokens import Token
from inforce.reading.voices import Voices, listed


class Said(msgspec.Struct, frozen=True):
    """A speaker, the index of the word that names it, and of the verb of saying where there is one."""

    speaker: Attribution
    at: int
    verb: int | None


class Speakers:
    """Finds the speaker of a sentence; remembers who "he" and "it" are."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, focus: str | None):
        self.tokens = tokens
        self.lexicon = lexicon
        self.voices = Voices(tokens, lexicon, focus)

    def find(self, words: list[Word], outside: list[bool]) -> Said | None:
        """The speaker by a verb of saying or "according to"; words in quotations are not `outside`."""
        cues = _cues()
        for index, word in enumerate(words):
            if word.text not in cues or not outside[index]:
                continue
            found = None
            if word.text == "according" and index + 1 < len(words) and words[index + 1].text == "to":
                found = self._told_by(words, index + 2) or self._name_after(words, index + 1)
            elif word.text in listed("views") and index > 1:
                found = self._by_view(words, index)
            elif word.text in listed("said") and self._says(words, index):
                found = self._by_verb(words, index)
            if found is not None:
                return Said(found[0], found[1], index)
        return None

    def _told_by(self, words: list[Word], at: int) -> tuple[Attribution, int] | None:
        """ "According to him", "according to her words", "X, according to whom"."""
        text = words[at].text if at < len(words) else ""
        if text in ("him", "her", "them", "his", "their") and self.voices.last is not None:
            return self.voices.last, at
        if text == "whom":
            before = next((n for n in range(at - 3, -1, -1) if words[n].text in listed("named")), None)
            return (self.voices.attribution(words, before), before) if before is not None else None
        return None

    def _by_view(self, words: list[Word], index: int) -> tuple[Attribution, int] | None:
        """ "In the words of X", "in X's view", "by its own account"."""
        following = words[index + 1].text if index + 1 < len(words) else ""
        if following == "of" and words[index - 1].text == "the":
            return self._name_after(words, index + 1)
        if (
            words[index - 1].text == "'s"
            and words[index - 2].text in listed("speakers")
            and self._speaks(words[index - 2])
        ):
            return self.voices.attribution(words, index - 2), index
        own = words[index - 1].text == "own"
        whose = words[index - 1 - own].text
        if words[index - 2 - own].text not in ("in", "by", "to"):
            return None
        if whose in ("his", "her", "their") and self.voices.last is not None:
            return self.voices.last, index
        if whose == "its" and own:
            near = [
                n
                for n, w in enumerate(words)
                if w.text in ("<O>", "<X>", "<G>", "<S>", "<F>") and self._speaks(w)
            ]
            if near:
                return self.voices.attribution(words, near[0]), index
        return None

    def _by_verb(self, words: list[Word], index: int) -> tuple[Attribution, int] | None:
        word = words[index]
        told_that = index + 1 < len(words) and words[index + 1].text == "that"
        if index and words[index - 1].text in listed("being"):
            if word.text not in listed("said_in_passive"):
                return None
            agent = next(
                (n for n in range(index + 1, min(index + 8, len(words))) if words[n].text == "by"), None
            )
            return self._name_after(words, agent) if agent is not None else None
        if told_that and [w.text for w in words[max(0, index - 2) : index]] in (
            ["those", "who"],
            ["people", "who"],
        ):
            return Attribution(self.voices.text(words[index - 2].first, word.last)), index  # "those who say"
        found = None
        inverted = index and words[index - 1].text in listed("before_inverted")
        if inverted and not told_that and word.text not in listed("told"):
            found = self._name_after(words, index)
            if found is not None and self._acts_in_clause(words, index, found[1]):
                found = None
        return found or self._before(words, index) or self._by_noun(words, index)

    def _acts_in_clause(self, words: list[Word], verb: int, at: int) -> bool:
        """ "X, a retired general, said Finland had left": who is named behind the verb acts, and X speaks."""
        if self._before_apposition(words, verb) is None or at + 1 >= len(words):
            return False
        return words[at + 1].text not in listed("stops") | listed("oblique")

    def _says(self, words: list[Word], index: int) -> bool:
        """Whether a word that can be a verb of saying is one here: no noun, no promise to act."""
        text = words[index].text
        before = words[index - 1].text if index else ""
        after = words[index + 1].text if index + 1 < len(words) else ""
        if text in listed("said_before_that") and after != "that" and before not in listed("before_inverted"):
            return False
        if text in listed("also_nouns"):
            return (
                after == "that"
                or before in listed("speakers")
                or before in ("he", "she", "it", "who", ",", '"', "they")
            )
        if after == "to" and text in listed("said_with_infinitive"):
            return False
        return not (
            before == "to"
            and index > 1
            and words[index - 2].text in ("declined", "refused", "declines", "refuses")
        )

    def _by_noun(self, words: list[Word], verb: int) -> tuple[Attribution, int] | None:
        """A speaker by a plain noun phrase that opens a clause: "a congressman from the hills assured"."""
        if words[verb].text not in listed("said_of_anyone"):
            return None
        for at in range(verb - 1, max(-1, verb - 14), -1):
            if words[at].text in listed("stops") or words[at].text in listed("speakers"):
                return None
            opens = (
                at == 0
                or words[at - 1].text in listed("stops")
                or words[at - 1].text in ("and", "but", "that", "as", "so")
            )
            if not opens or words[at].text not in listed("opens_noun"):
                continue
            head = at + 1
            while head + 1 < verb and not _ends_noun(words[head + 1]):
                head += 1
            if head >= verb or words[head].mention is not None or words[head].text in listed("say_nothing"):
                return None
            return self.voices.plain(words, at, head), head
        return None

    def beside_quote(self, words: list[Word], outside: list[bool]) -> Said | None:
        """Whose quotation it is where no verb says so: "X, a jurist: ...", "how X put it"."""
        for index, word in enumerate(words):
            if (
                outside[index]
                and word.text in listed("named")
                and self._speaks(word)
                and word.mention
                and word.mention.name
            ):
                return Said(self.voices.attribution(words, index), index, None)
        return None

    def signature(self, words: list[Word]) -> Attribution | None:
        """The speaker of a line that signs what stands above it."""
        if words[0].text not in ("–", "—", "-") or len(words) < 2:
            return None
        at = next(
            (i for i in range(1, min(4, len(words))) if words[i].text in ("<X>", "<G>", "<H>", "<O>")), None
        )
        return None if at is None else self.voices.attribution(words, at)

    def remember(self, words: list[Word], outside: list[bool]) -> None:
        """Take in who a sentence without a speaker is about: "he" or "it" of the next."""
        self.voices.meet(words)
        for index, word in enumerate(words):
            if word.text not in listed("speakers") or not outside[index] or not self._speaks(word):
                continue
            if word.mention is not None and word.mention.name and word.text in listed("named"):
                self.voices.last = self.voices.attribution(words, index)
                return
            if index < 8 and word.text != "<X>" and not self._is_oblique(words, index):
                self.voices.body = self.voices.attribution(words, index)
                self.voices.body_is_maker = word.text == "<O>"

    # -- where the name stands ---------------------------------------------------------------------

    def _name_after(self, words: list[Word], verb: int) -> tuple[Attribution, int] | None:
        """ "said X", "said the retired colonel X", "complained one villager"."""
        for at in range(verb + 1, min(verb + 10, len(words))):
            text = words[at].text
            if self._speaks(words[at]) and not self._is_oblique(words, at, verb + 1):
                later = next(
                    (i for i in range(at + 1, min(at + 6, len(words))) if words[i].text == "<X>"), None
                )
                if self._holder_follows(words, at):
                    return self.voices.attribution(words, at + 2), at + 2
                mention = words[at].mention
                named = text == "<X>" or (mention is not None and mention.name)
                if named or later is None or any(words[i].text in listed("stops") for i in range(at, later)):
                    return self.voices.attribution(words, at), at
                return self.voices.attribution(words, later), later
            nameless = text in listed("unnamed_speakers") and not self._names_follow(words, at)
            if nameless and not _is_told(words, at):
                holder = self._holder_behind(words, at)
                if holder is not None:
                    return self.voices.attribution(words, holder), holder
                return self.voices.unnamed(words, at, verb + 1), at
            if text in (".", ";", '"'):
                return None
        return None

    def _holder_behind(self, words: list[Word], at: int) -> int | None:
        """ "Says the spokeswoman of the ministry, X": the name that the office leads up to."""
        for index in range(at + 1, min(at + 8, len(words))):
            if words[index].text == "<X>":
                return index
            if words[index].text not in (
                ",",
                "of",
                "for",
                "the",
                "at",
                "in",
                "<G>",
                "<F>",
                "<P>",
                "<A>",
                "<S>",
            ):
                return None
        return None

    def _holder_follows(self, words: list[Word], at: int) -> bool:
        """ "said the Norwegian foreign minister, X": the office first, its holder after a comma."""
        if at + 2 >= len(words) or words[at + 1].text != "," or words[at + 2].text not in listed("named"):
            return False
        office, holder = words[at].mention, words[at + 2].mention
        return bool(office and not office.name and holder and holder.name)

    def _names_follow(self, words: list[Word], at: int) -> bool:
        return at + 1 < len(words) and words[at + 1].text in listed("speakers")

    def _before(self, words: list[Word], verb: int) -> tuple[Attribution, int] | None:
        beside = self._before_apposition(words, verb)
        if beside is not None:
            return self.voices.attribution(words, beside), beside
        for at in range(verb - 1, max(-1, verb - 22), -1):
            text = words[at].text
            if text in ('"', ";", ":"):
                break
            owns = words[at + 1].text == "'s"
            if self._speaks(words[at]) and not self._is_oblique(words, at):
                if not owns:
                    return self.voices.attribution(words, at), at
                if at + 2 < verb and _are_plain(words[at + 2 : verb]):
                    return self.voices.office_of(words, at, verb), verb - 1
            if text in ("i", "we", "you") and at >= verb - 2:
                return None
            if text in ("he", "she", "they") and at >= verb - 3 and self.voices.last is not None:
                return self.voices.last, at
            if text == "it" and at >= verb - 2 and self.voices.body is not None:
                return self.voices.body, at
            if text in listed("unnamed_speakers") and at >= verb - 8:
                return self.voices.unnamed(words, at), at
            if text in listed("said"):
                break
        return None

    def _before_apposition(self, words: list[Word], verb: int) -> int | None:
        """The name in "X, a spokesman for Y, said" and in "the envoy to Y, X, said"."""
        if verb < 3 or words[verb - 1].text != ",":
            return None
        holder = words[verb - 2].mention
        if words[verb - 3].text == "," and holder is not None and holder.name and holder.kind in "GH":
            return verb - 2
        for comma in range(verb - 2, max(0, verb - 22), -1):
            if words[comma].text in ('"', ";", ":", "–", "—"):
                return None
            if words[comma].text == "," and words[comma + 1].text in ("whose", "who", "which"):
                return comma - 1 if self._speaks(words[comma - 1]) else None
            if words[comma].text == "," and not any(
                w.text in ("whose", "who", "which") for w in words[:comma]
            ):
                inner = next((i for i in range(comma + 1, verb - 1) if words[i].text == "<X>"), None)
                if inner == verb - 2 and not self._is_addressed(words, comma, inner):
                    return inner
                outer = words[comma - 1]
                mention = outer.mention
                named = mention is not None and (bool(mention.name) or mention.kind in "OSGPFH")
                return comma - 1 if named and self._speaks(outer) else None
        return None

    def _is_addressed(self, words: list[Word], comma: int, inner: int) -> bool:
        """ "X, speaking to the daily Y, said": Y is who listened."""
        return any(words[n].text in listed("heard_by") for n in range(comma + 1, inner))

    def _speaks(self, word: Word) -> bool:
        """Whether a mention can be quoted by name: no list of states, no "officials"."""
        mention = word.mention
        if (
            mention is None
            or word.text not in listed("speakers")
            or (mention.kind == "S" and len(mention.states) != 1)
        ):
            return False
        if mention.kind == "Q":
            return self.tokens[mention.last - 1].norm in self.lexicon.sets["depositary_names"]
        return (
            mention.name is not None
            or self.tokens[mention.last - 1].norm not in self.lexicon.sets["no_speakers"]
        )

    def _is_oblique(self, words: list[Word], at: int, start: int = 0) -> bool:
        """Whether a place or body stands behind a preposition, so that it is not who speaks."""
        before = at - 1
        while before > start and (
            self._is_capital(words[before]) or words[before].text in listed("determiners")
        ):
            before -= 1
        return (
            before >= start
            and words[before].text in listed("oblique")
            and words[at].text in ("<S>", "<O>", "<G>", "<P>", "<F>")
        )

    def _is_capital(self, word: Word) -> bool:
        """A capitalised plain word: an adjective in a name ("of the Federal Ministry")."""
        return word.mention is None and self.tokens[word.first].text[:1].isupper()


@functools.cache
def _cues() -> frozenset[str]:
    """Words by which a speaker is told."""
    return listed("views") | listed("said") | {"according"}


def _is_told(words: list[Word], at: int) -> bool:
    """ "Confides to our agency": who listens."""
    before = at - 1
    while before > 0 and words[before].text in listed("determiners"):
        before -= 1
    return words[before].text in ("to", "with", "in", "on", "by")


def _ends_noun(word: Word) -> bool:
    return word.mention is not None or word.text in listed("ends_noun")


def _are_plain(words: list[Word]) -> bool:
    """Whether words are nouns that can speak: "press office", no "law"."""
    texts = [word.text for word in words]
    return (
        len(texts) < 5
        and all(w.mention is None and w.text.isalpha() for w in words)
        and listed("say_nothing").isdisjoint(texts)
        and listed("finite").isdisjoint(texts)
    )
