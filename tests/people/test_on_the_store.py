"""The same services on a real store: one hub's first day, and what the ports promise."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from people.errors import CodeRefusedError, LoginTakenError, SignInRefusedError
from people.facts import ClockChange, ClockReason, ContactKind, PasswordSet, TokenPurpose
from people.limits import RateLimiter
from people.models import Office, PersonId
from people.service import (
    add_person,
    assign_trainer,
    change_clock,
    create_first_administrator,
    end_assignment,
    end_grant,
    enrol,
    find_actor,
    give_grant,
    has_administrator,
    has_seen_notice,
    issue_token,
    list_contacts,
    open_cohort,
    open_hub,
    record_operator_act,
    see_notice,
    set_contact,
    set_password,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from people.service.reach import hubs_of, list_assignments, list_grants
from store.ledger import Store
from tests.people.building import ALONGSIDE, HERE, LEADER, NOW, OPERATOR_ACTOR, PASSWORD, TODAY


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    store = Store.memory(clock=lambda: NOW)
    yield store
    store.close()


def _enter(store: Store, login: str) -> str:
    return sign_in(store, login, PASSWORD, "", NOW, limiter=RateLimiter()).token


def test_a_hub_from_nothing_to_its_first_trainee(store: Store) -> None:
    assert not has_administrator(store, NOW)
    set_password(store, create_first_administrator(store, NOW).code, PASSWORD, NOW)
    assert has_administrator(store, NOW)
    admin = find_actor(store, _enter(store, "admin"), NOW)
    assert admin is not None
    assert (admin.person_id, admin.offices) == (PersonId(1), {Office.ADMINISTRATOR})

    open_hub(store, admin, HERE, "Riverside", NOW)
    manager_id = add_person(store, admin, "Moe", "moe", NOW)
    give_grant(store, admin, manager_id, Office.MANAGER, NOW, hub_id=HERE)
    set_password(store, issue_token(store, admin, manager_id, TokenPurpose.INVITATION, NOW).code, PASSWORD, NOW)
    manager = find_actor(store, _enter(store, "moe"), NOW)
    assert manager is not None

    set_contact(store, manager, HERE, ContactKind.SAFEGUARDING_LEAD, title="Ann Lee", phone="020 7946 0001", now=NOW)
    assert [contact.title for contact in list_contacts(store, HERE)] == ["Ann Lee"]
    cohort = open_cohort(store, manager, HERE, ALONGSIDE, "Autumn", starts_on=TODAY, active_version_no=1, now=NOW)
    trainer_id = add_person(store, manager, "Tom", "tom", NOW)
    give_grant(store, manager, trainer_id, Office.TRAINER, NOW, hub_id=HERE)
    trainee_id = add_person(store, manager, "Sunita", "sunita", NOW)
    for _ in range(2):
        enrol(store, manager, trainee_id, cohort_id=cohort.cohort_id, role_id=LEADER, version_no=1, now=NOW)
        assign_trainer(store, manager, trainee_id, trainer_id, NOW)
    assert [grant.office for grant in list_grants(store, trainee_id, NOW)] == [Office.TRAINEE]
    assert [fact.trainer_id for fact in list_assignments(store, trainee_id)] == [trainer_id]
    assert hubs_of(store, trainee_id, NOW) == hubs_of(store, trainer_id, NOW) == {HERE}
    subject = store.subject(trainee_id)
    assert (subject.hub_ids, subject.trainer_ids) == ({HERE}, {trainer_id})

    code = issue_token(store, manager, trainee_id, TokenPurpose.INVITATION, NOW)
    set_password(store, code.code, PASSWORD, NOW)
    with pytest.raises(CodeRefusedError):
        set_password(store, code.code, PASSWORD, NOW)
    trainee = find_actor(store, _enter(store, "sunita"), NOW)
    assert trainee is not None
    see_notice(store, trainee, NOW)
    see_notice(store, trainee, NOW)
    assert has_seen_notice(store, trainee_id)


def test_an_office_gives_a_hub_of_office_and_not_of_training(store: Store) -> None:
    open_hub(store, OPERATOR_ACTOR, HERE, "Riverside", NOW)
    person_id = add_person(store, OPERATOR_ACTOR, "Tom", "tom", NOW)
    grant = give_grant(store, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE)
    subject = store.subject(person_id)
    assert (subject.hub_ids, subject.office_hub_ids) == (frozenset(), {HERE})
    end_grant(store, OPERATOR_ACTOR, grant.fact_id, NOW)
    assert store.subject(person_id).office_hub_ids == frozenset()


@pytest.fixture
def trainee(store: Store) -> PersonId:
    """A trainee with a password in a hub's first cohort."""
    open_hub(store, OPERATOR_ACTOR, HERE, "Riverside", NOW)
    cohort = open_cohort(
        store, OPERATOR_ACTOR, HERE, ALONGSIDE, "Autumn", starts_on=TODAY, active_version_no=1, now=NOW
    )
    person_id = add_person(store, OPERATOR_ACTOR, "Sunita", "sunita", NOW)
    enrol(store, OPERATOR_ACTOR, person_id, cohort_id=cohort.cohort_id, role_id=LEADER, version_no=1, now=NOW)
    set_password(store, issue_token(store, OPERATOR_ACTOR, person_id, TokenPurpose.INVITATION, NOW).code, PASSWORD, NOW)
    return person_id


