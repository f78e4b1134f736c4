"""Two hubs with every office in each, on the real store; a fresh trainee for each question.

`riverside` is here, `hilltop` is there. Each name in the cast is one person with one office, but for:
`other_trainer` (here, trains somebody else), `fellow` (another trainee here), `nobody` (known, holds no office),
`admin` and `operator`; and but for three who wear many hats: `hats` is the trainee, holding every office here,
`doubled` is the trainer, holding every office here, and `everywhere` holds every office in all hubs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessments.facts import SignOff
from assessments.service.decisions import sign_off
from assessments.service.learning import record_reflection
from assessments.service.programmes import publish_programme
from curriculum.bundle import to_bundle
from curriculum.ids import ActivityId, BlueprintId, ModuleId
from people.facts import Assignment, Enrolment, Fact, Grant, PersonAdded
from people.ids import new_fact_id
from people.models import OPERATOR, Actor, CohortId, HeldGrant, HubId, Office, PersonId, PersonName, Scope
from people.service import add_person, give_grant, held_grants, open_cohort, open_hub
from store.ledger import Store
from tests.assessments.world import TODAY, World
from tests.builders import (
    NOW,
    PROGRAMME,
    ROLE,
    SECTIONS,
    make_blueprint,
    make_item,
    make_items,
    make_programme,
    make_section,
)

HERE, THERE = HubId("riverside"), HubId("hilltop")
SURNAMES: dict[HubId | None, str] = {HERE: "Riverine", THERE: "Hillman", None: "Nowhere"}
"""By which a page gives away that it shows somebody of a hub."""

TEXTS = BlueprintId("texts")
"""A quiz whose one item is a text that a trainer marks."""

THE_OPERATOR = Actor(OPERATOR, "root", is_operator=True)
LEVELS = {ActivityId("E2"): 4, ActivityId("E6"): 3}

STAFF = (
    Office.MANAGER,
    Office.TRAINING_LEAD,
    Office.SAFEGUARDING_LEAD,
    Office.SAFEGUARDING_DEPUTY,
    Office.COORDINATOR,
    Office.TRAINER,
)
_SHORT = {
    Office.TRAINING_LEAD: "lead",
    Office.SAFEGUARDING_LEAD: "safeguarding",
    Office.SAFEGUARDING_DEPUTY: "deputy",
}


def _held_in(hub_id: HubId | None) -> tuple[HeldGrant, ...]:
    return tuple(HeldGrant(office, hub_id) for office in (*STAFF, Office.TRAINEE))


def _names(key: str, hub_id: HubId | None) -> tuple[str, str]:
    return f"{key.replace('_', ' ').title()} {SURNAMES[hub_id]}", key.replace("_", "-")


def _base(person_id: PersonId) -> dict[str, Any]:
    return {"fact_id": new_fact_id(), "person_id": person_id, "actor_id": OPERATOR, "occurred_at": NOW}


@dataclass
class House:
    """The store and the people who stay the same."""

    store: Store
    cast: dict[str, Actor] = field(default_factory=dict)
    cohorts: dict[HubId, CohortId] = field(default_factory=dict)
    n_trainees: int = 0
    n_written: int = 0
    """How often anything was written, a fact or not."""

    def __post_init__(self) -> None:
        self.store.on_commit(self._count)

    def _count(self, _: Sequence[Fact]) -> None:
        self.n_written += 1

    def person(self, key: str, hub_id: HubId | None) -> PersonId:
        """Add a person whose surname says which hub they belong to."""
        return add_person(self.store, THE_OPERATOR, *_names(key, hub_id), NOW)

    def actor(self, person_id: PersonId) -> Actor:
        """Return the person as who acts now."""
        return Actor(person_id, self.store.name_of(person_id), held_grants(self.store, person_id, NOW))

    def hire(self, key: str, office: Office, hub_id: HubId | None) -> Actor:
        """Add a person with an office."""
        person_id = self.person(key, hub_id)
        give_grant(self.store, THE_OPERATOR, person_id, office, NOW, hub_id=hub_id)
        self.cast[key] = self.actor(person_id)
        return self.cast[key]

    def join(self, key: str, hub_id: HubId, trainer: str) -> Actor:
        """Add a trainee of a hub with a trainer, all at once: a stage is made for each question."""
        name, login = _names(key, hub_id)
        person_id = self.store.next_person_id()
        enrolment = {"programme_id": PROGRAMME, "cohort_id": self.cohorts[hub_id], "role_id": ROLE, "version_no": 1}
        self.store.append_named(
            [PersonName(person_id, name, login)],
            PersonAdded(**_base(person_id)),
            Enrolment(**_base(person_id), **enrolment),
            Grant(**_base(person_id), office=Office.TRAINEE, scope=Scope.OWN, hub_id=hub_id),
            Assignment(**_base(person_id), trainer_id=self.cast[trainer].person_id),
        )
        return Actor(person_id, name, (HeldGrant(Office.TRAINEE, hub_id),))

    def stage(self) -> "Stage":
        """Return a stage with a trainee of its own."""
        self.n_trainees += 1
        return Stage(self, self.join(f"trainee_{self.n_trainees}", HERE, "trainer"))


@dataclass
class Stage:
    """A trainee about whom nothing is recorded yet, and all who may act on them or not."""

    house: House
    trainee: Actor

    @property
    def store(self) -> Store:
        return self.house.store

    @property
    def person_id(self) -> PersonId:
        return self.trainee.person_id

    @cached_property
    def cast(self) -> dict[str, Actor]:
        """Everybody by name."""
        opened = (HeldGrant(Office.COUNTERSIGNER, record_id=self.person_id, until_on=TODAY),)
        mine = {
            "trainee": self.trainee,
            "hats": Actor(self.person_id, "Trainee with hats", _held_in(HERE)),
            "countersigner": Actor(self.house.cast["nobody"].person_id, "Countersigner", opened),
        }
        return self.house.cast | mine

    def person_of(self, name: str) -> PersonId:
        """Return the number of somebody in the cast."""
        return self.cast[name].person_id

    @cached_property
    def world(self) -> World:
        """The same people for the helpers of the assessment tests."""
        cast = self.cast
        return World(
            ledger=self.store,
            trainee=self.trainee,
            fellow=cast["fellow"],
            trainer=cast["trainer"],
            second_trainer=cast["other_trainer"],
            lead=cast["lead"],
            safeguarding=cast["safeguarding"],
            deputy=cast["deputy"],
            coordinator=cast["coordinator"],
            manager=cast["manager"],
            countersigner=cast["countersigner"],
            outsider=cast["there_trainer"],
            operator=THE_OPERATOR,
        )

    def make_ready(self) -> None:
        """Let the trainee write what the one gate of the programme asks for."""
        for n in range(2):
            note = f"I waited longer, {n}."
            record_reflection(self.store, self.trainee, PROGRAMME, ModuleId("M1"), note, now=NOW)

    def sign(self) -> SignOff:
        """Let the trainer sign; it waits for a second person."""
        self.make_ready()
        return sign_off(self.store, self.cast["trainer"], self.person_id, PROGRAMME, LEVELS, note="Calm.", now=NOW)


def make_house() -> House:
    """Return both hubs with everybody but the trainee of the stage."""
    house = House(Store.memory(clock=lambda: NOW))
    programme = make_programme(
        sections=tuple(make_section(name) for name in ("M1", *SECTIONS)),
        items=(*make_items(), make_item("m2-text", kind="extended_text")),
        blueprints=(make_blueprint(), make_blueprint(id=TEXTS, module="M2", draw=1, critical={})),
    )
    publish_programme(house.store, THE_OPERATOR, programme, to_bundle(programme), NOW)
    for hub_id, prefix in ((HERE, ""), (THERE, "there_")):
        _open(house, hub_id)
        for office in (*STAFF, Office.FUNDER):
            house.hire(prefix + _SHORT.get(office, office.value), office, hub_id)
    house.hire("other_trainer", Office.TRAINER, HERE)
    house.hire("admin", Office.ADMINISTRATOR, None)
    house.cast["fellow"] = house.join("fellow", HERE, "other_trainer")
    house.cast["there_trainee"] = house.join("there_trainee", THERE, "there_trainer")
    house.cast["nobody"] = Actor(house.person("nobody", None), "Nobody")
    there = HeldGrant(Office.COUNTERSIGNER, record_id=house.cast["there_trainee"].person_id, until_on=TODAY)
    house.cast["there_countersigner"] = Actor(house.cast["nobody"].person_id, "Countersigner there", (there,))
    house.cast["doubled"] = Actor(house.cast["trainer"].person_id, "Trainer with hats", _held_in(HERE))
    house.cast["operator"] = THE_OPERATOR
    return house


def _open(house: House, hub_id: HubId) -> None:
    open_hub(house.store, THE_OPERATOR, hub_id, hub_id.title(), NOW)
    cohort = open_cohort(
        house.store,
        THE_OPERATOR,
        hub_id,
        PROGRAMME,
        f"Group of {hub_id}",
        starts_on=TODAY,
        active_version_no=1,
        now=NOW,
    )
    house.cohorts[hub_id] = cohort.cohort_id


def everywhere(house: House) -> Actor:
    """Return somebody of the other hub who holds every office in all hubs."""
    return Actor(house.cast["there_lead"].person_id, "Everywhere", _held_in(None))


def split(names: str) -> frozenset[str]:
    """Return the names of a row of a table."""
    return frozenset(names.split())


def but(names: Iterable[str], cast: Iterable[str]) -> list[str]:
    """Return those of the cast who are not named, in their order."""
    named = set(names)
    return [name for name in cast if name not in named]
