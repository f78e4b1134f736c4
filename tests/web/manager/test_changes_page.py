"""What changed since an earlier day, on the page of readiness."""

from datetime import date

import pytest

from assessments.service.learning import record_reflection
from curriculum.ids import ModuleId
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.views.manager.readiness import VIEW

GATE = "Reflections written"


def _text(page) -> str:
    return shown(page).replace("\\", "")


def _reflect(town: Town, login: str, n: int) -> None:
    for number in range(n):
        note, now = f"I will try {number}.", town.clock()
        record_reflection(town.store, town.actor(login), PROGRAMME, ModuleId("M1"), note=note, now=now)


def _draw(town: Town, login: str = "mona"):
    page = draw(VIEW, town.context(login))
    page.toggle(key="changes").set_value(True).run()
    assert not page.exception
    return page


@pytest.mark.parametrize("login", ["mona", "lena"])
def test_who_stands_elsewhere_is_named_with_the_gates_met(town: Town, login: str) -> None:
    _reflect(town, "amina", 1)
    town.clock.move(days=10)
    _reflect(town, "ben", 2)
    page = _draw(town, login)
    text = _text(page)
    assert "1 person stands elsewhere now" in text
    assert "**Ben**: Ready for decision, before: Not started" in text
    assert f"Met now: {GATE}" in text.replace("[", "").replace("]", "").replace(":green:material/check_circle: ", "")
    assert "**Amina**:" not in text


def test_the_earlier_day_can_be_chosen(town: Town) -> None:
    town.clock.move(days=10)
    _reflect(town, "ben", 2)
    town.clock.move(days=2)
    page = _draw(town)
    page.date_input[1].set_value(date(2026, 12, 4)).run()
    assert "Nothing has changed." in _text(page)
    page.date_input[1].set_value(date(2026, 11, 22)).run()
    text = _text(page)
    assert "**Amina**: Not started, new here" in text
    assert "2 people stand elsewhere now" in text


def test_between_two_earlier_days_nothing_later_counts(town: Town) -> None:
    town.clock.move(days=10)
    _reflect(town, "ben", 2)
    page = _draw(town)
    page.date_input[0].set_value(date(2026, 12, 1)).run()
    assert "as of the end of 1 Dec 2026" in _text(page)
    page.date_input[1].set_value(date(2026, 11, 24)).run()
    assert "Nothing has changed." in _text(page)
