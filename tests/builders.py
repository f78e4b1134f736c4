"""The smallest valid objects; a test states only what matters to it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from assessments.facts import Attempt, AttemptStarted
from assessments.verdicts import GateState, GateVerdict, Status, Verdict
from curriculum.blueprints import Blueprint
from curriculum.gates import PortfolioGate, Severity
from curriculum.ids import (
    ActivityId,
    BehaviourId,
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    DomainId,
    GateId,
    ItemId,
    LineId,
    ModuleId,
    PrerequisiteId,
    ProgrammeId,
    PromptId,
    RoleId,
    ScaleId,
    ScenarioId,
    SectionId,
    ThemeId,
)
from curriculum.items import ITEM_MODELS, Item, ItemKind, Option, Pool
from curriculum.models import (
    Activity,
    Asks,
    Behaviour,
    BehaviourKind,
    Block,
    BlockKind,
    CertificateKind,
    Checklist,
    Competency,
    Decision,
    Domain,
    Line,
    Module,
    PassRule,
    Prerequisite,
    Privacy,
    Programme,
    ProgrammeHead,
    Prompt,
    Relation,
    Role,
    Scale,
    ScaleKind,
    Scenario,
    Section,
    Setting,
    Step,
    TrainingSession,
)
from people.facts import FactId
from people.ids import new_fact_id
from people.models import CohortId, PersonId

NOW = datetime(2025, 3, 10, 10, 0, tzinfo=UTC)
PROGRAMME = ProgrammeId("alongside")
ROLE = RoleId("leader")
COHORT = CohortId("spring")
QUIZ = BlueprintId("quiz")
LOG = ScaleId("visit-notes")
THEME = ThemeId("secrecy")
TRAINEE = PersonId(1)
SECTIONS = (SectionId("M1.1"), SectionId("M1.2"))


def make_item(item_id: str = "i-1", **changes: Any) -> Item:
    """Return a single-choice item of one point whose first option is right; of another kind, the smallest there is."""
    kind = ItemKind(changes.get("kind", ItemKind.SINGLE))
    base: dict[str, Any] = {
        "id": ItemId(item_id),
        "kind": kind,
        "stem": "What do you say?",
        "section": SECTIONS[0],
        "competency": CompetencyId("D1.1"),
        **_SMALLEST.get(kind, {"options": make_options(3, right=(0,))}),
    }
    return ITEM_MODELS[kind](**base | changes)


def make_options(n: int, right: Sequence[int] = ()) -> tuple[Option, ...]:
    """Return `n` options of which those numbered in `right` are correct."""
    return tuple(Option(text=f"Option {i}", correct=i in right, rationale=f"Because {i}.") for i in range(n))


_SMALLEST: dict[ItemKind, dict[str, Any]] = {
    ItemKind.MATCHING: {
        "pairs": [{"prompt": f"Prompt {i}", "answer": f"Answer {i}"} for i in range(3)],
        "extra": ["Answer 3"],
    },
    ItemKind.NUMERIC: {"answers": [{"value": 10, "tolerance": 1}]},
    ItemKind.SHORT_TEXT: {"answers": [{"text": "listen"}]},
    ItemKind.CLOZE: {
        "text": "First [[a]], then [[b]] for [[c]] minutes.",
        "gaps": [
            {"id": "a", "kind": "choice", "options": [{"text": "ask", "correct": True}, {"text": "tell"}]},
            {"id": "b", "kind": "short_text", "answers": [{"text": "wait"}]},
            {"id": "c", "kind": "numeric", "answers": [{"value": 2}]},
        ],
    },
    ItemKind.BRANCHING: {
        "turns": [
            {
                "id": "start",
                "text": "She looks away.",
                "moves": [
                    {"text": "Wait.", "then": "She goes on.", "next": "on"},
                    {"text": "Talk.", "then": "She stops.", "credit": 0},
                ],
            },
            {
                "id": "on",
                "text": "She tells you more.",
                "moves": [
                    {"text": "Thank her.", "then": "She smiles.", "credit": 100},
                    {"text": "Advise her.", "then": "She nods.", "credit": 50},
                ],
            },
        ]
    },
    ItemKind.EXTENDED_TEXT: {
        "rubric": [
            {"id": "warm", "text": "Is it warm?", "levels": ["no", "partly", "yes"]},
            {"id": "clear", "text": "Is it clear?", "levels": ["no", "yes"]},
        ],
        "model": "I hear you.",
    },
}
"""What each kind without options needs."""


def make_items(n: int = 8, n_critical: int = 3, n_practice: int = 4) -> tuple[Item, ...]:
    """Return a pool over two sections: uncritical, critical and practice items."""
    counting = [make_item(f"m1-c-{i}", section=SECTIONS[i % 2]) for i in range(n)]
    critical = [make_item(f"m1-s-{i}", section=SECTIONS[1], critical=THEME) for i in range(n_critical)]
    practice = [make_item(f"m1-p-{i}", section=SECTIONS[i % 2], pool=Pool.PRACTICE) for i in range(n_practice)]
    return (*counting, *critical, *practice)


def make_blueprint(**changes: Any) -> Blueprint:
    """Return a blueprint that draws four items, one of them critical, and passes at 75 per cent."""
    base: dict[str, Any] = {
        "id": QUIZ,
        "module": ModuleId("M1"),
        "title": "Quiz",
        "draw": 4,
        "critical": {THEME: 1},
        "pass_pct": 75,
        "max_attempts": 3,
        "wait_hours": 24,
        "practice_draw": 3,
        "cut_source": "illustrative",
    }
    return Blueprint(**base | changes)


def make_behaviours(competency_id: str) -> tuple[Behaviour, ...]:
    """Return one unhelpful, two basic and one further behaviour: `<id>-U1`, `-B1`, `-B2`, `-F1`."""
    kinds = {"U1": "unhelpful", "B1": "basic", "B2": "basic", "F1": "further"}
    return tuple(
        Behaviour(id=BehaviourId(f"{competency_id}-{key}"), kind=BehaviourKind(kind), text=f"{kind} {key}")
        for key, kind in kinds.items()
    )


def make_competency(competency_id: str = "D1.1", **changes: Any) -> Competency:
    """Return a competency with the behaviours of `make_behaviours`."""
    base: dict[str, Any] = {
        "id": CompetencyId(competency_id),
        "title": f"Ability {competency_id}",
        "statement": "Does it.",
        "section": SECTIONS[0],
        "behaviours": make_behaviours(competency_id),
    }
    return Competency(**base | changes)


def make_line(line_id: str, competency_id: str = "D1.1", **changes: Any) -> Line:
    """Return a checklist line."""
    base: dict[str, Any] = {
        "id": LineId(line_id),
        "text": f"Line {line_id}",
        "competency": CompetencyId(competency_id),
        "section": SECTIONS[0],
    }
    return Line(**base | changes)


def make_checklist(checklist_id: str = "C2", **changes: Any) -> Checklist:
    """Return a checklist of two lines, D1.1 and the critical D1.2, for role-play and live."""
    base: dict[str, Any] = {
        "id": ChecklistId(checklist_id),
        "title": "Opening",
        "explain": "Tick what you see.",
        "scale": ScaleId("behaviour4"),
        "settings": (Setting.ROLEPLAY, Setting.LIVE),
        "passes": PassRule(min_level=3),
        "lines": (make_line("L1", "D1.1"), make_line("L2", "D1.2", critical=True)),
    }
    return Checklist(**base | changes)


def make_fidelity(**changes: Any) -> Checklist:
    """Return a fidelity checklist of four lines, the first critical, that passes at 80 per cent."""
    base: dict[str, Any] = {
        "scale": ScaleId("fidelity"),
        "settings": (Setting.LIVE,),
        "passes": PassRule(pct=80),
        "lines": tuple(make_line(f"F{n}", critical=n == 1) for n in range(1, 5)),
    }
    return make_checklist("C7", **base | changes)


def make_evaluation(rater: Relation, **changes: Any) -> Checklist:
    """Return a form for oneself (C8) or the partner (C9) on the lines of C2."""
    base: dict[str, Any] = {"rater": rater, "passes": PassRule(), "lines_from": (ChecklistId("C2"),)}
    return make_checklist("C8" if rater is Relation.SELF else "C9", **base | changes)


def make_log(**changes: Any) -> Checklist:
    """Return a log (C10) that asks for the leader, the session and two things in words."""
    prompts = (
        Prompt(id=PromptId("who"), text="Who?", asks=Asks.LEADER),
        Prompt(id=PromptId("session"), text="Which session?", asks=Asks.SESSION),
        Prompt(id=PromptId("borrow"), text="What will you borrow?"),
        Prompt(id=PromptId("ask"), text="What will you ask?"),
    )
    base: dict[str, Any] = {"scale": LOG, "rater": Relation.SELF, "settings": (), "lines": (), "passes": PassRule()}
    return make_checklist("C10", **base | {"prompts": prompts} | changes)


def make_head(**changes: Any) -> ProgrammeHead:
    """Return the head of a programme for one role with two activities."""
    base: dict[str, Any] = {
        "id": PROGRAMME,
        "title": "Alongside",
        "version": "1.0.0",
        "language": "en-GB",
        "licence": "CC BY 4.0",
        "notice": "Invented.",
        "summary": "Peers lead groups.",
        "emergency": "Call.",
        "roles": (Role(id=ROLE, title="Leader"),),
        "activities": (
            Activity(id=ActivityId("E2"), title="Open", roles=(ROLE,)),
            Activity(id=ActivityId("E6"), title="Pass on", roles=(ROLE,), required_level=3, ceiling=3),
        ),
        "prerequisites": (Prerequisite(id=PrerequisiteId("references"), title="References"),),
        "certificates": (CertificateKind(id=CertificateId("safeguarding"), title="Safeguarding", months=24),),
        "sessions": (TrainingSession(id="T1", title="First", minutes=120),),
        "scales": (Scale(id=LOG, kind=ScaleKind.LOG),),
        "decision": Decision(),
        "privacy": Privacy(free_text_max=100),
    }
    return ProgrammeHead(**base | changes)


def make_section(section_id: str) -> Section:
    """Return a section of the chapter M1."""
    return Section(
        id=SectionId(section_id),
        title=f"Section {section_id}",
        path=("Chapter", section_id),
        chapter=SectionId("M1"),
        markdown="Text.",
        content_hash="0" * 64,
        n_words=1,
    )


def make_module(module_id: str = "M1", **changes: Any) -> Module:
    """Return a module of two steps that shows both sections."""
    steps = tuple(
        Step(title=str(section), blocks=(Block(kind=BlockKind.PASSAGE, section=section),)) for section in SECTIONS
    )
    base: dict[str, Any] = {
        "id": ModuleId(module_id),
        "title": module_id,
        "order": 1,
        "minutes": 10,
        "outcomes": ("Say it.",),
        "competencies": (CompetencyId("D1.1"),),
        "steps": steps,
        "n_words": 2,
    }
    return Module(**base | changes)


def make_programme(**changes: Any) -> Programme:
    """Return a programme with one quiz, one gate, and checklists.

    C2, C6 for scenarios and C7 for whole lines are the trainer's, C8 one's own, C9 the partner's, C10 a log.
    """
    scenarios = tuple(
        Scenario(
            id=ScenarioId(name), title=name, checklists=(ChecklistId("C6"),), prompts=(), stop_word="Stop", body="…"
        )
        for name in ("sore-arm", "secret")
    )
    base: dict[str, Any] = {
        "head": make_head(),
        "sections": tuple(make_section(name) for name in SECTIONS),
        "domains": (
            Domain(
                id=DomainId("D1"),
                title="Role",
                competencies=(make_competency("D1.1"), make_competency("D1.2"), make_competency("D1.3", critical=True)),
            ),
        ),
        "modules": (make_module("M1"), make_module("M2", prerequisites=(ModuleId("M1"),))),
        "items": make_items(),
        "blueprints": (make_blueprint(),),
        "checklists": (
            make_checklist(),
            make_checklist(
                "C6",
                settings=(Setting.ROLEPLAY,),
                scenarios=tuple(one.id for one in scenarios),
                no_opportunity=False,
                lines=(make_line("L6", "D1.3", critical=True),),
            ),
            make_fidelity(),
            make_evaluation(Relation.SELF),
            make_evaluation(Relation.PARTNER),
            make_log(),
        ),
        "scenarios": scenarios,
        "gates": (
            PortfolioGate(
                id=GateId("reflections"), title="Reflections written", why="To learn.", kind="portfolio", min=2
            ),
        ),
    }
    return Programme(**base | changes)


def make_gate_verdict(gate_id: str = "reflections", **changes: Any) -> GateVerdict:
    """Return a blocking gate that is met."""
    base: dict[str, Any] = {
        "gate_id": GateId(gate_id),
        "severity": Severity.BLOCK,
        "state": GateState.MET,
        "have": 2,
        "need": 2,
        "next_part": None,
    }
    return GateVerdict(**base | changes)


def make_verdict(person_id: PersonId = TRAINEE, **changes: Any) -> Verdict:
    """Return the verdict of a person who is ready for decision."""
    base: dict[str, Any] = {
        "person_id": person_id,
        "programme_id": PROGRAMME,
        "role_id": ROLE,
        "cohort_id": COHORT,
        "version_no": 1,
        "status": Status.READY_FOR_DECISION,
        "gates": (make_gate_verdict(),),
        "as_of": NOW,
        "known_at": NOW,
    }
    return Verdict(**base | changes)


def make_started(at: datetime = NOW, **changes: Any) -> AttemptStarted:
    """Return a counting form of no items, started at an instant."""
    base: dict[str, Any] = {
        "fact_id": new_fact_id(),
        "person_id": PersonId(1),
        "actor_id": PersonId(1),
        "occurred_at": at,
        "programme_id": PROGRAMME,
        "version_no": 1,
        "blueprint_id": QUIZ,
        "pool": Pool.COUNTING,
        "seed": 1,
        "item_ids": (),
        "option_orders": (),
    }
    return AttemptStarted(**base | changes)


def make_attempt(started: AttemptStarted, score: int = 0, *, after_minutes: int = 30, **changes: Any) -> Attempt:
    """Return the attempt on a form: `score` of 10 points, 80 per cent to pass, nothing critical missed."""
    base: dict[str, Any] = {
        "fact_id": new_fact_id(),
        "person_id": started.person_id,
        "actor_id": started.person_id,
        "occurred_at": started.occurred_at + timedelta(minutes=after_minutes),
        "programme_id": started.programme_id,
        "started_id": started.fact_id,
        "blueprint_id": started.blueprint_id,
        "counts": True,
        "score": score,
        "max_score": 10,
        "critical_total": 1,
        "critical_missed": 0,
        "pass_pct": 80,
        "items": (),
    }
    return Attempt(**base | changes)


def fact_ids(n: int) -> tuple[FactId, ...]:
    """Return `n` new ids."""
    return tuple(new_fact_id() for _ in range(n))
