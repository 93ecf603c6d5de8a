"""Every main page in a real Chromium: narrow and wide, light and dark, by keyboard, without barriers.

A new page is added to `PATHS`. With `INFORCE_SCREENSHOTS` each page is written there as a picture.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

EXAMPLES = Path(__file__).parents[2] / "examples"
ARTICLE = (EXAMPLES / "midsummer-vote.txt").read_text("utf-8")
STORY = [path.read_text("utf-8") for path in sorted((EXAMPLES / "story").iterdir())]

#: The pages that are looked over, each with a name for its pictures.
PATHS = {
    "now": "/",
    "status": "/status/apmbc/FIN",
    "treaties": "/treaties",
    "treaty": "/treaties/apmbc?on=2025-12-01",
    "states": "/states",
    "state": "/states/UKR",
    "matrix": "/matrix?group=nato&treaty=apmbc&treaty=ccm&treaty=npt",
    "matrix-two-days": "/matrix?on=2026-03-01&against=2025-06-01",
    "what-if": "/what-if",
    "what-if-acts": "/what-if?add=NOR+withdrawal+apmbc+2027-01-15",
    "check": "/check",
    "compare": "/compare",
    "programmes": "/programmes",
    "ledger": "/ledger",
    "claim": "/ledger/claims/1",
    "stories": "/ledger/stories",
    "story": "/ledger/stories/1",
    "speaker": "/ledger/speakers/Karolis%20Aleksa",
    "api": "/api",
    "problem": "/nowhere",
}

_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
_LOOKS = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
#: Rules that look at colours and at widths between them; axe takes longest of all that is done here.
_AXE_AT = {(360, "dark"), (1280, "light")}


def _check(page: Page) -> None:
    page.fill("#text", ARTICLE)
    page.click("form.desk button")
    page.wait_for_selector(".report article")
    for one in page.locator(".notes summary").all()[:3]:
        one.click()


def _compare(page: Page) -> None:
    for number, text in enumerate(STORY, 1):
        page.fill(f"#text-{number}", text)
    page.click("form.desk button")
    page.wait_for_selector(".report .story")


#: Pages that follow from what is sent on another one.
SENT: dict[str, tuple[str, Callable[[Page], None]]] = {
    "checked": ("/check", _check),
    "compared": ("/compare", _compare),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server as it is run, with a ledger."""
    ledger = str(tmp_path_factory.mktemp("browser") / "ledger.db")
    inforce = [sys.executable, "-m", "inforce"]
    added = [
        *inforce,
        "ledger",
        "add",
        "--ledger",
        ledger,
        str(EXAMPLES / "story"),
        str(EXAMPLES / "midsummer-vote.txt"),
    ]
    subprocess.run(added, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "serve.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*inforce, "serve", "--bind", str(port), "--ledger", ledger, "--answers", f"{ledger}.answers"],
            stderr=out,
        )
    try:
        for _ in range(600):
            assert server.poll() is None, log.read_text()
            try:
                httpx.get(f"http://127.0.0.1:{port}/style.css", timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
    assert not [line for line in log.read_text().splitlines() if "defect" in line]


@pytest.fixture(scope="module")
def browser(base: str) -> Iterator[Browser]:
    """One Chromium for all pages."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("INFORCE_TESTS_NEED_CHROMIUM"):
            pytest.fail("Chromium is not installed (Debian: apt install chromium)")
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield running
        running.close()


class Watched:
    """A page, with everything that goes wrong in it noted."""

    def __init__(self, browser: Browser, base: str, width: int = 1280, scheme: str = "light") -> None:
        self.base = base
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
        )
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda one: self._note(one.type, one.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda one: self._asked(one.url))

    def _note(self, kind: str, words: str) -> None:
        if kind in ("error", "warning") and "status of 404" not in words:
            self.wrong.append(words)

    def _asked(self, url: str) -> None:
        if not url.startswith(f"{self.base}/"):
            self.wrong.append(f"asks elsewhere: {url}")

    def goto(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def look(self, name: str, width: int, scheme: str) -> None:
        """Nothing went wrong, nothing sticks out, nobody is shut out."""
        page = self.page
        assert self.wrong == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.styleSheets.length") == 1
        folder = os.environ.get("INFORCE_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(folder) / f"{name}-{width}-{scheme}.png"), full_page=True)
        if (width, scheme) in _AXE_AT:
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", [*PATHS, *SENT])
def test_a_page_is_whole_at_every_width_and_in_both_schemes(name: str, browser: Browser, base: str) -> None:
    watched = Watched(browser, base, *_LOOKS[0])
    path, deed = SENT.get(name, (PATHS.get(name, ""), None))
    page = watched.goto(path)
    if deed is not None:
        deed(page)
    for width, scheme in _LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        watched.look(name, width, scheme)
    watched.context.close()


def focused(page: Page) -> str:
    """What has the focus, in a few words."""
    told = page.evaluate(
        "(e => `${e.tagName} ${e.id} ${e.className} ${e.textContent}`)(document.activeElement)"
    )
    return str(told)[:200]


def press_until(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until what is focused is so called."""
    for _ in range(80):
        page.keyboard.press(key)
        if words in focused(page):
            return
    raise AssertionError(f"{words} is never focused; last: {focused(page)}")


def test_by_keyboard_alone_an_article_is_checked_and_a_claim_opened(browser: Browser, base: str) -> None:
    watched = Watched(browser, base)
    page = watched.goto("/")
    page.keyboard.press("Tab")
    assert "Skip to the content" in focused(page)
    assert page.locator(".skip").bounding_box()["width"] > 50  # type: ignore[index]
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    watched.goto("/")
    press_until(page, "Check")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    press_until(page, "TEXTAREA text")
    page.keyboard.insert_text(ARTICLE)
    press_until(page, "BUTTON")
    page.keyboard.press("Enter")
    page.wait_for_selector(".report article")
    press_until(page, "1≈")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**#claim-1")
    page.wait_for_selector("details[open]:has(#claim-1)")
    press_until(page, "SUMMARY")
    page.keyboard.press("Enter")
    assert watched.wrong == []
    watched.context.close()


def test_an_article_is_checked_as_an_editor_would(browser: Browser, base: str, tmp_path: Path) -> None:
    watched = Watched(browser, base, 360)
    page = watched.goto("/check")
    page.set_input_files("#file", str(EXAMPLES / "midsummer-vote.txt"))
    page.click("form.desk button")
    page.wait_for_selector(".report article")
    assert page.locator("h1").inner_text() == "Finland leaves mine ban after midsummer vote"
    first = page.locator("details.imprecise").first
    assert "had notified no withdrawal" in first.inner_text()
    first.locator("summary").click()
    for words in ("Something close is so", "treaty", "Anti-Personnel Mine Ban Convention"):
        assert words in first.inner_text()
    page.click("details.letter summary")
    assert "Dear editors," in page.locator("details.letter pre").inner_text()
    for form, ending in (("page", ".html"), ("json", ".json"), ("claimreview", ".claimreview.jsonld")):
        with page.expect_download() as caught:
            page.click(f"form.files button[value={form}]")
        target = tmp_path / caught.value.suggested_filename
        caught.value.save_as(target)
        assert target.name.endswith(ending)
        assert "Finland" in target.read_text("utf-8")
    assert watched.wrong == []
    watched.context.close()


def test_the_page_that_is_taken_along_stands_alone(browser: Browser, base: str, tmp_path: Path) -> None:
    sent = httpx.post(f"{base}/check", data={"text": ARTICLE, "form": "page"}, timeout=60)
    file = tmp_path / "report.html"
    file.write_bytes(sent.content)
    watched = Watched(browser, f"file://{file.parent}", 360, "dark")
    watched.page.goto(f"file://{file}")
    watched.look("file", 360, "dark")
    watched.context.close()


def test_a_search_of_the_ledger_leads_to_its_story(browser: Browser, base: str) -> None:
    watched = Watched(browser, base)
    page = watched.goto("/ledger")
    page.fill("input[name=state]", "Lithuania")
    page.select_option("select[name=verdict]", "imprecise")
    with page.expect_navigation():
        page.click("form.row button")
    claims = page.locator("ol.claims > li")
    quote = claims.first.locator("a").first.inner_text()
    with page.expect_navigation():
        claims.first.locator("a").first.click()
    assert "Claim" in page.locator("h1").inner_text()
    with page.expect_navigation():
        page.click("text=all claims of this text")
    assert quote in claims.locator("a").all_inner_texts()
    assert watched.wrong == []
    watched.context.close()


def test_the_slider_moves_map_list_and_number(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/treaties/apmbc?on=2026-03-01")
    finland, listed = page.locator('#map [data-key="FIN"]'), page.locator("#participants details")
    assert "former-party" in (finland.get_attribute("class") or "")
    page.focus("#slider")
    with page.expect_response(re.compile(r"/changes\.json\?")):
        page.keyboard.press("Home")
    page.wait_for_function("document.querySelector('#day [name=on]').value === '1997-09-18'")
    assert "0 bound" in page.inner_text("#slid")
    page.evaluate("days => { slider.value = days; slider.dispatchEvent(new Event('input')); }", 10_301)
    assert "party-withdrawal-notified" in (finland.get_attribute("class") or "")
    leaving = listed.filter(has=page.locator('[data-key="FIN"]'))
    assert leaving.locator("summary").inner_text().split("\n") == ["party, withdrawal notified 5"]
    assert listed.filter(visible=True).count() == 3
    assert page.input_value('#day [name="on"]') == "2025-12-01"
    slid = page.locator("#participants").inner_text(), page.inner_text("#slid")
    slid_rows = page.locator("#participants tbody tr").all_text_contents()
    with page.expect_navigation():
        page.click("#day label + button")
    assert slid == (page.locator("#participants").inner_text(), page.inner_text("#slid"))
    assert slid_rows == page.locator("#participants tbody tr").all_text_contents() != []
    page.close()


def test_the_slider_keeps_to_what_was_known(browser: Browser, base: str) -> None:
    """As known by June 2025, Finland's notice of July is not known, however far the slider goes."""
    page = browser.new_page()
    page.goto(f"{base}/treaties/apmbc?on=2024-01-01&known-by=2025-06-30")
    page.focus("#slider")
    with page.expect_response(re.compile(r"/changes\.json\?known-by=2025-06-30")):
        page.keyboard.press("End")
    page.wait_for_function("document.querySelector('#day [name=on]').value > '2026-01-10'")
    finland = page.locator("#participants details", has=page.locator('[data-key="FIN"]'))
    assert finland.get_attribute("data-kind") == "party"
    page.close()


def test_what_if_and_a_permanent_address_as_a_person_uses_them(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/what-if")
    page.fill('[name="state"]', "Norway")
    page.fill('[name="date"]', "2027-01-15")
    with page.expect_navigation():
        page.click("text=Add the act")
    assert "former party" in page.inner_text("main")
    page.goto(f"{base}/status/apmbc/FIN?on=2025-12-01&known-by=2025-12-01")
    with page.expect_navigation():
        page.click("text=Permanent address of this answer")
    assert "/answers/" in page.url
    assert "That is the record here now." in page.inner_text("main")
    page.close()
