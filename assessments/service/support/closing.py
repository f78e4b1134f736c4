"""What became of a meeting that has begun: it was held, and so is a supervision, or it did not happen."""

from datetime import datetime

from assessments.errors import MeetingClosedError, MeetingNotBegunError
from assessments.facts import Mode, Supervision
from assessments.meetings import Meeting
from assessments.ports import Ledger
from assessments.service.access import get_programme, read_code, require, require_other
from assessments.service.dates import check_lateness, check_minutes
from assessments.service.support.booking import end_meeting
from assessments.service.support.known import get_meeting, next_end_id
from assessments.support import MeetingEnded, MeetingOutcome, MeetingReason, Party
from people.facts import FactId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right


def hold_meeting(
    ledger: Ledger,
    actor: Actor,
    meeting_id: FactId,
    now: datetime,
    *,
    minutes: int | None = None,
    mode: Mode | None = None,
    late_reason: str = "",
) -> Supervision:
    """Record that a meeting was held: it becomes a supervision. One tap; twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: The supervisor, another trainer of the person, or a co-ordinator of the hub.
        meeting_id: The meeting.
        now: The time.
        minutes: How long it took; as long as was planned when left out.
        mode: How it was held; as was planned when left out.
        late_reason: A `LateReason`, needed long after the day.

    Raises:
        UnknownFactError: There is no such meeting.
        MeetingNotBegunError: It is still to come.
        MeetingClosedError: Something else became of it.
        LateEntryError: It was long ago and there is no reason.
    """
    meeting = _get_begun(ledger, actor, meeting_id, now)
    if meeting.ended is not None:
        return _held_before(ledger, meeting)
    offered = meeting.offered
    end_id = next_end_id(ledger, meeting_id)
    supervision = Supervision(
        fact_id=derived_fact_id(end_id, "supervision"),
        person_id=offered.person_id,
        actor_id=actor.person_id,
        occurred_at=meeting.span.starts_at,
        programme_id=offered.programme_id,
        supervisor_id=offered.supervisor_id,
        minutes=check_minutes(offered.minutes if minutes is None else minutes),
        mode=read_code(Mode, offered.mode if mode is None else mode, "Mode"),
        late_reason=check_lateness(ledger, offered.meets_on, now, late_reason),
    )
    end = MeetingEnded(
        fact_id=end_id,
        person_id=offered.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        meeting_id=meeting_id,
        outcome=MeetingOutcome.HELD,
        supervision_id=supervision.fact_id,
    )
    if ledger.append(end, supervision):
        return supervision
    return _held_before(ledger, get_meeting(ledger, meeting_id))


def _held_before(ledger: Ledger, meeting: Meeting) -> Supervision:
    held = meeting.ended.supervision_id if meeting.ended is not None else None
    supervision = ledger.find(Supervision, held) if held is not None else None
    if supervision is None:
        raise MeetingClosedError(meeting.meeting_id, meeting.state)
    return supervision


def miss_meeting(
    ledger: Ledger, actor: Actor, meeting_id: FactId, party: Party, reason: MeetingReason, *, now: datetime
) -> MeetingEnded:
    """Record that a meeting did not happen: whose it was, and a coded reason. Twice changes nothing.

    Raises:
        UnknownFactError: There is no such meeting.
        MeetingNotBegunError: It is still to come: then it is called off.
        MeetingClosedError: Something else became of it.
        WrongInputError: The party or the reason is none of the codes.
    """
    meeting = _get_begun(ledger, actor, meeting_id, now)
    whose = read_code(Party, party, "Whose it was")
    return end_meeting(ledger, actor, meeting, MeetingOutcome.NOT_HELD, party=whose, reason=reason, now=now)


def _get_begun(ledger: Ledger, actor: Actor, meeting_id: FactId, now: datetime) -> Meeting:
    meeting = get_meeting(ledger, meeting_id)
    require_other(actor, meeting.offered.person_id, "say what became of their own meeting")
    require(ledger, actor, Right.WRITE, Record.SUPERVISION, meeting.offered.person_id)
    get_programme(ledger, meeting.offered.person_id, meeting.offered.programme_id)
    if not meeting.has_begun(now):
        raise MeetingNotBegunError(meeting.span.starts_at)
    return meeting
