"""What became of each sign-off of a person: read from the facts, the same for everybody who asks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from assessments.facts import Acknowledgement, Countersign, DecisionAsked, DisputeSettled, SecondLook, SignOff
from assessments.ports import Ledger
from assessments.sign_off import LIVE, Answer, DisputeStep, SignOffHistory, SignOffState, Successor
from curriculum.ids import ProgrammeId
from people.facts import Amendment, Change, FactId
from people.models import PersonId

SIGN_OFF: Final = "sign-off"
"""What a sign-off is called where one is not found."""


def list_histories(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> list[SignOffHistory]:
    """Return the person's sign-offs in the programme, oldest first, with what was done to each."""
    countersigns = {one.sign_off_id: one for one in ledger.list_facts(Countersign, person_id)}
    successors: dict[str, Successor] = {}
    found: list[SignOffHistory] = []
    for signed in reversed(ledger.list_facts(SignOff, person_id, programme_id=programme_id)):
        history = _read_history(ledger, signed, countersigns.get(signed.fact_id))
        found.append(replace(history, successor=successors.get(signed.role_id)))
        if history.is_complete and history.set_aside is None:
            confirmed = history.countersign or signed
            successors[signed.role_id] = Successor(signed.fact_id, ledger.day_of(confirmed.occurred_at))
    return found[::-1]


def _read_history(ledger: Ledger, signed: SignOff, countersign: Countersign | None) -> SignOffHistory:
    set_aside = (one for one in ledger.changes_to(signed.fact_id) if one.change == Change.ENDED)
    return SignOffHistory(
        sign_off=signed,
        countersign=countersign,
        revoked=find_revocation(ledger, signed.fact_id),
        decided_on=ledger.day_of(signed.occurred_at),
        set_aside=next(set_aside, None),
        answer=read_answer(ledger, signed),
        due_soon_days=ledger.programme(signed.programme_id, signed.version_no).head.decision.due_soon_days,
    )


def read_answer(ledger: Ledger, signed: SignOff) -> Answer:
    """Return what the person said to a decision, and what followed from it."""
    said = ledger.list_facts(Acknowledgement, signed.person_id, target_id=signed.fact_id)
    looks = ledger.list_facts(SecondLook, signed.person_id, sign_off_id=signed.fact_id)
    settled = ledger.list_facts(DisputeSettled, signed.person_id, sign_off_id=signed.fact_id)
    return Answer(
        tuple(said),
        looks[0] if looks else None,
        settled[0] if settled else None,
    )


def find_revocation(ledger: Ledger, sign_off_id: FactId) -> Amendment | None:
    """Return what revoked the sign-off and still holds: of revoking and restoring, the newer one does."""
    changes = (Change.REVOKED, Change.RESTORED)
    found = [one for one in ledger.changes_to(sign_off_id) if one.change in changes]
    return found[-1] if found and found[-1].change == Change.REVOKED else None


def find_dispute(histories: Sequence[SignOffHistory], today: date) -> SignOffHistory | None:
    """Return the newest decision when it is disputed, says something about today, and the dispute is not over."""
    newest = histories[-1] if histories else None
    if newest is None or newest.state_on(today) not in LIVE:
        return None
    return newest if newest.answer.step in {DisputeStep.LOOK_WANTED, DisputeStep.TO_SETTLE} else None


def find_owed(histories: Sequence[SignOffHistory], today: date) -> SignOffHistory | None:
    """Return the newest decision when a second look counts in its place and no new decision has followed yet."""
    newest = histories[-1] if histories else None
    if newest is None or not newest.answer.wants_another:
        return None
    return newest if newest.state_on(today) in LIVE | {SignOffState.SET_ASIDE} else None


def find_former(histories: Sequence[SignOffHistory], role_id: str) -> SignOffHistory | None:
    """Return the sign-off that a new one of the role takes the place of: the newest that once held, run out or not."""
    held = [
        one
        for one in histories
        if one.is_complete and one.sign_off.role_id == role_id and one.revoked is None and one.set_aside is None
    ]
    return held[-1] if held else None


def find_asked(
    ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId, *, since: datetime | None
) -> DecisionAsked | None:
    """Return the open wish for a decision: made since the last one."""
    asked = ledger.list_facts(DecisionAsked, person_id, programme_id=programme_id)
    still = [one for one in asked if since is None or one.occurred_at >= since]
    return still[-1] if still else None
