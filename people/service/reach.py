"""Who is where: the offices in force, the hubs a person belongs to, and whether an actor may act on them."""

from collections.abc import Iterable
from datetime import date, datetime

from people.errors import NotKnownError, OtherHubError
from people.facts import (
    Amendment,
    Assignment,
    Change,
    ClockChange,
    CohortClosed,
    CohortDated,
    CohortOpened,
    EndReason,
    Enrolment,
    FactId,
    Grant,
    HubOpened,
    MoveConsent,
    Pause,
    PersonAdded,
    PersonErased,
)
from people.ids import ROOT, derived_fact_id
from people.models import NOBODY, Actor, CohortId, HeldGrant, HubId, Office, PersonId, Subject
from people.names import check_coded
from people.ports import FactLedger
from people.rights import Record, Right, may_anywhere, may_in_hub, may_in_some_hub


def get_person(ledger: FactLedger, person_id: PersonId) -> PersonAdded:
    """Return the fact that added the person.

    Raises:
        NotKnownError: There is no such person.
    """
    added = ledger.list_facts(PersonAdded, person_id)
    if not added:
        raise NotKnownError("person", person_id)
    return added[0]


def get_known_person(ledger: FactLedger, person_id: PersonId) -> PersonAdded:
    """Return the fact that added the person, who was not erased since: only to them can anything be given.

    Raises:
        NotKnownError: There is no such person, or they were erased.
    """
    added = get_person(ledger, person_id)
    if ledger.list_facts(PersonErased, person_id):
        raise NotKnownError("person", person_id)
    return added


def hub_fact_id(hub_id: HubId) -> FactId:
    """Return the id of the one fact that opens the hub."""
    return derived_fact_id(ROOT, f"hub/{hub_id}")


def get_hub(ledger: FactLedger, hub_id: HubId) -> HubOpened:
    """Return the fact that opened the hub.

    Raises:
        NotKnownError: There is no such hub.
    """
    hub = ledger.find(HubOpened, hub_fact_id(hub_id))
    if hub is None:
        raise NotKnownError("hub", hub_id)
    return hub


def get_cohort(ledger: FactLedger, cohort_id: CohortId) -> CohortOpened:
    """Return the fact that opened the cohort.

    Raises:
        NotKnownError: There is no such cohort.
    """
    cohorts = ledger.list_facts(CohortOpened, NOBODY, cohort_id=cohort_id)
    if not cohorts:
        raise NotKnownError("cohort", cohort_id)
    return cohorts[0]


def find_last_day(ledger: FactLedger, cohort: CohortOpened) -> date | None:
    """Return the planned last day of the cohort as it was last set; None when nobody has set one."""
    dated = ledger.list_facts(CohortDated, NOBODY, cohort_id=cohort.cohort_id)
    return dated[-1].ends_on if dated else cohort.ends_on


def cohort_closed_id(cohort_id: CohortId) -> FactId:
    """Return the id of the one fact that closes the cohort."""
    return derived_fact_id(ROOT, f"cohort-closed/{cohort_id}")


def find_closing(ledger: FactLedger, cohort_id: CohortId) -> CohortClosed | None:
    """Return the fact that closed the cohort, or None while it is open."""
    return ledger.find(CohortClosed, cohort_closed_id(cohort_id))


def find_enrolment(ledger: FactLedger, person_id: PersonId, programme_id: str) -> Enrolment | None:
    """Return the newest enrolment of the person in the programme, or None."""
    enrolments = ledger.list_facts(Enrolment, person_id, programme_id=programme_id)
    return enrolments[-1] if enrolments else None


def clock_of(ledger: FactLedger, enrolment: Enrolment, at: datetime | None = None) -> ClockChange:
    """Return the last change of a trainee's time since the enrolment, RESUMED (running) without one.

    Each enrolment starts the clock anew. `at` leaves out what changed later.
    """
    changes = ledger.list_facts(Pause, enrolment.person_id, programme_id=enrolment.programme_id)
    since = [
        pause.change
        for pause in changes
        if pause.occurred_at >= enrolment.occurred_at and (at is None or pause.occurred_at <= at)
    ]
    return since[-1] if since else ClockChange.RESUMED


def find_consent(ledger: FactLedger, person_id: PersonId, programme_id: str) -> MoveConsent | None:
    """Return the person's consent to move to another hub that is neither used nor taken back, or None."""
    ended = _ended_ids(ledger, person_id)
    consents = ledger.list_facts(MoveConsent, person_id, programme_id=programme_id)
    return next((one for one in reversed(consents) if one.fact_id not in ended), None)


def list_newest_enrolments(ledger: FactLedger, person_id: PersonId) -> list[Enrolment]:
    """Return the newest enrolment of a person in each programme."""
    return list({one.programme_id: one for one in ledger.list_facts(Enrolment, person_id)}.values())


def list_grants(ledger: FactLedger, person_id: PersonId, now: datetime) -> list[Grant]:
    """Return the grants in force: not ended, and their last day has not passed."""
    return _in_force(ledger, ledger.list_facts(Grant, person_id), _ended_ids(ledger, person_id), now)


