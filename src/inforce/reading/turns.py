"""Turns: whose words a paragraph is in an interview, a hearing, a debate or a written answer.

Such texts name the speaker in a label ("MINISTER: ...", "B.T.: ...", "[CLIP, Ozols] ..."), not by a verb
of saying. A label counts only in a text that has several, or that opens with a question put in writing.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from inforce.reading.bare_turns import answers, blocks_of, leading
from inforce.reading.frames import Masked, Word
from inforce.reading.lexicon import Lexicon
from inforce.reading.model import Attribution
from inforce.reading.tokens import Sentence, Token, printed
from inforce.reading.voices import Voices, listed

_LONGEST = 16  # words of a label
_NO_LABEL = frozenset({"<S>", "<T>", "<D>", "<W>", "<N>", "<U>", "<M>", "<P>", "<C>", "<Q>"})
_QUOTES = frozenset('"“”„«»')
_PERSONS = frozenset({"<X>", "<G>", "<H>"})
_SMALL = frozenset({"the", "of", "for", "and", "de", "-", ".", ",", "'", "&", "'s", "on", "to", "in", "at"})


class Turn(msgspec.Struct):
    """Tokens [first, last) that one voice says; `speaker` None where it is who asks or presents."""

    first: int
    last: int
    speaker: Attribution | None
    quoted: Attribution | None = None  # whose the quotations are where the label stands before one


class _Label(msgspec.Struct):
    """A label at the head of a block: the word behind it, and what it says."""

    end: int
    name: str
    role: str
    paren: str
    states: tuple[str, ...]


def find_turns(
    tokens: list[Token], sentences: list[Sentence], masked: list[Masked], lexicon: Lexicon, voices: Voices
) -> list[Turn]:
    """The turns of a text in order; none where it is no text of turns."""
    heads = [0, *(n for n, (a, b) in enumerate(pairwise(sentences), 1) if a.block != b.block)]
    if not sentences:
        return []
    reader = _Labels(tokens, lexicon)
    labels = {n: label for n in heads if (label := reader.read(masked[n].words)) is not None}
    if not labels:
        return _without_labels(tokens, sentences, masked, lexicon, voices)
    asked = min(labels) > 0 and _opens_with_question(masked[: min(labels)])
    cast = _Cast(masked, tokens, voices, lexicon, labels)
    labels = {n: label for n, label in labels.items() if cast.knows(label)}
    if len(labels) + asked < 2:
        return []
    turns: list[Turn] = []
    for n in heads:
        first = sentences[n].first
        if n in labels:
            words = masked[n].words
            end = labels[n].end
            begin = words[end].first if end < len(words) else sentences[n].last
            quoted = end < len(words) and words[end].text in _QUOTES
            speaker = cast.speaker(labels[n])
            turns.append(Turn(begin, begin, None if quoted else speaker, speaker if quoted else None))
        elif turns and turns[-1].speaker is not None and reader.closes(masked[n].words):
            turns.append(Turn(first, first, None))
    for turn, following in pairwise(turns):
        turn.last = following.first
    turns[-1].last = len(tokens)
    _hush_interviewers(turns, tokens)
    return turns


def _without_labels(
    tokens: list[Token], sentences: list[Sentence], masked: list[Masked], lexicon: Lexicon, voices: Voices
) -> list[Turn]:
    """The turns of an interview that marks neither who asks nor who answers."""
    blocks = blocks_of(sentences)
    lead = leading(blocks, tokens)
    if not lead:
        return []
    introduced = next(n for n, s in enumerate(sentences) if s.last == blocks[lead - 1][1]) + 1
    # As if a label stood behind the lead: its cast is who is named there.
    cast = _Cast(masked[:introduced], tokens, voices, lexicon, {introduced: _Label(0, "", "", "", ())})
    if cast.guest is None:
        return []
    told = answers(blocks, tokens, lead, _aloud(cast.guest))
    return [Turn(first, last, speaker) for first, last, speaker in told]


def _hush_interviewers(turns: list[Turn], tokens: list[Token]) -> None:
    """Who bears no office and ends on a question most of the time asks for the text itself."""
    spoken = [(turn, turn.speaker) for turn in turns if turn.speaker is not None and turn.last > turn.first]
    said = Counter(who.speaker for _, who in spoken)
    asked = Counter(who.speaker for turn, who in spoken if tokens[turn.last - 1].text == "?")
    for turn, who in spoken:
        if who.role is None and 2 * asked[who.speaker] > said[who.speaker]:
            turn.speaker = None


def turn_at(turns: Sequence[Turn], token: int) -> Turn | None:
    """The turn that holds a token."""
    if not turns:
        return None
    index = bisect.bisect_right(turns, token, key=lambda turn: turn.first) - 1
    return turns[index] if index >= 0 and token < turns[index].last else None


def _opens_with_question(masked: Sequence[Masked]) -> bool:
    """ "Senator X asked the Minister, upon notice": a question in writing, answered below."""
    return any("asked" in (w.text for w in form.words[:24]) for form in masked)


class _Labels:
    """Reads labels."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.roles = frozenset(lexicon.terms["role_words"]) | listed("honorifics")
        self.voices = listed("presenting_voices")
        self.takes = listed("recorded")
        self.closing = tuple(listed("closes_turns"))

    def read(self, words: list[Word]) -> _Label | None:
        """The label at the head of a block's first sentence."""
        end = self._end(words)
        if end is None:
            return None
        main, paren = self._parts(words[: end - 1])
        if not main or any(word.text in _NO_LABEL for word in main):
            return None
        name: list[int] = []
        role: list[int] = []
        for word in main:
            for at in range(word.first, word.last):
                token = self.tokens[at]
                if token.norm in self.roles or token.norm in self.voices:
                    role.append(at)
                elif token.norm in _SMALL or token.norm in self.takes:
                    continue
                elif token.text[:1].isupper():
                    name.append(at)
                else:
                    return None
        if not (name or role):
            return None
        states = next(
            (w.mention.states for w in words[: end - 1] if w.mention and len(w.mention.states) == 1), ()
        )
        return _Label(end, self._text(name), self._text(role), self._paren(paren), states)

    def closes(self, words: list[Word]) -> bool:
        """Whether a block without a label is the frame again, not the answer going on."""
        head = " ".join(self.tokens[word.first].norm for word in words[:4]) + " "
        return head.startswith(self.closing)

    def _end(self, words: list[Word]) -> int | None:
        if words[0].text == "[":
            return next((n + 1 for n, w in enumerate(words[:_LONGEST]) if w.text == "]"), None)
        if words[0].text in ("q", "a") and len(words) > 1 and words[1].text in (".", ")", ":"):
            return 2
        end = next((n + 1 for n, w in enumerate(words[:_LONGEST]) if w.text == ":"), None)
        return None if end == 1 else end

    def _parts(self, words: list[Word]) -> tuple[list[Word], list[Word]]:
        """The name of a label, and what stands behind it in brackets or behind a comma."""
        plain = [w for w in words if w.text not in ("[", "]")]
        taken = self.takes | self.voices
        while len(plain) > 2 and plain[1].text == "," and plain[0].text in taken:
            plain = plain[2:]  # "[CLIP, Ozols]"
        inside = next((n for n, w in enumerate(plain) if w.text in ("(", ",")), len(plain))
        return plain[:inside], [w for w in plain[inside + 1 :] if w.text != ")"]

    def _paren(self, words: list[Word]) -> str:
        return printed(self.tokens, words[0].first, words[-1].last) if words else ""

    def _text(self, at: list[int]) -> str:
        return printed(self.tokens, at[0], at[-1] + 1) if at else ""


