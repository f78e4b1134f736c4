"""Marks as a small table, and what is counted of it, written plainly and with sorting."""

from collections.abc import Sequence
from pathlib import Path

from assessments.item_sums import FormSums, ItemSums, TotalCount
from tests.analytics.statistics.published import PATTERNS

Marks = Sequence[Sequence[float | None]]
"""A person a row, an item a column; None where the person did not have the item."""


def lsat(frequencies: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the people of a table of patterns, one by one."""
    return [pattern for pattern, n in zip(PATTERNS, frequencies, strict=True) for _ in range(n)]


def sums_of(marks: Marks, max_marks: Sequence[float]) -> FormSums:
    """Return what is counted of a table of marks."""
    totals = [sum(mark for mark in row if mark is not None) for row in marks]
    return FormSums(
        items=tuple(_item(f"q{i + 1}", i, marks, totals, max_marks[i]) for i in range(len(max_marks))),
        options=(),
        totals=tuple(TotalCount(total, totals.count(total)) for total in sorted(set(totals))),
        n_people=len(marks),
        n_incomplete=sum(None in row for row in marks),
    )


def _item(name: str, place: int, marks: Marks, totals: Sequence[float], max_mark: float) -> ItemSums:
    pairs = [
        (row[place], total - row[place]) for row, total in zip(marks, totals, strict=True) if row[place] is not None
    ]
    ours, rests = [mark for mark, _ in pairs], [rest for _, rest in pairs]
    return ItemSums(
        item=name,
        max_mark=max_mark,
        n=len(pairs),
        n_full=ours.count(max_mark),
        n_zero=ours.count(0),
        mean=sum(ours) / len(ours),
        mean_rest=sum(rests) / len(rests),
        mark_variance=_covariance(ours, ours),
        rest_variance=_covariance(rests, rests),
        covariance=_covariance(ours, rests),
        largest_covariance=_covariance(sorted(ours), sorted(rests)),
    )


def _covariance(one: Sequence[float], other: Sequence[float]) -> float | None:
    n = len(one)
    if n < 2:
        return None
    mean_one, mean_other = sum(one) / n, sum(other) / n
    return sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True)) / (n - 1)


def write_marks(path: Path, marks: Marks, max_marks: Sequence[float], options: str = "") -> Path:
    """Write a table of marks as a file of responses; `options` names the responses for wrong and right, such as BA."""
    lines = ["person,item,mark,max_mark" + (",response,key" if options else "")]
    for person, row in enumerate(marks):
        for i, mark in enumerate(row):
            if mark is not None:
                given = f",{options[int(mark)]},{options[1]}" if options else ""
                lines.append(f"p{person},q{i + 1},{mark},{max_marks[i]}{given}")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
