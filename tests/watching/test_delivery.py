"""Alerts on their way: each once a channel, tried again, recognisable, signed; files that others follow."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from endure import Receiver
from icalendar import Calendar
from lxml import etree
from newsroom import Site
from watchers import Clock, Make, feed, page, rows

from inforce.errors import UsageError
from inforce.ledger.place import Ledger
from inforce.ledger.tables import alerts, deliveries
from inforce.record.model import Record
from inforce.watching.delivery import Channel, Hook, Letters, Terminal, as_json, channels, deliver, post
from inforce.watching.events import Event, raise_alerts
from inforce.watching.plan import Mail, Rule, Webhook, load_plan

RULE = Rule("errors", "contradicted")
NOW = datetime(2025, 7, 12, 9, tzinfo=UTC)


@pytest.fixture
def raised(ledger: Ledger) -> list[str]:
    """Three alerts in the ledger; their ids."""
    happened = [Event(str(n), "contradicted", f"event {n}", {"n": n}) for n in range(3)]
    with ledger.writing() as connection:
        assert raise_alerts(connection, [*happened, *happened], [RULE], NOW) == 3
        assert raise_alerts(connection, happened, [RULE], NOW + timedelta(days=1)) == 0
    return [as_json(row)["id"] for row in rows(ledger, alerts)]


class Answers:
    """A receiver of webhooks that answers as it is told; `got` is what came."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.got = list(answers), list[tuple[bytes, dict[str, str]]]()

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.got.append((body, headers))
        return self.answers.pop(0) if self.answers else 204

    @property
    def ids(self) -> list[str]:
        """The id of each alert that came."""
        return [json.loads(body)["id"] for body, _ in self.got]


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> tuple[Hook, Answers]:
    monkeypatch.setenv("KEY", "s3cret")
    answers = Answers()
    return Hook(Webhook("https://hook.example/path-of-its-own", "KEY"), answers), answers


def sent(ledger: Ledger, ways: Sequence[Channel], at: datetime) -> list[bool]:
    """Whether each attempt succeeded."""
    return [problem is None for _, problem in deliver(ledger, ways, at)]


def test_a_webhook_gets_each_event_once_signed_and_again_after_a_failure(
    ledger: Ledger, raised: list[str], hook: tuple[Hook, Answers]
) -> None:
    way, answers = hook
    answers.answers = [204, 500]
    assert sent(ledger, [way], NOW) == [True, False]
    assert sent(ledger, [way], NOW + timedelta(seconds=20)) == []  # left alone for a while
    assert sent(ledger, [way], NOW + timedelta(minutes=2)) == [True, True]
    assert sent(ledger, [way], NOW + timedelta(days=1)) == []
    assert answers.ids == [raised[0], raised[1], raised[2], raised[1]]
    bodies = {json.loads(body)["id"]: body for body, _ in answers.got}
    for body, headers in answers.got:
        signed = hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
        assert headers["X-Inforce-Signature"] == f"sha256={signed}"
        assert headers["Idempotency-Key"] == json.loads(body)["id"]
        assert bodies[json.loads(body)["id"]] == body
    assert [row.outcome for row in rows(ledger, deliveries)] == ["delivered", "failed", *["delivered"] * 2]


@pytest.mark.parametrize("status", [100, 301, 302, 404, 500])
def test_what_is_no_success_is_sent_again(
    ledger: Ledger, raised: list[str], hook: tuple[Hook, Answers], status: int
) -> None:
    way, answers = hook
    answers.answers = [status]
    assert sent(ledger, [way], NOW) == [False]
    assert sent(ledger, [way], NOW + timedelta(hours=1)) == [True, True, True]
    assert sorted(set(answers.ids)) == sorted(raised)


def test_an_alert_that_is_refused_keeps_no_other_waiting(
    ledger: Ledger, raised: list[str], hook: tuple[Hook, Answers]
) -> None:
    way, _ = hook
    first = raised[0]
    refused: list[str] = []

    def send(alert: dict[str, Any]) -> None:
        refused.append(alert["id"])
        if alert["id"] == first:
            raise UsageError("refused")

    way.send = send  # type: ignore[method-assign]
    tries = [sent(ledger, [way], NOW + timedelta(minutes=minute)) for minute in range(10)]
    assert tries[:2] == [[False], [True, True, False]]
    assert refused[1:3] == raised[1:]
    assert 1 <= sum(map(len, tries[2:])) <= 4


def test_waits_grow_with_each_failure(ledger: Ledger, raised: list[str], hook: tuple[Hook, Answers]) -> None:
    way, answers = hook
    answers.answers = [500] * 1000
    tried = [minute for minute in range(600) if sent(ledger, [way], NOW + timedelta(minutes=minute))]
    assert len(tried) < 40
    assert max(later - one for one, later in itertools.pairwise(tried)) >= 60
    answers.answers = []
    assert sent(ledger, [way], NOW - timedelta(days=400)) == [True] * 3  # a clock set back keeps none waiting


