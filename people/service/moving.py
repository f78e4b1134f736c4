"""A trainee changes hub: they agree on their own page, and the new hub takes them in."""

from datetime import datetime

from curriculum.ids import ProgrammeId, RoleId
from people.errors import MoveError, NotAllowedError, NotEnrolledError, NotKnownError, ProgrammeNotActiveError
from people.facts import Amendment, EndReason, Enrolment, FactId, MoveConsent
from people.ids import derived_fact_id
from people.models import Actor, CohortId, HubId, PersonId
from people.ports import PeopleLedger
from people.rights import Record, Right, require_in_hub
from people.service.cohorts import enrol
from people.service.reach import end_of, find_consent, find_enrolment, get_cohort, get_hub, get_person


def consent_to_move(
    ledger: PeopleLedger, actor: Actor, programme_id: ProgrammeId, hub_id: HubId, now: datetime
) -> MoveConsent:
    """Record that the actor agrees to train on in another hub; the same twice is one, another hub replaces it.

    Nothing moves yet: the old hub looks after the person until the new one has taken them in.

    Raises:
        NotEnrolledError: The actor is not in the programme.
        NotKnownError: There is no such hub.
        MoveError: They train there already, or the hub does not run the programme.
    """
    enrolment = find_enrolment(ledger, actor.person_id, programme_id)
    if enrolment is None:
        raise NotEnrolledError(actor.person_id, programme_id)
    get_hub(ledger, hub_id)
    from_hub_id = get_cohort(ledger, enrolment.cohort_id).hub_id
    if from_hub_id == hub_id:
        raise MoveError(f"You train in `{hub_id}` already. Choose the hub that you are moving to.")
    if ledger.live_version(programme_id, hub_id) is None:
        raise MoveError(f"The hub `{hub_id}` does not run this programme. Choose one that does.")
    before = find_consent(ledger, actor.person_id, programme_id)
    if before is not None and (before.from_hub_id, before.hub_id) == (from_hub_id, hub_id):
        return before
    n_before = len(ledger.list_facts(MoveConsent, actor.person_id, programme_id=programme_id))
    parent = get_person(ledger, actor.person_id).fact_id
    consent = MoveConsent(
        fact_id=derived_fact_id(parent, f"move/{programme_id}/{n_before}"),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        from_hub_id=from_hub_id,
        hub_id=hub_id,
    )
    ends = [] if before is None else [end_of(before, actor, EndReason.OWN_WISH, now)]
    if ledger.append(consent, *ends):
        return consent
    return ledger.find(MoveConsent, consent.fact_id) or consent


def take_back_consent(ledger: PeopleLedger, actor: Actor, consent_id: FactId, now: datetime) -> Amendment:
    """Record that the actor stays where they are; twice is harmless.

    Raises:
        NotKnownError: There is no such consent.
        NotAllowedError: It is somebody else's.
        MoveError: They have moved already.
    """
    consent = _get_consent(ledger, consent_id)
    if consent.person_id != actor.person_id:
        raise NotAllowedError("take back what somebody else has agreed to")
    end = end_of(consent, actor, EndReason.OWN_WISH, now)
    if ledger.append(end):
        return end
    found = ledger.find(Amendment, end.fact_id)
    if found is not None and found.reason == EndReason.MOVED:
        raise MoveError("You have been taken in by the new hub already. Ask its programme manager.")
    return found or end


def accept_move(
    ledger: PeopleLedger,
    actor: Actor,
    consent_id: FactId,
    *,
    cohort_id: CohortId,
    role_id: RoleId,
    trainer_id: PersonId,
    now: datetime,
) -> Enrolment:
    """Take in a trainee who agreed to move here: they get a cohort and a trainer, and the old hub loses sight at once.

    Args:
        ledger: Where it is recorded.
        actor: A manager of the new hub, or an administrator.
        consent_id: What the trainee agreed to.
        cohort_id: An open cohort of the programme in the new hub.
        role_id: What they train for, one of the version that the new hub has gone live with: it is pinned for them.
        trainer_id: A trainer of the new hub.
        now: The time.

    Raises:
        NotKnownError: There is no such consent, cohort, role or trainer.
        NotAllowedError: The actor does not look after the people of the new hub.
        MoveError: The consent was used or taken back, or the cohort is not of the programme and hub agreed to.
        ProgrammeNotActiveError: The hub runs the programme no more.
    """
    consent = _get_consent(ledger, consent_id)
    require_in_hub(actor, Right.WRITE, Record.PEOPLE, consent.hub_id)
    cohort = get_cohort(ledger, cohort_id)
    if (cohort.programme_id, cohort.hub_id) != (consent.programme_id, consent.hub_id):
        raise MoveError(f"The cohort `{cohort_id}` is not of the programme and hub that the person agreed to.")
    held = find_enrolment(ledger, consent.person_id, consent.programme_id)
    if held is not None and held.cohort_id == cohort_id:
        return held
    if find_consent(ledger, consent.person_id, consent.programme_id) != consent:
        raise MoveError("The person has taken their consent back, or has moved already. Open the page again.")
    live = ledger.live_version(consent.programme_id, consent.hub_id)
    if live is None:
        raise ProgrammeNotActiveError(consent.programme_id, consent.hub_id)
    if role_id not in live.role_ids:
        raise NotKnownError("role", role_id)
    return enrol(
        ledger,
        actor,
        consent.person_id,
        cohort_id=cohort_id,
        role_id=role_id,
        version_no=live.version_no,
        trainer_id=trainer_id,
        now=now,
    )


def _get_consent(ledger: PeopleLedger, consent_id: FactId) -> MoveConsent:
    consent = ledger.find(MoveConsent, consent_id)
    if consent is None:
        raise NotKnownError("consent", consent_id)
    return consent
