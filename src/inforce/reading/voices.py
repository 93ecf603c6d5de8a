"""Who a speaker is: name, role and state, and who "the minister" and "the company" point back to."""

from __future__ import annotations

import functools

from inforce.reading.frames import Word
from inforce.reading.lexicon import Lexicon, data
from inforce.reading.mentions import Mention
from inforce.reading.model import Attribution
from inforce.reading.tokens import Token, printed

_CAST = 40  # persons among whom "the minister" is looked for


@functools.cache
def listed(name: str) -> frozenset[str]:
    """A list of speech.yaml."""
    return frozenset(data("speech.yaml")[name])


class Voices:
    """The persons and bodies of a text, as far as it has told of them."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon, focus: str | None):
        self.tokens = tokens
        self.lexicon = lexicon
        self.focus = focus
        self.cast: list[Attribution] = []  # persons in the order in which they are met
        self.known: dict[str, Attribution] = {}
        self.last: Attribution | None = None  # who "he" is
        self.body: Attribution | None = None  # what "it" is
        self.body_is_maker = False

    def meet(self, words: list[Word]) -> None:
        """Take in all persons of a sentence, with what is told of them."""
        for index, word in enumerate(words):
            if word.text in ("<X>", "<G>", "<H>") and word.mention is not None and word.mention.name:
                self.attribution(words, index)

    def attribution(self, words: list[Word], at: int) -> Attribution:
        """Who a word names, with role and state as far as the words around it tell."""
        mention = words[at].mention
        assert mention is not None  # noqa: S101 - only words that stand for mentions are speakers
        person = bool(mention.name) or mention.kind in "XO"
        role = (self._role(words, at) or None) if person else None
        name = mention.name or self._institution(mention.first, mention.last)
        if mention.name and mention.kind in "GH":
            name = name.partition(" of ")[0]  # "President X of Y"
        states = mention.states if mention.kind != "O" and not mention.former else ()
        state = _one(states)
        if state is None and not mention.former and role and self.is_office(role):
            state = self._state_in(words, at) or self.focus
        return self._remembered(Attribution(speaker=name, role=role, of=state), mention)

    def unnamed(self, words: list[Word], at: int, start: int = 0) -> Attribution:
        first = at
        while first > start and words[first - 1].text not in listed("stops_unnamed") and at - first < 4:
            first -= 1
            if words[first].text in listed("determiners"):
                break
        last = at + 1
        known = self.again(words[first].text, words[at].text)
        if known is not None:
            return known
        if (
            at + 2 < len(words)
            and words[at + 1].text in ("in", "from", "at")
            and words[at + 2].text in ("<S>", "<L>")
        ):
            last = at + 3
        text = self.text(words[first].first, words[last - 1].last)
        state = None
        if self.is_office(text):
            about = [
                w.mention
                for w in words[first : last + 4]
                if w.mention is not None and w.mention.kind in "SAGPHF"
            ]
            state = next((m.states[0] for m in about if len(m.states) == 1), None)
        return Attribution(speaker=text, of=state)

    def office_of(self, words: list[Word], at: int, end: int) -> Attribution:
        """The office that the mention at a word owns: "the presidency's press office"."""
        mention = words[at].mention
        states = mention.states if mention is not None and mention.kind != "O" else ()
        name = self.text(words[at].first, words[end - 1].last)
        return Attribution(speaker=name[4:] if name.lower().startswith("the ") else name, of=_one(states))

    def plain(self, words: list[Word], first: int, head: int) -> Attribution:
        """A speaker without a name, or whoever "the lawyer" and "the company" were before."""
        known = self.again(words[first].text, words[head].text)
        if known is not None:
            return known
        last = head
        if (
            head + 2 < len(words)
            and words[head + 1].text in ("in", "from", "at")
            and words[head + 2].mention is not None
        ):
            last = head + 2 if words[head + 2].text in ("<S>", "<L>", "<O>") else head
        return Attribution(speaker=self.text(words[first].first, words[last].last))

    def again(self, determiner: str, noun: str) -> Attribution | None:
        """The person or body that a noun with "the" points back to."""
        if determiner != "the":
            return None
        for who in reversed(self.cast):
            if noun in (who.role or "").lower().replace("-", " ").replace(",", " ").split():
                return who
        if noun in self.lexicon.sets["maker_words"] and self.body is not None and self.body_is_maker:
            return self.body
        return None

    def _remembered(self, who: Attribution, mention: Mention) -> Attribution:
        """Who is met again keeps the role and state of the first time; "the minister" is whoever bears it."""
        if not mention.name:
            noun = self.tokens[mention.last - 1].norm
            again = None if noun in listed("institutions") else self.again("the", noun)
            return (again if mention.role == "generic" else None) or who
        before = self.known.get(who.speaker) or self._by_first_name(who.speaker)
        if before is not None:
            who = Attribution(before.speaker, who.role or before.role, who.of or before.of)
        self.known[who.speaker] = who
        if mention.kind in "XGH":
            self.cast.append(who)
            del self.cast[:-_CAST]
        return who

    def _by_first_name(self, name: str) -> Attribution | None:
        """ "Gabriela laughs": the person introduced as Gabriela somebody."""
        return next((who for who in reversed(self.cast) if who.speaker.startswith(name + " ")), None)

    def _institution(self, first: int, last: int) -> str:
        """The institution's own noun: "the foreign office in Berlin" is the foreign office."""
        place = next((i for i in range(first + 1, last) if self.tokens[i].norm == "in"), last)
        text = self.text(first, place)
        return text[4:] if text.lower().startswith("the ") else text

    def _state_in(self, words: list[Word], at: int) -> str | None:
        """The one state told of beside an office: before its holder, or behind up to the verb."""
        end = next((n for n in range(at + 1, len(words)) if words[n].text in listed("said")), len(words))
        near = (*range(max(0, at - 6), at), *range(at + 1, min(end, at + 12)))
        for mention in (words[index].mention for index in near):
            if mention is not None and mention.kind in "SAPGHF" and len(mention.states) == 1:
                return _one(mention.states)
        return None

    def _role(self, words: list[Word], at: int) -> str:
        """The office in apposition: before the name or between commas beside it."""
        mention = words[at].mention
        generic = (
            mention is None
            or not mention.role
            or mention.role.startswith(("person", "generic", "organisation"))
        )
        office = "" if generic or mention is None or mention.role is None else mention.role
        before = self._noun_phrase_start(words, at)
        start = before
        while start < at and words[start].text in listed("determiners"):
            start += 1
        front = self.text(words[start].first, words[at - 1].last) if start < at else ""
        if front and office and not front.endswith(","):
            office, front = f"{front} {office}", ""  # "Deputy" before "Defence Minister"
        parts = [office, self._apposition(words, at)]
        if before < at:
            parts.append(front)
        elif at > 1 and words[at - 1].text == "," and words[at].text == "<X>":
            before = self._noun_phrase_start(words, at - 1, 8)
            text = self.text(words[before].first, words[at - 2].last) if before < at - 1 else ""
            parts.append(text if self.is_office(text) else "")
        return ", ".join(dict.fromkeys(p for p in parts if p))

    def _apposition(self, words: list[Word], at: int) -> str:
        """What stands between commas behind a name, where it is no clause of its own."""
        if at + 2 >= len(words) or words[at + 1].text != ",":
            return ""
        if words[at + 2].text in listed("no_role") or words[at + 2].text in listed("said"):
            return ""
        limit = min(at + 18, len(words))
        end = next((i for i in range(at + 2, limit) if words[i].text in (",", ".", '"', ";", ":")), limit)
        if end == at + 2 or any(word.text in listed("finite") for word in words[at + 2 : end]):
            return ""
        return self.text(words[at + 2].first, words[end - 1].last)

    def _noun_phrase_start(self, words: list[Word], at: int, reach: int = 6) -> int:
        before = at
        while before > 0 and words[before - 1].text not in listed("stops") and at - before < reach:
            text = words[before - 1].text
            posted = text == "to" and before > 1 and words[before - 2].text in listed("posted_to") | {"<G>"}
            if text in listed("said") or (text in listed("no_office") and not posted):
                break
            before -= 1
        while before < at and words[before].text in listed("no_role"):
            before += 1
        return before

    def is_office(self, role: str) -> bool:
        """Whether who bears a role speaks for a state in it."""
        parts = [set(part.replace("-", " ").split()) for part in role.lower().split(",")]
        held = set[str]().union(*(part for part in parts if part.isdisjoint(listed("no_longer"))))
        if held & self.lexicon.sets["ranks"]:
            return True
        return bool(held & self.lexicon.sets["offices"]) and not held & self.lexicon.sets["private_roles"]

    def text(self, first: int, last: int) -> str:
        return printed(self.tokens, first, last)


def _one(states: tuple[str, ...]) -> str | None:
    return states[0] if len(states) == 1 else None
