"""What people gained between a quiz before teaching and its partner after it, by competency, of the same people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final, cast

from analytics.small_numbers import hide_small
from analytics.statistics.change import up_or_down
from analytics.statistics.estimates import Estimate
from analytics.statistics.thresholds import ITEMS
from assessments.facts import Attempt
from curriculum.blueprints import Blueprint, Purpose
from curriculum.ids import BlueprintId, CompetencyId, ItemId
from curriculum.models import Programme
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub, require_in_hub, require_on_person
from store.ledger import Store
from store.questions import number_of

_ALL: Final = -1


@dataclass(frozen=True, slots=True)
class Share:
    """Points earned of those there were."""

    points: Fraction
    of_points: Fraction

    @property
    def share(self) -> Fraction:
        """Return 0 to 1."""
        return self.points / self.of_points


Shares = Mapping[CompetencyId, Share]
"""What one person earned in one quiz, by competency."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A quiz that somebody handed in: when, and what it earned."""

    at: datetime
    shares: Shares


@dataclass(frozen=True, slots=True)
class OwnGain:
    """One competency of one person before and after."""

    competency_id: CompetencyId
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class Gain:
    """One competency of all who took both quizzes and met it in both.

    Attributes:
        competency_id: The competency.
        n: How many people; None where that is hidden.
        n_up: How many earned a higher share after; None where that is hidden.
        n_same: The same share.
        n_down: A lower one.
        before: The mean share before, 0 to 1; None for too few people, or hidden.
        after: The mean share after.
        share_up: Of those whose share changed, how many it rose for, with the exact interval; None for too few.
        p: How often so uneven a split would happen by chance; None for too few.
    """

    competency_id: CompetencyId
    n: int | None
    n_up: int | None
    n_same: int | None
    n_down: int | None
    before: float | None = None
    after: float | None = None
    share_up: Estimate | None = None
    p: Estimate | None = None


@dataclass(frozen=True, slots=True)
class PairGains:
    """The gains from one quiz to its partner. `n_both` took both; `min_cell` is set where small numbers are hidden."""

    before: Blueprint
    after: Blueprint
    n_both: int | None
    rows: tuple[Gain, ...]
    min_cell: int | None = None


def pairs_of(programme: Programme) -> list[tuple[Blueprint, Blueprint]]:
    """Return each quiz before teaching with its partner on the same modules after it."""
    after = [blueprint for blueprint in programme.blueprints if blueprint.purpose is Purpose.POST]
    return [
        (before, partner)
        for before in programme.blueprints
        if before.purpose is Purpose.PRE
        for partner in after
        if set(partner.modules) == set(before.modules)
    ]


# ---------------------------------------------------------------- a hub


