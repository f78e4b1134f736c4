"""Asking to be watched, and beginning a form."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from assessments.errors import LedItError, WrongInputError
from assessments.facts import (
    ObservationOpened,
    ObservationRequest,
    Relation,
    Stage,
)
from assessments.observations import (
    why_not_counting,
)
from assessments.ports import EnrolmentNow, Ledger
from assessments.service.access import (
    get_part,
    get_running_enrolment,
    is_fellow,
    record_once,
    require_own,
    tidy_code,
)
from assessments.service.interests import find_interest
from assessments.service.observations.raters import require_rater
from curriculum.ids import ChecklistId, ProgrammeId, ScenarioId
from curriculum.models import Checklist, Programme, Setting
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

CODE_MAX: Final = 60
"""Characters of the code of a session or group."""

_FILLED_IN_BY: Final = {
    Relation.TRAINER: "a trainer",
    Relation.SELF: "the person themselves",
    Relation.PARTNER: "the partner",
}


def request_observation(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    checklist_id: ChecklistId,
    setting: Setting,
    *,
    asked_id: PersonId | None,
    now: datetime,
) -> ObservationRequest:
    """Ask to be watched, or a partner for an evaluation; an open request for the same is returned as it is.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        programme_id: The programme.
        checklist_id: What to watch with: a trainer's checklist, or one that the partner fills in.
        setting: Where.
        asked_id: One of the trainee's trainers, or None for any; for an evaluation the partner, who is in the
            programme at the same hub.
        now: The time.

    Raises:
        HasLeftError: The actor has left the programme.
        WrongInputError: The checklist is not used in the setting, nobody is asked for it, or not this person.
    """
    enrolment = get_running_enrolment(ledger, actor.person_id, programme_id)
    require_own(actor, Right.SEE, Record.OBSERVATION, actor.person_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    checklist = get_part(programme, programme.checklist_by_id, "checklist", checklist_id)
    _check_setting(checklist, setting)
    _check_asked(ledger, checklist, enrolment, asked_id)
    same = {"programme_id": programme_id, "checklist_id": checklist_id, "setting": setting}
    earlier = ledger.list_facts(ObservationRequest, actor.person_id, asked_id=asked_id, **same)
    by = {"actor_id": asked_id} if checklist.rater is Relation.PARTNER else {}
    watched = ledger.list_facts(ObservationOpened, actor.person_id, relation=checklist.rater, **same, **by)
    last_watched = max((opened.occurred_at for opened in watched), default=None)
    waiting = [one for one in earlier if last_watched is None or one.occurred_at > last_watched]
    if waiting:
        return waiting[-1]
    request = ObservationRequest(
        fact_id=new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        checklist_id=checklist_id,
        setting=setting,
        asked_id=asked_id,
    )
    return record_once(ledger, request)


def open_observation(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    checklist_id: ChecklistId,
    *,
    setting: Setting,
    stage: Stage,
    scenario_id: ScenarioId | None,
    session_code: str,
    relation: Relation,
    counts: bool,
    has_co_leader: bool,
    now: datetime,
    fact_id: FactId | None = None,
) -> ObservationOpened:
    """Begin a form about a person and return it.

    What cannot count is recorded as formative (`assessments.observations.why_not_counting` says why beforehand).

    Args:
        ledger: Where facts are.
        actor: The rater: a trainer of the person, the person (relation self), or a fellow of the hub (partner).
        person_id: Who is watched.
        programme_id: The programme.
        checklist_id: What is watched with.
        setting: Where.
        stage: How much of the session the person led.
        scenario_id: The role-play script; only in role-plays of checklists that have scenarios, and then needed.
        session_code: Names the group session or round, without names of people; needed in a live session.
        relation: Who rates: whoever the checklist is for.
        counts: Whether it is meant to count; formative otherwise.
        has_co_leader: Whether a second leader was there.
        now: The time.
        fact_id: Given by the page, so that a double click begins one form.

    Raises:
        OwnRecordError: Somebody rates themselves as trainer or partner.
        NotAllowedError: The actor is no trainer of the person, or no fellow.
        HasLeftError: The person has left the programme.
        LedItError: The rater led this session with the person.
        WrongInputError: Rater, setting, scenario or session code do not fit the checklist.
    """
    opened = draft_form(
        ledger,
        actor,
        person_id,
        programme_id,
        checklist_id,
        setting=setting,
        stage=stage,
        scenario_id=scenario_id,
        session_code=session_code,
        relation=relation,
        counts=counts,
        has_co_leader=has_co_leader,
        now=now,
        fact_id=fact_id or new_fact_id(),
    )
    return record_once(ledger, opened)


def draft_form(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    checklist_id: ChecklistId,
    *,
    setting: Setting,
    stage: Stage,
    scenario_id: ScenarioId | None,
    session_code: str,
    relation: Relation,
    counts: bool,
    has_co_leader: bool,
    now: datetime,
    fact_id: FactId,
) -> ObservationOpened:
    """Return a form that may be begun, with all that `open_observation` checks; nothing is recorded.

    Who has an interest in the person may watch them, and it is practice only.
    """
    require_rater(ledger, actor, person_id, programme_id, relation)
    version_no = get_running_enrolment(ledger, person_id, programme_id).version_no
    opened = ObservationOpened(
        fact_id=fact_id,
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        version_no=version_no,
        checklist_id=checklist_id,
        setting=setting,
        stage=stage,
        scenario_id=scenario_id,
        session_code=session_code,
        relation=relation,
        counts=counts,
        has_co_leader=has_co_leader,
    )
    return tidy_frame(ledger, opened)


def tidy_frame(ledger: Ledger, opened: ObservationOpened) -> ObservationOpened:
    """Return the form as it may begin: its code tidied, and formative where it cannot count.

    Raises:
        UnknownPartError: The programme has no such checklist.
        LedItError: The rater led this session with the person.
        WrongInputError: Rater, setting, scenario or session code do not fit the checklist.
    """
    programme = ledger.programme(opened.programme_id, opened.version_no)
    checklist = get_part(programme, programme.checklist_by_id, "checklist", opened.checklist_id)
    _check_rater(checklist, opened.relation)
    _check_setting(checklist, opened.setting)
    _check_scenario(checklist, opened.setting, opened.scenario_id)
    tidied = replace(opened, session_code=_tidy_session(programme, opened.setting, opened.session_code))
    counts = tidied.counts and not why_not_counting(tidied.setting, tidied.relation, tidied.has_co_leader)
    if tidied.relation == Relation.TRAINER:
        _check_not_led(ledger, tidied)
        counts = counts and find_interest(ledger, tidied.actor_id, tidied.person_id) is None
    return replace(tidied, counts=counts)


def _check_not_led(ledger: Ledger, opened: ObservationOpened) -> None:
    """Refuse a rater who was watched leading the same live session."""
    same = {"programme_id": opened.programme_id, "setting": opened.setting, "session_code": opened.session_code}
    if opened.setting == Setting.LIVE and ledger.list_facts(ObservationOpened, opened.actor_id, **same):
        raise LedItError


def _check_asked(ledger: Ledger, checklist: Checklist, enrolment: EnrolmentNow, asked_id: PersonId | None) -> None:
    match checklist.rater:
        case Relation.TRAINER:
            is_right = asked_id is None or asked_id in ledger.subject(enrolment.person_id).trainer_ids
            expected, advice = "one of your trainers", "Choose a trainer, or any."
        case Relation.PARTNER:
            is_right = asked_id is not None and is_fellow(ledger, asked_id, enrolment)
            expected, advice = "somebody who trains with you here", "Choose your partner."
        case Relation.SELF:
            is_right = False
            expected, advice = "nobody: you fill it in yourself", "Open the form."
    if not is_right:
        raise WrongInputError("Request", "nobody" if asked_id is None else f"person {asked_id}", expected, advice)


def _check_rater(checklist: Checklist, relation: Relation) -> None:
    if checklist.rater != relation:
        found = f"a form by {_FILLED_IN_BY[relation]}"
        raise WrongInputError(
            f"Checklist `{checklist.id}`", found, _FILLED_IN_BY[checklist.rater], "Choose another checklist."
        )


def _check_setting(checklist: Checklist, setting: Setting) -> None:
    if setting not in checklist.settings:
        expected = " or ".join(checklist.settings) or "none: it is a log"
        raise WrongInputError(f"Checklist `{checklist.id}`", f"setting {setting}", expected, "Choose another setting.")


def _check_scenario(checklist: Checklist, setting: Setting, scenario_id: ScenarioId | None) -> None:
    needs_one = setting == Setting.ROLEPLAY and bool(checklist.scenarios)
    if needs_one and scenario_id not in checklist.scenarios:
        found = f"scenario `{scenario_id}`" if scenario_id else "no scenario"
        expected = " or ".join(checklist.scenarios)
        raise WrongInputError(f"Checklist `{checklist.id}`", found, expected, "Choose the script that is played.")
    if not needs_one and scenario_id is not None:
        found = f"scenario `{scenario_id}`"
        raise WrongInputError(f"Checklist `{checklist.id}`", found, "none here", "Leave the scenario out.")


def _tidy_session(programme: Programme, setting: Setting, session_code: str) -> str:
    code = tidy_code(session_code, min(CODE_MAX, programme.head.privacy.free_text_max), "Session code")
    if setting == Setting.LIVE and not code:
        advice = "Use the same code as others who watch this session."
        raise WrongInputError("Session code", "nothing", "a code for the live session", advice)
    return code
