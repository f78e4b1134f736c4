"""Decisions: the case of one person, the sign-off of a role, its countersignature and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from assessments.errors import AlreadyDecidedError, NotDecidableError, NotEnrolledError, WrongInputError
from assessments.facts import ActivityLevel, Countersign, SignOff, Supervision
from assessments.ports import EnrolmentNow, Ledger
from assessments.reasons import RevokeReason
from assessments.service.access import (
    get_enrolment,
    get_fact,
    read_code,
    record_once,
    require,
    require_named,
    require_other,
    tidy_text,
)
from assessments.service.amending import amend
from assessments.service.interests import find_interest
from assessments.sign_off import SignOffHistory, SignOffState, evidence_hash, list_evidence
from assessments.verdicts import Status, Verdict
from curriculum.gates import Severity
from curriculum.ids import ActivityId, ProgrammeId
from curriculum.models import Activity, Programme
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right, may_on_person

_SIGN_OFF: Final = "sign-off"
_DECIDABLE: Final = frozenset({Status.READY_FOR_DECISION, Status.DUE_SOON, Status.LAPSED, Status.REVOKED})
"""Ready, or to be renewed; in each case only while no blocking gate is open."""

_REPEAT: Final = timedelta(minutes=10)
"""The same decision on the same evidence by the same person within this time is a second click."""


@dataclass(frozen=True, slots=True)
class SignOffView:
    """A sign-off as of now, and what the actor may do with it; `why_not_countersign` is a sentence or empty."""

    sign_off: SignOff
    state: SignOffState
    countersign: Countersign | None
    revoked: Amendment | None
    valid_until: date
    may_countersign: bool
    why_not_countersign: str
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class Case:
    """All that a decision on one person rests on. `why_not` is a sentence, empty when the actor may decide."""

    verdict: Verdict
    programme: Programme
    enrolment: EnrolmentNow
    activities: tuple[Activity, ...]
    evidence: tuple[FactId, ...]
    may_decide: bool
    why_not: str
    sign_offs: tuple[SignOffView, ...]


# ---------------------------------------------------------------- the case


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
    histories = _list_histories(ledger, person_id, programme_id)
    states = [history.state_on(ledger.day_of(now)) for history in histories]
    why_not = _why_not_decide(ledger, actor, programme, verdict, states)
    return Case(
        verdict=verdict,
        programme=programme,
        enrolment=enrolment,
        activities=tuple(one for one in programme.head.activities if enrolment.role_id in one.roles),
        evidence=list_evidence(verdict),
        may_decide=not why_not,
        why_not=why_not,
        sign_offs=tuple(_view(ledger, actor, history, verdict, now) for history in histories),
    )


def _list_histories(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> list[SignOffHistory]:
    """Return the person's sign-offs in the programme, oldest first, with what was done to each."""
    countersigns = {one.sign_off_id: one for one in ledger.list_facts(Countersign, person_id)}
    is_newer_complete = False
    histories: list[SignOffHistory] = []
    for sign_off in reversed(ledger.list_facts(SignOff, person_id, programme_id=programme_id)):
        countersign = countersigns.get(sign_off.fact_id)
        histories.append(
            SignOffHistory(
                sign_off=sign_off,
                countersign=countersign,
                revoked=find_revocation(ledger, sign_off.fact_id),
                decided_on=ledger.day_of(sign_off.occurred_at),
                is_superseded=is_newer_complete,
            )
        )
        is_newer_complete |= sign_off.is_granted and (countersign is not None or not sign_off.needs_countersign)
    return histories[::-1]


def find_revocation(ledger: Ledger, sign_off_id: FactId) -> Amendment | None:
    """Return what revoked the sign-off and still holds: of revoking and restoring, the newer one does."""
    changes = (Change.REVOKED, Change.RESTORED)
    found = [one for one in ledger.changes_to(sign_off_id) if one.change in changes]
    return found[-1] if found and found[-1].change == Change.REVOKED else None


