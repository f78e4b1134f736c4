"""How few facts could do: a bound that holds whatever the facts are."""

from collections.abc import Iterable, Mapping
from typing import Final

from analytics.next_facts.drafts import count_missing
from assessments.verdicts import GateVerdict
from curriculum.gates import Gate
from store.rules import GatePart, gate_parts


def fewest(gates: Iterable[tuple[Gate, GateVerdict]]) -> int:
    """Return a number of facts below which no set opens all of these closed gates, whatever the facts.

    A fact is of one class, and adds at most one to what a part counts. So of each thing that has to be there under its
    own name as many are needed as the part that misses most of it, and what is watched happens in one setting.
    """
    named: dict[tuple[str, str], int] = {}
    watched: dict[tuple[str | None, str], int] = {}
    for gate, verdict in gates:
        for part, rule in zip(verdict.parts, gate_parts(gate), strict=True):
            if part.is_met:
                continue
            n = count_missing(part)
            if gate.kind == "harm" and part.part_no == 2:
                named["harm", "settled"] = len(part.evidence)
            elif gate.kind in _WATCHED:
                form = rule.references[0] if gate.kind == "practice" else gate.kind
                at = rule.setting, f"{gate.kind} {form}"
                watched[at] = max(watched.get(at, 0), n)
            else:
                thing = _thing(gate.kind, rule)
                named[thing] = max(named.get(thing, 0), n)
    return sum(named.values()) + _fewest_watched(watched)


_WATCHED: Final = frozenset({"practice", "level", "harm", "observers", "settings", "assessor"})
"""Kinds of gate that count what a trainer watched."""


def _thing(kind: str, rule: GatePart) -> tuple[str, str]:
    """Return what a fact has to be to add to the part: facts of two different things are two facts."""
    match kind:
        case "quiz" | "critical":
            return "quiz", rule.references[0]
        case "prerequisite" | "certificate":
            return kind, rule.references[0]
        case "evaluations_given":
            return kind, rule.relation or ""
        case _:
            return kind, ""


def _fewest_watched(watched: Mapping[tuple[str | None, str], int]) -> int:
    settings = {setting for setting, _ in watched if setting is not None}
    by_setting = 0
    for setting in settings:
        here = {what: n for (place, what), n in watched.items() if place == setting}
        forms = sum(n for what, n in here.items() if what.startswith("practice "))
        by_setting += max(forms, *here.values())
    return max([by_setting, *(n for (place, _), n in watched.items() if place is None)])
