"""One form of supervised practice from opening to submitting: its ticks, its ratings, the holds that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from analytics.simulation.persons import Trainee
from analytics.simulation.phrases import DOUBTS, NEXT_STEPS, STRENGTHS
from analytics.simulation.watching import HELP_NEEDED, Rater, overall, watch
from assessments.facts import Acknowledgement, Hold, Observation, ObservationOpened, Relation, Stage, Tick
from assessments.observations import Result, judge_form, why_not_counting
from assessments.submitted import Judgement, holds_of, observation_of
from curriculum.ids import BehaviourId, ScenarioId
from curriculum.models import Checklist, Setting
from people.ids import derived_fact_id
from people.models import PersonId

READS: Final = 0.7
DISAGREES: Final = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is watched: the head of a form."""

    checklist: Checklist
    setting: Setting
    stage: Stage
    scenario_id: ScenarioId | None
    session_code: str
    counts: bool
    has_co_leader: bool
    relation: Relation = Relation.TRAINER


def fill_in(
    trainee: Trainee,
    observer: Rater,
    frame: Frame,
    performance: Sequence[float],
    *,
    at: datetime,
    harm: BehaviourId | None = None,
) -> tuple[Observation, list[Hold]]:
    """Write a form down and return what it amounts to, with the holds that follow; `harm` is seen in any case."""
    course = trainee.course
    severity = observer.severity_at(at)
    seen = watch(course, frame.checklist, frame.setting, performance, severity=severity, rng=trainee.rng, harm=harm)
    opened = _open(trainee, observer.person_id, frame, at)
    done_at = at + timedelta(minutes=trainee.rng.uniform(12, 40))
    if trainee.cohort.keeps_answers:
        pause = (done_at - at) / (len(seen) + 2)
        for number, ((line_id, behaviour_id), state) in enumerate(seen.items(), start=1):
            ticked_at = at + number * pause
            tick = Tick(
                fact_id=trainee.new_id(ticked_at),
                person_id=trainee.person_id,
                actor_id=observer.person_id,
                occurred_at=ticked_at,
                opened_id=opened.fact_id,
                line_id=line_id,
                behaviour_id=behaviour_id,
                state=state,
            )
            trainee.pen.write(tick)
    result = judge_form(course.forms[frame.checklist.id, frame.setting], seen)
    observation = _submit(trainee, opened, result, done_at)
    trainee.pen.write(observation)
    harmful = result.critical_unhelpful if _stops_practice(opened) else ()
    holds = holds_of(observation, harmful, observation.occurred_at)
    for hold in holds:
        trainee.pen.write(hold)
    if not result.critical_unhelpful and observer.person_id != trainee.person_id and trainee.rng.random() < READS:
        _acknowledge(trainee, observation)
    return observation, holds


def _open(trainee: Trainee, observer_id: PersonId, frame: Frame, at: datetime) -> ObservationOpened:
    opened = ObservationOpened(
        fact_id=trainee.new_id(at),
        person_id=trainee.person_id,
        actor_id=observer_id,
        occurred_at=at,
        programme_id=trainee.course.programme_id,
        version_no=trainee.course.version_no,
        checklist_id=frame.checklist.id,
        setting=frame.setting,
        stage=frame.stage,
        scenario_id=frame.scenario_id,
        session_code=frame.session_code,
        relation=frame.relation,
        counts=frame.counts and not why_not_counting(frame.setting, frame.relation, frame.has_co_leader),
        has_co_leader=frame.has_co_leader,
    )
    trainee.pen.write(opened)
    return opened


def _submit(trainee: Trainee, opened: ObservationOpened, result: Result, at: datetime) -> Observation:
    rating = overall(result, trainee.rng)
    judgement = Judgement(
        global_rating=rating,
        entrustment=HELP_NEEDED[rating],
        strength=trainee.rng.choice(STRENGTHS),
        next_step=trainee.rng.choice(NEXT_STEPS),
        confirms_harm=True,
    )
    return observation_of(opened, result, judgement, at)


def _stops_practice(opened: ObservationOpened) -> bool:
    return opened.relation == Relation.TRAINER and (opened.setting == Setting.LIVE or opened.counts)


def _acknowledge(trainee: Trainee, observation: Observation) -> None:
    at = observation.occurred_at + timedelta(hours=trainee.rng.uniform(0.5, 4))
    agrees = trainee.rng.random() >= DISAGREES
    acknowledgement = Acknowledgement(
        fact_id=derived_fact_id(observation.fact_id, "acknowledgement/0"),
        person_id=trainee.person_id,
        actor_id=trainee.person_id,
        occurred_at=at,
        target_id=observation.fact_id,
        agrees=agrees,
        note="" if agrees else trainee.rng.choice(DOUBTS),
    )
    trainee.pen.write(acknowledgement)
