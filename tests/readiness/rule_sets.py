"""Small random programmes: every kind of gate, with thresholds low enough that about half of the gates are met."""

from collections.abc import Callable
from random import Random
from typing import Any, Final

from pydantic import TypeAdapter

from curriculum.gates import Gate, Severity
from curriculum.ids import (
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    LineId,
    PrerequisiteId,
    ProgrammeId,
    RoleId,
    ScaleId,
    ScenarioId,
    SectionId,
)
from curriculum.models import Checklist, Decision, Line, Programme, ProgrammeHead, Role, Scenario, Setting

ROLES: Final = (RoleId("group-leader"), RoleId("assistant"))
SESSIONS: Final = ("s1", "s2", "s3", "s4")
BLUEPRINTS: Final = (BlueprintId("quiz-one"), BlueprintId("quiz-two"))
CHECKLISTS: Final = (ChecklistId("c1"), ChecklistId("c2"))
COMPETENCIES: Final = (CompetencyId("d1-1"), CompetencyId("d1-2"), CompetencyId("d2-1"))
SCENARIOS: Final = (ScenarioId("shopping"), ScenarioId("bedtime"))
PREREQUISITES: Final = (PrerequisiteId("parent-course"), PrerequisiteId("references"))
CERTIFICATES: Final = (CertificateId("safeguarding"), CertificateId("first-aid"))
SETTINGS: Final = tuple(setting.value for setting in Setting)
STAGES: Final = ("observe", "co_lead", "lead_part", "lead_whole")

Fields = dict[str, Any]
_GATE: Final = TypeAdapter[Gate](Gate)


def _age(rng: Random) -> int:
    return rng.choice((60, 180, 365, 500, 500))


def _some(rng: Random, values: tuple[Any, ...]) -> list[Any]:
    return rng.sample(values, _few(rng))


def _few(rng: Random) -> int:
    return rng.choice((1, 1, 2))


def _prerequisite(rng: Random) -> Fields:
    return {"parts": [{"prerequisite": p, "min": _few(rng)} for p in _some(rng, PREREQUISITES)]}


