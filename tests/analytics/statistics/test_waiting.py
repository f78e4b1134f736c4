"""Time to readiness: Kaplan-Meier, Aalen-Johansen, medians and means, forecasts."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.statistics.durations import mean_time_ready, mean_time_waiting, median_time
from analytics.statistics.errors import RangeError, ShapeError
from analytics.statistics.forecast import PastCohort, forecast_ready
from analytics.statistics.waiting import Curve, End, aalen_johansen, kaplan_meier
from tests.analytics.statistics.published import MAINTAINED, MAINTAINED_CURVE, PLACEBO, SIX_MP, SIX_MP_CURVE

People = Sequence[tuple[float, int]]


def _split(people: People) -> tuple[list[float], list[End]]:
    return [float(time) for time, _ in people], [End(end) for _, end in people]


def _km(people: People) -> Curve:
    return kaplan_meier(*_split(people))


def _aj(people: People) -> Curve:
    return aalen_johansen(*_split(people))


# ---------------------------------------------------------------- published


def test_maintained_leukaemia_has_its_published_curve() -> None:
    curve = [(step.time, step.share, step.se) for step in _km(MAINTAINED).steps]
    assert curve == [pytest.approx(row, abs=1e-12) for row in MAINTAINED_CURVE]


def test_remission_on_6_mp_has_its_published_curve_and_interval() -> None:
    curve = [(step.time, step.share, step.se, step.interval.low, step.interval.high) for step in _km(SIX_MP).steps]
    assert curve == [pytest.approx(row, abs=1e-12) for row in SIX_MP_CURVE]


def test_medians_and_restricted_means_are_the_published_ones() -> None:
    six, placebo = _km(SIX_MP), _km(PLACEBO)
    assert (median_time(six).value, median_time(placebo).value) == (23, 8)
    assert mean_time_waiting(six, 35).value == pytest.approx(23.287394957983, abs=1e-10)
    assert mean_time_waiting(placebo, 35).value == pytest.approx(8.666666666667, abs=1e-10)


def test_an_end_of_the_median_that_is_not_reached_is_not_yet_known() -> None:
    interval = median_time(_km(SIX_MP)).interval
    assert interval is not None
    assert (interval.low, interval.high) == (13, None)


# ---------------------------------------------------------------- leavers compete

LEAVERS: People = ((2, 1), (3, 2), (4, 1), (4, 0), (5, 2), (6, 1), (8, 0), (8, 2), (9, 1), (12, 0))


def test_the_share_ready_is_computed_by_hand() -> None:
    """Ten people: 1/10, then 8/9·… by each who is still there."""
    shares = {step.time: step.share for step in _aj(LEAVERS).steps}
    after_3 = 0.9 * 8 / 9
    after_5 = after_3 * 7 / 8 * 5 / 6
    after_8 = after_5 * 4 / 5 * 3 / 4
    assert shares[2] == pytest.approx(0.1)
    assert shares[4] == pytest.approx(0.1 + after_3 / 8)
    assert shares[6] == pytest.approx(0.1 + after_3 / 8 + after_5 / 5)
    assert shares[9] == pytest.approx(0.1 + after_3 / 8 + after_5 / 5 + after_8 / 2)


def test_one_minus_kaplan_meier_says_too_much_when_people_leave() -> None:
    assert 1 - (_km(LEAVERS).at(9).value or 0) > (_aj(LEAVERS).at(9).value or 0) + 0.1


def test_the_standard_error_is_that_of_resampled_people() -> None:
    rng = np.random.default_rng(3)
    people = [
        (float(time), int(end))
        for time, end in zip(rng.integers(1, 20, 80), rng.choice(3, 80, p=[0.3, 0.5, 0.2]), strict=True)
    ]
    shares = [_aj([people[i] for i in rng.integers(0, 80, 80)]).at(10).value for _ in range(400)]
    assert _aj(people).at(10).se == pytest.approx(float(np.std([share or 0 for share in shares])), rel=0.15)


people_without_leavers = st.lists(st.tuples(st.integers(1, 15), st.integers(0, 1)), min_size=1, max_size=25)
people_of_all_kinds = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 2)), min_size=1, max_size=25)


@given(people=people_without_leavers)
def test_without_leavers_both_curves_say_the_same(people: People) -> None:
    for falling, rising in zip(_km(people).steps, _aj(people).steps, strict=True):
        assert rising.share == pytest.approx(1 - falling.share, abs=1e-12)
        assert rising.se == pytest.approx(falling.se, abs=1e-7)


@given(people=people_of_all_kinds)
def test_ready_left_and_waiting_are_everybody(people: People) -> None:
    swapped = [(time, {0: 0, 1: 2, 2: 1}[end]) for time, end in people]
    gone = [(time, int(end > 0)) for time, end in people]
    last = max(time for time, _ in people)
    parts = [_aj(people).at(last).value, _aj(swapped).at(last).value, _km(gone).at(last).value]
    assert sum(part or 0 for part in parts) == pytest.approx(1)


@given(people=people_of_all_kinds)
def test_curves_keep_their_direction_and_intervals_hold_them(people: People) -> None:
    for curve in (_km(people), _aj(people)):
        shares = [step.share for step in curve.steps]
        assert shares == sorted(shares, reverse=curve.is_falling)
        assert all(step.interval.holds(step.share) for step in curve.steps)


# ---------------------------------------------------------------- edges


def test_before_the_first_event_nobody_is_ready_and_beyond_the_last_watch_nothing_is_known() -> None:
    curve = _aj(((5, 1), (7, 0)))
    assert curve.at(4).value == 0.0
    beyond = curve.at(8)
    assert beyond.because is not None
    assert beyond.because.text() == "nobody was watched for so long"


def test_when_all_have_ended_nothing_changes_any_more() -> None:
    assert _aj(((5, 1), (7, 2))).at(50).value == 0.5
    assert _km(((5, 1), (7, 1))).at(50).value == 0.0


@pytest.mark.parametrize("people", [(), ((3, 0), (5, 0)), ((3, 2), (4, 2))])
def test_where_nobody_is_ready_there_is_no_median(people: People) -> None:
    for curve in (_km(people), _aj(people)):
        assert curve.n_events == 0
        assert median_time(curve).value is None


def test_a_half_that_lasts_has_its_median_in_the_middle() -> None:
    assert median_time(_km(((4, 1), (8, 1)))).value == 6


@pytest.mark.parametrize(("times", "ends"), [([1.0], []), ([-1.0], [End.READY]), ([float("nan")], [End.READY])])
def test_times_that_cannot_be_are_refused(times: list[float], ends: list[End]) -> None:
    with pytest.raises((ShapeError, RangeError)):
        kaplan_meier(times, ends)


def test_the_mean_time_ready_is_the_area_under_the_curve() -> None:
    times, ends = _split(LEAVERS)
    shares = [(step.time, step.share) for step in _aj(LEAVERS).steps]
    expected = sum(share * (until - time) for (time, share), until in zip(shares, [4, 6, 9, 10], strict=True))
    found = mean_time_ready(times, ends, 10)
    assert found.value == pytest.approx(expected)
    assert found.interval is not None
    assert found.interval.holds(expected)
    assert mean_time_ready(times, ends, 13).value is None


def test_a_horizon_that_cannot_be_is_refused() -> None:
    with pytest.raises(RangeError):
        mean_time_waiting(_km(SIX_MP), 0)
    with pytest.raises(RangeError):
        mean_time_waiting(_aj(SIX_MP), 10)


# ---------------------------------------------------------------- forecast


def _past(n: int) -> list[PastCohort]:
    """Return cohorts of ten in which one becomes ready each week from the third to the tenth, and two leave."""
    times = tuple(float(week) for week in range(3, 13))
    ends = (*(End.READY,) * 8, End.LEFT, End.LEFT)
    return [PastCohort(times, ends)] * n


def test_a_forecast_sums_what_each_person_may_expect() -> None:
    found = forecast_ready(_past(5), waited=[0.0, 6.0], within=4.0)
    # Of ten, two are ready by week 4; of those six who wait beyond week 6, four become ready by week 10.
    assert found.ready.value == pytest.approx(0.2 + 4 / 6)
    assert found.ready.interval is not None
    assert found.ready.interval.confidence == 0.8
    assert found.n_unknown == 0


def test_too_few_past_events_bear_no_forecast() -> None:
    found = forecast_ready(_past(2), waited=[0.0], within=4.0)
    assert found.ready.because is not None
    assert found.ready.because.text() == "20 people of past cohorts must have become ready; 16 have"


def test_who_has_waited_longer_than_anybody_was_watched_is_counted_apart() -> None:
    found = forecast_ready(_past(5), waited=[30.0], within=4.0)
    assert (found.n_waiting, found.n_unknown, found.ready.value) == (1, 1, 0.0)


@settings(deadline=None, max_examples=10)
@given(waited=st.lists(st.floats(0, 14), max_size=6), within=st.floats(0, 20))
def test_a_forecast_is_never_more_than_all_who_wait(waited: list[float], within: float) -> None:
    found = forecast_ready(_past(3), waited, within).ready.value
    assert found is not None
    assert -1e-9 <= found <= len(waited) + 1e-9
