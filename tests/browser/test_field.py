"""*Observe* without signal: the network is cut in the middle, comes back in bad ways, and each form is there once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone import SCREEN, Phone, begin, busy, closed, dropped, finish, portal, watch
from tests.browser.server import RunningApp

pytestmark = pytest.mark.xdist_group("pages and tabs")

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

_NO_ROOM = """
() => {
  window.keptPut = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}
"""
_ROOM = "() => { IDBObjectStore.prototype.put = window.keptPut; }"
"""A device that has no room left, and one where room was made."""


@pytest.fixture
def phone(browser: Browser, demonstration: RunningApp) -> Iterator[Phone]:
    context = browser.new_context(viewport=SCREEN, locale="en-GB", timezone_id="Europe/London", bypass_csp=True)
    made = Phone(context, demonstration.url, context.new_page())
    made.page.set_default_timeout(20_000)
    yield made
    assert made.complaints == []
    context.close()


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
    phone.faults += [portal, busy, closed, dropped]
    phone.connect()
    for n_tried in (1, 2, 3, 4):
        phone.await_answers(n_tried)
        expect(phone.page.locator(".state")).to_have_text(["On this device"])
        phone.tap("Send now")
    expect(phone.page.locator(".state")).to_have_text(["Saved"])
    assert phone.answers == [0, 429, 503, 201, 200]
    phone.page.reload()
    expect(phone.page.locator(".state")).to_have_text(["Saved"])
    phone.tap("Go on with this form")
    first = phone.page.locator("fieldset.line").first
    assert first.locator(".basic input:checked").count() == first.locator(".basic input").count() > 0


def test_a_tap_counts_although_the_page_is_drawn_anew_under_it(phone: Phone) -> None:
    phone.open()
    phone.page.get_by_role("link", name="Sign in").hover()
    phone.page.mouse.down()
    with phone.page.expect_response("**/field/api/session"):
        phone.page.evaluate("() => dispatchEvent(new Event('online'))")
    phone.page.wait_for_timeout(100)
    phone.page.mouse.up()
    expect(phone.page.get_by_label("Sign-in name")).to_be_visible()


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


def test_a_device_without_room_says_so_keeps_the_form_open_and_still_sends(phone: Phone) -> None:
    phone.open()
    phone.sign_in("trainer")
    phone.is_spoilt = True
    begin(phone, 6)
    watch(phone)
    finish(phone)
    expect(phone.page.locator(".state")).to_have_text(["On this device"])
    begin(phone, 7)
    phone.page.evaluate(_NO_ROOM)
    first = phone.page.locator("fieldset.line").first
    first.get_by_role("button", name="All basics").click()
    expect(phone.page.locator("#trouble")).to_contain_text("Leave this page open, make room, and tap again.")
    assert first.locator(".basic input:checked").count() == first.locator(".basic input").count() > 0
    watch(phone)
    finish(phone)
    expect(phone.page.locator("#trouble")).to_contain_text("Leave this page open, make room, and tap again.")
    assert phone.faults_of_the_screen() == []
    phone.is_spoilt = False
    phone.page.evaluate("() => dispatchEvent(new Event('online'))")
    phone.await_answers(1)
    phone.page.evaluate(_ROOM)
    phone.tap("Finish")
    expect(phone.page.locator(".state")).to_have_text(["Saved", "Saved"])
    # The first may have been answered twice: that it was saved could not be kept while there was no room.
    assert phone.answers.count(201) == 2
    assert set(phone.answers) <= {200, 201}


def test_a_browser_that_keeps_nothing_lets_no_form_be_begun(phone: Phone) -> None:
    phone.context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    phone.open()
    phone.see("This browser keeps nothing for this page")
    assert phone.page.get_by_role("link").all_inner_texts() == ["Back to the app"]
    assert phone.faults_of_the_screen() == []


def test_it_waits_longer_each_time(phone: Phone) -> None:
    phone.open()
    seconds = phone.page.evaluate(
        "async () => { const {nextDelay} = await import('/field/queue.js'); "
        "return [0, 1, 2, 3, 9].map((n) => nextDelay(n) / 1000); }"
    )
    for found, expected in zip(seconds, (5, 15, 60, 300, 300), strict=True):
        assert 0.8 * expected <= found <= 1.2 * expected


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
    phone.see("This device was signed out from elsewhere.")
    assert phone.page.evaluate(_ALL_KEPT, name) == []


def test_without_https_the_page_says_that_it_needs_signal(phone: Phone) -> None:
    phone.context.add_init_script(_INSECURE)
    phone.open()
    phone.see("This address is not secure")
    assert phone.faults_of_the_screen() == []
