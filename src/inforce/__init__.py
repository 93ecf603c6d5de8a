"""Which treaty law is in force, for whom, since when, and on whose word."""

__version__ = "0.1.0"
