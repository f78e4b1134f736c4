"""Facts about support: when people are free, meetings, asking to be contacted, sessions ahead, confidence, buddies.

How somebody is (the check-in) is no fact: it stands in a table of its own that the person may delete from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.facts import Mode
from curriculum.ids import DomainId, ProgrammeId
from curriculum.models import Preparation
from people.facts import Fact, FactId
from people.models import CohortId, PersonId

# ---------------------------------------------------------------- when people are free


@dataclass(frozen=True, slots=True, order=True)
class FreeWindow:
    """A stretch of every week by the clock on the wall: `weekday` 0 (Monday) to 6, minutes from midnight, 0 to 1440."""

    weekday: int
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Fact):
    """When a person is free for supervision in an ordinary week, and how; the newest holds, whole.

    `languages` empty means any. `group_size` is how many a supervisor takes in a group meeting, 0 for who is
    supervised. What is needed to come (a creche, help with travel) is a yes or a no.
    """

    zone: str
    in_person: bool
    by_phone: bool
    by_video: bool
    in_group: bool
    languages: tuple[str, ...]
    group_size: int
    needs_creche: bool
    needs_travel_help: bool
    windows: tuple[FreeWindow, ...]

    @property
    def modes(self) -> frozenset[Mode]:
        """Return the ways in which the person can meet."""
        given = {
            Mode.IN_PERSON: self.in_person,
            Mode.PHONE: self.by_phone,
            Mode.VIDEO: self.by_video,
            Mode.GROUP: self.in_group,
        }
        return frozenset(mode for mode, is_given in given.items() if is_given)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeException(Fact):
    """One day on which it is otherwise: free then besides, or not free then. Where two overlap, the later holds."""

    zone: str
    day_on: date
    start_minute: int
    end_minute: int
    is_free: bool


# ---------------------------------------------------------------- meetings


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOffered(Fact):
    """A supervision is proposed to a person, by the supervisor, for them by a co-ordinator, or taken by the person.

    It is kept by the clock on the wall. Those who share a group meeting have one of these each, with the same
    supervisor and time. `language` is a code such as "ar", empty for any.
    """

    programme_id: ProgrammeId
    supervisor_id: PersonId
    meets_on: date
    start_minute: int
    zone: str
    minutes: int
    mode: Mode
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingBooked(Fact):
    """The person has said yes to a meeting. One a meeting."""

    meeting_id: FactId


class Party(StrEnum):
    """Whose it was that a meeting did not come about."""

    TRAINEE = "trainee"
    SUPERVISOR = "supervisor"
    HUB = "hub"


class MeetingOutcome(StrEnum):
    """What became of a meeting."""

    HELD = "held"
    NOT_HELD = "not_held"
    CANCELLED = "cancelled"
    DECLINED = "declined"


class MeetingReason(StrEnum):
    """Why a meeting did not come about. Coded, so that nothing about health or families is written."""

    NO_TIME = "no_time"
    WORK = "work"
    CRECHE = "creche"
    TRAVEL = "travel"
    ROOM = "room"
    CONNECTION = "connection"
    INTERPRETER = "interpreter"
    FORGOTTEN = "forgotten"
    DID_NOT_COME = "did_not_come"
    MOVED = "moved"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEnded(Fact):
    """What became of a meeting. One in force a meeting; `supervision_id` names the supervision that it became."""

    meeting_id: FactId
    outcome: MeetingOutcome
    party: Party | None = None
    reason: MeetingReason | None = None
    supervision_id: FactId | None = None


# ---------------------------------------------------------------- please contact me


class ContactTopic(StrEnum):
    """What somebody wants to be contacted about: never a case, never a family."""

    MEETING_TIME = "meeting_time"
    PRACTICE = "practice"
    LEARNING = "learning"
    ARRANGEMENTS = "arrangements"
    HOW_I_AM = "how_i_am"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAsked(Fact):
    """A trainee asks to be contacted, by one trainer or any. Acknowledged, or taken back, by an amendment."""

    programme_id: ProgrammeId
    topic: ContactTopic
    asked_id: PersonId | None = None


# ---------------------------------------------------------------- sessions ahead


class SessionKind(StrEnum):
    """A training session that is taught, or a live session of a group that a pair leads."""

    TAUGHT = "taught"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlanned(Fact):
    """A session in a cohort's calendar. Moved by a new one that replaces it, called off by an amendment.

    `session_code` is the id of a taught session, or the code of a live one; a live one is led by a pair.
    """

    programme_id: ProgrammeId
    cohort_id: CohortId
    kind: SessionKind
    session_code: str
    meets_on: date
    start_minute: int
    zone: str
    minutes: int
    first_leader_id: PersonId | None = None
    second_leader_id: PersonId | None = None

    @property
    def leader_ids(self) -> tuple[PersonId, ...]:
        """Return those who lead it."""
        return tuple(one for one in (self.first_leader_id, self.second_leader_id) if one is not None)


class PreparationState(StrEnum):
    """How far a thing that a session needs is."""

    READY = "ready"
    NOT_READY = "not_ready"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationNoted(Fact):
    """How far one thing for a session is; the newest holds. A thing without one is not ready."""

    planned_id: FactId
    thing: Preparation
    state: PreparationState


# ---------------------------------------------------------------- how people are, and with whom


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInChoice(Fact):
    """The person has read what the check-in is for, and whether two high loads in succession are told to a supervisor.

    The newest holds. It says nothing of how they are.
    """

    tells_supervisor: bool


class Moment(StrEnum):
    """Before the training or after it."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure somebody feels in one domain, 1 to 5."""

    domain_id: DomainId
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceRated(Fact):
    """How sure a person feels, domain by domain; the newest of a moment holds. It never counts for readiness."""

    programme_id: ProgrammeId
    moment: Moment
    levels: tuple[Confidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuddyPaired(Fact):
    """Two of a cohort look out for each other; ended by an amendment."""

    cohort_id: CohortId
    buddy_id: PersonId
