"""A trainee changes hub: they agree, the new hub takes them in, and the old one loses sight at once."""

from datetime import timedelta

import pytest

from people.errors import (
    CohortClosedError,
    ConsentMissingError,
    MoveError,
    NotAllowedError,
    NotATrainerHereError,
    NotEnrolledError,
    NotKnownError,
    OtherHubError,
)
from people.facts import Assignment, CohortClosed, Enrolment, Grant, MoveConsent
from people.ids import new_fact_id
from people.models import NOBODY, OPERATOR, Actor, HubId, LiveVersion, Office, PersonId
from people.rights import Record, Right, may_on_person
from people.service import (
    accept_move,
    assign_trainer,
    consent_to_move,
    give_grant,
    open_cohort,
    open_hub,
    take_back_consent,
)
from people.service.reach import cohort_closed_id, find_consent, find_enrolment, list_assignments, list_grants
from tests.people.building import ALONGSIDE, ELSEWHERE, HERE, LEADER, NOW, OPERATOR_ACTOR, TODAY, World


@pytest.fixture
def moving(world: World) -> World:
    """Both hubs run the programme; `ann` trains here with `tom`, and there is a trainer `tia` elsewhere."""
    for hub_id in (HERE, ELSEWHERE):
        world.ledger.live[ALONGSIDE, hub_id] = LiveVersion(2, (LEADER,))
    world.person("tia", Office.TRAINER, hub_id=ELSEWHERE)
    assign_trainer(world.ledger, OPERATOR_ACTOR, world.trainee("ann"), world.person("tom", Office.TRAINER), NOW)
    world.later(hours=1)
    return world


def _id(world: World, login: str) -> PersonId:
    account = world.ledger.find_account(login)
    assert account is not None
    return account.person_id


def _agree(world: World, hub_id: HubId = ELSEWHERE) -> MoveConsent:
    return consent_to_move(world.ledger, world.actor(_id(world, "ann")), ALONGSIDE, hub_id, world.now)


def _accept(world: World, consent: MoveConsent, actor: Actor = OPERATOR_ACTOR, **changed: object) -> Enrolment:
    given = {
        "cohort_id": world.elsewhere_id,
        "role_id": LEADER,
        "trainer_id": _id(world, "tia"),
        "now": world.now,
    }
    return accept_move(world.ledger, actor, consent.fact_id, **given | changed)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the trainee agrees


def test_agreeing_moves_nothing_yet(moving: World) -> None:
    ann = _id(moving, "ann")
    before = moving.ledger.subject(ann)
    consent = _agree(moving)
    assert (consent.person_id, consent.actor_id, consent.from_hub_id, consent.hub_id) == (ann, ann, HERE, ELSEWHERE)
    assert moving.ledger.subject(ann) == before
    assert find_consent(moving.ledger, ann, ALONGSIDE) == consent


def test_agreeing_twice_is_once(moving: World) -> None:
    assert _agree(moving) == _agree(moving)
    assert len(moving.ledger.list_facts(MoveConsent)) == 1


def test_another_hub_replaces_the_one_agreed_to(moving: World) -> None:
    third = HubId("thirdhub")
    open_hub(moving.ledger, OPERATOR_ACTOR, third, "Third", NOW)
    moving.ledger.live[ALONGSIDE, third] = LiveVersion(1, (LEADER,))
    first = _agree(moving)
    second = _agree(moving, third)
    assert find_consent(moving.ledger, _id(moving, "ann"), ALONGSIDE) == second
    with pytest.raises(MoveError, match="taken their consent back"):
        _accept(moving, first)


@pytest.mark.parametrize(
    ("hub_id", "error"), [(HERE, "already"), (HubId("nowhere"), "nowhere"), (HubId("quiet"), "does not run")]
)
def test_a_hub_that_cannot_be_is_named(moving: World, hub_id: HubId, error: str) -> None:
    open_hub(moving.ledger, OPERATOR_ACTOR, HubId("quiet"), "Quiet", NOW)
    with pytest.raises((MoveError, NotKnownError), match=error):
        _agree(moving, hub_id)


def test_only_who_trains_can_move(moving: World) -> None:
    with pytest.raises(NotEnrolledError):
        consent_to_move(moving.ledger, moving.actor(_id(moving, "tom")), ALONGSIDE, ELSEWHERE, NOW)


