"""What the person who is supervised does about meetings: take a time, say yes or no; and calling a meeting off."""

from dataclasses import replace
from datetime import date, datetime

from assessments.errors import MeetingClosedError, NotFreeError, TimeTakenError
from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.local_time import clock_words, zone_named
from assessments.meetings import Meeting, count_places
from assessments.ports import Ledger
from assessments.service.access import get_programme, read_code, record_once, require, require_own
from assessments.service.amending import amend
from assessments.service.support.known import get_meeting, meetings_about, meetings_with, next_end_id
from assessments.service.support.offering import arrange, booking_of, check_person_free, places_of, slots_for
from assessments.support import (
    MeetingBooked,
    MeetingEnded,
    MeetingOffered,
    MeetingOutcome,
    MeetingReason,
    Party,
)
from curriculum.ids import ProgrammeId
from people.facts import Change, FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right


def see_meetings(ledger: Ledger, actor: Actor, person_id: PersonId) -> list[Meeting]:
    """Return all meetings of somebody who is supervised, in the order in which they were offered.

    Raises:
        NotAllowedError: They are neither the actor's own, nor of somebody whose supervision they may see.
    """
    require(ledger, actor, Right.SEE, Record.SUPERVISION, person_id)
    return meetings_about(ledger, person_id)


def list_open_slots(
    ledger: Ledger, actor: Actor, programme_id: ProgrammeId, now: datetime, n_days: int = 28
) -> list[Slot]:
    """Return the free times of the actor's trainers that they can take themselves, in the order of time.

    Raises:
        NotEnrolledError: The actor is not in the programme.
    """
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
    return slots_for(ledger, actor.person_id, programme_id, now=now, n_days=n_days)


def list_group_places(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, now: datetime) -> list[MeetingOffered]:
    """Return group meetings to come of the actor's trainers in which there is a place for them: one offer of each.

    Raises:
        NotEnrolledError: The actor is not in the programme.
    """
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
    get_programme(ledger, actor.person_id, programme_id)
    found: dict[tuple[PersonId, datetime], MeetingOffered] = {}
    for supervisor_id in sorted(ledger.subject(actor.person_id).trainer_ids):
        meetings = [meeting for meeting in meetings_with(ledger, supervisor_id) if meeting.is_open]
        for meeting in meetings:
            wanted = _place_in(meeting.offered, actor, programme_id, now)
            is_own = any(each.offered.person_id == actor.person_id and each.span == meeting.span for each in meetings)
            is_open = meeting.offered.mode is Mode.GROUP and meeting.span.starts_at > now and not is_own
            if is_open and count_places(wanted, meetings) < places_of(ledger, supervisor_id):
                found.setdefault((supervisor_id, meeting.span.starts_at), meeting.offered)
    return list(found.values())


def _place_in(offered: MeetingOffered, actor: Actor, programme_id: ProgrammeId, now: datetime) -> MeetingOffered:
    return replace(
        offered,
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
    )


def take_slot(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    *,
    supervisor_id: PersonId,
    day: date,
    start_minute: int,
    zone: str,
    mode: Mode,
    now: datetime,
    fact_id: FactId | None = None,
) -> MeetingOffered:
    """Book a free time of one of the actor's trainers, or a place in one of their group meetings: offer and yes in one.

    Args:
        ledger: Where facts are.
        actor: Who is supervised.
        programme_id: The programme.
        supervisor_id: The trainer.
        day: The local day.
        start_minute: When it begins by the trainer's clock.
        zone: The trainer's zone.
        mode: How; one of the ways in which the trainer can meet.
        now: The time.
        fact_id: Given by the page, so that a double click books it once.

    Raises:
        NotFreeError: The trainer is not free then, or not in this way.
        TimeTakenError: The actor already has a meeting that overlaps.
        GroupFullError: The group meeting is full.
    """
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
    how = read_code(Mode, mode, "Mode")
    known = ledger.find(MeetingOffered, fact_id) if fact_id is not None else None
    if known is not None and known.person_id == actor.person_id:
        return known
    key = (supervisor_id, day, start_minute, zone_named(zone).key)
    offers = [
        _offer_of(slot, actor, programme_id, how, now)
        for slot in list_open_slots(ledger, actor, programme_id, now)
        if how in slot.modes
    ]
    if how is Mode.GROUP:
        places = list_group_places(ledger, actor, programme_id, now)
        offers += [_place_in(place, actor, programme_id, now) for place in places]
    for offer in offers:
        if (offer.supervisor_id, offer.meets_on, offer.start_minute, offer.zone) == key:
            wanted = replace(offer, fact_id=fact_id or offer.fact_id)
            return arrange(ledger, actor, wanted, is_agreed=True, now=now)
    raise NotFreeError(supervisor_id, day, clock_words(start_minute))


