"""A programme's gates as rows: what the statement of readiness joins its evidence to.

A gate's parts are numbered from 1 in the programme's order. A level part that names several competencies becomes one
part for each of them; harm and supervision have two parts each, which their kind prescribes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import assert_never

from assessments.facts import Stage
from curriculum.gates import (
    AssessorGate,
    CertificateGate,
    CriticalGate,
    DoseGate,
    EvaluationsGivenGate,
    Gate,
    GroupsDeliveredGate,
    HarmGate,
    LevelGate,
    ObserversGate,
    ParticipantSummaryGate,
    PeerModelGate,
    PortfolioGate,
    PracticeGate,
    PrerequisiteGate,
    QuizGate,
    SettingsGate,
    SupervisionGate,
)
from curriculum.ids import GateId, ProgrammeId, RoleId
from curriculum.models import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePart:
    """One part of a gate: `need` of what it names. What a kind does not use is None.

    `references` are the text ids of what is named (sessions, a blueprint, a checklist, a competency, …).
    """

    need: int = 1
    references: tuple[str, ...] = ()
    setting: str | None = None
    stage_rank: int | None = None
    distinct_by: str | None = None
    relation: str | None = None
    level: int | None = None
    last_n: int | None = None
    minutes: int | None = None
    months: int | None = None
    max_age_days: int | None = None
    window_days: int | None = None
    max_gap_days: int | None = None
    min_answers: int | None = None
    min_mean_hundredths: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """A row of table `gate`: one gate of one role. Text ids become numbers when the row is stored."""

    programme_id: ProgrammeId
    version_no: int
    role_id: RoleId
    gate_id: GateId
    position: int
    kind: str
    severity: str
    n_parts: int
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRuleRow:
    """A row of table `gate_rule`: one part of a gate and one thing that it names (None when it names nothing)."""

    programme_id: ProgrammeId
    version_no: int
    role_id: RoleId
    gate_id: GateId
    kind: str
    part_no: int
    line_no: int
    reference: str | None
    part: GatePart


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRuleRow:
    """A row of table `role_rule`: how a role's sign-off ages."""

    programme_id: ProgrammeId
    version_no: int
    role_id: RoleId
    due_soon_days: int


@dataclass(frozen=True, slots=True)
class RuleRows:
    """All rows of one version of a programme."""

    gates: tuple[GateRow, ...]
    rules: tuple[GateRuleRow, ...]
    roles: tuple[RoleRuleRow, ...]


def rule_rows(programme: Programme, version_no: int) -> RuleRows:
    """Return the gates of every role of the programme as rows, in the programme's order.

    A gate that is not for a role stands there without parts: not required.
    """
    head = programme.head
    gates: list[GateRow] = []
    rules: list[GateRuleRow] = []
    for role in head.roles:
        required = programme.gates_of(role.id)
        for position, gate in enumerate(programme.gates, start=1):
            parts = gate_parts(gate) if gate in required else ()
            gates.append(
                GateRow(
                    programme_id=head.id,
                    version_no=version_no,
                    role_id=role.id,
                    gate_id=gate.id,
                    position=position,
                    kind=gate.kind,
                    severity=gate.severity.value,
                    n_parts=len(parts),
                    need=sum(part.need for part in parts),
                )
            )
            rules += _gate_rules(gate, parts, head.id, version_no, role.id)
    roles = tuple(
        RoleRuleRow(
            programme_id=head.id, version_no=version_no, role_id=role.id, due_soon_days=head.decision.due_soon_days
        )
        for role in head.roles
    )
    return RuleRows(tuple(gates), tuple(rules), roles)


def _gate_rules(
    gate: Gate, parts: Sequence[GatePart], programme_id: ProgrammeId, version_no: int, role_id: RoleId
) -> list[GateRuleRow]:
    return [
        GateRuleRow(
            programme_id=programme_id,
            version_no=version_no,
            role_id=role_id,
            gate_id=gate.id,
            kind=gate.kind,
            part_no=part_no,
            line_no=line_no,
            reference=reference,
            part=part,
        )
        for part_no, part in enumerate(parts, start=1)
        for line_no, reference in enumerate(dict.fromkeys(part.references) or (None,), start=1)
    ]


def gate_parts(gate: Gate) -> tuple[GatePart, ...]:
    """Return the parts of a gate; the first has number 1."""
    match gate:
        case PrerequisiteGate():
            return tuple(GatePart(need=part.min, references=(part.prerequisite,)) for part in gate.parts)
        case DoseGate():
            return tuple(GatePart(need=part.min, references=part.sessions, minutes=part.minutes) for part in gate.parts)
        case QuizGate() | CriticalGate():
            return tuple(GatePart(references=(part.blueprint,), max_age_days=part.max_age_days) for part in gate.parts)
        case CertificateGate():
            return tuple(GatePart(references=(part.certificate,), months=part.months) for part in gate.parts)
        case (
            PracticeGate()
            | LevelGate()
            | HarmGate()
            | ObserversGate()
            | SettingsGate()
            | AssessorGate()
            | EvaluationsGivenGate()
        ):
            return _observed_parts(gate)
        case PeerModelGate() | PortfolioGate() | GroupsDeliveredGate() | SupervisionGate() | ParticipantSummaryGate():
            return _counted_parts(gate)
        case _:
            assert_never(gate)


def _observed_parts(
    gate: PracticeGate | LevelGate | HarmGate | ObserversGate | SettingsGate | AssessorGate | EvaluationsGivenGate,
) -> tuple[GatePart, ...]:
    match gate:
        case PracticeGate():
            return tuple(
                GatePart(
                    need=part.min,
                    references=(part.checklist,),
                    setting=part.setting,
                    stage_rank=Stage(part.stage).rank,
                    distinct_by=part.distinct,
                    max_age_days=part.max_age_days,
                )
                for part in gate.parts
            )
        case LevelGate():
            return tuple(
                GatePart(
                    need=part.last,
                    references=(competency,),
                    setting=part.setting,
                    level=part.level,
                    last_n=part.last,
                    max_age_days=part.max_age_days,
                )
                for part in gate.parts
                for competency in part.competencies
            )
        case HarmGate():
            return (GatePart(last_n=gate.last), GatePart())
        case ObserversGate():
            return (GatePart(need=gate.min, max_age_days=gate.max_age_days),)
        case SettingsGate():
            return tuple(
                GatePart(need=part.min, setting=part.setting, max_age_days=gate.max_age_days) for part in gate.parts
            )
        case AssessorGate():
            return (GatePart(need=gate.min, months=gate.months, max_age_days=gate.max_age_days),)
        case EvaluationsGivenGate():
            return tuple(GatePart(need=part.min, relation=part.evaluator) for part in gate.parts)
        case _:
            assert_never(gate)


def _counted_parts(
    gate: PeerModelGate | PortfolioGate | GroupsDeliveredGate | SupervisionGate | ParticipantSummaryGate,
) -> tuple[GatePart, ...]:
    match gate:
        case PeerModelGate() | PortfolioGate() | GroupsDeliveredGate():
            return (GatePart(need=gate.min),)
        case SupervisionGate():
            return (
                GatePart(need=gate.min, minutes=gate.min_minutes, window_days=gate.window_days),
                GatePart(minutes=gate.min_minutes, max_gap_days=gate.max_gap_days),
            )
        case ParticipantSummaryGate():
            return (GatePart(need=gate.min, min_answers=gate.min_n, min_mean_hundredths=_hundredths(gate.min_mean)),)
        case _:
            assert_never(gate)


def _hundredths(mean: float) -> int:
    return ceil(Decimal(str(mean)) * 100)
