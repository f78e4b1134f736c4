"""Twelve stories, one for each stage of the way, as entries of the agenda."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from analytics.demonstration import acts
from analytics.demonstration.cast import TRAINEES
from analytics.demonstration.way import Way, plan_way
from analytics.demonstration.world import Agenda, World
from assessments.service.decisions import countersign, prepare_case, sign_off
from assessments.service.observations import request_observation
from curriculum.ids import BehaviourId, BlueprintId, ChecklistId, ModuleId
from curriculum.models import Setting
from people.facts import ClockChange, ClockReason
from people.service import change_clock


@dataclass(frozen=True, slots=True)
class Story:
    """How far somebody came: which share of the lessons, quizzes and role-plays, and how many of the other things."""

    login: str
    read: float = 1
    quizzed: float = 1
    role_played: float = 1
    n_live: int = 3
    has_certificate: bool = True
    n_peer_visits: int = 2
    n_reflections: int = 2
    supervision_days: Sequence[int] = (75, 61, 47, 33, 19, 5)


_STORIES = (
    Story("amina"),
    Story("ben"),
    Story("hana"),
    Story("ivan", has_certificate=False),
    Story("priya", n_live=2, supervision_days=(75, 61, 30)),
    Story("luis", n_live=1, n_reflections=1),
    Story("fatima", n_live=0, n_peer_visits=1, supervision_days=(40, 12)),
    Story("chloe", read=0.5, quizzed=0.25, role_played=0, n_live=0, n_peer_visits=1, n_reflections=1),
    Story("samuel", read=0.75, quizzed=0.5, role_played=0, n_live=0, n_peer_visits=0, n_reflections=1),
    Story("noor", read=0.25, quizzed=0, role_played=0, n_live=0, n_peer_visits=0, n_reflections=0),
    Story("marta", read=0.5, quizzed=0.5, role_played=0.25, n_live=0, n_peer_visits=0, n_reflections=1),
)
"""Erik has not begun."""


def tell_the_stories(agenda: Agenda) -> None:
    """Put on the agenda what everybody did."""
    way = plan_way(agenda.world.programme)
    _keep_registers(agenda, way)
    for story in _STORIES:
        _learn(agenda, way, story)
        _practise(agenda, way, story)
        _be_supported(agenda, story)
    _evaluate(agenda)
    _decide(agenda)
    _stumble(agenda, way)


# ---------------------------------------------------------------- the ordinary way


def _keep_registers(agenda: Agenda, way: Way) -> None:
    came = [login for login, _ in TRAINEES if login != "erik"]
    absent = {"T3": ["priya"], "T4": ["chloe", "noor"], "T9": ["noor", "chloe", "marta"]}
    for number, (session_id, days_ago) in enumerate(way.sessions):
        trainer = ("trainer", "trainer2")[number % 2]
        stopped = [one.login for one in _STORIES if number > len(way.sessions) * (one.read + 0.25)]
        missing = absent.get(session_id, stopped)
        agenda.at(days_ago, 12, partial(acts.keep_register, agenda.world, trainer, session_id, came, absent=missing))


def _learn(agenda: Agenda, way: Way, story: Story) -> None:
    world, login = agenda.world, story.login
    agenda.at(111, 10, partial(acts.see_prerequisites, world, "trainer", login))
    if story.has_certificate:
        see = partial(acts.see_certificate, world, "trainer2", login, issued_days_ago=200, expires_days_ago=-500)
        agenda.at(109, 11, see)
    n_quizzes = round(len(way.lessons) * story.quizzed)
    for number, lesson in enumerate(way.lessons[: round(len(way.lessons) * story.read)]):
        agenda.at(lesson.read_ago, 20, partial(acts.read_module, world, login, lesson.module_id))
        if lesson.quiz is not None and number < n_quizzes:
            agenda.at(lesson.quiz_ago, 21, partial(acts.take_quiz, world, login, lesson.quiz))
    for number, (module_id, days_ago) in enumerate((("M1", 102), ("M4", 86))):
        if number < story.n_reflections:
            agenda.at(days_ago, 21, partial(acts.reflect, world, login, ModuleId(module_id)), minute=40)


def _practise(agenda: Agenda, way: Way, story: Story) -> None:
    world, login = agenda.world, story.login
    for number, play in enumerate(way.role_plays[: round(len(way.role_plays) * story.role_played)]):
        agenda.at(
            play.days_ago,
            10,
            partial(
                acts.observe,
                world,
                ("trainer", "trainer2")[number % 2],
                login,
                play.checklist_id,
                setting=Setting.ROLEPLAY,
                scenario_id=play.scenario_id,
                session_code=f"Round {play.checklist_id} {login[:1]}",
                n_further=1,
            ),
        )
    for number, live in enumerate(way.live[: story.n_live], start=1):
        for checklist_id in live.checklist_ids:
            watch = partial(
                acts.observe,
                world,
                ("trainer2", "trainer")[number % 2],
                login,
                checklist_id,
                setting=Setting.LIVE,
                stage=live.stage,
                session_code=f"RIV-A week {number}",
                n_further=number,
            )
            agenda.at(live.days_ago, 13, watch)
    if story.n_live == len(way.live):
        for checklist_id, days_ago in way.reviews:
            review = partial(acts.observe, world, "trainer", login, checklist_id, setting=Setting.SUPERVISION)
            agenda.at(days_ago, 16, review)


def _be_supported(agenda: Agenda, story: Story) -> None:
    world, login = agenda.world, story.login
    for number, days_ago in enumerate((88, 72)[: story.n_peer_visits], start=1):
        visit = partial(acts.watch_a_peer, world, login, f"RIV-B week {number}", days_ago)
        agenda.at(days_ago, 18, visit)
    if story.role_played:
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


def _stumble(agenda: Agenda, way: Way) -> None:
    world = agenda.world
    agenda.at(2, 13, partial(_promise_secrecy, world))
    agenda.at(1, 10, partial(_slip_in_practice, world))
    agenda.at(0, 1, partial(acts.take_quiz, world, "chloe", _next_quiz(way, "chloe"), n_wrong=4))
    for days_ago in (20, 18, 15):
        agenda.at(days_ago, 21, partial(acts.take_quiz, world, "samuel", _next_quiz(way, "samuel"), n_wrong=4))
    agenda.at(1, 21, partial(_stop_half_way, world, "noor", _next_quiz(way, "noor")))
    agenda.at(30, 9, partial(_pause, world, "marta"))
    asks: tuple[tuple[int, str, str, Setting], ...] = (
        (1, "priya", "C7", Setting.LIVE),
        (2, "fatima", "C3", Setting.LIVE),
        (3, "chloe", "C3", Setting.ROLEPLAY),
    )
    for days_ago, login, checklist_id, setting in asks:
        agenda.at(days_ago, 19, _ask(world, login, checklist_id, setting))


def _next_quiz(way: Way, login: str) -> BlueprintId:
    """Return the first quiz that somebody has not passed."""
    quizzed = next(story.quizzed for story in _STORIES if story.login == login)
    quizzes = [lesson.quiz for lesson in way.lessons if lesson.quiz is not None]
    return quizzes[round(len(way.lessons) * quizzed)]


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


def _stop_half_way(world: World, login: str, blueprint_id: BlueprintId) -> None:
    started = acts.begin_quiz(world, login, blueprint_id)
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
