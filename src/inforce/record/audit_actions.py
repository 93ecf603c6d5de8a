"""Checks of a treaty's recorded actions against each other and the treaty's own dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from inforce.dates import parse_edtf
from inforce.record.finding import AuditFinding, Level
from inforce.record.model import Action, Treaty
from inforce.vocabulary import ActionKind

_SIGNATURES = (ActionKind.SIGNATURE, ActionKind.DEFINITIVE_SIGNATURE)
_Check = Callable[[Treaty, Action], str | None]


def action_findings(treaty: Treaty, actions: Iterable[Action]) -> Iterator[AuditFinding]:
    """Findings on each action alone, then on each participant's actions in their order."""
    by_participant: dict[str, list[Action]] = defaultdict(list)
    for action in actions:
        by_participant[action.participant].append(action)
        for level, check in _ALONE:
            text = check(treaty, action)
            if text is not None:
                yield _finding(level, action, text)
    for own in by_participant.values():
        own.sort(key=lambda action: (action.date.first or dt.date.min, action.line))
        yield from _order_findings(treaty, own)


def _finding(level: Level, action: Action, text: str) -> AuditFinding:
    named = f"{action.participant} {action.kind} {action.date}"
    return AuditFinding(level, action.file, action.line, f"{named}: {text}")


def _before_adoption(treaty: Treaty, action: Action) -> str | None:
    if action.date.last is None or action.date.last >= treaty.adopted.date:
        return None
    return f"before the adoption on {treaty.adopted.date}"


def _outside_signature_period(treaty: Treaty, action: Action) -> str | None:
    if action.kind not in _SIGNATURES:
        return None
    periods = treaty.final_clauses.signature
    if not periods:
        return "the treaty's clauses know no signature"
    first, last = action.date.first, action.date.last
    closings = [period.closed for period in periods]
    closed = None if None in closings else max(day for day in closings if day)
    if first is not None and closed is not None and first > closed:
        return f"after signature closed on {closed}"
    opened = min(period.opened for period in periods)
    if last is not None and last < opened:
        return f"before signature opened on {opened}"
    return None


def _consent_before_opening(treaty: Treaty, action: Action) -> str | None:
    periods = treaty.final_clauses.signature
    if not action.kind.expresses_consent or not periods or action.date.last is None:
        return None
    opened = min(period.opened for period in periods)
    return f"before the treaty opened on {opened}" if action.date.last < opened else None


def _effect_before_date(treaty: Treaty, action: Action) -> str | None:
    if action.effect is None or action.date.first is None or action.kind is ActionKind.SUCCESSION:
        return None
    return f"published effect {action.effect} is earlier" if action.effect < action.date.first else None


def _known_before_date(treaty: Treaty, action: Action) -> str | None:
    if action.known.last is None or action.date.first is None or action.known.last >= action.date.first:
        return None
    return f"known on {action.known}, before it was done"


def _withdrawal_not_allowed(treaty: Treaty, action: Action) -> str | None:
    clause = treaty.final_clauses.withdrawal
    if action.kind is not ActionKind.WITHDRAWAL or (clause is not None and clause.allowed):
        return None
    return "the treaty's clauses know no withdrawal"


def _after_verified_through(treaty: Treaty, action: Action) -> str | None:
    verified = parse_edtf(treaty.verified_through).last
    if verified is None or action.date.first is None or action.date.first <= verified:
        return None
    return f"later than {treaty.verified_through}, to which the actions are known complete"


def _date_not_exact(treaty: Treaty, action: Action) -> str | None:
    return None if action.date.exact else "the day is not known"


_ALONE: tuple[tuple[Level, _Check], ...] = (
    ("error", _before_adoption),
    ("error", _outside_signature_period),
    ("error", _consent_before_opening),
    ("error", _effect_before_date),
    ("error", _known_before_date),
    ("error", _withdrawal_not_allowed),
    ("warning", _after_verified_through),
    ("note", _date_not_exact),
)


def _order_findings(treaty: Treaty, own: list[Action]) -> Iterator[AuditFinding]:
    signed, consented, left = False, False, False
    for action in own:
        text = _order_problem(treaty, action, signed=signed, consented=consented, left=left)
        if text is not None:
            yield _finding("error", action, text)
        signed = signed or action.kind in _SIGNATURES
        if action.kind is ActionKind.WITHDRAWAL:
            consented, left = False, True
        elif action.kind.expresses_consent or (action.kind is ActionKind.REVOCATION and left):
            consented = True


def _order_problem(
    treaty: Treaty, action: Action, *, signed: bool, consented: bool, left: bool
) -> str | None:
    kind = action.kind
    if kind.expresses_consent and consented and len(treaty.depositaries) < 2:
        return "a second consent with no withdrawal between"
    if kind in treaty.final_clauses.signatories_consent_by and not signed:
        return "not signed before; an instrument of a non-signatory is an accession"
    if kind is ActionKind.ACCESSION and signed and not left:
        return "signed before; a signatory's instrument is a ratification, acceptance or approval"
    if kind is ActionKind.WITHDRAWAL and not consented:
        return "no consent before that it could end"
    if kind is ActionKind.SUSPENSION_NOTIFIED and not consented:
        return "no consent before that it could suspend"
    if kind is ActionKind.NOT_TO_BECOME_PARTY and (consented or not signed):
        return "no signatory without consent, so that there is nothing it could decline"
    if kind is ActionKind.REVOCATION and not left:
        return "no notice before that it could revoke"
    return None
