from datetime import timedelta

import pytest

from assessments.errors import HoldEndedError, NoHarmError, OwnRecordError, SlipTooLateError, WrongInputError
from assessments.facts import Debrief, Hold, Observation, Seen
from assessments.reasons import LiftReason
from assessments.service.holds import lift_hold, record_debrief, withdraw_slip
from curriculum.ids import ChecklistId
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, HeldGrant, Office
from tests.assessments.world import (
    HUB,
    World,
    all_basics,
    days_later,
    make_world,
    observe_harm,
    open_form,
    submit,
    tick,
)
from tests.builders import NOW, make_checklist, make_line, make_programme


def _hold_id(observation: Observation, behaviour: str = "D1.2-U1") -> FactId:
    return derived_fact_id(observation.fact_id, f"hold/{behaviour}")


def _lift(
    world: World, hold_id: FactId, actor: Actor | None = None, reason: str = LiftReason.TALKED_THROUGH
) -> Amendment:
    return lift_hold(world.ledger, actor or world.safeguarding, hold_id, reason, days_later(2))


def _two_holds() -> tuple[World, Observation]:
    lines = (make_line("L1", "D1.1", critical=True), make_line("L2", "D1.2", critical=True))
    world = make_world(make_programme(checklists=(make_checklist(lines=lines),)))
    opened = open_form(world, checklist_id=ChecklistId("C2"), counts=True)
    tick(world, opened, ("L1", "D1.1-U1", Seen.SEEN), ("L2", "D1.2-U1", Seen.SEEN))
    return world, submit(world, opened, confirms_harm=True)


# ---------------------------------------------------------------- withdraw


def test_slip_withdrawn_by_the_rater_ends_hold_and_observation(world: World):
    observation = observe_harm(world)
    withdraw_slip(world.ledger, world.trainer, _hold_id(observation), NOW + timedelta(hours=1))
    assert world.ledger.list_facts(Hold) == []
    assert world.ledger.list_facts(Observation) == []
    assert world.ledger.count(Hold) == world.ledger.count(Observation) == 1


def test_slip_takes_all_holds_of_the_observation_with_it():
    world, observation = _two_holds()
    withdraw_slip(world.ledger, world.trainer, _hold_id(observation), NOW)
    assert world.ledger.list_facts(Hold) == []


def test_withdrawing_twice_changes_nothing(world: World):
    hold_id = _hold_id(observe_harm(world))
    assert withdraw_slip(world.ledger, world.trainer, hold_id, NOW) == withdraw_slip(
        world.ledger, world.trainer, hold_id, NOW
    )


def test_slip_can_be_withdrawn_for_a_day_only(world: World):
    hold_id = _hold_id(observe_harm(world))
    with pytest.raises(SlipTooLateError, match="within 24 hours"):
        withdraw_slip(world.ledger, world.trainer, hold_id, days_later(1) + timedelta(seconds=1))
    assert withdraw_slip(world.ledger, world.trainer, hold_id, days_later(1))


def test_only_the_rater_withdraws(world: World):
    hold_id = _hold_id(observe_harm(world))
    for actor in (world.second_trainer, world.lead, world.safeguarding, world.trainee):
        with pytest.raises(NotAllowedError):
            withdraw_slip(world.ledger, actor, hold_id, NOW)


def test_lifted_hold_is_no_slip(world: World):
    hold_id = _hold_id(observe_harm(world))
    lift_hold(world.ledger, world.safeguarding, hold_id, LiftReason.TALKED_THROUGH, NOW)
    with pytest.raises(HoldEndedError):
        withdraw_slip(world.ledger, world.trainer, hold_id, NOW)


# ---------------------------------------------------------------- lift


@pytest.mark.parametrize("who", ["safeguarding", "deputy"])
def test_lead_or_deputy_lifts_and_resolves_the_harm(world: World, who: str):
    observation = observe_harm(world)
    lifted = _lift(world, _hold_id(observation), getattr(world, who))
    assert (lifted.change, lifted.reason) == (Change.LIFTED, "talked_through")
    assert world.ledger.changes_of(observation.fact_id) == {Change.HARM_RESOLVED}


def test_lifting_twice_changes_nothing(world: World):
    hold_id = _hold_id(observe_harm(world))
    assert _lift(world, hold_id) == _lift(world, hold_id)


def test_hold_lifted_by_another_is_not_lifted_again(world: World):
    hold_id = _hold_id(observe_harm(world))
    _lift(world, hold_id)
    with pytest.raises(HoldEndedError):
        _lift(world, hold_id, world.deputy)


