"""The record: what was done towards the depositary, as read from files, frozen."""

from inforce.record.audit import audit
from inforce.record.finding import AuditFinding
from inforce.record.load import actions_csv, load, parse_actions

__all__ = ["AuditFinding", "actions_csv", "audit", "load", "parse_actions"]
