"""Persons, the offices they hold, and the groups they belong to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType

from curriculum.ids import RoleId

PersonId = NewType("PersonId", int)
HubId = NewType("HubId", str)
CohortId = NewType("CohortId", str)

OPERATOR = PersonId(0)
"""Who acts on the command line: the system user's name is recorded beside it."""

NOBODY: Final = OPERATOR
"""Whom facts about hubs, cohorts and programmes are about: no person."""


class Office(StrEnum):
    """A role in the hub, held by a grant; a `role` is what a programme trains people for."""

    TRAINEE = "trainee"
    TRAINER = "trainer"
    TRAINING_LEAD = "training_lead"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    SAFEGUARDING_DEPUTY = "safeguarding_deputy"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    FUNDER = "funder"
    COUNTERSIGNER = "countersigner"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """How far a right reaches: oneself, assigned trainees, a hub, one named record, everything."""

    OWN = "own"
    ASSIGNED = "assigned"
    HUB = "hub"
    RECORD = "record"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class HeldGrant:
    """An office that a person holds today. `hub_id` None means all hubs; `record_id` names one trainee."""

    office: Office
    hub_id: HubId | None = None
    record_id: PersonId | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, with the grants in force now.

    `name` is only for display. `is_operator` is set for the command line alone.
    """

    person_id: PersonId
    name: str
    grants: tuple[HeldGrant, ...] = ()
    is_operator: bool = False

    def holds(self, office: Office) -> bool:
        """Return whether the actor holds the office anywhere."""
        return any(grant.office == office for grant in self.grants)

    @property
    def offices(self) -> frozenset[Office]:
        """Return the offices held anywhere."""
        return frozenset(grant.office for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Subject:
    """The person a record is about, as of now.

    `hub_ids` are the hubs of their enrolments: training records belong there. `office_hub_ids` are the hubs where they
    hold an office: what they do in it belongs there. `trainer_ids` are those who train them.
    """

    person_id: PersonId
    hub_ids: frozenset[HubId] = frozenset()
    trainer_ids: frozenset[PersonId] = frozenset()
    office_hub_ids: frozenset[HubId] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonName:
    """What is kept of a person besides facts, and may be erased."""

    person_id: PersonId
    name: str
    login: str


@dataclass(frozen=True, slots=True)
class LiveVersion:
    """The version of a programme that a hub has gone live with, and the roles it trains people for."""

    version_no: int
    role_ids: tuple[RoleId, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs. `password_hash` is argon2id, None before the first password."""

    person_id: PersonId
    login: str
    password_hash: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class PrivateRows:
    """How many rows of each deletable table are about a person."""

    n_names: int = 0
    n_texts: int = 0
    n_check_ins: int = 0
    n_sessions: int = 0


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A server-side login session; only the token's SHA-256 is kept."""

    token_hash: str
    person_id: PersonId
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
