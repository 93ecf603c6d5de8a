"""The API: the questions over HTTP, each described once, for the handlers, the document and its page."""

from inforce.web.api.described import described, described_in_words
from inforce.web.api.routes import HANDLERS
from inforce.web.api.sent import SENT

API = (*HANDLERS, *SENT, described, described_in_words)

__all__ = ["API"]
