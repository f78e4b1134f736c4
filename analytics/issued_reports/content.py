"""What a report holds, and how it stands in the fact for good: JSON that says all by itself, whatever changes later."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class ReportCell:
    """How many people have these values, one for each dimension; `n` None where it is hidden."""

    values: tuple[str, ...]
    n: int | None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table: a breakdown by all its dimensions, or by some of them (a margin)."""

    dimensions: tuple[str, ...]
    cells: tuple[ReportCell, ...]


@dataclass(frozen=True, slots=True)
class ReportBreakdown:
    """One question, such as where people stand: its table and the margins.

    Attributes:
        key: What it is called for programs, such as `status` or `gate/quizzes`.
        title: What it is called for people, in the words of the day of issue.
        tables: The whole table first.
        n_small: How many cells are hidden because they are small.
        n_besides: How many more are hidden so that those cannot be worked out from this report.
        n_earlier: How many of these only because of reports that were issued before.
    """

    key: str
    title: str
    tables: tuple[ReportTable, ...]
    n_small: int
    n_besides: int
    n_earlier: int


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report.

    Attributes:
        report_no: Of the hub, from 1.
        hub_id: The hub.
        hub_title: Its name on the day of issue.
        programme_id: The programme.
        programme_title: Its name.
        version: The versions of those who are counted.
        as_of: The instant that all figures are of.
        position: The number of the last fact they rest on.
        min_cell: The smallest number shown.
        n_people: How many people are counted, those who have left among them.
        words: What the values of dimensions are called.
        breakdowns: The figures.
        left_out: Titles of breakdowns that reports issued before would have opened.
        not_compared: Numbers of earlier reports that the records no longer bear out, so that nothing was held
            against them.
    """

    report_no: int
    hub_id: str
    hub_title: str
    programme_id: str
    programme_title: str
    version: str
    as_of: datetime
    position: int
    min_cell: int
    n_people: int
    words: Mapping[str, str]
    breakdowns: tuple[ReportBreakdown, ...]
    left_out: tuple[str, ...] = ()
    not_compared: tuple[int, ...] = ()

    @property
    def n_hidden(self) -> int:
        """Return how many cells are hidden."""
        return sum(one.n_small + one.n_besides for one in self.breakdowns)

    def breakdown(self, key: str) -> ReportBreakdown | None:
        """Return the breakdown of a key, or None when the report has none."""
        return next((one for one in self.breakdowns if one.key == key), None)


def to_text(content: ReportContent) -> str:
    """Return the report as it is kept."""
    written: dict[str, Any] = {
        "format": _FORMAT,
        "report_no": content.report_no,
        "hub": content.hub_id,
        "hub_title": content.hub_title,
        "programme": content.programme_id,
        "programme_title": content.programme_title,
        "version": content.version,
        "as_of": content.as_of.isoformat(),
        "ledger_position": content.position,
        "min_cell": content.min_cell,
        "n_people": content.n_people,
        "words": dict(content.words),
        "breakdowns": [_written(one) for one in content.breakdowns],
        "left_out": list(content.left_out),
        "not_compared": list(content.not_compared),
    }
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _written(breakdown: ReportBreakdown) -> dict[str, Any]:
    return {
        "key": breakdown.key,
        "title": breakdown.title,
        "n_small": breakdown.n_small,
        "n_besides": breakdown.n_besides,
        "n_earlier": breakdown.n_earlier,
        "tables": [
            {"by": list(table.dimensions), "cells": [[list(cell.values), cell.n] for cell in table.cells]}
            for table in breakdown.tables
        ],
    }


def of_text(text: str) -> ReportContent:
    """Return the report that was kept."""
    read: Mapping[str, Any] = json.loads(text)
    return ReportContent(
        report_no=read["report_no"],
        hub_id=read["hub"],
        hub_title=read["hub_title"],
        programme_id=read["programme"],
        programme_title=read["programme_title"],
        version=read["version"],
        as_of=datetime.fromisoformat(read["as_of"]),
        position=read["ledger_position"],
        min_cell=read["min_cell"],
        n_people=read["n_people"],
        words=read["words"],
        breakdowns=tuple(_breakdown(one) for one in read["breakdowns"]),
        left_out=tuple(read["left_out"]),
        not_compared=tuple(read["not_compared"]),
    )


def _breakdown(read: Mapping[str, Any]) -> ReportBreakdown:
    return ReportBreakdown(
        key=read["key"],
        title=read["title"],
        tables=tuple(ReportTable(tuple(one["by"]), tuple(_cells(one["cells"]))) for one in read["tables"]),
        n_small=read["n_small"],
        n_besides=read["n_besides"],
        n_earlier=read["n_earlier"],
    )


def _cells(read: Iterable[tuple[list[str], int | None]]) -> Iterable[ReportCell]:
    return (ReportCell(tuple(values), n) for values, n in read)
