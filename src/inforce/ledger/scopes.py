"""What a key of the API may do, in the words that whoever makes one is told."""

from __future__ import annotations

from typing import Final

SCOPES: Final = {
    "ledger": "write to the ledger",
    "watch": "add and end sources of the watch",
}
