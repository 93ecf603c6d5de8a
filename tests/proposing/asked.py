"""An article that tells a thing in words the reader does not know, and a model's proposals about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from stub_server import Behaviour, running

from inforce.proposing.model import Proposals
from inforce.proposing.propose import propose
from inforce.proposing.server import Server
from inforce.reading import read
from inforce.reading.model import Document
from inforce.record import load

FAREWELL = "Since 10 January 2026 the Ottawa Convention has been a closed book for Finland"
TEXT = f"""\
{FAREWELL}. Latvia signed the treaty of the sea.

Lithuania notified the United Nations of its withdrawal from the Ottawa Convention on 27 June 2025. "We had
to," said Minister Jonas Petraitis. Lithuania said it again. The convention bans anti-personnel mines and has
162 parties; withdrawal takes six months. Firms get 20 million euros.
"""
PUBLISHED = date(2026, 2, 1)


def proposal(**parts: Any) -> dict[str, Any]:
    """A proposal that holds, with parts changed."""
    return {
        "quote": FAREWELL,
        "kind": "treaty-action",
        "predicate": "left",
        "subject": ["Finland"],
        "treaty": "apmbc",
        "when": "2026-01-10",
        "object": {},
        "modality": "done",
        "negated": False,
        "attribution": None,
        **parts,
    }


def document(text: str = TEXT, title: str | None = None) -> Document:
    return Document(source="test", text=text, title=title, published=PUBLISHED)


def asked(server: Server, text: str = TEXT) -> Proposals:
    """The article read, and the model asked about it."""
    return propose(document(text), read(document(text), load()), load(), server)


def proposals(*behaviours: Behaviour, text: str = TEXT, patience: float = 10.0) -> Proposals:
    """The same with a stub that behaves so."""
    with running(*behaviours) as stub:
        return asked(Server(model="m", url=stub.url, patience=patience, pauses=(0.0, 0.0)), text)
