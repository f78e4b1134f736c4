"""Questions of every kind are answered with the keyboard alone, on a phone's width."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from analytics.demonstration.cast import PASSWORD
from assessments.facts import AttemptStarted
from assessments.items import choice_sizes
from curriculum.ids import BlueprintId, ModuleId, ProgrammeId
from curriculum.items import ItemKind
from people.facts import FactId
from people.ids import ROOT, derived_fact_id
from store.ledger import Store
from tests.browser.conftest import PHONE, Arrive
from tests.browser.pages import Visitor
from tests.browser.server import RunningApp, run_app
from tests.builders import make_started

TRAINEE: Final = "erik"
FORM: Final[FactId] = derived_fact_id(ROOT, "a question of every kind")
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


@pytest.fixture(scope="module")
def app(demonstration_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app with a form of one question of each kind begun for a trainee."""
    path = tmp_path_factory.mktemp("every-kind") / "practicum.duckdb"
    shutil.copyfile(demonstration_of_today, path)
    store = Store.open(path)
    store.append(_form(store))
    store.close()
    with run_app(path) as running:
        yield running


def _form(store: Store) -> AttemptStarted:
    account = store.find_account(TRAINEE)
    assert account is not None
    programme = store.programme(ProgrammeId("alongside"), 1)
    of_kind = {item.kind: item for item in reversed(programme.items) if item.is_of(ModuleId("M1"))}
    items = [of_kind[kind] for kind in ItemKind]
    return make_started(
        store.clock(),
        fact_id=FORM,
        person_id=account.person_id,
        actor_id=account.person_id,
        blueprint_id=BlueprintId("quiz-m1"),
        item_ids=tuple(item.id for item in items),
        option_orders=tuple(tuple(n for size in choice_sizes(item) for n in range(size)) for item in items),
    )


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


def test_every_kind_is_answered_with_the_keyboard_alone(app: RunningApp, arrive: Arrive, tmp_path: Path) -> None:
    visitor = arrive(app, size=PHONE)
    visitor.sign_in(TRAINEE, PASSWORD)
    visitor.open(f"/quiz?form={FORM}")
    me = Keyboard(visitor)
    for number, (kind, give) in enumerate(ANSWERS.items(), 1):
        visitor.see(f"Question {number} of 10")
        give(me)
        visitor.see("Saved")
        assert visitor.width_over() <= 0, kind
        visitor.picture(tmp_path / f"{number}-{kind}.png")
        me.push("Next question" if number < len(ANSWERS) else "Look over and hand in")
    visitor.see("You have answered every question.")
    me.push("Hand in")
    visitor.see_title("You passed")
    visitor.see("9 of 10")
    visitor.see_no_trouble()
    assert app.troubles == []
