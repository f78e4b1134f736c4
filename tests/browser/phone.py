"""A telephone with the field page, the ways in which a network spoils a sending, and how a form is filled in there."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import BrowserContext, Error, Locator, Page, Route, ViewportSize, expect

from analytics.demonstration.cast import PASSWORD
from tests.browser.axe import OF_COLOURS, find_violations

SCREEN: Final = ViewportSize(width=360, height=740)
_RECORDS: Final = "**/field/api/records/*"
_FINGER = """
() => [...document.querySelectorAll('button, a, select, input[type=text], label:has(input)')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.9)
  .map(one => one.outerHTML)
"""
"""What can be tapped and is lower than 44 pixels."""


Fault = Callable[[Route], int]
"""Spoils one sending; returns what the server answered, 0 when it was not asked."""


def portal(route: Route) -> int:
    """Answer as a hall's wifi does: with a page, and status 200."""
    route.fulfill(status=200, content_type="text/html", body="<title>Welcome to the hall</title>")
    return 0


def trouble(route: Route) -> int:
    """Answer as a server in trouble does."""
    route.fulfill(status=500, content_type="text/plain", body="no")
    return 0


def busy(route: Route) -> int:
    """Answer as a proxy does that has had too many questions."""
    route.fulfill(status=429, content_type="text/html", body="<title>Too many requests</title>")
    return 429


def closed(route: Route) -> int:
    """Answer as a proxy does whose app has stopped."""
    route.fulfill(status=503, content_type="text/html", body="<title>Service unavailable</title>")
    return 503


def dropped(route: Route) -> int:
    """Let the server keep the form, and lose its answer on the way."""
    status = route.fetch().status
    route.abort()
    return status


@dataclass
class Phone:
    """One phone, whoever holds it. `faults` spoil the next sendings; `answers` is what the server said to each."""

    context: BrowserContext
    url: str
    page: Page
    faults: list[Fault] = field(default_factory=list)
    is_spoilt: bool = False
    answers: list[int] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route(_RECORDS, self._pass_on)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _pass_on(self, route: Route) -> None:
        if self.is_spoilt:
            trouble(route)
            return
        if self.faults:
            self.answers.append(self.faults.pop(0)(route))
            return
        try:
            answer = route.fetch()
        except Error:
            route.abort()
            return
        self.answers.append(answer.status)
        route.fulfill(response=answer)

    def open(self, path: str = "/field/") -> None:
        self.page.goto(self.url + path)

    def sign_in(self, login: str) -> None:
        """Sign in from the locked page, inside the page's own window, and wait until it may be taken along."""
        self.page.get_by_role("link", name="Sign in").click()
        self.page.get_by_label("Sign-in name").fill(login)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.see("Ready to use without a connection.")

    def see(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def tap(self, name: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def await_answers(self, n: int) -> None:
        """Wait until so many sendings have ended, well or badly."""
        until = time.monotonic() + 20
        while len(self.answers) < n:
            assert time.monotonic() < until, self.answers
            self.page.wait_for_timeout(20)

    def cut(self) -> None:
        """Leave the hall's last bar of signal."""
        self.context.set_offline(True)
        self.see("No connection.")

    def connect(self) -> None:
        self.context.set_offline(False)

    def faults_of_the_screen(self) -> list[str]:
        """Return what axe finds, what is too small for a finger, and what is too wide, in light and in dark."""
        found: list[str] = []
        for scheme, rules in (("light", ()), ("dark", OF_COLOURS)):
            self.page.emulate_media(color_scheme=scheme)
            violations = find_violations(self.page, rules)
            found += [f"{scheme} {one['id']}: {one['nodes'][0]['html']}" for one in violations]
        self.page.emulate_media(color_scheme="light")
        over = self.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        return found + self.page.evaluate(_FINGER) + ([f"{over} pixels too wide"] if over > 0 else [])


def begin(phone: Phone, nth: int) -> None:
    """Begin a practice form of the nth trainee from the end, in a role-play."""
    phone.page.get_by_role("button", name="Observe ").nth(-nth).click()
    phone.page.get_by_label("With which checklist?").select_option("C3")
    phone.page.get_by_role("radio", name="Practice only").check()
    phone.tap("Start")
    expect(phone.page.locator("fieldset.line").first).to_be_visible()


def watch(phone: Phone) -> None:
    """Answer a form with one tap a line, and two for all."""
    lines = phone.page.locator("fieldset.line")
    for number in range(lines.count()):
        lines.nth(number).get_by_role("button", name="All basics").click()
    phone.tap("Watched: nothing unhelpful")
    phone.tap("Nothing further seen")
    n = lines.count()
    expect(phone.page.locator("#tally")).to_have_text(f"{n} of {n} lines")


def finish(phone: Phone) -> None:
    phone.tap("Look over and finish")
    phone.page.get_by_role("radio", name="Good enough").check()
    phone.page.get_by_role("radio", name="3 · does it, help is near").check()
    phone.tap("Finish")
