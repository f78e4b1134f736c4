"""Erasure on the small ledger: what is planned, what ends, and that nobody comes back by a side door."""

import pytest

from people.commands import run_command
from people.errors import LastAdministratorError, NotAllowedError, NotKnownError
from people.facts import Amendment, Change, ClockChange, EndReason, Pause, PersonErased
from people.models import Office
from people.service import (
    assign_trainer,
    change_clock,
    erase_person,
    find_actor,
    give_grant,
    held_grants,
    plan_erasure,
    rename_person,
    repeat_erasure,
    start_session,
)
from tests.people.building import ALONGSIDE, HERE, NOW, OPERATOR_ACTOR, World


def test_the_plan_says_all_that_goes_and_ends_and_changes_nothing(world: World) -> None:
    ann, tom = world.trainee("ann"), world.person("tom", Office.TRAINER)
    assign_trainer(world.ledger, OPERATOR_ACTOR, ann, tom, NOW)
    start_session(world.ledger, ann, NOW)
    before = len(world.ledger.facts)
    plan = plan_erasure(world.ledger, OPERATOR_ACTOR, ann, NOW)
    assert (plan.name, plan.login, plan.rows.n_names, plan.rows.n_sessions) == ("Ann", "ann", 1, 1)
    assert [grant.office for grant in plan.grants] == [Office.TRAINEE]
    assert [one.trainer_id for one in plan.assignments] == [tom]
    assert plan.programme_ids == (ALONGSIDE,)
    assert [one.person_id for one in plan_erasure(world.ledger, OPERATOR_ACTOR, tom, NOW).assignments] == [ann]
    assert len(world.ledger.facts) == before


def test_who_is_erased_has_left_everywhere(world: World) -> None:
    ann = world.trainee("ann")
    token = start_session(world.ledger, ann, NOW).token
    erase_person(world.ledger, OPERATOR_ACTOR, ann, NOW)
    assert world.ledger.name_of(ann) == f"Person {ann}"
    assert held_grants(world.ledger, ann, NOW) == ()
    assert find_actor(world.ledger, token, NOW) is None
    assert [one.change for one in world.ledger.list_facts(Pause, ann)] == [ClockChange.WITHDRAWN]
    assert {one.reason for one in world.ledger.list_facts(Amendment, ann, change=Change.ENDED)} == {EndReason.LEFT}


def test_who_had_left_a_programme_leaves_it_no_second_time(world: World) -> None:
    ann = world.trainee("ann")
    left = {"change": ClockChange.WITHDRAWN, "reason": "no_time", "now": NOW}
    change_clock(world.ledger, OPERATOR_ACTOR, ann, ALONGSIDE, **left)
    erase_person(world.ledger, OPERATOR_ACTOR, ann, NOW)
    assert len(world.ledger.list_facts(Pause, ann)) == 1


def test_the_last_administrator_is_not_erased(world: World) -> None:
    admin = world.person("admin", Office.ADMINISTRATOR)
    world.give_password(admin)
    with pytest.raises(LastAdministratorError):
        erase_person(world.ledger, OPERATOR_ACTOR, admin, NOW)
    second = world.person("second", Office.ADMINISTRATOR)
    world.give_password(second)
    erase_person(world.ledger, OPERATOR_ACTOR, admin, NOW)
    repeat_erasure(world.ledger, second, NOW)  # restoring an older backup asks no such question
    assert world.ledger.account_of(second) is None


def test_only_the_operator_erases_and_only_who_is_known(world: World) -> None:
    ann = world.trainee("ann")
    for office in (Office.MANAGER, Office.ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            erase_person(world.ledger, world.acting(f"{office}", office), ann, NOW)
    with pytest.raises(NotAllowedError):
        plan_erasure(world.ledger, world.actor(ann), ann, NOW)
    with pytest.raises(NotKnownError):
        erase_person(world.ledger, OPERATOR_ACTOR, ann + 100, NOW)


def test_nothing_can_be_given_to_who_was_erased(world: World) -> None:
    ann, tom = world.trainee("ann"), world.person("tom", Office.TRAINER)
    erase_person(world.ledger, OPERATOR_ACTOR, ann, NOW)
    for act in (
        lambda: give_grant(world.ledger, OPERATOR_ACTOR, ann, Office.TRAINER, NOW, hub_id=HERE),
        lambda: rename_person(world.ledger, OPERATOR_ACTOR, ann, name="Ann", login="ann", now=NOW),
        lambda: world.enrol(ann),
        lambda: assign_trainer(world.ledger, OPERATOR_ACTOR, ann, tom, NOW),
    ):
        with pytest.raises(NotKnownError):
            act()
    assert world.ledger.name_of(ann) == f"Person {ann}"


def test_somebody_whom_an_older_backup_does_not_know_is_only_noted(world: World) -> None:
    repeat_erasure(world.ledger, 77, NOW)
    assert [fact.person_id for fact in world.ledger.list_facts(PersonErased)] == [77]


def test_the_command_says_what_it_did_and_names_nobody_afterwards(world: World) -> None:
    ann = world.trainee("ann")
    told = run_command(world.ledger, OPERATOR_ACTOR, "erase", {"person": "ann", "dry_run": "yes"}, NOW)
    assert (told["erased"], told["name"], told["names"]) == (0, "Ann", 1)
    told = run_command(world.ledger, OPERATOR_ACTOR, "erase", {"person": "ann"}, NOW)
    assert (told["person"], told["erased"], told["names"], told["programmes"]) == (ann, 1, 1, [ALONGSIDE])
    assert "name" not in told
