"""A hub with one programme that uses every kind of gate, a trainee, two trainers and a manager."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from assessments.facts import (
    Attempt,
    AttemptStarted,
    GlobalRating,
    Observation,
    ObservationOpened,
    Rating,
    Relation,
    Stage,
)
from curriculum.bundle import to_bundle
from curriculum.gates import (
    AssessorGate,
    CertificateGate,
    CertificatePart,
    CriticalGate,
    DoseGate,
    DosePart,
    EvaluationsGivenGate,
    EvaluationsGivenPart,
    Gate,
    GroupsDeliveredGate,
    HarmGate,
    LevelGate,
    LevelPart,
    ObserversGate,
    ParticipantSummaryGate,
    PeerModelGate,
    PortfolioGate,
    PracticeGate,
    PracticePart,
    PrerequisiteGate,
    PrerequisitePart,
    QuizGate,
    QuizPart,
    SettingsGate,
    SettingsPart,
    SupervisionGate,
)
from curriculum.ids import (
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    GateId,
    LineId,
    PrerequisiteId,
)
from curriculum.items import Pool
from curriculum.models import Programme, Setting, TrainingSession
from people.facts import Assignment, CohortOpened, Enrolment, Fact, HubOpened, PersonAdded
from people.ids import new_fact_id
from people.models import NOBODY, Actor, CohortId, HeldGrant, HubId, Office, PersonId
from people.service.reach import hub_fact_id
from store.ledger import Store
from tests.builders import PROGRAMME, QUIZ, ROLE, make_head, make_programme

F = TypeVar("F", bound=Fact)

HUB: Final = HubId("riverside")
COHORT: Final = CohortId("riverside-spring")
TRAINEE: Final = PersonId(1)
TRAINER: Final = PersonId(2)
STRANGER: Final = PersonId(3)
MANAGER: Final = PersonId(4)
NOW: Final = datetime(2026, 3, 10, 10, tzinfo=UTC)
WHY: Final = "It is asked for."


def actor(person_id: PersonId, office: Office, hub_id: HubId | None = HUB) -> Actor:
    """Return who holds the office in the hub."""
    return Actor(person_id, f"Person {person_id}", (HeldGrant(office, hub_id),))


def all_gates() -> tuple[Gate, ...]:
    """Return one gate of each kind; its id is its kind."""
    references = PrerequisitePart(prerequisite=PrerequisiteId("references"), min=2)
    sessions = (DosePart(sessions=("T1", "T2"), min=2), DosePart(sessions=("T2",), min=1))
    quiz = (QuizPart(blueprint=QUIZ),)
    practice = (
        PracticePart(checklist=ChecklistId("C2"), setting="live", min=2, stage="lead_whole"),
        PracticePart(checklist=ChecklistId("C6"), setting="roleplay", min=1),
    )
    levels = (LevelPart(competencies=(CompetencyId("D1.1"), CompetencyId("D1.2")), setting="live", last=2),)
    settings = (SettingsPart(setting="live"), SettingsPart(setting="supervision"))
    certificates = (CertificatePart(certificate=CertificateId("safeguarding"), months=24),)
    evaluations = (EvaluationsGivenPart(evaluator="self", min=1), EvaluationsGivenPart(evaluator="partner", min=1))
    return (
        PrerequisiteGate(**_head("prerequisite"), kind="prerequisite", parts=(references,)),
        DoseGate(**_head("dose"), kind="dose", parts=sessions),
        QuizGate(**_head("quiz"), kind="quiz", parts=quiz),
        CriticalGate(**_head("critical"), kind="critical", parts=quiz),
        PracticeGate(**_head("practice"), kind="practice", parts=practice),
        LevelGate(**_head("level"), kind="level", parts=levels),
        HarmGate(**_head("harm"), kind="harm"),
        ObserversGate(**_head("observers"), kind="observers", min=2),
        SettingsGate(**_head("settings"), kind="settings", parts=settings),
        PeerModelGate(**_head("peer_model"), kind="peer_model", min=2),
        SupervisionGate(**_head("supervision"), kind="supervision", min=2, window_days=60, max_gap_days=21),
        CertificateGate(**_head("certificate"), kind="certificate", parts=certificates),
        PortfolioGate(**_head("portfolio"), kind="portfolio", min=2),
        AssessorGate(**_head("assessor"), kind="assessor", min=1, months=12),
        EvaluationsGivenGate(**_head("evaluations_given"), kind="evaluations_given", parts=evaluations),
        GroupsDeliveredGate(**_head("groups_delivered"), kind="groups_delivered", min=1),
        ParticipantSummaryGate(**_head("participant_summary"), kind="participant_summary", min=2),
    )


def _head(kind: str) -> dict[str, Any]:
    return {"id": GateId(kind), "title": kind.capitalize(), "why": WHY}


def programme_with(*gates: Gate) -> Programme:
    """Return a programme of one role with these gates."""
    sessions = (
        TrainingSession(id="T1", title="First", minutes=120),
        TrainingSession(id="T2", title="Second", minutes=90),
    )
    return make_programme(head=make_head(sessions=sessions), gates=gates)


class Place:
    """A store whose clock the test moves, with the trainee enrolled and assigned to the trainer."""

    def __init__(self, *gates: Gate, path: Path | None = None, ends_on: date | None = None) -> None:
        self.now = NOW
        self.programme = programme_with(*gates)
        self.store = Store.open(path, clock=self.clock) if path else Store.memory(clock=self.clock)
        assert self.store.publish(self.programme, to_bundle(self.programme)) == 1
        opened_at = self.now - timedelta(days=100)
        by: dict[str, Any] = {"person_id": NOBODY, "actor_id": TRAINER, "occurred_at": opened_at}
        self.store.append_at(opened_at, HubOpened(fact_id=hub_fact_id(HUB), hub_id=HUB, title="Riverside", **by))
        opened: dict[str, Any] = {"cohort_id": COHORT, "hub_id": HUB, "title": "Spring", "starts_on": date(2026, 1, 1)}
        self.record(CohortOpened, -100, person_id=NOBODY, programme_id=PROGRAMME, ends_on=ends_on, **opened)
        for person_id, name in ((TRAINEE, "Sunita"), (TRAINER, "Tom"), (MANAGER, "Mary")):
            self.record(PersonAdded, -70, person_id=person_id)
            self.store.put_private(person_id, name, name.lower())
        self.enrol(TRAINEE)
        self.record(Assignment, -50, trainer_id=TRAINER)

    def clock(self) -> datetime:
        """Return the instant the test has come to."""
        return self.now

    def enrol(self, person_id: PersonId) -> Enrolment:
        """Enrol a person for the role, sixty days ago."""
        place: dict[str, Any] = {"cohort_id": COHORT, "role_id": ROLE, "version_no": 1}
        return self.record(Enrolment, -60, person_id=person_id, programme_id=PROGRAMME, **place)

    def record(
        self,
        fact_kind: type[F],
        days: float = 0,
        /,
        *,
        person_id: PersonId = TRAINEE,
        actor_id: PersonId = TRAINER,
        **fields: Any,
    ) -> F:
        """Record a fact when it happens: so many days after the test's now."""
        fact = fact_kind(
            fact_id=new_fact_id(),
            person_id=person_id,
            actor_id=actor_id,
            occurred_at=self.now + timedelta(days=days),
            **fields,
        )
        assert self.store.append_at(fact.occurred_at, fact)
        return fact

    def note(self, fact_kind: type[F], days: float = 0, /, **fields: Any) -> F:
        """Record a fact of the programme."""
        return self.record(fact_kind, days, programme_id=PROGRAMME, **fields)

    def attempt(self, days: float = 0, *, score: int = 4, missed: int = 0, pass_pct: int = 75) -> Attempt:
        """Record a quiz of four points, one of its items critical."""
        started = self.note(
            AttemptStarted,
            days,
            version_no=1,
            blueprint_id=BlueprintId(QUIZ),
            pool=Pool.COUNTING,
            seed=1,
            item_ids=(),
            option_orders=(),
        )
        points: dict[str, Any] = {"score": score, "max_score": 4, "critical_total": 1, "critical_missed": missed}
        where = {"started_id": started.fact_id, "blueprint_id": QUIZ, "counts": True, "items": ()}
        return self.note(Attempt, days, pass_pct=pass_pct, **where, **points)

    def observe(self, days: float = 0, level: int = 3, *, critical_unhelpful: int = 0, **changes: Any) -> Observation:
        """Record a whole session led live, with both competencies at the level."""
        frame: dict[str, Any] = {
            "person_id": TRAINEE,
            "actor_id": TRAINER,
            "version_no": 1,
            "checklist_id": ChecklistId("C2"),
            "setting": Setting.LIVE,
            "stage": Stage.LEAD_WHOLE,
            "scenario_id": None,
            "session_code": f"round {days}",
            "relation": Relation.TRAINER,
            "counts": True,
            "has_co_leader": True,
        } | changes
        opened = self.note(ObservationOpened, days, **frame)
        return self.note(
            Observation,
            days,
            **frame,
            opened_id=opened.fact_id,
            stage_rank=frame["stage"].rank,
            pct=100,
            min_level=level,
            is_passed=level >= 3,
            critical_unhelpful=critical_unhelpful,
            global_rating=GlobalRating.PASS,
            entrustment=4,
            seconds=600,
            ratings=tuple(Rating(LineId(f"L{n}"), CompetencyId(f"D1.{n}"), level) for n in (1, 2)),
        )
