"""Forms that cost more than they inform: they take long, and most of their lines hardly ever vary."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from analytics.statistics.thresholds import FORMS, FormThresholds

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FormBurden:
    """What the forms of one checklist took and told.

    Attributes:
        checklist_id: The checklist.
        n: Forms submitted.
        median_minutes: Half of them took no longer, from opening to submitting.
        n_lines: Lines that were given levels often enough to say whether they vary.
        n_same: Of these, lines that nearly always have one level.
        is_borne: Whether there are enough forms to say anything.
        is_costly: Whether the forms cost more than they inform.
    """

    checklist_id: str
    n: int
    median_minutes: float
    n_lines: int
    n_same: int
    is_borne: bool
    is_costly: bool


def weigh_forms(forms: Iterable[Row], levels: Iterable[Row], rule: FormThresholds = FORMS) -> tuple[FormBurden, ...]:
    """Return what the forms of each checklist cost and tell, the costly first, then the longest.

    Args:
        forms: Rows with `checklist_id` and `seconds`.
        levels: Rows with `checklist_id`, `line_id`, `level` and `n`.
        rule: When a form costs more than it informs.
    """
    seconds: dict[str, list[int]] = defaultdict(list)
    for row in forms:
        seconds[row["checklist_id"]].append(row["seconds"])
    given: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in levels:
        given[row["checklist_id"]][row["line_id"]].append(row["n"])
    found = [_weigh(name, took, list(given[name].values()), rule) for name, took in seconds.items()]
    return tuple(sorted(found, key=lambda one: (not one.is_costly, -one.median_minutes, one.checklist_id)))


def _weigh(checklist_id: str, seconds: list[int], lines: list[list[int]], rule: FormThresholds) -> FormBurden:
    minutes = median(seconds) / 60
    borne = [counts for counts in lines if sum(counts) >= rule.forms]
    n_same = sum(1 for counts in borne if 100 * max(counts) >= rule.same_pct * sum(counts))
    is_borne = len(seconds) >= rule.forms
    hardly_varies = bool(borne) and 100 * n_same >= rule.lines_pct * len(borne)
    is_costly = is_borne and minutes >= rule.minutes and hardly_varies
    return FormBurden(checklist_id, len(seconds), minutes, len(borne), n_same, is_borne, is_costly)
