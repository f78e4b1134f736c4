"""Offices: given by a grant, ended by an amendment."""

from datetime import date, datetime, timedelta
from typing import Final

from people.errors import (
    DatesError,
    FunderConflictError,
    GrantShapeError,
    LastAdministratorError,
    NotAllowedError,
    NotKnownError,
    OpenWorkError,
)
from people.facts import Amendment, EndReason, FactId, Grant, PersonAdded
from people.ids import derived_fact_id
from people.models import Actor, HubId, Office, PersonId, Scope
from people.ports import FactLedger, OpenWork, PeopleLedger
from people.rights import (
    Record,
    Right,
    has_individual_access,
    may_anywhere,
    may_in_hub,
    require_in_hub,
)
from people.service.reach import (
    end_of,
    get_hub,
    get_known_person,
    get_person,
    list_grants,
    list_holders,
    require_reach,
)
from people.service.work import list_left_behind, work_words

COUNTERSIGN_DAYS: Final = 90
"""For how many days at the most somebody from outside is shown one record."""

_SCOPES: Final = {
    Office.TRAINEE: Scope.OWN,
    Office.TRAINER: Scope.ASSIGNED,
    Office.COUNTERSIGNER: Scope.RECORD,
    Office.ADMINISTRATOR: Scope.ALL,
}


def give_grant(
    ledger: PeopleLedger,
    actor: Actor,
    person_id: PersonId,
    office: Office,
    now: datetime,
    *,
    hub_id: HubId | None = None,
    record_id: PersonId | None = None,
    until_on: date | None = None,
) -> Grant:
    """Record that a person holds an office; the same office twice is one grant.

    A manager gives the offices of their hubs, an administrator all. `hub_id` None means all hubs; a countersigner is
    given one trainee's record (`record_id`) until a day.

    Raises:
        NotKnownError: There is no such person or hub.
        GrantShapeError: The office needs another reach.
        DatesError: The last day has passed.
        NotAllowedError: The actor may not give this office here.
        OtherHubError: The person is not within the actor's reach.
        FunderConflictError: Funder and an office that shows single people.
    """
    get_known_person(ledger, person_id)
    _check_shape(office, hub_id, record_id, until_on)
    if record_id == person_id:
        raise GrantShapeError(office, "is not given for one's own record")
    check_until(office, until_on, ledger.day_of(now))
    _require_may_give(ledger, actor, office, hub_id, record_id)
    require_reach(ledger, actor, Record.PEOPLE, person_id, now)
    # Counted before looking: a grant that another gives in between is then found, or has the same id.
    n_before = len(ledger.list_facts(Grant, person_id, office=office))
    held = list_grants(ledger, person_id, now)
    _check_funder(office, held)
    shape = (office, hub_id, record_id, until_on)
    same = [grant for grant in held if (grant.office, grant.hub_id, grant.record_id, grant.until_on) == shape]
    if same:
        return same[0]
    grant = make_grant(actor, get_person(ledger, person_id), shape, n_before, now=now)
    if ledger.append(grant):
        return grant
    return ledger.find(Grant, grant.fact_id) or grant


def check_until(office: Office, until_on: date | None, today: date) -> None:
    """Return when the last day of an office can be.

    Raises:
        DatesError: It has passed, or one record would be open for longer than `COUNTERSIGN_DAYS`.
    """
    if until_on is not None and until_on < today:
        raise DatesError(f"the last day, {until_on}, has passed")
    latest = today + timedelta(days=COUNTERSIGN_DAYS)
    if office == Office.COUNTERSIGNER and until_on is not None and until_on > latest:
        raise DatesError(f"one record is opened for {COUNTERSIGN_DAYS} days at the most, until {latest}")


def make_grant(
    actor: Actor,
    added: PersonAdded,
    shape: tuple[Office, HubId | None, PersonId | None, date | None],
    n_before: int,
    *,
    now: datetime,
) -> Grant:
    """Return the grant of an office (office, hub, record, last day); the one after `n_before` has one possible id."""
    office, hub_id, record_id, until_on = shape
    return Grant(
        fact_id=derived_fact_id(added.fact_id, f"grant/{'/'.join(map(str, shape))}/{n_before}"),
        person_id=added.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        office=office,
        scope=_SCOPES.get(office, Scope.HUB if hub_id is not None else Scope.ALL),
        hub_id=hub_id,
        record_id=record_id,
        until_on=until_on,
    )


def _check_shape(office: Office, hub_id: HubId | None, record_id: PersonId | None, until_on: date | None) -> None:
    if office == Office.COUNTERSIGNER:
        if record_id is None or until_on is None or hub_id is not None:
            raise GrantShapeError(office, "opens the record of one trainee until a day; choose both, and no hub")
    elif record_id is not None:
        raise GrantShapeError(office, "is not given for the record of one trainee")
    elif office == Office.ADMINISTRATOR and (hub_id is not None or until_on is not None):
        raise GrantShapeError(office, "is for all hubs and has no last day")
    elif office == Office.TRAINEE and hub_id is None:
        raise GrantShapeError(office, "is held in one hub; choose the hub")


