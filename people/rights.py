"""Who may see, write and decide: a table, checked where data is read and written."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from people.errors import NotAllowedError
from people.models import Actor, HubId, Office, PersonId, Scope, Subject


class Record(StrEnum):
    """A kind of record, as in the rows of the rights table."""

    RESULTS = "results"
    OBSERVATION = "observation"
    READINESS = "readiness"
    SIGN_OFF = "sign_off"
    HOLD = "hold"
    SUPERVISION = "supervision"
    WELLBEING = "wellbeing"
    CONFIDENCE = "confidence"
    RATER = "rater"
    PEOPLE = "people"
    COHORT = "cohort"
    PROGRAMME = "programme"
    SAFEGUARDING_TEXT = "safeguarding_text"
    AUDIT = "audit"
    RESEARCH = "research"
    REPORT = "report"


class Right(StrEnum):
    """What may be done with a record."""

    SEE = "see"
    SEE_STATUS = "see_status"
    SEE_AGGREGATE = "see_aggregate"
    ACKNOWLEDGE = "acknowledge"
    APPEAL = "appeal"
    EXPORT = "export"
    DELETE = "delete"
    WRITE = "write"
    TAKE_OVER = "take_over"
    ARRANGE = "arrange"
    UNLOCK = "unlock"
    MARK = "mark"
    INVIGILATE = "invigilate"
    CORRECT = "correct"
    ADJUDICATE = "adjudicate"
    DECIDE = "decide"
    COUNTERSIGN = "countersign"
    INVITE = "invite"
    REVOKE = "revoke"
    OPEN = "open"
    WITHDRAW = "withdraw"
    LIFT = "lift"
    RESET_PASSWORD = "reset_password"
    DRAFT = "draft"
    PUBLISH = "publish"
    APPROVE = "approve"
    PROPOSE = "propose"
    JUDGE = "judge"


_OWN: Final = {
    Record.RESULTS: (Right.SEE, Right.WRITE, Right.EXPORT, Right.APPEAL),
    Record.OBSERVATION: (Right.SEE, Right.ACKNOWLEDGE, Right.APPEAL, Right.EXPORT),
    Record.READINESS: (Right.SEE, Right.SEE_STATUS, Right.EXPORT),
    Record.SIGN_OFF: (Right.SEE, Right.ACKNOWLEDGE, Right.APPEAL, Right.EXPORT),
    Record.HOLD: (Right.SEE_STATUS, Right.APPEAL),
    Record.SUPERVISION: (Right.SEE, Right.ARRANGE, Right.EXPORT),
    Record.WELLBEING: (Right.SEE, Right.WRITE, Right.DELETE, Right.EXPORT),
    Record.CONFIDENCE: (Right.SEE, Right.WRITE, Right.EXPORT),
    Record.AUDIT: (Right.SEE,),
}
"""Everyone's rights on their own record, but for funders."""

Table = dict[Office, dict[Record, tuple[tuple[Scope, tuple[Right, ...]], ...]]]

