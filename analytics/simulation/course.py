"""A programme as it is simulated: the ways through it, and the truth about its items and behaviours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from analytics.simulation.answering import ItemParameters, draw_parameters
from analytics.simulation.path import Path, read_path
from assessments.observations import AskedForm, asked_form
from assessments.scoring import Scorer
from curriculum.ids import (
    BehaviourId,
    ChecklistId,
    CompetencyId,
    DomainId,
    ItemId,
    LineId,
    ModuleId,
    ProgrammeId,
    RoleId,
)
from curriculum.models import Behaviour, BehaviourKind, Checklist, Line, Programme, ScaleKind, Setting


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as raters watch it: the number of its domain, and whether "no opportunity" is offered.

    A line of a scale without behaviours is answered as a whole: done or not, yes or no.
    """

    line: Line
    kind: ScaleKind
    behaviours: tuple[Behaviour, ...]
    domain: int
    may_be_left_out: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One published programme with its truth.

    `thresholds` are the abilities at which a behaviour (or a line without any) is shown in half of all cases. Domains
    are named by their number in the programme's order.
    """

    programme: Programme
    version_no: int
    paths: dict[RoleId, Path]
    domains: tuple[DomainId, ...]
    domain_of: dict[CompetencyId, int]
    module_domains: dict[ModuleId, tuple[int, ...]]
    items: dict[ItemId, ItemParameters]
    thresholds: dict[BehaviourId | LineId, float]
    forms: dict[tuple[ChecklistId, Setting], AskedForm]
    views: dict[tuple[ChecklistId, Setting], tuple[LineView, ...]]
    scorer: Scorer = field(default_factory=Scorer, compare=False)

    @property
    def programme_id(self) -> ProgrammeId:
        """Return the programme's id."""
        return self.programme.head.id

    def domains_on(self, checklists: Iterable[Checklist], setting: Setting) -> tuple[int, ...]:
        """Return the domains that checklists rate in a setting."""
        found = (view.domain for checklist in checklists for view in self.views[checklist.id, setting])
        return tuple(dict.fromkeys(found))


def open_course(programme: Programme, version_no: int, seed: str) -> Course:
    """Return a programme with parameters drawn from the seed."""
    rng = Random(f"{seed}/{programme.head.id}")
    forms = {
        (checklist.id, setting): asked_form(programme, checklist, setting)
        for checklist in programme.checklists
        for setting in checklist.settings
    }
    domain_of = {
        competency.id: number for number, domain in enumerate(programme.domains) for competency in domain.competencies
    }
    return Course(
        programme=programme,
        version_no=version_no,
        paths={role.id: read_path(programme, role.id) for role in programme.head.roles},
        domains=tuple(domain.id for domain in programme.domains),
        domain_of=domain_of,
        module_domains={
            module.id: tuple(dict.fromkeys(domain_of[competency_id] for competency_id in module.competencies))
            for module in programme.modules
        },
        items={item.id: draw_parameters(item, rng) for item in programme.items},
        thresholds=_draw_thresholds(programme, rng),
        forms=forms,
        views={key: _view(form, domain_of) for key, form in forms.items()},
    )


def _draw_thresholds(programme: Programme, rng: Random) -> dict[BehaviourId | LineId, float]:
    means = {BehaviourKind.BASIC: -1.3, BehaviourKind.FURTHER: 1.5, BehaviourKind.UNHELPFUL: -3.0}
    thresholds: dict[BehaviourId | LineId, float] = {}
    for behaviour in programme.behaviour_by_id.values():
        thresholds[behaviour.id] = rng.gauss(means[behaviour.kind], 0.25)
    for checklist in programme.checklists:
        for line in checklist.lines:
            thresholds[line.id] = rng.gauss(-1.1, 0.25)
    return thresholds


def _view(form: AskedForm, domain_of: dict[CompetencyId, int]) -> tuple[LineView, ...]:
    return tuple(
        LineView(
            asked.line,
            form.scale.kind,
            asked.behaviours,
            domain_of[asked.line.competency],
            may_be_left_out=form.checklist.no_opportunity and not asked.is_critical,
        )
        for asked in form.lines
    )
