"""Which texts hold between two participants, where one treaty takes the place of another (VCLT Art 30)."""

from __future__ import annotations

from collections.abc import Iterable

from inforce.law.chronicle import Asked
from inforce.law.derivation import sentence, treaty_name
from inforce.law.obligation_model import CommonAnswer, GoverningAnswer, ObligationAnswer
from inforce.law.timeline import Stretch
from inforce.record.model import Replacement, Treaty


def governing_texts(
    asked: Asked, rules: Iterable[ObligationAnswer], towards: str | None
) -> tuple[GoverningAnswer, ...]:
    """The text that governs, of each two that bear on the answer and of which one replaces the other.

    Without `towards`, between the participant and all that are bound by both; asked only of one that is.
    """
    told = {rule.treaty for rule in rules}
    found = []
    for later in asked.record.treaties.values():
        clause = later.replaces
        if (
            clause is None
            or clause.treaty not in asked.record.treaties
            or not told & {later.key, clause.treaty}
        ):
            continue
        answer = (
            _among_all(asked, later, clause) if towards is None else _between(asked, later, clause, towards)
        )
        found += [answer] if answer is not None else []
    return tuple(found)


def _among_all(asked: Asked, later: Treaty, clause: Replacement) -> GoverningAnswer | None:
    if not all(asked.line(key).at(asked.on).bound is True for key in (later.key, clause.treaty)):
        return None
    earlier = treaty_name(asked.record.treaties[clause.treaty])
    text = f"towards parties bound by both, {treaty_name(later)} governs in the place of {earlier}; "
    text += f"towards those bound by {earlier} alone, that one does ({clause.between})"
    return GoverningAnswer(clause.treaty, later.key, None, later.key, sentence(text), clause.article)


def _between(asked: Asked, later: Treaty, clause: Replacement, towards: str) -> GoverningAnswer:
    names = [asked.record.participants[key].name for key in (asked.participant, towards)]
    pair = f"{names[0]} and {names[1]}"
    governs, text = None, f"no text is in common between {pair}"
    for key in (later.key, clause.treaty):
        both = [one.line(key).at(one.on) for one in (asked, asked._replace(participant=towards))]
        name = treaty_name(asked.record.treaties[key])
        if all(one.bound is True for one in both):
            beside = "both are bound by it" if key == later.key else "the later one does not bind both"
            governs, text = key, f"{name} governs between {pair}: {beside}"
            break
        if all(one.bound is not False for one in both):
            text = f"whether {name} governs between {pair} is open: {_doubt(both)}"
            break
    return GoverningAnswer(clause.treaty, later.key, towards, governs, sentence(text), clause.article)


def _doubt(both: list[Stretch]) -> str:
    if any(one.dispute is not None for one in both):
        return "whether it binds one of them is contested"
    return "from which day it binds one of them is not recorded exactly"


def common_treaties(
    asked: Asked, rules: Iterable[ObligationAnswer], towards: str
) -> tuple[CommonAnswer, ...]:
    """Whether each treaty whose rules bind the participant binds the other one too."""
    other = asked._replace(participant=towards)
    name = asked.record.participants[towards].name
    found = []
    for key in dict.fromkeys(rule.treaty for rule in rules):
        stretch = other.line(key).at(asked.on)
        says = {True: "binds", False: "does not bind", None: "may bind"}[stretch.bound]
        text = f"{treaty_name(asked.record.treaties[key])} {says} {name}"
        if stretch.dispute is not None:
            text = f"whether {treaty_name(asked.record.treaties[key])} binds {name} is contested"
        found.append(CommonAnswer(key, towards, stretch.bound, sentence(text)))
    return tuple(found)
