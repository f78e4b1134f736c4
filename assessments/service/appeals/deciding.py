"""The decision on an appeal, and what follows from it in the same append."""

from collections.abc import Iterator
from datetime import datetime

from assessments.errors import AlreadyDecidedError, AppealClosedError, InvolvedError, WrongInputError
from assessments.facts import (
    AppealAbout,
    AppealDecided,
    AppealFinding,
    AppealOutcome,
    Unlock,
)
from assessments.ports import Ledger
from assessments.reasons import APPEAL, RevokeReason
from assessments.service.access import read_code, require_named
from assessments.service.amending import amend
from assessments.service.appeals.cases import (
    AppealCase,
    AppealState,
    decision_id,
    find_decision,
    is_open_hold,
    prepare_appeal,
)
from assessments.service.appeals.involved import find_involved, may_decide_kind
from people.errors import NotAllowedError
from people.facts import Amendment, Change, Fact, FactId
from people.ids import derived_fact_id
from people.models import Actor


def decide_appeal(
    ledger: Ledger, actor: Actor, appeal_id: FactId, outcome: str, finding: str, *, now: datetime, reason: str = ""
) -> AppealDecided:
    """Decide on an appeal; what follows is recorded together with the decision, or nothing is.

    | about | upheld | changed |
    | --- | --- | --- |
    | rating | it is withdrawn | it stays on record and counts no more from now on |
    | hold | hold and rating are withdrawn | practice goes on from now on; what was seen stays |
    | revocation | the sign-off holds again | it stays revoked, for another reason |
    | lock-out | the last attempt is withdrawn | the attempts stay, and there are new ones |

    Args:
        ledger: Where facts are.
        actor: Who holds the office and was not involved.
        appeal_id: The appeal.
        outcome: An `AppealOutcome`; dismissed changes nothing.
        finding: An `AppealFinding`: `stands` when it is dismissed, and only then.
        now: The time.
        reason: For a revocation that is changed: the `RevokeReason` that holds from now on.

    Raises:
        NotAllowedError: The actor holds no office that decides this, or is the operator.
        InvolvedError: The actor was involved; it says how, and who can decide.
        AppealClosedError: It was taken back, or what it was about is gone.
        AlreadyDecidedError: Somebody else was first.
        WrongInputError: Outcome, finding or reason do not fit.
    """
    require_named(actor, "decide on an appeal")
    case = prepare_appeal(ledger, actor, appeal_id, now)
    _require_free(ledger, actor, case)
    decided = _draft(actor, case, outcome, finding, now)
    earlier = case.decided
    if earlier is None and case.state != AppealState.OPEN:
        raise AppealClosedError(appeal_id)
    if earlier is None:
        ledger.append(decided, *_list_effects(ledger, case, decided, _read_reason(case, decided, reason)))
        earlier = find_decision(ledger, appeal_id) or decided
    if (earlier.actor_id, earlier.outcome) != (actor.person_id, decided.outcome):
        raise AlreadyDecidedError(earlier.fact_id, earlier.actor_id, earlier.occurred_at)
    return earlier


def _require_free(ledger: Ledger, actor: Actor, case: AppealCase) -> None:
    how = find_involved(ledger, case.appeal).get(actor.person_id)
    if how is not None:
        raise InvolvedError(how.value, case.decider_ids)
    if not may_decide_kind(ledger, actor, case.appeal):
        raise NotAllowedError("decide on this appeal")


def _draft(actor: Actor, case: AppealCase, outcome: str, finding: str, now: datetime) -> AppealDecided:
    result, found = read_code(AppealOutcome, outcome, "Outcome"), read_code(AppealFinding, finding, "Finding")
    if (result == AppealOutcome.DISMISSED) != (found == AppealFinding.STANDS):
        expected = f"`{AppealFinding.STANDS}` with `{AppealOutcome.DISMISSED}`, and with nothing else"
        raise WrongInputError("Finding", f"`{found}` with `{result}`", expected, "Choose what was found.")
    if case.decided is None and result not in case.outcomes:
        found_words, expected = f"`{result}`", "one of " + ", ".join(case.outcomes)
        raise WrongInputError("Outcome", found_words, expected, "The hold is over: strike it out, or let it stand.")
    return AppealDecided(
        fact_id=decision_id(case.appeal.fact_id),
        person_id=case.appeal.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        appeal_id=case.appeal.fact_id,
        outcome=result,
        finding=found,
    )


