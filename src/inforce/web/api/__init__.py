"""The API: the questions over HTTP, each described once, for the handlers, the document and its page."""

from litestar import Router

from inforce.web.api.described import described, described_in_words
from inforce.web.api.routes import HANDLERS
from inforce.web.api.sent import SENT
from inforce.web.api.watching import FOLLOWING

# One router: with each further method that comes to its path, Litestar wraps a handler for its thread again.
API = (Router("/", route_handlers=[*HANDLERS, *SENT, *FOLLOWING, described, described_in_words]),)

__all__ = ["API"]
