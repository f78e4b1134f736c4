"""The page of refreshers, and what a trainer and a training lead see of it."""

import pytest

from assessments.facts import RefresherAnswer
from assessments.service.attempts import record_response, submit_attempt
from curriculum.items import ItemKind
from tests.web.quiz.sheets import begin
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, scene, shown, walker

__all__ = ["scene", "walker"]

TRAINEE = "erik"


@pytest.fixture
def missed(walker: Walker) -> Walker:
    """A trainee who was sure of a wrong answer eight days ago."""
    here, form = walker.scene, begin(walker, TRAINEE, ItemKind.SINGLE)
    how = {"certainty": 3, "is_flagged": False, "now": here.now}
    record_response(here.store, here.actor(TRAINEE), form.fact_id, 0, (1,), **how)
    submit_attempt(here.store, here.actor(TRAINEE), form.fact_id, here.now)
    walker.scene.wait(days=8)
    return walker


def test_before_the_first_quiz_there_is_nothing(walker: Walker) -> None:
    assert "No refreshers yet" in shown(walker.open("refreshers", TRAINEE))


def test_a_question_is_asked_answered_and_explained(missed: Walker) -> None:
    page = missed.open("refreshers", TRAINEE)
    assert "1 question is due." in shown(page)
    _answer_anything(page)
    click(page, "Check my answer")
    [answer] = missed.scene.store.list_facts(RefresherAnswer, missed.person(TRAINEE))
    assert answer.section_id == "M1.1"
    assert ("Right." in shown(page)) is answer.is_right
    click(page, "Go on")
    assert "Nothing is due" in shown(page)


def _answer_anything(page) -> None:
    """Answer whatever kind of question is asked."""
    if page.radio:
        page.radio[0].set_value(page.radio[0].options and 0).run()
        while any(button.label == "Say this" for button in page.button):
            click(page, "Say this")
            if page.radio:
                page.radio[0].set_value(0).run()
    elif any(button.label == "Keep this order" for button in page.button):
        click(page, "Keep this order")
    else:
        page.checkbox[0].check().run()


def test_no_answer_is_asked_for(missed: Walker) -> None:
    page = missed.open("refreshers", TRAINEE)
    click(page, "Check my answer")
    assert "Choose an answer first." in shown(page)
    assert missed.scene.store.list_facts(RefresherAnswer, missed.person(TRAINEE)) == []


def test_what_was_sure_and_wrong_leads_to_its_passage(missed: Walker) -> None:
    text = shown(missed.open("refreshers", TRAINEE))
    assert "You were sure, and it was not right" in text
    assert "(/manual?section=M1.1)" in text


def test_the_trainer_reads_it_with_the_person(missed: Walker) -> None:
    person = str(missed.person(TRAINEE))
    text = shown(missed.open("my-trainees", "trainer", **{"person": person, "in": ALONGSIDE}))
    assert "Sure, and not right" in text
    assert "(/manual?section=M1.1)" in text


def test_the_training_lead_reads_it_question_by_question(missed: Walker) -> None:
    text = shown(missed.open("misconceptions", "lead"))
    assert "Amara says her landlord" in text
    assert "1 of them was sure" in text


def test_the_training_lead_chooses_a_cohort_or_all_hubs_where_few_are_not_told(missed: Walker) -> None:
    page = missed.open("misconceptions", "lead")
    options = page.selectbox(key="choice-whose").options
    assert options[0].endswith(": all cohorts")
    assert options[-1] == "All hubs"
    assert len(options) > 2
    page.selectbox(key="choice-whose").set_value("*").run()
    assert "nobody is told apart" in shown(page)


def test_the_days_of_refreshers_can_be_put_into_a_calendar(missed: Walker) -> None:
    page = missed.open("refreshers", TRAINEE)
    assert [button.label for button in page.get("download_button")] == ["Put the days into my calendar"]


def test_safeguarding_stands_before_all_else(missed: Walker) -> None:
    page = missed.open("misconceptions", "lead")
    badges = ["Safeguarding" in one.value for one in page.markdown if one.value.startswith("**")]
    assert badges == sorted(badges, reverse=True)
