"""Texts to mark: blind, one at a time, named on Today; the mark gives the trainee their points."""

import pytest

from assessments.facts import Attempt, AttemptStarted, SecondMarkAsked, TextMark
from assessments.service.attempts import record_response, submit_attempt
from curriculum.items import ItemKind
from tests.web.quiz.sheets import begin
from tests.web.walking import Walker, click, shown

TRAINEE = "erik"
TEXT = "So that is our idea. Now Yusuf will lead."


@pytest.fixture
def started(walker: Walker) -> AttemptStarted:
    """A form with one text, handed in."""
    scene, form = walker.scene, begin(walker, TRAINEE, ItemKind.EXTENDED_TEXT)
    how = {"certainty": None, "is_flagged": False, "now": scene.now, "text": TEXT}
    record_response(scene.store, scene.actor(TRAINEE), form.fact_id, 0, (), **how)
    submit_attempt(scene.store, scene.actor(TRAINEE), form.fact_id, scene.now)
    return form


def marks(walker: Walker, started: AttemptStarted) -> list[tuple[int, ...]]:
    found = walker.scene.store.list_facts(TextMark, started.person_id, started_id=started.fact_id)
    return [mark.levels for mark in found]


def mark(walker: Walker, login: str, *levels: int, asks_second: bool = False) -> None:
    page = walker.open("mark", login)
    for number, level in enumerate(levels):
        page.radio[number].set_value(level).run()
    if asks_second:
        page.checkbox[0].check().run()
    click(page, "Save the mark")


def test_today_says_how_many_texts_wait(walker: Walker, started: AttemptStarted) -> None:
    assert "1 text waits for a mark" in shown(walker.open("today", "trainer"))


def test_the_marker_reads_the_text_without_a_name(walker: Walker, started: AttemptStarted) -> None:
    page = walker.open("mark", "trainer")
    assert TEXT in shown(page)
    assert "Erik" not in shown(page)
    assert all(radio.value is None for radio in page.radio)
    assert next(button for button in page.button if button.label == "Save the mark").disabled


def test_a_mark_gives_the_points(walker: Walker, started: AttemptStarted) -> None:
    mark(walker, "trainer", 2, 1)
    assert marks(walker, started) == [(2, 1)]
    [attempt] = walker.scene.store.list_facts(Attempt, started.person_id)
    result = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    assert result.metric[0].value == "0.75 of 1"
    assert "It was 0 of 1 when you handed it in" in shown(result)
    assert "One of them" in shown(result)
    assert "No text waits for you" in shown(walker.open("mark", "trainer"))


def test_a_second_marker_sees_nothing_of_the_first(walker: Walker, started: AttemptStarted) -> None:
    mark(walker, "trainer", 2, 2, asks_second=True)
    assert "No text waits for you" in shown(walker.open("mark", "trainer"))
    page = walker.open("mark", "lead")
    assert "A second mark was asked for." in shown(page)
    assert all(radio.value is None for radio in page.radio)
    mark(walker, "lead", 2, 2)
    [attempt] = walker.scene.store.list_facts(Attempt, started.person_id)
    assert (attempt.score, attempt.n_unmarked) == (100, 0)


def test_the_trainee_may_ask_for_a_second_marker(walker: Walker, started: AttemptStarted) -> None:
    mark(walker, "trainer", 1, 1)
    [attempt] = walker.scene.store.list_facts(Attempt, started.person_id)
    click(walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id)), "Ask for a second marker")
    assert len(walker.scene.store.list_facts(SecondMarkAsked, started.person_id)) == 1
    assert "1 text waits for a mark" in shown(walker.open("today", "lead"))