def test_a_reset_ends_sessions_and_the_newest_password_holds(store: Store, trainee: PersonId) -> None:
    token = _enter(store, "sunita")
    code = issue_token(store, OPERATOR_ACTOR, trainee, TokenPurpose.RESET, NOW + timedelta(minutes=1))
    assert find_actor(store, token, NOW) is None
    set_password(store, code.code, "seven blue lamps hum", NOW + timedelta(minutes=2))
    assert len(store.list_facts(PasswordSet, trainee)) == 2
    with pytest.raises(SignInRefusedError):
        _enter(store, "sunita")
    assert sign_in(store, "sunita", "seven blue lamps hum", "", NOW, limiter=RateLimiter())


def test_sessions_idle_out_and_are_ended_one_by_one_or_all(store: Store, trainee: PersonId) -> None:
    tokens = [_enter(store, "sunita") for _ in range(3)]
    assert find_actor(store, tokens[0], NOW + timedelta(hours=11)) is not None
    assert find_actor(store, tokens[0], NOW + timedelta(hours=22)) is not None
    assert find_actor(store, tokens[1], NOW + timedelta(hours=12)) is None
    sign_out(store, tokens[0], NOW)
    assert find_actor(store, tokens[0], NOW) is None
    actor = find_actor(store, tokens[2], NOW)
    assert actor is not None
    assert actor.person_id == trainee
    assert sign_out_everywhere(store, actor, NOW) == 2
    assert find_actor(store, tokens[2], NOW) is None


def test_losing_the_last_office_signs_out(store: Store, trainee: PersonId) -> None:
    token = _enter(store, "sunita")
    end_grant(store, OPERATOR_ACTOR, list_grants(store, trainee, NOW)[0].fact_id, NOW)
    assert find_actor(store, token, NOW) is None


def test_pause_and_return_and_an_ended_assignment(store: Store, trainee: PersonId) -> None:
    trainer = add_person(store, OPERATOR_ACTOR, "Tom", "tom", NOW)
    give_grant(store, OPERATOR_ACTOR, trainer, Office.TRAINER, NOW, hub_id=HERE)
    assignment = assign_trainer(store, OPERATOR_ACTOR, trainee, trainer, NOW)
    end = end_assignment(store, OPERATOR_ACTOR, assignment.fact_id, NOW)
    assert end_assignment(store, OPERATOR_ACTOR, assignment.fact_id, NOW) == end
    assert store.subject(trainee).trainer_ids == frozenset()
    for hours, change in enumerate((ClockChange.PAUSED, ClockChange.RESUMED), start=1):
        change_clock(
            store,
            OPERATOR_ACTOR,
            trainee,
            ALONGSIDE,
            change=change,
            reason=ClockReason.OTHER,
            now=NOW + timedelta(hours=hours),
        )


def test_sign_in_names_are_unique_and_operator_acts_are_kept(store: Store) -> None:
    add_person(store, OPERATOR_ACTOR, "Ann", "ann", NOW)
    with pytest.raises(LoginTakenError):
        add_person(store, OPERATOR_ACTOR, "Ann", "ann", NOW)
    assert record_operator_act(store, OPERATOR_ACTOR, "people add", NOW).system_user == "root"
