"""Ratings of the same subjects by several raters, some of them missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.errors import TwiceRatedError, UnknownLevelError

MISSING = -1
"""Stands in `codes` where a rater did not rate a subject."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Who rated whom.

    Attributes:
        subjects: What was rated: an observation, a video, a person; the rows.
        raters: Who rated; the columns.
        levels: The scale, rising; texts in their order where levels are no numbers.
        codes: Shape (subject, rater): the number of the level from 0, or `MISSING`.
        clusters: The number, from 0, of what each subject belongs to; None where each stands for itself. Intervals
            over subjects then take those of one cluster together.
    """

    subjects: tuple[str, ...]
    raters: tuple[str, ...]
    levels: tuple[str, ...]
    codes: Ints
    clusters: Ints | None = None

    @classmethod
    def of(cls, records: Iterable[tuple[str, str, str]], levels: Sequence[str] = ()) -> "Ratings":
        """Return the ratings of records (subject, rater, level).

        Args:
            records: In any order; subjects and raters keep the order in which they first come. 3 and 3.0 are one level.
            levels: The whole scale, rising; without it the levels that were used, numbers by size, texts by name.

        Raises:
            TwiceRatedError: A rater rated a subject twice.
            UnknownLevelError: A rating is not on the scale.
        """
        given = [(subject, rater, _written(level)) for subject, rater, level in records]
        _require_once(given)
        scale = tuple(map(_written, levels)) or tuple(sorted({level for *_, level in given}, key=_by_size))
        if unknown := sorted({level for *_, level in given} - set(scale), key=_by_size):
            raise UnknownLevelError(unknown, list(scale))
        subjects = {name: i for i, name in enumerate(dict.fromkeys(subject for subject, *_ in given))}
        raters = {name: i for i, name in enumerate(dict.fromkeys(rater for _, rater, _ in given))}
        number = {level: i for i, level in enumerate(scale)}
        codes = np.full((len(subjects), len(raters)), MISSING, dtype=np.int64)
        for subject, rater, level in given:
            codes[subjects[subject], raters[rater]] = number[level]
        return cls(tuple(subjects), tuple(raters), scale, codes)

    @classmethod
    def of_table(cls, rows: Sequence[Sequence[float | None]], levels: Sequence[str] = ()) -> "Ratings":
        """Return the ratings of a table with a subject a row and a rater a column; None where there is no rating."""
        return cls.of(
            (
                (f"{i + 1}", f"{j + 1}", f"{value}")
                for i, row in enumerate(rows)
                for j, value in enumerate(row)
                if value is not None
            ),
            levels,
        )

    def within(self, cluster_of: Mapping[str, str | int]) -> "Ratings":
        """Return the same ratings, each subject in its cluster: lines of one person's forms are alike."""
        numbers = {name: i for i, name in enumerate(dict.fromkeys(cluster_of[one] for one in self.subjects))}
        clusters = np.array([numbers[cluster_of[one]] for one in self.subjects], dtype=np.int64)
        return replace(self, clusters=clusters)

    def clusters_of(self, kept: Floats) -> Ints | None:
        """Return the clusters of some of the subjects, those where `kept` is above 0; None without clusters."""
        return None if self.clusters is None else np.unique(self.clusters[kept > 0], return_inverse=True)[1]

    @property
    def is_numeric(self) -> bool:
        """Return whether every level is a number."""
        return all(_number(level) is not None for level in self.levels)

    @property
    def level_values(self) -> Floats:
        """Return the levels as numbers; where they are texts, their places from 1."""
        if self.is_numeric:
            return np.array([float(level) for level in self.levels])
        return np.arange(1.0, len(self.levels) + 1)

    @property
    def counts(self) -> Floats:
        """Return how many raters gave each level: shape (subject, level)."""
        found = np.zeros((len(self.subjects), len(self.levels)))
        subject, rater = np.nonzero(self.codes != MISSING)
        np.add.at(found, (subject, self.codes[subject, rater]), 1.0)
        return found

    @property
    def values(self) -> Floats:
        """Return the ratings as numbers: shape (subject, rater), NaN where there is none."""
        return np.where(self.codes == MISSING, np.nan, self.level_values[np.maximum(self.codes, 0)])

    @property
    def n_ratings(self) -> int:
        """Return how many ratings there are."""
        return int((self.codes != MISSING).sum())

    @property
    def n_doubly_rated(self) -> int:
        """Return how many subjects have two ratings or more."""
        return int(((self.codes != MISSING).sum(axis=1) >= 2).sum())

    @property
    def n_levels_used(self) -> int:
        """Return how many of the levels anybody gave."""
        return len(np.unique(self.codes[self.codes != MISSING]))

    def pair_tables(self, one: int, other: int) -> Ints:
        """Return `pair_counts` of each cluster of subjects: shape (cluster, level, level)."""
        both = (self.codes[:, one] != MISSING) & (self.codes[:, other] != MISSING)
        clusters = np.arange(len(self.subjects)) if self.clusters is None else self.clusters
        numbers = np.unique(clusters[both], return_inverse=True)[1]
        size = len(self.levels)
        found = np.zeros((int(numbers.max(initial=-1)) + 1, size, size), dtype=np.int64)
        np.add.at(found, (numbers, self.codes[both, one], self.codes[both, other]), 1)
        return found

    def pair_counts(self, one: int, other: int) -> Ints:
        """Return how often two raters (columns) gave which levels to the same subject: shape (level, level)."""
        both = (self.codes[:, one] != MISSING) & (self.codes[:, other] != MISSING)
        found = np.zeros((len(self.levels), len(self.levels)), dtype=np.int64)
        np.add.at(found, (self.codes[both, one], self.codes[both, other]), 1)
        return found


def _require_once(records: Sequence[tuple[str, str, str]]) -> None:
    counted = Counter((subject, rater) for subject, rater, _ in records)
    twice = [pair for pair, n in counted.items() if n > 1]
    if twice:
        raise TwiceRatedError(twice)


def _number(level: str) -> float | None:
    try:
        number = float(level)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _written(level: str) -> str:
    number = _number(level)
    return level if number is None else f"{number:.12g}"


def _by_size(level: str) -> tuple[bool, float, str]:
    number = _number(level)
    return (number is None, number or 0.0, level)
