"""The second person's word on a sign-off, and its end by revoking."""

from dataclasses import replace
from datetime import datetime

from assessments.errors import AlreadyDecidedError, NotDecidableError, WrongInputError
from assessments.facts import Countersign, SignOff
from assessments.ports import Ledger
from assessments.reasons import RevokeReason
from assessments.service.access import get_fact, read_code, record_once, require, require_named, require_other
from assessments.service.amending import amend
from assessments.service.decisions.cases import prepare_case
from assessments.service.decisions.histories import SIGN_OFF, find_revocation
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right


def countersign(ledger: Ledger, actor: Actor, sign_off_id: FactId, now: datetime) -> Countersign:
    """Confirm a sign-off as a second person; twice changes nothing.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
        NotDecidableError: The actor signed it, is the person, or may not countersign; or it waits for none.
        AlreadyDecidedError: Somebody else was first.
    """
    signed = get_fact(ledger, SignOff, sign_off_id, SIGN_OFF)
    case = prepare_case(ledger, actor, signed.person_id, signed.programme_id, now)
    view = next(one for one in case.sign_offs if one.sign_off.fact_id == sign_off_id)
    if view.countersign is not None and view.countersign.actor_id == actor.person_id:
        return view.countersign
    if not view.may_countersign:
        raise NotDecidableError(view.why_not_countersign)
    confirmed = Countersign(
        fact_id=derived_fact_id(sign_off_id, "countersign"),
        person_id=signed.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        sign_off_id=sign_off_id,
    )
    ledger.append(confirmed)
    found = get_fact(ledger, Countersign, confirmed.fact_id, "countersignature")
    if found.actor_id != actor.person_id:
        raise AlreadyDecidedError(found.fact_id, found.actor_id, found.occurred_at)
    return found


def revoke(ledger: Ledger, actor: Actor, sign_off_id: FactId, reason: str, now: datetime) -> Amendment:
    """Revoke a sign-off from now on, with a coded `RevokeReason`; a second time changes nothing.

    Raises:
        NotAllowedError: The actor may not revoke sign-offs of the person.
        OwnRecordError: It is the actor's own.
        WrongInputError: The reason is not known, or the sign-off grants nothing.
    """
    signed = get_fact(ledger, SignOff, sign_off_id, SIGN_OFF)
    require_named(actor, "revoke a sign-off")
    require(ledger, actor, Right.REVOKE, Record.SIGN_OFF, signed.person_id)
    require_other(actor, signed.person_id, "revoke their own sign-off")
    code = read_code(RevokeReason, reason, "Reason")
    if not signed.is_granted:
        raise WrongInputError("Sign-off", "a decision of not yet", "a granted one", "There is nothing to revoke.")
    earlier = find_revocation(ledger, sign_off_id)
    return earlier or record_once(ledger, _revocation(ledger, signed, actor, code, now))


def _revocation(ledger: Ledger, signed: SignOff, actor: Actor, reason: RevokeReason, now: datetime) -> Amendment:
    revoked = amend(signed, actor, signed.fact_id, Change.REVOKED, reason=reason, now=now)
    n_restored = sum(one.change == Change.RESTORED for one in ledger.changes_to(signed.fact_id))
    # One that was restored can be revoked once more, under an id of its own.
    return replace(revoked, fact_id=derived_fact_id(revoked.fact_id, str(n_restored))) if n_restored else revoked
