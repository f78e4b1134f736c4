"""Severity, drift and calibration: who rates how, on the same subjects only."""

import random

import numpy as np
import pytest

from analytics.statistics.calibration import calibrate
from analytics.statistics.errors import ShapeError, UnknownLevelError
from analytics.statistics.rater_effects import rater_groups
from analytics.statistics.ratings import Ratings
from analytics.statistics.severity import Leaning, rater_drifts, rater_severities


def _planted(severities: tuple[float, ...], n: int = 60, drift: float = 0.0) -> tuple[Ratings, list[float]]:
    """Return ratings in tenths of a level of n subjects by two raters each, and the day of each subject.

    The first rater's ratings rise by `drift` levels a month.
    """
    rng = random.Random(4)
    records: list[tuple[str, str, str]] = []
    for i in range(n):
        level = rng.gauss(2.5, 0.8)
        for rater in rng.sample(range(len(severities)), 2):
            moved = drift * (i * 3 / 30) if rater == 0 else 0.0
            records.append((f"s{i}", f"r{rater}", f"{level + severities[rater] + moved + rng.gauss(0, 0.3):.2f}"))
    days = {subject: float(3 * int(subject[1:])) for subject, *_ in records}
    return Ratings.of(records), list(days.values())


def test_severity_is_the_planted_one_though_subjects_differ() -> None:
    ratings, _ = _planted((1.0, 0.0, 0.0, 0.0), 200)
    found = {one.rater: one.severity for one in rater_severities(ratings)}
    for i, severity in enumerate((1.0, 0.0, 0.0, 0.0)):
        assert found[f"r{i}"].value == pytest.approx(severity, abs=0.1)
        assert found[f"r{i}"].se == pytest.approx(0.04, abs=0.02)


def test_the_lenient_rater_is_found_by_name_and_nobody_else() -> None:
    ratings, _ = _planted((0.9, 0.0, 0.0, 0.0, 0.0), 80)
    leaning = {one.rater: one.leaning for one in rater_severities(ratings) if one.leaning}
    assert leaning == {"r0": Leaning.LENIENT}


def test_severities_of_raters_who_do_not_stand_out_sum_to_nothing() -> None:
    ratings, _ = _planted((1.5, 0.02, 0.0, 0.01))
    usual = [one.severity.value or 0 for one in rater_severities(ratings) if one.leaning is None]
    assert len(usual) == 3
    assert sum(usual) == pytest.approx(0, abs=1e-9)


def test_swapping_the_names_of_raters_swaps_nothing_else() -> None:
    rows = [(2, 3), (1, 2), (3, 3), (4, 4), (2, 4), (1, 2)]
    one = [severity.severity.value for severity in rater_severities(Ratings.of_table(rows))]
    other = [severity.severity.value for severity in rater_severities(Ratings.of_table([(b, a) for a, b in rows]))]
    assert one == pytest.approx(other[::-1])
    assert one == pytest.approx([-5 / 12, 5 / 12])


def test_raters_who_share_no_subject_cannot_be_compared() -> None:
    ratings = Ratings.of([("a", "x", "1"), ("a", "y", "2"), ("b", "v", "3"), ("b", "w", "1"), ("c", "z", "4")])
    assert rater_groups(ratings) == [1, 1, 2, 2, 3]
    by_name = {one.rater: one for one in rater_severities(ratings)}
    assert by_name["z"].group is None
    assert by_name["z"].severity.because is not None
    assert by_name["z"].severity.because.text() == "nobody else rated the same subjects"


def test_a_chain_of_shared_subjects_joins_raters() -> None:
    ratings = Ratings.of([("a", "x", "1"), ("a", "y", "2"), ("b", "y", "3"), ("b", "z", "1")])
    assert rater_groups(ratings) == [1, 1, 1]


def test_below_five_shared_ratings_there_is_no_severity() -> None:
    severities = rater_severities(Ratings.of_table([(1, 2), (2, 2), (3, 4), (1, 1)]))
    assert [one.severity.value for one in severities] == [None, None]
    assert severities[0].severity.because is not None
    assert severities[0].severity.because.text() == "5 ratings beside others' are needed; there are 4"


def test_the_drifting_rater_is_found_by_name() -> None:
    ratings, days = _planted((0.0, 0.2, -0.2, 0.0), 150, drift=0.15)
    found = {one.rater: one for one in rater_drifts(ratings, days)}
    assert [rater for rater, one in found.items() if one.is_drifting] == ["r0"]
    assert found["r0"].drift.value == pytest.approx(0.15, abs=0.04)


def test_without_drift_nobody_drifts() -> None:
    ratings, days = _planted((0.6, 0.2, -0.2, 0.0), 150)
    assert not any(one.is_drifting for one in rater_drifts(ratings, days))


def test_all_on_one_day_have_no_drift() -> None:
    ratings, days = _planted((0.0, 0.2), 20)
    assert all(one.drift.value is None for one in rater_drifts(ratings, [7.0] * len(days)))


def test_every_subject_needs_its_day() -> None:
    ratings, days = _planted((0.0, 0.2), 20)
    with pytest.raises(ShapeError):
        rater_drifts(ratings, days[:-1])


# ---------------------------------------------------------------- calibration


def _scored(*rows: tuple[int, ...]) -> Ratings:
    return Ratings.of_table(rows, tuple("1234"))


def test_a_rater_is_held_against_the_key() -> None:
    ratings = _scored((3, 4), (2, 3), (4, 4), (1, 3), (2, 2))
    key = {"1": "3", "2": "2", "3": "4", "4": "1", "5": "2"}
    true, lenient = calibrate(ratings, key)
    assert (true.exact.value, true.difference.value) == (1.0, 0.0)
    assert (lenient.exact.value, lenient.difference.value) == (0.4, 0.8)
    assert lenient.exact.interval is not None
    assert lenient.exact.interval.low == pytest.approx(0.1176, abs=1e-4)


def test_differences_shrink_towards_none_and_never_beyond() -> None:
    rng = np.random.default_rng(1)
    rows = [tuple(int(value) for value in rng.integers(1, 5, 6)) for _ in range(5)]
    found = calibrate(_scored(*rows), {f"{i + 1}": "2" for i in range(5)})
    for one in found:
        assert one.difference.value is not None
        assert one.shrunk.value is not None
        assert abs(one.shrunk.value) <= abs(one.difference.value) + 1e-12
        assert one.shrunk.value * one.difference.value >= 0


def test_who_scored_nothing_of_the_key_is_told_so() -> None:
    (one, other) = calibrate(Ratings.of([("a", "x", "1"), ("b", "y", "2")], tuple("1234")), {"a": "1"})
    assert (one.n, other.n) == (1, 0)
    assert other.exact.because is not None


def test_a_key_off_the_scale_is_refused() -> None:
    with pytest.raises(UnknownLevelError):
        calibrate(_scored((1, 2)), {"1": "7"})