def _dose(rng: Random) -> Fields:
    def one_part() -> Fields:
        sessions = rng.sample(SESSIONS, rng.randint(1, 4))
        return {
            "sessions": sessions,
            "min": rng.randint(1, (len(sessions) + 1) // 2),
            "minutes": rng.choice((0, 0, 90)),
        }

    return {"parts": [one_part() for _ in range(_few(rng))]}


def _quiz(rng: Random) -> Fields:
    return {"parts": [{"blueprint": b, "max_age_days": _age(rng)} for b in _some(rng, BLUEPRINTS)]}


def _practice(rng: Random) -> Fields:
    def one_part() -> Fields:
        return {
            "checklist": rng.choice(CHECKLISTS),
            "setting": rng.choice(SETTINGS[:2]),
            "min": _few(rng),
            "stage": rng.choice(("observe", *STAGES[:3])),
            "distinct": rng.choice(("session", "scenario")),
            "max_age_days": _age(rng),
        }

    return {"parts": [one_part() for _ in range(_few(rng))]}


def _level(rng: Random) -> Fields:
    def one_part() -> Fields:
        return {
            "competencies": _some(rng, COMPETENCIES),
            "setting": rng.choice(SETTINGS[:2]),
            "level": rng.choice((2, 3, 3)),
            "last": rng.choice((1, 1, 2, 3)),
            "max_age_days": _age(rng),
        }

    return {"parts": [one_part() for _ in range(_few(rng))]}


def _settings(rng: Random) -> Fields:
    wanted = _some(rng, SETTINGS)
    return {"parts": [{"setting": s, "min": _few(rng)} for s in wanted], "max_age_days": _age(rng)}


def _supervision(rng: Random) -> Fields:
    return {
        "min": rng.randint(1, 2),
        "window_days": rng.choice((60, 200, 3660)),
        "max_gap_days": rng.choice((21, 60, 150)),
        "min_minutes": rng.choice((0, 30)),
    }


def _certificate(rng: Random) -> Fields:
    return {"parts": [{"certificate": c, "months": rng.choice((6, 12))} for c in _some(rng, CERTIFICATES)]}


def _evaluations_given(rng: Random) -> Fields:
    return {"parts": [{"evaluator": e, "min": rng.randint(1, 2)} for e in _some(rng, ("self", "partner"))]}


_KINDS: Final[dict[str, Callable[[Random], Fields]]] = {
    "prerequisite": _prerequisite,
    "dose": _dose,
    "quiz": _quiz,
    "critical": _quiz,
    "practice": _practice,
    "level": _level,
    "harm": lambda rng: {"last": rng.randint(1, 3)},
    "observers": lambda rng: {"min": rng.randint(1, 2), "max_age_days": _age(rng)},
    "settings": _settings,
    "peer_model": lambda rng: {"min": rng.randint(1, 2)},
    "supervision": _supervision,
    "certificate": _certificate,
    "portfolio": lambda rng: {"min": rng.randint(1, 3)},
    "assessor": lambda rng: {"min": rng.randint(1, 3), "months": rng.choice((3, 6, 12)), "max_age_days": _age(rng)},
    "evaluations_given": _evaluations_given,
    "groups_delivered": lambda rng: {"min": rng.randint(1, 2)},
    "participant_summary": lambda rng: {"min": 1, "min_n": rng.randint(1, 5), "min_mean": rng.choice((1.0, 3.5, 4.1))},
}

KINDS: Final = tuple(_KINDS)


def make_gate(kind: str, gate_id: str = "", **fields: Any) -> Gate:
    """Return a gate; a blocking one for all roles unless told otherwise."""
    head = {"id": gate_id or kind, "kind": kind, "title": kind, "why": "A test."}
    return _GATE.validate_python(head | fields)


def _checklist(checklist_id: ChecklistId) -> Checklist:
    section = SectionId("s-1")
    lines = tuple(
        Line(id=LineId(f"{checklist_id}-{one}"), text="A line.", competency=one, section=section)
        for one in COMPETENCIES
    )
    scale = ScaleId("behaviour4")
    return Checklist(id=checklist_id, title=checklist_id, explain="", scale=scale, settings=tuple(Setting), lines=lines)


def _scenario(scenario_id: ScenarioId) -> Scenario:
    return Scenario(id=scenario_id, title=scenario_id, checklists=CHECKLISTS, prompts=(), stop_word="", body="")


def make_programme(
    programme_id: ProgrammeId, version_no: int, gates: tuple[Gate, ...], decision: Decision | None = None
) -> Programme:
    """Return a programme that holds nothing but roles, gates, forms and stories, and the rules of its decision."""
    head = ProgrammeHead(
        id=programme_id,
        title=programme_id,
        version=f"{version_no}.0.0",
        language="en-GB",
        licence="MIT",
        notice="For tests.",
        summary="",
        emergency="999",
        roles=tuple(Role(id=role, title=role) for role in ROLES),
        decision=decision or Decision(),
    )
    return Programme(
        head=head,
        sections=(),
        domains=(),
        modules=(),
        items=(),
        blueprints=(),
        checklists=tuple(_checklist(checklist_id) for checklist_id in CHECKLISTS),
        scenarios=tuple(_scenario(scenario_id) for scenario_id in SCENARIOS),
        gates=gates,
    )


def draw_programme(rng: Random, programme_id: ProgrammeId, version_no: int) -> Programme:
    """Return a programme with most kinds of gate in a random order, few of them blocking."""
    kinds = [kind for kind in KINDS if rng.random() < (0.45 if kind == "assessor" else 0.85)]
    kinds += rng.sample(sorted(set(kinds) - {"assessor", "harm"}), 2)
    rng.shuffle(kinds)
    gates = tuple(
        make_gate(
            kind,
            f"{n:02d}-{kind}",
            severity=rng.choice((Severity.BLOCK, Severity.WARN, Severity.WARN, Severity.WARN, Severity.INFO)),
            roles=rng.choice(((), (), (), ROLES, ROLES[:1], ROLES[1:])),
            **_KINDS[kind](rng),
        )
        for n, kind in enumerate(kinds)
    )
    return make_programme(programme_id, version_no, gates, Decision(due_soon_days=rng.choice((10, 60, 180))))
