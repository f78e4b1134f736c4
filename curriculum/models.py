"""The typed programme: everything that a programme's folder may say, and nothing else."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from curriculum.base import Model, Percent
from curriculum.blueprints import Blueprint, Purpose
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
    PromptId,
    RoleId,
    ScaleId,
    ScenarioId,
    SectionId,
    VignetteId,
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


class ScaleKind(StrEnum):
    """How the lines of a checklist are answered, and what follows.

    Behaviours: each is seen, not seen or had no opportunity; a rating level follows.
    Done: each line is done, partly, not done or not applicable; a per cent follows.
    Yes or no: each line is yes, no or not applicable; a per cent follows.
    Log: prompts that are answered in a few words; nothing is judged.
    """

    BEHAVIOURS = "behaviours"
    DONE = "done"
    YES_NO = "yes_no"
    LOG = "log"


class Further(StrEnum):
    """How many of a line's further behaviours make level 4."""

    ANY = "any"
    ALL = "all"


class Scale(Model):
    """How a checklist is answered and judged. Levels of different scales are never compared.

    `levels` names the rating levels of a scale of behaviours in the programme's own words, the lowest first: three, or
    four. Any unhelpful behaviour is 1, a basic one missing is 2, all basic ones are 3, further ones on top are 4. With
    three levels further behaviours are not asked for. A scale without names has four, in the words of the app.
    """

    id: ScaleId
    kind: ScaleKind
    levels: tuple[str, ...] = ()
    further: Further = Further.ANY

    @property
    def n_levels(self) -> int:
        """Return the highest rating level; 0 on a scale without levels."""
        return (len(self.levels) or 4) if self.kind is ScaleKind.BEHAVIOURS else 0


BUILT_IN_SCALES: Final = (
    Scale(id=ScaleId("behaviour4"), kind=ScaleKind.BEHAVIOURS),
    Scale(id=ScaleId("fidelity"), kind=ScaleKind.DONE),
)
"""The scales that every programme has without writing them down."""


class Decision(Model):
    """How a sign-off is decided, for how long it is valid (months), and for how long people may appeal (days)."""

    signers: Literal[1] = 1
    countersign: bool = True
    independent_of_supervisor: bool = False
    independent_of_observer: bool = False
    valid_months: Annotated[int, Field(ge=1, le=60)] = 12
    due_soon_days: Annotated[int, Field(ge=1, le=180)] = 30
    appeal_days: Annotated[int, Field(ge=7, le=365)] = 28


class Privacy(Model):
    """Suppression and retention: smallest cell shown, characters of free text, days kept."""

    min_cell: Annotated[int, Field(ge=3, le=10)] = 5
    free_text_max: Annotated[int, Field(ge=50, le=500)] = 300
    retention_days: dict[str, int] = {}


class Preparation(StrEnum):
    """What a live session needs besides its leaders: each ready, not ready, or not needed."""

    VENUE = "venue"
    CRECHE = "creche"
    INTERPRETER = "interpreter"
    TRAVEL = "travel"
    MATERIALS = "materials"


LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")]


class Support(Model):
    """What the programme promises to those in training.

    `contact_hours` is within how many hours "please contact me" is acknowledged; `languages` are those that supervision
    can be asked for in (none: nobody is asked); `high_load` is from which load, of 1 to 5, a check-in counts as high;
    `critical` names what a live session cannot do without; `hold_days` is how long a hold may stay open before the
    training lead is told too.
    """

    contact_hours: Annotated[int, Field(ge=1, le=720)] = 48
    meeting_minutes: Annotated[int, Field(ge=10, le=240)] = 45
    languages: tuple[LanguageCode, ...] = ()
    high_load: Annotated[int, Field(ge=3, le=5)] = 4
    critical: tuple[Preparation, ...] = (Preparation.VENUE, Preparation.MATERIALS)
    hold_days: Annotated[int, Field(ge=1, le=90)] = 7


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
    scales: tuple[Scale, ...] = ()
    decision: Decision = Decision()
    privacy: Privacy = Privacy()
    support: Support = Support()
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


class Relation(StrEnum):
    """Who fills in a checklist: a trainer, the person themselves, or the partner. Only a trainer's ratings count."""

    TRAINER = "trainer"
    SELF = "self"
    PARTNER = "partner"


class Line(Model):
    """One line of a checklist; it belongs to one competency.

    `behaviours` lists what to watch for; when empty, all behaviours of the competency. Only lines on a scale of
    behaviours have them. `settings` empty means every setting of the checklist.
    """

    id: LineId
    text: str
    competency: CompetencyId
    section: SectionId
    critical: bool = False
    behaviours: tuple[BehaviourId, ...] = ()
    settings: tuple[Setting, ...] = ()


class Asks(StrEnum):
    """What a prompt of a log asks for: the leader who was watched, the session, or a few words."""

    LEADER = "leader"
    SESSION = "session"
    WORDS = "words"


class Prompt(Model):
    """One prompt of a log."""

    id: PromptId
    text: str
    asks: Asks = Asks.WORDS


class PassRule(Model):
    """When an observation passes: every rated line at `min_level`, or `pct` per cent, and critical lines met."""

    min_level: RatingLevel | None = None
    pct: Percent | None = None
    critical_all: bool = True


class Checklist(Model):
    """A form of supervised practice: a trainer's, an evaluation by the person or their partner, or a log.

    `lines` holds its own lines and then those of the checklists in `lines_from`, so that one line is seen by several
    people. A log has `prompts` instead.
    """

    id: ChecklistId
    title: str
    explain: str
    scale: ScaleId
    rater: Relation = Relation.TRAINER
    settings: tuple[Setting, ...] = ()
    scenarios: tuple[ScenarioId, ...] = ()
    no_opportunity: bool = True
    passes: PassRule = PassRule()
    lines: tuple[Line, ...] = ()
    lines_from: tuple[ChecklistId, ...] = ()
    prompts: tuple[Prompt, ...] = ()


