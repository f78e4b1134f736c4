"""One-time codes and passwords: how a person gets into their account, first and again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from people.codes import OneTimeCode, hash_code, new_code
from people.errors import CodeRefusedError, HasPasswordError, NotAllowedError, NotKnownError, OldPasswordError
from people.facts import FactId, Grant, PasswordSet, PersonAdded, TokenIssued, TokenPurpose
from people.ids import ROOT, derived_fact_id, new_fact_id
from people.limits import RateLimiter
from people.models import OPERATOR, Account, Actor, Office, PersonId, PersonName, Scope
from people.passwords import check_password, hash_password, verify_password
from people.ports import PeopleLedger
from people.rights import Record, Right, may_anywhere, require_on_person
from people.service.offices import can_sign_in, require_no_wider_offices
from people.service.reach import get_person, list_grants, list_holders, require_reach

_FIRST_LOGIN: Final = "admin"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom a working code is for, to greet them and to show their sign-in name."""

    person_id: PersonId
    name: str
    login: str
    purpose: TokenPurpose


def has_administrator(ledger: PeopleLedger, now: datetime) -> bool:
    """Return whether somebody who can sign in looks after the accounts."""
    return any(can_sign_in(ledger, grant.person_id) for grant in list_holders(ledger, Office.ADMINISTRATOR, now))


def list_password_owners(ledger: PeopleLedger) -> list[PersonId]:
    """Return who has ever chosen a password, in the order in which they first did."""
    return list(dict.fromkeys(one.person_id for one in ledger.list_facts(PasswordSet)))


def create_first_administrator(ledger: PeopleLedger, now: datetime) -> OneTimeCode:
    """Record the first administrator, if there is none, and a fresh code that lets them choose a password.

    Asked again before the code was used, it gives the same person a new code, and the old one ends.

    Raises:
        NotAllowedError: There is an administrator who can sign in.
    """
    if has_administrator(ledger, now):
        raise NotAllowedError("make a first administrator, as there is one")
    waiting = [g for g in list_holders(ledger, Office.ADMINISTRATOR, now) if ledger.account_of(g.person_id)]
    person_id = waiting[0].person_id if waiting else _add_administrator(ledger, now)
    return _issue(ledger, OPERATOR, person_id, TokenPurpose.FIRST_ADMINISTRATOR, now)


def _add_administrator(ledger: PeopleLedger, now: datetime) -> PersonId:
    person_id = ledger.next_person_id()
    added_id = derived_fact_id(ROOT, f"administrator/{person_id}")
    added = PersonAdded(fact_id=added_id, person_id=person_id, actor_id=OPERATOR, occurred_at=now, via="setup")
    grant = Grant(
        fact_id=derived_fact_id(added_id, "grant"),
        person_id=person_id,
        actor_id=OPERATOR,
        occurred_at=now,
        office=Office.ADMINISTRATOR,
        scope=Scope.ALL,
    )
    login, n = _FIRST_LOGIN, 1
    while not ledger.append_named([PersonName(person_id, "Administrator", login)], added, grant):
        n += 1
        login = f"{_FIRST_LOGIN}{n}"
    return person_id


def issue_token(
    ledger: PeopleLedger, actor: Actor, person_id: PersonId, purpose: TokenPurpose, now: datetime
) -> OneTimeCode:
    """Record a one-time code for a person and return it, to be shown once. An earlier code of theirs ends.

    An invitation comes from who looks after the hub's people, while there is no password yet. A reset slip comes from
    an assigned trainer, an administrator or the operator; it ends all sessions of the person.

    Raises:
        NotKnownError: There is no such person, or the account was erased.
        NotAllowedError: The actor may not, or the person holds offices beyond the actor's reach.
        OtherHubError: The person is not within the actor's reach.
        HasPasswordError: An invitation for somebody who has a password.
    """
    get_person(ledger, person_id)
    account = ledger.account_of(person_id)
    if account is None or not account.is_active:
        raise NotKnownError("account of person", person_id)
    match purpose:
        case TokenPurpose.INVITATION:
            _check_invitation(ledger, actor, account, now)
        case TokenPurpose.RESET:
            _check_reset(ledger, actor, person_id, now)
        case TokenPurpose.FIRST_ADMINISTRATOR:
            raise NotAllowedError("make a first administrator from here; the server prints that code when it starts")
    code = _issue(ledger, actor.person_id, person_id, purpose, now)
    if purpose == TokenPurpose.RESET:
        ledger.revoke_sessions(person_id, now)
    return code


def _check_invitation(ledger: PeopleLedger, actor: Actor, account: Account, now: datetime) -> None:
    require_reach(ledger, actor, Record.PEOPLE, account.person_id, now)
    require_no_wider_offices(ledger, actor, account.person_id, now)
    if account.password_hash is not None:
        raise HasPasswordError(account.person_id)


