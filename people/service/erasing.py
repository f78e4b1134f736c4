"""Erasure: a person asks to be forgotten. Names and words go for good, what happened stays under a number."""

from dataclasses import dataclass
from datetime import datetime

from curriculum.ids import ProgrammeId
from people.errors import NotAllowedError
from people.facts import (
    Assignment,
    ClockChange,
    ClockReason,
    EndReason,
    Enrolment,
    Grant,
    Pause,
    PersonErased,
)
from people.ids import ROOT, derived_fact_id
from people.models import OPERATOR, Actor, PersonId, PrivateRows
from people.ports import FactLedger, PeopleLedger
from people.service.offices import require_other_administrator
from people.service.reach import clock_of, end_of, get_person, list_assignments, list_grants


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure deletes, and what it ends: offices, trainers given or taken, programmes."""

    person_id: PersonId
    name: str
    login: str
    rows: PrivateRows
    grants: tuple[Grant, ...]
    assignments: tuple[Assignment, ...]
    programme_ids: tuple[ProgrammeId, ...]


def plan_erasure(ledger: PeopleLedger, actor: Actor, person_id: PersonId, now: datetime) -> ErasurePlan:
    """Return what erasing the person would delete and end. Nothing is changed.

    Raises:
        NotAllowedError: The actor is not the operator.
        NotKnownError: There is no such person.
        LastAdministratorError: Nobody else could look after the accounts.
    """
    if not actor.is_operator:
        raise NotAllowedError("erase a person; the operator does it on the server, when the person has asked")
    get_person(ledger, person_id)
    grants = list_grants(ledger, person_id, now)
    for grant in grants:
        require_other_administrator(ledger, grant, now)
    account = ledger.account_of(person_id)
    return ErasurePlan(
        person_id,
        ledger.name_of(person_id),
        account.login if account else "",
        ledger.count_private(person_id),
        tuple(grants),
        tuple(_list_given(ledger, person_id)),
        tuple(_list_programmes(ledger, person_id)),
    )


def _list_given(ledger: FactLedger, person_id: PersonId) -> list[Assignment]:
    """Return the person's trainers, and the trainees of whom they are a trainer."""
    trainees = sorted({fact.person_id for fact in ledger.list_facts(Assignment, trainer_id=person_id)})
    trained = [fact for trainee_id in trainees for fact in list_assignments(ledger, trainee_id)]
    return [*list_assignments(ledger, person_id), *(fact for fact in trained if fact.trainer_id == person_id)]


def _list_programmes(ledger: FactLedger, person_id: PersonId) -> list[ProgrammeId]:
    """Return the programmes in which the person's time is not over."""
    newest = {one.programme_id: one for one in ledger.list_facts(Enrolment, person_id)}
    return [
        programme_id
        for programme_id, enrolment in newest.items()
        if clock_of(ledger, enrolment) != ClockChange.WITHDRAWN
    ]


def erase_person(ledger: PeopleLedger, actor: Actor, person_id: PersonId, now: datetime) -> PrivateRows:
    """Delete the person's name, sign-in name, private texts, check-ins and sessions, and record that it was done.

    The person leaves: offices end, trainers are taken away, their time in every programme is over. All of it happens
    in one step, or nothing does. A second time deletes what has come since and changes nothing else.

    Returns:
        How many rows were deleted.

    Raises:
        NotAllowedError: The actor is not the operator.
        NotKnownError: There is no such person.
        LastAdministratorError: Nobody else could look after the accounts.
    """
    plan_erasure(ledger, actor, person_id, now)
    return _erase(ledger, person_id, actor, now)


def _erase(ledger: PeopleLedger, person_id: PersonId, actor: Actor, at: datetime) -> PrivateRows:
    held = [*list_grants(ledger, person_id, at), *_list_given(ledger, person_id)]
    ends = [end_of(one, actor, EndReason.LEFT, at) for one in held]
    leaves = [
        _leave(ledger, person_id, programme_id, actor, at) for programme_id in _list_programmes(ledger, person_id)
    ]
    return ledger.erase(erasure_of(person_id, actor, at), *ends, *leaves)


def erasure_of(person_id: PersonId, actor: Actor, at: datetime) -> PersonErased:
    """Return the one fact that says that a person was erased."""
    return PersonErased(
        fact_id=derived_fact_id(ROOT, f"erased/{person_id}"),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=at,
    )


def _leave(ledger: FactLedger, person_id: PersonId, programme_id: ProgrammeId, actor: Actor, at: datetime) -> Pause:
    enrolment = ledger.list_facts(Enrolment, person_id, programme_id=programme_id)[-1]
    return Pause(
        fact_id=derived_fact_id(enrolment.fact_id, "erased"),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=at,
        programme_id=programme_id,
        change=ClockChange.WITHDRAWN,
        reason=ClockReason.OWN_WISH,
    )


def repeat_erasure(ledger: PeopleLedger, person_id: PersonId, erased_at: datetime) -> PrivateRows:
    """Erase a person again in a store that was made from an older backup, as of the time of the first erasure.

    Somebody whom the backup does not know yet is only noted, so that the number is never given again.
    """
    operator = Actor(OPERATOR, "", is_operator=True)
    return _erase(ledger, person_id, operator, erased_at)
