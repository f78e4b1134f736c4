"""Every id that is named somewhere stands for something."""

from collections.abc import Iterator
from typing import NamedTuple

from curriculum.blueprints import Blueprint
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.gates import (
    CertificateGate,
    CriticalGate,
    DoseGate,
    Gate,
    LevelGate,
    PracticeGate,
    PrerequisiteGate,
    QuizGate,
)
from curriculum.items import iter_options
from curriculum.models import BUILT_IN_SCALES, Checklist, Module
from curriculum.places import Kind, Loc, did_you_mean, name_of


class Reference(NamedTuple):
    """An id that an object names: in which object, at which field, and what it should stand for."""

    owner_kind: Kind
    owner: str
    at: Loc
    kind: Kind
    id: str


def check_references(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each id that stands for nothing."""
    for reference in iter_references(draft):
        known = _known(draft, reference.kind)
        if reference.kind in draft.unlisted or reference.id in known:
            continue
        place = draft.place(reference.owner_kind, reference.owner)
        hint = did_you_mean(reference.id, known)
        yield place.error(f"unknown {name_of(reference.kind, reference.id)}", hint, reference.at)


def _known(draft: Draft, kind: Kind) -> list[str]:
    built_in = [str(scale.id) for scale in BUILT_IN_SCALES] if kind is Kind.SCALE else []
    return [*built_in, *draft.places[kind]]


def iter_references(draft: Draft) -> Iterator[Reference]:
    """Yield every id that an object of the draft names."""
    yield from _from_head(draft)
    yield from _from_competencies(draft)
    for module in draft.modules:
        yield from _from_module(module)
    yield from _from_items(draft)
    for checklist in draft.checklists:
        yield from _from_checklist(checklist)
    for scenario in draft.scenarios:
        for i, id_ in enumerate(scenario.checklists):
            yield Reference(Kind.SCENARIO, scenario.id, ("checklists", i), Kind.CHECKLIST, id_)
    for gate in draft.gates:
        for i, role in enumerate(gate.roles):
            yield Reference(Kind.GATE, gate.id, ("roles", i), Kind.ROLE, role)
        yield from _from_gate(gate)


def _from_head(draft: Draft) -> Iterator[Reference]:
    if draft.head is None:
        return
    for activity in draft.head.activities:
        for i, role in enumerate(activity.roles):
            yield Reference(Kind.ACTIVITY, activity.id, ("roles", i), Kind.ROLE, role)
        if activity.expires_with:
            yield Reference(Kind.ACTIVITY, activity.id, ("expires_with",), Kind.CERTIFICATE, activity.expires_with)
    for session in draft.head.sessions:
        if session.module:
            yield Reference(Kind.SESSION, session.id, ("module",), Kind.MODULE, session.module)


def _from_competencies(draft: Draft) -> Iterator[Reference]:
    for competency in draft.competencies:
        yield Reference(Kind.COMPETENCY, competency.id, ("section",), Kind.SECTION, competency.section)


def _from_module(module: Module) -> Iterator[Reference]:
    for i, id_ in enumerate(module.competencies):
        yield Reference(Kind.MODULE, module.id, ("competencies", i), Kind.COMPETENCY, id_)
    for i, id_ in enumerate(module.prerequisites):
        yield Reference(Kind.MODULE, module.id, ("prerequisites", i), Kind.MODULE, id_)
    for i, step in enumerate(module.steps):
        for j, block in enumerate(step.blocks):
            if block.section:
                yield Reference(Kind.MODULE, module.id, ("steps", i, "blocks", j), Kind.SECTION, block.section)
            if block.item:
                yield Reference(Kind.MODULE, module.id, ("steps", i, "blocks", j), Kind.ITEM, block.item)


def _from_items(draft: Draft) -> Iterator[Reference]:
    for item in draft.items:
        yield Reference(Kind.ITEM, item.id, ("section",), Kind.SECTION, item.section)
        yield Reference(Kind.ITEM, item.id, ("competency",), Kind.COMPETENCY, item.competency)
        for at, option in iter_options(item):
            if option.behaviour:
                yield Reference(Kind.ITEM, item.id, (*at, "behaviour"), Kind.BEHAVIOUR, option.behaviour)
    for blueprint in draft.blueprints:
        yield from _from_blueprint(blueprint)


def _from_blueprint(blueprint: Blueprint) -> Iterator[Reference]:
    yield Reference(Kind.BLUEPRINT, blueprint.id, ("module",), Kind.MODULE, blueprint.module)
    for i, id_ in enumerate(blueprint.also_from):
        yield Reference(Kind.BLUEPRINT, blueprint.id, ("also_from", i), Kind.MODULE, id_)
    for i, cell in enumerate(blueprint.cells):
        if cell.section:
            yield Reference(Kind.BLUEPRINT, blueprint.id, ("cells", i, "section"), Kind.SECTION, cell.section)
        if cell.competency:
            yield Reference(Kind.BLUEPRINT, blueprint.id, ("cells", i, "competency"), Kind.COMPETENCY, cell.competency)


def _from_checklist(checklist: Checklist) -> Iterator[Reference]:
    yield Reference(Kind.CHECKLIST, checklist.id, ("scale",), Kind.SCALE, checklist.scale)
    for i, id_ in enumerate(checklist.lines_from):
        yield Reference(Kind.CHECKLIST, checklist.id, ("lines_from", i), Kind.CHECKLIST, id_)
    for i, id_ in enumerate(checklist.scenarios):
        yield Reference(Kind.CHECKLIST, checklist.id, ("scenarios", i), Kind.SCENARIO, id_)
    for line in checklist.lines:
        yield Reference(Kind.LINE, line.id, ("competency",), Kind.COMPETENCY, line.competency)
        yield Reference(Kind.LINE, line.id, ("section",), Kind.SECTION, line.section)
        for i, id_ in enumerate(line.behaviours):
            yield Reference(Kind.LINE, line.id, ("behaviours", i), Kind.BEHAVIOUR, id_)


def _from_gate(gate: Gate) -> Iterator[Reference]:
    for i, (field, kind, id_) in _parts_of(gate):
        yield Reference(Kind.GATE, gate.id, ("parts", i, field), kind, id_)


def _parts_of(gate: Gate) -> Iterator[tuple[int, tuple[str, Kind, str]]]:
    match gate:
        case PrerequisiteGate(parts=parts):
            yield from ((i, ("prerequisite", Kind.PREREQUISITE, p.prerequisite)) for i, p in enumerate(parts))
        case DoseGate(parts=parts):
            yield from ((i, ("sessions", Kind.SESSION, id_)) for i, p in enumerate(parts) for id_ in p.sessions)
        case QuizGate(parts=parts) | CriticalGate(parts=parts):
            yield from ((i, ("blueprint", Kind.BLUEPRINT, p.blueprint)) for i, p in enumerate(parts))
        case PracticeGate(parts=parts):
            yield from ((i, ("checklist", Kind.CHECKLIST, p.checklist)) for i, p in enumerate(parts))
        case LevelGate(parts=parts):
            for i, part in enumerate(parts):
                yield from ((i, ("competencies", Kind.COMPETENCY, id_)) for id_ in part.competencies)
        case CertificateGate(parts=parts):
            yield from ((i, ("certificate", Kind.CERTIFICATE, p.certificate)) for i, p in enumerate(parts))
        case _:
            return
