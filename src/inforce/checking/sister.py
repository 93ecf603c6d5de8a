"""Sister treaties in one text: what is wrong of one and exactly so of another was told of the wrong one."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from inforce.checking.case import Case
from inforce.checking.ruling import Ruling, wrong
from inforce.law.derivation import treaty_name
from inforce.vocabulary import ClaimKind, Verdict

#: A date no wider than this is exact enough to know an act of one treaty from that of another.
NARROW_DAYS = 31

Rule = Callable[[Case], Ruling]


def weigh_sisters(case: Case, ruling: Ruling, rule: Rule) -> Ruling:
    """The ruling, or an imprecise one where another recorded treaty fits a claim that this one contradicts.

    `rule` puts the same claim to another treaty. Only dated events that are over are weighed so: a bare "is
    no party", a bare year or a plan fits too many treaties.
    """
    if ruling.verdict is not Verdict.CONTRADICTED or case.claim.negated or not _is_dated_event(case):
        return ruling
    for key in sorted(case.record.treaties):
        if key == case.treaty.key:
            continue
        other = rule(msgspec.structs.replace(case, treaty=case.record.treaties[key]))
        if other.verdict is Verdict.SUPPORTED:
            name = treaty_name(case.record.treaties[key])
            sentence = f"{ruling.correction} What is said is so of {name}."
            return wrong(Verdict.IMPRECISE, sentence, {"treaty": key}, ruling.because + other.because)
    return ruling


def _is_dated_event(case: Case) -> bool:
    when = case.when
    if when is None or when.first is None or when.last is None or not case.done:
        return False
    dated = case.claim.kind in (ClaimKind.TREATY_FACT, ClaimKind.TREATY_ACTION)
    return dated and (when.last - when.first).days <= NARROW_DAYS
