"""What a treaty prohibits, requires or allows: its rules, and whether they bind the state that is named."""

from __future__ import annotations

from datetime import date

import msgspec
import re2 as re

from inforce.checking import sentences
from inforce.checking.case import Case, Course
from inforce.checking.duties import rule_on_duty, rule_on_duty_of
from inforce.checking.evidence import membership_steps, not_in_force_step, published, silence_step
from inforce.checking.membership import rule_on_membership
from inforce.checking.rules_of_treaty import (
    KNOWN_ACTIVITIES,
    Found,
    Reach,
    prohibitions,
    requirements,
    rule_step,
    things,
    what,
)
from inforce.checking.ruling import Ruling, contested, reported, supported, unrecorded, wrong
from inforce.checking.sentences import WHO
from inforce.checking.times import opening, spoken
from inforce.checking.wording import first_capital
from inforce.dates import in_words
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.record.model import Obligation
from inforce.vocabulary import ClaimKind, Modality, ObligationModality, Verdict


def rule_on_rules(case: Case) -> Ruling:
    """How a text on what the treaty says, to nobody in particular, stands."""
    unknown = _unknown(case)
    if unknown is not None:
        return unknown
    claim = case.claim
    if claim.modality is Modality.DENIED:
        return reported()
    if claim.modality is Modality.POSSIBLE and claim.predicate == "prohibits":
        return unrecorded("Whether the treaty reaches so far is left open by the text, and by the record.")
    if claim.predicate == "requires":
        return rule_on_duty(case)
    forbids = (claim.predicate == "prohibits") != claim.negated
    if not (forbids or claim.subject or claim.object.item or claim.object.activities):
        return unrecorded("Of what the treaty is said to leave free the text names neither weapon nor act.")
    found = _found(case)
    return _forbids(case, found) if forbids else _leaves_free(case, found)


def rule_on_rules_for(case: Case, course: Course) -> Ruling:
    """How a text on what the treaty prohibits, requires of or allows a named participant stands."""
    claim = case.claim
    if claim.predicate == "requires" and not claim.negated:
        general = rule_on_rules(case)
        return rule_on_duty_of(case, course, general) if general.verdict is Verdict.SUPPORTED else general
    if claim.predicate == "requires" or _unknown(case) is not None:
        return rule_on_rules(case)
    forbids = (claim.predicate == "prohibits") != claim.negated
    if not forbids:
        return _may(case, course)
    general = rule_on_rules(case)
    if general.verdict is not Verdict.SUPPORTED:
        return general
    if not course.in_force:
        because = (not_in_force_step(case.treaty), *general.because)
        return wrong(Verdict.IMPRECISE, sentences.not_in_force(course), None, because)
    bound = rule_on_membership(_as_membership(case), course)
    if bound.verdict in (Verdict.SUPPORTED, Verdict.CONTESTED, Verdict.UNRECORDED):
        return msgspec.structs.replace(bound, because=general.because + bound.because)
    correct = {"predicate": "allows"} if bound.verdict is not Verdict.IMPRECISE else bound.correct
    return msgspec.structs.replace(bound, because=general.because + bound.because, correct=correct)


def _unknown(case: Case) -> Ruling | None:
    if case.claim.predicate not in ("prohibits", "requires", "allows"):
        return unrecorded(f"No rule of the record answers the predicate {case.claim.predicate!r}.")
    strange = [item for item in case.claim.object.item if item not in case.record.items]
    if strange:
        return unrecorded("The record has no such weapon category.")
    if any(activity not in KNOWN_ACTIVITIES for activity in case.claim.object.activities):
        return unrecorded("The record has no such activity.")
    if not case.treaty.obligations:
        return unrecorded(f"The rules of {treaty_name(case.treaty)} are not recorded.")
    return None


def _found(case: Case) -> list[Found]:
    said = case.claim.object
    activities: tuple[str | None, ...] = said.activities or (None,)
    items: tuple[str | None, ...] = said.item or (None,)
    found = [prohibitions(case.record, case.treaty, a, i) for i in items for a in activities]
    if case.claim.predicate != "prohibits" or case.claim.negated:
        return found
    return [one for one in found if not _is_duty(case, one)] or found


def _is_duty(case: Case, one: Found) -> bool:
    """Whether the treaty demands what a list of bans also names: "not to produce ... and to destroy"."""
    silent = one.reach is Reach.SILENT and one.activity is not None
    return silent and bool(requirements(case.record, case.treaty, one.activity or "", one.item))


