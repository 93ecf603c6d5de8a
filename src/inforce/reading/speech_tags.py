"""Sentences without who is quoted in their midst: "Finland's exit, the minister said, takes effect today".

Whose words they are is found before, in the whole sentence; frames then see what is said in one piece.
"""

from __future__ import annotations

from collections.abc import Sequence

from inforce.reading.clauses import listed
from inforce.reading.frames import Masked, masked_of
from inforce.reading.which_date import telling

_LONGEST = 9  # words of ", the foreign ministry in Warsaw said ,"


def without_tags(masked: Masked) -> Masked:
    """The sentence as frames read it: without tags between commas that only say who says it."""
    texts = masked.texts
    if telling("words_said").isdisjoint(texts) and "according" not in texts:
        return masked
    dropped: set[int] = set()
    at = 1
    while at < len(texts):
        end = _tag_end(texts, at) if texts[at] == "," else None
        if end is not None:
            dropped.update(range(at, end))
        at = end or at + 1
    if not dropped:
        return masked
    return masked_of([word for at, word in enumerate(masked.words) if at not in dropped])


def _tag_end(texts: Sequence[str], comma: int) -> int | None:
    """Behind the second comma of a tag; None where no tag begins at the first."""
    closing = next(
        (at for at in range(comma + 2, min(comma + _LONGEST, len(texts))) if texts[at] == ","), None
    )
    if closing is None:
        return None
    inside = texts[comma + 1 : closing]
    if inside[0] in telling("no_tag_opens") or "<T>" in inside or "<D>" in inside:
        return None
    if texts[0] == "there" and inside[0] in listed("pronouns"):
        return None  # "there are no plans, he added": the tag alone tells whose
    tells = inside[-1] in telling("words_said") and len(inside) > 1
    told = inside[0] in telling("words_said") and len(inside) > 1
    return closing + 1 if tells or told or inside[:2] == ["according", "to"] else None
