"""Cohorts, enrolments, trainers, and the trainee's clock."""

from datetime import timedelta

import pytest

from curriculum.ids import RoleId
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
from people.facts import Assignment, CohortClosed, CohortDated, CohortOpened, EndReason, Enrolment, Grant
from people.ids import new_fact_id
from people.models import NOBODY, OPERATOR, Actor, CohortId, HubId, Office
from people.rights import Record, Right, may_on_person
from people.service import add_person, assign_trainer, end_assignment, enrol, give_grant, open_cohort, set_last_day
from people.service.reach import cohort_closed_id, find_enrolment, find_last_day, list_assignments
from tests.people.building import ALONGSIDE, ELSEWHERE, HERE, LEADER, NOW, OPERATOR_ACTOR, TODAY, World

NOT_OVER_COHORTS = [
    Office.TRAINEE,
    Office.TRAINER,
    Office.TRAINING_LEAD,
    Office.SAFEGUARDING_LEAD,
    Office.SAFEGUARDING_DEPUTY,
    Office.FUNDER,
]


def _open(world: World, actor: Actor, hub_id: HubId = HERE, version_no: int | None = 1) -> CohortOpened:
    return open_cohort(
        world.ledger, actor, hub_id, ALONGSIDE, "Spring", starts_on=TODAY, active_version_no=version_no, now=NOW
    )


# ---------------------------------------------------------------- cohorts


@pytest.mark.parametrize("office", [Office.MANAGER, Office.COORDINATOR, Office.ADMINISTRATOR])
def test_cohorts_are_opened_by_who_runs_the_hub(world: World, office: Office) -> None:
    cohort = _open(world, world.acting("someone", office))
    assert cohort.cohort_id == "riverside-2026-11-2"
    assert world.ledger.list_facts(CohortOpened, cohort_id=cohort.cohort_id) == [cohort]


