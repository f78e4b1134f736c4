"""Forms that were filled in without signal: received once, under the rules of the day on which they were filled in.

The same rules as on the page: what begins a form, what its answers may be, what follows from them. One append holds the
record as it came, and the form, its ticks, the observation and its holds; or the record alone when a person has to
decide first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assessments.errors import (
    HasLeftError,
    HeldSettledError,
    IdTakenError,
    OtherContentError,
    RaterOfItError,
    TraineeErasedError,
    UnknownFactError,
)
from assessments.facts import (
    DeviceRecord,
    DeviceRecordSettled,
    HeldFor,
    ObservationOpened,
    Relation,
    Tick,
)
from assessments.ports import Ledger
from assessments.reasons import AcceptReason, SetAsideReason
from assessments.service.access import (
    get_enrolment,
    get_fact,
    had_left,
    read_code,
    require,
    require_named,
    require_other,
    require_then,
)
from assessments.service.dates import FREE_DAYS
from assessments.service.observations.forms import Answer, Form, check_answers, fill_form
from assessments.service.observations.opening import tidy_frame
from assessments.service.observations.submitting import check_entrustment, judge_form
from assessments.submitted import Judgement
from people.facts import Fact, FactId, PersonErased
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class Received:
    """A record that is kept, and whether it was kept now or before."""

    record: DeviceRecord
    is_new: bool


def receive_record(ledger: Ledger, actor: Actor, sent: DeviceRecord, *, now: datetime) -> Received:
    """Keep a form that a trainer has filled in without signal; the same one a second time changes nothing.

    It counts as if it had been filled in on the page at that time, with the rights of that time. What was seen after
    the person had left, or longer ago than may be entered without a reason, is held for the training lead.

    Args:
        ledger: Where facts are.
        actor: The rater.
        sent: The record as the device sent it; `occurred_at` is what it claims, and `held_for` is set here.
        now: The time of its arrival.

    Raises:
        IdTakenError: Its number belongs to something else.
        OtherContentError: It came before, with other content.
        TraineeErasedError: The person was erased.
        OwnRecordError: It is about the actor.
        NotAllowedError: The actor is no trainer of the person, and was none then.
        NotEnrolledError: The person is not in the programme.
        HarmNotConfirmedError: A hold would follow, and it was not confirmed.
        UnansweredLinesError: The form leaves no line out, and some are unanswered.
        WrongInputError: Something does not fit the checklist.
    """
    require_named(actor, "send a form from a device")
    sent = replace(sent, actor_id=actor.person_id)
    found = ledger.find(DeviceRecord, sent.fact_id)
    if found is not None:
        return Received(_same_or_refused(found, sent), is_new=False)
    if ledger.list_facts(PersonErased, sent.person_id):
        raise TraineeErasedError
    record = replace(sent, occurred_at=min(sent.claimed_at, now), begun_at=min(sent.begun_at, sent.claimed_at, now))
    require_other(actor, record.person_id, "rate their own practice as a trainer")
    require_then(ledger, actor, Right.WRITE, Record.OBSERVATION, record.person_id, at=record.occurred_at)
    get_enrolment(ledger, record.person_id, record.programme_id)
    facts = _list_facts(ledger, record, now)
    record = replace(record, held_for=_held_for(ledger, record, now))
    if ledger.append(record, *(() if record.held_for else facts)):
        return Received(record, is_new=True)
    found = ledger.find(DeviceRecord, record.fact_id)
    if found is None:
        raise IdTakenError(record.fact_id)
    return Received(_same_or_refused(found, sent), is_new=False)


def _same_or_refused(found: DeviceRecord, sent: DeviceRecord) -> DeviceRecord:
    if found.actor_id != sent.actor_id:
        raise IdTakenError(sent.fact_id)
    if found.digest != sent.digest:
        raise OtherContentError(sent.fact_id)
    return found


def _held_for(ledger: Ledger, record: DeviceRecord, now: datetime) -> HeldFor | None:
    if had_left(ledger, record.person_id, record.programme_id, record.occurred_at):
        return HeldFor.LEFT
    if ledger.day_of(record.occurred_at) < ledger.day_of(now) - timedelta(days=FREE_DAYS):
        return HeldFor.LONG_AGO
    return None


def _list_facts(ledger: Ledger, record: DeviceRecord, now: datetime) -> list[Fact]:
    """Return what the record amounts to: the form, its ticks, the observation, and its holds."""
    programme = ledger.programme(record.programme_id, record.version_no)
    opened = tidy_frame(ledger, _open(record))
    answers = _answers_of(record)
    check_answers(fill_form(programme, opened, ()), answers)
    ticks = _tick(record, opened, answers)
    judgement = Judgement(record.global_rating, check_entrustment(record.entrustment), "", "", record.confirms_harm)
    form = fill_form(programme, opened, ticks)
    return [opened, *ticks, *judge_form(form, judgement, seen_at=record.occurred_at, now=now)]


def _answers_of(record: DeviceRecord) -> list[Answer]:
    return [(one.line_id, one.behaviour_id, one.state) for one in record.answers]


def _open(record: DeviceRecord) -> ObservationOpened:
    return ObservationOpened(
        fact_id=derived_fact_id(record.fact_id, "form"),
        person_id=record.person_id,
        actor_id=record.actor_id,
        occurred_at=record.begun_at,
        programme_id=record.programme_id,
        version_no=record.version_no,
        checklist_id=record.checklist_id,
        setting=record.setting,
        stage=record.stage,
        scenario_id=record.scenario_id,
        session_code=record.session_code,
        relation=Relation.TRAINER,
        counts=record.counts,
        has_co_leader=record.has_co_leader,
    )


def _tick(record: DeviceRecord, opened: ObservationOpened, answers: Sequence[Answer]) -> list[Tick]:
    return [
        Tick(
            fact_id=derived_fact_id(opened.fact_id, f"tick/{number}"),
            person_id=record.person_id,
            actor_id=record.actor_id,
            occurred_at=record.occurred_at,
            opened_id=opened.fact_id,
            line_id=line_id,
            behaviour_id=behaviour_id,
            state=state,
        )
        for number, (line_id, behaviour_id, state) in enumerate(answers)
    ]


# ---------------------------------------------------------------- what is held


def load_held(ledger: Ledger, actor: Actor, record_id: FactId) -> Form:
    """Return a held form with its answers, for who settles it.

    Raises the errors of `set_aside_held`, but for those of the reason and of what was settled.
    """
    record = _get_held(ledger, actor, record_id)
    programme = ledger.programme(record.programme_id, record.version_no)
    opened = _open(record)
    return fill_form(programme, opened, _tick(record, opened, _answers_of(record)))


def accept_held(ledger: Ledger, actor: Actor, record_id: FactId, reason: str, *, now: datetime) -> DeviceRecordSettled:
    """Let a held form count, as if it had come in time. Twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: A training lead of the person's hub who did not fill it in.
        record_id: The record.
        reason: An `AcceptReason`.
        now: The time.

    Raises:
        HasLeftError: What was seen lies after the person's leaving: no rule lets it count.
        WrongInputError: The reason is none of the list, or the form does not fit its checklist.

    Raises the errors of `set_aside_held` too.
    """
    record = _get_held(ledger, actor, record_id)
    code = read_code(AcceptReason, reason, "Reason")
    if had_left(ledger, record.person_id, record.programme_id, record.occurred_at):
        raise HasLeftError(record.person_id, record.programme_id)
    settled = _settle(record, actor, code, now, is_accepted=True)
    return _append_once(ledger, settled, _list_facts(ledger, record, now))


def set_aside_held(
    ledger: Ledger, actor: Actor, record_id: FactId, reason: str, *, now: datetime
) -> DeviceRecordSettled:
    """Set a held form aside: it stays on record and never counts. Twice changes nothing.

    Args:
        ledger: Where facts are.
        actor: A training lead of the person's hub who did not fill it in.
        record_id: The record.
        reason: A `SetAsideReason`.
        now: The time.

    Raises:
        UnknownFactError: There is no such record, or it is not held.
        OwnRecordError: It is about the actor.
        NotAllowedError: The actor may not settle what is seen in the person's hub.
        RaterOfItError: The actor filled it in.
        WrongInputError: The reason is none of the list.
        HeldSettledError: It was settled otherwise.
    """
    record = _get_held(ledger, actor, record_id)
    code = read_code(SetAsideReason, reason, "Reason")
    return _append_once(ledger, _settle(record, actor, code, now, is_accepted=False), [])


def _get_held(ledger: Ledger, actor: Actor, record_id: FactId) -> DeviceRecord:
    record = get_fact(ledger, DeviceRecord, record_id, "form from a device")
    if record.held_for is None:
        raise UnknownFactError("held form", record_id)
    require_named(actor, "settle a form that was held")
    require_other(actor, record.person_id, "settle how they were rated")
    require(ledger, actor, Right.ADJUDICATE, Record.OBSERVATION, record.person_id)
    if record.actor_id == actor.person_id:
        raise RaterOfItError
    return record


def _settle(
    record: DeviceRecord, actor: Actor, reason: str, now: datetime, *, is_accepted: bool
) -> DeviceRecordSettled:
    return DeviceRecordSettled(
        fact_id=derived_fact_id(record.fact_id, "settled"),
        person_id=record.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        record_id=record.fact_id,
        is_accepted=is_accepted,
        reason=reason,
    )


def _append_once(ledger: Ledger, settled: DeviceRecordSettled, facts: list[Fact]) -> DeviceRecordSettled:
    if ledger.append(settled, *facts):
        return settled
    found = ledger.find(DeviceRecordSettled, settled.fact_id) or settled
    if (found.actor_id, found.is_accepted, found.reason) != (settled.actor_id, settled.is_accepted, settled.reason):
        raise HeldSettledError(settled.record_id)
    return found
