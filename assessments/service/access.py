"""What every use case begins with: rights, the enrolment, the programme's parts, and the facts named."""

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from assessments.errors import (
    HasLeftError,
    IdTakenError,
    NotEnrolledError,
    OwnRecordError,
    UnknownFactError,
    UnknownPartError,
    WrongInputError,
)
from assessments.ports import EnrolmentNow, Ledger
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people import rights
from people.errors import NotAllowedError
from people.facts import Change, ClockChange, Fact, FactId
from people.models import Actor, PersonId, Subject
from people.rights import Record, Right
from people.service.reach import actor_then, clock_of, find_enrolment, subject_then

F = TypeVar("F", bound=Fact)
E = TypeVar("E", bound=StrEnum)
K = TypeVar("K", bound=str)
V = TypeVar("V")


def require(ledger: Ledger, actor: Actor, right: Right, record: Record, person_id: PersonId) -> None:
    """Return when the actor has the right on this record of the person.

    Raises:
        NotAllowedError: The actor has not.
    """
    rights.require_on_person(actor, right, record, ledger.subject(person_id))


def require_then(
    ledger: Ledger, actor: Actor, right: Right, record: Record, person_id: PersonId, *, at: datetime
) -> None:
    """Return when the actor has the right on this record of the person, or had it at that instant.

    Raises:
        NotAllowedError: The actor has not, and had not.
    """
    if not rights.may_on_person(actor, right, record, ledger.subject(person_id)):
        rights.require_on_person(actor_then(ledger, actor, at), right, record, subject_then(ledger, person_id, at))


def require_own(actor: Actor, right: Right, record: Record, person_id: PersonId) -> None:
    """Return when the record is the actor's own and they have the right on it.

    Raises:
        NotAllowedError: It is somebody else's, or the actor has no such right.
    """
    if actor.person_id != person_id:
        raise NotAllowedError(f"{right.value} the {record.value} of person {person_id}, which only they can")
    rights.require_on_person(actor, right, record, Subject(person_id))


def require_other(actor: Actor, person_id: PersonId, what: str) -> None:
    """Return when the actor is not the person.

    Raises:
        OwnRecordError: They are the same; `what` completes "Person 12 cannot …".
    """
    if actor.person_id == person_id:
        raise OwnRecordError(person_id, what)


def require_named(actor: Actor, what: str) -> None:
    """Return when a signed-in person acts, not the command line.

    Raises:
        NotAllowedError: The operator cannot take a decision that has to bear a name.
    """
    if actor.is_operator:
        raise NotAllowedError(f"{what} from the command line; a person has to sign in and do it")


def get_enrolment(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> EnrolmentNow:
    """Return the enrolment in force.

    Raises:
        NotEnrolledError: There is none.
    """
    enrolment = ledger.enrolment(person_id, programme_id)
    if enrolment is None:
        raise NotEnrolledError(person_id, programme_id)
    return enrolment


def is_fellow(ledger: Ledger, person_id: PersonId, enrolment: EnrolmentNow) -> bool:
    """Return whether somebody else is in the programme at the same hub as the person of the enrolment."""
    own = ledger.enrolment(person_id, enrolment.programme_id)
    return own is not None and own.hub_id == enrolment.hub_id and person_id != enrolment.person_id


def get_running_enrolment(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> EnrolmentNow:
    """Return the enrolment in force of somebody who has not left: for what begins something new.

    Raises:
        NotEnrolledError: There is none.
        HasLeftError: The person has left the programme.
    """
    enrolment = get_enrolment(ledger, person_id, programme_id)
    if has_left(ledger, person_id, programme_id):
        raise HasLeftError(person_id, programme_id)
    return enrolment


def had_left(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, at: datetime) -> bool:
    """Return whether the person has left the programme since they were enrolled last, and before that instant."""
    enrolment = find_enrolment(ledger, person_id, programme_id)
    return enrolment is not None and clock_of(ledger, enrolment, at) == ClockChange.WITHDRAWN


def has_left(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> bool:
    """Return whether the person has left the programme since they were enrolled last."""
    enrolment = find_enrolment(ledger, person_id, programme_id)
    return enrolment is not None and clock_of(ledger, enrolment) == ClockChange.WITHDRAWN


def get_programme(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> Programme:
    """Return the version of the programme that the person's enrolment is pinned to.

    Raises:
        NotEnrolledError: The person is not in the programme.
    """
    return ledger.programme(programme_id, get_enrolment(ledger, person_id, programme_id).version_no)


def get_part(programme: Programme, parts: Mapping[K, V], kind: str, part_id: K) -> V:
    """Return the part of the programme with the id.

    Raises:
        UnknownPartError: There is none; `kind` names what was looked for.
    """
    if part_id not in parts:
        near = get_close_matches(part_id, list(parts), n=1)
        raise UnknownPartError(programme.head.id, kind, part_id, near[0] if near else "")
    return parts[part_id]


def is_void(ledger: Ledger, fact_id: FactId) -> bool:
    """Return whether the fact was withdrawn or replaced."""
    return any(amendment.change in {Change.VOID, Change.REPLACED} for amendment in ledger.changes_to(fact_id))


def get_fact(ledger: Ledger, kind: type[F], fact_id: FactId, what: str) -> F:
    """Return the fact in force.

    Raises:
        UnknownFactError: There is none, or it was withdrawn; `what` names it for people.
    """
    fact = ledger.find(kind, fact_id)
    if fact is None or is_void(ledger, fact_id):
        raise UnknownFactError(what, fact_id)
    return fact


def record_once(ledger: Ledger, fact: F, *more: Fact) -> F:
    """Append the fact (and what belongs to it), or return what the same actor recorded under its id before.

    Raises:
        IdTakenError: The id belongs to another person's or another actor's fact.
    """
    if ledger.append(fact, *more):
        return fact
    found = ledger.find(type(fact), fact.fact_id)
    if found is None or (found.person_id, found.actor_id) != (fact.person_id, fact.actor_id):
        raise IdTakenError(fact.fact_id)
    return found


def read_code(kind: type[E], value: str, where: str) -> E:
    """Return a coded value.

    Raises:
        WrongInputError: It is none of the kind's.
    """
    if value not in list(kind):
        expected = "one of " + ", ".join(kind)
        raise WrongInputError(where, f"`{value}` is not known", expected, "Choose from the list.")
    return kind(value)


def tidy_text(text: str, max_length: int, where: str) -> str:
    """Return the text without space around it.

    Raises:
        WrongInputError: It is longer than allowed.
    """
    tidy = text.strip()
    if len(tidy) > max_length:
        raise WrongInputError(where, f"{len(tidy)} characters", f"at most {max_length}", "Say it in fewer words.")
    return tidy


def tidy_code(code: str, max_length: int, where: str) -> str:
    """Return the code of a session or group. It stays for good, so it may not hold what looks like a contact.

    Raises:
        WrongInputError: It is too long, or holds signs other than letters, digits, spaces and . _ / - : #
    """
    tidy = tidy_text(code, max_length, where)
    odd = sorted({sign for sign in tidy if not sign.isalnum() and sign not in " ._/-:#"})
    if odd:
        found = f"the signs {' '.join(odd)}"
        raise WrongInputError(where, found, "letters, digits, spaces and . _ / - : #", "Use a code, never a name.")
    return tidy
