from datetime import timedelta

from assessments.facts import AttemptStarted, Unlock
from assessments.windows import AttemptWindow, find_window
from people.ids import new_fact_id
from people.models import PersonId
from tests.builders import NOW, PROGRAMME, QUIZ, make_attempt, make_blueprint, make_started

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
BLUEPRINT = make_blueprint()


def _window(scores: list[int | None], unlocked_at=None, now=NOW) -> AttemptWindow:
    """Return the window after attempts a day apart, the first at NOW; None is a form still open."""
    started = [make_started(NOW + n * DAY) for n in range(len(scores))]
    attempts = [
        make_attempt(one, score, after_minutes=0)
        for one, score in zip(started, scores, strict=True)
        if score is not None
    ]
    unlocks = [_unlock(unlocked_at)] if unlocked_at else []
    return find_window(BLUEPRINT, started, attempts, unlocks, now)


def _unlock(at) -> Unlock:
    return Unlock(
        fact_id=new_fact_id(),
        person_id=PersonId(1),
        actor_id=PersonId(3),
        occurred_at=at,
        programme_id=PROGRAMME,
        blueprint_id=QUIZ,
        reason="talked_through",
    )


def test_first_attempt_may_start_at_once():
    window = _window([])
    assert (window.may_start, window.used, window.allowed, window.is_locked) == (True, 0, 3, False)


def test_open_form_goes_on_instead_of_a_new_one():
    window = _window([None])
    assert isinstance(window.open, AttemptStarted)
    assert (window.may_start, window.used) == (False, 1)


def test_failed_attempt_is_followed_by_a_waiting_time():
    window = _window([0], now=NOW + HOUR)
    assert (window.may_start, window.opens_at, window.is_over) == (False, NOW + DAY, False)


def test_waiting_time_ends_on_the_hour():
    assert _window([0], now=NOW + DAY).may_start
    assert not _window([0], now=NOW + DAY - timedelta(seconds=1)).may_start


def test_last_failed_attempt_locks_the_quiz():
    window = _window([0, 0, 0], now=NOW + 10 * DAY)
    assert (window.is_locked, window.may_start, window.opens_at, window.is_over) == (True, False, None, True)


def test_unlock_gives_an_attempt_at_once():
    window = _window([0, 0, 0], unlocked_at=NOW + 2 * DAY + HOUR, now=NOW + 2 * DAY + HOUR)
    assert (window.may_start, window.used, window.is_locked) == (True, 0, False)


def test_unlock_ends_the_waiting_time():
    window = _window([0], unlocked_at=NOW + HOUR, now=NOW + HOUR)
    assert (window.may_start, window.opens_at) == (True, None)


def test_attempts_after_an_unlock_wait_again():
    window = _window([0, 0], unlocked_at=NOW + DAY - HOUR, now=NOW + DAY + HOUR)
    assert (window.used, window.opens_at) == (1, NOW + 2 * DAY)


def test_pass_ends_the_attempts():
    window = _window([10], now=NOW + 10 * DAY)
    assert (window.may_start, window.is_locked, window.is_over) == (False, False, True)
    assert window.passed == window.last


def test_unlock_after_a_pass_opens_the_quiz_and_keeps_the_pass():
    window = _window([10], unlocked_at=NOW + HOUR, now=NOW + HOUR)
    assert window.may_start
    assert window.passed is not None
    assert not window.is_over


def test_missed_critical_item_is_no_pass_and_waits():
    started = make_started()
    attempt = make_attempt(started, 10, critical_missed=1)
    window = find_window(BLUEPRINT, [started], [attempt], [], NOW + HOUR)
    assert window.passed is None
    assert window.opens_at == attempt.occurred_at + DAY
