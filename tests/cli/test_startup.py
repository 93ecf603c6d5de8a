"""What a start of the command does not load."""

from __future__ import annotations

import subprocess
import sys


def test_a_warm_status_loads_neither_a_parser_nor_arrays() -> None:
    asked = [sys.executable, "-X", "importtime", "-m", "inforce", "status", "FIN", "apmbc"]
    for _ in range(2):  # the first may have to compile the record
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"inforce.law", "inforce.record.load", "msgspec"} <= loaded
    assert not loaded & {"yaml", "inforce.record.yaml_file", "numpy", "tempfile", "trafilatura"}
