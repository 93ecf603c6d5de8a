"""End notes that tell a withdrawal: read where every word and day of it is understood, else left to a person.

A note is read as a notice of withdrawal or denunciation where it names one participant, the day on which
the depositary had the notice, at most the day of effect, and nothing else that has a date. "Withdrawal" of
a reservation, a declaration, a signature or of the notice itself is another thing and never read as one.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import re2

from inforce.errors import UsageError
from inforce.record.importing.cells import read_days
from inforce.record.importing.model import Note, Printed
from inforce.record.model import Record
from inforce.record.names import find_participant

_HEADINGS = ("participant", "notification", "effect")
_LONGEST = 1_500  # a note that tells one withdrawal is shorter

_LEAVING = re2.compile(r"(?i)\b(?:withdr[ae]w|denounc|denunciation|suspen[ds]|revok|revoc|rescind|terminat)")
#: What makes a note one that only a person may read, and the words for it.
_OTHER_MATTER = (
    (r"(?i)\b(?:revok|revoc|rescind|cancel|annul)", "it speaks of taking something back"),
    (
        r"(?i)\bwithdr(?:ew|aw|awn|awal of)\b[^.;]{0,40}\b(?:notification|notice|instrument of withdrawal)\b",
        "it speaks of taking a notice back",
    ),
    (
        r"(?i)\b(?:reservation|objection|declaration|communication)s?\b",
        "it speaks of a reservation, objection or declaration",
    ),
    (r"(?i)\bsignature\b", "it speaks of a signature"),
    (r"(?i)\bsuspen[ds]", "it speaks of a suspension"),
    (
        r"(?i)\b(?:territor|provisional|extension|on behalf of|succession)",
        "it speaks of other matters too",
    ),
    (r"(?i)\b(?:subject to|provided that|conditional)\b", "it tells of a condition"),
    (r"\b(?i:inten[dt]\w*|would|plan(?:s|ned)?|propos\w*|not)\b|\bmay\b", "it does not tell a plain fact"),
)
_DATE = r"\d{1,2}\s+[A-Z][a-z]+\s+\d{4}"
_ANY_DATE = re2.compile(_DATE)
_WHO = r"(?:(?:[Tt]he )?Governments? of (?:the )?)?(?P<who>[^,;]{2,80}?)"
_DEPOSITARY = r"the (?:(?:UN )?Secretary-General|[Dd]epositary)"
_LEAVES = r"(?i:withdraw|denounc|denunciation)"
#: Where the depositary published the notice; its own number and day are not those of the notice.
_REFERENCE = re2.compile(r"(?i)\s*\(see depositary notification C\.N\.[^()]{5,60}? of (?-i:" + _DATE + r")\)")
_NOTICE = (
    re2.compile(
        r"(?:^|\. )On (?P<day>"
        + _DATE
        + r"),? "
        + _WHO
        + r",? (?:has )?deposited with "
        + _DEPOSITARY
        + r" (?:a|its) (?:notification|notice|instrument) of (?:withdrawal|denunciation)\b"
    ),
    re2.compile(
        r"(?:^|\. )On (?P<day>"
        + _DATE
        + r"),? "
        + _WHO
        + r",? (?:has )?(?:notified|informed) "
        + _DEPOSITARY
        + r"[^.;]{0,200}?"
        + _LEAVES
    ),
    re2.compile(
        r"(?:^|\. )(?:On (?P<day>"
        + _DATE
        + r"),? )?(?i:"
        + _DEPOSITARY
        + r") received,? from "
        + _WHO
        + r",?(?: on (?P<later>"
        + _DATE
        + r"),?)? (?:a |the |its )?(?:written )?"
        r"(?:notification|notice|instrument) of (?:its )?(?:withdrawal|denunciation)"
    ),
    re2.compile(
        r"^"
        + _WHO
        + r" (?:has )?(?:notified|informed) "
        + _DEPOSITARY
        + r" of its (?:decision to )?"
        + _LEAVES
        + r"[^.;]{0,160}? on (?P<day>"
        + _DATE
        + r")"
    ),
)
_EFFECT = re2.compile(
    r"(?i:(?:takes?|taken|took|taking) effect|with effect|effective|came into effect)"
    r"(?i:(?: for [^.;]{2,80}?)?)(?: on| from| as of| as from)? (?P<day>" + _DATE + r")"
)


class Withdrawal(NamedTuple):
    """A notice of withdrawal: day of receipt, and of effect where the note says it."""

    participant: str
    date: dt.date
    effect: dt.date | None


class Unread(NamedTuple):
    """A note on leaving that is not understood: why."""

    why: str


def read_note(note: Note, holder: str, record: Record) -> tuple[Withdrawal | Unread, ...]:
    """What a note at `holder` (a participant's key) says of leaving; nothing where it says nothing of it."""
    if note.rows:
        return _read_rows(note, holder, record)
    text = _REFERENCE.sub("", " ".join(note.text.split()))
    if not _LEAVING.search(text):
        return ()
    if len(text) > _LONGEST:
        return (Unread("it is long"),)
    for words, why in _OTHER_MATTER:
        if re2.search(words, text):
            return (Unread(why),)
    return (_read_text(text, holder, record),)


def _read_text(text: str, holder: str, record: Record) -> Withdrawal | Unread:
    found = next((match for match in (pattern.search(text) for pattern in _NOTICE) if match), None)
    if found is None:
        return Unread("its wording is not one that is known")
    days = found.groupdict()
    notice = days.get("day") or days.get("later")
    if notice is None:
        return Unread("it does not say when the notice was received")
    try:
        participant = find_participant(record, days["who"].strip()).key
    except UsageError:
        return Unread(f"{days['who'].strip()[:60]!r} is nobody known")
    if participant != holder:
        return Unread("it is about another participant than the one it stands at")
    effect = _EFFECT.search(text)
    named = {notice, *([effect["day"]] if effect else [])}
    if any(day not in named for day in _ANY_DATE.findall(text)):
        return Unread("it names further days")
    return _withdrawal(participant, notice, effect["day"] if effect else "")


def _withdrawal(participant: str, notice: str, effect: str) -> Withdrawal | Unread:
    try:
        received = _exact(notice)
        takes_effect = _exact(effect) if effect else None
    except UsageError:
        return Unread("a day in it is none")
    if takes_effect is not None and takes_effect < received:
        return Unread("its effect would come before the notice")
    return Withdrawal(participant, received, takes_effect)


def _exact(text: str) -> dt.date:
    days = read_days(Printed(text), "note")
    if len(days) != 1 or days[0].date.exact is None:
        raise UsageError("no single day")
    return days[0].date.exact


def _read_rows(note: Note, holder: str, record: Record) -> tuple[Withdrawal | Unread, ...]:
    """A table of notices within a note: the holder's rows of participant, notification, effect."""
    heading = [cell.casefold().rstrip(": ") for cell in note.rows[0]]
    if len(heading) != len(_HEADINGS) or any(
        word not in cell for word, cell in zip(_HEADINGS, heading, strict=True)
    ):
        return (Unread("it holds a table with other headings than participant, notification, effect"),)
    return tuple(found for row in note.rows[1:] for found in _read_row(row, holder, record))


def _read_row(row: tuple[str, ...], holder: str, record: Record) -> tuple[Withdrawal | Unread, ...]:
    shown = " | ".join(row)[:120]
    try:
        participant = find_participant(record, row[0]).key
    except UsageError:
        return (Unread(f"{row[0][:60]!r} in it is nobody known"),)
    if participant != holder:
        return ()
    if len(row) != len(_HEADINGS):
        return (Unread(f"its row {shown!r} has {len(row)} cells"),)
    found = _withdrawal(participant, row[1], row[2])
    return (found if isinstance(found, Withdrawal) else Unread(f"its row {shown!r}: {found.why}"),)
