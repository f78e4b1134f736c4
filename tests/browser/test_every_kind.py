"""Questions of every kind are answered with the keyboard alone, on a phone's width."""

from collections.abc import Callable
from typing import Final

import pytest

from analytics.demonstration.cast import PASSWORD
from curriculum.items import ItemKind
from tests.browser.conftest import PHONE
from tests.browser.every_kind import FORM, TRAINEE
from tests.browser.pages import Visitor
from tests.browser.server import RunningApp

pytestmark = pytest.mark.xdist_group("pages")

_MOST_STOPS: Final = 60
_NAME: Final = """
() => {
  const here = document.activeElement;
  if (!here.matches('input, textarea, button, a, [role]')) return '';
  const label = here.labels && here.labels.length ? here.labels[0].innerText : '';
  return (here.getAttribute('aria-label') || label || here.innerText || '').trim();
}
"""
"""What the element is called that has the focus."""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.keys = visitor.page.keyboard

    def go_to(self, name: str) -> None:
        """Press the tab key until what is called so has the focus."""
        passed: list[str] = []
        for _ in range(_MOST_STOPS):
            self.keys.press("Tab")
            passed.append(str(self.visitor.page.evaluate(_NAME)))
            if name in passed[-1]:
                return
        raise AssertionError(f"the keyboard does not reach {name!r}, only {passed}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)
        self.visitor.settle()

    def push(self, *buttons: str) -> None:
        """Press buttons one after the other."""
        for button in buttons:
            self.go_to(button)
            self.press("Enter")

    def tick(self, *options: str) -> None:
        """Choose options, or take the choice away."""
        for option in options:
            self.go_to(option)
            self.press("Space")

    def choose(self, label: str, *, down: int) -> None:
        """Open the list of this label, and choose the option so many below the first."""
        self.go_to(label)
        self.press("ArrowDown")
        self.press(*["ArrowDown"] * down, "Enter")

    def write(self, label: str, text: str) -> None:
        """Write into a field and leave it."""
        self.go_to(label)
        self.keys.type(text)
        self.press("Tab")


def _match(me: Keyboard) -> None:
    me.choose("The one who leads", down=0)
    me.choose("The one who helps", down=1)


def _fill_gaps(me: Keyboard) -> None:
    me.write("Gap 1", "2")
    me.write("Gap 2", "Name")
    me.choose("Gap 3", down=0)


def _speak(me: Keyboard) -> None:
    me.tick("That sounds heavy.")
    me.push("Say this")
    me.tick("I cannot take this on")
    me.push("Say this")


ANSWERS: Final[dict[ItemKind, Callable[[Keyboard], None]]] = {
    ItemKind.SINGLE: lambda me: me.tick("Listen, say what you can offer"),
    ItemKind.MULTIPLE: lambda me: me.tick("We are parents who have trained", "We try out ideas with you"),
    ItemKind.TRUE_FALSE: lambda me: me.tick("True"),
    ItemKind.ORDERING: lambda me: me.push("Keep this order"),
    ItemKind.MATCHING: _match,
    ItemKind.NUMERIC: lambda me: me.write("Your answer, in figures", "10 min"),
    ItemKind.SHORT_TEXT: lambda me: me.write("Your answer, in a few words", "Some of us"),
    ItemKind.CLOZE: _fill_gaps,
    ItemKind.BRANCHING: _speak,
    ItemKind.EXTENDED_TEXT: lambda me: me.write("Your answer", "Now Yusuf will lead the demonstration."),
}
"""How each kind is answered rightly."""


def test_every_kind_is_answered_with_the_keyboard_alone(demonstration: RunningApp, desk: Visitor) -> None:
    desk.change_window(PHONE, "light")
    desk.sign_in(TRAINEE, PASSWORD)
    desk.open(f"/quiz?form={FORM}")
    me = Keyboard(desk)
    for number, (kind, give) in enumerate(ANSWERS.items(), 1):
        desk.see(f"Question {number} of 10")
        give(me)
        desk.see("Saved")
        assert desk.width_over() <= 0, kind
        me.push("Next question" if number < len(ANSWERS) else "Look over and hand in")
    desk.see("You have answered every question.")
    me.push("Hand in")
    desk.see_title("You passed")
    desk.see("9 of 10")
    desk.see_no_trouble()
    assert demonstration.troubles == []