@pytest.mark.parametrize("office", NOT_OVER_COHORTS)
def test_nobody_else_opens_cohorts(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        _open(world, world.acting("someone", office))


def test_a_last_day_is_set_and_moved_and_the_newest_holds(world: World) -> None:
    actor = world.acting("someone", Office.MANAGER)
    cohort = _open(world, actor)
    assert find_last_day(world.ledger, cohort) is None
    for n_days in (90, 120, 120):
        day = TODAY + timedelta(days=n_days)
        assert set_last_day(world.ledger, actor, cohort.cohort_id, day, now=NOW).ends_on == day
    assert find_last_day(world.ledger, cohort) == TODAY + timedelta(days=120)
    assert len(world.ledger.list_facts(CohortDated)) == 2


def test_a_last_day_fits_its_cohort_and_its_hub(world: World) -> None:
    actor = world.acting("someone", Office.MANAGER)
    cohort_id = _open(world, actor).cohort_id
    with pytest.raises(DatesError, match="before it starts"):
        set_last_day(world.ledger, actor, cohort_id, TODAY - timedelta(days=1), now=NOW)
    for number, office in enumerate(NOT_OVER_COHORTS):
        with pytest.raises(NotAllowedError):
            set_last_day(world.ledger, world.acting(f"x{number}-else", office), cohort_id, TODAY, now=NOW)
    closing = {"fact_id": cohort_closed_id(cohort_id), "person_id": NOBODY, "actor_id": OPERATOR, "occurred_at": NOW}
    world.ledger.append(CohortClosed(**closing, cohort_id=cohort_id, n_people=0, board_hash=""))
    with pytest.raises(CohortClosedError):
        set_last_day(world.ledger, actor, cohort_id, TODAY, now=NOW)


def test_cohorts_of_another_hub_are_refused(world: World) -> None:
    with pytest.raises(NotAllowedError):
        _open(world, world.acting("moe", Office.MANAGER), ELSEWHERE)


def test_cohort_needs_a_programme_in_use(world: World) -> None:
    with pytest.raises(ProgrammeNotActiveError, match="alongside"):
        _open(world, OPERATOR_ACTOR, version_no=None)


def test_cohort_needs_a_hub(world: World) -> None:
    with pytest.raises(NotKnownError, match="nowhere"):
        _open(world, OPERATOR_ACTOR, HubId("nowhere"))


def test_cohort_cannot_end_before_it_starts(world: World) -> None:
    with pytest.raises(DatesError, match="before it starts"):
        open_cohort(
            world.ledger,
            OPERATOR_ACTOR,
            HERE,
            ALONGSIDE,
            "Spring",
            starts_on=TODAY,
            active_version_no=1,
            now=NOW,
            ends_on=TODAY - timedelta(days=1),
        )


def test_two_who_open_a_cohort_at_once_get_two(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = world.ledger.list_facts, []

    def stale_once(kind: type, *args: object, **equal: object) -> list[object]:
        if kind is CohortOpened and not calls:
            calls.append(kind)
            return []
        return real(kind, *args, **equal)

    monkeypatch.setattr(world.ledger, "list_facts", stale_once)
    assert _open(world, OPERATOR_ACTOR).cohort_id == "riverside-2026-11-2"


# ---------------------------------------------------------------- enrolments


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_enrolment_makes_a_trainee(world: World, office: Office) -> None:
    actor = world.acting("someone", office)
    person_id = add_person(world.ledger, actor, "Ann", "ann", NOW)
    enrolment = world.enrol(person_id, actor=actor)
    assert (enrolment.cohort_id, enrolment.role_id, enrolment.version_no) == (world.cohort_id, LEADER, 1)
    assert [(g.office, g.hub_id) for g in world.actor(person_id).grants] == [(Office.TRAINEE, HERE)]
    assert world.ledger.subject(person_id).hub_ids == {HERE}


def test_coordinator_enrols_people_of_the_hub(world: World) -> None:
    coordinator, person_id = world.acting("cora", Office.COORDINATOR), world.person("ann", Office.TRAINEE)
    assert world.enrol(person_id, actor=coordinator).actor_id == coordinator.person_id
    assert len(world.ledger.list_facts(Grant, person_id)) == 1


def test_coordinator_cannot_enrol_somebody_new_whom_others_added(world: World) -> None:
    with pytest.raises(OtherHubError):
        world.enrol(world.person("ann"), actor=world.acting("cora", Office.COORDINATOR))


@pytest.mark.parametrize("office", NOT_OVER_COHORTS)
def test_nobody_else_enrols(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        world.enrol(world.person("ann", Office.TRAINEE), actor=world.acting("someone", office))


@pytest.mark.parametrize("office", [Office.MANAGER, Office.COORDINATOR])
def test_nobody_draws_the_records_of_another_hub_into_theirs(world: World, office: Office) -> None:
    person_id = world.trainee("ann", world.elsewhere_id)
    with pytest.raises(OtherHubError):
        world.enrol(person_id, actor=world.acting("someone", office))
    with pytest.raises(NotAllowedError):
        world.enrol(person_id, world.elsewhere_id, actor=world.acting("another", office))


def test_an_office_in_a_hub_does_not_let_it_draw_the_training_record(world: World) -> None:
    person_id = world.trainee("ann", world.elsewhere_id)
    give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.COORDINATOR, NOW, hub_id=HERE)
    with pytest.raises(OtherHubError):
        world.enrol(person_id, actor=world.acting("moe", Office.MANAGER))


def test_nobody_moves_a_person_to_another_hub_without_their_consent(world: World) -> None:
    person_id = world.trainee("ann", world.elsewhere_id)
    for actor in (world.acting("admin", Office.ADMINISTRATOR), OPERATOR_ACTOR):
        with pytest.raises(ConsentMissingError, match="have to agree first"):
            world.enrol(person_id, actor=actor)
    assert world.ledger.subject(person_id).hub_ids == {ELSEWHERE}


def test_the_same_enrolment_twice_is_one(world: World) -> None:
    person_id = world.trainee("ann")
    world.later(hours=1)
    world.enrol(person_id)
    assert len(world.ledger.list_facts(Enrolment, person_id)) == 1
    assert len(world.ledger.list_facts(Grant, person_id)) == 1


def test_two_who_enrol_at_once_make_one_enrolment(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id = world.trainee("ann")
    real = world.ledger.list_facts
    monkeypatch.setattr(
        world.ledger, "list_facts", lambda kind, *a, **k: [] if kind is Enrolment else real(kind, *a, **k)
    )
    again = world.enrol(person_id)
    monkeypatch.undo()
    assert world.ledger.list_facts(Enrolment, person_id) == [again]


def test_a_second_role_or_version_is_a_new_enrolment(world: World) -> None:
    person_id = world.trainee("ann")
    enrol(
        world.ledger,
        OPERATOR_ACTOR,
        person_id,
        cohort_id=world.cohort_id,
        role_id=RoleId("assistant"),
        version_no=2,
        now=NOW,
    )
    newest = find_enrolment(world.ledger, person_id, ALONGSIDE)
    assert newest is not None
    assert (newest.role_id, newest.version_no) == ("assistant", 2)


def test_unknown_cohort_is_named(world: World) -> None:
    with pytest.raises(NotKnownError, match="cohort `gone`"):
        world.enrol(world.person("ann"), CohortId("gone"))


def _close(world: World) -> None:
    closed = CohortClosed(
        fact_id=cohort_closed_id(world.cohort_id),
        person_id=NOBODY,
        actor_id=OPERATOR,
        occurred_at=world.now,
        cohort_id=world.cohort_id,
        n_people=0,
        board_hash="",
    )
    assert world.ledger.append(closed)


def test_nobody_joins_a_cohort_that_is_closed(world: World) -> None:
    inside = world.trainee("ann")
    _close(world)
    for person_id in (inside, world.person("bea")):
        with pytest.raises(CohortClosedError, match="is closed"):
            world.enrol(person_id)
    assert [one.person_id for one in world.ledger.list_facts(Enrolment)] == [inside]


def test_who_is_in_a_closed_cohort_may_join_another(world: World) -> None:
    person_id = world.trainee("ann")
    _close(world)
    again = world.enrol(person_id, _open(world, OPERATOR_ACTOR).cohort_id)
    assert find_enrolment(world.ledger, person_id, ALONGSIDE) == again


def test_a_trainer_can_be_given_with_the_enrolment(world: World) -> None:
    trainer, person_id = world.person("tom", Office.TRAINER), world.person("ann")
    given = {"cohort_id": world.cohort_id, "role_id": LEADER, "version_no": 1, "now": NOW}
    for other in (person_id, world.person("cora", Office.COORDINATOR)):
        with pytest.raises((OwnTrainerError, NotATrainerHereError)):
            enrol(world.ledger, OPERATOR_ACTOR, person_id, trainer_id=other, **given)
    with pytest.raises(NotAllowedError):
        coordinator = world.acting("cody", Office.COORDINATOR)
        enrol(world.ledger, coordinator, world.person("bea", Office.TRAINEE), trainer_id=trainer, **given)
    enrol(world.ledger, OPERATOR_ACTOR, person_id, trainer_id=trainer, **given)
    assert [one.trainer_id for one in list_assignments(world.ledger, person_id)] == [trainer]


# ---------------------------------------------------------------- trainers


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_trainer_sees_the_trainee_once_assigned(world: World, office: Office) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    right = (Right.SEE, Record.RESULTS)
    assert not may_on_person(world.actor(trainer), *right, world.ledger.subject(trainee))
    assign_trainer(world.ledger, world.acting("someone", office), trainee, trainer, NOW)
    assert may_on_person(world.actor(trainer), *right, world.ledger.subject(trainee))


def test_a_trainee_may_have_several_trainers(world: World) -> None:
    trainee = world.trainee("ann")
    trainers = [world.person(login, Office.TRAINER) for login in ("tom", "tia")]
    for trainer in trainers:
        assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW)
    assert world.ledger.subject(trainee).trainer_ids == set(trainers)


def test_the_same_trainer_twice_is_one_assignment(world: World) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    first = assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW)
    assert assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, world.later(hours=1)) == first
    assert len(world.ledger.list_facts(Assignment, trainee)) == 1


