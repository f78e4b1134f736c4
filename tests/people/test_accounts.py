"""One-time codes: who gives them, how they end, and what a password needs."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.codes import hash_code
from people.errors import (
    CodeRefusedError,
    HasPasswordError,
    NotAllowedError,
    NotKnownError,
    OtherHubError,
    PasswordRefusedError,
    TooManyTriesError,
)
from people.facts import Grant, PasswordSet, PersonAdded, TokenIssued, TokenPurpose
from people.limits import Limit, RateLimiter
from people.models import OPERATOR, Actor, Office, PersonId, Scope
from people.passwords import verify_password
from people.service import (
    add_person,
    assign_trainer,
    create_first_administrator,
    end_assignment,
    find_actor,
    get_invitee,
    give_grant,
    has_administrator,
    issue_token,
    set_password,
    sign_in,
)
from tests.people.building import ELSEWHERE, HERE, NOW, OPERATOR_ACTOR, PASSWORD, World, make_world
from tests.people.fake_people import FakePeople

INVITATION, RESET = TokenPurpose.INVITATION, TokenPurpose.RESET
OTHER_PASSWORD = "seven blue lamps hum"
WITHOUT_ACCOUNTS = [
    Office.TRAINEE,
    Office.TRAINER,
    Office.TRAINING_LEAD,
    Office.SAFEGUARDING_LEAD,
    Office.SAFEGUARDING_DEPUTY,
    Office.COORDINATOR,
    Office.FUNDER,
]


def _code(world: World, person_id: PersonId, purpose: TokenPurpose, actor: Actor = OPERATOR_ACTOR) -> str:
    return issue_token(world.ledger, actor, person_id, purpose, world.now).code


# ---------------------------------------------------------------- the first administrator


def test_first_administrator_is_person_one_and_sets_a_password_with_the_code() -> None:
    ledger = FakePeople()
    code = create_first_administrator(ledger, NOW)
    assert not has_administrator(ledger, NOW)
    assert [(g.person_id, g.office, g.scope, g.hub_id) for g in ledger.list_facts(Grant)] == [
        (PersonId(1), Office.ADMINISTRATOR, Scope.ALL, None)
    ]
    assert ledger.list_facts(TokenIssued)[0].purpose == TokenPurpose.FIRST_ADMINISTRATOR
    assert set_password(ledger, code.code, PASSWORD, NOW) == PersonId(1)
    assert has_administrator(ledger, NOW)
    assert sign_in(ledger, "admin", PASSWORD, "", NOW, limiter=RateLimiter()).session.person_id == PersonId(1)


def test_a_second_start_gives_the_same_person_a_new_code() -> None:
    ledger = FakePeople()
    old = create_first_administrator(ledger, NOW)
    new = create_first_administrator(ledger, NOW + timedelta(hours=1))
    assert len(ledger.list_facts(PersonAdded)) == len(ledger.list_facts(Grant)) == 1
    with pytest.raises(CodeRefusedError):
        set_password(ledger, old.code, PASSWORD, NOW + timedelta(hours=1))
    set_password(ledger, new.code, PASSWORD, NOW + timedelta(hours=1))


def test_there_is_no_second_first_administrator() -> None:
    ledger = FakePeople()
    set_password(ledger, create_first_administrator(ledger, NOW).code, PASSWORD, NOW)
    with pytest.raises(NotAllowedError, match="as there is one"):
        create_first_administrator(ledger, NOW)


def test_first_code_ends_when_another_administrator_signs_in(world: World) -> None:
    code = create_first_administrator(world.ledger, NOW)
    world.give_password(world.person("bea", Office.ADMINISTRATOR))
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, code.code, PASSWORD, NOW)


def test_first_administrator_of_a_store_where_the_name_is_taken(world: World) -> None:
    world.person("admin", Office.TRAINER)
    code = create_first_administrator(world.ledger, NOW)
    assert get_invitee(world.ledger, code.code, NOW).login == "admin2"


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_nobody_issues_the_first_administrators_code_from_a_page(world: World, office: Office) -> None:
    actor = world.acting("someone", office)
    with pytest.raises(NotAllowedError, match="first administrator"):
        _code(world, actor.person_id, TokenPurpose.FIRST_ADMINISTRATOR, actor)


# ---------------------------------------------------------------- invitations


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_invited_person_chooses_a_password_and_signs_in(world: World, office: Office) -> None:
    actor, person_id = world.acting("someone", office), world.person("ann", Office.TRAINER)
    code = _code(world, person_id, INVITATION, actor)
    invitee = get_invitee(world.ledger, code, NOW)
    assert (invitee.person_id, invitee.name, invitee.login) == (person_id, "Ann", "ann")
    set_password(world.ledger, code, PASSWORD, NOW)
    assert sign_in(world.ledger, "ann", PASSWORD, "", NOW, limiter=world.limiter).session.person_id == person_id


def test_only_the_hash_of_a_code_is_kept_and_who_gave_it(world: World) -> None:
    manager, person_id = world.acting("moe", Office.MANAGER), world.person("ann", Office.TRAINER)
    code = _code(world, person_id, INVITATION, manager)
    token = world.ledger.list_facts(TokenIssued, person_id)[0]
    assert token.token_hash == hash_code(code)
    assert token.actor_id == manager.person_id
    assert token.expires_at == NOW + timedelta(hours=72)
    assert code not in repr(world.ledger.facts)


@pytest.mark.parametrize("office", WITHOUT_ACCOUNTS)
def test_nobody_else_invites(world: World, office: Office) -> None:
    actor, person_id = world.acting("someone", office), world.person("ann", Office.TRAINEE)
    with pytest.raises(OtherHubError):
        _code(world, person_id, INVITATION, actor)


def test_manager_invites_nobody_of_another_hub(world: World) -> None:
    with pytest.raises(OtherHubError):
        _code(world, world.trainee("ann", world.elsewhere_id), INVITATION, world.acting("moe", Office.MANAGER))


def test_manager_invites_whom_they_added_before_any_office(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    assert _code(world, add_person(world.ledger, manager, "Ann", "ann", NOW), INVITATION, manager)


def test_manager_cannot_open_a_wider_account_with_an_invitation(world: World) -> None:
    manager = world.acting("moe", Office.MANAGER)
    admin = world.person("bea", Office.ADMINISTRATOR, Office.TRAINER)
    both = world.person("tom", Office.TRAINER)
    give_grant(world.ledger, OPERATOR_ACTOR, both, Office.MANAGER, NOW, hub_id=ELSEWHERE)
    for person_id in (admin, both):
        with pytest.raises(NotAllowedError, match="elsewhere"):
            _code(world, person_id, INVITATION, manager)


def test_who_has_a_password_needs_no_invitation(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER)
    world.give_password(person_id)
    with pytest.raises(HasPasswordError):
        _code(world, person_id, INVITATION)


def test_unknown_and_erased_people_get_no_code(world: World) -> None:
    person_id = world.person("ann", Office.TRAINER)
    del world.ledger.private[person_id]
    for unknown in (person_id, PersonId(99)):
        for purpose in (INVITATION, RESET):
            with pytest.raises(NotKnownError):
                _code(world, unknown, purpose)


# ---------------------------------------------------------------- resets


def test_trainer_gives_their_own_trainee_a_reset_slip(world: World) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW)
    world.give_password(trainee)
    code = _code(world, trainee, RESET, world.actor(trainer))
    set_password(world.ledger, code, OTHER_PASSWORD, NOW)
    token = world.ledger.list_facts(TokenIssued, trainee)[-1]
    assert (token.purpose, token.actor_id) == (RESET, trainer)
    assert sign_in(world.ledger, "ann", OTHER_PASSWORD, "", NOW, limiter=world.limiter)


def test_trainer_resets_nobody_elses_trainee(world: World) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    with pytest.raises(NotAllowedError):
        _code(world, trainee, RESET, world.actor(trainer))
    assignment = assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW)
    end_assignment(world.ledger, OPERATOR_ACTOR, assignment.fact_id, NOW)
    with pytest.raises(NotAllowedError):
        _code(world, trainee, RESET, world.actor(trainer))


@pytest.mark.parametrize("office", [o for o in Office if o not in {Office.TRAINEE, Office.COUNTERSIGNER}])
def test_trainers_slip_opens_no_account_with_other_offices(world: World, office: Office) -> None:
    trainer, trainee = world.person("tom", Office.TRAINER), world.trainee("ann")
    assign_trainer(world.ledger, OPERATOR_ACTOR, trainee, trainer, NOW)
    give_grant(
        world.ledger, OPERATOR_ACTOR, trainee, office, NOW, hub_id=None if office == Office.ADMINISTRATOR else HERE
    )
    with pytest.raises(NotAllowedError, match="holds other offices"):
        _code(world, trainee, RESET, world.actor(trainer))
    assert _code(world, trainee, RESET, world.acting("root", Office.ADMINISTRATOR))


@pytest.mark.parametrize("office", [*WITHOUT_ACCOUNTS, Office.MANAGER])
def test_nobody_else_resets(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        _code(world, world.trainee("ann"), RESET, world.acting("someone", office))


def test_operator_and_administrator_reset_anybody(world: World) -> None:
    admin, other = world.acting("admin", Office.ADMINISTRATOR), world.person("bea", Office.ADMINISTRATOR)
    assert _code(world, other, RESET, admin)
    assert _code(world, other, RESET, OPERATOR_ACTOR)
    assert world.ledger.list_facts(TokenIssued, other)[-1].actor_id == OPERATOR


def test_a_reset_ends_all_sessions_when_given_and_when_used(world: World) -> None:
    trainee = world.trainee("ann")
    world.give_password(trainee)

    def enter() -> str:
        return sign_in(world.ledger, "ann", PASSWORD, "", world.now, limiter=world.limiter).token

    tokens = [enter(), enter()]
    code = _code(world, trainee, RESET)
    assert [find_actor(world.ledger, token, NOW) for token in tokens] == [None, None]
    token = enter()
    set_password(world.ledger, code, OTHER_PASSWORD, NOW)
    assert find_actor(world.ledger, token, NOW) is None


# ---------------------------------------------------------------- how codes end


def test_a_code_works_once(world: World) -> None:
    code = _code(world, world.trainee("ann"), RESET)
    set_password(world.ledger, code, PASSWORD, NOW)
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, code, OTHER_PASSWORD, NOW)
    with pytest.raises(CodeRefusedError):
        get_invitee(world.ledger, code, NOW)


def test_two_at_once_cannot_use_one_code(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id = world.trainee("ann")
    code = _code(world, person_id, RESET)
    set_password(world.ledger, code, PASSWORD, NOW)
    monkeypatch.setattr(world.ledger, "find", lambda *_: None)
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, code, OTHER_PASSWORD, NOW)
    kept = world.ledger.list_facts(PasswordSet, person_id)
    assert len(kept) == 1
    assert verify_password(kept[0].password_hash, PASSWORD)


def test_used_code_is_named_by_the_password(world: World) -> None:
    person_id = world.trainee("ann")
    set_password(world.ledger, _code(world, person_id, RESET), PASSWORD, NOW)
    token, kept = world.ledger.list_facts(TokenIssued, person_id)[0], world.ledger.list_facts(PasswordSet, person_id)[0]
    assert kept.token_id == token.fact_id
    assert PASSWORD not in kept.password_hash


def test_a_code_works_for_72_hours(world: World) -> None:
    person_id = world.trainee("ann")
    code = _code(world, person_id, RESET)
    assert get_invitee(world.ledger, code, NOW + timedelta(hours=72, seconds=-1)).person_id == person_id
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, code, PASSWORD, NOW + timedelta(hours=72))
    assert world.ledger.list_facts(PasswordSet) == []


def test_a_newer_code_ends_the_older(world: World) -> None:
    person_id = world.trainee("ann")
    old, new = _code(world, person_id, RESET), _code(world, person_id, RESET)
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, old, PASSWORD, NOW)
    set_password(world.ledger, new, PASSWORD, NOW)


def test_a_used_reset_ends_an_older_invitation(world: World) -> None:
    person_id = world.trainee("ann")
    invitation, reset = _code(world, person_id, INVITATION), _code(world, person_id, RESET)
    set_password(world.ledger, reset, PASSWORD, NOW)
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, invitation, OTHER_PASSWORD, NOW)


def test_an_invitation_is_no_reset(world: World) -> None:
    person_id = world.trainee("ann")
    code = _code(world, person_id, INVITATION)
    world.ledger.append(
        PasswordSet(
            fact_id=world.ledger.list_facts(PersonAdded, person_id)[0].fact_id.__class__(int=7),
            person_id=person_id,
            actor_id=person_id,
            occurred_at=NOW,
            password_hash="$argon2id$elsewhere",
        )
    )
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, code, OTHER_PASSWORD, NOW)


def test_code_of_an_erased_person_ends(world: World) -> None:
    person_id = world.trainee("ann")
    code = _code(world, person_id, RESET)
    del world.ledger.private[person_id]
    with pytest.raises(CodeRefusedError):
        set_password(world.ledger, code, PASSWORD, NOW)


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA-AAAA", "'; drop table person;--", "🙂" * 400])
def test_unknown_codes_are_refused_with_one_sentence(world: World, typed: str) -> None:
    _code(world, world.trainee("ann"), RESET)
    with pytest.raises(CodeRefusedError, match="Ask for a new slip"):
        get_invitee(world.ledger, typed, NOW)


def test_code_may_be_typed_in_small_letters_without_hyphens(world: World) -> None:
    person_id = world.trainee("ann")
    code = _code(world, person_id, RESET)
    assert get_invitee(world.ledger, code.lower().replace("-", " "), NOW).person_id == person_id


def test_a_refused_password_leaves_the_code_working(world: World) -> None:
    code = _code(world, world.trainee("ann"), RESET)
    with pytest.raises(PasswordRefusedError, match="at least 10 characters"):
        set_password(world.ledger, code, "short", NOW)
    set_password(world.ledger, code, PASSWORD, NOW)


def test_guessing_codes_is_limited_by_address(world: World) -> None:
    limiter = RateLimiter(per_address=Limit(3, timedelta(minutes=15)))
    code = _code(world, world.trainee("ann"), RESET)
    for guess in ("AAAA-AAAA-AAAA", "BBBB-BBBB-BBBB", "CCCC-CCCC-CCCC"):
        with pytest.raises(CodeRefusedError):
            set_password(world.ledger, guess, PASSWORD, NOW, limiter=limiter, address="203.0.113.7")
    with pytest.raises(TooManyTriesError):
        set_password(world.ledger, code, PASSWORD, NOW, limiter=limiter, address="203.0.113.7")
    set_password(world.ledger, code, PASSWORD, NOW, limiter=limiter, address="198.51.100.1")


def test_a_new_password_lifts_the_limit_of_the_login(world: World) -> None:
    limiter = RateLimiter(per_login=Limit(1, timedelta(minutes=15)))
    limiter.take("ann", "", NOW)
    code = _code(world, world.trainee("ann"), RESET)
    set_password(world.ledger, code, PASSWORD, NOW, limiter=limiter)
    assert sign_in(world.ledger, "ann", PASSWORD, "", NOW, limiter=limiter)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["issue", "use"]), st.integers(0, 5), st.integers(0, 40)), max_size=8))
def test_of_all_codes_at_most_the_newest_works_and_only_once(steps: list[tuple[str, int, int]]) -> None:
    world = make_world()
    person_id, codes, used = world.trainee("ann"), [], set()
    for step, which, hours in steps:
        now = world.later(hours=hours)
        if step == "issue":
            codes.append((_code(world, person_id, RESET), now))
        elif codes:
            code, at = codes[which % len(codes)]
            should_work = code == codes[-1][0] and code not in used and now - at < timedelta(hours=72)
            try:
                get_invitee(world.ledger, code, now)
                works = True
            except CodeRefusedError:
                works = False
            assert works == should_work
            if works:
                set_password(world.ledger, code, PASSWORD, now)
                used.add(code)
