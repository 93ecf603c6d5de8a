"""The record: what was done towards the depositary, as read from files, frozen."""

from inforce.record.load import load

__all__ = ["load"]
