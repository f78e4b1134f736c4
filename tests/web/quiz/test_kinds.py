"""Every kind of question on the sheet: answered, kept at once, told about, and looked back at."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Attempt, AttemptStarted
from assessments.items import NOTHING, right_given
from assessments.service.attempts import record_response, submit_attempt
from curriculum.items import ItemKind, Pool
from tests.web.acting import box
from tests.web.quiz.sheets import begin, responses
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, shown

TRAINEE = "erik"
MATCHING, NUMERIC, SHORT_TEXT = ItemKind.MATCHING, ItemKind.NUMERIC, ItemKind.SHORT_TEXT
CLOZE, BRANCHING, EXTENDED = ItemKind.CLOZE, ItemKind.BRANCHING, ItemKind.EXTENDED_TEXT


def open_form(walker: Walker, started: AttemptStarted, **query: str) -> AppTest:
    return walker.open("quiz", TRAINEE, form=str(started.fact_id), **query)


def newest(walker: Walker, started: AttemptStarted) -> tuple[tuple[int, ...], str]:
    response = responses(walker, started)[-1]
    return response.chosen, response.text


# ---------------------------------------------------------------- answers


def test_each_line_gets_what_belongs_to_it(walker: Walker) -> None:
    started = begin(walker, TRAINEE, MATCHING)
    page = open_form(walker, started)
    box(page, "The one who helps").set_value(1).run()
    assert newest(walker, started) == ((NOTHING, 1), "")
    box(page, "The one who leads").set_value(0).run()
    assert newest(walker, started) == ((0, 1), "")
    assert box(open_form(walker, started, question="1"), "The one who helps").value == 1


def test_a_number_is_kept_with_its_unit(walker: Walker) -> None:
    started = begin(walker, TRAINEE, NUMERIC)
    page = open_form(walker, started)
    assert "Write the number with its unit" in shown(page)
    box(page, "Your answer, in figures").set_value("10 min").run()
    assert newest(walker, started) == ((), "10 min")
    assert "Saved 09:00" in shown(page)


def test_what_is_no_number_is_not_kept_and_does_not_let_one_leave(walker: Walker) -> None:
    started = begin(walker, TRAINEE, NUMERIC, SHORT_TEXT)
    page = open_form(walker, started)
    box(page, "Your answer, in figures").set_value("ten or so").run()
    assert "Write it in figures" in page.error[0].value
    click(page, "Next question")
    assert "Question 1 of 2" in shown(page)
    assert responses(walker, started) == []


def test_words_that_are_typed_and_left_with_one_click_are_kept(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SHORT_TEXT, NUMERIC)
    page = open_form(walker, started)
    box(page, "Your answer, in a few words").set_value("Some of us")
    click(page, "Next question")
    assert "Question 2 of 2" in shown(page)
    assert newest(walker, started) == ((), "Some of us")


def test_an_option_that_is_chosen_and_left_with_one_click_is_kept(walker: Walker) -> None:
    started = begin(walker, TRAINEE, ItemKind.SINGLE, NUMERIC)
    page = open_form(walker, started)
    page.radio[0].set_value(2)
    click(page, "Next question")
    assert "Question 2 of 2" in shown(page)
    assert newest(walker, started) == ((2,), "")


def test_gaps_are_filled_one_by_one(walker: Walker) -> None:
    started = begin(walker, TRAINEE, CLOZE)
    page = open_form(walker, started)
    assert "A session has (1) ____ leaders." in shown(page).replace("*", "")
    box(page, "Gap 2: you say your partner's ____ out loud. Then you").set_value("name").run()
    assert newest(walker, started) == ((NOTHING, NOTHING, NOTHING), "\nname\n")
    box(page, "Gap 3: you stop talking and ____ .").set_value(0).run()
    box(page, "Gap 1: A session has ____ leaders. When you hand").set_value("2").run()
    assert newest(walker, started) == ((NOTHING, NOTHING, 0), "2\nname\n")


def test_a_scenario_goes_on_from_what_is_said(walker: Walker) -> None:
    started = begin(walker, TRAINEE, BRANCHING)
    page = open_form(walker, started)
    page.radio[0].set_value(0).run()
    assert responses(walker, started) == []
    click(page, "Say this")
    assert newest(walker, started) == ((0,), "")
    assert "She sits down and takes a breath." in shown(page)
    again = open_form(walker, started, question="1")
    assert "She asks if you can help her with the letters." in shown(again)
    again.radio[0].set_value(1).run()
    click(again, "Say this")
    assert newest(walker, started) == ((0, 1), "")
    assert not again.radio


def test_half_a_scenario_is_no_answer_yet(walker: Walker) -> None:
    started = begin(walker, TRAINEE, BRANCHING)
    page = open_form(walker, started)
    page.radio[0].set_value(0).run()
    click(page, "Say this")
    overview = open_form(walker, started, question="2")
    assert "Not whole yet" in shown(overview)
    assert "1 question has no answer." in shown(overview)


def test_a_text_is_kept_and_marked_by_a_person(walker: Walker) -> None:
    started = begin(walker, TRAINEE, EXTENDED)
    page = open_form(walker, started)
    assert "without your name" in shown(page)
    assert not page.get("button_group")
    box(page, "Your answer").set_value("Now Yusuf will lead.").run()
    assert newest(walker, started) == ((), "Now Yusuf will lead.")
    click(open_form(walker, started, question="2"), "Hand in")
    result = walker.follow(TRAINEE)
    assert result.title[0].value == "A trainer has to mark your text"
    assert "Not marked yet" in shown(result)


# ---------------------------------------------------------------- told at once


def test_practice_tells_at_once_and_says_why(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SHORT_TEXT, pool=Pool.PRACTICE)
    page = open_form(walker, started)
    box(page, "Your answer, in a few words").set_value("we should").run()
    click(page, "Check my answer")
    assert "Not right." in shown(page)
    assert "some of us" in shown(page)
    assert box(page, "Your answer, in a few words").disabled
    assert "Check my answer" not in [button.label for button in page.button]


def test_the_one_thing_to_do_is_to_check_and_then_to_go_on(walker: Walker) -> None:
    page = open_form(walker, begin(walker, TRAINEE, SHORT_TEXT, SHORT_TEXT, pool=Pool.PRACTICE))
    box(page, "Your answer, in a few words").set_value("we should").run()
    assert _first_to_do(page) == ["Check my answer"]
    click(page, "Check my answer")
    assert _first_to_do(page) == ["Next question"]


def _first_to_do(page: AppTest) -> list[str]:
    return [button.label for button in page.button if button.proto.type == "primary"]


def test_an_answer_typed_and_checked_with_one_click_is_the_one_told_about(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SHORT_TEXT, pool=Pool.PRACTICE)
    page = open_form(walker, started)
    box(page, "Your answer, in a few words").set_value("we should").run()
    box(page, "Your answer, in a few words").set_value("Some of us")
    click(page, "Check my answer")
    assert "Right." in shown(page)
    assert responses(walker, started)[-1].told_right


def test_a_quiz_that_tells_later_has_no_such_button(walker: Walker) -> None:
    page = open_form(walker, begin(walker, TRAINEE, SHORT_TEXT))
    box(page, "Your answer, in a few words").set_value("we should").run()
    assert "Check my answer" not in [button.label for button in page.button]


# ---------------------------------------------------------------- time


def test_the_time_left_is_shown(walker: Walker) -> None:
    started = begin(walker, TRAINEE, NUMERIC, limit_s=600)
    walker.scene.wait(minutes=4)
    assert "6 minutes left" in shown(open_form(walker, started))


def test_after_the_time_the_page_says_so_and_keeps_what_still_comes(walker: Walker) -> None:
    started = begin(walker, TRAINEE, ItemKind.SINGLE, limit_s=600)
    page = open_form(walker, started)
    page.radio[0].set_value(1).run()
    walker.scene.wait(minutes=12)
    page.radio[0].set_value(0).run()
    assert [one.is_late for one in responses(walker, started)] == [False, True]
    assert "It is kept, and it does not count." in page.warning[-1].value
    assert "The time was up at 09:10." in page.warning[0].value
    click(open_form(walker, started, question="2"), "Hand in")
    assert "You changed this after the time was up." in shown(walker.follow(TRAINEE))


# ---------------------------------------------------------------- looking back


@pytest.mark.parametrize("kind", [MATCHING, NUMERIC, SHORT_TEXT, CLOZE, BRANCHING])
def test_a_passed_attempt_shows_what_was_right(walker: Walker, kind: ItemKind) -> None:
    scene, started = walker.scene, begin(walker, TRAINEE, kind)
    right = right_given(scene.store.programme(ALONGSIDE, 1).item_by_id[started.item_ids[0]])
    choice = {"certainty": 3, "is_flagged": False, "now": scene.now, "text": right.text}
    record_response(scene.store, scene.actor(TRAINEE), started.fact_id, 0, right.chosen, **choice)
    attempt: Attempt = submit_attempt(scene.store, scene.actor(TRAINEE), started.fact_id, scene.now)
    page = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    assert page.title[0].value == "You passed"
    assert ("You]" if kind is BRANCHING else "your answer") in shown(page)
    assert "Not right" not in shown(page)


@pytest.mark.parametrize("kind", [MATCHING, NUMERIC, SHORT_TEXT, CLOZE, BRANCHING, EXTENDED])
def test_nothing_given_says_so(walker: Walker, kind: ItemKind) -> None:
    scene, started = walker.scene, begin(walker, TRAINEE, kind, pool=Pool.PRACTICE)
    attempt = submit_attempt(scene.store, scene.actor(TRAINEE), started.fact_id, scene.now + timedelta(minutes=1))
    assert "You gave no answer." in shown(walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id)))
