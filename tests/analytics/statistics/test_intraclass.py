"""Intraclass correlations, and how many raters would be enough."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.statistics.errors import RangeError
from analytics.statistics.estimates import Estimate, Interval, Method
from analytics.statistics.intraclass import intraclass_correlations, spearman_brown
from analytics.statistics.rater_needs import rater_need
from tests.analytics.statistics.published import SHROUT_FLEISS, SHROUT_FLEISS_ICC


@pytest.mark.parametrize("form", SHROUT_FLEISS_ICC)
def test_six_targets_and_four_judges_give_the_published_correlations(form: str) -> None:
    found: Estimate = getattr(intraclass_correlations(np.array(SHROUT_FLEISS, dtype=float)), form)
    assert found.interval is not None
    assert (found.value, found.interval.low, found.interval.high) == pytest.approx(SHROUT_FLEISS_ICC[form], abs=1e-11)


def test_with_missing_ratings_the_one_way_forms_take_every_pair_and_the_others_whole_rows() -> None:
    ratings = np.array([*SHROUT_FLEISS, (5, 4, np.nan, np.nan), (8, np.nan, np.nan, np.nan)], dtype=float)
    found = intraclass_correlations(ratings)
    assert (found.one_way.n, found.random.n) == (7, 6)
    assert found.random.value == pytest.approx(SHROUT_FLEISS_ICC["random"][0])
    assert found.k == pytest.approx((26 - (6 * 16 + 4) / 26) / 6)


def test_raters_who_agree_wholly_have_1_throughout() -> None:
    found = intraclass_correlations(np.array([[1.0, 1], [2, 2], [4, 4]]))
    values = [found.one_way, found.one_way_mean, found.random, found.random_mean, found.fixed, found.fixed_mean]
    assert [one.value for one in values] == [1.0] * 6


@pytest.mark.parametrize("rows", [[[3.0, 3], [3, 3], [3, 3]], [[1.0, 2]], [[1.0], [2.0]]])
def test_where_there_is_nothing_to_compare_a_reason_stands(rows: list[list[float]]) -> None:
    found = intraclass_correlations(np.array(rows))
    assert found.one_way.value is None
    assert found.fixed.value is None
    assert found.one_way.because is not None
    assert found.fixed.because is not None


def test_subjects_who_do_not_differ_have_no_average_form() -> None:
    found = intraclass_correlations(np.array([[1.0, 3], [3, 1], [2, 2]]))
    assert found.one_way.value == pytest.approx(-1)
    assert found.one_way_mean.because is not None
    assert found.one_way_mean.because.text() == "the subjects do not differ at all"


def test_more_raters_are_worth_what_spearman_and_brown_say() -> None:
    assert spearman_brown(0.68, 2) == pytest.approx(0.8095, abs=5e-5)
    assert spearman_brown(0.68, 3) == pytest.approx(0.8644, abs=5e-5)


def _single(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, 12, Method.VARIANCE_RATIO, Interval(low, high, Method.VARIANCE_RATIO))


def test_enough_is_a_range_and_may_have_no_upper_end() -> None:
    need = rater_need(_single(0.5, -0.1, 0.8), n_subjects=12, n_ratings=24, target=0.75)
    assert need is not None
    assert (need.fewest, need.likely, need.most) == (1, 3, None)
    assert need.more_observations == (0, None)
    assert [round(one.value, 3) for one in need.expected[:3]] == [0.5, 0.667, 0.75]
    assert need.expected[0].low == 0.0


def test_more_observations_are_counted_for_the_subjects_there_are() -> None:
    need = rater_need(_single(0.4, 0.3, 0.5), n_subjects=10, n_ratings=15, target=0.75)
    assert need is not None
    assert (need.fewest, need.most, need.more_observations) == (3, 7, (15, 55))


@given(value=st.floats(0.05, 0.95), target=st.floats(0.1, 0.95))
def test_so_many_are_enough_and_one_fewer_is_not(value: float, target: float) -> None:
    need = rater_need(_single(value, value, value), 10, 10, target)
    assert need is not None
    if need.likely is not None:
        assert spearman_brown(value, need.likely) >= target - 1e-9
        assert need.likely == 1 or spearman_brown(value, need.likely - 1) < target


def test_a_target_that_cannot_be_is_refused() -> None:
    with pytest.raises(RangeError):
        rater_need(_single(0.5, 0.4, 0.6), 10, 10, target=1.0)
