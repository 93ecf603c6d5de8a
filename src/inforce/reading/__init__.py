"""Text in, claims out: what an article says about treaty law, and who says it there."""

from inforce.reading.reader import read

__all__ = ["read"]
