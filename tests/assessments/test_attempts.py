from datetime import timedelta

import pytest

from assessments.errors import (
    AttemptClosedError,
    AttemptPassedError,
    AttemptsLockedError,
    AttemptWaitError,
    NotEnrolledError,
    NothingToUnlockError,
    OnlyPracticeError,
    OwnRecordError,
    UnknownFactError,
    UnknownPartError,
    WrongInputError,
)
from assessments.facts import Attempt, AttemptStarted, Response
from assessments.items import Given
from assessments.reasons import UnlockReason
from assessments.service.attempts import (
    attempt_window,
    find_practice,
    load_sheet,
    review_attempt,
    start_attempt,
    submit_attempt,
    unlock_attempts,
)
from curriculum.blueprints import Purpose
from curriculum.ids import BlueprintId
from curriculum.items import Pool
from people.errors import NotAllowedError
from people.facts import Fact
from people.ids import new_fact_id
from tests.assessments.world import World, answer, days_later, some_fact_id, start, take
from tests.builders import NOW, PROGRAMME, QUIZ, make_blueprint, make_programme


def _unlock(world: World, actor=None, reason: str = UnlockReason.TALKED_THROUGH, now=NOW):
    person_id = world.trainee.person_id
    return unlock_attempts(world.ledger, actor or world.trainer, person_id, PROGRAMME, QUIZ, reason=reason, now=now)


def _fail(world: World, n: int) -> Attempt:
    return [take(world, days_later(2 * day), n_right=0) for day in range(n)][-1]


# ---------------------------------------------------------------- start


def test_two_tabs_start_the_same_form(world: World):
    assert start(world) == start(world, NOW + timedelta(seconds=1))
    assert world.ledger.count(AttemptStarted) == 1


def test_two_tabs_at_the_same_moment_start_the_same_form(world: World, monkeypatch: pytest.MonkeyPatch):
    """The other tab starts between this one's look and its append."""
    append = world.ledger.append
    others: list[AttemptStarted] = []

    def append_second(*facts: Fact) -> bool:
        monkeypatch.setattr(world.ledger, "append", append)
        others.append(start(world))
        return append(*facts)

    monkeypatch.setattr(world.ledger, "append", append_second)
    assert start(world) == others[0]
    assert world.ledger.count(AttemptStarted) == 1


def test_form_is_drawn_from_the_pinned_version(world: World):
    started = start(world)
    assert (started.version_no, len(started.item_ids), started.person_id) == (1, 4, world.trainee.person_id)


def test_retry_draws_unseen_items_first(world: World):
    first = start(world)
    submit_attempt(world.ledger, world.trainee, first.fact_id, NOW)
    second = start(world, days_later(1))
    assert not set(first.item_ids) & set(second.item_ids)


def test_person_outside_the_programme_cannot_start(world: World):
    with pytest.raises(NotEnrolledError):
        start_attempt(world.ledger, world.trainer, PROGRAMME, QUIZ, Pool.COUNTING, now=NOW)


def test_unknown_quiz_is_named_with_the_one_meant(world: World):
    with pytest.raises(UnknownPartError, match=r"no quiz `quizz`\. Did you mean `quiz`\?"):
        start_attempt(world.ledger, world.trainee, PROGRAMME, BlueprintId("quizz"), Pool.COUNTING, now=NOW)


def test_failed_attempt_makes_people_wait(world: World):
    _fail(world, 1)
    with pytest.raises(AttemptWaitError, match="2025-03-11 10:00 UTC"):
        start(world, days_later(0.5))


def test_last_attempt_locks_the_quiz(world: World):
    _fail(world, 3)
    with pytest.raises(AttemptsLockedError, match="All 3 attempts"):
        start(world, days_later(30))


def test_passed_quiz_is_not_started_again(world: World):
    take(world)
    with pytest.raises(AttemptPassedError):
        start(world, days_later(30))


def test_practice_has_no_limit_and_no_waiting(world: World):
    attempts = [take(world, n_right=0, pool=Pool.PRACTICE) for _ in range(5)]
    assert len({attempt.started_id for attempt in attempts}) == 5
    assert not any(attempt.counts for attempt in attempts)


def test_practice_uses_no_counting_attempt(world: World):
    take(world, n_right=0, pool=Pool.PRACTICE)
    window = attempt_window(world.ledger, world.trainee.person_id, PROGRAMME, QUIZ, NOW)
    assert (window.used, window.may_start) == (0, True)


