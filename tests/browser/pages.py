"""What people do on a page: look, click by name, choose, write. After each, the page settles before they go on."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Literal

from playwright.sync_api import ConsoleMessage, Locator, Page, ViewportSize, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

WIRE = """
(() => {
  const Native = window.WebSocket;
  window.wire = {sent: 0, heard: 0, asked: 0, ended: 0, known: 0, calm: 0, hasMoved: true};
  new MutationObserver(() => { window.wire.hasMoved = true; })
    .observe(document, {subtree: true, childList: true, characterData: true});
  const calm = new CSSStyleSheet();
  calm.replaceSync('*, *::before, *::after {transition: none !important; animation: none !important}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, calm];
  const isEnd = (bytes) => {
    let at = 0;
    const number = () => {
      let read = 0, scale = 1;
      while (bytes[at] > 127) { read += (bytes[at++] & 127) * scale; scale *= 128; }
      return read + bytes[at++] * scale;
    };
    while (at < bytes.length) {
      const tag = number(), value = number();
      if (tag === END_TAG) return value !== ENDED_TO_RUN_AGAIN;
      if ((tag & 7) === 2) at += value;
    }
    return false;
  };
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({data}) => {
        window.wire.heard = performance.now();
        if (isEnd(new Uint8Array(data))) window.wire.ended = window.wire.heard;
      });
    }
    send(data) {
      window.wire.sent = performance.now();
      if (data[0] === ASK_TAG) window.wire.asked = window.wire.sent;
      return super.send(data);
    }
  };
})();
"""
"""Notes when the page last spoke to the server and heard from it, when it last asked for a run of the script and when a
run last ended, and whether it has changed; lets nothing fade or slide."""

for _name, _number in {
    "ASK_TAG": BackMsg.RERUN_SCRIPT_FIELD_NUMBER << 3 | 2,
    "END_TAG": ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER << 3,
    "ENDED_TO_RUN_AGAIN": ForwardMsg.FINISHED_EARLY_FOR_RERUN,
}.items():
    WIRE = WIRE.replace(_name, str(_number))

_SETTLED = """
(number) => {
  const app = document.querySelector('[data-testid=stApp]');
  if (!app) return document.readyState === 'complete';
  const wire = window.wire;
  if (wire.number !== number) { wire.number = number; wire.calm = 0; }
  const isHeard = wire.heard > wire.sent && wire.ended > wire.asked;
  const isAnswered = isHeard || performance.now() - wire.sent > 10000;
  const isLettered = document.fonts.status === 'loaded';
  const isDrawn = isLettered && !document.querySelector('[data-testid=stSkeleton], [data-testid=stAppSkeleton]');
  const isIdle = app.dataset.testScriptState === 'notRunning' && wire.ended > 0 && isAnswered && isDrawn;
  wire.calm = isIdle && !wire.hasMoved ? wire.calm + 1 : 0;
  wire.hasMoved = false;
  if (wire.calm < (wire.sent > wire.known ? 4 : 10)) return false;
  wire.known = wire.sent;
  return true;
}
"""
"""True once the run that was asked for has ended, all is drawn in its letters (others move what is to be clicked), and
nothing has changed the last times that this was asked: more often while nothing was sent, for then it may come yet.
How often, and not how long: on a busy machine the page may have had no chance to do anything for a while."""

_WIDTH_OVER = """
() => Math.max(...[
  document.scrollingElement, ...document.querySelectorAll('[data-testid=stMain], [data-testid=stBottom]')]
  .map(part => part.scrollWidth - part.clientWidth))
"""
_FRAMES = "async () => { for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame); }"
"""Lets the browser draw a few times."""

_TURNED = """
async (scheme) => {
  const app = document.querySelector('[data-testid=stApp]');
  return !app || getComputedStyle(app).colorScheme === scheme;
}
"""
"""True once the app has drawn itself in the colours that were asked for."""

_TURN_TO = """
(address) => {
  if (!document.querySelector('[data-testid=stApp]')) return false;
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  return true;
}
"""
"""Goes to an address as the browser's arrows do, without loading all again; false when the app is not there yet."""

_PATIENCE_MS = 20_000
expect.set_options(timeout=_PATIENCE_MS)
_numbers = count()
_OWN_PAGES = "/account/"
"""Where the pages begin that are none of Streamlit's."""
_NOISE = ("Failed to load resource: the server responded with a status of 40", "ResizeObserver loop")


