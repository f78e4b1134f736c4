"""A cohort's calendar: taught sessions and live sessions, who leads them, and what is ready for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from assessments.errors import TimeTakenError, WrongInputError
from assessments.local_time import Span, clock_words, span_of, wall_of, zone_named
from assessments.ports import Ledger
from assessments.service.access import get_fact, get_part, read_code, record_once, require_own, tidy_code
from assessments.service.amending import amend
from assessments.service.learning.own import CODE_MAX
from assessments.service.support.availability import FARTHEST_DAYS
from assessments.support import PreparationNoted, PreparationState, SessionKind, SessionPlanned
from curriculum.models import Preparation, Programme
from people.errors import NotAllowedError, NotKnownError
from people.facts import Amendment, Change, CohortOpened, FactId
from people.ids import new_fact_id
from people.models import NOBODY, Actor, CohortId, PersonId
from people.rights import Record, Right, may_in_hub, may_on_person
from people.service.reach import get_cohort

LONGEST_SESSION: Final = 600


@dataclass(frozen=True, slots=True)
class SessionTime:
    """When a session is, by the clock on the wall of the programme's zone."""

    day: date
    start_minute: int
    minutes: int


def plan_session(
    ledger: Ledger,
    actor: Actor,
    cohort_id: CohortId,
    version_no: int,
    *,
    kind: SessionKind,
    session_code: str,
    when: SessionTime,
    now: datetime,
    leader_ids: tuple[PersonId, ...] = (),
    moves_id: FactId | None = None,
    fact_id: FactId | None = None,
) -> SessionPlanned:
    """Put a session into a cohort's calendar, or move one.

    Args:
        ledger: Where facts are.
        actor: A co-ordinator of the hub; for a live session also a trainer of all who lead it.
        cohort_id: The cohort.
        version_no: The version of the programme whose taught sessions are meant.
        kind: Taught or live.
        session_code: The id of a taught session, or the code of a live one (a code, never a name).
        when: When it is.
        now: The time.
        leader_ids: At most two who lead it; a live session is led by a pair.
        moves_id: The session that this takes the place of; what was prepared for it has to be looked at again.
        fact_id: Given by the page, so that a double click plans it once.

    Raises:
        NotKnownError: There is no such cohort.
        NotAllowedError: The actor may not keep this calendar.
        UnknownPartError: The programme has no such taught session.
        WrongInputError: The code, the leaders or the time do not fit.
        SkippedTimeError: The clocks go forward over the time.
        TimeTakenError: Somebody who leads it leads another session then.
    """
    cohort = get_cohort(ledger, cohort_id)
    leaders = tuple(dict.fromkeys(leader_ids))
    _require_calendar(ledger, actor, cohort, kind, leaders)
    programme = ledger.programme(cohort.programme_id, version_no)
    planned = SessionPlanned(
        fact_id=fact_id or new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=cohort.programme_id,
        cohort_id=cohort_id,
        kind=read_code(SessionKind, kind, "Kind of session"),
        session_code=_check_code(programme, kind, session_code),
        meets_on=when.day,
        start_minute=when.start_minute,
        zone=zone_named(programme.head.timezone).key,
        minutes=when.minutes,
        first_leader_id=leaders[0] if leaders else None,
        second_leader_id=leaders[1] if len(leaders) > 1 else None,
    )
    if ledger.find(SessionPlanned, planned.fact_id) is not None:
        return record_once(ledger, planned)
    _check_leaders(ledger, cohort, leaders)
    _check_when(planned, now)
    moved = [get_session(ledger, moves_id)] if moves_id is not None else []
    if any(one.cohort_id != cohort_id for one in moved):
        raise WrongInputError("Session", "one of another cohort", "one of this cohort", "Open the page again.")
    _check_clashes(ledger, planned, {one.fact_id for one in moved})
    replaced = [amend(one, actor, one.fact_id, Change.REPLACED, reason="moved", now=now) for one in moved]
    return record_once(ledger, planned, *replaced)


def _require_calendar(
    ledger: Ledger, actor: Actor, cohort: CohortOpened, kind: SessionKind, leaders: tuple[PersonId, ...]
) -> None:
    if may_in_hub(actor, Right.WRITE, Record.SUPERVISION, cohort.hub_id):
        return
    trains_all = bool(leaders) and all(
        may_on_person(actor, Right.WRITE, Record.SUPERVISION, ledger.subject(leader_id)) for leader_id in leaders
    )
    if kind != SessionKind.LIVE or not trains_all:
        raise NotAllowedError(f"keep the calendar of cohort {cohort.cohort_id}")


def _check_code(programme: Programme, kind: SessionKind, session_code: str) -> str:
    if kind == SessionKind.TAUGHT:
        get_part(programme, {session.id: session for session in programme.head.sessions}, "session", session_code)
        return session_code
    code = tidy_code(session_code, CODE_MAX, "Session")
    if not code:
        raise WrongInputError("Session", "nothing", "the session's code", "Use a code, never a name.")
    return code


