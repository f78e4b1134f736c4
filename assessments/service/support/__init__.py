"""Support: free times, meetings, asking to be contacted, sessions ahead, check-ins, confidence, buddies."""

from assessments.service.support.availability import (
    LARGEST_GROUP,
    except_day,
    say_when_free,
    see_free_times,
    take_back_exception,
)
from assessments.service.support.booking import (
    book_meeting,
    cancel_meeting,
    decline_meeting,
    list_group_places,
    list_open_slots,
    see_meetings,
    take_slot,
)
from assessments.service.support.buddies import end_buddies, pair_buddies
from assessments.service.support.check_ins import (
    check_in,
    choose_check_in,
    delete_check_ins,
    see_check_in_choice,
    see_check_ins,
)
from assessments.service.support.closing import hold_meeting, miss_meeting
from assessments.service.support.confidence import rate_confidence, see_confidence
from assessments.service.support.contact import acknowledge_contact, ask_contact, withdraw_contact
from assessments.service.support.offering import list_free_slots, offer_meeting
from assessments.service.support.sessions import SessionTime, call_off_session, note_preparation, plan_session

__all__ = [
    "LARGEST_GROUP",
    "SessionTime",
    "acknowledge_contact",
    "ask_contact",
    "book_meeting",
    "call_off_session",
    "cancel_meeting",
    "check_in",
    "choose_check_in",
    "decline_meeting",
    "delete_check_ins",
    "end_buddies",
    "except_day",
    "hold_meeting",
    "list_free_slots",
    "list_group_places",
    "list_open_slots",
    "miss_meeting",
    "note_preparation",
    "offer_meeting",
    "pair_buddies",
    "plan_session",
    "rate_confidence",
    "say_when_free",
    "see_check_in_choice",
    "see_check_ins",
    "see_confidence",
    "see_free_times",
    "see_meetings",
    "take_back_exception",
    "take_slot",
    "withdraw_contact",
]
