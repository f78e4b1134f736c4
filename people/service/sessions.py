"""Signing in and out: sessions on the server, a token in the browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from people.codes import hash_session_token, new_session_token
from people.errors import SignInRefusedError
from people.limits import RateLimiter
from people.models import Actor, HeldGrant, PersonId, SessionRow
from people.names import tidy_login
from people.passwords import verify_password
from people.ports import PeopleLedger
from people.service.reach import list_grants

IDLE: Final = timedelta(hours=12)
ABSOLUTE: Final = timedelta(days=14)
_TOUCH_AFTER: Final = timedelta(minutes=1)
"""A page is run many times a minute; the store need not hear of each."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the token goes into the cookie and nowhere else."""

    token: str
    session: SessionRow


def sign_in(
    ledger: PeopleLedger, login: str, password: str, address: str, now: datetime, *, limiter: RateLimiter
) -> SignedIn:
    """Check sign-in name and password, and start a new session.

    Raises:
        TooManyTriesError: Too many tries for this sign-in name or from this address.
        SignInRefusedError: Unknown, wrong, without password, erased, or without any office; it is not said which.
    """
    kept_login = tidy_login(login)
    limiter.take(kept_login, address, now)
    account = ledger.find_account(kept_login)
    is_right = verify_password(account.password_hash if account else None, password)
    if account is None or not is_right or not account.is_active or not list_grants(ledger, account.person_id, now):
        raise SignInRefusedError
    limiter.give_back(kept_login, address)
    return start_session(ledger, account.person_id, now)


def start_session(ledger: PeopleLedger, person_id: PersonId, now: datetime) -> SignedIn:
    """Keep a new session for a person whose identity was proved (here, or by another service)."""
    token = new_session_token()
    session = SessionRow(hash_session_token(token), person_id, now, now, now + ABSOLUTE)
    ledger.save_session(session)
    return SignedIn(token, session)


def find_actor(ledger: PeopleLedger, token: str, now: datetime) -> Actor | None:
    """Return who acts, with the grants in force now; None when the session has ended or no office is held."""
    session = ledger.find_session(hash_session_token(token))
    if session is None or not is_open(session, now):
        return None
    account = ledger.account_of(session.person_id)
    grants = held_grants(ledger, session.person_id, now)
    if account is None or not account.is_active or not grants:
        return None
    if now - session.seen_at >= _TOUCH_AFTER:
        ledger.touch_session(session.token_hash, now)
    return Actor(session.person_id, ledger.name_of(session.person_id), grants)


def is_open(session: SessionRow, now: datetime) -> bool:
    """Return whether the session was not ended, was used within 12 hours, and began within 14 days."""
    return session.revoked_at is None and now < session.expires_at and now - session.seen_at < IDLE


def held_grants(ledger: PeopleLedger, person_id: PersonId, now: datetime) -> tuple[HeldGrant, ...]:
    """Return the offices that a person holds today."""
    return tuple(
        HeldGrant(grant.office, grant.hub_id, grant.record_id, grant.until_on)
        for grant in list_grants(ledger, person_id, now)
    )


def sign_out(ledger: PeopleLedger, token: str, now: datetime) -> None:
    """End the session of this token; an unknown one is no fault."""
    ledger.revoke_session(hash_session_token(token), now)


def sign_out_everywhere(ledger: PeopleLedger, actor: Actor, now: datetime) -> int:
    """End all of one's own sessions. Return how many were open."""
    return ledger.revoke_sessions(actor.person_id, now)
