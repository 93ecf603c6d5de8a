"""The treaties database of the UN disarmament office (UNODA) as JSON, an act a row.

Read are the portal's own answer (`data.treaty_.data.actions_`), and the shape in which survivalscores.org
keeps it and the UN Treaty Collection's lists: treaty, then ISO code, then `signed`, `joined`,
`joiningMechanism`, `withdrew`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from inforce.errors import UsageError
from inforce.record.importing.model import Printed, PrintedRow, PrintedTable
from inforce.record.importing.untc_html import ACT_COLUMNS

#: The portal's codes, and the words it has beside them, as the words of the acts' column.
_ACTS = {
    "SIG": "Signature",
    "RAT": "Ratification, acceptance or approval",
    "ACC": "Accession",
    "SUC": "Succession",
    "WTW": "Withdrawal",
    "Signatory": "Signature",
    "Ratification": "Ratification, acceptance or approval",
    "Accession": "Accession",
    "Succession": "Succession",
    "Withdrawal": "Withdrawal",
}
_MECHANISMS = {
    "ratified": "Ratification, acceptance or approval",
    "accepted": "Acceptance",
    "approved": "Approval",
    "acceded": "Accession",
    "succeeded": "Succession",
}
_Cells = tuple[str, str, str, str]


def read_json(text: str, label: str) -> PrintedTable:
    """The acts; raises `UsageError` where the JSON is broken, an error answer or of another shape."""
    try:
        answer = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UsageError(f"{label}: is no whole JSON ({error}); save the answer again") from None
    if isinstance(answer, dict) and answer.get("errors"):
        raise UsageError(f"{label}: is an error answer of the database, no table; save it again later")
    treaty = _portal(answer)
    if treaty is not None:
        names = tuple(str(treaty[key]) for key in ("short_name", "name", "full_name") if treaty.get(key))
        return _table(_portal_acts(treaty["actions_"], label), names)
    if isinstance(answer, dict) and len(answer) == 1:
        ((name, states),) = answer.items()
        if isinstance(states, dict) and all(isinstance(one, dict) for one in states.values()):
            return _table(_state_acts(states, label), (name,))
    raise UsageError(
        f"{label}: is no JSON of a treaty's actions; give the portal's answer (data.treaty_.data.actions_), "
        'or {"treaty": {"FI": {"signed": ..., "joined": ...}}} with one treaty'
    )


def _portal(answer: object) -> Mapping[str, Any] | None:
    """The treaty in the portal's answer, wherever in its envelope the file begins."""
    for key in ("data", "treaty_", "data"):
        if isinstance(answer, dict) and "actions_" not in answer:
            answer = answer.get(key, answer)
    found = isinstance(answer, dict) and isinstance(answer.get("actions_"), list)
    return answer if found and isinstance(answer, dict) else None


def _portal_acts(actions: Sequence[Any], label: str) -> Iterator[_Cells]:
    for at, action in enumerate(actions, 1):
        try:
            code = action.get("type") or action["action_type_"]
            country = (action["state"].get("country_") or {}).get("country_country_name") or {}
            name = str(action["state"].get("name") or country["countryname_official_short_name"])
            day = str(action["date"])
        except (AttributeError, KeyError, TypeError):
            raise UsageError(
                f"{label}: action {at} lacks its state, type or date; the database may have changed"
            ) from None
        if code not in _ACTS:
            raise UsageError(f"{label}: action {at} is of the unknown type {str(code)[:40]!r}")
        yield name, _ACTS[code], day, ""


def _state_acts(states: Mapping[str, Mapping[str, Any]], label: str) -> Iterator[_Cells]:
    for code, state in states.items():
        unknown = set(state) - {"signed", "joined", "joiningMechanism", "withdrew", "tag"}
        if unknown:
            raise UsageError(f"{label}: {code[:40]!r} has the unknown key {min(unknown)[:40]!r}")
        mechanism = state.get("joiningMechanism") or "ratified"
        if state.get("joined") and mechanism not in _MECHANISMS:
            raise UsageError(f"{label}: {code[:40]!r} joined by the unknown {str(mechanism)[:40]!r}")
        for key, act in (("signed", "Signature"), ("joined", _MECHANISMS.get(mechanism, ""))):
            if state.get(key):
                yield code, act, str(state[key]), ""
        if state.get("withdrew"):
            yield code, "Withdrawal", str(state["withdrew"]), ""


def _table(acts: Iterator[_Cells], names: tuple[str, ...]) -> PrintedTable:
    rows = tuple(PrintedRow(at, tuple(map(Printed, cells))) for at, cells in enumerate(acts, 1))
    return PrintedTable(format="unoda-json", columns=ACT_COLUMNS, rows=rows, names=names)