def list_holders(ledger: FactLedger, office: Office, now: datetime) -> list[Grant]:
    """Return everybody's grants in force of one office."""
    grants = ledger.list_facts(Grant, office=office)
    ended = {
        fact_id for person_id in {grant.person_id for grant in grants} for fact_id in _ended_ids(ledger, person_id)
    }
    return _in_force(ledger, grants, ended, now)


def _in_force(ledger: FactLedger, grants: Iterable[Grant], ended: set[FactId], now: datetime) -> list[Grant]:
    today = ledger.day_of(now)
    return [
        grant for grant in grants if grant.fact_id not in ended and (grant.until_on is None or grant.until_on >= today)
    ]


def actor_then(ledger: FactLedger, actor: Actor, at: datetime) -> Actor:
    """Return the person with the offices that they held at that instant."""
    ended = _ended_ids(ledger, actor.person_id, at)
    given = [grant for grant in ledger.list_facts(Grant, actor.person_id) if grant.occurred_at <= at]
    held = _in_force(ledger, given, ended, at)
    grants = tuple(HeldGrant(grant.office, grant.hub_id, grant.record_id, grant.until_on) for grant in held)
    return Actor(actor.person_id, actor.name, grants)


def subject_then(ledger: FactLedger, person_id: PersonId, at: datetime) -> Subject:
    """Return the hubs in which a person trained at that instant, and who trained them."""
    ended = _ended_ids(ledger, person_id, at)
    given = [one for one in ledger.list_facts(Assignment, person_id) if one.occurred_at <= at]
    joined = [one for one in ledger.list_facts(Enrolment, person_id) if one.occurred_at <= at]
    newest = {one.programme_id: one for one in joined}
    return Subject(
        person_id,
        hub_ids=frozenset(get_cohort(ledger, one.cohort_id).hub_id for one in newest.values()),
        trainer_ids=frozenset(one.trainer_id for one in given if one.fact_id not in ended),
    )


def is_trainer_in(ledger: FactLedger, person_id: PersonId, hubs: Iterable[HubId], now: datetime) -> bool:
    """Return whether the person holds the office trainer in one of the hubs, or in all."""
    held = {grant.hub_id for grant in list_grants(ledger, person_id, now) if grant.office == Office.TRAINER}
    return None in held or not held.isdisjoint(hubs)


def list_assignments(ledger: FactLedger, person_id: PersonId) -> list[Assignment]:
    """Return the trainers given to a trainee that have not ended."""
    ended = _ended_ids(ledger, person_id)
    return [fact for fact in ledger.list_facts(Assignment, person_id) if fact.fact_id not in ended]


def _ended_ids(ledger: FactLedger, person_id: PersonId, at: datetime | None = None) -> set[FactId]:
    ends = ledger.list_facts(Amendment, person_id, change=Change.ENDED)
    return {fact.target_id for fact in ends if at is None or fact.occurred_at <= at}


def end_of(
    target: Grant | Assignment | MoveConsent, actor: Actor, reason: EndReason | None, now: datetime
) -> Amendment:
    """Return the one amendment that ends a grant, an assignment or a consent.

    Raises:
        TextRefusedError: The reason is not an `EndReason`.
    """
    return Amendment(
        fact_id=derived_fact_id(target.fact_id, "ended"),
        person_id=target.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        target_id=target.fact_id,
        change=Change.ENDED,
        reason="" if reason is None else check_coded(EndReason, reason, "reason"),
    )


def hubs_of(ledger: FactLedger, person_id: PersonId, now: datetime) -> frozenset[HubId]:
    """Return the hubs of a person's enrolments and offices; for one opened record, the hubs of whom it is about."""
    subject = ledger.subject(person_id)
    hubs = set(subject.hub_ids | subject.office_hub_ids)
    for grant in list_grants(ledger, person_id, now):
        if grant.record_id is not None:
            hubs |= ledger.subject(grant.record_id).hub_ids
    return frozenset(hubs)


def may_reach(ledger: FactLedger, actor: Actor, record: Record, person_id: PersonId, now: datetime) -> bool:
    """Return whether the actor may change the people or cohort records of a person.

    The person is in a hub where the actor has that right; or is in none yet and was added by the actor. So nobody can
    draw a person of another hub, with their records, into their own.
    """
    if may_anywhere(actor, Right.WRITE, record):
        return True
    hubs = hubs_of(ledger, person_id, now)
    if hubs:
        return any(may_in_hub(actor, Right.WRITE, record, hub_id) for hub_id in hubs)
    is_own = get_person(ledger, person_id).actor_id == actor.person_id
    return is_own and may_in_some_hub(actor, Right.WRITE, record)


def require_reach(ledger: FactLedger, actor: Actor, record: Record, person_id: PersonId, now: datetime) -> None:
    """Return when `may_reach` holds.

    Raises:
        OtherHubError: It does not.
    """
    if not may_reach(ledger, actor, record, person_id, now):
        raise OtherHubError(person_id)
