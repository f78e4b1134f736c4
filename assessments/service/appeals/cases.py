"""An appeal with all that it rests on: what was recorded, who was involved, who can decide, what can come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assessments.errors import NOBODY_DECIDES
from assessments.facts import Appeal, AppealAbout, AppealDecided, AppealOutcome, Attempt, Hold
from assessments.ports import Ledger
from assessments.service.access import get_fact, is_void, require_own
from assessments.service.appeals.evidence import Evidence, gather_evidence
from assessments.service.appeals.involved import Involvement, find_involved, list_deciders, may_decide_kind
from assessments.service.appeals.targets import RECORDS
from assessments.service.attempts import attempt_window
from curriculum.phrases import N_, Phrase, Sentence
from people import rights
from people.errors import NotAllowedError
from people.facts import Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, HubId, PersonId
from people.rights import Record, Right
from people.service.reach import get_hub

APPEAL = "appeal"


class AppealState(StrEnum):
    """Settled: what it was about was taken back before anybody had decided."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class AppealCase:
    """An appeal as of now.

    `evidence` is what it is about, `outcomes` what can come of it; `why_not` is a sentence, empty when the actor may
    decide. The appellant's note is left out for those who were involved.
    """

    appeal: Appeal
    evidence: Evidence
    state: AppealState
    appealed_on: date
    decided: AppealDecided | None
    decider_ids: tuple[PersonId, ...]
    outcomes: tuple[AppealOutcome, ...]
    why_not: Sentence


@dataclass(frozen=True, slots=True)
class AppealNotice:
    """What a programme manager needs to know of an open appeal: that somebody can decide it."""

    person_id: PersonId
    about: AppealAbout
    appealed_on: date
    decider_ids: tuple[PersonId, ...]


# ---------------------------------------------------------------- reading


def prepare_appeal(ledger: Ledger, actor: Actor, appeal_id: FactId, now: datetime) -> AppealCase:
    """Return an appeal to the appellant, or to who holds the office that decides appeals of its kind.

    Raises:
        UnknownFactError: There is no such appeal.
        NotAllowedError: The actor is neither.
    """
    appeal = get_fact(ledger, Appeal, appeal_id, APPEAL)
    is_own = actor.person_id == appeal.person_id and not actor.is_operator
    if not is_own and not may_decide_kind(ledger, actor, appeal):
        raise NotAllowedError(f"see an appeal of person {appeal.person_id}")
    return _case(ledger, actor, appeal, now)


def list_own_appeals(ledger: Ledger, actor: Actor, now: datetime) -> list[AppealCase]:
    """Return the actor's own appeals, the newest first."""
    require_own(actor, Right.SEE_STATUS, Record.READINESS, actor.person_id)
    appeals = ledger.list_facts(Appeal, actor.person_id)
    return [_case(ledger, actor, appeal, now) for appeal in reversed(appeals)]


def list_open_appeals(ledger: Ledger, actor: Actor, now: datetime) -> list[AppealCase]:
    """Return the open appeals that the actor's offices decide: those they may decide first, then the oldest first."""
    found = [
        _case(ledger, actor, appeal, now)
        for appeal in _list_open(ledger, now)
        if may_decide_kind(ledger, actor, appeal)
    ]
    return sorted(found, key=lambda case: (bool(case.why_not), case.appeal.occurred_at))


def list_appeal_notices(ledger: Ledger, actor: Actor, hub_id: HubId, now: datetime) -> list[AppealNotice]:
    """Return that there are open appeals in a hub and who can decide them, not what they say.

    Raises:
        NotAllowedError: The actor does not give offices in the hub.
        NotKnownError: There is no such hub.
    """
    rights.require_in_hub(actor, Right.WRITE, Record.PEOPLE, hub_id)
    get_hub(ledger, hub_id)
    return [
        AppealNotice(
            appeal.person_id, appeal.about, ledger.day_of(appeal.occurred_at), list_deciders(ledger, appeal, now)
        )
        for appeal in _list_open(ledger, now)
        if hub_id in ledger.subject(appeal.person_id).hub_ids
    ]


