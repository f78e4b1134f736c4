"""Twelve stories, one for each stage of the way, as entries of the agenda."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from analytics.demonstration import acts
from analytics.demonstration.cast import TRAINEES
from analytics.demonstration.world import Agenda, World
from assessments.facts import Stage
from assessments.service.decisions import countersign, prepare_case, sign_off
from assessments.service.observations import request_observation
from curriculum.ids import BehaviourId, BlueprintId, ChecklistId, ModuleId
from curriculum.models import Setting
from people.facts import ClockChange, ClockReason
from people.service import change_clock

_MODULES = (("M1", 108, 104), ("M3", 101, 97), ("M4", 94, 90), ("M9", 87, 83))
"""Module, and how many days ago it was read and its quiz taken."""

_SESSIONS = (("T1", 110), ("T3", 103), ("T4", 96), ("T9", 89))
_ROLE_PLAYS = (
    (80, "trainer", "C2", "quiet-father"),
    (78, "trainer2", "C3", "phone-and-tears"),
    (74, "trainer", "C6", "please-dont-tell-anyone"),
    (70, "trainer2", "C6", "the-sore-arm"),
)
_LIVE = (
    (63, "trainer", ("C7", "C2"), Stage.LEAD_PART),
    (56, "trainer2", ("C7", "C3"), Stage.LEAD_PART),
    (49, "trainer", ("C7", "C2", "C3"), Stage.LEAD_WHOLE),
)


@dataclass(frozen=True, slots=True)
class Story:
    """How far somebody came: counts of what they have done, in the order of the way."""

    login: str
    n_modules: int = 4
    n_quizzes: int = 4
    n_role_plays: int = 4
    n_live: int = 3
    has_certificate: bool = True
    n_peer_visits: int = 2
    n_reflections: int = 2
    supervision_days: Sequence[int] = (75, 61, 47, 33, 19, 5)


_FULL = (Story("amina"), Story("ben"), Story("hana"))
_STORIES = (
    *_FULL,
    Story("ivan", has_certificate=False),
    Story("priya", n_live=2, supervision_days=(75, 61, 30)),
    Story("luis", n_live=1, n_reflections=1),
    Story("fatima", n_live=0, n_peer_visits=1, supervision_days=(40, 12)),
    Story("chloe", n_modules=2, n_quizzes=1, n_role_plays=0, n_live=0, n_peer_visits=1, n_reflections=1),
    Story("samuel", n_modules=3, n_quizzes=2, n_role_plays=0, n_live=0, n_peer_visits=0, n_reflections=1),
    Story("noor", n_modules=1, n_quizzes=0, n_role_plays=0, n_live=0, n_peer_visits=0, n_reflections=0),
    Story("marta", n_modules=2, n_quizzes=2, n_role_plays=1, n_live=0, n_peer_visits=0, n_reflections=1),
)
"""Erik has not begun."""


def tell_the_stories(agenda: Agenda) -> None:
    """Put on the agenda what everybody did."""
    _keep_registers(agenda)
    for story in _STORIES:
        _learn(agenda, story)
        _practise(agenda, story)
        _be_supported(agenda, story)
    _evaluate(agenda)
    _decide(agenda)
    _stumble(agenda)


# ---------------------------------------------------------------- the ordinary way


def _keep_registers(agenda: Agenda) -> None:
    came = [login for login, _ in TRAINEES if login != "erik"]
    absent = {"T3": ["priya"], "T4": ["chloe", "noor"], "T9": ["noor", "chloe", "marta"]}
    for session_id, days_ago in _SESSIONS:
        trainer = "trainer" if session_id in {"T1", "T4"} else "trainer2"
        keep = partial(acts.keep_register, agenda.world, trainer, session_id, came, absent=absent.get(session_id, []))
        agenda.at(days_ago, 12, keep)


def _learn(agenda: Agenda, story: Story) -> None:
    world, login = agenda.world, story.login
    agenda.at(111, 10, partial(acts.see_prerequisites, world, "trainer", login))
    if story.has_certificate:
        see = partial(acts.see_certificate, world, "trainer2", login, issued_days_ago=200, expires_days_ago=-500)
        agenda.at(109, 11, see)
    for module_id, read_ago, quiz_ago in _MODULES[: story.n_modules]:
        agenda.at(read_ago, 20, partial(acts.read_module, world, login, ModuleId(module_id)))
        if int(module_id[1:]) in (1, 3, 4, 9) and _MODULES.index((module_id, read_ago, quiz_ago)) < story.n_quizzes:
            blueprint_id = BlueprintId(f"quiz-{module_id.lower()}")
            agenda.at(quiz_ago, 21, partial(acts.take_quiz, world, login, blueprint_id))
    for number, (module_id, days_ago) in enumerate((("M1", 102), ("M4", 86))):
        if number < story.n_reflections:
            agenda.at(days_ago, 21, partial(acts.reflect, world, login, ModuleId(module_id)), minute=40)


def _practise(agenda: Agenda, story: Story) -> None:
    world, login = agenda.world, story.login
    for days_ago, trainer, checklist_id, scenario_id in _ROLE_PLAYS[: story.n_role_plays]:
        agenda.at(
            days_ago,
            10,
            partial(
                acts.observe,
                world,
                trainer,
                login,
                checklist_id,
                setting=Setting.ROLEPLAY,
                scenario_id=scenario_id,
                session_code=f"Round {checklist_id} {login[:1]}",
                n_further=1,
            ),
        )
    for number, (days_ago, trainer, checklist_ids, stage) in enumerate(_LIVE[: story.n_live], start=1):
        for checklist_id in checklist_ids:
            watch = partial(
                acts.observe,
                world,
                trainer,
                login,
                checklist_id,
                setting=Setting.LIVE,
                stage=stage,
                session_code=f"RIV-A week {number}",
                n_further=number,
            )
            agenda.at(days_ago, 13, watch)


def _be_supported(agenda: Agenda, story: Story) -> None:
    world, login = agenda.world, story.login
    for number, days_ago in enumerate((88, 72)[: story.n_peer_visits], start=1):
        visit = partial(acts.watch_a_peer, world, login, f"RIV-B week {number}", days_ago)
        agenda.at(days_ago, 18, visit)
    if story.n_role_plays:
        for number, days_ago in enumerate(story.supervision_days):
            trainer = ("trainer", "trainer2")[number % 2]
            agenda.at(days_ago, 16, partial(acts.supervise, world, trainer, login))


def _evaluate(agenda: Agenda) -> None:
    """Amina says how she saw her last session, and so does Ben, who led it with her; Ben asks her for the same."""
    world = agenda.world
    session = "RIV-A week 3"
    own = partial(acts.evaluate, world, "amina", "amina", session, missed=BehaviourId("D3.3-B1"))
    partners = partial(acts.evaluate, world, "ben", "amina", session, missed=BehaviourId("D4.2-B1"))
    agenda.at(48, 20, own)
    agenda.at(47, 20, partners)
    agenda.at(4, 19, partial(acts.ask_partner, world, "ben", "amina"))


# ---------------------------------------------------------------- decisions


def _decide(agenda: Agenda) -> None:
    world = agenda.world
    agenda.at(40, 15, partial(_sign, world, "trainer", "amina"))
    agenda.at(38, 15, partial(_countersign, world, "amina"))
    agenda.at(3, 15, partial(_sign, world, "trainer2", "ben"))


def _sign(world: World, trainer: str, login: str) -> None:
    case = prepare_case(
        world.store, world.actor(trainer), world.people[login], world.programme.head.id, world.clock.now
    )
    sign_off(
        world.store,
        world.actor(trainer),
        case.verdict.person_id,
        case.verdict.programme_id,
        {activity.id: activity.required_level for activity in case.activities},
        note="",
        now=world.clock.wait(5),
    )


def _countersign(world: World, login: str) -> None:
    lead, head = world.actor("lead"), world.programme.head
    case = prepare_case(world.store, lead, world.people[login], head.id, world.clock.now)
    countersign(world.store, lead, case.sign_offs[-1].sign_off.fact_id, world.clock.wait(5))


# ---------------------------------------------------------------- what goes less smoothly


def _stumble(agenda: Agenda) -> None:
    world = agenda.world
    agenda.at(2, 13, partial(_promise_secrecy, world))
    agenda.at(1, 10, partial(_slip_in_practice, world))
    agenda.at(0, 1, partial(acts.take_quiz, world, "chloe", BlueprintId("quiz-m3"), n_wrong=4))
    for days_ago in (20, 18, 15):
        agenda.at(days_ago, 21, partial(acts.take_quiz, world, "samuel", BlueprintId("quiz-m4"), n_wrong=4))
    agenda.at(1, 21, partial(_stop_half_way, world, "noor", "quiz-m1"))
    agenda.at(30, 9, partial(_pause, world, "marta"))
    asks: tuple[tuple[int, str, str, Setting], ...] = (
        (1, "priya", "C7", Setting.LIVE),
        (2, "fatima", "C3", Setting.LIVE),
        (3, "chloe", "C3", Setting.ROLEPLAY),
    )
    for days_ago, login, checklist_id, setting in asks:
        agenda.at(days_ago, 19, _ask(world, login, checklist_id, setting))


def _promise_secrecy(world: World) -> None:
    """In a live session that counts, Luis promises total secrecy: his practice goes on hold."""
    acts.observe(world, "trainer", "luis", "C2", setting=Setting.LIVE, session_code="RIV-A week 6", unhelpful="D3.2-U1")


def _slip_in_practice(world: World) -> None:
    """In a practice round that does not count, Fatima asks leading questions: a debrief is due."""
    acts.observe(
        world,
        "trainer",
        "fatima",
        "C6",
        setting=Setting.ROLEPLAY,
        scenario_id="the-sore-arm",
        counts=False,
        unhelpful="D10.2-U2",
    )


def _stop_half_way(world: World, login: str, blueprint_id: str) -> None:
    started = acts.begin_quiz(world, login, BlueprintId(blueprint_id))
    acts.answer_some(world, login, started, 4, 0)


def _pause(world: World, login: str) -> None:
    change_clock(
        world.store,
        world.actor("manager"),
        world.people[login],
        world.programme.head.id,
        change=ClockChange.PAUSED,
        reason=next(iter(ClockReason)),
        now=world.clock.now,
    )


def _ask(world: World, login: str, checklist_id: str, setting: Setting) -> Callable[[], object]:
    def ask() -> object:
        return request_observation(
            world.store,
            world.actor(login),
            world.programme.head.id,
            ChecklistId(checklist_id),
            setting,
            asked_id=None,
            now=world.clock.now,
        )

    return ask
