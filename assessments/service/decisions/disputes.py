"""A decision that the person sees differently: a second look that is blind to the first, and what comes of the two."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from assessments.errors import AlreadyDecidedError, NotDecidableError
from assessments.facts import DisputeOutcome, DisputeSettled, SecondLook, SignOff
from assessments.ports import Ledger
from assessments.reasons import AdjudicationReason, DisputeReason
from assessments.service.access import get_fact, read_code
from assessments.service.amending import amend
from assessments.service.decisions.cases import Case, SignOffView, prepare_case
from assessments.service.decisions.deciding import read_levels
from assessments.service.decisions.histories import SIGN_OFF
from assessments.sign_off import HOLDS
from curriculum.ids import ActivityId
from people.facts import Change, Fact, FactId
from people.ids import derived_fact_id
from people.models import Actor

_LOWEST: Final = 1
"""A second look may find any level: it is bound by nothing that the first one was."""


def give_second_look(
    ledger: Ledger, actor: Actor, sign_off_id: FactId, levels: Mapping[ActivityId, int] | None, *, now: datetime
) -> SecondLook:
    """Record the actor's own decision on the evidence of a disputed one; the same given twice changes nothing.

    Two that agree settle the dispute at once; else somebody who took no part chooses.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, the training lead or an external countersigner, who took no part in the first.
        sign_off_id: The decision that is disputed.
        levels: The entrustment level of every activity of the role; None for "not yet".
        now: The time.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
        NotDecidableError: No second look is wanted, or not from the actor; its text says why.
        AlreadyDecidedError: Somebody else looked first.
        WrongInputError: The levels do not fit.
    """
    case, view = _get_view(ledger, actor, sign_off_id, now)
    look = _draft(actor, case, view, levels, now)
    given = view.answer.look
    if given is not None and given.actor_id == actor.person_id:
        return _same(given, look)
    if given is not None:
        raise AlreadyDecidedError(given.fact_id, given.actor_id, given.occurred_at)
    if view.why_not_look or case.dispute is not view:
        raise NotDecidableError(view.why_not_look or "No second look is wanted at this decision now.")
    # The view of who looks is blind: what is compared comes from the fact.
    ledger.append(look, *_agreement(actor, get_fact(ledger, SignOff, sign_off_id, SIGN_OFF), look))
    return _same(get_fact(ledger, SecondLook, look.fact_id, "second look"), look)


def _same(found: SecondLook, wanted: SecondLook) -> SecondLook:
    if (found.actor_id, found.is_granted, found.levels) != (wanted.actor_id, wanted.is_granted, wanted.levels):
        raise AlreadyDecidedError(found.fact_id, found.actor_id, found.occurred_at)
    return found


def _get_view(ledger: Ledger, actor: Actor, sign_off_id: FactId, now: datetime) -> tuple[Case, SignOffView]:
    signed = get_fact(ledger, SignOff, sign_off_id, SIGN_OFF)
    case = prepare_case(ledger, actor, signed.person_id, signed.programme_id, now)
    return case, next(one for one in case.sign_offs if one.sign_off.fact_id == sign_off_id)


def _draft(
    actor: Actor, case: Case, view: SignOffView, levels: Mapping[ActivityId, int] | None, now: datetime
) -> SecondLook:
    return SecondLook(
        fact_id=derived_fact_id(view.sign_off.fact_id, "second-look"),
        person_id=view.sign_off.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        sign_off_id=view.sign_off.fact_id,
        is_granted=levels is not None,
        levels=read_levels(case.activities, levels, lowest=_LOWEST) if levels is not None else (),
    )


def _agreement(actor: Actor, signed: SignOff, look: SecondLook) -> list[Fact]:
    first, second = (signed.is_granted, set(signed.levels)), (look.is_granted, set(look.levels))
    if first != second:
        return []
    return [_settled(actor, signed, DisputeOutcome.FIRST_STANDS, DisputeReason.BOTH_ALIKE, look.occurred_at)]


def _settled(actor: Actor, signed: SignOff, outcome: DisputeOutcome, reason: str, now: datetime) -> DisputeSettled:
    return DisputeSettled(
        fact_id=derived_fact_id(signed.fact_id, "dispute-settled"),
        person_id=signed.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        sign_off_id=signed.fact_id,
        outcome=outcome,
        reason=reason,
    )


def settle_dispute(
    ledger: Ledger, actor: Actor, sign_off_id: FactId, outcome: str, reason: str, *, now: datetime
) -> DisputeSettled:
    """Choose which of the two decisions counts; twice changes nothing.

    Where the second counts, a new decision has to follow. Until then a sign-off holds on only when both say that the
    person may act, and differ in levels; else the first is set aside in the same append.

    Args:
        ledger: Where facts are.
        actor: The training lead or an external countersigner, who took part in neither.
        sign_off_id: The decision that is disputed.
        outcome: A `DisputeOutcome`.
        reason: An `AdjudicationReason`.
        now: The time.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
        NotDecidableError: There is nothing to choose, or the actor may not; its text says why.
        AlreadyDecidedError: Somebody else chose first.
        WrongInputError: Outcome or reason is not known.
    """
    _, view = _get_view(ledger, actor, sign_off_id, now)
    chosen, code = read_code(DisputeOutcome, outcome, "Outcome"), read_code(AdjudicationReason, reason, "Reason")
    drafted = _settled(actor, view.sign_off, chosen, code, now)
    found = view.answer.settled
    if found is None and view.why_not_settle:
        raise NotDecidableError(view.why_not_settle)
    if found is None:
        ledger.append(drafted, *_effects(actor, view, drafted))
        found = get_fact(ledger, DisputeSettled, drafted.fact_id, "choice")
    if (found.actor_id, found.outcome) != (actor.person_id, chosen):
        raise AlreadyDecidedError(found.fact_id, found.actor_id, found.occurred_at)
    return found


def _effects(actor: Actor, view: SignOffView, settled: DisputeSettled) -> list[Fact]:
    signed, look = view.sign_off, view.answer.look
    if settled.outcome == DisputeOutcome.FIRST_STANDS or look is None or not signed.is_granted:
        return []
    if look.is_granted and view.state in HOLDS:
        return []
    reason = DisputeReason.SECOND_LOOK
    return [amend(signed, actor, signed.fact_id, Change.ENDED, reason=reason, now=settled.occurred_at)]
