"""Somebody from outside: one record, until a day, and nothing else."""

from datetime import timedelta

import pytest

from people.errors import (
    DatesError,
    GrantShapeError,
    LoginTakenError,
    NotAllowedError,
    NotExternalError,
    NotKnownError,
    TextRefusedError,
)
from people.facts import Amendment, Grant, PersonAdded, TokenIssued
from people.models import HeldGrant, Office, PersonId
from people.rights import Record, Right, may_on_person
from people.service import (
    Invited,
    end_countersigner,
    find_actor,
    get_invitee,
    give_grant,
    held_grants,
    invite_countersigner,
    list_countersigners,
    list_known_countersigners,
    set_password,
    sign_in,
    start_session,
)
from tests.people.building import ELSEWHERE, HERE, NOW, OPERATOR_ACTOR, PASSWORD, TODAY, World

UNTIL = TODAY + timedelta(days=14)


def _invite(world: World, trainee: PersonId, **changes: object) -> Invited:
    lead = world.ledger.find_account("lead")
    actor = world.actor(lead.person_id) if lead else world.acting("lead", Office.TRAINING_LEAD)
    given = {"until_on": UNTIL, "now": world.now, "name": "Dr Reed", "login": "reed"} | changes
    return invite_countersigner(world.ledger, actor, trainee, **given)  # type: ignore[arg-type]


def test_a_training_lead_invites_somebody_new_with_a_slip_that_works(world: World) -> None:
    ann = world.trainee("ann")
    invited = _invite(world, ann)
    assert invited.code is not None
    assert get_invitee(world.ledger, invited.code.code, NOW).name == "Dr Reed"
    set_password(world.ledger, invited.code.code, PASSWORD, NOW)
    token = sign_in(world.ledger, "reed", PASSWORD, "", NOW, limiter=world.limiter).token
    actor = find_actor(world.ledger, token, NOW)
    assert actor is not None
    assert actor.grants == (HeldGrant(Office.COUNTERSIGNER, None, ann, UNTIL),)


def test_it_is_one_record_and_no_other(world: World) -> None:
    ann, bea = world.trainee("ann"), world.trainee("bea")
    outsider = world.actor(_invite(world, ann).person_id)
    of_ann, of_bea = world.ledger.subject(ann), world.ledger.subject(bea)
    assert may_on_person(outsider, Right.COUNTERSIGN, Record.SIGN_OFF, of_ann)
    assert not [
        (right, record)
        for right in Right
        for record in set(Record) - {Record.PROGRAMME}
        if may_on_person(outsider, right, record, of_bea)
    ]
    allowed = {record for record in Record if may_on_person(outsider, Right.SEE, record, of_ann)}
    assert allowed == {Record.READINESS, Record.OBSERVATION, Record.SIGN_OFF, Record.PROGRAMME}


def test_it_ends_with_its_last_day_also_in_an_open_session(world: World) -> None:
    invited = _invite(world, world.trainee("ann"))
    token = start_session(world.ledger, invited.person_id, NOW).token
    world.ledger.today = UNTIL
    last_day, day_after = NOW + timedelta(days=14), NOW + timedelta(days=15)
    assert held_grants(world.ledger, invited.person_id, last_day)
    assert held_grants(world.ledger, invited.person_id, day_after) == ()
    fresh = start_session(world.ledger, invited.person_id, last_day).token
    assert find_actor(world.ledger, fresh, last_day) is not None
    assert find_actor(world.ledger, fresh, last_day + timedelta(hours=15)) is None
    assert find_actor(world.ledger, token, day_after) is None


def test_it_can_be_ended_early_and_the_session_with_it(world: World) -> None:
    ann = world.trainee("ann")
    invited = _invite(world, ann)
    token = start_session(world.ledger, invited.person_id, NOW).token
    lead = world.actor(world.ledger.find_account("lead").person_id)
    assert [grant.person_id for grant in list_countersigners(world.ledger, lead, ann, NOW)] == [invited.person_id]
    first = end_countersigner(world.ledger, lead, invited.grant.fact_id, NOW)
    assert end_countersigner(world.ledger, lead, invited.grant.fact_id, NOW) == first
    assert list_countersigners(world.ledger, lead, ann, NOW) == []
    assert find_actor(world.ledger, token, NOW) is None
    assert len(world.ledger.list_facts(Amendment, invited.person_id)) == 1


