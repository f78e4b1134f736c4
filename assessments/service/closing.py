"""A cohort closes: how each person leaves it, where they stood then, and from when on their records age."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from assessments.errors import OutcomesError
from assessments.facts import CohortOutcome, GateThen, KeepUntil, Outcome
from assessments.ports import HubLedger
from assessments.service.access import read_code
from assessments.verdicts import Status, Verdict
from curriculum.models import Programme
from people.facts import ClockChange, ClockReason, CohortClosed, CohortOpened, Pause
from people.ids import derived_fact_id
from people.models import NOBODY, Actor, CohortId, PersonId
from people.rights import Record, Right, require_in_hub
from people.service.clock import make_pause
from people.service.reach import cohort_closed_id, find_closing, find_enrolment, get_cohort

_IN_FORCE = frozenset({Status.SIGNED_OFF, Status.DUE_SOON})


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody in a cohort that is to close: where they stand, which outcomes fit, the likeliest first."""

    name: str
    verdict: Verdict
    outcomes: tuple[Outcome, ...]


def prepare_closing(ledger: HubLedger, actor: Actor, cohort_id: CohortId, now: datetime) -> list[Leaver]:
    """Return the people of a cohort, by person, with the outcomes that fit each.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor may not close it: that takes who looks after cohorts and sees where people stand.
    """
    cohort = _require_closing(ledger, actor, cohort_id)
    verdicts = ledger.cohort_verdicts(cohort.programme_id, cohort_id, now)
    return [Leaver(ledger.name_of(one.person_id), one, list_fitting(one.status)) for one in verdicts]


def _require_closing(ledger: HubLedger, actor: Actor, cohort_id: CohortId) -> CohortOpened:
    cohort = get_cohort(ledger, cohort_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, cohort.hub_id)
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, cohort.hub_id)
    return cohort


def list_fitting(status: Status) -> tuple[Outcome, ...]:
    """Return the outcomes that fit where a person stands, the likeliest first: nobody is signed off by an outcome."""
    if status in _IN_FORCE:
        return (Outcome.SIGNED_OFF, Outcome.CONTINUES_ELSEWHERE, Outcome.STOPPED)
    if status == Status.WITHDRAWN:
        return (Outcome.STOPPED, Outcome.CONTINUES_ELSEWHERE)
    return (Outcome.NOT_YET, Outcome.CONTINUES_ELSEWHERE, Outcome.STOPPED)


def close_cohort(
    ledger: HubLedger, actor: Actor, cohort_id: CohortId, outcomes: Mapping[PersonId, Outcome], *, now: datetime
) -> CohortClosed:
    """Close a cohort for good, and return the fact; a second time changes nothing.

    Recorded together: the closing, with the SHA-256 of the board; each person's outcome with their gates as they stand,
    and the last days on which their records are kept; and that those who stop have left the programme.

    Args:
        ledger: Where it is recorded.
        actor: A programme manager of the hub.
        cohort_id: The cohort.
        outcomes: How each person leaves it.
        now: The time, as of which the board is kept.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor may not close it.
        OutcomesError: An outcome is missing, does not fit, or is about somebody outside the cohort; all are named.
        WrongInputError: An outcome is not an `Outcome`.
    """
    cohort = _require_closing(ledger, actor, cohort_id)
    before = find_closing(ledger, cohort_id)
    if before is not None:
        return before
    chosen = {person_id: read_code(Outcome, outcome, "Outcome") for person_id, outcome in outcomes.items()}
    leavers = prepare_closing(ledger, actor, cohort_id, now)
    faults = _list_faults(leavers, chosen)
    if faults:
        raise OutcomesError(faults)
    kept = [
        _keep(ledger, actor, cohort, leaver.verdict, chosen[leaver.verdict.person_id], now=now) for leaver in leavers
    ]
    closing = CohortClosed(
        fact_id=cohort_closed_id(cohort_id),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        cohort_id=cohort_id,
        n_people=len(kept),
        board_hash=hash_board(kept),
    )
    leaving = [pause for each in kept if (pause := _leave(ledger, actor, each, leavers, now)) is not None]
    if ledger.append(closing, *kept, *leaving):
        return closing
    return find_closing(ledger, cohort_id) or closing


def _list_faults(leavers: Iterable[Leaver], chosen: Mapping[PersonId, Outcome]) -> list[str]:
    faults: list[str] = []
    known: set[PersonId] = set()
    for leaver in leavers:
        person_id = leaver.verdict.person_id
        known.add(person_id)
        if person_id not in chosen:
            faults.append(f"{leaver.name}: choose how they leave the cohort")
        elif chosen[person_id] not in leaver.outcomes:
            words = f"`{chosen[person_id]}` does not fit, they are {leaver.verdict.status.replace('_', ' ')}"
            faults.append(f"{leaver.name}: {words}; choose {' or '.join(leaver.outcomes)}")
    faults += [f"person {person_id}: not in this cohort" for person_id in chosen if person_id not in known]
    return faults


def _keep(
    ledger: HubLedger, actor: Actor, cohort: CohortOpened, verdict: Verdict, outcome: Outcome, *, now: datetime
) -> CohortOutcome:
    programme = ledger.programme(cohort.programme_id, verdict.version_no)
    return CohortOutcome(
        fact_id=derived_fact_id(cohort_closed_id(cohort.cohort_id), str(verdict.person_id)),
        person_id=verdict.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=cohort.programme_id,
        cohort_id=cohort.cohort_id,
        role_id=verdict.role_id,
        version_no=verdict.version_no,
        outcome=outcome,
        status=Status.WITHDRAWN if outcome == Outcome.STOPPED else verdict.status,
        valid_until=verdict.valid_until,
        hold_since=verdict.hold_since,
        gates=tuple(
            GateThen(gate.gate_id, gate.severity, gate.state, gate.have, gate.need, gate.next_part)
            for gate in verdict.gates
        ),
        kept=list_kept(programme, ledger.day_of(now)),
    )


def list_kept(programme: Programme, closed_on: date) -> tuple[KeepUntil, ...]:
    """Return the last day of each category of records, counted from the closing, in the programme's order."""
    days = programme.head.privacy.retention_days
    return tuple(KeepUntil(category, closed_on + timedelta(days=n)) for category, n in days.items())


def _leave(
    ledger: HubLedger, actor: Actor, kept: CohortOutcome, leavers: Iterable[Leaver], now: datetime
) -> Pause | None:
    """Return the withdrawal of somebody who stops and has not left before."""
    had_left = {one.verdict.person_id for one in leavers if one.verdict.status == Status.WITHDRAWN}
    enrolment = find_enrolment(ledger, kept.person_id, kept.programme_id)
    if kept.outcome != Outcome.STOPPED or kept.person_id in had_left or enrolment is None:
        return None
    reason = ClockReason.COHORT_CLOSED
    return make_pause(ledger, actor, enrolment, change=ClockChange.WITHDRAWN, reason=reason, now=now)


def hash_board(outcomes: Iterable[CohortOutcome]) -> str:
    """Return the SHA-256 (hex) of where people stood, by number: the proof that the board is shown as it was."""
    rows = [
        {
            "person": one.person_id,
            "role": one.role_id,
            "version": one.version_no,
            "outcome": one.outcome,
            "status": one.status,
            "valid_until": str(one.valid_until or ""),
            "hold_since": str(one.hold_since or ""),
            "gates": [
                [gate.gate_id, gate.severity, gate.state, gate.have, gate.need, gate.next_part] for gate in one.gates
            ],
        }
        for one in sorted(outcomes, key=lambda one: one.person_id)
    ]
    return sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
