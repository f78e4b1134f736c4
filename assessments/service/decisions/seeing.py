"""The sign-offs of a person for those who may see them; whoever could still give the second look sees no decision."""

from dataclasses import dataclass, replace
from datetime import datetime

from assessments.facts import SignOff
from assessments.ports import Ledger
from assessments.service.access import get_enrolment, require
from assessments.service.decisions.histories import find_dispute, list_histories
from assessments.sign_off import DisputeStep, SignOffHistory, SignOffState, Step, list_steps
from curriculum.ids import ProgrammeId
from people.models import Actor, PersonId
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class SignOffSeen:
    """A sign-off with its state and its way through the years. Of one that is blind, levels and note are left out.

    `is_disputed` says that a second look is wanted or has to be settled; `may_answer` that it is the newest decision.
    """

    history: SignOffHistory
    state: SignOffState
    steps: tuple[Step, ...]
    is_blind: bool
    is_disputed: bool
    may_answer: bool

    @property
    def sign_off(self) -> SignOff:
        """Return the sign-off."""
        return self.history.sign_off


def see_sign_offs(
    ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, now: datetime
) -> list[SignOffSeen]:
    """Return the person's sign-offs in a programme, newest first.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
        NotEnrolledError: The person is not in the programme.
    """
    require(ledger, actor, Right.SEE, Record.SIGN_OFF, person_id)
    get_enrolment(ledger, person_id, programme_id)
    histories, today = list_histories(ledger, person_id, programme_id), ledger.day_of(now)
    disputed = find_dispute(histories, today)
    found = [
        SignOffSeen(
            history=show_to(actor, history),
            state=history.state_on(today),
            steps=list_steps(history, ledger.day_of),
            is_blind=is_blind(actor, history),
            is_disputed=history is disputed,
            may_answer=history is histories[-1] and (history.answer.look is None or history.answer.settled is not None),
        )
        for history in histories
    ]
    return found[::-1]


def is_blind(actor: Actor, history: SignOffHistory) -> bool:
    """Return whether the actor must not see the decision yet: a second look at it is wanted, and they took no part."""
    signed = history.sign_off
    knows = {signed.person_id, signed.actor_id}
    knows |= {history.countersign.actor_id} if history.countersign is not None else set()
    return history.answer.step == DisputeStep.LOOK_WANTED and actor.person_id not in knows


def show_to(actor: Actor, history: SignOffHistory) -> SignOffHistory:
    """Return the history as the actor may see it: without levels and note while they are blind."""
    if not is_blind(actor, history):
        return history
    return replace(history, sign_off=replace(history.sign_off, levels=(), note=""))
