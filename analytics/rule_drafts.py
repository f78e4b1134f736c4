"""A draft of other rules: the numbers and choices of a published version's gates and quiz cuts, changed and not saved.

A published version never changes. A draft becomes rules only when its text is put into the programme's folder and the
programme is published under a new version number.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from analytics.errors import BadChangeError, UnknownChangeError
from analytics.wording import describe_part
from curriculum.gates import Gate, Severity
from curriculum.ids import BlueprintId
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase

Value = int | float | str
_GATE: Final = TypeAdapter[Gate](Gate)
_WORDS: Final = ("id", "kind", "title", "why", "cut_source", "evidence", "chosen_by", "reviewed")
"""What a gate says about itself, and what makes it this gate: not for a preview."""


@dataclass(frozen=True, slots=True)
class Knob:
    """One thing about a gate that can be changed: a number within limits, or one of some choices.

    `path` leads to it, such as `parts.0.min`.
    """

    path: str
    label: Phrase
    value: Value
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """What is changed: of which gate what, and the pass marks of which quizzes."""

    changes: Mapping[str, Mapping[str, Value]] = field(default_factory=dict[str, Mapping[str, Value]])
    cuts: Mapping[BlueprintId, int] = field(default_factory=dict[BlueprintId, int])

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is changed."""
        return not self.cuts and not any(self.changes.values())

    def words(self) -> list[str]:
        """Return each change as it is typed on the command line."""
        rules = [f"{gate}.{path}={value}" for gate, values in self.changes.items() for path, value in values.items()]
        return rules + [f"{quiz}={cut} %" for quiz, cut in self.cuts.items()]


def knobs_of(programme: Programme, gate: Gate) -> list[Knob]:
    """Return all that can be changed about a gate, as its model has it: numbers with their limits, and choices."""
    found = list(_knobs(gate, "", None))
    for number, part in enumerate(getattr(gate, "parts", ())):
        found += _knobs(part, f"parts.{number}.", _part_label(programme, gate, number))
    return found


def _part_label(programme: Programme, gate: Gate, number: int) -> Phrase:
    """Return what people read for a part of `readiness.yaml`; one that names several competencies is several parts."""
    if gate.kind != "level":
        return describe_part(programme, gate, number + 1)
    first = sum(len(part.competencies) for part in gate.parts[:number]) + 1
    n = len(gate.parts[number].competencies)
    label = describe_part(programme, gate, first)
    return label if n == 1 else N_("{first} and {n} more", first=label, n=n - 1)


def _knobs(model: BaseModel, prefix: str, part: Phrase | None) -> Iterator[Knob]:
    for name, info in type(model).model_fields.items():
        if name in _WORDS:
            continue
        value = getattr(model, name)
        choices = _choices(info)
        if isinstance(value, bool) or not (choices or isinstance(value, int | float)):
            continue
        label = _LABELS.get(name, N_("{name}", name=name))
        words = label if part is None else N_("{part}: {label}", part=part, label=label)
        shown = str(value) if choices else value
        yield Knob(f"{prefix}{name}", words, shown, _limit(info, Ge), _limit(info, Le), choices)


def _choices(info: FieldInfo) -> tuple[str, ...]:
    if info.annotation is Severity:
        return tuple(one.value for one in Severity)
    return get_args(info.annotation) if get_origin(info.annotation) is Literal else ()


def _limit(info: FieldInfo, kind: type[Ge] | type[Le]) -> float | None:
    for one in info.metadata:
        if isinstance(one, kind):
            return float(one.ge if isinstance(one, Ge) else one.le)  # type: ignore[arg-type]
    return None


_LABELS: Final[dict[str, Phrase]] = {
    "severity": N_("How strict"),
    "min": N_("How many"),
    "minutes": N_("Minutes in all"),
    "max_age_days": N_("How old at most, in days"),
    "stage": N_("How much they lead, at least"),
    "distinct": N_("Counted once for each"),
    "setting": N_("Where"),
    "level": N_("Level"),
    "last": N_("How many of the latest"),
    "window_days": N_("Within how many days"),
    "max_gap_days": N_("Longest gap in days"),
    "min_minutes": N_("Minutes a meeting, at least"),
    "months": N_("Months"),
    "agreement_pct": N_("Lines that must agree, in per cent"),
    "evaluator": N_("By whom"),
    "min_n": N_("Answers, at least"),
    "min_mean": N_("Mean, at least"),
}


