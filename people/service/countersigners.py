"""Somebody from outside who is shown one record until a day, to confirm one decision.

Who signs and who confirms have to be two people. In a hub of two practitioners the second one has often trained the
person too; then somebody who has no part in the hub confirms, and sees nothing but this one record.
"""

from dataclasses import dataclass
from datetime import date, datetime

from people.codes import OneTimeCode
from people.errors import GrantShapeError, LoginTakenError, NotExternalError, NotKnownError
from people.facts import Amendment, EndReason, FactId, Grant, PersonAdded, TokenPurpose
from people.ids import new_fact_id
from people.models import Actor, Office, PersonId
from people.names import check_login, check_name
from people.ports import FactLedger, PeopleLedger
from people.rights import Record, Right, require_on_person
from people.service.accounts import make_token
from people.service.offices import check_until, make_grant
from people.service.reach import end_of, get_person, list_grants, list_holders


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited, with the code for the slip; None for somebody who can sign in already."""

    person_id: PersonId
    grant: Grant
    code: OneTimeCode | None


def invite_countersigner(
    ledger: PeopleLedger,
    actor: Actor,
    record_id: PersonId,
    *,
    until_on: date,
    now: datetime,
    name: str = "",
    login: str = "",
    person_id: PersonId | None = None,
) -> Invited:
    """Open one trainee's record to somebody from outside until a day, and return a code for their slip.

    Args:
        ledger: Where people are kept.
        actor: The training lead or programme manager of the trainee's hub, or an administrator.
        record_id: The trainee.
        until_on: The last day; at most `COUNTERSIGN_DAYS` ahead.
        now: The time.
        name: Of somebody new.
        login: A free sign-in name for somebody new.
        person_id: In place of both: somebody who was invited here before.

    Raises:
        NotKnownError: There is no such person.
        NotAllowedError: The actor may not invite for this trainee.
        GrantShapeError: It would be for the actor's or the invited person's own record.
        NotExternalError: The person belongs to the hub, or was never invited here.
        DatesError: The last day has passed, or lies too far ahead.
        TextRefusedError: The name or the sign-in name cannot be kept.
        LoginTakenError: Somebody has the sign-in name.
    """
    get_person(ledger, record_id)
    require_on_person(actor, Right.INVITE, Record.SIGN_OFF, ledger.subject(record_id))
    if record_id in (actor.person_id, person_id):
        raise GrantShapeError(Office.COUNTERSIGNER, "is not given for one's own record")
    check_until(Office.COUNTERSIGNER, until_on, ledger.day_of(now))
    shape = (Office.COUNTERSIGNER, None, record_id, until_on)
    if person_id is None:
        return _invite_new(ledger, actor, shape, (name, login), now)
    return _invite_again(ledger, actor, shape, person_id, now)


_Shape = tuple[Office, None, PersonId, date]


def _invite_new(ledger: PeopleLedger, actor: Actor, shape: _Shape, names: tuple[str, str], now: datetime) -> Invited:
    kept_name, kept_login = check_name(names[0]), check_login(names[1])
    if ledger.find_account(kept_login) is not None:
        raise LoginTakenError(kept_login)
    person_id = ledger.next_person_id()
    if not ledger.put_private(person_id, kept_name, kept_login):
        raise LoginTakenError(kept_login)
    added = PersonAdded(
        fact_id=new_fact_id(), person_id=person_id, actor_id=actor.person_id, occurred_at=now, via="page"
    )
    grant = make_grant(actor, added, shape, 0, now=now)
    code, token = make_token(actor.person_id, person_id, TokenPurpose.INVITATION, now)
    ledger.append(added, grant, token)
    return Invited(person_id, grant, code)


def _invite_again(ledger: PeopleLedger, actor: Actor, shape: _Shape, person_id: PersonId, now: datetime) -> Invited:
    added = get_person(ledger, person_id)
    account = ledger.account_of(person_id)
    if account is None:
        raise NotKnownError("account of person", person_id)
    if person_id not in _list_known(ledger, shape[2], now):
        raise NotExternalError(person_id)
    # Counted before looking, as in `give_grant`.
    n_before = len(ledger.list_facts(Grant, person_id, office=Office.COUNTERSIGNER))
    held = [one for one in list_grants(ledger, person_id, now) if (one.record_id, one.until_on) == shape[2:]]
    grant = held[0] if held else make_grant(actor, added, shape, n_before, now=now)
    if not held:
        ledger.append(grant)
    if account.password_hash is not None:
        return Invited(person_id, grant, None)
    code, token = make_token(actor.person_id, person_id, TokenPurpose.INVITATION, now)
    ledger.append(token)
    return Invited(person_id, grant, code)


def list_known_countersigners(ledger: FactLedger, actor: Actor, record_id: PersonId, now: datetime) -> list[PersonId]:
    """Return who was invited from outside before for a record of the trainee's hubs, and still could be.

    Raises:
        NotKnownError: There is no such person.
        NotAllowedError: The actor may not invite for this trainee.
    """
    get_person(ledger, record_id)
    require_on_person(actor, Right.INVITE, Record.SIGN_OFF, ledger.subject(record_id))
    return _list_known(ledger, record_id, now)


def _list_known(ledger: FactLedger, record_id: PersonId, now: datetime) -> list[PersonId]:
    """Return those from outside: they hold no office but this one, and train in none of the trainee's hubs."""
    hubs = ledger.subject(record_id).hub_ids
    invited = sorted(
        {
            grant.person_id
            for grant in ledger.list_facts(Grant, office=Office.COUNTERSIGNER)
            if grant.record_id is not None and not hubs.isdisjoint(ledger.subject(grant.record_id).hub_ids)
        }
    )
    return [
        person_id
        for person_id in invited
        if all(grant.office == Office.COUNTERSIGNER for grant in list_grants(ledger, person_id, now))
        and hubs.isdisjoint(ledger.subject(person_id).hub_ids)
    ]


def list_countersigners(ledger: FactLedger, actor: Actor, record_id: PersonId, now: datetime) -> list[Grant]:
    """Return to whom the trainee's record is open today.

    Raises:
        NotKnownError: There is no such person.
        NotAllowedError: The actor may not invite for this trainee.
    """
    get_person(ledger, record_id)
    require_on_person(actor, Right.INVITE, Record.SIGN_OFF, ledger.subject(record_id))
    return [grant for grant in list_holders(ledger, Office.COUNTERSIGNER, now) if grant.record_id == record_id]


def end_countersigner(ledger: PeopleLedger, actor: Actor, grant_id: FactId, now: datetime) -> Amendment:
    """Close the record to somebody from outside before the day; twice is harmless. Who has nothing else is signed out.

    Raises:
        NotKnownError: There is no such invitation.
        NotAllowedError: The actor may not invite for this trainee.
    """
    grant = ledger.find(Grant, grant_id)
    if grant is None or grant.record_id is None:
        raise NotKnownError("invitation", grant_id)
    require_on_person(actor, Right.INVITE, Record.SIGN_OFF, ledger.subject(grant.record_id))
    end = end_of(grant, actor, EndReason.OFFICE_ENDED, now)
    if not ledger.append(end):
        return ledger.find(Amendment, end.fact_id) or end
    if not list_grants(ledger, grant.person_id, now):
        ledger.revoke_sessions(grant.person_id, now)
    return end
