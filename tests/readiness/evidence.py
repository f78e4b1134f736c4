"""Random evidence about one trainee in one programme: learning, practice, support and decisions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, TypeVar

from assessments.facts import (
    ActivityLevel,
    Attempt,
    AttemptStarted,
    Attendance,
    Certificate,
    Countersign,
    Debrief,
    GlobalRating,
    Hold,
    ItemScore,
    Milestone,
    MilestoneKind,
    Mode,
    ModuleProgress,
    Observation,
    ObservationOpened,
    ParticipantSummary,
    Presence,
    Rating,
    Relation,
    SignOff,
    Stage,
    Supervision,
)
from curriculum.ids import ActivityId, BehaviourId, ItemId, LineId, ModuleId, ProgrammeId, RoleId
from curriculum.items import Pool
from curriculum.models import Setting
from people.facts import ClockChange, Enrolment, Fact, Pause
from people.models import CohortId, PersonId
from tests.readiness.pen import FIRST_DAY, LAST_DAY, Pen
from tests.readiness.rule_sets import (
    BLUEPRINTS,
    CERTIFICATES,
    CHECKLISTS,
    COMPETENCIES,
    PREREQUISITES,
    ROLES,
    SCENARIOS,
    SESSIONS,
)

F = TypeVar("F", bound=Fact)


@dataclass(slots=True)
class Trainee:
    """One trainee in one programme while facts about them are written."""

    pen: Pen
    person_id: PersonId
    programme_id: ProgrammeId
    trainers: tuple[PersonId, ...]
    partners: tuple[PersonId, ...]
    zeal: float

    @property
    def rng(self) -> Random:
        """Return the source of chance."""
        return self.pen.rng

    def times(self, most: int) -> range:
        """Return how often something is done: more for the zealous."""
        return range(sum(self.rng.random() < self.zeal for _ in range(most)))

    def base(self, actor_id: PersonId | None = None, at: datetime | None = None) -> dict[str, object]:
        """Return the fields that every fact has."""
        return {
            "fact_id": self.pen.new_id(),
            "person_id": self.person_id,
            "actor_id": self.rng.choice(self.trainers) if actor_id is None else actor_id,
            "occurred_at": at or self.pen.moment(),
        }

    def write(self, fact_kind: Callable[..., F], actor_id: PersonId | None = None, **fields: object) -> F:
        """Record a fact of the programme."""
        at = fields.pop("at", None)
        common = self.base(actor_id, at if isinstance(at, datetime) else None)
        return self.pen.write(fact_kind(**common, programme_id=self.programme_id, **fields))


# ---------------------------------------------------------------- learning


def _write_learning(who: Trainee) -> None:
    rng = who.rng
    for _ in who.times(2):
        who.write(ModuleProgress, who.person_id, module_id=ModuleId("m1"), step=rng.randint(0, 3))
    for _ in who.times(7):
        presence = rng.choice((*[Presence.PRESENT] * 4, Presence.MADE_UP, Presence.ABSENT))
        minutes = 0 if presence == Presence.ABSENT else rng.choice((30, 60, 120))
        who.write(Attendance, session_id=rng.choice(SESSIONS), presence=presence, minutes=minutes)
    for kind, names in _MILESTONES.items():
        for _ in who.times(3):
            who.write(Milestone, kind=kind, what=rng.choice(names))
    for _ in who.times(7):
        _write_attempt(who)


_MILESTONES: Final[dict[MilestoneKind, Sequence[str]]] = {
    MilestoneKind.PREREQUISITE: PREREQUISITES,
    MilestoneKind.PEER_MODEL: SESSIONS,
    MilestoneKind.REFLECTION: ("m1", "m2"),
    MilestoneKind.GROUP_DELIVERED: ("group-a", "group-b"),
}


def _write_attempt(who: Trainee) -> None:
    rng = who.rng
    item_id = ItemId("item-1")
    blueprint_id = rng.choice(BLUEPRINTS)
    started = who.write(
        AttemptStarted,
        who.person_id,
        version_no=1,
        blueprint_id=blueprint_id,
        pool=Pool.COUNTING,
        seed=1,
        item_ids=(item_id,),
        option_orders=((0, 1),),
    )
    if rng.random() < 0.1:
        return
    max_score = rng.choice((0, 10, 10, 10, 20, 300))
    pct = rng.choice((40, 79, 80, 95, 100, 100, 100))
    critical_total = rng.choice((0, 2, 5, 5)) if max_score else 0
    attempt = Attempt(
        **who.base(who.person_id, started.occurred_at + timedelta(minutes=rng.choice((5, 90)))),  # type: ignore[arg-type]
        programme_id=who.programme_id,
        started_id=started.fact_id,
        blueprint_id=blueprint_id,
        counts=rng.random() < 0.85,
        score=max_score * pct // 100,
        max_score=max_score,
        critical_total=critical_total,
        critical_missed=rng.choice((0, 0, 0, 1)) if critical_total else 0,
        pass_pct=rng.choice((75, 80)),
        items=(ItemScore(0, item_id, 1, 1, 0),),
    )
    who.pen.write(attempt, not_before=_delivered(who.pen, started))


def _delivered(pen: Pen, fact: Fact) -> datetime:
    return next(d.recorded_at for d in reversed(pen.drafts) if d.fact.fact_id == fact.fact_id)


# ---------------------------------------------------------------- practice


def _draw_ratings(rng: Random) -> tuple[Rating, ...]:
    levels = rng.choice(((3, 4), (3, 4, 4), (2, 3, 3, 4, 4), (1, 2, 3, 4), (None,), (None, 3, 4)))
    lines = rng.randint(0, 5)
    return tuple(Rating(LineId(f"l{n}"), rng.choice(COMPETENCIES), rng.choice(levels)) for n in range(lines))


def _write_observation(who: Trainee, relation: Relation, actor_id: PersonId, about: PersonId | None = None) -> None:
    rng, pen = who.rng, who.pen
    frame: dict[str, object] = {
        "programme_id": who.programme_id,
        "version_no": 1,
        "checklist_id": rng.choice(CHECKLISTS),
        "setting": rng.choice((*[Setting.ROLEPLAY] * 3, *[Setting.LIVE] * 3, Setting.SUPERVISION)),
        "stage": rng.choice((Stage.OBSERVE, Stage.CO_LEAD, Stage.LEAD_PART, Stage.LEAD_WHOLE)),
        "scenario_id": rng.choice((None, *SCENARIOS, *SCENARIOS)),
        "session_code": rng.choice(("g1", "g2", "g3", "g4", "g5", "g6", "g7")),
        "relation": relation,
        "counts": relation == Relation.TRAINER and rng.random() < 0.88,
        "has_co_leader": rng.random() < 0.85,
    }
    common = who.base(actor_id) | {"person_id": about or who.person_id}
    opened = pen.write(ObservationOpened(**common, **frame))  # type: ignore[arg-type]
    ratings = _draw_ratings(rng)
    stage = frame["stage"]
    observation = Observation(
        **common | {"fact_id": pen.new_id()},  # type: ignore[arg-type]
        **frame,  # type: ignore[arg-type]
        opened_id=opened.fact_id,
        stage_rank=stage.rank if isinstance(stage, Stage) else 0,
        pct=rng.randint(0, 100),
        min_level=min((r.level for r in ratings if r.level is not None), default=None),
        is_passed=rng.random() < 0.9,
        critical_unhelpful=rng.choice((*[0] * 24, 2)),
        global_rating=GlobalRating.PASS,
        entrustment=3,
        seconds=600,
        ratings=ratings,
    )
    pen.write(observation, not_before=_delivered(pen, opened))
    if observation.critical_unhelpful and rng.random() < 0.5:
        _write_aftermath(who, observation)


def _write_aftermath(who: Trainee, seen: Observation) -> None:
    draft = next(d for d in reversed(who.pen.drafts) if d.fact is seen)
    common = who.base(seen.actor_id, seen.occurred_at) | {"person_id": seen.person_id}
    hold = Hold(
        **common,  # type: ignore[arg-type]
        programme_id=who.programme_id,
        observation_id=seen.fact_id,
        behaviour_id=BehaviourId("d1-u1"),
    )
    debrief = Debrief(**common | {"fact_id": who.pen.new_id()}, observation_id=seen.fact_id)  # type: ignore[arg-type]
    who.pen.write_beside(draft, hold, debrief)


def _write_practice(who: Trainee) -> None:
    others = [trainer for trainer in who.trainers if trainer != who.person_id]
    for _ in who.times(13):
        _write_observation(who, Relation.TRAINER, who.rng.choice(others))
    if who.rng.random() < 0.05:
        _write_observation(who, Relation.TRAINER, who.person_id)
    for _ in who.times(2):
        _write_observation(who, Relation.SELF, who.person_id)
    for partner in who.partners[: len(who.times(2))]:
        _write_observation(who, Relation.PARTNER, who.person_id, about=partner)


# ---------------------------------------------------------------- support, proof, decisions


def _write_support(who: Trainee) -> None:
    rng = who.rng
    for _ in who.times(5):
        who.write(
            Supervision, supervisor_id=rng.choice(who.trainers), minutes=rng.choice((15, 30, 60)), mode=Mode.PHONE
        )
    for _ in who.times(3):
        common = who.base()
        issued_on = who.pen.moment(date(2027, 8, 1)).date()
        expires_on = issued_on + timedelta(days=rng.choice((150, 366, 730)))
        certificate = Certificate(
            **common,  # type: ignore[arg-type]
            certificate_id=rng.choice(CERTIFICATES),
            issued_on=issued_on,
            expires_on=expires_on,
        )
        who.pen.write(certificate)
    for _ in who.times(2):
        mean = rng.choice((349, 350, 409, 410, 500))
        who.write(ParticipantSummary, group_code="group-a", mean_hundredths=mean, n_answers=rng.randint(1, 8))
    if rng.random() < 0.35:
        for change in rng.choices((ClockChange.PAUSED, ClockChange.RESUMED, ClockChange.WITHDRAWN), (6, 6, 1), k=4):
            who.write(Pause, change=change)


def _write_decisions(who: Trainee) -> None:
    rng = who.rng
    for _ in range(rng.choice((0, 1, 1, 2, 2))):
        needs_countersign = rng.random() < 0.4
        sign_off = who.write(
            SignOff,
            role_id=rng.choice(ROLES),
            version_no=1,
            is_granted=rng.random() < 0.85,
            valid_months=rng.choice((1, 6, 12)),
            needs_countersign=needs_countersign,
            evidence_hash="0" * 64,
            evidence=(),
            levels=(ActivityLevel(ActivityId("a1"), 4),),
        )
        if needs_countersign and rng.random() < 0.8:
            common = who.base(at=sign_off.occurred_at + timedelta(days=rng.choice((0, 1, 30))))
            countersign = Countersign(**common, sign_off_id=sign_off.fact_id)  # type: ignore[arg-type]
            who.pen.write(countersign, not_before=_delivered(who.pen, sign_off))


# ---------------------------------------------------------------- all of it


def write_evidence(who: Trainee) -> None:
    """Record enrolments and all evidence of a trainee."""
    rng = who.rng
    for n in range(rng.choice((1, 1, 1, 2, 3))):
        last = FIRST_DAY + timedelta(days=60) if n == 0 else LAST_DAY
        who.write(
            Enrolment,
            at=who.pen.moment(FIRST_DAY, last),
            cohort_id=rng.choice(cohorts(who.programme_id)),
            role_id=RoleId(rng.choice(ROLES)),
            version_no=rng.randint(1, 2),
        )
    writers = (_write_learning, _write_practice, _write_support, _write_decisions)
    if rng.random() < 0.08:  # somebody who has hardly begun
        writers = writers[: rng.randint(0, 1)]
    for write in writers:
        write(who)


def cohorts(programme_id: ProgrammeId) -> tuple[CohortId, CohortId]:
    """Return the two cohorts of a programme."""
    return CohortId(f"{programme_id}-spring"), CohortId(f"{programme_id}-autumn")
