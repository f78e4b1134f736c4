"""Covariances of pairs of items, also where each person answered other items."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.thresholds import ITEMS, ItemThresholds
from curriculum.phrases import N_, Phrase

MarkColumns = tuple[Ints, Ints, Floats]
"""Person and item, both from 0, and mark: one row for each response."""


@dataclass(frozen=True, slots=True)
class PairSums:
    """Shape (item, item): how many people have both items, and the covariance over them; NaN below two people."""

    n: Floats
    covariance: Floats


def pair_covariances(chunks: Iterable[MarkColumns], n_items: int) -> PairSums:
    """Return the covariance of each pair of items over the people who have both.

    Args:
        chunks: The marks, all of a person's in the same chunk; person numbers begin at 0 in each.
        n_items: Item numbers are below it.
    """
    n, sums, products = (np.zeros((n_items, n_items)) for _ in range(3))
    for person, item, mark in chunks:
        n_people = int(person.max()) + 1 if person.size else 0
        answered, marks = np.zeros((n_people, n_items)), np.zeros((n_people, n_items))
        answered[person, item] = 1.0
        marks[person, item] = mark
        n += answered.T @ answered
        sums += marks.T @ answered
        products += marks.T @ marks
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = np.where(n > 1, (products - sums * sums.T / n) / (n - 1), np.nan)
    return PairSums(n, covariance)


def mean_inter_item_covariance(pairs: PairSums, thresholds: ItemThresholds = ITEMS) -> Estimate:
    """Return the mean covariance of pairs of items that enough people have both of, in squared marks.

    It says whether items go together where each person answered other items, and no form has an alpha.

    Returns:
        `n` counts the pairs, not the people.
    """
    upper = np.triu_indices(pairs.n.shape[0], 1)
    enough = pairs.n[upper] >= thresholds.pairs
    n_pairs = int(enough.sum())
    if n_pairs == 0:
        return not_computable(0, Method.COUNTED, no_pairs(thresholds))
    return Estimate(float(pairs.covariance[upper][enough].mean()), n_pairs, Method.COUNTED)


def no_pairs(thresholds: ItemThresholds) -> Phrase:
    """Return why there is no mean covariance where no pair of items has enough people."""
    return N_("no two items were answered by {need} of the same people", need=thresholds.pairs)
