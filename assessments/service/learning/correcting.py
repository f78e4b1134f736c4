"""Corrections: whoever recorded something takes it back; both facts stay."""

from datetime import datetime, timedelta
from typing import Final

from assessments.errors import FormClosedError, SlipTooLateError, UnknownFactError, WrongInputError
from assessments.facts import (
    Attendance,
    Calibration,
    Certificate,
    Hold,
    Milestone,
    Observation,
    ObservationOpened,
    ObservationRequest,
    ParticipantSummary,
    Relation,
    Supervision,
)
from assessments.ports import Ledger
from assessments.reasons import CorrectionReason
from assessments.service.access import read_code, record_once, require, require_own
from assessments.service.amending import amend
from people.errors import NotAllowedError
from people.facts import Amendment, Change, Fact, FactId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right

SLIP_HOURS: Final = 24
"""How long a submitted observation can be taken back."""

_RECORDS: Final[dict[type[Fact], Record]] = {
    Attendance: Record.SUPERVISION,
    Milestone: Record.SUPERVISION,
    Supervision: Record.SUPERVISION,
    Certificate: Record.SUPERVISION,
    ParticipantSummary: Record.SUPERVISION,
    Calibration: Record.RATER,
    ObservationRequest: Record.RESULTS,
    ObservationOpened: Record.OBSERVATION,
    Observation: Record.OBSERVATION,
}
"""What can be taken back, and the record on which the actor needs the right to write."""


def correct(ledger: Ledger, actor: Actor, target_id: FactId, reason: str, now: datetime) -> Amendment:
    """Take back a fact that the actor recorded: from now on it never was so. Twice changes nothing.

    An observation can be taken back within `SLIP_HOURS`, and only when no hold follows from it (a hold is withdrawn);
    a form only before it is submitted.

    Args:
        ledger: Where facts are.
        actor: Who recorded it, still holding the office for it.
        target_id: The fact.
        reason: A `CorrectionReason`.
        now: The time.

    Raises:
        UnknownFactError: There is nothing of this id that can be taken back.
        NotAllowedError: Somebody else recorded it, or the actor has lost the office.
        SlipTooLateError: The observation is too long ago.
        FormClosedError: The form was submitted.
        WrongInputError: The reason is not known, or a hold follows from the observation.
    """
    target = _get_target(ledger, target_id)
    _require_recorder(ledger, actor, target)
    code = read_code(CorrectionReason, reason, "Reason")
    earlier = [one for one in ledger.changes_to(target_id) if one.change == Change.VOID]
    if earlier:
        return earlier[0]
    _check_open(ledger, target, now)
    return record_once(ledger, amend(target, actor, target_id, Change.VOID, reason=code, now=now))


def _get_target(ledger: Ledger, target_id: FactId) -> Fact:
    for kind in _RECORDS:
        fact = ledger.find(kind, target_id)
        if fact is not None:
            return fact
    raise UnknownFactError("entry that can be taken back", target_id)


def _require_recorder(ledger: Ledger, actor: Actor, target: Fact) -> None:
    if isinstance(target, ObservationRequest):
        # Whoever addressed it anew: it is the trainee's own wish to be watched.
        require_own(actor, Right.WRITE, Record.RESULTS, target.person_id)
        return
    if actor.person_id != target.actor_id:
        raise NotAllowedError(f"take back what person {target.actor_id} recorded")
    is_partner = isinstance(target, ObservationOpened | Observation) and target.relation == Relation.PARTNER
    if target.actor_id == target.person_id:
        require_own(actor, Right.WRITE, Record.RESULTS, target.person_id)
    elif not is_partner:
        require(ledger, actor, Right.WRITE, _RECORDS[type(target)], target.person_id)


def _check_open(ledger: Ledger, target: Fact, now: datetime) -> None:
    if isinstance(target, ObservationOpened):
        if ledger.find(Observation, derived_fact_id(target.fact_id, "observation")) is not None:
            raise FormClosedError(target.fact_id)
    elif isinstance(target, Observation):
        if ledger.list_facts(Hold, target.person_id, observation_id=target.fact_id):
            raise WrongInputError("Observation", "a hold follows from it", "none", "Withdraw the hold as a slip.")
        if now > target.occurred_at + timedelta(hours=SLIP_HOURS):
            raise SlipTooLateError(SLIP_HOURS)
