"""What use cases about meetings begin with: the meeting, whose it is, and all that stand beside it."""

from assessments.meetings import Meeting, gather
from assessments.ports import Ledger
from assessments.service.access import get_fact
from assessments.support import MeetingBooked, MeetingEnded, MeetingOffered
from people.facts import FactId
from people.ids import derived_fact_id
from people.models import PersonId


def meetings_about(ledger: Ledger, person_id: PersonId) -> list[Meeting]:
    """Return all meetings of somebody who is supervised, in the order in which they were offered."""
    return gather(
        ledger.list_facts(MeetingOffered, person_id),
        ledger.list_facts(MeetingBooked, person_id),
        ledger.list_facts(MeetingEnded, person_id),
    )


def meetings_with(ledger: Ledger, supervisor_id: PersonId) -> list[Meeting]:
    """Return all meetings of a supervisor, in the order in which they were offered."""
    offers = ledger.list_facts(MeetingOffered, supervisor_id=supervisor_id)
    people = list(dict.fromkeys(offer.person_id for offer in offers))
    booked = [fact for person_id in people for fact in ledger.list_facts(MeetingBooked, person_id)]
    ended = [fact for person_id in people for fact in ledger.list_facts(MeetingEnded, person_id)]
    return gather(offers, booked, ended)


def get_meeting(ledger: Ledger, meeting_id: FactId) -> Meeting:
    """Return the meeting.

    Raises:
        UnknownFactError: There is none, or it was taken back.
    """
    offer = get_fact(ledger, MeetingOffered, meeting_id, "meeting")
    about = meetings_about(ledger, offer.person_id)
    return next(meeting for meeting in about if meeting.meeting_id == meeting_id)


def next_end_id(ledger: Ledger, meeting_id: FactId) -> FactId:
    """Return the one id that the next end of the meeting may have: two who end it at once meet in it."""
    number = 0
    while True:
        end_id = derived_fact_id(meeting_id, f"end/{number}")
        is_taken_back = ledger.find(MeetingEnded, end_id) is not None and bool(ledger.changes_to(end_id))
        if not is_taken_back:
            return end_id
        number += 1
