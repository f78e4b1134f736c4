"""Forms filled in without signal: kept once, under the rules of their day, or held until a lead has decided."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from assessments.errors import (
    HarmNotConfirmedError,
    HasLeftError,
    HeldSettledError,
    IdTakenError,
    OtherContentError,
    OwnRecordError,
    RaterOfItError,
    TraineeErasedError,
    UnansweredLinesError,
    UnknownFactError,
    WrongInputError,
)
from assessments.facts import (
    DeviceRecord,
    DeviceRecordSettled,
    HeldFor,
    Hold,
    Observation,
    ObservationOpened,
    Seen,
    Tick,
)
from assessments.service.observations import accept_held, load_form, load_held, receive_record, set_aside_held
from curriculum.bundle import to_bundle
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import Amendment, Assignment, Change, ClockChange, ClockReason, Fact, Pause, PersonErased
from people.ids import derived_fact_id
from people.models import Actor, Office
from store.ledger import Store
from tests.assessments.world import (
    World,
    all_basics,
    days_later,
    device_answers,
    find_all,
    make_actor,
    make_device_record,
    make_world_on,
    open_form,
    submit,
    tick,
)
from tests.builders import NOW, PROGRAMME, make_programme

LATER = days_later(2)
"""When the forms arrive: two days after they were filled in."""


@pytest.fixture
def world() -> Iterator[World]:
    """The hub of `world` on a store in memory."""
    store = Store.memory(clock=lambda: LATER)
    programme = make_programme()
    store.publish(programme, to_bundle(programme))
    yield make_world_on(store)
    store.close()


def make(world: World, **changes: Any) -> DeviceRecord:
    return make_device_record(world.trainee.person_id, world.trainer.person_id, **changes)


def harmful(world: World, **changes: Any) -> DeviceRecord:
    answers = device_answers(*all_basics("L1", "D1.1"), ("L2", "D1.2-U1", Seen.SEEN))
    live = {"setting": Setting.LIVE, "counts": True, "session_code": "G1 S2", "answers": answers}
    return make(world, **live | changes)


def receive(world: World, sent: DeviceRecord, actor: Actor | None = None, **changes: Any) -> DeviceRecord:
    return receive_record(world.ledger, actor or world.trainer, sent, now=changes.get("now", LATER)).record


def leave(world: World, days: float) -> None:
    gone = {"programme_id": PROGRAMME, "change": ClockChange.WITHDRAWN, "reason": ClockReason.OWN_WISH.value}
    world.record(Pause, world.trainee, world.manager, **gone, occurred_at=days_later(days))


def hold(world: World, **changes: Any) -> DeviceRecord:
    """Return a record that is held because it is of long ago."""
    at = days_later(-70)
    return receive(world, make(world, **{"claimed_at": at, "occurred_at": at, "begun_at": at} | changes))


def content(fact: Any, *but: str) -> dict[str, Any]:
    return {one.name: getattr(fact, one.name) for one in fields(fact) if one.name not in {*but, "fact_id"}}


# ---------------------------------------------------------------- the same as on the page


def test_a_form_from_a_device_is_the_same_facts_as_one_from_the_page(world: World) -> None:
    opened = open_form(world, session_code="")
    tick(world, opened, *all_basics("L1", "D1.1"))
    of_page = submit(world, opened)
    receive(world, make(world, begun_at=NOW))
    of_device = next(one for one in find_all(world, Observation) if one.fact_id != of_page.fact_id)
    assert content(of_device, "opened_id") == content(of_page, "opened_id")
    forms = find_all(world, ObservationOpened)
    assert content(forms[0]) == content(forms[1])
    ticks = [
        {
            (one.line_id, one.behaviour_id, one.state, one.actor_id)
            for one in find_all(world, Tick)
            if one.opened_id == id_
        }
        for id_ in (of_page.opened_id, of_device.opened_id)
    ]
    assert ticks[0] == ticks[1]
    assert load_form(world.ledger, world.trainer, of_device.opened_id).is_submitted


def test_it_happened_when_it_was_finished_and_took_as_long_as_it_took(world: World) -> None:
    receive(world, make(world, begun_at=NOW - timedelta(minutes=12)))
    (observation,) = find_all(world, Observation)
    assert (observation.occurred_at, observation.seconds) == (NOW, 720)


def test_harm_stops_practice_from_its_arrival_on(world: World) -> None:
    receive(world, harmful(world, confirms_harm=True))
    (found,) = find_all(world, Hold)
    assert (found.occurred_at, found.actor_id) == (LATER, world.trainer.person_id)


def test_harm_that_is_not_confirmed_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(HarmNotConfirmedError):
        receive(world, harmful(world))
    assert find_all(world, DeviceRecord) == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"answers": ()}, WrongInputError),
        ({"answers": device_answers(("L9", "D1.1-B1", "seen"))}, WrongInputError),
        ({"answers": device_answers(("L1", "D1.1-B1", "glanced"))}, WrongInputError),
        ({"answers": device_answers(("F1", "", "done")), "checklist_id": ChecklistId("C7")}, WrongInputError),
        ({"setting": Setting.LIVE, "session_code": ""}, WrongInputError),
        ({"session_code": "with Ann & Bob"}, WrongInputError),
        ({"entrustment": 6}, WrongInputError),
        ({"checklist_id": ChecklistId("C8")}, WrongInputError),
    ],
)
def test_what_the_page_refuses_is_refused_from_a_device(world: World, changes: Any, error: type[Exception]) -> None:
    with pytest.raises((error, UnansweredLinesError)):
        receive(world, make(world, **changes))
    assert find_all(world, DeviceRecord) == []


def test_what_cannot_count_is_formative(world: World) -> None:
    alone = {"setting": Setting.LIVE, "session_code": "G1", "counts": True, "has_co_leader": False}
    receive(world, make(world, **alone))
    assert [one.counts for one in find_all(world, Observation)] == [False]


# ---------------------------------------------------------------- once


def test_the_same_record_again_changes_nothing(world: World) -> None:
    sent = make(world)
    first = receive_record(world.ledger, world.trainer, sent, now=LATER)
    position = world.ledger.position  # type: ignore[attr-defined]
    again = receive_record(world.ledger, world.trainer, replace(sent, skew_s=99), now=days_later(3))
    assert (first.is_new, again.is_new, again.record) == (True, False, first.record)
    assert world.ledger.position == position  # type: ignore[attr-defined]


def test_forty_at_once_are_kept_once(world: World) -> None:
    sent = make(world)

    def once(_: int) -> bool:
        return receive_record(world.ledger, world.trainer, sent, now=LATER).is_new

    with ThreadPoolExecutor(40) as pool:
        found = list(pool.map(once, range(40)))
    assert sorted(found) == [False] * 39 + [True]
    assert len(find_all(world, Observation)) == 1


def test_other_content_under_the_same_number_is_refused(world: World) -> None:
    sent = make(world)
    receive(world, sent)
    with pytest.raises(OtherContentError):
        receive(world, replace(sent, entrustment=1, digest="b" * 64))


def test_a_number_of_somebody_else_is_refused(world: World) -> None:
    sent = make(world)
    receive(world, sent)
    with pytest.raises(IdTakenError):
        receive(world, sent, world.second_trainer)
    with pytest.raises(IdTakenError):
        receive(world, make(world, fact_id=find_all(world, ObservationOpened)[0].fact_id))


# ---------------------------------------------------------------- whose rights, and when


def end_trainer(world: World, days: float) -> None:
    given = next(one for one in find_all(world, Assignment) if one.trainer_id == world.trainer.person_id)
    fields_ = {"target_id": given.fact_id, "change": Change.ENDED, "occurred_at": days_later(days)}
    world.record(Amendment, world.trainee, world.manager, **fields_)


def test_who_was_the_trainer_then_may_still_send_it(world: World) -> None:
    end_trainer(world, 1)
    assert receive(world, make(world)).held_for is None


def test_who_was_no_trainer_any_more_is_refused(world: World) -> None:
    end_trainer(world, -1)
    with pytest.raises(NotAllowedError):
        receive(world, make(world))


def test_nobody_sends_what_they_could_not_rate(world: World) -> None:
    for actor in (world.fellow, world.lead, world.outsider, world.manager, world.operator):
        with pytest.raises(NotAllowedError):
            receive(world, make(world), actor)
    with pytest.raises(OwnRecordError):
        receive(world, make(world), make_actor(1, Office.TRAINER))


def test_of_who_was_erased_nothing_is_kept(world: World) -> None:
    world.record(PersonErased, world.trainee, world.manager)
    with pytest.raises(TraineeErasedError):
        receive(world, make(world))
    assert find_all(world, DeviceRecord) == []


# ---------------------------------------------------------------- clocks


def test_a_clock_that_is_ahead_is_not_believed_and_not_refused(world: World) -> None:
    ahead = days_later(400)
    record = receive(world, make(world, claimed_at=ahead, occurred_at=ahead, begun_at=ahead, skew_s=-9_999_999))
    assert (record.claimed_at, record.occurred_at, record.held_for) == (ahead, LATER, None)
    assert [one.occurred_at for one in find_all(world, Observation)] == [LATER]


def test_the_clock_of_the_device_is_kept_beside_the_record(world: World) -> None:
    record = receive(world, make(world, skew_s=56_421, zone="Africa/Nairobi", offset_minutes=180))
    assert world.ledger.find(DeviceRecord, record.fact_id) == record
    assert (record.skew_s, record.zone, record.offset_minutes) == (56_421, "Africa/Nairobi", 180)


# ---------------------------------------------------------------- held


def test_what_was_seen_before_the_person_left_counts(world: World) -> None:
    leave(world, 1)
    assert receive(world, make(world)).held_for is None
    assert len(find_all(world, Observation)) == 1


def test_what_was_seen_after_the_person_left_is_held(world: World) -> None:
    leave(world, 0.5)
    sent = make(world, claimed_at=days_later(1))
    assert receive(world, sent).held_for == HeldFor.LEFT
    assert receive(world, sent).held_for == HeldFor.LEFT
    assert (len(find_all(world, DeviceRecord)), find_all(world, Observation)) == (1, [])


def test_what_is_of_long_ago_is_held_and_counts_once_a_lead_says_so(world: World) -> None:
    record = hold(world)
    assert (record.held_for, find_all(world, Observation)) == (HeldFor.LONG_AGO, [])
    assert load_held(world.ledger, world.lead, record.fact_id).n_unanswered == 1
    settled = accept_held(world.ledger, world.lead, record.fact_id, "clock_was_wrong", now=LATER)
    assert settled.is_accepted
    assert [one.occurred_at for one in find_all(world, Observation)] == [record.claimed_at]
    assert accept_held(world.ledger, world.lead, record.fact_id, "clock_was_wrong", now=days_later(3)) == settled
    with pytest.raises(HeldSettledError):
        set_aside_held(world.ledger, world.lead, record.fact_id, "too_unsure", now=days_later(3))


def test_no_rule_lets_count_what_was_seen_after_the_person_left(world: World) -> None:
    leave(world, 0.5)
    record = receive(world, make(world, claimed_at=days_later(1)))
    with pytest.raises(HasLeftError):
        accept_held(world.ledger, world.lead, record.fact_id, "rater_confirms", now=LATER)
    set_aside_held(world.ledger, world.lead, record.fact_id, "after_leaving", now=LATER)
    assert find_all(world, Observation) == []
    assert [one.is_accepted for one in find_all(world, DeviceRecordSettled)] == [False]


def test_harm_on_a_held_form_stops_practice_when_it_is_accepted(world: World) -> None:
    at = days_later(-70)
    record = receive(world, harmful(world, confirms_harm=True, claimed_at=at, occurred_at=at, begun_at=at))
    assert find_all(world, Hold) == []
    accept_held(world.ledger, world.lead, record.fact_id, "rater_confirms", now=LATER)
    assert [one.occurred_at for one in find_all(world, Hold)] == [LATER]


def test_nobody_settles_what_they_filled_in_or_what_is_not_held(world: World) -> None:
    record = hold(world)
    both = make_actor(world.trainer.person_id, Office.TRAINER, Office.TRAINING_LEAD)
    with pytest.raises(RaterOfItError):
        set_aside_held(world.ledger, both, record.fact_id, "too_unsure", now=LATER)
    with pytest.raises(WrongInputError):
        set_aside_held(world.ledger, world.lead, record.fact_id, "rater_confirms", now=LATER)
    counted: Fact = receive(world, make(world))
    for record_id in (counted.fact_id, derived_fact_id(counted.fact_id, "form")):
        with pytest.raises(UnknownFactError):
            set_aside_held(world.ledger, world.lead, record_id, "too_unsure", now=LATER)
