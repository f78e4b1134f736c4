"""Facts about people: appended once, never changed.

Every fact has a client-made id (appending it twice is harmless), the person it is about, who recorded it, and
when it happened. `store` adds `recorded_at`, the programme's local day, and a number.

How the store keeps a fact: one table a class; a field `x_id` of text stands as the number `x_no`; a `FactId` that names
another fact stands as that fact's number; a field marked `PRIVATE` goes to a deletable table, the fact keeps its hash;
a tuple of dataclasses becomes rows of a child table.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from curriculum.ids import ProgrammeId, RoleId
from people.models import CohortId, HubId, Office, PersonId, Scope

FactId = NewType("FactId", UUID)
PRIVATE: Final = {"private": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The base of all facts. `occurred_at` is a UTC instant with its zone."""

    fact_id: FactId
    person_id: PersonId
    actor_id: PersonId
    occurred_at: datetime


class Change(StrEnum):
    """What an amendment does to the fact it names.

    Void and replaced say "it never was so"; the others hold from their own time on. Restored ends a revocation:
    of the two, the newer one holds.
    """

    VOID = "void"
    REPLACED = "replaced"
    REVOKED = "revoked"
    ENDED = "ended"
    HARM_RESOLVED = "harm_resolved"
    LIFTED = "lifted"
    ADJUDICATED = "adjudicated"
    ACKNOWLEDGED = "acknowledged"
    RESTORED = "restored"


class EndReason(StrEnum):
    """Why an office or an assignment ends. Coded, so that nothing about health or families is written."""

    LEFT = "left"
    MOVED = "moved"
    OFFICE_ENDED = "office_ended"
    OWN_WISH = "own_wish"
    MISTAKE = "mistake"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Fact):
    """A correction, withdrawal or resolution: names the fact it changes, with a coded reason."""

    target_id: FactId
    change: Change
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(Fact):
    """A person is known. Name and login stand in `person_private`, which may be erased."""

    via: str = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubOpened(Fact):
    """A hub: a local organisation that runs programmes."""

    hub_id: HubId
    title: str


class ContactKind(StrEnum):
    """Whom the safeguarding panel names."""

    SAFEGUARDING_LEAD = "safeguarding_lead"
    SAFEGUARDING_DEPUTY = "safeguarding_deputy"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubContact(Fact):
    """A line of the hub's safeguarding panel; the newest of a kind holds."""

    hub_id: HubId
    kind: ContactKind
    title: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Fact):
    """An office given to a person; ended by an amendment."""

    office: Office
    scope: Scope
    hub_id: HubId | None = None
    record_id: PersonId | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Fact):
    """A trainee is given a trainer; ended by an amendment."""

    trainer_id: PersonId


class WorkKind(StrEnum):
    """What somebody who stops being a trainer may leave behind."""

    TRAINEE = "trainee"
    REQUEST = "request"
    FORM = "form"
    HOLD = "hold"
    DEBRIEF = "debrief"
    COUNTERSIGN = "countersign"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkHandedOver(Fact):
    """Who looks after what a trainer leaves behind about the person; `to_id` is None for "whoever trains them"."""

    target_id: FactId
    kind: WorkKind
    from_id: PersonId
    to_id: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortOpened(Fact):
    """Those who start a programme together in a hub."""

    cohort_id: CohortId
    hub_id: HubId
    programme_id: ProgrammeId
    title: str
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortDated(Fact):
    """The last day of a cohort was set or moved. The newest holds, before what the opening says."""

    cohort_id: CohortId
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortClosed(Fact):
    """A cohort is over: nobody joins it any more. `board_hash` is the SHA-256 of where its people stood then."""

    cohort_id: CohortId
    n_people: int
    board_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Fact):
    """A person joins a programme for a role; the rule version is pinned here. The newest of a programme holds."""

    programme_id: ProgrammeId
    cohort_id: CohortId
    role_id: RoleId
    version_no: int


class ClockChange(StrEnum):
    """What happens to a trainee's time in a programme."""

    PAUSED = "paused"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"


class ClockReason(StrEnum):
    """Why a trainee's time stops or starts again. Coded, so that nothing about health or families is written."""

    OWN_WISH = "own_wish"
    NO_TIME = "no_time"
    MOVED_AWAY = "moved_away"
    HUB = "hub"
    BACK = "back"
    COHORT_CLOSED = "cohort_closed"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause(Fact):
    """A pause, return or withdrawal, with a coded reason (`ClockReason`)."""

    programme_id: ProgrammeId
    change: ClockChange
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveConsent(Fact):
    """A trainee agrees that their record of a programme moves to another hub; ended when they moved or think again."""

    programme_id: ProgrammeId
    from_hub_id: HubId
    hub_id: HubId


class TokenPurpose(StrEnum):
    """What a one-time token is for."""

    FIRST_ADMINISTRATOR = "first_administrator"
    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Fact):
    """A one-time link or slip; only the SHA-256 of its code is kept. Used up by the `PasswordSet` that names it."""

    purpose: TokenPurpose
    token_hash: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(Fact):
    """A new password (argon2id); the newest holds."""

    password_hash: str
    token_id: FactId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSeen(Fact):
    """The person was shown a version of the privacy notice."""

    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchChoice(Fact):
    """The person agrees that their record goes into research without their name, or no longer; the newest holds.

    Without one they do not agree. `words_version` is that of the words they were shown (`people.notice`).
    """

    agrees: bool
    words_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIssued(Fact):
    """A report of sums for funders was issued, frozen: `report` is all of it as JSON. The person is nobody.

    `report_no` counts the hub's reports from 1; `report_hash` is the SHA-256 of `report`.
    """

    hub_id: HubId
    programme_id: ProgrammeId
    report_no: int
    report: str
    report_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpened(Fact):
    """Audit: the actor opened a record of the person. `what` is a `people.rights.Record` name."""

    what: str = field(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAct(Fact):
    """Audit: a command that changes people was given on the server, by which system user. The person is nobody."""

    command: str
    system_user: str


# ---------------------------------------------------------------- what was let go


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Fact):
    """Name, sign-in name, private texts, check-ins and sessions of a person were deleted; their content is not kept."""


class RetentionCategory(StrEnum):
    """What is kept for a time only; a programme gives the days (`privacy.retention_days`)."""

    SESSIONS = "sessions"
    WELLBEING = "wellbeing"
    COMMENTS = "comments"
    SIGNOFF = "signoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destruction(Fact):
    """A line of the destruction log: what kind, how many, after which period, of which cohort. The person is nobody.

    `n_destroyed` counts rows, for `SIGNOFF` people; sessions belong to no cohort.
    """

    category: RetentionCategory
    cohort_id: CohortId | None
    n_destroyed: int
    period_days: int
