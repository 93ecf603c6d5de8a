"""A contradiction needs one reading: what a sentence leaves to its context may be about something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from inforce.checking.case import Case
from inforce.checking.ruling import Ruling
from inforce.checking.times import spoken
from inforce.checking.wording import listed, state
from inforce.dates import parse_edtf
from inforce.law.derivation import treaty_name
from inforce.law.model import Step
from inforce.vocabulary import Verdict

Rule = Callable[[Case], Ruling]

#: Verdicts under which another reading of the sentence would be right.
_RIGHT = frozenset({Verdict.SUPPORTED, Verdict.CONTESTED})


def weigh_meanings(case: Case, ruling: Ruling, rule: Rule) -> Ruling:
    """The ruling; unrecorded where it contradicts and the sentence may mean something that is right.

    `rule` puts the same claim about another treaty, other states or another date. Only what the sentence
    does not settle itself is weighed so (`Claim.meant`).
    """
    if ruling.verdict is not Verdict.CONTRADICTED:
        return ruling
    if guess := _guess(case):
        return Ruling(Verdict.UNRECORDED, (Step(guess), *ruling.because))
    for other, text in _others(case):
        if rule(other).verdict in _RIGHT:
            return Ruling(Verdict.UNRECORDED, (Step(text), *ruling.because))
    return ruling


def _guess(case: Case) -> str | None:
    """What of the claim the text does not tell before it, in words."""
    if case.claim.meant.ahead:
        return f"The text has not named its treaty yet: that it is {treaty_name(case.treaty)} is a guess."
    if case.claim.meant.some:
        who = _names(case, case.claim.subject)
        return f"The sentence only gives a number of states: that they are {who} is a guess."
    return None


def _others(case: Case) -> Iterator[tuple[Case, str]]:
    """The claim about each other treaty, state or group, or date that may be meant."""
    name, also = treaty_name(case.treaty), case.claim.meant
    for key in also.treaties:
        treaty = case.record.treaties.get(key)
        if treaty is not None:
            text = f"The sentence names no treaty: {name} or {treaty_name(treaty)} may be meant."
            yield msgspec.structs.replace(case, treaty=treaty), text
    who = _names(case, case.claim.subject)
    for subject in also.subjects:
        claim = msgspec.structs.replace(case.claim, subject=subject)
        text = f"The sentence does not say who: {who} or {_names(case, subject)} may be meant."
        yield msgspec.structs.replace(case, claim=claim), text
    for said in also.dates:
        when = parse_edtf(said)
        text = f"The sentence has several dates: {spoken(case.when)} or {spoken(when)} may be meant."
        yield msgspec.structs.replace(case, when=when), text
    if also.carried:
        text = "The sentence gives no date of its own: which one it goes by is not certain."
        yield msgspec.structs.replace(case, when=None), text


def _names(case: Case, keys: tuple[str, ...]) -> str:
    return listed([state(case.record, key) for key in keys]) or "nobody in particular"
