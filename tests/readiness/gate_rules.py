"""Each kind of gate in plain Python: the parts of one gate for one person, with the facts each part rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar, assert_never

from assessments.facts import (
    Attempt,
    Attendance,
    Certificate,
    Milestone,
    MilestoneKind,
    Observation,
    ParticipantSummary,
    Presence,
    Relation,
    Stage,
    Supervision,
)
from assessments.verdicts import PartVerdict
from curriculum.gates import (
    AssessorGate,
    CertificateGate,
    CertificatePart,
    CriticalGate,
    DoseGate,
    DosePart,
    EvaluationsGivenGate,
    EvaluationsGivenPart,
    Gate,
    GroupsDeliveredGate,
    HarmGate,
    LevelGate,
    LevelPart,
    ObserversGate,
    ParticipantSummaryGate,
    PeerModelGate,
    PortfolioGate,
    PracticeGate,
    PracticePart,
    PrerequisiteGate,
    PrerequisitePart,
    QuizGate,
    QuizPart,
    SettingsGate,
    SupervisionGate,
)
from curriculum.ids import CompetencyId, ProgrammeId
from curriculum.models import Setting
from people.facts import Change, ClockChange, Enrolment, Fact, Pause
from people.models import PersonId
from tests.readiness.past import Past, Practice, add_months, levels_of

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Case:
    """One person in one programme, as of an instant."""

    past: Past
    person_id: PersonId
    programme_id: ProgrammeId
    practice: Practice

    def facts(self, fact_kind: type[F], **equal: object) -> list[F]:
        """Return the person's facts of a kind in the programme, oldest first."""
        return self.past.facts(fact_kind, self.person_id, programme_id=self.programme_id, **equal)


def part(
    part_no: int, have: int, need: int, facts: Iterable[Fact], *, also: bool = True, known: bool = True
) -> PartVerdict:
    """Return a part that is met when there is enough, and what else it asks for is so."""
    evidence = tuple(sorted({fact.fact_id for fact in facts}))
    return PartVerdict(part_no, have, need, have >= need and also, known, evidence)


def parts_of(gate: Gate, case: Case) -> list[PartVerdict]:  # noqa: PLR0912 one branch a kind
    """Return the parts of a gate, in the programme's order, numbered from 1."""
    match gate:
        case PrerequisiteGate():
            return [_prerequisite(n, p, case) for n, p in enumerate(gate.parts, 1)]
        case DoseGate():
            return [_dose(n, p, case) for n, p in enumerate(gate.parts, 1)]
        case QuizGate():
            return [_quiz(n, p, case, critical=False) for n, p in enumerate(gate.parts, 1)]
        case CriticalGate():
            return [_quiz(n, p, case, critical=True) for n, p in enumerate(gate.parts, 1)]
        case PracticeGate():
            return [_practice(n, p, case) for n, p in enumerate(gate.parts, 1)]
        case LevelGate():
            single = [(p, competency) for p in gate.parts for competency in p.competencies]
            return [_level(n, p, competency, case) for n, (p, competency) in enumerate(single, 1)]
        case HarmGate():
            return [_no_level_1(gate, case), _no_open_harm(case)]
        case ObserversGate():
            passed = _watched(case.practice.passed(gate.max_age_days))
            return [part(1, len({o.actor_id for o in passed}), gate.min, passed)]
        case SettingsGate():
            return _settings(gate, case)
        case PeerModelGate():
            return [_milestones(MilestoneKind.PEER_MODEL, gate.min, case)]
        case SupervisionGate():
            return _supervision(gate, case)
        case CertificateGate():
            return [_certificate(n, p, case) for n, p in enumerate(gate.parts, 1)]
        case PortfolioGate():
            return [_milestones(MilestoneKind.REFLECTION, gate.min, case)]
        case AssessorGate():
            return [_assessor(gate, case)]
        case EvaluationsGivenGate():
            return [_evaluations_given(n, p, case) for n, p in enumerate(gate.parts, 1)]
        case GroupsDeliveredGate():
            groups = case.facts(Milestone, kind=MilestoneKind.GROUP_DELIVERED)
            return [part(1, len({m.what for m in groups}), gate.min, groups)]
        case ParticipantSummaryGate():
            return [_participant_summary(gate, case)]
        case _:
            assert_never(gate)


def _prerequisite(part_no: int, wanted: PrerequisitePart, case: Case) -> PartVerdict:
    seen = case.facts(Milestone, kind=MilestoneKind.PREREQUISITE, what=wanted.prerequisite)
    return part(part_no, len(seen), wanted.min, seen)


def _milestones(kind: MilestoneKind, need: int, case: Case) -> PartVerdict:
    done = case.facts(Milestone, kind=kind)
    return part(1, len(done), need, done)


def _dose(part_no: int, wanted: DosePart, case: Case) -> PartVerdict:
    newest = {a.session_id: a for a in case.facts(Attendance) if a.session_id in wanted.sessions}
    counted = [a for a in newest.values() if a.presence in (Presence.PRESENT, Presence.MADE_UP)]
    minutes = sum(a.minutes for a in counted)
    return part(part_no, len(counted), wanted.min, counted, also=minutes >= wanted.minutes)


def _quiz(part_no: int, wanted: QuizPart, case: Case, *, critical: bool) -> PartVerdict:
    passed = [
        a
        for a in case.facts(Attempt, blueprint_id=wanted.blueprint, counts=True)
        if a.max_score > 0
        and a.score * 100 >= a.pass_pct * a.max_score
        and case.past.is_recent(a, wanted.max_age_days)
        and (not critical or (a.critical_total > 0 and a.critical_missed == 0))
    ]
    return part(part_no, min(len(passed), 1), 1, passed)


