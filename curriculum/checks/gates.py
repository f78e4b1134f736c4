"""Every gate can be met: something in the programme can give the evidence it asks for."""

from collections.abc import Iterator
from datetime import date

from curriculum.checks.watched import check_watched_parts
from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.gates import (
    NOT_YET,
    AssessorGate,
    CertificateGate,
    CriticalGate,
    DoseGate,
    EvaluationsGivenGate,
    Gate,
    HarmGate,
    LevelGate,
    ObserversGate,
    PortfolioGate,
    PracticeGate,
    SettingsGate,
    Severity,
    SupervisionGate,
)
from curriculum.models import Relation
from curriculum.places import Kind, Place


def check_gates(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each gate that can never be met, or whose parts contradict the programme."""
    for gate in draft.gates:
        place = draft.place(Kind.GATE, gate.id)
        parts = getattr(gate, "parts", None)
        if parts == ():
            yield place.error("has no parts, so that it asks for nothing", "Add what it needs.", ("parts",))
        yield from _check_grounds(gate, place)
        yield from _check_gate(draft, gate, place)


def _check_grounds(gate: Gate, place: Place) -> Iterator[Problem]:
    """Yield a problem for each thing that a gate does not say about itself: on what it rests, and who chose it when."""
    for field, is_said, message, help_text in (
        ("evidence", gate.evidence, "does not say on what evidence it rests", "Say so, or that it was not tested."),
        (
            "cut_source",
            gate.cut_source,
            "does not say where its numbers come from",
            "If nobody did: illustrative.",
        ),
        ("chosen_by", gate.chosen_by, "does not say who chose its numbers", "Name the panel, or the authors."),
        ("reviewed", gate.reviewed, "does not say when its numbers were reviewed", "Write the day, or: not yet."),
    ):
        if not is_said.strip():
            yield place.error(message, f"{help_text} Add `{field}:`.")
    if gate.reviewed.strip() and not _is_day(gate.reviewed):
        message = f"`reviewed` is `{gate.reviewed}`; expected a day such as 2026-11-23, or `not yet`"
        yield place.error(message, "Write one of these.", ("reviewed",))


def _is_day(text: str) -> bool:
    if text == NOT_YET:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


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
        case PracticeGate() | LevelGate() | SettingsGate() | EvaluationsGivenGate():
            yield from check_watched_parts(draft, gate, place)
        case CertificateGate():
            yield from _check_certificates(draft, gate, place)
        case SupervisionGate():
            yield from _check_supervision(gate, place)
        case PortfolioGate():
            if not draft.modules and Kind.MODULE not in draft.incomplete:
                yield place.error("can never be met: the programme has no module to reflect on", "Write one.")
        case HarmGate() | ObserversGate() | AssessorGate():
            if not draft.forms_of(Relation.TRAINER) and Kind.CHECKLIST not in draft.incomplete:
                message = "can never be met: the programme has no checklist that a trainer fills in"
                yield place.error(message, "Add one.")
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


def _check_certificates(draft: Draft, gate: CertificateGate, place: Place) -> Iterator[Problem]:
    kinds = {kind.id: kind for kind in draft.head.certificates} if draft.head else {}
    for i, part in enumerate(gate.parts):
        kind = kinds.get(part.certificate)
        if kind and part.months > kind.months:
            message = f"`months` is {part.months}, but certificate `{kind.id}` is valid for {kind.months}"
            yield place.error(message, "Lower the one or raise the other.", ("parts", i, "months"))


def _check_supervision(gate: SupervisionGate, place: Place) -> Iterator[Problem]:
    """Yield a problem when the window has fewer days than meetings are asked for."""
    if gate.min > gate.window_days:
        message = f"can never be met: `min` is {gate.min} meetings within {gate.window_days} days"
        yield place.error(message, "Lower it, or make `window_days` longer.", ("min",))
