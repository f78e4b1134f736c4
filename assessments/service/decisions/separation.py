"""Who may take part in a decision, and who may not and why: said before anybody clicks."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from assessments.facts import Observation, Relation, SignOff, Supervision
from assessments.ports import Ledger
from assessments.service.interests import find_interest
from assessments.verdicts import Verdict
from curriculum.models import Decision
from curriculum.phrases import Sentence
from people.facts import FactId
from people.models import Actor, HeldGrant, Office, PersonId
from people.rights import Record, Right, may_on_person
from people.service.reach import list_grants, list_holders


@dataclass(frozen=True, slots=True)
class Separation:
    """One who could take part: why they may not sign, and why not countersign; each a sentence, or empty."""

    person_id: PersonId
    why_not_sign: Sentence
    why_not_countersign: Sentence


@dataclass(frozen=True, slots=True)
class Parting:
    """What keeps people apart in one case: the rules, and the facts that a decision rests on or rested on."""

    decision: Decision
    verdict: Verdict
    evidence: tuple[FactId, ...]


@dataclass(frozen=True, slots=True)
class NearRater:
    """Who has an interest in the person and filled in forms that a decision rests on all the same: how many."""

    person_id: PersonId
    n_forms: int


def list_near_raters(ledger: Ledger, parting: Parting) -> tuple[NearRater, ...]:
    """Return whose forms count though they have an interest in the person: the forms were there before it was known."""
    verdict = parting.verdict
    forms = ledger.list_facts(
        Observation, verdict.person_id, programme_id=verdict.programme_id, relation=Relation.TRAINER
    )
    n_forms = Counter(form.actor_id for form in forms if form.fact_id in parting.evidence)
    return tuple(
        NearRater(rater_id, n)
        for rater_id, n in sorted(n_forms.items())
        if find_interest(ledger, rater_id, verdict.person_id) is not None
    )


def why_not_signer(ledger: Ledger, actor: Actor, parting: Parting) -> Sentence:
    """Return why the actor cannot sign, whatever the gates say; empty when they can."""
    person_id = parting.verdict.person_id
    if actor.is_operator:
        return "A decision bears a name: a person has to sign in and take it."
    if actor.person_id == person_id:
        return "Nobody decides on their own record. Another trainer or the training lead has to."
    if not may_on_person(actor, Right.DECIDE, Record.SIGN_OFF, ledger.subject(person_id)):
        return "Only the person's trainers and the training lead of the hub can decide."
    return why_too_near(ledger, actor, parting)


def why_not_second(ledger: Ledger, actor: Actor, parting: Parting, signer_id: PersonId | None) -> Sentence:
    """Return why the actor cannot countersign what the signer signs; empty when they can."""
    person_id = parting.verdict.person_id
    if actor.is_operator:
        return "A countersignature bears a name: a person has to sign in and give it."
    if actor.person_id == person_id:
        return "Nobody countersigns their own sign-off."
    if actor.person_id == signer_id:
        return "Who signed does not countersign. The countersignature has to come from another person."
    if not may_on_person(actor, Right.COUNTERSIGN, Record.SIGN_OFF, ledger.subject(person_id)):
        return "Only the training lead of the hub or an external countersigner can countersign."
    if (interest := find_interest(ledger, actor.person_id, person_id)) is not None:
        return interest.why
    if parting.decision.independent_of_observer and has_observed(ledger, actor, parting):
        return "The programme asks for a second person who has not observed this. Ask another one."
    return ""


def why_too_near(ledger: Ledger, actor: Actor, parting: Parting) -> Sentence:
    """Return why the actor is too near to the person or to what was seen to sign; empty when they are not."""
    if (interest := find_interest(ledger, actor.person_id, parting.verdict.person_id)) is not None:
        return interest.why
    if parting.decision.independent_of_supervisor and has_supervised(ledger, actor, parting.verdict):
        return "The programme asks for a signer who has not supervised the person. Ask another trainer."
    if parting.decision.independent_of_observer and has_observed(ledger, actor, parting):
        return "The programme asks for a signer who has not observed what counts. Ask another trainer."
    return ""


def has_supervised(ledger: Ledger, actor: Actor, verdict: Verdict) -> bool:
    """Return whether the actor has supervised the person in the programme."""
    own = {"programme_id": verdict.programme_id, "supervisor_id": actor.person_id}
    return bool(ledger.list_facts(Supervision, verdict.person_id, **own))


def has_observed(ledger: Ledger, actor: Actor, parting: Parting) -> bool:
    """Return whether an observation by the actor is among what the decision rests on."""
    verdict = parting.verdict
    own = {"programme_id": verdict.programme_id, "actor_id": actor.person_id, "relation": Relation.TRAINER}
    seen = {one.fact_id for one in ledger.list_facts(Observation, verdict.person_id, **own)}
    return not seen.isdisjoint(parting.evidence)


def list_separations(ledger: Ledger, parting: Parting, signed: SignOff | None, now: datetime) -> tuple[Separation, ...]:
    """Return all who could take part, by number: the person's trainers, the leads of their hubs, people from outside.

    `signed` is what waits for its countersignature, if anything does.
    """
    subject = ledger.subject(parting.verdict.person_id)
    offices = (Office.TRAINING_LEAD, Office.COUNTERSIGNER)
    near = {grant.person_id for office in offices for grant in list_holders(ledger, office, now)}
    actors = [_as_actor(ledger, one, now) for one in sorted(near | subject.trainer_ids)]
    rights = (Right.DECIDE, Right.COUNTERSIGN)
    signer_id = signed.actor_id if signed is not None else None
    return tuple(
        Separation(
            actor.person_id,
            why_not_signer(ledger, actor, parting),
            why_not_second(ledger, actor, parting, signer_id),
        )
        for actor in actors
        if any(may_on_person(actor, right, Record.SIGN_OFF, subject) for right in rights)
    )


def _as_actor(ledger: Ledger, person_id: PersonId, now: datetime) -> Actor:
    grants = (
        HeldGrant(grant.office, grant.hub_id, grant.record_id, grant.until_on)
        for grant in list_grants(ledger, person_id, now)
    )
    return Actor(person_id, "", tuple(grants))
