"""A corrected key: who is touched stands there before it is confirmed, and the trainee is told."""

import pytest

from assessments.facts import Attempt, KeyCorrection
from assessments.service.attempts import record_response, submit_attempt
from curriculum.items import ItemKind
from people.facts import Amendment, Change
from tests.web.acting import box
from tests.web.quiz.sheets import begin
from tests.web.walking import Walker, click, click_twice, shown

TRAINEE = "erik"


@pytest.fixture
def attempt(walker: Walker) -> Attempt:
    """A form of one question, answered with its second option, which the key calls wrong."""
    scene, form = walker.scene, begin(walker, TRAINEE, ItemKind.SINGLE)
    how = {"certainty": 3, "is_flagged": False, "now": scene.now}
    record_response(scene.store, scene.actor(TRAINEE), form.fact_id, 0, (1,), **how)
    return submit_attempt(scene.store, scene.actor(TRAINEE), form.fact_id, scene.now)


def propose(walker: Walker):
    """Propose that the second option is right."""
    page = walker.open("correct-key", "lead")
    question = box(page, "Question")
    question.set_value(question.options[0]).run() if isinstance(question.options[0], str) else None
    question.select_index(0).run()
    box(page, "What is right").set_value(1).run()
    return click(page, "Show what would change")


def test_who_changes_is_named_before_anything_is_written(walker: Walker, attempt: Attempt) -> None:
    text = shown(propose(walker)).replace("*", "")
    assert "Erik Dahl: 0 of 1 → 1 of 1" in text
    assert "would pass" in text
    assert walker.scene.store.list_facts(KeyCorrection) == []


def test_a_confirmed_correction_is_told_to_the_trainee(walker: Walker, attempt: Attempt) -> None:
    click(propose(walker), "Correct it now")
    page = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    assert page.metric[0].value == "1 of 1"
    assert "It was 0 of 1 when you handed it in" in shown(page)
    assert "The answer to a question was corrected." in shown(page)
    assert "was corrected after you handed in" in page.info[0].value


def test_what_was_corrected_stays_on_the_page(walker: Walker, attempt: Attempt) -> None:
    click(propose(walker), "Correct it now")
    assert "m1-role-01: Another answer is right" in shown(walker.open("correct-key", "lead"))


def test_a_new_score_is_told_on_the_first_page_until_it_is_read(walker: Walker, attempt: Attempt) -> None:
    assert "was corrected" not in shown(walker.open("next", TRAINEE))
    click(propose(walker), "Correct it now")
    page = walker.open("next", TRAINEE)
    text = shown(page)
    assert "Your result is now 1 of 1; it was 0 of 1." in text
    assert "You have passed it." in text
    assert "(/quiz-result?attempt=" in text
    click_twice(page, "I have read it")
    assert "was corrected" not in shown(walker.open("next", TRAINEE))
    read = walker.scene.store.list_facts(Amendment, walker.person(TRAINEE), change=Change.ACKNOWLEDGED)
    assert len(read) == 1
