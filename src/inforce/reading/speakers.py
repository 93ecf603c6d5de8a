"""Who speaks in a sentence: the verb of saying, the name or office before or behind it."""

from __future__ import annotations

import msgspec

from inforce.reading.frames import Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.model import Attribution
from inforce.reading.tokens import Token, printed

_SPEAKERS = frozenset({"<X>", "<G>", "<H>", "<P>", "<F>", "<O>", "<S>", "<C>", "<Q>"})
_NAMED = frozenset({"<X>", "<G>", "<H>", "<P>", "<Q>"})
_STOPS = frozenset({",", ".", '"', "–", "—", ":", ";", "(", ")"})
_OBLIQUE = frozenset({
    "of", "from", "to", "with", "for", "on", "at", "in", "by", "against", "near", "outside",
    "like", "than", "about",
})  # fmt: skip
#: "in the words of X", "in the view of X"
_BY_VIEW = frozenset(["words", "view", "opinion", "eyes", "judgement", "judgment", "reading", "telling"])
#: Verbs that whoever is told follows, never the speaker.
_TOLD = frozenset({"told", "tells", "telling", "asked", "asks", "reminded", "reminds", "urged"})
_NO_ROLE = frozenset(
    {"who", "which", "where", "when", "while", "as", "after", "before", "in", "on", "and", "but"}
)
#: What stands between commas is a clause of its own, no office, where one of these is in it.
_VERBS = frozenset({
    "is", "are", "was", "were", "be", "has", "have", "had", "will", "would", "can", "could", "may", "must",
    "should", "does", "did",
})  # fmt: skip


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
        self.focus = focus
        self.said = lexicon.sets["said"]
        self.unnamed = lexicon.sets["unnamed_speakers"]
        self.last: Attribution | None = None
        self.body: Attribution | None = None

    def find(self, words: list[Word], outside: list[bool]) -> Said | None:
        """The speaker by a verb of saying or "according to"; words in quotations are not `outside`."""
        for index, word in enumerate(words):
            if not outside[index]:
                continue
            found = None
            if word.text == "according" and index + 1 < len(words) and words[index + 1].text == "to":
                found = self._name_after(words, index + 1)
            elif (
                word.text in _BY_VIEW
                and index > 0
                and index + 1 < len(words)
                and words[index + 1].text == "of"
            ):
                found = self._name_after(words, index + 1) if words[index - 1].text == "the" else None
            elif word.text in self.said:
                told_that = index + 1 < len(words) and words[index + 1].text == "that"
                if (
                    index
                    and not told_that
                    and words[index - 1].text in (",", '"', "–", "—", "so")
                    and word.text not in _TOLD
                ):
                    found = self._name_after(words, index)
                found = found or self._before(words, index)
            if found is not None:
                return Said(found[0], found[1], index)
        return None

    def beside_quote(self, words: list[Word], outside: list[bool]) -> Said | None:
        """Whose quotation it is where no verb says so: "X, a jurist: ...", "how X put it"."""
        for index, word in enumerate(words):
            if (
                outside[index]
                and word.text in _NAMED
                and self._speaks(word)
                and word.mention
                and word.mention.name
            ):
                return Said(self.attribution(words, index), index, None)
        return None

    def signature(self, words: list[Word]) -> Attribution | None:
        """The speaker of a line that signs what stands above it."""
        if words[0].text not in ("–", "—", "-") or len(words) < 2:
            return None
        at = next(
            (i for i in range(1, min(4, len(words))) if words[i].text in ("<X>", "<G>", "<H>", "<O>")), None
        )
        return None if at is None else self.attribution(words, at)

    def remember(self, words: list[Word], outside: list[bool]) -> None:
        """Take in who a sentence without a speaker is about: "he" or "it" of the next."""
        for index, word in enumerate(words):
            if word.text not in _SPEAKERS or not outside[index] or not self._speaks(word):
                continue
            if word.mention is not None and word.mention.name and word.text in _NAMED:
                self.last = self.attribution(words, index)
                return
            if index < 8 and word.text != "<X>" and not self._is_oblique(words, index):
                self.body = self.attribution(words, index)

    # -- where the name stands ---------------------------------------------------------------------

    def _name_after(self, words: list[Word], verb: int) -> tuple[Attribution, int] | None:
        """ "said X", "said the retired colonel X", "complained one villager"."""
        for at in range(verb + 1, min(verb + 10, len(words))):
            text = words[at].text
            if text in _SPEAKERS and self._speaks(words[at]) and not self._is_oblique(words, at, verb + 1):
                later = next(
                    (i for i in range(at + 1, min(at + 6, len(words))) if words[i].text == "<X>"), None
                )
                if self._holder_follows(words, at):
                    return self.attribution(words, at + 2), at + 2
                mention = words[at].mention
                named = text == "<X>" or (mention is not None and mention.name)
                if named or later is None or any(words[i].text in _STOPS for i in range(at, later)):
                    return self.attribution(words, at), at
                return self.attribution(words, later), later
            if text in self.unnamed and not self._names_follow(words, at):
                return self._unnamed(words, at, verb + 1), at
            if text in (".", ";", '"'):
                return None
        return None

    def _holder_follows(self, words: list[Word], at: int) -> bool:
        """ "said the Norwegian foreign minister, X": the office first, its holder after a comma."""
        if at + 2 >= len(words) or words[at + 1].text != "," or words[at + 2].text not in _NAMED:
            return False
        office, holder = words[at].mention, words[at + 2].mention
        return bool(office and not office.name and holder and holder.name)

    def _names_follow(self, words: list[Word], at: int) -> bool:
        return at + 1 < len(words) and words[at + 1].text in _SPEAKERS

    def _before(self, words: list[Word], verb: int) -> tuple[Attribution, int] | None:
        beside = self._before_apposition(words, verb)
        if beside is not None:
            return self.attribution(words, beside), beside
        for at in range(verb - 1, max(-1, verb - 22), -1):
            text = words[at].text
            if text in ('"', ";", ":"):
                break
            if text in _SPEAKERS and not self._is_oblique(words, at) and self._speaks(words[at]):
                return self.attribution(words, at), at
            if text in ("he", "she", "they") and at >= verb - 3 and self.last is not None:
                return self.last, at
            if text == "it" and at >= verb - 2 and self.body is not None:
                return self.body, at
            if text in self.unnamed and at >= verb - 8:
                return self._unnamed(words, at), at
            if text in self.said:
                break
        return None

    def _before_apposition(self, words: list[Word], verb: int) -> int | None:
        """The name in "X, a spokesman for Y, said" and in "the envoy to Y, X, said"."""
        if verb < 3 or words[verb - 1].text != ",":
            return None
        for comma in range(verb - 2, max(0, verb - 22), -1):
            if words[comma].text in ('"', ";", ":", "–", "—"):
                return None
            if words[comma].text == ",":
                inner = next((i for i in range(comma + 1, verb - 1) if words[i].text == "<X>"), None)
                if inner == verb - 2:
                    return inner
                outer = words[comma - 1]
                mention = outer.mention
                named = mention is not None and (bool(mention.name) or mention.kind == "O")
                return comma - 1 if named and self._speaks(outer) else None
        return None

    def _speaks(self, word: Word) -> bool:
        """Whether a mention can be quoted by name: no list of states, no "officials"."""
        mention = word.mention
        if mention is None or (mention.kind == "S" and len(mention.states) != 1):
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
        while before > start and words[before].text in ("the", "a", "its", "their", "an"):
            before -= 1
        return (
            before >= start
            and words[before].text in _OBLIQUE
            and words[at].text in ("<S>", "<O>", "<G>", "<P>", "<F>")
        )

    # -- what is known of the speaker ---------------------------------------------------------------

    def _unnamed(self, words: list[Word], at: int, start: int = 0) -> Attribution:
        first = at
        while first > start and words[first - 1].text not in _STOPS | {"that", "and"} and at - first < 4:
            first -= 1
        last = at + 1
        text = self._text(words[first].first, words[at].last)
        state = None
        if self.is_office(text):
            about = [
                w.mention
                for w in words[first : last + 4]
                if w.mention is not None and w.mention.kind in "SAGPHF"
            ]
            state = next((m.states[0] for m in about if len(m.states) == 1), None)
        return Attribution(speaker=text, of=state)

    def attribution(self, words: list[Word], at: int) -> Attribution:
        """Who a word names, with role and state as far as the words around it tell."""
        mention = words[at].mention
        assert mention is not None  # noqa: S101 - only words that stand for mentions are speakers
        role = self._role(words, at) or None
        name = mention.name or self._institution(mention.first, mention.last)
        if mention.name and mention.kind in "GH":
            name = name.partition(" of ")[0]  # "President X of Y"
        states = mention.states if mention.kind != "O" else ()
        state = states[0] if len(states) == 1 else None
        if state is None and role and self.is_office(role):
            state = self._state_in(words, at) or self.focus
        return Attribution(speaker=name, role=role, of=state)

    def _institution(self, first: int, last: int) -> str:
        """The institution's own noun: "the foreign office in Berlin" is the foreign office."""
        place = next((i for i in range(first + 1, last) if self.tokens[i].norm == "in"), last)
        text = self._text(first, place)
        return text[4:] if text.lower().startswith("the ") else text

    def _state_in(self, words: list[Word], at: int) -> str | None:
        for index in range(max(0, at - 6), min(len(words), at + 12)):
            mention = words[index].mention
            if mention is not None and index != at and mention.kind in "SAPGHF" and len(mention.states) == 1:
                return mention.states[0]
        return None

    def _role(self, words: list[Word], at: int) -> str:
        """The office in apposition: before the name or between commas beside it."""
        mention = words[at].mention
        generic = (
            mention is None
            or not mention.role
            or mention.role.startswith(("person", "generic", "organisation"))
        )
        parts = [] if generic or mention is None or mention.role is None else [mention.role]
        parts.append(self._apposition(words, at))
        before = self._noun_phrase_start(words, at)
        if before < at:
            parts.append(self._text(words[before].first, words[at - 1].last))
        elif at > 1 and words[at - 1].text == "," and words[at].text == "<X>":
            before = self._noun_phrase_start(words, at - 1, 8)
            text = self._text(words[before].first, words[at - 2].last) if before < at - 1 else ""
            parts.append(text if self.is_office(text) else "")
        return ", ".join(dict.fromkeys(p for p in parts if p))

    def _apposition(self, words: list[Word], at: int) -> str:
        """What stands between commas behind a name, where it is no clause of its own."""
        if at + 2 >= len(words) or words[at + 1].text != "," or words[at + 2].text in _NO_ROLE | self.said:
            return ""
        limit = min(at + 18, len(words))
        end = next((i for i in range(at + 2, limit) if words[i].text in (",", ".", '"', ";", ":")), limit)
        if end == at + 2 or any(word.text in _VERBS for word in words[at + 2 : end]):
            return ""
        return self._text(words[at + 2].first, words[end - 1].last)

    def _noun_phrase_start(self, words: list[Word], at: int, reach: int = 6) -> int:
        before = at
        while before > 0 and words[before - 1].text not in _STOPS and at - before < reach:
            if words[before - 1].text in self.said:
                break
            before -= 1
        while before < at and words[before].text in _NO_ROLE:
            before += 1
        return before

    def is_office(self, role: str) -> bool:
        """Whether who bears a role speaks for a state in it."""
        low = set(role.lower().replace("-", " ").replace(",", " ").split())
        if low & {"former", "ex"}:
            return False
        if low & self.lexicon.sets["ranks"]:
            return True
        return bool(low & self.lexicon.sets["offices"]) and not low & self.lexicon.sets["private_roles"]

    def _text(self, first: int, last: int) -> str:
        return printed(self.tokens, first, last)
