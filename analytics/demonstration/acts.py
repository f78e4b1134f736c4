"""What people of the demonstration do, one function an act, each through the app's own services."""

import random
from collections.abc import Callable

from analytics.demonstration.world import World
from analytics.simulation.answering import wrong_given
from analytics.simulation.path import Path
from assessments.facts import AttemptStarted, Done, GlobalRating, Mode, Presence, Relation, Seen, Stage
from assessments.items import right_given
from assessments.service import learning
from assessments.service.attempts import load_sheet, record_response, start_attempt, submit_attempt
from assessments.service.observations import (
    Form,
    acknowledge,
    answer_all_basic,
    answer_no_further,
    answer_none_unhelpful,
    load_form,
    open_observation,
    record_ticks,
    request_observation,
    submit_observation,
)
from curriculum.ids import BehaviourId, BlueprintId, CertificateId, ChecklistId, ModuleId, ScenarioId
from curriculum.items import (
    Pool,
)
from curriculum.models import ScaleKind, Setting
from people.models import PersonId

_STRENGTHS = ("Warm and clear from the start.", "Gave people time to answer.", "Kept the group together well.")
_NEXT_STEPS = ("Leave one more pause.", "Hand over out loud.", "Say the plan once more at the end.")


def read_module(world: World, login: str, module_id: ModuleId, *, n_steps: int | None = None) -> None:
    """Read a module page by page; `n_steps` stops half-way."""
    module = world.programme.module_by_id[module_id]
    last = len(module.steps) if n_steps is None else n_steps
    for step in range(last):
        now = world.clock.wait(3)
        learning.record_progress(
            world.store, world.actor(login), world.programme.head.id, module_id, step, is_read=True, now=now
        )


def begin_quiz(world: World, login: str, blueprint_id: BlueprintId) -> AttemptStarted:
    """Start a counting attempt."""
    return start_attempt(
        world.store, world.actor(login), world.programme.head.id, blueprint_id, Pool.COUNTING, now=world.clock.wait(1)
    )


def answer_some(world: World, login: str, started: AttemptStarted, n_answers: int, n_wrong: int) -> None:
    """Answer the first items; of these the first that are not critical are wrong."""
    sheet = load_sheet(world.store, world.actor(login), started.fact_id)
    n_left = n_wrong
    for position, item in enumerate(sheet.items[:n_answers]):
        is_wrong = n_left > 0 and item.critical is None
        n_left -= is_wrong
        given = wrong_given(item) if is_wrong else right_given(item)
        record_response(
            world.store,
            world.actor(login),
            started.fact_id,
            position,
            given.chosen,
            text=given.text,
            certainty=3 if position % 3 else 2,
            is_flagged=False,
            now=world.clock.wait(0.5),
        )


def take_quiz(world: World, login: str, blueprint_id: BlueprintId, *, n_wrong: int = 1) -> None:
    """Take a quiz from the first item to handing in."""
    started = begin_quiz(world, login, blueprint_id)
    answer_some(world, login, started, len(started.item_ids), n_wrong)
    submit_attempt(world.store, world.actor(login), started.fact_id, world.clock.wait(1))


def reflect(world: World, login: str, module_id: ModuleId) -> None:
    """Write a reflection."""
    note = "I talk fast when I am nervous. Next time I will breathe first."
    learning.record_reflection(
        world.store, world.actor(login), world.programme.head.id, module_id, note, now=world.clock.now
    )


def watch_a_peer(world: World, login: str, session: str, days_ago: int) -> None:
    """Note that an experienced peer leader was watched."""
    learning.record_peer_model(
        world.store,
        world.actor(login),
        world.programme.head.id,
        session,
        "I will borrow how she let the silence be.",
        watched_on=world.day(days_ago),
        now=world.clock.now,
    )


def keep_register(world: World, trainer: str, session_id: str, logins: list[str], *, absent: list[str]) -> None:
    """Keep the register of a taught session."""
    session = next(one for one in world.programme.head.sessions if one.id == session_id)
    for login in logins:
        is_absent = login in absent
        learning.record_attendance(
            world.store,
            world.actor(trainer),
            world.people[login],
            world.programme.head.id,
            session_id,
            presence=Presence.ABSENT if is_absent else Presence.PRESENT,
            minutes=0 if is_absent else session.minutes,
            held_on=world.store.day_of(world.clock.now),
            now=world.clock.wait(0.2),
        )


def see_prerequisites(world: World, path: Path, trainer: str, login: str) -> None:
    """Record that what is needed before the start was seen, each as often as it is asked for."""
    asked = [prerequisite_id for prerequisite_id, least in path.prerequisites for _ in range(least)]
    for n, prerequisite_id in enumerate(asked):
        learning.record_prerequisite(
            world.store,
            world.actor(trainer),
            world.people[login],
            world.programme.head.id,
            prerequisite_id,
            seen_on=world.store.day_of(world.clock.now),
            now=world.clock.wait(n + 1),
        )


def see_certificate(
    world: World,
    trainer: str,
    login: str,
    certificate_id: CertificateId,
    *,
    issued_days_ago: int,
    expires_days_ago: int,
) -> None:
    """Record a certificate; a negative number of days lies ahead."""
    learning.record_certificate(
        world.store,
        world.actor(trainer),
        world.people[login],
        certificate_id,
        world.day(issued_days_ago),
        expires_on=world.day(expires_days_ago),
        now=world.clock.now,
        programme_id=world.programme.head.id,
    )


def supervise(world: World, trainer: str, login: str) -> None:
    """Record a supervision meeting held today."""
    learning.record_supervision(
        world.store,
        world.actor(trainer),
        world.people[login],
        world.programme.head.id,
        45,
        mode=Mode.IN_PERSON,
        held_on=world.store.day_of(world.clock.now),
        now=world.clock.now,
    )


