"""Small numbers are hidden from who may not see people one by one, and so are those that would give them away."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def hide_small(counts: Mapping[K, int], min_cell: int) -> dict[K, int | None]:
    """Return the counts, with None for each that is small; where one alone would be hidden, the next smallest is too.

    Nothing is no small number: zero is shown.

    Args:
        counts: How many by kind; their sum may be known.
        min_cell: The smallest number that is shown.
    """
    hidden = {key for key, n in counts.items() if 0 < n < min_cell}
    others = sorted((n, place, key) for place, (key, n) in enumerate(counts.items()) if n >= min_cell)
    if len(hidden) == 1 and others:
        hidden.add(others[0][2])
    return {key: None if key in hidden else n for key, n in counts.items()}


def shown_part(n: int, total: int, min_cell: int) -> int | None:
    """Return how many of a total, or None when they or the rest are few."""
    return None if 0 < n < min_cell or 0 < total - n < min_cell else n


def shown_total(n: int, min_cell: int) -> int | None:
    """Return how many, or None when they are few."""
    return None if 0 < n < min_cell else n
