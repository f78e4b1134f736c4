"""A trainee's week of learning: taught sessions, modules, quizzes, reflections."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final

from analytics.simulation.ability import READ
from analytics.simulation.answering import choose
from analytics.simulation.calendar import Week
from analytics.simulation.pen import new_fact_id
from analytics.simulation.persons import Quiz, Trainee
from analytics.simulation.phrases import REFLECTIONS
from assessments.facts import (
    Attempt,
    AttemptStarted,
    Attendance,
    Milestone,
    MilestoneKind,
    ModuleProgress,
    Presence,
    Response,
    Unlock,
)
from assessments.forms import draw_form
from assessments.reasons import UnlockReason
from assessments.scoring import has_passed
from curriculum.blueprints import Purpose
from curriculum.models import Blueprint, Module, Pool, TrainingSession
from people.facts import Amendment, Change
from people.ids import derived_fact_id

COMES: Final = 0.93
MAKES_UP: Final = 0.6
REFLECTS: Final = 0.5
STOPS_HALF_WAY: Final = 0.03
TESTED: Final = 0.05
"""The share of the way to what somebody can reach that taking a quiz brings."""


def study(trainee: Trainee, week: Week) -> None:
    """Live a week of learning."""
    n = trainee.week_of_training(week)
    _attend(trainee, week, n)
    _take_around(trainee, week, Purpose.PRE)
    module = _read(trainee, week, n)
    if module is not None and trainee.rng.random() < REFLECTS:
        _reflect(trainee, week, module)
    _take_quizzes(trainee, week)
    _take_around(trainee, week, Purpose.POST)


# ---------------------------------------------------------------- taught sessions


def _attend(trainee: Trainee, week: Week, n: int) -> None:
    """One taught session is held a week, in the programme's order."""
    sessions = trainee.course.programme.head.sessions
    if n < len(sessions) and sessions[n] in trainee.path.sessions:
        session = sessions[n]
        if trainee.flaws.skips_sessions:
            _register(trainee, week, session, Presence.PRESENT if n == 0 else Presence.ABSENT)
        elif trainee.rng.random() < COMES:
            _register(trainee, week, session, Presence.PRESENT)
        else:
            absent = _register(trainee, week, session, Presence.ABSENT)
            if trainee.rng.random() < MAKES_UP:
                make_up_later(trainee, week, session, absent)


def _register(trainee: Trainee, week: Week, session: TrainingSession, presence: Presence) -> Attendance:
    at = week.at(1, 10 + trainee.rng.random())
    attendance = Attendance(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=trainee.trainer.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        session_id=session.id,
        presence=presence,
        minutes=0 if presence == Presence.ABSENT else session.minutes,
    )
    trainee.pen.write(attendance)
    if presence == Presence.ABSENT:
        trainee.missed[session.id] = attendance
    else:
        trainee.attended.add(session.id)
        if session.module is not None:
            trainee.ability.grow(trainee.course.module_domains[session.module], READ / 2)
    return attendance


def make_up_later(trainee: Trainee, week: Week, session: TrainingSession, absent: Attendance) -> None:
    """Plan that a missed session is made up in one to three weeks."""
    trainee.put_off(week, trainee.rng.randint(1, 3), partial(_make_up, trainee, session, absent))


def _make_up(trainee: Trainee, session: TrainingSession, absent: Attendance, week: Week) -> None:
    if not trainee.is_running or session.id in trainee.attended:
        return
    made_up = _register(trainee, week, session, Presence.MADE_UP)
    trainee.missed.pop(session.id, None)
    replaced = Amendment(
        fact_id=derived_fact_id(absent.fact_id, Change.REPLACED),
        person_id=trainee.person_id,
        actor_id=trainee.trainer.person_id,
        occurred_at=made_up.occurred_at,
        target_id=absent.fact_id,
        change=Change.REPLACED,
        reason="entered_anew",
    )
    trainee.pen.write(replaced)


# ---------------------------------------------------------------- modules


