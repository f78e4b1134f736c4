"""The trainee's clock: pauses, returns, withdrawals, and coming back."""

import pytest

from curriculum.ids import ProgrammeId
from people.errors import ClockChangeError, NotAllowedError, NotEnrolledError, TextRefusedError
from people.facts import ClockChange, ClockReason, Enrolment, Pause
from people.models import Actor, Office, PersonId
from people.service import change_clock
from people.service.clock import FOLLOWS, REASONS
from people.service.reach import clock_of, find_enrolment
from tests.people.building import ALONGSIDE, NOW, OPERATOR_ACTOR, World
from tests.people.test_cohorts import NOT_OVER_COHORTS


def _change(world: World, person_id: PersonId, change: ClockChange, actor: Actor = OPERATOR_ACTOR) -> Pause:
    return change_clock(
        world.ledger,
        actor,
        person_id,
        ALONGSIDE,
        change=change,
        reason=ClockReason.OWN_WISH,
        now=world.later(hours=1),
    )


@pytest.mark.parametrize("office", [Office.MANAGER, Office.COORDINATOR, Office.ADMINISTRATOR])
def test_pause_return_and_withdrawal_are_recorded_with_a_reason(world: World, office: Office) -> None:
    person_id, actor = world.trainee("ann"), world.acting("someone", office)
    for change in (ClockChange.PAUSED, ClockChange.RESUMED, ClockChange.WITHDRAWN):
        assert _change(world, person_id, change, actor).reason == "own_wish"
    assert [fact.change for fact in world.ledger.list_facts(Pause, person_id)] == [
        ClockChange.PAUSED,
        ClockChange.RESUMED,
        ClockChange.WITHDRAWN,
    ]


@pytest.mark.parametrize(
    ("before", "change", "state"),
    [
        ([], ClockChange.RESUMED, "running"),
        ([ClockChange.PAUSED], ClockChange.PAUSED, "paused"),
        ([ClockChange.PAUSED, ClockChange.RESUMED], ClockChange.RESUMED, "running"),
        ([ClockChange.WITHDRAWN], ClockChange.WITHDRAWN, "withdrawn"),
        ([ClockChange.WITHDRAWN], ClockChange.PAUSED, "withdrawn"),
    ],
)
def test_changes_follow_from_how_things_are(
    world: World, before: list[ClockChange], change: ClockChange, state: str
) -> None:
    person_id = world.trainee("ann")
    for earlier in before:
        _change(world, person_id, earlier)
    with pytest.raises(ClockChangeError, match=f"is {state}"):
        _change(world, person_id, change)


def _state(world: World, person_id: PersonId) -> ClockChange:
    enrolment = find_enrolment(world.ledger, person_id, ALONGSIDE)
    assert enrolment is not None
    return clock_of(world.ledger, enrolment)


def test_who_has_left_comes_back_by_a_new_enrolment_alone(world: World) -> None:
    person_id = world.trainee("ann")
    _change(world, person_id, ClockChange.WITHDRAWN)
    with pytest.raises(ClockChangeError, match="is withdrawn"):
        _change(world, person_id, ClockChange.RESUMED)
    world.later(days=100)
    world.enrol(person_id)
    assert len(world.ledger.list_facts(Enrolment, person_id)) == 2
    assert _state(world, person_id) == ClockChange.RESUMED
    assert _change(world, person_id, ClockChange.PAUSED).change == ClockChange.PAUSED


def test_who_only_paused_is_not_enrolled_anew(world: World) -> None:
    person_id = world.trainee("ann")
    _change(world, person_id, ClockChange.PAUSED)
    world.later(hours=1)
    world.enrol(person_id)
    assert len(world.ledger.list_facts(Enrolment, person_id)) == 1
    assert _state(world, person_id) == ClockChange.PAUSED


def test_who_left_and_was_brought_back_twice_is_back_once(world: World) -> None:
    person_id = world.trainee("ann")
    _change(world, person_id, ClockChange.WITHDRAWN)
    world.later(hours=1)
    first = world.enrol(person_id)
    assert world.enrol(person_id) == first
    assert len(world.ledger.list_facts(Enrolment, person_id)) == 2


def test_a_free_text_is_no_reason(world: World) -> None:
    with pytest.raises(TextRefusedError, match="choose one of"):
        change_clock(
            world.ledger,
            OPERATOR_ACTOR,
            world.trainee("ann"),
            ALONGSIDE,
            change=ClockChange.PAUSED,
            reason="her son is ill",  # type: ignore[arg-type]
            now=NOW,
        )


def test_every_change_that_can_follow_has_reasons() -> None:
    assert set(FOLLOWS) == set(REASONS) == set(ClockChange)
    offered = {reason for reasons in REASONS.values() for reason in reasons}
    assert set(ClockReason) - offered == {ClockReason.COHORT_CLOSED}


def test_clock_of_somebody_who_is_not_in_the_programme(world: World) -> None:
    person_id = world.person("ann")
    with pytest.raises(NotEnrolledError, match="alongside"):
        _change(world, person_id, ClockChange.PAUSED)
    with pytest.raises(NotEnrolledError):
        change_clock(
            world.ledger,
            OPERATOR_ACTOR,
            world.trainee("bea"),
            ProgrammeId("carers-table"),
            change=ClockChange.PAUSED,
            reason=ClockReason.HUB,
            now=NOW,
        )


@pytest.mark.parametrize("office", NOT_OVER_COHORTS)
def test_nobody_else_stops_the_clock(world: World, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        _change(world, world.trainee("ann"), ClockChange.PAUSED, world.acting("someone", office))


def test_clock_of_another_hub_is_refused(world: World) -> None:
    with pytest.raises(NotAllowedError):
        _change(
            world, world.trainee("ann", world.elsewhere_id), ClockChange.PAUSED, world.acting("moe", Office.MANAGER)
        )
