"""A hub with a trainee, two trainers, the leads, and a person of another hub."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from assessments.facts import (
    AttemptStarted,
    DeviceAnswer,
    DeviceRecord,
    GlobalRating,
    Observation,
    ObservationOpened,
    Relation,
    Seen,
    Stage,
)
from assessments.service.attempts import record_response, start_attempt, submit_attempt
from assessments.service.observations import open_observation, record_ticks, submit_observation
from curriculum.ids import BehaviourId, ChecklistId, LineId
from curriculum.items import Pool
from curriculum.models import Programme, Setting
from people.facts import Assignment, CohortOpened, Enrolment, Fact, FactId, Grant
from people.ids import new_fact_id
from people.models import Actor, CohortId, HeldGrant, HubId, Office, PersonId, Scope
from tests.builders import COHORT, NOW, PROGRAMME, QUIZ, ROLE, make_programme, make_verdict
from tests.fake_ledger import FakeLedger

HUB = HubId("north")
OTHER_HUB = HubId("south")
TODAY = date(2025, 3, 10)


@dataclass
class World:
    """The ledger and the people who act on it."""

    ledger: FakeLedger
    trainee: Actor
    fellow: Actor
    trainer: Actor
    second_trainer: Actor
    lead: Actor
    safeguarding: Actor
    deputy: Actor
    coordinator: Actor
    manager: Actor
    countersigner: Actor
    outsider: Actor
    operator: Actor

    def record(self, kind: type[Fact], person: Actor, actor: Actor | None = None, /, **fields: Any) -> Fact:
        """Append a fact as it is, without asking a service."""
        base = {
            "fact_id": new_fact_id(),
            "person_id": person.person_id,
            "actor_id": (actor or person).person_id,
            "occurred_at": NOW,
        }
        fact = kind(**base | fields)
        assert self.ledger.append(fact)
        return fact


def make_actor(number: int, *offices: Office, hub_id: HubId | None = HUB, record_id: PersonId | None = None) -> Actor:
    """Return a person who holds the offices in a hub."""
    grants = tuple(HeldGrant(office, hub_id, record_id) for office in offices)
    return Actor(PersonId(number), f"Person {number}", grants)


def make_world(programme: Programme | None = None) -> World:
    """Return a hub on the fake ledger; the trainee is ready for decision."""
    world = make_world_on(FakeLedger(programme or make_programme()))
    world.ledger.verdicts[world.trainee.person_id, PROGRAMME] = make_verdict(world.trainee.person_id)
    return world


def make_world_on(ledger: Any) -> World:
    """Return a hub where the trainee and a fellow are enrolled and both trainers are assigned to the trainee."""
    world = World(
        ledger=ledger,
        trainee=make_actor(1, Office.TRAINEE),
        fellow=make_actor(2, Office.TRAINEE),
        trainer=make_actor(3, Office.TRAINER),
        second_trainer=make_actor(4, Office.TRAINER),
        lead=make_actor(5, Office.TRAINING_LEAD),
        safeguarding=make_actor(6, Office.SAFEGUARDING_LEAD),
        deputy=make_actor(7, Office.SAFEGUARDING_DEPUTY),
        coordinator=make_actor(8, Office.COORDINATOR),
        manager=make_actor(9, Office.MANAGER),
        countersigner=make_actor(10, Office.COUNTERSIGNER, hub_id=None, record_id=PersonId(1)),
        outsider=make_actor(11, Office.TRAINER, Office.TRAINING_LEAD, hub_id=OTHER_HUB),
        operator=Actor(PersonId(0), "operator", is_operator=True),
    )
    _open_cohort(world, COHORT, HUB)
    _open_cohort(world, CohortId("autumn"), OTHER_HUB)
    for person in (world.trainee, world.fellow):
        enrol(world, person)
    for trainer in (world.trainer, world.second_trainer):
        world.record(Grant, trainer, world.manager, office=Office.TRAINER, scope=Scope.ASSIGNED, hub_id=HUB)
        world.record(Assignment, world.trainee, world.manager, trainer_id=trainer.person_id)
    return world


def _open_cohort(world: World, cohort_id: CohortId, hub_id: HubId) -> None:
    world.record(
        CohortOpened,
        world.operator,
        world.manager,
        cohort_id=cohort_id,
        hub_id=hub_id,
        programme_id=PROGRAMME,
        title=cohort_id,
        starts_on=TODAY,
    )


def enrol(world: World, person: Actor, cohort_id: CohortId = COHORT, version_no: int = 1) -> Fact:
    """Put a person into a cohort."""
    fields = {"programme_id": PROGRAMME, "cohort_id": cohort_id, "role_id": ROLE, "version_no": version_no}
    return world.record(Enrolment, person, world.manager, **fields)


# ---------------------------------------------------------------- quizzes


def start(world: World, now: datetime = NOW, pool: Pool = Pool.COUNTING) -> AttemptStarted:
    """Start an attempt of the trainee."""
    return start_attempt(world.ledger, world.trainee, PROGRAMME, QUIZ, pool, now=now)


def answer(world: World, started: AttemptStarted, position: int, chosen: Sequence[int], **changes: Any) -> Any:
    """Record a response of the trainee."""
    given: dict[str, Any] = {"certainty": None, "is_flagged": False, "now": NOW} | changes
    return record_response(world.ledger, world.trainee, started.fact_id, position, chosen, **given)


def take(world: World, now: datetime = NOW, n_right: int = 4, pool: Pool = Pool.COUNTING) -> Any:
    """Start, answer (the first `n_right` rightly, the others wrongly) and hand in."""
    started = start(world, now, pool)
    for position in range(len(started.item_ids)):
        answer(world, started, position, (0,) if position < n_right else (1,), now=now)
    return submit_attempt(world.ledger, world.trainee, started.fact_id, now)


def days_later(days: float) -> datetime:
    """Return an instant so many days after NOW."""
    return NOW + timedelta(days=days)


# ---------------------------------------------------------------- observations


FORM_OF = {
    Relation.TRAINER: ChecklistId("C2"),
    Relation.SELF: ChecklistId("C8"),
    Relation.PARTNER: ChecklistId("C9"),
}
"""The checklist that each fills in."""


def open_form(
    world: World, actor: Actor | None = None, person: Actor | None = None, **changes: Any
) -> ObservationOpened:
    """Begin a formative role-play form of the trainer about the trainee, or the one for another relation."""
    relation = changes.get("relation", Relation.TRAINER)
    given: dict[str, Any] = {
        "checklist_id": FORM_OF[relation],
        "setting": Setting.ROLEPLAY,
        "stage": Stage.LEAD_PART,
        "scenario_id": None,
        "session_code": "G1 S2",
        "relation": relation,
        "counts": False,
        "has_co_leader": True,
        "now": NOW,
    }
    person_id = (person or world.trainee).person_id
    return open_observation(world.ledger, actor or world.trainer, person_id, PROGRAMME, **given | changes)


def tick(world: World, opened: ObservationOpened, *answers: tuple[str, str, str], actor: Actor | None = None) -> Any:
    """Tick (line, behaviour, state) on a form; a behaviour of "" is none."""
    ticks = [(LineId(line), BehaviourId(b) if b else None, state) for line, b, state in answers]
    return record_ticks(world.ledger, actor or world.trainer, opened.fact_id, ticks, NOW)


def all_basics(line: str, competency: str) -> tuple[tuple[str, str, str], ...]:
    """Return the answers that give a line level 3."""
    states = {"U1": Seen.NOT_SEEN, "B1": Seen.SEEN, "B2": Seen.SEEN, "F1": Seen.NOT_SEEN}
    return tuple((line, f"{competency}-{key}", state) for key, state in states.items())


def submit(world: World, opened: ObservationOpened, actor: Actor | None = None, **changes: Any) -> Observation:
    """Submit a form."""
    given: dict[str, Any] = {
        "global_rating": GlobalRating.PASS,
        "entrustment": 4,
        "strength": "",
        "next_step": "",
        "confirms_harm": False,
        "now": NOW,
    }
    return submit_observation(world.ledger, actor or world.trainer, opened.fact_id, **given | changes)


def observe_harm(world: World, **changes: Any) -> Observation:
    """Submit a confirmed observation in which the unhelpful behaviour of the critical line L2 was seen."""
    opened = open_form(world, **{"setting": Setting.LIVE, "counts": True} | changes)
    tick(world, opened, *all_basics("L1", "D1.1"), ("L2", "D1.2-U1", Seen.SEEN))
    return submit(world, opened, confirms_harm=True)


def make_device_record(person_id: PersonId, actor_id: PersonId, **changes: Any) -> DeviceRecord:
    """Return a formative role-play form about L1, as a device sends it."""
    given: dict[str, Any] = {
        "fact_id": new_fact_id(),
        "person_id": person_id,
        "actor_id": actor_id,
        "occurred_at": NOW,
        "programme_id": PROGRAMME,
        "version_no": 1,
        "checklist_id": FORM_OF[Relation.TRAINER],
        "setting": Setting.ROLEPLAY,
        "stage": Stage.LEAD_PART,
        "scenario_id": None,
        "session_code": "",
        "counts": False,
        "has_co_leader": True,
        "answers": device_answers(*all_basics("L1", "D1.1")),
        "global_rating": GlobalRating.PASS,
        "entrustment": 4,
        "confirms_harm": False,
        "begun_at": NOW - timedelta(minutes=20),
        "claimed_at": NOW,
        "offset_minutes": 60,
        "zone": "Europe/London",
        "skew_s": 0,
        "digest": "a" * 64,
        "held_for": None,
    }
    return DeviceRecord(**given | changes)


def device_answers(*answers: tuple[str, str, str]) -> tuple[DeviceAnswer, ...]:
    """Return (line, behaviour, state) as a device sends them; a behaviour of "" is none."""
    return tuple(DeviceAnswer(LineId(line), BehaviourId(b) if b else None, state) for line, b, state in answers)


def rate_twice(world: World, **changes: Any) -> tuple[Observation, Observation]:
    """Let both trainers rate one role-play that counts: the one sees all basics of L1, the other something unhelpful.

    Both have begun before either submits.
    """
    forms = [open_form(world, actor, **{"counts": True} | changes) for actor in (world.trainer, world.second_trainer)]
    tick(world, forms[0], *all_basics("L1", "D1.1"))
    tick(world, forms[1], ("L1", "D1.1-U1", Seen.SEEN), actor=world.second_trainer)
    return submit(world, forms[0]), submit(world, forms[1], world.second_trainer)


def find_all(world: World, kind: type[Fact]) -> list[Any]:
    """Return the facts of a kind in force."""
    return list(world.ledger.list_facts(kind))


def some_fact_id() -> FactId:
    """Return an id under which nothing is recorded."""
    return new_fact_id()