def test_only_an_invitation_is_ended_here(world: World) -> None:
    manager = world.acting("manager", Office.MANAGER)
    with pytest.raises(NotKnownError):
        end_countersigner(world.ledger, manager, world.grant_of(manager.person_id, Office.MANAGER).fact_id, NOW)


def test_somebody_known_is_invited_for_a_second_record_without_a_second_account(world: World) -> None:
    ann, bea = world.trainee("ann"), world.trainee("bea")
    first = _invite(world, ann)
    lead = world.actor(world.ledger.find_account("lead").person_id)
    assert list_known_countersigners(world.ledger, lead, bea, NOW) == [first.person_id]
    second = _invite(world, bea, person_id=first.person_id)
    assert second.person_id == first.person_id
    assert second.code is not None  # no password yet: a new slip, which ends the older one
    assert len(world.ledger.list_facts(TokenIssued, first.person_id)) == 2
    set_password(world.ledger, second.code.code, PASSWORD, NOW)
    third = _invite(world, bea, person_id=first.person_id, until_on=UNTIL + timedelta(days=1))
    assert third.code is None
    assert {grant.record_id for grant in held_grants(world.ledger, first.person_id, NOW)} == {ann, bea}


def test_the_same_invitation_twice_is_one(world: World) -> None:
    ann = world.trainee("ann")
    first = _invite(world, ann)
    _invite(world, ann, person_id=first.person_id)
    assert len(world.ledger.list_facts(Grant, first.person_id)) == 1


def test_nobody_of_the_hub_confirms_as_if_from_outside(world: World) -> None:
    ann, tom = world.trainee("ann"), world.person("tom", Office.TRAINER)
    far = world.person("far", Office.TRAINING_LEAD, hub_id=ELSEWHERE)
    for person_id in (tom, far, world.person("nobody")):
        with pytest.raises(NotExternalError):
            _invite(world, ann, person_id=person_id)
    with pytest.raises(GrantShapeError):
        _invite(world, ann, person_id=ann)


def test_nobody_opens_their_own_record(world: World) -> None:
    ann = world.trainee("ann")
    world.person("lead", Office.TRAINING_LEAD)
    give_grant(world.ledger, OPERATOR_ACTOR, ann, Office.TRAINING_LEAD, NOW, hub_id=HERE)
    given = {"until_on": UNTIL, "now": NOW, "name": "Dr Reed", "login": "reed"}
    with pytest.raises(GrantShapeError, match="own record"):
        invite_countersigner(world.ledger, world.actor(ann), ann, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [-1, 91])
def test_the_last_day_lies_ahead_and_not_too_far(world: World, days: int) -> None:
    with pytest.raises(DatesError):
        _invite(world, world.trainee("ann"), until_on=TODAY + timedelta(days=days))


def test_a_name_that_cannot_be_kept_leaves_nobody_behind(world: World) -> None:
    ann = world.trainee("ann")
    world.person("lead", Office.TRAINING_LEAD)
    before = len(world.ledger.list_facts(PersonAdded))
    for changes, error in (({"name": ""}, TextRefusedError), ({"login": "x"}, TextRefusedError)):
        with pytest.raises(error):
            _invite(world, ann, **changes)
    with pytest.raises(LoginTakenError):
        _invite(world, ann, login="ann")
    assert len(world.ledger.list_facts(PersonAdded)) == before


@pytest.mark.parametrize("office", [Office.TRAINER, Office.COORDINATOR, Office.SAFEGUARDING_LEAD, Office.FUNDER])
def test_other_offices_do_not_invite(world: World, office: Office) -> None:
    ann = world.trainee("ann")
    given = {"until_on": UNTIL, "now": NOW, "name": "Dr Reed", "login": "reed"}
    with pytest.raises(NotAllowedError):
        invite_countersigner(world.ledger, world.acting("other", office), ann, **given)  # type: ignore[arg-type]
