"""Cohorts, who is in them, and who trains whom."""

from datetime import date, datetime

from curriculum.ids import ProgrammeId, RoleId
from people.errors import (
    CohortClosedError,
    ConsentMissingError,
    DatesError,
    NotAllowedError,
    NotATraineeError,
    NotATrainerHereError,
    NotKnownError,
    OtherHubError,
    OwnTrainerError,
    ProgrammeNotActiveError,
)
from people.facts import (
    Amendment,
    Assignment,
    ClockChange,
    CohortDated,
    CohortOpened,
    EndReason,
    Enrolment,
    FactId,
    Grant,
    MoveConsent,
    PersonAdded,
)
from people.ids import ROOT, derived_fact_id, new_fact_id
from people.models import NOBODY, Actor, CohortId, HubId, Office, PersonId, Scope
from people.names import check_name
from people.ports import FactLedger
from people.rights import Record, Right, may_in_hub, require_in_hub
from people.service.reach import (
    clock_of,
    end_of,
    find_closing,
    find_consent,
    find_enrolment,
    get_cohort,
    get_hub,
    get_known_person,
    get_person,
    is_trainer_in,
    list_assignments,
    list_grants,
    list_holders,
    list_newest_enrolments,
    may_reach,
)


def open_cohort(
    ledger: FactLedger,
    actor: Actor,
    hub_id: HubId,
    programme_id: ProgrammeId,
    title: str,
    *,
    starts_on: date,
    active_version_no: int | None,
    now: datetime,
    ends_on: date | None = None,
) -> CohortOpened:
    """Record a new cohort; its id is made from the hub and the month it starts in, such as `riverside-2026-11`.

    Args:
        ledger: Where it is recorded.
        actor: A co-ordinator or manager of the hub, or an administrator.
        hub_id: The hub.
        programme_id: The programme.
        title: What people call the cohort.
        starts_on: The first day.
        active_version_no: The version of the programme that the hub has gone live with; None when it has not.
        now: The time.
        ends_on: The planned last day.

    Raises:
        NotAllowedError: The actor may not open cohorts in this hub.
        NotKnownError: There is no such hub.
        ProgrammeNotActiveError: The hub has not gone live with the programme.
        TextRefusedError: The title cannot be kept.
        DatesError: It would end before it starts.
    """
    require_in_hub(actor, Right.WRITE, Record.COHORT, hub_id)
    get_hub(ledger, hub_id)
    if active_version_no is None:
        raise ProgrammeNotActiveError(programme_id, hub_id)
    if ends_on is not None and ends_on < starts_on:
        raise DatesError(f"the cohort would end on {ends_on}, before it starts on {starts_on}")
    kept_title = check_name(title, "name of a cohort")
    while True:
        cohort_id = _free_cohort_id(ledger, hub_id, starts_on)
        cohort = CohortOpened(
            fact_id=derived_fact_id(ROOT, f"cohort/{cohort_id}"),
            person_id=NOBODY,
            actor_id=actor.person_id,
            occurred_at=now,
            cohort_id=cohort_id,
            hub_id=hub_id,
            programme_id=programme_id,
            title=kept_title,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        # Another may take the same id between looking and recording: then look again.
        if ledger.append(cohort):
            return cohort


def set_last_day(
    ledger: FactLedger,
    actor: Actor,
    cohort_id: CohortId,
    ends_on: date,
    *,
    now: datetime,
    fact_id: FactId | None = None,
) -> CohortDated:
    """Set or move the planned last day of an open cohort. The same day again adds nothing.

    Early warnings and the times after which records are destroyed run from it.

    Args:
        ledger: Where it is recorded.
        actor: A co-ordinator or manager of the hub, or an administrator.
        cohort_id: The cohort.
        ends_on: The last day.
        now: The time.
        fact_id: Given by the page, so that a double click sets it once.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor does not look after the cohorts of the hub.
        CohortClosedError: The cohort is closed.
        DatesError: It would end before it starts.
    """
    cohort = get_cohort(ledger, cohort_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, cohort.hub_id)
    if find_closing(ledger, cohort_id) is not None:
        raise CohortClosedError(cohort_id)
    if ends_on < cohort.starts_on:
        raise DatesError(f"the cohort would end on {ends_on}, before it starts on {cohort.starts_on}")
    known = ledger.list_facts(CohortDated, NOBODY, cohort_id=cohort_id)
    if known and known[-1].ends_on == ends_on:
        return known[-1]
    dated = CohortDated(
        fact_id=fact_id or new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        cohort_id=cohort_id,
        ends_on=ends_on,
    )
    ledger.append(dated)
    return dated


def _free_cohort_id(ledger: FactLedger, hub_id: HubId, starts_on: date) -> CohortId:
    taken = {cohort.cohort_id for cohort in ledger.list_facts(CohortOpened, hub_id=hub_id)}
    stem, n = f"{hub_id}-{starts_on:%Y-%m}", 1
    cohort_id = CohortId(stem)
    while cohort_id in taken:
        n += 1
        cohort_id = CohortId(f"{stem}-{n}")
    return cohort_id


def enrol(
    ledger: FactLedger,
    actor: Actor,
    person_id: PersonId,
    *,
    cohort_id: CohortId,
    role_id: RoleId,
    version_no: int,
    now: datetime,
    trainer_id: PersonId | None = None,
) -> Enrolment:
    """Record that a person joins a cohort for a role, under the rules of one version; they become a trainee.

    The same enrolment twice is one, unless the person has left meanwhile: then they are back. Another cohort of the
    same programme replaces the one before. Into another hub a person goes only by their own consent, which is used up;
    what opened their record to the old hub ends in the same append. Trainers who hold the office in none of the
    person's hubs any more lose them.

    Args:
        ledger: Where it is recorded.
        actor: A co-ordinator or manager of the hub, or an administrator.
        person_id: Who joins.
        cohort_id: The cohort.
        role_id: What they train for.
        version_no: The version of the programme that is pinned for them.
        now: The time.
        trainer_id: Who trains them from now on, besides those who do already.

    Raises:
        NotKnownError: There is no such person or cohort.
        NotAllowedError: The actor may not fill cohorts in this hub.
        CohortClosedError: The cohort is closed.
        ConsentMissingError: The person trains in another hub and has not agreed to move.
        OtherHubError: The person, or their record in this programme, is not within the actor's reach.
        NotATrainerHereError: The trainer does not hold the office in the hub.
    """
    get_known_person(ledger, person_id)
    cohort = get_cohort(ledger, cohort_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, cohort.hub_id)
    # Counted before looking: an enrolment that another makes in between is then found, or has the same id.
    n_before = len(ledger.list_facts(Enrolment, person_id, programme_id=cohort.programme_id))
    if find_closing(ledger, cohort_id) is not None:
        raise CohortClosedError(cohort_id)
    before = find_enrolment(ledger, person_id, cohort.programme_id)
    consent = check_bring_in(ledger, actor, person_id, cohort, before=before, now=now)
    same = before and (before.cohort_id, before.role_id, before.version_no) == (cohort_id, role_id, version_no)
    if before and same and clock_of(ledger, before) != ClockChange.WITHDRAWN:
        return before
    trainers = _give_trainer(ledger, actor, person_id, trainer_id, hub_id=cohort.hub_id, now=now)
    enrolment = make_enrolment(
        get_person(ledger, person_id),
        actor,
        cohort,
        role_id=role_id,
        version_no=version_no,
        now=now,
        n_before=n_before,
    )
    grants = [] if _is_trainee(ledger, person_id, cohort.hub_id, now) else [trainee_grant(enrolment, cohort.hub_id)]
    ends = [end_of(one, actor, EndReason.MOVED, now) for one in _left_behind(ledger, person_id, cohort, consent, now)]
    if ledger.append(enrolment, *grants, *trainers, *ends):
        return enrolment
    return ledger.find(Enrolment, enrolment.fact_id) or enrolment


def check_bring_in(
    ledger: FactLedger,
    actor: Actor,
    person_id: PersonId,
    cohort: CohortOpened,
    *,
    before: Enrolment | None,
    now: datetime,
) -> MoveConsent | None:
    """Return the person's consent when they move here from another hub; None when they are in no other.

    Raises:
        ConsentMissingError: The person trains in another hub and has not agreed to move.
        OtherHubError: The person, or their record in this programme, is not within the actor's reach.
        NotAllowedError: Only who looks after people takes in somebody from another hub.
    """
    if before is not None:
        old_hub = get_cohort(ledger, before.cohort_id).hub_id
        if old_hub == cohort.hub_id:
            return None
        consent = find_consent(ledger, person_id, cohort.programme_id)
        if consent is None or consent.hub_id != cohort.hub_id:
            raise ConsentMissingError(person_id)
        if not may_in_hub(actor, Right.WRITE, Record.PEOPLE, cohort.hub_id):
            raise NotAllowedError("take in somebody who comes from another hub")
        return consent
    training = ledger.subject(person_id).hub_ids
    if training:
        may = any(may_in_hub(actor, Right.WRITE, Record.COHORT, hub_id) for hub_id in training)
    else:
        may = any(may_reach(ledger, actor, record, person_id, now) for record in (Record.COHORT, Record.PEOPLE))
    if not may:
        raise OtherHubError(person_id)
    return None


def _left_behind(
    ledger: FactLedger, person_id: PersonId, cohort: CohortOpened, consent: MoveConsent | None, now: datetime
) -> list[Assignment | Grant | MoveConsent]:
    """Return what ends: trainers in none of the person's hubs and, with a move, what opened them to the old hub."""
    newest = {one.programme_id: one.cohort_id for one in list_newest_enrolments(ledger, person_id)}
    newest[cohort.programme_id] = cohort.cohort_id
    hubs = {get_cohort(ledger, cohort_id).hub_id for cohort_id in newest.values()}
    assignments = list_assignments(ledger, person_id)
    behind: list[Assignment | Grant | MoveConsent] = [
        one for one in assignments if not is_trainer_in(ledger, one.trainer_id, hubs, now)
    ]
    if consent is None:
        return behind
    if consent.from_hub_id not in hubs:
        held = list_grants(ledger, person_id, now)
        behind += [one for one in held if (one.office, one.hub_id) == (Office.TRAINEE, consent.from_hub_id)]
        behind += [one for one in list_holders(ledger, Office.COUNTERSIGNER, now) if one.record_id == person_id]
    return [*behind, consent]


def _give_trainer(
    ledger: FactLedger,
    actor: Actor,
    person_id: PersonId,
    trainer_id: PersonId | None,
    *,
    hub_id: HubId,
    now: datetime,
) -> list[Assignment]:
    if trainer_id is None:
        return []
    get_person(ledger, trainer_id)
    if person_id == trainer_id:
        raise OwnTrainerError(person_id)
    if not may_in_hub(actor, Right.WRITE, Record.PEOPLE, hub_id):
        raise NotAllowedError("choose trainers in the trainee's hub")
    if not is_trainer_in(ledger, trainer_id, [hub_id], now):
        raise NotATrainerHereError(trainer_id, [hub_id])
    added, n_before = get_person(ledger, person_id), count_assignments(ledger, person_id, trainer_id)
    if any(one.trainer_id == trainer_id for one in list_assignments(ledger, person_id)):
        return []
    return [make_assignment(added, actor, trainer_id, now, n_before=n_before)]


def make_enrolment(
    added: PersonAdded,
    actor: Actor,
    cohort: CohortOpened,
    *,
    role_id: RoleId,
    version_no: int,
    now: datetime,
    n_before: int = 0,
) -> Enrolment:
    """Return the fact by which a person joins a programme; its id tells two who record it at once apart."""
    return Enrolment(
        fact_id=derived_fact_id(added.fact_id, f"enrolment/{cohort.programme_id}/{n_before}"),
        person_id=added.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=cohort.programme_id,
        cohort_id=cohort.cohort_id,
        role_id=role_id,
        version_no=version_no,
    )


def _is_trainee(ledger: FactLedger, person_id: PersonId, hub_id: HubId, now: datetime) -> bool:
    return any(
        grant.office == Office.TRAINEE and grant.hub_id == hub_id for grant in list_grants(ledger, person_id, now)
    )


def trainee_grant(enrolment: Enrolment, hub_id: HubId) -> Grant:
    """Return the grant that makes whoever joins a trainee of the hub."""
    return Grant(
        fact_id=derived_fact_id(enrolment.fact_id, "trainee"),
        person_id=enrolment.person_id,
        actor_id=enrolment.actor_id,
        occurred_at=enrolment.occurred_at,
        office=Office.TRAINEE,
        scope=Scope.OWN,
        hub_id=hub_id,
    )


def assign_trainer(
    ledger: FactLedger, actor: Actor, person_id: PersonId, trainer_id: PersonId, now: datetime
) -> Assignment:
    """Record that a trainee is given a trainer, who then sees and writes their records. Several are allowed.

    Raises:
        NotKnownError: There is no such person.
        OwnTrainerError: Trainee and trainer are one person.
        NotATraineeError: The person is in no cohort.
        NotAllowedError: The actor does not look after the people of the trainee's hub.
        NotATrainerHereError: The trainer does not hold the office in the trainee's hub.
    """
    added = get_known_person(ledger, person_id)
    get_known_person(ledger, trainer_id)
    if person_id == trainer_id:
        raise OwnTrainerError(person_id)
    _require_trainers_in_common(ledger, actor, person_id, trainer_id, now)
    n_before = count_assignments(ledger, person_id, trainer_id)
    same = [fact for fact in list_assignments(ledger, person_id) if fact.trainer_id == trainer_id]
    if same:
        return same[0]
    assignment = make_assignment(added, actor, trainer_id, now, n_before=n_before)
    if ledger.append(assignment):
        return assignment
    return ledger.find(Assignment, assignment.fact_id) or assignment


def count_assignments(ledger: FactLedger, person_id: PersonId, trainer_id: PersonId) -> int:
    """Return how often a person was given a trainer.

    It is asked before looking whether they have the trainer now: what somebody else records in between is then found,
    or has the same id.
    """
    return len(ledger.list_facts(Assignment, person_id, trainer_id=trainer_id))


def make_assignment(
    added: PersonAdded, actor: Actor, trainer_id: PersonId, now: datetime, *, n_before: int = 0
) -> Assignment:
    """Return the fact that gives a person a trainer; its id tells two who record it at once apart."""
    return Assignment(
        fact_id=derived_fact_id(added.fact_id, f"trainer/{trainer_id}/{n_before}"),
        person_id=added.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        trainer_id=trainer_id,
    )


def _require_trainers_in_common(
    ledger: FactLedger, actor: Actor, person_id: PersonId, trainer_id: PersonId, now: datetime
) -> None:
    hubs = sorted(ledger.subject(person_id).hub_ids)
    if not hubs:
        raise NotATraineeError(person_id)
    allowed = [hub for hub in hubs if may_in_hub(actor, Right.WRITE, Record.PEOPLE, hub)]
    if not allowed:
        raise NotAllowedError("choose trainers in the trainee's hub")
    if not is_trainer_in(ledger, trainer_id, allowed, now):
        raise NotATrainerHereError(trainer_id, allowed)


def end_assignment(
    ledger: FactLedger, actor: Actor, assignment_id: FactId, now: datetime, reason: EndReason | None = None
) -> Amendment:
    """Record that a trainer no longer trains the trainee; ending it twice is harmless.

    Raises:
        TextRefusedError: The reason is not an `EndReason`.
        NotKnownError: There is no such assignment.
        NotAllowedError: The actor does not look after the people of the trainee's hub.
    """
    assignment = ledger.find(Assignment, assignment_id)
    if assignment is None:
        raise NotKnownError("assignment", assignment_id)
    hubs = ledger.subject(assignment.person_id).hub_ids
    if not any(may_in_hub(actor, Right.WRITE, Record.PEOPLE, hub_id) for hub_id in hubs):
        raise NotAllowedError("choose trainers in the trainee's hub")
    end = end_of(assignment, actor, reason, now)
    if ledger.append(end):
        return end
    return ledger.find(Amendment, end.fact_id) or end
