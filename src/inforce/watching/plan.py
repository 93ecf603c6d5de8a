"""The file of `inforce watch`: which sources are followed, what somebody wants to be told, and by which way.

    sources:
      - name: Baltic wire
        feed: https://wire.example/rss.xml     # RSS, Atom or JSON Feed
        every: 15m
      - {name: Ministry, sitemap: https://ministry.example/sitemap.xml, every: 6h}
      - {name: Clippings, folder: clippings}   # files that appear there
      - {name: Newsletter, mail: Maildir}      # a Maildir folder, or an mbox file
      - {name: UN, depositary: https://treaties.un.org/..., treaty: apmbc, every: 1d}
    rules:
      - {name: exits, when: withdrawal-notified}
      - {name: errors, when: contradicted, sources: [Baltic wire]}
    tell:
      - terminal
      - {atom: alerts.xml}
      - {ics: dates.ics}

Every key and value is known or an error that names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import re2
import yaml

from inforce.errors import UsageError, as_written
from inforce.reading.formats.fetch import address_parts
from inforce.record.model import Record
from inforce.record.names import find_participant, find_treaty

_SPAN = re2.compile(r"(\d{1,5})\s*(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_KINDS = ("feed", "sitemap", "folder", "mail", "depositary")
#: Those that are addresses of the web, and the longest one that is taken.
_ON_THE_WEB = ("feed", "sitemap", "depositary")
LONGEST_ADDRESS = 2_000
_IN_NO_ADDRESS = frozenset('<>"\\')  # nor what cannot be printed (RFC 3986, appendix C)
#: No source is asked more often than this, whatever the file says.
SHORTEST = timedelta(seconds=30)
_LONGEST = timedelta(days=366)
_MOST_BYTES = 1 << 20


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where articles come from. Exactly one of feed, sitemap, folder, mail, depositary is given."""

    name: str
    feed: str | None = None
    sitemap: str | None = None
    folder: str | None = None
    mail: str | None = None
    depositary: str | None = None
    treaty: str | None = None
    every: str = "30m"

    @property
    def kind(self) -> str:
        """Which of the five it is."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not None)

    @property
    def place(self) -> str:
        """Its address or path."""
        return str(getattr(self, self.kind))

    @property
    def pause(self) -> timedelta:
        """The time between two visits."""
        return max(span(self.every), SHORTEST)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody wants to be told.

    `when` is a verdict on a claim ("contradicted"), a treaty action told as done ("withdrawal-notified"),
    a change of the record ("record-changed"), a ruling that turned ("turned"), an edit that changes a claim
    ("edited"), a count that falls ("parties-below", with `number` and `treaty`), or a deadline ahead
    ("deadline", with `within`). What is not given does not matter.
    """

    name: str
    when: str
    treaty: str | None = None
    state: str | None = None
    sources: tuple[str, ...] = ()
    number: int | None = None
    within: str | None = None


class Webhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address that gets each alert as JSON, signed with the secret in an environment variable."""

    webhook: str
    secret: str  # name of the variable, never the secret


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mailboxes that each get each alert by SMTP; the password is in an environment variable."""

    to: tuple[str, ...]
    sender: str
    smtp: str  # host:port
    user: str | None = None
    password: str | None = None  # name of the variable
    tls: bool = True

    @property
    def server(self) -> tuple[str, int]:
        """Host and port. Raises `ValueError` where the port is no number."""
        parts = urlsplit(f"//{self.smtp}")
        return parts.hostname or "", parts.port or 587


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An Atom feed of the alerts, kept on disk."""

    atom: str


class Dates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An iCalendar of the dates that the rules on deadlines are about, kept on disk."""

    ics: str


class Plan(msgspec.Struct, frozen=True):
    """The whole file. Paths in it are relative to `folder`."""

    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    terminal: bool
    webhooks: tuple[Webhook, ...]
    mails: tuple[Mail, ...]
    feeds: tuple[Feed, ...]
    calendars: tuple[Dates, ...]
    folder: Path

    def path(self, given: str) -> Path:
        """A path of the file."""
        return self.folder / Path(given).expanduser()


