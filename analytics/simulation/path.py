"""The way through a programme for one role, read from its gates: what to attend, learn, show and bring."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from analytics.rated_forms import rating_checklists
from assessments.facts import Relation, Stage
from assessments.observations import is_critical, lines_in
from curriculum.gates import (
    AssessorGate,
    DoseGate,
    EvaluationsGivenGate,
    Gate,
    GroupsDeliveredGate,
    LevelGate,
    ObserversGate,
    ParticipantSummaryGate,
    PeerModelGate,
    PortfolioGate,
    PracticeGate,
    PrerequisiteGate,
    SettingsGate,
    SupervisionGate,
)
from curriculum.ids import BehaviourId, CertificateId, ChecklistId, ModuleId, PrerequisiteId, RoleId
from curriculum.models import (
    BehaviourKind,
    Blueprint,
    Checklist,
    Module,
    Programme,
    Setting,
    TrainingSession,
)

Watched = tuple[ChecklistId, Setting]
"""A checklist in a setting: the thing that practice is counted by."""

_SHOWN_BY_DEFAULT: Final = Stage.LEAD_PART


@dataclass(frozen=True, slots=True)
class Occasion:
    """One session, role-play or review at which somebody is watched: the checklists that are filled in there."""

    setting: Setting
    stage: Stage
    checklists: tuple[Checklist, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What supervision has to be: at least so many minutes, and never more than so many days apart."""

    min_minutes: int
    max_gap_days: int


@dataclass(frozen=True, slots=True)
class Path:
    """All that a role asks for, in the order in which people come to it.

    `modules` stand in an order in which each comes after its prerequisites; `quizzes` are by module; `around` are those
    before and after teaching, in which nothing is passed. `evaluations` says how many are given by oneself and by a
    partner.
    """

    role_id: RoleId
    sessions: tuple[TrainingSession, ...]
    modules: tuple[Module, ...]
    quizzes: dict[ModuleId, Blueprint]
    around: tuple[Blueprint, ...]
    occasions: tuple[Occasion, ...]
    prerequisites: tuple[tuple[PrerequisiteId, int], ...]
    certificates: tuple[CertificateId, ...]
    n_peer_visits: int
    n_reflections: int
    n_groups: int
    n_summaries: int
    evaluations: dict[str, int]
    support: Support

    def occasions_in(self, setting: Setting) -> tuple[Occasion, ...]:
        """Return the occasions of a setting, in order."""
        return tuple(occasion for occasion in self.occasions if occasion.setting == setting)


def read_path(programme: Programme, role_id: RoleId) -> Path:
    """Return the way of a role through a programme whose gates can be met."""
    gates = programme.gates_of(role_id)
    return Path(
        role_id=role_id,
        sessions=_sessions(programme, gates),
        modules=in_order(programme.modules),
        quizzes={blueprint.module: blueprint for blueprint in programme.blueprints if blueprint.is_gate},
        around=tuple(blueprint for blueprint in programme.counting_quizzes if not blueprint.is_gate),
        occasions=_occasions(programme, gates),
        prerequisites=tuple(
            (part.prerequisite, part.min) for gate in gates if isinstance(gate, PrerequisiteGate) for part in gate.parts
        ),
        certificates=tuple(kind.id for kind in programme.head.certificates),
        n_peer_visits=_most(gate.min for gate in gates if isinstance(gate, PeerModelGate)),
        n_reflections=_most(gate.min for gate in gates if isinstance(gate, PortfolioGate)),
        n_groups=_most(gate.min for gate in gates if isinstance(gate, GroupsDeliveredGate)),
        n_summaries=_most(gate.min for gate in gates if isinstance(gate, ParticipantSummaryGate)),
        evaluations=_evaluations(gates),
        support=_support(gates),
    )


def in_order(modules: Sequence[Module]) -> tuple[Module, ...]:
    """Return the modules by their order, each after its prerequisites."""
    ordered: dict[ModuleId, Module] = {}
    waiting = sorted(modules, key=lambda module: module.order)
    while waiting:
        free = next((module for module in waiting if all(one in ordered for one in module.prerequisites)), waiting[0])
        ordered[free.id] = free
        waiting.remove(free)
    return tuple(ordered.values())


def _most(numbers: Iterable[int]) -> int:
    return max(numbers, default=0)


def _sessions(programme: Programme, gates: Sequence[Gate]) -> tuple[TrainingSession, ...]:
    asked = {
        session for gate in gates if isinstance(gate, DoseGate) for part in gate.parts for session in part.sessions
    }
    return tuple(session for session in programme.head.sessions if not asked or session.id in asked)


def _evaluations(gates: Sequence[Gate]) -> dict[str, int]:
    asked: Counter[str] = Counter()
    for part in chain.from_iterable(gate.parts for gate in gates if isinstance(gate, EvaluationsGivenGate)):
        asked[part.evaluator] = max(asked[part.evaluator], part.min)
    return dict(asked)


def _support(gates: Sequence[Gate]) -> Support:
    asked = [gate for gate in gates if isinstance(gate, SupervisionGate)]
    return Support(
        min_minutes=_most(gate.min_minutes for gate in asked),
        max_gap_days=min((gate.max_gap_days for gate in asked), default=28),
    )


# ---------------------------------------------------------------- supervised practice