def _why_not_decide(
    ledger: Ledger, actor: Actor, programme: Programme, verdict: Verdict, states: Sequence[SignOffState]
) -> str:
    return (
        _why_not_signer(ledger, actor, programme, verdict)
        or _why_not_ready(programme, verdict)
        or ("A sign-off waits for its countersignature." if SignOffState.AWAITING_COUNTERSIGN in states else "")
    )


def _why_not_signer(ledger: Ledger, actor: Actor, programme: Programme, verdict: Verdict) -> str:
    subject = ledger.subject(verdict.person_id)
    if actor.is_operator:
        return "A decision bears a name: a person has to sign in and take it."
    if actor.person_id == verdict.person_id:
        return "Nobody decides on their own record. Another trainer or the training lead has to."
    if not may_on_person(actor, Right.DECIDE, Record.SIGN_OFF, subject):
        return "Only the person's trainers and the training lead of the hub can decide."
    if (interest := find_interest(ledger, actor.person_id, verdict.person_id)) is not None:
        return interest.why
    if verdict.status == Status.REVOKED and not may_on_person(actor, Right.REVOKE, Record.SIGN_OFF, subject):
        return "The last sign-off was revoked; only the training lead can decide anew."
    if programme.head.decision.independent_of_supervisor and _has_supervised(ledger, actor, verdict):
        return "The programme asks for a signer who has not supervised the person. Ask another trainer."
    return ""


def _has_supervised(ledger: Ledger, actor: Actor, verdict: Verdict) -> bool:
    own = {"programme_id": verdict.programme_id, "supervisor_id": actor.person_id}
    return bool(ledger.list_facts(Supervision, verdict.person_id, **own))


def _why_not_ready(programme: Programme, verdict: Verdict) -> str:
    if verdict.hold_since is not None:
        return f"On hold since {verdict.hold_since:%Y-%m-%d}: the safeguarding lead or deputy has to lift it first."
    if verdict.open_blocks:
        titles = {gate.id: gate.title for gate in programme.gates}
        still_open = "; ".join(titles.get(gate.gate_id, gate.gate_id) for gate in verdict.open_blocks)
        return f"Not ready for decision. Still open: {still_open}."
    if verdict.status not in _DECIDABLE:
        return f"There is nothing to decide now: the person is {verdict.status.replace('_', ' ')}."
    return ""


def _view(ledger: Ledger, actor: Actor, history: SignOffHistory, verdict: Verdict, now: datetime) -> SignOffView:
    state = history.state_on(ledger.day_of(now))
    why_not = _why_not_countersign(ledger, actor, history.sign_off, state, verdict)
    subject = ledger.subject(verdict.person_id)
    return SignOffView(
        sign_off=history.sign_off,
        state=state,
        countersign=history.countersign,
        revoked=history.revoked,
        valid_until=history.valid_until,
        may_countersign=not why_not,
        why_not_countersign=why_not,
        may_revoke=_is_revocable(state)
        and actor.person_id != verdict.person_id
        and may_on_person(actor, Right.REVOKE, Record.SIGN_OFF, subject),
    )


def _why_not_countersign(ledger: Ledger, actor: Actor, sign_off: SignOff, state: SignOffState, verdict: Verdict) -> str:
    if state != SignOffState.AWAITING_COUNTERSIGN:
        return f"It waits for no countersignature: it is {state.replace('_', ' ')}."
    if actor.is_operator:
        return "A countersignature bears a name: a person has to sign in and give it."
    if actor.person_id == sign_off.person_id:
        return "Nobody countersigns their own sign-off."
    if actor.person_id == sign_off.actor_id:
        return "You signed this yourself. The countersignature has to come from another person."
    if not may_on_person(actor, Right.COUNTERSIGN, Record.SIGN_OFF, ledger.subject(sign_off.person_id)):
        return "Only the training lead of the hub or an external countersigner can countersign."
    if (interest := find_interest(ledger, actor.person_id, sign_off.person_id)) is not None:
        return interest.why
    if verdict.hold_since is not None:
        return f"On hold since {verdict.hold_since:%Y-%m-%d}: the safeguarding lead or deputy has to lift it first."
    return ""


