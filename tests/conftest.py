"""The tests keep what they cache in a folder of their own, for themselves and the commands they start."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

pytest_plugins = ("databases", "watchers")  # of tests/ledger and tests/watching

_CACHE = tempfile.mkdtemp(prefix="inforce-tests-")
os.environ["INFORCE_CACHE"] = _CACHE


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)
