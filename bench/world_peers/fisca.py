"""OpenFisca-core: the smallest honest model of the same rules.

One entity, the pair. Its acts, and the day of effect that follows from each, are inputs that hold for ever;
the place on a day is a formula that folds the acts in their order, vectorised over the pairs, as OpenFisca
does it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from inforce.law.world_days import NEVER
from inforce.law.world_lines import _own_days, _sorted, _steps
from inforce.law.world_regular import Regular
from inforce.law.world_walk import CONSENT, REVOKE, SIGN
from world_peers.tables import (
    CONTRACTING,
    DISPUTED,
    FORMER,
    FORMER_SIGNATORY,
    NONE,
    NOT_OPEN,
    NOTIFIED,
    PARTY,
    SIGNATORY,
)

Array = npt.NDArray[Any]

_PAIR = build_entity(key="pair", plural="pairs", label="A treaty and a participant", is_person=True)
_EVER = periods.DateUnit.ETERNITY
_EPOCH = np.datetime64("1970-01-01")
_NEVER = int(NEVER)


def _variable(name: str, formula: Any = None, unit: Any = _EVER) -> type[Variable]:
    parts: dict[str, Any] = {
        "value_type": int,
        "entity": _PAIR,
        "definition_period": unit,
        "label": name,
        "default_value": 0,
    }
    if formula is not None:
        parts["formula"] = formula
    return type(name, (Variable,), parts)


class Fisca:
    """A simulation of all pairs."""

    def __init__(self, steps: dict[str, Array], opening: Array) -> None:
        """`steps` has `act`, `day`, `effect` and `disputed`, each by number of the act and pair."""
        self.acts = len(steps["act"])
        system = TaxBenefitSystem([_PAIR])
        for name in steps:
            system.add_variables(*(_variable(f"{name}_{index}") for index in range(self.acts)))
        system.add_variable(_variable("opening"))
        system.add_variable(_variable("place", _fold(self.acts), periods.DateUnit.DAY))
        self.simulation = SimulationBuilder().build_default_simulation(system, count=len(opening))
        for name, columns in steps.items():
            for index, column in enumerate(columns):
                self.simulation.set_input(f"{name}_{index}", _EVER, column)
        self.simulation.set_input("opening", _EVER, opening)

    def snapshot(self, day: str) -> Array:
        """Every pair's place on a day, computed anew."""
        self.simulation.delete_arrays("place")
        found: Array = self.simulation.calculate("place", day)
        return found


def _fold(acts: int) -> Any:
    """The formula of the place on a day, over so many acts."""

    def formula(pair: Any, period: Any) -> Array:
        on = (np.datetime64(str(period.start)) - _EPOCH).astype(np.int64)
        status = np.where(pair("opening", period) <= on, NONE, NOT_OPEN)
        coming = np.full(len(status), _NEVER)
        disputed, after, signed = coming.copy(), status, np.zeros(len(status), bool)
        for index in range(acts):
            act, day = pair(f"act_{index}", period), pair(f"day_{index}", period)
            done = (act >= 0) & (day <= on)
            status = np.where(done & (coming <= day), after, status)
            signed |= done & (act == SIGN)
            turned = np.select(
                [act == SIGN, act == CONSENT, act == REVOKE, status == PARTY, status == CONTRACTING],
                [SIGNATORY, CONTRACTING, PARTY, NOTIFIED, np.where(signed, SIGNATORY, NONE)],
                FORMER_SIGNATORY,
            )
            opens = (act == CONSENT) | (turned == NOTIFIED)
            effect, dispute = pair(f"effect_{index}", period), pair(f"disputed_{index}", period)
            status = np.where(done, turned, status)
            coming = np.where(done, np.where(opens, effect, _NEVER), coming)
            disputed = np.where(done, np.where(turned == NOTIFIED, dispute, _NEVER), disputed)
            after = np.where(done, np.where(act == CONSENT, PARTY, FORMER), after)
        status = np.where(disputed <= on, DISPUTED, status)
        return np.where(coming <= on, after, status)

    return formula


def model(regular: Regular, participants: int) -> Fisca:
    """The model of a world, with what follows from each act as an input: it is spared the delays."""
    acts = _sorted(regular.acts)
    own = _own_days(acts, regular.clauses, participants)
    known_by = np.full(len(own), NEVER, np.int32)
    steps = _steps(regular, acts, own, known_by, participants)
    pairs = len(regular.clauses.opening) * participants
    begins = np.flatnonzero(np.diff(acts.pair, prepend=-1))
    number = np.arange(len(own)) - np.repeat(begins, np.diff(begins, append=len(own)))
    columns = {"act": -1, "day": NEVER, "effect": NEVER, "disputed": NEVER}
    values = {"act": steps.act, "day": steps.day, "effect": steps.effect, "disputed": steps.disputed}
    inputs = {name: np.full((number.max() + 1, pairs), empty) for name, empty in columns.items()}
    for name, column in inputs.items():
        column[number, acts.pair] = values[name]
    opening = np.repeat(regular.clauses.opening, participants)
    opening[acts.pair[begins]] = np.minimum(opening[acts.pair[begins]], acts.day[begins])
    return Fisca(inputs, opening)
