"""The result: the key only when no other attempt may come; until then, where to read."""

from curriculum.ids import BlueprintId
from curriculum.items import Pool
from tests.web.quiz.sheets import begin, items_of, take
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, shown

TRAINEE = "erik"
M9 = BlueprintId("quiz-m9")


def texts_of(walker: Walker, item_id: str) -> tuple[str, list[str]]:
    """Return the right option of a single-choice item, and the rationales of all options."""
    item = walker.scene.store.programme(ALONGSIDE, 1).item_by_id[item_id]
    return next(option.text for option in item.options if option.correct), [one.rationale for one in item.options]


def test_a_failed_attempt_shows_the_section_and_its_passage_and_not_the_key(walker: Walker) -> None:
    attempt = take(walker, TRAINEE, n_wrong=5)
    page = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    text = shown(page)
    assert page.title[0].value == "Not passed yet"
    assert "The answers stay closed until you pass." in text
    assert "right answer" not in text
    for score in attempt.items[:5]:
        item = items_of(walker)[score.item_id]
        section = walker.scene.store.programme(ALONGSIDE, 1).section_by_id[item.section]
        assert f"[Read: {section.title}](/manual?section={section.id})" in text
        assert section.markdown.strip().split("\n\n")[0] in text
        assert not any(option.rationale in text for option in item.options)
    assert page.metric[0].value == "5 of 10"


def test_a_passed_attempt_shows_key_and_rationale(walker: Walker) -> None:
    attempt = take(walker, TRAINEE, n_wrong=1)
    page = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    text = shown(page)
    assert page.title[0].value == "You passed"
    right, _ = texts_of(walker, attempt.items[0].item_id)
    assert right in text
    assert any(rationale in text for rationale in texts_of(walker, attempt.items[0].item_id)[1])
    assert "The answers stay closed" not in text


def test_the_last_failed_attempt_shows_the_key_and_whom_to_ask(walker: Walker) -> None:
    for _ in range(3):
        attempt = take(walker, TRAINEE, n_wrong=5)
        walker.scene.wait(hours=25)
    text = shown(walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id)))
    assert "All attempts are used. Look at the reasons, then ask your trainer to open it again." in text
    assert "right answer" in text


def test_a_key_shown_is_closed_again_once_another_attempt_may_come(walker: Walker) -> None:
    for _ in range(3):
        attempt = take(walker, TRAINEE, n_wrong=5)
        walker.scene.wait(hours=25)
    trainee = str(walker.person(TRAINEE))
    page = walker.open("my-trainees", "trainer", **{"person": trainee, "in": ALONGSIDE})
    click(page, "Open one more attempt")
    text = shown(walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id)))
    assert "right answer" not in text


def test_points_are_not_enough_when_a_key_safeguarding_question_is_missed(walker: Walker) -> None:
    attempt = take(walker, TRAINEE, M9, n_wrong=1, skips=lambda item: item.critical is not None)
    page = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    assert page.title[0].value == "Not passed yet"
    assert page.metric[0].value == "11 of 12"
    assert "Key safeguarding questions right: 4 of 5" in shown(page)
    assert "Your points were enough, but every key safeguarding question must be right." in shown(page)


def test_practice_never_counts_and_shows_the_reasons(walker: Walker) -> None:
    attempt = take(walker, TRAINEE, n_wrong=1, pool=Pool.PRACTICE)
    page = walker.open("quiz-result", TRAINEE, attempt=str(attempt.fact_id))
    assert page.title[0].value == "Practice done"
    assert "right answer" in shown(page)


def test_somebody_elses_result_is_refused_in_words(walker: Walker) -> None:
    attempt = take(walker, TRAINEE, n_wrong=1)
    page = walker.open("quiz-result", "noor", attempt=str(attempt.fact_id))
    assert page.error
    assert "Points" not in [metric.label for metric in page.metric]
    assert "[My quizzes](/quizzes?)" in shown(page)


def test_an_address_without_a_result_leads_to_the_quizzes(walker: Walker) -> None:
    started = begin(walker, TRAINEE)
    assert "No result is open here" in shown(walker.open("quiz-result", TRAINEE, attempt="x"))
    assert walker.open("quiz-result", TRAINEE, attempt=str(started.fact_id)).error
