"""Offering a meeting: by a trainer to their trainee, or by a co-ordinator for a trainer."""

from datetime import date, datetime, timedelta
from typing import Final

from assessments.errors import GroupFullError, TimeTakenError, WrongInputError
from assessments.facts import Mode
from assessments.free_times import DEFAULT_GROUP, Slot, open_slots
from assessments.local_time import span_of, wall_of, zone_named
from assessments.meetings import Meeting, count_places, find_clash, meeting_clock
from assessments.ports import Ledger
from assessments.service.access import get_programme, read_code, record_once, require, require_other
from assessments.service.amending import amend
from assessments.service.support.availability import FARTHEST_DAYS, find_free_times
from assessments.service.support.known import meetings_about, meetings_with
from assessments.support import MeetingBooked, MeetingOffered
from curriculum.ids import ProgrammeId
from people.facts import Change, Fact, FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

SHORTEST: Final = 10
LONGEST: Final = 240


def offer_meeting(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    *,
    day: date,
    start_minute: int,
    minutes: int,
    mode: Mode,
    now: datetime,
    supervisor_id: PersonId | None = None,
    zone: str = "",
    language: str = "",
    is_agreed: bool = False,
    fact_id: FactId | None = None,
) -> MeetingOffered:
    """Offer a meeting, by the clock on the wall; the time is kept free until it is answered.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or a co-ordinator of the hub.
        person_id: Who is supervised.
        programme_id: The programme.
        day: The local day.
        start_minute: When it begins, in minutes from midnight by the clock.
        minutes: How long, 10 to 240.
        mode: How. Several can have a place in one group meeting: offer each of them the same time.
        now: The time.
        supervisor_id: One of the person's trainers; the actor when left out.
        zone: Whose clock; the programme's when left out.
        language: In which language, as a code; empty for any.
        is_agreed: The person has said yes already, on the phone for example: then it is booked at once.
        fact_id: Given by the page, so that a double click offers it once.

    Raises:
        WrongInputError: The supervisor is no trainer of the person, or the time or length does not fit.
        SkippedTimeError: The clocks go forward over the time.
        TimeTakenError: The supervisor, or the person, already has a meeting that overlaps.
        GroupFullError: The group meeting is full.
    """
    require_other(actor, person_id, "offer themselves a meeting")
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, person_id)
    head = get_programme(ledger, person_id, programme_id).head
    supervisor = actor.person_id if supervisor_id is None else supervisor_id
    offer = MeetingOffered(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        supervisor_id=supervisor,
        meets_on=day,
        start_minute=start_minute,
        zone=zone_named(zone or head.timezone).key,
        minutes=_check_length(minutes),
        mode=read_code(Mode, mode, "Mode"),
        language=language,
    )
    if offer.supervisor_id not in ledger.subject(person_id).trainer_ids:
        raise WrongInputError("Supervisor", f"person {supervisor}", "one of their trainers", "Choose who supervises.")
    return arrange(ledger, actor, offer, is_agreed=is_agreed, now=now)


def arrange(ledger: Ledger, actor: Actor, offer: MeetingOffered, *, is_agreed: bool, now: datetime) -> MeetingOffered:
    """Record an offer whose time is right and free; with `is_agreed`, the person's yes together with it.

    The store takes one append after the other and locks nothing. So it is looked at once more afterwards: of two who
    took overlapping times at the same moment, the one who came second takes it back and is told.

    Raises:
        WrongInputError: The time has gone by, or is too far ahead.
        SkippedTimeError: The clocks go forward over it.
        TimeTakenError: Somebody already has a meeting then.
        GroupFullError: The group meeting is full.
    """
    known = ledger.find(MeetingOffered, offer.fact_id)
    if known is not None:
        return record_once(ledger, offer)
    _check_time(offer, now)
    _check_free(ledger, offer, meetings_with(ledger, offer.supervisor_id), is_agreed=is_agreed)
    yes = [booking_of(offer, actor, now)] if is_agreed else []
    recorded = record_once(ledger, offer, *yes)
    before = _before(meetings_with(ledger, offer.supervisor_id), offer)
    try:
        _check_free(ledger, offer, before, is_agreed=is_agreed, is_second_look=True)
    except (TimeTakenError, GroupFullError):
        _take_back(ledger, actor, [offer, *yes], now)
        raise
    return recorded


def booking_of(offer: MeetingOffered, actor: Actor, now: datetime) -> MeetingBooked:
    """Return the one yes that a meeting can have."""
    return MeetingBooked(
        fact_id=derived_fact_id(offer.fact_id, "booked"),
        person_id=offer.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        meeting_id=offer.fact_id,
    )


