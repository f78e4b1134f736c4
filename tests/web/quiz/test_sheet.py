"""The sheet: one question at a time, every answer in the store at once, the same place after a refresh."""

from uuid import uuid4

from streamlit.testing.v1 import AppTest

from assessments.facts import Attempt, AttemptStarted
from curriculum.items import ItemKind, Pool
from tests.web.quiz.sheets import begin, responses, take
from tests.web.walking import Walker, click, click_twice, shown

TRAINEE = "erik"
SINGLE, MULTIPLE, ORDERING, TRUE_FALSE = ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.ORDERING, ItemKind.TRUE_FALSE


def open_form(walker: Walker, started: AttemptStarted, **query: str) -> AppTest:
    return walker.open("quiz", TRAINEE, form=str(started.fact_id), **query)


def stems(walker: Walker, started: AttemptStarted) -> list[str]:
    programme = walker.scene.store.programme(started.programme_id, 1)
    return [programme.item_by_id[item_id].stem for item_id in started.item_ids]


# ---------------------------------------------------------------- answers


def test_an_answer_is_in_the_store_before_the_page_says_saved(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE)
    page = open_form(walker, started)
    assert "Saved" not in shown(page)
    page.radio[0].set_value(2).run()
    [response] = responses(walker, started)
    assert (response.chosen, response.certainty, response.is_flagged) == ((2,), None, False)
    assert "Saved 09:00" in shown(page)


def test_nothing_is_chosen_for_the_trainee(walker: Walker) -> None:
    page = open_form(walker, begin(walker, TRAINEE, SINGLE))
    assert page.radio[0].value is None
    assert page.get("button_group")[0].value in (None, [])


def test_an_answer_can_be_changed_and_both_stay(walker: Walker) -> None:
    started = begin(walker, TRAINEE, TRUE_FALSE)
    page = open_form(walker, started)
    page.radio[0].set_value(0).run()
    page.radio[0].set_value(1).run()
    assert [response.chosen for response in responses(walker, started)] == [(0,), (1,)]


def test_drawing_the_page_again_records_nothing(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE)
    page = open_form(walker, started)
    page.radio[0].set_value(2).run()
    page.run()
    assert len(responses(walker, started)) == 1


def test_how_sure_is_asked_after_an_answer_and_recorded(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE)
    page = open_form(walker, started)
    assert page.get("button_group")[0].disabled
    page.radio[0].set_value(1).run()
    page.get("button_group")[0].set_value(3).run()
    assert [response.certainty for response in responses(walker, started)] == [None, 3]


def test_a_question_can_be_left_for_later_without_an_answer(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE)
    page = open_form(walker, started)
    page.toggle[0].set_value(True).run()
    [response] = responses(walker, started)
    assert (response.chosen, response.is_flagged) == ((), True)


def test_several_options_are_ticked_one_by_one(walker: Walker) -> None:
    started = begin(walker, TRAINEE, MULTIPLE)
    page = open_form(walker, started)
    page.checkbox[2].check().run()
    page.checkbox[0].check().run()
    assert [response.chosen for response in responses(walker, started)] == [(2,), (0, 2)]
    page.checkbox[0].uncheck().run()
    page.checkbox[2].uncheck().run()
    assert responses(walker, started)[-1].chosen == ()


def test_steps_are_put_in_order_with_buttons(walker: Walker) -> None:
    started = begin(walker, TRAINEE, ORDERING)
    page = open_form(walker, started)
    assert responses(walker, started) == []
    down = [button for button in page.button if button.label == "Down"]
    down[0].click().run()
    n = len(down)
    assert responses(walker, started)[-1].chosen == (1, 0, *range(2, n))
    up = [button for button in page.button if button.label == "Up"]
    up[n - 1].click().run()
    assert responses(walker, started)[-1].chosen == (1, 0, *range(2, n - 2), n - 1, n - 2)


def test_the_order_as_it_stands_can_be_kept(walker: Walker) -> None:
    started = begin(walker, TRAINEE, ORDERING)
    page = click(open_form(walker, started), "Keep this order")
    [response] = responses(walker, started)
    assert response.chosen == tuple(range(len(response.chosen)))
    assert "Keep this order" not in [button.label for button in page.button]