def _check_reset(ledger: PeopleLedger, actor: Actor, person_id: PersonId, now: datetime) -> None:
    require_on_person(actor, Right.RESET_PASSWORD, Record.PEOPLE, ledger.subject(person_id))
    if may_anywhere(actor, Right.RESET_PASSWORD, Record.PEOPLE):
        return
    # A slip opens the account: a trainer's must not open more than what a trainee may do.
    offices = {grant.office for grant in list_grants(ledger, person_id, now)}
    if not offices <= {Office.TRAINEE}:
        raise NotAllowedError("reset the password of somebody who holds other offices; an administrator can")


def _issue(
    ledger: PeopleLedger, actor_id: PersonId, person_id: PersonId, purpose: TokenPurpose, now: datetime
) -> OneTimeCode:
    code, token = make_token(actor_id, person_id, purpose, now)
    ledger.append(token)
    return code


def make_token(
    actor_id: PersonId, person_id: PersonId, purpose: TokenPurpose, now: datetime
) -> tuple[OneTimeCode, TokenIssued]:
    """Return a fresh code and the fact that lets it work."""
    code = new_code(now)
    token = TokenIssued(
        fact_id=new_fact_id(),
        person_id=person_id,
        actor_id=actor_id,
        occurred_at=now,
        purpose=purpose,
        token_hash=hash_code(code.code),
        expires_at=code.expires_at,
    )
    return code, token


def get_invitee(ledger: PeopleLedger, code: str, now: datetime) -> Invitee:
    """Return whom the code is for, while it works.

    Raises:
        CodeRefusedError: The code is unknown, used, replaced by a newer one, or too old.
    """
    token, account = _read_code(ledger, code, now)
    return Invitee(token.person_id, ledger.name_of(token.person_id), account.login, token.purpose)


def _read_code(ledger: PeopleLedger, code: str, now: datetime) -> tuple[TokenIssued, Account]:
    tokens = ledger.list_facts(TokenIssued, token_hash=hash_code(code))
    if not tokens:
        raise CodeRefusedError
    token = tokens[-1]
    account = ledger.account_of(token.person_id)
    if account is None or not account.is_active or not _still_works(ledger, token, account, now):
        raise CodeRefusedError
    return token, account


def _still_works(ledger: PeopleLedger, token: TokenIssued, account: Account, now: datetime) -> bool:
    newest = ledger.list_facts(TokenIssued, token.person_id)[-1]
    if newest.fact_id != token.fact_id or now >= token.expires_at:
        return False
    if ledger.find(PasswordSet, _use_id(token)) is not None:
        return False
    match token.purpose:
        case TokenPurpose.RESET:
            return True
        case TokenPurpose.INVITATION:
            return account.password_hash is None
        case TokenPurpose.FIRST_ADMINISTRATOR:
            return not has_administrator(ledger, now)


def set_password(
    ledger: PeopleLedger,
    code: str,
    password: str,
    now: datetime,
    *,
    limiter: RateLimiter | None = None,
    address: str = "",
) -> PersonId:
    """Record a person's new password, use up the code, and end all their sessions. Return the person.

    Raises:
        TooManyTriesError: Too many tries from this address.
        CodeRefusedError: The code is unknown, used, replaced by a newer one, or too old.
        PasswordRefusedError: The password is too easy to guess; the code still works.
    """
    if limiter is not None:
        limiter.take("", address, now)
    token, account = _read_code(ledger, code, now)
    check_password(password, account.login)
    is_first = ledger.append(
        PasswordSet(
            fact_id=_use_id(token),
            person_id=token.person_id,
            actor_id=token.person_id,
            occurred_at=now,
            password_hash=hash_password(password),
            token_id=token.fact_id,
        )
    )
    if not is_first:
        raise CodeRefusedError
    ledger.revoke_sessions(token.person_id, now)
    if limiter is not None:
        limiter.give_back(account.login, address)
    return token.person_id


def change_password(
    ledger: PeopleLedger, actor: Actor, old: str, new: str, now: datetime, *, limiter: RateLimiter, address: str
) -> PasswordSet:
    """Record one's own new password, and end all of one's sessions: whoever knew the old one is out.

    Raises:
        TooManyTriesError: Too many tries for this account or from this address.
        OldPasswordError: The old password is not right.
        PasswordRefusedError: The new password is too easy to guess.
    """
    account = ledger.account_of(actor.person_id)
    if account is None:
        raise NotKnownError("account of person", actor.person_id)
    limiter.take(account.login, address, now)
    if not verify_password(account.password_hash, old):
        raise OldPasswordError
    limiter.give_back(account.login, address)
    check_password(new, account.login)
    changed = PasswordSet(
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        password_hash=hash_password(new),
    )
    ledger.append(changed)
    ledger.revoke_sessions(actor.person_id, now)
    return changed


def _use_id(token: TokenIssued) -> FactId:
    return derived_fact_id(token.fact_id, "used")
