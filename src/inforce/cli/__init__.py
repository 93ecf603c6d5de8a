"""The command line: it parses what is asked, asks the other parts, and prints. It holds no rule of law."""

from __future__ import annotations

from inforce.cli.app import main

__all__ = ["main"]