def test_a_quiz_for_practice_alone_can_be_practised_and_never_counts(world: World):
    mix = BlueprintId("mix")
    blueprint = make_blueprint(id=mix, purpose=Purpose.PRACTICE, draw=2, pass_pct=0, critical={})
    programme = make_programme(blueprints=(make_blueprint(), blueprint))
    world.ledger.programmes[PROGRAMME, 1] = programme
    person_id = world.trainee.person_id
    with pytest.raises(OnlyPracticeError, match="no attempt on it counts"):
        start_attempt(world.ledger, world.trainee, PROGRAMME, mix, Pool.COUNTING, now=NOW)
    window = attempt_window(world.ledger, person_id, PROGRAMME, mix, NOW)
    assert (window.may_start, window.is_locked, window.opens_at) == (False, False, None)
    assert find_practice(world.ledger, person_id, PROGRAMME, mix) is None
    started = start_attempt(world.ledger, world.trainee, PROGRAMME, mix, Pool.PRACTICE, now=NOW)
    assert [programme.item_by_id[one].pool for one in started.item_ids] == [Pool.PRACTICE] * 2
    assert find_practice(world.ledger, person_id, PROGRAMME, mix) == started
    attempt = submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    assert not attempt.counts
    assert find_practice(world.ledger, person_id, PROGRAMME, mix) is None


def test_withdrawn_form_gives_way_to_a_new_one(world: World):
    first = start(world)
    world.ledger.void(first, new_fact_id(), NOW)
    second = start(world)
    assert second.fact_id != first.fact_id


# ---------------------------------------------------------------- answer


def test_identical_response_adds_no_fact(world: World):
    started = start(world)
    assert answer(world, started, 0, (1,)) == answer(world, started, 0, (1,))
    assert world.ledger.count(Response) == 1


def test_newest_response_holds(world: World):
    started = start(world)
    answer(world, started, 0, (1,))
    answer(world, started, 0, (2,))
    assert load_sheet(world.ledger, world.trainee, started.fact_id).responses[0].chosen == (2,)


def test_response_may_be_put_off_but_not_left_empty(world: World):
    started = start(world)
    assert answer(world, started, 0, (), is_flagged=True).chosen == ()
    with pytest.raises(WrongInputError, match="exactly one option"):
        answer(world, started, 1, ())


def test_sheet_resumes_at_the_first_item_without_an_answer(world: World):
    started = start(world)
    answer(world, started, 0, (1,))
    assert load_sheet(world.ledger, world.trainee, started.fact_id).first_open == 1


def test_sheet_comes_back_to_flagged_items_last(world: World):
    started = start(world)
    answer(world, started, 0, (), is_flagged=True)
    assert load_sheet(world.ledger, world.trainee, started.fact_id).first_open == 1
    for position in (1, 2, 3):
        answer(world, started, position, (1,))
    sheet = load_sheet(world.ledger, world.trainee, started.fact_id)
    assert (sheet.first_open, sheet.n_unanswered) == (0, 1)


def test_sheet_with_all_answered_has_nothing_open(world: World):
    started = start(world)
    for position in range(4):
        answer(world, started, position, (1,))
    assert load_sheet(world.ledger, world.trainee, started.fact_id).first_open == 4


def test_sheet_shows_options_in_the_order_of_the_form(world: World):
    started = start(world)
    sheet = load_sheet(world.ledger, world.trainee, started.fact_id)
    assert tuple(number for number, _ in sheet.options_at(2)) == started.option_orders[2]
    assert all(option == sheet.items[2].options[number] for number, option in sheet.options_at(2))


@pytest.mark.parametrize("position", [-1, 4])
def test_position_outside_the_form_is_refused(world: World, position: int):
    with pytest.raises(WrongInputError, match=f"position {position}; expected 0 to 3"):
        answer(world, start(world), position, (0,))


@pytest.mark.parametrize("certainty", [0, 4])
def test_certainty_outside_its_scale_is_refused(world: World, certainty: int):
    with pytest.raises(WrongInputError, match="expected 1 to 3"):
        answer(world, start(world), 0, (0,), certainty=certainty)


def test_unknown_form_is_refused(world: World):
    with pytest.raises(UnknownFactError):
        load_sheet(world.ledger, world.trainee, some_fact_id())


