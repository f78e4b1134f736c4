"""One browser for all tests of a worker; every person gets cookies and a window of their own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from analytics.demonstration.world import load_sound
from curriculum.models import Programme
from tests.browser import every_kind
from tests.browser.pages import WIRE, Visitor
from tests.browser.server import RunningApp, run_app
from tests.first_part import write_first_part

CHROMIUM = "/usr/bin/chromium"
_SHORT_LIVED = "--js-flags=--no-opt --single-threaded-gc --min-semi-space-size=32"
"""A page of a test does not live long enough for its code to pay back what making it quick takes."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    _SHORT_LIVED,
]
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=780)

LONGEST = ("main job", "practice flows", "pages and tabs", "pages", "faults")
"""The groups of tests that take longest, the longest first. Each is for one worker."""

_COUNTED = ("prerequisite", "dose", "practice", "level", "peer_model", "supervision", "portfolio")
"""The kinds of rules that ask how often something was done."""

_LEFT_OUT = {"quiz-m3", "quiz-m4", "C3", "C6", "D4.1", "D10.1"}
"""What the main job does without: two quizzes, two checklists, and the competencies that are seen with those alone."""

Arrive = Callable[..., Visitor]
"""Opens a window of a new person: `arrive(app)`, `arrive(app, size=PHONE, scheme="dark")`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, and let the groups that take longest begin first: others fill up the rest."""
    here = {item for item in items if Path(__file__).parent in item.path.parents}
    for item in here:
        item.add_marker(pytest.mark.browser)

    def place(item: pytest.Item) -> int:
        group = item.get_closest_marker("xdist_group")
        return LONGEST.index(group.args[0]) if group and group.args[0] in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Not for the session: while Playwright runs, no other test of the worker can use asyncio."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def arrive(
    browser: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Arrive]:
    """Return what opens the window of a new person.

    How each looked in the end is kept beside the test's files when a test has failed.
    """
    opened: list[BrowserContext] = []
    keep = tmp_path_factory.mktemp("windows")

    def open_window(app: RunningApp, *, size: ViewportSize = DESKTOP, scheme: str = "light") -> Visitor:
        context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB", timezone_id="Europe/London")
        context.add_init_script(WIRE)
        opened.append(context)
        return Visitor(context.new_page(), app.url)

    yield open_window
    for number, context in enumerate(opened):
        for page in context.pages if request.session.testsfailed else ():
            page.screenshot(path=keep / f"{number}-{context.pages.index(page)}.png")
        context.close()


@pytest.fixture(scope="session")
def demonstration(demonstration_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app with a demonstration made today: it runs by the real clock. A question of each kind waits in it."""
    store = tmp_path_factory.mktemp("demonstration") / "practicum.duckdb"
    shutil.copyfile(demonstration_of_today, store)
    every_kind.begin(store)
    with run_app(store) as app:
        yield app


@pytest.fixture(scope="package")
def shared_window(demonstration: RunningApp, arrive: Arrive) -> Visitor:
    """A window that is handed on: a new one would have to learn all of the app's code first, which takes seconds."""
    return arrive(demonstration)


@pytest.fixture
def desk(shared_window: Visitor) -> Visitor:
    """The window of somebody who looks at the demonstration alone: nobody is signed in, it is wide and light."""
    shared_window.leave()
    shared_window.change_window(DESKTOP, "light")
    return shared_window


@pytest.fixture(scope="session")
def programme(first_part: Programme) -> Programme:
    """The programme of the demonstration."""
    return first_part


@pytest.fixture(scope="module")
def empty_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app with a store in which there is nothing yet; its hub has a programme of its own to publish."""
    home = tmp_path_factory.mktemp("empty")
    _ask_for_little(write_first_part(home / "programmes"))
    with run_app(home / "practicum.duckdb") as app:
        yield app


def _ask_for_little(folder: Path) -> None:
    """Ask once for what is asked for several times, for two quizzes of four, one of them short, and for three forms.

    To do it again is the same pages again; that it is counted is proved in tests/readiness.
    """
    rules = yaml.safe_load((folder / "readiness.yaml").read_text("utf-8"))
    for gate in rules["gates"]:
        if gate["kind"] in _COUNTED:
            for rule in (gate, *gate.get("parts", ())):
                rule.update(dict.fromkeys(rule.keys() & {"min", "last"}, 1))
        if "parts" in gate:
            gate["parts"] = [part for part in gate["parts"] if not _LEFT_OUT & _names_in(part)]
    quiz = yaml.safe_load((folder / "blueprints" / "quiz-m9.yaml").read_text("utf-8")) | {"draw": 6}
    for name, content in (("readiness.yaml", rules), ("blueprints/quiz-m9.yaml", quiz)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def _names_in(part: dict[str, Any]) -> set[str]:
    """Return the quiz, the checklist and the competencies that a part of a gate names."""
    return {part.get("blueprint", ""), part.get("checklist", ""), *part.get("competencies", ())}


@pytest.fixture(scope="module")
def own_programme(empty_app: RunningApp) -> Programme:
    """The programme of the hub that begins."""
    return load_sound(empty_app.store.parent / "programmes" / "alongside")