def _list_open(ledger: Ledger, now: datetime) -> list[Appeal]:
    return [one for one in ledger.list_facts(Appeal) if state_of(ledger, one, now) == AppealState.OPEN]


# ---------------------------------------------------------------- one case


def state_of(ledger: Ledger, appeal: Appeal, now: datetime) -> AppealState:
    """Return whether the appeal waits, and how it ended otherwise."""
    if find_decision(ledger, appeal.fact_id) is not None:
        return AppealState.DECIDED
    if any(one.change == Change.ENDED for one in ledger.changes_to(appeal.fact_id)):
        return AppealState.WITHDRAWN
    return AppealState.OPEN if _still_stands(ledger, appeal, now) else AppealState.SETTLED


def decision_id(appeal_id: FactId) -> FactId:
    """Return the one id that the decision on an appeal may have."""
    return derived_fact_id(appeal_id, "decided")


def find_decision(ledger: Ledger, appeal_id: FactId) -> AppealDecided | None:
    """Return the decision on an appeal, or None."""
    return ledger.find(AppealDecided, decision_id(appeal_id))


def _still_stands(ledger: Ledger, appeal: Appeal, now: datetime) -> bool:
    if is_void(ledger, appeal.target_id):
        return False
    if appeal.about != AppealAbout.LOCK_OUT:
        return True
    attempt = ledger.find(Attempt, appeal.target_id)
    if attempt is None:
        return False
    window = attempt_window(ledger, appeal.person_id, appeal.programme_id, attempt.blueprint_id, now)
    return window.is_locked and window.last is not None and window.last.fact_id == appeal.target_id


def _case(ledger: Ledger, actor: Actor, appeal: Appeal, now: datetime) -> AppealCase:
    state = state_of(ledger, appeal, now)
    involved = find_involved(ledger, appeal)
    deciders = list_deciders(ledger, appeal, now)
    evidence = gather_evidence(ledger, appeal.person_id, appeal.programme_id, appeal.about, appeal.target_id)
    is_shown = actor.person_id not in involved or actor.person_id == appeal.person_id
    return AppealCase(
        appeal=appeal if is_shown else replace(appeal, note=""),
        evidence=evidence,
        state=state,
        appealed_on=ledger.day_of(appeal.occurred_at),
        decided=find_decision(ledger, appeal.fact_id),
        decider_ids=deciders,
        outcomes=_outcomes(ledger, appeal, evidence.holds),
        why_not=_why_not(state, involved.get(actor.person_id), deciders),
    )


def is_open_hold(ledger: Ledger, hold: Hold) -> bool:
    """Return whether practice is still on hold by it."""
    return all(one.change not in {Change.VOID, Change.LIFTED} for one in ledger.changes_to(hold.fact_id))


def _outcomes(ledger: Ledger, appeal: Appeal, holds: Sequence[Hold]) -> tuple[AppealOutcome, ...]:
    """Return what can come of the appeal; a hold that was lifted already can only be struck out, or stand."""
    is_over = appeal.about == AppealAbout.HOLD and not any(is_open_hold(ledger, hold) for hold in holds)
    return tuple(outcome for outcome in AppealOutcome if not (is_over and outcome == AppealOutcome.CHANGED))


def _why_not(state: AppealState, involvement: Involvement | None, deciders: Sequence[PersonId]) -> Sentence:
    if state != AppealState.OPEN:
        return "This appeal is closed."
    if involvement is None:
        return ""
    why = Phrase(involvement.value)
    return involvement.value if deciders else N_("{why} {nobody}", why=why, nobody=Phrase(NOBODY_DECIDES))


def record_of(appeal: Appeal) -> Record:
    """Return the kind of record that who opens the appeal looks into."""
    return RECORDS[appeal.about]
