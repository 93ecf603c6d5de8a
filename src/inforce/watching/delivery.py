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
import ssl
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Protocol
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Row

from inforce import __version__
from inforce.errors import UsageError
from inforce.ledger.place import Ledger
from inforce.ledger.tables import alerts, deliveries
from inforce.reports.naming import one_line
from inforce.watching.manners import later
from inforce.watching.plan import Mail, Plan, Webhook

_SECONDS = 20.0
_OK, _MOVED = 200, 300
#: Alerts that one channel gets in one go; the loop has other work too.
_MOST = 20
#: How long a channel is left alone after a failure.
_REST = timedelta(minutes=1)


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
    """A line for each alert on standard output: in words, or as JSON."""

    name = "terminal"

    def __init__(self, *, in_json: bool = False) -> None:
        self._in_json = in_json

    def send(self, alert: dict[str, Any]) -> None:
        """Print it."""
        sys.stdout.write((json.dumps(alert) if self._in_json else self._words(alert)) + "\n")
        sys.stdout.flush()

    def _words(self, alert: dict[str, Any]) -> str:
        correction = alert["detail"].get("correction")
        return one_line(f"[{alert['rule']}] {alert['title']}" + (f" -- {correction}" if correction else ""))


class Hook:
    """POSTs each alert as JSON, with `X-Inforce-Signature: sha256=` and the HMAC of the body."""

    def __init__(self, asked: Webhook, post: Callable[[str, bytes, dict[str, str]], int]) -> None:
        # The path of an address may be a secret; logs and the ledger name it without.
        mark = hashlib.sha256(asked.webhook.encode()).hexdigest()[:8]
        self.name = f"webhook {urlsplit(asked.webhook).hostname} ({mark})"
        self._url, self._post = asked.webhook, post
        self._secret = _variable(asked.secret, self.name)

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
        if not _OK <= status < _MOVED:
            raise UsageError(f"{self.name}: answers with status {status}")


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that the user's own address answers to a body; redirects are not followed."""
    import urllib3

    with urllib3.PoolManager(timeout=_SECONDS, retries=False) as pool:
        try:
            answer = pool.request(
                "POST", url, body=body, headers=headers, redirect=False, preload_content=False
            )
            answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise UsageError(f"cannot be reached ({one_line(str(error))[:200]})") from None
        return int(answer.status)


class Letters:
    """Sends each alert to one mailbox; the Message-ID is made of the alert's key."""

    def __init__(self, asked: Mail, to: str, context: ssl.SSLContext | None = None) -> None:
        self._asked, self._to = asked, to
        self._context = context or ssl.create_default_context()
        self.name = f"mail {to}"
        self._password = _variable(asked.password, self.name) if asked.password else None

    def send(self, alert: dict[str, Any]) -> None:
        """Send it by SMTP; name and password only behind TLS, whose certificate is verified."""
        import smtplib

        asked = self._asked
        try:
            letter = self._letter(alert)
            host, port = asked.server
            with smtplib.SMTP(host, port, timeout=_SECONDS) as server:
                if asked.tls:
                    server.starttls(context=self._context)
                if asked.user and self._password:
                    server.login(asked.user, self._password)
                server.send_message(letter)
        except (smtplib.SMTPException, ValueError) as error:
            raise UsageError(f"{self.name}: {one_line(str(error))[:200]}") from None

    def _letter(self, alert: dict[str, Any]) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._asked.sender, self._to
        letter["Subject"] = f"inforce: {one_line(alert['title'])[:150]}"
        letter["Date"] = datetime.fromisoformat(alert["made"])
        letter["Message-ID"] = f"<{alert['id'].rpartition(':')[2]}@inforce.alert>"
        letter.set_content(json.dumps(alert, indent=2, ensure_ascii=False))
        return letter


def _variable(name: str, who: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise UsageError(f"{who}: the environment variable {name} is not set; it holds the secret")
    return value


def channels(plan: Plan, *, in_json: bool = False) -> list[Channel]:
    """The channels of a plan. Raises `UsageError` where a secret is missing."""
    found: list[Channel] = [Terminal(in_json=in_json)] if plan.terminal else []
    found += [Hook(one, post) for one in plan.webhooks]
    found += [Letters(one, to) for one in plan.mails for to in one.to]
    return found


def deliver(ledger: Ledger, ways: Sequence[Channel], now: datetime) -> Iterator[tuple[str, str | None]]:
    """Deliver what waits, channel by channel; yields each attempt's channel and problem (None: delivered).

    After a failure a channel rests for a minute. What failed is tried again later, after each failure much
    later, and after all that did not: one alert that is refused keeps no other waiting.
    """
    for way in ways:
        with ledger.reading() as connection:
            todo = _ready(connection, way.name, now)
        for alert in todo[:_MOST]:
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


def _ready(connection: sa.Connection, channel: str, now: datetime) -> list[Any]:
    """The alerts that a channel has not got yet and may be tried now, the oldest first, the failed last."""
    of_channel = sa.and_(deliveries.c.alert_id == alerts.c.id, deliveries.c.channel == channel)
    got = sa.exists().where(of_channel, deliveries.c.outcome == "delivered")
    todo = list(connection.execute(sa.select(alerts).where(~got).order_by(alerts.c.id)))
    if not todo:
        return []
    last = sa.func.max(deliveries.c.tried)
    failed = (
        sa.select(deliveries.c.alert_id, sa.func.count().label("times"), last.label("last"))
        .where(deliveries.c.channel == channel, deliveries.c.outcome == "failed")
        .group_by(deliveries.c.alert_id)
    )
    failures = {row.alert_id: row for row in connection.execute(failed)}
    # A clock that was set back must not keep alerts waiting: what was tried in the future was not just tried.
    if any(row.last <= now < row.last + _REST for row in failures.values()):
        return []
    ready = []
    for alert in todo:
        held = failures.get(alert.id)
        if held is None or not held.last <= now < held.last + later(held.times, dice=lambda: 0.5):
            ready.append((0 if held is None else held.times, alert.id, alert))
    return [alert for *_, alert in sorted(ready, key=lambda one: one[:2])]
