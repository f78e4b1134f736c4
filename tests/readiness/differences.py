"""What differs between a verdict of the reference and one of the store."""

from dataclasses import fields

from assessments.verdicts import GateVerdict, Verdict


def differences(expected: Verdict | None, found: Verdict | None) -> list[str]:
    """Return what differs, one line each."""
    if expected is None or found is None:
        return [] if expected is found else [f"expected {expected}, found {found}"]
    names = [field.name for field in fields(Verdict) if field.name != "gates"]
    lines = [
        f"{name}: expected {getattr(expected, name)}, found {getattr(found, name)}"
        for name in names
        if getattr(expected, name) != getattr(found, name)
    ]
    if [gate.gate_id for gate in expected.gates] != [gate.gate_id for gate in found.gates]:
        return [*lines, f"gates: expected {expected.gates}, found {found.gates}"]
    pairs = zip(expected.gates, found.gates, strict=True)
    return lines + [line for ours, theirs in pairs for line in _gate_lines(ours, theirs)]


def _gate_lines(expected: GateVerdict, found: GateVerdict) -> list[str]:
    ours, theirs = _gate_values(expected), _gate_values(found)
    if not found.parts:
        ours |= {"parts": (), "evidence": set()}
    return [
        f"{expected.gate_id} {name}: expected {ours[name]}, found {theirs[name]}"
        for name in ours
        if ours[name] != theirs[name]
    ]


def _gate_values(gate: GateVerdict) -> dict[str, object]:
    return {
        "severity": gate.severity,
        "state": gate.state,
        "have": gate.have,
        "need": gate.need,
        "next_part": gate.next_part,
        "parts": tuple(
            (part.part_no, min(part.have, part.need), part.need, part.is_met, part.is_computable, set(part.evidence))
            for part in gate.parts
        ),
        "evidence": set(gate.evidence),
    }
