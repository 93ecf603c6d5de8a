"""Writes 75 treaties with published dates of effect as a folder for `--record`, in the record's own format.

    python tests/validation/convert.py OUT
    inforce --record OUT effects --json

`rules.csv` holds each treaty's rule in a short notation, `effects.csv` one row an instrument; README.md says
where they are from. Nothing of a published date of effect but the treaties' own entry into force reaches
the clauses.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent

Row = dict[str, str]
Clause = dict[str, Any]

_CONSENTS = ["ratification", "acceptance", "approval", "accession", "consent-to-be-bound"]

#: What the tables call an instrument. `unspecified` may hide a succession: it is entered as consent.
KINDS = {
    "ratification": "ratification",
    "ratification/acceptance/approval": "ratification",
    "acceptance": "acceptance",
    "approval": "approval",
    "formal confirmation": "approval",
    "accession": "accession",
    "consent to be bound": "consent-to-be-bound",
    "definitive signature": "definitive-signature",
    "unspecified": "consent-to-be-bound",
}

_MONTH_THEN_FIRST = re.compile(r"fdm\+(\d+)m")
_FIRST_OF_NTH = re.compile(r"fd(\d+)\b")
_MONTHS_AND_A_DAY = re.compile(r"(\d+)m\+1d")
_PLAIN = re.compile(r"(\d+)([dmy])\b")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_UNITS = {"d": "day", "m": "month", "y": "year"}
_RULES = {"d": "add_days", "m": "add_months", "y": "add_years"}


def delay(text: str) -> Clause:
    """The notation's delay as the record writes it."""
    if match := _MONTH_THEN_FIRST.match(text):
        return {"amount": int(match[1]), "unit": "month", "rule": "first_day_of_month_after_nth_month"}
    if match := _FIRST_OF_NTH.match(text):
        return {"amount": int(match[1]), "unit": "month", "rule": "first_day_of_nth_month_after"}
    if match := _MONTHS_AND_A_DAY.match(text):
        months = {"amount": int(match[1]), "unit": "month", "rule": "add_months"}
        return {"amount": 1, "unit": "day", "rule": "add_days", "after": months}
    if _DAY.match(text):
        return {"amount": 0, "unit": "day", "rule": "same_day"}
    match = _PLAIN.match(text)
    if match is None:
        raise ValueError(f"no delay: {text!r}")
    if match[1] == "0":
        return {"amount": 0, "unit": "day", "rule": "same_day"}
    return {"amount": int(match[1]), "unit": _UNITS[match[2]], "rule": _RULES[match[2]]}


def condition(rule: Row) -> Clause:
    """The condition of entry into force, as far as the notation tells it."""
    text, threshold = rule["condition"], rule["threshold"]
    if threshold == "fixed":
        return {"type": "fixed_date", "not_before": rule["initial_delay"]}
    if _DAY.match(rule["initial_delay"]):
        return {"type": "count_and_floor", "count": int(threshold), "not_before": rule["initial_delay"]}
    if text == "fixed date 1994-01-01 if met by then":
        return {"type": "count_and_floor", "count": int(threshold), "not_before": "1994-01-01"}
    if text in ("incl. the three depositary Governments", "the three original Parties"):
        named = ["RUS", "GBR", "USA"]
        if int(threshold) == len(named):
            return {"type": "named_set", "named": named}
        return {"type": "count_including_named", "count": int(threshold), "named": named}
    if text == "each on deposit with waiver of art. 28(1)":
        return {"type": "first_deposit"}
    if not threshold.isdigit():
        return {"type": "share", "share": 75, "named": [], "phrase": text}
    kind = {"type": "double_threshold", "share": 50, "phrase": text} if _weighed(text) else {"type": "count"}
    return {"count": int(threshold), "instruments": _CONSENTS, **kind}


def _weighed(text: str) -> bool:
    """Whether the condition asks for more than a number, which the tables cannot count."""
    return text not in ("", "notifications of consent", "consent to be bound (signature, deposit)")


def later_parties(rule: Row) -> Clause:
    text = rule["later_delay"]
    clause: Clause = {"delay": delay(text), "counted_from": "deposit"}
    if rule["later_rule_applies_after"] == "eif":
        clause["depositing_after"] = "entry_into_force"
    if "notifies" in text:
        clause["counted_from"] = "notification_by_depositary"
    if "later date indicated" in text:
        clause["named_date"] = "later"
    if "max 6m" in text:
        clause["at_most"] = {"amount": 6, "unit": "month"}
    if "objection period" in text:
        objections = {"amount": 12, "unit": "month", "rule": "add_months"}
        clause["by_instrument"] = [
            {
                "instruments": ["accession"],
                "delay": {**delay(text), "after": objections},
                "counted_from": "notification_by_depositary",
            }
        ]
    return clause


def treaty(rule: Row, rows: Iterable[Row]) -> Clause:
    """The content of treaty.yaml."""
    first = min(row["deposit"] for row in rows)
    return {
        "title": rule["title"],
        "adopted": {"date": min(first, rule["entry_into_force_published"]), "place": "not recorded"},
        "depositary": "not recorded",
        "verified_through": max(row["deposit"] for row in rows)[:4],
        "verified_by": "published tables of dates of effect",
        "complete": False,
        "final_clauses": {
            "entry_into_force": {
                "initial": {
                    "condition": condition(rule),
                    "delay": delay(rule["initial_delay"]),
                    "published_date": rule["entry_into_force_published"],
                },
                "later_parties": later_parties(rule),
            }
        },
    }


def read(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(out: Path) -> int:
    """Write the folder; the number of instruments in it."""
    by_treaty: dict[str, list[Row]] = defaultdict(list)
    for row in read("effects.csv"):
        by_treaty[row["treaty"]].append(row)
    for rule in read("rules.csv"):
        rows = by_treaty[rule["treaty"]]
        folder = out / "treaties" / f"pub-{rule['treaty'].lower()}"
        folder.mkdir(parents=True)
        text = yaml.safe_dump(treaty(rule, rows), sort_keys=False, allow_unicode=True)
        (folder / "treaty.yaml").write_text(text, encoding="utf-8")
        with (folder / "actions.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["participant", "action", "date", "known", "effect", "source", "note"])
            for row in rows:
                kind, effect = KINDS[row["action"]], row["published_effect"]
                table.writerow([row["participant"], kind, row["deposit"], "", effect, row["source"], ""])
    return sum(len(rows) for rows in by_treaty.values())


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} instruments\n")
