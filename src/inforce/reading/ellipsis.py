"""What is left unsaid because it was just said: "nor did Russia", "and Poland on 20 February"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inforce.reading.actors import subject_of
from inforce.reading.clauses import is_hypothetical, is_supposed
from inforce.reading.dating import lies_after, resolve_date, when_of
from inforce.reading.desk import Desk
from inforce.reading.frames import Hit, Masked, Word
from inforce.reading.meant import meant
from inforce.reading.model import Claim, ClaimObject, Meant
from inforce.reading.stance import modality_at
from inforce.reading.standing import as_standing
from inforce.reading.which_date import is_parted, is_past, opens_another
from inforce.vocabulary import ClaimKind, Modality

_FAR = 2  # ends of sentences behind which what is repeated is no longer what was told just before
_LOOK_BACK = 40  # claims among which an ellipsis finds what it repeats
_REPEATED = (ClaimKind.TREATY_ACTION, ClaimKind.MEMBERSHIP, ClaimKind.DOMESTIC_STEP)


def repeated(desk: Desk, masked: Masked, hit: Hit) -> list[Claim]:
    """The claim before, said of somebody else: "as have China and India", "Latvia's did so on Friday"."""
    if is_hypothetical(masked.words, hit.trigger) or is_supposed(masked.words, hit.trigger):
        return []  # "if Washington did the same", "unless the other side does so first"
    model = _model(desk, masked, hit)
    if "asked" in hit.frame.set and desk.asked is None:
        return []
    if model is None or model.predicate not in hit.frame.set.get("of", (model.predicate,)):
        return []
    if "as" in hit.frame.set:
        return _in_effect(desk, masked, hit, model)
    if masked.words[hit.trigger].text.startswith("follow") and model.negated:
        if not (model.kind is ClaimKind.MEMBERSHIP and (model.when or "").endswith("/..")):
            return []  # "neither is a party; they follow their neighbour in everything"
        model = msgspec.structs.replace(  # "has been out since December; Finland followed"
            model, kind=ClaimKind.TREATY_ACTION, predicate="left", negated=False, when=None
        )
    subject, named = subject_of(masked, hit, desk.story, desk.speech)
    if not subject or (subject == model.subject and desk.asked is None):
        return []
    polarity = hit.frame.set["polarity"]
    negated = model.negated if polarity == "same" else polarity == "neg"
    kind, predicate = as_standing(model.kind, model.predicate) if negated else (model.kind, model.predicate)
    modality, _ = modality_at(masked, hit.trigger, hit.first)
    denied = modality is Modality.DENIED
    if modality is Modality.DONE and negated and model.negated:
        modality = model.modality
    if masked.words[hit.trigger].text == "will":
        modality = Modality.PLANNED  # "It will, on 10 January"
    if masked.words[hit.trigger].text in _REFUSING and polarity == "neg":
        kind, predicate, model = _act_of(kind, predicate, model)
        modality = Modality.DENIED  # "Norway won't follow"
    again = msgspec.structs.replace(
        model,
        kind=kind,
        predicate=predicate,
        subject=subject,
        span=desk.span(masked, hit, named, dated=not negated),
        when=None if negated else when_of(masked, hit, desk.story, modality, desk.dates),
        modality=modality,
        negated=negated or denied,
        attribution=desk.speech.at(masked.words[hit.trigger].first),
    )
    again = msgspec.structs.replace(again, meant=meant(desk, masked, hit.trigger, again))
    return [again, *gapped(desk, masked, hit, again)]


_REFUSING = frozenset({"will", "would", "will not", "would not"})
_ACT_OF = {"withdrawal": "left", "joining": "joined", "suspension": "suspended"}


def _act_of(kind: ClaimKind, predicate: str | None, model: Claim) -> tuple[ClaimKind, str | None, Claim]:
    """What a state that does not follow will not do: the act that a step at home leads to."""
    if kind is not ClaimKind.DOMESTIC_STEP or model.object.action not in _ACT_OF:
        return kind, predicate, model
    bare = msgspec.structs.replace(model, object=ClaimObject())
    return ClaimKind.TREATY_ACTION, _ACT_OF[model.object.action], bare


def _in_effect(desk: Desk, masked: Masked, hit: Hit, model: Claim) -> list[Claim]:
    """ "It becomes effective on 6 March": what was told, voted or signed just before takes effect."""
    if model.object.action not in (None, "withdrawal") or model.negated or model.modality is Modality.DENIED:
        return []
    modality, negated = modality_at(masked, hit.trigger, hit.first)
    when = when_of(masked, hit, desk.story, modality, desk.dates)
    if negated or when is None:
        return []
    if modality is Modality.DONE and lies_after(when, desk.text.document.published):
        modality = Modality.PLANNED
    return [
        msgspec.structs.replace(
            model,
            kind=ClaimKind.TREATY_ACTION,
            predicate=hit.frame.set["as"],
            object=ClaimObject(),
            span=desk.span(masked, hit, None, dated=True),
            when=when,
            modality=modality,
            attribution=desk.speech.at(masked.words[hit.trigger].first),
        )
    ]


def _model(desk: Desk, masked: Masked, hit: Hit) -> Claim | None:
    at = desk.text.tokens[masked.words[hit.trigger].first].start
    earlier = [c for c in desk.claims[-_LOOK_BACK:] if c.kind in _REPEATED and c.span.start < at]
    model = max(reversed(earlier), key=lambda claim: claim.span.end, default=None)
    model = _counted(desk, masked, hit, model) or model
    if model is not None and hit.frame.set["polarity"] == "pos" and masked.words[hit.trigger].text in _DOING:
        model = _main_act(desk, earlier, model)
    if model is not None and masked.words[hit.trigger].text == "to":
        between = desk.text.document.text[model.span.end : at]
        model = (
            model if between.count(". ") < _FAR else None
        )  # "have yet to do so" takes up what was told just before
    if model is not None and "?" in desk.text.document.text[model.span.end : at]:
        model = None  # a question asked between the two speaks of something else
    return desk.asked or model


def _counted(desk: Desk, masked: Masked, hit: Hit, model: Claim | None) -> Claim | None:
    """ "160 states are parties. Russia never was": what a number of states are, others are not."""
    if hit.frame.set["polarity"] != "neg" or _BEING.isdisjoint(masked.texts[hit.trigger : hit.last]):
        return None
    at = desk.text.tokens[masked.words[hit.trigger].first].start
    told = model.span.end if model is not None else 0
    counts = [
        c
        for c in desk.claims[-_LOOK_BACK:]
        if c.kind is ClaimKind.PARTY_COUNT and c.predicate == "parties" and told <= c.span.start < at
    ]
    if not counts or desk.text.document.text[counts[-1].span.end : at].count(". ") >= _FAR:
        return None
    return msgspec.structs.replace(
        counts[-1], kind=ClaimKind.MEMBERSHIP, predicate="party", object=ClaimObject(), when=None
    )


_BEING = frozenset({"is", "are", "was", "were", "been"})
_DOING = frozenset({"did", "does", "do", "doing", "done"})


def _main_act(desk: Desk, earlier: list[Claim], model: Claim) -> Claim:
    """What "did the same" repeats: the act of the sentence before, not what a clause put into it tells."""
    if model.span.text.partition(" ")[0] not in _ASIDES:
        return model
    start = desk.text.document.text.rfind(". ", 0, model.span.start)
    beside = [c for c in earlier if c.span.start > start and c.kind is ClaimKind.TREATY_ACTION]
    return next((c for c in beside if c.span.text.partition(" ")[0] not in _ASIDES), model)


_ASIDES = frozenset({"which", "who", "whose"})


def gapped(desk: Desk, masked: Masked, hit: Hit, claim: Claim) -> list[Claim]:
    """ "Finland will follow on 10 January and Poland on 20 February": the verb holds for both."""
    if claim.kind not in (ClaimKind.TREATY_ACTION, ClaimKind.DOMESTIC_STEP) or claim.when is None:
        return []
    made = []
    words = masked.words
    over = claim.modality is Modality.DONE and not lies_after(claim.when, desk.text.document.published)
    at = next((index for index in range(hit.trigger, len(words)) if words[index].text == "<D>"), None)
    if at is not None and [word.text for word in words[at + 1 : at + 3]] == ["for", "<S>"]:
        at += 2  # "on 27 December for Latvia": the pair that the verb itself has
    led = at is not None and opens_another(words, at)  # "In 1998 Peru ratified, in 1999 Chad"
    if at is not None and led:
        at = next((back for back in range(at - 1, hit.trigger, -1) if words[back].text == ","), at) - 1
    while at is not None and (found := _next_pair(desk, masked, at, led=led)) is not None:
        named, dated = found
        at = max(found)
        mention = words[named].mention
        if mention is None:
            break
        other = {"treaty": mention.treaty} if mention.kind == "T" else {"subject": mention.states}
        past = over and is_past(words[hit.trigger].text)
        when = resolve_date(masked, dated, desk.story, claim.modality, past=past)
        ahead = claim.modality is Modality.DONE and lies_after(when, desk.text.document.published)
        over = over and not ahead
        made.append(
            msgspec.structs.replace(
                claim,
                **other,
                meant=Meant(treaties=claim.meant.treaties),
                when=when,
                span=desk.text.slice(words[min(found)].first, words[at].last),
                modality=Modality.PLANNED if ahead else claim.modality,
            )
        )
    return made


def counted_apiece(masked: Masked, hit: Hit, made: list[Claim]) -> list[Claim]:
    """ "The mine ban and the cluster ban have 175 and 170 parties": each its own number."""
    words = masked.words
    near = range(max(0, hit.trigger - 2), min(hit.trigger + 1, len(words) - 2))
    numbers = [at for at in near if [w.text for w in words[at : at + 3]] == ["<N>", "and", "<N>"]]
    if len(numbers) != 1 or len(made) not in (1, 2):
        return made
    counts = [m.amount for at in (numbers[0], numbers[0] + 2) if (m := words[at].mention) is not None]
    treaties = [w.mention.treaty for w in words[: numbers[0]] if w.text == "<T>" and w.mention][-2:]
    if len(treaties) < 2 or None in treaties:
        return []
    return [
        msgspec.structs.replace(
            made[0],
            treaty=treaty,
            object=msgspec.structs.replace(
                made[0].object, count=int(amount.value), comparator=amount.comparator
            ),
        )
        for treaty, amount in zip(treaties, counts, strict=True)
        if amount is not None
    ]


def a_date_each(desk: Desk, masked: Masked, hit: Hit, claim: Claim, named: int | None) -> list[Claim]:
    """ "Estonia and Finland leave on 27 December and 10 January": as many dates as states, in their order."""
    if claim.when is not None or len(claim.subject) < 2 or claim.kind is not ClaimKind.TREATY_ACTION:
        return [claim]
    words = masked.words
    first = next((at for at in range(hit.trigger, len(words)) if words[at].text == "<D>"), None)
    if first is None or named is None or not _lists_states(desk, words[named]):
        return [claim]
    dated = [first]
    while (at := _skip(masked, dated[-1] + 1, _BETWEEN_DATES)) < len(words) and words[at].text == "<D>":
        dated.append(at)
    if len(dated) != len(claim.subject) or is_parted(words, hit.last, first):
        return [claim]
    made = []
    for state, at in zip(claim.subject, dated, strict=True):
        when = resolve_date(masked, at, desk.story, claim.modality)
        ahead = claim.modality is Modality.DONE and lies_after(when, desk.text.document.published)
        modality = Modality.PLANNED if ahead else claim.modality
        span = desk.text.slice(words[hit.first].first, words[dated[-1]].last)
        made.append(msgspec.structs.replace(claim, subject=(state,), when=when, modality=modality, span=span))
    return made


def _lists_states(desk: Desk, word: Word) -> bool:
    """Whether a word names several states one by one, which gives them an order."""
    return word.text == "<S>" and " and " in desk.text.slice(word.first, word.last).text


_BETWEEN_DATES = ("and", ",", "on", "in")


def each_dated(desk: Desk, masked: Masked, claim: Claim, named: int | None) -> list[Claim]:
    """ "Bolivia (August 2019) and Ecuador (September 2019) have ratified": one claim a state."""
    if named is None or claim.kind is not ClaimKind.TREATY_ACTION or not _is_dated(masked, named):
        return [claim]
    chain = [named]
    for step in (-1, 1):
        at = _next_dated(masked, named, step)
        while at is not None:
            chain.append(at)
            at = _next_dated(masked, at, step)
    made = []
    for at in sorted(chain):
        mention = masked.words[at].mention
        if mention is None:
            continue
        span = desk.text.slice(masked.words[at].first, masked.words[at + 3].last)
        when = resolve_date(masked, at + 2, desk.story, claim.modality)
        made.append(
            msgspec.structs.replace(
                claim,
                subject=mention.states,
                when=when,
                span=claim.span if at == named else span,
                meant=Meant(treaties=claim.meant.treaties) if at != named else claim.meant,
            )
        )
    return made


def _is_dated(masked: Masked, at: int) -> bool:
    return [word.text for word in masked.words[at : at + 4]] == ["<S>", "(", "<D>", ")"]


def _next_dated(masked: Masked, at: int, step: int) -> int | None:
    """The next state of the list to one side, four words long, behind a comma or an "and"."""
    index = at - 1 if step < 0 else at + 4
    links = 0
    while 0 <= index < len(masked.words) and masked.words[index].text in (",", "and", "the", ";"):
        index += step
        links += 1
    start = index - 3 if step < 0 else index
    return start if links and start >= 0 and _is_dated(masked, start) else None


def _next_gap(desk: Desk, masked: Masked, at: int) -> tuple[int, int] | None:
    """The next state or parliament with a date of its own, and nothing between that is a verb."""
    words = masked.words
    terms = desk.text.lexicon.terms
    actor = _skip(masked, at + 1, terms["between_gaps"])
    if actor + 2 < len(words) and (words[actor + 1].text, words[actor + 2].text) == ("'s", "<P>"):
        actor += 2
    if actor < len(words) and words[actor].text == "the":
        actor += 1
    if actor >= len(words) or words[actor].text not in ("<S>", "<P>", "<T>") or actor == at + 1:
        return None
    dated = _skip(masked, actor + 1, terms["within_gaps"])
    return (actor, dated) if dated < len(words) and words[dated].text == "<D>" else None


def _next_pair(desk: Desk, masked: Masked, at: int, *, led: bool) -> tuple[int, int] | None:
    if led:
        return _led_by_date(desk, masked, at)
    return _date_first(desk, masked, at) or _next_gap(desk, masked, at)


def _date_first(desk: Desk, masked: Masked, at: int) -> tuple[int, int] | None:
    """The next date with the state that it is for: "... and on 10 January for Finland"."""
    dated = _skip(masked, at + 1, desk.text.lexicon.terms["between_gaps"])
    following = [word.text for word in masked.words[dated : dated + 3]]
    return (dated + 2, dated) if following == ["<D>", "for", "<S>"] else None


def _led_by_date(desk: Desk, masked: Masked, at: int) -> tuple[int, int] | None:
    """The next date with the state or treaty right behind it, and no verb: ", in 2021 the other treaty"."""
    words = masked.words
    dated = _skip(masked, at + 1, (*desk.text.lexicon.terms["between_gaps"], "in"))
    named = _skip(masked, dated + 1, ("the",))
    if named + 1 >= len(words) or words[dated].text != "<D>" or words[named].text not in ("<S>", "<T>"):
        return None
    return (named, dated) if words[named + 1].text in _OVER else None


_OVER = frozenset({".", ",", ";", "and", "while", "but"})


def _skip(masked: Masked, at: int, passing: Sequence[str]) -> int:
    while at < len(masked.words) and masked.words[at].text in passing:
        at += 1
    return at
