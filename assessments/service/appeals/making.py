"""Making an appeal, and taking it back."""

from datetime import datetime

from assessments.errors import AppealClosedError, AppealTooLateError
from assessments.facts import Appeal, AppealGround
from assessments.ports import Ledger
from assessments.reasons import APPEAL as REASON
from assessments.service.access import get_fact, get_programme, read_code, record_once, require_own, tidy_text
from assessments.service.amending import amend
from assessments.service.appeals.cases import APPEAL, AppealState, state_of
from assessments.service.appeals.targets import RECORDS, get_target
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right


def make_appeal(ledger: Ledger, actor: Actor, target_id: FactId, ground: str, note: str, *, now: datetime) -> Appeal:
    """Record an appeal against something in the actor's own record. What it is about counts until it is decided.

    There is one appeal for each thing; while it is open, a second click returns it. One that was taken back can be made
    anew within the time.

    Args:
        ledger: Where facts are.
        actor: Whom it concerns.
        target_id: A rating, a hold, the revocation of a sign-off, or the attempt that used up the last try.
        ground: An `AppealGround`.
        note: A few words about the own practice, may be empty.
        now: The time.

    Raises:
        NotAppealableError: Nobody can appeal against this.
        NotAllowedError: It is somebody else's.
        AppealTooLateError: The time is over.
        AppealClosedError: It was decided before.
        WrongInputError: The ground is not known, or the note is too long.
    """
    target = get_target(ledger, target_id, now)
    person_id = target.fact.person_id
    require_own(actor, Right.APPEAL, RECORDS[target.about], person_id)
    code = read_code(AppealGround, ground, "Reason")
    head = get_programme(ledger, person_id, target.programme_id).head
    earlier = ledger.list_facts(Appeal, person_id, target_id=target_id)
    newest = earlier[-1] if earlier else None
    match None if newest is None else state_of(ledger, newest, now):
        case AppealState.OPEN if newest is not None:
            return newest
        case AppealState.DECIDED if newest is not None:
            raise AppealClosedError(newest.fact_id)
        case _:
            pass
    if ledger.day_of(now) > target.until:
        raise AppealTooLateError(target.until, head.decision.appeal_days)
    appeal = Appeal(
        fact_id=derived_fact_id(target_id, f"appeal/{len(earlier)}"),
        person_id=person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=target.programme_id,
        target_id=target_id,
        about=target.about,
        ground=code,
        note=tidy_text(note, head.privacy.free_text_max, "Note"),
    )
    return record_once(ledger, appeal)


def withdraw_appeal(ledger: Ledger, actor: Actor, appeal_id: FactId, now: datetime) -> Amendment:
    """Take the actor's own appeal back; a second time changes nothing.

    Raises:
        NotAllowedError: It is somebody else's.
        AppealClosedError: It was decided, or what it was about is gone.
    """
    appeal = get_fact(ledger, Appeal, appeal_id, APPEAL)
    require_own(actor, Right.SEE_STATUS, Record.READINESS, appeal.person_id)
    ended = amend(appeal, actor, appeal_id, Change.ENDED, reason=REASON, now=now)
    match state_of(ledger, appeal, now):
        case AppealState.WITHDRAWN:
            return ledger.find(Amendment, ended.fact_id) or ended
        case AppealState.OPEN:
            return record_once(ledger, ended)
        case AppealState.DECIDED | AppealState.SETTLED:
            raise AppealClosedError(appeal_id)
