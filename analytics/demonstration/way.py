"""The way through a programme as the demonstration goes it: what is done on which day, from the programme itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from assessments.facts import Stage
from curriculum.gates import LevelGate, PracticeGate, PracticePart
from curriculum.ids import BlueprintId, ChecklistId, ModuleId, ScenarioId
from curriculum.models import Programme, ScaleKind, Setting

T = TypeVar("T")

_TAUGHT_DAYS = 28
"""The modules and training sessions lie within so many days."""

_FIRST_READ, _FIRST_SESSION, _FIRST_ROLE_PLAY = 108, 110, 80
_REVIEWED = 45
_STAGES = ((63, Stage.LEAD_PART), (56, Stage.LEAD_PART), (49, Stage.LEAD_WHOLE))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module, when it is read and when its quiz is taken, in days before today; `quiz` is None without one."""

    module_id: ModuleId
    read_ago: int
    quiz: BlueprintId | None
    quiz_ago: int


@dataclass(frozen=True, slots=True)
class RolePlay:
    """One standardised role-play."""

    checklist_id: ChecklistId
    scenario_id: ScenarioId | None
    days_ago: int


@dataclass(frozen=True, slots=True)
class LiveSession:
    """One watched session of a real group, with the forms that are filled in on it."""

    checklist_ids: tuple[ChecklistId, ...]
    stage: Stage
    days_ago: int


@dataclass(frozen=True, slots=True)
class Way:
    """All that somebody does who goes the whole way; days count back from today, the first first."""

    lessons: tuple[Lesson, ...]
    sessions: tuple[tuple[str, int], ...]
    role_plays: tuple[RolePlay, ...]
    live: tuple[LiveSession, ...]
    reviews: tuple[tuple[ChecklistId, int], ...]


def plan_way(programme: Programme) -> Way:
    """Return the way through the programme: every quiz, and as much practice as its gates ask for."""
    return Way(
        tuple(_list_lessons(programme)),
        tuple((session.id, days_ago) for session, days_ago in _spread(programme.head.sessions, _FIRST_SESSION)),
        tuple(_list_role_plays(programme)),
        _plan_live(programme),
        tuple((checklist_id, _REVIEWED - n) for n, checklist_id in enumerate(_list_reviews(programme))),
    )


def _spread(things: tuple[T, ...], first: int) -> Iterator[tuple[T, int]]:
    for number, thing in enumerate(things):
        yield thing, first - round(number * _TAUGHT_DAYS / len(things))


def _list_lessons(programme: Programme) -> Iterator[Lesson]:
    quizzes = {blueprint.module: blueprint.id for blueprint in programme.blueprints}
    rest = 4 if _TAUGHT_DAYS / len(programme.modules) > 4 else 1
    for module, read_ago in _spread(programme.modules, _FIRST_READ):
        yield Lesson(module.id, read_ago, quizzes.get(module.id), read_ago - rest)


def _practice_parts(programme: Programme, setting: Setting) -> list[PracticePart]:
    gates = [gate for gate in programme.gates if isinstance(gate, PracticeGate)]
    return [part for gate in gates for part in gate.parts if part.setting == setting]


def _list_role_plays(programme: Programme) -> Iterator[RolePlay]:
    days = count(_FIRST_ROLE_PLAY, -2)
    for part in _practice_parts(programme, Setting.ROLEPLAY):
        stories = programme.checklist_by_id[part.checklist].scenarios
        for number in range(part.min):
            yield RolePlay(part.checklist, stories[number % len(stories)] if stories else None, next(days))


def _plan_live(programme: Programme) -> tuple[LiveSession, ...]:
    """Return three sessions: fidelity on each; every other form on the last, and in turn on one of the two before."""
    asked = dict.fromkeys(part.checklist for part in _practice_parts(programme, Setting.LIVE))
    always = [one for one in asked if programme.scale_of(programme.checklist_by_id[one]).kind is ScaleKind.DONE]
    others = [one for one in asked if one not in always]
    forms = (others[::2], others[1::2], others)
    return tuple(
        LiveSession((*always, *here), stage, days_ago) for here, (days_ago, stage) in zip(forms, _STAGES, strict=True)
    )


def _list_reviews(programme: Programme) -> list[ChecklistId]:
    """Return the forms that are filled in together in supervision."""
    parts = [part for gate in programme.gates if isinstance(gate, LevelGate) for part in gate.parts]
    asked = {id_ for part in parts if part.setting == "supervision" for id_ in part.competencies}
    return [
        checklist.id
        for checklist in programme.checklists
        if Setting.SUPERVISION in checklist.settings and any(line.competency in asked for line in checklist.lines)
    ]
