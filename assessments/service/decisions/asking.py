"""A trainee asks for the decision."""

from datetime import datetime

from assessments.errors import NotDecidableError
from assessments.facts import DecisionAsked
from assessments.ports import Ledger
from assessments.service.access import get_running_enrolment, record_once, require_own
from assessments.service.decisions.histories import find_asked, list_histories
from assessments.sign_off import SignOffState, evidence_hash, list_evidence
from assessments.verdicts import Status
from curriculum.ids import ProgrammeId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right

_ASKABLE = frozenset({Status.READY_FOR_DECISION, Status.DUE_SOON, Status.LAPSED})


def see_asked(ledger: Ledger, actor: Actor, programme_id: ProgrammeId) -> DecisionAsked | None:
    """Return the actor's own open wish for a decision, if there is one."""
    require_own(actor, Right.SEE, Record.SIGN_OFF, actor.person_id)
    histories = list_histories(ledger, actor.person_id, programme_id)
    since = histories[-1].sign_off.occurred_at if histories else None
    return find_asked(ledger, actor.person_id, programme_id, since=since)


def ask_decision(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, now: datetime) -> DecisionAsked:
    """Record that the actor asks for their decision, with what it would rest on frozen; twice changes nothing.

    Raises:
        NotEnrolledError: The actor is not in the programme.
        HasLeftError: They have left it.
        NotDecidableError: A gate is open, or a decision has been taken and waits.
    """
    require_own(actor, Right.ACKNOWLEDGE, Record.SIGN_OFF, actor.person_id)
    enrolment = get_running_enrolment(ledger, actor.person_id, programme_id)
    histories = list_histories(ledger, actor.person_id, programme_id)
    earlier = see_asked(ledger, actor, programme_id)
    if earlier is not None:
        return earlier
    verdict, today = ledger.verdict(actor.person_id, programme_id, now, now), ledger.day_of(now)
    waits = any(one.state_on(today) == SignOffState.AWAITING_COUNTERSIGN for one in histories)
    if verdict is None or verdict.status not in _ASKABLE or verdict.open_blocks or waits:
        raise NotDecidableError("You can ask once every gate is met and no decision waits for a second person.")
    evidence = list_evidence(verdict)
    asked = DecisionAsked(
        fact_id=derived_fact_id(enrolment.fact_id, f"decision-asked/{len(histories)}"),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        evidence_hash=evidence_hash(ledger.digests(evidence)),
        evidence=evidence,
    )
    return record_once(ledger, asked)
