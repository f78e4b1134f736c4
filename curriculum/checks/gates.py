"""Every gate can be met: something in the programme can give the evidence it asks for."""

from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.gates import (
    AssessorGate,
    CertificateGate,
    CriticalGate,
    DoseGate,
    Gate,
    HarmGate,
    LevelGate,
    LevelPart,
    ObserversGate,
    PracticeGate,
    PracticePart,
    SettingsGate,
    Severity,
)
from curriculum.models import BehaviourKind, Checklist, Line, Scale
from curriculum.places import Kind, Loc, Place, listed


def check_gates(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each gate that can never be met, or whose parts contradict the programme."""
    for gate in draft.gates:
        place = draft.place(Kind.GATE, gate.id)
        parts = getattr(gate, "parts", None)
        if parts == ():
            yield place.error("has no parts, so that it asks for nothing", "Add what it needs.", ("parts",))
        yield from _check_gate(draft, gate, place)


def check_roles_have_gates(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each role that nothing is asked of, so that everyone would be ready at once."""
    if draft.head is None or Kind.GATE in draft.incomplete:
        return
    for role in draft.head.roles:
        blocking = [g for g in draft.gates if g.severity is Severity.BLOCK and (not g.roles or role.id in g.roles)]
        if not blocking:
            message = "has no gate of severity `block`, so that everyone would be ready at once"
            yield draft.place(Kind.ROLE, role.id).error(message, "Add one to readiness.yaml.")


def _check_gate(draft: Draft, gate: Gate, place: Place) -> Iterator[Problem]:
    match gate:
        case DoseGate():
            yield from _check_dose(draft, gate, place)
        case CriticalGate():
            yield from _check_critical(draft, gate, place)
        case PracticeGate(parts=parts):
            for i, part in enumerate(parts):
                yield from _check_practice(draft, part, place, ("parts", i))
        case LevelGate(parts=parts):
            for i, part in enumerate(parts):
                yield from _check_level(draft, part, place, ("parts", i))
        case SettingsGate():
            yield from _check_settings(draft, gate, place)
        case CertificateGate():
            yield from _check_certificates(draft, gate, place)
        case HarmGate() | ObserversGate() | AssessorGate():
            if not draft.checklists and Kind.CHECKLIST not in draft.incomplete:
                yield place.error("can never be met: the programme has no checklist", "Add one.")
        case _:
            pass


def _check_dose(draft: Draft, gate: DoseGate, place: Place) -> Iterator[Problem]:
    minutes = {session.id: session.minutes for session in draft.head.sessions} if draft.head else {}
    for i, part in enumerate(gate.parts):
        sessions = set(part.sessions)
        if len(sessions) < len(part.sessions):
            yield place.error("names a training session twice", "Remove one.", ("parts", i, "sessions"))
        if part.min > len(sessions):
            message = f"can never be met: `min` is {part.min} of {len(sessions)} training sessions"
            yield place.error(message, "Lower it, or name more sessions.", ("parts", i, "min"))
        offered = sum(minutes.get(id_, 0) for id_ in sessions)
        if part.minutes > offered and sessions <= minutes.keys():
            message = f"can never be met: `minutes` is {part.minutes}, but the sessions last {offered} in all"
            yield place.error(message, "Lower it, or name more sessions.", ("parts", i, "minutes"))


def _check_critical(draft: Draft, gate: CriticalGate, place: Place) -> Iterator[Problem]:
    blueprints = {blueprint.id: blueprint for blueprint in draft.blueprints}
    for i, part in enumerate(gate.parts):
        blueprint = blueprints.get(part.blueprint)
        if blueprint and not any(cell.theme for cell in blueprint.all_cells):
            message = f"blueprint `{part.blueprint}` draws no critical items"
            yield place.error(
                message, "Name themes under its `critical`, or use kind `quiz`.", ("parts", i, "blueprint")
            )


def _check_practice(draft: Draft, part: PracticePart, place: Place, at: Loc) -> Iterator[Problem]:
    checklist = next((c for c in draft.checklists if c.id == part.checklist), None)
    if checklist is None:
        return
    if part.setting not in checklist.settings:
        offered = listed(checklist.settings)
        message = f"can never be met: checklist `{part.checklist}` is not used in setting `{part.setting}`"
        yield place.error(message, f"It is used in {offered}." if offered else "", (*at, "setting"))
    if part.distinct == "scenario":
        n_scenarios = len(checklist.scenarios)
        if part.setting != "roleplay":
            message = f"can never be met: setting `{part.setting}` has no scenarios"
            yield place.error(message, "Write `distinct: session`.", (*at, "distinct"))
        elif part.min > n_scenarios:
            message = (
                f"can never be met: `min` is {part.min}, but checklist `{part.checklist}` has {n_scenarios} scenarios"
            )
            yield place.error(message, "Lower it, or write another scenario.", (*at, "min"))


def _check_level(draft: Draft, part: LevelPart, place: Place, at: Loc) -> Iterator[Problem]:
    if Kind.CHECKLIST in draft.incomplete:
        return
    for i, id_ in enumerate(part.competencies):
        if id_ not in draft.places[Kind.COMPETENCY]:
            continue
        here = (*at, "competencies", i)
        lines = [line for checklist, line in _rating_lines(draft, id_) if _is_used(checklist, line, part.setting)]
        if not lines:
            message = f"can never be met: no checklist rates competency `{id_}` in setting `{part.setting}`"
            yield place.error(message, _where_rated(draft, id_), here)
        elif part.level == 4 and not any(_has_further(draft, line) for line in lines):
            message = f"can never be met: no line of competency `{id_}` has a further behaviour, which level 4 needs"
            yield place.error(message, "Ask for level 3, or add one.", here)


def _rating_lines(draft: Draft, competency: str) -> Iterator[tuple[Checklist, Line]]:
    for checklist in draft.checklists:
        if checklist.scale is Scale.BEHAVIOUR4:
            yield from ((checklist, line) for line in checklist.lines if line.competency == competency)


def _is_used(checklist: Checklist, line: Line, setting: str) -> bool:
    return setting in checklist.settings and (not line.settings or setting in line.settings)


def _where_rated(draft: Draft, competency: str) -> str:
    lines = list(_rating_lines(draft, competency))
    settings = {s for checklist, line in lines for s in checklist.settings if _is_used(checklist, line, s)}
    if not settings:
        return "Give it a line on a checklist of scale `behaviour4`."
    return f"It is rated in {listed(sorted(settings))}."


def _has_further(draft: Draft, line: Line) -> bool:
    competency = next((c for c in draft.competencies if c.id == line.competency), None)
    further = {b.id for b in competency.behaviours if b.kind is BehaviourKind.FURTHER} if competency else set[str]()
    return bool(further.intersection(line.behaviours) if line.behaviours else further)


def _check_settings(draft: Draft, gate: SettingsGate, place: Place) -> Iterator[Problem]:
    offered = {setting for checklist in draft.checklists for setting in checklist.settings}
    for i, part in enumerate(gate.parts):
        if part.setting not in offered and Kind.CHECKLIST not in draft.incomplete:
            message = f"can never be met: no checklist is used in setting `{part.setting}`"
            yield place.error(message, "Add the setting to a checklist.", ("parts", i, "setting"))


def _check_certificates(draft: Draft, gate: CertificateGate, place: Place) -> Iterator[Problem]:
    kinds = {kind.id: kind for kind in draft.head.certificates} if draft.head else {}
    for i, part in enumerate(gate.parts):
        kind = kinds.get(part.certificate)
        if kind and part.months > kind.months:
            message = f"`months` is {part.months}, but certificate `{kind.id}` is valid for {kind.months}"
            yield place.error(message, "Lower the one or raise the other.", ("parts", i, "months"))
