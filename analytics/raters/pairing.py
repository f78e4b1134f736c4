"""Who should rate with whom next: link those whom nothing links, then those who rated together least."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import ceil
from typing import Final

from people.models import PersonId

MOST: Final = 3
"""So many proposals at once: more would not be done before the next look."""


class Why(StrEnum):
    """Why two should rate together."""

    LINKS = "links"
    NEVER = "never"
    FEWEST = "fewest"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two raters who should rate the same session next.

    Attributes:
        one: The one.
        other: The other.
        why: The reason.
        n_together: Performances that both rated.
        n_shared: People whom both are given to train; with 0 somebody has to be given to both first.
    """

    one: PersonId
    other: PersonId
    why: Why
    n_together: int
    n_shared: int


Pair = tuple[PersonId, PersonId]


def pair_of(one: PersonId, other: PersonId) -> Pair:
    """Return two people as the one pair they are."""
    return (one, other) if one <= other else (other, one)


def count_together(raters_of: Iterable[frozenset[PersonId]]) -> Counter[Pair]:
    """Return how many performances each two raters both rated."""
    return Counter(pair_of(*pair) for raters in raters_of for pair in combinations(sorted(raters), 2))


def linked_groups(raters: Iterable[PersonId], pairs: Iterable[Pair]) -> dict[PersonId, int]:
    """Return the number, from 1, of each rater's group: linked by performances they share, also through others."""
    group = {rater: number for number, rater in enumerate(sorted(raters), start=1)}
    for one, other in pairs:
        if one in group and other in group and group[one] != group[other]:
            kept, gone = sorted((group[one], group[other]))
            group = {rater: kept if number == gone else number for rater, number in group.items()}
    numbers = {number: place for place, number in enumerate(sorted(set(group.values())), start=1)}
    return {rater: numbers[number] for rater, number in group.items()}


def until_target(n_double: int, n: int, target: float) -> int:
    """Return how many of the next performances two would have to rate, one after the other, to reach the share."""
    return max(0, ceil((target * n - n_double) / (1 - target) - 1e-9))


def propose_pairs(shared: Mapping[Pair, int], together: Counter[Pair], *, is_enough: bool) -> tuple[Proposal, ...]:
    """Return who should rate with whom next, the most useful first.

    First come pairs that link two groups, then those who rated together least; with people in common before those
    without, and each rater once before anybody twice.

    Args:
        shared: Each two of today's trainers: how many people both are given to train.
        together: How many performances each two rated.
        is_enough: Whether the share rated by two is reached: then only what links groups is proposed.
    """
    trainers = {one for pair in shared for one in pair}
    links = [pair for pair, n in together.items() if n]
    found: list[Proposal] = []
    while len(found) < MOST:
        groups = linked_groups(trainers, links)
        busy = Counter(one for proposal in found for one in (proposal.one, proposal.other))
        taken = {(proposal.one, proposal.other) for proposal in found}
        left = [pair for pair in shared if pair not in taken and not (is_enough and _is_linked(groups, pair))]
        if not left:
            break
        best = min(left, key=_rank(groups, busy, shared, together))
        found.append(Proposal(*best, _why(groups, best, together[best]), together[best], shared[best]))
        links.append(best)
    return tuple(found)


def _is_linked(groups: Mapping[PersonId, int], pair: Pair) -> bool:
    return groups[pair[0]] == groups[pair[1]]


def _rank(
    groups: Mapping[PersonId, int], busy: Counter[PersonId], shared: Mapping[Pair, int], together: Counter[Pair]
) -> Callable[[Pair], tuple[bool, bool, int, int, int, Pair]]:
    def rank(pair: Pair) -> tuple[bool, bool, int, int, int, Pair]:
        n_busy = busy[pair[0]] + busy[pair[1]]
        return _is_linked(groups, pair), not shared[pair], n_busy, together[pair], -shared[pair], pair

    return rank


def _why(groups: Mapping[PersonId, int], pair: Pair, n_together: int) -> Why:
    if not _is_linked(groups, pair):
        return Why.LINKS
    return Why.FEWEST if n_together else Why.NEVER
