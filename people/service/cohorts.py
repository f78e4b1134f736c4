"""Cohorts, who is in them, who trains whom, and whether a trainee's time runs."""

from collections.abc import Iterable
from datetime import date, datetime

from curriculum.ids import ProgrammeId, RoleId
from people.errors import (
    ClockChangeError,
    DatesError,
    NotAllowedError,
    NotATraineeError,
    NotATrainerHereError,
    NotEnrolledError,
    NotKnownError,
    OtherHubError,
    OwnTrainerError,
    ProgrammeNotActiveError,
)
from people.facts import (
    Amendment,
    Assignment,
    ClockChange,
    ClockReason,
    CohortOpened,
    EndReason,
    Enrolment,
    FactId,
    Grant,
    Pause,
)
from people.ids import ROOT, derived_fact_id
from people.models import NOBODY, Actor, CohortId, HubId, Office, PersonId, Scope
from people.names import check_coded, check_name
from people.ports import FactLedger
from people.rights import Record, Right, may_in_hub, require_in_hub
from people.service.reach import (
    end_of,
    find_enrolment,
    get_cohort,
    get_hub,
    get_known_person,
    get_person,
    list_assignments,
    list_grants,
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
) -> Enrolment:
    """Record that a person joins a cohort for a role, under the rules of one version; they become a trainee.

    The same enrolment twice is one. Another cohort of the same programme replaces the one before; trainers who hold the
    office in none of the person's hubs any more lose them.

    Raises:
        NotKnownError: There is no such person or cohort.
        NotAllowedError: The actor may not fill cohorts in this hub.
        OtherHubError: The person, or their record in this programme, is not within the actor's reach.
    """
    get_known_person(ledger, person_id)
    cohort = get_cohort(ledger, cohort_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, cohort.hub_id)
    # Counted before looking: an enrolment that another makes in between is then found, or has the same id.
    n_before = len(ledger.list_facts(Enrolment, person_id, programme_id=cohort.programme_id))
    before = find_enrolment(ledger, person_id, cohort.programme_id)
    if not _may_bring_in(ledger, actor, person_id, before, now):
        raise OtherHubError(person_id)
    if before and (before.cohort_id, before.role_id, before.version_no) == (cohort_id, role_id, version_no):
        return before
    enrolment = _make_enrolment(
        ledger, actor, person_id, cohort, role_id=role_id, version_no=version_no, n_before=n_before, now=now
    )
    grants = [] if _is_trainee(ledger, person_id, cohort.hub_id, now) else [_trainee_grant(enrolment, cohort.hub_id)]
    ends = [end_of(one, actor, EndReason.MOVED, now) for one in _left_behind(ledger, person_id, cohort, now)]
    if ledger.append(enrolment, *grants, *ends):
        return enrolment
    return ledger.find(Enrolment, enrolment.fact_id) or enrolment


def _may_bring_in(
    ledger: FactLedger, actor: Actor, person_id: PersonId, before: Enrolment | None, now: datetime
) -> bool:
    if before is not None:
        return may_in_hub(actor, Right.WRITE, Record.COHORT, get_cohort(ledger, before.cohort_id).hub_id)
    training = ledger.subject(person_id).hub_ids
    if training:
        return any(may_in_hub(actor, Right.WRITE, Record.COHORT, hub_id) for hub_id in training)
    return any(may_reach(ledger, actor, record, person_id, now) for record in (Record.COHORT, Record.PEOPLE))


def _left_behind(ledger: FactLedger, person_id: PersonId, cohort: CohortOpened, now: datetime) -> list[Assignment]:
    """Return the assignments of those who are trainers in none of the hubs where the person trains from now on."""
    newest = {one.programme_id: one.cohort_id for one in ledger.list_facts(Enrolment, person_id)}
    newest[cohort.programme_id] = cohort.cohort_id
    hubs = {get_cohort(ledger, cohort_id).hub_id for cohort_id in newest.values()}
    return [one for one in list_assignments(ledger, person_id) if not _is_trainer_in(ledger, one.trainer_id, hubs, now)]