RIGHTS: Final[Table] = {
    Office.TRAINEE: {Record.PROGRAMME: ((Scope.ALL, (Right.SEE,)),)},
    Office.TRAINER: {
        Record.RESULTS: (
            (Scope.ASSIGNED, (Right.SEE, Right.UNLOCK)),
            (Scope.HUB, (Right.MARK, Right.INVIGILATE)),
        ),
        Record.OBSERVATION: ((Scope.ASSIGNED, (Right.SEE, Right.WRITE, Right.TAKE_OVER)),),
        Record.READINESS: ((Scope.ASSIGNED, (Right.SEE, Right.SEE_STATUS)),),
        Record.SIGN_OFF: ((Scope.ASSIGNED, (Right.SEE, Right.DECIDE)),),
        Record.HOLD: ((Scope.ASSIGNED, (Right.SEE, Right.SEE_STATUS, Right.OPEN, Right.WITHDRAW)),),
        Record.SUPERVISION: ((Scope.ASSIGNED, (Right.SEE, Right.WRITE)),),
        Record.WELLBEING: ((Scope.ASSIGNED, (Right.SEE,)),),
        Record.CONFIDENCE: ((Scope.ASSIGNED, (Right.SEE,)),),
        Record.RATER: ((Scope.OWN, (Right.SEE,)),),
        Record.PEOPLE: ((Scope.ASSIGNED, (Right.SEE, Right.RESET_PASSWORD)),),
        Record.PROGRAMME: ((Scope.ALL, (Right.SEE, Right.PROPOSE)), (Scope.HUB, (Right.JUDGE,))),
    },
    Office.TRAINING_LEAD: {
        Record.RESULTS: ((Scope.HUB, (Right.SEE, Right.UNLOCK, Right.MARK, Right.INVIGILATE, Right.ADJUDICATE)),),
        Record.OBSERVATION: ((Scope.HUB, (Right.SEE, Right.ADJUDICATE, Right.TAKE_OVER)),),
        Record.READINESS: ((Scope.HUB, (Right.SEE, Right.SEE_STATUS)),),
        Record.SIGN_OFF: ((Scope.HUB, (Right.SEE, Right.DECIDE, Right.COUNTERSIGN, Right.INVITE, Right.REVOKE)),),
        Record.HOLD: ((Scope.HUB, (Right.SEE, Right.SEE_STATUS)),),
        Record.SUPERVISION: ((Scope.HUB, (Right.SEE,)),),
        Record.RATER: ((Scope.OWN, (Right.SEE,)), (Scope.HUB, (Right.SEE, Right.WRITE))),
        Record.PEOPLE: ((Scope.HUB, (Right.SEE,)),),
        Record.COHORT: ((Scope.HUB, (Right.SEE,)),),
        Record.PROGRAMME: (
            (Scope.ALL, (Right.SEE, Right.DRAFT, Right.PUBLISH, Right.CORRECT)),
            (Scope.HUB, (Right.JUDGE, Right.OPEN)),
        ),
        Record.AUDIT: ((Scope.HUB, (Right.SEE,)),),
    },
    Office.SAFEGUARDING_LEAD: {
        Record.HOLD: ((Scope.HUB, (Right.SEE, Right.SEE_STATUS, Right.LIFT)),),
        Record.PROGRAMME: ((Scope.ALL, (Right.SEE,)),),
        Record.SAFEGUARDING_TEXT: ((Scope.ALL, (Right.SEE, Right.APPROVE)),),
    },
    Office.COORDINATOR: {
        Record.SUPERVISION: ((Scope.HUB, (Right.SEE, Right.WRITE)),),
        Record.COHORT: ((Scope.HUB, (Right.SEE, Right.WRITE)),),
        Record.PROGRAMME: ((Scope.ALL, (Right.SEE,)),),
    },
    Office.MANAGER: {
        Record.READINESS: ((Scope.HUB, (Right.SEE_STATUS, Right.SEE_AGGREGATE)),),
        Record.SIGN_OFF: ((Scope.HUB, (Right.SEE, Right.SEE_STATUS, Right.INVITE)),),
        Record.HOLD: ((Scope.HUB, (Right.SEE_STATUS,)),),
        Record.SUPERVISION: ((Scope.HUB, (Right.SEE,)),),
        Record.CONFIDENCE: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.RATER: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.PEOPLE: ((Scope.HUB, (Right.SEE, Right.WRITE)),),
        Record.COHORT: ((Scope.HUB, (Right.SEE, Right.WRITE)),),
        Record.PROGRAMME: (
            (Scope.ALL, (Right.SEE, Right.DRAFT, Right.PUBLISH)),
            (Scope.HUB, (Right.JUDGE, Right.OPEN)),
        ),
        Record.AUDIT: ((Scope.HUB, (Right.SEE,)),),
        Record.RESEARCH: ((Scope.HUB, (Right.EXPORT,)),),
        Record.REPORT: ((Scope.HUB, (Right.SEE, Right.PUBLISH)),),
    },
    Office.FUNDER: {
        Record.RESULTS: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.OBSERVATION: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.READINESS: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.SIGN_OFF: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.HOLD: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.SUPERVISION: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.CONFIDENCE: ((Scope.HUB, (Right.SEE_AGGREGATE,)),),
        Record.REPORT: ((Scope.HUB, (Right.SEE,)),),
    },
    Office.COUNTERSIGNER: {
        Record.READINESS: ((Scope.RECORD, (Right.SEE, Right.SEE_STATUS)),),
        Record.OBSERVATION: ((Scope.RECORD, (Right.SEE,)),),
        Record.SIGN_OFF: ((Scope.RECORD, (Right.SEE, Right.COUNTERSIGN)),),
        Record.PROGRAMME: ((Scope.ALL, (Right.SEE,)),),
    },
    Office.ADMINISTRATOR: {
        Record.PEOPLE: ((Scope.ALL, (Right.SEE, Right.WRITE, Right.RESET_PASSWORD)),),
        Record.COHORT: ((Scope.ALL, (Right.SEE, Right.WRITE)),),
        Record.SIGN_OFF: ((Scope.ALL, (Right.INVITE,)),),
        Record.PROGRAMME: ((Scope.ALL, (Right.SEE,)),),
        Record.AUDIT: ((Scope.ALL, (Right.SEE,)),),
    },
}
"""Design section 8 as data. The deputy has the safeguarding lead's rights."""

_SAME_AS: Final = {Office.SAFEGUARDING_DEPUTY: Office.SAFEGUARDING_LEAD}