def calibrate(world: World, trainer: str) -> None:
    """Record that a trainer passed a calibration; the training lead does."""
    learning.record_calibration(
        world.store,
        world.actor("lead"),
        world.people[trainer],
        world.programme.head.id,
        True,
        taken_on=world.store.day_of(world.clock.now),
        now=world.clock.now,
    )


def observe(
    world: World,
    trainer: str,
    login: str,
    checklist_id: str,
    *,
    setting: Setting,
    stage: Stage = Stage.LEAD_PART,
    scenario_id: str | None = None,
    session_code: str = "",
    counts: bool = True,
    unhelpful: str | None = None,
    n_further: int = 0,
    misses: bool = False,
) -> None:
    """Watch somebody: open a form, tick, submit; the trainee has seen it an hour later.

    `unhelpful` names a behaviour that is seen; `n_further` lines also show a further behaviour;
    `misses` says that the first basic behaviour was not seen.
    """
    actor = world.actor(trainer)
    opened = open_observation(
        world.store,
        actor,
        PersonId(world.people[login]),
        world.programme.head.id,
        ChecklistId(checklist_id),
        setting=setting,
        stage=stage,
        scenario_id=None if scenario_id is None else ScenarioId(scenario_id),
        session_code=session_code,
        relation=Relation.TRAINER,
        counts=counts,
        has_co_leader=True,
        now=world.clock.now,
    )
    form = load_form(world.store, actor, opened.fact_id)
    _fill(world, trainer, form, unhelpful, n_further)
    if misses:
        _miss_the_first(world, trainer, form)
    rng = random.Random(opened.fact_id.int)
    observation = submit_observation(
        world.store,
        actor,
        opened.fact_id,
        global_rating=GlobalRating.NOT_YET if unhelpful else GlobalRating.PASS,
        entrustment=2 if unhelpful else 3,
        strength=rng.choice(_STRENGTHS),
        next_step=rng.choice(_NEXT_STEPS),
        confirms_harm=unhelpful is not None,
        now=world.clock.wait(4),
    )
    if not unhelpful:
        acknowledge(world.store, world.actor(login), observation.fact_id, True, "", now=world.clock.wait(60))


def evaluate(world: World, login: str, about: str, session_code: str, *, missed: BehaviourId) -> None:
    """Say how one saw oneself, or a partner, in a session: all basic behaviours but one."""
    store, actor, programme = world.store, world.actor(login), world.programme
    relation = Relation.SELF if login == about else Relation.PARTNER
    checklist = programme.forms_of(relation)[0]
    opened = open_observation(
        store,
        actor,
        world.people[about],
        programme.head.id,
        checklist.id,
        setting=Setting.LIVE,
        stage=Stage.LEAD_WHOLE,
        scenario_id=None,
        session_code=session_code,
        relation=relation,
        counts=False,
        has_co_leader=True,
        now=world.clock.now,
    )
    form = load_form(store, actor, opened.fact_id)
    for line in form.lines:
        answer_all_basic(store, actor, opened.fact_id, line.id, world.clock.wait(0.5))
        if any(behaviour.id == missed for behaviour in form.watched_on(line)):
            answers = [(line.id, missed, Seen.NOT_SEEN.value)]
            record_ticks(store, actor, opened.fact_id, answers, world.clock.wait(0.2))
    answer_none_unhelpful(store, actor, opened.fact_id, world.clock.wait(0.3))
    answer_no_further(store, actor, opened.fact_id, world.clock.wait(0.3))
    submit_observation(
        store,
        actor,
        opened.fact_id,
        global_rating=GlobalRating.PASS,
        entrustment=3,
        strength="",
        next_step="",
        confirms_harm=False,
        now=world.clock.wait(2),
    )


def ask_partner(world: World, login: str, partner: str) -> None:
    """Ask a partner for their view."""
    programme = world.programme
    request_observation(
        world.store,
        world.actor(login),
        programme.head.id,
        programme.forms_of(Relation.PARTNER)[0].id,
        Setting.LIVE,
        asked_id=world.people[partner],
        now=world.clock.now,
    )


def _miss_the_first(world: World, trainer: str, form: Form) -> None:
    line = form.lines[0]
    basic = next(one for one in form.programme.behaviours_of(line) if one.kind == "basic")
    answers = [(line.id, basic.id, Seen.NOT_SEEN.value)]
    record_ticks(world.store, world.actor(trainer), form.opened.fact_id, answers, world.clock.wait(0.2))


def _fill(world: World, trainer: str, form: Form, unhelpful: str | None, n_further: int) -> None:
    store, actor, form_id = world.store, world.actor(trainer), form.opened.fact_id
    tick: Callable[..., object] = record_ticks
    if form.scale.kind is ScaleKind.DONE:
        answers = [(line.id, None, Done.DONE.value) for line in form.lines]
        tick(store, actor, form_id, answers, world.clock.wait(3))
        return
    for number, line in enumerate(form.lines):
        answer_all_basic(store, actor, form_id, line.id, world.clock.wait(0.5))
        further = [b.id for b in form.programme.behaviours_of(line) if b.kind == "further"]
        if number < n_further and further:
            tick(store, actor, form_id, [(line.id, further[0], Seen.SEEN.value)], world.clock.wait(0.2))
        if any(b.id == unhelpful for b in form.programme.behaviours_of(line)) and unhelpful:
            tick(store, actor, form_id, [(line.id, BehaviourId(unhelpful), Seen.SEEN.value)], world.clock.wait(0.2))
    answer_none_unhelpful(store, actor, form_id, world.clock.wait(0.3))
    answer_no_further(store, actor, form_id, world.clock.wait(0.3))