def test_neither_logs_nor_the_ledger_hold_the_path_of_a_webhook(
    ledger: Ledger, raised: list[str], hook: tuple[Hook, Answers]
) -> None:
    way, answers = hook
    answers.answers = [500]
    ((name, problem),) = list(deliver(ledger, [way], NOW))
    assert "hook.example" in name
    assert "path-of-its-own" not in f"{name} {problem} {rows(ledger, deliveries)}"


@pytest.mark.parametrize("in_json", [False, True])
def test_the_terminal_gets_a_line_for_each(
    ledger: Ledger, raised: list[str], in_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sent(ledger, [Terminal(in_json=in_json)], NOW) == [True] * 3
    lines = capsys.readouterr().out.splitlines()
    if in_json:
        assert [json.loads(line)["id"] for line in lines] == raised
    else:
        assert lines == [f"[errors] event {n}" for n in range(3)]


def test_a_webhook_reaches_a_real_server() -> None:
    receiver = Receiver()
    status = post(f"http://127.0.0.1:{receiver.server_address[1]}/", b'{"id": "urn:x"}', {})
    assert (status, receiver.got) == (204, ["urn:x"])
    receiver.shutdown()
    receiver.server_close()
    with pytest.raises(UsageError, match="cannot be reached"):
        post(f"http://127.0.0.1:{receiver.server_address[1]}/secret", b"", {})


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Box:
    """A mailbox: what came, and the answers that are given to it first."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.came: list[tuple[str, list[str], Message]] = []
        self.known: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content)
        self.came.append((envelope.mail_from, envelope.rcpt_tos, letter))
        return self.answers.pop(0) if self.answers else "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.known.append((data.login, data.password))
        return AuthResult(success=data.password == b"pass word")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def plain(box: Box) -> Iterator[int]:
    """The port of a mail server without TLS."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def guarded(box: Box, authority: trustme.CA) -> Iterator[int]:
    """The port of a mail server that wants TLS, a name and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=box.authenticate,
    )
    controller.start()
    yield controller.port
    controller.stop()


def mail(port: int, **more: Any) -> Mail:
    asked = {"to": ("desk@example.org",), "sender": "watch@example.org", "smtp": f"localhost:{port}", **more}
    return Mail(**asked)


def test_a_mailbox_gets_each_event_once_and_again_after_a_failure(
    ledger: Ledger, raised: list[str], box: Box, plain: int
) -> None:
    way = Letters(mail(plain, tls=False), "desk@example.org")
    box.answers = ["250 OK", "451 try later"]
    assert sent(ledger, [way], NOW) == [True, False]
    assert sent(ledger, [way], NOW + timedelta(minutes=5)) == [True, True]
    assert sent(ledger, [way], NOW + timedelta(days=5)) == []
    letters = [letter for *_, letter in box.came]
    marks = [f"<{one.rpartition(':')[2]}@inforce.alert>" for one in raised]
    assert [letter["Message-ID"] for letter in letters] == [marks[0], marks[1], marks[2], marks[1]]
    assert {(who, *to) for who, to, _ in box.came} == {("watch@example.org", "desk@example.org")}
    assert json.loads(letters[0].get_payload(decode=True))["id"] == raised[0]  # type: ignore[arg-type]
    assert "12 Jul 2025" in letters[0]["Date"]


def test_each_mailbox_of_a_plan_is_a_way_of_its_own(tmp_path: Path) -> None:
    told = "tell:\n- {smtp: 'mail.example', sender: a@b.example, to: [c@d.example, e@f.example]}\n"
    (tmp_path / "plan.yaml").write_text(f"sources:\n- {{name: F, folder: x}}\n{told}")
    assert [way.name for way in channels(load_plan(tmp_path / "plan.yaml"))] == [
        "mail c@d.example",
        "mail e@f.example",
    ]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\0"])
def test_what_an_article_says_adds_no_header(ledger: Ledger, box: Box, plain: int, sign: str) -> None:
    title = f"contradicted: x{sign}Bcc: all@example.org{sign}{sign}<b>body</b>{sign}.{sign}MAIL FROM:<x>"
    with ledger.writing() as connection:
        raise_alerts(connection, [Event("1", "contradicted", title.replace("\0", ""), {})], [RULE], NOW)
    assert sent(ledger, [Letters(mail(plain, tls=False), "desk@example.org")], NOW) == [True]
    ((_, to, letter),) = box.came
    assert to == ["desk@example.org"]
    assert letter["Bcc"] is None
    added = {"X-Peer", "X-MailFrom", "X-RcptTo"}  # by the server
    expected = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version"}
    assert set(letter.keys()) - added == expected | {"Content-Type", "Content-Transfer-Encoding"}


def test_a_password_goes_behind_tls_to_a_server_whose_certificate_is_good(  # noqa: PLR0917
    ledger: Ledger,
    raised: list[str],
    box: Box,
    guarded: int,
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "pass word")
    asked = mail(guarded, user="watch", password="MAIL_PASSWORD")  # noqa: S106 - the name of a variable
    assert sent(ledger, [Letters(asked, "desk@example.org")], NOW) == [False]
    assert not box.known  # nobody vouches for the server: it is told nothing
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    assert (
        sent(ledger, [Letters(asked, "desk@example.org", trusting)], NOW + timedelta(hours=1)) == [True] * 3
    )
    assert set(box.known) == {(b"watch", b"pass word")}


def test_a_mail_server_that_is_not_there_stops_nothing(ledger: Ledger, raised: list[str]) -> None:
    way = Letters(mail(1, tls=False), "desk@example.org")
    assert sent(ledger, [way], NOW) == [False]


BY = "smtp: 'm.example', sender: a@b.example"
PLANS = {
    '{smtp: m.example, sender: "a@b.example\\nBcc: x@y.example", to: [c@d.example]}': "no address",
    f'{{{BY}, to: ["c@d.example, x@y.example"]}}': "no address of a mailbox",
    f"{{{BY}, to: []}}": "to names nobody",
    "{smtp: 'm.example:port', sender: a@b.example, to: [c@d.example]}": "is no server",
    f"{{{BY}, to: [c@d.example], user: u}}": "both user and password",
    f"{{{BY}, to: [c@d.example], user: u, password: P, tls: false}}": "TLS only",
    "{webhook: 'ftp://x.example/', secret: S}": "no http or https address",
    "{ics: x, atom: y}": "unknown field",
    "{ics: x}": "dates of rules on deadlines, and there is none",
    "{fax: '123'}": "webhook, smtp, atom or ics",
}


@pytest.mark.parametrize("told", PLANS)
def test_a_way_of_telling_that_cannot_be_is_named_at_the_start(told: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(f"sources:\n- {{name: F, folder: x}}\ntell:\n- {told}\n")
    with pytest.raises(UsageError, match=PLANS[told]):
        load_plan(file)


def test_a_secret_that_is_not_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOWHERE", raising=False)
    file = tmp_path / "plan.yaml"
    file.write_text(
        "sources:\n- {name: F, folder: x}\ntell:\n- {webhook: 'https://h.example/', secret: NOWHERE}\n"
    )
    with pytest.raises(UsageError, match="NOWHERE is not set"):
        channels(load_plan(file))


def test_the_feed_of_alerts_is_atom_and_holds_the_change(
    make: Make, ledger: Ledger, site: Site, clock: Clock, tmp_path: Path
) -> None:
    site.pages["/feed-0.xml"] = feed(f"{site.address}/x")
    site.pages["/x"] = page("Estonia is a party to the Convention on Cluster Munitions. &lt;b&gt;&amp;")
    rules = "rules:\n- {name: e, when: contradicted}\ntell:\n- {atom: alerts.xml}\n"
    running = make(f"sources:\n- {{name: F, feed: '{site.address}/feed-0.xml', every: 1h}}\n{rules}")
    running.run(once=True)
    names = {"a": "http://www.w3.org/2005/Atom"}
    tree = etree.parse(str(tmp_path / "alerts.xml"))
    (entry,) = tree.findall("a:entry", names)
    assert entry.findtext("a:id", None, names) == as_json(rows(ledger, alerts)[0])["id"]
    assert "neither signed nor joined" in (entry.findtext("a:content", None, names) or "")
    assert not list(tmp_path.glob(".*unfinished"))


def test_the_calendar_holds_the_dates_that_rules_ask_for(
    make: Make, record: Record, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    rules = (
        "rules:\n- {name: d, when: deadline, treaty: Ottawa Convention, state: Finland, within: 20d}\n"
        "- {name: e, when: deadline, treaty: apmbc, state: FIN, within: 30d}\n"
        "- {name: f, when: deadline, treaty: ccm, state: LTU, within: 30d}\n"
    )
    make(f"sources:\n- {{name: F, folder: in}}\n{rules}tell:\n- {{ics: dates.ics}}\n").run(once=True)
    events = Calendar.from_ical((tmp_path / "dates.ics").read_bytes()).walk("VEVENT")
    uids = [str(event["UID"]) for event in events]
    assert len(uids) == len(set(uids))
    dates = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}
    assert dates == {
        "Finland's withdrawal from the Anti-Personnel Mine Ban Convention takes effect": date(2026, 1, 10),
        "Lithuania's withdrawal from the Convention on Cluster Munitions takes effect": date(2025, 3, 6),
    }
    clock.at += timedelta(days=400)
    make(f"sources:\n- {{name: F, folder: in}}\n{rules}tell:\n- {{ics: dates.ics}}\n").run(once=True)
    later = Calendar.from_ical((tmp_path / "dates.ics").read_bytes()).walk("VEVENT")
    assert {str(event["UID"]) for event in later} & set(uids)


def test_files_that_cannot_be_written_stop_nothing(make: Make, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Finland is a party to the Ottawa Convention.")
    running = make(
        "sources:\n- {name: F, folder: in}\nrules:\n- {name: d, when: deadline, treaty: ccm, within: 9d}\n"
        "tell:\n- {ics: no/such/dates.ics}\n- {atom: no/such/a.xml}\n"
    )
    running.run(once=True)
    assert running.tally.entered == 1