def _check_length(minutes: int) -> int:
    if not SHORTEST <= minutes <= LONGEST:
        raise WrongInputError("Minutes", str(minutes), f"{SHORTEST} to {LONGEST}", "Say how long you will need.")
    return minutes


def _check_time(offer: MeetingOffered, now: datetime) -> None:
    if not 0 <= offer.start_minute < 1440:
        raise WrongInputError("Time", str(offer.start_minute), "0 to 1439 minutes from midnight", "Choose a time.")
    today, _ = wall_of(now, offer.zone)
    starts_at = span_of(offer.meets_on, offer.start_minute, offer.minutes, offer.zone).starts_at
    if starts_at <= now or offer.meets_on > today + timedelta(days=FARTHEST_DAYS):
        found = f"{offer.meets_on:%Y-%m-%d} at {meeting_clock(offer)}"
        raise WrongInputError("Time", found, "a time to come, within a year", "Choose a later time, or a nearer one.")


def _before(meetings: list[Meeting], offer: MeetingOffered) -> list[Meeting]:
    """Return those who were recorded before the offer."""
    ids = [meeting.meeting_id for meeting in meetings]
    return meetings[: ids.index(offer.fact_id)] if offer.fact_id in ids else meetings


def _check_free(
    ledger: Ledger,
    offer: MeetingOffered,
    with_supervisor: list[Meeting],
    *,
    is_agreed: bool,
    is_second_look: bool = False,
) -> None:
    clash = find_clash(offer, with_supervisor)
    if clash is not None:
        raise TimeTakenError(offer.supervisor_id, clash.offered.meets_on, meeting_clock(clash.offered))
    check_person_free(ledger, offer, is_second_look=is_second_look and is_agreed)
    n_places = places_of(ledger, offer.supervisor_id)
    if offer.mode is Mode.GROUP and count_places(offer, with_supervisor) >= n_places:
        raise GroupFullError(n_places)


def check_person_free(ledger: Ledger, offer: MeetingOffered, *, is_second_look: bool = False) -> None:
    """Return when the person has no other booked meeting then; at the second look, none that was booked before.

    Raises:
        TimeTakenError: They have.
    """
    about = [meeting for meeting in meetings_about(ledger, offer.person_id) if meeting.is_booked]
    if is_second_look:
        bookings = [fact.meeting_id for fact in ledger.list_facts(MeetingBooked, offer.person_id)]
        earlier = set(bookings[: bookings.index(offer.fact_id)]) if offer.fact_id in bookings else set(bookings)
        about = [meeting for meeting in about if meeting.meeting_id in earlier]
    clash = find_clash(offer, about)
    if clash is not None:
        raise TimeTakenError(offer.person_id, clash.offered.meets_on, meeting_clock(clash.offered))


def places_of(ledger: Ledger, supervisor_id: PersonId) -> int:
    """Return how many fit in a group meeting of the supervisor."""
    said = find_free_times(ledger, supervisor_id).availability
    return said.group_size if said is not None and said.group_size else DEFAULT_GROUP


def _take_back(ledger: Ledger, actor: Actor, facts: list[Fact], now: datetime) -> None:
    ledger.append(*(amend(fact, actor, fact.fact_id, Change.VOID, reason="time_taken", now=now) for fact in facts))


# ---------------------------------------------------------------- what is free


def list_free_slots(
    ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, *, now: datetime, n_days: int = 28
) -> list[Slot]:
    """Return the free times of the person's trainers that can be offered to them: the actor's own first.

    Raises:
        NotAllowedError: The actor may not arrange meetings of the person.
        NotEnrolledError: The person is not in the programme.
    """
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, person_id)
    slots = slots_for(ledger, person_id, programme_id, now=now, n_days=n_days)
    return sorted(slots, key=lambda slot: (slot.supervisor_id != actor.person_id, slot.starts_at))


def slots_for(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, *, now: datetime, n_days: int
) -> list[Slot]:
    """Return the free times of a person's trainers at which they have no booked meeting, in the order of time."""
    head = get_programme(ledger, person_id, programme_id).head
    own = [meeting.span for meeting in meetings_about(ledger, person_id) if meeting.is_open and meeting.is_booked]
    first, _ = wall_of(now, head.timezone)
    slots = [
        slot
        for supervisor_id in sorted(ledger.subject(person_id).trainer_ids)
        for slot in open_slots(
            supervisor_id,
            find_free_times(ledger, supervisor_id),
            [meeting.span for meeting in meetings_with(ledger, supervisor_id) if meeting.is_open],
            minutes=head.support.meeting_minutes,
            first=first,
            last=first + timedelta(days=n_days),
            not_before=now,
        )
        if not any(slot.span.overlaps(span) for span in own)
    ]
    return sorted(slots, key=lambda slot: (slot.starts_at, slot.supervisor_id))
