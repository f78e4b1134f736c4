"""Holds: a slip taken back, a debrief held, practice opened again."""

from datetime import datetime, timedelta
from typing import Final

from assessments.errors import HoldEndedError, NoHarmError, SlipTooLateError
from assessments.facts import Debrief, Hold, Observation, Relation
from assessments.ports import Ledger
from assessments.reasons import LiftReason
from assessments.service.access import (
    get_fact,
    is_void,
    read_code,
    record_once,
    require,
    require_named,
    require_other,
)
from assessments.service.amending import amend
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, Office
from people.rights import Record, Right

SLIP_HOURS: Final = 24
"""How long a rater can withdraw a slip."""

_HOLD: Final = "hold"


def withdraw_slip(ledger: Ledger, actor: Actor, hold_id: FactId, now: datetime) -> Amendment:
    """Withdraw an observation that was a slip, with its holds; both stay on record. Twice changes nothing.

    Raises:
        NotAllowedError: The actor is not the rater, or no trainer of the person any more.
        SlipTooLateError: It is more than `SLIP_HOURS` ago.
        HoldEndedError: A hold of the observation was lifted.
    """
    hold = _get_hold(ledger, hold_id)
    if actor.person_id != hold.actor_id:
        raise NotAllowedError("withdraw another rater's observation")
    require(ledger, actor, Right.WITHDRAW, Record.HOLD, hold.person_id)
    ended = _find_end(ledger, hold_id)
    if ended is not None and ended.change == Change.VOID:
        return ended
    others = _list_other_holds(ledger, hold)
    if ended is not None or any(_find_end(ledger, other) for other in others):
        raise HoldEndedError(hold_id)
    if now > hold.occurred_at + timedelta(hours=SLIP_HOURS):
        raise SlipTooLateError(SLIP_HOURS)
    targets = [hold_id, *others, hold.observation_id]
    first, *more = [amend(hold, actor, target, Change.VOID, reason="slip", now=now) for target in targets]
    return record_once(ledger, first, *more)


def lift_hold(ledger: Ledger, actor: Actor, hold_id: FactId, reason: str, now: datetime) -> Amendment:
    """Lift a hold; with the last hold of an observation, what was seen there is resolved. Twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: The safeguarding lead or the deputy; neither the rater nor the person on hold.
        hold_id: The hold.
        reason: A `LiftReason`.
        now: The time.

    Raises:
        NotAllowedError: The actor may not lift holds, or observed this themselves.
        OwnRecordError: It is the actor's own hold.
        HoldEndedError: It was withdrawn, or somebody else lifted it.
    """
    hold = _get_hold(ledger, hold_id)
    require_named(actor, "lift a hold")
    require_other(actor, hold.person_id, "lift their own hold")
    require(ledger, actor, Right.LIFT, Record.HOLD, hold.person_id)
    if actor.person_id == hold.actor_id:
        raise NotAllowedError("lift a hold that follows from your own observation")
    code = read_code(LiftReason, reason, "Reason")
    ended = _find_end(ledger, hold_id)
    if ended is not None and (ended.change, ended.actor_id) != (Change.LIFTED, actor.person_id):
        raise HoldEndedError(hold_id)
    lifted = ended or _record_lift(ledger, hold, actor, code, now)
    _resolve_harm(ledger, hold, actor, now)
    return lifted


def _record_lift(ledger: Ledger, hold: Hold, actor: Actor, reason: LiftReason, now: datetime) -> Amendment:
    """Record the lift, or tell the second of two who lifted at once that it has ended."""
    lifted, *more = _lift(ledger, hold, actor, reason, now)
    if ledger.append(lifted, *more):
        return lifted
    found = ledger.find(Amendment, lifted.fact_id)
    if found is None or found.actor_id != actor.person_id:
        raise HoldEndedError(hold.fact_id)
    return found


def _lift(ledger: Ledger, hold: Hold, actor: Actor, reason: LiftReason, now: datetime) -> list[Amendment]:
    lifted = amend(hold, actor, hold.fact_id, Change.LIFTED, reason=reason, now=now)
    is_last = all(_find_end(ledger, other) for other in _list_other_holds(ledger, hold))
    resolved = amend(hold, actor, hold.observation_id, Change.HARM_RESOLVED, reason=reason, now=now)
    return [lifted, resolved] if is_last else [lifted]


def _resolve_harm(ledger: Ledger, hold: Hold, actor: Actor, now: datetime) -> None:
    """Resolve the harm when two people lifted the last two holds at once and neither saw the other's."""
    is_last = all(_find_end(ledger, other) for other in _list_other_holds(ledger, hold))
    changes = {amendment.change for amendment in ledger.changes_to(hold.observation_id)}
    if is_last and Change.HARM_RESOLVED not in changes:
        ledger.append(amend(hold, actor, hold.observation_id, Change.HARM_RESOLVED, reason="lifted", now=now))


def record_debrief(
    ledger: Ledger, actor: Actor, observation_id: FactId, procedure_followed: bool, now: datetime
) -> Debrief:
    """Record that rater or trainer and trainee have talked about a critical unhelpful behaviour.

    Where no hold was opened (in practice rounds) this resolves it; a hold is resolved by lifting it. The first debrief
    holds; another adds nothing.

    Raises:
        NotAllowedError: The actor is neither the trainer who watched nor a trainer of the person.
        OwnRecordError: It is about the actor.
        NoHarmError: Nothing of the kind was seen.
    """
    observation = get_fact(ledger, Observation, observation_id, "observation")
    require_other(actor, observation.person_id, "debrief themselves")
    if not _has_watched(actor, observation):
        require(ledger, actor, Right.WRITE, Record.OBSERVATION, observation.person_id)
    if not observation.critical_unhelpful:
        raise NoHarmError(observation_id)
    earlier = ledger.list_facts(Debrief, observation.person_id, observation_id=observation_id)
    if earlier:
        return earlier[0]
    debrief = Debrief(
        fact_id=derived_fact_id(observation_id, "debrief"),
        person_id=observation.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        observation_id=observation_id,
        procedure_followed=procedure_followed,
    )
    if ledger.list_facts(Hold, observation.person_id, observation_id=observation_id):
        return record_once(ledger, debrief)
    return record_once(
        ledger, debrief, amend(observation, actor, observation_id, Change.HARM_RESOLVED, reason="debriefed", now=now)
    )


def _has_watched(actor: Actor, observation: Observation) -> bool:
    """Return whether the actor watched as a trainer and still is one: a partner settles nothing."""
    is_rater = actor.person_id == observation.actor_id and observation.relation == Relation.TRAINER
    return is_rater and actor.holds(Office.TRAINER)


def _get_hold(ledger: Ledger, hold_id: FactId) -> Hold:
    """Return the hold, withdrawn or not."""
    hold = ledger.find(Hold, hold_id)
    return hold if hold is not None else get_fact(ledger, Hold, hold_id, _HOLD)


def _find_end(ledger: Ledger, hold_id: FactId) -> Amendment | None:
    ends = (Change.VOID, Change.LIFTED)
    return next((amendment for amendment in ledger.changes_to(hold_id) if amendment.change in ends), None)


def _list_other_holds(ledger: Ledger, hold: Hold) -> list[FactId]:
    """Return the holds in force that follow from the same observation, lifted ones among them."""
    same = ledger.list_facts(Hold, hold.person_id, observation_id=hold.observation_id)
    return [other.fact_id for other in same if other.fact_id != hold.fact_id and not is_void(ledger, other.fact_id)]
