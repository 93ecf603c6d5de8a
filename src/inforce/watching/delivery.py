"""Alerts on their way, to a terminal, a webhook, a mailbox, a feed: at least once, recognisable as the same.

Each alert has a key that never changes; a receiver that sees it twice can tell. What a channel got is noted
after it got it, so that nothing is lost to a process that dies between the two.
"""

# ruff: noqa: PLC0415 - each channel has its own library

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Row

from inforce import __version__
from inforce.errors import UsageError
from inforce.ledger.place import Ledger
from inforce.ledger.tables import alerts, deliveries
from inforce.reports.naming import one_line
from inforce.watching.events import waiting
from inforce.watching.manners import later
from inforce.watching.plan import Mail, Plan, Webhook

#: Entries of the Atom feed, the latest.
_ENTRIES = 200
_SECONDS = 20.0
_GONE = 400


class Channel(Protocol):
    """A way to tell somebody of alerts. `name` is what the ledger calls it."""

    name: str

    def send(self, alert: dict[str, Any]) -> None:
        """Deliver one alert, or raise `UsageError`, `OSError`."""


def as_json(alert: Row[tuple[object, ...]]) -> dict[str, Any]:
    """An alert as every channel tells it."""
    return {
        "id": f"urn:inforce:alert:{alert.key}",
        "rule": alert.rule,
        "kind": alert.kind,
        "title": alert.title,
        "made": alert.made.isoformat(),
        "detail": alert.detail,
    }


class Terminal:
    """A line for each alert on standard output."""

    name = "terminal"

    def send(self, alert: dict[str, Any]) -> None:
        """Print it."""
        correction = alert["detail"].get("correction")
        words = f"[{alert['rule']}] {alert['title']}" + (f" -- {correction}" if correction else "")
        sys.stdout.write(one_line(words) + "\n")
        sys.stdout.flush()


