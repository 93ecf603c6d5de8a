"""Checking: claims held against the record and the law, each with a verdict and the reasoning behind it."""

from inforce.checking.checker import check
from inforce.checking.model import Finding, Report

__all__ = ["Finding", "Report", "check"]