@dataclass
class Visitor:
    """A person at a browser window.

    Attributes:
        complaints: What the browser has complained about.
        sideways: The pages that were wider than the window, and by how many pixels.
        taps: How often a finger would have touched the screen: on a button, a link, an option, a field to write in.
            The letters that are typed are not counted.
    """

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    taps: int = 0

    def __post_init__(self) -> None:
        """Listen to what the browser complains about."""
        self.page.set_default_timeout(_PATIENCE_MS)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_NOISE):
            self.complaints.append(message.text)

    # ------------------------------------------------------------ where

    def open(self, path: str) -> None:
        """Go to a page of the app, or to a whole address; the app is loaded when it is not there yet."""
        is_page = path.startswith("/") and not path.startswith(_OWN_PAGES)
        if not (is_page and self.page.evaluate(_TURN_TO, path)):
            self.page.goto(self.url + path if path.startswith("/") else path)
        self.settle()

    def refresh(self) -> None:
        """Load the same address again, as after a lost connection."""
        self.taps += 1
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the page has stopped changing, and note whether it is too wide."""
        if len(self.page.context.pages) > 1:
            # The clocks of a tab that lies behind another run once a second.
            self.page.bring_to_front()
        self.page.wait_for_function(_SETTLED, arg=next(_numbers), polling=20)
        if (over := self.width_over()) > 0:
            self.sideways.append(f"{self.page.url}: {over} pixels")

    def second_tab(self) -> "Visitor":
        """Return another tab of the same person."""
        return Visitor(self.page.context.new_page(), self.url)

    def leave(self) -> None:
        """Let the next person have the window: they are signed out, and nothing is noted about it yet."""
        self.page.goto("about:blank")
        self.page.context.clear_cookies()
        self.complaints.clear()
        self.sideways.clear()

    def resize(self, size: ViewportSize) -> None:
        """Give the window another size, and let all find its place."""
        self.page.set_viewport_size(size)
        self.page.evaluate(_FRAMES)

    def change_window(self, size: ViewportSize, scheme: Literal["light", "dark"]) -> None:
        """Give the window another size, and turn the lights on or off."""
        self.page.emulate_media(color_scheme=scheme)
        self.resize(size)
        self.page.wait_for_function(_TURNED, arg=scheme, polling=20)

    # ------------------------------------------------------------ coming in

    def sign_in(self, login: str, password: str) -> None:
        """Sign in on the sign-in page."""
        self.taps += 3
        self.open("/account/sign-in")
        self.page.get_by_label("Sign-in name").fill(login)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: _OWN_PAGES not in url)
        self.settle()

    def choose_password(self, link: str, password: str) -> None:
        """Open a one-time link, choose a password, and read the privacy notice."""
        self.taps += 4
        self.open(link)
        self.page.get_by_label("New password").fill(password)
        self.page.get_by_label("The same once more").fill(password)
        self.page.get_by_role("button", name="Save and go on").click()
        self.page.wait_for_url(lambda url: _OWN_PAGES not in url)
        self.settle()
        self.click("I have read this")

    # ------------------------------------------------------------ looking

    def see(self, text: str | re.Pattern[str]) -> None:
        """Fail unless the text is to be seen."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def see_title(self, title: str) -> None:
        """Fail unless this is the title of the page."""
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()

    def see_no_trouble(self) -> None:
        """Fail when the page shows an exception, the browser has complained, or a page so far was too wide."""
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert self.complaints == []
        assert self.sideways == []

    def text(self) -> str:
        """Return all that is to be read on the page."""
        return self.page.locator("body").inner_text()

    def width_over(self) -> int:
        """Return by how many pixels the page, or what scrolls in it, is wider than the window."""
        return self.page.evaluate(_WIDTH_OVER)

    # ------------------------------------------------------------ doing

    def button(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        """Return the button of this name; the whole name when it is a text."""
        place = within or self.page
        pattern = re.compile(rf"(^|\s){re.escape(name)}$") if isinstance(name, str) else name
        return place.get_by_role("button", name=pattern).filter(visible=True)

    def click(self, name: str | re.Pattern[str], *, within: Locator | None = None, nth: int = 0) -> None:
        """Click a button."""
        self.taps += 1
        self.button(name, within).nth(nth).click()
        self.settle()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow a link of the page."""
        self.taps += 1
        (within or self.page).get_by_role("link", name=name).filter(visible=True).first.click()
        self.settle()

    def turn_to(self, title: str) -> None:
        """Go to a page by the row of links, or by the menu when it does not stand there."""
        if not self.card("nav-row").get_by_role("link", name=title, exact=True).count():
            self.click("Menu")
        self.follow(title)

    def choose(self, label: str, option: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Choose from a list that opens."""
        self.taps += 2
        name = re.compile(rf"{re.escape(label)}$")
        box = (within or self.page).get_by_role("combobox", name=name).filter(visible=True).first
        box.scroll_into_view_if_needed()
        box.focus()
        self.settle()
        box.press("ArrowDown")
        is_text = isinstance(option, str)
        self.page.get_by_role("option", name=option, exact=is_text).first.click()
        self.settle()

    def pick(self, option: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Pick one of several that stand side by side or below each other."""
        self.taps += 1
        (within or self.page).get_by_role("radio", name=option).locator("xpath=ancestor-or-self::label|.").first.click()
        self.settle()

    def tick(self, label: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Tick a box, or take the tick away."""
        self.taps += 1
        (within or self.page).get_by_role("checkbox", name=label).first.locator("xpath=ancestor::label").click()
        self.settle()

    def unfold(self, title: str, *, before: str) -> None:
        """Open the fold of this title when the field of the label `before` stands in it and it is closed."""
        fold = self.page.locator("details").filter(has=self.page.get_by_text(title, exact=True))
        field_ = self.page.get_by_label(before, exact=True)
        fold.or_(field_).first.wait_for(state="attached")
        if fold.count() and fold.get_attribute("open") is None:
            self.taps += 1
            fold.get_by_text(title, exact=True).click()
        field_.filter(visible=True).first.wait_for()
        self.settle()

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        """Write into a field and leave it."""
        self.taps += 1
        field_ = (within or self.page).get_by_label(label, exact=True).filter(visible=True).first
        field_.fill(text)
        field_.press("Tab")
        self.settle()

    def set_day(self, label: str, day: date) -> None:
        """Type a day into a field of year, month and day."""
        self.taps += 3
        parts = self.page.get_by_role("group", name=label).get_by_role("spinbutton")
        for part, number in zip(parts.all(), (day.year, day.month, day.day), strict=True):
            part.click()
            part.press_sequentially(str(number))
        parts.last.press("Escape")
        self.settle()

    def card(self, key: str) -> Locator:
        """Return the container of a key, or of the first that begins so."""
        return self.page.locator(f'[class*="st-key-{key}"]').first
