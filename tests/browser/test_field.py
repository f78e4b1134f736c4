"""*Observe* without signal: the network is cut in the middle, comes back in bad ways, and each form is there once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from analytics.demonstration.cast import PASSWORD
from tests.browser.server import RunningApp

pytestmark = pytest.mark.xdist_group("pages and tabs")

PHONE = {"width": 360, "height": 740}
RECORDS = "**/field/api/records/*"
_FINGER = """
() => [...document.querySelectorAll('button, a, select, input[type=text], label:has(input)')]
  .filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.9)
  .map(one => one.outerHTML)
"""
"""What can be tapped and is lower than 44 pixels."""

_ALL_KEPT = """
async (name) => {
  const answered = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const found = [];
  for (const {name: base} of await indexedDB.databases()) {
    const db = await answered(indexedDB.open(base));
    for (const store of db.objectStoreNames) {
      const rows = await answered(db.transaction(store).objectStore(store).getAll());
      if (base !== "practicum-field") found.push(...rows);
      if (JSON.stringify(rows).includes(name)) found.push(name);
    }
    db.close();
  }
  return found;
}
"""
"""All that the databases of people hold, and the name wherever it stands."""

_INSECURE = """
Object.defineProperty(window, "isSecureContext", {get: () => false});
for (const name of ["serviceWorker", "locks", "storage"])
  Object.defineProperty(Navigator.prototype, name, {get: () => undefined});
