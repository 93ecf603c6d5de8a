"""Text in, claims out: sentence by sentence, frame by frame, in the order of the text."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from inforce.reading.claims import claims_of
from inforce.reading.clauses import clause_start, is_topic, listed
from inforce.reading.desk import Desk
from inforce.reading.frames import Hit, Masked, find_hits
from inforce.reading.model import Claim, Document
from inforce.reading.scan import Scan, names_treaty, names_weapon, scan
from inforce.reading.speech import Listener, Speech
from inforce.reading.speech_tags import without_tags
from inforce.reading.statements import statements
from inforce.reading.story import enter_sentence, leave_sentence
from inforce.record.model import Record
from inforce.vocabulary import ClaimKind

_CONTENT = 16  # words behind a telling within which an act is only what was told
_SHORT_ANSWER = 3  # words of an answer that says no more than "Yes."
_ASKER = 8  # words that the name of who asks has
_SHORT_QUESTION = 4  # words of a question that asks the same of somebody else
_OF_WEAPONS = (ClaimKind.PROGRAMME, ClaimKind.STOCKPILE)
_TELLS = ("notified-withdrawal", "suspended")


def read(document: Document, record: Record) -> tuple[Claim, ...]:
    """All claims of a document; none where it speaks of no treaty and no weapon that one governs.

    Where no treaty is named, what states do with the weapons is read, and what is said of it. Spans
    point into `document.text`; ids number the claims in the order of the text.
    """
    text = scan(document, record)
    of_treaties = names_treaty(text)
    if not of_treaties and not names_weapon(text):
        return ()
    masked = text.masked()
    desk = Desk(text, text.story(), _listen(text, masked))
    for sentence, form in zip(text.sentences, masked, strict=True):
        enter_sentence(desk.story, form, text.lexicon, sentence.block)
        _read_sentence(desk, without_tags(form))
        leave_sentence(desk.story, form)
    told = desk.claims if of_treaties else [claim for claim in desk.claims if claim.kind in _OF_WEAPONS]
    found = [*told, *(statements(text, desk.speech, told) if told or of_treaties else ())]
    ordered = sorted(enumerate(found), key=lambda pair: (pair[1].span.start, pair[0]))
    return tuple(msgspec.structs.replace(claim, id=f"c{n}") for n, (_, claim) in enumerate(ordered, 1))


def _listen(text: Scan, masked: list[Masked]) -> Speech:
    """Who says what, in a first pass over the whole text: a speaker may be named below the quotation."""
    story = text.story()
    listener = Listener(text.tokens, text.sentences, masked, text.lexicon, story.focus)
    for sentence, form in zip(text.sentences, masked, strict=True):
        enter_sentence(story, form, text.lexicon, sentence.block)
        listener.hear(sentence, form)
        leave_sentence(story, form)
    return listener.speech


def _read_sentence(desk: Desk, masked: Masked) -> None:
    desk.open_sentence()
    if masked.words[-1].text == "?" or _is_asked_for(masked):
        desk.asked = _asked(desk, masked)
        return
    _read_told(desk, masked)
    if len(masked.words) > _SHORT_ANSWER:
        desk.asked = None


def _is_asked_for(masked: Masked) -> bool:
    """ "Baroness Wray: To ask the Government what stocks are held": a question, put as parliaments do."""
    texts = masked.texts
    at = texts.index(":") + 1 if ":" in texts[:_ASKER] else 0
    return texts[at : at + 2] == ["to", "ask"]


def _asked(desk: Desk, masked: Masked) -> Claim | None:
    """What a question asks, as a model for its answer: "Has Ghana ratified? It has"."""
    for hit in best_hits(masked):
        if hit.frame.kind in ("treaty-action", "membership") and (made := claims_of(desk, masked, hit)):
            return made[0]
    named = [word.mention for word in masked.words if word.text == "<S>" and word.mention]
    if desk.asked is not None and len(named) == 1 and len(masked.words) <= _SHORT_QUESTION:
        return msgspec.structs.replace(desk.asked, subject=named[0].states)  # "And Sweden?"
    return None


def _read_told(desk: Desk, masked: Masked) -> None:
    taken: set[int] = set()
    told: list[int] = []
    used: list[tuple[Hit, Claim]] = []
    for hit in best_hits(masked):
        if hit.trigger in taken or _is_told(masked, hit, told):
            continue
        made = claims_of(desk, masked, hit)
        if not made or _is_said_already(masked, made[0], hit, used):
            continue
        used.append((hit, made[0]))
        if made[0].kind is ClaimKind.DOMESTIC_STEP or made[0].predicate in _TELLS:
            told.append(hit.trigger)
        taken.update(range(hit.trigger, _own_end(masked, hit)) if hit.frame.swallow else (hit.trigger,))
        if told[-1:] == [hit.trigger]:  # "Poland's exit must still be signed by the president"
            taken.update(i for i in range(hit.first, hit.trigger) if masked.words[i].text in listed("exits"))
        for claim in made:
            desk.enter(claim)


def _own_end(masked: Masked, hit: Hit) -> int:
    """Where the words of a hit end that serve no other: at a clause in which somebody else acts."""
    texts = masked.texts
    for at in range(hit.trigger + 2, hit.last):
        before = at - 1 - (texts[at - 1] == "the")
        if texts[at] in _HOUSES and texts[before] in (",", "and") and before > hit.trigger:
            return before
    return hit.last


def best_hits(masked: Masked) -> list[Hit]:
    """One hit for a frame at a trigger: that which names its subject, else the first; ellipses last.

    What an ellipsis repeats is read first, unless the two contend for a word.
    """
    best: dict[tuple[str, int], Hit] = {}
    for hit in find_hits(masked):
        key = (hit.frame.id, hit.trigger)
        if key not in best or (best[key].subject is None and hit.subject is not None):
            best[key] = hit
    hits = list(best.values())
    triggers = {hit.trigger for hit in hits if hit.frame.kind != "ellipsis"}
    return sorted(hits, key=lambda hit: hit.frame.kind == "ellipsis" and hit.trigger not in triggers)


def _is_said_already(masked: Masked, claim: Claim, hit: Hit, used: list[tuple[Hit, Claim]]) -> bool:
    """Whether the words of a last resort serve a claim of their sort, or the sum is that of another claim."""
    if claim.predicate == "fund" and any(claim.object.money == said.object.money for _, said in used):
        return claim.object.money is not None
    first = max(hit.first, clause_start(masked.words, hit.trigger))
    return hit.frame.last_resort and any(
        earlier.first < hit.last
        and first < earlier.last
        and (said.kind is ClaimKind.PROHIBITION or said.predicate == claim.predicate)
        for earlier, said in used
    )


def _is_told(masked: Masked, hit: Hit, told: list[int]) -> bool:
    """Whether an act is only what was told, voted or signed: "notified the UN that it is leaving"."""
    if hit.frame.kind != "treaty-action" or not told:
        return False
    return is_topic(masked.words, hit.trigger) or any(_is_content(masked, at, hit.trigger) for at in told)


def _is_content(masked: Masked, told: int, trigger: int) -> bool:
    if not told < trigger <= told + _CONTENT:
        return False
    between = masked.texts[told + 1 : trigger]
    if not _CONTENT_ENDS.isdisjoint(between[3:]) or "<D>" in between[-3:]:
        return False
    pairs = pairwise(between)
    if between[-3:-1] and any(word in _SAYING for word in between[2:]):
        return False  # "when he signed the law, reports said that it had left"
    return not any(one in _JOINTS and other in _NEW_ACTORS for one, other in pairs)


_HOUSES = frozenset({"<P>", "<H>", "<G>", "<C>"})
_CONTENT_ENDS = frozenset({";", '"', "–", "—", ".", "but", "while", "whereas"})
_SAYING = frozenset(
    {"said", "announced", "reported", "claimed", "declared", "wrote", "says", "reports", "claims"}
)
_JOINTS = frozenset({",", "and", "then"})
_NEW_ACTORS = frozenset({"<S>", "<P>", "<G>", "it", "its", "they", "which", "and"})
