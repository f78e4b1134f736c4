"""Shares of cohorts side by side, shrunk."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.statistics.errors import CountError, ShapeError
from analytics.statistics.shrinkage import shrink_shares

TOTALS = (12, 14, 8, 15, 9, 12, 15, 12, 20, 9, 16, 8)
READY = (9, 12, 5, 7, 3, 10, 11, 8, 14, 6, 9, 4)


def test_each_share_moves_towards_what_cohorts_have_in_common() -> None:
    found = shrink_shares(READY, TOTALS)
    assert found.common is not None
    middle = found.common.a / (found.common.a + found.common.b)
    for one in found.cohorts:
        raw, shrunk = one.raw.value or 0, one.shrunk.value or 0
        assert min(raw, middle) <= shrunk <= max(raw, middle)
        assert one.shrunk.interval is not None
        assert one.shrunk.interval.confidence == 0.9


def test_shrunk_shares_lie_nearer_to_the_truth() -> None:
    rng = np.random.default_rng(11)
    raw_error = shrunk_error = 0.0
    for _ in range(40):
        totals = rng.integers(8, 21, 12)
        truth = rng.beta(6, 3, 12)
        found = shrink_shares(rng.binomial(totals, truth).tolist(), totals.tolist())
        raw_error += float(
            sum(((one.raw.value or 0) - true) ** 2 for one, true in zip(found.cohorts, truth, strict=True))
        )
        shrunk_error += float(
            sum(((one.shrunk.value or 0) - true) ** 2 for one, true in zip(found.cohorts, truth, strict=True))
        )
    assert (shrunk_error / raw_error) ** 0.5 < 0.9


def test_seven_cohorts_are_not_shrunk_and_told_why() -> None:
    found = shrink_shares(READY[:7], TOTALS[:7])
    assert found.common is None
    assert found.because is not None
    assert found.because.text() == "8 cohorts are needed to see how cohorts differ; there are 7"
    assert all(one.shrunk.value is None and one.raw.value is not None for one in found.cohorts)


@settings(deadline=None, max_examples=15)
@given(ready=st.lists(st.integers(0, 12), min_size=8, max_size=14))
def test_the_order_of_cohorts_changes_nothing(ready: list[int]) -> None:
    forth, back = shrink_shares(ready, [12] * len(ready)), shrink_shares(ready[::-1], [12] * len(ready))
    for one, other in zip(forth.cohorts, back.cohorts[::-1], strict=True):
        assert one.shrunk.value == pytest.approx(other.shrunk.value, abs=1e-5)


def test_all_ready_everywhere_is_fitted_without_running_away() -> None:
    found = shrink_shares([10] * 9, [10] * 9)
    assert found.common is not None
    assert found.common.a < 1e4
    assert 0.9 < (found.cohorts[0].shrunk.value or 0) < 1


def test_shares_that_cannot_be_are_refused() -> None:
    with pytest.raises(CountError):
        shrink_shares([13, *READY[1:]], TOTALS)
    with pytest.raises(ShapeError):
        shrink_shares(READY, TOTALS[1:])
