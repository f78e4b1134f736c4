"""What trainers and co-ordinators record about trainees: attendance, things seen, supervision, groups delivered."""

from datetime import date, datetime

from assessments.errors import WrongInputError
from assessments.facts import Attendance, Milestone, MilestoneKind, Mode, Presence, Supervision
from assessments.ports import Ledger
from assessments.service.access import (
    get_part,
    get_programme,
    read_code,
    record_once,
    require,
    require_other,
    tidy_code,
)
from assessments.service.amending import amend
from assessments.service.dates import check_lateness, check_minutes, instant_on
from assessments.service.learning.own import CODE_MAX
from curriculum.ids import PrerequisiteId, ProgrammeId
from people.facts import Change, FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right


def _require_recorder(ledger: Ledger, actor: Actor, person_id: PersonId) -> None:
    require_other(actor, person_id, "record this about themselves")
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, person_id)


def record_attendance(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    session_id: str,
    *,
    presence: Presence,
    minutes: int,
    held_on: date,
    now: datetime,
    late_reason: str = "",
    fact_id: FactId | None = None,
) -> Attendance:
    """Record how a person took part in a taught session; it replaces an earlier entry, the same again adds nothing.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or a co-ordinator of the hub.
        person_id: The trainee.
        programme_id: The programme.
        session_id: One of the programme's taught sessions.
        presence: Present, absent, or made up.
        minutes: 0 to 1440; kept as 0 for an absence.
        held_on: The day of the session.
        now: The time.
        late_reason: A `LateReason`, needed long after the day.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        UnknownPartError: The programme has no such session.
        WrongInputError: The day has not come, or the minutes do not fit.
        LateEntryError: The day is long ago and there is no reason.
    """
    _require_recorder(ledger, actor, person_id)
    programme = get_programme(ledger, person_id, programme_id)
    get_part(programme, {session.id: session for session in programme.head.sessions}, "session", session_id)
    code = read_code(Presence, presence, "Presence")
    attendance = Attendance(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, held_on, now, "Day"),
        programme_id=programme_id,
        session_id=session_id,
        presence=code,
        minutes=0 if code == Presence.ABSENT else check_minutes(minutes),
        late_reason=check_lateness(ledger, held_on, now, late_reason),
    )
    earlier = ledger.list_facts(Attendance, person_id, programme_id=programme_id, session_id=session_id)
    if earlier and _says_the_same(ledger, earlier[-1], attendance):
        return earlier[-1]
    replaced = [
        amend(one, actor, one.fact_id, Change.REPLACED, reason="entered_anew", now=now)
        for one in earlier
        if one.fact_id != attendance.fact_id
    ]
    return record_once(ledger, attendance, *replaced)


def _says_the_same(ledger: Ledger, earlier: Attendance, attendance: Attendance) -> bool:
    is_same_day = ledger.day_of(earlier.occurred_at) == ledger.day_of(attendance.occurred_at)
    return is_same_day and (earlier.presence, earlier.minutes) == (attendance.presence, attendance.minutes)


def record_prerequisite(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    prerequisite_id: PrerequisiteId,
    *,
    seen_on: date,
    now: datetime,
    late_reason: str = "",
    fact_id: FactId | None = None,
) -> Milestone:
    """Record that the actor has seen something a person must have had before. Each call counts as one more seen.

    Raises:
        UnknownPartError: The programme asks for no such thing.
        WrongInputError: The day has not come.
        LateEntryError: The day is long ago and there is no reason.
    """
    _require_recorder(ledger, actor, person_id)
    programme = get_programme(ledger, person_id, programme_id)
    known = {prerequisite.id: prerequisite for prerequisite in programme.head.prerequisites}
    get_part(programme, known, "prerequisite", prerequisite_id)
    milestone = Milestone(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, seen_on, now, "Day"),
        programme_id=programme_id,
        kind=MilestoneKind.PREREQUISITE,
        what=prerequisite_id,
        late_reason=check_lateness(ledger, seen_on, now, late_reason),
    )
    return record_once(ledger, milestone)


def record_supervision(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    minutes: int,
    *,
    mode: Mode,
    held_on: date,
    now: datetime,
    supervisor_id: PersonId | None = None,
    late_reason: str = "",
    fact_id: FactId | None = None,
) -> Supervision:
    """Record a supervision that took place.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or a co-ordinator of the hub.
        person_id: The trainee.
        programme_id: The programme.
        minutes: 0 to 1440.
        mode: How it was held.
        held_on: The day.
        now: The time.
        supervisor_id: Who supervised; the actor when left out.
        late_reason: A `LateReason`, needed long after the day.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        WrongInputError: The supervisor is no trainer of the person, the day has not come, or the minutes do not fit.
        LateEntryError: The day is long ago and there is no reason.
    """
    _require_recorder(ledger, actor, person_id)
    get_programme(ledger, person_id, programme_id)
    supervisor = actor.person_id if supervisor_id is None else supervisor_id
    if supervisor not in ledger.subject(person_id).trainer_ids:
        raise WrongInputError("Supervisor", f"person {supervisor}", "one of their trainers", "Choose who supervised.")
    supervision = Supervision(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, held_on, now, "Day"),
        programme_id=programme_id,
        supervisor_id=supervisor,
        minutes=check_minutes(minutes),
        mode=read_code(Mode, mode, "Mode"),
        late_reason=check_lateness(ledger, held_on, now, late_reason),
    )
    return record_once(ledger, supervision)


def record_group_delivered(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    group_code: str,
    *,
    held_on: date,
    now: datetime,
    late_reason: str = "",
    fact_id: FactId | None = None,
) -> Milestone:
    """Record that a person has delivered a whole group; a group counts once, and the same again adds nothing.

    Raises:
        WrongInputError: The code is missing or unfit, or the day of its last session has not come.
        LateEntryError: The day is long ago and there is no reason.
    """
    _require_recorder(ledger, actor, person_id)
    get_programme(ledger, person_id, programme_id)
    code = check_group_code(group_code)
    of_group = ledger.list_facts(Milestone, person_id, programme_id=programme_id, what=code)
    earlier = [milestone for milestone in of_group if milestone.kind == MilestoneKind.GROUP_DELIVERED]
    if earlier:
        return earlier[-1]
    milestone = Milestone(
        fact_id=fact_id or new_fact_id(),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=instant_on(ledger, held_on, now, "Day"),
        programme_id=programme_id,
        kind=MilestoneKind.GROUP_DELIVERED,
        what=code,
        late_reason=check_lateness(ledger, held_on, now, late_reason),
    )
    return record_once(ledger, milestone)


def check_group_code(group_code: str) -> str:
    """Return the code of a group.

    Raises:
        WrongInputError: It is empty, too long, or holds odd signs.
    """
    code = tidy_code(group_code, CODE_MAX, "Group")
    if not code:
        raise WrongInputError("Group", "nothing", "the group's code", "Use a code, never a name.")
    return code
