"""A trainer leaves: all that waits for them is handed over, and their office ends, in one append."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from assessments.errors import HandOverError
from assessments.facts import ObservationOpened, ObservationRequest
from assessments.ports import HubLedger
from assessments.reasons import HandOverReason
from assessments.service.access import get_fact
from assessments.service.amending import amend
from people.facts import Amendment, Assignment, Change, ClockChange, EndReason, Fact, FactId, WorkHandedOver, WorkKind
from people.ids import derived_fact_id
from people.models import Actor, Office, PersonId
from people.ports import OpenWork
from people.rights import Record, Right, may_on_person
from people.service.cohorts import count_assignments, make_assignment
from people.service.offices import get_ending_grant
from people.service.reach import (
    clock_of,
    end_of,
    get_person,
    is_trainer_in,
    list_assignments,
    list_holders,
    list_newest_enrolments,
)
from people.service.sessions import held_grants
from people.service.work import list_left_behind

Choices = Mapping[FactId, PersonId | None]
"""Who takes over what, by the fact that waits. None sets a form aside; else it says "whoever trains them"."""

_TAKEN_BY: Final = {
    WorkKind.TRAINEE: (Office.TRAINER,),
    WorkKind.REQUEST: (Office.TRAINER,),
    WorkKind.FORM: (),
    WorkKind.HOLD: (Office.TRAINER,),
    WorkKind.DEBRIEF: (Office.TRAINER,),
    WorkKind.COUNTERSIGN: (Office.TRAINING_LEAD, Office.COUNTERSIGNER),
}
"""Whose work it can become. A form shows what one person saw: nobody else can finish it."""


@dataclass(frozen=True, slots=True)
class Handing:
    """Something that waits for the leaver, who may take it over, and whether it may be left to nobody in particular."""

    work: OpenWork
    takers: tuple[PersonId, ...]
    may_be_nobody: bool


def prepare_leaving(ledger: HubLedger, actor: Actor, grant_id: FactId, now: datetime) -> list[Handing]:
    """Return all that a trainer would leave behind, by person, each with those who may take it over.

    Raises:
        NotKnownError: There is no such grant.
        NotAllowedError: The actor may not end this office here.
    """
    grant = get_ending_grant(ledger, actor, grant_id)
    open_work = list_left_behind(ledger, grant, now)
    holders = {
        office: {held.person_id for held in list_holders(ledger, office, now)}
        for office in {office for work in open_work for office in _TAKEN_BY[work.kind]}
    }
    found: list[Handing] = []
    for work in open_work:
        known = {person_id for office in _TAKEN_BY[work.kind] for person_id in holders[office]}
        others = sorted(known - {grant.person_id, work.person_id})
        takers = tuple(one for one in others if _may_take(ledger, work, one, now))
        found.append(Handing(work, takers, _may_be_nobody(ledger, work, grant.person_id)))
    return found


def _may_take(ledger: HubLedger, work: OpenWork, person_id: PersonId, now: datetime) -> bool:
    subject = ledger.subject(work.person_id)
    if work.kind != WorkKind.COUNTERSIGN:
        return is_trainer_in(ledger, person_id, subject.hub_ids, now)
    taker = Actor(person_id, "", held_grants(ledger, person_id, now))
    return may_on_person(taker, Right.COUNTERSIGN, Record.SIGN_OFF, subject)


def _may_be_nobody(ledger: HubLedger, work: OpenWork, leaver_id: PersonId) -> bool:
    match work.kind:
        case WorkKind.FORM | WorkKind.REQUEST:
            return True
        case WorkKind.TRAINEE:
            others = ledger.subject(work.person_id).trainer_ids - {leaver_id}
            return bool(others) or _has_left(ledger, work.person_id)
        case WorkKind.HOLD | WorkKind.DEBRIEF | WorkKind.COUNTERSIGN:
            return False


def _has_left(ledger: HubLedger, person_id: PersonId) -> bool:
    enrolments = list_newest_enrolments(ledger, person_id)
    return all(clock_of(ledger, one) == ClockChange.WITHDRAWN for one in enrolments)


def hand_over(
    ledger: HubLedger,
    actor: Actor,
    grant_id: FactId,
    choices: Choices,
    *,
    now: datetime,
    reason: EndReason = EndReason.LEFT,
) -> Amendment:
    """Hand over all that waits for a trainer, end their office and their sessions; a second time changes nothing.

    What they signed and saw stands. All of it is recorded together, or nothing.

    Args:
        ledger: Where it is recorded.
        actor: Who may end the office.
        grant_id: The office.
        choices: Somebody for each thing that waits, as `prepare_leaving` lists them.
        now: The time.
        reason: Why they leave.

    Raises:
        NotKnownError: There is no such grant.
        NotAllowedError: The actor may not end this office here.
        HandOverError: Something has nobody yet, or somebody who cannot take it; all of it is named.
        TextRefusedError: The reason is not an `EndReason`.
    """
    grant = get_ending_grant(ledger, actor, grant_id)
    end = end_of(grant, actor, reason, now)
    before = ledger.find(Amendment, end.fact_id)
    if before is not None:
        return before
    handings = prepare_leaving(ledger, actor, grant_id, now)
    faults = _list_faults(ledger, grant.person_id, handings, choices)
    if faults:
        raise HandOverError(faults)
    desk = _Desk(ledger, actor, grant.person_id, now)
    facts = [fact for each in handings for fact in desk.hand(each.work, choices[each.work.target_id])]
    if not ledger.append(end, *facts):
        return ledger.find(Amendment, end.fact_id) or end
    ledger.revoke_sessions(grant.person_id, now)
    return end


# ---------------------------------------------------------------- is everything settled


def _list_faults(ledger: HubLedger, leaver_id: PersonId, handings: Sequence[Handing], choices: Choices) -> list[str]:
    trainers = _trainers_then(ledger, leaver_id, handings, choices)
    faults: list[str] = []
    for each in handings:
        fault = _find_fault(each, choices, trainers[each.work.person_id])
        if fault:
            about = ledger.name_of(each.work.person_id)
            faults.append(f"{each.work.kind} of {about} since {each.work.since:%Y-%m-%d}: {fault}")
    return faults


def _trainers_then(
    ledger: HubLedger, leaver_id: PersonId, handings: Sequence[Handing], choices: Choices
) -> dict[PersonId, set[PersonId]]:
    """Return who will train each person once all is handed over."""
    then: dict[PersonId, set[PersonId]] = defaultdict(set)
    for each in handings:
        then[each.work.person_id] |= ledger.subject(each.work.person_id).trainer_ids - {leaver_id}
        taker = choices.get(each.work.target_id)
        if each.work.kind == WorkKind.TRAINEE and taker is not None:
            then[each.work.person_id].add(taker)
    return then


def _find_fault(each: Handing, choices: Choices, trainers: set[PersonId]) -> str:
    if each.work.target_id not in choices:
        return "choose who takes it over"
    taker = choices[each.work.target_id]
    if taker is None:
        if not each.may_be_nobody:
            return "it needs somebody" if each.takers else "there is nobody who could; give somebody that task first"
        return ""
    if taker not in each.takers:
        return f"person {taker} cannot take it"
    needs_trainer = each.work.kind in {WorkKind.REQUEST, WorkKind.HOLD, WorkKind.DEBRIEF}
    return (
        f"person {taker} does not train them; give them as a trainee too"
        if needs_trainer and taker not in trainers
        else ""
    )


# ---------------------------------------------------------------- what is recorded


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the facts of one hand-over are made."""

    ledger: HubLedger
    actor: Actor
    leaver_id: PersonId
    now: datetime

    def hand(self, work: OpenWork, taker: PersonId | None) -> list[Fact]:
        """Return what is recorded of one thing: that it was handed over, and what follows from that."""
        handed = WorkHandedOver(
            fact_id=derived_fact_id(work.target_id, f"handed-over/{self.leaver_id}"),
            person_id=work.person_id,
            actor_id=self.actor.person_id,
            occurred_at=self.now,
            target_id=work.target_id,
            kind=work.kind,
            from_id=self.leaver_id,
            to_id=taker,
        )
        return [handed, *self._follow(work, taker)]

    def _follow(self, work: OpenWork, taker: PersonId | None) -> list[Fact]:
        match work.kind:
            case WorkKind.TRAINEE:
                return self._give_trainee(work, taker)
            case WorkKind.REQUEST:
                return self._ask_another(work, taker)
            case WorkKind.FORM:
                opened = get_fact(self.ledger, ObservationOpened, work.target_id, "form")
                return [self._amend(opened, Change.VOID)]
            case WorkKind.HOLD | WorkKind.DEBRIEF | WorkKind.COUNTERSIGN:
                return []

    def _give_trainee(self, work: OpenWork, taker: PersonId | None) -> list[Fact]:
        n_before = count_assignments(self.ledger, work.person_id, taker) if taker is not None else 0
        held = list_assignments(self.ledger, work.person_id)
        ended: list[Fact] = [
            end_of(one, self.actor, EndReason.OFFICE_ENDED, self.now) for one in held if one.fact_id == work.target_id
        ]
        if taker is None or any(one.trainer_id == taker for one in held):
            return ended
        added = get_person(self.ledger, work.person_id)
        given: Assignment = make_assignment(added, self.actor, taker, self.now, n_before=n_before)
        return [*ended, given]

    def _ask_another(self, work: OpenWork, taker: PersonId | None) -> list[Fact]:
        request = get_fact(self.ledger, ObservationRequest, work.target_id, "request")
        # It waits as long as it did: only whom it asks has changed.
        again = replace(
            request,
            fact_id=derived_fact_id(request.fact_id, "asked-of-another"),
            actor_id=self.actor.person_id,
            asked_id=taker,
        )
        return [self._amend(request, Change.REPLACED), again]

    def _amend(self, target: Fact, change: Change) -> Amendment:
        reason = HandOverReason.TRAINER_LEFT
        return amend(target, self.actor, target.fact_id, change, reason=reason, now=self.now)