class Hook:
    """POSTs each alert as JSON, with `X-Inforce-Signature: sha256=` and the HMAC of the body."""

    def __init__(self, asked: Webhook, post: Callable[[str, bytes, dict[str, str]], int]) -> None:
        self.name = f"webhook {asked.webhook}"
        self._url, self._post = asked.webhook, post
        self._secret = _variable(asked.secret, f"webhook {asked.webhook}")

    def send(self, alert: dict[str, Any]) -> None:
        """Post it; any answer but a success is a failure."""
        body = json.dumps(alert, ensure_ascii=False).encode("utf-8")
        signed = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
        status = self._post(
            self._url,
            body,
            {
                "Content-Type": "application/json",
                "User-Agent": f"inforce/{__version__}",
                "X-Inforce-Signature": f"sha256={signed}",
                "Idempotency-Key": alert["id"],
            },
        )
        if status >= _GONE or status < 200:
            raise UsageError(f"webhook {self._url}: answers with status {status}")


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that the user's own address answers to a body; redirects are not followed."""
    import urllib3

    with urllib3.PoolManager(timeout=_SECONDS, retries=False) as pool:
        try:
            answer = pool.request("POST", url, body=body, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise UsageError(f"webhook {url}: cannot be reached ({one_line(str(error))[:200]})") from None
        return int(answer.status)


class Letters:
    """Sends each alert as a mail; its Message-ID is made of the alert's key."""

    def __init__(self, asked: Mail) -> None:
        self._asked = asked
        self.name = f"mail {' '.join(asked.to)}"
        self._password = _variable(asked.password, self.name) if asked.password else None

    def send(self, alert: dict[str, Any]) -> None:
        """Send it by SMTP."""
        import smtplib

        asked = self._asked
        message = EmailMessage()
        message["From"], message["To"] = asked.sender, ", ".join(asked.to)
        message["Subject"] = f"inforce: {one_line(alert['title'])[:150]}"
        message["Message-ID"] = f"<{alert['id'].rpartition(':')[2]}@inforce.alert>"
        message.set_content(json.dumps(alert, indent=2, ensure_ascii=False))
        host, _, port = asked.smtp.partition(":")
        try:
            with smtplib.SMTP(host, int(port or 587), timeout=_SECONDS) as server:
                if asked.tls:
                    server.starttls()
                if asked.user and self._password:
                    server.login(asked.user, self._password)
                server.send_message(message)
        except (smtplib.SMTPException, ValueError) as error:
            raise UsageError(f"{self.name}: {one_line(str(error))[:200]}") from None


def _variable(name: str, who: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise UsageError(f"{who}: the environment variable {name} is not set; it holds the secret")
    return value


def channels(plan: Plan) -> list[Channel]:
    """The channels of a plan. Raises `UsageError` where a secret is missing."""
    found: list[Channel] = [Terminal()] if plan.terminal else []
    found += [Hook(one, post) for one in plan.webhooks]
    found += [Letters(one) for one in plan.mails]
    return found


def deliver(ledger: Ledger, ways: Sequence[Channel], now: datetime) -> Iterator[tuple[str, str | None]]:
    """Deliver what waits, channel by channel; yields each attempt's channel and problem (None: delivered).

    After a failure a channel is left alone for a while, longer after each.
    """
    for way in ways:
        with ledger.reading() as connection:
            todo = waiting(connection, way.name, deliveries)
            ready = not todo or _may_try(connection, way.name, now)
        for alert in todo if ready else ():
            problem = None
            try:
                way.send(as_json(alert))
            except (UsageError, OSError) as error:
                problem = one_line(str(error))[:500]
            row = {
                "alert_id": alert.id,
                "channel": way.name,
                "tried": now,
                "outcome": "failed" if problem else "delivered",
                "detail": problem,
            }
            with ledger.writing() as connection:
                connection.execute(sa.insert(deliveries), row)
            yield way.name, problem
            if problem:
                break


def _may_try(connection: sa.Connection, channel: str, now: datetime) -> bool:
    latest = sa.select(deliveries.c.outcome, deliveries.c.tried).where(deliveries.c.channel == channel)
    failures, last = 0, None
    for row in connection.execute(latest.order_by(deliveries.c.id.desc()).limit(20)):
        if row.outcome == "delivered":
            break
        failures, last = failures + 1, last or row.tried
    if last is None:
        return True
    # A clock that was set back must not keep alerts waiting.
    return not last <= now < last + later(failures, dice=lambda: 0.5)


def write_atom(ledger: Ledger, file: Path, title: str) -> None:
    """The latest alerts as an Atom feed (RFC 4287) whose entries carry the change itself, written at once."""
    from lxml import etree

    with ledger.reading() as connection:
        wanted = sa.select(alerts).order_by(alerts.c.id.desc()).limit(_ENTRIES)
        held = [as_json(alert) for alert in connection.execute(wanted)]
    feed = etree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _child(feed, "id", "urn:inforce:alerts")
    _child(feed, "title", title)
    _child(feed, "updated", held[0]["made"] if held else "1970-01-01T00:00:00+00:00")
    author = etree.SubElement(feed, "author")
    _child(author, "name", "inforce")
    for alert in held:
        entry = etree.SubElement(feed, "entry")
        _child(entry, "id", alert["id"])
        _child(entry, "title", alert["title"])
        _child(entry, "updated", alert["made"])
        etree.SubElement(entry, "category", term=alert["kind"])
        if url := _link(alert["detail"].get("url")):
            etree.SubElement(entry, "link", href=url, rel="related")
        content = _child(entry, "content", json.dumps(alert["detail"], indent=2, ensure_ascii=False))
        content.set("type", "text")
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))
    unfinished.replace(file)


def _child(parent: Any, name: str, text: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, name)
    child.text = "".join(
        sign for sign in text if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff")
    )
    return child


def _link(url: Any) -> str | None:
    return (
        url
        if isinstance(url, str) and url.startswith(("http://", "https://")) and url.isprintable()
        else None
    )


#: How often the feed on disk is written anew at most.
FEED_PAUSE = timedelta(seconds=5)