def _occasions(programme: Programme, gates: Sequence[Gate]) -> tuple[Occasion, ...]:
    stages = _stages(programme, gates)
    _complete_levels(programme, gates, stages)
    _complete_counts(programme, gates, stages)
    single = [
        Occasion(setting, stage, (programme.checklist_by_id[checklist_id],))
        for (checklist_id, setting), asked in stages.items()
        if setting != Setting.LIVE
        for stage in asked
    ]
    live = {
        programme.checklist_by_id[id_]: asked for (id_, setting), asked in stages.items() if setting == Setting.LIVE
    }
    role_plays = [occasion for occasion in single if occasion.setting == Setting.ROLEPLAY]
    reviews = [occasion for occasion in single if occasion.setting == Setting.SUPERVISION]
    return (*_in_turn(role_plays), *_sessions_together(live), *reviews)


def _stages(programme: Programme, gates: Sequence[Gate]) -> dict[Watched, list[Stage]]:
    """Return at which stage each repetition of a checklist in a setting is asked for, the later ones higher."""
    asked: defaultdict[Watched, list[tuple[Stage, int]]] = defaultdict(list)
    for part in chain.from_iterable(gate.parts for gate in gates if isinstance(gate, PracticeGate)):
        stage = Stage(part.stage)
        shown = _SHOWN_BY_DEFAULT if stage == Stage.OBSERVE else stage
        asked[part.checklist, Setting(part.setting)].append((shown, part.min))
    in_programme = {checklist.id: number for number, checklist in enumerate(programme.checklists)}
    ordered = sorted(asked.items(), key=lambda pair: (in_programme[pair[0][0]], pair[0][1]))
    return {watched: _repetitions(parts) for watched, parts in ordered}


def _repetitions(parts: Sequence[tuple[Stage, int]]) -> list[Stage]:
    n = max(n for _, n in parts)
    lowest = min((stage for stage, _ in parts), key=lambda stage: stage.rank)
    stages = [lowest] * n
    for stage, least in sorted(parts, key=lambda part: part[0].rank):
        stages[n - least :] = [max(stage, one, key=lambda s: s.rank) for one in stages[n - least :]]
    return stages


def _complete_levels(programme: Programme, gates: Sequence[Gate], stages: dict[Watched, list[Stage]]) -> None:
    """Add repetitions until each competency is rated as often as its level asks for."""
    for part in chain.from_iterable(gate.parts for gate in gates if isinstance(gate, LevelGate)):
        setting = Setting(part.setting)
        for competency_id in part.competencies:
            raters = rating_checklists(programme, competency_id, setting)
            n_rated = sum(len(stages.get((checklist.id, setting), ())) for checklist in raters)
            if raters and n_rated < part.last:
                stages.setdefault((raters[0].id, setting), []).extend([_SHOWN_BY_DEFAULT] * (part.last - n_rated))


def stopping_behaviours(programme: Programme, occasions: Iterable[Occasion]) -> Iterator[tuple[Occasion, BehaviourId]]:
    """Yield the unhelpful behaviours that stop practice, with an occasion at which each can be seen."""
    for occasion in occasions:
        for checklist in occasion.checklists:
            for line in lines_in(checklist, occasion.setting):
                for behaviour in programme.watched_on(checklist, line):
                    if behaviour.kind == BehaviourKind.UNHELPFUL and is_critical(programme, line):
                        yield occasion, behaviour.id


def _complete_counts(programme: Programme, gates: Sequence[Gate], stages: dict[Watched, list[Stage]]) -> None:
    """Add repetitions until there are as many observations as settings, observers and assessors ask for."""
    for gate in gates:
        if isinstance(gate, SettingsGate):
            for part in gate.parts:
                _fill_up(programme, stages, part.min, Setting(part.setting))
        elif isinstance(gate, ObserversGate | AssessorGate):
            _fill_up(programme, stages, gate.min)


def _fill_up(
    programme: Programme, stages: dict[Watched, list[Stage]], least: int, setting: Setting | None = None
) -> None:
    known = {watched: asked for watched, asked in stages.items() if setting in (None, watched[1])}
    missing = least - sum(map(len, known.values()))
    if missing > 0:
        usable = [(c.id, s) for c in programme.forms_of(Relation.TRAINER) for s in c.settings if setting in (None, s)]
        watched = next(iter(known), usable[0])
        stages.setdefault(watched, []).extend([_SHOWN_BY_DEFAULT] * missing)


def _in_turn(occasions: Sequence[Occasion]) -> list[Occasion]:
    """Return role-plays in the order of their checklists, second rounds after all the first."""
    turn: Counter[ChecklistId] = Counter()
    placed: list[tuple[int, Occasion]] = []
    for occasion in occasions:
        checklist_id = occasion.checklists[0].id
        placed.append((turn[checklist_id], occasion))
        turn[checklist_id] += 1
    return [occasion for _, occasion in sorted(placed, key=lambda pair: pair[0])]


def _sessions_together(live: dict[Checklist, list[Stage]]) -> list[Occasion]:
    """Return as few live sessions as the most frequent checklist needs, the others spread over them."""
    n_sessions = _most(len(stages) for stages in live.values())
    held: list[list[tuple[Checklist, Stage]]] = [[] for _ in range(n_sessions)]
    for checklist, stages in sorted(live.items(), key=lambda pair: -len(pair[1])):
        by_load = sorted(range(n_sessions), key=lambda place: (len(held[place]), place != n_sessions - 1, place))
        chosen = sorted(by_load[: len(stages)])
        for place, stage in zip(chosen, stages, strict=True):
            held[place].append((checklist, stage))
    return [
        Occasion(
            Setting.LIVE,
            max((stage for _, stage in session), key=lambda stage: stage.rank),
            tuple(checklist for checklist, _ in session),
        )
        for session in held
    ]
