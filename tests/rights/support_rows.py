"""Who may use what of `assessments.service.support`: a row for each situation, from design section 8."""

from datetime import date, timedelta
from typing import Any, Final

from assessments.errors import CheckInNotChosenError, NotEnrolledError, NotFreeError
from assessments.facts import Mode
from assessments.service import support
from assessments.service.support.known import get_meeting
from assessments.support import (
    ContactTopic,
    FreeWindow,
    MeetingOffered,
    MeetingReason,
    Moment,
    Party,
    PreparationState,
    SessionKind,
    SessionPlanned,
)
from curriculum.models import Preparation
from people.facts import FactId
from tests.assessments.world import TODAY
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, Stage
from tests.rights.rows import Row

Given = dict[str, Any]

OWN: Final = "trainee hats"
LEARNERS: Final = f"{OWN} fellow there_trainee"
TRAINERS: Final = "trainer doubled"
ARRANGERS: Final = f"{TRAINERS} coordinator operator"
READERS: Final = f"{OWN} {ARRANGERS} lead manager"
ENROLLED: Final = (NotEnrolledError,)
EVERYBODY: Final = (
    f"{LEARNERS} {TRAINERS} manager lead safeguarding deputy coordinator there_manager there_lead there_safeguarding "
    "there_deputy there_coordinator there_trainer other_trainer admin nobody countersigner there_countersigner operator"
)
"""All but funders, who have no record of their own."""

NOW_: Final = {"now": NOW}
_MINUTES: Final = 10


# ---------------------------------------------------------------- free times


def week(**more: Any) -> Given:
    """Return an ordinary week: all of every day."""
    windows = [FreeWindow(weekday, 0, 1440) for weekday in range(7)]
    return {"windows": windows, "modes": [Mode.PHONE, Mode.GROUP], "zone": "Europe/London", **NOW_, **more}


def _day(_: Stage) -> Given:
    return {"day": TODAY, "start_minute": 0, "end_minute": 60, "is_free": False, "zone": "Europe/London", **NOW_}


def _exception(stage: Stage) -> Given:
    said = support.except_day(stage.store, stage.trainee, **_day(stage))
    return {"exception_id": said.fact_id, **NOW_}


FREE_TIMES: Final = (
    Row(support.say_when_free, lambda _: week(), EVERYBODY),
    Row(support.except_day, _day, EVERYBODY),
    Row(support.take_back_exception, _exception, OWN),
    Row(support.see_free_times, lambda stage: {"person_id": stage.person_id}, READERS),
)

# ---------------------------------------------------------------- meetings


def _free_trainer(stage: Stage) -> None:
    support.say_when_free(stage.store, stage.cast["trainer"], **week())


def _time_of(stage: Stage) -> Given:
    """Return a time that no other stage takes: the trainer is the same on all of them."""
    days, turn = divmod(stage.house.n_trainees, 60)
    return {"day": TODAY + timedelta(days=1 + days), "start_minute": 480 + turn * _MINUTES, "minutes": _MINUTES}


def _offering(stage: Stage) -> Given:
    by = stage.person_of("trainer")
    how = {"mode": Mode.PHONE, "supervisor_id": by}
    return {"person_id": stage.person_id, "programme_id": PROGRAMME, **_time_of(stage), **how, **NOW_}


def offered(stage: Stage) -> MeetingOffered:
    """Let the trainer offer the trainee a meeting."""
    return support.offer_meeting(stage.store, stage.cast["trainer"], **_offering(stage))


def _meeting(stage: Stage) -> Given:
    return {"meeting_id": offered(stage).fact_id, **NOW_}


def _closing(stage: Stage) -> Given:
    return _meeting(stage) | {"reason": MeetingReason.NO_TIME}


def _begun(stage: Stage) -> Given:
    meeting_id = offered(stage).fact_id
    return {"meeting_id": meeting_id, "now": get_meeting(stage.store, meeting_id).span.ends_at}


def _missed(stage: Stage) -> Given:
    return _begun(stage) | {"party": Party.HUB, "reason": MeetingReason.ROOM}


def _of_programme(_: Stage) -> Given:
    return {"programme_id": PROGRAMME, **NOW_}


def _slot(stage: Stage) -> Given:
    _free_trainer(stage)
    slot = support.list_open_slots(stage.store, stage.trainee, PROGRAMME, NOW)[0]
    when = {"day": slot.day, "start_minute": slot.start_minute, "zone": slot.zone}
    return {"programme_id": PROGRAMME, "supervisor_id": slot.supervisor_id, "mode": Mode.PHONE, **when, **NOW_}


def _about_person(stage: Stage) -> Given:
    return {"person_id": stage.person_id, "programme_id": PROGRAMME, **NOW_}


MEETINGS: Final = (
    Row(support.offer_meeting, _offering, ARRANGERS),
    Row(support.list_free_slots, _about_person, f"{ARRANGERS} hats"),
    Row(support.see_meetings, lambda stage: {"person_id": stage.person_id}, READERS),
    Row(support.list_open_slots, _of_programme, LEARNERS, ENROLLED),
    Row(support.list_group_places, _of_programme, LEARNERS, ENROLLED),
    Row(support.take_slot, _slot, OWN, (NotEnrolledError, NotFreeError)),
    Row(support.book_meeting, _meeting, OWN),
    Row(support.decline_meeting, _closing, OWN),
    Row(support.cancel_meeting, _closing, f"{OWN} {ARRANGERS}"),
    Row(support.hold_meeting, _begun, ARRANGERS),
    Row(support.miss_meeting, _missed, ARRANGERS),
)

# ---------------------------------------------------------------- please contact me


