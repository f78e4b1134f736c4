"""Offers, bookings, cancellations and what became of meetings: by whom, once, and never two at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from assessments.errors import (
    GroupFullError,
    LateEntryError,
    MeetingClosedError,
    MeetingNotBegunError,
    NotFreeError,
    OwnRecordError,
    SkippedTimeError,
    TimeTakenError,
    UnknownFactError,
    WrongInputError,
)
from assessments.facts import Mode, Supervision
from assessments.meetings import MeetingState
from assessments.reasons import CorrectionReason
from assessments.service import support
from assessments.service.learning import correct
from assessments.service.support.known import meetings_about, meetings_with
from assessments.support import MeetingBooked, MeetingEnded, MeetingOffered, MeetingReason, Party
from people.errors import NotAllowedError
from people.facts import Assignment
from people.ids import new_fact_id
from people.models import Actor
from tests.assessments.support.conftest import LONDON, SIX, TUESDAY, Hub
from tests.builders import PROGRAMME

WORK = MeetingReason.WORK


def assign(hub: Hub, person: Actor, trainer: Actor) -> None:
    hub.world.record(Assignment, person, hub.world.manager, trainer_id=trainer.person_id)


def take(hub: Hub, start_minute: int = SIX, day: date = TUESDAY, **changes) -> MeetingOffered:
    given = {"mode": Mode.PHONE, "zone": LONDON, "now": hub.now, "supervisor_id": hub.world.trainer.person_id}
    return support.take_slot(
        hub.store, hub.world.trainee, PROGRAMME, day=day, start_minute=start_minute, **given | changes
    )


# ---------------------------------------------------------------- offered, booked


def test_an_offer_waits_for_a_yes(hub: Hub) -> None:
    offer = hub.offer()
    assert hub.meeting(offer).state is MeetingState.OFFERED
    hub.book(offer)
    assert hub.meeting(offer).state is MeetingState.BOOKED


def test_double_clicks_are_harmless(hub: Hub) -> None:
    same = new_fact_id()
    offer = hub.offer(fact_id=same)
    assert hub.offer(fact_id=same) == offer
    hub.book(offer)
    hub.book(offer)
    first = support.cancel_meeting(hub.store, hub.world.trainee, offer.fact_id, WORK, hub.now)
    assert support.cancel_meeting(hub.store, hub.world.trainee, offer.fact_id, WORK, hub.now) == first
    kinds = (MeetingOffered, MeetingBooked, MeetingEnded)
    assert [len(hub.store.list_facts(kind)) for kind in kinds] == [1, 1, 1]


def test_what_is_agreed_on_the_phone_is_booked_at_once(hub: Hub) -> None:
    assert hub.meeting(hub.offer(is_agreed=True)).state is MeetingState.BOOKED


def test_a_coordinator_offers_for_a_trainer(hub: Hub) -> None:
    offer = hub.offer(actor=hub.world.coordinator, supervisor_id=hub.world.second_trainer.person_id)
    assert offer.supervisor_id == hub.world.second_trainer.person_id


def test_only_a_trainer_of_the_person_supervises(hub: Hub) -> None:
    with pytest.raises(WrongInputError, match="one of their trainers"):
        hub.offer(actor=hub.world.coordinator, supervisor_id=hub.world.lead.person_id)


def test_nobody_says_yes_for_somebody_else(hub: Hub) -> None:
    offer = hub.offer()
    for actor in (hub.world.fellow, hub.world.trainer, hub.world.coordinator):
        with pytest.raises(NotAllowedError):
            support.book_meeting(hub.store, actor, offer.fact_id, hub.now)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day": TUESDAY - timedelta(days=1), "start_minute": 600}, "a time to come"),
        ({"day": TUESDAY + timedelta(days=400)}, "within a year"),
        ({"start_minute": 1440}, "0 to 1439"),
        ({"minutes": 5}, "10 to 240"),
        ({"mode": "by pigeon"}, "one of in_person"),
        ({"zone": "Europe/Nowhere"}, "a time zone such as"),
    ],
)
def test_a_time_that_cannot_be_is_refused(hub: Hub, changes: dict, words: str) -> None:
    with pytest.raises(WrongInputError, match=words):
        hub.offer(**changes)
    assert hub.store.list_facts(MeetingOffered) == []


def test_a_time_that_the_clocks_skip_is_refused(hub: Hub) -> None:
    with pytest.raises(SkippedTimeError):
        hub.offer(day=date(2025, 3, 30), start_minute=90)


@pytest.mark.parametrize("day", [date(2025, 3, 29), date(2025, 3, 30), date(2025, 10, 25), date(2025, 10, 26)])
def test_a_meeting_stands_by_the_clock_around_both_changes(hub: Hub, day: date) -> None:
    offer = hub.offer(day=day)
    local = hub.meeting(offer).span.starts_at.astimezone(ZoneInfo(LONDON))
    assert (local.date(), local.hour) == (day, 18)


def test_what_is_not_there_cannot_be_answered(hub: Hub) -> None:
    with pytest.raises(UnknownFactError, match="no meeting"):
        support.book_meeting(hub.store, hub.world.trainee, new_fact_id(), hub.now)


# ---------------------------------------------------------------- two at a time


def test_a_supervisor_is_not_offered_twice_at_one_time(hub: Hub) -> None:
    assign(hub, hub.world.fellow, hub.world.trainer)
    hub.offer()
    with pytest.raises(TimeTakenError, match=r"already has a meeting on 2025-03-11 at 18:00, which overlaps"):
        hub.offer(hub.world.fellow, start_minute=SIX + 30)
    hub.offer(hub.world.fellow, start_minute=SIX + 45)


def test_a_person_is_not_booked_twice_at_one_time(hub: Hub) -> None:
    first = hub.offer()
    second = hub.offer(actor=hub.world.second_trainer, start_minute=SIX + 15)
    hub.book(first)
    with pytest.raises(TimeTakenError):
        hub.book(second)
    with pytest.raises(TimeTakenError):
        hub.offer(actor=hub.world.second_trainer, start_minute=SIX + 44)


def test_a_meeting_that_was_called_off_leaves_its_time_free(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    support.cancel_meeting(hub.store, hub.world.trainer, offer.fact_id, WORK, hub.now)
    hub.offer(is_agreed=True)


def test_zones_are_compared_by_their_instants(hub: Hub) -> None:
    assign(hub, hub.world.fellow, hub.world.trainer)
    hub.offer(zone="Europe/Paris", start_minute=19 * 60)
    with pytest.raises(TimeTakenError):
        hub.offer(hub.world.fellow)


def test_a_group_shares_one_time_until_it_is_full(hub: Hub) -> None:
    hub.free(hub.world.trainer, modes=(Mode.GROUP,), group_size=2)
    assign(hub, hub.world.fellow, hub.world.trainer)
    hub.offer(mode=Mode.GROUP)
    with pytest.raises(TimeTakenError):
        hub.offer(hub.world.fellow, mode=Mode.GROUP, minutes=60)
    with pytest.raises(TimeTakenError):
        hub.offer(hub.world.fellow)
    hub.offer(hub.world.fellow, mode=Mode.GROUP)
    hub.free(hub.world.trainer, modes=(Mode.GROUP,), group_size=1)
    hub.wait(days=7)
    next_week = TUESDAY + timedelta(days=7)
    hub.offer(mode=Mode.GROUP, day=next_week)
    with pytest.raises(GroupFullError, match="1 people have a place"):
        hub.offer(hub.world.fellow, mode=Mode.GROUP, day=next_week)


def test_of_many_who_take_one_time_at_once_one_gets_it(stored: Hub) -> None:
    people = [stored.world.trainee, stored.world.fellow]
    assign(stored, stored.world.fellow, stored.world.trainer)
    stored.free(stored.world.trainer)

    def attempt(n: int) -> bool:
        try:
            support.take_slot(
                stored.store,
                people[n % 2],
                PROGRAMME,
                supervisor_id=stored.world.trainer.person_id,
                day=TUESDAY,
                start_minute=SIX,
                zone=LONDON,
                mode=Mode.PHONE,
                now=stored.now,
            )
        except (NotFreeError, TimeTakenError):
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, range(16)))
    still = [meeting for meeting in meetings_with(stored.store, stored.world.trainer.person_id) if meeting.is_open]
    assert (sum(won), len(still)) == (1, 1)


def test_who_comes_second_between_looking_and_recording_takes_it_back(
    stored: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(stored, stored.world.fellow, stored.world.trainer)
    append = stored.store.append
    between: list[str] = []

    def slow_append(*facts):
        if not between and isinstance(facts[0], MeetingOffered):
            between.append("now")
            stored.offer(stored.world.fellow, start_minute=SIX + 15)
        return append(*facts)

    monkeypatch.setattr(stored.store, "append", slow_append)
    with pytest.raises(TimeTakenError):
        stored.offer(is_agreed=True)
    assert meetings_about(stored.store, stored.world.trainee.person_id) == []
    assert stored.store.list_facts(MeetingBooked) == []
    assert len(meetings_about(stored.store, stored.world.fellow.person_id)) == 1


# ---------------------------------------------------------------- taking a free time


def test_the_free_times_of_ones_trainers_can_be_taken(hub: Hub) -> None:
    hub.free(hub.world.trainer)
    slots = support.list_open_slots(hub.store, hub.world.trainee, PROGRAMME, hub.now, n_days=7)
    assert [(slot.day, slot.clock) for slot in slots] == [
        (TUESDAY, clock) for clock in ("18:00", "18:45", "19:30", "20:15")
    ]
    meeting = take(hub)
    assert hub.meeting(meeting).state is MeetingState.BOOKED
    left = support.list_open_slots(hub.store, hub.world.trainee, PROGRAMME, hub.now, n_days=7)
    assert [slot.clock for slot in left] == ["18:45", "19:30", "20:15"]


def test_taking_the_same_time_twice_by_a_double_click_is_one_meeting(hub: Hub) -> None:
    hub.free(hub.world.trainer)
    same = new_fact_id()
    assert take(hub, fact_id=same) == take(hub, fact_id=same)


@pytest.mark.parametrize(
    "changes", [{"start_minute": SIX + 10}, {"mode": Mode.VIDEO}, {"day": TUESDAY + timedelta(days=1)}, {"zone": "UTC"}]
)
def test_a_time_that_was_not_given_cannot_be_taken(hub: Hub, changes: dict) -> None:
    hub.free(hub.world.trainer)
    with pytest.raises(NotFreeError, match="Choose one of the times that are shown"):
        take(hub, **changes)


def test_a_place_in_a_group_can_be_taken(hub: Hub) -> None:
    assign(hub, hub.world.fellow, hub.world.trainer)
    hub.free(hub.world.trainer, modes=(Mode.GROUP, Mode.PHONE), group_size=3)
    hub.offer(hub.world.fellow, mode=Mode.GROUP)
    places = support.list_group_places(hub.store, hub.world.trainee, PROGRAMME, hub.now)
    assert [(place.meets_on, place.start_minute) for place in places] == [(TUESDAY, SIX)]
    taken = take(hub, mode=Mode.GROUP)
    assert (taken.person_id, taken.minutes) == (hub.world.trainee.person_id, 45)
    assert support.list_group_places(hub.store, hub.world.trainee, PROGRAMME, hub.now) == []


def test_times_of_somebody_elses_trainer_are_not_shown(hub: Hub) -> None:
    hub.free(hub.world.trainer)
    assert support.list_open_slots(hub.store, hub.world.fellow, PROGRAMME, hub.now) == []


# ---------------------------------------------------------------- called off


def test_by_whom_follows_from_who_acts(hub: Hub) -> None:
    parties = {}
    for number, who in enumerate(("trainee", "trainer", "coordinator")):
        offer = hub.offer(day=TUESDAY + timedelta(days=number), is_agreed=True)
        end = support.cancel_meeting(hub.store, getattr(hub.world, who), offer.fact_id, WORK, hub.now)
        parties[who] = end.party
    assert parties == {"trainee": Party.TRAINEE, "trainer": Party.SUPERVISOR, "coordinator": Party.HUB}


def test_an_offer_is_declined_and_a_booking_is_called_off(hub: Hub) -> None:
    offer, booked = hub.offer(), hub.offer(day=TUESDAY + timedelta(days=1), is_agreed=True)
    for one in (offer, booked):
        support.decline_meeting(hub.store, hub.world.trainee, one.fact_id, MeetingReason.NO_TIME, hub.now)
    assert [hub.meeting(one).state for one in (offer, booked)] == [MeetingState.DECLINED, MeetingState.CANCELLED]


def test_reasons_are_coded(hub: Hub) -> None:
    offer = hub.offer()
    with pytest.raises(WrongInputError, match="one of no_time"):
        support.cancel_meeting(hub.store, hub.world.trainee, offer.fact_id, "my son is ill", hub.now)  # type: ignore[arg-type]


def test_strangers_call_nothing_off(hub: Hub) -> None:
    offer = hub.offer()
    for who in ("fellow", "outsider", "manager", "lead"):
        with pytest.raises(NotAllowedError):
            support.cancel_meeting(hub.store, getattr(hub.world, who), offer.fact_id, WORK, hub.now)


def test_what_is_closed_stays_closed(hub: Hub) -> None:
    offer = hub.offer()
    support.decline_meeting(hub.store, hub.world.trainee, offer.fact_id, WORK, hub.now)
    with pytest.raises(MeetingClosedError, match="closed already: declined"):
        hub.book(offer)
    hub.wait(days=2)
    with pytest.raises(MeetingClosedError):
        support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now)


# ---------------------------------------------------------------- what became of it


def test_one_tap_makes_a_supervision_of_a_meeting(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True, mode=Mode.VIDEO)
    hub.wait(days=2)
    held = support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now)
    assert hub.store.list_facts(Supervision, hub.world.trainee.person_id) == [held]
    assert (held.minutes, held.mode, held.supervisor_id) == (45, Mode.VIDEO, hub.world.trainer.person_id)
    assert hub.store.day_of(held.occurred_at) == TUESDAY
    assert support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now) == held
    assert len(hub.store.list_facts(Supervision)) == 1


def test_a_meeting_can_be_shorter_and_otherwise_than_planned(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    hub.wait(days=1, hours=9)
    held = support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now, minutes=20, mode=Mode.IN_PERSON)
    assert (held.minutes, held.mode) == (20, Mode.IN_PERSON)


def test_a_meeting_to_come_is_neither_held_nor_missed(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    with pytest.raises(MeetingNotBegunError, match="Close it when it has begun, or cancel it now"):
        support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now)
    with pytest.raises(MeetingNotBegunError):
        support.miss_meeting(hub.store, hub.world.trainer, offer.fact_id, Party.TRAINEE, WORK, now=hub.now)


def test_a_meeting_that_did_not_happen_has_a_code(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    hub.wait(days=2)
    reason = MeetingReason.DID_NOT_COME
    end = support.miss_meeting(hub.store, hub.world.trainer, offer.fact_id, Party.TRAINEE, reason, now=hub.now)
    assert (end.party, end.reason, hub.meeting(offer).state) == (Party.TRAINEE, reason, MeetingState.NOT_HELD)
    assert hub.store.list_facts(Supervision) == []


def test_nobody_says_what_became_of_their_own_meeting(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    hub.wait(days=2)
    with pytest.raises(OwnRecordError):
        support.hold_meeting(hub.store, hub.world.trainee, offer.fact_id, hub.now)
    with pytest.raises(NotAllowedError):
        support.hold_meeting(hub.store, hub.world.outsider, offer.fact_id, hub.now)


def test_long_after_the_day_a_reason_is_asked_for(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    hub.wait(days=90)
    with pytest.raises(LateEntryError):
        support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now)
    assert support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now, late_reason="forgotten")


def test_meetings_run_on_the_store(stored: Hub) -> None:
    """What the small ledger promises, the store keeps."""
    stored.free(stored.world.trainer)
    taken = take(stored)
    stored.wait(days=2)
    held = support.hold_meeting(stored.store, stored.world.trainer, taken.fact_id, stored.now)
    correct(stored.store, stored.world.trainer, held.fact_id, CorrectionReason.WRONG_ENTRY, stored.now)
    assert stored.meeting(taken).state is MeetingState.BOOKED
    support.hold_meeting(stored.store, stored.world.trainer, taken.fact_id, stored.now)
    assert len(stored.store.list_facts(Supervision)) == 1


def test_taking_back_the_supervision_opens_the_meeting_again(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    hub.wait(days=2)
    held = support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now)
    correct(hub.store, hub.world.trainer, held.fact_id, CorrectionReason.WRONG_ENTRY, hub.now)
    assert hub.meeting(offer).state is MeetingState.BOOKED
    reason = MeetingReason.FORGOTTEN
    end = support.miss_meeting(hub.store, hub.world.trainer, offer.fact_id, Party.SUPERVISOR, reason, now=hub.now)
    correct(hub.store, hub.world.trainer, end.fact_id, CorrectionReason.WRONG_ENTRY, hub.now)
    again = support.hold_meeting(hub.store, hub.world.trainer, offer.fact_id, hub.now)
    assert hub.store.list_facts(Supervision) == [again]
    assert again.fact_id != held.fact_id


def test_what_was_called_off_is_not_taken_back(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    end = support.cancel_meeting(hub.store, hub.world.trainer, offer.fact_id, WORK, hub.now)
    with pytest.raises(WrongInputError, match="Offer another time"):
        correct(hub.store, hub.world.trainer, end.fact_id, CorrectionReason.WRONG_ENTRY, hub.now)


def test_a_wrong_name_of_a_party_is_refused(hub: Hub) -> None:
    offer = hub.offer(is_agreed=True)
    hub.wait(days=2)
    with pytest.raises(WrongInputError, match="one of trainee, supervisor, hub"):
        support.miss_meeting(hub.store, hub.world.trainer, offer.fact_id, "both", WORK, now=hub.now)  # type: ignore[arg-type]
