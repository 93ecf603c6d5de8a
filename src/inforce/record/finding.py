"""What an audit of the record finds."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["error", "warning", "note"]


class AuditFinding(msgspec.Struct, frozen=True, order=True):
    """One finding. `error`: the record contradicts itself or the treaty; `warning`: probably wrong;
    `note`: a gap worth knowing. `line` is None where the finding is about no single line.
    """

    level: Level
    file: str
    line: int | None
    text: str