def test_nobody_is_their_own_trainer(world: World) -> None:
    person_id = world.trainee("ann")
    give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE)
    with pytest.raises(OwnTrainerError):
        assign_trainer(world.ledger, OPERATOR_ACTOR, person_id, person_id, NOW)


def test_trainer_holds_the_office_in_the_trainees_hub(world: World) -> None:
    trainee = world.trainee("ann")
    elsewhere, none = world.person("tom", Office.TRAINER, hub_id=ELSEWHERE), world.person("cora", Office.COORDINATOR)
    for person_id in (elsewhere, none):
        with pytest.raises(NotATrainerHereError, match="riverside"):
            assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, person_id, NOW)


def test_a_trainer_of_all_hubs_may_train_anywhere(world: World) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER, hub_id=None), world.trainee("ann", world.elsewhere_id)
    assert assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW).trainer_id == trainer


def test_an_expired_trainer_is_none(world: World) -> None:
    trainer, trainee = world.person("tom"), world.trainee("ann")
    give_grant(world.ledger, OPERATOR_ACTOR, trainer, Office.TRAINER, NOW, hub_id=HERE, until_on=TODAY)
    with pytest.raises(NotATrainerHereError):
        assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW + timedelta(days=1))


def test_trainers_are_for_people_in_a_cohort(world: World) -> None:
    with pytest.raises(NotATraineeError):
        assign_trainer(world.ledger, OPERATOR_ACTOR, world.person("ann"), world.person("tom", Office.TRAINER), NOW)