def test_who_thinks_again_stays(moving: World) -> None:
    consent, ann = _agree(moving), moving.actor(_id(moving, "ann"))
    first = take_back_consent(moving.ledger, ann, consent.fact_id, moving.now)
    assert take_back_consent(moving.ledger, ann, consent.fact_id, moving.later(hours=1)) == first
    assert find_consent(moving.ledger, ann.person_id, ALONGSIDE) is None
    with pytest.raises(MoveError, match="taken their consent back"):
        _accept(moving, consent)
    assert _agree(moving) != consent


def test_nobody_else_takes_a_consent_back(moving: World) -> None:
    consent = _agree(moving)
    for actor in (OPERATOR_ACTOR, moving.acting("moe", Office.MANAGER)):
        with pytest.raises(NotAllowedError):
            take_back_consent(moving.ledger, actor, consent.fact_id, NOW)


def test_who_was_taken_in_cannot_take_it_back(moving: World) -> None:
    consent = _agree(moving)
    _accept(moving, consent)
    with pytest.raises(MoveError, match="taken in"):
        take_back_consent(moving.ledger, moving.actor(_id(moving, "ann")), consent.fact_id, moving.now)


# ---------------------------------------------------------------- the new hub takes them in


@pytest.mark.parametrize("office", [Office.MANAGER, Office.ADMINISTRATOR])
def test_who_is_taken_in_gets_cohort_and_trainer_and_leaves_the_old_ones(moving: World, office: Office) -> None:
    ann = _id(moving, "ann")
    _accept(moving, _agree(moving), moving.acting("someone", office, hub_id=ELSEWHERE))
    subject = moving.ledger.subject(ann)
    assert (subject.hub_ids, subject.office_hub_ids) == ({ELSEWHERE}, {ELSEWHERE})
    assert [one.trainer_id for one in list_assignments(moving.ledger, ann)] == [_id(moving, "tia")]
    enrolment = find_enrolment(moving.ledger, ann, ALONGSIDE)
    assert enrolment is not None
    assert (enrolment.cohort_id, enrolment.version_no) == (moving.elsewhere_id, 2)
    assert find_consent(moving.ledger, ann, ALONGSIDE) is None


def test_taking_in_twice_is_once(moving: World) -> None:
    consent = _agree(moving)
    assert _accept(moving, consent) == _accept(moving, consent)
    assert len(moving.ledger.list_facts(Enrolment, _id(moving, "ann"))) == 2


@pytest.mark.parametrize(
    "office", [office for office in Office if office not in (Office.MANAGER, Office.ADMINISTRATOR)]
)
def test_nobody_else_takes_anybody_in(moving: World, office: Office) -> None:
    if office == Office.COUNTERSIGNER:
        person_id = moving.person("someone")
        ann = _id(moving, "ann")
        give_grant(moving.ledger, OPERATOR_ACTOR, person_id, office, NOW, record_id=ann, until_on=TODAY)
        actor = moving.actor(person_id)
    else:
        actor = moving.acting("someone", office, hub_id=ELSEWHERE)
    with pytest.raises(NotAllowedError):
        _accept(moving, _agree(moving), actor)


def test_the_old_hubs_manager_takes_nobody_in_for_the_new_one(moving: World) -> None:
    with pytest.raises(NotAllowedError):
        _accept(moving, _agree(moving), moving.acting("moe", Office.MANAGER))


def test_a_coordinator_cannot_use_a_consent_by_filling_a_cohort(moving: World) -> None:
    _agree(moving)
    with pytest.raises(NotAllowedError):
        moving.enrol(
            _id(moving, "ann"), moving.elsewhere_id, moving.acting("cora", Office.COORDINATOR, hub_id=ELSEWHERE)
        )


def test_without_consent_nobody_comes(moving: World) -> None:
    with pytest.raises(ConsentMissingError):
        moving.enrol(_id(moving, "ann"), moving.elsewhere_id, moving.acting("moe", Office.MANAGER, hub_id=ELSEWHERE))
    assert issubclass(ConsentMissingError, OtherHubError)


def test_a_consent_is_for_the_hub_it_names(moving: World) -> None:
    third = HubId("thirdhub")
    open_hub(moving.ledger, OPERATOR_ACTOR, third, "Third", NOW)
    cohort = open_cohort(
        moving.ledger, OPERATOR_ACTOR, third, ALONGSIDE, "Third", starts_on=TODAY, active_version_no=1, now=NOW
    )
    consent = _agree(moving)
    with pytest.raises(MoveError, match="not of the programme and hub"):
        _accept(moving, consent, cohort_id=cohort.cohort_id)
    with pytest.raises(ConsentMissingError):
        moving.enrol(_id(moving, "ann"), cohort.cohort_id)


