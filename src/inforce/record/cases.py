"""The worked examples beside a treaty: the sentences of its `cases.yaml`, which the tests hold the law to."""

from __future__ import annotations

from pathlib import Path

from inforce.errors import RecordError
from inforce.record.layers import record_files, shown


def worked_examples(treaty: str, overlay: Path | None = None) -> tuple[str, ...]:
    """The sentences of a treaty's cases in the order of the file; none where it has no such file.

    Raises `RecordError` where the file is no mapping of lists of cases with a sentence each.
    """
    path = record_files(overlay).get(f"treaties/{treaty}/cases.yaml")
    if path is None:
        return ()
    import yaml  # noqa: PLC0415  only pages and `inforce treaty` read the cases

    groups = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    if not isinstance(groups, dict):
        raise RecordError(f"{shown(path)}: not a mapping; give status, parties, ... each a list of cases")
    sentences = []
    for name, cases in groups.items():
        for case in cases or ():
            if not isinstance(case, dict) or not isinstance(case.get("case"), str):
                raise RecordError(f"{shown(path)}: {name}: a case without its sentence; write case: ...")
            sentences.append(case["case"])
    return tuple(sentences)
