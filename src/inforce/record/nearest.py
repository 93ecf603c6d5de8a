"""The known value nearest to a mistyped one, for error messages."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(value: str, known: Iterable[str]) -> str:
    """A clause that names the nearest known value, or lists the few there are; empty without any.

    >>> nearest("acession", ["accession", "signature"])
    'did you mean "accession"?'
    """
    import difflib  # noqa: PLC0415 - every start of the program would pay for what only errors need

    candidates = sorted(set(known))
    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    close = difflib.get_close_matches(value.casefold(), by_folded, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{by_folded[close[0]]}"?'
    if not candidates:
        return ""
    if len(candidates) == 1:
        return f'did you mean "{candidates[0]}"?'
    shown = ", ".join(candidates[:12])
    return f"known are {shown}{', ...' if len(candidates) > 12 else ''}"
