"""Quizzes on paper: each kind with its boxes and lines, and what was answered so far."""

import pytest

from assessments.items import right_given
from assessments.service.attempts import load_sheet, record_response
from curriculum.items import ItemKind
from tests.web.quiz.sheets import begin
from tests.web.walking import Walker
from web.paper import PaperQuestion, list_questions

TRAINEE = "erik"
ALL = tuple(ItemKind)


@pytest.fixture
def questions(walker: Walker) -> dict[ItemKind, PaperQuestion]:
    """A form of every kind before anything is answered."""
    return print_form(walker, answers=False)


def print_form(walker: Walker, *, answers: bool) -> dict[ItemKind, PaperQuestion]:
    scene, started = walker.scene, begin(walker, TRAINEE, *ALL)
    sheet = load_sheet(scene.store, scene.actor(TRAINEE), started.fact_id)
    for position, item in enumerate(sheet.items if answers else ()):
        given = right_given(item)
        how = {"certainty": None, "is_flagged": False, "now": scene.now, "text": given.text}
        record_response(scene.store, scene.actor(TRAINEE), started.fact_id, position, given.chosen, **how)
    sheet = load_sheet(scene.store, scene.actor(TRAINEE), started.fact_id)
    return dict(zip(ALL, list_questions(sheet), strict=True))


def test_every_question_says_how_it_is_answered(questions: dict[ItemKind, PaperQuestion]) -> None:
    assert [question.number for question in questions.values()] == list(range(1, 11))
    assert all(question.how and (question.rows or question.n_lines) for question in questions.values())


def test_nothing_is_ticked_before_it_is_answered(questions: dict[ItemKind, PaperQuestion]) -> None:
    assert not any(row.is_chosen for question in questions.values() for row in question.rows)
    assert not any(question.typed for question in questions.values())


def test_pairs_have_letters_and_gaps_have_numbers(questions: dict[ItemKind, PaperQuestion]) -> None:
    pairs = [row.text for row in questions[ItemKind.MATCHING].rows]
    assert pairs[:3] == ["The one who leads", "The one who helps", "A: holds the talk with the whole group"]
    assert questions[ItemKind.CLOZE].rows[0].text.startswith("A session has (1) ________ leaders.")
    assert questions[ItemKind.CLOZE].rows[1].text == "(3) sit back / add a last tip / leave the room"


def test_a_scenario_says_where_to_go_on(questions: dict[ItemKind, PaperQuestion]) -> None:
    rows = [row.text for row in questions[ItemKind.BRANCHING].rows]
    assert rows[1].endswith("Go to part 2.")
    assert rows[2].endswith("It ends here.")
    assert rows[3].startswith("Part 2: ")


def test_what_was_answered_is_printed(walker: Walker) -> None:
    printed = print_form(walker, answers=True)
    for kind in (ItemKind.SINGLE, ItemKind.TRUE_FALSE, ItemKind.MULTIPLE):
        assert any(row.is_chosen for row in printed[kind].rows)
    assert printed[ItemKind.MATCHING].rows[0].text == "The one who leads (A)"
    assert printed[ItemKind.CLOZE].rows[1].text == "(1) [2]"
    assert [printed[kind].typed for kind in (ItemKind.NUMERIC, ItemKind.SHORT_TEXT)] == ["10 minutes", "some of us"]
    assert printed[ItemKind.ORDERING].rows[0].text.endswith("(1)")
