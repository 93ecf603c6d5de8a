"""The explorer and the API: the law's, the checker's and the ledger's answers as pages and over HTTP.

No rule of law stands here: a page asks the same functions as the command line, and shows the answer.
"""

from inforce.web.app import make_app
from inforce.web.site import Site

__all__ = ["Site", "make_app"]
