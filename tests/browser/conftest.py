"""One browser for all tests of a worker; every person gets cookies and a window of their own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from analytics.demonstration.__main__ import make_store
from curriculum.loading import load_programme
from curriculum.models import Programme
from tests.browser.pages import WIRE, Visitor
from tests.browser.server import ROOT, RunningApp, run_app

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=780)

Arrive = Callable[..., Visitor]
"""Opens a window of a new person: `arrive(app)`, `arrive(app, size=PHONE, scheme="dark")`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder. Two workers share it: one has the main job, one the demonstration."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("main job" if "main_job" in item.path.name else "demonstration"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Not for the session: while Playwright runs, no other test of the worker can use asyncio."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def arrive(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arrive]:
    """Return what opens the window of a new person. How each looked in the end is kept beside the test's files."""
    opened: list[BrowserContext] = []
    keep = tmp_path_factory.mktemp("windows")

    def open_window(app: RunningApp, *, size: ViewportSize = DESKTOP, scheme: str = "light") -> Visitor:
        context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB", timezone_id="Europe/London")
        context.add_init_script(WIRE)
        opened.append(context)
        return Visitor(context.new_page(), app.url)

    yield open_window
    for number, context in enumerate(opened):
        for page in context.pages:
            page.screenshot(path=keep / f"{number}-{context.pages.index(page)}.png")
        context.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app with a demonstration made today: it runs by the real clock."""
    store = tmp_path_factory.mktemp("demonstration") / "practicum.duckdb"
    make_store(store, datetime.now(UTC))
    with run_app(store) as app:
        yield app


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The programme that ships."""
    found, problems = load_programme(ROOT / "programmes" / "alongside")
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def empty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app with a store in which there is nothing yet."""
    with run_app(tmp_path_factory.mktemp("empty") / "practicum.duckdb") as app:
        yield app
