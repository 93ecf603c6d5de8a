"""Claims: frames found in a text, with their parts resolved, in the order of the text."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Any

import msgspec

from inforce.reading.actors import is_neither, subject_of, treaty_of
from inforce.reading.clauses import clause_start, is_hypothetical, is_topic, is_treaty_approved, modality_at
from inforce.reading.compose import compose
from inforce.reading.dating import count_date, lies_after, resolve_date, when_of
from inforce.reading.frames import Hit, Masked, find_hits, mask
from inforce.reading.lexicon import Lexicon, lexicon
from inforce.reading.mentions import Mention, tag
from inforce.reading.model import Attribution, Claim, ClaimObject, Document, Span
from inforce.reading.people import find_people
from inforce.reading.quantities import (
    activities_near,
    clock_of,
    count_near,
    counts_no_parties,
    items_near,
    money_near,
    place_near,
    rank_near,
    recipients_near,
    suppliers_near,
)
from inforce.reading.spans import claim_words
from inforce.reading.speech import Listener, Quote, Speech
from inforce.reading.story import Story, enter_sentence, leave_sentence, open_story
from inforce.reading.tokens import Sentence, Token, split_sentences, tokenize
from inforce.record.model import Record
from inforce.vocabulary import ClaimKind, Modality

_LOOK_BACK = 40  # claims among which an ellipsis finds what it repeats

#: "Has not signed" says what a state is, not what it did.
_NEGATED_JOINING = {"signed": "signatory", "ratified": "party", "acceded": "party", "joined": "party"}

#: A quotation that opens in mid-sentence is a statement where it has one of these.
_SAYING = frozenset("we you they i it he she is are was were has have isn't aren't".split())

_PHRASE = 6  # tokens from which a quotation says something even so

_ACTION_WORDS = {
    "suspension": ("suspend", "suspends", "suspended", "suspending", "suspension"),
    "joining": ("ratif", "acced", "accession", "join", "accept", "adher"),
    "withdrawal": ("withdraw", "exit", "leav", "left", "denounc", "denunciation", "quit", "depart", "pull"),
}


def read(document: Document, record: Record) -> tuple[Claim, ...]:
    """All claims of a document; none where it speaks of no treaty that is known."""
    return _Reader(document, record).read()


def _can_be_notice(duration: str | None) -> bool:
    """Notice periods run for days or months, a year or two; clearing mines takes longer."""
    return (
        duration is None
        or duration.endswith("M")
        or duration in ("P1Y", "P2Y")
        or (duration.endswith("D") and len(duration) > 3)
    )


def _as_law(predicate: str | None, modality: Modality, negated: bool) -> tuple[str | None, Modality, bool]:
    """What a law says, it says: "may" and "must" are its content; "does not allow" forbids."""
    if predicate == "allows" and negated:
        predicate, negated = "prohibits", False
    return predicate, Modality.DONE if modality in (Modality.POSSIBLE, Modality.REQUIRED) else modality, negated


def _is_content(masked: Masked, told: int, trigger: int) -> bool:
    """Whether an act only says what was told, voted or signed: "notified the UN that it is leaving"."""
    if not told < trigger <= told + 16:
        return False
    between = [w.text for w in masked.words[told + 1 : trigger]]
    if (
        any(t in (";", '"', "–", "—", ".", "but", "while", "whereas") for t in between[3:])
        or "<D>" in between[-3:]
    ):
        return False
    followers = ("<S>", "<P>", "<G>", "it", "they", "which", "and")
    return not any(
        one in (",", "and", "then") and other in followers for one, other in zip(between, between[1:], strict=False)
    )


def _best_hits(masked: Masked) -> list[Hit]:
    """One hit for a frame at a trigger: that which names its subject, else the first."""
    best: dict[tuple[str, int], Hit] = {}
    for hit in find_hits(masked):
        key = (hit.frame.id, hit.trigger)
        if key not in best or (best[key].subject is None and hit.subject is not None):
            best[key] = hit
    return _ellipses_last(list(best.values()))


def _ellipses_last(hits: list[Hit]) -> list[Hit]:
    """Ellipses behind the other hits, unless they contend for a word: what they repeat is read first."""
    triggers = {h.trigger for h in hits if h.frame.kind != "ellipsis"}
    free = [h for h in hits if h.frame.kind == "ellipsis" and h.trigger not in triggers]
    return [h for h in hits if h not in free] + free


class _Covered:
    """Stretches of a text, to be asked whether any touches another."""

    def __init__(self, stretches: list[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self.starts = [start for start, _ in ordered]
        self.furthest = list(accumulate((end for _, end in ordered), max))

    def touches(self, start: int, end: int) -> bool:
        before = bisect_left(self.starts, end)
        return before > 0 and self.furthest[before - 1] > start


class _Reader:
    """One reading of one document."""

    def __init__(self, document: Document, record: Record):
        self.document = document
        self.text = document.text
        self.lexicon: Lexicon = lexicon(record)
        self.tokens: list[Token] = tokenize(self.text)
        self.sentences: list[Sentence] = split_sentences(self.text, self.tokens)
        found = tag(self.text, self.tokens, self.lexicon, document.published)
        composed = compose(self.tokens, self.sentences, found, self.lexicon)
        self.mentions = find_people(self.tokens, self.sentences, composed, self.lexicon)
        self.title = self._title_mentions(document.title or "")
        self.story: Story = open_story(self.mentions, document.published, self.title)
        self.claims: list[tuple[int, Claim]] = []
        self.sentence_start = 0  # index of the first claim of the sentence being read

    def read(self) -> tuple[Claim, ...]:
        if not self._is_relevant():
            return ()
        by_first = {m.first: m for m in self.mentions}
        masked = [mask(self.tokens, s, by_first) for s in self.sentences]
        listener = Listener(self.tokens, self.sentences, self.lexicon, self.story.focus)
        for sentence, form in zip(self.sentences, masked, strict=True):
            enter_sentence(self.story, form, self.lexicon, sentence.block)
            listener.hear(sentence, form)
            leave_sentence(self.story, form)
        self.story = open_story(self.mentions, self.document.published, self.title)
        for sentence, form in zip(self.sentences, masked, strict=True):
            enter_sentence(self.story, form, self.lexicon, sentence.block)
            self._read_sentence(form, listener.speech)
            leave_sentence(self.story, form)
        self._statements(listener.speech)
        ordered = sorted(self.claims, key=lambda pair: (pair[1].span.start, pair[0]))
        return tuple(msgspec.structs.replace(c, id=f"c{n}") for n, (_, c) in enumerate(ordered, 1))

    def _title_mentions(self, title: str) -> list[Mention]:
        tokens = tokenize(title)
        sentences = split_sentences(title, tokens)
        return compose(tokens, sentences, tag(title, tokens, self.lexicon, None), self.lexicon)

    def _is_relevant(self) -> bool:
        """Whether the text names a treaty, or its title does and the text a weapon that is nothing else."""
        if any(m.kind == "T" and not m.anaphor and m.treaty for m in self.mentions):
            return True
        weapons = any(
            (m.kind == "W" and m.last - m.first > 1) or (m.item and m.item != "mine") for m in self.mentions
        )
        landmines = any(
            self.tokens[m.first].norm.startswith("landmine") for m in self.mentions if m.kind == "W"
        )
        return (weapons or landmines) and any(m.kind == "T" and m.treaty for m in self.title)

    # -- one sentence -----------------------------------------------------------------------------

    def _read_sentence(self, masked: Masked, speech: Speech) -> None:
        self.sentence_start = len(self.claims)
        taken: set[int] = set()
        dates: set[int] = set()
        if masked.words[-1].text == "?":
            return
        told: list[int] = []
        for hit in _best_hits(masked):
            if hit.trigger in taken:
                continue
            if hit.frame.kind == "treaty-action" and any(_is_content(masked, at, hit.trigger) for at in told):
                continue
            if hit.frame.kind == "treaty-action" and told and is_topic(masked.words, hit.trigger):
                continue
            made = self._claims_of(masked, hit, speech, dates)
            if not made:
                continue
            if made[0].kind is ClaimKind.DOMESTIC_STEP or made[0].predicate in (
                "notified-withdrawal",
                "suspended",
            ):
                told.append(hit.trigger)
            taken.update(range(hit.trigger, hit.last) if hit.frame.swallow else (hit.trigger,))
            for claim in made:
                self._enter(claim)

    def _enter(self, claim: Claim) -> None:
        for _, other in self.claims[self.sentence_start :]:
            same = (other.kind, other.predicate, other.treaty) == (claim.kind, claim.predicate, claim.treaty)
            law = claim.kind is ClaimKind.PROHIBITION and not (claim.subject and other.subject)
            step = claim.kind is ClaimKind.DOMESTIC_STEP and (claim.modality, claim.when) == (other.modality, other.when)
            touching = other.span.start < claim.span.end and claim.span.start < other.span.end
            if same and (law or set(other.subject) == set(claim.subject)) and (touching or step):
                return
        self.claims.append((len(self.claims), claim))

    def _ellipsis(self, masked: Masked, hit: Hit, speech: Speech, dates: set[int]) -> list[Claim]:
        """The claim before, said of somebody else: "nor did Russia", "as have China and India"."""
        kinds = (ClaimKind.TREATY_ACTION, ClaimKind.MEMBERSHIP, ClaimKind.DOMESTIC_STEP)
        at = self.tokens[masked.words[hit.trigger].first].start
        earlier = [c for _, c in self.claims[-_LOOK_BACK:] if c.kind in kinds and c.span.start < at]
        if not earlier:
            return []
        model = max(reversed(earlier), key=lambda c: c.span.end)
        if model.predicate not in hit.frame.set.get("of", (model.predicate,)):
            return []
        subject, named = subject_of(masked, hit, self.story, speech)
        if not subject or subject == model.subject:
            return []
        polarity = hit.frame.set["polarity"]
        negated = model.negated if polarity == "same" else polarity == "neg"
        kind, predicate = model.kind, model.predicate
        if negated and predicate in _NEGATED_JOINING:
            kind, predicate = ClaimKind.MEMBERSHIP, _NEGATED_JOINING[predicate]
        told, _ = modality_at(masked, hit.trigger, hit.first)
        modality = (
            told
            if told is not Modality.DONE
            else model.modality
            if negated and model.negated
            else Modality.DONE
        )
        return [
            msgspec.structs.replace(
                model,
                kind=kind,
                predicate=predicate,
                subject=subject,
                span=self._span(masked, hit, named, None if negated else "dated"),
                when=None if negated else when_of(masked, hit, self.story, modality, dates),
                modality=modality,
                negated=negated or told is Modality.DENIED,
                attribution=speech.at(masked.words[hit.trigger].first),
            )
        ]

    def _claims_of(self, masked: Masked, hit: Hit, speech: Speech, dates: set[int]) -> list[Claim]:
        frame = hit.frame
        if frame.kind == "ellipsis":
            return self._ellipsis(masked, hit, speech, dates)
        modality, negated = modality_at(masked, hit.trigger, hit.first)
        if frame.kind in ("notice-period", "prohibition"):
            modality, negated = Modality.DONE, frame.kind == "prohibition" and negated
        if frame.kind == "party-count":
            modality, negated = (modality if modality is Modality.PLANNED else Modality.DONE), False
        if frame.modality is not None:
            modality = Modality(frame.modality)
        if frame.negated is not None:
            negated = frame.negated
        kind, predicate = ClaimKind(frame.kind), frame.predicate
        if kind is ClaimKind.PROHIBITION:
            predicate, modality, negated = _as_law(predicate, modality, negated)
        if kind is ClaimKind.NOTICE_PERIOD and not _can_be_notice(self._duration(masked, hit)):
            return []
        if negated and modality is Modality.DONE and predicate in _NEGATED_JOINING:
            kind, predicate = ClaimKind.MEMBERSHIP, _NEGATED_JOINING[predicate]
        if frame.subject == "need" and hit.subject is None and is_hypothetical(masked.words, hit.trigger):
            return []
        subject: tuple[str, ...] = ()
        named: int | None = None
        if frame.subject != "none":
            subject, named = subject_of(masked, hit, self.story, speech)
            if not subject and frame.subject == "need":
                return []
        treaties: tuple[str | None, ...] = (None,)
        if frame.treaty in ("context", "need"):
            treaties = treaty_of(masked, hit, self.story, self.lexicon)
            negated = negated or (kind is ClaimKind.MEMBERSHIP and is_neither(masked, hit))
            if not treaties:
                return []
        when = when_of(masked, hit, self.story, modality, dates) if frame.when else None
        if kind is ClaimKind.PARTY_COUNT:
            if counts_no_parties(masked, hit):
                return []
            when = count_date(masked, hit, self.story, modality)
        if kind is ClaimKind.TREATY_FACT and when and when.endswith("/.."):
            when = when.removesuffix("/..")
        if (
            negated
            and predicate in _NEGATED_JOINING.values()
            and when
            and when.startswith("../")
            and frame.predicate in _NEGATED_JOINING
        ):
            kind, predicate, negated, when = (
                ClaimKind.TREATY_ACTION,
                frame.predicate,
                False,
                when.removeprefix("../"),
            )
        if kind is ClaimKind.MEMBERSHIP and when is not None and ".." not in when:
            when = None
        if (
            modality is Modality.DONE
            and lies_after(when, self.document.published)
            and kind is not ClaimKind.MEMBERSHIP
        ):
            modality = Modality.PLANNED
        claim = Claim(
            id="",
            span=self._span(masked, hit, named, when),
            kind=kind,
            predicate=predicate,
            subject=subject,
            when=when,
            object=self._object(masked, hit, subject),
            modality=modality,
            negated=negated,
            attribution=speech.at(masked.words[hit.trigger].first),
        )
        spans = [self._reaching(masked, claim.span, t) if n else claim.span for n, t in enumerate(treaties)]
        made = [
            msgspec.structs.replace(claim, treaty=t, span=span)
            for t, span in zip(treaties, spans, strict=True)
        ]
        return made + [c for one in made for c in self._gapped(masked, hit, one)]

    def _gapped(self, masked: Masked, hit: Hit, claim: Claim) -> list[Claim]:
        """ "Finland will follow on 10 January and Poland on 20 February": the verb holds for both."""
        if claim.kind not in (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP) or claim.when is None:
            return []
        made = []
        at = next((i for i in range(hit.trigger, len(masked.words)) if masked.words[i].text == "<D>"), None)
        while at is not None:
            found = self._next_gap(masked, at)
            if found is None:
                break
            state, at = found
            mention, time = masked.words[state].mention, masked.words[at].mention
            if mention is None or time is None:
                break
            when = resolve_date(masked, at, self.story, claim.modality)
            modality = claim.modality
            if modality is Modality.DONE and lies_after(when, self.document.published):
                modality = Modality.PLANNED
            span = self._slice(masked.words[state].first, masked.words[at].last)
            made.append(
                msgspec.structs.replace(
                    claim, subject=mention.states, when=when, span=span, modality=modality
                )
            )
        return made

    def _next_gap(self, masked: Masked, at: int) -> tuple[int, int] | None:
        words = masked.words
        index = at + 1
        while index < len(words) and words[index].text in (
            ",",
            ";",
            "and",
            ")",
            "while",
            "but",
            "then",
            "on",
            "of",
            "the",
        ):
            index += 1
        if index + 2 < len(words) and words[index + 1].text == "'s" and words[index + 2].text == "<P>":
            index += 2
        if index >= len(words) or words[index].text not in ("<S>", "<P>") or index == at + 1:
            return None
        after = index + 1
        while after < len(words) and words[after].text in (
            "'s",
            "on",
            "in",
            "(",
            ",",
            "from",
            "since",
            "by",
            "at",
            "two",
            "will",
            "follows",
            "follow",
        ):
            after += 1
        if after < len(words) and words[after].text == "<D>":
            return index, after
        return None

    # -- parts ---------------------------------------------------------------------------------------

    def _slice(self, first: int, last: int) -> Span:
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return Span(start, end, self.text[start:end])

    def _span(self, masked: Masked, hit: Hit, named: int | None, when: str | None) -> Span:
        first, last = claim_words(masked, hit, named, dated=when is not None)
        return self._slice(masked.words[first].first, masked.words[last - 1].last)

    def _reaching(self, masked: Masked, span: Span, treaty: str | None) -> Span:
        """A span drawn out to where a further treaty of a list is named."""
        for word in masked.words:
            if word.mention is not None and word.mention.kind == "T" and word.mention.treaty == treaty:
                end = self.tokens[word.last - 1].end
                if end > span.end:
                    return Span(span.start, end, self.text[span.start : end])
        return span

    def _object(self, masked: Masked, hit: Hit, subject: tuple[str, ...]) -> ClaimObject:
        frame = hit.frame
        parts: dict[str, Any] = {}
        if frame.kind == "domestic-step":
            parts["action"] = self._action(masked, hit)
        if frame.kind == "treaty-fact" or frame.predicate == "signed":
            parts["place"] = place_near(masked, hit, lambda a, b: self._slice(a, b).text)
        if frame.kind == "notice-period":
            parts["duration"] = self._duration(masked, hit)
            parts["counted_from"] = clock_of(masked, hit)
        if frame.kind == "party-count" and (count := count_near(masked, hit, ("<N>", "<R>"))):
            parts["count"], parts["comparator"] = count
        if "item" in frame.set:
            parts["item"] = items_near(masked, hit, self.lexicon)
        if "activities" in frame.set:
            parts["activities"] = activities_near(masked, hit, self.lexicon)
        if "rank" in frame.set:
            parts["rank"] = rank_near(masked, hit)
        if "count" in frame.set and (count := count_near(masked, hit)):
            parts["count"], parts["comparator"] = count
        if "money" in frame.set:
            parts["money"] = money_near(masked, hit)
        if "recipient" in frame.set:
            parts["recipient"] = recipients_near(masked, hit, subject)
        if "supplier" in frame.set:
            parts["supplier"] = suppliers_near(masked, hit)
        return ClaimObject(**parts)

    def _action(self, masked: Masked, hit: Hit) -> str:
        if hit.frame.action not in (None, "auto"):
            return str(hit.frame.action)
        ranked = []
        for index, word in enumerate(masked.words):
            action = next((a for a, stems in _ACTION_WORDS.items() if word.text.startswith(stems)), None)
            if action is not None and word.mention is None:
                own = 30 * (index == hit.trigger)  # parliaments ratify laws on leaving, too
                ranked.append((abs(index - hit.trigger) - (3 if index > hit.trigger else 0) + own, action))
        if ranked:
            return min(ranked)[1]
        return "joining" if is_treaty_approved(masked.words) else self._aim_so_far()

    def _aim_so_far(self) -> str:
        """What the last act of the story led to: leaving, joining or suspending."""
        for _, claim in reversed(self.claims):
            if claim.object.action:
                return claim.object.action
            if claim.kind is ClaimKind.TREATY_ACTION:
                return {
                    "left": "withdrawal",
                    "notified-withdrawal": "withdrawal",
                    "suspended": "suspension",
                }.get(claim.predicate or "", "joining")
        return "withdrawal"

    def _duration(self, masked: Masked, hit: Hit) -> str | None:
        inside = [w for w in masked.words[hit.first : hit.last] if w.text == "<U>"]
        return (
            inside[0].mention.time.duration
            if inside and inside[0].mention and inside[0].mention.time
            else None
        )

    # -- statements -----------------------------------------------------------------------------------

    def _statements(self, speech: Speech) -> None:
        told: set[tuple[int, str]] = set()
        read_already = _Covered([(c.span.start, c.span.end) for _, c in self.claims])
        for quote in speech.quotes:
            if quote.last - quote.first < (4 if quote.speaker else 7):
                continue
            if quote.speaker is None and self.tokens[quote.last - 1].text not in ",.!?…":
                continue
            if self._is_fragment(quote):
                continue
            span = self._slice(quote.first, quote.last)
            if read_already.touches(span.start, span.end):
                continue
            teller = (quote.block, quote.speaker.speaker if quote.speaker else "")
            if teller in told:
                continue
            told.add(teller)
            self.claims.append((len(self.claims), self._statement(quote, span, quote.speaker)))

    def _is_fragment(self, quote: Quote) -> bool:
        """Whether a quotation is a phrase out of a sentence that says nothing by itself."""
        if quote.last - quote.first >= _PHRASE or not self.tokens[quote.first].text[:1].islower():
            return False
        return _SAYING.isdisjoint(t.norm for t in self.tokens[quote.first : quote.last])

    def _statement(self, quote: Quote, span: Span, speaker: Attribution | None) -> Claim:
        subject = (speaker.of,) if speaker and speaker.of else ()
        return Claim(
            id="", span=span, kind=ClaimKind.STATEMENT, predicate=None, subject=subject, attribution=speaker
        )
