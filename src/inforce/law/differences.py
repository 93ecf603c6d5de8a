"""Why a published date of effect is not the computed one: sorts of difference that arithmetic can tell.

Most are practice or slips of publishers, known from comparing their tables with the treaties' texts. A sort
is a diagnosis, not a proof: only the record can name the cause of a difference.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from inforce.dates import add_months, add_years, in_words
from inforce.errors import UsageError
from inforce.law.timeline import Ground
from inforce.record.model import Delay, Treaty
from inforce.vocabulary import ActionKind, DelayRule, Difference

_FIRST_DAYS = frozenset(
    {
        DelayRule.FIRST_DAY_OF_NTH_MONTH_AFTER,
        DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_MONTH,
        DelayRule.FIRST_DAY_OF_MONTH_AFTER_NTH_DAY,
    }
)


class Diagnosis(NamedTuple):
    """A sort of difference, and the sentence that says it for one act."""

    sort: Difference
    text: str


class Compared(NamedTuple):
    """An act of exact date with the delay that its clause sets, and both dates of effect."""

    ground: Ground
    delay: Delay
    entry: dt.date | None  # of the treaty itself
    published: dt.date
    computed: dt.date

    @property
    def deposited(self) -> dt.date:
        return self.ground.first


def diagnose(treaty: Treaty, entry: dt.date | None, ground: Ground) -> Diagnosis | None:
    """The sort of difference between the published and the computed date of an act, None if no one fits."""
    act, computed = ground.act, ground.day
    if act.effect is None or computed is None or ground.first != ground.last:
        return None
    delay = _delay(treaty, act.kind)
    if delay is None:
        return None
    one = Compared(ground, delay, entry, act.effect, computed)
    found = _named_day(treaty, one) or _notification(treaty, one) or _with_the_treaty(one)
    return (
        found or _calendar_months(one) or _one_day(one) or _no_delay(one) or _day_for_day(one) or _year(one)
    )


def _delay(treaty: Treaty, kind: ActionKind) -> Delay | None:
    """The delay that the treaty's clause sets for an act of this kind."""
    clauses = treaty.final_clauses
    if kind is ActionKind.WITHDRAWAL:
        return clauses.withdrawal.notice if clauses.withdrawal else None
    later = clauses.entry_into_force.later_parties
    if later is None or not kind.expresses_consent:
        return None
    own = next((one.delay for one in later.by_instrument if kind in one.instruments), None)
    return own or later.delay


def _named_day(treaty: Treaty, one: Compared) -> Diagnosis | None:
    clauses = treaty.final_clauses
    leaving = one.ground.act.kind is ActionKind.WITHDRAWAL
    clause = clauses.withdrawal if leaving else clauses.entry_into_force.later_parties
    if clause is None or clause.named_date is None or one.published <= one.computed:
        return None
    text = (
        "the clause lets the instrument name a later day, and the record holds none that this one names; "
        f"{in_words(one.published)} can be that day"
    )
    return Diagnosis(Difference.NAMED_DAY_NOT_RECORDED, text)


def _notification(treaty: Treaty, one: Compared) -> Diagnosis | None:
    """The clause counts from a notification whose day is not recorded."""
    act, later = one.ground.act, treaty.final_clauses.entry_into_force.later_parties
    if later is None or not act.kind.expresses_consent or act.notified is not None:
        return None
    own = next((rule.counted_from for rule in later.by_instrument if act.kind in rule.instruments), None)
    if (own or later.counted_from) != "notification_by_depositary" or one.published <= one.computed:
        return None
    text = "the clause counts from the depositary's notification, whose day is not recorded"
    return Diagnosis(Difference.NOTIFICATION_NOT_RECORDED, text)


def _with_the_treaty(one: Compared) -> Diagnosis | None:
    if one.entry is None or one.published != one.entry or one.deposited >= one.entry:
        return None
    text = (
        "published as bound with the treaty itself, as for all who deposited before its entry into force, "
        "though the delay for later parties had begun to run"
    )
    return Diagnosis(Difference.WITH_THE_TREATY, text)


def _calendar_months(one: Compared) -> Diagnosis | None:
    """Months counted where the clause has days: three for ninety, one for thirty."""
    months, rest = divmod(one.delay.amount, 30)
    days = one.delay.rule in (DelayRule.ADD_DAYS, DelayRule.FULL_DAYS_ELAPSED) and one.delay.after is None
    if not days or rest > 1 or months == 0 or _months_after(one.deposited, months) != one.published:
        return None
    plural = "" if months == 1 else "s"
    text = f"the publisher counted {months} calendar month{plural} for {one.delay.amount} days"
    return Diagnosis(Difference.CALENDAR_MONTHS, text)


def _one_day(one: Compared) -> Diagnosis | None:
    days = (one.published - one.computed).days
    if abs(days) != 1:
        return None
    side = "later" if days == 1 else "earlier"
    text = f"the published day is one {side}: the publisher began or ended the count on another day"
    return Diagnosis(Difference.ONE_DAY, text)


def _no_delay(one: Compared) -> Diagnosis | None:
    if one.published != one.deposited:
        return None
    text = "the day of the instrument itself is published, without the delay that the clause sets"
    return Diagnosis(Difference.NO_DELAY, text)


def _day_for_day(one: Compared) -> Diagnosis | None:
    """The same day of a later month is published where the clause has the first day of a month."""
    if one.delay.rule not in _FIRST_DAYS or one.delay.unit != "month":
        return None
    if _months_after(one.deposited, one.delay.amount) != one.published:
        return None
    text = f"the publisher counted {one.delay.amount} months day for day, not to the first day of a month"
    return Diagnosis(Difference.DAY_FOR_DAY, text)


def _year(one: Compared) -> Diagnosis | None:
    years = one.published.year - one.computed.year
    if years == 0 or add_years(one.computed, years) != one.published:
        return None
    return Diagnosis(Difference.YEAR, "the same day of another year is published")


def _months_after(day: dt.date, months: int) -> dt.date | None:
    try:
        return add_months(day, months)
    except (UsageError, ValueError, OverflowError):
        return None
