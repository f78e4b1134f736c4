"""What each sample size bears, as data: below a threshold a figure is not shown, or shown as provisional."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Bearing(StrEnum):
    """What a sample bears: counts alone, provisional coefficients, or coefficients that may be acted upon."""

    COUNTS = "counts"
    PROVISIONAL = "provisional"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class ItemThresholds:
    """From how many people on figures of items and forms are borne.

    Source: simulated; docs/methods.md, "What a sample size bears".

    Attributes:
        shown: Shares are shown on the pages, as provisional.
        coefficients: Discriminations and alpha are shown, as provisional.
        flags: Items are flagged.
        omega: One-factor omega is fitted.
        omega_items: So many items it needs.
        pairs: Two items must have been answered by so many of the same people for their covariance to count.
        hard: A facility below it is flagged.
        easy: A facility above it is flagged.
        weak: An item-rest correlation whose interval lies wholly below it is flagged.
        option: So many must have chosen an option before its rest score is held against the key.
    """

    shown: int = 10
    coefficients: int = 30
    flags: int = 100
    omega: int = 100
    omega_items: int = 4
    pairs: int = 30
    hard: float = 0.2
    easy: float = 0.95
    weak: float = 0.2
    option: int = 10

    def bearing(self, n: int) -> Bearing:
        """Return what so many people bear."""
        return _bearing(n, self.coefficients, self.flags)


@dataclass(frozen=True, slots=True)
class RaterThresholds:
    """From how many doubly rated subjects on agreement is borne.

    Source: docs/methods.md, "What a sample size bears".

    Attributes:
        coefficients: Coefficients are shown, as provisional; below there is the table of counts alone.
        firm: Coefficients may be read.
        severity: So many ratings beside others' a rater needs for a severity.
        drift: So many for a drift.
        double_rated: The share of performances that two should rate.
        talk: A severity smaller than so many levels is not worth a talk, however sure it is.
    """

    coefficients: int = 10
    firm: int = 30
    severity: int = 5
    drift: int = 10
    double_rated: float = 0.15
    talk: float = 0.2

    def bearing(self, n: int) -> Bearing:
        """Return what so many doubly rated subjects bear."""
        return _bearing(n, self.coefficients, self.firm)


@dataclass(frozen=True, slots=True)
class FormThresholds:
    """When a form of a checklist costs more than it informs: it takes long, and most of its lines hardly ever vary.

    Attributes:
        forms: Below so many forms nothing is said.
        minutes: A median from here on is long.
        same_pct: A line of which so many in 100 have one level hardly varies.
        lines_pct: So many in 100 of the lines have to be like that.
    """

    forms: int = 20
    minutes: int = 8
    same_pct: int = 90
    lines_pct: int = 50


def _bearing(n: int, provisional: int, firm: int) -> Bearing:
    if n < provisional:
        return Bearing.COUNTS
    return Bearing.PROVISIONAL if n < firm else Bearing.FIRM


ITEMS: Final = ItemThresholds()
RATERS: Final = RaterThresholds()
FORMS: Final = FormThresholds()

COHORTS_TO_SHRINK: Final = 8
"""Fewer cohorts do not tell how much cohorts differ."""

READY_TO_FORECAST: Final = 20
"""So many people of past cohorts must have become ready before a forecast is made of them."""

CANDIDATES_FOR_BORDERLINE: Final = 20
"""Below, borderline regression is shown with the warning that its interval decides."""

JUDGES_FOR_A_CUT: Final = 3
"""Below, an Angoff cut is provisional."""
