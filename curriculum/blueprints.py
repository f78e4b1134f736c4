"""Blueprints: what a form must contain, and how a quiz behaves, whatever the kinds of its items."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from curriculum.base import Model, Percent
from curriculum.ids import BlueprintId, CompetencyId, ModuleId, SectionId, ThemeId


class Purpose(StrEnum):
    """What a quiz is for: a gate has a pass mark; one before and one after teaching show what was gained.

    One for practice mixes the practice items of its modules, as often as people like, and never counts.
    """

    GATE = "gate"
    PRE = "pre"
    POST = "post"
    PRACTICE = "practice"


class Feedback(StrEnum):
    """When people hear how they did.

    Deferred: after handing in. Immediate: after each answer, which then stays. Interactive: after each answer, with a
    hint and further tries that cost points.
    """

    DEFERRED = "deferred"
    IMMEDIATE = "immediate"
    INTERACTIVE = "interactive"


class Certainty(StrEnum):
    """What becomes of "how sure are you?".

    Off: it is not asked. Learning: it is shown with the result and changes no points. Marks: a right answer earns 1, 2
    or 3 thirds of its points, a wrong one 0, -2 or -6 thirds.
    """

    OFF = "off"
    LEARNING = "learning"
    MARKS = "marks"


class Cell(Model):
    """Some items that a form must hold: of a section, of a competency, of a critical theme, or of several at once."""

    draw: Annotated[int, Field(ge=1, le=60)]
    section: SectionId | None = None
    competency: CompetencyId | None = None
    theme: ThemeId | None = None


class Blueprint(Model):
    """What a draw of items must contain.

    `critical` gives for each theme how many items of it a form holds; it is short for cells that name a theme alone.
    Each cell gets items of its own. The rest comes from the modules' other counting items, spread over the sections.
    `minutes` is the time limit, `grace_seconds` how long after it an answer still counts, for slow connections.
    One with the purpose of practice draws from the practice pool alone.
    """

    id: BlueprintId
    module: ModuleId
    also_from: tuple[ModuleId, ...] = ()
    title: str
    purpose: Purpose = Purpose.GATE
    draw: Annotated[int, Field(ge=1, le=60)]
    critical: dict[ThemeId, int] = {}
    cells: tuple[Cell, ...] = ()
    forms: Annotated[int, Field(ge=0, le=6)] = 0
    pass_pct: Percent
    max_attempts: Annotated[int, Field(ge=1, le=20)] = 3
    wait_hours: Annotated[int, Field(ge=0, le=720)] = 24
    practice_draw: Annotated[int, Field(ge=1, le=60)] = 5
    cut_source: str
    feedback: Feedback = Feedback.DEFERRED
    practice_feedback: Feedback = Feedback.IMMEDIATE
    certainty: Certainty = Certainty.LEARNING
    tries: Annotated[int, Field(ge=1, le=5)] = 3
    try_penalty: Percent = 33
    minutes: Annotated[int, Field(ge=1, le=240)] | None = None
    grace_seconds: Annotated[int, Field(ge=0, le=600)] = 60
    invigilated: bool = False

    @property
    def is_gate(self) -> bool:
        """Return whether it has a pass mark."""
        return self.purpose is Purpose.GATE

    @property
    def is_practice(self) -> bool:
        """Return whether it is there to practise alone, so that no attempt counts."""
        return self.purpose is Purpose.PRACTICE

    @property
    def n_practised(self) -> int:
        """Return how many items practice shows."""
        return self.draw if self.is_practice else self.practice_draw

    @property
    def modules(self) -> tuple[ModuleId, ...]:
        """Return the modules whose items it draws."""
        return (self.module, *self.also_from)

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """Return the cells, those of the critical themes first."""
        themes = (Cell(draw=n, theme=theme) for theme, n in self.critical.items() if n > 0)
        return (*themes, *self.cells)

    @property
    def n_attempts(self) -> int:
        """Return how many attempts people have: one where nothing can be passed."""
        return self.max_attempts if self.is_gate else 1