def test_of_two_who_lift_one_hold_at_once_the_second_is_told_and_nothing_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    observation = observe_harm(world)
    hold_id, append = _hold_id(observation), world.ledger.append

    def append_second(*facts) -> bool:
        monkeypatch.setattr(world.ledger, "append", append)
        _lift(world, hold_id, world.deputy)
        return append(*facts)

    monkeypatch.setattr(world.ledger, "append", append_second)
    with pytest.raises(HoldEndedError, match="has ended already"):
        _lift(world, hold_id)
    [lifted] = [one for one in world.ledger.changes_to(hold_id) if one.change == Change.LIFTED]
    assert lifted.actor_id == world.deputy.person_id
    assert Change.HARM_RESOLVED in world.ledger.changes_of(observation.fact_id)


def test_harm_is_resolved_with_the_last_hold_only():
    world, observation = _two_holds()
    _lift(world, _hold_id(observation, "D1.1-U1"))
    assert Change.HARM_RESOLVED not in world.ledger.changes_of(observation.fact_id)
    _lift(world, _hold_id(observation, "D1.2-U1"), world.deputy)
    assert Change.HARM_RESOLVED in world.ledger.changes_of(observation.fact_id)


def test_two_holds_lifted_at_once_resolve_the_harm(monkeypatch: pytest.MonkeyPatch):
    world, observation = _two_holds()
    append = world.ledger.append

    def append_second(*facts) -> bool:
        monkeypatch.setattr(world.ledger, "append", append)
        _lift(world, _hold_id(observation, "D1.1-U1"), world.deputy)
        return append(*facts)

    monkeypatch.setattr(world.ledger, "append", append_second)
    _lift(world, _hold_id(observation, "D1.2-U1"))
    assert Change.HARM_RESOLVED in world.ledger.changes_of(observation.fact_id)


def test_who_observed_cannot_lift(world: World):
    hold_id = _hold_id(observe_harm(world))
    grants = (*world.trainer.grants, HeldGrant(Office.SAFEGUARDING_LEAD, HUB))
    with pytest.raises(NotAllowedError, match="your own observation"):
        _lift(world, hold_id, Actor(world.trainer.person_id, "Both", grants))


def test_nobody_lifts_their_own_hold(world: World):
    hold_id = _hold_id(observe_harm(world))
    with pytest.raises(OwnRecordError):
        _lift(world, hold_id, Actor(world.trainee.person_id, "Both", (HeldGrant(Office.SAFEGUARDING_LEAD, HUB),)))


def test_no_other_office_lifts(world: World):
    hold_id = _hold_id(observe_harm(world))
    for actor in (world.second_trainer, world.lead, world.manager, world.coordinator, world.outsider, world.operator):
        with pytest.raises(NotAllowedError):
            _lift(world, hold_id, actor)


def test_lift_needs_a_coded_reason(world: World):
    with pytest.raises(WrongInputError, match="`fine` is not known"):
        _lift(world, _hold_id(observe_harm(world)), reason="fine")


def test_withdrawn_hold_is_not_lifted(world: World):
    hold_id = _hold_id(observe_harm(world))
    withdraw_slip(world.ledger, world.trainer, hold_id, NOW)
    with pytest.raises(HoldEndedError):
        _lift(world, hold_id)


# ---------------------------------------------------------------- debrief


def _harm_in_practice(world: World) -> Observation:
    opened = open_form(world)
    tick(world, opened, ("L2", "D1.2-U1", Seen.SEEN))
    return submit(world, opened)


def test_debrief_in_a_practice_round_resolves_the_harm(world: World):
    observation = _harm_in_practice(world)
    record_debrief(world.ledger, world.trainer, observation.fact_id, True, NOW)
    assert world.ledger.changes_of(observation.fact_id) == {Change.HARM_RESOLVED}


def test_debrief_under_a_hold_leaves_it_to_the_lead(world: World):
    observation = observe_harm(world)
    record_debrief(world.ledger, world.trainer, observation.fact_id, True, NOW)
    assert world.ledger.changes_of(observation.fact_id) == set()


def test_first_debrief_holds(world: World):
    observation = _harm_in_practice(world)
    first = record_debrief(world.ledger, world.trainer, observation.fact_id, True, NOW)
    assert record_debrief(world.ledger, world.second_trainer, observation.fact_id, False, NOW) == first
    assert world.ledger.count(Debrief) == 1


def test_only_rater_and_trainers_debrief(world: World):
    observation = _harm_in_practice(world)
    for actor in (world.lead, world.fellow, world.outsider, world.safeguarding):
        with pytest.raises(NotAllowedError):
            record_debrief(world.ledger, actor, observation.fact_id, True, NOW)
    with pytest.raises(OwnRecordError):
        record_debrief(world.ledger, world.trainee, observation.fact_id, True, NOW)


def test_nothing_harmful_needs_no_debrief(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L2", "D1.2"))
    with pytest.raises(NoHarmError):
        record_debrief(world.ledger, world.trainer, submit(world, opened).fact_id, True, NOW)