def _is_revocable(state: SignOffState) -> bool:
    return state in {SignOffState.AWAITING_COUNTERSIGN, SignOffState.IN_FORCE}


# ---------------------------------------------------------------- decide


def sign_off(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    levels: Mapping[ActivityId, int],
    *,
    note: str,
    now: datetime,
) -> SignOff:
    """Sign the person off for their role and return it, with the evidence frozen by its hash.

    The n-th sign-off of an enrolment has one possible id: of two signers at once, one is first.

    Args:
        ledger: Where facts are.
        actor: A trainer of the person, or the training lead.
        person_id: The trainee.
        programme_id: The programme.
        levels: The entrustment level of every activity of the role: at least required, at most its ceiling.
        note: A short comment on the person's own practice, may be empty.
        now: The time.

    Raises:
        NotDecidableError: The actor may not decide, or the person is not ready; its text says why.
        AlreadyDecidedError: Somebody else decided first.
        WrongInputError: Levels or note do not fit.
    """
    return _decide(ledger, actor, person_id, programme_id, levels, note=note, now=now)


def decline(
    ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, note: str, *, now: datetime
) -> SignOff:
    """Record the decision "not yet" on the same evidence and under the same rules as a sign-off.

    Raises:
        NotDecidableError: The actor may not decide, or the person is not ready.
        AlreadyDecidedError: Somebody else decided first.
        WrongInputError: The note is too long.
    """
    return _decide(ledger, actor, person_id, programme_id, None, note=note, now=now)


def _decide(
    ledger: Ledger,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    levels: Mapping[ActivityId, int] | None,
    *,
    note: str,
    now: datetime,
) -> SignOff:
    case = prepare_case(ledger, actor, person_id, programme_id, now)
    newest = case.sign_offs[-1].sign_off if case.sign_offs else None
    if newest is not None and _is_repeated(newest, actor, levels, case.evidence, now):
        return newest
    if not case.may_decide:
        raise NotDecidableError(case.why_not)
    draft = _draft(ledger, actor, case, levels, note=note, now=now)
    if ledger.append(draft):
        return draft
    found = get_fact(ledger, SignOff, draft.fact_id, _SIGN_OFF)
    if not _is_repeated(found, actor, levels, case.evidence, now):
        raise AlreadyDecidedError(found.fact_id, found.actor_id, found.occurred_at)
    return found


def _is_repeated(
    earlier: SignOff,
    actor: Actor,
    levels: Mapping[ActivityId, int] | None,
    evidence: tuple[FactId, ...],
    now: datetime,
) -> bool:
    given = {one.activity_id: one.level for one in earlier.levels} if earlier.is_granted else None
    is_recent = abs(now - earlier.occurred_at) <= _REPEAT
    return is_recent and (earlier.actor_id, earlier.evidence, given) == (actor.person_id, evidence, levels)


def _draft(
    ledger: Ledger, actor: Actor, case: Case, levels: Mapping[ActivityId, int] | None, *, note: str, now: datetime
) -> SignOff:
    decision = case.programme.head.decision
    is_granted = levels is not None
    return SignOff(
        fact_id=derived_fact_id(case.enrolment.fact_id, f"sign-off/{len(case.sign_offs)}"),
        person_id=case.enrolment.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=case.enrolment.programme_id,
        role_id=case.enrolment.role_id,
        version_no=case.enrolment.version_no,
        is_granted=is_granted,
        valid_months=decision.valid_months,
        needs_countersign=is_granted and decision.countersign,
        evidence_hash=evidence_hash(ledger.digests(case.evidence)),
        evidence=case.evidence,
        levels=_check_levels(case.activities, levels) if levels is not None else (),
        warned_gates=tuple(
            gate.gate_id for gate in case.verdict.gates if gate.severity == Severity.WARN and not gate.is_open
        ),
        note=tidy_text(note, case.programme.head.privacy.free_text_max, "Note"),
    )


