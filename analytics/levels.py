"""The competency map: how many people stand at each rating level, never a mean; role-plays and live sessions apart."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from analytics.statistics.change import PairedChange, count_transitions, paired_change
from analytics.statistics.suppression import Breakdown, SuppressionRule, suppress
from curriculum.gates import LevelGate
from curriculum.ids import ChecklistId, CompetencyId
from curriculum.models import Programme, Setting
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub, require_in_hub
from store.beside_gates import LevelCount, level_counts
from store.ledger import Store

STANDARD: Final = 3
"""The level that is asked for where no gate names one: all basic behaviours seen."""

Counts = tuple[int | None, ...]
"""How many people stand at each level of a scale, the lowest first; None where a small number is hidden."""


@dataclass(frozen=True, slots=True)
class CompetencyLevels:
    """How people stand in one competency, rated on one checklist in one setting.

    Attributes:
        competency_id: The competency.
        checklist_id: The checklist it was rated on: levels of two checklists are never put together.
        setting: Role-plays, live sessions and supervision are never put together either.
        required: The level that a gate asks for, or `STANDARD`.
        n: How many people were rated; None when they are too few to be shown.
        newest: By each person's newest counted rating.
        first: By each person's first one; empty when the reader may not see people's ratings.
        change: How those who were rated more than once moved; None when nobody was, or it may not be seen.
    """

    competency_id: CompetencyId
    checklist_id: ChecklistId
    setting: Setting
    required: int
    n: int | None
    newest: Counts
    first: Counts = ()
    change: PairedChange | None = None

    @property
    def n_below(self) -> int | None:
        """Return how many people's newest rating is below the level asked for; None when that is hidden."""
        below = [n for n in self.newest[: self.required - 1] if n is not None]
        return sum(below) if len(below) == self.required - 1 else None


@dataclass(frozen=True, slots=True)
class LevelMap:
    """The map in the programme's order. `min_cell` is set when numbers below it are hidden from the reader."""

    rows: tuple[CompetencyLevels, ...]
    min_cell: int | None = None

    def in_setting(self, setting: Setting) -> list[CompetencyLevels]:
        """Return the rows of a setting."""
        return [row for row in self.rows if row.setting is setting]

    @property
    def settings(self) -> list[Setting]:
        """Return the settings in which anybody was rated."""
        return [setting for setting in Setting if self.in_setting(setting)]


def sees_ratings(actor: Actor, hub_id: HubId) -> bool:
    """Return whether the actor may see single people's ratings in the hub, and so every number of the map."""
    return may_in_hub(actor, Right.SEE, Record.OBSERVATION, hub_id)


def see_levels(
    store: Store,
    actor: Actor,
    programme: Programme,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    as_of: datetime | None = None,
) -> LevelMap:
    """Return the map of a hub or of one cohort, from the ratings that the gates count.

    Who may not see single people's ratings sees the whole hub as of now, with small numbers hidden: of two cohorts,
    or of two days, one could be taken from the other.

    Raises:
        NotAllowedError: The actor may not see how the hub's people stand, not even in numbers.
    """
    now = store.clock()
    if sees_ratings(actor, hub_id):
        return whole_map(store, programme, hub_id, cohort_id=cohort_id, as_of=as_of or now)
    require_in_hub(actor, Right.SEE_AGGREGATE, Record.READINESS, hub_id)
    counts = level_counts(store, programme.head.id, hub_id=hub_id, as_of=now, known_at=now)
    min_cell = programme.head.privacy.min_cell
    rule = SuppressionRule(min_cell, min_cell)
    return LevelMap(tuple(_hidden(programme, group, rule) for group in _grouped(programme, counts)), min_cell)


def whole_map(
    store: Store,
    programme: Programme,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    among: Collection[PersonId] | None = None,
    as_of: datetime,
) -> LevelMap:
    """Return the map with every number, of these people alone where `among` says so.

    That it may be seen has been checked before.
    """
    counts = level_counts(
        store,
        programme.head.id,
        cohort_id=cohort_id,
        hub_id=hub_id,
        among=among,
        as_of=as_of,
        known_at=store.clock(),
    )
    return LevelMap(tuple(_whole(programme, group) for group in _grouped(programme, counts)))


def _grouped(programme: Programme, counts: Iterable[LevelCount]) -> list[list[LevelCount]]:
    """Return the counts by competency, checklist and setting, in the programme's order; older competencies last."""
    order = {competency.id: place for place, competency in enumerate(programme.iter_competencies())}

    def place(count: LevelCount) -> tuple[int, CompetencyId, ChecklistId, Setting]:
        return order.get(count.competency_id, len(order)), count.competency_id, count.checklist_id, count.setting

    return [list(group) for _, group in groupby(sorted(counts, key=place), key=place)]


def _whole(programme: Programme, counts: Sequence[LevelCount]) -> CompetencyLevels:
    one, n_levels = counts[0], _n_levels(programme, counts)
    repeated = [
        pair
        for count in counts
        if count.is_repeated
        for pair in [(count.first_level, count.newest_level)] * count.n_people
    ]
    return CompetencyLevels(
        one.competency_id,
        one.checklist_id,
        one.setting,
        _required(programme, one),
        sum(count.n_people for count in counts),
        newest=_by_level(((count.newest_level, count.n_people) for count in counts), n_levels),
        first=_by_level(((count.first_level, count.n_people) for count in counts), n_levels),
        change=paired_change(count_transitions(repeated, n_levels)) if repeated else None,
    )


def _hidden(programme: Programme, counts: Sequence[LevelCount], rule: SuppressionRule) -> CompetencyLevels:
    one, n_levels = counts[0], _n_levels(programme, counts)
    newest = _by_level(((count.newest_level, count.n_people) for count in counts), n_levels)
    breakdown = Breakdown(("level",), {(str(level),): n for level, n in enumerate(newest, start=1)})
    by_level, total = suppress(breakdown, [("level",), ()], rule=rule)
    return CompetencyLevels(
        one.competency_id,
        one.checklist_id,
        one.setting,
        _required(programme, one),
        total.cells[()],
        newest=tuple(by_level.cells[(str(level),)] for level in range(1, n_levels + 1)),
    )


def _by_level(pairs: Iterable[tuple[int, int]], n_levels: int) -> tuple[int, ...]:
    counts = [0] * n_levels
    for level, n in pairs:
        counts[level - 1] += n
    return tuple(counts)


def _n_levels(programme: Programme, counts: Sequence[LevelCount]) -> int:
    """Return how many levels the checklist's scale has; what an older version had that is gone counts too."""
    checklist = programme.checklist_by_id.get(counts[0].checklist_id)
    known = programme.scale_of(checklist).n_levels if checklist else 0
    return max(known, *(max(count.first_level, count.newest_level) for count in counts))


def _required(programme: Programme, count: LevelCount) -> int:
    parts = [part for gate in programme.gates if isinstance(gate, LevelGate) for part in gate.parts]
    asked = [
        part.level for part in parts if count.competency_id in part.competencies and part.setting == count.setting.value
    ]
    return max(asked, default=STANDARD)
