"""Sources followed, day after day: what is new is read, checked and entered in the ledger, once."""
