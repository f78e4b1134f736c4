"""A programme while it is being read: the good parts, where everything stands, and the problems so far."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from curriculum.blueprints import Blueprint
from curriculum.errors import Problem
from curriculum.gates import Gate
from curriculum.ids import ModuleId
from curriculum.items import Item
from curriculum.media import MediaFile
from curriculum.models import (
    BUILT_IN_SCALES,
    Checklist,
    Competency,
    Domain,
    Line,
    Module,
    Programme,
    ProgrammeHead,
    Relation,
    Scale,
    ScaleKind,
    Scenario,
    Section,
)
from curriculum.places import Kind, Place


@dataclass(slots=True)
class Draft:
    """What could be read of a programme.

    Attributes:
        places: Where each declared object stands, by kind and id; also objects with faults.
        incomplete: Kinds of which some object could not be read, so that counting them means nothing.
        unlisted: Kinds of which not even all ids are known, so that no id can be called unknown.
    """

    folder: Path
    head: ProgrammeHead | None = None
    sections: list[Section] = field(default_factory=list[Section])
    domains: list[Domain] = field(default_factory=list[Domain])
    modules: list[Module] = field(default_factory=list[Module])
    items: list[Item] = field(default_factory=list[Item])
    blueprints: list[Blueprint] = field(default_factory=list[Blueprint])
    checklists: list[Checklist] = field(default_factory=list[Checklist])
    scenarios: list[Scenario] = field(default_factory=list[Scenario])
    gates: list[Gate] = field(default_factory=list[Gate])
    media: list[MediaFile] = field(default_factory=list[MediaFile])
    places: dict[Kind, dict[str, Place]] = field(default_factory=lambda: defaultdict(dict[str, Place]))
    problems: list[Problem] = field(default_factory=list[Problem])
    incomplete: set[Kind] = field(default_factory=set[Kind])
    unlisted: set[Kind] = field(default_factory=set[Kind])

    def place(self, kind: Kind, id_: str) -> Place:
        """Return where an object stands."""
        return self.places[kind][id_]

    def declare(self, kind: Kind, id_: str, place: Place) -> bool:
        """Note that an object stands at a place; return whether its id is new, with a problem when it is not."""
        first = self.places[kind].get(id_)
        if first is None:
            self.places[kind][id_] = place
            return True
        message = f"id `{id_}` is used twice, first in {self._relative(first.path)}, line {first.line()}"
        self.problems.append(place.error(message, "Give each object an id of its own.", ("id",)))
        return False

    def lose(self, *kinds: Kind) -> None:
        """Note that a whole file with objects of these kinds could not be read."""
        self.incomplete.update(kinds)
        self.unlisted.update(kinds)

    @property
    def competencies(self) -> list[Competency]:
        """Return all competencies in the order of their domains."""
        return [competency for domain in self.domains for competency in domain.competencies]

    def scale_of(self, checklist: Checklist) -> Scale | None:
        """Return the scale of a checklist; None when it is not known."""
        scales = (*BUILT_IN_SCALES, *(self.head.scales if self.head else ()))
        return next((scale for scale in scales if scale.id == checklist.scale), None)

    def forms_of(self, rater: Relation) -> list[Checklist]:
        """Return the checklists that are filled in by a trainer, oneself or the partner; logs are none."""
        forms = [checklist for checklist in self.checklists if checklist.rater is rater]
        return [one for one in forms if (scale := self.scale_of(one)) is None or scale.kind is not ScaleKind.LOG]

    def lines_of(self, checklist: Checklist) -> tuple[Line, ...]:
        """Return a checklist's own lines, then those that it takes from others."""
        by_id = {one.id: one for one in self.checklists}
        sources = (by_id[id_] for id_ in dict.fromkeys(checklist.lines_from) if id_ in by_id)
        return (*checklist.lines, *(line for source in sources if source is not checklist for line in source.lines))

    def items_of(self, module: ModuleId) -> list[Item]:
        """Return the items of a module, of both pools."""
        return [item for item in self.items if item.is_of(module)]

    def programme(self) -> Programme | None:
        """Return the good parts as a programme, or None when `programme.yaml` could not be read."""
        if self.head is None:
            return None
        return Programme(
            head=self.head,
            sections=tuple(self.sections),
            domains=tuple(self.domains),
            modules=tuple(sorted(self.modules, key=lambda module: (module.order, module.id))),
            items=tuple(self.items),
            blueprints=tuple(self.blueprints),
            checklists=tuple(one.model_copy(update={"lines": self.lines_of(one)}) for one in self.checklists),
            scenarios=tuple(self.scenarios),
            gates=tuple(self.gates),
            media=tuple(self.media),
        )

    def _relative(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()
