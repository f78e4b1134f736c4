"""A group over its assessments: the levels at the first, second, third … rating of a competency, drop-out shown.

Later assessments have fewer people. Who has left is told from who has not been watched again yet, and those with all
assessments can be looked at alone, so that a group that lost its weakest is not taken for one that has learnt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from curriculum.ids import ChecklistId, CompetencyId
from curriculum.models import Programme, Setting
from people.models import Actor, CohortId, HubId
from people.rights import Record, Right, require_in_hub
from store.beside_gates import TimesCount, times_counts
from store.ledger import Store

MOST_TIMES: Final = 6
"""So many assessments are shown at most; of people with more, the first ones."""


@dataclass(frozen=True, slots=True)
class Time:
    """One assessment.

    Attributes:
        nth: Its number, from 1.
        levels: How many people stood at each level, the lowest first.
        completers: The same of those who have had all assessments that are shown.
        n_left: How many of the first assessment's people have left before this one.
        n_not_yet: How many of them have not been watched so often yet.
    """

    nth: int
    levels: tuple[int, ...]
    completers: tuple[int, ...]
    n_left: int
    n_not_yet: int

    @property
    def n(self) -> int:
        """Return how many people had it."""
        return sum(self.levels)


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """One competency, rated on one checklist in one setting, over the assessments."""

    competency_id: CompetencyId
    checklist_id: ChecklistId
    setting: Setting
    times: tuple[Time, ...]


def see_progress(
    store: Store,
    actor: Actor,
    programme: Programme,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    as_of: datetime | None = None,
) -> tuple[GroupProgress, ...]:
    """Return the progress of a hub's people, or of one cohort, in each competency, in the programme's order.

    Raises:
        NotAllowedError: The actor may not see single people's ratings in the hub: these numbers are small.
    """
    require_in_hub(actor, Right.SEE, Record.OBSERVATION, hub_id)
    now = store.clock()
    counts = times_counts(
        store, programme.head.id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of or now, known_at=now
    )
    return progress_of(programme, counts)


def progress_of(programme: Programme, counts: Iterable[TimesCount]) -> tuple[GroupProgress, ...]:
    """Return the progress from counts."""
    order = {competency.id: place for place, competency in enumerate(programme.iter_competencies())}
    grouped: dict[tuple[CompetencyId, ChecklistId, Setting], list[TimesCount]] = {}
    for count in counts:
        grouped.setdefault((count.competency_id, count.checklist_id, count.setting), []).append(count)
    found = [
        GroupProgress(competency_id, checklist_id, setting, _times(programme, checklist_id, group))
        for (competency_id, checklist_id, setting), group in grouped.items()
    ]
    return tuple(sorted(found, key=lambda one: (order.get(one.competency_id, len(order)), one.checklist_id)))


def _times(programme: Programme, checklist_id: ChecklistId, counts: Sequence[TimesCount]) -> tuple[Time, ...]:
    checklist = programme.checklist_by_id.get(checklist_id)
    n_levels = max(programme.scale_of(checklist).n_levels if checklist else 0, *(count.level for count in counts))
    last = min(max(count.nth for count in counts), MOST_TIMES)
    first = [count for count in counts if count.nth == 1]
    return tuple(
        Time(
            nth,
            levels=_by_level((count for count in counts if count.nth == nth), n_levels),
            completers=_by_level((count for count in counts if count.nth == nth and count.n_times >= last), n_levels),
            n_left=sum(count.n_people for count in first if count.n_times < nth and count.has_left),
            n_not_yet=sum(count.n_people for count in first if count.n_times < nth and not count.has_left),
        )
        for nth in range(1, last + 1)
    )


def _by_level(counts: Iterable[TimesCount], n_levels: int) -> tuple[int, ...]:
    people = [0] * n_levels
    for count in counts:
        people[count.level - 1] += count.n_people
    return tuple(people)
