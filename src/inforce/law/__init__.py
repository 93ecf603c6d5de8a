"""The law: who is bound by what, since when and until when, on whose reading, and why.

Pure functions of a `Record`. Days are legal days without a time zone.
"""

from inforce.law.calendar import calendar
from inforce.law.chronicle import timeline
from inforce.law.condition import condition
from inforce.law.count_model import CountAnswer
from inforce.law.diff import CountDiff, PartiesDiff, Point, StatusDiff, diff_parties, diff_status
from inforce.law.effects import check_entries, effects
from inforce.law.entry_condition import EntryConditionAnswer, entry_condition
from inforce.law.model import (
    AssertionCheck,
    CalendarAnswer,
    CalendarEntry,
    ConditionAnswer,
    EffectRow,
    EntryCheck,
    PartiesAnswer,
    ReadingAnswer,
    Standing,
    StatusAnswer,
    Step,
)
from inforce.law.number import count
from inforce.law.obligation_model import (
    CommonAnswer,
    CustomAnswer,
    DeadlineAnswer,
    DisputeAnswer,
    EndAnswer,
    ExceptionAnswer,
    ExtensionAnswer,
    FirstFreeDay,
    FreedomAnswer,
    GoverningAnswer,
    ObligationAnswer,
    ObligationsAnswer,
    ProhibitionAnswer,
    TransferAnswer,
    TransferEnd,
    TransferOutcome,
)
from inforce.law.obligations import obligations
from inforce.law.parties import check_assertions, parties
from inforce.law.prohibition import prohibition
from inforce.law.status import status
from inforce.law.suppose import Supposition, suppose, suppositions
from inforce.law.timeline import Ground, Span, Stretch, Timeline
from inforce.law.transfer import transfer

__all__ = [
    "AssertionCheck",
    "CalendarAnswer",
    "CalendarEntry",
    "CommonAnswer",
    "ConditionAnswer",
    "CountAnswer",
    "CountDiff",
    "CustomAnswer",
    "DeadlineAnswer",
    "DisputeAnswer",
    "EffectRow",
    "EndAnswer",
    "EntryCheck",
    "EntryConditionAnswer",
    "ExceptionAnswer",
    "ExtensionAnswer",
    "FirstFreeDay",
    "FreedomAnswer",
    "GoverningAnswer",
    "Ground",
    "ObligationAnswer",
    "ObligationsAnswer",
    "PartiesAnswer",
    "PartiesDiff",
    "Point",
    "ProhibitionAnswer",
    "ReadingAnswer",
    "Span",
    "Standing",
    "StatusAnswer",
    "StatusDiff",
    "Step",
    "Stretch",
    "Supposition",
    "Timeline",
    "TransferAnswer",
    "TransferEnd",
    "TransferOutcome",
    "calendar",
    "check_assertions",
    "check_entries",
    "condition",
    "count",
    "diff_parties",
    "diff_status",
    "effects",
    "entry_condition",
    "obligations",
    "parties",
    "prohibition",
    "status",
    "suppose",
    "suppositions",
    "timeline",
    "transfer",
]
