"""Twelve stories, one for each stage of the way, as entries of the agenda."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from analytics.demonstration import acts
from analytics.demonstration.cast import TRAINEES
from analytics.demonstration.setting import ROLE
from analytics.demonstration.world import Agenda, World
from analytics.simulation.path import Occasion, Path, read_path
from assessments.service.decisions import countersign, prepare_case, sign_off
from assessments.service.observations import request_observation
from curriculum.blueprints import Blueprint, Purpose
from curriculum.ids import BehaviourId, BlueprintId, ChecklistId, ModuleId
from curriculum.models import Setting
from people.facts import ClockChange, ClockReason
from people.service import change_clock

_LEARNING_AGO = (108, 87)
_ROLE_PLAYS_AGO = (80, 70)
_LIVE_AGO = (63, 49)
_REVIEWS_AGO = (46, 44)
"""Between which days ago each part of the way was gone."""


@dataclass(frozen=True, slots=True)
class Story:
    """How far somebody came: counts of what they have done, in the order of the way; None is all of it."""

    login: str
    n_modules: int | None = None
    n_quizzes: int | None = None
    n_role_plays: int | None = None
    n_live: int | None = None
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
    Story("chloe", n_modules=2, n_quizzes=1, n_role_plays=0, n_live=0, n_peer_visits=1, n_reflections=1),
    Story("samuel", n_modules=3, n_quizzes=2, n_role_plays=0, n_live=0, n_peer_visits=0, n_reflections=1),
    Story("noor", n_modules=1, n_quizzes=0, n_role_plays=0, n_live=0, n_peer_visits=0, n_reflections=0),
    Story("marta", n_modules=2, n_quizzes=2, n_role_plays=1, n_live=0, n_peer_visits=0, n_reflections=1),
)
"""Erik has not begun."""


def tell_the_stories(agenda: Agenda) -> None:
    """Put on the agenda what everybody did."""
    path = read_path(agenda.world.programme, ROLE)
    _keep_registers(agenda, path)
    for story in _STORIES:
        _learn(agenda, path, story)
        _practise(agenda, path, story)
        _be_supported(agenda, story)
    _evaluate(agenda)
    _decide(agenda)
    _stumble(agenda, path)


def _days(between: tuple[int, int], n: int) -> list[int]:
    """Return so many days ago, spread evenly from the first to the last."""
    first, last = between
    return [round(first - (first - last) * number / max(n - 1, 1)) for number in range(n)]


# ---------------------------------------------------------------- the ordinary way


def _keep_registers(agenda: Agenda, path: Path) -> None:
    """Keep the registers: Priya missed one session, others came only to the first ones."""
    came = [login for login, _ in TRAINEES if login != "erik"]
    n = len(path.sessions)
    for number, (session, days_ago) in enumerate(zip(path.sessions, _days(_LEARNING_AGO, n), strict=True)):
        absent = ["priya"] if number == 1 else []
        absent += ["chloe", "noor"] if number >= 2 else []
        absent += ["marta"] if number >= n - max(n // 4, 1) else []
        trainer = ("trainer", "trainer2")[number % 2]
        keep = partial(acts.keep_register, agenda.world, trainer, session.id, came, absent=absent)
        agenda.at(days_ago + 2, 12, keep)


def _learn(agenda: Agenda, path: Path, story: Story) -> None:
    world, login = agenda.world, story.login
    agenda.at(111, 10, partial(acts.see_prerequisites, world, path, "trainer", login))
    if story.has_certificate:
        for certificate_id in path.certificates:
            see = partial(
                acts.see_certificate,
                world,
                "trainer2",
                login,
                certificate_id,
                issued_days_ago=200,
                expires_days_ago=-500,
            )
            agenda.at(109, 11, see)
    days = _days(_LEARNING_AGO, len(path.modules))[: story.n_modules]
    for blueprint in path.around:
        _take_around(
            agenda, login, blueprint, {module.id: ago for module, ago in zip(path.modules, days, strict=False)}
        )
    for number, (module, days_ago) in enumerate(zip(path.modules, days, strict=False)):
        agenda.at(days_ago, 20, partial(acts.read_module, world, login, module.id))
        quiz = path.quizzes.get(module.id)
        if quiz is not None and (story.n_quizzes is None or number < story.n_quizzes):
            agenda.at(days_ago - 4, 21, partial(acts.take_quiz, world, login, quiz.id))
    for module, days_ago in zip(path.modules[::2], (102, 86)[: story.n_reflections], strict=False):
        agenda.at(days_ago, 21, partial(acts.reflect, world, login, module.id), minute=40)


def _take_around(agenda: Agenda, login: str, blueprint: Blueprint, days: Mapping[ModuleId, int]) -> None:
    """Take the quiz the day before its first module is read, or the one two days after the last of them."""
    read = [days[module] for module in blueprint.modules if module in days]
    take = partial(acts.take_quiz, agenda.world, login, blueprint.id)
    if blueprint.purpose is Purpose.PRE and read:
        agenda.at(max(read) + 1, 19, partial(take, n_wrong=4 + len(login) % 4))
    elif blueprint.purpose is Purpose.POST and len(read) == len(blueprint.modules):
        agenda.at(min(read) - 2, 19, partial(take, n_wrong=1 + len(login) % 3))


def _practise(agenda: Agenda, path: Path, story: Story) -> None:
    role_plays = path.occasions_in(Setting.ROLEPLAY)[: story.n_role_plays]
    _be_watched(agenda, story, role_plays, _days(_ROLE_PLAYS_AGO, len(path.occasions_in(Setting.ROLEPLAY))))
    live = path.occasions_in(Setting.LIVE)[: story.n_live]
    _be_watched(agenda, story, live, _days(_LIVE_AGO, len(path.occasions_in(Setting.LIVE))))
    if story.n_live is None:
        reviews = path.occasions_in(Setting.SUPERVISION)
        _be_watched(agenda, story, reviews, _days(_REVIEWS_AGO, len(reviews)))


def _be_watched(agenda: Agenda, story: Story, occasions: Sequence[Occasion], days: Sequence[int]) -> None:
    """Be watched by the two trainers in turn; a role-play that is repeated plays another script."""
    n_played: Counter[str] = Counter()
    for number, (occasion, days_ago) in enumerate(zip(occasions, days, strict=False)):
        for checklist in occasion.checklists:
            scenario_id = None
            if occasion.setting == Setting.ROLEPLAY and checklist.scenarios:
                scenario_id = checklist.scenarios[n_played[checklist.id] % len(checklist.scenarios)]
                n_played[checklist.id] += 1
            watch = partial(
                acts.observe,
                agenda.world,
                ("trainer", "trainer2")[number % 2],
                story.login,
                checklist.id,
                setting=occasion.setting,
                stage=occasion.stage,
                scenario_id=scenario_id,
                session_code=_code(occasion, checklist.id, number, story.login),
                n_further=number + 1 if occasion.setting == Setting.LIVE else 1,
            )
            agenda.at(days_ago, 13 if occasion.setting == Setting.LIVE else 10, watch)


def _code(occasion: Occasion, checklist_id: str, number: int, login: str) -> str:
    """Return the code of a session, which its raters share, or of somebody's own round."""
    if occasion.setting == Setting.LIVE:
        return f"RIV-A week {number + 1}"
    return f"Round {checklist_id} {login[:1]}{number + 1}"


def _be_supported(agenda: Agenda, story: Story) -> None:
    world, login = agenda.world, story.login
    for number, days_ago in enumerate((88, 72)[: story.n_peer_visits], start=1):
        visit = partial(acts.watch_a_peer, world, login, f"RIV-B week {number}", days_ago)
        agenda.at(days_ago, 18, visit)
    if story.n_role_plays != 0:
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


def _stumble(agenda: Agenda, path: Path) -> None:
    world = agenda.world
    first, second, third = (path.quizzes[module.id].id for module in path.modules[:3])
    agenda.at(2, 13, partial(_promise_secrecy, world))
    agenda.at(1, 10, partial(_slip_in_practice, world))
    agenda.at(0, 1, partial(acts.take_quiz, world, "chloe", second, n_wrong=4))
    for days_ago in (20, 18, 15):
        agenda.at(days_ago, 21, partial(acts.take_quiz, world, "samuel", third, n_wrong=4))
    agenda.at(1, 21, partial(_stop_half_way, world, "noor", first))
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
