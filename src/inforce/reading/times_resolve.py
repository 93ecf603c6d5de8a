"""The meaning of one expression of time on a day of publication."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from inforce.reading import times_absolute, times_relative
from inforce.reading.time_model import Lean, Reading
from inforce.reading.times_grammar import Candidate, candidates
from inforce.reading.times_slots import Seen

#: How each shape of `data/times.yaml` is reckoned.
RESOLVERS = times_absolute.RESOLVERS | times_relative.RESOLVERS


@lru_cache(maxsize=32768)
def read(span: str, published: date | None, lean: Lean | None) -> tuple[Candidate, Reading] | None:
    """The shape and meaning of an expression; None where it means no time."""
    seen = Seen(published, lean)
    for candidate in candidates(span):
        reading = RESOLVERS[candidate.shape](candidate.slots, seen)
        if reading is not None:
            return candidate, reading
    return None