def _read_reason(case: AppealCase, decided: AppealDecided, reason: str) -> RevokeReason | None:
    if case.appeal.about != AppealAbout.REVOCATION or decided.outcome != AppealOutcome.CHANGED:
        return None
    code = read_code(RevokeReason, reason, "Reason")
    if case.evidence.revocation is not None and code == case.evidence.revocation.reason:
        raise WrongInputError("Reason", f"`{code}`, as before", "another one", "Choose what holds from now on.")
    return code


# ---------------------------------------------------------------- what follows


def _list_effects(ledger: Ledger, case: AppealCase, decided: AppealDecided, reason: RevokeReason | None) -> list[Fact]:
    if decided.outcome == AppealOutcome.DISMISSED:
        return []
    is_upheld = decided.outcome == AppealOutcome.UPHELD
    match case.appeal.about:
        case AppealAbout.RATING:
            return list(_on_rating(case, decided, is_upheld=is_upheld))
        case AppealAbout.HOLD:
            return list(_on_hold(ledger, case, decided, is_upheld=is_upheld))
        case AppealAbout.REVOCATION:
            return list(_on_revocation(case, decided, reason))
        case AppealAbout.LOCK_OUT:
            return list(_on_lock_out(case, decided, is_upheld=is_upheld))


def _change(decided: AppealDecided, target_id: FactId, change: Change, reason: str = APPEAL) -> Amendment:
    by = Actor(decided.actor_id, "")
    return amend(decided, by, target_id, change, reason=reason, now=decided.occurred_at)


def _on_rating(case: AppealCase, decided: AppealDecided, *, is_upheld: bool) -> Iterator[Fact]:
    yield _change(decided, case.appeal.target_id, Change.VOID if is_upheld else Change.REVOKED)


def _on_hold(ledger: Ledger, case: AppealCase, decided: AppealDecided, *, is_upheld: bool) -> Iterator[Fact]:
    if case.evidence.observation is None:
        return
    observation_id = case.evidence.observation.fact_id
    if is_upheld:
        yield from (_change(decided, target, Change.VOID) for target in (*_ids(case), observation_id))
        return
    yield from (
        _change(decided, hold.fact_id, Change.LIFTED) for hold in case.evidence.holds if is_open_hold(ledger, hold)
    )
    if all(one.change != Change.HARM_RESOLVED for one in ledger.changes_to(observation_id)):
        yield _change(decided, observation_id, Change.HARM_RESOLVED)


def _ids(case: AppealCase) -> list[FactId]:
    return [hold.fact_id for hold in case.evidence.holds]


def _on_revocation(case: AppealCase, decided: AppealDecided, reason: RevokeReason | None) -> Iterator[Fact]:
    if case.evidence.sign_off is None:
        return
    yield _named(decided, _change(decided, case.evidence.sign_off.fact_id, Change.RESTORED))
    if reason is not None:
        yield _named(decided, _change(decided, case.evidence.sign_off.fact_id, Change.REVOKED, reason))


def _named(decided: AppealDecided, amendment: Amendment) -> Amendment:
    """Return the amendment under an id of this decision: a sign-off may be revoked and restored more than once."""
    return Amendment(
        fact_id=derived_fact_id(decided.fact_id, amendment.change),
        person_id=amendment.person_id,
        actor_id=amendment.actor_id,
        occurred_at=amendment.occurred_at,
        target_id=amendment.target_id,
        change=amendment.change,
        reason=amendment.reason,
    )


def _on_lock_out(case: AppealCase, decided: AppealDecided, *, is_upheld: bool) -> Iterator[Fact]:
    last = next((one for one in case.evidence.attempts if one.fact_id == case.appeal.target_id), None)
    if last is None:
        return
    if is_upheld:
        yield _change(decided, last.fact_id, Change.VOID)
        yield _change(decided, last.started_id, Change.VOID)
        return
    yield Unlock(
        fact_id=derived_fact_id(last.fact_id, "unlock"),
        person_id=last.person_id,
        actor_id=decided.actor_id,
        occurred_at=decided.occurred_at,
        programme_id=last.programme_id,
        blueprint_id=last.blueprint_id,
        reason=APPEAL,
    )
