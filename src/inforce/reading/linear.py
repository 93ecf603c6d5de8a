"""Options of the linear-time expressions (RE2) that the grammars of times and amounts are made of."""

from __future__ import annotations

from typing import Any

import re2


def re2_options(*, longest: bool) -> Any:
    """Without case; with `longest` the longest match at a place, and no groups."""
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = longest
    options.never_capture = longest
    options.max_mem = 256 << 20
    options.log_errors = False
    return options
