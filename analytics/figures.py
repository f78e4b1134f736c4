"""Figures as they are printed: for programs with all digits, for people with few and with their interval."""

from collections.abc import Sequence
from typing import Any

from analytics.statistics.estimates import Estimate, Interval


def interval_json(interval: Interval | None) -> list[float | None] | None:
    """Return the two ends, each None when it is not known; None without an interval."""
    return None if interval is None else [interval.low, interval.high]


def figure_json(estimate: Estimate) -> dict[str, Any]:
    """Return a figure with all that stands beside it."""
    return {
        "value": estimate.value,
        "interval": interval_json(estimate.interval),
        "interval_method": estimate.interval.method.value if estimate.interval else None,
        "confidence": estimate.interval.confidence if estimate.interval else None,
        "se": estimate.se,
        "n": estimate.n,
        "method": estimate.method.value,
        "because": estimate.because.text() if estimate.because else None,
    }


def figure_text(estimate: Estimate, digits: int = 2, scale: float = 1.0) -> str:
    """Return a figure as people read it: `.75 (.42 to .93)`, or "not computable, because …".

    Args:
        estimate: The figure.
        digits: After the point.
        scale: What to multiply by first; 100 for per cent.
    """
    if estimate.value is None:
        because = f", because {estimate.because.text()}" if estimate.because else ""
        return f"not computable{because}"
    shown = number_text(estimate.value * scale, digits)
    return shown + (f" ({range_text(estimate.interval, digits, scale)})" if estimate.interval else "")


def range_text(interval: Interval, digits: int = 2, scale: float = 1.0) -> str:
    """Return an interval as people read it: `.42 to .93`, or `9 to not yet known`."""
    ends = (
        "not yet known" if end is None else number_text(end * scale, digits) for end in (interval.low, interval.high)
    )
    return " to ".join(ends)


def number_text(value: float, digits: int = 2) -> str:
    """Return a number with so many digits after the point, never a negative zero."""
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text


def columns_text(rows: Sequence[Sequence[str]], n_left: int = 1) -> list[str]:
    """Return rows of text as lines with columns below each other: the first `n_left` to the left, the others right."""
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(_placed(row, widths, n_left)).rstrip() for row in rows]


def _placed(row: Sequence[str], widths: Sequence[int], n_left: int) -> list[str]:
    pairs = enumerate(zip(row, widths, strict=True))
    return [cell.ljust(width) if i < n_left else cell.rjust(width) for i, (cell, width) in pairs]