def _is_trainer_in(ledger: FactLedger, person_id: PersonId, hubs: Iterable[HubId], now: datetime) -> bool:
    held = {grant.hub_id for grant in list_grants(ledger, person_id, now) if grant.office == Office.TRAINER}
    return None in held or not held.isdisjoint(hubs)


def _make_enrolment(
    ledger: FactLedger,
    actor: Actor,
    person_id: PersonId,
    cohort: CohortOpened,
    *,
    role_id: RoleId,
    version_no: int,
    n_before: int,
    now: datetime,
) -> Enrolment:
    parent = get_person(ledger, person_id).fact_id
    return Enrolment(
        fact_id=derived_fact_id(parent, f"enrolment/{cohort.programme_id}/{n_before}"),
        person_id=person_id,
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


def _trainee_grant(enrolment: Enrolment, hub_id: HubId) -> Grant:
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
    # Counted before looking: an assignment that another makes in between is then found, or has the same id.
    n_before = len(ledger.list_facts(Assignment, person_id, trainer_id=trainer_id))
    same = [fact for fact in list_assignments(ledger, person_id) if fact.trainer_id == trainer_id]
    if same:
        return same[0]
    assignment = Assignment(
        fact_id=derived_fact_id(added.fact_id, f"trainer/{trainer_id}/{n_before}"),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        trainer_id=trainer_id,
    )
    if ledger.append(assignment):
        return assignment
    return ledger.find(Assignment, assignment.fact_id) or assignment


def _require_trainers_in_common(
    ledger: FactLedger, actor: Actor, person_id: PersonId, trainer_id: PersonId, now: datetime
) -> None:
    hubs = sorted(ledger.subject(person_id).hub_ids)
    if not hubs:
        raise NotATraineeError(person_id)
    allowed = [hub for hub in hubs if may_in_hub(actor, Right.WRITE, Record.PEOPLE, hub)]
    if not allowed:
        raise NotAllowedError("choose trainers in the trainee's hub")
    if not _is_trainer_in(ledger, trainer_id, allowed, now):
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


def change_clock(
    ledger: FactLedger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    *,
    change: ClockChange,
    reason: ClockReason,
    now: datetime,
) -> Pause:
    """Record that a trainee pauses, returns or leaves the programme.

    Raises:
        NotEnrolledError: The person is not in the programme.
        NotAllowedError: The actor may not fill cohorts in the trainee's hub.
        ClockChangeError: The change does not follow from how things are, such as a return without a pause.
        TextRefusedError: The reason is not a `ClockReason`.
    """
    enrolment = find_enrolment(ledger, person_id, programme_id)
    if enrolment is None:
        raise NotEnrolledError(person_id, programme_id)
    require_in_hub(actor, Right.WRITE, Record.COHORT, get_cohort(ledger, enrolment.cohort_id).hub_id)
    before = ledger.list_facts(Pause, person_id, programme_id=programme_id)
    state = clock_state([fact for fact in before if fact.occurred_at >= enrolment.occurred_at])
    if not _follows(state, change):
        raise ClockChangeError(change, "running" if state == ClockChange.RESUMED else state)
    pause = Pause(
        fact_id=derived_fact_id(enrolment.fact_id, f"clock/{len(before)}"),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        change=change,
        reason=check_coded(ClockReason, reason, "reason"),
    )
    if ledger.append(pause):
        return pause
    return ledger.find(Pause, pause.fact_id) or pause


def clock_state(changes: list[Pause]) -> ClockChange:
    """Return the last change since the enrolment, RESUMED (running) without one."""
    return changes[-1].change if changes else ClockChange.RESUMED


def _follows(state: ClockChange, change: ClockChange) -> bool:
    match change:
        case ClockChange.PAUSED:
            return state == ClockChange.RESUMED
        case ClockChange.RESUMED:
            return state != ClockChange.RESUMED
        case ClockChange.WITHDRAWN:
            return state != ClockChange.WITHDRAWN