def test_nobody_sees_or_fills_anothers_form(world: World):
    started = start(world)
    for actor in (world.fellow, world.trainer, world.operator):
        with pytest.raises(NotAllowedError):
            load_sheet(world.ledger, actor, started.fact_id)
        with pytest.raises(NotAllowedError):
            submit_attempt(world.ledger, actor, started.fact_id, NOW)


# ---------------------------------------------------------------- hand in


def test_unanswered_items_count_as_wrong(world: World):
    started = start(world)
    answer(world, started, 0, (0,))
    attempt = submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    assert (attempt.score, attempt.max_score, attempt.critical_total, attempt.pass_pct) == (1, 4, 1, 75)


def test_attempt_cannot_be_submitted_twice(world: World):
    started = start(world)
    first = submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    assert submit_attempt(world.ledger, world.trainee, started.fact_id, days_later(1)) == first
    assert world.ledger.count(Attempt) == 1


def test_response_after_submit_is_refused(world: World):
    started = start(world)
    submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    with pytest.raises(AttemptClosedError):
        answer(world, started, 0, (0,))


# ---------------------------------------------------------------- unlock


def test_trainer_unlocks_and_an_attempt_may_start_at_once(world: World):
    _fail(world, 3)
    _unlock(world, now=days_later(4.1))
    assert start(world, days_later(4.1)).person_id == world.trainee.person_id


def test_second_click_on_unlock_is_refused_in_plain_words(world: World):
    _fail(world, 3)
    _unlock(world, now=days_later(5))
    with pytest.raises(NothingToUnlockError):
        _unlock(world, now=days_later(5))


def test_open_quiz_needs_no_unlock(world: World):
    with pytest.raises(NothingToUnlockError):
        _unlock(world)


def test_unlock_needs_a_coded_reason(world: World):
    _fail(world, 3)
    with pytest.raises(WrongInputError, match="`because` is not known; expected one of talked_through"):
        _unlock(world, reason="because")


def test_only_own_trainers_and_the_training_lead_unlock(world: World):
    _fail(world, 3)
    for actor in (world.outsider, world.fellow, world.manager, world.coordinator, world.safeguarding):
        with pytest.raises(NotAllowedError):
            _unlock(world, actor)
    assert _unlock(world, world.lead, now=days_later(5)).actor_id == world.lead.person_id


def test_nobody_unlocks_their_own_quiz(world: World):
    with pytest.raises(OwnRecordError):
        _unlock(world, world.trainee)


# ---------------------------------------------------------------- look back


def test_failed_attempt_shows_section_but_no_key(world: World):
    attempt = _fail(world, 1)
    review = review_attempt(world.ledger, world.trainee, attempt.fact_id, NOW)
    assert not review.is_key_shown
    assert [(item.is_right, item.key, item.rationales) for item in review.items] == [(False, None, None)] * 4
    assert all(item.section.id == item.item.section for item in review.items)


def test_pass_shows_key_and_rationales(world: World):
    attempt = take(world)
    review = review_attempt(world.ledger, world.trainee, attempt.fact_id, NOW)
    assert review.is_passed
    assert review.items[0].key == Given((0,))
    assert review.items[0].rationales == ("Because 0.", "Because 1.", "Because 2.")


def test_last_attempt_shows_the_key(world: World):
    attempt = _fail(world, 3)
    assert review_attempt(world.ledger, world.trainee, attempt.fact_id, days_later(9)).is_key_shown


def test_unlock_takes_the_key_back(world: World):
    attempt = _fail(world, 3)
    _unlock(world, now=days_later(9))
    assert not review_attempt(world.ledger, world.trainee, attempt.fact_id, days_later(9)).is_key_shown


def test_practice_always_shows_the_key(world: World):
    attempt = take(world, n_right=0, pool=Pool.PRACTICE)
    assert review_attempt(world.ledger, world.trainee, attempt.fact_id, NOW).is_key_shown


def test_own_trainer_sees_the_review_and_others_do_not(world: World):
    attempt = take(world)
    assert review_attempt(world.ledger, world.trainer, attempt.fact_id, NOW).is_passed
    for actor in (world.fellow, world.outsider, world.manager, world.coordinator, world.safeguarding):
        with pytest.raises(NotAllowedError):
            review_attempt(world.ledger, actor, attempt.fact_id, NOW)
