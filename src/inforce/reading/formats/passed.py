"""What is passed over on the way to the documents, counted by its reason."""

from __future__ import annotations

from collections import Counter

#: Reasons for which something is passed over, with how often.
Passed = Counter[str]

#: How many reasons that the input itself names are told, and how much of each.
_MOST = 20
_LONGEST = 60


def pass_over(passed: Passed, reason: str) -> None:
    """Count one thing passed over; reasons without end are counted together."""
    reason = reason[:_LONGEST]
    passed[reason if reason in passed or len(passed) < _MOST else "for further reasons"] += 1
