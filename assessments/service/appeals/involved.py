"""Who may not decide on an appeal because they were involved, and who can."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Final

from assessments.facts import (
    Appeal,
    AppealAbout,
    Countersign,
    Debrief,
    Hold,
    Observation,
    SignOff,
    Supervision,
)
from assessments.ports import Ledger
from assessments.service.appeals.targets import RECORDS
from assessments.service.interests import list_declared
from assessments.service.observations.adjudicating import list_adjudicators
from people.facts import Amendment, Change, FactId
from people.models import Actor, HeldGrant, Office, PersonId
from people.rights import Right, may_on_person
from people.service.reach import list_grants, list_holders


class Involvement(StrEnum):
    """In what way somebody was involved; the value is the sentence that says so to them."""

    OWN = "It is about your own record, so somebody else decides."
    RATED = "You rated this yourself, so somebody else decides."
    REVOKED = "You revoked this sign-off yourself, so somebody else decides."
    SIGNED = "You signed or countersigned on it, so somebody else decides."
    ADJUDICATED = "You settled between two raters of this yourself, so somebody else decides."
    LIFTED = "You lifted or debriefed this yourself, so somebody else decides."
    INTERESTED = "You have declared an interest in this person, so somebody else decides."
    TRAINS = "You train or supervise this person, so somebody else decides."


DECIDERS: Final = {
    AppealAbout.RATING: (Right.ADJUDICATE, (Office.TRAINING_LEAD,)),
    AppealAbout.HOLD: (Right.LIFT, (Office.SAFEGUARDING_LEAD, Office.SAFEGUARDING_DEPUTY)),
    AppealAbout.REVOCATION: (Right.REVOKE, (Office.TRAINING_LEAD,)),
    AppealAbout.LOCK_OUT: (Right.UNLOCK, (Office.TRAINING_LEAD, Office.TRAINER)),
}
"""By which right an appeal is decided, and the offices that may have it."""


def may_decide_kind(ledger: Ledger, actor: Actor, appeal: Appeal) -> bool:
    """Return whether the actor's office decides appeals of this kind about this person, involved or not."""
    right, _ = DECIDERS[appeal.about]
    is_person = not actor.is_operator and actor.person_id != appeal.person_id
    return is_person and may_on_person(actor, right, RECORDS[appeal.about], ledger.subject(appeal.person_id))


def list_deciders(ledger: Ledger, appeal: Appeal, now: datetime) -> tuple[PersonId, ...]:
    """Return who can decide on the appeal: they hold the office and were not involved."""
    involved = find_involved(ledger, appeal)
    _, offices = DECIDERS[appeal.about]
    holders = {grant.person_id for office in offices for grant in list_holders(ledger, office, now)}
    free = sorted(holders - involved.keys())
    return tuple(one for one in free if may_decide_kind(ledger, _as_actor(ledger, one, now), appeal))


def _as_actor(ledger: Ledger, person_id: PersonId, now: datetime) -> Actor:
    grants = (
        HeldGrant(grant.office, grant.hub_id, grant.record_id, grant.until_on)
        for grant in list_grants(ledger, person_id, now)
    )
    return Actor(person_id, "", tuple(grants))


def find_involved(ledger: Ledger, appeal: Appeal) -> dict[PersonId, Involvement]:
    """Return everybody who was involved, with the first way in which they were."""
    found: dict[PersonId, Involvement] = {}
    for person_id, how in (*_in_target(ledger, appeal), *_beside(ledger, appeal)):
        found.setdefault(person_id, how)
    return found


def _beside(ledger: Ledger, appeal: Appeal) -> Iterator[tuple[PersonId, Involvement]]:
    yield appeal.person_id, Involvement.OWN
    yield from ((one.holder_id, Involvement.INTERESTED) for one in list_declared(ledger, appeal.person_id))
    yield from ((trainer, Involvement.TRAINS) for trainer in sorted(ledger.subject(appeal.person_id).trainer_ids))
    held = ledger.list_facts(Supervision, appeal.person_id, programme_id=appeal.programme_id)
    yield from ((one.supervisor_id, Involvement.TRAINS) for one in held)


def _in_target(ledger: Ledger, appeal: Appeal) -> Iterator[tuple[PersonId, Involvement]]:
    match appeal.about:
        case AppealAbout.RATING:
            yield from _in_observation(ledger, appeal, appeal.target_id)
        case AppealAbout.HOLD:
            hold = ledger.find(Hold, appeal.target_id)
            if hold is not None:
                yield from _in_observation(ledger, appeal, hold.observation_id)
        case AppealAbout.REVOCATION:
            revoked = ledger.find(Amendment, appeal.target_id)
            if revoked is not None:
                yield revoked.actor_id, Involvement.REVOKED
                yield from _signers(ledger, appeal, [revoked.target_id])
        case AppealAbout.LOCK_OUT:
            # The quiz was marked by the software: nobody took part but those who train the person.
            return


def _in_observation(ledger: Ledger, appeal: Appeal, observation_id: FactId) -> Iterator[tuple[PersonId, Involvement]]:
    observation = ledger.find(Observation, observation_id)
    if observation is not None:
        yield observation.actor_id, Involvement.RATED
        yield from ((one, Involvement.ADJUDICATED) for one in list_adjudicators(ledger, observation))
    debriefs = ledger.list_facts(Debrief, appeal.person_id, observation_id=observation_id)
    yield from ((one.actor_id, Involvement.LIFTED) for one in debriefs)
    for target_id in (observation_id, *_holds_of(ledger, appeal, observation_id)):
        ends = (one for one in ledger.changes_to(target_id) if one.change in {Change.LIFTED, Change.HARM_RESOLVED})
        yield from ((one.actor_id, Involvement.LIFTED) for one in ends)
    signed = ledger.list_facts(SignOff, appeal.person_id, programme_id=appeal.programme_id)
    yield from _signers(ledger, appeal, [one.fact_id for one in signed if observation_id in one.evidence])


def _holds_of(ledger: Ledger, appeal: Appeal, observation_id: FactId) -> list[FactId]:
    return [one.fact_id for one in ledger.list_facts(Hold, appeal.person_id, observation_id=observation_id)]


def _signers(ledger: Ledger, appeal: Appeal, sign_off_ids: Iterable[FactId]) -> Iterator[tuple[PersonId, Involvement]]:
    for sign_off_id in sign_off_ids:
        signed = ledger.find(SignOff, sign_off_id)
        if signed is not None:
            yield signed.actor_id, Involvement.SIGNED
        seconds = ledger.list_facts(Countersign, appeal.person_id, sign_off_id=sign_off_id)
        yield from ((one.actor_id, Involvement.SIGNED) for one in seconds)
