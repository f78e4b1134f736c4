"""Paired change between two assessments."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.statistics.change import count_transitions, paired_change, sign_test
from analytics.statistics.errors import RangeError, ShapeError


def test_people_are_counted_by_where_they_were_and_where_they_are() -> None:
    assert count_transitions([(1, 3), (1, 3), (2, 2), (4, 3)]) == (
        (0, 0, 2, 0),
        (0, 1, 0, 0),
        (0, 0, 0, 0),
        (0, 0, 1, 0),
    )


def test_nine_up_and_one_down_are_told_with_the_exact_probability() -> None:
    counts = ((1, 4, 2, 0), (0, 3, 3, 0), (0, 1, 2, 0), (0, 0, 0, 1))
    found = paired_change(counts)
    assert (found.n_up, found.n_down, found.n_same, found.n) == (9, 1, 7, 17)
    assert found.p.value == pytest.approx(2 * 11 / 1024)
    assert found.share_up.value == 0.9
    assert found.share_up.interval is not None
    assert found.share_up.interval.low == pytest.approx(0.5550, abs=1e-4)


def test_with_two_levels_it_is_the_exact_mcnemar_test() -> None:
    """59 and 6 who changed sides, of 86: Agresti's table of this size gives the binomial tail twice."""
    n, k = 18, 5
    expected = 2 * sum(comb(n, i) for i in range(k + 1)) / 2**n
    assert paired_change(((10, 13), (5, 20))).p.value == pytest.approx(expected)


def test_nobody_moving_is_no_probability() -> None:
    found = paired_change(((3, 0), (0, 4)))
    assert found.p.value is None
    assert found.p.because is not None
    assert found.p.because.text() == "nobody's level changed"


@given(up=st.integers(0, 60), down=st.integers(0, 60))
def test_up_and_down_are_treated_alike(up: int, down: int) -> None:
    assert sign_test(up, down) == sign_test(down, up)
    assert 0 < sign_test(up, down) <= 1


def test_a_level_off_the_scale_is_refused() -> None:
    with pytest.raises(RangeError):
        count_transitions([(0, 2)])
    with pytest.raises(ShapeError):
        paired_change(((1, 2, 3), (4, 5, 6)))