def see_gains(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> list[PairGains]:
    """Return the gains of a hub or of one cohort, by pair of quizzes.

    Who may not see single people's results sees the whole hub, with small numbers hidden and no test: of two cohorts
    one could be taken from the other.

    Raises:
        NotAllowedError: The actor may not see how the hub's people do, not even in numbers.
    """
    sees_people = may_in_hub(actor, Right.SEE, Record.RESULTS, hub_id)
    if not sees_people:
        require_in_hub(actor, Right.SEE_AGGREGATE, Record.READINESS, hub_id)
        cohort_id = None
    pairs = pairs_of(programme)
    if not pairs:
        return []
    asked = {
        "programme_id": programme.head.id,
        "hub_no": number_of(store, hub_id),
        "cohort_no": _ALL if cohort_id is None else number_of(store, cohort_id),
    }
    earned = _earned(programme, store.system_query("quiz_points", **asked))
    found = [_pair_gains(programme, before, after, earned) for before, after in pairs]
    return found if sees_people else [_hidden(one, programme.head.privacy.min_cell) for one in found]


def _earned(programme: Programme, rows: Iterable[Mapping[str, object]]) -> dict[tuple[BlueprintId, PersonId], _Taken]:
    points: dict[tuple[BlueprintId, PersonId], list[tuple[ItemId, int, int]]] = defaultdict(list)
    times: dict[tuple[BlueprintId, PersonId], datetime] = {}
    for row in rows:
        key = BlueprintId(str(row["blueprint_id"])), PersonId(_number(row["person_no"]))
        times[key] = cast(datetime, row["handed_at"])
        points[key].append((ItemId(str(row["item_id"])), _number(row["points"]), _number(row["max_points"])))
    return {key: _Taken(times[key], shares_of(programme, items)) for key, items in points.items()}


def _number(value: object) -> int:
    return int(str(value))


def shares_of(programme: Programme, items: Iterable[tuple[ItemId, int, int]]) -> dict[CompetencyId, Share]:
    """Return what was earned by competency; items that the programme has no more are left out.

    Args:
        programme: Says which competency an item asks for.
        items: Id, points and most points of each.
    """
    sums: dict[CompetencyId, list[int]] = {}
    for item_id, points, most in items:
        item = programme.item_by_id.get(item_id)
        if item is not None and most > 0:
            both = sums.setdefault(item.competency, [0, 0])
            both[0] += points
            both[1] += most
    return {id_: Share(Fraction(points), Fraction(most)) for id_, (points, most) in sums.items()}


def _pair_gains(
    programme: Programme,
    before: Blueprint,
    after: Blueprint,
    earned: Mapping[tuple[BlueprintId, PersonId], _Taken],
) -> PairGains:
    people = [person for quiz, person in earned if quiz == before.id and _took_after(earned, person, before, after)]
    pairs: dict[CompetencyId, list[tuple[Fraction, Fraction]]] = defaultdict(list)
    for person in people:
        then, now = earned[before.id, person].shares, earned[after.id, person].shares
        for id_ in then.keys() & now.keys():
            pairs[id_].append((then[id_].share, now[id_].share))
    order = [competency.id for competency in programme.iter_competencies() if competency.id in pairs]
    return PairGains(before, after, len(people), tuple(gain_of(id_, pairs[id_]) for id_ in order))


def _took_after(
    earned: Mapping[tuple[BlueprintId, PersonId], _Taken], person: PersonId, before: Blueprint, after: Blueprint
) -> bool:
    """Return whether somebody took the quiz after teaching, and took it after the other one.

    Whoever took them the other way round shows no gain.
    """
    later = earned.get((after.id, person))
    return later is not None and later.at > earned[before.id, person].at


def gain_of(competency_id: CompetencyId, pairs: Sequence[tuple[Fraction, Fraction]]) -> Gain:
    """Return the gain of people from their shares before and after; of few people counts alone.

    Source:
        Exact sign test and Clopper-Pearson interval: see `analytics.statistics.change`.
    """
    n, up, down = len(pairs), sum(b > a for a, b in pairs), sum(b < a for a, b in pairs)
    counts = Gain(competency_id, n, up, n - up - down, down)
    if n < ITEMS.shown:
        return counts
    share_up, p = up_or_down(up, down)
    means = [float(sum(shares, Fraction()) / n) for shares in zip(*pairs, strict=True)]
    return Gain(competency_id, n, up, n - up - down, down, means[0], means[1], share_up, p)


def _hidden(found: PairGains, min_cell: int) -> PairGains:
    """Return the gains as numbers of a hub: of less than `min_cell` people nothing, and no small number."""
    is_shown = found.n_both is not None and found.n_both >= min_cell
    rows = tuple(_hide(row, min_cell) for row in found.rows if row.n is not None and row.n >= min_cell)
    return PairGains(found.before, found.after, found.n_both if is_shown else None, rows if is_shown else (), min_cell)


def _hide(row: Gain, min_cell: int) -> Gain:
    counts = {"up": row.n_up or 0, "same": row.n_same or 0, "down": row.n_down or 0}
    shown = hide_small(counts, min_cell)
    if None not in shown.values():
        return row
    # A mean, a share or a p would give back what is hidden.
    return Gain(row.competency_id, row.n, shown["up"], shown["same"], shown["down"])


# ---------------------------------------------------------------- oneself


def see_own_gains(
    store: Store, actor: Actor, programme: Programme
) -> list[tuple[Blueprint, Blueprint, tuple[OwnGain, ...]]]:
    """Return what the acting person gained, for each pair of quizzes that they handed in both of.

    Raises:
        NotAllowedError: The actor has no results of their own.
    """
    require_on_person(actor, Right.SEE, Record.RESULTS, store.subject(actor.person_id))
    found: list[tuple[Blueprint, Blueprint, tuple[OwnGain, ...]]] = []
    for before, after in pairs_of(programme):
        first, second = (_own(store, actor, programme, quiz) for quiz in (before, after))
        if first is None or second is None or second.at <= first.at:
            continue
        then, now = first.shares, second.shares
        both = [one.id for one in programme.iter_competencies() if one.id in then and one.id in now]
        found.append((before, after, tuple(OwnGain(id_, then[id_], now[id_]) for id_ in both)))
    return found


def _own(store: Store, actor: Actor, programme: Programme, blueprint: Blueprint) -> _Taken | None:
    same = {"programme_id": programme.head.id, "blueprint_id": blueprint.id, "counts": True}
    attempts = store.list_facts(Attempt, actor.person_id, **same)
    if not attempts or attempts[0].n_unmarked:
        return None
    first = attempts[0]
    items = ((item.item_id, item.points, item.max_points) for item in first.items)
    return _Taken(first.occurred_at, shares_of(programme, items))