def asking(_: Stage) -> Given:
    """Return a wish to be contacted by any trainer."""
    return {"programme_id": PROGRAMME, "topic": ContactTopic.PRACTICE, "asked_id": None, **NOW_}


def _asked(stage: Stage) -> Given:
    asked = support.ask_contact(stage.store, stage.trainee, **asking(stage))
    return {"contact_id": asked.fact_id, **NOW_}


CONTACT: Final = (
    Row(support.ask_contact, asking, LEARNERS, ENROLLED),
    Row(support.acknowledge_contact, _asked, TRAINERS),
    Row(support.withdraw_contact, _asked, OWN),
)

# ---------------------------------------------------------------- sessions ahead


def planning(stage: Stage, kind: SessionKind = SessionKind.LIVE) -> Given:
    """Return a session of the cohort here, led by the trainee when it is a live one."""
    is_live = kind is SessionKind.LIVE
    return {
        "cohort_id": stage.house.cohorts[HERE],
        "version_no": 1,
        "kind": kind,
        "session_code": "RIV-A week 3" if is_live else "T1",
        "when": support.SessionTime(date(2025, 3, 20), 600, 90),
        "leader_ids": (stage.person_id,) if is_live else (),
        **NOW_,
    }


def planned(stage: Stage) -> SessionPlanned:
    """Let the co-ordinator put a live session of the trainee into the calendar."""
    return support.plan_session(stage.store, stage.cast["coordinator"], **planning(stage))


def _planned(stage: Stage) -> Given:
    return {"planned_id": planned(stage).fact_id, **NOW_}


def _preparation(stage: Stage) -> Given:
    return _planned(stage) | {"thing": Preparation.VENUE, "state": PreparationState.READY}


SESSIONS: Final = (
    Row(support.plan_session, planning, ARRANGERS + " hats", when="live"),
    Row(
        support.plan_session,
        lambda stage: planning(stage, SessionKind.TAUGHT),
        "coordinator doubled hats operator",
        when="taught",
    ),
    Row(support.call_off_session, _planned, ARRANGERS + " hats"),
    Row(support.note_preparation, _preparation, f"{OWN} {ARRANGERS}"),
)

# ---------------------------------------------------------------- how people are, and with whom


def _checked_in(stage: Stage) -> Given:
    support.choose_check_in(stage.store, stage.trainee, True, NOW)
    support.check_in(stage.store, stage.trainee, 4, NOW)
    return {"person_id": stage.person_id}


def _entry(stage: Stage) -> Given:
    _checked_in(stage)
    return {"level": 3, **NOW_}


def levels(stage: Stage) -> Given:
    """Return how sure somebody feels before the training, in every domain."""
    sure = {domain.id: 3 for domain in stage.store.programme(PROGRAMME, 1).domains}
    return {"programme_id": PROGRAMME, "moment": Moment.BEFORE, "levels": sure, **NOW_}


def pair(stage: Stage) -> Given:
    """Return the trainee and another of the cohort as buddies."""
    two = {"person_id": stage.person_id, "buddy_id": stage.person_of("fellow")}
    return {"cohort_id": stage.house.cohorts[HERE], **two, **NOW_}


def _paired(stage: Stage) -> Given:
    paired = support.pair_buddies(stage.store, stage.cast["coordinator"], **pair(stage))
    pair_id: FactId = paired.fact_id
    return {"pair_id": pair_id, **NOW_}


COHORTS: Final = "coordinator manager hats doubled admin operator"

PEOPLE: Final = (
    Row(support.choose_check_in, lambda _: {"tells_supervisor": True, **NOW_}, EVERYBODY),
    Row(support.check_in, _entry, OWN, (CheckInNotChosenError,)),
    Row(support.see_check_in_choice, lambda _: {}, EVERYBODY),
    Row(support.see_check_ins, _checked_in, f"{OWN} {TRAINERS} operator"),
    Row(support.delete_check_ins, _checked_in, OWN),
    Row(support.rate_confidence, levels, LEARNERS, ENROLLED),
    Row(
        support.see_confidence,
        lambda stage: {"person_id": stage.person_id, "programme_id": PROGRAMME},
        f"{OWN} {TRAINERS} operator",
    ),
    Row(support.pair_buddies, pair, COHORTS),
    Row(support.end_buddies, _paired, COHORTS),
)

ROWS: Final = (*FREE_TIMES, *MEETINGS, *CONTACT, *SESSIONS, *PEOPLE)

WITHOUT_ACTOR: Final = {
    "support.availability.find_free_times": "part of use cases that have asked for a right before",
    "support.booking.record_end": "part of cancel_meeting, decline_meeting and miss_meeting",
    "support.check_ins.find_choice": "part of choose_check_in and check_in",
    "support.known.get_meeting": "part of what a use case about a meeting begins with",
    "support.known.meetings_about": "part of what a use case about a meeting begins with",
    "support.known.meetings_with": "part of what a use case about a meeting begins with",
    "support.known.next_end_id": "a rule about ids",
    "support.offering.check_person_free": "part of offer_meeting, take_slot and book_meeting",
    "support.offering.places_of": "part of offer_meeting and list_group_places",
    "support.offering.slots_for": "part of list_free_slots and list_open_slots",
    "support.sessions.get_session": "part of what a use case about a session begins with",
    "support.sessions.is_called_off": "part of what a use case about a session begins with",
    "support.sessions.session_span": "a rule about times",
}
"""Functions that are told of no actor, and why they need none."""

PARTS: Final = {
    "support.booking.end_meeting": "part of cancel_meeting, decline_meeting and miss_meeting",
    "support.offering.arrange": "part of offer_meeting and take_slot",
    "support.offering.booking_of": "makes a fact and records none",
}
"""Functions that are told of the actor and are a part of the use cases in the rows."""
