"""Short passages in the manner of the press, and what the reader must, and must not, find in them.

The passages are in probes/*.yaml, a list of

    text, published       the passage, and the day it appeared
    claims                what must be found: kind, predicate, subject, treaty, and any further fields
    not                   kinds (or predicates) that must not be found; where `claims` is empty and
                          `not` is missing, no claim at all may be found
    xfail                 why the reader still misses it
"""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from inforce.reading import read
from inforce.reading.model import Document
from inforce.record import load
from inforce.record.model import Record

_SHOWN = ("kind", "predicate", "subject", "treaty", "when", "modality", "negated", "object")
_FOLDER = Path(__file__).parent / "probes"


@functools.cache
def _record() -> Record:
    return load()


def _probes() -> list[Any]:
    params = []
    for file in sorted(_FOLDER.glob("*.yaml")):
        for probe in yaml.safe_load(file.read_text("utf-8")) or []:
            marks = [pytest.mark.xfail(strict=True, reason=probe["xfail"])] if "xfail" in probe else []
            params.append(pytest.param(probe, id=f"{file.stem}: {probe['text'][:90]}", marks=marks))
    return params


def _found(probe: dict[str, Any]) -> list[dict[str, Any]]:
    published = probe["published"]
    day = published if isinstance(published, date) else date.fromisoformat(published)
    document = Document(source="probe", text=probe["text"], published=day)
    return [msgspec.to_builtins(claim) for claim in read(document, _record())]


def _same(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(_same(value, got.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list | tuple) and sorted(map(str, wanted)) == sorted(map(str, got))
    if isinstance(wanted, bool) or wanted is None or isinstance(wanted, int | float):
        return bool(wanted == got)
    return str(wanted) == str(got)


def _is_answered(wanted: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    return any(all(_same(value, claim.get(key)) for key, value in wanted.items()) for claim in found)


@pytest.mark.parametrize("probe", _probes())
def test_a_passage_of_the_press_is_read(probe: dict[str, Any]) -> None:
    found = _found(probe)
    shown = [{key: claim[key] for key in _SHOWN} for claim in found]
    missing = [wanted for wanted in probe["claims"] if not _is_answered(wanted, found)]
    assert not missing, f"found only {shown}"
    if "not" in probe:
        banned = set(probe["not"])
        assert not [c for c in shown if c["kind"] in banned or c["predicate"] in banned]
    elif not probe["claims"]:
        assert not shown
