"""Two tabs on one piece of work, and two clicks on one button: nothing is lost, and nothing is there twice."""

from collections.abc import Iterator

import pytest

from analytics.demonstration.cast import PASSWORD
from curriculum.models import Programme, Setting
from tests.browser import trainee_acts, trainer_acts
from tests.browser.conftest import Arrive
from tests.browser.pages import Visitor
from tests.browser.server import RunningApp

pytestmark = pytest.mark.xdist_group("pages and tabs")

QUIZ = "quiz-m1"
STOPPED_AT = 5
"""Noor has answered four questions of the first quiz, and stopped."""


@pytest.fixture(scope="module")
def window_of_trainer(demonstration: RunningApp, arrive: Arrive) -> Visitor:
    """The window of a trainer of everybody."""
    visitor = arrive(demonstration)
    visitor.sign_in("trainer", PASSWORD)
    return visitor


@pytest.fixture
def trainer(window_of_trainer: Visitor) -> Iterator[Visitor]:
    """A trainer of everybody."""
    yield window_of_trainer
    window_of_trainer.see_no_trouble()


def test_a_quiz_in_two_tabs_is_one_quiz(desk: Visitor, programme: Programme) -> None:
    noor = desk
    noor.sign_in("noor", PASSWORD)
    n_items = programme.blueprints[0].draw
    trainee_acts.start_quiz(noor, QUIZ)
    noor.see(f"Question {STOPPED_AT} of {n_items}")
    other = noor.second_tab()
    trainee_acts.start_quiz(other, QUIZ)
    item = trainee_acts.shown_item(noor, programme)
    assert trainee_acts.shown_item(other, programme) == item
    trainee_acts.answer(other, item)
    noor.refresh()
    noor.see("Saved")
    noor.click("Next question")
    trainee_acts.answer_all(noor, programme, n_items, first=STOPPED_AT + 1)
    noor.see("You have answered every question.")
    noor.button("Hand in").dblclick()
    noor.settle()
    noor.see_title("You passed")
    other.click("Next question")
    other.see_title("You passed")
    noor.open("/my-record")
    assert noor.page.get_by_role("row", name=f"{programme.modules[0].title} ").filter(has_text="passed").count() == 1
    other.see_no_trouble()
    noor.see_no_trouble()


def test_a_form_in_two_tabs_is_one_form(trainer: Visitor, programme: Programme) -> None:
    checklist = next(one for one in programme.checklists if one.id == "C3")
    story = next(one.title for one in programme.scenarios if one.id == checklist.scenarios[0])
    trainer_acts.begin_form(trainer, checklist, Setting.ROLEPLAY, whom="Samuel Mensah", story=story)
    other = trainer.second_tab()
    other.open(trainer.page.url)
    first, second, third = checklist.lines
    trainer_acts.tick_line(trainer, first.id)
    trainer_acts.tick_line(other, second.id)
    trainer_acts.tick_line(trainer, third.id)
    trainer.click("Watched: nothing unhelpful")
    trainer.click("Nothing further seen")
    trainer.see("3 of 3 lines")
    trainer.click("Look over and submit")
    trainer.pick("Good enough")
    trainer.pick("3 · does it, help is near")
    trainer.button("Submit").dblclick()
    trainer.settle()
    trainer.see("passed")
    trainer_acts.tick_line(other, first.id)
    other.see("This form was submitted already and stays as it is.")
    other.see_no_trouble()
    trainer.open("/my-trainees")
    trainer.click("Look", within=trainer.page.locator('[class*="st-key-card-trainee-"]').filter(has_text="Samuel"))
    assert trainer.page.get_by_text(f"{checklist.title}, role‑play").count() == 1


def test_a_meeting_saved_with_two_clicks_is_one_meeting(trainer: Visitor, desk: Visitor) -> None:
    erik = desk
    erik.sign_in("erik", PASSWORD)
    trainer.open("/record")
    trainer.pick("Supervision")
    trainer.choose("Who?", "Erik Dahl")
    trainer.button("Save the meeting").dblclick()
    trainer.settle()
    trainer.see("Saved.")
    erik.open("/my-record")
    assert erik.page.get_by_role("row", name="In person").count() == 1