def _require_may_give(
    ledger: FactLedger, actor: Actor, office: Office, hub_id: HubId | None, record_id: PersonId | None
) -> None:
    if record_id is not None:
        get_person(ledger, record_id)
    if hub_id is not None:
        require_in_hub(actor, Right.WRITE, Record.PEOPLE, hub_id)
        get_hub(ledger, hub_id)
    elif not _may_give(ledger, actor, office, hub_id, record_id):
        raise NotAllowedError(f"give or end the office {office.replace('_', ' ')}")


def _may_give(
    ledger: FactLedger, actor: Actor, office: Office, hub_id: HubId | None, record_id: PersonId | None
) -> bool:
    if may_anywhere(actor, Right.WRITE, Record.PEOPLE):
        return True
    if office == Office.ADMINISTRATOR:
        return False
    hubs = ledger.subject(record_id).hub_ids if record_id is not None else [hub_id]
    return any(hub is not None and may_in_hub(actor, Right.WRITE, Record.PEOPLE, hub) for hub in hubs)


def _check_funder(office: Office, held: list[Grant]) -> None:
    others = {grant.office for grant in held}
    if office == Office.FUNDER:
        for other in sorted(others):
            if has_individual_access(other):
                raise FunderConflictError(other)
    elif Office.FUNDER in others and has_individual_access(office):
        raise FunderConflictError(office)


def require_no_wider_offices(ledger: FactLedger, actor: Actor, person_id: PersonId, now: datetime) -> None:
    """Return when the actor could give every office that the person holds: else one could take over a wider account.

    Raises:
        NotAllowedError: The person holds an office beyond the actor's reach.
    """
    for grant in list_grants(ledger, person_id, now):
        if not _may_give(ledger, actor, grant.office, grant.hub_id, grant.record_id):
            raise NotAllowedError(f"change the account of somebody who is {grant.office.replace('_', ' ')} elsewhere")


def end_grant(
    ledger: PeopleLedger, actor: Actor, grant_id: FactId, now: datetime, reason: EndReason | None = None
) -> Amendment:
    """Record that an office is no longer held; ending it twice is harmless.

    Nobody stops being a trainer while something waits for them: `assessments.service.leaving` hands it over and ends
    the office at once. Who holds no office any more is signed out.

    Raises:
        NotKnownError: There is no such grant.
        NotAllowedError: The actor may not give or end this office here.
        OpenWorkError: Trainees, requests, forms, holds or countersignatures wait for the trainer; all are named.
        LastAdministratorError: Nobody else could look after the accounts.
        TextRefusedError: The reason is not an `EndReason`.
    """
    grant = get_ending_grant(ledger, actor, grant_id)
    end = end_of(grant, actor, reason, now)
    before = ledger.find(Amendment, end.fact_id)
    if before is not None:
        return before
    require_other_administrator(ledger, grant, now)
    open_work = list_left_behind(ledger, grant, now)
    if open_work:
        raise OpenWorkError(ledger.name_of(grant.person_id), work_words(open_work, ledger.name_of))
    ledger.append(end)
    if not list_grants(ledger, grant.person_id, now):
        ledger.revoke_sessions(grant.person_id, now)
    return end


def get_ending_grant(ledger: FactLedger, actor: Actor, grant_id: FactId) -> Grant:
    """Return the grant that the actor may end.

    Raises:
        NotKnownError: There is no such grant.
        NotAllowedError: The actor may not give or end this office here.
    """
    grant = ledger.find(Grant, grant_id)
    if grant is None:
        raise NotKnownError("grant", grant_id)
    if not _may_give(ledger, actor, grant.office, grant.hub_id, grant.record_id):
        raise NotAllowedError(f"give or end the office {grant.office.replace('_', ' ')}")
    return grant


def list_open_work(ledger: FactLedger, actor: Actor, grant_id: FactId, now: datetime) -> list[OpenWork]:
    """Return what would be left behind if a trainer's office ended now, by person; nothing for other offices.

    Raises:
        NotKnownError: There is no such grant.
        NotAllowedError: The actor may not give or end this office here.
    """
    return list_left_behind(ledger, get_ending_grant(ledger, actor, grant_id), now)


def require_other_administrator(ledger: PeopleLedger, grant: Grant, now: datetime) -> None:
    """Return when somebody could look after the accounts without this grant, or it is of another office.

    Raises:
        LastAdministratorError: Nobody could.
    """
    if grant.office != Office.ADMINISTRATOR:
        return
    others = [other for other in list_holders(ledger, Office.ADMINISTRATOR, now) if other.fact_id != grant.fact_id]
    if not any(can_sign_in(ledger, other.person_id) for other in others):
        raise LastAdministratorError


def can_sign_in(ledger: PeopleLedger, person_id: PersonId) -> bool:
    """Return whether the person has an account with a password."""
    account = ledger.account_of(person_id)
    return account is not None and account.is_active and account.password_hash is not None
