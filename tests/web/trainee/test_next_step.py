"""Next: one thing to do, something shorter, the path, and what stands there when nothing is to be done."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Attempt, AttemptStarted, GlobalRating, Relation, Seen, Stage
from assessments.items import right_choice
from assessments.service import attempts, learning, observations
from assessments.verdicts import GateState, Status, Verdict
from assessments.windows import find_window
from curriculum.blueprints import Purpose
from curriculum.ids import BlueprintId, ChecklistId, ModuleId
from curriculum.items import Pool
from curriculum.models import BehaviourKind, Setting
from people import service
from people.facts import ClockChange, ClockReason
from people.models import Office
from tests.builders import NOW, make_blueprint
from tests.web import drawing
from tests.web.drawing import draw
from tests.web.trainee.conftest import OPERATOR_ACTOR, Hub, withdraw
from web.views.trainee import choosing, next_step
from web.views.trainee.choosing import StepKind
from web.views.trainee.reading import Place


def open_page(hub: Hub) -> AppTest:
    return draw(next_step.VIEW, hub.context(hub.amina))


def shown(page: AppTest) -> str:
    """Return all text of the page as a reader sees it, without the backslashes of Markdown."""
    return drawing.shown(page).replace("\\", "")


def title(page: AppTest) -> str:
    return page.title[0].value.replace("\\", "")


def primary(page: AppTest) -> list[str]:
    return [button.label for button in page.button if button.proto.type == "primary"]


def read(hub: Hub, *module_ids: str) -> None:
    for module_id in module_ids:
        module = hub.programme.module_by_id[ModuleId(module_id)]
        actor, last = hub.actor(hub.amina), len(module.steps) - 1
        learning.record_progress(
            hub.store, actor, hub.programme.head.id, module.id, last, is_read=True, now=hub.clock()
        )


def start(hub: Hub, quiz: str, pool: Pool = Pool.COUNTING) -> AttemptStarted:
    actor, programme_id = hub.actor(hub.amina), hub.programme.head.id
    return attempts.start_attempt(hub.store, actor, programme_id, BlueprintId(quiz), pool, now=hub.clock())


def take(hub: Hub, quiz: str, *, is_right: bool) -> Attempt:
    started, actor = start(hub, quiz), hub.actor(hub.amina)
    for position, item_id in enumerate(started.item_ids):
        if is_right:
            chosen = right_choice(hub.programme.item_by_id[item_id])
            attempts.record_response(
                hub.store, actor, started.fact_id, position, chosen, certainty=3, is_flagged=False, now=hub.clock()
            )
    return attempts.submit_attempt(hub.store, actor, started.fact_id, hub.clock())


# ---------------------------------------------------------------- what comes first


def test_the_first_step_is_the_first_module(hub: Hub) -> None:
    page = open_page(hub)
    assert title(page) == f"Read “{hub.programme.module_by_id[ModuleId('M1')].title}”"
    assert primary(page) == ["Start reading"]


def test_a_module_begun_is_carried_on(hub: Hub) -> None:
    actor, programme_id = hub.actor(hub.amina), hub.programme.head.id
    learning.record_progress(hub.store, actor, programme_id, ModuleId("M1"), 2, is_read=False, now=hub.clock())
    page = open_page(hub)
    assert primary(page) == ["Carry on reading"]
    assert "You stopped at page 3 of" in shown(page)


def test_a_quiz_begun_comes_before_everything(hub: Hub) -> None:
    start(hub, "quiz-m4")
    page = open_page(hub)
    assert primary(page) == ["Go on with the quiz"]
    assert "You have answered 0 of" in shown(page)


def test_a_read_module_leads_to_its_quiz(hub: Hub) -> None:
    read(hub, "M1")
    assert primary(open_page(hub)) == ["Start the quiz"]


def test_starting_the_quiz_twice_starts_it_once(hub: Hub) -> None:
    read(hub, "M1")
    for _tab in range(2):
        page = open_page(hub)
        next(button for button in page.button if button.proto.type == "primary").click().run()
    assert len(hub.store.list_facts(AttemptStarted, hub.amina)) == 1


def test_a_failed_quiz_says_when_it_opens_and_goes_on_with_the_next_module(hub: Hub) -> None:
    read(hub, "M1")
    take(hub, "quiz-m1", is_right=False)
    page = open_page(hub)
    assert title(page).startswith("Read “")
    assert "opens again on 24 Nov 2026 at 09:00" in shown(page)


def test_while_only_waiting_is_left_of_learning_practice_questions_are_offered(hub: Hub) -> None:
    read(hub, "M1", "M3", "M4", "M9")
    for quiz in ("quiz-m3", "quiz-m4", "quiz-m9"):
        assert take(hub, quiz, is_right=True).critical_missed == 0
    take(hub, "quiz-m1", is_right=False)
    page = open_page(hub)
    assert title(page).startswith("Get ready for")
    assert "24 Nov 2026 at 09:00" in shown(page)
    next(button for button in page.button if button.label == "Try practice questions").click().run()
    assert hub.store.list_facts(AttemptStarted, hub.amina)[-1].pool is Pool.PRACTICE


def test_a_passed_quiz_without_the_reading_is_not_read_again(hub: Hub) -> None:
    take(hub, "quiz-m1", is_right=True)
    assert hub.programme.module_by_id[ModuleId("M1")].title not in title(open_page(hub))


@pytest.fixture
def learned(hub: Hub) -> Hub:
    read(hub, "M1", "M3", "M4", "M9")
    for quiz in ("quiz-m1", "quiz-m3", "quiz-m4", "quiz-m9"):
        take(hub, quiz, is_right=True)
    return hub


def test_after_learning_comes_practice(learned: Hub) -> None:
    page = open_page(learned)
    assert primary(page) == ["Ask to be watched"]
    assert "role-play" in title(page)


def test_who_has_asked_is_given_something_else(learned: Hub) -> None:
    actor, programme_id = learned.actor(learned.amina), learned.programme.head.id
    observations.request_observation(
        learned.store, actor, programme_id, ChecklistId("C3"), Setting.ROLEPLAY, asked_id=None, now=learned.clock()
    )
    assert primary(open_page(learned)) != ["Ask to be watched"]


# ---------------------------------------------------------------- shorter, path, standing


def test_something_shorter_takes_less_time(hub: Hub) -> None:
    read(hub, "M1")
    take(hub, "quiz-m1", is_right=True)
    page = open_page(hub)
    assert title(page).startswith("Read “")
    other = next(button for button in page.button if button.key == "other-step")
    assert other.label.replace("\\", "") == "Something shorter: ask to be watched (1 min)"


def test_before_anything_is_read_there_is_nothing_but_reading(hub: Hub) -> None:
    assert [button.label for button in open_page(hub).button] == ["Start reading"]


def test_the_path_begins_where_the_person_is(hub: Hub) -> None:
    page = open_page(hub)
    badge = next(element.value for element in page.markdown if ":violet-badge[now]" in element.value)
    assert "Quizzes passed" in badge
    assert "Your path: 0 of 15 gates met" in shown(page)


def test_a_sign_off_is_never_ticked(hub: Hub) -> None:
    row = next(line for line in shown(open_page(hub)).splitlines() if "Sign-off" in line)
    assert ":material/group:" in row
    assert "check" not in row


def test_a_paused_trainee_reads_what_to_say(hub: Hub) -> None:
    service.change_clock(
        hub.store,
        OPERATOR_ACTOR,
        hub.amina,
        hub.programme.head.id,
        change=ClockChange.PAUSED,
        reason=ClockReason.OWN_WISH,
        now=hub.clock(),
    )
    page = open_page(hub)
    assert title(page) == "Your training is paused"
    assert primary(page) == []


def test_who_has_left_reads_that_all_of_it_stays(hub: Hub) -> None:
    withdraw(hub)
    page = open_page(hub)
    assert title(page) == "You have left this programme"
    assert "What you did stays on record" in shown(page)
    assert primary(page) == []


def test_who_trains_in_nothing_is_told_whom_to_ask(hub: Hub) -> None:
    newcomer = hub.add("Noor", Office.TRAINEE)
    assert "programme manager" in shown(draw(next_step.VIEW, hub.context(newcomer)))


@pytest.mark.parametrize(("hours", "words"), [(0, "Good morning"), (4, "Good afternoon"), (10, "Good evening")])
def test_the_greeting_follows_the_programmes_clock(hub: Hub, hours: int, words: str) -> None:
    hub.clock.move(hours=hours)
    assert f"{words}, Amina" in shown(open_page(hub))


# ---------------------------------------------------------------- hold


@pytest.fixture
def held(learned: Hub) -> Hub:
    """Return the hub after Ruth saw and confirmed something harmful in a counting role-play."""
    store, ruth, now = learned.store, learned.actor(learned.ruth), learned.clock()
    checklist = learned.programme.checklist_by_id[ChecklistId("C6")]
    opened = observations.open_observation(
        store,
        ruth,
        learned.amina,
        learned.programme.head.id,
        checklist.id,
        setting=Setting.ROLEPLAY,
        stage=Stage.LEAD_PART,
        scenario_id=checklist.scenarios[0],
        session_code="R1",
        relation=Relation.TRAINER,
        counts=True,
        has_co_leader=False,
        now=now,
    )
    observations.answer_none_unhelpful(store, ruth, opened.fact_id, now)
    for line in observations.load_form(store, ruth, opened.fact_id).lines:
        observations.answer_all_basic(store, ruth, opened.fact_id, line.id, now)
    observations.answer_no_further(store, ruth, opened.fact_id, now)
    line = next(line for line in checklist.lines if line.critical)
    harmful = next(b for b in learned.programme.behaviours_of(line) if b.kind is BehaviourKind.UNHELPFUL)
    observations.record_ticks(store, ruth, opened.fact_id, [(line.id, harmful.id, Seen.SEEN)], now)
    observations.submit_observation(
        store,
        ruth,
        opened.fact_id,
        global_rating=GlobalRating.NOT_YET,
        entrustment=1,
        strength="",
        next_step="",
        confirms_harm=True,
        now=now,
    )
    return learned


def test_a_hold_is_named_with_what_helps_and_without_its_reason(held: Hub) -> None:
    page = open_page(held)
    assert "on hold since 23 Nov 2026" in shown(page)
    assert "no punishment" in shown(page)
    behaviours = [b.text for c in held.programme.iter_competencies() for b in c.behaviours]
    assert not any(text in shown(page) for text in behaviours)


def test_on_hold_the_page_sends_nobody_to_practise(held: Hub) -> None:
    assert primary(open_page(held)) != ["Ask to be watched"]


# ---------------------------------------------------------------- the choice alone


@pytest.fixture
def situate(hub: Hub) -> Callable[..., choosing.Situation]:
    """Return a maker of situations: nothing read, no quiz needed, the given gates open."""
    context = hub.context(hub.amina)
    assert context.own_choice is not None
    verdict = next_step.see_today(hub.store, context.actor, hub.amina, hub.programme.head.id)
    assert verdict is not None

    def make(*open_gates: str, **changes: object) -> choosing.Situation:
        states = {True: GateState.NOT_MET, False: GateState.MET}
        gates = tuple(_with_state(gate, states[gate.gate_id in open_gates]) for gate in verdict.gates)
        fields = {name: getattr(verdict, name) for name in Verdict.__slots__}
        return choosing.Situation(hub.programme, Verdict(**{**fields, "gates": gates, **changes}), [], {})

    return make


def _with_state(gate, state: GateState):
    fields = {name: getattr(gate, name) for name in type(gate).__slots__}
    return type(gate)(**{**fields, "state": state, "next_part": 1 if state is GateState.NOT_MET else None})


def test_what_one_starts_oneself_comes_before_talking(situate: Callable[..., choosing.Situation]) -> None:
    steps = choosing.list_steps(situate("before-you-start", "training", "peer-modelling", "reflections"))
    assert [step.kind for step in steps] == [
        StepKind.WATCH_LEADER,
        StepKind.REFLECT,
        StepKind.TALK,
        StepKind.TALK,
    ]


def test_on_hold_nobody_is_sent_to_practise(hub: Hub, situate: Callable[..., choosing.Situation]) -> None:
    held = situate("role-plays", "supervision", hold_since=hub.clock().date(), status=Status.ON_HOLD)
    assert [step.kind for step in choosing.list_steps(held)] == [StepKind.MEET]


def test_harm_is_talked_about_before_anything_else_is_practised(situate: Callable[..., choosing.Situation]) -> None:
    steps = choosing.list_steps(situate("role-plays", "peer-modelling", "no-harm"))
    assert [(step.kind, step.gate_id) for step in steps] == [
        (StepKind.TALK, "no-harm"),
        (StepKind.ASK_WATCH, "role-plays"),
        (StepKind.WATCH_LEADER, "peer-modelling"),
    ]
    other = choosing.pick_other(steps)
    assert other is not None
    assert other.kind is StepKind.ASK_WATCH


def around(situate: Callable[..., choosing.Situation], **steps: int | bool) -> list[tuple[StepKind, str]]:
    """Return the steps when a quiz stands before and after the first module and the third."""
    plain = situate()
    first, _, third = (Place(module) for module in plain.programme.modules[:3])
    places = [replace(first, **{"is_read": bool(steps.get("read_first")), "step": steps.get("step")}), third]
    if steps.get("read_both"):
        places = [replace(place, is_read=True) for place in places]
    quizzes = tuple(
        make_blueprint(id=name, module=first.module.id, also_from=(third.module.id,), purpose=purpose, pass_pct=0)
        for name, purpose in (("before", Purpose.PRE), ("after", Purpose.POST))
    )
    programme = plain.programme.model_copy(update={"blueprints": quizzes})
    windows = {quiz.id: find_window(quiz, [], [], [], NOW) for quiz in quizzes}
    found = choosing.list_steps(replace(plain, programme=programme, places=places, windows=windows))
    return [(step.kind, step.quiz.id) for step in found if step.quiz is not None]


def test_the_quiz_before_teaching_comes_before_anything_of_it_is_opened(
    situate: Callable[..., choosing.Situation],
) -> None:
    assert around(situate) == [(StepKind.TAKE_QUIZ, "before")]
    assert around(situate, step=0) == []
    assert around(situate, read_first=True) == []


def test_the_quiz_after_teaching_comes_when_all_of_it_is_read(situate: Callable[..., choosing.Situation]) -> None:
    assert around(situate, read_both=True) == [(StepKind.TAKE_QUIZ, "after")]


def test_a_mix_of_modules_is_there_to_practise_once_all_of_them_are_read(
    situate: Callable[..., choosing.Situation],
) -> None:
    plain = situate()
    first, _, third = (Place(module, is_read=True) for module in plain.programme.modules[:3])
    mix = make_blueprint(
        id="mix", module=first.module.id, also_from=(third.module.id,), purpose=Purpose.PRACTICE, draw=20, pass_pct=0
    )
    own = make_blueprint(id="own", module=third.module.id)
    programme = plain.programme.model_copy(update={"blueprints": (own, mix)})
    steps = choosing.list_steps(replace(plain, programme=programme, places=[first, third]))
    assert [(step.kind, step.quiz and step.quiz.id, step.minutes) for step in steps] == [
        (StepKind.PRACTISE, "mix", 20),
        (StepKind.PRACTISE, "own", 3),
    ]
    half_way = choosing.list_steps(replace(plain, programme=programme, places=[replace(first, is_read=False), third]))
    assert [step.quiz and step.quiz.id for step in half_way if step.kind is StepKind.PRACTISE] == ["own"]


def test_with_every_gate_met_there_is_nothing_to_do(situate: Callable[..., choosing.Situation]) -> None:
    assert choosing.list_steps(situate()) == []


def test_each_step_says_what_analytics_says(situate: Callable[..., choosing.Situation]) -> None:
    (step,) = choosing.list_steps(situate("safeguarding-certificate"))
    assert step.action is not None
    assert "certificate" in step.action.text()
