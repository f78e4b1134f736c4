"""Conflicts of interest: who knows a trainee otherwise than as a trainer rates nothing that counts, and signs nothing.

An interest is declared, with a coded reason, or follows from the facts: two people who led a session together.
"""

from dataclasses import dataclass
from datetime import datetime

from assessments.errors import InterestedError
from assessments.facts import InterestDeclared, ObservationOpened, Relation
from assessments.ports import Ledger
from assessments.reasons import InterestReason
from assessments.service.access import get_fact, read_code, record_once, require, require_named, require_other
from assessments.service.amending import amend
from curriculum.models import Setting
from people.errors import NotAllowedError, NotKnownError
from people.facts import Amendment, Change, Enrolment, FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

LED_TOGETHER = "Who has led sessions with somebody rates nothing that counts, and does not sign. Somebody else has to."
DECLARED = (
    "Who has declared an interest (they know somebody otherwise than as a trainer) rates nothing that counts, and does "
    "not sign. Somebody else has to."
)


@dataclass(frozen=True, slots=True)
class Interest:
    """Why somebody may not judge a person; `declared` is None where it follows from the facts."""

    why: str
    declared: InterestDeclared | None


def declare_interest(
    ledger: Ledger, actor: Actor, person_id: PersonId, reason: str, *, now: datetime, fact_id: FactId | None = None
) -> InterestDeclared:
    """Declare that the actor knows a person otherwise than as a trainer. A second time changes nothing.

    Args:
        ledger: Where facts are.
        actor: Somebody who may see the person's sign-offs, and so could rate or sign.
        person_id: The trainee.
        reason: An `InterestReason`.
        now: The time.
        fact_id: Given by the page, so that a double click declares it once.

    Raises:
        OwnRecordError: It is about the actor.
        NotKnownError: There is no such trainee.
        NotAllowedError: The actor may not see the person's sign-offs.
        WrongInputError: The reason is not known.
    """
    require_named(actor, "declare an interest")
    require_other(actor, person_id, "declare an interest in their own record")
    _require_trainee(ledger, person_id)
    require(ledger, actor, Right.SEE, Record.SIGN_OFF, person_id)
    code = read_code(InterestReason, reason, "Reason")
    found = _find_declared(ledger, actor.person_id, person_id)
    if found is not None:
        return found
    return record_once(
        ledger,
        InterestDeclared(
            fact_id=fact_id or new_fact_id(),
            person_id=person_id,
            actor_id=actor.person_id,
            occurred_at=now,
            holder_id=actor.person_id,
            reason=code,
        ),
    )


def end_interest(ledger: Ledger, actor: Actor, interest_id: FactId, *, now: datetime) -> Amendment:
    """End an interest that holds no more. Twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: The training lead of the person's hub; never who declared it, who would judge their own case.
        interest_id: What was declared.
        now: The time.

    Raises:
        UnknownFactError: Nothing of the kind was declared.
        OwnRecordError: It is about the actor.
        NotAllowedError: The actor is no training lead of the hub, or declared it.
    """
    declared = get_fact(ledger, InterestDeclared, interest_id, "declaration")
    require_named(actor, "end an interest")
    require_other(actor, declared.person_id, "end an interest in their own record")
    require(ledger, actor, Right.REVOKE, Record.SIGN_OFF, declared.person_id)
    if actor.person_id == declared.holder_id:
        raise NotAllowedError("end an interest that they declared themselves; another training lead has to")
    return record_once(ledger, amend(declared, actor, interest_id, Change.ENDED, reason="", now=now))


def list_interests(ledger: Ledger, actor: Actor, person_id: PersonId) -> list[InterestDeclared]:
    """Return the interests declared about a person that still hold, oldest first: for the lead all, else one's own.

    Raises:
        NotKnownError: There is no such trainee.
        NotAllowedError: The actor may not see the person's sign-offs.
    """
    _require_trainee(ledger, person_id)
    require(ledger, actor, Right.SEE, Record.SIGN_OFF, person_id)
    try:
        require(ledger, actor, Right.REVOKE, Record.SIGN_OFF, person_id)
    except NotAllowedError:
        own = _find_declared(ledger, actor.person_id, person_id)
        return [own] if own else []
    return list_declared(ledger, person_id)


def list_declared(ledger: Ledger, person_id: PersonId) -> list[InterestDeclared]:
    """Return the interests declared about a person that still hold, oldest first."""
    return [one for one in ledger.list_facts(InterestDeclared, person_id) if _holds(ledger, one)]


def find_interest(ledger: Ledger, holder_id: PersonId, person_id: PersonId) -> Interest | None:
    """Return why somebody may not judge a person, or None."""
    declared = _find_declared(ledger, holder_id, person_id)
    if declared is not None:
        return Interest(DECLARED, declared)
    return Interest(LED_TOGETHER, None) if _have_led_together(ledger, holder_id, person_id) else None


def require_disinterested(ledger: Ledger, actor: Actor, person_id: PersonId) -> None:
    """Return when nothing keeps the actor from judging the person.

    Raises:
        InterestedError: They have declared an interest, or led sessions together.
    """
    if find_interest(ledger, actor.person_id, person_id) is not None:
        raise InterestedError


def _require_trainee(ledger: Ledger, person_id: PersonId) -> None:
    if not ledger.list_facts(Enrolment, person_id):
        raise NotKnownError("trainee", person_id)


def _find_declared(ledger: Ledger, holder_id: PersonId, person_id: PersonId) -> InterestDeclared | None:
    found = ledger.list_facts(InterestDeclared, person_id, holder_id=holder_id)
    return next((one for one in reversed(found) if _holds(ledger, one)), None)


def _holds(ledger: Ledger, declared: InterestDeclared) -> bool:
    ending = {Change.ENDED, Change.VOID, Change.REPLACED}
    return not any(change.change in ending for change in ledger.changes_to(declared.fact_id))


def _have_led_together(ledger: Ledger, one: PersonId, other: PersonId) -> bool:
    """Return whether one was the other's partner on a form, or both were watched leading the same session."""
    ones, others = (ledger.list_facts(ObservationOpened, person_id) for person_id in (one, other))
    if any(form.relation == Relation.PARTNER and form.actor_id == other for form in ones):
        return True
    if any(form.relation == Relation.PARTNER and form.actor_id == one for form in others):
        return True
    return bool(_sessions(ones) & _sessions(others))


def _sessions(forms: list[ObservationOpened]) -> set[tuple[str, str]]:
    return {
        (form.programme_id, form.session_code)
        for form in forms
        if form.setting == Setting.LIVE and form.relation == Relation.TRAINER
    }
