"""Gates about practice can be met: some checklist gives the observations, levels or evaluations that they ask for."""

from collections.abc import Iterator

from curriculum.checks.evaluations import FILLED_IN_BY
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.gates import (
    EvaluationsGivenGate,
    LevelGate,
    LevelPart,
    PracticeGate,
    PracticePart,
    SettingsGate,
)
from curriculum.models import BehaviourKind, Checklist, Line, Relation, Scale, ScaleKind
from curriculum.places import Kind, Loc, Place, counted, listed

WatchedGate = PracticeGate | LevelGate | SettingsGate | EvaluationsGivenGate
"""A gate whose parts name checklists, what they rate, or where they are used."""


def check_watched_parts(draft: Draft, gate: WatchedGate, place: Place) -> Iterator[Problem]:
    """Yield a problem for each part that no checklist of the programme can meet."""
    for i, part in enumerate(gate.parts):
        at: Loc = ("parts", i)
        match part:
            case PracticePart():
                yield from _check_practice(draft, part, place, at)
            case LevelPart():
                yield from _check_level(draft, part, place, at)
            case _:
                pass
    if Kind.CHECKLIST in draft.incomplete:
        return
    match gate:
        case SettingsGate():
            yield from _check_settings(draft, gate, place)
        case EvaluationsGivenGate():
            yield from _check_evaluators(draft, gate, place)
        case _:
            pass


def _check_practice(draft: Draft, part: PracticePart, place: Place, at: Loc) -> Iterator[Problem]:
    checklist = next((c for c in draft.checklists if c.id == part.checklist), None)
    if checklist is None:
        return
    if checklist.rater is not Relation.TRAINER:
        message = f"can never be met: checklist `{checklist.id}` is filled in by {FILLED_IN_BY[checklist.rater]}"
        yield place.error(message, "Only what a trainer fills in counts here.", (*at, "checklist"))
        return
    if part.setting not in checklist.settings:
        offered = listed(checklist.settings)
        message = f"can never be met: checklist `{part.checklist}` is not used in setting `{part.setting}`"
        yield place.error(message, f"It is used in {offered}." if offered else "", (*at, "setting"))
    if part.setting == "roleplay" and part.stage == "lead_whole":
        message = "can never be met: nobody leads a whole session in a role-play"
        yield place.error(message, "Lower `stage`, or ask for it in setting `live`.", (*at, "stage"))
    yield from _check_distinct(checklist, part, place, at)


def _check_distinct(checklist: Checklist, part: PracticePart, place: Place, at: Loc) -> Iterator[Problem]:
    n_scenarios = len(checklist.scenarios)
    match part.distinct:
        case "scenario" if part.setting != "roleplay":
            message = f"can never be met: setting `{part.setting}` has no scenarios"
            yield place.error(message, "Write `distinct: session`.", (*at, "distinct"))
        case "scenario" if part.min > n_scenarios:
            has = counted(n_scenarios, "scenario")
            message = f"can never be met: `min` is {part.min}, but checklist `{part.checklist}` has {has}"
            yield place.error(message, "Lower it, or write another scenario.", (*at, "min"))
        case "session" if part.setting == "roleplay" and part.min > 1:
            message = f"can never be met: `min` is {part.min} sessions, but a role-play belongs to none"
            yield place.error(message, "Write `distinct: scenario`.", (*at, "min"))
        case _:
            pass


# ---------------------------------------------------------------- levels


def _check_level(draft: Draft, part: LevelPart, place: Place, at: Loc) -> Iterator[Problem]:
    if draft.incomplete & {Kind.CHECKLIST, Kind.SCALE}:
        return
    for i, id_ in enumerate(part.competencies):
        if id_ not in draft.places[Kind.COMPETENCY]:
            continue
        here = (*at, "competencies", i)
        rated = [(scale, line) for checklist, scale, line in _rated(draft, id_) if _is_used(checklist, line, part)]
        scales = {scale.id: scale for scale, _ in rated}
        n_levels = max((scale.n_levels for scale in scales.values()), default=0)
        if not rated:
            message = f"can never be met: no checklist rates competency `{id_}` in setting `{part.setting}`"
            yield place.error(message, _where_rated(draft, id_), here)
        elif len(scales) > 1:
            message = (
                f"asks for a level of competency `{id_}`, which is rated on scales {listed(scales)} in setting "
                f"`{part.setting}`; levels of different scales are never compared"
            )
            yield place.error(message, "Rate it on one of them.", here)
        elif part.level > n_levels:
            message = f"can never be met: `level` is {part.level}, but scale {listed(scales)} has {n_levels} levels"
            yield place.error(message, f"Ask for level {n_levels} at most.", (*at, "level"))
        elif part.level == 4 and not any(_has_further(draft, line) for _, line in rated):
            message = f"can never be met: no line of competency `{id_}` has a further behaviour, which level 4 needs"
            yield place.error(message, "Ask for level 3, or add one.", here)


def _rated(draft: Draft, competency: str) -> Iterator[tuple[Checklist, Scale, Line]]:
    """Yield the lines on which trainers give the competency a level, with checklist and scale."""
    for checklist in draft.forms_of(Relation.TRAINER):
        scale = draft.scale_of(checklist)
        if scale is not None and scale.kind is ScaleKind.BEHAVIOURS:
            yield from ((checklist, scale, line) for line in checklist.lines if line.competency == competency)


def _is_used(checklist: Checklist, line: Line, part: LevelPart) -> bool:
    return part.setting in _settings_of(checklist, line)


def _settings_of(checklist: Checklist, line: Line) -> list[str]:
    return [str(setting) for setting in checklist.settings if not line.settings or setting in line.settings]


def _where_rated(draft: Draft, competency: str) -> str:
    settings = {s for checklist, _, line in _rated(draft, competency) for s in _settings_of(checklist, line)}
    if not settings:
        return "Give it a line on a checklist that trainers rate with behaviours, such as scale `behaviour4`."
    return f"It is rated in {listed(sorted(settings))}."


def _has_further(draft: Draft, line: Line) -> bool:
    competency = next((c for c in draft.competencies if c.id == line.competency), None)
    further = {b.id for b in competency.behaviours if b.kind is BehaviourKind.FURTHER} if competency else set[str]()
    return bool(further.intersection(line.behaviours) if line.behaviours else further)


# ---------------------------------------------------------------- settings and evaluations


def _check_settings(draft: Draft, gate: SettingsGate, place: Place) -> Iterator[Problem]:
    offered = {setting for checklist in draft.forms_of(Relation.TRAINER) for setting in checklist.settings}
    for i, part in enumerate(gate.parts):
        if part.setting not in offered:
            message = f"can never be met: no checklist is used in setting `{part.setting}`"
            yield place.error(message, "Add the setting to a checklist.", ("parts", i, "setting"))


def _check_evaluators(draft: Draft, gate: EvaluationsGivenGate, place: Place) -> Iterator[Problem]:
    for i, part in enumerate(gate.parts):
        if not draft.forms_of(Relation(part.evaluator)):
            message = f"can never be met: no checklist is filled in by {FILLED_IN_BY[Relation(part.evaluator)]}"
            yield place.error(message, f"Add one with `rater: {part.evaluator}`.", ("parts", i, "evaluator"))
