"""Each kind of fact in plain words: one function a kind."""

from collections.abc import Callable, Mapping
from typing import Final, cast

import assessments.facts as practice
from analytics.own_record import about_people, about_practice, about_support
from analytics.own_record.words import Told, Words
from assessments import support
from people import facts
from people.facts import Fact
from store.rows import Value

Teller = Callable[[Value, Words], Told]

TELLERS: Final[Mapping[type[Fact], Teller]] = {
    facts.PersonAdded: about_people.tell_added,
    facts.TokenIssued: about_people.tell_token,
    facts.PasswordSet: about_people.tell_password,
    facts.NoticeSeen: about_people.tell_notice,
    facts.Grant: about_people.tell_grant,
    facts.PersonErased: about_people.tell_erased,
    facts.Enrolment: about_people.tell_enrolment,
    facts.Assignment: about_people.tell_assignment,
    facts.Pause: about_people.tell_pause,
    facts.WorkHandedOver: about_people.tell_handed_over,
    facts.MoveConsent: about_people.tell_move,
    facts.ResearchChoice: about_people.tell_research,
    facts.RecordOpened: about_people.tell_opened,
    facts.Amendment: about_people.tell_amendment,
    practice.ModuleProgress: about_practice.tell_progress,
    practice.Attendance: about_practice.tell_attendance,
    practice.Milestone: about_practice.tell_milestone,
    practice.LogAnswer: about_practice.tell_log_answer,
    practice.AttemptStarted: about_practice.tell_started,
    practice.Response: about_practice.tell_response,
    practice.Attempt: about_practice.tell_attempt,
    practice.Unlock: about_practice.tell_unlock,
    practice.Accommodation: about_practice.tell_time,
    practice.Sitting: about_practice.tell_sitting,
    practice.TextMark: about_practice.tell_mark,
    practice.SecondMarkAsked: about_practice.tell_second_mark,
    practice.RefresherAnswer: about_practice.tell_refresher,
    practice.CutJudgement: about_practice.tell_judgement,
    practice.ObservationRequest: about_practice.tell_request,
    practice.ObservationOpened: about_practice.tell_form,
    practice.Tick: about_practice.tell_tick,
    practice.Observation: about_practice.tell_observation,
    practice.DeviceRecord: about_practice.tell_device_record,
    practice.DeviceRecordSettled: about_practice.tell_device_record_settled,
    practice.SheetTakenOver: about_practice.tell_taken_over,
    practice.Acknowledgement: about_practice.tell_acknowledgement,
    practice.Calibration: about_practice.tell_calibration,
    practice.InterestDeclared: about_practice.tell_interest,
    practice.VignetteRated: about_practice.tell_vignette,
    practice.ParticipantSummary: about_practice.tell_summary,
    practice.Hold: about_practice.tell_hold,
    practice.Debrief: about_practice.tell_debrief,
    practice.Supervision: about_practice.tell_supervision,
    practice.Certificate: about_practice.tell_certificate,
    practice.SignOff: about_practice.tell_sign_off,
    practice.Countersign: about_practice.tell_countersign,
    practice.CohortOutcome: about_practice.tell_outcome,
    practice.Appeal: about_practice.tell_appeal,
    practice.DecisionAsked: about_practice.tell_decision_asked,
    practice.SecondLook: about_practice.tell_second_look,
    practice.DisputeSettled: about_practice.tell_dispute_settled,
    practice.AppealDecided: about_practice.tell_appeal_decided,
    support.Availability: about_support.tell_availability,
    support.FreeException: about_support.tell_exception,
    support.MeetingOffered: about_support.tell_offered,
    support.MeetingBooked: about_support.tell_booked,
    support.MeetingEnded: about_support.tell_ended,
    support.ContactAsked: about_support.tell_contact,
    support.CheckInChoice: about_support.tell_choice,
    support.ConfidenceRated: about_support.tell_confidence,
    support.BuddyPaired: about_support.tell_buddies,
}
"""Every kind of fact that is about a person; a test compares this with the classes there are."""


def tell_fact(fact: Fact, words: Words) -> Told:
    """Return a fact about a person in plain words.

    Raises:
        KeyError: Nobody has said yet how this kind is told.
    """
    return cast("Teller", TELLERS[type(fact)])(fact, words)