def _check_levels(activities: Sequence[Activity], levels: Mapping[ActivityId, int]) -> tuple[ActivityLevel, ...]:
    """Return a level for each activity.

    Raises:
        WrongInputError: Some are missing, unknown, or out of their range; all of them are named.
    """
    wanted = {activity.id: activity for activity in activities}
    wrong = [f"`{id_}` is missing" for id_ in wanted if id_ not in levels]
    wrong += [f"`{id_}` is no activity of the role" for id_ in levels if id_ not in wanted]
    wrong += [
        f"`{id_}` is {levels[id_]}, not {activity.required_level} to {activity.ceiling}"
        for id_, activity in wanted.items()
        if id_ in levels and not activity.required_level <= levels[id_] <= activity.ceiling
    ]
    if wrong:
        advice = "Choose a level for each; where the person is not there yet, decide not yet."
        raise WrongInputError("Levels", ", ".join(wrong), "each activity of the role once, in its range", advice)
    return tuple(ActivityLevel(id_, levels[id_]) for id_ in wanted)


# ---------------------------------------------------------------- countersign and revoke


def countersign(ledger: Ledger, actor: Actor, sign_off_id: FactId, now: datetime) -> Countersign:
    """Confirm a sign-off as a second person; twice changes nothing.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
        NotDecidableError: The actor signed it, is the person, or may not countersign; or it waits for none.
        AlreadyDecidedError: Somebody else was first.
    """
    signed = get_fact(ledger, SignOff, sign_off_id, _SIGN_OFF)
    case = prepare_case(ledger, actor, signed.person_id, signed.programme_id, now)
    view = next(one for one in case.sign_offs if one.sign_off.fact_id == sign_off_id)
    if view.countersign is not None and view.countersign.actor_id == actor.person_id:
        return view.countersign
    if not view.may_countersign:
        raise NotDecidableError(view.why_not_countersign)
    confirmed = Countersign(
        fact_id=derived_fact_id(sign_off_id, "countersign"),
        person_id=signed.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        sign_off_id=sign_off_id,
    )
    ledger.append(confirmed)
    found = get_fact(ledger, Countersign, confirmed.fact_id, "countersignature")
    if found.actor_id != actor.person_id:
        raise AlreadyDecidedError(found.fact_id, found.actor_id, found.occurred_at)
    return found


def revoke(ledger: Ledger, actor: Actor, sign_off_id: FactId, reason: str, now: datetime) -> Amendment:
    """Revoke a sign-off from now on, with a coded `RevokeReason`; a second time changes nothing.

    Raises:
        NotAllowedError: The actor may not revoke sign-offs of the person.
        OwnRecordError: It is the actor's own.
        WrongInputError: The reason is not known, or the sign-off grants nothing.
    """
    signed = get_fact(ledger, SignOff, sign_off_id, _SIGN_OFF)
    require_named(actor, "revoke a sign-off")
    require(ledger, actor, Right.REVOKE, Record.SIGN_OFF, signed.person_id)
    require_other(actor, signed.person_id, "revoke their own sign-off")
    code = read_code(RevokeReason, reason, "Reason")
    if not signed.is_granted:
        raise WrongInputError("Sign-off", "a decision of not yet", "a granted one", "There is nothing to revoke.")
    earlier = find_revocation(ledger, sign_off_id)
    return earlier or record_once(ledger, _revocation(ledger, signed, actor, code, now))


def _revocation(ledger: Ledger, signed: SignOff, actor: Actor, reason: RevokeReason, now: datetime) -> Amendment:
    revoked = amend(signed, actor, signed.fact_id, Change.REVOKED, reason=reason, now=now)
    n_restored = sum(one.change == Change.RESTORED for one in ledger.changes_to(signed.fact_id))
    # One that was restored can be revoked once more, under an id of its own.
    return replace(revoked, fact_id=derived_fact_id(revoked.fact_id, str(n_restored))) if n_restored else revoked