class _Cast:
    """Who the labels of a text stand for."""

    def __init__(
        self,
        masked: list[Masked],
        tokens: list[Token],
        voices: Voices,
        lexicon: Lexicon,
        labels: dict[int, _Label],
    ) -> None:
        self.voices = voices
        self.presenting = listed("presenting_voices")
        self.interviews = listed("interviews")
        self.titles = listed("honorifics")
        self.peers = listed("peers")
        self.people: dict[str, Attribution] = {}
        self.initials: dict[str, Attribution] = {}
        self.by_role: dict[str, Attribution] = {}
        self.often = Counter(label.name for label in labels.values() if label.name)
        for n, form in enumerate(masked):
            behind = labels[n].end if n in labels else 0
            for at, word in enumerate(form.words[behind:], behind):
                if word.text in _PERSONS and word.mention is not None and word.mention.name:
                    self._meet(form.words, at, word.mention.name)
        self.guest = self._guest(masked[: min(labels)], tokens)

    def _meet(self, words: list[Word], at: int, name: str) -> None:
        parts = [part for part in name.replace("-", " ").split() if part[:1].isupper()]
        surname = name.rsplit(maxsplit=1)[-1].lower()
        if not parts or surname in self.people:
            return
        who = self.voices.attribution(words, at)
        self.people[surname] = who
        self.people.setdefault(parts[0].lower(), who)
        self.initials.setdefault("".join(part[0] for part in parts).lower(), who)

    def _guest(self, lead: list[Masked], tokens: list[Token]) -> Attribution | None:
        """The one person of the lead of an interview: who "A:" is."""
        words = [word for form in lead for word in form.words]
        if self.interviews.isdisjoint(tokens[word.first].norm for word in words):
            return None
        named = {w.mention.name for w in words if w.text in _PERSONS and w.mention and w.mention.name}
        return self.people.get(named.pop().split()[-1].lower()) if len(named) == 1 else None

    def knows(self, label: _Label) -> bool:
        """Whether a label is a voice's: an office, a person of the text, or a name that comes again."""
        if label.role or not label.name:
            return bool(label.role)
        name = label.name.replace(".", "").lower()
        return (
            name in ("a", "q", "answer")
            or name in self.initials
            or name.rsplit(maxsplit=1)[-1] in self.people
            or self.often[label.name] > 1
        )

    def speaker(self, label: _Label) -> Attribution | None:
        """Who speaks under a label; None for who asks or presents."""
        if label.role.lower() in self.presenting and not label.name:
            return None
        if label.name.lower() in ("a", "answer"):
            return _aloud(self.guest) if self.guest is not None else None
        if label.name.lower() in ("q", "question"):
            return None
        if not label.role and label.name.replace(".", "").lower() in self.initials:
            return _aloud(self.initials[label.name.replace(".", "").lower()])
        office = " ".join(part for part in (label.role, label.name) if part)
        titled = label.paren.replace(".", "").split()
        if len(titled) > 1 and titled[0].lower() in self.titles:  # "Minister of State (Lord X)"
            return self._named(label, " ".join(titled[1:]), office, titled[0].lower())
        if label.name:
            return self._named(label, label.name, label.role or label.paren)
        if label.role.lower() in self.by_role:
            return self.by_role[label.role.lower()]
        return self._named(label, label.role, label.role)

    def _named(self, label: _Label, name: str, role: str, title: str = "") -> Attribution | None:
        known = self.people.get(name.rsplit(maxsplit=1)[-1].lower())
        if known is None and not label.role and " " not in name:
            return None
        name = " ".join(
            part.capitalize() if len(part) > 3 and part.isupper() else part for part in name.split()
        )
        of = label.states[0] if label.states else known.of if known is not None else None
        peer = next((part for part in (*role.lower().split(), title) if part in self.peers), None)
        if peer is not None:
            name, of = f"{peer.capitalize()} {name}", of or "GBR"
        if of is None and role and self.voices.is_office(role):
            of = self.voices.focus
        speaker = known.speaker if known is not None and len(known.speaker) > len(name) else name
        who = Attribution(speaker, role or (known.role if known is not None else None), of, quoted=True)
        if label.role:  # "Minister (Mr X): ..." and then "Minister: ..."
            self.by_role.setdefault(label.role.lower(), who)
        self.people.setdefault(name.split()[-1].lower(), who)
        return who


def _aloud(who: Attribution) -> Attribution:
    return msgspec.structs.replace(who, quoted=True)