def _check_leaders(ledger: Ledger, cohort: CohortOpened, leaders: tuple[PersonId, ...]) -> None:
    if len(leaders) > 2:
        raise WrongInputError("Leaders", f"{len(leaders)} people", "at most two", "A session is led by a pair.")
    for leader_id in leaders:
        subject = ledger.subject(leader_id)
        if cohort.hub_id not in subject.hub_ids | subject.office_hub_ids:
            raise NotKnownError("person of this hub", str(leader_id))


def _check_when(planned: SessionPlanned, now: datetime) -> None:
    if not LONGEST_SESSION >= planned.minutes >= 15:
        raise WrongInputError("Minutes", str(planned.minutes), f"15 to {LONGEST_SESSION}", "Say how long it is.")
    if not 0 <= planned.start_minute < 1440:
        raise WrongInputError("Time", str(planned.start_minute), "0 to 1439 minutes from midnight", "Choose a time.")
    span_of(planned.meets_on, planned.start_minute, planned.minutes, planned.zone)
    today, _ = wall_of(now, planned.zone)
    if not today <= planned.meets_on <= today + timedelta(days=FARTHEST_DAYS):
        found = f"{planned.meets_on:%Y-%m-%d}"
        raise WrongInputError("Day", found, f"{today:%Y-%m-%d} or later, within a year", "Choose a day to come.")


def _check_clashes(ledger: Ledger, planned: SessionPlanned, moved: set[FactId]) -> None:
    span = session_span(planned)
    for other in ledger.list_facts(SessionPlanned, meets_on=planned.meets_on):
        both = set(planned.leader_ids) & set(other.leader_ids)
        is_off = other.fact_id in moved or is_called_off(ledger, other)
        if both and not is_off and session_span(other).overlaps(span):
            raise TimeTakenError(min(both), other.meets_on, clock_words(other.start_minute))


def session_span(planned: SessionPlanned) -> Span:
    """Return from when to when a session is."""
    return span_of(planned.meets_on, planned.start_minute, planned.minutes, planned.zone)


def is_called_off(ledger: Ledger, planned: SessionPlanned) -> bool:
    """Return whether the session will not take place."""
    return any(change.change in (Change.ENDED, Change.VOID) for change in ledger.changes_to(planned.fact_id))


def get_session(ledger: Ledger, planned_id: FactId) -> SessionPlanned:
    """Return the session in the calendar.

    Raises:
        UnknownFactError: There is none, or it was moved.
    """
    return get_fact(ledger, SessionPlanned, planned_id, "session")


def call_off_session(ledger: Ledger, actor: Actor, planned_id: FactId, now: datetime) -> Amendment:
    """Record that a session will not take place; twice changes nothing.

    Raises:
        UnknownFactError: There is no such session.
        NotAllowedError: The actor may not keep this calendar.
    """
    planned = get_session(ledger, planned_id)
    cohort = get_cohort(ledger, planned.cohort_id)
    _require_calendar(ledger, actor, cohort, planned.kind, planned.leader_ids)
    return record_once(ledger, amend(planned, actor, planned_id, Change.ENDED, reason="called_off", now=now))


def note_preparation(
    ledger: Ledger,
    actor: Actor,
    planned_id: FactId,
    thing: Preparation,
    state: PreparationState,
    *,
    now: datetime,
    fact_id: FactId | None = None,
) -> PreparationNoted:
    """Record how far one thing for a session is; the same again adds nothing.

    Args:
        ledger: Where facts are.
        actor: One of the pair who lead it, a trainer of one of them, or a co-ordinator of the hub.
        planned_id: The session.
        thing: What it needs.
        state: Ready, not ready, or not needed.
        now: The time.
        fact_id: Given by the page.

    Raises:
        UnknownFactError: There is no such session, or it was moved.
        NotAllowedError: The actor has nothing to do with it.
        WrongInputError: The thing or the state is none of the codes, or the session was called off.
    """
    planned = get_session(ledger, planned_id)
    _require_preparing(ledger, actor, planned)
    if is_called_off(ledger, planned):
        raise WrongInputError("Session", "it was called off", "one that takes place", "Open the page again.")
    what, how = read_code(Preparation, thing, "What it needs"), read_code(PreparationState, state, "How far it is")
    noted = [one for one in ledger.list_facts(PreparationNoted, planned_id=planned_id) if one.thing == what]
    if noted and noted[-1].state == how:
        return noted[-1]
    note = PreparationNoted(
        fact_id=fact_id or new_fact_id(),
        person_id=NOBODY,
        actor_id=actor.person_id,
        occurred_at=now,
        planned_id=planned_id,
        thing=what,
        state=how,
    )
    return record_once(ledger, note)


def _require_preparing(ledger: Ledger, actor: Actor, planned: SessionPlanned) -> None:
    if actor.person_id in planned.leader_ids:
        require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
        return
    cohort = get_cohort(ledger, planned.cohort_id)
    may = may_in_hub(actor, Right.WRITE, Record.SUPERVISION, cohort.hub_id) or any(
        may_on_person(actor, Right.WRITE, Record.SUPERVISION, ledger.subject(leader_id))
        for leader_id in planned.leader_ids
    )
    if not may:
        raise NotAllowedError("prepare a session that other people lead")
