"""What a measurement found, beside what, and whether the design's figure is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table.

    Attributes:
        what: What was measured.
        ours: The figure with its unit.
        beside: What it stands beside, with its figure; empty when there is only a target.
        ratio: Ours divided by the other, None where that says nothing.
        target: The figure of the design, empty when it names none.
        is_reached: Whether the target is reached, None without a target.
    """

    what: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    target: str = ""
    is_reached: bool | None = None


def at_most(what: str, ours: float, other: float, *, unit: str, beside: str, limit: float | None = None) -> Result:
    """Return a line whose ratio should be at most `limit`."""
    ratio = ours / other
    return Result(
        what,
        f"{ours:.3g} {unit}",
        f"{beside} {other:.3g} {unit}",
        ratio,
        f"≤ {limit:g} ×" if limit is not None else "",
        ratio <= limit if limit is not None else None,
    )


def within(what: str, ours: float, limit: float, *, unit: str) -> Result:
    """Return a line whose figure should be at most `limit`."""
    return Result(what, f"{ours:.3g} {unit}", target=f"≤ {limit:g} {unit}", is_reached=ours <= limit)


def percentile(values: Sequence[float], pct: int) -> float:
    """Return a percentile, 1 to 99, of at least two values."""
    return quantiles(values, n=100, method="inclusive")[pct - 1]
