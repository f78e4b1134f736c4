"""What readiness says: one verdict a person and role, one a gate."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from curriculum.gates import Severity
from curriculum.ids import GateId, ProgrammeId, RoleId
from people.facts import FactId
from people.models import CohortId, PersonId


class GateState(StrEnum):
    """The state of a gate."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_REQUIRED = "not_required"
    NOT_COMPUTABLE = "not_computable"


class Status(StrEnum):
    """Where a person stands. Only a sign-off fact makes `signed_off`; software never does."""

    NOT_STARTED = "not_started"
    IN_TRAINING = "in_training"
    PRACTISING = "practising"
    READY_FOR_DECISION = "ready_for_decision"
    SIGNED_OFF = "signed_off"
    DUE_SOON = "due_soon"
    LAPSED = "lapsed"
    ON_HOLD = "on_hold"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """One part of a gate: `have` of `need`; `evidence` only when it was asked for."""

    part_no: int
    have: int
    need: int
    is_met: bool
    is_computable: bool
    evidence: tuple[FactId, ...] = ()


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """One gate of one person.

    `have` and `need` are summed over parts, each part's `have` capped at its `need`. `next_part` is the number of the
    first open part in the programme's order, None when met. `parts` and `evidence` are filled for an opened person.
    """

    gate_id: GateId
    severity: Severity
    state: GateState
    have: int
    need: int
    next_part: int | None
    parts: tuple[PartVerdict, ...] = ()
    evidence: tuple[FactId, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether the gate lets the person through."""
        return self.state in (GateState.MET, GateState.NOT_REQUIRED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One person in one programme, as of an instant, by what was known at another.

    `hold_since` is the day of the oldest open hold; `valid_until` the last day of the sign-off in force.
    """

    person_id: PersonId
    programme_id: ProgrammeId
    role_id: RoleId
    cohort_id: CohortId
    version_no: int
    status: Status
    gates: tuple[GateVerdict, ...]
    as_of: datetime
    known_at: datetime
    valid_until: date | None = None
    hold_since: date | None = None

    @property
    def open_blocks(self) -> tuple[GateVerdict, ...]:
        """Return the blocking gates that stand in the way."""
        return tuple(g for g in self.gates if g.severity == Severity.BLOCK and not g.is_open)