@pytest.mark.parametrize("office", [*NOT_OVER_COHORTS, Office.COORDINATOR])
def test_nobody_else_assigns_trainers(world: World, office: Office) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    with pytest.raises(NotAllowedError):
        assign_trainer(world.ledger, world.acting("someone", office), trainee, trainer, NOW)


def test_an_office_in_a_hub_does_not_open_the_training_record_there(world: World) -> None:
    person_id = world.trainee("ann", world.elsewhere_id)
    give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.COORDINATOR, NOW, hub_id=HERE)
    manager, trainer = world.acting("moe", Office.MANAGER), world.person("tom", Office.TRAINER)
    with pytest.raises(NotAllowedError):
        assign_trainer(world.ledger, manager, person_id, trainer, NOW)
    lead = world.acting("lea", Office.TRAINING_LEAD)
    assert not may_on_person(lead, Right.SEE, Record.RESULTS, world.ledger.subject(person_id))
    assert may_on_person(lead, Right.WRITE, Record.RATER, world.ledger.subject(person_id))


def test_manager_assigns_no_trainers_in_another_hub(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    trainer = world.person("tom", Office.TRAINER, hub_id=ELSEWHERE)
    with pytest.raises(NotAllowedError):
        assign_trainer(world.ledger, manager, world.trainee("ann", world.elsewhere_id), trainer, NOW)


def test_an_ended_assignment_closes_the_record_and_can_be_made_again(world: World) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    manager = world.acting("moe", Office.MANAGER)
    assignment = assign_trainer(world.ledger, manager, trainee, trainer, NOW)
    end = end_assignment(world.ledger, manager, assignment.fact_id, NOW, EndReason.LEFT)
    assert end_assignment(world.ledger, manager, assignment.fact_id, world.later(hours=1)) == end
    assert not may_on_person(world.actor(trainer), Right.SEE, Record.RESULTS, world.ledger.subject(trainee))
    again = assign_trainer(world.ledger, manager, trainee, trainer, NOW)
    assert list_assignments(world.ledger, trainee) == [again]


def test_assignments_are_ended_by_who_makes_them(world: World) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    assignment = assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW)
    for actor in (world.actor(trainer), world.acting("una", Office.MANAGER, hub_id=ELSEWHERE)):
        with pytest.raises(NotAllowedError):
            end_assignment(world.ledger, actor, assignment.fact_id, NOW)
    with pytest.raises(NotKnownError):
        end_assignment(world.ledger, OPERATOR_ACTOR, new_fact_id(), NOW)