def _offer_of(slot: Slot, actor: Actor, programme_id: ProgrammeId, mode: Mode, now: datetime) -> MeetingOffered:
    return MeetingOffered(
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        supervisor_id=slot.supervisor_id,
        meets_on=slot.day,
        start_minute=slot.start_minute,
        zone=slot.zone,
        minutes=slot.minutes,
        mode=mode,
    )


def book_meeting(ledger: Ledger, actor: Actor, meeting_id: FactId, now: datetime) -> MeetingBooked:
    """Say yes to a meeting; twice changes nothing.

    Raises:
        UnknownFactError: There is no such meeting.
        NotAllowedError: It was offered to somebody else.
        MeetingClosedError: It was called off, or has been.
        TimeTakenError: The actor has booked another meeting that overlaps.
    """
    meeting = get_meeting(ledger, meeting_id)
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, meeting.offered.person_id)
    yes = booking_of(meeting.offered, actor, now)
    if not meeting.is_booked:
        _require_open(meeting)
        check_person_free(ledger, meeting.offered)
    recorded = record_once(ledger, yes)
    if not meeting.is_booked:
        try:
            check_person_free(ledger, meeting.offered, is_second_look=True)
        except TimeTakenError:
            ledger.append(amend(yes, actor, yes.fact_id, Change.VOID, reason="time_taken", now=now))
            raise
    return recorded


def _require_open(meeting: Meeting) -> None:
    if meeting.ended is not None:
        raise MeetingClosedError(meeting.meeting_id, meeting.state)


def decline_meeting(
    ledger: Ledger, actor: Actor, meeting_id: FactId, reason: MeetingReason, now: datetime
) -> MeetingEnded:
    """Say no to a meeting that was offered; twice changes nothing. One that is booked is called off instead.

    Raises:
        UnknownFactError: There is no such meeting.
        NotAllowedError: It was offered to somebody else.
        MeetingClosedError: Something else became of it.
        WrongInputError: The reason is not a `MeetingReason`.
    """
    meeting = get_meeting(ledger, meeting_id)
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, meeting.offered.person_id)
    outcome = MeetingOutcome.CANCELLED if meeting.is_booked else MeetingOutcome.DECLINED
    return end_meeting(ledger, actor, meeting, outcome, party=Party.TRAINEE, reason=reason, now=now)


def cancel_meeting(
    ledger: Ledger, actor: Actor, meeting_id: FactId, reason: MeetingReason, now: datetime
) -> MeetingEnded:
    """Call a meeting off, offered or booked; by whom follows from who the actor is. Twice changes nothing.

    Raises:
        UnknownFactError: There is no such meeting.
        NotAllowedError: The actor neither takes part in it nor arranges meetings in the hub.
        MeetingClosedError: Something else became of it.
        WrongInputError: The reason is not a `MeetingReason`.
    """
    meeting = get_meeting(ledger, meeting_id)
    party = _party_of(ledger, actor, meeting)
    return end_meeting(ledger, actor, meeting, MeetingOutcome.CANCELLED, party=party, reason=reason, now=now)


def _party_of(ledger: Ledger, actor: Actor, meeting: Meeting) -> Party:
    if actor.person_id == meeting.offered.person_id:
        require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
        return Party.TRAINEE
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, meeting.offered.person_id)
    return Party.SUPERVISOR if actor.person_id == meeting.offered.supervisor_id else Party.HUB


def end_meeting(
    ledger: Ledger,
    actor: Actor,
    meeting: Meeting,
    outcome: MeetingOutcome,
    *,
    party: Party,
    reason: MeetingReason,
    now: datetime,
) -> MeetingEnded:
    """Record that a meeting did not come about; the same again changes nothing.

    Raises:
        MeetingClosedError: Something else became of it.
        WrongInputError: The reason is not a `MeetingReason`.
    """
    code = read_code(MeetingReason, reason, "Reason")
    if meeting.ended is not None and (meeting.ended.outcome, meeting.ended.actor_id) == (outcome, actor.person_id):
        return meeting.ended
    _require_open(meeting)
    end = MeetingEnded(
        fact_id=next_end_id(ledger, meeting.meeting_id),
        person_id=meeting.offered.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        meeting_id=meeting.meeting_id,
        outcome=outcome,
        party=party,
        reason=code,
    )
    return record_end(ledger, meeting, end)


def record_end(ledger: Ledger, meeting: Meeting, end: MeetingEnded) -> MeetingEnded:
    """Record the end of a meeting, unless somebody else was first.

    Raises:
        MeetingClosedError: Somebody else has just ended it.
    """
    if ledger.append(end):
        return end
    first = ledger.find(MeetingEnded, end.fact_id)
    if first is None or (first.outcome, first.actor_id) != (end.outcome, end.actor_id):
        raise MeetingClosedError(meeting.meeting_id, first.outcome if first is not None else MeetingOutcome.CANCELLED)
    return first