class Part(NamedTuple):
    """Some lines of a checklist, with the title of the checklist that they come from."""

    title: str
    lines: tuple[Line, ...]


class Scenario(Model):
    """A standardised role-play. `prompts` are given by the actor at set points; `body` is Markdown."""

    id: ScenarioId
    title: str
    checklists: tuple[ChecklistId, ...]
    prompts: tuple[str, ...]
    stop_word: str
    body: str


class GoldLine(Model):
    """What is to be seen on one line of a vignette: these behaviours and no others, and why."""

    line: LineId
    seen: tuple[BehaviourId, ...]
    why: str


class Vignette(Model):
    """A short scene that raters rate to compare their eye with the programme's. `text` is plain paragraphs.

    The gold level of a line follows from what is to be seen there, on the checklist's scale.
    """

    id: VignetteId
    title: str
    checklist: ChecklistId
    setting: Setting
    gold_source: str
    text: str
    gold: tuple[GoldLine, ...]


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
    vignettes: tuple[Vignette, ...] = ()
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
    def scale_by_id(self) -> dict[ScaleId, Scale]:
        """Return the scales by id, the built-in ones too."""
        return {scale.id: scale for scale in (*BUILT_IN_SCALES, *self.head.scales)}

    @cached_property
    def scenario_by_id(self) -> dict[ScenarioId, Scenario]:
        """Return the scenarios by id."""
        return {scenario.id: scenario for scenario in self.scenarios}

    @cached_property
    def vignette_by_id(self) -> dict[VignetteId, Vignette]:
        """Return the vignettes by id."""
        return {vignette.id: vignette for vignette in self.vignettes}

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

    @cached_property
    def _pools(self) -> dict[tuple[ModuleId, Pool], tuple[Item, ...]]:
        return {}

    def items_of(self, module: ModuleId, pool: Pool) -> tuple[Item, ...]:
        """Return the items of one pool of a module, in the programme's order."""
        if (module, pool) not in self._pools:
            self._pools[module, pool] = tuple(item for item in self.items if item.pool == pool and item.is_of(module))
        return self._pools[module, pool]

    def quiz_title(self, blueprint: Blueprint) -> str:
        """Return what people read over a quiz: its module where it is a gate, else its own title."""
        return self.module_by_id[blueprint.module].title if blueprint.is_gate else blueprint.title

    @property
    def counting_quizzes(self) -> tuple[Blueprint, ...]:
        """Return the quizzes with attempts that count, in the programme's order; those for practice alone have none."""
        return tuple(blueprint for blueprint in self.blueprints if not blueprint.is_practice)

    def is_before_teaching(self, blueprint_id: BlueprintId) -> bool:
        """Return whether a quiz asks what nobody was taught yet: what is wrong there is no misconception."""
        return any(one.id == blueprint_id and one.purpose is Purpose.PRE for one in self.blueprints)

    def quiz_of(self, module: ModuleId) -> Blueprint | None:
        """Return the first quiz of a module that can be passed, or None."""
        return next((one for one in self.blueprints if one.is_gate and one.module == module), None)

    @cached_property
    def media_by_name(self) -> dict[str, MediaFile]:
        """Return the files of `media/` by name."""
        return {file.name: file for file in self.media}

    def scale_of(self, checklist: Checklist) -> Scale:
        """Return how a checklist is answered and judged."""
        return self.scale_by_id[checklist.scale]

    def forms_of(self, rater: Relation) -> tuple[Checklist, ...]:
        """Return the checklists with lines that a trainer, oneself or the partner fills in."""
        return tuple(one for one in self.checklists if one.rater is rater and not self.is_log(one))

    def is_log(self, checklist: Checklist) -> bool:
        """Return whether a checklist is a log: prompts that nobody judges."""
        return self.scale_of(checklist).kind is ScaleKind.LOG

    @cached_property
    def log(self) -> Checklist | None:
        """Return the log of leaders watched, or None."""
        return next((checklist for checklist in self.checklists if self.is_log(checklist)), None)

    def parts_of(self, checklist: Checklist) -> tuple[Part, ...]:
        """Return a checklist's lines in parts: its own, then those of each checklist that it takes lines from."""
        sources = [self.checklist_by_id[id_] for id_ in checklist.lines_from]
        taken = {line.id for source in sources for line in source.lines}
        own = tuple(line for line in checklist.lines if line.id not in taken)
        parts = [Part(source.title, source.lines) for source in sources]
        return (Part(checklist.title, own), *parts) if own else tuple(parts)

    def watched_on(self, checklist: Checklist, line: Line) -> tuple[Behaviour, ...]:
        """Return the behaviours that a line of a checklist is answered by; none where its scale has none.

        A scale with three levels leaves further behaviours out.
        """
        scale = self.scale_of(checklist)
        if scale.kind is not ScaleKind.BEHAVIOURS:
            return ()
        has_further = scale.n_levels > 3
        return tuple(b for b in self.behaviours_of(line) if has_further or b.kind is not BehaviourKind.FURTHER)

    def behaviours_of(self, line: Line) -> tuple[Behaviour, ...]:
        """Return the behaviours of a line, whatever the scale."""
        if line.behaviours:
            return tuple(self.behaviour_by_id[id_] for id_ in line.behaviours)
        return self.competency_by_id[line.competency].behaviours

    def gates_of(self, role: RoleId) -> tuple[Gate, ...]:
        """Return the gates of a role, in the programme's order."""
        return tuple(gate for gate in self.gates if not gate.roles or role in gate.roles)
