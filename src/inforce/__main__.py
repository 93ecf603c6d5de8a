"""`python -m inforce` is the command `inforce`."""

from __future__ import annotations

from inforce.cli import main

if __name__ == "__main__":
    main()