def _read(trainee: Trainee, week: Week, n: int) -> Module | None:
    """Read the next module when its week has come; return it once it is read."""
    modules = trainee.path.modules
    if trainee.n_modules_read >= min(len(modules), n + 1) or not trainee.gets_round():
        return None
    module = modules[trainee.n_modules_read]
    steps = (
        range(len(module.steps)) if trainee.cohort.keeps_answers else range(len(module.steps) - 1, len(module.steps))
    )
    at = week.at(2, 18 + 2 * trainee.rng.random())
    for step in steps:
        _turn_page(trainee, module, step, at)
        at += timedelta(minutes=trainee.rng.uniform(1, 4))
    trainee.n_modules_read += 1
    trainee.ability.grow(trainee.course.module_domains[module.id], READ)
    return module


def _turn_page(trainee: Trainee, module: Module, step: int, at: datetime) -> None:
    progress = ModuleProgress(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=trainee.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        module_id=module.id,
        step=step,
        is_read=step == len(module.steps) - 1,
    )
    trainee.pen.write(progress)


def _reflect(trainee: Trainee, week: Week, module: Module) -> None:
    at = week.at(2, 20.5 + trainee.rng.random())
    reflection = Milestone(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=trainee.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        kind=MilestoneKind.REFLECTION,
        what=module.id,
        note=trainee.rng.choice(REFLECTIONS),
    )
    trainee.n_reflections += 1
    trainee.pen.write(reflection)


def reflect_again(trainee: Trainee, week: Week) -> None:
    """Write a reflection on a module that was read before."""
    if trainee.n_modules_read and trainee.is_running:
        _reflect(trainee, week, trainee.rng.choice(trainee.path.modules[: trainee.n_modules_read]))


# ---------------------------------------------------------------- quizzes


def _take_quizzes(trainee: Trainee, week: Week) -> None:
    """Take the quizzes of modules that are read and not passed, one attempt a quiz a week."""
    for module in trainee.path.modules[: trainee.n_modules_read]:
        blueprint = trainee.path.quizzes.get(module.id)
        if blueprint is None:
            continue
        quiz = trainee.quizzes[blueprint.id]
        if not quiz.is_passed and trainee.gets_round():
            _try_quiz(trainee, week, blueprint, quiz)


def _take_around(trainee: Trainee, week: Week, purpose: Purpose) -> None:
    """Take, once, the quiz before its first module is read, or the one after all of its modules.

    Nothing is passed and nothing learned there, and chance is drawn apart, so that all else stays as it would be.
    """
    read = trainee.path.modules[: trainee.n_modules_read]
    coming = trainee.path.modules[trainee.n_modules_read : trainee.n_modules_read + 1]
    for blueprint in trainee.path.around:
        quiz = trainee.quizzes[blueprint.id]
        if blueprint.purpose is not purpose or quiz.n_started:
            continue
        n_read = sum(module.id in blueprint.modules for module in read)
        is_first = n_read == 0 and any(module.id in blueprint.modules for module in coming)
        is_time = is_first if purpose is Purpose.PRE else n_read == len(blueprint.modules)
        if not is_time:
            continue
        rng = Random(f"{trainee.enrolment.fact_id} {blueprint.id}")
        at = week.at(0 if purpose is Purpose.PRE else 5, 18 + 3 * rng.random())
        for earlier in (other for other in trainee.path.around if other.purpose is not purpose):
            quiz.times_seen.update(trainee.quizzes[earlier.id].times_seen)
        started = _start(trainee, blueprint, quiz, at)
        at = _answer(trainee, quiz, started, at, range(len(started.item_ids)), rng=rng)
        trainee.pen.write(_attempt(trainee, blueprint, quiz, started, at))


