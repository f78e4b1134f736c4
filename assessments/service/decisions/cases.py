"""The case of one person: all that a decision rests on, and what the acting person may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from assessments.errors import NotEnrolledError
from assessments.facts import Countersign, DecisionAsked, SignOff
from assessments.ports import EnrolmentNow, Ledger
from assessments.service.access import get_enrolment, require
from assessments.service.decisions.histories import find_asked, find_dispute, find_owed, list_histories
from assessments.service.decisions.seeing import is_blind, show_to
from assessments.service.decisions.separation import (
    NearRater,
    Parting,
    Separation,
    list_near_raters,
    list_separations,
    why_not_second,
    why_not_signer,
    why_too_near,
)
from assessments.sign_off import HOLDS, Answer, DisputeStep, SignOffHistory, SignOffState, list_evidence
from assessments.verdicts import Status, Verdict
from curriculum.ids import ProgrammeId
from curriculum.models import Activity, Programme
from curriculum.phrases import N_, Sentence
from people.facts import Amendment, FactId
from people.models import Actor, PersonId
from people.rights import Record, Right, may_on_person

ON_HOLD: Final = "On hold since {day}: the safeguarding lead or deputy has to lift it first."

_DECIDABLE: Final = frozenset({Status.READY_FOR_DECISION, Status.DUE_SOON, Status.LAPSED, Status.REVOKED})
"""Ready, or to be renewed; in each case only while no blocking gate is open."""


@dataclass(frozen=True, slots=True)
class SignOffView:
    """A sign-off as of now, and what the actor may do with it; each `why_not_…` is a sentence or empty.

    `is_blind` says that the actor may still give the second look, and so must not see what the first decision was.
    """

    sign_off: SignOff
    history: SignOffHistory
    state: SignOffState
    may_countersign: bool
    why_not_countersign: Sentence
    may_revoke: bool
    is_blind: bool
    why_not_look: Sentence
    why_not_settle: Sentence

    @property
    def countersign(self) -> Countersign | None:
        """Return the countersignature."""
        return self.history.countersign

    @property
    def revoked(self) -> Amendment | None:
        """Return what revoked it and still holds."""
        return self.history.revoked

    @property
    def valid_until(self) -> date:
        """Return the last day on which it holds."""
        return self.history.valid_until

    @property
    def answer(self) -> Answer:
        """Return what the person said to it, and what followed."""
        return self.history.answer


@dataclass(frozen=True, slots=True)
class Case:
    """All that a decision on one person rests on. `why_not` is a sentence, empty when the actor may decide.

    `near_raters` are named to who decides: what was filled in before an interest was known counts on, and a person
    judges it. `asked` is the person's open wish for a decision; `dispute` the newest decision while a second look at it
    is wanted or has to be settled; `owed` the one in whose place a second look counts, until a new decision follows.
    """

    verdict: Verdict
    programme: Programme
    enrolment: EnrolmentNow
    activities: tuple[Activity, ...]
    evidence: tuple[FactId, ...]
    may_decide: bool
    why_not: Sentence
    sign_offs: tuple[SignOffView, ...]
    separations: tuple[Separation, ...]
    near_raters: tuple[NearRater, ...]
    asked: DecisionAsked | None
    dispute: SignOffView | None
    owed: SignOffView | None

    @property
    def lacks_second(self) -> bool:
        """Return whether nobody could countersign: neither now, nor after any of those who could sign has signed."""
        if not self.programme.head.decision.countersign:
            return False
        seconds = {one.person_id for one in self.separations if not one.why_not_countersign}
        signers = {one.person_id for one in self.separations if not one.why_not_sign}
        if any(view.state == SignOffState.AWAITING_COUNTERSIGN for view in self.sign_offs):
            return not seconds
        return not any(second != signer for second in seconds for signer in signers)


def prepare_case(ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, now: datetime) -> Case:
    """Return the case of a person: verdict, evidence, earlier sign-offs, and whether the actor may decide.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs, or not what their readiness rests on.
        NotEnrolledError: The person is not in the programme.
    """
    require(ledger, actor, Right.SEE, Record.SIGN_OFF, person_id)
    require(ledger, actor, Right.SEE, Record.READINESS, person_id)
    enrolment = get_enrolment(ledger, person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    verdict = ledger.verdict(person_id, programme_id, now, now)
    if verdict is None:
        raise NotEnrolledError(person_id, programme_id)
    histories, today = list_histories(ledger, person_id, programme_id), ledger.day_of(now)
    parting = Parting(programme.head.decision, verdict, list_evidence(verdict))
    views = tuple(_view(ledger, actor, history, parting, today) for history in histories)
    why_not = (
        why_not_signer(ledger, actor, parting)
        or _why_not_after_revoking(ledger, actor, verdict)
        or _why_not_now(programme, parting, histories, today)
    )
    return Case(
        verdict=verdict,
        programme=programme,
        enrolment=enrolment,
        activities=tuple(one for one in programme.head.activities if enrolment.role_id in one.roles),
        evidence=parting.evidence,
        may_decide=not why_not,
        why_not=why_not,
        sign_offs=views,
        separations=list_separations(ledger, parting, _find_waiting(views), now),
        near_raters=list_near_raters(ledger, parting),
        asked=find_asked(
            ledger, person_id, programme_id, since=histories[-1].sign_off.occurred_at if histories else None
        ),
        dispute=_view_of(views, find_dispute(histories, today)),
        owed=_view_of(views, find_owed(histories, today)),
    )


def _view_of(views: Sequence[SignOffView], history: SignOffHistory | None) -> SignOffView | None:
    wanted = history.sign_off.fact_id if history is not None else None
    return next((view for view in views if view.sign_off.fact_id == wanted), None)


def _find_waiting(views: Sequence[SignOffView]) -> SignOff | None:
    return next((view.sign_off for view in views if view.state == SignOffState.AWAITING_COUNTERSIGN), None)


# ---------------------------------------------------------------- whether a decision can be taken


def _why_not_now(programme: Programme, parting: Parting, histories: Sequence[SignOffHistory], today: date) -> Sentence:
    states = {history.state_on(today) for history in histories}
    return (
        _why_not_ready(programme, parting.verdict, histories, today)
        or ("A sign-off waits for its countersignature." if SignOffState.AWAITING_COUNTERSIGN in states else "")
        or _why_not_disputed(histories, today)
    )


def _why_not_after_revoking(ledger: Ledger, actor: Actor, verdict: Verdict) -> Sentence:
    may_revoke = may_on_person(actor, Right.REVOKE, Record.SIGN_OFF, ledger.subject(verdict.person_id))
    if verdict.status == Status.REVOKED and not may_revoke:
        return "The last sign-off was revoked; only the training lead can decide anew."
    return ""


def _why_not_ready(
    programme: Programme, verdict: Verdict, histories: Sequence[SignOffHistory], today: date
) -> Sentence:
    if verdict.hold_since is not None:
        return N_(ON_HOLD, day=verdict.hold_since)
    if verdict.open_blocks:
        titles = {gate.id: gate.title for gate in programme.gates}
        still_open = "; ".join(titles.get(gate.gate_id, gate.gate_id) for gate in verdict.open_blocks)
        return N_("Not ready for decision. Still open: {gates}.", gates=still_open)
    if verdict.status in _DECIDABLE or (verdict.status == Status.SIGNED_OFF and find_owed(histories, today)):
        return ""
    holding = next((one for one in reversed(histories) if one.state_on(today) in HOLDS), None)
    if verdict.status == Status.SIGNED_OFF and holding is not None:
        return N_(
            "There is nothing to decide now: signed off until {last_day}. It can be renewed from {due_day} on, if "
            "every gate is met then.",
            last_day=holding.valid_until,
            due_day=holding.due_on,
        )
    return N_("There is nothing to decide now. Where the person stands: {status}.", status=verdict.status)


def _why_not_disputed(histories: Sequence[SignOffHistory], today: date) -> Sentence:
    if find_dispute(histories, today) is None:
        return ""
    return "The person sees the last decision differently. A second look has to settle that first."


# ---------------------------------------------------------------- one sign-off


def _view(ledger: Ledger, actor: Actor, history: SignOffHistory, parting: Parting, today: date) -> SignOffView:
    state, signed, shown = history.state_on(today), history.sign_off, show_to(actor, history)
    why_not = _why_not_countersign(ledger, actor, history, state, parting)
    may_revoke = may_on_person(actor, Right.REVOKE, Record.SIGN_OFF, ledger.subject(signed.person_id))
    return SignOffView(
        sign_off=shown.sign_off,
        history=shown,
        state=state,
        may_countersign=not why_not,
        why_not_countersign=why_not,
        may_revoke=_is_revocable(state) and actor.person_id != signed.person_id and may_revoke,
        is_blind=is_blind(actor, history),
        why_not_look=why_not_look(ledger, actor, history, parting),
        why_not_settle=why_not_settle(ledger, actor, history),
    )


def _why_not_countersign(
    ledger: Ledger, actor: Actor, history: SignOffHistory, state: SignOffState, parting: Parting
) -> Sentence:
    if state != SignOffState.AWAITING_COUNTERSIGN:
        return N_("It waits for no countersignature. How it stands: {state}.", state=state)
    rested = Parting(parting.decision, parting.verdict, history.sign_off.evidence)
    why_not = why_not_second(ledger, actor, rested, history.sign_off.actor_id)
    if why_not:
        return why_not
    hold_since = parting.verdict.hold_since
    if hold_since is not None:
        return N_(ON_HOLD, day=hold_since)
    if history.answer.step in {DisputeStep.LOOK_WANTED, DisputeStep.TO_SETTLE}:
        return "The person sees this decision differently. A second look has to settle that first."
    return ""


def _is_revocable(state: SignOffState) -> bool:
    return state in HOLDS | {SignOffState.AWAITING_COUNTERSIGN}


def why_not_look(ledger: Ledger, actor: Actor, history: SignOffHistory, parting: Parting) -> Sentence:
    """Return why the actor cannot give the second look at a decision; empty when they can."""
    signed = history.sign_off
    if history.answer.step != DisputeStep.LOOK_WANTED:
        return "No second look is wanted at this decision now."
    if actor.is_operator:
        return "A second look bears a name: a person has to sign in and give it."
    if actor.person_id == signed.person_id:
        return "Nobody looks at their own record for a second time."
    if actor.person_id == signed.actor_id:
        return "You took this decision yourself. The second look has to come from another person."
    if history.countersign is not None and actor.person_id == history.countersign.actor_id:
        return "You countersigned this decision. The second look has to come from another person."
    if not _may_take_part(ledger, actor, signed.person_id):
        return "Only the person's trainers, the training lead of the hub or an external countersigner can look again."
    return why_too_near(ledger, actor, Parting(parting.decision, parting.verdict, signed.evidence))


def _may_take_part(ledger: Ledger, actor: Actor, person_id: PersonId) -> bool:
    subject = ledger.subject(person_id)
    return any(may_on_person(actor, right, Record.SIGN_OFF, subject) for right in (Right.DECIDE, Right.COUNTERSIGN))


def why_not_settle(ledger: Ledger, actor: Actor, history: SignOffHistory) -> Sentence:
    """Return why the actor cannot choose between the two decisions; empty when they can."""
    signed, look = history.sign_off, history.answer.look
    if history.answer.step != DisputeStep.TO_SETTLE or look is None:
        return "There are no two decisions to choose between now."
    if actor.is_operator:
        return "A choice between two decisions bears a name: a person has to sign in and make it."
    took_part = {signed.person_id, signed.actor_id, look.actor_id}
    took_part |= {history.countersign.actor_id} if history.countersign is not None else set()
    if actor.person_id in took_part:
        return "You took part in one of the two decisions, or they are about you. Somebody else has to choose."
    if not may_on_person(actor, Right.COUNTERSIGN, Record.SIGN_OFF, ledger.subject(signed.person_id)):
        return "Only the training lead of the hub or an external countersigner can choose between two decisions."
    return ""