"""
"""What a browser is without https."""

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
        self.context.route(RECORDS, self._pass_on)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def _pass_on(self, route: Route) -> None:
        if self.is_spoilt:
            trouble(route)
            return
        if self.faults:
            self.answers.append(self.faults.pop(0)(route))
            return
        answer = route.fetch()
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
        self.page.evaluate(AXE_SCRIPT)
        found: list[str] = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            violations = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
            found += [f"{scheme} {one['id']}: {one['nodes'][0]['html']}" for one in violations]
        self.page.emulate_media(color_scheme="light")
        over = self.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        return found + self.page.evaluate(_FINGER) + ([f"{over} pixels too wide"] if over > 0 else [])


@pytest.fixture
def phone(browser: Browser, demonstration: RunningApp) -> Iterator[Phone]:
    context = browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="Europe/London", bypass_csp=True)
    made = Phone(context, demonstration.url, context.new_page())
    made.page.set_default_timeout(20_000)
    yield made
    assert made.complaints == []
    context.close()


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


# ---------------------------------------------------------------- the network


def test_what_is_filled_in_without_signal_is_saved_once(phone: Phone) -> None:
    phone.open()
    phone.see("The page is locked.")
    assert phone.faults_of_the_screen() == []
    phone.sign_in("trainer")
    assert phone.faults_of_the_screen() == []
    phone.cut()
    phone.page.reload()
    begin(phone, 1)
    assert phone.faults_of_the_screen() == []
    watch(phone)
    phone.tap("Look over and finish")
    phone.tap("Finish")
    phone.see("Please answer: Overall")
    assert phone.faults_of_the_screen() == []
    phone.tap("Back to the form")
    finish(phone)
    phone.see("On this device")
    assert phone.faults_of_the_screen() == []
    begin(phone, 2)
    phone.page.locator("fieldset.line").first.get_by_role("button", name="All basics").click()
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.open()
    phone.see("Forms begun")
    expect(phone.page.locator(".state")).to_have_text(["On this device"])
    phone.faults += [portal, dropped]
    phone.connect()
    for n_tried in (1, 2):
        phone.await_answers(n_tried)
        expect(phone.page.locator(".state")).to_have_text(["On this device"])
        phone.tap("Send now")
    expect(phone.page.locator(".state")).to_have_text(["Saved"])
    assert phone.answers == [0, 201, 200]
    phone.page.reload()
    expect(phone.page.locator(".state")).to_have_text(["Saved"])
    phone.tap("Go on with this form")
    first = phone.page.locator("fieldset.line").first
    assert first.locator(".basic input:checked").count() == first.locator(".basic input").count() > 0


def test_harm_shows_at_once_whom_to_ring_and_asks_on_a_second_screen(phone: Phone) -> None:
    phone.open()
    phone.sign_in("trainer")
    phone.cut()
    phone.page.get_by_role("button", name="Observe ").nth(-3).click()
    phone.page.get_by_label("With which checklist?").select_option("C2")
    phone.tap("Start")
    line = phone.page.locator("fieldset.line:has(.critical)").first
    line.locator(".unhelpful label").first.click()
    expect(line.get_by_role("alert")).to_contain_text("This is only on this device: nobody has been told. Ring today.")
    expect(line.get_by_role("alert").get_by_role("link").first).to_have_attribute("href", r"tel:01632960001")
    phone.tap("Look over and finish")
    phone.see("Did you see this?")
    assert phone.faults_of_the_screen() == []
    phone.tap("It was a slip: go back")
    line.locator(".unhelpful label").first.click()
    expect(line.get_by_role("alert")).to_have_count(0)
    line.locator(".unhelpful label").first.click()
    phone.tap("Look over and finish")
    phone.tap("Yes, I saw it")
    phone.page.get_by_role("radio", name="Not yet").check()
    phone.page.get_by_role("radio", name="1 · watches only").check()
    phone.tap("Finish")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Ring today")
    assert phone.faults_of_the_screen() == []
    phone.tap("To the list")
    expect(phone.page.locator(".state")).to_have_text(["On this device"])


# ---------------------------------------------------------------- one phone, two people


def test_two_people_on_one_phone_send_each_their_own(phone: Phone) -> None:
    phone.open()
    phone.sign_in("trainer")
    phone.cut()
    begin(phone, 4)
    watch(phone)
    finish(phone)
    name = phone.page.locator(".list li strong").first.inner_text()
    phone.is_spoilt = True
    phone.connect()
    phone.see("Connected.")
    expect(phone.page.locator(".state")).to_have_text(["On this device"])
    phone.tap("Lock and sign out")
    phone.page.get_by_role("button", name="Sign out here").click()
    phone.see("You are signed out.")
    phone.is_spoilt = False
    phone.open()
    phone.see("Forms that wait on this device: 1.")
    assert name not in phone.page.locator("body").inner_text()
    phone.context.set_offline(True)
    phone.page.reload()
    phone.see("Forms that wait on this device: 1.")
    assert name not in phone.page.locator("body").inner_text()
    phone.context.set_offline(False)
    phone.sign_in("trainer2")
    phone.see("Forms of another person that wait on this device: 1.")
    expect(phone.page.locator(".state")).to_have_count(0)
    assert phone.answers == []
    phone.tap("Lock and sign out")
    phone.page.get_by_role("button", name="Sign out here").click()
    phone.see("You are signed out.")
    phone.open()
    phone.sign_in("trainer")
    expect(phone.page.locator(".state")).to_have_text(["Saved"])
    assert phone.answers == [201]


# ---------------------------------------------------------------- locking and forgetting


def test_after_fourteen_days_the_page_locks_and_forgets(phone: Phone) -> None:
    phone.open()
    phone.sign_in("trainer")
    phone.cut()
    begin(phone, 5)
    watch(phone)
    name = phone.page.locator("main p").first.inner_text().split(" · ")[0]
    finish(phone)
    expect(phone.page.locator(".state")).to_have_text(["On this device"])
    phone.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=4))
    phone.page.reload()
    phone.see("A form has waited here for 4 days.")
    phone.page.clock.set_system_time(datetime.now(UTC) + timedelta(days=15))
    phone.page.reload()
    phone.see("The page is locked.")
    phone.see("older than 14 days and never sent: 1.")
    assert name not in phone.page.locator("body").inner_text()
    assert phone.page.evaluate(_ALL_KEPT, name) == []


def test_a_device_that_was_signed_out_from_elsewhere_forgets_at_once(phone: Phone, browser: Browser) -> None:
    phone.open()
    phone.sign_in("trainer2")
    phone.cut()
    begin(phone, 1)
    name = phone.page.locator("main p").first.inner_text().split(" · ")[0]
    other = browser.new_context(locale="en-GB")
    elsewhere = Phone(other, phone.url, other.new_page())
    elsewhere.open()
    elsewhere.sign_in("trainer2")
    elsewhere.open("/account/bye")
    elsewhere.page.get_by_role("button", name="Sign out on every device").click()
    elsewhere.see("You are signed out.")
    other.close()
    phone.connect()
    phone.page.reload()
    phone.see("This device was signed out from elsewhere.")
    assert phone.page.evaluate(_ALL_KEPT, name) == []


def test_without_https_the_page_says_that_it_needs_signal(phone: Phone) -> None:
    phone.context.add_init_script(_INSECURE)
    phone.open()
    phone.see("This address is not secure")
    assert phone.faults_of_the_screen() == []
