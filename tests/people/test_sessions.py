"""Signing in and out, and what a session is worth."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.codes import hash_session_token
from people.errors import SignInRefusedError, TooManyTriesError
from people.limits import Limit, RateLimiter
from people.models import Office, PersonId
from people.service import (
    end_grant,
    find_actor,
    give_grant,
    sign_in,
    sign_out,
    sign_out_everywhere,
    start_session,
)
from tests.people.building import HERE, NOW, OPERATOR_ACTOR, PASSWORD, TODAY, World, make_world

HALL = "203.0.113.7"


@pytest.fixture
def ann(world: World) -> PersonId:
    """A trainee with a password."""
    person_id = world.trainee("ann")
    world.give_password(person_id)
    return person_id


def _enter(world: World, login: str = "ann", password: str = PASSWORD) -> str:
    return sign_in(world.ledger, login, password, HALL, world.now, limiter=world.limiter).token


def test_signing_in_gives_an_actor_with_the_grants_in_force(world: World, ann: PersonId) -> None:
    actor = find_actor(world.ledger, _enter(world), NOW)
    assert actor is not None
    assert (actor.person_id, actor.name, actor.offices, actor.is_operator) == (ann, "Ann", {Office.TRAINEE}, False)


@pytest.mark.usefixtures("ann")
def test_every_sign_in_has_a_new_token_and_only_its_hash_is_kept(world: World) -> None:
    tokens = {_enter(world), _enter(world)}
    assert len(tokens) == 2
    assert set(world.ledger.sessions) == {hash_session_token(token) for token in tokens}
    assert not any(token in repr(world.ledger.sessions) for token in tokens)


@pytest.mark.usefixtures("ann")
def test_sign_in_name_may_be_typed_with_capitals_and_spaces(world: World) -> None:
    assert _enter(world, " Ann ")


def _refusal(world: World, login: str, password: str = PASSWORD) -> str:
    with pytest.raises(SignInRefusedError) as caught:
        _enter(world, login, password)
    return str(caught.value)


def test_all_refusals_read_the_same(world: World, ann: PersonId) -> None:
    world.trainee("bea")
    without_office = world.person("cyd", Office.TRAINER)
    world.give_password(without_office)
    end_grant(world.ledger, OPERATOR_ACTOR, world.grant_of(without_office, Office.TRAINER).fact_id, NOW)
    texts = {
        _refusal(world, "nobody"),
        _refusal(world, "ann", "wrong password"),
        _refusal(world, "ann", ""),
        _refusal(world, "bea"),
        _refusal(world, "cyd"),
        _refusal(world, ""),
        _refusal(world, "ann", "x" * 100_000),
    }
    del world.ledger.private[ann]
    texts.add(_refusal(world, "ann"))
    assert len(texts) == 1
    assert world.ledger.sessions == {}


def test_an_expired_office_does_not_sign_in(world: World) -> None:
    person_id = world.person("ann")
    give_grant(world.ledger, OPERATOR_ACTOR, person_id, Office.TRAINER, NOW, hub_id=HERE, until_on=TODAY)
    world.give_password(person_id)
    token = _enter(world)
    world.later(hours=11)
    assert find_actor(world.ledger, token, world.now) is not None
    world.now = NOW.replace(hour=23, minute=59)
    token = _enter(world)
    world.later(minutes=1)
    assert find_actor(world.ledger, token, world.now) is None
    _refusal(world, "ann")


@pytest.mark.usefixtures("ann")
def test_tries_are_limited_and_the_right_password_does_not_help_then(world: World) -> None:
    for _ in range(10):
        _refusal(world, "ann", "wrong password")
    with pytest.raises(TooManyTriesError):
        _enter(world)
    world.later(minutes=15)
    assert _enter(world)


def test_unknown_names_are_limited_alike(world: World) -> None:
    for _ in range(10):
        _refusal(world, "nobody", "wrong password")
    with pytest.raises(TooManyTriesError):
        _enter(world, "Nobody ", "wrong password")


@pytest.mark.usefixtures("ann")
def test_a_cohort_in_one_hall_can_sign_in(world: World) -> None:
    world.limiter = RateLimiter(per_address=Limit(3, timedelta(minutes=15)))
    assert all(_enter(world) for _ in range(20))


@pytest.mark.usefixtures("ann")
def test_session_ends_after_12_hours_without_use(world: World) -> None:
    token = _enter(world)
    assert find_actor(world.ledger, token, NOW + timedelta(hours=11, minutes=59)) is not None
    assert find_actor(world.ledger, token, NOW + timedelta(hours=23, minutes=58)) is not None
    assert find_actor(world.ledger, token, NOW + timedelta(hours=35, minutes=58)) is None


@pytest.mark.usefixtures("ann")
def test_session_ends_after_14_days_even_in_use(world: World) -> None:
    token = _enter(world)
    for hours in range(0, 14 * 24, 6):
        assert find_actor(world.ledger, token, NOW + timedelta(hours=hours)) is not None
    assert find_actor(world.ledger, token, NOW + timedelta(days=14)) is None


@pytest.mark.usefixtures("ann")
def test_use_is_noted_at_most_once_a_minute(world: World) -> None:
    token = _enter(world)
    for seconds in range(0, 180, 5):
        find_actor(world.ledger, token, NOW + timedelta(seconds=seconds))
    assert world.ledger.touched == [NOW + timedelta(seconds=60), NOW + timedelta(seconds=120)]


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_forged_tokens_are_nobody(world: World, ann: PersonId, token: str) -> None:
    _enter(world)
    assert find_actor(world.ledger, token, NOW) is None


@pytest.mark.usefixtures("ann")
def test_the_kept_hash_is_no_token(world: World) -> None:
    assert find_actor(world.ledger, hash_session_token(_enter(world)), NOW) is None


@pytest.mark.usefixtures("ann")
def test_signing_out_ends_this_session_only(world: World) -> None:
    here, there = _enter(world), _enter(world)
    sign_out(world.ledger, here, NOW)
    sign_out(world.ledger, "unknown", NOW)
    assert find_actor(world.ledger, here, NOW) is None
    assert find_actor(world.ledger, there, NOW) is not None


def test_signing_out_everywhere_ends_ones_own_sessions(world: World, ann: PersonId) -> None:
    bea = world.trainee("bea")
    world.give_password(bea)
    tokens, other = [_enter(world), _enter(world)], _enter(world, "bea")
    assert sign_out_everywhere(world.ledger, world.actor(ann), NOW) == 2
    assert [find_actor(world.ledger, token, NOW) for token in tokens] == [None, None]
    assert find_actor(world.ledger, other, NOW) is not None


def test_an_erased_person_is_nobody_at_once(world: World, ann: PersonId) -> None:
    token = _enter(world)
    del world.ledger.private[ann]
    assert find_actor(world.ledger, token, NOW) is None


def test_a_new_office_is_seen_on_the_next_run(world: World, ann: PersonId) -> None:
    token = _enter(world)
    give_grant(world.ledger, OPERATOR_ACTOR, ann, Office.COORDINATOR, NOW, hub_id=HERE)
    actor = find_actor(world.ledger, token, NOW)
    assert actor is not None
    assert actor.offices == {Office.TRAINEE, Office.COORDINATOR}


def test_a_session_can_be_started_for_who_was_proved_elsewhere(world: World, ann: PersonId) -> None:
    actor = find_actor(world.ledger, start_session(world.ledger, ann, NOW).token, NOW)
    assert actor is not None
    assert actor.person_id == ann


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 20 * 60), min_size=1, max_size=40))
def test_a_session_lives_while_used_and_never_comes_back(minutes: list[int]) -> None:
    world = make_world()
    token = start_session(world.ledger, world.trainee("ann"), NOW).token
    now, was_open = NOW, True
    for gap in minutes:
        now += timedelta(minutes=gap)
        is_open = find_actor(world.ledger, token, now) is not None
        expected = was_open and gap < 12 * 60 and now - NOW < timedelta(days=14)
        assert is_open == expected
        was_open = is_open
