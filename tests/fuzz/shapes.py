"""Texts that grow by repetition, as `shapes.yaml` has them."""

from __future__ import annotations

from pathlib import Path

import yaml

SHAPES: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("shapes.yaml").read_text(encoding="utf-8")
)
#: Without the name of a treaty nothing is read.
TELLS = "The Ottawa Convention is a treaty.\n"


def grown(shape: dict[str, str], size: int) -> str:
    """The shape's text of about `size` characters."""
    piece = shape["piece"]
    times = max(1, size // len(piece.replace("{n}", "1999")))
    repeated = "".join(piece.replace("{n}", str(1900 + n % 200)) for n in range(times))
    return TELLS + shape.get("before", "") + repeated + shape.get("after", "")
