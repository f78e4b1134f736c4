"""How far a trainee has read: the place in each module, what comes before it, and the minutes that are left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from curriculum.ids import ModuleId
from curriculum.models import Module, Step
from web.context import Context, ProgrammeChoice
from web.memory import ask


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trainee is in a module.

    Attributes:
        module: The module.
        step: The step they were at last, from 0; None before the first.
        is_read: Whether they said, at its end, that they have read it.
        seen_at: When the place was noted last.
        missing: The modules to read before this one opens.
    """

    module: Module
    step: int | None = None
    is_read: bool = False
    seen_at: datetime | None = None
    missing: tuple[Module, ...] = ()

    @property
    def n_steps(self) -> int:
        """Return how many steps the module has."""
        return len(self.module.steps)

    @property
    def is_started(self) -> bool:
        """Return whether any step was opened."""
        return self.step is not None

    @property
    def next_step(self) -> int:
        """Return the step to go on with: where they left off, or the first one when all was read."""
        return 0 if self.is_read or self.step is None else self.step

    @property
    def minutes_left(self) -> int:
        """Return the reading time from there to the end."""
        return sum(minutes_of(self.module, step) for step in range(self.next_step, self.n_steps))


def load_places(context: Context, choice: ProgrammeChoice) -> list[Place]:
    """Return the acting person's place in each module of the programme, in the modules' order."""
    found = ask(context, "modules_progress", programme_id=choice.programme_id)
    rows = {ModuleId(row["module_id"]): row for row in found}
    read = {module_id for module_id, row in rows.items() if row["is_read"]}
    modules = sorted(choice.programme.modules, key=lambda module: module.order)
    return [_place(module, rows.get(module.id), _missing(module, modules, read)) for module in modules]


def _missing(module: Module, modules: Sequence[Module], read: set[ModuleId]) -> tuple[Module, ...]:
    return tuple(other for other in modules if other.id in module.prerequisites and other.id not in read)


def _place(module: Module, row: Mapping[str, Any] | None, missing: tuple[Module, ...]) -> Place:
    if row is None:
        return Place(module, missing=missing)
    last = len(module.steps) - 1
    return Place(module, min(row["step"], last), row["is_read"], row["seen_at"], missing)


def find_place(places: Sequence[Place], module_id: ModuleId) -> Place | None:
    """Return the place in a module, or None when the programme has no such module."""
    return next((place for place in places if place.module.id == module_id), None)


def minutes_of(module: Module, step: int) -> int:
    """Return the reading time of one step, in whole minutes, at least 1: its share of the module's words."""
    total = sum(_words(each) for each in module.steps)
    share = _words(module.steps[step]) / total if total else 1 / len(module.steps)
    return max(1, round(module.minutes * share))


def _words(step: Step) -> int:
    return sum(len(block.markdown.split()) for block in step.blocks)
