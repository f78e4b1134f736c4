"""The list of quizzes: where each stands, in words, and what can be done about it."""

from dataclasses import replace

from assessments.facts import AttemptStarted, Unlock
from curriculum.ids import BlueprintId
from curriculum.items import Pool
from tests.web.quiz.sheets import take
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, click_twice, shown

M1, M4 = BlueprintId("quiz-m1"), BlueprintId("quiz-m4")


def started_by(walker: Walker, login: str) -> list[AttemptStarted]:
    return walker.scene.store.list_facts(AttemptStarted, walker.person(login), pool=Pool.COUNTING)


def test_a_quiz_whose_attempts_are_used_says_who_opens_it(walker: Walker) -> None:
    page = walker.open("quizzes", "samuel")
    assert "Locked" in shown(page)
    assert "All attempts are used. Your trainer can open it again." in shown(page)
    assert "start-quiz-m4" not in [button.key for button in page.button]


def test_a_quiz_that_waits_says_when_it_opens(walker: Walker) -> None:
    page = walker.open("quizzes", "chloe")
    assert "Not yet" in shown(page)
    assert "The next attempt opens on 24 Nov 2026 at 01:" in shown(page)
    assert "start-quiz-m3" not in [button.key for button in page.button]
    walker.scene.wait(hours=17)
    assert walker.open("quizzes", "chloe").button(key="start-quiz-m3").label == "Start"


def test_a_form_half_way_is_gone_on_with(walker: Walker) -> None:
    [started] = started_by(walker, "noor")
    page = walker.open("quizzes", "noor")
    assert "Go on where you stopped." in shown(page)
    click(page, "Go on")
    assert walker.went == [("quiz", {"form": str(started.fact_id)})]
    assert "Question 5 of 10" in shown(walker.follow("noor"))


def test_a_passed_quiz_shows_its_points_and_cannot_be_started(walker: Walker) -> None:
    page = walker.open("quizzes", "priya")
    assert shown(page).count("Passed") == 4
    assert "9 of 10 points" in shown(page)
    assert "Start" not in [button.label for button in page.button]


def test_only_the_nearest_quiz_is_the_one_thing_to_do(walker: Walker) -> None:
    page = walker.open("quizzes", "erik")
    assert [button.key for button in page.button if button.proto.type == "primary"] == ["start-quiz-m1"]


def test_the_rules_of_a_quiz_are_said_before_it(walker: Walker) -> None:
    text = shown(walker.open("quizzes", "samuel"))
    assert "10 questions · pass mark 80 in 100 · attempt 3 of 3 used" in text
    assert "every key safeguarding question must be right" in text


def test_a_double_click_starts_one_attempt(walker: Walker) -> None:
    click_twice(walker.open("quizzes", "erik"), "Start")
    assert len(started_by(walker, "erik")) == 1
    assert {query["form"] for _, query in walker.went} == {str(started_by(walker, "erik")[0].fact_id)}


def test_starting_what_another_window_has_used_up_is_refused_in_words(walker: Walker) -> None:
    page = walker.open("quizzes", "erik")
    take(walker, "erik", M1, n_wrong=5)
    page.button(key="start-quiz-m1").click().run()
    assert "opens on" in shown(page) or page.error
    assert len(started_by(walker, "erik")) == 1


def test_a_trainer_opens_a_locked_quiz_from_today(walker: Walker) -> None:
    page = walker.open("today", "trainer")
    assert "Samuel Mensah has used all attempts: Listening and responding" in shown(page).replace("*", "")
    page.button(key=f"look-my-trainees-{walker.person('samuel')}-alongside-{M4}").click().run()
    page = walker.follow("trainer")
    assert page.title[0].value == "Samuel Mensah"
    click(page, "Open one more attempt")
    [unlock] = walker.scene.store.list_facts(Unlock, walker.person("samuel"))
    assert (unlock.blueprint_id, unlock.reason) == (M4, "talked_through")
    assert walker.open("quizzes", "samuel").button(key="start-quiz-m4").label == "Start"
    assert "has used all attempts" not in shown(walker.open("today", "trainer"))


def test_who_is_in_no_programme_is_told_whom_to_ask(walker: Walker) -> None:
    context = walker.scene.context("erik")
    alone = replace(context, choices=tuple(replace(one, enrolment_id=None) for one in context.choices))
    assert "No quizzes yet" in shown(walker.open("quizzes", "erik", context=alone))
    assert context.choices[0].programme_id == ALONGSIDE
