"""Proportions of few people."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.statistics.errors import CountError, RangeError
from analytics.statistics.estimates import Estimate
from analytics.statistics.proportions import HALF, clopper_pearson, jeffreys, mastery_probability, wilson
from analytics.statistics.quantiles import normal_quantile, t_quantile
from tests.analytics.statistics.published import PROPORTIONS

INTERVALS = [wilson, jeffreys, clopper_pearson]


def _ends(estimate: Estimate) -> tuple[float | None, float | None]:
    assert estimate.interval is not None
    return estimate.interval.low, estimate.interval.high


@pytest.mark.parametrize("row", PROPORTIONS, ids=lambda row: f"{row[0]} of {row[1]}")
def test_published_intervals(row: tuple[int, int, object, object, object]) -> None:
    k, n, *expected = row
    for interval, ends in zip(INTERVALS, expected, strict=True):
        assert _ends(interval(k, n)) == pytest.approx(ends, abs=1e-12)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(9, 12, 46.8, 91.1), (12, 12, 75.8, 100), (5, 8, 30.6, 86.3), (54, 59, 81.6, 96.3)]
)
def test_pass_rates_of_small_cohorts(k: int, n: int, low: float, high: float) -> None:
    ends = _ends(wilson(k, n))
    assert [round(100 * (end or 0), 1) for end in ends] == [low, high]


@given(n=st.integers(1, 400), data=st.data())
def test_an_interval_holds_its_share_and_stays_within_0_and_1(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    for interval in INTERVALS:
        found = interval(k, n)
        assert found.interval is not None
        assert found.interval.holds(k / n)
        assert found.interval.holds(0.0) or k > 0
        assert 0 <= (found.interval.low or 0) <= (found.interval.high or 0) <= 1


@given(n=st.integers(1, 100), data=st.data())
def test_counting_those_who_did_not_mirrors_the_interval(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    for interval in INTERVALS:
        low, high = _ends(interval(k, n))
        mirrored_low, mirrored_high = _ends(interval(n - k, n))
        assert (1 - (high or 0), 1 - (low or 0)) == pytest.approx((mirrored_low, mirrored_high), abs=1e-12)


@pytest.mark.parametrize("interval", INTERVALS)
def test_nobody_has_no_share(interval: Callable[[int, int], Estimate]) -> None:
    assert interval(0, 0).value is None


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, -1)])
@pytest.mark.parametrize("interval", INTERVALS)
def test_counts_that_cannot_be_are_refused(interval: Callable[[int, int], Estimate], k: int, n: int) -> None:
    with pytest.raises(CountError):
        interval(k, n)


@pytest.mark.parametrize("confidence", [0, 1, 1.5])
def test_a_confidence_that_cannot_be_is_refused(confidence: float) -> None:
    with pytest.raises(RangeError, match="expected between 0 and 1"):
        wilson(1, 2, confidence)


@pytest.mark.parametrize(
    ("k", "n", "flat", "half"),
    [
        (8, 10, 0.3825984512, 0.4665040448384),
        (10, 10, 0.91410065408, 0.9676125883247),
        (17, 20, 0.6296239666451, 0.6969538400389),
    ],
)
def test_the_probability_of_mastery_depends_on_the_prior_that_is_shown(
    k: int, n: int, flat: float, half: float
) -> None:
    assert mastery_probability(k, n, 0.8).value == pytest.approx(flat, abs=1e-12)
    assert mastery_probability(k, n, 0.8, HALF).value == pytest.approx(half, abs=1e-12)


def test_without_an_answer_mastery_is_what_the_prior_says() -> None:
    assert mastery_probability(0, 0, 0.8).value == pytest.approx(0.2)


def test_quantiles() -> None:
    assert normal_quantile() == pytest.approx(1.959963984540054)
    assert t_quantile(4) == pytest.approx(2.7764451051977987)
