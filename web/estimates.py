"""Figures with their interval in the reader's words: never a bare number, never a 0 for what is not known."""

from analytics.figures import number_text
from analytics.statistics.estimates import Estimate, Interval
from web.sentences import say
from web.texts import _


def estimate_text(estimate: Estimate, digits: int = 0) -> str:
    """Return `14 (9 to 21)`, `9 to not yet known`, or why there is no figure; `digits` stand after the point."""
    interval = estimate.interval
    if estimate.value is None:
        is_begun = interval is not None and interval.low is not None
        return interval_text(interval, digits) if interval is not None and is_begun else because_text(estimate)
    shown = number_text(estimate.value, digits)
    return f"{shown} ({interval_text(interval, digits)})" if interval else shown


def share_text(estimate: Estimate) -> str:
    """Return a share as `75 % (42 to 93 %)`, or why there is none."""
    if estimate.value is None:
        return because_text(estimate)
    shown = f"{number_text(estimate.value * 100, 0)} %"
    interval = estimate.interval.map(lambda end: end * 100) if estimate.interval else None
    return f"{shown} ({interval_text(interval, 0)} %)" if interval else shown


def because_text(estimate: Estimate) -> str:
    """Return why there is no figure, without a stop."""
    if estimate.because is None:
        return _("not computable")
    return _("not computable, because {why}").format(why=say(estimate.because))


def interval_text(interval: Interval, digits: int) -> str:
    """Return the two ends as `42 to 93`; one that the data do not bear is "not yet known"."""
    low, high = (
        _("not yet known") if end is None else number_text(end, digits) for end in (interval.low, interval.high)
    )
    return _("{low} to {high}").format(low=low, high=high)
