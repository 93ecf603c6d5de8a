"""The record: what was done towards the depositary, as read from files, frozen.

`inforce.record.audit` checks it beyond its types, and is imported only by those who ask for that.
"""

from inforce.record.load import actions_csv, load, parse_actions

__all__ = ["actions_csv", "load", "parse_actions"]
