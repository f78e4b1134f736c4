"""Rounds of decisions: the store is asked who is ready, and people sign, decline, countersign, renew and revoke."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from analytics.rated_forms import rating_checklists
from analytics.simulation.calendar import Week
from analytics.simulation.course import Course
from analytics.simulation.learning import make_up_later, reflect_again
from analytics.simulation.path import Occasion
from analytics.simulation.persons import Trainee
from analytics.simulation.support import visit_a_peer
from assessments.facts import ActivityLevel, Countersign, SignOff, Stage
from assessments.reasons import RevokeReason
from assessments.service.amending import amend
from assessments.sign_off import add_months, evidence_hash, list_evidence
from assessments.verdicts import GateVerdict, Status, Verdict
from curriculum.gates import (
    AssessorGate,
    DoseGate,
    Gate,
    HarmGate,
    LevelGate,
    ObserversGate,
    PeerModelGate,
    PortfolioGate,
    PracticeGate,
    SettingsGate,
    Severity,
)
from curriculum.ids import ChecklistId, CompetencyId
from curriculum.models import Setting
from people.facts import Change
from people.ids import derived_fact_id
from people.models import Actor, PersonId
from store.ledger import Store
from store.readiness import verdicts
from store.rules import gate_parts

ROUND_HOUR: Final = 20
SIGNS: Final = 0.9
DECLINES: Final = 0.06
"""What becomes of a case that is ready; the rest waits for the next round."""

RENEWS: Final = 0.5
REVOKES: Final = 0.0012
"""The chance a week that a sign-off is revoked."""

_RENEWABLE: Final = frozenset({Status.DUE_SOON, Status.LAPSED})
_LATEST: Final = timedelta(hours=3, minutes=30)


def decide(store: Store, course: Course, trainees: Sequence[Trainee], week: Week) -> None:
    """Hold a round of decisions on the last evening of a week, on all who may have come far enough."""
    cases = {trainee.person_id: trainee for trainee in trainees if _is_case(trainee, week)}
    if not cases:
        return
    at = week.at(6, ROUND_HOUR)
    found = verdicts(store, course.programme_id, among=cases.keys(), as_of=at, known_at=at, with_evidence=True)
    minutes: Counter[PersonId] = Counter()
    signing: list[tuple[Trainee, Verdict, datetime]] = []
    for verdict in found:
        trainee = cases[verdict.person_id]
        if verdict.open_blocks or verdict.hold_since is not None:
            if trainee.valid_until is None:
                _work_on(trainee, verdict, week)
        elif verdict.status in _RENEWABLE | {Status.READY_FOR_DECISION}:
            minutes[trainee.hub.manager] += 3
            signing.append((trainee, verdict, at + min(timedelta(minutes=minutes[trainee.hub.manager]), _LATEST)))
    _sign(store, course, signing, week)


def _is_case(trainee: Trainee, week: Week) -> bool:
    if not trainee.is_running or trainee.awaits_countersign or trainee.is_revoked or trainee.flaws.skips_sessions:
        return False
    if trainee.valid_until is None:
        return trainee.practises and not trainee.to_show and not trainee.holds
    due_soon_days = trainee.course.programme.head.decision.due_soon_days
    return trainee.valid_until - timedelta(days=due_soon_days) <= week.last_day


# ---------------------------------------------------------------- signing


def _sign(store: Store, course: Course, cases: Sequence[tuple[Trainee, Verdict, datetime]], week: Week) -> None:
    evidence = [list_evidence(verdict) for _, verdict, _ in cases]
    named = list(dict.fromkeys(fact_id for ids in evidence for fact_id in ids))
    digests = dict(zip(named, store.digests(named), strict=True))
    for (trainee, verdict, at), ids in zip(cases, evidence, strict=True):
        draw = trainee.rng.random()
        is_granted = draw < (SIGNS if verdict.status == Status.READY_FOR_DECISION else RENEWS)
        signer = _signer(trainee)
        if signer is None or not (is_granted or draw > 1 - DECLINES):
            continue
        decision = course.programme.head.decision
        signed = SignOff(
            fact_id=derived_fact_id(trainee.enrolment.fact_id, f"sign-off/{trainee.n_sign_offs}"),
            person_id=trainee.person_id,
            actor_id=signer,
            occurred_at=at,
            programme_id=course.programme_id,
            role_id=trainee.role_id,
            version_no=course.version_no,
            is_granted=is_granted,
            valid_months=decision.valid_months,
            needs_countersign=is_granted and decision.countersign,
            evidence_hash=evidence_hash(digests[fact_id] for fact_id in ids),
            evidence=ids,
            levels=_levels(trainee) if is_granted else (),
            warned_gates=tuple(
                gate.gate_id for gate in verdict.gates if gate.severity == Severity.WARN and not gate.is_open
            ),
        )
        trainee.n_sign_offs += 1
        trainee.pen.write(signed)
        if is_granted:
            _await(trainee, signed, week)


def _signer(trainee: Trainee) -> PersonId | None:
    """Return a trainer of the person who may decide, or None."""
    must_be_independent = trainee.course.programme.head.decision.independent_of_supervisor
    able = [
        rater.person_id
        for rater in trainee.raters
        if not (must_be_independent and rater.person_id in trainee.supervisors)
    ]
    return trainee.rng.choice(able) if able else None


def _levels(trainee: Trainee) -> tuple[ActivityLevel, ...]:
    activities = (one for one in trainee.course.programme.head.activities if trainee.role_id in one.roles)
    return tuple(
        ActivityLevel(one.id, min(one.required_level + (trainee.rng.random() < 0.1), one.ceiling)) for one in activities
    )


def _await(trainee: Trainee, signed: SignOff, week: Week) -> None:
    if signed.needs_countersign:
        trainee.awaits_countersign = True
        trainee.put_off(week, trainee.rng.randint(1, 2), partial(_countersign, trainee, signed))
    else:
        _come_into_force(trainee, signed)


def _countersign(trainee: Trainee, signed: SignOff, week: Week) -> None:
    if trainee.holds:
        trainee.put_off(week, 1, partial(_countersign, trainee, signed))
        return
    at = week.at(0, 14 + 3 * trainee.rng.random())
    confirmed = Countersign(
        fact_id=derived_fact_id(signed.fact_id, "countersign"),
        person_id=trainee.person_id,
        actor_id=trainee.hub.training_lead,
        occurred_at=at,
        sign_off_id=signed.fact_id,
    )
    trainee.awaits_countersign = False
    trainee.pen.write(confirmed)
    _come_into_force(trainee, signed)


def _come_into_force(trainee: Trainee, signed: SignOff) -> None:
    trainee.sign_off = signed
    trainee.valid_until = add_months(trainee.calendar.day_of(signed.occurred_at), signed.valid_months)


def revoke_some(trainee: Trainee, week: Week) -> None:
    """Let the training lead revoke a sign-off in force, seldom."""
    signed, until = trainee.sign_off, trainee.valid_until
    if signed is None or until is None or until < week.last_day or trainee.is_revoked or trainee.flaws.is_planted:
        return
    if trainee.rng.random() < REVOKES:
        lead = Actor(trainee.hub.training_lead, "")
        reason = trainee.rng.choice(list(RevokeReason))
        at = week.at(1, 11 + trainee.rng.random())
        trainee.is_revoked = True
        trainee.pen.write(amend(signed, lead, signed.fact_id, Change.REVOKED, reason=reason, now=at))


# ---------------------------------------------------------------- what is still open


def _work_on(trainee: Trainee, verdict: Verdict, week: Week) -> None:
    """Let a trainee who thought to be there do what the open gates ask for."""
    gates = {gate.id: gate for gate in trainee.course.programme.gates}
    for open_gate in verdict.open_blocks:
        _open_up(trainee, gates[open_gate.gate_id], open_gate, week)


def _open_up(trainee: Trainee, gate: Gate, verdict: GateVerdict, week: Week) -> None:
    match gate:
        case PracticeGate():
            for number in _open_parts(verdict):
                part = gate.parts[number]
                stage = max(Stage.LEAD_PART, Stage(part.stage), key=lambda one: one.rank)
                _show_again(trainee, Setting(part.setting), [part.checklist], stage)
        case LevelGate():
            _show_levels(trainee, gate, verdict)
        case HarmGate() | ObserversGate() | AssessorGate() | SettingsGate():
            trainee.to_show.extend(trainee.path.occasions[-1:])
        case DoseGate():
            for session in trainee.path.sessions:
                if session.id in trainee.missed and trainee.rng.random() < 0.5:
                    make_up_later(trainee, week, session, trainee.missed[session.id])
        case PeerModelGate():
            trainee.put_off(week, 1, partial(visit_a_peer, trainee))
        case PortfolioGate():
            trainee.put_off(week, 1, partial(reflect_again, trainee))
        case _:
            return


def _open_parts(verdict: GateVerdict) -> list[int]:
    """Return the places of the open parts, from 0."""
    return [part.part_no - 1 for part in verdict.parts if not part.is_met]


def _show_levels(trainee: Trainee, gate: LevelGate, verdict: GateVerdict) -> None:
    parts = gate_parts(gate)
    asked: dict[Setting, dict[ChecklistId, None]] = {}
    for number in _open_parts(verdict):
        part = parts[number]
        setting = Setting(part.setting or Setting.LIVE)
        checklists = rating_checklists(trainee.course.programme, CompetencyId(part.references[0]), setting)
        asked.setdefault(setting, {})[checklists[0].id] = None
    for setting, checklist_ids in asked.items():
        _show_again(trainee, setting, list(checklist_ids), Stage.LEAD_PART)


def _show_again(trainee: Trainee, setting: Setting, checklist_ids: Sequence[ChecklistId], stage: Stage) -> None:
    """Plan to be watched again: with all the checklists in one live session, else one by one."""
    checklists = tuple(trainee.course.programme.checklist_by_id[one] for one in checklist_ids)
    if setting == Setting.LIVE:
        trainee.to_show.append(Occasion(setting, stage, checklists))
    else:
        trainee.to_show.extend(Occasion(setting, stage, (checklist,)) for checklist in checklists)