def _steps(case: Case, found: list[Found]) -> tuple[Step, ...]:
    """The rules that decide; where none bears on it, what the treaty's rules are on."""
    deciding = [one for one in found if one.reach not in (Reach.SILENT, Reach.OPEN)]
    if not deciding:
        return _scope_steps(case)
    rules = dict.fromkeys(rule.id for one in deciding for rule in one.rules)
    by_id = {rule.id: rule for rule in case.treaty.obligations}
    return tuple(rule_step(case.record, case.treaty, by_id[rule]) for rule in rules)


# The treaty prohibits.


def _forbids(case: Case, found: list[Found]) -> Ruling:
    """A list may be partial; every activity on it must be covered. A ban without conditions must be one."""
    because = _steps(case, found)
    enough = {Reach.TOTAL} if not case.claim.object.activities else {Reach.TOTAL, Reach.CONDITIONAL}
    if all(one.reach in enough for one in found):
        return supported(*because)
    sentence = _scope_sentence(case, found)
    if any(one.reach >= Reach.RESTRICTED for one in found):
        if case.claim.meant.conditioned and all(one.reach >= Reach.RESTRICTED for one in found):
            return supported(*because)  # the text says under which condition, too
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if any(one.reach is Reach.OPEN and not _kept_apart(case, one) for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if all(one.reach is Reach.SILENT and one.item is None for one in found) or _item_is_covered(case, found):
        return Ruling(Verdict.UNRECORDED, because)
    return wrong(Verdict.CONTRADICTED, sentence, {"negated": not case.claim.negated}, because)


def _kept_apart(case: Case, one: Found) -> bool:
    """Whether the treaty's own definition sets the item apart from what the rules cover."""
    item = case.record.items.get(one.item or "")
    ruled = {rule.item for rule in one.rules}
    return item is not None and bool(ruled) and ruled <= set(item.not_a)


def _item_is_covered(case: Case, found: list[Found]) -> bool:
    """Whether the treaty bans something with the item, and is merely silent on this activity."""
    silent = [one for one in found if one.reach is Reach.SILENT]
    items = {one.item for one in silent if one.item is not None}
    covered = (prohibitions(case.record, case.treaty, None, item).reach for item in items)
    return len(silent) == len(found) and bool(items) and all(reach >= Reach.CONDITIONAL for reach in covered)


# The treaty leaves free.


def _leaves_free(case: Case, found: list[Found]) -> Ruling:
    because = _steps(case, found)
    sentence = _scope_sentence(case, found)
    flat = not case.claim.object.activities
    banned = [one for one in found if one.reach is Reach.TOTAL]
    under_exceptions = _under_exceptions(case, banned, because)
    if under_exceptions is not None:
        return under_exceptions
    if banned:
        right = {"predicate": "prohibits"} if case.claim.predicate == "allows" else {"negated": False}
        return wrong(Verdict.CONTRADICTED, sentence, right, because)
    if any(one.reach is Reach.PARTLY for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if not flat and any(one.reach is Reach.CONDITIONAL for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    if any(one.reach is Reach.OPEN and not _kept_apart(case, one) for one in found):
        return wrong(Verdict.IMPRECISE, sentence, None, because)
    return supported(*because)


def _exceptions(case: Case, banned: list[Found]) -> list[Obligation]:
    """The treaty's own exceptions to its bans; none where one of the activities has no exception."""
    by_id = {rule.id: rule for rule in case.treaty.obligations}
    rules = [rule for one in banned for rule in one.rules]
    if not all(rule.exceptions for rule in rules):
        return []
    keys = dict.fromkeys(key for rule in rules for key in rule.exceptions)
    found = (by_id[key] for key in keys if key in by_id)
    return [rule for rule in found if rule.modality is ObligationModality.PERMITTED_EXCEPTION]


def _under_exceptions(case: Case, banned: list[Found], because: tuple[Step, ...]) -> Ruling | None:
    """Right where the text says for what it is allowed; too much without, where an exception is for that act.

    None where no exception bears on it: what is banned is then banned.
    """
    excepted = _exceptions(case, banned)
    told = case.claim.span.text.casefold()
    purposes = {
        word[:_STEM] for rule in excepted for word in _WORD.findall((rule.conditions or "").casefold())
    }
    because += tuple(rule_step(case.record, case.treaty, rule) for rule in excepted)
    if any(purpose in told for purpose in purposes):
        return supported(*because)
    own = {rule.activity.value for rule in excepted}
    if not excepted or not own.issuperset(_doing(banned)):
        return None
    doing = what(case.record, _doing(banned), _of(banned))
    articles = " and ".join(f"Article {rule.article}" for rule in excepted)
    sentence = f"{treaty_name(case.treaty)} prohibits {doing} except as {articles} allows"
    return wrong(Verdict.IMPRECISE, sentence, None, because)


#: A word of a purpose, known again by its stem: "training" in "to train deminers".
_WORD = re.compile(r"[a-z]{7,}")
_STEM = 5


def _may(case: Case, course: Course) -> Ruling:
    """A named state is said to be free: so by the rules themselves, or because they do not bind it."""
    general = rule_on_rules(case)
    if general.verdict is Verdict.SUPPORTED:
        return general
    if course.contested is not None:
        return contested(course.contested, general.because)
    day = case.on
    if case.when is not None and opening(case.when).first is not None:
        day = opening(case.when).first or case.on
    last = course.last
    if not course.in_force and day <= case.on:
        return supported(not_in_force_step(case.treaty), *_life(course))
    if last is not None and last.until is not None and _tells(case, last.until):
        return supported(*_life(course))
    if last is None or last.since is None:
        return supported(silence_step(course, "instrument of consent"))
    if not course.bound_on(day):
        return supported(*_life(course))
    coming = case.claim.modality not in (Modality.DONE, Modality.POSSIBLE) and case.when is None
    if coming and course.leaving:
        return supported(*_life(course))
    if coming:
        return reported(*general.because, *_life(course))
    if _under_exceptions(case, [one for one in _found(case) if one.reach is Reach.TOTAL], ()) is not None:
        return general
    sentence = _still_bound(case, course)
    right = {"predicate": "prohibits"} if case.claim.predicate == "allows" else {"negated": False}
    verdict = Verdict.CONTRADICTED if general.verdict is Verdict.CONTRADICTED else general.verdict
    return wrong(verdict, sentence, right, general.because + _life(course))


def _tells(case: Case, end: date) -> bool:
    """Whether freedom is told without a date of its own, in words that give the day on which the ban ends."""
    text = case.claim.span.text
    american = f"{end:%B} {end.day}, {end.year}"
    return case.when is None and (in_words(end) in text or american in text)


def _still_bound(case: Case, course: Course) -> str:
    said = case.claim.object
    last = course.last
    end = "" if last is None or last.until is None else f" until {spoken(last.until)}"
    name = treaty_name(case.treaty)
    return f"{name} prohibits {WHO}{end} from {what(case.record, said.activities or ('use',), said.item)}"


def _life(course: Course) -> tuple[Step, ...]:
    return () if course.last is None else membership_steps(course, course.last)


def _as_membership(case: Case) -> Case:
    claim = msgspec.structs.replace(
        case.claim, kind=ClaimKind.MEMBERSHIP, predicate="party", negated=False, modality=Modality.DONE
    )
    return msgspec.structs.replace(case, claim=claim)


# Sentences.


def _scope_sentence(case: Case, found: list[Found]) -> str:
    """What the treaty does prohibit, set against what the text says of it."""
    record, name = case.record, treaty_name(case.treaty)
    said = list(dict.fromkeys(case.claim.object.item))
    if any(one.reach in (Reach.CONDITIONAL, Reach.RESTRICTED, Reach.EXCEPTED) for one in found):
        return f"{name} restricts {things(record, said)} without prohibiting them altogether"
    covered = [one for one in found if one.reach is Reach.TOTAL]
    if covered:
        return f"{name} prohibits {what(record, _doing(covered), _of(covered))}"
    ruled = things(record, _banned_items(case))
    if any(one.reach is Reach.PARTLY for one in found):
        return f"{name} prohibits {ruled} only, not all {things(record, said)}"
    return f"{name} covers {ruled}, not {things(record, said)}" if said else f"{name} covers {ruled}"


def _scope_steps(case: Case) -> tuple[Step, ...]:
    """What the treaty's bans are on, and what the record says of the category that the text names."""
    items = _banned_items(case)
    if not items:
        return ()
    rule = next(rule for rule in case.treaty.obligations if rule.item == items[0])
    source = published(case.treaty, rule.sources)
    name = first_capital(treaty_name(case.treaty))
    steps = [Step(f"{name} prohibits {things(case.record, items)}.", rule.article, source)]
    for item in dict.fromkeys(case.claim.object.item):
        note = case.record.items[item].note
        if item not in items and note:
            steps.append(Step(f"On {things(case.record, [item])}: {note}."))
    return tuple(steps)


def _banned_items(case: Case) -> list[str]:
    """What the treaty bans altogether, else what it has rules on; the first kind only."""
    rules = [rule for rule in case.treaty.obligations if rule.total] or list(case.treaty.obligations)
    return list(dict.fromkeys(rule.item for rule in rules))[:1]


def _doing(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(one.activity or one.rules[0].activity.value for one in found))


def _of(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(one.item or one.rules[0].item for one in found))
