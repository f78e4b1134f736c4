"""Readiness in plain Python, slow and from the rules alone: what the store's answers are checked against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assessments.facts import Attempt, Attendance, Countersign, Hold, ModuleProgress, SignOff
from assessments.verdicts import GateState, GateVerdict, PartVerdict, Status, Verdict
from curriculum.gates import Gate, Severity
from curriculum.ids import ProgrammeId, RoleId
from curriculum.models import Decision, Programme
from people.facts import Change, ClockChange, Enrolment, Pause
from people.models import PersonId
from tests.readiness.gate_rules import Case, parts_of
from tests.readiness.past import Past, Practice, Recorded, add_months

Rules = Mapping[tuple[ProgrammeId, int], Programme]
"""The published versions of programmes."""


class Reference:
    """Readiness as of an instant by what was known at another, from a history of facts."""

    def __init__(
        self, history: Iterable[Recorded], rules: Rules, as_of: datetime, known_at: datetime, zone: ZoneInfo
    ) -> None:
        self._past = Past(history, as_of, known_at, zone)
        self._rules = rules

    def verdict(self, person_id: PersonId, programme_id: ProgrammeId) -> Verdict | None:
        """Return the person's verdict, opened down to evidence; None when not enrolled."""
        enrolments = self._past.facts(Enrolment, person_id, programme_id=programme_id)
        if not enrolments:
            return None
        enrolment = enrolments[-1]
        programme = self._rules[programme_id, enrolment.version_no]
        own_gates = programme.gates_of(enrolment.role_id)
        practice = Practice(self._past, person_id, programme_id, own_gates)
        case = Case(self._past, person_id, programme_id, practice)
        gates = tuple(
            _gate_verdict(gate, parts_of(gate, case) if gate in own_gates else []) for gate in programme.gates
        )
        standing = _standing(case, enrolment, gates, programme.head.decision)
        return Verdict(
            person_id=person_id,
            programme_id=programme_id,
            role_id=enrolment.role_id,
            cohort_id=enrolment.cohort_id,
            version_no=enrolment.version_no,
            status=standing.status,
            gates=gates,
            as_of=self._past.as_of,
            known_at=self._past.known_at,
            valid_until=standing.valid_until,
            hold_since=standing.hold_since,
        )

    def verdicts(self, programme_id: ProgrammeId) -> dict[PersonId, Verdict]:
        """Return the verdicts of all persons enrolled in the programme."""
        found = {person: self.verdict(person, programme_id) for person in self._past.persons_with(Enrolment)}
        return {person_id: verdict for person_id, verdict in found.items() if verdict is not None}


def _gate_verdict(gate: Gate, parts: Sequence[PartVerdict]) -> GateVerdict:
    open_parts = [part for part in parts if not part.is_met]
    return GateVerdict(
        gate_id=gate.id,
        severity=gate.severity,
        state=_state(parts),
        have=sum(min(part.have, part.need) for part in parts),
        need=sum(part.need for part in parts),
        next_part=open_parts[0].part_no if open_parts else None,
        parts=tuple(parts),
        evidence=tuple(sorted({fact_id for part in parts for fact_id in part.evidence})),
    )


def _state(parts: Sequence[PartVerdict]) -> GateState:
    open_parts = [part for part in parts if not part.is_met]
    if not parts:
        return GateState.NOT_REQUIRED
    if not open_parts:
        return GateState.MET
    return GateState.NOT_MET if any(part.is_computable for part in open_parts) else GateState.NOT_COMPUTABLE


# ---------------------------------------------------------------- status


@dataclass(frozen=True, slots=True)
class _Standing:
    status: Status
    valid_until: date | None
    hold_since: date | None


def _standing(case: Case, enrolment: Enrolment, gates: Sequence[GateVerdict], decision: Decision) -> _Standing:
    is_clear = not any(gate.severity == Severity.BLOCK and not gate.is_open for gate in gates)
    holds = [case.past.day(hold) for hold in case.facts(Hold) if not case.past.is_changed(hold, Change.LIFTED)]
    sign_off = _latest_sign_off(case, enrolment.role_id)
    status = (
        _status_of_clock(case, enrolment)
        or (Status.ON_HOLD if holds else None)
        or (_status_of_sign_off(case, sign_off, is_clear, decision.due_soon_days) if sign_off else None)
        or (Status.READY_FOR_DECISION if is_clear else None)
        or _status_before_ready(case)
    )
    return _Standing(status, _valid_until(case, sign_off), min(holds, default=None))


def _status_of_clock(case: Case, enrolment: Enrolment) -> Status | None:
    changes = [pause for pause in case.facts(Pause) if case.past.is_after(pause, enrolment)]
    if not changes or changes[-1].change == ClockChange.RESUMED:
        return None
    return Status.PAUSED if changes[-1].change == ClockChange.PAUSED else Status.WITHDRAWN


def _latest_sign_off(case: Case, role_id: RoleId) -> SignOff | None:
    confirmed = {c.sign_off_id for c in case.past.facts(Countersign, case.person_id)}
    complete = [
        s
        for s in case.facts(SignOff, role_id=role_id, is_granted=True)
        if not s.needs_countersign or s.fact_id in confirmed
    ]
    return complete[-1] if complete else None


def _valid_until(case: Case, sign_off: SignOff | None) -> date | None:
    if sign_off is None or case.past.is_revoked(sign_off):
        return None
    return add_months(case.past.day(sign_off), sign_off.valid_months)


def _status_of_sign_off(case: Case, sign_off: SignOff, is_clear: bool, due_soon_days: int) -> Status:
    if case.past.is_revoked(sign_off):
        return Status.REVOKED
    days_left = (add_months(case.past.day(sign_off), sign_off.valid_months) - case.past.today).days
    if days_left < 0 or not is_clear:
        return Status.LAPSED
    return Status.DUE_SOON if days_left <= due_soon_days else Status.SIGNED_OFF


def _status_before_ready(case: Case) -> Status:
    if case.practice.eligible:
        return Status.PRACTISING
    has_begun = any(case.facts(kind) for kind in (ModuleProgress, Attempt, Attendance))
    return Status.IN_TRAINING if has_begun else Status.NOT_STARTED