# ---------------------------------------------------------------- from a draft to a programme


def drafted(programme: Programme, draft: RuleDraft) -> Programme:
    """Return the programme with the draft's gates and cuts.

    Raises:
        UnknownChangeError: There is no such gate, field or quiz.
        BadChangeError: A value is outside of its limits.
    """
    known = {str(gate.id) for gate in programme.gates}
    for gate_id in draft.changes:
        if gate_id not in known:
            raise UnknownChangeError(gate_id, sorted(known))
    for blueprint_id in draft.cuts:
        if blueprint_id not in programme.blueprint_by_id:
            raise UnknownChangeError(blueprint_id, sorted(programme.blueprint_by_id))
    gates = tuple(_changed(programme, gate, draft.changes.get(gate.id, {})) for gate in programme.gates)
    blueprints = tuple(
        one.model_copy(update={"pass_pct": draft.cuts[one.id]}) if one.id in draft.cuts else one
        for one in programme.blueprints
    )
    for blueprint_id, pass_pct in draft.cuts.items():
        if not 0 <= pass_pct <= 100:
            raise BadChangeError(blueprint_id, "pass_pct", pass_pct)
    return programme.model_copy(update={"gates": gates, "blueprints": blueprints})


def _changed(programme: Programme, gate: Gate, changes: Mapping[str, Value]) -> Gate:
    if not changes:
        return gate
    known = [knob.path for knob in knobs_of(programme, gate)]
    raw: dict[str, Any] = gate.model_dump(mode="json")
    for path, value in changes.items():
        if path not in known:
            raise UnknownChangeError(f"{gate.id}.{path}", [f"{gate.id}.{one}" for one in known])
        target, name = raw, path
        if path.startswith("parts."):
            _, number, name = path.split(".")
            target = raw["parts"][int(number)]
        target[name] = value
        try:
            _GATE.validate_python(raw)
        except ValidationError as error:
            raise BadChangeError(gate.id, path, value) from error
    return _GATE.validate_python(raw)


def changed_gates(programme: Programme, draft: RuleDraft) -> list[Gate]:
    """Return the gates that the draft changes, as they would be."""
    return [new for old, new in zip(programme.gates, drafted(programme, draft).gates, strict=True) if old != new]


def draft_text(programme: Programme, draft: RuleDraft) -> str:
    """Return what is to be put into the programme's folder: whole gates for `readiness.yaml`, and quiz cuts."""
    lines = [
        f"# A draft for {programme.head.id}, made from version {programme.head.version}. Nothing is changed yet.",
        "# Put each gate into readiness.yaml in the place of the one with the same id, and raise `version` in",
        "# programme.yaml. Let the check run, then publish it on the page Programme. People in training keep the",
        "# version they began with.",
    ]
    gates = changed_gates(programme, draft)
    for gate in gates:
        lines += ["", *_gate_lines(gate)]
    for blueprint_id, pass_pct in draft.cuts.items():
        lines += ["", f"# In the blueprint `{blueprint_id}`:", f"pass_pct: {pass_pct}"]
    return "\n".join([*lines, ""])


def _gate_lines(gate: Gate) -> list[str]:
    raw = gate.model_dump(mode="json", exclude_defaults=True)
    raw = {"id": gate.id, "kind": gate.kind, **{name: value for name, value in raw.items() if name not in _FIRST}}
    raw["reviewed"] = "not yet"
    lines: list[str] = []
    for name, value in raw.items():
        if name == "parts":
            lines += ["    parts:", *(f"      - {_yaml(part)}" for part in value)]
        else:
            lines.append(f"    {name}: {_yaml(value)}")
    return [f"  - {lines[0].strip()}", *lines[1:]]


_FIRST: Final = ("id", "kind")


def _yaml(value: object) -> str:
    """Return a value as JSON, which is YAML too."""
    return json.dumps(value, ensure_ascii=False)