def _try_quiz(trainee: Trainee, week: Week, blueprint: Blueprint, quiz: Quiz) -> None:
    at = week.at(3, 18 + 3 * trainee.rng.random())
    if quiz.open is None and quiz.n_used >= blueprint.max_attempts:
        return
    if quiz.waits_until is not None and quiz.waits_until > at:
        return
    started = quiz.open or _start(trainee, blueprint, quiz, at)
    if quiz.open is None and trainee.rng.random() < STOPS_HALF_WAY:
        quiz.open = started
        _answer(trainee, quiz, started, at, range(len(started.item_ids) // 2), rng=trainee.rng)
        return
    quiz.open = None
    at = _answer(trainee, quiz, started, at, range(len(quiz.given), len(started.item_ids)), rng=trainee.rng)
    _hand_in(trainee, week, blueprint, quiz, started, at=at)


def _start(trainee: Trainee, blueprint: Blueprint, quiz: Quiz, at: datetime) -> AttemptStarted:
    programme = trainee.course.programme
    pool = Pool.COUNTING
    fact_id = derived_fact_id(trainee.enrolment.fact_id, f"attempt/{blueprint.id}/{pool}/{quiz.n_started}")
    seed = fact_id.int % 2**31
    form = draw_form(programme, blueprint, pool, quiz.times_seen, seed)
    started = AttemptStarted(
        fact_id=fact_id,
        person_id=trainee.person_id,
        actor_id=trainee.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        version_no=trainee.course.version_no,
        blueprint_id=blueprint.id,
        pool=pool,
        seed=seed,
        item_ids=form.item_ids,
        option_orders=form.option_orders,
    )
    quiz.n_started += 1
    quiz.n_used += 1
    quiz.times_seen.update(form.item_ids)
    quiz.given = {}
    trainee.pen.write(started)
    return started


def _answer(
    trainee: Trainee, quiz: Quiz, started: AttemptStarted, at: datetime, positions: range, *, rng: Random
) -> datetime:
    """Answer the items at some positions; return when that is done."""
    course = trainee.course
    for position in positions:
        item = course.programme.item_by_id[started.item_ids[position]]
        ability = trainee.ability.now[course.domain_of[item.competency]]
        given = choose(item, course.items[item.id], ability, rng)
        quiz.given[position] = given
        at += timedelta(seconds=rng.uniform(20, 80))
        if trainee.cohort.keeps_answers:
            response = Response(
                fact_id=new_fact_id(rng, at),
                person_id=trainee.person_id,
                actor_id=trainee.person_id,
                occurred_at=at,
                started_id=started.fact_id,
                position=position,
                item_id=item.id,
                chosen=given.chosen,
                text=given.text,
                certainty=rng.choice((None, 2, 2, 3, 3)),
            )
            trainee.pen.write(response)
    return at + timedelta(seconds=30)


def _hand_in(
    trainee: Trainee, week: Week, blueprint: Blueprint, quiz: Quiz, started: AttemptStarted, *, at: datetime
) -> None:
    attempt = _attempt(trainee, blueprint, quiz, started, at)
    trainee.pen.write(attempt)
    quiz.last_id = attempt.fact_id
    quiz.is_passed = has_passed(attempt)
    trainee.ability.grow(trainee.course.module_domains[blueprint.module], TESTED)
    if not quiz.is_passed:
        quiz.waits_until = at + timedelta(hours=blueprint.wait_hours)
        if quiz.n_used >= blueprint.max_attempts and trainee.rng.random() < 0.85:
            trainee.put_off(week, trainee.rng.randint(1, 3), partial(_unlock, trainee, blueprint, quiz))


def _attempt(trainee: Trainee, blueprint: Blueprint, quiz: Quiz, started: AttemptStarted, at: datetime) -> Attempt:
    programme = trainee.course.programme
    score = trainee.course.scorer.score([programme.item_by_id[one] for one in started.item_ids], quiz.given)
    return Attempt(
        fact_id=derived_fact_id(started.fact_id, "attempt"),
        person_id=trainee.person_id,
        actor_id=trainee.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        started_id=started.fact_id,
        blueprint_id=blueprint.id,
        counts=True,
        score=score.score,
        max_score=score.max_score,
        critical_total=score.critical_total,
        critical_missed=score.critical_missed,
        pass_pct=blueprint.pass_pct,
        items=score.items,
        per_point=score.per_point,
        n_unmarked=score.n_unmarked,
    )


def _unlock(trainee: Trainee, blueprint: Blueprint, quiz: Quiz, week: Week) -> None:
    if not trainee.is_running or quiz.last_id is None:
        return
    at = week.at(1, 15 + trainee.rng.random())
    unlock = Unlock(
        fact_id=derived_fact_id(quiz.last_id, "unlock"),
        person_id=trainee.person_id,
        actor_id=trainee.trainer.person_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        blueprint_id=blueprint.id,
        reason=UnlockReason.TALKED_THROUGH,
    )
    quiz.n_used = 0
    quiz.waits_until = None
    trainee.pen.write(unlock)