def test_the_order_of_another_window_is_not_overwritten_by_coming_back(walker: Walker) -> None:
    started = begin(walker, TRAINEE, ORDERING, SINGLE)
    first = open_form(walker, started)
    click(first, "Keep this order")
    click(first, "Next question")
    second = open_form(walker, started, question="1")
    next(button for button in second.button if button.label == "Down").click().run()
    click(first, "Back")
    assert responses(walker, started)[-1].chosen[:2] == (1, 0)
    assert len(responses(walker, started)) == 2


# ---------------------------------------------------------------- the place


def test_a_form_goes_on_at_the_first_open_question(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE, MULTIPLE)
    page = open_form(walker, started)
    page.radio[0].set_value(1).run()
    page = open_form(walker, started)
    assert "Question 2 of 3" in shown(page)
    assert stems(walker, started)[1] in shown(page)


def test_a_refresh_shows_the_same_question_with_its_answer(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE)
    page = open_form(walker, started)
    page.radio[0].set_value(2).run()
    page.toggle[0].set_value(True).run()
    again = open_form(walker, started, **{"question": page.query_params["question"]})
    assert "Question 1 of 2" in shown(again)
    assert again.radio[0].value == 2
    assert again.toggle[0].value is True
    assert "Saved" in shown(again)


def test_back_and_next_lead_through_the_questions_to_the_look_over(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE)
    page = open_form(walker, started)
    assert page.button(key="back-0").disabled
    click(page, "Next question")
    assert "Question 2 of 2" in shown(page)
    click(page, "Back")
    assert "Question 1 of 2" in shown(page)
    click(page, "Next question")
    click(page, "Look over and hand in")
    assert page.title[0].value == "Ready to hand in?"


def test_a_place_that_is_none_leads_to_the_first_open_question(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE)
    for place in ("0", "9", "two"):
        assert "Question 1 of 2" in shown(open_form(walker, started, question=place))


# ---------------------------------------------------------------- handing in


def test_the_look_over_says_what_has_no_answer_and_leads_there(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE, MULTIPLE)
    page = open_form(walker, started)
    page.radio[0].set_value(0).run()
    page = open_form(walker, started, question="4")
    assert "2 questions have no answer. They will count as wrong." in shown(page)
    click(page, "Open 2")
    assert "Question 2 of 3" in shown(page)


def test_handing_in_counts_what_has_no_answer_as_wrong(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE, TRUE_FALSE)
    click(open_form(walker, started, question="3"), "Hand in")
    [attempt] = walker.scene.store.list_facts(Attempt, started.person_id)
    assert (attempt.score, attempt.started_id) == (0, started.fact_id)
    assert walker.went == [("quiz-result", {"attempt": str(attempt.fact_id)})]


def test_a_double_click_hands_in_once(walker: Walker) -> None:
    started = begin(walker, TRAINEE, SINGLE)
    click_twice(open_form(walker, started, question="2"), "Hand in")
    assert len(walker.scene.store.list_facts(Attempt, started.person_id)) == 1


def test_a_form_that_was_handed_in_opens_its_result(walker: Walker) -> None:
    attempt = take(walker, TRAINEE)
    walker.open("quiz", TRAINEE, form=str(attempt.started_id))
    assert walker.went == [("quiz-result", {"attempt": str(attempt.fact_id)})]


def test_practice_is_marked_as_such(walker: Walker) -> None:
    walker.open("quizzes", TRAINEE).button(key="start-quiz-m1").click().run()
    assert "Practice: it does not count" not in shown(walker.follow(TRAINEE))
    page = walker.open("quizzes", TRAINEE)
    page.button(key="practise-quiz-m1").click().run()
    assert "Practice: it does not count" in shown(walker.follow(TRAINEE))
    started = walker.scene.store.list_facts(AttemptStarted, walker.person(TRAINEE))
    assert [one.pool for one in started] == [Pool.COUNTING, Pool.PRACTICE]


# ---------------------------------------------------------------- what cannot be opened


def test_somebody_elses_form_is_refused_in_words(walker: Walker) -> None:
    started = begin(walker, "noor", SINGLE)
    page = open_form(walker, started)
    assert page.error
    assert stems(walker, started)[0] not in shown(page)


def test_an_address_without_a_form_leads_to_the_quizzes(walker: Walker) -> None:
    for query in ({}, {"form": "nonsense"}):
        assert "No quiz is open here" in shown(walker.open("quiz", TRAINEE, **query))
    page = walker.open("quiz", TRAINEE, form=str(uuid4()))
    assert page.error
    assert "[My quizzes](/quizzes?)" in shown(page)
