"""The typed programme: everything that a programme's folder may say, and nothing else."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from curriculum.base import Model, Percent
from curriculum.blueprints import Blueprint
from curriculum.gates import Gate
from curriculum.ids import (
    ActivityId,
    BehaviourId,
    BlueprintId,
    CertificateId,
    ChecklistId,
    CompetencyId,
    DomainId,
    ItemId,
    LineId,
    ModuleId,
    PrerequisiteId,
    ProgrammeId,
    RoleId,
    ScenarioId,
    SectionId,
)
from curriculum.items import Item, Pool
from curriculum.media import MediaFile

EntrustmentLevel = Annotated[int, Field(ge=1, le=5)]
RatingLevel = Annotated[int, Field(ge=1, le=4)]


# ---------------------------------------------------------------- programme.yaml


class Role(Model):
    """A role that a programme trains people for, such as group leader."""

    id: RoleId
    title: str
    summary: str = ""


class Activity(Model):
    """An entrustable activity: signed off with a level for one role.

    `required_level` is the entrustment level the role needs; `ceiling` the highest
    level anybody may be given (3 for passing on a safeguarding concern).
    """

    id: ActivityId
    title: str
    roles: tuple[RoleId, ...]
    required_level: EntrustmentLevel = 4
    ceiling: EntrustmentLevel = 5
    expires_with: CertificateId | None = None


class Prerequisite(Model):
    """Something a trainee must have had before: seen by a trainer, yes or no only."""

    id: PrerequisiteId
    title: str
    explain: str = ""


class CertificateKind(Model):
    """An outside proof with an expiry, such as a safeguarding certificate."""

    id: CertificateId
    title: str
    months: Annotated[int, Field(ge=1, le=120)]


class TrainingSession(Model):
    """A taught session whose attendance counts towards the dose; usually one a module."""

    id: str
    title: str
    module: ModuleId | None = None
    minutes: Annotated[int, Field(ge=5, le=600)]


class Decision(Model):
    """How a sign-off is decided, and for how long it is valid (months)."""

    signers: Literal[1] = 1
    countersign: bool = True
    independent_of_supervisor: bool = False
    valid_months: Annotated[int, Field(ge=1, le=60)] = 12
    due_soon_days: Annotated[int, Field(ge=1, le=180)] = 30


class Privacy(Model):
    """Suppression and retention: smallest cell shown, characters of free text, days kept."""

    min_cell: Annotated[int, Field(ge=3, le=10)] = 5
    free_text_max: Annotated[int, Field(ge=50, le=500)] = 300
    retention_days: dict[str, int] = {}


class Schedule(StrEnum):
    """How the time to the next refresher is found: by fixed intervals, or by FSRS from how the answers were."""

    FIXED = "fixed"
    FSRS = "fsrs"


class Refreshers(Model):
    """When what was learned is asked again: `days` after one right answer, two in a row, and so on.

    Never later than `ceiling_days`; at most `a_week` questions in seven days.
    """

    schedule: Schedule = Schedule.FIXED
    days: Annotated[tuple[Annotated[int, Field(ge=1, le=365)], ...], Field(min_length=1, max_length=10)] = (
        7,
        21,
        60,
        120,
    )
    ceiling_days: Annotated[int, Field(ge=7, le=365)] = 180
    a_week: Annotated[int, Field(ge=1, le=20)] = 6


class ProgrammeHead(Model):
    """The contents of `programme.yaml`."""

    id: ProgrammeId
    title: str
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    language: str
    licence: str
    notice: str
    summary: str
    emergency: str
    timezone: str = "Europe/London"
    reading_grade_max: Annotated[float, Field(gt=0, le=18)] = 7.0
    roles: tuple[Role, ...]
    activities: tuple[Activity, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    certificates: tuple[CertificateKind, ...] = ()
    sessions: tuple[TrainingSession, ...] = ()
    decision: Decision = Decision()
    privacy: Privacy = Privacy()
    refreshers: Refreshers = Refreshers()


# ---------------------------------------------------------------- manual


class Section(Model):
    """An addressable part of the manual: heading `## Title {#M9.3}` and what stands below it.

    `path` is the headings from the chapter down to this one; `content_hash` the SHA-256
    of title and Markdown, as hex; `chapter` the id of the first heading of its file.
    """

    id: SectionId
    title: str
    path: tuple[str, ...]
    chapter: SectionId
    markdown: str
    content_hash: str
    n_words: int


# ---------------------------------------------------------------- competencies.yaml


class BehaviourKind(StrEnum):
    """Unhelpful: stop and talk. Basic: must be seen. Further: going further."""

    UNHELPFUL = "unhelpful"
    BASIC = "basic"
    FURTHER = "further"


class Behaviour(Model):
    """One thing an observer can see a person do."""

    id: BehaviourId
    kind: BehaviourKind
    text: str


class Competency(Model):
    """An observable ability that the curriculum answers for."""

    id: CompetencyId
    title: str
    statement: str
    section: SectionId
    critical: bool = False
    behaviours: tuple[Behaviour, ...]


class Domain(Model):
    """A group of competencies."""

    id: DomainId
    title: str
    competencies: tuple[Competency, ...]


# ---------------------------------------------------------------- modules


class BlockKind(StrEnum):
    """What a block of a module page is: the app's words, the manual's, or something to do."""

    TEXT = "text"
    PASSAGE = "passage"
    EXAMPLE = "example"
    THIS = "this"
    NOT_THIS = "not-this"
    REFLECT = "reflect"
    CHECK = "check"


class Block(Model):
    """A piece of a module step.

    `markdown` holds the text (for a passage: of the manual, filled in at load);
    `section` is set for a passage, `item` for a self-check.
    """

    kind: BlockKind
    markdown: str = ""
    section: SectionId | None = None
    item: ItemId | None = None


class Step(Model):
    """One page of a module, under one `##` heading."""

    title: str
    blocks: tuple[Block, ...]


class Module(Model):
    """A unit of teaching. `minutes` is the reading time that people are told."""

    id: ModuleId
    title: str
    order: int
    minutes: Annotated[int, Field(ge=1, le=240)]
    outcomes: tuple[str, ...]
    competencies: tuple[CompetencyId, ...]
    prerequisites: tuple[ModuleId, ...] = ()
    steps: tuple[Step, ...]
    n_words: int


# ---------------------------------------------------------------- checklists and scenarios


class Setting(StrEnum):
    """Where a person was watched."""

    ROLEPLAY = "roleplay"
    LIVE = "live"
    SUPERVISION = "supervision"


class Scale(StrEnum):
    """How a checklist's lines are answered.

    behaviour4: each behaviour seen, not seen or no opportunity; the level 1 to 4 is derived.
    fidelity: each line done, partly, not done or not applicable; the result is a per cent.
    """

    BEHAVIOUR4 = "behaviour4"
    FIDELITY = "fidelity"


class Line(Model):
    """One line of a checklist; it belongs to one competency.

    `behaviours` lists what to watch for; when empty, all behaviours of the competency.
    Lines of a fidelity checklist have none. `settings` empty means every setting of the checklist.
    """

    id: LineId
    text: str
    competency: CompetencyId
    section: SectionId
    critical: bool = False
    behaviours: tuple[BehaviourId, ...] = ()
    settings: tuple[Setting, ...] = ()


class PassRule(Model):
    """When an observation passes: every rated line at `min_level`, or `pct` per cent, and critical lines met."""

    min_level: RatingLevel | None = None
    pct: Percent | None = None
    critical_all: bool = True


class Checklist(Model):
    """A supervised-practice form."""

    id: ChecklistId
    title: str
    explain: str
    scale: Scale
    settings: tuple[Setting, ...]
    scenarios: tuple[ScenarioId, ...] = ()
    no_opportunity: bool = True
    passes: PassRule
    lines: tuple[Line, ...]


class Scenario(Model):
    """A standardised role-play. `prompts` are given by the actor at set points; `body` is Markdown."""

    id: ScenarioId
    title: str
    checklists: tuple[ChecklistId, ...]
    prompts: tuple[str, ...]
    stop_word: str
    body: str


# ---------------------------------------------------------------- the whole


class Programme(Model):
    """One version of one programme, complete. Everything that follows is judged by it."""

    head: ProgrammeHead
    sections: tuple[Section, ...]
    domains: tuple[Domain, ...]
    modules: tuple[Module, ...]
    items: tuple[Item, ...]
    blueprints: tuple[Blueprint, ...]
    checklists: tuple[Checklist, ...]
    scenarios: tuple[Scenario, ...]
    gates: tuple[Gate, ...]
    media: tuple[MediaFile, ...] = ()

    @cached_property
    def section_by_id(self) -> dict[SectionId, Section]:
        """Return the manual's sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def module_by_id(self) -> dict[ModuleId, Module]:
        """Return the modules by id."""
        return {module.id: module for module in self.modules}

    @cached_property
    def item_by_id(self) -> dict[ItemId, Item]:
        """Return the items by id."""
        return {item.id: item for item in self.items}

    @cached_property
    def blueprint_by_id(self) -> dict[BlueprintId, Blueprint]:
        """Return the blueprints by id."""
        return {blueprint.id: blueprint for blueprint in self.blueprints}

    @cached_property
    def checklist_by_id(self) -> dict[ChecklistId, Checklist]:
        """Return the checklists by id."""
        return {checklist.id: checklist for checklist in self.checklists}

    @cached_property
    def scenario_by_id(self) -> dict[ScenarioId, Scenario]:
        """Return the scenarios by id."""
        return {scenario.id: scenario for scenario in self.scenarios}

    @cached_property
    def competency_by_id(self) -> dict[CompetencyId, Competency]:
        """Return the competencies by id."""
        return {competency.id: competency for competency in self.iter_competencies()}

    @cached_property
    def behaviour_by_id(self) -> dict[BehaviourId, Behaviour]:
        """Return the behaviours by id."""
        return {b.id: b for competency in self.iter_competencies() for b in competency.behaviours}

    def iter_competencies(self) -> Iterator[Competency]:
        """Yield the competencies in the order of their domains."""
        for domain in self.domains:
            yield from domain.competencies

    def items_of(self, module: ModuleId, pool: Pool) -> tuple[Item, ...]:
        """Return the items of one pool of a module, in the programme's order."""
        return tuple(item for item in self.items if item.pool == pool and item.is_of(module))

    @cached_property
    def media_by_name(self) -> dict[str, MediaFile]:
        """Return the files of `media/` by name."""
        return {file.name: file for file in self.media}

    def behaviours_of(self, line: Line) -> tuple[Behaviour, ...]:
        """Return what an observer watches for on a line, unhelpful last."""
        if line.behaviours:
            return tuple(self.behaviour_by_id[id_] for id_ in line.behaviours)
        return self.competency_by_id[line.competency].behaviours

    def gates_of(self, role: RoleId) -> tuple[Gate, ...]:
        """Return the gates of a role, in the programme's order."""
        return tuple(gate for gate in self.gates if not gate.roles or role in gate.roles)
