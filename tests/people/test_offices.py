"""Giving and ending offices."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.errors import (
    DatesError,
    FunderConflictError,
    GrantShapeError,
    LastAdministratorError,
    NotAllowedError,
    NotKnownError,
    OpenWorkError,
    OtherHubError,
)
from people.facts import Amendment, Change, EndReason, Grant, WorkKind
from people.ids import new_fact_id
from people.models import HubId, Office, PersonId, Scope
from people.rights import Record, Right, has_individual_access, may_on_person
from people.service import (
    add_person,
    assign_trainer,
    end_assignment,
    end_grant,
    find_actor,
    give_grant,
    held_grants,
    list_open_work,
    sign_in,
)
from people.service.reach import list_assignments
from tests.people.building import ELSEWHERE, HERE, NOW, OPERATOR_ACTOR, PASSWORD, TODAY, World, make_world

HUB_OFFICES = [
    Office.TRAINEE,
    Office.TRAINER,
    Office.TRAINING_LEAD,
    Office.SAFEGUARDING_LEAD,
    Office.SAFEGUARDING_DEPUTY,
    Office.COORDINATOR,
    Office.MANAGER,
    Office.FUNDER,
]
NOT_OVER_PEOPLE = [office for office in HUB_OFFICES if office != Office.MANAGER]


@pytest.mark.parametrize("office", HUB_OFFICES)
def test_manager_gives_the_offices_of_their_hub(world: World, office: Office) -> None:
    manager = world.acting("moe", Office.MANAGER)
    person_id = add_person(world.ledger, manager, "Ann", "ann", NOW)
    grant = give_grant(world.ledger, manager, person_id, office, NOW, hub_id=HERE)
    assert (grant.office, grant.hub_id, grant.actor_id) == (office, HERE, manager.person_id)
    assert world.actor(person_id).offices == {office}


@pytest.mark.parametrize("office", HUB_OFFICES)
def test_manager_gives_no_office_in_another_hub(world: World, office: Office) -> None:
    manager = world.acting("moe", Office.MANAGER)
    person_id = add_person(world.ledger, manager, "Ann", "ann", NOW)
    with pytest.raises(NotAllowedError):
        give_grant(world.ledger, manager, person_id, office, NOW, hub_id=ELSEWHERE)


def test_manager_makes_no_administrator(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    with pytest.raises(NotAllowedError, match="administrator"):
        give_grant(world.ledger, manager, manager.person_id, Office.ADMINISTRATOR, NOW)


def test_manager_gives_no_office_in_all_hubs(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    with pytest.raises(NotAllowedError):
        give_grant(world.ledger, manager, manager.person_id, Office.TRAINING_LEAD, NOW)


@pytest.mark.parametrize("office", NOT_OVER_PEOPLE)
def test_nobody_else_gives_offices(world: World, office: Office) -> None:
    actor = world.acting("someone", office)
    with pytest.raises(NotAllowedError):
        give_grant(world.ledger, actor, actor.person_id, Office.MANAGER, NOW, hub_id=HERE)


def test_administrator_gives_all_offices(world: World) -> None:
    admin = world.acting("admin", Office.ADMINISTRATOR)
    other = world.person("bea")
    assert give_grant(world.ledger, admin, other, Office.ADMINISTRATOR, NOW).scope == Scope.ALL
    assert give_grant(world.ledger, admin, other, Office.TRAINING_LEAD, NOW).scope == Scope.ALL
    assert give_grant(world.ledger, admin, other, Office.MANAGER, NOW, hub_id=ELSEWHERE).scope == Scope.HUB
    assert give_grant(world.ledger, admin, other, Office.TRAINER, NOW, hub_id=HERE).scope == Scope.ASSIGNED


def test_manager_cannot_draw_a_person_of_another_hub_into_theirs(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    person_id = world.trainee("ann", world.elsewhere_id)
    with pytest.raises(OtherHubError):
        give_grant(world.ledger, manager, person_id, Office.TRAINEE, NOW, hub_id=HERE)


def test_manager_cannot_take_a_new_person_whom_somebody_else_added(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    other = world.acting("una", Office.MANAGER, hub_id=ELSEWHERE)
    person_id = add_person(world.ledger, other, "Ann", "ann", NOW)
    with pytest.raises(OtherHubError):
        give_grant(world.ledger, manager, person_id, Office.TRAINER, NOW, hub_id=HERE)


def test_the_same_office_twice_is_one_grant(world: World) -> None:
    person_id = world.person("ann")
    first = give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE)
    again = give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, world.later(hours=1), hub_id=HERE)
    assert again == first
    assert len(world.ledger.list_facts(Grant, person_id)) == 1


def test_two_who_give_one_office_at_once_make_one_grant(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id = world.person("ann")
    first = give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE)
    real = world.ledger.list_facts
    monkeypatch.setattr(world.ledger, "list_facts", lambda kind, *a, **k: [] if kind is Grant else real(kind, *a, **k))
    assert (
        give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, world.later(hours=1), hub_id=HERE) == first
    )
    monkeypatch.undo()
    assert len(world.ledger.list_facts(Grant, person_id)) == 1


def test_an_ended_office_can_be_given_again(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER)
    end_grant(world.ledger, OPERATOR_ACTOR, world.grant_of(person_id, Office.TRAINER).fact_id, NOW)
    assert held_grants(world.ledger, person_id, NOW) == ()
    give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE)
    assert [grant.office for grant in held_grants(world.ledger, person_id, NOW)] == [Office.TRAINER]


def test_unknown_people_and_hubs_are_named(world: World) -> None:
    with pytest.raises(NotKnownError, match="person `77`"):
        give_grant(world.ledger, OPERATOR_ACTOR, PersonId(77), Office.TRAINER, NOW, hub_id=HERE)
    with pytest.raises(NotKnownError, match="hub `nowhere`"):
        give_grant(world.ledger, OPERATOR_ACTOR, world.person("ann"), Office.TRAINER, NOW, hub_id=HubId("nowhere"))
    with pytest.raises(NotKnownError, match="grant"):
        end_grant(world.ledger, OPERATOR_ACTOR, new_fact_id(), NOW)


# ---------------------------------------------------------------- shape


def test_countersigner_needs_one_record_and_a_last_day(world: World) -> None:
    outside, trainee = world.person("vera"), world.trainee("ann")
    for kept in (
        {},
        {"record_id": trainee},
        {"until_on": TODAY},
        {"record_id": trainee, "until_on": TODAY, "hub_id": HERE},
    ):
        with pytest.raises(GrantShapeError, match="one trainee until a day"):
            give_grant(world.ledger, OPERATOR_ACTOR, outside, Office.COUNTERSIGNER, NOW, **kept)


def test_manager_opens_one_record_to_a_countersigner_until_a_day(world: World) -> None:
    manager, trainee = world.acting("moe", Office.MANAGER), world.trainee("ann")
    outside = add_person(world.ledger, manager, "Vera", "vera", NOW)
    until = TODAY + timedelta(days=14)
    give_grant(world.ledger, manager, outside, Office.COUNTERSIGNER, NOW, record_id=trainee, until_on=until)

    def may(at_day: int) -> bool:
        world.now = NOW + timedelta(days=at_day)
        subject = world.ledger.subject(trainee)
        return may_on_person(world.actor(outside), Right.COUNTERSIGN, Record.SIGN_OFF, subject)

    assert [may(0), may(14), may(15)] == [True, True, False]


def test_manager_opens_no_record_of_another_hub(world: World) -> None:
    manager, trainee = world.acting("moe", Office.MANAGER), world.trainee("ann", world.elsewhere_id)
    outside = add_person(world.ledger, manager, "Vera", "vera", NOW)
    with pytest.raises(NotAllowedError):
        give_grant(world.ledger, manager, outside, Office.COUNTERSIGNER, NOW, record_id=trainee, until_on=TODAY)


def test_nobody_countersigns_their_own_record(world: World) -> None:
    trainee = world.trainee("ann")
    with pytest.raises(GrantShapeError, match="own record"):
        give_grant(world.ledger, OPERATOR_ACTOR, trainee, Office.COUNTERSIGNER, NOW, record_id=trainee, until_on=TODAY)


def test_other_offices_are_not_for_one_record(world: World) -> None:
    trainee = world.trainee("ann")
    with pytest.raises(GrantShapeError, match="record of one trainee"):
        give_grant(
            world.ledger, OPERATOR_ACTOR, world.person("bea"), Office.TRAINER, NOW, hub_id=HERE, record_id=trainee
        )


def test_administrator_is_for_all_hubs_and_has_no_last_day(world: World) -> None:
    person_id = world.person("ann")
    for kept in ({"hub_id": HERE}, {"until_on": TODAY}):
        with pytest.raises(GrantShapeError, match="all hubs"):
            give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.ADMINISTRATOR, NOW, **kept)


def test_trainee_is_an_office_of_one_hub(world: World) -> None:
    with pytest.raises(GrantShapeError, match="choose the hub"):
        give_grant(world.ledger, OPERATOR_ACTOR, world.person("ann"), Office.TRAINEE, NOW)


def test_office_lasts_to_the_end_of_its_last_day(world: World) -> None:
    person_id = world.person("ann")
    give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE, until_on=TODAY)
    assert held_grants(world.ledger, person_id, NOW.replace(hour=23, minute=59))
    assert not held_grants(world.ledger, person_id, NOW + timedelta(days=1))


def test_last_day_cannot_have_passed(world: World) -> None:
    with pytest.raises(DatesError, match="2026-11-22, has passed"):
        give_grant(
            world.ledger,
            OPERATOR_ACTOR,
            world.person("ann"),
            Office.TRAINER,
            NOW,
            hub_id=HERE,
            until_on=TODAY - timedelta(days=1),
        )


# ---------------------------------------------------------------- funder


@pytest.mark.parametrize("office", [o for o in HUB_OFFICES if has_individual_access(o)])
def test_funder_holds_no_office_that_shows_people(world: World, office: Office) -> None:
    funder, other = world.person("fay", Office.FUNDER), world.person("ann", office)
    with pytest.raises(FunderConflictError, match="sums only"):
        give_grant(world.ledger, OPERATOR_ACTOR, funder, office, NOW, hub_id=HERE)
    with pytest.raises(FunderConflictError, match=office.replace("_", " ")):
        give_grant(world.ledger, OPERATOR_ACTOR, other, Office.FUNDER, NOW, hub_id=ELSEWHERE)


def test_funder_is_no_administrator_and_no_countersigner(world: World) -> None:
    funder, trainee = world.person("fay", Office.FUNDER), world.trainee("ann")
    with pytest.raises(FunderConflictError):
        give_grant(world.ledger, OPERATOR_ACTOR, funder, Office.ADMINISTRATOR, NOW)
    with pytest.raises(FunderConflictError):
        give_grant(world.ledger, OPERATOR_ACTOR, funder, Office.COUNTERSIGNER, NOW, record_id=trainee, until_on=TODAY)


def test_funder_after_the_other_office_has_ended(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER)
    end_grant(world.ledger, OPERATOR_ACTOR, world.grant_of(person_id, Office.TRAINER).fact_id, NOW)
    assert give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.FUNDER, NOW, hub_id=HERE).office == Office.FUNDER


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(HUB_OFFICES), max_size=8))
def test_no_order_of_grants_joins_funder_with_sight_of_people(offices: list[Office]) -> None:
    world = make_world()
    person_id = world.person("ann")
    for office in offices:
        try:
            give_grant(world.ledger, OPERATOR_ACTOR, person_id, office, NOW, hub_id=HERE)
        except FunderConflictError:
            continue
    held = world.actor(person_id).offices
    assert Office.FUNDER not in held or not any(has_individual_access(office) for office in held)


# ---------------------------------------------------------------- ending


def test_ended_office_gives_nothing_from_then_on(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER, Office.COORDINATOR)
    end = end_grant(
        world.ledger, OPERATOR_ACTOR, world.grant_of(person_id, Office.TRAINER).fact_id, NOW, EndReason.LEFT
    )
    assert (end.change, end.person_id, end.reason) == (Change.ENDED, person_id, EndReason.LEFT)
    assert world.actor(person_id).offices == {Office.COORDINATOR}


def test_ending_twice_is_harmless(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER)
    grant_id = world.grant_of(person_id, Office.TRAINER).fact_id
    first = end_grant(world.ledger, OPERATOR_ACTOR, grant_id, NOW, EndReason.LEFT)
    assert end_grant(world.ledger, OPERATOR_ACTOR, grant_id, world.later(days=1), EndReason.OTHER) == first
    assert len(world.ledger.list_facts(Amendment, person_id)) == 1


def test_manager_ends_offices_of_their_hub_only(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    here, there = world.person("ann", Office.TRAINER), world.person("bea", Office.TRAINER, hub_id=ELSEWHERE)
    admin = world.person("cyd", Office.ADMINISTRATOR)
    end_grant(world.ledger, manager, world.grant_of(here, Office.TRAINER).fact_id, NOW)
    for person_id, office in ((there, Office.TRAINER), (admin, Office.ADMINISTRATOR)):
        with pytest.raises(NotAllowedError):
            end_grant(world.ledger, manager, world.grant_of(person_id, office).fact_id, NOW)
    assert world.actor(there).offices == {Office.TRAINER}


@pytest.mark.parametrize("office", NOT_OVER_PEOPLE)
def test_nobody_else_ends_offices(world: World, office: Office) -> None:
    actor, other = world.acting("someone", office), world.person("ann", Office.MANAGER)
    with pytest.raises(NotAllowedError):
        end_grant(world.ledger, actor, world.grant_of(other, Office.MANAGER).fact_id, NOW)


def test_the_last_administrator_cannot_be_ended(world: World) -> None:
    admin = world.acting("admin", Office.ADMINISTRATOR)
    world.give_password(admin.person_id)
    grant_id = world.grant_of(admin.person_id, Office.ADMINISTRATOR).fact_id
    for actor in (admin, OPERATOR_ACTOR):
        with pytest.raises(LastAdministratorError):
            end_grant(world.ledger, actor, grant_id, NOW)
    assert world.actor(admin.person_id).offices == {Office.ADMINISTRATOR}


def test_an_administrator_who_cannot_sign_in_does_not_count(world: World) -> None:
    admin, second = world.acting("admin", Office.ADMINISTRATOR), world.person("bea", Office.ADMINISTRATOR)
    world.give_password(admin.person_id)
    grant_id = world.grant_of(admin.person_id, Office.ADMINISTRATOR).fact_id
    with pytest.raises(LastAdministratorError):
        end_grant(world.ledger, admin, grant_id, NOW)
    world.give_password(second)
    end_grant(world.ledger, admin, grant_id, NOW)
    assert world.actor(admin.person_id).grants == ()


def test_who_loses_the_last_office_is_signed_out(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER, Office.COORDINATOR)
    world.give_password(person_id)
    token = sign_in(world.ledger, "ann", PASSWORD, "", NOW, limiter=world.limiter).token
    end_grant(world.ledger, OPERATOR_ACTOR, world.grant_of(person_id, Office.TRAINER).fact_id, NOW)
    actor = find_actor(world.ledger, token, NOW)
    assert actor is not None
    assert actor.offices == {Office.COORDINATOR}
    end_grant(world.ledger, OPERATOR_ACTOR, world.grant_of(person_id, Office.COORDINATOR).fact_id, NOW)
    assert find_actor(world.ledger, token, NOW) is None
    assert all(session.revoked_at == NOW for session in world.ledger.sessions.values())


def _two_hubs(world: World) -> tuple[PersonId, PersonId, Grant]:
    """Return a trainer of two hubs, their trainee here, and their grant here."""
    trainer = world.person("tom", Office.TRAINER)
    give_grant(world.ledger, OPERATOR_ACTOR, trainer, Office.TRAINER, NOW, hub_id=ELSEWHERE)
    here, there = world.trainee("ann"), world.trainee("bea", world.elsewhere_id)
    for trainee_id in (here, there):
        assign_trainer(world.ledger, OPERATOR_ACTOR, trainee_id, trainer, NOW)
    return trainer, here, next(g for g in world.ledger.list_facts(Grant, trainer) if g.hub_id == HERE)


def test_nobody_stops_being_a_trainer_while_a_trainee_waits(world: World) -> None:
    _, here, grant = _two_hubs(world)
    before = len(world.ledger.facts)
    with pytest.raises(OpenWorkError, match=r"Tom cannot stop being a trainer yet.*1 trainee \(Ann\)"):
        end_grant(world.ledger, OPERATOR_ACTOR, grant.fact_id, NOW)
    assert len(world.ledger.facts) == before
    open_work = list_open_work(world.ledger, OPERATOR_ACTOR, grant.fact_id, NOW)
    assert [(work.kind, work.person_id) for work in open_work] == [(WorkKind.TRAINEE, here)]


def test_who_has_handed_over_here_stops_here_alone(world: World) -> None:
    trainer, here, grant = _two_hubs(world)
    end_assignment(world.ledger, OPERATOR_ACTOR, list_assignments(world.ledger, here)[0].fact_id, NOW)
    end_grant(world.ledger, OPERATOR_ACTOR, grant.fact_id, NOW)
    assert [(one.office, one.hub_id) for one in world.actor(trainer).grants] == [(Office.TRAINER, ELSEWHERE)]
    assert len(world.ledger.open_work(trainer)) == 1


def test_a_second_grant_that_reaches_the_same_people_leaves_nothing_behind(world: World) -> None:
    trainer, _, grant = _two_hubs(world)
    give_grant(world.ledger, OPERATOR_ACTOR, trainer, Office.TRAINER, NOW)
    assert list_open_work(world.ledger, OPERATOR_ACTOR, grant.fact_id, NOW) == []
    end_grant(world.ledger, OPERATOR_ACTOR, grant.fact_id, NOW)


def test_an_office_that_trains_nobody_leaves_nothing_behind(world: World) -> None:
    trainer, _, _ = _two_hubs(world)
    other = give_grant(world.ledger, OPERATOR_ACTOR, trainer, Office.COORDINATOR, NOW, hub_id=HERE)
    assert list_open_work(world.ledger, OPERATOR_ACTOR, other.fact_id, NOW) == []
    end_grant(world.ledger, OPERATOR_ACTOR, other.fact_id, NOW)


@pytest.mark.parametrize("office", NOT_OVER_PEOPLE)
def test_what_waits_for_a_trainer_is_for_who_may_end_the_office(world: World, office: Office) -> None:
    _, _, grant = _two_hubs(world)
    with pytest.raises(NotAllowedError):
        list_open_work(world.ledger, world.acting("someone", office), grant.fact_id, NOW)