_OF_OFFICES: Final = frozenset({Record.PEOPLE, Record.RATER, Record.AUDIT})
"""Records that belong to the hubs where a person holds an office too: not those of their training elsewhere."""

_OF_NOBODY: Final = frozenset({Record.PROGRAMME, Record.SAFEGUARDING_TEXT, Record.REPORT})


def has_individual_access(office: Office) -> bool:
    """Return whether the office shows records of single people other than one's own."""
    table = RIGHTS.get(_SAME_AS.get(office, office), {})
    return any(
        scope != Scope.OWN and not {Right.SEE, Right.SEE_STATUS}.isdisjoint(rights)
        for record, rules in table.items()
        if record not in _OF_NOBODY
        for scope, rights in rules
    )


def _rules(office: Office, record: Record, right: Right) -> Iterable[Scope]:
    table = RIGHTS.get(_SAME_AS.get(office, office), {})
    return (scope for scope, rights in table.get(record, ()) if right in rights)


def _may_own(actor: Actor, right: Right, record: Record) -> bool:
    only_funder = bool(actor.grants) and actor.offices <= {Office.FUNDER}
    return not only_funder and right in _OWN.get(record, ())


def may_on_person(actor: Actor, right: Right, record: Record, subject: Subject) -> bool:
    """Return whether the actor has the right on this kind of record of this person."""
    if actor.is_operator:
        return True
    if subject.person_id == actor.person_id and _may_own(actor, right, record):
        return True
    there = replace(subject, hub_ids=_hubs(subject, record))
    return any(
        _reaches(actor.person_id, grant_hub, grant_record, scope, there)
        for grant_hub, grant_record, scope in _scopes(actor, right, record)
    )


def _hubs(subject: Subject, record: Record) -> frozenset[HubId]:
    return subject.hub_ids | subject.office_hub_ids if record in _OF_OFFICES else subject.hub_ids


def _scopes(actor: Actor, right: Right, record: Record) -> Iterable[tuple[HubId | None, PersonId | None, Scope]]:
    for grant in actor.grants:
        for scope in _rules(grant.office, record, right):
            yield grant.hub_id, grant.record_id, scope


def _reaches(
    actor_id: PersonId, hub_id: HubId | None, record_id: PersonId | None, scope: Scope, subject: Subject
) -> bool:
    match scope:
        case Scope.ALL:
            return True
        case Scope.HUB:
            return hub_id is None or hub_id in subject.hub_ids
        case Scope.ASSIGNED:
            return actor_id in subject.trainer_ids and actor_id != subject.person_id
        case Scope.RECORD:
            return record_id == subject.person_id
        case Scope.OWN:
            return actor_id == subject.person_id


def may_in_hub(actor: Actor, right: Right, record: Record, hub_id: HubId) -> bool:
    """Return whether the actor has the right on this kind of record for the whole hub."""
    if actor.is_operator:
        return True
    return any(
        scope == Scope.ALL or (scope == Scope.HUB and grant_hub in (None, hub_id))
        for grant_hub, _, scope in _scopes(actor, right, record)
    )


def may_anywhere(actor: Actor, right: Right, record: Record) -> bool:
    """Return whether the actor has the right on records that belong to no person and no hub."""
    return actor.is_operator or any(scope == Scope.ALL for _, _, scope in _scopes(actor, right, record))


def may_in_some_hub(actor: Actor, right: Right, record: Record) -> bool:
    """Return whether the actor has the right for at least one whole hub, or for all."""
    return actor.is_operator or any(scope in {Scope.HUB, Scope.ALL} for _, _, scope in _scopes(actor, right, record))


def may_hold(actor: Actor, right: Right, record: Record) -> bool:
    """Return whether an office of the actor gives the right on anybody's record but their own."""
    return actor.is_operator or any(scope != Scope.OWN for _, _, scope in _scopes(actor, right, record))


def require_on_person(actor: Actor, right: Right, record: Record, subject: Subject) -> None:
    """Return when the actor has the right.

    Raises:
        NotAllowedError: The actor has not.
    """
    if not may_on_person(actor, right, record, subject):
        raise NotAllowedError(f"{right.value} the {record.value} of person {subject.person_id}")


def require_in_hub(actor: Actor, right: Right, record: Record, hub_id: HubId) -> None:
    """Return when the actor has the right in the hub.

    Raises:
        NotAllowedError: The actor has not.
    """
    if not may_in_hub(actor, right, record, hub_id):
        raise NotAllowedError(f"{right.value} the {record.value} records of hub {hub_id}")


def require_anywhere(actor: Actor, right: Right, record: Record) -> None:
    """Return when the actor has the right on what belongs to nobody.

    Raises:
        NotAllowedError: The actor has not.
    """
    if not may_anywhere(actor, right, record):
        raise NotAllowedError(f"{right.value} the {record.value}")
