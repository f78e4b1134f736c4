"""What a submitted form becomes: the observation, and the holds that follow from harm that was seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assessments.facts import GlobalRating, Hold, Observation, ObservationOpened
from assessments.observations import Result
from curriculum.ids import BehaviourId
from people.facts import FactId
from people.ids import derived_fact_id


@dataclass(frozen=True, slots=True)
class Judgement:
    """What ends a form: how it was, the help needed next time, two short notes, and whether harm is confirmed."""

    global_rating: GlobalRating
    entrustment: int
    strength: str
    next_step: str
    confirms_harm: bool


def observation_id(opened_id: FactId) -> FactId:
    """Return the one id that the observation of a form may have."""
    return derived_fact_id(opened_id, "observation")


def observation_of(opened: ObservationOpened, result: Result, judgement: Judgement, seen_at: datetime) -> Observation:
    """Return the observation that a form amounts to."""
    return Observation(
        fact_id=observation_id(opened.fact_id),
        person_id=opened.person_id,
        actor_id=opened.actor_id,
        occurred_at=seen_at,
        programme_id=opened.programme_id,
        opened_id=opened.fact_id,
        version_no=opened.version_no,
        checklist_id=opened.checklist_id,
        setting=opened.setting,
        stage=opened.stage,
        stage_rank=opened.stage.rank,
        scenario_id=opened.scenario_id,
        session_code=opened.session_code,
        relation=opened.relation,
        counts=opened.counts,
        has_co_leader=opened.has_co_leader,
        pct=result.pct,
        min_level=result.min_level,
        is_passed=result.is_passed,
        critical_unhelpful=len(result.critical_unhelpful),
        global_rating=judgement.global_rating,
        entrustment=judgement.entrustment,
        seconds=max(0, int((seen_at - opened.occurred_at).total_seconds())),
        ratings=result.ratings,
        strength=judgement.strength,
        next_step=judgement.next_step,
    )


def holds_of(observation: Observation, behaviour_ids: Iterable[BehaviourId], at: datetime) -> list[Hold]:
    """Return the holds that begin at an instant, one for each harmful behaviour that was seen."""
    return [
        Hold(
            fact_id=derived_fact_id(observation.fact_id, f"hold/{behaviour_id}"),
            person_id=observation.person_id,
            actor_id=observation.actor_id,
            occurred_at=at,
            programme_id=observation.programme_id,
            observation_id=observation.fact_id,
            behaviour_id=behaviour_id,
        )
        for behaviour_id in behaviour_ids
    ]