def _practice(part_no: int, wanted: PracticePart, case: Case) -> PartVerdict:
    done = [
        o
        for o in case.practice.passed(wanted.max_age_days)
        if o.checklist_id == wanted.checklist
        and o.setting == wanted.setting
        and o.stage_rank >= Stage(wanted.stage).rank
        and (wanted.distinct == "session" or o.scenario_id is not None)
    ]
    different = {o.session_code if wanted.distinct == "session" else o.scenario_id for o in done}
    return part(part_no, len(different), wanted.min, done)


def _newest_rated(observations: Sequence[Observation], competency: CompetencyId, last: int) -> list[Observation]:
    rated = [o for o in observations if competency in levels_of(o)]
    return rated[::-1][:last]


def _level(part_no: int, wanted: LevelPart, competency: CompetencyId, case: Case) -> PartVerdict:
    in_setting = [o for o in case.practice.counted if o.setting == wanted.setting]
    looked_at = [
        o for o in _newest_rated(in_setting, competency, wanted.last) if case.past.is_recent(o, wanted.max_age_days)
    ]
    run = 0
    while run < len(looked_at) and levels_of(looked_at[run])[competency] >= wanted.level:
        run += 1
    return part(part_no, run, wanted.last, looked_at)


def _no_level_1(gate: HarmGate, case: Case) -> PartVerdict:
    counted = case.practice.counted
    competencies = {competency for o in counted for competency in levels_of(o)}
    newest = {competency: _newest_rated(counted, competency, gate.last) for competency in competencies}
    harmful = [o for competency, rated in newest.items() for o in rated if levels_of(o)[competency] == 1]
    is_known = bool(counted)
    return part(1, int(is_known and not harmful), 1, harmful, known=is_known)


def _no_open_harm(case: Case) -> PartVerdict:
    still_open = [
        o
        for o in case.practice.all
        if o.relation == Relation.TRAINER
        and o.actor_id != o.person_id
        and o.critical_unhelpful > 0
        and not case.past.is_changed(o, Change.HARM_RESOLVED)
    ]
    return part(2, int(not still_open), 1, still_open)


def _settings(gate: SettingsGate, case: Case) -> list[PartVerdict]:
    passed = case.practice.passed(gate.max_age_days)
    parts: list[PartVerdict] = []
    for part_no, wanted in enumerate(gate.parts, 1):
        there = [o for o in passed if o.setting == wanted.setting]
        parts.append(part(part_no, len({o.session_code for o in there}), wanted.min, there))
    return parts


def _supervision(gate: SupervisionGate, case: Case) -> list[PartVerdict]:
    past = case.past
    held = [s for s in case.facts(Supervision) if s.minutes >= gate.min_minutes]
    since = past.today - timedelta(days=gate.window_days)
    recent = [s for s in held if past.day(s) > since]
    enough = part(1, len(recent), gate.min, recent)
    if not held:
        return [enough, part(2, 0, 1, [])]
    newest = held[-1]
    waited = (past.today - past.day(newest)).days - paused_days(case, past.day(newest))
    return [enough, part(2, int(waited <= gate.max_gap_days), 1, [newest])]


def paused_days(case: Case, since: date) -> int:
    """Return the days from `since` to the day asked for on which the person's clock stood still."""
    stood_still: set[date] = set()
    paused_on: date | None = None
    turns = case.past.in_order([*case.facts(Pause), *case.facts(Enrolment)])
    for turn in turns:
        is_pause = isinstance(turn, Pause) and turn.change == ClockChange.PAUSED
        if is_pause and paused_on is None:
            paused_on = case.past.day(turn)
        elif not is_pause and paused_on is not None:
            stood_still |= _days(paused_on, case.past.day(turn))
            paused_on = None
    if paused_on is not None:
        stood_still |= _days(paused_on, case.past.today)
    return len(stood_still & _days(since, case.past.today))


def _days(start: date, end: date) -> set[date]:
    return {start + timedelta(days=n) for n in range((end - start).days)}


def _certificate(part_no: int, wanted: CertificatePart, case: Case) -> PartVerdict:
    valid = [
        c
        for c in case.past.facts(Certificate, case.person_id, certificate_id=wanted.certificate)
        if case.past.today <= min(c.expires_on, add_months(c.issued_on, wanted.months))
    ]
    return part(part_no, min(len(valid), 1), 1, valid)


def _watched(observations: Iterable[Observation]) -> list[Observation]:
    """Return those of a session that somebody watched: what is rated in supervision was not observed."""
    return [o for o in observations if o.setting != Setting.SUPERVISION]


def _assessor(gate: AssessorGate, case: Case) -> PartVerdict:
    recent = _watched(o for o in case.practice.agreed if case.past.is_recent(o, gate.max_age_days))
    in_date = [o for o in recent if case.practice.is_in_date(o, gate.months)]
    is_short = len(in_date) < gate.min
    nobody_knows = is_short and any(case.practice.is_unknown(o) for o in recent)
    return part(1, len(in_date), gate.min, in_date, known=not nobody_knows)


def _evaluations_given(part_no: int, wanted: EvaluationsGivenPart, case: Case) -> PartVerdict:
    given = case.facts(Observation, relation=Relation(wanted.evaluator))
    return part(part_no, len(given), wanted.min, given)


def _participant_summary(gate: ParticipantSummaryGate, case: Case) -> PartVerdict:
    lowest = Decimal(str(gate.min_mean)) * 100
    good = [s for s in case.facts(ParticipantSummary) if s.n_answers >= gate.min_n and s.mean_hundredths >= lowest]
    return part(1, len(good), gate.min, good)
