"""Taking a decision: the sign-off of a role with a level for each activity, or "not yet"."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from assessments.errors import AlreadyDecidedError, NotDecidableError, WrongInputError
from assessments.facts import ActivityLevel, SignOff
from assessments.ports import Ledger
from assessments.service.access import get_fact, tidy_text
from assessments.service.decisions.cases import Case, prepare_case
from assessments.service.decisions.histories import SIGN_OFF, find_former
from assessments.sign_off import evidence_hash
from curriculum.gates import Severity
from curriculum.ids import ActivityId, ProgrammeId
from curriculum.models import Activity
from people.facts import FactId
from people.ids import derived_fact_id
from people.models import Actor, PersonId

_REPEAT: Final = timedelta(minutes=10)
"""The same decision on the same evidence by the same person within this time is a second click."""


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
    found = get_fact(ledger, SignOff, draft.fact_id, SIGN_OFF)
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
    former = find_former([view.history for view in case.sign_offs], case.enrolment.role_id)
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
        levels=read_levels(case.activities, levels) if levels is not None else (),
        warned_gates=tuple(
            gate.gate_id for gate in case.verdict.gates if gate.severity == Severity.WARN and not gate.is_open
        ),
        note=tidy_text(note, case.programme.head.privacy.free_text_max, "Note"),
        renews_id=former.sign_off.fact_id if is_granted and former is not None else None,
    )


def read_levels(
    activities: Sequence[Activity], levels: Mapping[ActivityId, int], *, lowest: int | None = None
) -> tuple[ActivityLevel, ...]:
    """Return a level for each activity: from what is required, or from `lowest`, to its ceiling.

    Raises:
        WrongInputError: Some are missing, unknown, or out of their range; all of them are named.
    """
    wanted = {one.id: (one.required_level if lowest is None else lowest, one.ceiling) for one in activities}
    wrong = [f"`{id_}` is missing" for id_ in wanted if id_ not in levels]
    wrong += [f"`{id_}` is no activity of the role" for id_ in levels if id_ not in wanted]
    wrong += [
        f"`{id_}` is {levels[id_]}, not {least} to {most}"
        for id_, (least, most) in wanted.items()
        if id_ in levels and not least <= levels[id_] <= most
    ]
    if wrong:
        advice = "Choose a level for each; where the person is not there yet, decide not yet."
        raise WrongInputError("Levels", ", ".join(wrong), "each activity of the role once, in its range", advice)
    return tuple(ActivityLevel(id_, levels[id_]) for id_ in wanted)
