"""Visitors of the running portal: each comes with a browser context of their own."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from config.demo.district import PASSWORD
from tests.browser.portal import PATIENCE, RunningPortal

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"viewport": {"width": 360, "height": 760}, "has_touch": True, "is_mobile": True}

ComeIn = Callable[..., Page]

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser per module: its event loop may not outlive the module, where other tests use the database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sessions() -> dict[str, dict]:
    """Cookies of those who have logged in already."""
    return {}


@pytest.fixture(scope="session")
def asking(portal: RunningPortal) -> dict[str, int]:
    """The waves of the school "asking": whoever answers in one of them leaves the other alone."""
    return portal.inside("make_asking_school", "asking", 3)


@pytest.fixture
def come_in(chromium: Browser, portal: RunningPortal, sessions: dict[str, dict]) -> Iterator[ComeIn]:
    """Gives a page of somebody logged in, or of a stranger without a login.

    Whatever they do in the test, their browser may neither complain nor ask anyone but the portal.
    """
    complaints: list[str] = []
    contexts = []

    def listen(message: ConsoleMessage) -> None:
        # An answer with an error status is the portal's word, which the test itself looks at.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def visitor(login: str = "", **options: object) -> Page:
        context = chromium.new_context(
            base_url=portal.address, locale="ru-RU", storage_state=sessions.get(login), **options
        )
        contexts.append(context)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", lambda request: _complain_of_strangers(request.url, portal.address, complaints))
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        if login and login not in sessions:
            log_in(page, login)
            sessions[login] = context.storage_state()
        return page

    yield visitor
    for context in contexts:
        context.close()
    assert complaints == []


def _complain_of_strangers(url: str, address: str, complaints: list[str]) -> None:
    if not url.startswith((f"{address}/", "data:")):
        complaints.append(f"asked a stranger: {url}")


def log_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """The way in as people go it, to the first page."""
    page.goto("/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/o/**")
