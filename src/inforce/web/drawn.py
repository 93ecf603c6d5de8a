"""Which participants the map draws as a shape, and which as a point."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final, NamedTuple

from lxml import etree

_SVG: Final = "{http://www.w3.org/2000/svg}"


class Drawn(NamedTuple):
    """Keys of participants: those with a shape, and those with a point."""

    shapes: tuple[str, ...]
    points: tuple[str, ...]


@functools.cache
def map_keys() -> Drawn:
    """The keys that `static/map.svg` holds."""
    picture = etree.fromstring(resources.files("inforce.web").joinpath("static/map.svg").read_bytes())
    groups = {group.get("id"): group for group in picture.findall(f"{_SVG}g")}
    return Drawn(*(tuple(one.get("id") for one in groups[name]) for name in ("states", "points")))