_WAYS = {"webhook", "smtp", "atom", "ics"}

#: Values of a rule's `when`.
EVENTS = (
    "contradicted",
    "imprecise",
    "outdated",
    "contested",
    "withdrawal-notified",
    "withdrawal-announced",
    "suspended",
    "joined",
    "record-changed",
    "turned",
    "edited",
    "parties-below",
    "deadline",
)


def load_plan(file: Path) -> Plan:
    """The plan in a file. Raises `UsageError` that names what is wrong and where."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    if len(data) > _MOST_BYTES:
        raise UsageError(f"{file}: is over {_MOST_BYTES // 2**20} MB, and no plan")
    try:
        raw = yaml.safe_load(data)
    except (yaml.YAMLError, RecursionError) as error:
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise UsageError(f"{file}{line}: is no YAML ({reason})") from None
    return _plan(raw, file)


def _plan(raw: Any, file: Path) -> Plan:
    if not isinstance(raw, dict) or set(raw) - {"sources", "rules", "tell"}:
        unknown = sorted(map(str, set(raw) - {"sources", "rules", "tell"})) if isinstance(raw, dict) else []
        named = f" {unknown[0]!r}" if unknown else ""
        raise UsageError(f"{file}: unknown key{named}; a plan has sources, rules and tell")
    sources = tuple(_one(Source, one, f"{file}: source {n}") for n, one in _numbered(raw, "sources", file))
    rules = tuple(_one(Rule, one, f"{file}: rule {n}") for n, one in _numbered(raw, "rules", file))
    if raw.get("sources") is None:
        raise UsageError(
            f"{file}: names no source; give some under sources, or sources: [] where all come over HTTP"
        )
    for source in sources:
        verify_source(source, f"{file}: ")
    _distinct([source.name for source in sources], file, "source")
    _distinct([rule.name for rule in rules], file, "rule")
    for rule in rules:
        _verify_rule(rule, {source.name for source in sources}, file)
    ways = _numbered(raw, "tell", file)
    mails = _ways(ways, Mail, "smtp", file)
    for mail in mails:
        _verify_mail(mail, f"{file}: mail by {mail.smtp}")
    for hook in (hooks := _ways(ways, Webhook, "webhook", file)):
        if urlsplit(hook.webhook).scheme not in ("http", "https") or not urlsplit(hook.webhook).hostname:
            raise UsageError(f"{file}: webhook {hook.webhook!r} is no http or https address")
    calendars = _ways(ways, Dates, "ics", file)
    if calendars and not any(rule.when == "deadline" for rule in rules):
        raise UsageError(f"{file}: ics holds the dates of rules on deadlines, and there is none; add one")
    return Plan(
        sources=sources,
        rules=rules,
        terminal=not ways or any(one == "terminal" for _, one in ways),
        webhooks=tuple(hooks),
        mails=tuple(mails),
        feeds=tuple(_ways(ways, Feed, "atom", file)),
        calendars=tuple(calendars),
        folder=file.resolve().parent,
    )


def _numbered(raw: dict[str, Any], key: str, file: Path) -> list[tuple[int, Any]]:
    value = raw.get(key) or []
    if not isinstance(value, list):
        raise UsageError(f"{file}: {key} must be a list")
    return list(enumerate(value, 1))


def _one(kind: Any, raw: Any, where: str) -> Any:
    try:
        return msgspec.convert(raw, kind, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where}: {error}") from None


def _ways(ways: list[tuple[int, Any]], kind: Any, mark: str, file: Path) -> list[Any]:
    found = []
    for number, one in ways:
        if isinstance(one, dict) and mark in one:
            found.append(_one(kind, one, f"{file}: tell {number}"))
        elif one != "terminal" and not (isinstance(one, dict) and _WAYS & set(one)):
            raise UsageError(
                f"{file}: tell {number}: give terminal, or an entry with webhook, smtp, atom or ics"
            )
    return found


def verify_source(source: Source, where: str = "", kinds: Sequence[str] = _KINDS) -> None:
    """Raises `UsageError` where a source cannot be followed, or is none of `kinds`."""
    where = f"{where}source {as_written(source.name)}"
    given = [kind for kind in _KINDS if getattr(source, kind) is not None]
    if len(given) != 1 or given[0] not in kinds:
        raise UsageError(f"{where}: give exactly one of {', '.join(kinds)}")
    if (source.kind == "depositary") is not (source.treaty is not None):
        raise UsageError(f"{where}: a depositary needs its treaty, others have none")
    if source.kind in _ON_THE_WEB:
        _verify_address(source.place, f"{where}: {source.kind}")
    span(source.every, f"{where}: every")


def _verify_address(address: str, where: str) -> None:
    if len(address) > LONGEST_ADDRESS:
        raise UsageError(f"{where}: is longer than {LONGEST_ADDRESS:,} characters")
    if not address.isprintable() or _IN_NO_ADDRESS & set(address):
        raise UsageError(f"{where}: is no address; check it")
    address_parts(address, where)


def _verify_rule(rule: Rule, sources: set[str], file: Path) -> None:
    where = f"{file}: rule {rule.name!r}"
    if rule.when not in EVENTS:
        raise UsageError(f"{where}: unknown event {rule.when!r}; known are {', '.join(EVENTS)}")
    for name in rule.sources:
        if name not in sources:
            raise UsageError(f"{where}: no source is called {name!r}")
    if rule.when == "parties-below" and (rule.number is None or rule.treaty is None):
        raise UsageError(f"{where}: parties-below needs a number and a treaty")
    if rule.when == "deadline" and rule.within is None:
        raise UsageError(f"{where}: a deadline needs within, as in 30d")
    if rule.within is not None:
        span(rule.within, f"{where}: within")


def known(plan: Plan, record: Record) -> Plan:
    """The plan with the keys of its treaties and states. Raises `UsageError` where one is unknown."""

    def keyed(one: Any) -> Any:
        found = {}
        try:
            if one.treaty is not None:
                found["treaty"] = find_treaty(record, one.treaty).key
            if getattr(one, "state", None) is not None:
                found["state"] = find_participant(record, one.state).key
        except UsageError as error:
            raise UsageError(f"{one.name!r} of the plan: {error}") from None
        return msgspec.structs.replace(one, **found)

    return msgspec.structs.replace(
        plan, sources=tuple(map(keyed, plan.sources)), rules=tuple(map(keyed, plan.rules))
    )


_ADDRESS = re2.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


def _verify_mail(mail: Mail, where: str) -> None:
    for address in (mail.sender, *mail.to):
        if not _ADDRESS.fullmatch(address):
            raise UsageError(f"{where}: {address!r} is no address of a mailbox, such as desk@example.org")
    if not mail.to:
        raise UsageError(f"{where}: to names nobody")
    try:
        host = mail.server[0]
    except ValueError:
        host = ""
    if not host:
        raise UsageError(f"{where}: smtp {mail.smtp!r} is no server; write host:port")
    if (mail.user is None) is not (mail.password is None):
        raise UsageError(f"{where}: give both user and password, or neither")
    if mail.user is not None and not mail.tls:
        raise UsageError(f"{where}: a password is sent behind TLS only; take out tls: false")


def _distinct(names: list[str], file: Path, what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{file}: two {what}s are called {name!r}")


def span(text: str, where: str = "every") -> timedelta:
    """A length of time: 90s, 15m, 6h, 1d. Raises `UsageError` where it is none."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{where}: {as_written(text)} is no length of time; write 90s, 15m, 6h or 1d")
    found = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if not timedelta(0) < found <= _LONGEST:
        raise UsageError(f"{where}: {text!r} is not between one second and a year")
    return found