def test_the_trainer_is_one_of_the_new_hub(moving: World) -> None:
    consent = _agree(moving)
    with pytest.raises(NotATrainerHereError):
        _accept(moving, consent, trainer_id=_id(moving, "tom"))
    assert find_consent(moving.ledger, _id(moving, "ann"), ALONGSIDE) == consent


def test_a_role_that_the_programme_does_not_train_for_is_refused(moving: World) -> None:
    with pytest.raises(NotKnownError, match="role `king`"):
        _accept(moving, _agree(moving), role_id="king")


def test_nobody_is_taken_into_a_closed_cohort(moving: World) -> None:
    closed = CohortClosed(
        fact_id=cohort_closed_id(moving.elsewhere_id),
        person_id=NOBODY,
        actor_id=OPERATOR,
        occurred_at=NOW,
        cohort_id=moving.elsewhere_id,
        n_people=0,
        board_hash="",
    )
    moving.ledger.append(closed)
    with pytest.raises(CohortClosedError):
        _accept(moving, _agree(moving))


def test_an_unknown_consent_is_said_to_be_unknown(moving: World) -> None:
    consent = MoveConsent(
        fact_id=new_fact_id(),
        person_id=_id(moving, "ann"),
        actor_id=_id(moving, "ann"),
        occurred_at=NOW,
        programme_id=ALONGSIDE,
        from_hub_id=HERE,
        hub_id=ELSEWHERE,
    )
    with pytest.raises(NotKnownError):
        _accept(moving, consent)


# ---------------------------------------------------------------- what the old hub still sees


CELLS = [(record, right) for record in Record for right in Right]
LOST = [Office.TRAINER, Office.TRAINING_LEAD, Office.SAFEGUARDING_LEAD, Office.COORDINATOR, Office.MANAGER]


def _rights(world: World, actor: Actor) -> set[tuple[Record, Right]]:
    subject = world.ledger.subject(_id(world, "ann"))
    return {(record, right) for record, right in CELLS if may_on_person(actor, right, record, subject)}


@pytest.mark.parametrize("office", LOST)
def test_every_cell_of_the_old_hub_is_empty_and_the_new_hub_has_the_same_cells(moving: World, office: Office) -> None:
    old = moving.acting("oldoffice", office)
    new = moving.acting("newoffice", office, hub_id=ELSEWHERE)
    if office == Office.TRAINER:
        old, new = moving.actor(_id(moving, "tom")), moving.actor(_id(moving, "tia"))
    before = _rights(moving, old)
    anywhere = _rights(moving, new)
    _accept(moving, _agree(moving))
    assert before - anywhere
    assert _rights(moving, old) == anywhere
    assert _rights(moving, new) == before


def test_an_external_countersigner_of_the_old_hub_loses_the_record(moving: World) -> None:
    outside, ann = moving.person("eve"), _id(moving, "ann")
    until = TODAY + timedelta(days=30)
    give_grant(moving.ledger, OPERATOR_ACTOR, outside, Office.COUNTERSIGNER, NOW, record_id=ann, until_on=until)
    assert _rights(moving, moving.actor(outside))
    _accept(moving, _agree(moving))
    assert _rights(moving, moving.actor(outside)) == set()


def test_an_office_in_the_old_hub_stays(moving: World) -> None:
    ann = _id(moving, "ann")
    give_grant(moving.ledger, OPERATOR_ACTOR, ann, Office.COORDINATOR, NOW, hub_id=HERE)
    _accept(moving, _agree(moving))
    held = {(grant.office, grant.hub_id) for grant in list_grants(moving.ledger, ann, moving.now)}
    assert held == {(Office.COORDINATOR, HERE), (Office.TRAINEE, ELSEWHERE)}


def test_old_facts_stay(moving: World) -> None:
    ann = _id(moving, "ann")
    kept = set(moving.ledger.facts)
    _accept(moving, _agree(moving))
    assert kept <= set(moving.ledger.facts)
    assert len(moving.ledger.list_facts(Assignment, ann)) == 2
    assert len(moving.ledger.list_facts(Grant, ann, office=Office.TRAINEE)) == 2
