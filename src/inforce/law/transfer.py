"""Both ends of a transfer: what binds the supplier, what the recipient, what either through assistance.

Law only. Each end has answers of its own, activity by activity; they are never joined into one verdict.
"""

from __future__ import annotations

import datetime as dt

from inforce.errors import UsageError
from inforce.law.categories import checked_item
from inforce.law.chronicle import Asked, checked, knowledge
from inforce.law.custom import custom_rules
from inforce.law.obligation_model import ObligationAnswer, TransferAnswer, TransferEnd, TransferOutcome
from inforce.law.obligations import obligations
from inforce.law.prohibition import prohibition
from inforce.law.towards import common_treaties
from inforce.record.model import Record
from inforce.vocabulary import Activity, ObligationModality, Prohibition

#: What a supplier does: the transfer itself and help with it; and what it must do before and after.
SUPPLYING = (Activity.TRANSFER, Activity.ASSIST)
CONTROLLING = (Activity.ASSESS, Activity.CONTROL, Activity.PREVENT_DIVERSION)
#: What a recipient does. Under several treaties a transfer is also the movement into a territory.
RECEIVING = (Activity.ACQUIRE, Activity.TRANSFER, Activity.STOCKPILE, Activity.USE, Activity.ASSIST)


def transfer(
    record: Record,
    supplier: str,
    recipient: str,
    *,
    item: str,
    on: dt.date,
    known_by: dt.date | None = None,
    today: dt.date | None = None,
) -> TransferAnswer:
    """What binds `supplier` and `recipient` (keys) in respect of a transfer of `item` (key) on a day.

    Raises `UsageError` for keys that do not exist, and where both ends are the same.
    """
    for participant in (supplier, recipient):
        checked(record, participant, None)
    if supplier == recipient:
        raise UsageError(f"{supplier} is supplier and recipient; name two different participants")
    kind = checked_item(record, item)
    known = knowledge(known_by, today)
    ends = []
    notes: dict[str, None] = {}
    for participant, other, acts, duties in (
        (supplier, recipient, SUPPLYING, CONTROLLING),
        (recipient, supplier, RECEIVING, (Activity.CONTROL,)),
    ):
        asked = Asked(record, participant, on, known.by)
        answer = obligations(record, participant, item=kind, on=on, known_by=known_by, today=today)
        rules = tuple(rule for rule in answer.rules if _bears(rule, (*acts, *duties)))
        notes |= dict.fromkeys(answer.coverage)
        ends.append(
            TransferEnd(
                participant=participant,
                outcomes=tuple(_outcome(asked, act, kind, known_by, today) for act in acts),
                rules=rules,
                custom=tuple(rule for act in acts for rule in custom_rules(asked, kind, act)),
                common=common_treaties(asked, rules, other),
            )
        )
    return TransferAnswer(
        item=item,
        on=on,
        known_by=known.shown,
        supplier=ends[0],
        recipient=ends[1],
        coverage=tuple(notes),
    )


def _bears(rule: ObligationAnswer, activities: tuple[Activity, ...]) -> bool:
    """Whether a rule speaks of one of the activities; one that only permits shows under what it limits."""
    told_there = rule.modality is ObligationModality.PERMITTED_EXCEPTION and rule.excepts
    return rule.activity in activities and not told_there


def _outcome(
    asked: Asked, activity: Activity, item: str, known_by: dt.date | None, today: dt.date | None
) -> TransferOutcome:
    found = prohibition(
        asked.record, asked.participant, activity, item, on=asked.on, known_by=known_by, today=today
    )
    bearing = [rule for rule in found.rules if rule.relation != "may-be"]
    if found.answer is Prohibition.YES:
        bearing = [rule for rule in bearing if rule.total]
    articles = dict.fromkeys(f"{rule.treaty} {rule.article}" for rule in bearing)
    return TransferOutcome(
        activity=activity,
        answer=found.answer,
        articles=tuple(articles),
        until=found.until,
        because=found.because,
    )
